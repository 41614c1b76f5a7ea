//! Small workbooks, part by part, in whatever way a part may be written.

use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An archive of parts.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The relationships of a part: identifier, kind, target.
pub(super) fn relations(relations: &[(&str, &str, &str)]) -> String {
    let relation = |(id, kind, target): &(&str, &str, &str)| {
        format!(r#"<Relationship Id="{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
    };
    format!("<Relationships>{}</Relationships>", relations.iter().map(relation).collect::<String>())
}

/// The parts of a workbook: what `<sheets>` holds, its relationships, and further parts.
pub(super) fn workbook(sheets: &str, of_workbook: &[(&str, &str, &str)], parts: &[(&str, &[u8])]) -> Vec<u8> {
    let book = format!(r#"<workbook xmlns:r="{TYPES}"><sheets>{sheets}</sheets></workbook>"#);
    let (main, own) = (relations(&[("w", "officeDocument", "xl/workbook.xml")]), relations(of_workbook));
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", main.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", own.as_bytes()),
    ];
    all.extend(parts);
    archive(&all)
}

/// A worksheet with the shared texts 0 and 1 in its first row.
pub(super) fn sheet(before: &str) -> String {
    format!(
        r#"<worksheet>{before}<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row></sheetData></worksheet>"#
    )
}

/// Two shared texts.
pub(super) const TEXTS: &str = "<sst><si><t>指標</t></si><si><t>目標値</t></si></sst>";

/// A form with comments, and macros that nobody reads.
pub(super) fn form() -> Vec<u8> {
    let comments = r#"<comments><commentList><comment ref="B1"><text><t>確認中</t></text></comment></commentList></comments>"#;
    workbook(
        r#"<sheet name="様式" sheetId="1" r:id="a"/><sheet name="控え" sheetId="2" state="hidden" r:id="b"/>"#,
        &[
            ("a", "worksheet", "worksheets/sheet1.xml"),
            ("b", "worksheet", "worksheets/sheet2.xml"),
            ("c", "sharedStrings", "sharedStrings.xml"),
        ],
        &[
            ("xl/worksheets/sheet1.xml", sheet("").as_bytes()),
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                relations(&[("n", "comments", "../comments1.xml")]).as_bytes(),
            ),
            ("xl/worksheets/sheet2.xml", sheet("").as_bytes()),
            ("xl/sharedStrings.xml", TEXTS.as_bytes()),
            ("xl/comments1.xml", comments.as_bytes()),
            ("xl/vbaProject.bin", b"macros"),
        ],
    )
}

/// A workbook in binary form: two worksheets with the shared texts 0 and 1 in their first rows, the second one hidden, and
/// between them an entry without a part and a sheet of macros.
pub(super) fn binary() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let kind = if kind < 0x80 { vec![kind.to_le_bytes()[0]] } else { kind.to_le_bytes().to_vec() };
        [&kind, &[u8::try_from(data.len()).unwrap()][..], data].concat()
    };
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&u32::try_from(units.len() / 2).unwrap().to_le_bytes()[..], &units].concat()
    };
    let number = |number: u32| number.to_le_bytes().to_vec();
    let listed = |state: u32, id: u32, relation: &[u8], name: &str| {
        record(0x019C, &[&number(state)[..], &number(id), relation, &wide(name)].concat())
    };
    let book = [
        record(0x0183, &[]),
        record(0x0199, &[0; 12]),
        record(0x018F, &[]),
        listed(0, 1, &wide("a"), "様式"),
        listed(0, 2, &number(u32::MAX), "Module1"),
        listed(0, 3, &wide("m"), "Macro1"),
        listed(2, 4, &wide("b"), "控え"),
        record(0x0190, &[]),
        record(0x0184, &[]),
    ];
    let cell = |col: u32, text: u32| record(7, &[number(col), number(0), number(text)].concat());
    let sheet = [
        record(0x0181, &[]),
        record(0x0194, &[0; 16]),
        record(0x0191, &[]),
        record(0, &[0; 25]),
        cell(0, 0),
        cell(1, 1),
        record(0x0192, &[]),
        record(0x0182, &[]),
    ];
    let text = |text: &str| record(0x13, &[&[0][..], &wide(text)].concat());
    let texts =
        [record(0x019F, &[number(2), number(2)].concat()), text("指標"), text("目標値"), record(0x01A0, &[])];
    let of_book = relations(&[
        ("a", "worksheet", "worksheets/sheet1.bin"),
        ("b", "worksheet", "worksheets/sheet2.bin"),
        ("m", "xlMacrosheet", "macrosheets/sheet1.bin"),
        ("c", "sharedStrings", "sharedStrings.bin"),
    ]);
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations(&[("w", "officeDocument", "xl/workbook.bin")]).as_bytes()),
        ("xl/workbook.bin", &book.concat()),
        ("xl/_rels/workbook.bin.rels", of_book.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
        ("xl/worksheets/sheet2.bin", &sheet.concat()),
        ("xl/sharedStrings.bin", &texts.concat()),
    ])
}
