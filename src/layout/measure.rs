//! From contents to lines and lengths: broken lines, the heights that cells need.

use super::condense::{self, WHOLE, condensed};
use super::frame::{Around, Block, title, title_heights};
use super::indent::hanging;
use super::tally::Labels;
use super::wrap::{Setting, break_lines, text_width};
use super::{Line, Lines, Metrics, TextRole};
use crate::model::{Align, Content, Length, Table, TableColumn};
use crate::template::{HangingIndent, PageSpec};

/// Everything about a table that does not depend on page breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Column widths, left to right.
    pub widths: Vec<Length>,
    /// The title and the lines below it.
    pub(super) title: Vec<Block>,
    /// Heights from the title to the first line below it, from there to the next, and so on to the header.
    pub title_heights: Vec<Length>,
    /// Broken lines of the header cells, parallel to [`Table::header`].
    pub header_lines: Vec<Vec<Line>>,
    /// Heights of the header rows.
    pub header_heights: Vec<Length>,
    /// Broken lines of the body cells: `[row][column]`, parallel to [`Table::rows`].
    pub body_lines: Vec<Vec<Lines>>,
    /// Broken lines of the group labels as later pages state them again: `[column][row]`; no rows in other columns.
    pub again_lines: Vec<Vec<Lines>>,
    /// Broken labels of the tally.
    pub(super) tally: Labels,
    /// Broken lines of the notes.
    pub notes: Vec<Vec<Line>>,
}

/// Breaks every cell's text at its column's width.
pub(super) fn measure(
    around: &Around<'_>,
    table: &Table,
    page: &PageSpec,
    widths: Vec<Length>,
    metrics: &dyn Metrics,
) -> Measured {
    let header_lines: Vec<Vec<Line>> = table
        .header
        .iter()
        .enumerate()
        .map(|(i, cell)| {
            let width = widths[cell.col..cell.col + cell.col_span].iter().sum();
            content_lines(&cell.content, &CellSetting::header(page, width), metrics.of(TextRole::Header(i)))
        })
        .collect();
    let header_heights = header_heights(table, &header_lines, page);
    let settings: Vec<CellSetting> = table
        .columns
        .iter()
        .zip(&widths)
        .map(|(column, &width)| CellSetting::body(page, column, width))
        .collect();
    let mut body_lines: Vec<Vec<Lines>> = Vec::with_capacity(table.rows.len());
    for (i, row) in table.rows.iter().enumerate() {
        let above = i.checked_sub(1).map(|above| (&table.rows[above].cells, &body_lines[above]));
        let cell = |col: usize| match above {
            _ if row.is_covered(col) => Lines::from([]),
            _ if row.col_span(col) > 1 => {
                let width = widths[col..col + row.col_span(col)].iter().sum();
                content_lines(&row.cells[col].content, &CellSetting::header(page, width), metrics).into()
            }
            Some((contents, lines))
                if is_label(table, col) && contents[col].content == row.cells[col].content =>
            {
                lines[col].clone()
            }
            _ => content_lines(&row.cells[col].content, &settings[col], metrics).into(),
        };
        body_lines.push((0..row.cells.len()).map(cell).collect());
    }
    let again_lines = again_lines(table, page, &settings, &body_lines, metrics);
    let title = title(around, page, widths.iter().sum(), metrics);
    Measured {
        title_heights: title_heights(&title, page),
        title,
        tally: Labels::of(table, page, &widths, metrics),
        widths,
        header_lines,
        header_heights,
        body_lines,
        again_lines,
        notes: notes(around.notes, page, metrics),
    }
}

fn is_label(table: &Table, col: usize) -> bool {
    table.columns[col].level.is_some()
}

/// The labels' lines where they are stated again.
fn again_lines(
    table: &Table,
    page: &PageSpec,
    settings: &[CellSetting],
    body_lines: &[Vec<Lines>],
    metrics: &dyn Metrics,
) -> Vec<Vec<Lines>> {
    let column = |col: usize| {
        let mut rows: Vec<Lines> = Vec::new();
        if !is_label(table, col) {
            return rows;
        }
        for (row, lines) in body_lines.iter().enumerate() {
            let lines = if page.continued.is_empty() {
                lines[col].clone()
            } else if row > 0 && Lines::ptr_eq(&lines[col], &body_lines[row - 1][col]) {
                rows[row - 1].clone()
            } else {
                let again = table.rows[row].cells[col].content.continued(&page.continued);
                content_lines(&again, &settings[col], metrics).into()
            };
            rows.push(lines);
        }
        rows
    };
    (0..table.columns.len()).map(column).collect()
}

/// The notes' lines, from one edge of the table to the other.
fn notes(notes: &[String], page: &PageSpec, metrics: &dyn Metrics) -> Vec<Vec<Line>> {
    let setting = CellSetting {
        hangs_indents: page.hanging_indent != HangingIndent::Nowhere,
        ..CellSetting::header(page, page.text_width())
    };
    notes.iter().map(|note| content_lines(&Content::of(note), &setting, metrics)).collect()
}

