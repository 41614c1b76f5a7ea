//! Where a header might be on a sheet on which none was recognised: a start for a mapping by hand.

use super::columns::{HEADER_ROWS, Header, Words, read};
use super::{header_notes, marks};
use crate::model::{RawSheet, TableAccount};
use crate::template::Template;

/// Rows from the top in which a header is looked for.
const ROWS: usize = 200;

/// The rows whose texts name the most columns, and what they name; none if no text names any.
pub fn guess(sheet: &RawSheet, template: &Template) -> Option<TableAccount> {
    let mut sheet = sheet.clone();
    marks::leave_out(&mut sheet, template.takes_in_hidden, &mut Vec::new());
    let words = Words::new(template);
    let mut best: Option<((usize, usize), Header)> = None;
    for row in sheet.rows.iter().take(ROWS) {
        for end in row.index + 1..=row.index + HEADER_ROWS {
            let (quality, header) = read(&sheet, row.index, end, &words);
            // Among equals the first, and the one with the fewest rows.
            if !header.columns.is_empty() && best.as_ref().is_none_or(|(known, _)| quality > *known) {
                best = Some((quality, header));
            }
        }
    }
    best.map(|(_, header)| header_notes::account(&sheet, &header, false))
}
