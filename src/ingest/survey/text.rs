//! How delimited text is written: its encoding, its line ends, its quotes, the lengths of its records.

use super::super::csv::{decode, delimiter};
use serde::{Deserialize, Serialize};

/// Facts about delimited text. Rows count from 0 as they do for its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFacts {
    /// The encoding's name: `UTF-8`, `Shift_JIS` (CP932), `UTF-16LE` …
    pub encoding: String,
    /// Whether a byte order mark leads the file.
    pub bom: bool,
    /// The delimiter.
    pub delimiter: char,
    /// Fields of the first record that is not empty.
    pub width: u32,
    /// Rows with more or fewer fields than that, and how many.
    pub ragged: Vec<(u32, u32)>,
    /// Rows that go over several lines.
    pub broken: Vec<u32>,
    /// Cells whose quotes are wrong: open to the end, within an unquoted field, or with text behind.
    pub misquoted: Vec<(u32, u32)>,
}

/// Where in a field the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Bare,
    Quoted,
    /// After a quote within a quoted field: its end, or the first of two.
    Quote,
}

/// Reads the text as RFC 4180 has it.
pub(super) fn facts(bytes: &[u8]) -> TextFacts {
    let (text, encoding) = decode(bytes);
    let mut facts = TextFacts {
        encoding: encoding.name().to_owned(),
        bom: encoding_rs::Encoding::for_bom(bytes).is_some(),
        delimiter: char::from(delimiter(&text)),
        ..TextFacts::default()
    };
    let text = text.replace("\r\n", "\n");
    let (mut row, mut col, mut at, mut broken) = (0_u32, 0_u32, At::Start, false);
    for c in text.chars() {
        let ends_line = matches!(c, '\n' | '\r');
        at = match (at, c) {
            (At::Quoted, '"') => At::Quote,
            (At::Quoted, _) => {
                broken |= ends_line;
                At::Quoted
            }
            (At::Start | At::Quote, '"') => At::Quoted,
            (_, _) if ends_line => {
                facts.end_record(row, col, at, broken);
                (row, col, broken) = (row.saturating_add(1), 0, false);
                At::Start
            }
            (_, c) if c == facts.delimiter => {
                col = col.saturating_add(1);
                At::Start
            }
            (At::Quote, _) | (At::Bare, '"') => {
                if facts.misquoted.last() != Some(&(row, col)) {
                    facts.misquoted.push((row, col));
                }
                At::Bare
            }
            (At::Start | At::Bare, _) => At::Bare,
        };
    }
    if at == At::Quoted {
        facts.misquoted.push((row, col));
    }
    facts.end_record(row, col, at, broken);
    facts
}

impl TextFacts {
    fn end_record(&mut self, row: u32, last: u32, at: At, broken: bool) {
        // An empty line is no record.
        if last == 0 && at == At::Start {
            return;
        }
        let width = last.saturating_add(1);
        if self.width == 0 {
            self.width = width;
        } else if self.width != width {
            self.ragged.push((row, width));
        }
        if broken {
            self.broken.push(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_looked_at_as_they_are_written() {
        let check = |text: &str, ragged: &[(u32, u32)], broken: &[u32], misquoted: &[(u32, u32)]| {
            let facts = facts(text.as_bytes());
            let found = (&facts.ragged[..], &facts.broken[..], &facts.misquoted[..]);
            assert_eq!(found, (ragged, broken, misquoted), "{text:?}");
        };
        check("a,b\r\n1,2\r\n", &[], &[], &[]);
        check("a,b\n\n\"1,\"\"x\",2", &[], &[], &[]);
        check("a,b\n1\n1,2,3\n", &[(1, 1), (2, 3)], &[], &[]);
        check("a,b\n1,\"x\r\ny\"\nz,1\n", &[], &[1], &[]);
        check("a,b\n1,x\"y\n\"1\"z,2\n", &[], &[], &[(1, 1), (2, 0)]);
        check("a,b\n1,\"x\n", &[], &[1], &[(1, 1)]);
        check("", &[], &[], &[]);
    }
}
