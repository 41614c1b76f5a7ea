//! What decides whether a cell is data: struck-through text, hidden rows, columns and sheets, comments, furigana.

use kaitei::ingest;
use kaitei::model::{Eras, Limits, RawSheet};
use rust_xlsxwriter::{Format, Note, Workbook, Worksheet};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;

/// Reads a workbook of one sheet.
fn read(fill: impl FnOnce(&mut Worksheet)) -> RawSheet {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    read_book(&mut workbook).swap_remove(0)
}

fn read_book(workbook: &mut Workbook) -> Vec<RawSheet> {
    let noted = ingest::read(
        &workbook.save_to_buffer().expect("a book in memory"),
        "課/様式.xlsx",
        &Limits::default(),
        Eras::reiwa(),
    );
    assert_eq!(noted.findings, []);
    noted.value
}

/// Reads a workbook made of these parts and of little else.
fn read_parts(sheet: &str, shared: &str) -> RawSheet {
    let relation = |id: &str, kind: &str, target: &str| {
        let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!(r#"<Relationship Id="{id}" Type="{kinds}/{kind}" Target="{target}"/>"#)
    };
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!("<Relationships>{}</Relationships>", relation("a", "officeDocument", "/xl/workbook.xml")),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{}</Relationships>", relation("b", "worksheet", "worksheets/sheet1.xml")),
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="様式" sheetId="1" r:id="b"/></sheets></workbook>"#
                .to_owned(),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{shared}</sst>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a new member");
        zip.write_all(text.as_bytes()).expect("room in memory");
    }
    let noted = ingest::read(
        &zip.finish().expect("a whole archive").into_inner(),
        "a.xlsx",
        &Limits::default(),
        Eras::reiwa(),
    );
    assert_eq!(noted.findings, []);
    noted.value.into_iter().next().expect("one sheet")
}

/// Column, text, struck text and note of the cells of a row.
fn cells(sheet: &RawSheet, row: u32) -> Vec<(u32, &str, Option<&str>, Option<&str>)> {
    let row = sheet.row(row).expect("a row with cells");
    row.cells.iter().map(|c| (c.col, c.text.as_str(), c.struck.as_deref(), c.note.as_deref())).collect()
}

#[test]
fn struck_runs_and_cells_are_set_apart() {
    let old = Format::new().set_font_strikethrough();
    let red = Format::new().set_font_color("#FF0000");
    let plain = Format::new();
    let sheet = read(|sheet| {
        sheet.write_rich_string(0, 0, &[(&old, "5施設"), (&red, "8施設")]).unwrap();
        sheet.write_rich_string(0, 1, &[(&plain, "毎年"), (&old, "5"), (&plain, "8"), (&old, "件")]).unwrap();
        sheet.write_rich_string(0, 2, &[(&old, "旧"), (&old, "案")]).unwrap();
        sheet.write_string_with_format(0, 3, "旧案", &old).unwrap();
        sheet.write_number_with_format(0, 4, 0.71, &old.clone().set_num_format("0%")).unwrap();
        // The same characters, with nothing struck, are another shared string.
        sheet.write_string(1, 0, "5施設8施設").unwrap();
        sheet.write_rich_string(1, 1, &[(&red, "10"), (&plain, "件")]).unwrap();
        // A run that is not struck in a cell that is.
        sheet.write_rich_string_with_format(1, 2, &[(&plain, "旧"), (&red, "新")], &old).unwrap();
    });
    assert_eq!(
        cells(&sheet, 0),
        [
            (0, "8施設", Some("5施設"), None),
            (1, "毎年8", Some("5\n件"), None),
            (2, "", Some("旧案"), None),
            (3, "", Some("旧案"), None),
            (4, "", Some("71%"), None),
        ]
    );
    assert_eq!(
        cells(&sheet, 1),
        [(0, "5施設8施設", None, None), (1, "10件", None, None), (2, "新", Some("旧"), None)]
    );
    assert_eq!((sheet.text(0, 0), sheet.text(0, 3)), (Some("8施設"), None));
}

