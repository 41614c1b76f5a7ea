//! From the page plan to coordinates: text boxes with their lines in place, and every rule once.

use super::condense::{WHOLE, condensed};
use super::measure::Measured;
use super::notes::NoteFragment;
use super::page::{Page, PlacedLine, Rule, TextBox, TextRole};
use super::paginate::{Fragment, PagePlan};
use super::rules::Grid;
use super::wrap::text_width;
use super::{Line, Metrics};
use crate::model::{Align, Decoration, Length, Mark, Marked, References, Table, cut_at_marks};
use crate::template::PageSpec;
use std::ops::Range;

/// Thickness of a rule along a text.
const DECORATION: Length = 300;

/// Puts texts and rules at their places on the sheet.
pub(super) struct Placer<'a> {
    pub(super) table: &'a Table,
    pub(super) page: &'a PageSpec,
    pub(super) measured: &'a Measured,
    pub(super) metrics: &'a dyn Metrics,
    pub(super) references: &'a References,
    /// Left edges of the columns and the right edge of the last one.
    pub(super) edges: Vec<Length>,
    /// Room behind the decimal point in each column that is aligned there; 0 in the others.
    pub(super) tails: Vec<Length>,
}

/// Left edges of the columns and the right edge of the last one.
pub(super) fn edges(widths: &[Length], page: &PageSpec) -> Vec<Length> {
    let mut x = page.margin_left;
    let mut edges = vec![x];
    edges.extend(widths.iter().map(|width| {
        x += width;
        x
    }));
    edges
}

/// The widest of what stands behind the last digits before the decimal point, in each column that is aligned there.
/// Words behind a figure (`10件以上`) and figures on several lines do not move the others.
pub(super) fn tails(
    table: &Table,
    measured: &Measured,
    page: &PageSpec,
    metrics: &dyn Metrics,
) -> Vec<Length> {
    let tail = |col: usize| {
        let cells =
            table.rows.iter().zip(&measured.body_lines).map(|(row, lines)| (&row.cells[col], &lines[col]));
        let numbers = cells.filter(|(cell, lines)| cell.number.is_some() && lines.len() == 1);
        let tails = numbers.filter_map(|(_, lines)| behind_point(&lines[0].text));
        tails.map(|tail| text_width(tail, page.font_size, metrics)).max().unwrap_or_default()
    };
    let columns = table.columns.iter().enumerate();
    columns.map(|(col, column)| if column.align == Align::Decimal { tail(col) } else { 0 }).collect()
}

/// What stands behind the digits before the decimal point of a text that begins with a number.
fn behind_point(text: &str) -> Option<&str> {
    let digits = text.trim_start_matches(['△', '▲', '-']);
    let tail = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    digits.starts_with(|c: char| c.is_ascii_digit()).then(|| tail.trim_end())
}

/// Space between the table or the tally and the notes.
pub(super) fn note_gap(page: &PageSpec) -> Length {
    page.line_height / 2
}

/// How the lines of a box are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) align: Align,
    /// Size of the text.
    pub(super) size: Length,
    /// Between baselines.
    pub(super) pitch: Length,
    /// Room behind the decimal point of texts that are aligned there.
    pub(super) tail: Length,
    /// The box has the ground of the header.
    pub(super) tinted: bool,
}

impl Style {
    /// Text of the table's size.
    pub(super) fn of_body(page: &PageSpec, align: Align) -> Self {
        Self { align, size: page.font_size, pitch: page.line_height, tail: 0, tinted: false }
    }
}

