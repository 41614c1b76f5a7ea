//! A facsimile of sheets: how they look, with what each cell was read as and what is said of it, in one language.

use super::{CellRef, Look};

/// What there is of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacsimile {
    /// Its name, and what explains it.
    pub title: String,
    /// What is said of it as a whole.
    pub remarks: Vec<Remark>,
    /// Its sheets, in their order.
    pub sheets: Vec<SheetFacsimile>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFacsimile {
    /// Its name.
    pub title: String,
    /// What was counted on it and left out of it, a line each.
    pub facts: Vec<String>,
    /// What was found on it, from top to bottom.
    pub regions: Vec<Region>,
    /// What is said of it and of its cells.
    pub remarks: Vec<Remark>,
    /// The columns that are shown.
    pub columns: Vec<Strip<Column>>,
    /// The rows that are shown.
    pub rows: Vec<Strip<Row>>,
    /// What is not shown, a sentence each.
    pub cut: Vec<String>,
}

/// A row or column that is shown, or some in a row that are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strip<T> {
    /// It is shown.
    Shown(T),
    /// How many are not.
    Gap(u32),
}

/// A column that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its index from 0.
    pub index: u32,
    /// Hundredths of a half-width character; none where the format knows no widths.
    pub width: Option<u32>,
    /// It is hidden.
    pub hidden: bool,
}

/// A row that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its index from 0.
    pub index: u32,
    /// It is hidden.
    pub hidden: bool,
    /// Its cells by the columns that are shown or not, from left to right, without those that a merged one covers.
    pub cells: Vec<Strip<Square>>,
}

/// A cell that is shown, or a merged one, filled or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    /// Where it is.
    pub at: CellRef,
    /// The strips that it covers, down and across.
    pub span: (u32, u32),
    /// How it looks.
    pub look: Look,
    /// What it says.
    pub text: String,
    /// What is struck through in it.
    pub struck: Option<String>,
    /// What cannot be seen of it.
    pub unseen: Option<String>,
    /// The comment on it.
    pub comment: Option<String>,
    /// What it was read as, if it is filled.
    pub mark: Option<Mark>,
    /// What is said of it, by the places of the sheet's remarks.
    pub remarks: Vec<usize>,
}

/// What a cell was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In kind.
    pub kind: MarkKind,
    /// In words.
    pub words: String,
}

/// What cells are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// It is in a record.
    Entry,
    /// It is a label or a heading of entries.
    Label,
    /// It is a heading of a group.
    Heading,
    /// It stands around the records.
    Around,
    /// It was not read, on purpose or not.
    Left,
}

/// What was found at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// What it is.
    pub title: String,
    /// What speaks for it and against it, a sentence each.
    pub evidence: Vec<String>,
    /// Its columns or labels.
    pub columns: Vec<RegionColumn>,
}

/// A column or a label of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionColumn {
    /// Its letters, or its cell.
    pub place: String,
    /// Where it is shown.
    pub cell: Option<CellRef>,
    /// What it says.
    pub heading: String,
    /// What it was taken for.
    pub meaning: String,
    /// Whether it is read.
    pub is_read: bool,
}

/// What is said of a cell, a sheet or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How grave it is, in a word.
    pub label: String,
    /// It keeps the document from being made.
    pub is_error: bool,
    /// The rule.
    pub rule: String,
    /// The cell.
    pub cell: Option<CellRef>,
    /// The cell is shown.
    pub is_shown: bool,
    /// The fact.
    pub message: String,
    /// What can be done.
    pub remedy: Option<String>,
}

impl MarkKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Entry, Self::Label, Self::Heading, Self::Around, Self::Left];
}