/// How the paragraphs of a cell are set.
#[derive(Clone, Copy)]
pub(super) struct CellSetting {
    /// Between the paddings.
    pub(super) width: Length,
    size: Length,
    /// Room in the padding for hanging punctuation.
    overhang: Length,
    hangs_indents: bool,
    /// Width of the letters, and the least that it may become, in per cent (W17).
    scale: i32,
    pub(super) narrowest: i32,
}

impl CellSetting {
    /// A cell of the header, or of no column.
    fn header(page: &PageSpec, width: Length) -> Self {
        Self {
            width: (width - 2 * page.padding_x).max(0),
            size: page.font_size,
            overhang: if page.hanging_punctuation { page.padding_x } else { 0 },
            hangs_indents: false,
            scale: WHOLE,
            narrowest: page.condense,
        }
    }

    /// A cell of a column of this width.
    pub(super) fn body(page: &PageSpec, column: &TableColumn, width: Length) -> Self {
        let hangs_indents = match page.hanging_indent {
            HangingIndent::Nowhere => false,
            HangingIndent::Labels => column.level.is_some(),
            HangingIndent::Everywhere => true,
        };
        let hangs_indents = hangs_indents && column.align == Align::Left;
        Self { hangs_indents, ..Self::header(page, width) }
    }

    /// How one of its paragraphs is broken.
    pub(super) fn paragraph(&self, text: &str, metrics: &dyn Metrics) -> Setting {
        let indent = if self.hangs_indents { hanging(text, self.width, self.size, metrics) } else { 0 };
        let (indent, scale) = (condensed(indent, self.scale), self.scale);
        Setting { width: self.width, size: self.size, indent, overhang: self.overhang, scale }
    }

    /// The same with letters of another width.
    pub(super) fn at(self, scale: i32) -> Self {
        Self { scale, ..self }
    }

    /// The room that a line gains by narrower letters, in thousandths of the text size.
    pub(super) fn gain(&self, scale: i32) -> i64 {
        let room = i64::from(self.width) * 1000 / i64::from(self.size.max(1));
        room * i64::from(WHOLE - scale) / i64::from(scale.max(1))
    }

    /// The lines of paragraphs whose letters have this width.
    pub(super) fn lines(&self, paragraphs: &[&str], scale: i32, metrics: &dyn Metrics) -> Vec<Line> {
        let setting = self.at(scale);
        let broken = |text: &&str| break_lines(text, setting.paragraph(text, metrics), metrics);
        paragraphs.iter().flat_map(broken).collect()
    }

    /// Letters that may become narrower, nothing hangs.
    #[cfg(test)]
    pub(super) fn narrowing(width: Length, size: Length, narrowest: i32) -> Self {
        Self { width, size, overhang: 0, hangs_indents: false, scale: WHOLE, narrowest }
    }
}

/// The lines of a cell.
fn content_lines(content: &Content, setting: &CellSetting, metrics: &dyn Metrics) -> Vec<Line> {
    let broken = |paragraphs: &[&str]| {
        let lines = setting.lines(paragraphs, WHOLE, metrics);
        match condense::scale(paragraphs, setting, &lines, metrics) {
            WHOLE => lines,
            scale => setting.lines(paragraphs, scale, metrics),
        }
    };
    if content.join_last
        && let [head @ .., beside, last] = content.paragraphs.as_slice()
    {
        let joined = format!("{beside}{last}");
        if text_width(&joined, setting.size, metrics) <= setting.width {
            return broken(&head.iter().map(String::as_str).chain([joined.as_str()]).collect::<Vec<_>>());
        }
    }
    broken(&content.paragraphs.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The height that a number of lines needs in a cell.
pub fn cell_height(lines: usize, page: &PageSpec) -> Length {
    let lines = Length::try_from(lines).unwrap_or(Length::MAX);
    lines.saturating_mul(page.line_height).saturating_add(2 * page.padding_y)
}

fn header_heights(table: &Table, lines: &[Vec<Line>], page: &PageSpec) -> Vec<Length> {
    let mut heights = vec![cell_height(1, page); table.header_rows];
    for (cell, lines) in table.header.iter().zip(lines).filter(|(cell, _)| cell.row_span == 1) {
        heights[cell.row] = heights[cell.row].max(cell_height(lines.len(), page));
    }
    for (cell, lines) in table.header.iter().zip(lines).filter(|(cell, _)| cell.row_span > 1) {
        let rows = cell.row..cell.row + cell.row_span;
        let short = cell_height(lines.len(), page) - heights[rows.clone()].iter().sum::<Length>();
        heights[rows.end - 1] += short.max(0);
    }
    heights
}
