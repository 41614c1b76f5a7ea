//! A form as a workbook that looks like one: rules, a filled header, merged cells, heights that fit, print settings.

use crate::form::{Cell, Column, Content, Form, Labels, group_starts, label};
use crate::list::Row;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

/// Height of a line of text, and what a row adds to its lines, in points.
const LINE: u32 = 14;
const SLACK: u32 = 5;

/// The bytes of a workbook whose first sheet has the name; the same for the same form and rows.
pub(crate) fn xlsx(form: &Form, name: &str, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = form.created;
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    for (column, at) in form.columns.iter().zip(0..) {
        sheet.set_column_width(at, column.width)?;
    }
    let header = write_above(sheet, form)?;
    let first = write_header(sheet, form, header)?;
    let next = write_rows(sheet, form, rows, first)?;
    for (line, row) in form.below.iter().zip(next..) {
        sheet.write_with_format(row, 0, *line, &plain(form))?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(header, first - 1)?.set_freeze_panes(first, 0)?;
    if !form.instructions.is_empty() {
        write_instructions(workbook.add_worksheet(), form)?;
    }
    workbook.save_to_buffer()
}

fn plain(form: &Form) -> Format {
    Format::new().set_font_name(form.look.0).set_font_size(10)
}

fn boxed(form: &Form) -> Format {
    plain(form).set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

fn heading(form: &Form) -> Format {
    boxed(form).set_background_color(Color::RGB(form.look.1)).set_align(FormatAlign::Center)
}

/// Writes the lines above the table, the first as its title; returns the header's row.
fn write_above(sheet: &mut Worksheet, form: &Form) -> Result<u32, XlsxError> {
    let title = plain(form).set_font_size(14).set_bold().set_align(FormatAlign::Center);
    let mut row = 0;
    for line in form.above {
        match (row, form.columns.len()) {
            (0, width @ 2..) => {
                let right = u16::try_from(width - 1).expect("a form has few columns");
                sheet.merge_range(0, 0, 0, right, line, &title)?;
                sheet.set_row_height(0, 24)?;
            }
            _ if line.is_empty() => {}
            _ => {
                sheet.write_with_format(row, 0, *line, &plain(form))?;
            }
        }
        row += 1;
    }
    Ok(row)
}

/// Writes one or two header rows; returns the first row below them.
fn write_header(sheet: &mut Worksheet, form: &Form, top: u32) -> Result<u32, XlsxError> {
    let format = heading(form);
    let bottom = if form.two_header_rows() { top + 1 } else { top };
    let mut columns = form.columns.iter().zip(0u16..).peekable();
    while let Some((column, left)) = columns.next() {
        if bottom == top || !column.under.is_empty() {
            sheet.write_with_format(bottom, left, column.header, &format)?;
        } else {
            sheet.merge_range(top, left, bottom, left, column.header, &format)?;
        }
        if column.under.is_empty() {
            continue;
        }
        let mut right = left;
        while let Some((column, at)) = columns.next_if(|(next, _)| next.under == column.under) {
            sheet.write_with_format(bottom, at, column.header, &format)?;
            right = at;
        }
        sheet.merge_range(top, left, top, right, column.under, &format)?;
    }
    let lines = form.columns.iter().map(|column| lines(column.header, column.width)).max().unwrap_or(1);
    sheet.set_row_height(bottom, lines * LINE + SLACK)?;
    Ok(bottom + 1)
}

/// Writes the body; returns the first row below it.
fn write_rows(sheet: &mut Worksheet, form: &Form, rows: &[Row], first: u32) -> Result<u32, XlsxError> {
    for (row, at) in rows.iter().zip(first..) {
        let mut height = 1;
        for (column, col) in form.columns.iter().zip(0..) {
            let filled = match &column.content {
                Content::Entry(cell) | Content::Choice(cell) => {
                    write_cell(sheet, form, column, (at, col), &cell(row))?
                }
                // A merged label has several rows to stand in.
                Content::Group(..) if form.labels == Labels::Merged => 1,
                Content::Group(levels, hand) => lines(&label(levels, *hand, row), column.width),
            };
            height = height.max(filled);
        }
        sheet.set_row_height(at, height * LINE + SLACK)?;
    }
    let next = first + u32::try_from(rows.len()).expect("a form has few rows");
    for (column, col) in form.columns.iter().zip(0..) {
        match &column.content {
            Content::Group(levels, hand) => {
                let starts = group_starts(rows, levels);
                let labels: Vec<String> = rows.iter().map(|row| label(levels, *hand, row)).collect();
                write_groups(sheet, form, (first, col), &starts, &labels)?;
            }
            Content::Choice(_) if !form.choices.is_empty() => {
                let list = DataValidation::new().allow_list_strings(form.choices)?;
                sheet.add_data_validation(first, col, next - 1, col, &list)?;
            }
            Content::Choice(_) | Content::Entry(_) => {}
        }
    }
    Ok(next)
}

/// Writes one cell; returns how many lines it fills.
fn write_cell(
    sheet: &mut Worksheet,
    form: &Form,
    column: &Column,
    (row, col): (u32, u16),
    cell: &Cell,
) -> Result<u32, XlsxError> {
    match cell {
        Cell::Text(text) => {
            let format = boxed(form);
            // Short entries stand in the middle, sentences at the left.
            let format = if column.width <= 20 { format.set_align(FormatAlign::Center) } else { format };
            sheet.write_with_format(row, col, text.as_str(), &format)?;
            Ok(lines(text, column.width))
        }
        Cell::Number(number, pattern) => {
            let format = boxed(form).set_align(FormatAlign::Center).set_num_format(pattern);
            sheet.write_with_format(row, col, *number, &format)?;
            Ok(1)
        }
    }
}

/// Writes one level's labels down the body, in the form's way.
fn write_groups(
    sheet: &mut Worksheet,
    form: &Form,
    (first, col): (u32, u16),
    starts: &[usize],
    labels: &[String],
) -> Result<(), XlsxError> {
    let format = boxed(form);
    let row = |at: usize| first + u32::try_from(at).expect("a form has few rows");
    for (at, &start) in starts.iter().enumerate() {
        let last = starts.iter().rposition(|&other| other == start).unwrap_or(at);
        match form.labels {
            Labels::Merged if at > start => {}
            Labels::Merged if last > at => {
                sheet.merge_range(row(at), col, row(last), col, &labels[at], &format)?;
            }
            Labels::First if at > start => {
                sheet.write_with_format(row(at), col, "", &format)?;
            }
            Labels::Merged | Labels::First | Labels::Repeated => {
                sheet.write_with_format(row(at), col, labels[at].as_str(), &format)?;
            }
        }
    }
    Ok(())
}

fn write_instructions(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    sheet.set_name("記入要領")?.set_column_width(0, 100)?;
    let format = plain(form).set_text_wrap();
    for (line, row) in form.instructions.iter().zip(0..) {
        sheet.write_with_format(row, 0, *line, &format)?;
    }
    Ok(())
}

/// How many lines a text fills in a column of so many half-width characters, as a clerk would judge it.
fn lines(text: &str, width: u32) -> u32 {
    let half = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    text.split('\n').map(|line| half(line).div_ceil(width.saturating_sub(1).max(1)).max(1)).sum()
}
