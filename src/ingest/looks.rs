//! The looks of a sheet's cells while they are read: each is numbered once for the workbook, and rows that look the same
//! are one band, so that a list of any length takes the room of its kinds of rows.
//!
//! An edge of a merged area is drawn if its first cell has it, as some offices store it, or if there is a border along
//! at least half of it, as others do.

use super::limits::count;
use crate::model::{Area, CellAlign, Look, LookBand, LookRun, Looks};
use std::collections::{BTreeMap, BTreeSet};

/// Runs, bands and looks that a file's sheets may have together (a look counts as [`PER_KIND`] of them): a list of
/// 100,000 rows of which no two neighbours look alike, with five looks each, still fits.
pub(super) const ROOM: usize = 1 << 20;
const PER_KIND: usize = 8;
/// Cells along the edges of a sheet's merged areas that are looked at.
const EDGES: u64 = 1 << 20;
/// The number of what is plain.
const PLAIN: u16 = 0;
/// The ground that is none.
const WHITE: u32 = 0x00FF_FFFF;

/// The looks of a workbook by their numbers.
#[derive(Debug)]
pub(super) struct Palette {
    /// The plain one first.
    looks: Vec<Look>,
    numbers: BTreeMap<Look, u16>,
    /// The numbers of the looks of the workbook's styles.
    styles: Vec<u16>,
    /// Whether there are more looks than numbers.
    is_full: bool,
}

impl Default for Palette {
    fn default() -> Self {
        let plain = Look::default();
        Self {
            looks: vec![plain],
            numbers: BTreeMap::from([(plain, PLAIN)]),
            styles: Vec::new(),
            is_full: false,
        }
    }
}

impl Palette {
    /// The looks of a workbook's styles, in their order.
    pub(super) fn of_styles(looks: impl Iterator<Item = Look>) -> Self {
        let mut palette = Self::default();
        palette.styles = looks.map(|look| palette.number(look)).collect();
        palette
    }

    /// The number of the look of a style, plain if there is no such style.
    pub(super) fn style(&self, style: usize) -> u16 {
        self.styles.get(style).copied().unwrap_or(PLAIN)
    }

    /// The number of a look.
    pub(super) fn number(&mut self, look: Look) -> u16 {
        if let Some(number) = self.numbers.get(&look) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.looks.len()) else {
            self.is_full = true;
            return PLAIN;
        };
        self.looks.push(look);
        self.numbers.insert(look, number);
        number
    }

    fn look(&self, number: u16) -> Look {
        self.looks.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// All but the plain one.
    fn kinds(&self) -> Vec<Look> {
        self.looks.iter().skip(1).copied().collect()
    }
}

/// The looks of a sheet so far, by the numbers of the workbook's palette. Cells come row by row, from left to right; of
/// a sheet where they do not, no looks are kept.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    cells: Vec<LookBand>,
    /// The row that is being read.
    row: u32,
    runs: Vec<LookRun>,
    rows: Vec<LookRun>,
    columns: Vec<LookRun>,
    used: Option<Area>,
    entries: usize,
    is_lost: bool,
}

impl Sketch {
    /// Adds the look of whole columns, before any cell.
    pub(super) fn columns(&mut self, first: u32, last: u32, number: u16) {
        if number != PLAIN {
            self.columns.push((first, last, number));
            self.is_lost |= self.columns.len() > ROOM;
        }
    }

    /// Adds the look of a whole row, before its cells.
    pub(super) fn row(&mut self, row: u32, number: u16) {
        match self.rows.last_mut() {
            Some((_, last, same)) if *same == number && last.checked_add(1) == Some(row) => *last = row,
            _ if number == PLAIN && self.columns.is_empty() => {}
            _ => self.rows.push((row, row, number)),
        }
        self.is_lost |= self.rows.len() > ROOM;
    }

