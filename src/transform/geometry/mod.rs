//! The geometry of a form: how its labels, values and records stand to each other.
//!
//! A table below its header is read as it stands. A form of any other geometry is folded into such a table, whose cells
//! know where they stand on the sheet, so that what follows is one for all: columns, rows, values, findings at cells.
//!
//! * **F1** A table whose header has all required columns is a table.
//! * **F3** A table whose records have several rows is folded, a column for each line (see [`tiers`]).
//! * **F2** Otherwise the reading that finds more fields holds: labels at the side of their values, or a header. What stands
//!   beside such labels must be like entries: instructions have the same labels, and sentences beside them.

mod fold;
mod side;
mod tiers;

use super::columns::{Header, Lexicon, Slot, recognise};
use super::apart;
use super::headings::Headings;
use crate::model::{RawSheet, RowKind};
use crate::template::Template;
use std::collections::BTreeSet;

/// A form that was folded into a table.
pub(super) struct Folded {
    pub(super) table: RawSheet,
    pub(super) header: Header,
    /// What of the sheet is not in the table.
    pub(super) rest: RawSheet,
}

/// Folds a sheet that is no table below its header; `None` if it is one, or nothing that can be told.
pub(super) fn fold(sheet: &RawSheet, words: &Lexicon, headings: &Headings, template: &Template) -> Option<Folded> {
    let header = sheet.rows.iter().find_map(|row| recognise(sheet, row, words));
    if let Some(header) = &header
        && let Some((table, header, rest)) = tiers::fold_lines(sheet, header, words, template)
    {
        return Some(Folded { table, header, rest });
    }
    let stated = headings.levels(sheet);
    if header.as_ref().is_some_and(|header| header.missing(template, &stated).is_empty()) {
        return None; // F1
    }
    let fields = |header: &Header| header.columns.keys().filter(|slot| matches!(slot, Slot::Field(_))).count();
    let (table, folded, rest) = side::fold_cards(sheet, words, headings)?;
    let is_better = header.as_ref().is_none_or(|header| fields(&folded) > fields(header)); // F2
    let (like, unlike) = apart::evidence(&table, &folded, words, template);
    (is_better && like > 0 && like >= unlike).then_some(Folded { table, header: folded, rest })
}

impl Folded {
    /// What became of the rows of the sheet, by what became of the table's. A row that holds several records stands once
    /// for each.
    pub(super) fn rows(&self, of_table: &[(u32, RowKind)]) -> Vec<(u32, RowKind)> {
        let mut rows: Vec<(u32, RowKind)> = Vec::new();
        let mut in_table: BTreeSet<u32> = BTreeSet::new();
        for &(line, kind) in of_table {
            let cells = self.table.row(line).map_or(&[][..], |row| &row.cells);
            let on_sheet = cells.iter().filter_map(|cell| self.table.stands.on_sheet((line, cell.col)));
            let lines: BTreeSet<u32> = on_sheet.map(|(row, _)| row).collect();
            if kind != RowKind::Header {
                rows.extend(lines.first().map(|&first| (first, kind)));
            }
            in_table.extend(lines);
        }
        let first = in_table.first().copied().unwrap_or_default();
        let known: BTreeSet<u32> = rows.iter().map(|(row, _)| *row).collect();
        let rest = in_table.into_iter().filter(|row| !known.contains(row));
        rows.extend(rest.map(|row| (row, RowKind::Continuation)));
        let known: BTreeSet<u32> = rows.iter().map(|(row, _)| *row).collect();
        let left = self.rest.rows.iter().map(|row| row.index).filter(|row| !known.contains(row));
        rows.extend(left.map(|row| (row, if row < first { RowKind::Above } else { RowKind::Note })));
        rows.sort_unstable();
        rows
    }
}
