//! The account of a sheet: what became of each of its rows. No row is dropped in silence.

use super::Place;
use std::sync::Arc;

/// What a row of a sheet was understood as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    /// Above the first table: title, deadline, instructions.
    Above,
    /// A header, repeated ones included.
    Header,
    /// An indicator: a row of the list.
    Indicator,
    /// The second line of the indicator above it.
    Continuation,
    /// Group labels alone.
    Heading,
    /// A subtotal or total.
    Sum,
    /// A note.
    Note,
    /// A row of the form that was not filled in.
    Blank,
    /// Hidden, and left out.
    Hidden,
    /// Struck through as a whole, and left out.
    Struck,
    /// Not understood: a diagnostic says so.
    Unknown,
    /// Below a header that lacks a required column: a diagnostic says so.
    Unread,
}

/// What became of the rows of one sheet that have any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetAccount {
    /// The sheet.
    pub place: Arc<Place>,
    /// Each row with text once, ascending: its index from 0 and its kind.
    pub rows: Vec<(u32, RowKind)>,
}

impl RowKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Above,
        Self::Header,
        Self::Indicator,
        Self::Continuation,
        Self::Heading,
        Self::Sum,
        Self::Note,
        Self::Blank,
        Self::Hidden,
        Self::Struck,
        Self::Unknown,
        Self::Unread,
    ];

    /// The name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Header => "header",
            Self::Indicator => "indicator",
            Self::Continuation => "continuation",
            Self::Heading => "heading",
            Self::Sum => "sum",
            Self::Note => "note",
            Self::Blank => "blank",
            Self::Hidden => "hidden",
            Self::Struck => "struck",
            Self::Unknown => "unknown",
            Self::Unread => "unread",
        }
    }
}

impl SheetAccount {
    /// Adds rows that were left out.
    pub fn add(&mut self, rows: Vec<(u32, RowKind)>) {
        self.rows.extend(rows);
        self.rows.sort_unstable();
    }

    /// How many rows are of a kind.
    pub fn count(&self, kind: RowKind) -> usize {
        self.rows.iter().filter(|(_, k)| *k == kind).count()
    }
}
