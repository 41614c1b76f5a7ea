//! Golden cases: each sample document as text per stage, so that a failure names the stage.
//!
//! `KAITEI_BLESS=1 cargo test` writes what is now; look at the difference before you commit it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::batch::ProjectFolder;
use kaitei::emit::{Artifact, Stamp, data};
use kaitei::finding::{Code, Finding, Lang, Noted, Reader, Severity};
use kaitei::font::Fonts;
use kaitei::japanese::fold;
use kaitei::layout::{self, Layout};
use kaitei::model::{
    Cells, Dataset, Document, Entry, Eras, Fingerprint, Formula, Length, Limits, Origin, Quantity, Record,
    Role, RowKind, Value,
};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use kaitei::view;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(document: &str) -> Vec<Source> {
    sources_of(&root().join("input").join(document))
}

fn sources_of(folder: &Path) -> Vec<Source> {
    let files = kaitei::batch::walk(folder).unwrap();
    files.into_iter().map(|f| Source::new(f.name, fs::read(f.path).unwrap())).collect()
}

fn check(document: &str) {
    let template = Template::load(&root().join(format!("templates/{document}.toml"))).unwrap();
    let list = understand(&sources(document), &template, None);
    let view = view::list(&list.value, &template);
    let flow = layout::flow(&view, &template.page, &Fonts::embedded());
    let references = view::references(&list.value, &view, &template);
    let pages = layout::place(&view.table, &template.page, &flow, &references, &Fonts::embedded());
    assert!(!list.has_errors(), "{document}: {:?}", list.findings);
    every_row_is_explained(&sources(document), &list);
    let stages = [
        ("1-rows.txt", rows_text(&list.value, &template)),
        ("2-findings.txt", findings_text(&list.findings)),
        ("3-table.txt", table_text(&view)),
        ("3-views.txt", views_text(&list.value, &template, &sources(document))),
        ("4-pages.txt", pages_text(&flow.measured.widths, &pages)),
        ("5-data.txt", data_text(&list.value, &template, &sources(document))),
    ];
    let folder = root().join("tests/golden").join(document);
    let mut changed: Vec<PathBuf> = Vec::new();
    for (name, text) in stages {
        let path = folder.join(name);
        if std::env::var_os("KAITEI_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != text {
            fs::write(path.with_extension("new"), &text).unwrap();
            changed.push(path);
        }
    }
    assert!(changed.is_empty(), "stages changed, see the .new files beside them: {changed:?}");
}

/// Every template of this repository, with its input.
#[test]
fn every_document_is_as_before() {
    for document in ProjectFolder::new(root()).documents().unwrap() {
        check(&document);
    }
}

/// The first twelve fields of each record, widths, spaces and line breaks aside.
fn folded(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let field = |field: &str| fold(field.trim_start_matches('\u{feff}'));
    reader.records().map(|record| record.unwrap().iter().take(12).map(field).collect()).collect()
}

/// The CSV edition has the rows of the published list, widths of characters and line breaks aside.
#[test]
fn meguro_2020_is_the_published_list() {
    let template = Template::load(&root().join("templates/meguro-2020.toml")).unwrap();
    let list = understand(&sources("meguro-2020"), &template, None).value;
    let published = folded(&fs::read(root().join("tests/golden/meguro-2020/reference.csv")).unwrap());
    let built = folded(&kaitei::emit::data::list_csv(&template, &list));
    assert_eq!(built.len(), 40);
    for (built, published) in built.iter().zip(&published) {
        assert_eq!(built, published);
    }
    assert_eq!(list.tally, [22, 13, 4]);

    // Its pages break where the published ones do, and the text is no smaller than 6.5 points.
    let view = view::list(&list, &template);
    let pages = layout::lay_out(&view, &template.page, &Fonts::embedded());
    let rows: Vec<_> = pages.pages.iter().map(|page| page.rows.clone()).collect();
    assert_eq!(rows, [0..26, 26..39]);
    assert_eq!(list.rows[25].name().text, "防犯カメラ設置団体数");
    assert!(template.page.font_size >= 6_500);
}

