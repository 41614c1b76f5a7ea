//! A document: a table with what stands above and below it, content and spans, the same for every format; no font, no
//! lengths, and nothing of what the list is about.

use std::ops::Range;

/// Horizontal alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Align {
    /// At the left edge.
    Left,
    /// Centred.
    Center,
    /// At the right edge.
    Right,
}

/// The printed table. Rows and columns are counted from 0; the header is apart from the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Printed above the table.
    pub title: String,
    /// Lines below the title.
    pub subtitle: Vec<String>,
    /// Lines at the right edge between title and table: the date, the section in charge.
    pub byline: Vec<String>,
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
    /// Paragraphs below the tally.
    pub notes: Vec<String>,
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

/// A body row: one content per column. In a group column every row of the group has the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// One per column.
    pub cells: Vec<Content>,
    /// The outermost level whose group begins at this row; `None` inside the innermost group.
    pub begins: Option<usize>,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// Paragraphs, each beginning on a new line; empty for an empty cell.
    pub paragraphs: Vec<String>,
    /// The last paragraph stands beside the one before it where both fit on a line.
    pub join_last: bool,
    /// What the revision changes and is to be underlined: ranges of bytes of all paragraphs joined, ascending.
    pub underlined: Vec<Range<usize>>,
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

impl Content {
    /// One paragraph per line of the text; an empty text is an empty cell.
    pub fn of(text: &str) -> Self {
        // Most cells have one, for which a vector that grows takes room for four.
        let mut paragraphs = Vec::with_capacity(text.lines().count());
        paragraphs.extend(text.lines().map(str::to_owned));
        Self { paragraphs, ..Self::default() }
    }

    /// The bytes of all paragraphs.
    pub fn len(&self) -> usize {
        self.paragraphs.iter().map(String::len).sum()
    }

    /// Whether the cell says nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A label as a later page states it again: with `word` after it.
    #[must_use]
    pub fn continued(&self, word: &str) -> Self {
        let mut again = self.clone();
        if let Some(last) = again.paragraphs.last_mut() {
            last.push_str(word);
        }
        again
    }
}

/// A text cut where marks begin and end, each piece with whether it is marked. The text begins at byte `at` of the
/// content whose `marks` these are.
pub fn cut_at_marks<'t>(
    text: &'t str,
    at: usize,
    marks: &[Range<usize>],
) -> impl Iterator<Item = (&'t str, bool)> {
    let within = |edge: usize| edge.saturating_sub(at).min(text.len());
    let mut done = 0;
    let mut pieces = Vec::with_capacity(2 * marks.len() + 1);
    for mark in marks.iter().map(|mark| within(mark.start)..within(mark.end)) {
        pieces.push((&text[done..mark.start], false));
        done = mark.end;
        pieces.push((&text[mark], true));
    }
    pieces.push((&text[done..], false));
    pieces.into_iter().filter(|(piece, _)| !piece.is_empty())
}

impl Tally {
    /// The lines and the sum below them.
    pub fn all(&self) -> impl Iterator<Item = &(String, usize)> {
        self.lines.iter().chain([&self.total])
    }
}

impl TableRow {
    /// Whether a group of this level begins at the row.
    pub fn begins_level(&self, level: usize) -> bool {
        self.begins.is_some_and(|outermost| outermost <= level)
    }
}

impl Table {
    /// The heading next above a column, in one line.
    pub fn heading(&self, col: usize) -> String {
        let mut above = self.header.iter().filter(|cell| (cell.col..cell.col + cell.col_span).contains(&col));
        above.next_back().map(|cell| cell.content.paragraphs.concat()).unwrap_or_default()
    }

    /// How many rows the cell of each row is merged over in a column; 0 where the cell above covers it.
    pub fn row_spans(&self, col: usize) -> Vec<usize> {
        let Some(level) = self.columns[col].level else { return vec![1; self.rows.len()] };
        let mut spans = vec![0; self.rows.len()];
        let mut end = self.rows.len();
        for row in (0..self.rows.len()).rev() {
            if row == 0 || self.rows[row].begins_level(level) {
                spans[row] = end - row;
                end = row;
            }
        }
        spans
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
