//! Tally boxes: the numbers of indicators that a form states above, beside or below its table.
//!
//! * **B1** A box is a run of words of the vocabulary, down a column or across a row: two words or more, no word
//!   twice, and not only a total's. It may also be one cell.
//! * **B2** A word's number stands in the word's own cell, in the next cell of the row, or in the cell below.
//! * **B3** What belongs to a table is none of a box: its headings, and its columns beside an indicator.
//! * **B4** The words must say clearly what it is: they stand across a row, or a total is among them, or each has its
//!   number (a column of them may be entries whose indicators are missing). A box without any number is a blank form;
//!   it is one only if nothing else stands in its rows.
//! * **B5** Headings of a box (`区分`, `件数`) in its rows, and in the row above it, belong to it.

use super::columns::{Header, Lexicon, Slot, WIDEST};
use super::declared::{Count, Counted, DeclaredCounts, Vocabulary, count};
use super::headers::headers;
use super::headings::Headings;
use super::marks::emptied;
use crate::japanese::{fold, is_no_value};
use crate::model::{CellRef, RawCell, RawRow, RawSheet, RowKind};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Columns between a word and its number at most.
const GAP: u32 = 3;
/// Words of a box's own headings.
const HEADINGS: [&str; 7] = ["区分", "件数", "指標数", "内訳", "集計", "取扱", "項目数"];
/// Characters of the longest such heading.
const LONGEST_HEADING: usize = 14;

/// The boxes of a sheet.
pub(super) struct Boxes {
    /// What the boxes with numbers say.
    pub(super) stated: Vec<DeclaredCounts>,
    /// The rows of which nothing else is left.
    pub(super) rows: Vec<(u32, RowKind)>,
    /// The cells that were taken out.
    pub(super) cells: Vec<CellRef>,
}

/// Row and column of a cell.
type Cell = (u32, u32);

/// A word of a box with its number, and their cells, the number's last.
struct Item {
    what: Counted,
    number: Option<usize>,
    cells: Vec<Cell>,
}

/// Takes the boxes out of a sheet of which every cell has text.
pub(super) fn take_out(
    sheet: &mut RawSheet,
    (words, headings): (&Lexicon, &Headings),
    vocabulary: &Vocabulary,
) -> Boxes {
    let finder = Finder { sheet, vocabulary, name: words.name(), tall: RefCell::default() };
    let mut tables: Option<Vec<Header>> = None;
    let mut stated = Vec::new();
    let mut taken: BTreeSet<Cell> = BTreeSet::new();
    for row in &sheet.rows {
        for cell in row.cells.iter().take_while(|cell| cell.col < WIDEST) {
            let at = (row.index, cell.col);
            let Some(items) = finder.box_at(at).filter(|_| !taken.contains(&at)) else { continue };
            let cells: BTreeSet<Cell> = items.iter().flat_map(|item| item.cells.iter().copied()).collect();
            let tables = tables.get_or_insert_with(|| headers(sheet, words, headings));
            let is_free = cells.iter().all(|&cell| finder.is_free(cell, &cells, tables));
            let cells = finder.with_headings(cells, tables);
            if is_free && finder.is_clear(&items, &cells) {
                stated.extend(finder.stated(&items));
                taken.extend(cells);
            }
        }
    }
    if taken.is_empty() {
        return Boxes { stated, rows: Vec::new(), cells: Vec::new() };
    }
    for row in &mut sheet.rows {
        row.cells.retain(|cell| !taken.contains(&(row.index, cell.col)));
    }
    let cells = taken.into_iter().map(|(row, col)| CellRef { row, col }).collect();
    Boxes { stated, rows: emptied(sheet, RowKind::Tally), cells }
}

struct Finder<'a> {
    sheet: &'a RawSheet,
    vocabulary: &'a Vocabulary,
    /// The slot of an indicator's name.
    name: Slot,
    /// First and last row of the merged areas that cover a column, by ascending first row; of columns that were asked for.
    tall: RefCell<BTreeMap<u32, Vec<(u32, u32)>>>,
}

