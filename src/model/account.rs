//! The account of a sheet: which tables it has, and what became of each of its rows. No row is dropped in silence.

use super::{CellRef, Comment, Place, Slot};
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
    /// Part of an indicator that another sheet states word for word, and that is counted there: a finding says so.
    Duplicate,
    /// Hidden, and left out.
    Hidden,
    /// Struck through as a whole, and left out.
    Struck,
    /// Not understood: a finding says so.
    Unknown,
    /// Below a header that lacks a required column: a finding says so.
    Unread,
    /// On a sheet that the template skips.
    Skipped,
}

/// A table of a sheet: its header, and what was understood of it. Row indices from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableAccount {
    /// First row of the header.
    pub top: u32,
    /// First row below the header.
    pub end: u32,
    /// The template says what the columns hold; the headings were not asked.
    pub by_hand: bool,
    /// Each column that has a heading or a meaning, ascending.
    pub columns: Vec<ColumnAccount>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnAccount {
    /// Column index from 0; on a form that was folded into a table, that of the table.
    pub col: u32,
    /// On such a form, the cell of its label.
    pub label: Option<CellRef>,
    /// Its headings as written, from top to bottom; a merged cell stands in every column that it covers.
    pub headings: Vec<String>,
    /// What it was taken for.
    pub meaning: Meaning,
    /// Its heading is only a hint at that, or its entries told it.
    pub is_inferred: bool,
}

/// What a column was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It holds this.
    Holds(Slot),
    /// It holds one of the options of this, whose column is further left.
    Option(Slot),
    /// It fits as well as another column, whose index this is, and is not read.
    Rival(u32),
    /// The template does not know it, so it is not read.
    Unknown,
}

/// What a filled cell of a sheet was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellRole {
    /// It says this of a record.
    Entry {
        /// The cell of the record's name.
        record: CellRef,
        /// What it says of it.
        slot: Slot,
    },
    /// It is a label or a heading of what was taken for this.
    Label(Meaning),
    /// It is a heading of a group.
    Heading,
    /// It is what became of its row, or of what it was taken out of the row for.
    Row(RowKind),
    /// It stands beside what was read of a record, in a column that is not read; none if that has no heading.
    Beside(Option<Meaning>),
}

/// What became of one sheet: of its rows that have any text or comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetAccount {
    /// The sheet.
    pub place: Arc<Place>,
    /// Its tables, from top to bottom; a header that is repeated begins none.
    pub tables: Vec<TableAccount>,
    /// Each row with text or comment once, ascending: its index from 0 and its kind. One that holds several records stands
    /// once for each.
    pub rows: Vec<(u32, RowKind)>,
    /// The cells whose row and column do not tell what they were read as, by their places: those that were taken out of
    /// their rows, and those of a form that is no table below its header.
    pub cells: Vec<(CellRef, CellRole)>,
    /// The comments on cells that belong to no indicator of the list, by their places.
    pub notes: Vec<Comment>,
}

impl RowKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
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
        Self::Skipped,
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
            Self::Skipped => "skipped",
        }
    }
}

impl TableAccount {
    /// The cells of the labels of a form that is no table below its header; empty if it is one.
    pub fn labels(&self) -> Vec<CellRef> {
        self.columns.iter().filter_map(|column| column.label).collect()
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
