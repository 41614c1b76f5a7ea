//! From the list to pages: table, column widths, line breaking, pagination. Pure, exact, without fonts.

mod compose;
mod glyphs;
mod measure;
mod metrics;
mod page;
mod paginate;
mod place;
mod rules;
mod table;
#[cfg(test)]
mod testing;
mod wrap;

pub use compose::compose;
pub use glyphs::{code_points, missing_glyphs};
pub use metrics::Metrics;
pub use page::{Layout, Line, Page, PlacedLine, Role, Rule, TextBox};
pub use table::{Content, HeaderCell, Table, TableColumn, TableRow, Tally};
pub use wrap::{break_lines, text_width};

use crate::model::Length;
use crate::template::PageSpec;
use paginate::{Demand, LabelColumn, PagePlan, paginate};
use place::Placer;

/// Lays a table out on pages.
pub fn lay_out(table: &Table, page: &PageSpec, metrics: &dyn Metrics) -> Layout {
    let measured = measure::measure(table, page, metrics);
    let edges = place::edges(&measured.widths, page);
    let placer = Placer { table, page, measured: &measured, metrics, edges };
    let plans = paginate(&demand(table, page, &measured, placer.title().1));
    let pages = plans.iter().zip(0..).map(|(plan, number)| placer.place(plan, number, plans.len())).collect();
    Layout {
        sheet: page.size(),
        row_heights: row_heights(table.rows.len(), &plans),
        pages,
        widths: measured.widths,
        header_heights: measured.header_heights,
        header_lines: measured.header_lines,
        body_lines: measured.body_lines,
    }
}

fn demand(table: &Table, page: &PageSpec, measured: &measure::Measured, title: Length) -> Demand {
    let levels = |col: usize| table.columns[col].level;
    let header: Length = measured.header_heights.iter().sum();
    let capacity = page.size().1 - page.margin_top - page.margin_bottom - header;
    let own = |cells: &Vec<Vec<Line>>| {
        let lines = cells.iter().enumerate().filter(|(col, _)| levels(*col).is_none());
        lines.map(|(_, cell)| cell.len()).max().unwrap_or(0).max(1)
    };
    let label = |col: usize| LabelColumn {
        level: levels(col).unwrap_or(0),
        lines: measured.body_lines.iter().map(|cells| cells[col].len()).collect(),
    };
    Demand {
        lines: measured.body_lines.iter().map(own).collect(),
        begins: table.rows.iter().map(|row| row.begins).collect(),
        labels: (0..table.columns.len()).filter(|&col| levels(col).is_some()).map(label).collect(),
        line_height: page.line_height,
        padding: 2 * page.padding_y,
        row_height: page.row_height,
        first_capacity: capacity - title,
        capacity,
        tally: place::tally_height(table, page),
    }
}

/// Heights of the body rows; of a cut row, the heights of its pieces together.
fn row_heights(count: usize, plans: &[PagePlan]) -> Vec<Length> {
    let mut heights = vec![0; count];
    for piece in plans.iter().flat_map(|plan| &plan.pieces) {
        heights[piece.row] += piece.height;
    }
    heights
}