    /// Adds the look of cells that stand side by side.
    pub(super) fn cells(&mut self, row: u32, (first, last): (u32, u32), number: u16) {
        let used = self.used.get_or_insert(Area { top: row, left: first, bottom: row, right: last });
        (used.left, used.right, used.bottom) = (used.left.min(first), used.right.max(last), row);
        if row != self.row {
            self.is_lost |= row < self.row;
            self.end_row(self.row);
            self.row = row;
        }
        // A plain cell says something only where its row or its column is not.
        let is_silent = number == PLAIN && self.rows.is_empty() && self.columns.is_empty();
        if is_silent || self.is_lost {
            return;
        }
        match self.runs.last_mut() {
            Some((_, before, _)) if first <= *before => self.is_lost = true,
            Some((_, before, same)) if *same == number && *before + 1 == first => *before = last,
            _ => self.runs.push((first, last, number)),
        }
        self.is_lost |= self.runs.len() > ROOM;
    }

    /// Ends the row that is being read; those after it look the same up to the last.
    pub(super) fn end_row(&mut self, last: u32) {
        if self.runs.is_empty() || self.is_lost {
            return;
        }
        match self.cells.last_mut() {
            Some((_, before, runs)) if before.checked_add(1) == Some(self.row) && *runs == self.runs => {
                *before = last;
            }
            _ => {
                self.entries += 1 + self.runs.len();
                self.cells.push((self.row, last, self.runs.clone()));
            }
        }
        self.runs.clear();
        if self.entries > ROOM {
            self.is_lost = true;
            self.cells = Vec::new();
        }
    }

    /// The looks of the sheet with its merged areas; none if there are too many for what is left of the room.
    pub(super) fn finish(mut self, palette: &Palette, merges: &[Area], room: &mut usize) -> Option<Looks> {
        self.end_row(self.row);
        let used = self.used.filter(|_| !self.is_lost && !palette.is_full)?;
        let rows = within(self.rows, (used.top, used.bottom));
        let columns = within(self.columns, (used.left, used.right));
        let mut looks = Looks { cells: self.cells, rows, columns, used: Some(used), ..Looks::default() };
        let mut own = Palette::default();
        let stored = looks.cells.iter_mut().flat_map(|(.., runs)| runs);
        for (.., number) in stored.chain(&mut looks.rows).chain(&mut looks.columns) {
            *number = own.number(palette.look(*number));
        }
        looks.kinds = own.kinds();
        if looks.is_empty() {
            return None;
        }
        looks.areas = areas(&looks, merges, &mut own)?;
        looks.kinds = own.kinds();
        *room = room.checked_sub(entries(&looks)).filter(|_| !own.is_full)?;
        Some(looks)
    }
}

/// Rows or columns in order and apart from each other, as far as they are in use.
fn within(mut runs: Vec<LookRun>, (least, most): (u32, u32)) -> Vec<LookRun> {
    runs.sort_by_key(|(first, ..)| *first);
    let mut next = least;
    runs.retain_mut(|(first, last, _)| {
        (*first, *last) = ((*first).max(next), (*last).min(most));
        let is_used = first <= last;
        if is_used {
            next = last.saturating_add(1);
        }
        is_used
    });
    runs
}

/// The looks of the merged areas, from those of the cells; none if there are too many.
fn areas(looks: &Looks, merges: &[Area], own: &mut Palette) -> Option<Vec<LookBand>> {
    let mut changes = Vec::with_capacity(2 * merges.len());
    let mut edges: u64 = 0;
    for area in merges {
        edges += u64::from(area.bottom - area.top) + u64::from(area.right - area.left) + 2;
        if edges > EDGES {
            return None;
        }
        let run = (area.left, area.right, own.number(look_of(looks, area)));
        changes.extend([(area.top, true, run), (area.bottom.saturating_add(1), false, run)]);
    }
    // Where one ends and a like one begins, the end comes first.
    changes.sort_unstable();
    let mut bands: Vec<LookBand> = Vec::new();
    let (mut from, mut open, mut entries) = (0, BTreeSet::new(), 0);
    for changed in changes.chunk_by(|a, b| a.0 == b.0) {
        let row = changed[0].0;
        if !open.is_empty() {
            entries += 1 + open.len();
            bands.push((from, row - 1, open.iter().copied().collect()));
        }
        if entries > ROOM {
            return None;
        }
        for (_, begins, run) in changed {
            if *begins {
                open.insert(*run)
            } else {
                open.remove(run)
            };
        }
        from = row;
    }
    Some(bands)
}

