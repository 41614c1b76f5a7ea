//! The library's interface, as another program uses it: what it makes, and that the program makes the same.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::{Lang, Output, OutputFormat, Project};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "指標の一覧"
groups = [{ key = "goal", words = ["基本目標"] }]
fields = [
    { key = "name", role = "name", words = ["指標"] },
    { key = "target", role = "target", words = ["目標（人）"] },
    { key = "grade", kind = "choice", words = ["評価"], choices = [{ code = "1", label = "達成", print = "◎" }] },
    { key = "section", role = "department", words = ["担当者"], publish = false },
]
columns = [
    { title = "基本目標", fields = ["goal"], width = 10 },
    { title = "指標", fields = ["name"], width = 20 },
    { title = "目標", fields = ["target"], width = 10 },
    { title = "評価", fields = ["grade"], width = 6 },
]
"#;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn built(forms: &[(&str, &str)]) -> Output {
    let project = Project::new("kpi", TEMPLATE).unwrap();
    forms.iter().fold(project, |project, (name, text)| project.file(*name, *text)).build().unwrap()
}

#[test]
fn rows_say_what_is_published_by_the_keys_of_the_template() {
    let head = "基本目標,指標,目標（人）,評価,担当者";
    let second = format!("{head}\n１　育てる,ひろばの数,3か所,,佐藤\n");
    let first = format!("{head}\n１　育てる,利用者数,（R7年度）5,◎,鈴木\n");
    let output = built(&[("02.csv", &second), ("01.csv", &first)]);
    let row = &output.rows[0];
    let texts: Vec<(&str, &str)> =
        row.texts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    assert_eq!(texts, [("goal", "1　育てる"), ("grade", "達成"), ("name", "利用者数"), ("target", "5人")]);
    assert_eq!(row.times, BTreeMap::from([("target".to_owned(), "R7年度".to_owned())]));
    assert_eq!(row.origin.to_string(), "01.csv A2");
    assert_eq!((output.rows[1].text("name"), output.rows[1].text("grade")), ("ひろばの数", ""));
    assert_eq!(output.rows.len(), 2);
}

/// The parts of a page between two texts.
fn between<'p>(page: &'p str, begin: &'p str, end: &'p str) -> Vec<&'p str> {
    page.split(begin).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[test]
fn a_page_shows_each_cell_with_what_it_was_read_as() {
    let table = "表題</td><script>alert(1)</script>\n基本目標,指標,目標（人）,評価,覚え\n１　育てる,利用者数,5,○△×,<b>メモ\n※注,,,,\n";
    let card = "基本目標,１　育てる\n指標,ひろばの数\n目標（人）,3\n評価,◎\n";
    let project = Project::new("kpi", TEMPLATE).unwrap().file("01.csv", table).file("02.csv", card);
    let page = project.inspect(Lang::Ja).unwrap();
    for said in [
        "01.csv（文書 kpi）",
        "表1（見出しの行 2）",
        "表題&lt;/td&gt;&lt;script&gt;alert(1)",
        // Letters tell the kinds, words the rest.
        "<b>記</b> 目標値 #1</span><span class=\"text\">5</span>",
        "<b>項</b> 名称</span><span class=\"text\">指標</span>",
        "<b>項</b> 項目が不明</span><span class=\"text\">覚え</span>",
        "<b>外</b> 注</span><span class=\"text\">※注</span>",
        "<b>×</b> 不明な列</span><span class=\"text\">&lt;b&gt;メモ</span>",
        "調査票1（項目名のセル）",
        "<summary>! 要修正</summary>",
        "class=\"remedy\">対応：",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains("http://"));
    // What is linked is there, and nothing twice.
    let ids = between(&page, " id=\"", "\"");
    let links = between(&page, "href=\"#", "\"");
    assert!(links.len() > 4 && links.iter().all(|link| ids.contains(link)), "{links:?} {ids:?}");
    assert!(ids.iter().all(|id| ids.iter().filter(|other| *other == id).count() == 1), "{ids:?}");
    assert!(project.inspect(Lang::En).unwrap().contains("<b>E</b> target #1"));
}

#[test]
fn a_page_says_what_of_a_large_sheet_it_does_not_show() {
    let row = |at: usize| {
        format!("１　育てる,指標{at},{},◎,\n", if at == 900 { "#REF!".into() } else { at.to_string() })
    };
    let form: String = (0..1_000).map(row).collect();
    let form = format!("基本目標,指標,目標（人）,評価,担当者\n{form}");
    let page = Project::new("kpi", TEMPLATE).unwrap().file("a.csv", form).inspect(Lang::Ja).unwrap();
    assert!(page.contains("記入のある行のうち700行は、多いため示していません"), "{page}");
    // The row of the error is shown among those that are left out.
    assert!(page.contains("id=\"cell-0-0-C902\"") && page.contains("…601行") && page.contains("…99行"));
}

