//! The official form as a workbook that prints as the PDF does; the only place that names `rust_xlsxwriter`.
//!
//! Cells hold text as it is printed, numbers included: `036` and `4件／年` are not quantities. Only the tally counts,
//! by formulas that carry their results, so that it stays right when someone changes a disposition by hand.

mod name;
mod plan;
mod style;
pub mod tables;

use self::plan::Plan;
use self::style::{Frame, Looks, normal, ratio};
use super::Stamp;
use crate::diagnostic::message;
use crate::error::Error;
use crate::layout::{Layout, Line, Table, Tally};
use crate::model::CellRef;
use crate::template::{Align, Paper, RevisedMark, Template};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatUnderline, Formula, IgnoreError, Workbook,
    Worksheet, XlsxError,
};
use std::ops::Range;

/// Thousandths of a point per inch.
const INCH: i32 = 72_000;

/// The workbook's bytes, the same for the same input. `layout` is the layout of `table`.
///
/// # Errors
/// Only where Excel has a limit that the table exceeds: 1,048,576 rows, 32,767 characters in a cell.
pub fn render(template: &Template, table: &Table, layout: &Layout, stamp: &Stamp) -> Result<Vec<u8>, Error> {
    let plan = Plan::of(&template.page, table, layout);
    let mut workbook = Workbook::new();
    // 72 pixels are the default column of a font whose digits are 8 pixels wide.
    workbook.set_default_format(&normal(), 20, 72).map_err(|e| failed(None, &e))?;
    workbook.set_properties(&properties(template, *stamp).map_err(|e| failed(None, &e))?);

    let form = Form { template, table, layout, plan: &plan, looks: Looks(&template.page) };
    let sheet = workbook.add_worksheet();
    form.title(sheet)?;
    form.header(sheet)?;
    form.body(sheet)?;
    if let (Some(tally), Some(row)) = (&table.tally, plan.tally) {
        form.tally(sheet, tally, row)?;
    }
    form.notes(sheet)?;
    form.set_up(sheet).map_err(|e| failed(None, &e))?;
    workbook.save_to_buffer().map_err(|e| failed(None, &e))
}

/// What the sheet is written from.
struct Form<'a> {
    template: &'a Template,
    table: &'a Table,
    layout: &'a Layout,
    plan: &'a Plan,
    looks: Looks<'a>,
}

/// Corners of a cell or merged area: first row, first column, last row, last column.
type Corners = (u32, u16, u32, u16);