/// How a merged area looks: as its first cell, with the edges round it.
fn look_of(looks: &Looks, area: &Area) -> Look {
    let first = looks.stored(area.top, area.left);
    let half = |from: u32, to: u32, is_drawn: &dyn Fn(u32) -> bool| {
        let drawn = (from..=to).filter(|at| is_drawn(*at)).count();
        2 * count(drawn) > u64::from(to - from)
    };
    let down = |is_drawn: &dyn Fn(u32) -> bool| half(area.top, area.bottom, is_drawn);
    let across = |is_drawn: &dyn Fn(u32) -> bool| half(area.left, area.right, is_drawn);
    Look {
        left: first.left || down(&|row| looks.at(row, area.left).left),
        top: first.top || across(&|col| looks.at(area.top, col).top),
        right: first.right || down(&|row| looks.at(row, area.right).right),
        bottom: first.bottom || across(&|col| looks.at(area.bottom, col).bottom),
        ..first
    }
}

/// The ground of a colour; white is none.
pub(super) fn ground([red, green, blue]: [u8; 3]) -> Option<u32> {
    let colour = u32::from_be_bytes([0, red, green, blue]);
    (colour != WHITE).then_some(colour)
}

/// The ground of a hatching of two colours, by default black on white: the one that it has from afar.
pub(super) fn hatched(front: Option<[u8; 3]>, back: Option<[u8; 3]>) -> Option<u32> {
    let (front, back) = (front.unwrap_or([0; 3]), back.unwrap_or([u8::MAX; 3]));
    ground(std::array::from_fn(|channel| front[channel].midpoint(back[channel])))
}

/// The ground of a pattern in the binary formats of Excel.
pub(super) fn patterned(pattern: u32, front: Option<[u8; 3]>, back: Option<[u8; 3]>) -> Option<u32> {
    match pattern {
        0 => None,
        1 => front.and_then(ground),
        _ => hatched(front, back),
    }
}

/// Where text is by the number that the binary formats of Excel have for it, in three bits.
pub(super) fn align(number: u16) -> CellAlign {
    match number & 7 {
        1 => CellAlign::Left,
        2 => CellAlign::Centre,
        3 => CellAlign::Right,
        4 => CellAlign::Fill,
        5 => CellAlign::Justify,
        6 => CellAlign::CentreAcross,
        7 => CellAlign::Distributed,
        _ => CellAlign::General,
    }
}

/// Whether text runs from above to below by its turn in Excel: letter by letter, or a quarter to either side.
pub(super) fn is_vertical(turn: u16) -> bool {
    matches!(turn, 255 | 90 | 180)
}

