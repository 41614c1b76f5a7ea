//! Files: whatever their bytes are, they are read or explained.

use super::has_panicked;
use super::lists::{check_list, check_sheet};
use super::packages::{XLSX, pack, parts};
use kaitei::finding::Noted;
use kaitei::ingest;
use kaitei::model::RawSheet;

/// Larger inputs are slow and find no more.
const LARGEST: usize = 1 << 20;

/// Delimited text; of valid UTF-8 no letter and no digit is lost.
pub fn csv(data: &[u8]) {
    let Noted { value: sheets, findings } = read(data, "x.csv");
    if let (Ok(text), [sheet], []) = (std::str::from_utf8(data), &sheets[..], &findings[..]) {
        let solid = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let cells = sheet.rows.iter().flat_map(|row| &row.cells).map(|cell| solid(&cell.text));
        assert_eq!(cells.collect::<String>(), solid(&text.replace("_x000D_", "")));
    }
}

/// A whole file, and the list that is made of it. Files in binary formats have their own target.
pub fn workbook(data: &[u8]) {
    let is_binary = data.starts_with(b"\xD0\xCF\x11\xE0") || data.windows(4).any(|bytes| bytes == b".bin");
    if data.len() <= LARGEST && !is_binary {
        check_list(&read(data, "x.xlsx").value);
    }
}

/// The parts of an xlsx: the sheet, its shared texts, the styles, the comments.
pub fn sheet_xml(data: &[u8]) {
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/comments1.xml"];
    let bytes = pack(XLSX.into_iter().chain(names.into_iter().zip(parts(data))));
    check_list(&read(&bytes, "x.xlsx").value);
}

/// The parts of an ods: the content, the styles.
pub fn ods_xml(data: &[u8]) {
    let mime: [(&str, &[u8]); 1] = [("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")];
    let bytes = pack(mime.into_iter().chain(["content.xml", "styles.xml"].into_iter().zip(parts(data))));
    check_list(&read(&bytes, "x.ods").value);
}

/// A file of Excel 97–2003.
pub fn xls(data: &[u8]) {
    if data.len() <= LARGEST && data.starts_with(b"\xD0\xCF\x11\xE0") {
        check_list(&read(data, "x.xls").value);
    }
}

fn read(bytes: &[u8], file: &str) -> Noted<Vec<RawSheet>> {
    let noted = ingest::read(bytes, file, &kaitei::model::Limits::default(), kaitei::model::Eras::reiwa());
    assert!(!has_panicked(), "the program has panicked while it read the file");
    assert!(!noted.value.is_empty() || !noted.findings.is_empty(), "neither read nor explained");
    noted.value.iter().for_each(check_sheet);
    noted
}
