//! Where rows and columns are on a sheet: what is drawn over the cells is placed by lengths.
//!
//! Lengths are in English Metric Units (1 pt is 12,700, 1 pixel 9,525).

use crate::model::{Area, CellRef, Edges, Overlay, OverlayKind};

/// A point, as spreadsheets measure rows.
pub(super) const POINT: i64 = 12_700;
/// A pixel of 1/96 inch, as spreadsheets measure columns.
pub(super) const PIXEL: i64 = 9_525;
/// English Metric Units of a digit in the usual font.
pub(super) const DIGIT: i64 = 8 * PIXEL;
/// Longer than any sheet: what a file states beyond it is no length.
const MOST: i64 = 1 << 40;
/// Of a row or a column, the hundredths that may be touched without being meant.
const SLIVER: i64 = 15;

/// The rows or the columns of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Axis {
    /// Those of a size of their own, ascending: first, last, size of each, start of the first.
    runs: Vec<(u32, u32, i64, i64)>,
    /// Of the others.
    size: i64,
}

/// Columns and rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Axes {
    pub(super) columns: Axis,
    pub(super) rows: Axis,
}

/// A place on a sheet: a row or a column, and how far from its start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) index: u32,
    pub(super) offset: i64,
}

impl Axis {
    /// Rows or columns of which some have sizes of their own: first, last and size.
    pub(super) fn new(mut sizes: Vec<(u32, u32, i64)>, size: i64) -> Self {
        sizes.sort_by_key(|run| run.0);
        let mut runs: Vec<(u32, u32, i64, i64)> = Vec::with_capacity(sizes.len());
        let (mut next, mut start) = (0_u32, 0_i64);
        for (first, last, own) in sizes {
            let first = first.max(next);
            if last < first {
                continue; // a second run of the same
            }
            let own = own.clamp(0, MOST);
            start = start.saturating_add(i64::from(first - next).saturating_mul(size));
            runs.push((first, last, own, start));
            start = start.saturating_add((i64::from(last - first) + 1).saturating_mul(own));
            next = last.saturating_add(1);
        }
        Self { runs, size }
    }

    /// Where a row or column begins.
    fn start(&self, index: u32) -> i64 {
        let at = self.runs.partition_point(|run| run.0 <= index);
        let Some(&(first, last, own, start)) = at.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return i64::from(index).saturating_mul(self.size);
        };
        let inside = i64::from(index.min(last.saturating_add(1)) - first).saturating_mul(own);
        let after = i64::from(index.saturating_sub(last.saturating_add(1))).saturating_mul(self.size);
        start.saturating_add(inside).saturating_add(after)
    }

    /// How large a row or column is.
    fn size(&self, index: u32) -> i64 {
        let at = self.runs.partition_point(|run| run.0 <= index);
        let run = at.checked_sub(1).and_then(|at| self.runs.get(at)).filter(|run| index <= run.1);
        run.map_or(self.size, |run| run.2)
    }

    /// The row or column at a place.
    fn at(&self, place: i64) -> u32 {
        let at = self.runs.partition_point(|run| run.3 <= place);
        let (next, start) = match at.checked_sub(1).and_then(|at| self.runs.get(at)) {
            None => (0, 0),
            Some(&(first, last, own, start)) => {
                let end = start.saturating_add((i64::from(last - first) + 1).saturating_mul(own));
                if place < end {
                    return first.saturating_add(steps(place - start, own));
                }
                (last.saturating_add(1), end)
            }
        };
        let found = next.saturating_add(steps(place - start, self.size));
        // The next one of its own size begins later.
        self.runs.get(at).map_or(found, |run| found.min(run.0.saturating_sub(1)))
    }

    /// A place that is a fraction of a row or column from its start.
    pub(super) fn part(&self, index: u32, numerator: i64, denominator: i64) -> Mark {
        Mark { index, offset: self.size(index).saturating_mul(numerator) / denominator }
    }

    /// An offset may go beyond its row or column, but not out of one that is hidden.
    fn place(&self, mark: Mark) -> i64 {
        let most = if self.size(mark.index) == 0 { 0 } else { MOST };
        self.start(mark.index).saturating_add(mark.offset.clamp(0, most))
    }

    /// First and last row or column between two places, but for those that are touched by a sliver alone; what lies
    /// along an edge touches none.
    fn between(&self, from: i64, to: i64) -> Option<(u32, u32)> {
        let sliver = |index: u32| self.size(index).saturating_mul(SLIVER) / 100;
        let (mut first, mut last) = (self.at(from), self.at(to));
        let in_last = to.saturating_sub(self.start(last));
        if last > first && in_last <= sliver(last) {
            last -= 1;
        }
        let left = self.start(first.saturating_add(1)).saturating_sub(from);
        if first < last && left <= sliver(first) {
            first += 1;
        }
        let is_edge = first == last
            && (to.saturating_sub(self.start(first)) <= sliver(first)
                || self.start(first.saturating_add(1)).saturating_sub(from) <= sliver(first));
        (!is_edge).then_some((first, last))
    }
}

