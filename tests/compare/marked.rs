//! Both editions in one list (見え消し): read back, its workbook is the new list.

use super::document;
use super::editions::changed;
use super::scripts::{self, Dice, FIELDS, Row, edit, sample, siblings};
use kaitei::compare::applied;
use kaitei::emit::json;
use kaitei::model::{Dataset, Role};
use kaitei::pipeline::{Source, form, read_edition, understand};
use kaitei::template::Template;
use kaitei::{Output, OutputFormat, Project};

const COLUMNS: &str = r#"columns = [
    { title = "基本目標", fields = ["goal"], width = 8 }, { title = "施策", fields = ["policy"], width = 10 },
    { title = "№", fields = ["project_no"], width = 3 }, { title = "指標", fields = ["indicator"], width = 14 },
    { title = "基準値", fields = ["baseline"], width = 7 }, { title = "目標値", fields = ["target"], width = 7 },
]
output = { formats = ["xlsx"] }
"#;
const VIEW: &str = "\n[compare]\nwith = \"last\"\n\n[[views]]\nkey = \"miekeshi\"\ntitle = \"一覧（見え消し）\"\nkind = \"compare\"\nform = \"marked\"\n";

/// The file of the view in a format.
fn view(output: &Output, ending: &str) -> Source {
    let found = output.files.iter().find(|file| file.name.ends_with(ending));
    let file = found.unwrap_or_else(|| {
        panic!(
            "{:?}",
            output.findings.iter().map(|it| it.message(kaitei::finding::Lang::En)).collect::<Vec<_>>()
        )
    });
    Source::new(file.name.clone(), file.bytes.clone())
}

/// Reads the workbook of the view: it is the list, with its ids and in its order.
fn assert_is(template: &Template, book: &Source, list: &Dataset, place: &str) {
    let read = read_edition(book, template, None).value;
    let said = |list: &Dataset| -> Vec<(Vec<String>, String)> {
        let groups = |row: &kaitei::model::Record| row.groups.iter().map(|it| it.text.clone()).collect();
        list.rows.iter().map(|row| (groups(row), row.name().text.clone())).collect()
    };
    assert_eq!(said(&read), said(list), "{place}");
    assert_eq!(changed(template, &read, list, false), Vec::<String>::new(), "{place}");
    assert!(read.rows.iter().all(|row| row.states_id), "{place}");
}

fn try_scripts(name: &str, base: &[Row], strangers: &[Row], scripts: u64) {
    let template = Template::parse("t", &format!("{FIELDS}{COLUMNS}")).unwrap();
    for seed in 0..scripts {
        let new = scripts::csv(&edit(base, strangers, &mut Dice((seed + 11) * 0x9E37_79B9)), false);
        let project = Project::new("t", &format!("{FIELDS}{COLUMNS}{VIEW}")).unwrap();
        let project = project.file("new.csv", new.clone()).earlier("old.csv", scripts::csv(base, false));
        let output = project.build().unwrap();
        let list = understand(&[Source::new("new.csv", new)], &template, None).value;
        assert_is(&template, &view(&output, ".miekeshi.xlsx"), &list, &format!("{name} {seed}"));
    }
}

#[test]
fn the_workbook_is_the_new_list() {
    let mut dice = Dice(3);
    let strangers = siblings(&mut dice);
    for name in ["meguro-2020", "kakuu-2025"] {
        try_scripts(name, &sample(name, &mut dice), &strangers, 12);
    }
}

/// A list after its own revision, with its columns and pages of several lines.
#[test]
fn a_revised_list_shows_what_went() {
    let root = env!("CARGO_MANIFEST_DIR");
    for name in ["meguro-2020", "kakuu-2025"] {
        let (template, list) = document(name);
        let next = applied(&list, &template);
        let text = std::fs::read_to_string(format!("{root}/templates/{name}.toml")).unwrap();
        let project = Project::new(name, &format!("{text}{VIEW}")).unwrap();
        // Every record goes on.
        let disposition = template.field(template.role(Role::Disposition).unwrap());
        let stays = disposition.choices.iter().find(|choice| ["維持", "継続"].contains(&&*choice.label));
        let stays = &stays.unwrap().label;
        let next = form(&template, &next);
        let mut table = csv::Reader::from_reader(&*next);
        let heads = table.headers().unwrap().clone();
        let mut new = csv::Writer::from_writer(Vec::new());
        new.write_record(&heads).unwrap();
        for row in table.records() {
            let row = row.unwrap();
            let cells = heads.iter().zip(&row);
            let filled =
                cells.map(|(head, cell)| if head == "disposition" { stays } else { cell }.to_owned());
            new.write_record(filled.collect::<Vec<_>>()).unwrap();
        }
        let new = new.into_inner().unwrap();
        let next = understand(&[Source::new("new.csv", new.clone())], &template, None).value;
        let project = project.file("new.csv", new);
        let project = project.earlier("old.json", json::render(&template, &list));
        let output = project.only(&[OutputFormat::Xlsx, OutputFormat::Html]).build().unwrap();
        assert_is(&template, &view(&output, ".miekeshi.xlsx"), &next, name);
        let page = String::from_utf8(view(&output, ".miekeshi.html").bytes).unwrap();
        assert!(page.contains("<del>") && page.contains("<ins>") && page.contains("［取消し："), "{name}");
    }
}

/// Errata name the page and the row of both editions, counted as a reader counts them.
#[test]
fn errata_say_where_it_stands() {
    let row = |at: usize| format!("目標,施策,{at},指標その{at}{},3件,{}件\n", "あ".repeat(at % 40), at + 100);
    let head = "goal,policy,project_no,indicator,baseline,target\n";
    let old: Vec<String> = (0..200).map(row).collect();
    let mut new = old.clone();
    new[150] = new[150].replace("250件", "260件");
    new.remove(20);
    let csv = |rows: &[String]| format!("{head}{}", rows.concat()).into_bytes();
    let text = format!("{FIELDS}{COLUMNS}{}formats = [\"html\"]\n", VIEW.replace("marked", "errata"));
    let project = Project::new("t", &text).unwrap().file("new.csv", csv(&new)).earlier("old.csv", csv(&old));
    let output = project.build().unwrap();
    let page = String::from_utf8(view(&output, ".miekeshi-cms.html").bytes).unwrap();
    let template = Template::parse("t", &format!("{FIELDS}{COLUMNS}")).unwrap();
    let place = |rows: &[String], at: usize| {
        let list = understand(&[Source::new("a.csv", csv(rows))], &template, None).value;
        let document = kaitei::view::list(&list, &template);
        let pages =
            kaitei::layout::lay_out(&document, &template.page, &kaitei::font::Fonts::embedded()).pages;
        // No row of this list is cut.
        let number = pages.iter().position(|page| page.rows.contains(&at)).unwrap();
        format!("<td>{}</td><td>{}</td>", number + 1, at - pages[number].rows.start + 1)
    };
    let raised = format!("<tr>{}{}", place(&old, 150), place(&new, 149));
    let gone = format!("<tr>{}<td></td><td></td>", place(&old, 20));
    let row_of = |at: usize| {
        let start = page[..page.find(&format!(">指標その{at}あ")).unwrap()].rfind("<tr>").unwrap();
        &page[start..page[start..].find("</tr>").unwrap() + start]
    };
    assert!(row_of(150).starts_with(&raised) && row_of(150).contains("<ins>260</ins>件"), "{}", row_of(150));
    assert!(row_of(20).starts_with(&gone) && row_of(20).contains("（削る）"), "{}", row_of(20));
    assert!(!raised.starts_with("<tr><td>1</td>"), "{raised}");
}
