//! Where a header might be on a sheet on which none was recognised: a start for a mapping by hand.

use super::columns::{HEADER_ROWS, Header, Lexicon, read};
use super::{header_findings, marks};
use crate::finding::Collector;
use crate::model::{RawSheet, TableAccount};
use crate::template::Template;

/// Rows from the top in which a header is looked for.
const ROWS: usize = 200;

/// Columns that a header names at the least: sentences on a form name one now and then.
const COLUMNS: usize = 2;

/// The rows whose texts name the most columns, and what they name; none if nothing looks like a header.
pub fn guess(sheet: &RawSheet, template: &Template) -> Option<TableAccount> {
    let mut sheet = sheet.clone();
    marks::leave_out(&mut sheet, marks::TakeIn::of(template), &mut Collector::default());
    let words = Lexicon::new(template);
    let mut best: Option<((usize, usize), Header)> = None;
    for height in 1..=HEADER_ROWS {
        for row in sheet.rows.iter().take(ROWS) {
            let (quality, header) = read(&sheet, row.index, row.index + height, &words);
            // Among equals the one with the fewest rows, and the first.
            if header.columns.len() >= COLUMNS && best.as_ref().is_none_or(|(known, _)| quality > *known) {
                best = Some((quality, header));
            }
        }
    }
    best.map(|(_, header)| header_findings::account(&sheet, &header, false))
}