/// Departmental versions of the same list in many hands (`tests/many_hands`): each
/// folder is the whole list again, and every row of every sheet is accounted for.
#[test]
fn meguro_2020_in_many_hands() {
    let entries = fs::read_dir(root().join("tests/many_hands")).unwrap();
    let folders: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    assert_eq!(folders.len(), 16);
    let template = Template::load(&root().join("templates/meguro-2020.toml")).unwrap();
    let published = folded(&fs::read(root().join("tests/golden/meguro-2020/reference.csv")).unwrap());
    for folder in folders {
        let sources = sources_of(&folder);
        let list = understand(&sources, &template, None);
        let errors: Vec<_> = list.findings.iter().filter(|d| d.severity == Severity::Error).collect();
        // The folder's own description is no spreadsheet, and says so.
        assert!(errors.is_empty(), "{}: {errors:?}", folder.display());
        let rows = folded(&kaitei::emit::data::list_csv(&template, &list.value));
        assert_eq!(rows, published, "{}", folder.display());
        every_row_is_explained(&sources, &list);
    }
}

/// Each row that ingest saw is in the account of its sheet once; indicators are those of the list; what is not
/// understood or left out is reported.
fn every_row_is_explained(sources: &[Source], list: &Noted<Dataset>) {
    let accounts = &list.value.accounts;
    let read = sources.iter().flat_map(|source| {
        kaitei::ingest::read(&source.bytes, source.name(), &Limits::default(), Eras::reiwa()).value
    });
    let sheets: Vec<_> = read.collect();
    assert_eq!(accounts.len(), sheets.len());
    for (sheet, account) in sheets.iter().zip(accounts) {
        let place = &sheet.place;
        assert_eq!(account.place, *place);
        let seen: Vec<u32> = sheet.rows.iter().map(|row| row.index).collect();
        let explained: Vec<u32> = account.rows.iter().map(|(row, _)| *row).collect();
        assert_eq!(explained, seen, "{place:?}");
        let counted: usize = RowKind::ALL.iter().map(|&kind| account.count(kind)).sum();
        assert_eq!(counted, seen.len(), "{place:?}");
        let of_list: Vec<u32> =
            list.value.rows.iter().filter(|row| row.origin.place == *place).map(row_of).collect();
        assert_eq!(of_list.len(), account.count(RowKind::Indicator), "{place:?}");
        for &(row, kind) in &account.rows {
            let reported = |code: Code, here: bool| {
                let at_row = |d: &&Finding| d.origin.cell.is_some_and(|cell| cell.row == row);
                let at = |d: &&Finding| !here || d.more.is_some() || at_row(d);
                list.findings.iter().filter(|d| d.origin.place == *place).filter(at).any(|d| d.code() == code)
            };
            let is_right = match kind {
                RowKind::Indicator => of_list.contains(&row),
                RowKind::Unknown => reported(Code::RowNotUnderstood, true),
                RowKind::Unread => reported(Code::ColumnMissing, false),
                RowKind::Hidden => reported(Code::HiddenLeftOut, false),
                RowKind::Struck => reported(Code::StruckLeftOut, true),
                RowKind::Duplicate => list
                    .findings
                    .iter()
                    .any(|d| matches!(d.code(), Code::WorkbookCopy | Code::WorkbookDuplicate)),
                RowKind::Above
                | RowKind::Header
                | RowKind::Continuation
                | RowKind::Heading
                | RowKind::Sum
                | RowKind::Note
                | RowKind::Tally
                | RowKind::Skipped
                | RowKind::Blank => true,
            };
            assert!(is_right, "{place:?} row {} is {}", row + 1, kind.id());
        }
    }
}

fn row_of(row: &Record) -> u32 {
    row.origin.cell.unwrap().row
}

/// Sheets that no form should be: the reference's texts in wrong places, and rows of all kinds among them.
#[test]
fn odd_rows_are_explained_or_reported() {
    let template = Template::load(&root().join("templates/meguro-2020.toml")).unwrap();
    let header = "基本目標,施策,重要業績評価指標,該当事業№,現状値,目標,ＫＰＩの設定,新たな目標値,理由,備考\n";
    let data = ["１　あ", "１　い", "増", "1", "3件", "4件", "維持", "", "", ""];
    let odd = [
        "",
        "計",
        "維持",
        "5",
        "（31年度）",
        "※注",
        "以上",
        "－",
        "１　う",
        "覚え",
        "1/3",
        "課長",
        "計 3件",
        "〃",
    ];
    let mut csv = format!("題\n{header}{}\n", data.join(","));
    for col in 0..data.len() + 2 {
        for (first, second) in odd.iter().zip(odd.iter().cycle().skip(col)) {
            let mut cells = vec![""; data.len() + 3];
            (cells[col], cells[(col * 5 + 3) % data.len()]) = (first, second);
            csv.push_str(&cells.join(","));
            csv.push('\n');
            cells = vec![""; data.len() + 3];
            cells[col] = first;
            csv.push_str(&cells.join(","));
            csv.push('\n');
        }
    }
    let sources = [Source::new("a.csv", csv.into_bytes())];
    every_row_is_explained(&sources, &understand(&sources, &template, None));
}

