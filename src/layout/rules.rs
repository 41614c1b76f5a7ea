//! The ruled lines of a table: the edges of its cells, joined so that each is drawn once.

use super::page::Rule;
use crate::model::Length;
use std::collections::BTreeMap;

/// Thickness of the rules between cells.
const INNER: Length = 400;
/// Thickness of the frame.
const FRAME: Length = 800;

/// Collects cells and gives their edges as rules.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// y → the x ranges of cell edges on it.
    horizontal: BTreeMap<Length, Vec<(Length, Length)>>,
    /// x → the y ranges of cell edges on it.
    vertical: BTreeMap<Length, Vec<(Length, Length)>>,
}

impl Grid {
    /// Adds a cell's box: left, top, right, bottom.
    pub(super) fn add(&mut self, area: [Length; 4]) {
        self.add_open(area, false);
    }

    /// Adds a cell's box, which may be open at its bottom.
    pub(super) fn add_open(&mut self, [left, top, right, bottom]: [Length; 4], is_open: bool) {
        self.horizontal.entry(top).or_default().push((left, right));
        self.horizontal.entry(bottom).or_default().extend((!is_open).then_some((left, right)));
        for x in [left, right] {
            self.vertical.entry(x).or_default().push((top, bottom));
        }
    }

    /// The rules, horizontal before vertical, each by position: touching edges are one rule, and the
    /// outermost ones are the frame.
    pub(super) fn rules(mut self) -> Vec<Rule> {
        let frame = |lines: &BTreeMap<Length, _>| {
            [lines.first_key_value().map(|(&at, _)| at), lines.last_key_value().map(|(&at, _)| at)]
        };
        let (frame_y, frame_x) = (frame(&self.horizontal), frame(&self.vertical));
        let thickness =
            |frame: [Option<Length>; 2], at| if frame.contains(&Some(at)) { FRAME } else { INNER };
        let mut rules = Vec::new();
        for (&y, ranges) in &mut self.horizontal {
            for (x1, x2) in joined(ranges) {
                rules.push(Rule { x1, y1: y, x2, y2: y, thickness: thickness(frame_y, y) });
            }
        }
        for (&x, ranges) in &mut self.vertical {
            for (y1, y2) in joined(ranges) {
                rules.push(Rule { x1: x, y1, x2: x, y2, thickness: thickness(frame_x, x) });
            }
        }
        rules
    }
}

/// Overlapping and touching ranges made one.
fn joined(ranges: &mut [(Length, Length)]) -> Vec<(Length, Length)> {
    ranges.sort_unstable();
    let mut out: Vec<(Length, Length)> = Vec::new();
    for &mut (from, to) in ranges {
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_is_drawn_once() {
        let mut grid = Grid::default();
        // A cell merged over two rows beside two cells.
        for cell in [[0, 0, 10, 20], [10, 0, 30, 10], [10, 10, 30, 20]] {
            grid.add(cell);
        }
        let shown: Vec<_> = grid.rules().iter().map(|r| (r.x1, r.y1, r.x2, r.y2, r.thickness)).collect();
        assert_eq!(
            shown,
            [
                (0, 0, 30, 0, FRAME),
                (10, 10, 30, 10, INNER),
                (0, 20, 30, 20, FRAME),
                (0, 0, 0, 20, FRAME),
                (10, 0, 10, 20, INNER),
                (30, 0, 30, 20, FRAME),
            ]
        );
    }
}
