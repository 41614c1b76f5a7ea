//! Where everything of the workbook goes: rows, page segments, sizes in pixels, print scale. Pure and exact.
//!
//! 1. A sheet is drawn [`SLACK`] larger than the layout and printed that much smaller: Excel breaks lines a little
//!    differently on every machine, and a cell that is too small hides text.
//! 2. The scale is explicit, because Excel ignores manual page breaks in its "fit to pages" mode.
//! 3. A page of the layout becomes a segment: the body rows that begin on it. Nothing is merged across segments, so
//!    that every printed page shows its group labels.
//! 4. Excel keeps [`INSET`] of a column free: where the layout's padding is narrower than that, the column is wider
//!    by the difference.
//! 5. A body row that is higher than Excel allows becomes several sheet rows, merged in each column.

use crate::layout::{Flow, Metrics, PagePlan, Setting, break_lines, cell_height};
use crate::model::{Length, Table};
use crate::template::PageSpec;
use std::ops::Range;

/// How much larger than in the layout everything is drawn, in per cent (rule 1).
const SLACK: i64 = 108;
/// A pixel of 1/96 inch in thousandths of a point.
const PIXEL: i64 = 750;
/// What Excel keeps free beside a cell's text, left and right together, in pixels.
const INSET: u32 = 5;
/// Excel's highest row, 409.5 points, in pixels.
const HIGHEST: u32 = 546;
/// The height of rows that hold no text, in pixels.
pub(super) const EMPTY_ROW: u32 = 20;
/// Excel's widest column, in pixels.
const WIDEST: u32 = 2_043;
/// Share of the printable area that may be used, in thousandths: printers round.
const FILL: i64 = 990;
/// The print scales that rule 1 leads to. Rows that the layout cuts at a page's end do not push it below the lower.
const SCALES: (i64, i64) = (80, 100);
/// Excel's most manual page breaks.
const MOST_BREAKS: usize = 1_023;

/// The plan of the sheet. Rows are sheet rows from 0, sizes pixels at 96 dots per inch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Column widths.
    pub(super) widths: Vec<u32>,
    /// Heights of all sheet rows from the title to the last note.
    pub(super) heights: Vec<u32>,
    /// The first header row; above it stand the title, the subtitle and the byline, a row each, if there is a title.
    pub(super) header: u32,
    /// The first sheet row of each body row, and the row after the last one.
    pub(super) body: Vec<u32>,
    /// No body row takes several sheet rows (rule 5).
    pub(super) each_row_is_one: bool,
    /// Body rows by printed page (rule 3).
    pub(super) segments: Vec<Range<usize>>,
    /// The first line of the tally, if there is one.
    pub(super) tally: Option<u32>,
    /// First and last row of each note, or of the part of it that a page shows, with its text.
    pub(super) notes: Vec<(u32, u32, String)>,
    /// Rows before which a page breaks.
    pub(super) breaks: Vec<u32>,
    /// Print scale in per cent (rule 2).
    pub(super) scale: u16,
}

impl Plan {
    /// Plans the sheet of a table.
    pub(super) fn of(page: &PageSpec, table: &Table, flow: &Flow, metrics: &dyn Metrics) -> Self {
        let laid = &flow.measured;
        let on_sheet =
            |heights: &[Length]| heights.iter().map(|&height| pixels(height).min(HIGHEST)).collect();
        let mut heights: Vec<u32> = on_sheet(&laid.title_heights);
        let header = row_number(heights.len());
        heights.extend::<Vec<u32>>(on_sheet(&laid.header_heights));
        let header_pixels = sum(&heights[header as usize..]);

        let mut body = vec![row_number(heights.len())];
        for height in flow.row_heights() {
            let height = pixels(height);
            let parts = height.div_ceil(HIGHEST).max(1);
            heights.extend((0..parts).map(|_| height / parts));
            body.push(row_number(heights.len()));
        }
        let segments: Vec<Range<usize>> =
            flow.whole.iter().map(PagePlan::begun).filter(|rows| !rows.is_empty()).collect();
        let rows_after_body = heights.len();
        let tally = table.tally.as_ref().map(|tally| {
            // The labels have the width of their column; the layout gives them more.
            let width = laid.widths[tally_column(table)] - 2 * page.padding_x;
            let setting = Setting::plain(width, page.font_size);
            let height = |label: &str| cell_height(break_lines(label, setting, metrics).len(), page);
            heights.push(pixels(page.line_height));
            heights.extend(tally.all().map(|(label, _)| pixels(height(label)).min(HIGHEST)));
            row_number(rows_after_body + 1)
        });

        // The tally moves to a page of its own if no row begins on the page that it is on.
        let mut later = flow.whole.iter().skip(1);
        let tally_apart = later.any(|shown| shown.tally && shown.begun().is_empty());
        let mut breaks: Vec<u32> = segments.iter().skip(1).map(|rows| body[rows.start]).collect();
        breaks.extend(tally_apart.then(|| row_number(rows_after_body)));
        let notes = notes(page, flow, &mut heights, &mut breaks);
        breaks.truncate(MOST_BREAKS);

        let missing = INSET.saturating_sub(pixels(2 * page.padding_x));
        let widths: Vec<u32> =
            laid.widths.iter().map(|&width| (pixels(width) + missing).clamp(1, WIDEST)).collect();
        let scale = scale(page, &widths, &heights, &breaks, header_pixels);
        let each_row_is_one = body.windows(2).all(|pair| pair[1] - pair[0] == 1);
        Self { widths, heights, header, body, each_row_is_one, segments, tally, notes, breaks, scale }
    }

