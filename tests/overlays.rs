//! What lies over the cells and what cannot be seen: forms as departments sent them, each with what a careful clerk
//! reads of it, or the finding that says what was not read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::finding::{Code, Lang};
use kaitei::model::KpiList;
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::path::Path;

/// What is read of a form, and what is found: `code cell`.
fn read(file: &str, more: &str) -> (KpiList, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = fs::read_to_string(root.join("templates/meguro-2020.toml")).unwrap();
    let template = Template::parse("meguro-2020", &with_input(&template, more)).unwrap();
    let bytes = fs::read(root.join("tests/over").join(file)).unwrap();
    let noted = understand(&[Source::new(file, bytes)], &template, None);
    let said = |finding: &kaitei::finding::Finding| {
        let cell = finding.origin.cell.map_or_else(|| "-".to_owned(), |cell| cell.to_string());
        format!("{} {cell}", finding.code().id())
    };
    // Where new target and reason share a cell: not what these forms are about.
    let about = noted.findings.iter().filter(|finding| finding.code() != Code::NewTargetMissing);
    (noted.value, about.map(said).collect())
}

/// The template with more in its `[input]`.
fn with_input(template: &str, more: &str) -> String {
    match template.split_once("[input]\n") {
        Some((before, after)) => format!("{before}[input]\n{more}\n{after}"),
        None => format!("{template}\n[input]\n{more}\n"),
    }
}

/// Number and disposition of each row (`12 1`), the disposition by its code; `-` where there is none.
fn rows(list: &KpiList) -> Vec<String> {
    let row = |row: &kaitei::model::KpiRow| {
        let number = row.project_no.as_ref().map_or("-", |number| number.text.as_str());
        let chosen = row.disposition.as_ref().map_or_else(|| "-".to_owned(), |it| (it.id.0 + 1).to_string());
        format!("{number} {chosen}")
    };
    let mut rows: Vec<String> = list.rows.iter().map(row).collect();
    rows.sort_by_key(|row| row.split(' ').next().unwrap().parse::<u32>().unwrap_or(0));
    rows
}

const ALL: &[&str] = &["12 1", "13 2", "14 3"];

/// File, rows, findings.
const CASES: &[(&str, &[&str], &[&str])] = &[
    ("01-ellipse-over-options.xlsx", ALL, &[]),
    ("02-ellipse-in-mark-columns.xlsx", ALL, &[]),
    ("05-strike-line-and-textbox.xlsx", ALL, &["cell-crossed-out F3", "text-over-cell F3"]),
    ("06-checkbox-controls.xlsx", ALL, &[]),
    ("08-linked-true-false.xlsx", ALL, &[]),
    ("10-option-index.xlsx", ALL, &[]),
    ("102-ods-filter.ods", &["12 1"], &["hidden-left-out A4", "hidden-left-out A3"]),
    (
        "117-zero-height-width.xlsx",
        &["12 1", "14 3"],
        &["hidden-left-out A3", "hidden-left-out I1", "reason-missing G4"],
    ),
    ("119-print-area.xlsx", &["12 1", "13 2", "14 3", "99 1"], &["outside-print-area A5"]),
    ("120-row-struck.xlsx", &["12 1", "13 2"], &["struck-left-out C4"]),
    // Excel hides the rows that the file does not name, and these it names.
    ("121-zeroheight-default.xlsx", ALL, &[]),
    ("13-filter-left-on.xlsx", &["13 2"], &["hidden-left-out A2"]),
    ("14-outline-collapsed.xlsx", &["12 1"], &["hidden-left-out A3"]),
    ("16-white-text.xlsx", ALL, &["unseen-left-out I3", "reason-missing H3"]),
    ("33-table-totals-row.xlsx", ALL, &[]),
    ("35-very-hidden-sheets.xlsx", ALL, &["hidden-left-out -", "hidden-left-out -"]),
    ("55-values-under-merge.xlsx", ALL, &["unseen-left-out I4"]),
    ("70-list-object-filler-columns.xlsx", ALL, &[]),
    ("99-correction-in-textbox.xlsx", ALL, &["cell-crossed-out F3", "text-over-cell F3"]),
];