impl Placer<'_> {
    /// The table's left and right edges.
    pub(super) fn sides(&self) -> (Length, Length) {
        (self.edges[0], self.edges[self.edges.len() - 1])
    }

    /// Text of the table's size.
    pub(super) fn body_style(&self, align: Align) -> Style {
        Style::of_body(self.page, align)
    }

    /// One page.
    pub(super) fn place(&self, plan: &PagePlan, number: usize, count: usize) -> Page {
        let mut page = Page { rows: rows(&plan.pieces), boxes: Vec::new(), rules: Vec::new() };
        let mut y = self.page.margin_top;
        if number == 0 {
            y = self.place_title(&mut page, y);
        }
        if !plan.pieces.is_empty() || number == 0 {
            let mut grid = Grid::default();
            y = self.place_header(&mut page, &mut grid, y, number > 0);
            y = self.place_body(&mut page, &mut grid, y, &plan.pieces);
            page.rules.extend(grid.rules());
        }
        if plan.tally {
            y = self.place_tally(&mut page, y);
        }
        self.place_notes(&mut page, y, &plan.notes);
        self.place_running(&mut page, number, count);
        page.boxes.shrink_to_fit();
        page
    }

    fn place_header(&self, page: &mut Page, grid: &mut Grid, top: Length, again: bool) -> Length {
        let heights = &self.measured.header_heights;
        for (i, cell) in self.table.header.iter().enumerate() {
            let y1 = top + heights[..cell.row].iter().sum::<Length>();
            let y2 = y1 + heights[cell.row..cell.row + cell.row_span].iter().sum::<Length>();
            let area = [self.edges[cell.col], y1, self.edges[cell.col + cell.col_span], y2];
            let role = if again { TextRole::RepeatedHeader(i) } else { TextRole::Header(i) };
            let lines = &self.measured.header_lines[i];
            let style = Style { tinted: true, ..self.body_style(Align::Center) };
            page.boxes.push(self.text_box(role, area, lines, style));
            grid.add(area);
        }
        top + heights.iter().sum::<Length>()
    }

    fn place_body(&self, page: &mut Page, grid: &mut Grid, top: Length, pieces: &[Fragment]) -> Length {
        let mut tops = vec![top];
        for piece in pieces {
            tops.push(tops[tops.len() - 1] + piece.height);
        }
        for (i, piece) in pieces.iter().enumerate() {
            let row = &self.table.rows[piece.row];
            for col in (0..self.table.columns.len()).filter(|&col| !row.is_covered(col)) {
                let below = match self.table.columns[col].level {
                    _ if row.col_span(col) > 1 => i + 1,
                    Some(level) if !self.begins_segment(pieces, i, level) => continue,
                    Some(level) => (i + 1..pieces.len())
                        .find(|&j| self.begins_segment(pieces, j, level))
                        .unwrap_or(pieces.len()),
                    None => i + 1,
                };
                let area = [self.edges[col], tops[i], self.edges[col + row.col_span(col)], tops[below]];
                let (mut text_box, before) = self.body_box(piece, col, area);
                let marks = &row.cells[col].content.marks;
                if !marks.is_empty() {
                    page.rules.extend(self.decorate(&mut text_box, before, marks));
                }
                page.boxes.push(self.with_cell_links(text_box, before));
                // The rules of a row that is cut are open where it goes on.
                let last = &pieces[below - 1];
                grid.add_open(area, last.lines.end < self.lines_of(last.row));
            }
        }
        tops[pieces.len()]
    }

    /// Lines of a row's own cells.
    fn lines_of(&self, row: usize) -> usize {
        let cells = self.measured.body_lines[row].iter().enumerate();
        let own = cells.filter(|(col, _)| self.table.columns[*col].level.is_none());
        own.map(|(_, lines)| lines.len()).max().unwrap_or(0)
    }

    /// Whether a group label is shown at a piece: the group begins there, or the page does.
    fn begins_segment(&self, pieces: &[Fragment], index: usize, level: usize) -> bool {
        let piece = &pieces[index];
        index == 0 || (self.table.rows[piece.row].begins_level(level) && piece.lines.start == 0)
    }

    /// A cell's box, and how many bytes of its text stand before what it shows.
    fn body_box(&self, piece: &Fragment, col: usize, area: [Length; 4]) -> (TextBox, usize) {
        let lines = &self.measured.body_lines[piece.row][col];
        let table_row = &self.table.rows[piece.row];
        let is_across = table_row.col_span(col) > 1;
        let level = self.table.columns[col].level.filter(|_| !is_across);
        let begins = level.is_none_or(|level| self.table.rows[piece.row].begins_level(level));
        let fitting = usize::try_from((area[3] - area[1] - 2 * self.page.padding_y) / self.page.line_height)
            .unwrap_or(0)
            .max(1);
        let (row, start) = (piece.row, piece.lines.start);
        let (role, lines, shown) = match (level, begins) {
            // The name of a row that is cut is said again (P10).
            (None, _) if start > 0 && self.table.columns[col].is_row_header && lines.len() <= start => {
                (TextRole::Restated { row, col }, lines, 0..lines.len().min(fitting))
            }
            // A group stated again; a label that no page can hold shows its beginning. A label that is cut with
            // its row goes on; one that is not is stated again.
            (Some(_), begins) if !begins || (start > 0 && lines.len() <= start) => {
                let again = &self.measured.again_lines[col][row];
                (TextRole::Restated { row, col }, again, 0..again.len().min(fitting))
            }
            (Some(_), true) if start == 0 && lines.len() <= fitting => {
                (TextRole::Body { row, col }, lines, 0..lines.len())
            }
            _ => (TextRole::Body { row, col }, lines, start..piece.lines.end.min(lines.len())),
        };
        let shown = shown.start.min(shown.end)..shown.end;
        let align = match self.table.columns[col].align {
            _ if is_across && table_row.is_heading() => Align::Left,
            _ if is_across => Align::Center,
            align => align,
        };
        let tinted = table_row.is_heading();
        let style = Style { tail: self.tails[col], tinted, ..self.body_style(align) };
        let before = lines[..shown.start].iter().map(|line| line.text.len()).sum();
        (self.text_box(role, area, &lines[shown], style), before)
    }

    /// Cuts a cell's lines where marks begin and end; returns a rule along each part that is marked. The text of the
    /// lines begins at byte `at` of the content.
    fn decorate(&self, text_box: &mut TextBox, mut at: usize, marks: &[Marked]) -> Vec<Rule> {
        let (ascent, descent) = (self.metrics.ascent(), self.metrics.descent());
        let width = |text: &str| text_box.width(text, self.metrics);
        let (mut rules, mut parts) = (Vec::new(), Vec::new());
        for line in &text_box.lines {
            let (mut x1, mut end) = (line.x, 0);
            for (text, mark) in cut_at_marks(&line.text, at, marks) {
                end += text.len();
                let shown = if end == line.text.len() { text.trim_end() } else { text };
                let x2 = (x1 + width(shown)).min(text_box.area[2]);
                let decoration = mark.map(Mark::decoration);
                if let Some(decoration) = decoration.filter(|_| !shown.is_empty()) {
                    // Through the middle of the em box, or at its foot.
                    let above = match decoration {
                        Decoration::Underline => -descent,
                        Decoration::LineThrough => (ascent - descent) / 2,
                    };
                    let y = line.y - above * text_box.size / 1000;
                    rules.push(Rule { x1, y1: y, x2, y2: y, thickness: DECORATION });
                }
                let ends_paragraph = line.ends_paragraph && end == line.text.len();
                parts.push(PlacedLine {
                    x: x1,
                    y: line.y,
                    text: text.into(),
                    ends_paragraph,
                    decoration,
                    link: None,
                });
                x1 = x2;
            }
            at += line.text.len();
        }
        text_box.lines = parts.into();
        rules
    }

    fn place_notes(&self, page: &mut Page, top: Length, pieces: &[NoteFragment]) {
        let (left, right) = self.sides();
        let is_alone = page.boxes.is_empty();
        let mut y = if is_alone { top } else { top + note_gap(self.page) };
        for piece in pieces {
            let lines = &self.measured.notes[piece.note][piece.lines.clone()];
            let below = y + Length::try_from(lines.len()).unwrap_or(Length::MAX) * self.page.line_height;
            let role = TextRole::Note(piece.note);
            let text_box = self.text_box(role, [left, y, right, below], lines, self.body_style(Align::Left));
            page.boxes.push(self.with_note_links(text_box, piece));
            y = below;
        }
    }

    /// Lines in a box: vertically centred, aligned horizontally between the paddings.
    pub(super) fn text_box(
        &self,
        role: TextRole,
        area: [Length; 4],
        lines: &[Line],
        style: Style,
    ) -> TextBox {
        let Style { align, size, pitch, tail, tinted } = style;
        let count = Length::try_from(lines.len()).unwrap_or(Length::MAX);
        let first = area[1] + (area[3] - area[1] - count * pitch) / 2;
        // The em box (ascent and descent) is centred in the line.
        let metrics = self.metrics.of(role);
        let (ascent, descent) = (metrics.ascent() * size / 1000, metrics.descent() * size / 1000);
        let baseline = (pitch - ascent - descent) / 2 + ascent;
        let [left, right] = [area[0] + self.page.padding_x, area[2] - self.page.padding_x];
        let shown = lines.iter().zip(0..).filter(|(line, _)| !line.text.is_empty());
        let mut placed = Vec::with_capacity(lines.len());
        placed.extend(shown.map(|(line, i)| PlacedLine {
            x: match align {
                Align::Left => left + line.indent,
                Align::Center => left + (right - left - line.width) / 2,
                Align::Right => right - line.width,
                Align::Decimal => match behind_point(&line.text) {
                    Some(behind) => {
                        let whole = line.width - condensed(text_width(behind, size, metrics), line.scale);
                        (right - tail - whole).min(right - line.width).max(left)
                    }
                    None => right - line.width,
                },
            },
            y: first + pitch * i + baseline,
            text: line.text.clone(),
            ends_paragraph: line.ends_paragraph,
            decoration: None,
            link: None,
        }));
        let scale = lines.first().map_or(WHOLE, |line| line.scale);
        TextBox { role, area, size, scale, tinted, lines: placed.into() }
    }
}

fn rows(pieces: &[Fragment]) -> Range<usize> {
    match (pieces.first(), pieces.last()) {
        (Some(first), Some(last)) => first.row..last.row + 1,
        _ => 0..0,
    }
}