fn steps(length: i64, size: i64) -> u32 {
    u32::try_from(length.max(0).checked_div(size).unwrap_or(0)).unwrap_or(u32::MAX)
}

impl Axes {
    /// Places a thing between two corners, each a column and a row; `None` if it is a line along the edges of cells.
    pub(super) fn put(
        &self,
        kind: OverlayKind,
        text: String,
        [left, top, right, bottom]: [i64; 4],
    ) -> Option<Overlay> {
        let (left, right) = (left.min(right).clamp(0, MOST), left.max(right).clamp(0, MOST));
        let (top, bottom) = (top.min(bottom).clamp(0, MOST), top.max(bottom).clamp(0, MOST));
        let columns = self.columns.between(left, right);
        let rows = self.rows.between(top, bottom);
        let is_border = kind == OverlayKind::Line && (columns.is_none() || rows.is_none());
        if is_border {
            return None;
        }
        let middle =
            CellRef { row: self.rows.at(top.midpoint(bottom)), col: self.columns.at(left.midpoint(right)) };
        let (first, last) = columns.unwrap_or((middle.col, middle.col));
        let (above, below) = rows.unwrap_or((middle.row, middle.row));
        let mut overlay = Overlay {
            kind,
            text,
            cell: middle,
            area: Area { top: above, left: first, bottom: below, right: last },
            edges: Edges { left, right, top, bottom },
            size: (self.columns.size(middle.col), self.rows.size(middle.row)),
            setting: None,
            linked: None,
        };
        self.seat(&mut overlay, middle);
        Some(overlay)
    }

    /// Drawings of which nothing can be known.
    pub(super) fn damaged(&self) -> Option<Overlay> {
        self.put(OverlayKind::Damaged, String::new(), [0; 4])
    }

    /// Places it between two marks of columns and rows; in hidden rows or columns there is nothing to be seen.
    pub(super) fn put_between(
        &self,
        kind: OverlayKind,
        text: String,
        (from_col, from_row): (Mark, Mark),
        (to_col, to_row): (Mark, Mark),
    ) -> Option<Overlay> {
        let edges = [
            self.columns.place(from_col),
            self.rows.place(from_row),
            self.columns.place(to_col),
            self.rows.place(to_row),
        ];
        let is_hidden = kind != OverlayKind::Line && (edges[0] == edges[2] || edges[1] == edges[3]);
        let mut overlay = self.put(kind, text, edges).filter(|_| !is_hidden)?;
        // Within one column or row, an offset beyond its edge is that of a program that knew no sizes.
        let CellRef { row, col } = overlay.cell;
        let row = if from_row.index == to_row.index { from_row.index } else { row };
        let col = if from_col.index == to_col.index { from_col.index } else { col };
        if (CellRef { row, col }) != overlay.cell {
            self.reseat(&mut overlay, &Area { top: row, left: col, bottom: row, right: col });
            let Area { top, left, bottom, right } = overlay.area;
            overlay.area = Area {
                top: top.min(row),
                left: left.min(col),
                bottom: bottom.max(row),
                right: right.max(col),
            };
        }
        Some(overlay)
    }