/// What the looks take of the room.
fn entries(looks: &Looks) -> usize {
    let bands = looks.cells.iter().chain(&looks.areas);
    let whole = looks.rows.len() + looks.columns.len() + PER_KIND * looks.kinds.len();
    bands.map(|(.., runs)| 1 + runs.len()).sum::<usize>() + whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palette() -> Palette {
        let mut palette = Palette::default();
        palette.number(Look { bold: true, ..Look::default() });
        palette.number(Look { fill: Some(1), ..Look::default() });
        palette
    }

    #[test]
    fn rows_that_look_the_same_are_one_band() {
        let mut sketch = Sketch::default();
        for row in [1, 2, 3, 5] {
            sketch.cells(row, (0, 0), 2);
            sketch.cells(row, (1, 4), 2);
            sketch.cells(row, (5, 5), PLAIN);
            sketch.cells(row, (6, 6), 1);
        }
        sketch.end_row(9);
        let looks = sketch.finish(&palette(), &[], &mut 100).unwrap();
        let runs = vec![(0, 4, 1), (6, 6, 2)];
        assert_eq!(looks.cells, [(1, 3, runs.clone()), (5, 9, runs)]);
        assert_eq!(looks.kinds.len(), 2);
    }

    #[test]
    fn looks_that_are_too_many_or_in_no_order_are_dropped() {
        let draw = |rows: u32, columns: u32| {
            let mut sketch = Sketch::default();
            for row in 0..rows {
                let number = 1 + u16::from(row % 2 == 1);
                (0..columns).for_each(|col| sketch.cells(row, (2 * col, 2 * col), number));
            }
            sketch
        };
        let finish = |sketch: Sketch, room| sketch.finish(&palette(), &[], &mut { room });
        // A band and four runs a row, and two looks.
        assert!(finish(draw(10, 4), 66).is_some());
        assert_eq!(finish(draw(10, 4), 65), None);
        let most = u32::try_from(ROOM).unwrap();
        for (rows, columns) in [(1, most + 1), (most / 4 + 2, 3)] {
            let sketch = draw(rows, columns);
            assert!(sketch.is_lost && sketch.cells.is_empty());
            assert_eq!(finish(sketch, usize::MAX), None);
        }
        for [(row, col), (later_row, later_col)] in [[(3, 0), (2, 0)], [(3, 4), (3, 4)], [(3, 4), (3, 2)]] {
            let mut sketch = Sketch::default();
            sketch.cells(row, (col, col), 1);
            sketch.cells(later_row, (later_col, later_col), 2);
            assert_eq!(finish(sketch, 100), None);
        }
        let full = Palette { is_full: true, ..palette() };
        assert_eq!(draw(1, 1).finish(&full, &[], &mut 100), None);
    }

    #[test]
    fn merged_areas_below_and_beside_each_other_are_told_apart() {
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        let mut sketch = Sketch::default();
        for (row, col, number) in [(0, 0, 1), (2, 0, 1), (2, 3, 2)] {
            sketch.cells(row, (col, col), number);
        }
        let merges = [area(0, 0, 1, 1), area(2, 0, 3, 1), area(2, 3, 2, 4)];
        let looks = sketch.finish(&palette(), &merges, &mut 100).unwrap();
        let bands = [(0, 1, vec![(0, 1, 1)]), (2, 2, vec![(0, 1, 1), (3, 4, 2)]), (3, 3, vec![(0, 1, 1)])];
        assert_eq!(looks.areas, bands);
        let wide = [area(0, 0, 1 << 20, 1)];
        let mut sketch = Sketch::default();
        sketch.cells(0, (0, 0), 1);
        assert_eq!(sketch.finish(&palette(), &wide, &mut 100), None);
    }

    #[test]
    fn rows_and_columns_count_where_cells_are() {
        let mut sketch = Sketch::default();
        sketch.columns(3, 9, 1);
        sketch.columns(0, 4, 2);
        sketch.columns(12, 16_383, 1);
        for row in [2, 3, 7, 900] {
            sketch.row(row, 1);
        }
        sketch.cells(3, (1, 1), PLAIN);
        sketch.cells(8, (5, 5), PLAIN);
        let looks = sketch.finish(&palette(), &[], &mut 100).unwrap();
        assert_eq!(looks.rows, [(3, 3, 1), (7, 7, 1)]);
        assert_eq!(looks.columns, [(1, 4, 2), (5, 5, 1)]);
        assert_eq!(looks.used, Some(Area { top: 3, left: 1, bottom: 8, right: 5 }));
        assert_eq!(looks.at(3, 1), Look::default());
    }
}
