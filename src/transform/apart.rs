//! What stands around a table in a form and is none of its records, in whatever words: told by where it stands, and by
//! what it lacks.
//!
//! * **A1** A row looks like a record if it has a name, and an entry that only records have, or three entries: a word of a
//!   field's vocabulary or a mark below its heading, a figure below a value's, a code below the number's. Without a name
//!   it takes two such entries, or one that stands alone; and a figure at the beginning, times aside, or one with a unit of
//!   that column.
//! * **A2** A row that does not look like one is none if it stands apart: below a blank row, outside the lines that are
//!   drawn round the table's cells, or below the last row of the sheet that looks like one, if it has no name and no such
//!   entry at all.
//! * **A3** Rows that follow such a row without a blank one between go with it, unless one of them chose a word of a
//!   vocabulary: a table of something else has headings of its own.

use super::choices::names_choice;
use super::columns::{Header, Lexicon, Slot, has_digit};
use super::heading_text::without_times;
use super::kinds::Cells;
use super::options::{self, Sign};
use crate::japanese::era::parse_time;
use crate::japanese::{fold, half_width, is_no_value, is_space};
use crate::model::{Origin, RawRow, RawSheet, Role, RowKind};
use crate::template::Template;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a row chose a word of a vocabulary; where there is none, whether it looks like a record and fills half of so many
/// columns.
fn is_record(
    cells: &Cells,
    (columns, tails): (usize, (&Tails, &RawSheet)),
    words: &Lexicon,
    template: &Template,
) -> bool {
    let is_choice = |slot: Slot| matches!(slot, Slot::Mark(..)) || words.is_choice(slot);
    let mut entries = cells.iter().filter(|(slot, _)| is_choice(**slot));
    if words.choice_fields().next().is_none() {
        return cells.len() * 2 >= columns && looks_like_record(cells, tails, words, template);
    }
    entries.any(|(slot, (text, _))| is_own(*slot, text, words, template))
}

/// Rows in which evidence is looked for.
const ROWS: usize = 1000;

/// Whether a row with these entries looks like a record (A1).
fn looks_like_record(
    cells: &Cells,
    tails: (&Tails, &RawSheet),
    words: &Lexicon,
    template: &Template,
) -> bool {
    let entries = cells.iter().filter(|(_, (text, _))| !is_no_value(text)).count();
    if is_named(cells, words) && entries >= 3 {
        return true; // as most rows
    }
    let strong = strong(cells, tails, words, template);
    if is_named(cells, words) { strong > 0 } else { strong > 1 || (strong == 1 && entries == 1) }
}

fn is_named(cells: &Cells, words: &Lexicon) -> bool {
    cells.get(&words.name()).is_some_and(|(text, _)| !is_no_value(text))
}

/// How many of a row's entries are such as only records have.
fn strong(cells: &Cells, (tails, sheet): (&Tails, &RawSheet), words: &Lexicon, template: &Template) -> usize {
    let is_named = is_named(cells, words);
    let is_like_value = |slot: Slot, text: &str| {
        if is_named { has_quantity(text, words) } else { tails.are_of(slot, text, (sheet, words)) }
    };
    let is_strong = |(slot, (text, _)): &(&Slot, &(String, Origin))| {
        !is_no_value(text)
            && is_own(**slot, text, words, template)
            && (!words.is_value(**slot) || is_like_value(**slot, text))
    };
    cells.iter().filter(is_strong).count()
}

/// Whether a text has a figure that is no time's and counts something: `第3号` does not.
fn has_quantity(text: &str, words: &Lexicon) -> bool {
    let mut before = None;
    timeless(text, words).chars().map(half_width).any(|c| {
        let is_first = c.is_ascii_digit() && !before.is_some_and(|it: char| it.is_ascii_digit());
        let is_ordinal = before == Some('第');
        before = Some(c);
        is_first && !is_ordinal
    })
}

/// What follows the figures of the values of each column: units, and the end. A text without a name that has other figures
/// (`様式第4号`) is none of its values.
#[derive(Debug, Clone, Default)]
pub(super) struct Tails {
    /// The first row that may have such a value, and the columns of the name and of the values.
    from: u32,
    name: Option<u32>,
    columns: BTreeMap<Slot, u32>,
    /// By column; found when the first row asks for it, as few forms have one that does.
    known: OnceCell<BTreeMap<Slot, BTreeSet<Option<char>>>>,
}

impl Tails {
    fn below(header: &Header, words: &Lexicon) -> Self {
        let is_value = |(slot, _): &(&Slot, &u32)| words.is_value(**slot);
        Self {
            from: header.end,
            name: header.columns.get(&words.name()).copied(),
            columns: header.columns.iter().filter(is_value).map(|(slot, col)| (*slot, *col)).collect(),
            known: OnceCell::new(),
        }
    }

    /// Those of the rows that have a name.
    fn find(&self, sheet: &RawSheet, words: &Lexicon) -> BTreeMap<Slot, BTreeSet<Option<char>>> {
        let mut tails: BTreeMap<Slot, BTreeSet<Option<char>>> = BTreeMap::new();
        let Some(name) = self.name else { return tails };
        let rows = sheet.rows_in(self.from..u32::MAX).iter().take(ROWS);
        for row in rows.filter(|row| row.text(name).is_some()) {
            for (&slot, &col) in &self.columns {
                let found = row.text(col).map(|text| Self::behind(&timeless(text, words)));
                tails.entry(slot).or_default().extend(found.into_iter().flatten());
            }
        }
        tails
    }

