//! What stands around a table in a form and is none of its records, in whatever words: told by where it stands, and by
//! what it lacks.
//!
//! * **A1** A row looks like a record if it has a name, and an entry that only records have, or three entries: a word of a
//!   field's vocabulary or a mark below its heading, a figure below a value's, a code below the number's. Without a name
//!   it takes two such entries, or one that stands alone.
//! * **A2** A row that does not look like one is none if it stands apart: below a blank row, outside the lines that are
//!   drawn round the table's cells, or below the last row of the sheet that looks like one, if it has no name and no such
//!   entry at all.
//! * **A3** Rows that follow such a row without a blank one between go with it, unless one of them chose a word of a
//!   vocabulary: a table of something else has headings of its own.

use super::choices::names_choice;
use super::columns::{Header, Lexicon, Slot, has_digit};
use super::kinds::Cells;
use super::options::{self, Sign};
use crate::japanese::era::parse_time;
use crate::japanese::{fold, is_no_value};
use crate::model::{Origin, RawRow, RawSheet, Role, RowKind};
use crate::template::Template;

/// Whether a row chose a word of a vocabulary; where there is none, whether it looks like a record and fills half of so many
/// columns.
fn is_record(cells: &Cells, columns: usize, words: &Lexicon, template: &Template) -> bool {
    let is_choice = |slot: Slot| matches!(slot, Slot::Mark(..)) || words.is_choice(slot);
    let mut entries = cells.iter().filter(|(slot, _)| is_choice(**slot));
    if words.choice_fields().next().is_none() {
        return cells.len() * 2 >= columns && looks_like_record(cells, words, template);
    }
    entries.any(|(slot, (text, _))| is_own(*slot, text, words, template))
}

/// Rows in which evidence is looked for.
const ROWS: usize = 1000;

/// Whether a row with these entries looks like a record (A1).
pub(super) fn looks_like_record(cells: &Cells, words: &Lexicon, template: &Template) -> bool {
    let entries = || cells.iter().filter(|(_, (text, _))| !is_no_value(text));
    let strong = strong(cells, words, template);
    let is_named = cells.get(&words.name()).is_some_and(|(text, _)| !is_no_value(text));
    if is_named {
        strong > 0 || entries().count() >= 3
    } else {
        strong > 1 || (strong == 1 && entries().count() == 1)
    }
}

/// How many of a row's entries are such as only records have.
fn strong(cells: &Cells, words: &Lexicon, template: &Template) -> usize {
    let is_strong = |(slot, (text, _)): &(&Slot, &(String, Origin))| {
        !is_no_value(text) && is_own(**slot, text, words, template)
    };
    cells.iter().filter(is_strong).count()
}

/// What the entries of rows say for and against these being records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    /// Choices that are words of their vocabulary, and those that are not.
    choices: [usize; 2],
    /// Figures and codes in the places for them, and other texts there.
    figures: [usize; 2],
}

impl Evidence {
    pub(super) fn of<'r>(
        rows: impl Iterator<Item = &'r RawRow>,
        header: &Header,
        words: &Lexicon,
        template: &Template,
    ) -> Self {
        let mut found = Self::default();
        for row in rows.take(ROWS) {
            for (&slot, &col) in &header.columns {
                let is_typed = words.is_value(slot) || words.has_role(slot, Role::Number);
                let Some(text) = row.text(col).filter(|text| !is_no_value(text)) else { continue };
                let is_unlike = usize::from(!is_own(slot, text, words, template));
                if words.is_choice(slot) {
                    found.choices[is_unlike] += 1;
                } else if is_typed {
                    found.figures[is_unlike] += 1;
                }
            }
        }
        found
    }

    /// Of both.
    pub(super) fn and(self, other: Self) -> Self {
        let sum = |a: [usize; 2], b: [usize; 2]| [a[0] + b[0], a[1] + b[1]];
        Self { choices: sum(self.choices, other.choices), figures: sum(self.figures, other.figures) }
    }

    /// Whether there is none.
    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Whether it does not speak against records: choices decide where there are any, as values may be words.
    pub(super) fn is_for(self) -> bool {
        let most = |[like, unlike]: [usize; 2]| like > 0 && like >= unlike;
        self.is_none() || if self.choices == [0, 0] { most(self.figures) } else { most(self.choices) }
    }
}

