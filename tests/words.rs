//! Words in cells: what is read of forms that people had trouble with, and what is said of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::finding::{Finding, Lang, Noted};
use kaitei::model::{Dataset, Record, Role, Value};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn template() -> Template {
    Template::load(&root().join("templates/meguro-2020.toml")).unwrap()
}

/// The rows and the findings of one file.
fn read(name: &str, bytes: Vec<u8>) -> String {
    let list = understand(&[Source::new(name, bytes)], &template(), None);
    shown(&list)
}

fn shown(Noted { value: list, findings }: &Noted<Dataset>) -> String {
    let mut out = String::new();
    for row in &list.rows {
        writeln!(out, "{}", line(row)).unwrap();
    }
    for finding in findings {
        writeln!(out, "{}", said(finding)).unwrap();
    }
    out
}

fn line(row: &Record) -> String {
    let text = |role| row.text_of(role).map(|text| text.text.as_str()).unwrap_or_default();
    let value = |role| row.value_of(role).map(timed).unwrap_or_default();
    let chosen = row.choice_of(Role::Disposition).map(|chosen| chosen.raw.as_str()).unwrap_or_default();
    let groups: Vec<&str> = row.groups.iter().map(|group| group.text.as_str()).collect();
    let cells = [
        groups.join(" › "),
        format!("№{} {}", text(Role::Number), text(Role::Name)),
        value(Role::Baseline),
        value(Role::Target),
        chosen.to_owned(),
        value(Role::NewTarget),
        text(Role::Reason).to_owned(),
    ];
    cells.join(" | ").replace('\n', "⏎")
}

/// The text, its time, and its figures with their units.
fn timed(value: &Value) -> String {
    let time = value.time.as_ref().map(|time| format!(" [{}]", time.text)).unwrap_or_default();
    let figure = |part: &kaitei::model::Part| {
        Some(format!("{}{}", part.quantity.figure()?.normalize(), part.unit.as_deref().unwrap_or_default()))
    };
    let figures: Vec<String> = value.parts.iter().filter_map(figure).collect();
    format!("{}{time} = {}", value.text, figures.join(", "))
}

fn said(finding: &Finding) -> String {
    let cell = finding.origin.cell.map(|cell| cell.to_string()).unwrap_or_default();
    format!("{} {cell} {}", finding.code().id(), finding.message(Lang::Ja))
}

