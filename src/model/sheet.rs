//! A sheet as ingest hands it over: the text that each cell shows, sparse, with its merges.

use super::{Origin, Place};
use std::sync::Arc;

/// One sheet of one input file. Rows and cells without text are absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSheet {
    /// File and sheet name.
    pub place: Arc<Place>,
    /// Rows by ascending index.
    pub rows: Vec<RawRow>,
    /// Merged areas, by ascending top-left cell.
    pub merges: Vec<Area>,
}

/// One row that has at least one cell with text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// Row index from 0.
    pub index: u32,
    /// Cells by ascending column.
    pub cells: Vec<RawCell>,
}

/// One cell: what Excel would show in it, line breaks as `\n`, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawCell {
    /// Column index from 0.
    pub col: u32,
    /// The text shown.
    pub text: String,
}

/// A rectangle of cells, corners included, zero-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Area {
    /// Whether the cell lies in the area.
    pub fn contains(&self, row: u32, col: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&col)
    }
}

impl RawRow {
    /// The text of a column, if the cell has any.
    pub fn text(&self, col: u32) -> Option<&str> {
        self.cells.binary_search_by_key(&col, |c| c.col).ok().map(|i| self.cells[i].text.as_str())
    }
}

impl RawSheet {
    /// The origin of one of this sheet's cells.
    pub fn origin(&self, row: u32, col: u32) -> Origin {
        Origin::at(&self.place, row, col)
    }

    /// The row at an index, if it has any text.
    pub fn row(&self, index: u32) -> Option<&RawRow> {
        self.rows.binary_search_by_key(&index, |r| r.index).ok().map(|i| &self.rows[i])
    }

    /// The text of a cell, if it has any; for a merged cell only its top-left corner has.
    pub fn text(&self, row: u32, col: u32) -> Option<&str> {
        self.row(row)?.text(col)
    }
}