fn rows_text(list: &Dataset, template: &Template) -> String {
    let mut text = String::new();
    for row in &list.rows {
        row_text(&mut text, row, template);
    }
    let tally: Vec<String> =
        template.dispositions().iter().zip(&list.tally).map(|(d, n)| format!("{} {n}", d.print)).collect();
    writeln!(text, "{}", tally.join(", ")).unwrap();
    for account in &list.accounts {
        let counts = RowKind::ALL.map(|kind| (kind.id(), account.count(kind)));
        let counts: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| format!("{id} {count}"))
            .collect();
        let place = Origin::of_place(&account.place);
        writeln!(text, "{place}: {} rows = {}", account.rows.len(), counts.join(" + ")).unwrap();
    }
    text
}

fn row_text(text: &mut String, row: &Record, template: &Template) {
    let groups: Vec<&str> = row.groups.iter().map(|g| g.text.as_str()).collect();
    writeln!(text, "{}", groups.join(" > ")).unwrap();
    let number = row.text_of(Role::Number).map_or("-", |no| &no.text);
    let disposition = row.choice_of(Role::Disposition).map_or("-", |d| &template.disposition(d.id).label);
    writeln!(text, "№{number} {} [{disposition}] @ {}", row.name().text, row.origin).unwrap();
    for (spec, entry) in template.fields.iter().zip(&row.entries) {
        match entry {
            Some(Entry::Text(_)) if matches!(spec.role, Some(Role::Name | Role::Number)) => {}
            Some(Entry::Text(entry)) => writeln!(text, "  {}: {}", spec.key, entry.text).unwrap(),
            Some(Entry::Value(entry)) => writeln!(text, "  {}: {}", spec.key, value_text(entry)).unwrap(),
            Some(Entry::Choice(_)) | None => {}
        }
    }
}

fn value_text(value: &Value) -> String {
    let mut text = format!("{:?}", value.text);
    if let Some(time) = &value.time {
        let meaning = time.time.map_or("?".to_owned(), |time| time.to_string());
        write!(text, " ({} = {meaning})", time.text).unwrap();
    }
    for part in &value.parts {
        let label = part.label.as_ref().map_or(String::new(), |label| format!("{label}: "));
        let unit = part.unit.as_deref().unwrap_or("");
        let per = part.per.as_ref().map_or(String::new(), |per| format!(" per {per}"));
        write!(text, " | {label}{}{unit}{per}", quantity_text(&part.quantity)).unwrap();
    }
    value.notes.iter().for_each(|note| write!(text, " | note {note}").unwrap());
    value.qualifiers.iter().for_each(|word| write!(text, " | qualified {word}").unwrap());
    text
}

fn quantity_text(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Exact(n) => n.to_string(),
        Quantity::Range(ends) => format!("{} to {} ", ends.lower, ends.upper),
        Quantity::AtLeast(n) => format!(">= {n} "),
        Quantity::AtMost(n) => format!("<= {n} "),
        Quantity::MoreThan(n) => format!("> {n} "),
        Quantity::LessThan(n) => format!("< {n} "),
        Quantity::Stated(words) | Quantity::Status(words) => format!("in words {words:?}"),
    }
}

