//! From contents to lines and lengths: column widths, broken lines, the heights that cells need.

use super::table::{Content, Table, TableColumn};
use super::wrap::{break_lines, text_width};
use super::{Line, Metrics, Role};
use crate::model::Length;
use crate::template::PageSpec;

/// Everything about a table that does not depend on page breaks.
pub(super) struct Measured {
    /// Column widths.
    pub(super) widths: Vec<Length>,
    /// Broken lines of the header cells.
    pub(super) header_lines: Vec<Vec<Line>>,
    /// Heights of the header rows.
    pub(super) header_heights: Vec<Length>,
    /// Broken lines of the body cells by row and column.
    pub(super) body_lines: Vec<Vec<Vec<Line>>>,
}

/// Breaks every cell's text at its column's width.
pub(super) fn measure(table: &Table, page: &PageSpec, metrics: &dyn Metrics) -> Measured {
    let available = page.size().0 - page.margin_left - page.margin_right;
    let widths = column_widths(&table.columns, available, page.padding_x);
    let lines = |content: &Content, width: Length| content_lines(content, width, page, metrics);
    let header_lines: Vec<Vec<Line>> = table
        .header
        .iter()
        .enumerate()
        .map(|(i, cell)| {
            let width = widths[cell.col..cell.col + cell.col_span].iter().sum();
            content_lines(&cell.content, width, page, metrics.of(Role::Header(i)))
        })
        .collect();
    let header_heights = header_heights(table, &header_lines, page);
    let body_lines = table
        .rows
        .iter()
        .map(|row| row.cells.iter().zip(&widths).map(|(cell, &width)| lines(cell, width)).collect())
        .collect();
    Measured { widths, header_lines, header_heights, body_lines }
}

/// Divides the width so that the columns' text areas are in the proportion of their shares; what rounding
/// leaves over goes to the last columns, a thousandth of a point each.
fn column_widths(columns: &[TableColumn], available: Length, padding: Length) -> Vec<Length> {
    let count = i64::try_from(columns.len()).unwrap_or(i64::MAX).max(1);
    let text_area = (i64::from(available) - count * 2 * i64::from(padding)).max(0);
    let shares: i64 = columns.iter().map(|c| i64::from(c.width)).sum::<i64>().max(1);
    let mut edge = 0;
    let mut shares_so_far = 0;
    columns
        .iter()
        .map(|column| {
            shares_so_far += i64::from(column.width);
            let next = text_area * shares_so_far / shares;
            let width = next - edge + 2 * i64::from(padding);
            edge = next;
            Length::try_from(width).unwrap_or(Length::MAX)
        })
        .collect()
}

/// The lines of a cell in a box of the given width.
fn content_lines(content: &Content, width: Length, page: &PageSpec, metrics: &dyn Metrics) -> Vec<Line> {
    let inner = (width - 2 * page.padding_x).max(0);
    let broken = |paragraph: &str| break_lines(paragraph, inner, page.font_size, metrics);
    if content.join_last
        && let [head @ .., beside, last] = content.paragraphs.as_slice()
    {
        let joined = format!("{beside}{last}");
        if text_width(&joined, page.font_size, metrics) <= inner {
            return head.iter().map(String::as_str).chain([joined.as_str()]).flat_map(broken).collect();
        }
    }
    content.paragraphs.iter().map(String::as_str).flat_map(broken).collect()
}

/// The height that a number of lines needs in a cell.
pub(super) fn height(lines: usize, page: &PageSpec) -> Length {
    let lines = Length::try_from(lines).unwrap_or(Length::MAX);
    lines.saturating_mul(page.line_height).saturating_add(2 * page.padding_y)
}

fn header_heights(table: &Table, lines: &[Vec<Line>], page: &PageSpec) -> Vec<Length> {
    let mut heights = vec![height(1, page); table.header_rows];
    for (cell, lines) in table.header.iter().zip(lines).filter(|(cell, _)| cell.row_span == 1) {
        heights[cell.row] = heights[cell.row].max(height(lines.len(), page));
    }
    for (cell, lines) in table.header.iter().zip(lines).filter(|(cell, _)| cell.row_span > 1) {
        let rows = cell.row..cell.row + cell.row_span;
        let short = height(lines.len(), page) - heights[rows.clone()].iter().sum::<Length>();
        heights[rows.end - 1] += short.max(0);
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Align;
    use proptest::prelude::*;

    fn columns(widths: &[i32]) -> Vec<TableColumn> {
        let column = |&width| TableColumn {
            width,
            align: Align::Left,
            level: None,
            is_row_header: false,
            is_disposition: false,
        };
        widths.iter().map(column).collect()
    }

    proptest! {
        #[test]
        fn columns_fill_the_width_in_proportion(
            widths in proptest::collection::vec(1i32..30_000, 1..12),
            padding in 0i32..4_000,
        ) {
            let columns = columns(&widths);
            let laid = column_widths(&columns, 540_000, padding);
            prop_assert_eq!(laid.iter().sum::<i32>(), 540_000);
            let area: i64 = laid.iter().map(|w| i64::from(w - 2 * padding)).sum();
            let shares: i64 = widths.iter().map(|&w| i64::from(w)).sum();
            for (&width, share) in laid.iter().zip(widths) {
                let exact = area * i64::from(share) / shares;
                prop_assert!((i64::from(width - 2 * padding) - exact).abs() <= 1);
            }
        }
    }
}
