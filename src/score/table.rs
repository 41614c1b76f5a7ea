//! A sheet as a table, found without any template: its header, its columns, its records.
//!
//! T1 the header is the first row, among the first [`HEAD_ROWS`] that have text, with at least half as many texts
//!    as the fullest row has (and at least two, if any row has two), most of which are neither numbers nor times;
//!    a record has fewer: where all is text, the first such row is the header all the same;
//! T2 the rows below belong to the header as far as a merged area of it reaches, and one more below each area
//!    that spans columns: there the columns have their own names; in a table of which most rows hold numbers, so
//!    do those without a number before the first that has one;
//! T3 the records are the rows after it with at least two texts (with any, if no row has more than two: then the
//!    other is missing), up to the end; rows with less are headings, notes or remains;
//! T4 what says the same as the header's first row is no record but the header again;
//! T5 the columns are those that have a text in the header or in two records at least.

use super::text::{Number, fold, is_symbol, number, time};
use crate::ingest::SheetFacts;
use crate::model::{Place, RawCell, RawRow, RawSheet};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// As many rows as are searched for the header.
const HEAD_ROWS: usize = 30;

/// Most rows of a header.
const HEADER_ROWS: usize = 5;

/// A sheet that has text.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) sheet: &'a RawSheet,
    pub(super) facts: Option<&'a SheetFacts>,
    /// Row indexes of the header.
    pub(super) header: Range<u32>,
    /// The columns in their order.
    pub(super) columns: Vec<Column<'a>>,
    /// The records.
    pub(super) records: Vec<&'a RawRow>,
    /// Rows that repeat the header.
    pub(super) repeated: Vec<&'a RawRow>,
    /// Rows with text that are none of these.
    pub(super) others: Vec<&'a RawRow>,
}

/// A column.
#[derive(Debug)]
pub(super) struct Column<'a> {
    pub(super) col: u32,
    /// The texts of the header over it, from top to bottom, joined by a space; empty if there are none.
    pub(super) heading: String,
    /// Its cells that have text, with their rows.
    pub(super) cells: Vec<(u32, &'a str)>,
    pub(super) kind: Kind,
}

/// What most cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Quantities.
    Number,
    /// Years, months, days.
    Time,
    /// Digits that name something: codes, postcodes, telephone numbers; `0101`, whatever the heading.
    Code,
    /// Anything else.
    Text,
    /// Nothing.
    Empty,
}

impl<'a> Table<'a> {
    /// The table of a sheet; `None` if it has no text.
    pub(super) fn find(sheet: &'a RawSheet, facts: Option<&'a SheetFacts>) -> Option<Self> {
        let rows: Vec<&RawRow> = sheet.rows.iter().filter(|row| texts(row).next().is_some()).collect();
        let first = rows.first()?;
        let fullest = rows.iter().map(|row| texts(row).count()).max().unwrap_or(1);
        let least = fullest.div_ceil(2).max(fullest.min(2));
        let full = |row: &&&RawRow| texts(row).count() >= least;
        let head = rows.iter().take(HEAD_ROWS).filter(full).find(|row| is_of_words(row));
        // T1
        let top = head.or_else(|| rows.iter().find(full)).unwrap_or(first).index;
        let header = top..words_end(&rows, header_end(sheet, top));
        let below = rows.iter().filter(|row| row.index >= header.end);
        let (records, few): (Vec<&RawRow>, Vec<&RawRow>) =
            below.partition(|row| texts(row).count() >= if fullest > 2 { 2 } else { 1 });
        // T4
        let (repeated, records): (Vec<&RawRow>, Vec<&RawRow>) =
            records.into_iter().partition(|row| says_the_same(sheet.row(top), row));
        let above = rows.iter().filter(|row| row.index < header.start).copied();
        let others = above.chain(few).collect();
        let columns = columns(sheet, &header, &records);
        Some(Self { sheet, facts, header, columns, records, repeated, others })
    }

    pub(super) fn place(&self) -> &'a Arc<Place> {
        &self.sheet.place
    }

    /// The columns that hold anything below the header.
    pub(super) fn filled(&self) -> impl Iterator<Item = &Column<'a>> {
        self.columns.iter().filter(|column| column.kind != Kind::Empty)
    }

    /// The columns of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Column<'a>> {
        self.columns.iter().filter(move |column| column.kind == kind)
    }

    /// Where a column's heading stands.
    pub(super) fn heading_cell(&self, col: u32) -> (u32, u32) {
        let rows = self.header.clone().rev();
        let stated = rows.clone().find(|&row| self.sheet.text(row, col).is_some());
        (stated.unwrap_or(self.header.start), col)
    }

    /// Every cell with text, with its place, header and all.
    pub(super) fn cells(&self) -> impl Iterator<Item = ((u32, u32), &'a str)> {
        let cells = self.sheet.rows.iter().flat_map(|row| texts(row).map(move |cell| (row.index, cell)));
        cells.map(|(row, cell)| ((row, cell.col), cell.text.as_str()))
    }

    /// The folded headings of the columns.
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| fold(&column.heading)).collect()
    }
}

/// The cells of a row that have text.
pub(super) fn texts(row: &RawRow) -> impl Iterator<Item = &RawCell> {
    row.cells.iter().filter(|cell| !cell.text.is_empty())
}

/// Whether a row with several texts has those of the header at the same places.
fn says_the_same(header: Option<&RawRow>, row: &RawRow) -> bool {
    let said = |row| texts(row).map(|cell| (cell.col, &cell.text));
    texts(row).count() >= 2 && header.is_some_and(|header| said(header).eq(said(row)))
}

