//! Whether the records of delimited text are whole: what a missing quotation mark, a comma too many or a missing end
//! does to them is told before their fields are taken for values.
//!
//! * **D1** A quoted field that is not closed, or is closed in the midst of a later line, has swallowed what follows.
//! * **D2** The table is as wide as its heading, the first record of three entries, or as most of its records, whichever
//!   is more. A record with more fields is shifted where one of its figures was cut in two (`1,200人`), or has text that
//!   was cut; empty fields at its end mean nothing, nor does a note that stands alone beside the table.
//! * **D3** A last record that has fewer fields than all others, and no line break behind it, was cut off.

use crate::finding::Flaw;
use std::collections::BTreeMap;

/// Entries that a heading has at least.
const ENTRIES: usize = 3;

/// What is wrong at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) row: u32,
    pub(super) col: u32,
    pub(super) flaw: Flaw,
    /// What stands there.
    pub(super) text: String,
    /// Fields of the record, and of the table.
    pub(super) fields: usize,
    pub(super) width: usize,
}

/// The shapes of the records so far.
#[derive(Default)]
pub(super) struct Shapes(Vec<Shape>);

struct Shape {
    row: u32,
    fields: usize,
    entries: usize,
    /// The last field that is not empty.
    last: usize,
    text: String,
    /// The fields that a figure was cut into: the first of them, and the figure.
    cut: Option<(usize, String)>,
}

impl Shapes {
    /// Takes a record.
    pub(super) fn push<'f>(&mut self, row: u32, fields: impl Iterator<Item = &'f str>) {
        let fields: Vec<&str> = fields.collect();
        let is_entry = |field: &&str| !field.trim().is_empty();
        let last = fields.iter().rposition(is_entry).unwrap_or(0);
        let cut = fields.windows(2).position(|pair| is_cut(pair[0], pair[1]));
        self.0.push(Shape {
            row,
            fields: fields.len(),
            entries: fields.iter().filter(|field| is_entry(field)).count(),
            last,
            text: fields[last].to_owned(),
            cut: cut.map(|at| (at, format!("{},{}", fields[at], fields[at + 1]))),
        });
    }

    /// What is wrong with them; `ends` says whether a line break ends the last one.
    pub(super) fn flaws(&self, ends: bool) -> Vec<Found> {
        let Some(width) = self.width() else { return Vec::new() };
        let mut found = Vec::new();
        for shape in self.0.iter().filter(|shape| shape.fields > width) {
            match &shape.cut {
                Some((at, text)) => found.push(shape.found(*at, Flaw::Thousands, text, width)),
                None if shape.last >= width && shape.entries > 1 => {
                    found.push(shape.found(shape.last, Flaw::TooMany, &shape.text, width));
                }
                None => {}
            }
        }
        if let [others @ .., last] = &self.0[..]
            && !ends
            && (2..width).contains(&last.fields)
            && others.iter().all(|other| other.entries < ENTRIES || other.fields >= width)
        {
            found.push(last.found(last.last, Flaw::CutOff, &last.text, width));
        }
        found
    }

    /// The fields of the table (D2).
    fn width(&self) -> Option<usize> {
        let full = || self.0.iter().filter(|shape| shape.entries >= ENTRIES);
        let heading = full().next()?.fields;
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for shape in full().filter(|shape| shape.cut.is_none()) {
            *counts.entry(shape.fields).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(fields, count)| (*count, *fields == heading));
        let most = most.map_or(0, |(fields, _)| fields);
        Some(heading.max(most))
    }
}

impl Shape {
    fn found(&self, col: usize, flaw: Flaw, text: &str, width: usize) -> Found {
        let col = u32::try_from(col).unwrap_or(u32::MAX);
        Found { row: self.row, col, flaw, text: text.to_owned(), fields: self.fields, width }
    }
}