/// The tables of the machine-readable edition, and their description.
fn data_text(list: &Dataset, template: &Template, sources: &[Source]) -> String {
    let prints: Vec<&Fingerprint> = sources.iter().map(|source| &source.fingerprint).collect();
    let stamp = Stamp::resolve(template.document.date, None);
    let mut text = String::new();
    for (format, bytes) in data::render(template, list, &prints, stamp).unwrap() {
        // What the workbook holds is compared with the tables elsewhere.
        if format != Artifact::DataXlsx {
            let content = String::from_utf8(bytes).unwrap();
            writeln!(text, "== {}", format.file_name(&template.id)).unwrap();
            text.push_str(&content.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
        }
    }
    text
}

fn findings_text(findings: &[Finding]) -> String {
    let line = |d: &Finding| {
        format!(
            "{} {} @ {}{}\n  {}\n  所管課：{}\n  企画課：{}\n  {}\n",
            d.severity,
            d.code().id(),
            d.origin,
            d.subject.as_ref().map(|subject| format!("（{}）", subject.text(Lang::Ja))).unwrap_or_default(),
            d.message(Lang::Ja),
            d.remedy(Reader::Department, Lang::Ja).unwrap_or_default(),
            d.remedy(Reader::Planning, Lang::Ja).unwrap_or_default(),
            d.message(Lang::En)
        )
    };
    findings.iter().map(line).collect()
}

fn table_text(document: &Document) -> String {
    let mut text = format!("{}\n", document.title);
    let Document { subtitle, byline, notes, table, .. } = document;
    let around = [("subtitle", subtitle), ("byline", byline), ("note", notes)];
    for (name, lines) in around {
        for line in lines {
            writeln!(text, "{name} {line}").unwrap();
        }
    }
    for cell in &table.header {
        let at = format!("{},{}+{}x{}", cell.row, cell.col, cell.row_span, cell.col_span);
        writeln!(text, "header {at} {:?}", cell.content.paragraphs).unwrap();
    }
    for (i, row) in table.rows.iter().enumerate() {
        let begins = row.begins.map_or(String::new(), |level| format!(" begins level {level}"));
        writeln!(text, "row {i}{begins}").unwrap();
        for cell in row.cells.iter().map(|cell| &cell.content) {
            let join = if cell.join_last { " join" } else { "" };
            let marked: Vec<_> = cell.marks.iter().map(|part| part.bytes.clone()).collect();
            let line = if marked.is_empty() { String::new() } else { format!(" underlined {marked:?}") };
            writeln!(text, "  {:?}{join}{line}", cell.paragraphs).unwrap();
        }
    }
    if let Some(tally) = &table.tally {
        for (label, count) in tally.lines.iter().chain([&tally.total]) {
            writeln!(text, "tally {label} {count}").unwrap();
        }
    }
    text
}

/// The documents beside the list: what their cells say, and what their numbers follow from.
fn views_text(list: &Dataset, template: &Template, sources: &[Source]) -> String {
    let prints: Vec<&Fingerprint> = sources.iter().map(|source| &source.fingerprint).collect();
    let mut text = String::new();
    for (document, paper) in view::beside_list(list, template, &prints) {
        let paper = if paper.landscape { "landscape" } else { "upright" };
        writeln!(text, "== {} {paper}", document.key).unwrap();
        text.push_str(&table_text(&document));
        for (i, row) in document.table.rows.iter().enumerate() {
            let formulas = row.cells.iter().filter_map(|cell| cell.number.as_ref()?.formula.as_ref());
            let formulas: Vec<String> = formulas.map(formula_text).collect();
            let foot = if row.foot.is_some() { " foot" } else { "" };
            writeln!(text, "row {i}{foot} = {}", formulas.join(", ")).unwrap();
        }
        for chart in &document.charts {
            writeln!(text, "chart {} rows {:?} columns {:?}", chart.title, chart.rows, chart.columns)
                .unwrap();
            chart.words.iter().for_each(|words| writeln!(text, "  {words:?}").unwrap());
        }
    }
    text
}

fn formula_text(formula: &Formula) -> String {
    let cells = |Cells { document, rows, columns }: &Cells| {
        format!("{}{rows:?}x{columns:?}", document.as_ref().map(|it| format!("{it} ")).unwrap_or_default())
    };
    match formula {
        Formula::Count(of) => format!("count {}", cells(of)),
        Formula::CountBoth(across, down) => format!("count {} and {}", cells(across), cells(down)),
        Formula::Sum(of) => format!("sum {}", cells(of)),
        Formula::Mean(of) => format!("mean {}", cells(of)),
        Formula::RowNumber { document, row } => format!("row {document} {row}"),
        of_row => format!("{of_row:?}"),
    }
}

fn pages_text(widths: &[Length], layout: &Layout) -> String {
    let mut text = format!("sheet {:?}\nwidths {:?}\n", layout.sheet, widths);
    for (number, page) in layout.pages.iter().enumerate() {
        writeln!(text, "page {} rows {:?} rules {}", number + 1, page.rows, page.rules.len()).unwrap();
        for text_box in &page.boxes {
            let role = match text_box.role {
                layout::TextRole::Body { row, col } => format!("{row}.{col}"),
                layout::TextRole::Restated { row, col } => format!("again {row}.{col}"),
                role => format!("{role:?}"),
            };
            let lines: Vec<&str> = text_box.lines.iter().map(|line| &*line.text).collect();
            writeln!(text, "  {role} {:?} {}", text_box.area, lines.join(" | ")).unwrap();
        }
    }
    text
}