/// Whether an entry is one that only records have.
fn is_own(slot: Slot, text: &str, words: &Lexicon, template: &Template) -> bool {
    match slot {
        Slot::Mark(..) => options::sign(text) == Some(Sign::Yes),
        Slot::Field(field) if words.is_choice(slot) => names_choice(text, &template.field(field).choices),
        _ if words.has_role(slot, Role::Number) => fold(text).chars().all(|c| c.is_ascii_digit()),
        _ if words.is_value(slot) => has_digit(text) && parse_time(text, words.eras()).is_none(),
        _ => false,
    }
}

/// Where the table above ends, and what stands apart below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Apart {
    /// First row below the last one of the table.
    table: u32,
    /// First row below what stands apart.
    until: u32,
    /// First row below those of which it is known whether they go together.
    judged: u32,
    /// Lines are drawn round the cells of the header.
    is_framed: bool,
    /// The columns of the table.
    columns: usize,
    /// First row below the last one that looks like a record, if that is known.
    last: Option<u32>,
}

/// Whether lines are drawn at two sides of a cell and more: one alone may be its neighbour's.
fn is_framed(sheet: &RawSheet, row: u32, col: u32) -> bool {
    let look = sheet.looks.at(row, col);
    [look.left, look.top, look.right, look.bottom].into_iter().filter(|is_drawn| *is_drawn).count() >= 2
}

impl Apart {
    /// Nothing yet, below a header.
    pub(super) fn below(header: &Header, sheet: &RawSheet) -> Self {
        let framed =
            header.columns.values().filter(|&&col| is_framed(sheet, header.end.saturating_sub(1), col));
        let is_framed = !sheet.looks.is_empty() && framed.count() * 2 > header.columns.len();
        Self { table: header.end, until: 0, judged: 0, is_framed, columns: header.columns.len(), last: None }
    }

    /// The same with a row that may belong to what stands apart (A2, A3). `of_row` tells the entries of rows further down.
    pub(super) fn next(
        mut self,
        (sheet, row, kind): (&RawSheet, &RawRow, RowKind),
        cells: &Cells,
        of_row: impl Fn(u32) -> Cells,
        (words, template): (&Lexicon, &Template),
    ) -> Self {
        let is_outside =
            self.is_framed && !row.cells.iter().any(|cell| is_framed(sheet, row.index, cell.col));
        let row = row.index;
        if self.has(row) || looks_like_record(cells, words, template) {
            return self;
        }
        let columns = self.columns;
        let is_like = |it: &&RawRow| is_record(&of_row(it.index), columns, words, template);
        let mut end = || {
            *self
                .last
                .get_or_insert_with(|| sheet.rows.iter().rev().find(is_like).map_or(0, |it| it.index + 1))
        };
        let mut is_below = || kind == RowKind::Unknown && strong(cells, words, template) == 0 && row >= end();
        if row <= self.table && !is_outside && !is_below() {
            return self;
        }
        if row < self.judged {
            return Self { until: row + 1, ..self };
        }
        let rows: Vec<u32> = sheet.rows_following(row).map(|it| it.index).take(ROWS).collect();
        let end = rows.last().map_or(row, |last| *last) + 1;
        let is_other = !rows.iter().any(|&row| is_record(&of_row(row), self.columns, words, template));
        Self { until: if is_other { end } else { row + 1 }, judged: end, ..self }
    }

    /// Whether a row stands apart.
    pub(super) fn has(self, row: u32) -> bool {
        row < self.until
    }

    /// Takes note of what a row is.
    pub(super) fn note(&mut self, row: u32, kind: RowKind) {
        if kind != RowKind::Note {
            self.table = row + 1;
        }
    }
}
