//! The workbook beside its list: further sheets, names, filter, notes, protection.

use super::{SHEET, fake, open, part, rendered, workbook, workbook_of};
use calamine::{Data, Range, Reader};
use kaitei::emit::Stamp;
use kaitei::emit::pdf::{self, Conformance};
use kaitei::font::Fonts;
use kaitei::layout::{TextRole, flow, lay_out};
use kaitei::template::{ExtraSheet, Template};
use kaitei::view;

const PAGES: [std::ops::Range<usize>; 2] = [0..26, 26..39];

fn with(change: impl FnOnce(&mut Template)) -> Vec<u8> {
    let mut template = fake::template();
    change(&mut template);
    workbook_of(&template, &PAGES)
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    open(bytes).worksheet_range(name).unwrap()
}

fn texts(sheet: &Range<Data>, row: usize) -> Vec<String> {
    sheet.rows().nth(row).unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn the_template_says_which_sheets_follow_the_list() {
    let names = |bytes: &[u8]| open(bytes).sheet_names();
    assert_eq!(names(&workbook(&PAGES)), [SHEET, "集計", "変更点", "元の調査票"]);
    let some = with(|template| template.workbook.sheets = vec![ExtraSheet::Sources, ExtraSheet::Changes]);
    assert_eq!(names(&some), [SHEET, "元の調査票", "変更点"]);
    assert_eq!(names(&with(|template| template.workbook.sheets.clear())), [SHEET]);
    let named_alike = with(|template| template.workbook.labels.changes = SHEET.to_owned());
    assert_eq!(names(&named_alike)[2], format!("{SHEET}（2）"));
}

#[test]
fn the_summary_counts_the_list_by_goal() {
    let bytes = workbook(&PAGES);
    let summary = sheet(&bytes, "集計");
    for (row, expected) in [
        (0, ["基本目標", "1.維持", "2.修正", "3.削除", "計"]),
        (1, ["１　安心して結婚・出産・子育てができるまちをつくる", "7", "3", "1", "11"]),
        (2, ["２　住み慣れた地域で生活し続けられるまちをつくる", "10", "10", "0", "20"]),
        (3, ["３　新たなにぎわいの創出と多様な人と人との交流を促す", "5", "0", "3", "8"]),
        (4, ["計", "22", "13", "4", "39"]),
    ] {
        assert_eq!(texts(&summary, row), expected);
    }
    let formulas = open(&bytes).worksheet_formula("集計").unwrap();
    for (at, formula) in [
        ((1, 1), format!("COUNTIF('{SHEET}'!$G$4:$G$14,B1)")),
        ((2, 3), format!("COUNTIF('{SHEET}'!$G$15:$G$34,D1)")),
        ((3, 4), "SUM(B4:D4)".to_owned()),
        ((4, 2), "SUM(C2:C4)".to_owned()),
        ((4, 4), "SUM(B5:D5)".to_owned()),
    ] {
        assert_eq!(formulas.get_value(at), Some(&formula));
    }
}

#[test]
fn the_summary_of_a_list_without_groups_is_its_tally() {
    let mut template = fake::template();
    let mut list = fake::list(&template);
    template.groups.clear();
    template.columns.drain(..2);
    list.rows.iter_mut().for_each(|row| row.groups.clear());
    let document = view::list(&list, &template);
    let flow = flow(&document, &template.page, &Fonts::embedded());
    let bytes = rendered(&template, &list, &document, &flow).unwrap();
    assert_eq!(texts(&sheet(&bytes, "集計"), 1), ["計", "22", "13", "4", "39"]);
    let formulas = open(&bytes).worksheet_formula("集計").unwrap();
    assert_eq!(formulas.get_value((1, 2)), Some(&format!("COUNTIF('{SHEET}'!$E$4:$E$42,C1)")));
}

/// A label that `COUNTIF` would take for a pattern is compared as it is.
#[test]
fn labels_are_counted_as_they_are() {
    for (print, formula) in [
        ("廃止（3）", "COUNTIF(G4:G42,G44)"),
        ("見直し*", "SUMPRODUCT(--(G4:G42=G44))"),
        (">5", "SUMPRODUCT(--(G4:G42=G44))"),
        ("1/2", "SUMPRODUCT(--(G4:G42=G44))"),
    ] {
        let mut template = fake::template();
        print.clone_into(&mut fake::dispositions(&mut template)[2].print);
        let list = fake::list(&template);
        let document = view::list(&list, &template);
        let flow = flow(&document, &template.page, &Fonts::embedded());
        let bytes = rendered(&template, &list, &document, &flow).unwrap();
        let formulas = open(&bytes).worksheet_formula(SHEET).unwrap();
        assert_eq!(formulas.get_value((43, 7)).map(String::as_str), Some(formula), "{print}");
    }
}

/// The column of the labels is six characters wide.
#[test]
fn a_long_label_of_the_tally_has_lines_enough() {
    let mut template = fake::template();
    "指標の数の合計（廃止を含む）".clone_into(&mut template.tally.as_mut().unwrap().total);
    let list = fake::list(&template);
    let document = view::list(&list, &template);
    let flow = flow(&document, &template.page, &Fonts::embedded());
    let bytes = rendered(&template, &list, &document, &flow).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    // A row of the usual height does not say it.
    let height = |row: u32| {
        let (_, row) = sheet.split_once(&format!("<row r=\"{row}\" ")).unwrap();
        let (_, height) = row.split_once('>').unwrap().0.split_once("ht=\"").unwrap_or(("", "15\""));
        height.split_once('"').unwrap().0.parse::<f64>().unwrap()
    };
    let line = f64::from(template.page.line_height) / 1e3;
    assert!((line..2.0 * line).contains(&height(46)), "{} {line}", height(46));
    assert!(height(47) > 3.0 * line, "{} {line}", height(47));
}

#[test]
fn the_chart_draws_the_summary_and_says_so_in_words() {
    let bytes = workbook(&PAGES);
    let chart = part(&bytes, "xl/charts/chart1.xml");
    for expected in
        ["集計!$C$1", "集計!$A$2:$A$4", "集計!$D$2:$D$4", r#"<c:grouping val="stacked"/>"#, "取扱いの件数"]
    {
        assert!(chart.contains(expected), "{expected}");
    }
    let said = "３　新たなにぎわいの創出と多様な人と人との交流を促す：1.維持 5、2.修正 0、3.削除 3。";
    assert!(part(&bytes, "xl/drawings/drawing1.xml").contains(said));
    // Excel has no room for more than 255 characters.
    let longer = with(|template| fake::dispositions(template)[0].print = "現状のまま維持する".repeat(8));
    let sums =
        format!(r#"descr="取扱いの件数。{} 22、2.修正 13、3.削除 4。""#, "現状のまま維持する".repeat(8));
    assert!(part(&longer, "xl/drawings/drawing1.xml").contains(&sums));
}

#[test]
fn changes_are_the_rows_whose_disposition_changes_something() {
    let bytes = workbook(&PAGES);
    let changes = sheet(&bytes, "変更点");
    assert_eq!(
        texts(&changes, 0),
        [
            "一覧の行",
            "該当事業№",
            "重要業績評価指標（ＫＰＩ）",
            "ＫＰＩの設定",
            "変更前",
            "変更後",
            "設定理由"
        ]
    );
    let list = sheet(&bytes, SHEET);
    let on_list = |row: u32, col| list.get_value((row - 1, col)).unwrap().to_string();
    let shown: Vec<u32> = (1..changes.height())
        .map(|row| {
            assert!(matches!(changes.get((row, 0)), Some(Data::Float(_))), "a number to sort by");
            let cells = texts(&changes, row);
            let number = cells[0].parse().unwrap();
            assert_eq!(cells[1..4], [3, 2, 6].map(|col| on_list(number, col)));
            number
        })
        .collect();
    let expected: Vec<u32> = (4..=42).filter(|&row| on_list(row, 6) != "1.維持").collect();
    assert_eq!(shown, expected);
    assert_eq!(texts(&changes, 1)[3..6], ["3.削除", "15か所・定員221人\n（31年度）", "（一覧から除く）"]);
    assert_eq!(
        texts(&changes, 3)[3..],
        ["2.修正", "2園\n（31年度）", "3園\n（R2年度）", "継続して取り組む必要があるため。"]
    );
}

#[test]
fn every_indicator_has_its_source_once() {
    let sources = sheet(&workbook(&PAGES), "元の調査票");
    assert_eq!(texts(&sources, 0)[3..], ["ファイル", "シート", "セル", "SHA-256"]);
    let rows: Vec<Vec<String>> = (1..sources.height()).map(|row| texts(&sources, row)).collect();
    let numbers: Vec<String> = (4..=42).map(|row| row.to_string()).collect();
    assert_eq!(rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), numbers);
    let hash = fake::input().sha256;
    for (row, number) in rows.iter().zip(2..) {
        assert_eq!(row[3..], ["企画課.xlsx", "調査票", &format!("C{number}"), &hash]);
    }
}

#[test]
fn further_sheets_are_plain_tables_that_print() {
    let bytes = workbook(&PAGES);
    let mut book = open(&bytes);
    for (number, filter) in [(2, None), (3, Some("A1:G18")), (4, Some("A1:G40"))] {
        let name = book.sheet_names()[number - 1].clone();
        assert_eq!(book.merge_cells_by_sheet_name(&name).unwrap(), [], "{name}");
        let xml = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        let found = xml.split_once(r#"<autoFilter ref=""#).and_then(|(_, range)| range.split('"').next());
        assert_eq!(found, filter, "{name}");
        assert!(xml.contains(r#"<pane ySplit="1""#), "{name}");
        let pages = xml.matches("<brk ").count() + 1;
        assert!(xml.contains(&format!("<oddFooter>&amp;C&amp;8&amp;P / {pages}</oddFooter>")), "{name}");
        assert!(xml.contains(&format!("&amp;R&amp;8{name}</oddHeader>")), "{name}");
        assert!(part(&bytes, "xl/workbook.xml").contains(&format!("{name}!$1:$1</definedName>")), "{name}");
    }
}

/// Any document is laid out as the list is, so that other formats can print it as well.
#[test]
fn every_view_has_pages() {
    let template = fake::template();
    let list = fake::list(&template);
    let fonts = Fonts::embedded();
    let views = view::beside_list(&list, &template, &[&fake::input()]);
    assert_eq!(views.len(), 3);
    for (document, paper) in views {
        let layout = lay_out(&document, &paper, &fonts);
        let boxes = || layout.pages.iter().flat_map(|page| &page.boxes);
        let title = boxes().find(|text_box| text_box.role == TextRole::Title).unwrap();
        assert_eq!(&*title.lines[0].text, document.title);
        let cells = boxes().filter(|text_box| matches!(text_box.role, TextRole::Body { .. })).count();
        assert_eq!(cells, document.table.rows.len() * document.table.columns.len(), "{}", document.key);
        let stamp = Stamp { seconds: 0 };
        pdf::render(&template.document, &document, &layout, &fonts, &stamp, Conformance::Archive).unwrap();
    }
}

#[test]
fn names_are_those_of_the_columns_of_the_csv() {
    let bytes = workbook(&PAGES);
    let names = open(&bytes).defined_names().to_vec();
    let mut own: Vec<String> = names
        .iter()
        .filter(|(name, _)| !name.starts_with("_xlnm"))
        .map(|(name, range)| format!("{name} {}", range.replace(SHEET, "一覧").replace(['$', '\''], "")))
        .collect();
    own.sort();
    assert_eq!(
        own,
        [
            "changes 変更点!A2:G18",
            "list 一覧!A4:H42",
            "list_baseline 一覧!E4:E42",
            "list_disposition 一覧!G4:G42",
            "list_goal 一覧!A4:A42",
            "list_indicator 一覧!C4:C42",
            "list_new_target 一覧!H4:H42",
            "list_policy 一覧!B4:B42",
            "list_project_no 一覧!D4:D42",
            "list_target 一覧!F4:F42",
            "sources 元の調査票!A2:G40",
            "summary 集計!A2:E5",
            "tally 一覧!G44:H47",
        ]
    );
}

#[test]
fn a_sheet_opens_so_that_it_can_be_read() {
    let bytes = workbook(&PAGES);
    let list = part(&bytes, "xl/worksheets/sheet1.xml");
    // Header and name stay in sight; 8 points are shown as 11.
    assert!(list.contains(r#"<pane xSplit="3" ySplit="3" topLeftCell="D4""#), "{}", &list[..900]);
    assert!(list.contains(r#"zoomScale="1"#));
}

#[test]
fn numbers_and_labels_lead_to_the_row_of_the_list() {
    let bytes = workbook(&PAGES);
    let links = |number: u32| {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        let links = xml.split("<hyperlink ").skip(1);
        links.map(|link| link.split("/>").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let changes = links(3);
    assert_eq!(changes.len(), 17);
    let row = texts(&sheet(&bytes, "変更点"), 1)[0].clone();
    assert!(changes[0].starts_with(&format!("ref=\"A2\" location=\"'{SHEET}'!A{row}\"")), "{}", changes[0]);
    let summary = links(2);
    assert_eq!(summary.len(), 3);
    assert!(summary[1].starts_with(&format!("ref=\"A3\" location=\"'{SHEET}'!A15\"")), "{}", summary[1]);
}

#[test]
fn the_list_is_filtered_by_all_columns() {
    let list = |bytes: &[u8]| part(bytes, "xl/worksheets/sheet1.xml");
    let bytes = workbook(&PAGES);
    assert!(list(&bytes).contains(r#"<autoFilter ref="A3:H42"/>"#));
    // Each row of a group says what its merged label shows.
    let on_list = sheet(&bytes, SHEET);
    let label = |row: u32| on_list.get_value((row, 0)).map(ToString::to_string);
    assert_eq!(label(3), label(13));
    assert!(label(3).is_some_and(|text| text.starts_with("１　安心して")));
    assert!(label(14).is_some_and(|text| text.starts_with("２　住み慣れた")));
    // A body row of several sheet rows is merged in every column.
    let template = fake::template();
    let rows = fake::list(&template);
    let document = fake::document(&template, &rows);
    let mut flow = fake::flow(&template, &document, &PAGES);
    flow.whole[0].pieces[4].height = 900_000;
    let bytes = rendered(&template, &rows, &document, &flow).unwrap();
    assert!(!list(&bytes).contains("<autoFilter"));
    assert_eq!(texts(&sheet(&bytes, "元の調査票"), 6)[0], "11", "the row after it");
}

#[test]
fn notes_say_where_a_value_came_from_if_the_template_wants_them() {
    let has_notes = |bytes: &[u8]| {
        zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().by_name("xl/comments1.xml").is_ok()
    };
    assert!(!has_notes(&workbook(&PAGES)));
    let bytes = with(|template| template.workbook.notes = true);
    let notes = part(&bytes, "xl/comments1.xml");
    let note = |cell: &str| {
        let (_, from) = notes.split_once(&format!(r#"<comment ref="{cell}""#))?;
        let (_, text) = from.split_once("<t>")?;
        text.split_once("</t>").map(|(text, _)| text.replace("企画課.xlsx [調査票] ", "").replace('\n', " "))
    };
    for (cell, expected) in [
        ("A4", Some("元の調査票 A2")),
        // The label again on the second page: the source of its first row.
        ("A30", Some("元の調査票 A13")),
        ("F4", Some("元の調査票 G2")),
        ("G12", Some("元の調査票 I10")),
        ("H12", Some("元の調査票 K10 J10 L10")),
        ("H4", None),
    ] {
        assert_eq!(note(cell).as_deref(), expected, "{cell}");
    }
}

#[test]
fn a_protected_workbook_lets_dispositions_be_chosen() {
    assert!(!part(&workbook(&PAGES), "xl/worksheets/sheet1.xml").contains("<sheetProtection"));
    let bytes = with(|template| template.workbook.protect = true);
    for number in 1..=4 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        let (_, protection) = xml.split_once("<sheetProtection ").unwrap();
        let (protection, _) = protection.split_once("/>").unwrap();
        assert_eq!(
            protection,
            r#"sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0" autoFilter="0""#
        );
    }
    let list = part(&bytes, "xl/worksheets/sheet1.xml");
    let styles = part(&bytes, "xl/styles.xml");
    let (_, formats) = styles.split_once("<cellXfs").unwrap();
    let formats: Vec<&str> = formats.split("<xf ").skip(1).collect();
    for row in 4..=42 {
        for col in 'A'..='H' {
            let (_, cell) = list.split_once(&format!(r#"<c r="{col}{row}" s=""#)).unwrap();
            let format: usize = cell.split('"').next().unwrap().parse().unwrap();
            let is_unlocked = formats[format].contains(r#"<protection locked="0"/>"#);
            assert_eq!(is_unlocked, col == 'G', "{col}{row}");
        }
    }
}

#[test]
fn a_vocabulary_with_commas_is_chosen_from_the_tally() {
    let bytes = with(|template| fake::dispositions(template)[0].print = "1,維持".to_owned());
    let expected = format!("<formula1>'{SHEET}'!$G$44:$G$46</formula1>");
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains(&expected));
}
