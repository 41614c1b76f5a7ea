//! The labels of a form: cells that name a field, wherever their values stand.

use super::fold::Cell;
use crate::model::{RawSheet, Slot};
use crate::transform::columns::{self, LONGEST_HEADING, Lexicon};
use crate::transform::fit::Manner;
use std::collections::BTreeMap;

/// Cells of a sheet that are looked at: no form of cards has as many.
const CELLS: usize = 100_000;

/// A cell that names a field.
pub(super) struct Label {
    pub(super) at: Cell,
    /// Its last row and column, with its merged area.
    pub(super) end: Cell,
    pub(super) is_name: bool,
}

/// The labels of a sheet; that of the name fits at least so well.
pub(super) fn labels(sheet: &RawSheet, words: &Lexicon, least: Manner) -> BTreeMap<Cell, Label> {
    let mut labels: BTreeMap<Cell, Label> = BTreeMap::new();
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
    for (row, cell) in cells.take(CELLS) {
        let is_short = cell.text.chars().count() <= LONGEST_HEADING;
        if !is_short || cell.col >= columns::WIDEST {
            continue;
        }
        let heading = words.heading(&cell.text);
        let is_label = |slot| matches!(slot, Slot::Field(_) | Slot::Time(_) | Slot::Unit(_));
        let is_field = heading.named().any(is_label);
        let is_name = heading.fits.get(&words.name()).is_some_and(|fit| fit.manner >= least);
        // `年度` beside a label, or between two.
        let is_beside = || {
            (heading.is_time || heading.is_unit) && labels.range((row, 0)..(row, cell.col)).next().is_some()
        };
        if is_field || is_name || is_beside() {
            let at = (row, cell.col);
            labels.insert(at, Label { at, end: sheet.end_of(row, cell.col), is_name });
        }
    }
    labels
}
