//! The tally below the table: how its labels are broken, its height, where it stands.

use super::Metrics;
use super::measure::cell_height;
use super::page::{Line, Page, TextRole};
use super::place::Placer;
use super::rules::Grid;
use super::wrap::{Setting, break_lines, text_width};
use crate::model::{Align, Length, Table, Tally};
use crate::template::PageSpec;

/// Space between the table and the tally, in lines.
const GAP: Length = 1;
/// Width of the counts, in full-width characters.
const COUNT_WIDTH: Length = 4;

/// The labels, that of the sum last; none without a tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labels {
    /// The width of their cells.
    width: Length,
    lines: Vec<Vec<Line>>,
}

impl Labels {
    /// Labels as wide as the column that is counted, or as the longest of them; broken only where the table ends.
    pub(super) fn of(table: &Table, page: &PageSpec, widths: &[Length], metrics: &dyn Metrics) -> Self {
        let tally = table.tally.iter();
        let labels: Vec<&str> = tally.flat_map(Tally::all).map(|(label, _)| label.as_str()).collect();
        let padding = 2 * page.padding_x;
        let longest = labels.iter().map(|label| text_width(label, page.font_size, metrics)).max();
        let room = widths.iter().sum::<Length>() - count_width(page);
        let width = longest.unwrap_or(0).saturating_add(padding).max(widths[column(table)]).min(room);
        let setting = Setting::plain(width - padding, page.font_size);
        Self { width, lines: labels.iter().map(|label| break_lines(label, setting, metrics)).collect() }
    }

    /// The tally's height with the space above it.
    pub(super) fn height(&self, page: &PageSpec) -> Length {
        let lines = self.lines.iter().map(|lines| cell_height(lines.len(), page));
        let space = if self.lines.is_empty() { 0 } else { gap(page) };
        lines.fold(space, Length::saturating_add)
    }
}

impl Placer<'_> {
    /// Puts the tally below `top`; returns its lower edge.
    pub(super) fn place_tally(&self, page: &mut Page, top: Length) -> Length {
        let Some(tally) = &self.table.tally else { return top };
        let labels = &self.measured.tally;
        // The label stands under what is counted, the count beside it; at the right edge, both move left. A label
        // that is wider than the column takes room to its left.
        let (first, end) = self.sides();
        let under = self.edges[column(self.table) + 1] - labels.width;
        let left = under.max(first).min(end - count_width(self.page) - labels.width);
        let middle = left + labels.width;
        let right = middle + count_width(self.page);
        let setting = Setting::plain(Length::MAX, self.page.font_size);
        let mut grid = Grid::default();
        let mut y = top + gap(self.page);
        for (line, ((_, count), label)) in tally.all().zip(&labels.lines).enumerate() {
            let below = y + cell_height(label.len(), self.page);
            let count = break_lines(&count.to_string(), setting, self.metrics);
            let cells = [
                (label, [left, y, middle, below], Align::Center),
                (&count, [middle, y, right, below], Align::Right),
            ];
            for (col, (lines, area, align)) in cells.into_iter().enumerate() {
                page.boxes.push(self.text_box(
                    TextRole::Tally { line, col },
                    area,
                    lines,
                    self.body_style(align),
                ));
                grid.add(area);
            }
            y = below;
        }
        page.rules.extend(grid.rules());
        y
    }
}

/// The column under which the labels stand.
fn column(table: &Table) -> usize {
    table.tally.as_ref().and_then(|tally| tally.column).unwrap_or(table.columns.len() - 1)
}

fn count_width(page: &PageSpec) -> Length {
    COUNT_WIDTH * page.font_size + 2 * page.padding_x
}

fn gap(page: &PageSpec) -> Length {
    GAP * page.line_height
}
