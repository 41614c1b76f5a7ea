//! Pagination: which rows stand on which page, and how high. Numbers in, numbers out.
//!
//! * **P1** Every page repeats the header rows; its capacity is what they leave.
//! * **P2** Rows stand in order, each whole; a row that does not fit moves to the next page.
//! * **P3** Only a row taller than the page it starts on is cut, between lines, and it starts on a page
//!   of its own; what follows it continues on its last page.
//! * **P4** No group label stands alone at a page's foot: where a group continues on the next page, its
//!   rows on this page are at least as high as its label, or all of them move on. (A group that fills the
//!   page from its top stays.)
//! * **P5** A group's label is stated again on every page; where its rows there are lower than the label,
//!   they are stretched evenly.
//! * **P6** The tally is kept in one piece and not alone: the last row moves with it.
//! * **P7** Every page takes at least one line of one row, so pagination ends on every input.
//! * **P8** A heading stands on the page of the row below it, and a foot on that of the row above it, unless such rows
//!   fill a page.
//! * **P9** A row that begins a page begins one.
//! * **P10** A row that does not fit where more than a quarter of the page would be left empty is cut, if either page
//!   gets at least [`FEWEST`] lines of it; its name is said again. A workbook has such rows whole.
//! * **P11** The last page has no single row, if the page before can give one ([`balance`]).
//! * **P12** Nor has a page notes alone: the last row and the tally move to them.

mod balance;

use super::notes::NoteFragment;
use crate::model::Length;
use std::ops::Range;

/// The fewest lines of a row on either page where it is cut though it would fit a page (P10).
const FEWEST: usize = 4;
/// The part of a page that may be left empty for a row that does not fit (P10).
const EMPTY: Length = 4;

/// What pagination knows of a table.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    /// Rows that would fit a page are not cut.
    pub(super) whole_rows: bool,
    /// The last row and the tally stand on a page of their own, to which the notes come (P12).
    pub(super) notes_follow: bool,
    /// Lines that each row needs: the most of its cells, group labels apart.
    pub(super) lines: Vec<usize>,
    /// The outermost level that begins at each row.
    pub(super) begins: Vec<Option<usize>>,
    /// What each row stands with.
    pub(super) ties: Vec<Tie>,
    /// The rows that begin a page.
    pub(super) breaks: Vec<bool>,
    /// The group columns.
    pub(super) labels: Vec<LabelColumn>,
    /// Height of a line.
    pub(super) line_height: Length,
    /// Upper and lower padding of a row together.
    pub(super) padding: Length,
    /// Smallest height of a row.
    pub(super) row_height: Length,
    /// Room for rows on the first page, which has the title.
    pub(super) first_capacity: Length,
    /// Room for rows on the other pages.
    pub(super) capacity: Length,
    /// Height of the tally with the space above it; 0 if there is none.
    pub(super) tally: Length,
}

/// What a row stands with on a page (P8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// Nothing.
    Free,
    /// The row above it.
    Above,
    /// The row below it.
    Below,
}

/// A group column: its level and the lines of the label at each row.
#[derive(Debug, Clone)]
pub(super) struct LabelColumn {
    pub(super) level: usize,
    pub(super) lines: Vec<usize>,
    /// Lines of the label where a page states it again.
    pub(super) again: Vec<usize>,
}

/// A row on a page, or a part of one that is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Row of the body.
    pub row: usize,
    /// The lines shown; the whole row unless it is cut.
    pub lines: Range<usize>,
    /// Height on the page.
    pub height: Length,
}

/// What stands on a page, top to bottom. The first page has the title; each that has rows, and the first, the header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PagePlan {
    /// The rows.
    pub pieces: Vec<Fragment>,
    /// The tally stands below the rows.
    pub tally: bool,
    /// What stands below the tally.
    pub notes: Vec<NoteFragment>,
}

impl PagePlan {
    /// The rows that begin on the page.
    pub fn begun(&self) -> Range<usize> {
        let begins = |piece: &&Fragment| piece.lines.start == 0;
        let first = self.pieces.iter().find(begins).map_or(0, |piece| piece.row);
        first..first + self.pieces.iter().filter(begins).count()
    }
}

/// Where the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    row: usize,
    line: usize,
}