#[test]
fn forms_are_read_as_a_careful_clerk_reads_them() {
    let folder = root().join("tests/words");
    let mut wrong = Vec::new();
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end != "txt" && end != "md"));
    files.sort();
    assert!(files.len() > 10, "{files:?}");
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (text, expected) = (read(&name, fs::read(&path).unwrap()), path.with_extension("txt"));
        if std::env::var_os("KAITEI_BLESS").is_some() {
            fs::write(&expected, &text).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(format!("{name}:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const HEADER: [&str; 9] = [
    "基本目標",
    "施策",
    "重要業績評価指標（ＫＰＩ）",
    "該当事業№",
    "現状値",
    "目標値",
    "ＫＰＩの設定",
    "新たな目標値",
    "設定理由",
];

/// A workbook whose second row is filled in, and then changed.
fn workbook(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (col, text) in (0..).zip(HEADER) {
        sheet.write(0, col, text).unwrap();
    }
    let row = ["1　安心", "1　子育て", "実施施設数", "12", "3施設（27年度）", "5施設（31年度）", "1.維持"];
    for (col, text) in (0..).zip(row) {
        sheet.write(1, col, text).unwrap();
    }
    change(sheet);
    book.save_to_buffer().unwrap()
}

/// `code cell` of each finding.
fn codes(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let found = understand(&[Source::new(name, bytes)], &template(), None).findings;
    let code = |finding: Finding| {
        let cell = finding.origin.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!("{} {cell}", finding.code().id())
    };
    found.into_iter().map(code).collect()
}

#[test]
fn errors_and_garbled_text_are_errors_in_a_workbook_too() {
    for (text, code) in [
        ("#REF!", "cell-error E2"),
        ("########", "cell-error E2"),
        ("Loading...", "cell-error E2"),
        ("譁ｽ險ｭ縺ｮ謨ｰ", "text-garbled E2"),
        ("3??????", "text-garbled E2"),
    ] {
        let bytes = workbook(|sheet| {
            sheet.write(1, 4, text).unwrap();
        });
        assert!(codes("a.xlsx", bytes).contains(&code.to_owned()), "{text}");
    }
}

#[test]
fn dates_are_questioned_where_none_is_meant() {
    let date = |code: &str| Format::new().set_num_format(code);
    for (col, number, code, expected) in [
        (3, 44198.0, "m\"月\"d\"日\"", &["date-suspected D2"][..]),
        (5, 0.5, "h:mm", &["date-suspected F2"]),
        (5, 43556.0, "yyyy/m/d", &["value-is-date F2"]),
        (3, 12.0, "0", &[]),
        (5, 12.0, "0\"日\"", &[]),
    ] {
        let bytes = workbook(|sheet| {
            sheet.write_with_format(1, col, number, &date(code)).unwrap();
        });
        assert_eq!(codes("a.xlsx", bytes), expected, "{code}");
    }
    for (no, target, expected) in [
        ("1月2日", "5施設", &["date-suspected D2"][..]),
        ("2-Jan", "5施設", &["date-suspected D2"]),
        ("1-2", "12:00", &["date-suspected F2"]),
        ("1-2", "2019/4/1", &["value-is-date F2"]),
        ("1-2", "9:00～17:00", &[]),
    ] {
        let header = HEADER.join(",");
        let csv = format!("{header}\n1　安心,1　子育て,実施施設数,{no},3施設,{target},1.維持,,\n");
        assert_eq!(codes("a.csv", csv.into_bytes()), expected, "{no} {target}");
    }
}

#[test]
fn a_fraction_beside_percentages_is_questioned() {
    for (baseline, expected) in [(0.71, &["percent-missing E2"][..]), (71.0, &[]), (1.0, &[])] {
        let bytes = workbook(|sheet| {
            sheet.write(1, 4, baseline).unwrap();
            sheet.write(1, 5, "95％").unwrap();
        });
        assert_eq!(codes("a.xlsx", bytes), expected, "{baseline}");
    }
}

/// The texts of the first row's indicator and reason, and the codes of the findings.
fn flowing(template: &str, name: &str, bytes: Vec<u8>) -> (String, String, Vec<String>) {
    let path = root().join("templates/meguro-2020.toml");
    let own = format!("{}\n[notation]\n{template}\n", fs::read_to_string(path).unwrap());
    let template = Template::parse("t", &own).unwrap();
    let list = understand(&[Source::new(name, bytes)], &template, None);
    let row = &list.value.rows[0];
    let reason = row.text_of(Role::Reason).map(|reason| reason.text.clone()).unwrap_or_default();
    (row.name().text.clone(), reason, list.findings.iter().map(said).collect())
}

#[test]
fn breaks_keep_their_meaning_unless_they_wrap() {
    let (name, reason) = ("健康教室の開催\n広報の強化", "見込みを大きく\n上回ったため。\n次の年も\n続ける");
    let filled = |widths: [f64; 2]| {
        workbook(|sheet| {
            sheet.write(1, 2, name).unwrap();
            sheet.write(1, 6, "3.削除").unwrap();
            sheet.write(1, 8, reason).unwrap();
            sheet.set_column_width(2, widths[0]).unwrap();
            sheet.set_column_width(8, widths[1]).unwrap();
        })
    };
    let closed = ("健康教室の開催広報の強化", "見込みを大きく上回ったため。\n次の年も\n続ける");
    let said_of = |cell: &str| {
        format!("breaks-joined {cell} 列の幅で折り返したと見られる改行（1か所）を、つないで読みました")
    };
    for (setting, widths, expected, cells) in [
        ("", [40.0, 40.0], (name, reason), &[][..]),
        ("", [14.0, 40.0], (closed.0, reason), &["C2"]),
        ("", [40.0, 14.0], (name, closed.1), &["I2"]),
        ("line_breaks = \"keep\"", [14.0, 14.0], (name, reason), &[]),
        (
            "line_breaks = \"join\"",
            [40.0, 40.0],
            (closed.0, "見込みを大きく上回ったため。\n次の年も続ける"),
            &[],
        ),
    ] {
        let (name, reason, found) = flowing(setting, "a.xlsx", filled(widths));
        assert_eq!((name.as_str(), reason.as_str()), expected, "{setting} {widths:?}");
        assert_eq!(found, cells.iter().map(|cell| said_of(cell)).collect::<Vec<_>>(), "{setting} {widths:?}");
    }
    let header = HEADER.join(",");
    let csv = format!("{header}\n1　安心,1　子育て,\"{name}\",1,3施設,5施設,3.削除,,\"{reason}\"\n");
    assert_eq!(flowing("", "a.csv", csv.into_bytes()), (name.to_owned(), reason.to_owned(), Vec::new()));
}
