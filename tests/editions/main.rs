//! The editions read back: what a person sees in the workbook, what a program reads from CSV and JSON.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod book;
mod data;
mod fake;
mod schema;

use calamine::{Data, Dimensions, Reader, Xlsx};
use kaitei::emit::xlsx::{self, Material};
use kaitei::emit::{Stamp, json};
use kaitei::error::Error;
use kaitei::font::Fonts;
use kaitei::layout::{Flow, Line, flow};
use kaitei::model::{Dataset, Document, References};
use kaitei::template::{RevisedMark, Template};
use kaitei::view;
use std::io::{Cursor, Read};
use std::ops::Range;

const SHEET: &str = "重要業績評価指標（ＫＰＩ）一覧";

fn workbook(pages: &[Range<usize>]) -> Vec<u8> {
    workbook_of(&fake::template(), pages)
}

fn workbook_of(template: &Template, pages: &[Range<usize>]) -> Vec<u8> {
    let list = fake::list(template);
    let document = fake::document(template, &list);
    let flow = fake::flow(template, &document, pages);
    rendered(template, &list, &document, &flow).unwrap()
}

/// The workbook of a list whose only source is the fake one.
fn rendered(template: &Template, list: &Dataset, document: &Document, flow: &Flow) -> Result<Vec<u8>, Error> {
    let (metrics, input) = (&Fonts::embedded(), fake::input());
    let (notes, others) = (view::cell_notes(list, template), view::beside_list(list, template, &[&input]));
    let material = Material {
        about: &template.document,
        form: document,
        page: &template.page,
        flow,
        notes: &notes,
        references: &References::new(),
        others: &others,
        protect: template.workbook.protect,
        metrics,
    };
    xlsx::render(&material, Stamp::resolve(template.document.date, None))
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// A part of the workbook's archive as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_workbook_shows_the_list() {
    let bytes = workbook(&[0..26, 26..39]);
    // For whoever wants to look at it.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/editions.xlsx"), &bytes).unwrap();
    let sheet = open(&bytes).worksheet_range(SHEET).unwrap();
    let check = |row, col, text: &str| {
        let shown = sheet.get_value((row, col)).map(ToString::to_string).unwrap_or_default();
        assert_eq!(shown, text, "row {row}, column {col}");
    };
    check(0, 0, "《改訂》目黒区まち・ひと・しごと総合戦略　重要業績評価指標（ＫＰＩ）一覧");
    check(1, 6, "令和2（2020）年度の取扱");
    check(2, 7, "新たなKPIと設定理由\n（削除の場合はその理由）");
    check(3, 2, "ワーク・ライフ・バランス推進のための個別相談会相談件数");
    check(3, 3, "1");
    check(3, 4, "－");
    check(7, 4, "～19時15分：4園\n～20時15分：8園\n～21時15分：2園\n（27年度）");
    check(11, 7, "（R2年度）3園／継続して取り組む必要があるため。");
    assert!(matches!(sheet.get_value((3, 3)), Some(Data::String(_))), "a project number is a text");
}

