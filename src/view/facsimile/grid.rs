//! The rows and columns of a sheet that are shown, and its cells on them. What is empty for long is left out, and so is what
//! is more than a page can have; that is said.

use crate::finding::{Lang, harmless};
use crate::model::{Area, CellMark, CellRef, Column, RawSheet, Row, Square, Strip};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Rows of a sheet that are shown, without those of which something is said.
const ROWS: usize = 300;
/// Columns of a sheet that are shown, likewise.
const COLUMNS: usize = 120;
/// Further rows or columns that are shown because something is said of them.
const SAID: usize = 60;
/// Empty rows or columns between others that are shown.
const EMPTY: u32 = 6;
/// Characters of a text that are shown.
const LONGEST: usize = 400;

/// The cells of which something is said, with the places of the remarks.
pub(super) type Said = BTreeMap<CellRef, Vec<usize>>;

/// What is shown of a sheet.
pub(super) struct Grid<'a> {
    sheet: &'a RawSheet,
    marks: &'a BTreeMap<CellRef, CellMark>,
    said: &'a Said,
    rows: Vec<Strip<u32>>,
    columns: Vec<Strip<u32>>,
    /// Where the rows and the columns are among them.
    places: (BTreeMap<u32, usize>, BTreeMap<u32, usize>),
    /// Filled rows and columns that are not shown.
    left: (usize, usize),
    /// The strips that merged cells cover, down and across, by their corners.
    spans: BTreeMap<CellRef, (u32, u32)>,
    /// The strips that they cover besides.
    covered: BTreeSet<(usize, usize)>,
}

impl<'a> Grid<'a> {
    /// Chooses what is shown, as far as there is room, and takes the room.
    pub(super) fn of(
        sheet: &'a RawSheet,
        marks: &'a BTreeMap<CellRef, CellMark>,
        said: &'a Said,
        room: &mut usize,
    ) -> Self {
        let (mut used_rows, mut used_columns) = split(marks.keys());
        let (said_rows, said_columns) = split(said.keys());
        // What is merged with a filled cell belongs to it, and a frame beside one to the form.
        let is_filled = |area: &&Area| marks.contains_key(&CellRef { row: area.top, col: area.left });
        for area in sheet.merges.iter().filter(is_filled) {
            used_rows.extend((area.top..=area.bottom).take(ROWS));
            used_columns.extend((area.left..=area.right).take(COLUMNS));
        }
        if let Some(frame) = sheet.looks.used.filter(|_| !sheet.looks.is_empty()) {
            let last =
                |used: &BTreeSet<u32>, end: u32| used.last().map(|last| end.min(last + EMPTY).max(*last));
            used_rows.extend(last(&used_rows, frame.bottom));
            used_columns.extend(last(&used_columns, frame.right));
        }
        let (columns, columns_left) = strips(&used_columns, &said_columns, COLUMNS, SAID);
        let fits = *room / columns.len().max(1);
        let (rows, rows_left) = strips(&used_rows, &said_rows, ROWS.min(fits), SAID.min(fits));
        *room = room.saturating_sub(rows.len() * columns.len());
        let left = (rows_left, columns_left);
        let (spans, covered) = (BTreeMap::new(), BTreeSet::new());
        let places = (places(&rows), places(&columns));
        let mut grid = Self { sheet, marks, said, rows, columns, places, left, spans, covered };
        sheet.merges.iter().for_each(|area| grid.merge(area));
        grid
    }

    /// Takes the strips of a merged area for one cell, as far as they are beside each other.
    fn merge(&mut self, area: &Area) {
        let Some((row, col)) = self.place(CellRef { row: area.top, col: area.left }) else { return };
        let down = row..end(&self.rows, row, area.bottom);
        let across = col..end(&self.columns, col, area.right);
        let strips = || down.clone().flat_map(|row| across.clone().map(move |col| (row, col)));
        let is_free = |strip: (usize, usize)| !self.covered.contains(&strip);
        if strips().all(is_free) {
            let count = |strips: &Range<usize>| u32::try_from(strips.len()).unwrap_or(1);
            self.spans.insert(CellRef { row: area.top, col: area.left }, (count(&down), count(&across)));
            self.covered.extend(strips().skip(1));
        }
    }

    /// Whether a cell is shown.
    pub(super) fn shows(&self, cell: CellRef) -> bool {
        self.place(cell).is_some_and(|strips| !self.covered.contains(&strips))
    }

    /// The strips of a cell.
    fn place(&self, cell: CellRef) -> Option<(usize, usize)> {
        Some((*self.places.0.get(&cell.row)?, *self.places.1.get(&cell.col)?))
    }

    pub(super) fn columns(&self) -> Vec<Strip<Column>> {
        let sheet = self.sheet;
        let column = |strip: &Strip<u32>| match *strip {
            Strip::Gap(count) => Strip::Gap(count),
            Strip::Shown(index) => {
                let width = sheet.widths.of(index);
                Strip::Shown(Column { index, width, hidden: sheet.is_hidden_column(index) })
            }
        };
        self.columns.iter().map(column).collect()
    }