/// Divides the rows into pages; at least one page, even without rows.
pub(super) fn paginate(demand: &Demand) -> Vec<PagePlan> {
    let demand = &demand.with_giant_labels_as_lines();
    let mut pages: Vec<PagePlan> = Vec::new();
    let mut cursor = Cursor { row: 0, line: 0 };
    while cursor.row < demand.lines.len() {
        let (pieces, next) = demand.fill(cursor, demand.page_capacity(pages.len()));
        pages.push(PagePlan { pieces, ..PagePlan::default() });
        cursor = next;
    }
    if pages.is_empty() {
        pages.push(PagePlan::default());
    }
    demand.place_tally(&mut pages);
    demand.balance(&mut pages);
    for page in &mut pages {
        page.pieces = demand.stretched(&page.pieces);
    }
    pages
}

impl Demand {
    fn page_capacity(&self, page: usize) -> Length {
        if page == 0 { self.first_capacity } else { self.capacity }
    }

    fn height_of(&self, lines: usize) -> Length {
        let lines = Length::try_from(lines).unwrap_or(Length::MAX);
        lines.saturating_mul(self.line_height).saturating_add(self.padding)
    }

    /// A label that no page can hold counts as lines of the row at which it begins, so that P3 cuts it
    /// with that row and no part of it is lost. Where it is stated again, what fits is shown.
    fn with_giant_labels_as_lines(&self) -> Self {
        let smallest = self.capacity.min(self.first_capacity);
        let mut lines = self.lines.clone();
        let mut labels = Vec::new();
        for column in &self.labels {
            let mut needs = column.lines.clone();
            let mut again = column.again.clone();
            for row in 0..lines.len() {
                if self.height_of(again[row]) > smallest {
                    again[row] = 0;
                }
                if self.height_of(needs[row]) > smallest {
                    if self.begins_at(row, column.level) {
                        lines[row] = lines[row].max(needs[row]);
                    }
                    needs[row] = 0;
                }
            }
            labels.push(LabelColumn { level: column.level, lines: needs, again });
        }
        let (ties, breaks) = (self.ties.clone(), self.breaks.clone());
        Self { lines, labels, begins: self.begins.clone(), ties, breaks, ..*self }
    }

    /// Height that the label of a column needs where a page begins to show it at a piece.
    fn label_height(&self, column: &LabelColumn, piece: &Fragment) -> Length {
        let is_first = self.begins_at(piece.row, column.level) && piece.lines.start == 0;
        self.height_of(if is_first { column.lines[piece.row] } else { column.again[piece.row] })
    }

    /// Room that a page leaves below its rows and its tally.
    pub(super) fn room(&self, plan: &PagePlan, page: usize) -> Length {
        let tally = if plan.tally { self.tally } else { 0 };
        self.page_capacity(page) - total(&plan.pieces) - tally
    }

    fn begins_at(&self, row: usize, level: usize) -> bool {
        self.begins[row].is_some_and(|outermost| outermost <= level)
    }

    /// A piece with its natural height.
    fn piece(&self, row: usize, lines: Range<usize>) -> Fragment {
        let height = self.height_of(lines.len()).max(self.row_height);
        Fragment { row, lines, height }
    }

    /// The pieces of the page that begins at a cursor, and where the next one begins.
    fn fill(&self, from: Cursor, capacity: Length) -> (Vec<Fragment>, Cursor) {
        let mut pieces: Vec<Fragment> = Vec::new();
        let mut next = from;
        while next.row < self.lines.len() {
            if self.breaks[next.row] && next.line == 0 && !pieces.is_empty() {
                break; // P9
            }
            let piece = self.piece(next.row, next.line..self.lines[next.row]);
            pieces.push(piece);
            if total(&self.stretched(&pieces)) > capacity {
                pieces.pop();
                if pieces.is_empty() {
                    return self.cut(next, capacity); // P3, P7
                }
                if let Some(piece) = self.first_part(&pieces, next, capacity) {
                    next.line = piece.lines.end;
                    pieces.push(piece);
                    break; // P10
                }
                self.retreat(&mut pieces, &mut next);
                break;
            }
            next = Cursor { row: next.row + 1, line: 0 };
        }
        (pieces, next)
    }

    /// P3: as many lines of one row as the page holds.
    fn cut(&self, from: Cursor, capacity: Length) -> (Vec<Fragment>, Cursor) {
        let fitting = usize::try_from((capacity - self.padding) / self.line_height).unwrap_or(0).max(1); // P7
        let end = (from.line + fitting).min(self.lines[from.row]);
        let next = if end == self.lines[from.row] {
            Cursor { row: from.row + 1, line: 0 }
        } else {
            Cursor { row: from.row, line: end }
        };
        (vec![self.piece(from.row, from.line..end)], next)
    }

