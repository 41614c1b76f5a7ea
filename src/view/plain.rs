//! What the views beside the list have in common: a plain table, whose header is one row and in which nothing is
//! merged, so that it can be sorted and filtered; and their paper, which is the list's with margins and text of its own.

use super::LIST;
use super::field::content;
use crate::model::{
    Align, Content, Document, Field, Formula, HeaderCell, Length, Record, Role, Table, TableCell,
    TableColumn, TableRow, from_micrometres,
};
use crate::template::{HangingIndent, PageSpec, RevisedMark, Running, RunningPart, Template, TimePlace};

/// The margins, in micrometres.
const MARGIN: i64 = 15_000;
/// The least and the greatest size of the text; between them it is the list's.
const SIZES: (Length, Length) = (9_000, 10_500);
/// The widest table for upright paper, in full-width characters.
const UPRIGHT: i32 = 65;

/// A heading, its share of the width in full-width characters, and the alignment below it.
pub(super) type Heading = (String, i32, Align);

/// The table with headings and rows.
pub(super) fn table(headings: &[Heading], rows: Vec<TableRow>) -> Table {
    let heading = |(col, (text, ..)): (usize, &Heading)| HeaderCell {
        row: 0,
        col,
        row_span: 1,
        col_span: 1,
        content: Content::of(text),
    };
    Table {
        columns: headings.iter().map(|(_, width, align)| TableColumn::of(width * 1_000, *align)).collect(),
        header_rows: 1,
        header: headings.iter().enumerate().map(heading).collect(),
        rows,
        tally: None,
    }
}

/// The headings of the columns that tell an indicator from others: its row in the list, its project number if the list
/// prints it, its name.
pub(super) fn identity_headings(template: &Template) -> Vec<Heading> {
    let mut headings = vec![(template.workbook.labels.list_row.clone(), 3, Align::Center)];
    if let Some(number) = printed_number(template) {
        headings.push((template.field(number).name(), 4, Align::Center));
    }
    headings.push((template.field(template.name()).name(), 20, Align::Left));
    headings
}

/// The cells of those columns.
pub(super) fn identity(index: usize, row: &Record, template: &Template) -> Vec<TableCell> {
    let said = |field| content(row, field, TimePlace::Hidden, template).into();
    let number = Formula::RowNumber { document: LIST.to_owned(), row: index };
    let mut cells = vec![TableCell::count(index + 1, Some(number))];
    cells.extend(printed_number(template).map(said));
    cells.push(said(template.name()));
    cells
}

/// The field of the project's number, if the list prints it.
fn printed_number(template: &Template) -> Option<Field> {
    let is_printed = |field: &Field| template.columns.iter().any(|column| column.fields.contains(field));
    template.role(Role::Number).filter(is_printed)
}

/// The document under the template's title, with its notes; what follows from another document is a number alone.
pub(super) fn titled(mut document: Document, template: &Template) -> Document {
    let about = &template.document;
    document.subtitle.clone_from(&about.subtitle);
    document.byline.clone_from(&about.byline);
    document.notes.clone_from(&about.notes);
    let cells = document.table.rows.iter_mut().flat_map(|row| &mut row.cells);
    for number in cells.filter_map(|cell| cell.number.as_mut()) {
        number.formula.take_if(|formula| formula.names_another());
    }
    document
}

/// The paper of a document beside the list: what the list is called stands above it, and what the document is.
pub(super) fn paper(template: &Template, document: &Document) -> PageSpec {
    let margin = from_micrometres(MARGIN);
    let font_size = template.page.font_size.clamp(SIZES.0, SIZES.1);
    let said = |text: &str| vec![RunningPart::Text(text.to_owned())];
    let (left, right) = (said(&template.document.title), said(&document.title));
    let width: i32 = document.table.columns.iter().map(|column| column.width).sum();
    PageSpec {
        landscape: width > UPRIGHT * 1_000,
        margin_top: margin,
        margin_bottom: margin,
        margin_left: margin,
        margin_right: margin,
        font_size,
        line_height: font_size / 20 * 27,
        padding_x: 2_500,
        padding_y: 2_500,
        row_height: 0,
        header: Running { left, center: Vec::new(), right },
        continued: String::new(),
        hanging_indent: HangingIndent::Nowhere,
        hanging_punctuation: false,
        condense: 100,
        auto_widths: false,
        fit_pages: None,
        mark_revised: RevisedMark::None,
        ..template.page.clone()
    }
}