    pub(super) fn rows(&self) -> Vec<Strip<Row>> {
        let row = |(at, strip): (usize, &Strip<u32>)| match *strip {
            Strip::Gap(count) => Strip::Gap(count),
            Strip::Shown(index) => {
                let hidden = self.sheet.row(index).is_some_and(|row| row.hidden);
                let free =
                    self.columns.iter().enumerate().filter(|(col, _)| !self.covered.contains(&(at, *col)));
                let cells = free.map(|(_, column)| match *column {
                    Strip::Gap(count) => Strip::Gap(count),
                    Strip::Shown(col) => Strip::Shown(self.square(CellRef { row: index, col })),
                });
                Strip::Shown(Row { index, hidden, cells: cells.collect() })
            }
        };
        self.rows.iter().enumerate().map(row).collect()
    }

    fn square(&self, at: CellRef) -> Square {
        let cell = self.sheet.row(at.row).and_then(|row| row.cell(at.col));
        let shown = |text: &str| shortened(text).chars().map(harmless).collect::<String>();
        Square {
            at,
            span: self.spans.get(&at).copied().unwrap_or((1, 1)),
            look: self.sheet.looks.at(at.row, at.col),
            text: cell.map_or_else(String::new, |cell| shown(&cell.text)),
            struck: cell.and_then(|cell| cell.struck.as_deref().map(shown)),
            unseen: cell.and_then(|cell| cell.unseen.as_ref().map(|unseen| shown(&unseen.text))),
            comment: cell.and_then(|cell| cell.note.as_deref().map(shown)),
            mark: self.marks.get(&at).cloned(),
            remarks: self.said.get(&at).cloned().unwrap_or_default(),
        }
    }

    /// What is not shown.
    pub(super) fn cut(&self, lang: Lang) -> Vec<String> {
        let (rows, columns) = self.left;
        let mut cut = Vec::new();
        if rows > 0 {
            cut.push(lang.pick((
                format!("記入のある行のうち{rows}行は、多いため示していません（指摘のある行は先に示します）"),
                format!("{rows} of the filled rows are too many to be shown; those with findings go first"),
            )));
        }
        if columns > 0 {
            cut.push(lang.pick((
                format!("記入のある列のうち{columns}列は、多いため示していません"),
                format!("{columns} of the filled columns are too many to be shown"),
            )));
        }
        let mut texts = self.sheet.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.text);
        if texts.any(|text| shortened(text).len() != text.len()) {
            cut.push(lang.pick((
                format!("長い記入は、はじめの{LONGEST}字を示します"),
                format!("Of long texts, the first {LONGEST} characters are shown"),
            )));
        }
        cut
    }
}

/// The rows and the columns of cells.
fn split<'c>(cells: impl Iterator<Item = &'c CellRef>) -> (BTreeSet<u32>, BTreeSet<u32>) {
    cells.map(|cell| (cell.row, cell.col)).unzip()
}

/// The beginning of a text.
fn shortened(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// Of rows or columns that are used and those of which something is said, the ones that are shown: so many, and some more of
/// the latter. Also how many are not.
fn strips(used: &BTreeSet<u32>, said: &BTreeSet<u32>, most: usize, more: usize) -> (Vec<Strip<u32>>, usize) {
    let mut strips = Vec::new();
    let (mut next, mut shown, mut left) = (0, 0, 0);
    for &index in used.union(said) {
        let room = if said.contains(&index) { most + more } else { most };
        if shown >= room {
            left += 1;
            continue;
        }
        let from = if index - next > EMPTY { index } else { next };
        strips.extend((from > next).then(|| Strip::Gap(from - next)));
        strips.extend((from..=index).map(Strip::Shown));
        shown += 1;
        next = index + 1;
    }
    let last = used.last().max(said.last()).copied().unwrap_or_default();
    strips.extend((last >= next && left > 0).then(|| Strip::Gap(last + 1 - next)));
    (strips, left)
}

/// Where rows or columns are shown.
fn places(strips: &[Strip<u32>]) -> BTreeMap<u32, usize> {
    let place = |(at, strip): (usize, &Strip<u32>)| match strip {
        Strip::Shown(index) => Some((*index, at)),
        Strip::Gap(_) => None,
    };
    strips.iter().enumerate().filter_map(place).collect()
}

/// The strip behind the last one beside another that is not beyond a row or column.
fn end(strips: &[Strip<u32>], from: usize, last: u32) -> usize {
    let is_in = |strip: &&Strip<u32>| matches!(strip, Strip::Shown(index) if *index <= last);
    from + strips[from..].iter().take_while(is_in).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_or_too_much_is_left_out() {
        let set = |indices: &[u32]| indices.iter().copied().collect::<BTreeSet<u32>>();
        let (shown, gap) = (Strip::Shown, Strip::Gap);
        for (used, said, most, expected) in [
            (set(&[]), set(&[]), 9, (vec![], 0)),
            (set(&[1, 3]), set(&[]), 9, ([0, 1, 2, 3].map(shown).to_vec(), 0)),
            (set(&[0, 8]), set(&[]), 9, (vec![shown(0), gap(7), shown(8)], 0)),
            (set(&[0, 1, 2, 3]), set(&[]), 2, (vec![shown(0), shown(1), gap(2)], 2)),
            (set(&[0, 1, 2, 900]), set(&[900]), 1, (vec![shown(0), gap(899), shown(900)], 2)),
            (set(&[0, 1, 2]), set(&[0, 1, 2]), 1, (vec![shown(0), shown(1), gap(1)], 1)),
        ] {
            assert_eq!(strips(&used, &said, most, 1), expected, "{used:?} {said:?}");
        }
    }
}
