//! Binary workbooks (MS-XLSB) in pieces, for tests that need what is in them and not what wrote them.

use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

pub(crate) fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

pub(crate) fn number(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

/// A text with its length before it.
pub(crate) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [number(u32::try_from(units.len() / 2).expect("a short text")), units].concat()
}

/// A record of at most 127 bytes.
pub(crate) fn part(kind: u16, data: &[u8]) -> Vec<u8> {
    let kind = if kind < 0x80 {
        vec![kind.to_le_bytes()[0]]
    } else {
        (kind << 1 & 0xFF00 | kind & 0x7F | 0x80).to_le_bytes().to_vec()
    };
    [&kind, &[u8::try_from(data.len()).expect("a short record")][..], data].concat()
}

/// The part of a workbook with one sheet.
pub(crate) fn workbook() -> Vec<u8> {
    let parts = [
        part(0x83, &[]),
        part(0x99, &[0; 12]),
        part(0x8F, &[]),
        part(0x9C, &[number(0), number(1), wide("r0"), wide("様式")].concat()),
        part(0x90, &[]),
        part(0x84, &[]),
    ];
    parts.concat()
}

/// What a part refers to: kind and place of each.
pub(crate) fn relations(list: &[(&str, &str)]) -> Vec<u8> {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |(at, (kind, target)): (usize, &(&str, &str))| {
        format!(r#"<Relationship Id="r{at}" Type="{kinds}/{kind}" Target="/xl/{target}"/>"#)
    };
    let list: String = list.iter().enumerate().map(relation).collect();
    format!("<Relationships>{list}</Relationships>").into_bytes()
}

/// A packed file of parts.
pub(crate) fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a new part");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}
