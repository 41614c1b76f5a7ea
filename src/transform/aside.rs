//! What stands right of a sheet's tables behind an empty column, and is none of their columns: a table of something else,
//! remarks.
//!
//! * **D1** It begins behind the first column right of all that the headers know in which no row has an entry and no
//!   merged cell reaches.
//! * **D2** If a heading of a field, a unit or a time, or a word of a vocabulary stands there, it is one more of the form's
//!   own, and stays. So it is with nothing but times: they may be those of values without a unit.

use super::columns::{Header, Lexicon, Slot, WIDEST, is_time_alone};
use super::header_findings;
use super::marks::emptied;
use crate::finding::Finding;
use crate::model::{CellRef, RawCell, RawSheet, RowKind};
use std::collections::{BTreeMap, BTreeSet};

/// What was taken out of a sheet.
pub(super) struct Aside {
    /// What is said of it.
    pub(super) finding: Option<Finding>,
    /// The rows of which nothing else is left.
    pub(super) rows: Vec<(u32, RowKind)>,
    /// Its cells.
    pub(super) cells: Vec<CellRef>,
}

/// Takes it out of a sheet that has these tables.
pub(super) fn take_out(sheet: &mut RawSheet, tables: &[Header], words: &Lexicon) -> Option<Aside> {
    let first = first_column(sheet, tables)?;
    let beside = || sheet.rows.iter().flat_map(|row| row.cells.iter().filter(|cell| cell.col >= first));
    let is_time = |cell: &RawCell| is_time_alone(&cell.text, words.eras());
    if beside().all(is_time) || beside().any(|cell| is_of_form(cell, words)) {
        return None;
    }
    let mut columns: BTreeMap<u32, u32> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|row| row.index >= tables[0].end) {
        for cell in row.cells.iter().filter(|cell| cell.col >= first && row.cells[0].col < first) {
            columns.entry(cell.col).or_insert(row.index);
        }
    }
    let finding = header_findings::unheaded(sheet, &columns);
    let mut cells = Vec::new();
    for row in &mut sheet.rows {
        let taken = row.cells.extract_if(.., |cell| cell.col >= first);
        cells.extend(taken.map(|cell| CellRef { row: row.index, col: cell.col }));
    }
    Some(Aside { finding, rows: emptied(sheet, RowKind::Note), cells })
}

/// D1: the column behind the empty one.
fn first_column(sheet: &RawSheet, tables: &[Header]) -> Option<u32> {
    let known = tables.iter().flat_map(|table| {
        let rivals = table.ambiguous.iter().map(|(_, _, col)| col);
        table.columns.values().chain(&table.ignored).chain(table.options.values()).chain(rivals)
    });
    let last = known.max()?;
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.col));
    let merged = sheet.merges.iter().filter(|area| sheet.text(area.top, area.left).is_some());
    let merged = merged.flat_map(|area| area.left..=area.right.min(WIDEST));
    let filled: BTreeSet<u32> = cells.chain(merged).collect();
    let empty = (last + 1..=*filled.last()?).find(|col| !filled.contains(col))?;
    Some(empty + 1)
}

/// D2.
fn is_of_form(cell: &RawCell, words: &Lexicon) -> bool {
    let heading = words.heading(&cell.text);
    let is_field = heading.named().any(|slot| slot != Slot::Ignored);
    is_field || heading.is_time || heading.is_unit || words.is_of_vocabulary(&cell.text)
}