#[test]
fn group_labels_are_merged_within_a_page_and_repeated_on_the_next() {
    let bytes = workbook(&[0..26, 26..39]);
    let mut workbook = open(&bytes);
    let area = |rows: Range<u32>, col| Dimensions::new((rows.start, col), (rows.end - 1, col));
    let merges = workbook.merge_cells_by_sheet_name(SHEET).unwrap();
    // The first goal, the second one on page 1 and on page 2.
    for expected in [area(3..14, 0), area(14..29, 0), area(29..34, 0), area(26..29, 1)] {
        assert!(merges.contains(&expected), "{expected:?} in {merges:?}");
    }
    let sheet = workbook.worksheet_range(SHEET).unwrap();
    let label = "２　住み慣れた地域で生活し続けられるまちをつくる";
    assert_eq!(sheet.get_value((14, 0)).unwrap(), label);
    assert_eq!(sheet.get_value((29, 0)).unwrap(), label);
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains(r#"<brk id="29" max="16383" man="1"/>"#));
}

#[test]
fn the_tally_counts_and_carries_its_results() {
    let bytes = workbook(&[0..26, 26..39]);
    let mut workbook = open(&bytes);
    let formulas = workbook.worksheet_formula(SHEET).unwrap();
    let values = workbook.worksheet_range(SHEET).unwrap();
    for (row, label, formula, count) in [
        (43, "1.維持", "COUNTIF(G4:G42,G44)", 22.0),
        (44, "2.修正", "COUNTIF(G4:G42,G45)", 13.0),
        (45, "3.削除", "COUNTIF(G4:G42,G46)", 4.0),
        (46, "計", "SUM(H44:H46)", 39.0),
    ] {
        assert_eq!(values.get_value((row, 6)).unwrap(), label);
        assert_eq!(formulas.get_value((row, 7)).unwrap(), formula);
        assert_eq!(values.get_value((row, 7)), Some(&Data::Float(count)));
    }
}

#[test]
fn the_workbook_prints_as_laid_out() {
    let bytes = workbook(&[0..26, 26..39]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        r#"paperSize="9""#,
        r#"<printOptions horizontalCentered="1"/>"#,
        r#"<pane xSplit="3" ySplit="3" topLeftCell="D4""#,
        "<oddFooter>&amp;C&amp;8&amp;P / 2</oddFooter>",
        r#"useFirstPageNumber="1""#,
        r#"<dataValidation type="list""#,
        r#""1.維持,2.修正,3.削除""#,
        r#"<ignoredError sqref="A4:H42" numberStoredAsText="1"/>"#,
    ] {
        assert!(sheet.contains(expected), "{expected}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("$A$1:$H$47</definedName>"), "print area");
    assert!(part(&bytes, "xl/workbook.xml").contains("$2:$3</definedName>"), "print titles");
    let core = part(&bytes, "docProps/core.xml");
    assert!(
        core.contains("<dc:creator>目黒区</dc:creator>") && core.contains("2020-03-31T00:00:00Z"),
        "{core}"
    );
}

#[test]
fn a_tally_without_rows_beside_it_has_its_own_page() {
    let sheet = part(&workbook(&[0..26, 26..39, 39..39]), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"<brk id="42" max="16383" man="1"/>"#), "{sheet}");
}

#[test]
fn editions_are_the_same_for_the_same_input() {
    assert!(workbook(&[0..26, 26..39]) == workbook(&[0..26, 26..39]));
}

#[test]
fn a_row_that_excel_cannot_hold_is_several_rows() {
    let template = fake::template();
    let list = fake::list(&template);
    let document = fake::document(&template, &list);
    let mut flow = fake::flow(&template, &document, &[0..26, 26..39]);
    flow.whole[0].pieces[4].height = 900_000;
    let bytes = rendered(&template, &list, &document, &flow).unwrap();
    let mut workbook = open(&bytes);
    let merges = workbook.merge_cells_by_sheet_name(SHEET).unwrap();
    assert!(merges.contains(&Dimensions::new((7, 7), (9, 7))), "{merges:?}");
    let formulas = workbook.worksheet_formula(SHEET).unwrap();
    assert_eq!(formulas.get_value((45, 7)).unwrap(), "COUNTIF(G4:G44,G46)");
}

#[test]
fn a_text_beyond_excels_limit_is_an_error_that_names_the_cell() {
    let template = fake::template();
    let list = fake::list(&template);
    let document = fake::document(&template, &list);
    let mut flow = fake::flow(&template, &document, &[0..26, 26..39]);
    let line =
        Line { text: "あ".repeat(40_000).into(), indent: 0, width: 0, ends_paragraph: true, scale: 100 };
    flow.measured.body_lines[0][2] = [line].into();
    let error = rendered(&template, &list, &document, &flow).unwrap_err();
    assert!(error.message.en.contains("C4"), "{error}");
}

#[test]
fn json_says_everything_of_a_row() {
    let template = fake::template();
    let bytes = json::render(&template, &fake::list(&template));
    let edition: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let keys =
        |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&edition), "$schema document fields tally rows sheets");
    assert_eq!(keys(&edition["document"]), "id title author subject keywords language date");
    assert_eq!(edition["document"]["date"], "2020-03-31");
    assert_eq!(
        edition["tally"].to_string(),
        r#"{"field":"disposition","choices":[{"code":"1","label":"維持","count":22},{"code":"2","label":"修正","count":13},{"code":"3","label":"削除","count":4}],"total":39}"#
    );
    let row = &edition["rows"][21];
    assert_eq!(keys(row), "id groups fields change notes origin");
    assert_eq!(keys(&row["groups"]), "goal policy");
    assert_eq!(keys(&row["fields"]), "indicator project_no baseline target disposition new_target reason");
    assert_eq!(
        row["fields"]["target"].to_string(),
        r#"{"raw":"1,113か所","text":"1,113か所","time":{"text":"30年度","kind":"fiscal_year","iso":"2018-04-01/2019-03-31","role":null,"until":null,"fiscal_year":2018,"from":null,"origin":{"file":"企画課.xlsx","sheet":"調査票","cell":"H23"}},"status":null,"parts":[{"label":null,"quantity":{"kind":"exact","value":"1113"},"unit":"か所","per":null,"of":null,"change":null,"reference":null,"relative":false,"rank":false,"from":null,"over":null,"direction":null,"time":null,"qualifiers":[]}],"notes":[],"qualifiers":[],"unit_from":null,"reference":null,"stored":null,"origin":{"file":"企画課.xlsx","sheet":"調査票","cell":"G23"}}"#
    );
    assert_eq!(row["fields"]["disposition"]["code"], "1");
    assert_eq!(row["fields"]["new_target"], serde_json::Value::Null);
}

#[test]
fn findings_as_json_name_their_cell() {
    use kaitei::finding::{Finding, Problem};
    use kaitei::model::Origin;
    let finding = Finding::new(Problem::FileEmpty {}, Origin::of_file("福祉部/回答.xlsx"));
    let bytes = json::to_bytes(&[&finding]);
    let shown: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let expected = serde_json::json!([{
        "code": "file-empty",
        "params": {},
        "severity": "error",
        "more": null,
        "subject": null,
        "origin": {"file": "福祉部/回答.xlsx", "sheet": null, "cell": null},
        "message": {"ja": "ファイルが空（0バイト）です", "en": "the file is empty (0 bytes)"},
        "remedy": {
            "department": {
                "ja": "ファイルを開けるか確認し、再提出してください",
                "en": "see whether the file opens, and send it again",
            },
            "planning": {"ja": "所管課に再提出を依頼してください", "en": "ask the department to send it again"},
        },
    }]);
    assert_eq!(shown, expected);
    assert_eq!(serde_json::from_slice::<Vec<Finding>>(&bytes).unwrap(), [finding]);
}

#[test]
fn what_stands_around_the_table_is_in_the_workbook() {
    let mut template = fake::template();
    template.document.subtitle = vec!["（案）".to_owned()];
    template.document.byline = vec!["令和2年3月31日".to_owned()];
    template.document.notes = vec!["※1　注".to_owned(), "備考　長い注。".repeat(1_500)];
    template.page.continued = "（続き）".to_owned();
    template.page.mark_revised = RevisedMark::Words;
    let list = fake::list(&template);
    let document = view::list(&list, &template);
    let flow = flow(&document, &template.page, &Fonts::embedded());
    let bytes = rendered(&template, &list, &document, &flow).unwrap();
    let mut workbook = open(&bytes);
    let sheet = workbook.worksheet_range(SHEET).unwrap();
    let text = |row, col| sheet.get_value((row, col)).map(ToString::to_string).unwrap_or_default();
    assert_eq!([text(1, 0), text(2, 0), text(3, 0)], ["（案）", "令和2年3月31日", "基本目標"]);
    let columns: Vec<String> =
        (0..sheet.get_size().0).map(|row| text(u32::try_from(row).unwrap(), 0)).collect();
    assert!(columns.contains(&"２　住み慣れた地域で生活し続けられるまちをつくる（続き）".to_owned()));
    let first = columns.iter().position(|text| text == "※1　注").unwrap();
    assert_eq!(columns[first + 1..].concat(), "備考　長い注。".repeat(1_500));
    let tally = (0..first).rev().find(|&row| text(u32::try_from(row).unwrap(), 6) == "計").unwrap();
    assert_eq!(first, tally + 2, "a gap below the tally");
    let formulas = workbook.worksheet_formula(SHEET).unwrap();
    let formulas: Vec<&String> = formulas.used_cells().map(|(_, _, formula)| formula).collect();
    assert!(formulas[0].starts_with("COUNTIF(") && formulas[0].contains("+COUNTIF("), "{formulas:?}");
    // The note that goes on on a page of its own begins a printed page there.
    let breaks = part(&bytes, "xl/worksheets/sheet1.xml").matches("<brk ").count();
    assert_eq!(breaks, flow.whole.len() - 1);
}
