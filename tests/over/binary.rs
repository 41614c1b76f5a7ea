//! What lies over the cells in the binary formats, xls and xlsb: the same as in xlsx.

use super::biff12::{self, archive, number, part, relations, words, workbook};
use super::compound::compound;
use super::{ring, rows, shape};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::path::Path;

/// A form with columns for marks: nobody wrote any.
const TEXTS: [[&str; 9]; 4] = [
    ["基本目標", "施策", "指標", "該当事業№", "現状値", "目標値", "維持", "修正", "削除"],
    ["1　まち", "1　子育て", "施設数", "12", "3施設", "5施設（31年度）", "", "", ""],
    ["", "", "利用者数", "13", "20人", "35人（31年度）", "", "", ""],
    ["", "", "か所数", "14", "2か所", "4か所（31年度）", "", "", ""],
];

/// What is drawn over it: a ring at 維持 of №12, a checked box at 修正 of №13, one at 削除 of №14 that is checked and one at
/// 維持 that is not; a text box over a target, a line through another, a picture beside the table.
const EXPECTED: [&str; 6] = [
    "text-over-cell F3",
    "cell-crossed-out F4",
    "object-left-out K8",
    "new-target-missing H3",
    "reason-missing H3",
    "reason-missing I4",
];

fn judged(name: &str, bytes: Vec<u8>) -> (Vec<String>, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = fs::read_to_string(root.join("templates/meguro-2020.toml")).unwrap();
    let template = Template::parse("meguro-2020", &template).unwrap();
    let noted = understand(&[Source::new(name, bytes)], &template, None);
    let said = |finding: &kaitei::finding::Finding| {
        let cell = finding.origin.cell.map_or_else(|| "-".to_owned(), |cell| cell.to_string());
        format!("{} {cell}", finding.code().id())
    };
    (rows(&noted.value), noted.findings.iter().map(said).collect())
}

fn check(name: &str, bytes: Vec<u8>) {
    let (rows, found) = judged(name, bytes);
    assert_eq!(rows, ["12 1", "13 2", "14 3"], "{found:?}");
    assert_eq!(found, EXPECTED);
}

/// The cells that have text, with their places.
fn cells() -> impl Iterator<Item = (u16, u16, &'static str)> {
    let row = |(row, texts): (u16, &'static [&'static str; 9])| {
        (0..).zip(texts).map(move |(col, text)| (row, col, *text))
    };
    (0..).zip(&TEXTS).flat_map(row).filter(|(.., text)| !text.is_empty())
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&words(&[kind, u16::try_from(data.len()).unwrap()])[..], data].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn len(text: &str) -> u8 {
    u8::try_from(text.encode_utf16().count()).unwrap()
}

/// An Excel 97 book of one sheet, with records before the cells and behind them.
fn old_book(before: &[u8], behind: &[u8]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &words(&[0x0600, kind, 0, 0, 0, 0, 0, 0]));
    let end = record(0x000A, &[]);
    let label = |(row, col, text): (u16, u16, &str)| {
        record(0x0204, &[&words(&[row, col, 0, len(text).into()])[..], &[1], &wide(text)].concat())
    };
    let dimensions = record(0x0200, &[&[0, 0, 0, 0, 4, 0, 0, 0][..], &words(&[0, 9, 0])].concat());
    let labels: Vec<u8> = cells().flat_map(label).collect();
    let sheet = [&begin(0x0010)[..], &dimensions, before, &labels, behind, &end].concat();
    let listed = |at: u32| {
        let name = "様式";
        record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, len(name), 1], &wide(name)].concat())
    };
    let globals = |at: u32| [begin(0x0005), record(0x00E0, &[0; 20]), listed(at), end.clone()].concat();
    let at = u32::try_from(globals(0).len()).unwrap();
    compound(&[("Workbook", &[globals(at), sheet].concat())])
}

