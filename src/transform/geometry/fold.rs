//! A table that is folded out of a form of another shape, cell by cell.

use crate::model::{Area, CellRef, Overlay, RawCell, RawRow, RawSheet, Stands, Surroundings};
use crate::transform::headings::Headings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Row and column of a cell.
pub(super) type Cell = (u32, u32);

/// The first of the rows for what lies beside the table; no sheet has as many.
const BELOW: u32 = 1 << 24;

/// A table in the making: which of the sheet's cells stand where in it.
pub(super) struct Fold<'s> {
    sheet: &'s RawSheet,
    cells: BTreeMap<Cell, RawCell>,
    stands: Stands,
    /// The cells of the sheet that are in the table, in pieces or whole.
    taken: BTreeSet<Cell>,
}

impl<'s> Fold<'s> {
    pub(super) fn of(sheet: &'s RawSheet) -> Self {
        Self { sheet, cells: BTreeMap::new(), stands: Stands::default(), taken: BTreeSet::new() }
    }

    /// Puts a cell of the sheet into the table, filled or not.
    pub(super) fn put(&mut self, to: Cell, from: Cell) {
        self.stands.set(to, from);
        if let Some(cell) = self.sheet.row(from.0).and_then(|row| row.cell(from.1)) {
            self.cells.insert(to, RawCell { col: to.1, ..cell.clone() });
            self.taken.insert(from);
        }
    }

    /// Puts the cells of a row side by side.
    fn put_row(&mut self, to: u32, row: &RawRow) {
        for (cell, col) in row.cells.iter().zip(0..) {
            self.put((to, col), (row.index, cell.col));
        }
    }

    /// Puts those of some rows that are headings of groups one below the other, and returns the row below them.
    pub(super) fn put_headings(&mut self, to: u32, rows: &[RawRow], headings: &Headings) -> u32 {
        let sheet = self.sheet;
        rows.iter().filter(|row| headings.read(sheet, row).is_some()).fold(to, |to, row| {
            self.put_row(to, row);
            to + 1
        })
    }

    /// Puts a part of what a cell of the sheet says into the table.
    pub(super) fn put_text(&mut self, to: Cell, from: Cell, text: String) {
        self.put(to, from);
        if let Some(cell) = self.cells.get_mut(&to) {
            cell.text = text;
        }
    }

    /// Puts cells of the sheet that say one thing into one cell of the table, which stands at the first of them.
    pub(super) fn put_joined(&mut self, to: Cell, from: &[Cell], text: String) {
        let Some(&first) = from.first() else { return };
        self.put(to, first);
        if from.len() > 1 {
            for &piece in from {
                self.stands.join(to, piece);
            }
            self.taken.extend(from);
            self.cells.insert(to, RawCell { col: to.1, text, ..RawCell::default() });
        }
    }

    /// Counts a cell of the sheet as one that the table says elsewhere.
    pub(super) fn take(&mut self, cell: Cell) {
        self.taken.insert(cell);
    }

    /// The table as a sheet of its own, with what lies over its cells, and the sheet without it.
    pub(super) fn finish(self) -> (RawSheet, RawSheet) {
        let left = |row: &RawRow| {
            let cells = row.cells.iter().filter(|cell| !self.taken.contains(&(row.index, cell.col)));
            RawRow { cells: cells.cloned().collect(), ..*row }
        };
        let left = self.sheet.rows.iter().map(left).filter(|row| !row.cells.is_empty()).collect();
        let (place, merges) = (Arc::clone(&self.sheet.place), self.sheet.merges.clone());
        let rest = RawSheet { place, rows: left, merges, ..RawSheet::default() };
        let mut rows: Vec<RawRow> = Vec::new();
        for ((index, _), cell) in self.cells {
            match rows.last_mut().filter(|row| row.index == index) {
                Some(row) => row.cells.push(cell),
                None => rows.push(RawRow { index, hidden: false, cells: vec![cell] }),
            }
        }
        let mut stands = self.stands;
        self.taken.iter().for_each(|&cell| stands.repeat(cell));
        let surroundings = surroundings(&self.sheet.surroundings, &mut stands);
        let place = Arc::clone(&self.sheet.place);
        (RawSheet { place, rows, surroundings, stands, ..RawSheet::default() }, rest)
    }
}

/// What is said of the sheet's cells, said of the table's. What lies over no cell of the table lies over rows far below it.
fn surroundings(of: &Surroundings, stands: &mut Stands) -> Surroundings {
    let one = |(row, col): Cell| Area { top: row, left: col, bottom: row, right: col };
    let table: Vec<(Cell, Cell)> = stands.cells().collect();
    let is_in = |areas: &[Area], (row, col): Cell| areas.iter().any(|area| area.contains(row, col));
    let conditional = table.iter().filter(|(_, cell)| is_in(&of.conditional, *cell));
    let conditional = conditional.map(|(cell, _)| one(*cell)).collect();
    let printed = table.iter().filter(|(_, cell)| is_in(&of.print_areas, *cell));
    // Where there are areas and nothing of the table is in one, all of it is outside.
    let none = of.print_areas.first().map(|_| one((BELOW - 1, 0)));
    let print_areas = printed.map(|(cell, _)| one(*cell)).chain(none).collect();
    let mut move_to_table = |overlay: &Overlay, below: u32| {
        let mut overlay = overlay.clone();
        let on_sheet = (overlay.cell.row, overlay.cell.col);
        let known = stands.in_table(on_sheet);
        let (row, col) = known.unwrap_or((BELOW + below, 0));
        if known.is_none() {
            stands.set((row, col), on_sheet);
            overlay.area = Area { top: 1, left: 0, bottom: 0, right: 0 };
        } else {
            overlay.area = one((row, col));
        }
        overlay.cell = CellRef { row, col };
        let linked = overlay.linked.and_then(|cell| stands.in_table((cell.row, cell.col)));
        overlay.linked = linked.map(|(row, col)| CellRef { row, col });
        overlay
    };
    let overlays = of.overlays.iter().zip(0..).map(|(overlay, at)| move_to_table(overlay, at)).collect();
    Surroundings { print_areas, conditional, overlays, ..Surroundings::default() }
}
