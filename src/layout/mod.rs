//! From a table to pages: column widths, line breaking, pagination. Pure, exact, without fonts; no KPI is known here.

mod brackets;
mod columns;
mod condense;
mod ends;
mod fit;
mod frame;
mod gaps;
mod glyphs;
mod indent;
mod links;
mod measure;
mod metrics;
mod notes;
mod page;
mod paginate;
mod place;
mod rules;
mod tally;
#[cfg(test)]
mod testing;
mod words;
mod wrap;

pub use fit::{SMALLEST, fitted};
pub use glyphs::{printable, substitute_in, unprintable};
pub use measure::Measured;
pub use measure::cell_height;
pub use metrics::Metrics;
pub use notes::NoteFragment;
pub use page::{Flow, Layout, Line, Lines, Page, PlacedLine, PlacedLink, Rule, TextBox, TextRole};
pub use paginate::{Fragment, PagePlan};
pub use wrap::{Setting, break_lines, is_hangable, text_width};

use crate::model::{Document, Length, References, Table, TableRow};
use crate::template::PageSpec;
use frame::Around;
use paginate::{Demand, LabelColumn, Tie, paginate};
use place::Placer;

/// Breaks a document into lines and divides it into pages; where widths are to be found, so that the pages are few.
/// Charts have no place on pages yet.
pub fn flow(document: &Document, page: &PageSpec, metrics: &dyn Metrics) -> Flow {
    flow_with(&Around::of(document), &document.table, page, metrics)
}

/// The same of a table alone, without what stands above and below it.
pub fn flow_table(table: &Table, page: &PageSpec, metrics: &dyn Metrics) -> Flow {
    flow_with(&Around::default(), table, page, metrics)
}

fn flow_with(around: &Around<'_>, table: &Table, page: &PageSpec, metrics: &dyn Metrics) -> Flow {
    let widths = columns::candidates(table, page, metrics);
    let attempts = widths.into_iter().map(|widths| attempt(around, table, page, widths, metrics));
    attempts.min_by_key(|flow| flow.pages.len()).expect("there are always widths to choose from")
}

/// Puts what a table was broken into at its places on the pages, with the texts that lead to other rows.
pub fn place(
    table: &Table,
    page: &PageSpec,
    flow: &Flow,
    references: &References,
    metrics: &dyn Metrics,
) -> Layout {
    let edges = place::edges(&flow.measured.widths, page);
    let tails = place::tails(table, &flow.measured, page, metrics);
    let placer = Placer { table, page, measured: &flow.measured, metrics, references, edges, tails };
    let plans = flow.pages.iter().zip(0..);
    let pages = plans.map(|(plan, number)| placer.place(plan, number, flow.pages.len())).collect();
    Layout { sheet: page.size(), pages }
}

/// Lays a document out on pages, where no row leads to another.
pub fn lay_out(document: &Document, page: &PageSpec, metrics: &dyn Metrics) -> Layout {
    place(&document.table, page, &flow(document, page, metrics), &References::new(), metrics)
}

/// The lines and the pages that widths lead to.
fn attempt(
    around: &Around<'_>,
    table: &Table,
    page: &PageSpec,
    widths: Vec<Length>,
    metrics: &dyn Metrics,
) -> Flow {
    let measured = measure::measure(around, table, page, widths, metrics);
    let mut demand = demand(table, page, &measured);
    let pages = pages(&demand, page, &measured);
    demand.whole_rows = true;
    let whole = self::pages(&demand, page, &measured);
    Flow { measured, pages, whole }
}

/// The pages with their notes, which do not stand on a page alone where the last row can move to them (P12).
fn pages(demand: &Demand, page: &PageSpec, measured: &Measured) -> Vec<PagePlan> {
    let planned = |demand: &Demand| {
        let mut pages = paginate(demand);
        add_notes(&mut pages, demand, page, measured);
        pages
    };
    let pages = planned(demand);
    let is_lone = |pages: &[PagePlan]| pages.last().is_some_and(|last| last.pieces.is_empty() && !last.tally);
    if pages.len() == 1 || !is_lone(&pages) {
        return pages;
    }
    let followed = planned(&Demand { notes_follow: true, ..demand.clone() });
    if followed.len() > pages.len() || is_lone(&followed) { pages } else { followed }
}

fn demand(table: &Table, page: &PageSpec, measured: &Measured) -> Demand {
    let levels = |col: usize| table.columns[col].level;
    let header: Length = measured.header_heights.iter().sum();
    let capacity = page.size().1 - page.margin_top - page.margin_bottom - header;
    let own = |(row, cells): (&TableRow, &Vec<Lines>)| {
        let is_own = |col: usize| levels(col).is_none() || row.col_span(col) > 1;
        let lines = cells.iter().enumerate().filter(|(col, _)| is_own(*col));
        lines.map(|(_, cell)| cell.len()).max().unwrap_or(0).max(1)
    };
    let tie = |row: &TableRow| match row.foot {
        Some(_) => Tie::Above,
        None if row.is_heading() => Tie::Below,
        None => Tie::Free,
    };
    let label = |col: usize| LabelColumn {
        level: levels(col).unwrap_or(0),
        lines: measured.body_lines.iter().map(|cells| cells[col].len()).collect(),
        again: measured.again_lines[col].iter().map(|lines| lines.len()).collect(),
    };
    Demand {
        whole_rows: false,
        notes_follow: false,
        lines: table.rows.iter().zip(&measured.body_lines).map(own).collect(),
        begins: table.rows.iter().map(|row| row.begins).collect(),
        ties: table.rows.iter().map(tie).collect(),
        breaks: table.rows.iter().map(|row| row.breaks).collect(),
        labels: (0..table.columns.len()).filter(|&col| levels(col).is_some()).map(label).collect(),
        line_height: page.line_height,
        padding: 2 * page.padding_y,
        row_height: page.row_height,
        first_capacity: capacity - measured.title_heights.iter().sum::<Length>(),
        capacity,
        tally: measured.tally.height(page),
    }
}

/// Puts the notes below the table. Their own pages leave room for the header rows, which a workbook repeats there.
fn add_notes(plans: &mut Vec<PagePlan>, demand: &Demand, page: &PageSpec, measured: &Measured) {
    let lines = |room: Length| usize::try_from(room / page.line_height).unwrap_or(0);
    let counts: Vec<usize> = measured.notes.iter().map(Vec::len).collect();
    let last = plans.last().expect("there is always a page");
    let room = demand.room(last, plans.len() - 1) - place::note_gap(page);
    notes::paginate_notes(plans, &counts, lines(room), lines(demand.capacity));
}
