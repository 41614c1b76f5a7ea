//! What lies over the cells and what cannot be seen: forms as departments sent them, each with what a careful clerk
//! reads of it, or the finding that says what was not read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/biff12.rs"]
mod biff12;
mod binary;
#[path = "../common/compound.rs"]
mod compound;
mod controls;

use kaitei::finding::{Code, Lang};
use kaitei::model::{Dataset, Role};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// What is read of a form, and what is found: `code cell`.
fn read(file: &str, more: &str) -> (Dataset, Vec<String>) {
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
fn rows(list: &Dataset) -> Vec<String> {
    let row = |row: &kaitei::model::Record| {
        let number = row.text_of(Role::Number).map_or("-", |number| number.text.as_str());
        let chosen =
            row.choice_of(Role::Disposition).map_or_else(|| "-".to_owned(), |it| (it.id.0 + 1).to_string());
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
    assert_eq!(found, numbers.map(|number| format!("choice-{} G{}", code(number), number + 1)));
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
        list.rows.iter().find_map(|row| row.text_of(Role::Reason).filter(|it| it.text.contains("内部メモ")));
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
        ("119-print-area.xlsx", Code::OutsidePrintArea, "印刷範囲の外にある行（5行目）を、読み取りました"),
        (
            "99-correction-in-textbox.xlsx",
            Code::CellCrossedOut,
            "「35人（31年度）」の上に、線の図形が引かれています",
        ),
    ] {
        assert_eq!(said(file, code).first().map(String::as_str), Some(expected), "{file}");
    }
}

/// The plain form of three indicators, with more in the sheet's part, and other parts with their kinds.
fn form(disposition: &str, tail: &str, styles: Option<&str>, parts: &[(&str, &str)]) -> Vec<u8> {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |(at, (kind, target)): (usize, (&str, &str))| {
        format!(r#"<Relationship Id="r{at}" Type="{kinds}/{kind}" Target="/xl/{target}"/>"#)
    };
    let relations = |list: &[(&str, &str)]| {
        let list: String = list.iter().copied().enumerate().map(relation).collect();
        format!("<Relationships>{list}</Relationships>")
    };
    let row = |number: usize, texts: [&str; 7]| {
        let cells =
            texts.map(|text| format!(r#"<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#));
        format!(r#"<row r="{number}">{}</row>"#, cells.concat())
    };
    let head = [
        "基本目標",
        "施策",
        "重要業績評価指標（ＫＰＩ）",
        "該当事業№",
        "現状値(計画策定時）",
        "令和元（2019）年度までの目標設定",
        "ＫＰＩの設定",
    ];
    let data = ["1　まち", "1　子育て", "施設数", "12", "3施設（27年度）", "5施設（31年度）", disposition];
    let sheet = format!(
        r#"<worksheet xmlns:r="{kinds}"><sheetData>{}{}</sheetData>{tail}</worksheet>"#,
        row(1, head),
        row(2, data)
    );
    let of_sheet: Vec<(&str, &str)> = parts.iter().map(|(target, _)| (kind_of(target), *target)).collect();
    let mut members = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("_rels/.rels".to_owned(), relations(&[("officeDocument", "workbook.xml")])),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            relations(&[("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                r#"<workbook xmlns:r="{kinds}"><sheets><sheet name="様式" sheetId="1" r:id="r0"/></sheets></workbook>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml".to_owned(), sheet),
        ("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), relations(&of_sheet)),
    ];
    members.extend(styles.map(|styles| ("xl/styles.xml".to_owned(), styles.to_owned())));
    members.extend(parts.iter().map(|(target, text)| (format!("xl/{target}"), (*text).to_owned())));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn kind_of(target: &str) -> &'static str {
    match target.split('/').next() {
        Some("ctrlProps") => "ctrlProp",
        Some("activeX") => "control",
        _ if target.contains("vmlDrawing") => "vmlDrawing",
        _ => "drawing",
    }
}

/// A shape between two corners of column, offset, row and offset.
fn shape(from: [u32; 4], to: [u32; 4], object: &str) -> String {
    let corner = |name: &str, [col, x, row, y]: [u32; 4]| {
        format!("<{name}><col>{col}</col><colOff>{x}</colOff><row>{row}</row><rowOff>{y}</rowOff></{name}>")
    };
    format!("<twoCellAnchor>{}{}{object}</twoCellAnchor>", corner("from", from), corner("to", to))
}

fn ring() -> &'static str {
    r#"<sp><spPr><prstGeom prst="ellipse"/><noFill/></spPr></sp>"#
}

/// The disposition's number and the findings of a form.
fn judged(bytes: Vec<u8>) -> (Vec<String>, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = fs::read_to_string(root.join("templates/meguro-2020.toml")).unwrap();
    let template = Template::parse("meguro-2020", &template).unwrap();
    let noted = understand(&[Source::new("f.xlsx", bytes)], &template, None);
    let said = |finding: &kaitei::finding::Finding| {
        let cell = finding.origin.cell.map_or_else(|| "-".to_owned(), |cell| cell.to_string());
        format!("{} {cell}", finding.code().id())
    };
    (rows(&noted.value), noted.findings.iter().map(said).collect())
}

#[test]
fn what_is_not_understood_is_said_at_its_cell() {
    let tail = r#"<drawing r:id="r0"/>"#;
    let check = |disposition: &str, shapes: &[String], expected: &[&str]| {
        let part = format!("<wsDr>{}</wsDr>", shapes.concat());
        let found = judged(form(disposition, tail, None, &[("drawings/drawing1.xml", &part)])).1;
        assert_eq!(found, expected, "{disposition} {part}");
    };
    let inside = |object: &str| shape([6, 10_000, 1, 10_000], [6, 500_000, 1, 200_000], object);
    // A ring across two options, and one around nothing.
    let wide = shape([6, 10_000, 1, 10_000], [6, 600_000, 1, 200_000], ring());
    check("維持　修正", &[wide], &["object-left-out G2", "choice-ambiguous G2"]);
    check("維持　修正", &[inside(ring())], &[]);
    check("1.維持", &[inside(ring())], &[]);
    check("1.維持", &[shape([4, 0, 1, 10_000], [5, 0, 1, 200_000], ring())], &["object-left-out E2"]);
    // A picture beside the table, a chart, a shape; what is hidden is none.
    let beside = |object: &str| shape([9, 0, 5, 0], [12, 0, 9, 0], object);
    check("1.維持", &[beside("<pic/>")], &["object-left-out K8"]);
    check("1.維持", &[beside("<graphicFrame/>")], &["object-left-out K8"]);
    check("1.維持", &[beside(r#"<sp><nvSpPr><cNvPr hidden="1"/></nvSpPr></sp>"#)], &[]);
    let said = "<sp><txBody><p><r><t>40人</t></r></p></txBody></sp>";
    check("1.維持", &[beside(said)], &["object-left-out K8"]);
    check("1.維持", &[inside(said)], &["text-over-cell G2"]);
    // A line along the edge of the cells is a border; one through blank cells strikes nothing.
    let line = r#"<cxnSp><spPr><prstGeom prst="line"/></spPr></cxnSp>"#;
    check("1.維持", &[shape([0, 0, 2, 0], [7, 0, 2, 0], line)], &[]);
    check("1.維持", &[shape([8, 0, 5, 0], [9, 0, 6, 0], line)], &[]);
    check("1.維持", &[shape([2, 0, 1, 100_000], [3, 0, 1, 110_000], line)], &["cell-crossed-out C2"]);
    // Damaged drawings are said as well.
    check("1.維持", &["<twoCellAnchor></pic>".to_owned()], &["object-left-out A1"]);
    let many: Vec<String> = (0..5_002).map(|_| beside("<pic/>")).collect();
    let part = format!("<wsDr>{}</wsDr>", many.concat());
    let found = judged(form("1.維持", tail, None, &[("drawings/drawing1.xml", &part)])).1;
    assert!(found[0].starts_with("sheet-too-large"), "{found:?}");
}

#[test]
fn conditional_formats_that_hide_text_are_said() {
    let styles = r#"<styleSheet><dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf><dxf><font><color rgb="FFFF0000"/></font></dxf></dxfs></styleSheet>"#;
    let tail = |look: u32| {
        format!(
            r#"<conditionalFormatting sqref="C2:C9"><cfRule type="expression" dxfId="{look}"><formula>1</formula></cfRule></conditionalFormatting>"#
        )
    };
    let found = |look| judged(form("1.維持", &tail(look), Some(styles), &[])).1;
    assert_eq!(found(0), ["text-conditional C2"]);
    assert!(found(1).is_empty());
}