#[test]
fn only_what_is_asked_for_is_made() {
    let form = "基本目標,指標,目標（人）\n１　育てる,利用者数,5\n";
    let project = || Project::new("kpi", TEMPLATE).unwrap().file("a.csv", form);
    let all = project().build().unwrap();
    let pdf = project().only(&[OutputFormat::Pdf]).build().unwrap();
    assert_eq!(pdf.files.len(), 1);
    assert!(pdf.of(OutputFormat::Pdf).eq(all.of(OutputFormat::Pdf)));
    let checked = project().only(&[]).build().unwrap();
    assert_eq!((checked.rows, checked.findings, checked.files.len()), (all.rows, all.findings, 0));
}

#[test]
fn what_is_wrong_with_a_file_is_a_finding_and_with_a_template_an_error() {
    let output =
        built(&[("01.csv", "基本目標,指標,目標（人）,評価,担当者\n１　育てる,利用者数,5人,よい,鈴木\n")]);
    let said: Vec<(&str, String)> =
        output.findings.iter().map(|it| (it.code().id(), it.origin.to_string())).collect();
    assert_eq!(said, [("choice-unknown", "01.csv D2".to_owned())]);
    assert!(output.has_errors() && output.files.is_empty());

    let error = Project::new("kpi", &TEMPLATE.replace("width = 6", "widht = 6")).unwrap_err();
    assert!(error.text(Lang::En).starts_with("kpi: line 15"), "{error}");
    let font = format!("{TEMPLATE}\n[fonts]\nregular = \"a.ttf\"");
    let error = Project::new("kpi", &font).unwrap().file("a.csv", "a,b").build().unwrap_err();
    assert!(error.text(Lang::En).starts_with("kpi: `fonts.regular`: the font `a.ttf`"), "{error}");
    let base = ("common.toml", TEMPLATE);
    let over =
        "kaitei = 2\nextends = \"common.toml\"\ndocument.title = \"別の一覧\"\noutput.formats = [\"json\"]";
    let project = Project::extending("kpi", over, &[base]).unwrap();
    let output = project.file("a.csv", "基本目標,指標,目標（人）\n１　育てる,利用者数,5\n").build().unwrap();
    let names: Vec<&str> = output.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!((names, output.findings.len()), (vec!["kpi.json"], 0));
}

#[test]
fn what_is_too_large_is_not_read_and_decisions_count() {
    let template = format!("{TEMPLATE}\n[input.limits]\nfile_mib = 1");
    let long = "指標,目標（人）\n".to_owned() + &"利用者数,5人\n".repeat(100_000);
    let output = Project::new("kpi", &template).unwrap().file("a.csv", long).build().unwrap();
    assert_eq!(output.findings[0].code().id(), "sheet-too-large");

    let correction =
        "[[corrections]]\nfile = \"a.csv\"\ncell = \"C2\"\nfrom = \"5\"\nto = \"6\"\nwhy = \"電話\"";
    let project = Project::new("kpi", TEMPLATE).unwrap().decided(correction, "").unwrap();
    let output = project.file("a.csv", "基本目標,指標,目標（人）\n１　育てる,利用者数,5\n").build().unwrap();
    assert_eq!(output.rows[0].text("target"), "6人");
}

/// The folder of the samples' input as the library is given it.
fn sample(document: &str) -> Project {
    let template = fs::read_to_string(root().join(format!("templates/{document}.toml"))).unwrap();
    let project = Project::new(document, &template).unwrap();
    let files = kaitei::batch::walk(&root().join("input").join(document)).unwrap();
    files.into_iter().fold(project, |project, file| project.file(file.name, fs::read(file.path).unwrap()))
}

#[test]
fn the_program_writes_what_the_library_makes() {
    let project = tempfile::tempdir().unwrap();
    let document = "kakuu-2025";
    let copy = |from: PathBuf, to: &str| {
        let to = project.path().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    };
    copy(root().join(format!("templates/{document}.toml")), &format!("templates/{document}.toml"));
    for file in kaitei::batch::walk(&root().join("input").join(document)).unwrap() {
        copy(file.path, &format!("input/{document}/{}", file.name));
    }
    let mut program = Command::new(env!("CARGO_BIN_EXE_kaitei"));
    let run = program.args(["build", "--quiet", "--project"]).arg(project.path()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let made = sample(document).build().unwrap();
    let written = |name: &str| fs::read(project.path().join("output").join(document).join(name)).unwrap();
    for file in &made.files {
        assert!(written(&file.name) == file.bytes, "{}", file.name);
    }
    // And the manifest.
    let count = fs::read_dir(project.path().join("output").join(document)).unwrap().count();
    assert_eq!(made.files.len() + 1, count);
    assert_eq!(made.of(OutputFormat::Pdf).count(), 1);
}
