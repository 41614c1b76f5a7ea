//! The account of a sheet: what became of each of its rows. No row is dropped in silence.

use super::{Comment, Place};
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
    /// A note, or what else a form has around its table: signature boxes, page numbers, instructions.
    Note,
    /// Numbers of indicators that the form states.
    Tally,
    /// A row of the form that was not filled in.
    Blank,
    /// Part of an indicator that another sheet states word for word, and that is counted there: a diagnostic says so.
    Duplicate,
    /// Hidden, and left out.
    Hidden,
    /// Struck through as a whole, and left out.
    Struck,
    /// Not understood: a diagnostic says so.
    Unknown,
    /// Below a header that lacks a required column: a diagnostic says so.
    Unread,
}

/// What became of the rows of one sheet that have any text or comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetAccount {
    /// The sheet.
    pub place: Arc<Place>,
    /// Each such row once, ascending: its index from 0 and its kind.
    pub rows: Vec<(u32, RowKind)>,
    /// The comments on cells that belong to no indicator of the list, by their places.
    pub notes: Vec<Comment>,
}

impl RowKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Above,
        Self::Header,
        Self::Indicator,
        Self::Continuation,
        Self::Heading,
        Self::Sum,
        Self::Note,
        Self::Tally,
        Self::Blank,
        Self::Duplicate,
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
            Self::Tally => "tally",
            Self::Blank => "blank",
            Self::Duplicate => "duplicate",
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