impl Form<'_> {
    fn title(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        let last = self.last_column();
        put(sheet, (0, 0, 0, last), &self.table.title, &self.looks.title())?;
        let (subtitle, byline) = (self.looks.subtitle(), self.looks.line(Align::Right));
        let subtitles = self.table.subtitle.iter().map(|text| (text, &subtitle));
        let bylines = self.table.byline.iter().map(|text| (text, &byline));
        for (at, (text, format)) in (1..self.plan.header).zip(subtitles.chain(bylines)) {
            put(sheet, (at, 0, at, last), text, format)?;
        }
        Ok(())
    }

    fn notes(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        for (top, bottom, text) in &self.plan.notes {
            let corners = (*top, 0, *bottom, self.last_column());
            put(sheet, corners, text, &self.looks.line(Align::Left))?;
        }
        Ok(())
    }

    fn header(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        for (cell, lines) in self.table.header.iter().zip(&self.layout.header_lines) {
            let (rows, cols) = (cell.row..cell.row + cell.row_span, cell.col..cell.col + cell.col_span);
            let top = self.plan.header + row(rows.start);
            let bottom = self.plan.header + row(rows.end.saturating_sub(1));
            let frame = Frame {
                top: rows.start == 0,
                bottom: rows.end == self.table.header_rows,
                left: cols.start == 0,
                right: cols.end == self.table.columns.len(),
            };
            let corners = (top, column(cols.start), bottom, column(cols.end.saturating_sub(1)));
            put(sheet, corners, &joined(lines), &self.looks.header(frame))?;
        }
        Ok(())
    }

    fn body(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        for segment in &self.plan.segments {
            for col in 0..self.table.columns.len() {
                let mut next = segment.start;
                while next < segment.end {
                    let span = self.table.span(next, col);
                    let rows = next..span.end.min(segment.end);
                    next = rows.end;
                    self.body_cell(sheet, segment, rows, span.start, col)?;
                }
            }
        }
        Ok(())
    }

    /// One cell, or the part of a merged one that a page shows; its text is that of the body row `source`.
    fn body_cell(
        &self,
        sheet: &mut Worksheet,
        segment: &Range<usize>,
        rows: Range<usize>,
        source: usize,
        col: usize,
    ) -> Result<(), Error> {
        let frame = Frame {
            top: rows.start == segment.start,
            bottom: rows.end == segment.end,
            left: col == 0,
            right: col + 1 == self.table.columns.len(),
        };
        let mut text = joined(&self.layout.body_lines[source][col]);
        if rows.start > source && !text.is_empty() {
            text.push_str(&self.template.page.continued);
        }
        let literal = name::turns_into_something_else(&text);
        let mut format = self.looks.body(frame, self.table.columns[col].align, literal);
        if self.table.rows[source].cells[col].underlined {
            format = format.set_underline(FormatUnderline::Single);
        }
        let (top, bottom) = self.plan.sheet_rows(rows);
        put(sheet, (top, column(col), bottom, column(col)), &text, &format)
    }

    /// The label of each disposition and how often it stands in the disposition column, then the sum.
    fn tally(&self, sheet: &mut Worksheet, tally: &Tally, first: u32) -> Result<(), Error> {
        let counted = self.table.columns.iter().position(|c| c.is_disposition);
        let label_col = self.tally_column();
        let count_col = label_col + 1;
        let total = first + row(tally.lines.len());
        let range = |col, top, bottom| format!("{}:{}", cell(top, col), cell(bottom, col));
        let lines = tally.lines.iter().chain([&tally.total]);
        for (at, (label, count)) in (first..).zip(lines) {
            let frame =
                |left| Frame { top: at == first || at == total, bottom: at == total, left, right: !left };
            let label_format = self.looks.body(frame(true), Align::Center, false);
            put(sheet, (at, label_col, at, label_col), label, &label_format)?;
            let formula = match counted {
                _ if at == total && at > first => {
                    Some(format!("=SUM({})", range(count_col, first, total - 1)))
                }
                Some(col) if at < total && !self.table.rows.is_empty() => {
                    let (top, bottom) = self.plan.sheet_rows(0..self.table.rows.len());
                    let (label, range) = (cell(at, label_col), range(column(col), top, bottom));
                    let marked = format!("+COUNTIF({range},\"{}\"&{label})", RevisedMark::WORD);
                    let has_words = self.template.page.mark_revised == RevisedMark::Words;
                    Some(format!("=COUNTIF({range},{label}){}", if has_words { &marked } else { "" }))
                }
                Some(_) | None => None,
            };
            let format = self.looks.count(frame(false));
            let written = match formula {
                Some(formula) => {
                    let formula = Formula::new(formula).set_result(count.to_string());
                    sheet.write_formula_with_format(at, count_col, formula, &format)
                }
                None => sheet.write_number_with_format(at, count_col, f64::from(row(*count)), &format),
            };
            written.map_err(|e| failed(Some((at, count_col)), &e))?;
        }
        Ok(())
    }

    /// Sizes, drop-down list, and everything about printing.
    fn set_up(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (col, &width) in self.plan.widths.iter().enumerate() {
            sheet.set_column_width_pixels(column(col), width)?;
        }
        for (at, &height) in self.plan.heights.iter().enumerate() {
            sheet.set_row_height_pixels(row(at), height)?;
        }
        sheet.set_name(name::sheet_name(&self.table.title))?;
        sheet.set_screen_gridlines(false);
        let body = self.plan.header + row(self.table.header_rows);
        sheet.set_freeze_panes(body, 0)?;
        if !self.table.rows.is_empty() {
            let (top, bottom) = self.plan.sheet_rows(0..self.table.rows.len());
            // №36 is a text on purpose: no green triangles.
            sheet.ignore_error_range(top, 0, bottom, self.last_column(), IgnoreError::NumberStoredAsText)?;
            self.drop_down(sheet, top, bottom)?;
        }
        self.set_up_pages(sheet, body)
    }

    /// Lets the dispositions be chosen from the vocabulary. Excel's own list has 255 characters and separates its
    /// words by commas: a vocabulary that does not fit has none.
    fn drop_down(&self, sheet: &mut Worksheet, top: u32, bottom: u32) -> Result<(), XlsxError> {
        let Some(col) = self.table.columns.iter().position(|c| c.is_disposition).map(column) else {
            return Ok(());
        };
        let labels: Vec<&str> = self.template.dispositions.iter().map(|d| d.print.as_str()).collect();
        let length = labels.iter().map(|label| label.encode_utf16().count() + 1).sum::<usize>();
        if labels.is_empty() || length > 256 || labels.iter().any(|l| l.contains([',', '"'])) {
            return Ok(());
        }
        let list = DataValidation::new()
            .allow_list_strings(&labels)?
            .set_error_message("一覧から選んでください。")?;
        sheet.add_data_validation(top, col, bottom, col, &list)?;
        Ok(())
    }

    fn set_up_pages(&self, sheet: &mut Worksheet, body: u32) -> Result<(), XlsxError> {
        let page = &self.template.page;
        let inches = |length| ratio(length, INCH);
        sheet.set_paper_size(match page.paper {
            Paper::A3 => 8,
            Paper::A4 => 9,
            Paper::B4 => 12,
            Paper::B5 => 13,
        });
        if page.landscape {
            sheet.set_landscape();
        }
        sheet.set_margins(
            inches(page.margin_left),
            inches(page.margin_right),
            inches(page.margin_top),
            inches(page.margin_bottom),
            inches(page.margin_top / 2),
            inches(page.margin_bottom / 2),
        );
        sheet.set_print_scale(self.plan.scale).set_print_center_horizontally(true);
        sheet.set_page_breaks(&self.plan.breaks)?;
        if self.table.header_rows > 0 {
            sheet.set_repeat_rows(self.plan.header, body - 1)?;
        }
        let last_col = match self.plan.tally {
            Some(_) => self.last_column().max(self.tally_column() + 1),
            None => self.last_column(),
        };
        sheet.set_print_area(0, 0, row(self.plan.heights.len().saturating_sub(1)), last_col)?;
        if let Some(header) = name::running(&page.header) {
            sheet.set_header(header).set_header_footer_scale_with_doc(false);
        }
        if let Some(footer) = name::running(&page.footer) {
            sheet.set_footer(footer).set_header_footer_scale_with_doc(false);
        }
        Ok(())
    }

    fn last_column(&self) -> u16 {
        column(self.table.columns.len().saturating_sub(1))
    }

    /// The column of the tally's labels; the counts stand in the next one. That is the disposition's column,
    /// unless it is the last one.
    fn tally_column(&self) -> u16 {
        let last_pair = self.table.columns.len().saturating_sub(2);
        let counted = self.table.columns.iter().position(|c| c.is_disposition);
        column(counted.map_or(last_pair, |col| col.min(last_pair)))
    }
}