    /// What follows each figure of a text.
    fn behind(text: &str) -> BTreeSet<Option<char>> {
        let is_part = |c: char| c.is_ascii_digit() || ".,".contains(c);
        let chars: Vec<char> = text.chars().map(half_width).collect();
        let ends = (0..chars.len()).filter(|&at| {
            is_part(chars[at])
                && chars[..=at].iter().rev().take_while(|c| is_part(**c)).any(char::is_ascii_digit)
        });
        let next = ends.map(|at| chars.get(at + 1).copied());
        next.filter(|next| next.is_none_or(|c| !is_part(c))).collect()
    }

    /// Whether a text begins with a figure, or has one with such a tail; times do not count.
    fn are_of(&self, slot: Slot, text: &str, (sheet, words): (&RawSheet, &Lexicon)) -> bool {
        let rest = timeless(text, words);
        if rest.starts_with(|c: char| half_width(c).is_ascii_digit()) {
            return true;
        }
        let known = self.known.get_or_init(|| self.find(sheet, words)).get(&slot);
        known.is_some_and(|known| !known.is_disjoint(&Self::behind(&rest)))
    }
}

/// A text without its times, and without days of no year (`12月23日`).
fn timeless(text: &str, words: &Lexicon) -> String {
    let text = without_times(text, words.eras()).unwrap_or_else(|| text.to_owned());
    let is_digit = |c: char| half_width(c).is_ascii_digit();
    let (mut rest, mut left) = (String::new(), text.as_str());
    while let Some((before, behind)) = left.split_once('月') {
        let day = behind.trim_start_matches(is_digit);
        if let Some(after) = day.strip_prefix('日').filter(|_| day.len() < behind.len()) {
            rest.push_str(before.trim_end_matches(is_digit));
            left = after;
        } else {
            rest.push_str(before);
            rest.push('月');
            left = behind;
        }
    }
    rest.push_str(left);
    rest.trim_start_matches(is_space).to_owned()
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
#[derive(Debug, Clone, Default)]
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
    tails: Tails,
}

/// Whether lines are drawn at two sides of a cell and more: one alone may be its neighbour's.
fn is_framed(sheet: &RawSheet, row: u32, col: u32) -> bool {
    let look = sheet.looks.at(row, col);
    [look.left, look.top, look.right, look.bottom].into_iter().filter(|is_drawn| *is_drawn).count() >= 2
}

impl Apart {
    /// Nothing yet, below a header.
    pub(super) fn below(header: &Header, sheet: &RawSheet, words: &Lexicon) -> Self {
        let framed =
            header.columns.values().filter(|&&col| is_framed(sheet, header.end.saturating_sub(1), col));
        let is_framed = !sheet.looks.is_empty() && framed.count() * 2 > header.columns.len();
        let (columns, tails) = (header.columns.len(), Tails::below(header, words));
        Self { table: header.end, is_framed, columns, tails, ..Self::default() }
    }

    /// The same with a row that may belong to what stands apart (A2, A3). `of_row` tells the entries of rows further down.
    pub(super) fn next(
        self,
        (sheet, row, kind): (&RawSheet, &RawRow, RowKind),
        cells: &Cells,
        of_row: impl Fn(u32) -> Cells,
        (words, template): (&Lexicon, &Template),
    ) -> Self {
        let is_outside =
            self.is_framed && !row.cells.iter().any(|cell| is_framed(sheet, row.index, cell.col));
        let row = row.index;
        if self.has(row) || looks_like_record(cells, (&self.tails, sheet), words, template) {
            return self;
        }
        let is_record =
            |row: u32| is_record(&of_row(row), (self.columns, (&self.tails, sheet)), words, template);
        let is_like = |it: &&RawRow| is_record(it.index);
        let last = self.last;
        let end =
            || last.unwrap_or_else(|| sheet.rows.iter().rev().find(is_like).map_or(0, |it| it.index + 1));
        let is_unlike = kind == RowKind::Unknown && strong(cells, (&self.tails, sheet), words, template) == 0;
        let last = is_unlike.then(end).or(last);
        let is_below = || is_unlike && last.is_some_and(|last| row >= last);
        if row <= self.table && !is_outside && !is_below() {
            return Self { last, ..self };
        }
        if row < self.judged {
            return Self { until: row + 1, last, ..self };
        }
        let rows: Vec<u32> = sheet.rows_following(row).map(|it| it.index).take(ROWS).collect();
        let end = rows.last().map_or(row, |last| *last) + 1;
        let is_other = !rows.iter().any(|&row| is_record(row));
        Self { until: if is_other { end } else { row + 1 }, judged: end, last, ..self }
    }

    /// Whether a row stands apart.
    pub(super) fn has(&self, row: u32) -> bool {
        row < self.until
    }

    /// Takes note of what a row is.
    pub(super) fn note(&mut self, row: u32, kind: RowKind) {
        if kind != RowKind::Note {
            self.table = row + 1;
        }
    }
}