#[test]
fn objects_of_old_books_are_understood() {
    // Columns and rows of the corners, with parts of them.
    let drawn = |marks: [u16; 8], kind: u16, state: Option<u16>| {
        let anchor = [&[0x10, 0xF0, 0x12, 0, 0, 0, 0, 0][..], &words(&marks)].concat();
        let what = [&words(&[0x15, 18, kind])[..], &[0; 16]].concat();
        let state = state.map(|state| words(&[0x12, 8, state, 0, 0, 0])).unwrap_or_default();
        [record(0x00EC, &anchor), record(0x005D, &[what, state, words(&[0, 0])].concat())].concat()
    };
    let inside = |col: u16, row: u16| [col, 100, row, 30, col, 600, row, 220];
    let text = |text: &str| {
        let head = record(0x01B6, &words(&[0, 0, 0, 0, 0, len(text).into(), 0, 0, 0]));
        [head, record(0x003C, &[&[1][..], &wide(text)].concat())].concat()
    };
    let objects = [
        drawn(inside(6, 1), 0x03, None),
        drawn(inside(7, 2), 0x0B, Some(1)),
        drawn(inside(6, 3), 0x0B, Some(0)),
        drawn(inside(8, 3), 0x0B, Some(1)),
        drawn(inside(5, 2), 0x06, None),
        text("40人"),
        drawn([5, 0, 3, 120, 5, 1000, 3, 130], 0x01, None),
        drawn([9, 0, 5, 0, 12, 0, 9, 0], 0x08, None),
    ];
    check("様式.xls", old_book(&[], &objects.concat()));
}

/// A row without a height and a column without a width, which nobody sees.
#[test]
fn what_has_no_size_is_hidden_in_every_format() {
    let old = [
        record(0x007D, &words(&[8, 8, 0, 0, 0, 0])),
        record(0x0208, &words(&[2, 0, 9, 0, 0, 0, 0x0140, 15])),
        // Without a height of its own, it has the usual one.
        record(0x0208, &words(&[3, 0, 9, 0, 0, 0, 0x0100, 15])),
    ];
    let width = |col: u8, width: u16| {
        let data = [&[col, 0, 0, 0, col, 0, 0, 0][..], &words(&[width]), &[0; 8]].concat();
        [&[0x3C, 18][..], &data].concat()
    };
    let [book, sheet, shared] = parts([375, 375, 0, 375], &[width(7, 2000), width(8, 0)].concat());
    let row = |texts: &[&str; 9]| {
        let cell = |text: &&str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        texts.iter().map(cell).collect::<String>()
    };
    let rows = (0..).zip(&TEXTS).map(|(at, texts)| {
        let style = if at == 2 { " table:style-name=\"none\"" } else { "" };
        format!("<table:table-row{style}>{}</table:table-row>", row(texts))
    });
    let style = |family: &str, property: &str| {
        format!(
            r#"<style:style style:name="none" style:family="table-{family}"><style:table-{family}-properties style:{property}="0cm"/></style:style>"#
        )
    };
    let content = format!(
        r#"<office:document-content><office:automatic-styles>{}{}</office:automatic-styles><office:spreadsheet><table:table table:name="様式"><table:table-column table:number-columns-repeated="8"/><table:table-column table:style-name="none"/>{}</table:table></office:spreadsheet></office:document-content>"#,
        style("row", "row-height"),
        style("column", "column-width"),
        rows.collect::<String>()
    );
    let open = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ]);
    for (name, bytes) in [
        ("様式.xls", old_book(&old.concat(), &[])),
        ("様式.xlsb", binary_book(book, sheet, shared, Vec::new())),
        ("様式.ods", open),
    ] {
        let (rows, mut found) = judged(name, bytes);
        found.retain(|said| said.starts_with("hidden"));
        assert_eq!(
            (rows, found),
            (
                vec!["12 -".to_owned(), "14 -".to_owned()],
                vec!["hidden-left-out A3".to_owned(), "hidden-left-out I1".to_owned()]
            ),
            "{name}"
        );
    }
}