    /// States the edges, which are the sheet's, from the corner of a cell.
    fn seat(&self, overlay: &mut Overlay, cell: CellRef) {
        let (x, y) = (self.columns.start(cell.col), self.rows.start(cell.row));
        let Edges { left, right, top, bottom } = overlay.edges;
        overlay.edges = Edges { left: left - x, right: right - x, top: top - y, bottom: bottom - y };
        overlay.cell = cell;
    }

    /// Left and upper edge of a cell.
    pub(super) fn corner(&self, row: u32, col: u32) -> (i64, i64) {
        (self.columns.start(col), self.rows.start(row))
    }

    /// Moves an overlay within a merged area to the area's first cell.
    pub(super) fn reseat(&self, overlay: &mut Overlay, area: &Area) {
        overlay.size = self.size(area);
        let (x, y) = (self.columns.start(overlay.cell.col), self.rows.start(overlay.cell.row));
        let Edges { left, right, top, bottom } = overlay.edges;
        overlay.edges = Edges { left: left + x, right: right + x, top: top + y, bottom: bottom + y };
        self.seat(overlay, CellRef { row: area.top, col: area.left });
    }

    /// Width and height of an area.
    fn size(&self, area: &Area) -> (i64, i64) {
        let across = self.columns.start(area.right.saturating_add(1)) - self.columns.start(area.left);
        (across, self.rows.start(area.bottom.saturating_add(1)) - self.rows.start(area.top))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_rows_and_columns_of_their_sizes() {
        let axis = Axis::new(vec![(4, 5, 0), (2, 2, 30), (2, 2, 99)], 10);
        let starts: Vec<i64> = (0..8).map(|index| axis.start(index)).collect();
        assert_eq!(starts, [0, 10, 20, 50, 60, 60, 60, 70]);
        let at: Vec<u32> = [0, 9, 10, 20, 49, 50, 59, 60, 75].iter().map(|&place| axis.at(place)).collect();
        assert_eq!(at, [0, 0, 1, 2, 2, 3, 3, 6, 7]);
        assert_eq!(axis.between(0, 10), Some((0, 0)));
        assert_eq!(axis.between(1, 48), Some((0, 2)));
        assert_eq!(axis.between(9, 21), Some((1, 1)));
        assert_eq!(axis.between(10, 10), None);
        assert_eq!(axis.between(5, 5), Some((0, 0)));
        assert_eq!(Axis::default().at(5), 0);
    }

    #[test]
    fn a_line_along_an_edge_is_a_border_and_a_ring_has_its_cell() {
        let even = Axis::new(Vec::new(), 100);
        let axes = Axes { columns: even.clone(), rows: even };
        let at = |kind, edges| axes.put(kind, String::new(), edges).map(|it| (it.cell.to_string(), it.area));
        assert_eq!(at(OverlayKind::Line, [0, 200, 500, 200]), None);
        assert_eq!(at(OverlayKind::Line, [300, 0, 300, 500]), None);
        let through = Area { top: 2, left: 1, bottom: 2, right: 3 };
        assert_eq!(at(OverlayKind::Line, [100, 250, 400, 250]), Some(("C3".into(), through)));
        let one = Area { top: 1, left: 1, bottom: 1, right: 1 };
        assert_eq!(at(OverlayKind::Ring, [95, 98, 205, 204]), Some(("B2".into(), one)));
        let ring = axes.put(OverlayKind::Ring, String::new(), [110, 120, 150, 180]).expect("no border");
        assert_eq!(ring.edges, Edges { left: 10, right: 50, top: 20, bottom: 80 });
    }
}