#[test]
fn forms_are_read_as_people_see_them() {
    let mut wrong = Vec::new();
    for (file, expected, findings) in CASES {
        let (list, found) = read(file, "");
        if rows(&list) != *expected || found != *findings {
            wrong.push((file, rows(&list), found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn marks_and_what_is_none_are_told_apart() {
    let (list, found) = read("54-marks-and-nonmarks.xlsx", "");
    let expected: Vec<String> = (1..=9).map(|number| format!("{number} 1")).collect();
    assert_eq!((rows(&list), found), (expected, Vec::new()));

    let (list, found) = read("53-mark-glyphs.xlsx", "");
    let without: Vec<String> = rows(&list).into_iter().filter(|row| row.ends_with('-')).collect();
    let numbers = [8, 20, 22, 23, 24, 25, 26, 27];
    assert_eq!(without, numbers.map(|number| format!("{number} -")));
    let code = |number: u32| if [20, 22, 23, 24].contains(&number) { "unknown" } else { "missing" };
    assert_eq!(found, numbers.map(|number| format!("disposition-{} G{}", code(number), number + 1)));
}

#[test]
fn a_filtered_row_does_not_take_its_groups_label_away() {
    let (list, _) = read("13-filter-left-on.xlsx", "");
    let groups: Vec<&str> = list.rows[0].groups.iter().map(|group| group.text.as_str()).collect();
    assert_eq!(groups.len(), 2);
    assert!(groups[0].ends_with("安心して暮らせるまちをつくる") && groups[1].ends_with("子育て環境の整備"));
}

#[test]
fn the_template_may_take_in_what_is_hidden_or_cannot_be_seen() {
    assert_eq!(rows(&read("13-filter-left-on.xlsx", "hidden = \"take_in\"").0), ALL);
    let (list, found) = read("16-white-text.xlsx", "unseen = \"take_in\"");
    let reason =
        list.rows.iter().find_map(|row| row.reason.as_ref().filter(|it| it.text.contains("内部メモ")));
    assert!(reason.is_some() && found.is_empty(), "{found:?}");
}

#[test]
fn every_kind_of_what_is_hidden_is_named() {
    let said = |file: &str, code: Code| -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let template = fs::read_to_string(root.join("templates/meguro-2020.toml")).unwrap();
        let template = Template::parse("meguro-2020", &template).unwrap();
        let bytes = fs::read(root.join("tests/over").join(file)).unwrap();
        let noted = understand(&[Source::new(file, bytes)], &template, None);
        let of_code = noted.findings.iter().filter(|finding| finding.code() == code);
        of_code.map(|finding| finding.message(Lang::Ja)).collect()
    };
    for (file, code, expected) in [
        (
            "13-filter-left-on.xlsx",
            Code::HiddenLeftOut,
            "フィルターが掛かっているため表示されない行（2・4行目）は、読み取っていません",
        ),
        (
            "14-outline-collapsed.xlsx",
            Code::HiddenLeftOut,
            "グループ化で折りたたまれている行（3・4行目）は、読み取っていません",
        ),
        ("117-zero-height-width.xlsx", Code::HiddenLeftOut, "非表示の行（3行目）は、読み取っていません"),
        (
            "16-white-text.xlsx",
            Code::UnseenLeftOut,
            "文字が背景と同じ色で見えないため、読み取っていません（I3「（内部メモ）議会説明前につき非公表」）",
        ),
        (
            "55-values-under-merge.xlsx",
            Code::UnseenLeftOut,
            "結合されたセルの下に隠れているため、読み取っていません（I4「（内部）部長指示により削除。公表しない。」）",
        ),
        (
            "119-print-area.xlsx",
            Code::OutsidePrintArea,
            "印刷範囲の外にある行（5行目）の指標を、読み取りました",
        ),
        (
            "99-correction-in-textbox.xlsx",
            Code::CellCrossedOut,
            "「35人（31年度）」の上に、線の図形が引かれています",
        ),
    ] {
        assert_eq!(said(file, code).first().map(String::as_str), Some(expected), "{file}");
    }
}