/// The workbook, the sheet and the shared texts of a binary workbook: its rows have heights in twentieths of a point, and
/// its columns are described before them.
fn parts(heights: [u16; 4], columns: &[u8]) -> [Vec<u8>; 3] {
    let all: Vec<(u16, u16, &str)> = cells().collect();
    let text = |(.., text): &(u16, u16, &str)| part(0x13, &[vec![0], biff12::wide(text)].concat());
    let count = number(u32::try_from(all.len()).unwrap());
    let shared =
        [part(0x9F, &[&count[..], &count].concat()), all.iter().flat_map(text).collect(), part(0xA0, &[])];
    let rows = (0_u16..).zip(heights).flat_map(|(row, height)| {
        let head =
            part(0, &[&number(row.into())[..], &[0; 4], &words(&[height]), &[0, 0x20], &[0; 13]].concat());
        let of_row = (0..).zip(&all).filter(move |(_, (of, ..))| *of == row);
        let cell = |(index, (_, col, _)): (u32, &(u16, u16, &str))| {
            part(7, &[number((*col).into()), number(0), number(index)].concat())
        };
        [head, of_row.flat_map(cell).collect()].concat()
    });
    let sheet = [
        part(0x81, &[]),
        part(0x94, &[0; 16]),
        columns.to_vec(),
        part(0x91, &[]),
        rows.collect(),
        part(0x92, &[]),
        part(0x82, &[]),
    ];
    [workbook(), sheet.concat(), shared.concat()]
}

/// Shapes and controls are in parts of XML.
fn drawings() -> [Vec<u8>; 2] {
    let (text, line) = (
        "<sp><txBody><p><r><t>40人</t></r></p></txBody></sp>",
        r#"<cxnSp><spPr><prstGeom prst="line"/></spPr></cxnSp>"#,
    );
    let drawing = [
        shape([6, 10_000, 1, 10_000], [6, 500_000, 1, 200_000], ring()),
        shape([5, 10_000, 2, 10_000], [5, 500_000, 2, 200_000], text),
        shape([5, 0, 3, 100_000], [6, 0, 3, 110_000], line),
        shape([9, 0, 5, 0], [12, 0, 9, 0], "<pic/>"),
    ];
    let check_box = |(number, col, row, checked): (u32, u32, u32, u32)| {
        format!(
            r#"<shape id="_x0000_s{number}"><ClientData ObjectType="Checkbox"><Anchor>{col}, 5, {row}, 2, {col}, 40, {row}, 20</Anchor><Checked>{checked}</Checked></ClientData></shape>"#
        )
    };
    let boxes: String = [(1, 7, 2, 1), (2, 6, 3, 0), (3, 8, 3, 1)].map(check_box).concat();
    [format!("<wsDr>{}</wsDr>", drawing.concat()), format!("<xml>{boxes}</xml>")].map(String::into_bytes)
}

fn binary_book(book: Vec<u8>, sheet: Vec<u8>, shared: Vec<u8>, more: Vec<(&str, Vec<u8>)>) -> Vec<u8> {
    let of_book = [("worksheet", "worksheets/sheet1.bin"), ("sharedStrings", "sharedStrings.bin")];
    let of_sheet = [("drawing", "drawings/drawing1.xml"), ("vmlDrawing", "drawings/vmlDrawing1.vml")];
    let mut all = vec![
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("_rels/.rels", relations(&[("officeDocument", "workbook.bin")])),
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", relations(&of_book)),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/worksheets/_rels/sheet1.bin.rels", relations(&of_sheet[..more.len()])),
        ("xl/sharedStrings.bin", shared),
    ];
    all.extend(more);
    archive(&all)
}

#[test]
fn objects_of_binary_workbooks_are_understood() {
    let ([book, sheet, shared], [drawing, vml]) = (parts([375; 4], &[]), drawings());
    let drawn = vec![("xl/drawings/drawing1.xml", drawing), ("xl/drawings/vmlDrawing1.vml", vml)];
    check("様式.xlsb", binary_book(book, sheet, shared, drawn));
}