fn is_of_words(row: &RawRow) -> bool {
    let (mut words, mut all) = (0, 0);
    for cell in texts(row) {
        all += 1;
        let is_year = time(&cell.text).is_some();
        words += usize::from((number(&cell.text).is_none() || is_year) && !is_symbol(&cell.text));
    }
    words * 2 > all
}

/// T2
fn header_end(sheet: &RawSheet, top: u32) -> u32 {
    let mut end = top + 1;
    for area in sheet.merges.iter().filter(|area| area.top <= top && area.bottom >= top) {
        end = end.max(area.bottom.saturating_add(1));
        if area.right > area.left && area.top == top {
            end = end.max(area.bottom.saturating_add(2));
        }
    }
    // An area over the whole sheet is no header.
    if end - top > 6 { top + 1 } else { end }
}

/// T2, the rows of words: where they end, from the first row that could be one.
fn words_end(rows: &[&RawRow], end: u32) -> u32 {
    let has_number = |row: &&&RawRow| {
        // A row of nothing but years names columns.
        let is_time = |text: &str| time(text).is_some();
        let dated = texts(row).any(|cell| is_time(&cell.text)) && !texts(row).all(|cell| is_time(&cell.text));
        dated || texts(row).any(|cell| number(&cell.text).is_some() || is_symbol(&cell.text))
    };
    let below: Vec<&&RawRow> = rows.iter().filter(|row| row.index >= end).collect();
    let numbers = below.iter().filter(|row| has_number(row)).count();
    let words = below.iter().take_while(|row| !has_number(row)).count();
    let is_header = (1..=HEADER_ROWS).contains(&words) && numbers >= 2 && numbers * 10 >= below.len() * 6;
    if is_header { below[words - 1].index + 1 } else { end }
}

/// T5
fn columns<'a>(sheet: &'a RawSheet, header: &Range<u32>, records: &[&'a RawRow]) -> Vec<Column<'a>> {
    let mut columns: BTreeMap<u32, Column<'a>> = BTreeMap::new();
    let new = |col| Column { col, heading: String::new(), cells: Vec::new(), kind: Kind::Empty };
    for row in sheet.rows.iter().filter(|row| header.contains(&row.index)) {
        for cell in texts(row) {
            let column = columns.entry(cell.col).or_insert_with(|| new(cell.col));
            let space = if column.heading.is_empty() { "" } else { " " };
            column.heading = format!("{}{space}{}", column.heading, cell.text);
        }
    }
    for row in records {
        for cell in texts(row) {
            let column = columns.entry(cell.col).or_insert_with(|| new(cell.col));
            column.cells.push((row.index, &cell.text));
        }
    }
    let enough =
        |column: &Column<'_>| !column.heading.is_empty() || column.cells.len() >= 2.min(records.len());
    let mut columns: Vec<Column<'a>> = columns.into_values().filter(enough).collect();
    for column in &mut columns {
        column.kind = kind(column);
    }
    columns
}

/// What most cells of a column are; symbols for missing values do not count.
fn kind(column: &Column<'_>) -> Kind {
    if column.cells.is_empty() {
        return Kind::Empty;
    }
    let said = column.cells.iter().map(|(_, text)| *text).filter(|text| !is_symbol(text));
    let (mut all, mut numbers, mut plain, mut times, mut years) = (0, 0, 0, 0, 0);
    for text in said {
        all += 1;
        let number = number(text);
        numbers += usize::from(number.is_some());
        plain += usize::from(number == Some(Number::Plain));
        let time = time(text);
        times += usize::from(time.is_some());
        years += usize::from(time == Some(super::text::Time::Year));
    }
    let most = |count: usize| all > 0 && count * 10 >= all * 6;
    let heading = fold(&column.heading);
    if most(times) && (is_of_time(&heading) || !most(years)) {
        Kind::Time
    } else if is_of_code(&heading) && column.cells.iter().all(|(_, text)| text.chars().count() <= 24)
        || have_leading_zeros(column)
    {
        Kind::Code
    } else if most(numbers) && (plain > 0 || numbers > 1) {
        Kind::Number
    } else {
        Kind::Text
    }
}

/// Whether all cells have as many digits, and some begin with a zero.
fn have_leading_zeros(column: &Column<'_>) -> bool {
    let length = column.cells.first().map_or(0, |(_, text)| text.len());
    let is_code = |text: &str| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    length > 1
        && column.cells.iter().all(|(_, text)| is_code(text))
        && column.cells.iter().any(|(_, text)| text.starts_with('0'))
}

/// Whether a folded heading is one of a time.
pub(super) fn is_of_time(heading: &str) -> bool {
    let ends = [
        "年",
        "年度",
        "年月",
        "月",
        "日",
        "年月日",
        "日付",
        "時期",
        "日時",
        "date",
        "year",
        "month",
        "period",
        "_at",
        "時点",
        "西暦",
        "和暦",
    ];
    ends.iter().any(|end| heading.ends_with(end)) || heading.contains("年度") || heading.contains("年月")
}

/// Whether a folded heading is one of codes, of which digits are no quantities.
pub(super) fn is_of_code(heading: &str) -> bool {
    let parts = ["コード", "番号", "no.", "郵便", "電話", "fax", "tel", "phone", "postal", "zip", "緯度経度"];
    let is_word = |word: &str| heading.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == word);
    parts.iter().any(|part| heading.contains(part)) || ["no", "id", "code", "number"].into_iter().any(is_word)
}