    /// Adds empty rows of [`EMPTY_ROW`] below everything, `height` pixels in all, on a page of their own if the last
    /// one has no room for them.
    pub(super) fn add_room(&mut self, page: &PageSpec, height: u32) {
        let begins = self.breaks.last().copied().unwrap_or(0);
        let repeated =
            if begins == 0 { 0 } else { sum(&self.heights[self.header as usize..self.body[0] as usize]) };
        let used = repeated + sum(&self.heights[begins as usize..]) + i64::from(height);
        let printable = page.size().1 - page.margin_top - page.margin_bottom;
        if used * PIXEL * i64::from(self.scale) > i64::from(printable) * FILL / 10 {
            self.breaks.push(row_number(self.heights.len()));
        }
        self.heights.extend((0..height.div_ceil(EMPTY_ROW)).map(|_| EMPTY_ROW));
    }

    /// The sheet rows of a range of body rows: first and last.
    pub(super) fn sheet_rows(&self, rows: Range<usize>) -> (u32, u32) {
        (self.body[rows.start], self.body[rows.end].saturating_sub(1))
    }
}

/// The column of the tally's labels, that of the dispositions unless it is the last one: counts stand beside them.
pub(super) fn tally_column(table: &Table) -> usize {
    let last_pair = table.columns.len().saturating_sub(2);
    table.tally.as_ref().and_then(|tally| tally.column).map_or(last_pair, |col| col.min(last_pair))
}

/// A sheet row's number; what exceeds it also exceeds Excel, which then says so.
fn row_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A length of the layout in pixels of the sheet, rounded down so that a full page stays one.
fn pixels(length: Length) -> u32 {
    u32::try_from(i64::from(length.max(0)) * SLACK / 100 / PIXEL).expect("a length has 31 bits")
}

fn sum(heights: &[u32]) -> i64 {
    heights.iter().map(|&height| i64::from(height)).sum()
}

/// Adds the rows of the notes, below a gap, and the breaks before those that stand on later pages.
fn notes(
    page: &PageSpec,
    flow: &Flow,
    heights: &mut Vec<u32>,
    breaks: &mut Vec<u32>,
) -> Vec<(u32, u32, String)> {
    let mut notes = Vec::new();
    for (number, shown) in flow.whole.iter().enumerate() {
        let has_table = number == 0 || shown.tally || !shown.pieces.is_empty();
        for (part, at) in shown.notes.iter().zip(0..) {
            if at == 0 && !has_table {
                breaks.push(row_number(heights.len()));
            } else if at == 0 {
                heights.push(pixels(page.line_height / 2));
            }
            let lines = &flow.measured.notes[part.note][part.lines.clone()];
            let height = pixels(page.line_height * Length::try_from(lines.len()).unwrap_or(Length::MAX));
            let parts = height.div_ceil(HIGHEST).max(1);
            let first = row_number(heights.len());
            heights.extend((0..parts).map(|_| height / parts));
            let text = lines.iter().map(|line| &*line.text).collect();
            notes.push((first, row_number(heights.len()) - 1, text));
        }
    }
    notes
}

/// The largest scale in per cent at which the columns and every page fit the printable area.
fn scale(page: &PageSpec, widths: &[u32], heights: &[u32], breaks: &[u32], header_pixels: i64) -> u16 {
    let (width, height) = page.size();
    let starts: Vec<usize> = std::iter::once(0).chain(breaks.iter().map(|&row| row as usize)).collect();
    let ends = starts.iter().skip(1).copied().chain([heights.len()]);
    let highest = starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| sum(&heights[start..end]) + if start == 0 { 0 } else { header_pixels })
        .max()
        .unwrap_or(0);
    let fits = |printable: Length, used: i64| i64::from(printable) * FILL / 10 / (PIXEL * used.max(1));
    let by_width = fits(width - page.margin_left - page.margin_right, sum(widths));
    let by_height = fits(height - page.margin_top - page.margin_bottom, highest);
    let scale = by_height.clamp(SCALES.0, SCALES.1).min(by_width).max(10);
    u16::try_from(scale).expect("a scale is between 10 and 100")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_drawn_eight_per_cent_larger() {
        for (points, expected) in [(0, 0), (75, 108), (100, 144), (-1, 0)] {
            assert_eq!(pixels(points * 1000), expected);
        }
    }
}
