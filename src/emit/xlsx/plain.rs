//! The sheets after the list: plain tables whose header is the first row and in which nothing is merged, so that they
//! can be sorted and filtered. Their paper is the list's, their margins and text are their own.

use super::cell::failed;
use super::names::define;
use super::plan::Plan;
use super::style::Styles;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::layout::{Metrics, lay_out};
use crate::model::{
    Align, Content, Field, HeaderCell, Length, Record, Role, Table, TableColumn, TableRow, from_micrometres,
};
use crate::template::{HangingIndent, PageSpec, RevisedMark, Running, RunningPart, Template, TimePlace};
use crate::view::content;
use rust_xlsxwriter::Workbook;

/// The margins, in micrometres.
const MARGIN: i64 = 15_000;
/// The least and the greatest size of the text; between them it is the list's.
const SIZES: (Length, Length) = (9_000, 10_500);

/// A heading, its share of the width in full-width characters, and the alignment below it.
pub(super) type Heading = (String, i32, Align);

/// The table of a sheet with headings and rows of contents.
pub(super) fn table(headings: &[Heading], rows: impl IntoIterator<Item = Vec<Content>>) -> Table {
    let column = |(_, width, align): &Heading| TableColumn {
        width: width * 1_000,
        align: *align,
        level: None,
        is_row_header: false,
        choices: Vec::new(),
    };
    let heading = |(col, (text, ..)): (usize, &Heading)| HeaderCell {
        row: 0,
        col,
        row_span: 1,
        col_span: 1,
        content: Content::of(text),
    };
    Table {
        title: String::new(),
        subtitle: Vec::new(),
        byline: Vec::new(),
        columns: headings.iter().map(column).collect(),
        header_rows: 1,
        header: headings.iter().enumerate().map(heading).collect(),
        rows: rows.into_iter().map(|cells| TableRow { cells, begins: None }).collect(),
        tally: None,
        notes: Vec::new(),
    }
}

/// The headings of the columns that tell an indicator from others: its row on the list's sheet, its project number
/// if the list prints it, its name.
pub(super) fn identity_headings(template: &Template) -> Vec<Heading> {
    let mut headings = vec![(template.workbook.labels.list_row.clone(), 3, Align::Center)];
    if let Some(number) = printed_number(template) {
        headings.push((template.field(number).name(), 4, Align::Center));
    }
    headings.push((template.field(template.name()).name(), 20, Align::Left));
    headings
}

/// The contents of those columns.
pub(super) fn identity(list: &SheetWriter<'_>, index: usize, row: &Record) -> Vec<Content> {
    let said = |field| content(row, field, TimePlace::Hidden, list.template);
    let mut cells = vec![Content::of(&(list.plan.body[index] + 1).to_string())];
    cells.extend(printed_number(list.template).map(said));
    cells.push(said(list.template.name()));
    cells
}

/// The field of the project's number, if the list prints it.
fn printed_number(template: &Template) -> Option<Field> {
    let is_printed = |field: &Field| template.columns.iter().any(|column| column.fields.contains(field));
    template.role(Role::Number).filter(is_printed)
}

/// The paper of a sheet: what the list's is called stands above it, and the sheet's name.
pub(super) fn page(template: &Template, name: &str, landscape: bool) -> PageSpec {
    let margin = from_micrometres(MARGIN);
    let font_size = template.page.font_size.clamp(SIZES.0, SIZES.1);
    let said = |text: &str| vec![RunningPart::Text(text.to_owned())];
    PageSpec {
        landscape,
        margin_top: margin,
        margin_bottom: margin,
        margin_left: margin,
        margin_right: margin,
        font_size,
        line_height: font_size / 20 * 27,
        padding_x: 2_500,
        padding_y: 2_500,
        row_height: 0,
        header: Running { left: said(&template.document.title), center: Vec::new(), right: said(name) },
        continued: String::new(),
        hanging_indent: HangingIndent::Nowhere,
        hanging_punctuation: false,
        auto_widths: false,
        mark_revised: RevisedMark::None,
        ..template.page.clone()
    }
}

/// Adds a sheet with a table whose first column holds numbers, and names it `defined`.
pub(super) fn add(
    workbook: &mut Workbook,
    template: &Template,
    metrics: &dyn Metrics,
    table: &Table,
    (name, defined): (&str, &str),
) -> Result<(), Error> {
    let page = page(template, name, true);
    let mut layout = lay_out(table, &page, metrics);
    let plan = Plan::of(&page, table, &layout, metrics);
    // Only the plan looks at the pages, and they are as large as the sheet.
    layout.pages = Vec::new();
    let form =
        SheetWriter { template, page: &page, name, table, layout: &layout, plan: &plan, numbered: true };
    let sheet = workbook.add_worksheet();
    let mut looks = Styles::of(&page);
    form.header(sheet, &looks)?;
    form.body(sheet, &mut looks)?;
    form.set_up(sheet)?;
    form.filter(sheet)?;
    if let Some(corners) = form.body_area() {
        define(workbook, &form, defined, corners).map_err(|e| failed(None, &e))?;
    }
    Ok(())
}