impl Finder<'_> {
    /// The box that begins at a cell, if one does (B1).
    fn box_at(&self, (row, col): Cell) -> Option<Vec<Item>> {
        let text = self.sheet.text(row, col)?;
        let in_one_cell = self.vocabulary.pairs(text);
        if in_one_cell.is_empty() {
            self.vocabulary.word(text)?;
        }
        let whole = in_one_cell.into_iter().map(|(what, number)| Item {
            what,
            number: Some(number),
            cells: vec![(row, col)],
        });
        [whole.collect(), self.down(row, col), self.across(row, col)].into_iter().find(|run| is_box(run))
    }

    /// The words down a column from a cell, with their numbers beside them.
    fn down(&self, mut row: u32, col: u32) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some(item) = self.beside(row, col) {
            let is_again = repeats(&items, item.what);
            items.push(item);
            if is_again {
                break; // no box, however long the column is
            }
            row = self.below(row, col);
        }
        items
    }

    /// A word with its number in the same cell, or in the next one of the row; or without one.
    fn beside(&self, row: u32, col: u32) -> Option<Item> {
        let text = self.sheet.text(row, col)?;
        if let [(what, number)] = self.vocabulary.pairs(text)[..] {
            return Some(Item { what, number: Some(number), cells: vec![(row, col)] });
        }
        let what = self.vocabulary.word(text)?;
        let cells = &self.sheet.row(row)?.cells;
        let next = cells.get(cells.partition_point(|cell| cell.col <= col));
        match next.filter(|next| next.col <= self.right(row, col) + GAP) {
            Some(next) => Some(item(what, count(&next.text)?, vec![(row, col), (row, next.col)])),
            None => Some(item(what, Count::Blank, vec![(row, col)])),
        }
    }

    /// The words across a row from a cell, with their numbers between or below them.
    fn across(&self, row: u32, col: u32) -> Vec<Item> {
        let cells = self.sheet.row(row).map_or(&[][..], |row| &row.cells);
        let mut cells = cells[cells.partition_point(|cell| cell.col < col)..].iter().peekable();
        let mut items = Vec::new();
        while let Some(RawCell { col, text, .. }) = cells.next() {
            if items.last().is_some_and(|item: &Item| repeats(&items[..items.len() - 1], item.what)) {
                break;
            }
            if let [(what, number)] = self.vocabulary.pairs(text)[..] {
                items.push(Item { what, number: Some(number), cells: vec![(row, *col)] });
                continue;
            }
            let Some(what) = self.vocabulary.word(text) else { break };
            if let Some((next, count)) = cells.peek().and_then(|next| Some((next.col, count(&next.text)?))) {
                cells.next();
                items.push(item(what, count, vec![(row, *col), (row, next)]));
                continue;
            }
            let below = self.below(row, *col);
            match self.sheet.text(below, *col).map(count) {
                None => items.push(item(what, Count::Blank, vec![(row, *col)])),
                Some(Some(count)) => items.push(item(what, count, vec![(row, *col), (below, *col)])),
                Some(None) => return Vec::new(),
            }
        }
        items
    }

    /// The row below a cell, or below the merged area that begins there.
    fn below(&self, row: u32, col: u32) -> u32 {
        self.sheet.end_of(row, col).0 + 1
    }

    /// The last column of a cell, or of the merged area that begins there.
    fn right(&self, row: u32, col: u32) -> u32 {
        self.sheet.end_of(row, col).1
    }

    /// Whether a cell is none of a table's (B3).
    fn is_free(&self, (row, col): Cell, cells: &BTreeSet<Cell>, tables: &[Header]) -> bool {
        let Some(table) = tables.iter().rfind(|table| table.top <= row) else { return true };
        // Words of a vocabulary head columns of marks only where its field has no column.
        let unmarked = |slot: &Slot| matches!(slot, Slot::Mark(field, _) if table.columns.contains_key(&Slot::Field(*field)));
        let read = table.columns.iter().filter(|(slot, _)| !unmarked(slot));
        let is_read = read.map(|(_, col)| col).chain(&table.ignored).any(|&known| known == col);
        if row < table.end {
            return !is_read;
        }
        // A column that the table's header does not know may be headed by the box itself.
        let mut headings = (table.top..table.end).filter_map(|row| self.sheet.text(row, col));
        let own =
            |text: &str| is_heading(text) || self.vocabulary.word(text).is_some() || count(text).is_some();
        let is_known = is_read || (table.unknown.contains(&col) && !headings.all(own));
        !is_known || !self.has_indicator(row, cells, table)
    }

    /// Whether a row of a table has an indicator, or continues one.
    fn has_indicator(&self, row: u32, cells: &BTreeSet<Cell>, table: &Header) -> bool {
        let Some(&col) = table.columns.get(&self.name) else { return false };
        let own = self.sheet.text(row, col).filter(|_| !cells.contains(&(row, col)));
        own.is_some_and(|text| !is_no_value(text) && !is_heading(text)) || self.is_merged_on(row, col, table)
    }

    /// Whether a cell of a table belongs to a merged area that begins in a row above it.
    fn is_merged_on(&self, row: u32, col: u32, table: &Header) -> bool {
        let mut tall = self.tall.borrow_mut();
        let areas = tall.entry(col).or_insert_with(|| {
            let merges = self.sheet.merges.iter().filter(|area| (area.left..=area.right).contains(&col));
            merges.map(|area| (area.top, area.bottom)).collect()
        });
        let above = areas[..areas.partition_point(|(top, _)| *top < row)].last();
        above.is_some_and(|(top, bottom)| *top >= table.end && *bottom >= row)
    }

    /// Adds a box's headings to its cells: those above it in its columns, and what is alone with it in its rows and
    /// in the row above (B5).
    fn with_headings(&self, mut cells: BTreeSet<Cell>, tables: &[Header]) -> BTreeSet<Cell> {
        let columns: BTreeSet<u32> = cells.iter().map(|cell| cell.1).collect();
        let rows: BTreeSet<u32> = cells.iter().map(|cell| cell.0).collect();
        let first = *rows.first().expect("a box has cells");
        let above = first.checked_sub(1);
        for row in rows.iter().copied().chain(above).chain([first + 1]) {
            let rest = |cell: &&RawCell| !cells.contains(&(row, cell.col));
            let rest: Vec<&RawCell> =
                self.sheet.row(row).map_or(&[][..], |row| &row.cells).iter().filter(rest).collect();
            let is_whole = rest.iter().all(|cell| is_heading(&cell.text));
            let is_own = |cell: &&&RawCell| {
                let at_top = Some(row) == above
                    && columns.contains(&cell.col)
                    && is_heading(&cell.text)
                    && self.is_free((row, cell.col), &cells, tables);
                is_whole || at_top
            };
            let own: Vec<Cell> = rest.iter().filter(is_own).map(|cell| (row, cell.col)).collect();
            cells.extend(own);
        }
        cells
    }

    /// B4.
    fn is_clear(&self, items: &[Item], cells: &BTreeSet<Cell>) -> bool {
        let rows: BTreeSet<u32> = items.iter().flat_map(|item| &item.cells).map(|cell| cell.0).collect();
        let is_own = |row: &RawRow| row.cells.iter().all(|cell| cells.contains(&(row.index, cell.col)));
        let is_across = items.iter().all(|item| item.cells[0].0 == items[0].cells[0].0);
        let has_total = items.iter().any(|item| item.what == Counted::Total);
        let filled = items.iter().filter(|item| item.number.is_some()).count();
        let is_form = is_across || has_total || filled == items.len();
        is_form && (filled > 0 || rows.iter().filter_map(|&row| self.sheet.row(row)).all(is_own))
    }

    fn stated(&self, items: &[Item]) -> Option<DeclaredCounts> {
        let filled = |item: &&Item| item.number.is_some();
        let (row, col) = *items.iter().find(filled)?.cells.last()?;
        let counts = items.iter().filter_map(|item| Some((item.what, item.number?)));
        Some(DeclaredCounts {
            counts: counts.collect::<BTreeMap<_, _>>(),
            origin: self.sheet.origin(row, col),
            ranges: Vec::new(),
        })
    }
}

fn repeats(items: &[Item], what: Counted) -> bool {
    items.iter().any(|item| item.what == what)
}

fn item(what: Counted, count: Count, cells: Vec<Cell>) -> Item {
    let number = match count {
        Count::Blank => None,
        Count::Number(number) => Some(number),
    };
    Item { what, number, cells }
}

/// Two words or more, none twice, and not only a total's (B1).
fn is_box(items: &[Item]) -> bool {
    let words: BTreeSet<Counted> = items.iter().map(|item| item.what).collect();
    words.len() == items.len() && words.len() >= 2
}

/// A heading that a box has of its own (B5).
fn is_heading(text: &str) -> bool {
    text.chars().count() <= LONGEST_HEADING && {
        let folded = fold(text);
        HEADINGS.iter().any(|word| folded.contains(word))
    }
}