/// Writes a text into a cell, or merged over several.
fn put(sheet: &mut Worksheet, corners: Corners, text: &str, format: &Format) -> Result<(), Error> {
    let (top, left, bottom, right) = corners;
    let written = if (top, left) == (bottom, right) {
        sheet.write_string_with_format(top, left, text, format)
    } else {
        sheet.merge_range(top, left, bottom, right, text, format)
    };
    written.map(|_| ()).map_err(|e| failed(Some((top, left)), &e))
}

/// The text of a cell: paragraphs on lines of their own; within them Excel breaks the lines.
fn joined(lines: &[Line]) -> String {
    let mut text = String::new();
    for (i, line) in lines.iter().enumerate() {
        text.push_str(&line.text);
        if line.ends_paragraph && i + 1 < lines.len() {
            text.push('\n');
        }
    }
    text
}

fn properties(template: &Template, stamp: Stamp) -> Result<DocProperties, XlsxError> {
    let document = &template.document;
    Ok(DocProperties::new()
        .set_title(&document.title)
        .set_author(&document.author)
        .set_subject(&document.subject)
        .set_keywords(document.keywords.join(", "))
        .set_creation_datetime(&ExcelDateTime::from_timestamp(stamp.seconds)?))
}

/// A row's number; what exceeds it also exceeds Excel, which then says so.
fn row(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A column's number; what exceeds it also exceeds Excel, which then says so.
fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn cell(row: u32, col: u16) -> CellRef {
    CellRef { row, col: u32::from(col) }
}

/// A limit of Excel that the table exceeds.
fn failed(at: Option<(u32, u16)>, error: &XlsxError) -> Error {
    let place = at.map(|(row, col)| format!(" {}", cell(row, col))).unwrap_or_default();
    Error::usage(message(
        format!("Excelファイル{place}に書き込めません（Excelの制限を超えています）: {error}"),
        format!("the workbook{place} cannot be written (it exceeds a limit of Excel): {error}"),
    ))
}