#[test]
fn inline_strings_are_struck_as_shared_ones_and_furigana_never_enters() {
    let rich =
        r#"<r><rPr><strike val="1"/></rPr><t>旧</t></r><r><rPr><strike val="false"/></rPr><t>新</t></r>"#;
    let furigana = r#"<rPh sb="0" eb="1"><t>シン</t></rPh><phoneticPr fontId="1"/>"#;
    let sheet = format!(
        r#"<row r="3"><c r="A3" t="inlineStr"><is>{rich}{furigana}</is></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c>
<c t="inlineStr"><is><t>目黒</t>{furigana}</is></c></row>"#
    );
    let shared = format!("<si><t>目黒</t>{furigana}</si><si>{rich}{furigana}</si>");
    let sheet = read_parts(&sheet, &shared);
    assert_eq!(
        cells(&sheet, 2),
        [
            (0, "新", Some("旧"), None),
            (1, "目黒", None, None),
            (2, "新", Some("旧"), None),
            (3, "目黒", None, None)
        ]
    );
}

#[test]
fn hidden_rows_columns_and_sheets_are_marked() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..6 {
        sheet.write_string(row, 0, "x").unwrap();
    }
    sheet.set_row_hidden(1).unwrap();
    sheet.set_row_height(2, 0).unwrap();
    sheet.set_column_hidden(3).unwrap();
    sheet.set_column_hidden(4).unwrap();
    sheet.set_column_width(6, 0).unwrap();
    workbook.add_worksheet().set_hidden(true).write_string(0, 0, "隠れた").unwrap();
    workbook.add_worksheet().set_very_hidden(true).write_string(0, 0, "隠れた").unwrap();
    let sheets = read_book(&mut workbook);
    assert_eq!(sheets.iter().map(|s| s.hidden).collect::<Vec<_>>(), [false, true, true]);
    let hidden: Vec<_> = sheets[0].rows.iter().filter(|r| r.hidden).map(|r| r.index).collect();
    assert_eq!(hidden, [1, 2]);
    assert_eq!(sheets[0].hidden_columns, [(3, 4), (6, 6)]);
    assert!(sheets[0].is_hidden_column(4) && !sheets[0].is_hidden_column(5));
    assert_eq!(sheets[1].text(0, 0), Some("隠れた"));
}

#[test]
fn notes_come_with_their_cells_and_without_their_author() {
    let sheet = read(|sheet| {
        sheet.write_string(2, 1, "12件").unwrap();
        sheet.insert_note(2, 1, &Note::new("確認中です。\n企画課").set_author("企画課")).unwrap();
        sheet.insert_note(0, 2, &Note::new("記入なし").add_author_prefix(false)).unwrap();
    });
    assert_eq!(cells(&sheet, 2), [(1, "12件", None, Some("確認中です。\n企画課"))]);
    assert_eq!(cells(&sheet, 0), [(2, "", None, Some("記入なし"))]);
}

/// Excel writes a thread twice: whole, and as a classic note for programs that know no threads.
#[test]
fn threads_of_comments_are_read_whole() {
    let note = "[スレッド化されたコメント]\n\nコメント: 8では？";
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(2, 1, "5件").unwrap();
    sheet.insert_note(2, 1, &Note::new(note).add_author_prefix(false)).unwrap();
    sheet.insert_note(3, 1, &Note::new("ただのメモ").add_author_prefix(false)).unwrap();
    let bytes = workbook.save_to_buffer().expect("a book in memory");
    let threads = r#"<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="B3" dT="2020-01-01T00:00:00.00" personId="{A}" id="{1}"><text>8では？</text></threadedComment>
<threadedComment ref="B3" dT="2020-01-02T00:00:00.00" personId="{B}" id="{2}" parentId="{1}"><text>8です</text></threadedComment></ThreadedComments>"#;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a member");
        let mut text = String::new();
        member.read_to_string(&mut text).expect("text");
        let name = member.name().expect("a name").into_owned();
        if name == "xl/worksheets/_rels/sheet1.xml.rels" {
            let relation = r#"<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>"#;
            text = text.replace("</Relationships>", relation);
        }
        zip.start_file(name, SimpleFileOptions::default()).expect("a new member");
        zip.write_all(text.as_bytes()).expect("room in memory");
    }
    zip.start_file("xl/threadedComments/threadedComment1.xml", SimpleFileOptions::default())
        .expect("a new member");
    zip.write_all(threads.as_bytes()).expect("room in memory");
    let noted = ingest::read(
        &zip.finish().expect("a whole archive").into_inner(),
        "a.xlsx",
        &Limits::default(),
        Eras::reiwa(),
    );
    assert_eq!(noted.findings, []);
    assert_eq!(cells(&noted.value[0], 2), [(1, "5件", None, Some("8では？\n8です"))]);
    assert_eq!(cells(&noted.value[0], 3), [(1, "", None, Some("ただのメモ"))]);
}
