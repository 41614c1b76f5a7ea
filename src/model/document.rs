//! A document: a table with what stands above and below it, content and spans, the same for every format; no font, no
//! lengths, and nothing of what the list is about.

use super::RecordId;
use super::cell::{Content, TableCell};
use std::collections::BTreeMap;
use std::ops::Range;

/// A document: a table with what stands above and below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What formulas and addresses call it: ASCII, a template key (`list`).
    pub key: String,
    /// What people call it; printed above the table.
    pub title: String,
    /// Lines below the title.
    pub subtitle: Vec<String>,
    /// Lines at the right edge between title and table: the date, the section in charge.
    pub byline: Vec<String>,
    /// The table, with its tally.
    pub table: Table,
    /// Charts of the table, below it.
    pub charts: Vec<Chart>,
    /// Paragraphs below everything.
    pub notes: Vec<String>,
}

/// Notes on the cells of a table's body, by row and column: their lines.
pub type CellNotes = BTreeMap<(usize, usize), Vec<String>>;

/// Stacked bars: a bar for each of some rows of a table, with a part for each of some columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// The rows, which have the names of the bars in the first column.
    pub rows: Range<usize>,
    /// The columns, which have the names of the parts as their headings.
    pub columns: Range<usize>,
    /// What it shows in words, the fullest first, for formats that have room for some of them.
    pub words: Vec<String>,
}

/// Horizontal alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Align {
    /// At the left edge.
    Left,
    /// Centred.
    Center,
    /// At the right edge.
    Right,
    /// Figures with their last digits before the decimal point below each other; anything else at the right edge.
    Decimal,
}

/// The printed table. Rows and columns are counted from 0; the header is apart from the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Left to right.
    pub columns: Vec<TableColumn>,
    /// Number of header rows.
    pub header_rows: usize,
    /// Header cells by row, then column.
    pub header: Vec<HeaderCell>,
    /// Body rows in order.
    pub rows: Vec<TableRow>,
    /// The tally after the last row.
    pub tally: Option<Tally>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Share of the width, in thousandths of a full-width character.
    pub width: i32,
    /// Horizontal alignment of the body.
    pub align: Align,
    /// The level of the hierarchy that the column shows: its equal neighbours are merged downwards.
    pub level: Option<usize>,
    /// The column names its rows: it shows a label or the indicator.
    pub is_row_header: bool,
    /// The words of which each cell holds one; empty where the column holds anything.
    pub choices: Vec<String>,
    /// What may stand before such a word and does not make it another one; empty for nothing.
    pub choice_mark: String,
    /// What formulas call the column: ASCII, unique in the table; empty if they need no name for it.
    pub key: String,
}

/// A header cell with its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderCell {
    /// First header row.
    pub row: usize,
    /// First column.
    pub col: usize,
    /// Number of header rows covered.
    pub row_span: usize,
    /// Number of columns covered.
    pub col_span: usize,
    /// Heading.
    pub content: Content,
}

/// A body row: one cell per column. In a group column every row of the group has the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// One per column.
    pub cells: Vec<TableCell>,
    /// The outermost level whose group begins at this row; `None` inside the innermost group.
    pub begins: Option<usize>,
    /// What it shows, by its number among all that the document is about; absent of headings and feet.
    pub record: Option<usize>,
    /// What programs call it, the same in every edition; absent of what is no record of the document's own.
    pub id: Option<RecordId>,
    /// It sums up rows above it.
    pub foot: Option<Scope>,
    /// The columns that one cell covers, that of the first of them.
    pub across: Option<Range<usize>>,
    /// A page begins with it.
    pub breaks: bool,
}

/// Rows that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All.
    Table,
    /// Those below a heading.
    Section,
    /// Those of a group of this level.
    Group(usize),
}