    /// P10: the lines of a row that a page takes below its pieces, where it would be left too empty without them.
    fn first_part(&self, pieces: &[Fragment], next: Cursor, capacity: Length) -> Option<Fragment> {
        let room = capacity - total(&self.stretched(pieces));
        let fitting = usize::try_from((room - self.padding) / self.line_height).unwrap_or(0);
        let left = self.lines[next.row] - next.line;
        let taken = fitting.min(left.saturating_sub(FEWEST));
        if self.whole_rows || room < capacity / EMPTY || taken < FEWEST || self.ties[next.row] != Tie::Free {
            return None;
        }
        let piece = self.piece(next.row, next.line..next.line + taken);
        let mut all = pieces.to_vec();
        all.push(piece.clone());
        (total(&self.stretched(&all)) <= capacity).then_some(piece)
    }

    /// P4, P8: moves rows to the next page until no label stands alone at the foot, and nothing without what it stands
    /// with.
    fn retreat(&self, pieces: &mut Vec<Fragment>, next: &mut Cursor) {
        loop {
            let last = pieces.len() - 1;
            let is_tied = self.ties[pieces[last].row] == Tie::Below
                || self.ties.get(next.row).is_some_and(|tie| *tie == Tie::Above);
            let start = self
                .labels
                .iter()
                .filter(|column| next.row < self.lines.len() && !self.begins_at(next.row, column.level))
                .filter_map(|column| {
                    let start = self.segment_start(pieces, pieces.len() - 1, column.level);
                    let natural = total(&pieces[start..]);
                    (start > 0 && natural < self.label_height(column, &pieces[start])).then_some(start)
                })
                .chain((is_tied && last > 0).then_some(last))
                .min();
            let Some(start) = start else { return };
            *next = Cursor { row: pieces[start].row, line: 0 };
            pieces.truncate(start);
        }
    }

    /// The first piece on the page of the group to which a piece belongs.
    fn segment_start(&self, pieces: &[Fragment], index: usize, level: usize) -> usize {
        let begins = |i: &usize| self.begins_at(pieces[*i].row, level) && pieces[*i].lines.start == 0;
        (0..=index).rev().find(begins).unwrap_or(0)
    }

    /// P5: the pieces of a page, stretched to hold their labels; inner levels first.
    fn stretched(&self, pieces: &[Fragment]) -> Vec<Fragment> {
        let mut pieces = pieces.to_vec();
        let mut columns: Vec<&LabelColumn> = self.labels.iter().collect();
        columns.sort_by_key(|column| std::cmp::Reverse(column.level));
        for column in columns {
            let mut end = pieces.len();
            while end > 0 {
                let start = self.segment_start(&pieces, end - 1, column.level);
                let need = self.label_height(column, &pieces[start]);
                stretch(&mut pieces[start..end], need);
                end = start;
            }
        }
        pieces
    }

    /// P6.
    fn place_tally(&self, pages: &mut Vec<PagePlan>) {
        if self.tally == 0 && !self.notes_follow {
            return;
        }
        let number = pages.len() - 1;
        let last = pages.last_mut().expect("there is always a page");
        let fits = total(&self.stretched(&last.pieces)) + self.tally <= self.page_capacity(number);
        if (fits && !self.notes_follow) || last.pieces.is_empty() {
            last.tally = true;
            return;
        }
        let mut moved = PagePlan { tally: self.tally > 0, ..PagePlan::default() };
        let whole_row = last.pieces.last().is_some_and(|piece| piece.lines.start == 0);
        if last.pieces.len() > 1 && whole_row {
            let mut stay = last.pieces.clone();
            let row = stay.pop().expect("there are two pieces at least").row;
            let mut next = Cursor { row, line: 0 };
            self.retreat(&mut stay, &mut next);
            let going = last.pieces[stay.len()..].to_vec();
            if total(&self.stretched(&going)) + self.tally <= self.capacity {
                last.pieces = stay;
                moved.pieces = going;
            }
        }
        pages.push(moved);
    }
}

fn total(pieces: &[Fragment]) -> Length {
    pieces.iter().fold(0, |sum: Length, piece| sum.saturating_add(piece.height))
}

/// Makes pieces together at least `need` high, by equal shares; the first ones take the remainder.
fn stretch(pieces: &mut [Fragment], need: Length) {
    let short = need - total(pieces);
    let count = Length::try_from(pieces.len()).unwrap_or(Length::MAX);
    if short > 0 {
        for (piece, i) in pieces.iter_mut().zip(0..) {
            piece.height += short / count + Length::from(i < short % count);
        }
    }
}

#[cfg(test)]
mod tests;
