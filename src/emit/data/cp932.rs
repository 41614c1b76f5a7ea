//! CP932, which Windows calls `Shift_JIS`: what it cannot write is found at its cell before anything is written.
//!
//! A character without a code is an error, not a 〓 or a `&#x…;` with a warning: what is published would no longer be
//! what the department wrote, and whoever reads the file could not tell. The hint names both ways out.

use super::Codes;
use super::table::{DataRow, Datum, Table};
use crate::finding::{Characters, Finding, Problem};
use crate::model::{Dataset, Origin};
use crate::template::{Encoding, OutputFormat, Template};
use std::collections::BTreeSet;

/// Characters of JIS X 0208 that Unicode has twice, and those that Windows encodes in their place.
const TWINS: [(char, char); 10] = [
    ('〜', '～'),
    ('−', '－'),
    ('‖', '∥'),
    ('—', '―'),
    ('¢', '￠'),
    ('£', '￡'),
    ('¬', '￢'),
    ('¦', '￤'),
    // An encoder for web pages would write these two as \ and ~.
    ('¥', '￥'),
    ('‾', '￣'),
];

/// One finding for each cell with a character that the template's encoding cannot write.
pub fn unencodable(template: &Template, list: &Dataset) -> Vec<Finding> {
    let is_built =
        [&template.formats, &template.attached].into_iter().any(|it| it.contains(&OutputFormat::Data));
    if !is_built || template.open_data.encoding != Encoding::Cp932 {
        return Vec::new();
    }
    let codes = Codes::new(template, list);
    let of_template = template.origin();
    let mut found: BTreeSet<(Origin, char)> = BTreeSet::new();
    for table in super::tables(template, list, &codes) {
        for (record, datum) in cells(&table) {
            if let Some(c) = first_unmappable(&datum.shown()) {
                let origin = match datum {
                    Datum::Stated(_, origin) => Some(*origin),
                    _ => record.origin,
                };
                found.insert((origin.unwrap_or(&of_template).clone(), c));
            }
        }
    }
    found.into_iter().map(|(origin, c)| finding(c, origin)).collect()
}

fn cells<'t, 'a>(table: &'t Table<'a>) -> impl Iterator<Item = (&'t DataRow<'a>, &'t Datum<'a>)> {
    table.records.iter().flat_map(|record| record.data.iter().map(move |datum| (record, datum)))
}

fn first_unmappable(text: &str) -> Option<char> {
    let mut buffer = [0; 4];
    let mut chars = text.chars().filter(|c| !c.is_ascii());
    chars.find(|&c| encoding_rs::SHIFT_JIS.encode(twin(c).encode_utf8(&mut buffer)).2)
}

/// The text in CP932. What [`unencodable`] reports becomes `&#…;`; a format with such a text is not built.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let text: String = text.chars().map(twin).collect();
    encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
}

fn twin(c: char) -> char {
    TWINS.iter().find(|(twin, _)| *twin == c).map_or(c, |(_, encoded)| *encoded)
}

fn finding(c: char, origin: Origin) -> Finding {
    Finding::new(Problem::CharacterUnencodable { character: Characters(c.to_string()) }, origin)
}

#[cfg(test)]
mod tests {
    use super::{encode, first_unmappable};

    #[test]
    fn characters_are_encoded_as_windows_does() {
        for (text, bytes) in [
            ("維持,A", &b"\x88\xDB\x8E\x9D,A"[..]),
            ("～〜", b"\x81\x60\x81\x60"),
            ("－−", b"\x81\x7C\x81\x7C"),
            ("①㈱髙", b"\x87\x40\x87\x8A\xFB\xFC"),
            ("￥¥\\", b"\x81\x8F\x81\x8F\\"),
            ("ｶﾞ", b"\xB6\xDE"),
        ] {
            assert_eq!((encode(text).as_slice(), first_unmappable(text)), (bytes, None), "{text}");
        }
    }

    #[test]
    fn what_has_no_code_is_found() {
        for (text, expected) in [
            ("𠮷野", Some('𠮷')),
            ("葛\u{E0100}", Some('\u{E0100}')),
            ("1㎡ 2か所", None),
            ("x\u{A0}y", Some('\u{A0}')),
            ("㋿", Some('㋿')),
            ("\u{E000}", Some('\u{E000}')),
        ] {
            assert_eq!(first_unmappable(text), expected, "{text}");
        }
    }
}