/// Whether two fields look like one figure that a comma set apart: at most three digits, then three and no more.
fn is_cut(first: &str, second: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(|c| is_digit(*c)).count();
    let behind = first.chars().rev().take_while(|c| is_digit(*c)).count();
    (1..=3).contains(&behind) && digits(second) == 3
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// The first quoted field that is not closed where it should be (D1).
pub(super) fn open_quote(text: &str, delimiter: u8) -> Option<Found> {
    /// Where in a field the reader is.
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Bare,
        Quoted,
        /// After a quote within a quoted field: its end, or the first of two.
        Quote,
    }
    let bytes = text.as_bytes();
    memchr::memchr(b'"', bytes)?;
    let (mut row, mut col, mut at, mut start, mut breaks) = (0_u32, 0_u32, At::Start, 0, 0);
    let found = |row, col, start: usize, flaw| {
        let line = text[start..].lines().next().unwrap_or_default();
        Some(Found { row, col, flaw, text: line.to_owned(), fields: 0, width: 0 })
    };
    for (place, byte) in bytes.iter().enumerate() {
        let ends_line = *byte == b'\n' || (*byte == b'\r' && bytes.get(place + 1) != Some(&b'\n'));
        at = match (at, *byte) {
            (At::Quoted, b'"') => At::Quote,
            (At::Quoted, _) => {
                breaks += u32::from(ends_line);
                At::Quoted
            }
            (At::Start, b'"') => {
                (start, breaks) = (place, 0);
                At::Quoted
            }
            (At::Quote, b'"') => At::Quoted,
            (at, b'\r') if !ends_line => at,
            _ if ends_line => {
                (row, col) = (row.saturating_add(1), 0);
                At::Start
            }
            (_, byte) if byte == delimiter => {
                col = col.saturating_add(1);
                At::Start
            }
            (At::Quote, _) if breaks > 0 => return found(row, col, start, Flaw::QuoteAcross),
            _ => At::Bare,
        };
    }
    if at == At::Quoted { found(row, col, start, Flaw::QuoteOpen) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_that_swallow_lines_are_found() {
        let check = |text: &str, expected: Option<(u32, u32, Flaw)>| {
            let found = open_quote(text, b',').map(|found| (found.row, found.col, found.flaw));
            assert_eq!(found, expected, "{text:?}");
        };
        check("a,b\n1,2\n", None);
        check("a,\"b\nc\"\n\"x\"\"y\",1\r\n", None);
        // A mark within a field, and behind a quoted one, as Excel takes them.
        check("a,5\"\n\"の\"広場,1\n", None);
        check("a,b\r\n1,\"2\r\n3,4\r\n", Some((1, 1, Flaw::QuoteOpen)));
        check("a,b\n\"1,2\n\"3,4\n", Some((1, 0, Flaw::QuoteAcross)));
        check("\"", Some((0, 0, Flaw::QuoteOpen)));
    }

    #[test]
    fn records_that_are_shifted_or_cut_off_are_found() {
        let check = |text: &str, expected: &[(u32, u32, Flaw, &str)]| {
            let mut shapes = Shapes::default();
            for (row, line) in (0..).zip(text.lines()) {
                shapes.push(row, line.split(','));
            }
            let found = shapes.flaws(text.ends_with('\n'));
            let found: Vec<_> = found.iter().map(|f| (f.row, f.col, f.flaw, f.text.as_str())).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("表題\na,b,c,d\n1,2,3,\nx,1,200人,5,6\n", &[(3, 1, Flaw::Thousands, "1,200人")]);
        check(
            "a,b,c,d\nx,１,２００人,5,6\ny,1,300,5,6",
            &[(1, 1, Flaw::Thousands, "１,２００人"), (2, 1, Flaw::Thousands, "1,300")],
        );
        // Numbers that stand side by side in a table that is no wider for it.
        check("a,b,c\nx,12,120人\ny,13,130人\n", &[]);
        check("a,b,c\nx,1,2,理由\ny,1,2\n", &[(1, 3, Flaw::TooMany, "理由")]);
        check("a,b,c\nx,1,2,,\ny,1,2\n,,,,注\n", &[]);
        // Lines above the table that are narrower.
        check("作成,課,名\na,b,c,d\nx,1,2,3\ny,4,5,6\n", &[]);
        check("a,b,c,d\nx,1,2,3\ny,4", &[(2, 1, Flaw::CutOff, "4")]);
        for text in ["a,b,c,d\nx,1,2,3\ny,4\n", "a,b,c,d\nx,1,2\ny,4", "a,b,c,d\nx,1,2,3\n注", "", "a", "a,b"]
        {
            check(text, &[]);
        }
    }
}
