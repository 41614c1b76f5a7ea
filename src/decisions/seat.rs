//! Where the text of a cell is: in its own place, or in that of the merged area that covers it.

use crate::model::{CellRef, RawSheet};

/// A cell as it is stored and as it is read.
pub(super) struct Seat {
    /// The cell that holds the text in the file: of a merged area, the top-left one.
    pub(super) stored: CellRef,
    /// The cell where it is read: of a merged area, the first one whose row is not hidden.
    pub(super) shown: CellRef,
    pub(super) is_hidden: bool,
}

impl Seat {
    /// Of a cell of a sheet.
    pub(super) fn of(sheet: &RawSheet, cell: CellRef) -> Self {
        let area = sheet.merges.iter().find(|area| area.contains(cell.row, cell.col));
        let (top, bottom, col) =
            area.map_or((cell.row, cell.row, cell.col), |area| (area.top, area.bottom, area.left));
        let is_hidden = |row: u32| sheet.row(row).is_some_and(|row| row.hidden);
        let visible = (top..=bottom).find(|&row| !is_hidden(row));
        Self {
            stored: CellRef { row: top, col },
            shown: CellRef { row: visible.unwrap_or(top), col },
            is_hidden: sheet.hidden || visible.is_none() || sheet.is_hidden_column(col),
        }
    }
}