/// The tally: how many rows have each word of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The column that it counts, if it is printed.
    pub column: Option<usize>,
    /// Label as printed in that column, and number of rows.
    pub lines: Vec<(String, usize)>,
    /// Label and number of the sum.
    pub total: (String, usize),
}

impl Tally {
    /// The lines and the sum below them.
    pub fn all(&self) -> impl Iterator<Item = &(String, usize)> {
        self.lines.iter().chain([&self.total])
    }
}

impl TableColumn {
    /// A column of anything, with its share of the width in thousandths of a full-width character.
    pub fn of(width: i32, align: Align) -> Self {
        Self {
            width,
            align,
            level: None,
            is_row_header: false,
            choices: Vec::new(),
            choice_mark: String::new(),
            key: String::new(),
        }
    }
}

impl TableRow {
    /// A row in no group.
    pub fn of(cells: Vec<TableCell>) -> Self {
        Self { cells, begins: None, record: None, id: None, foot: None, across: None, breaks: false }
    }

    /// Whether it is a heading above rows: one cell, and no sum.
    pub fn is_heading(&self) -> bool {
        self.foot.is_none() && self.across.as_ref().is_some_and(|across| across.len() == self.cells.len())
    }

    /// Whether the cell to the left covers a column.
    pub fn is_covered(&self, col: usize) -> bool {
        self.across.as_ref().is_some_and(|across| across.contains(&col) && col > across.start)
    }

    /// How many columns the cell of a column covers.
    pub fn col_span(&self, col: usize) -> usize {
        self.across.as_ref().filter(|across| across.start == col).map_or(1, ExactSizeIterator::len)
    }

    /// Whether a group of this level begins at the row.
    pub fn begins_level(&self, level: usize) -> bool {
        self.begins.is_some_and(|outermost| outermost <= level)
    }
}

impl Document {
    /// A title and a table.
    pub fn of(key: &str, title: &str, table: Table) -> Self {
        Self {
            key: key.to_owned(),
            title: title.to_owned(),
            subtitle: Vec::new(),
            byline: Vec::new(),
            table,
            charts: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl Table {
    /// The header cell next above a column.
    pub fn head(&self, col: usize) -> Option<&HeaderCell> {
        self.header.iter().rfind(|cell| (cell.col..cell.col + cell.col_span).contains(&col))
    }

    /// The heading next above a column, in one line.
    pub fn heading(&self, col: usize) -> String {
        self.head(col).map(|cell| cell.content.paragraphs.concat()).unwrap_or_default()
    }

    /// How many rows the cell of each row is merged over in a column; 0 where another cell covers it.
    pub fn row_spans(&self, col: usize) -> Vec<usize> {
        let level = self.columns[col].level;
        let mut spans = vec![0; self.rows.len()];
        let mut end = self.rows.len();
        for (at, row) in self.rows.iter().enumerate().rev() {
            if at == 0 || level.is_none_or(|level| row.begins_level(level)) {
                spans[at] = if row.is_covered(col) { 0 } else { end - at };
                end = at;
            }
        }
        spans
    }

    /// The row that shows a record.
    pub fn row_of(&self, record: usize) -> Option<usize> {
        (record..self.rows.len()).find(|&row| self.rows[row].record == Some(record))
    }

    /// Whether sums of its rows must leave out those that are sums themselves.
    pub fn has_feet_within(&self) -> bool {
        self.rows.iter().filter(|row| row.foot.is_some()).count() > 1
    }

    /// The body rows that the cell at (`row`, `col`) is merged over: its group in a group column, else
    /// the row alone.
    pub fn span(&self, row: usize, col: usize) -> Range<usize> {
        let Some(level) = self.columns[col].level else { return row..row + 1 };
        let begins = |r: usize| self.rows[r].begins_level(level);
        let start = (0..=row).rev().find(|&r| begins(r)).unwrap_or(0);
        let end = (row + 1..self.rows.len()).find(|&r| begins(r)).unwrap_or(self.rows.len());
        start..end
    }
}
