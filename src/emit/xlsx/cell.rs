//! Cells: writing a text, and naming cells and ranges in formulas.

use crate::error::Error;
use crate::finding::message;
use crate::layout::Line;
use crate::model::CellRef;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// Corners of a cell or an area: first row, first column, last row, last column.
pub(super) type Corners = (u32, u16, u32, u16);

/// Writes a text into a cell, or merged over several.
pub(super) fn put(
    sheet: &mut Worksheet,
    corners: Corners,
    text: impl Into<String>,
    format: &Format,
) -> Result<(), Error> {
    let (top, left, bottom, right) = corners;
    let written = if (top, left) == (bottom, right) {
        sheet.write_string_with_format(top, left, text, format)
    } else {
        sheet.merge_range(top, left, bottom, right, &text.into(), format)
    };
    written.map(|_| ()).map_err(|e| failed(Some((top, left)), &e))
}

/// Writes a text in runs of different looks into a cell, or merged over several.
pub(super) fn put_runs(
    sheet: &mut Worksheet,
    corners: Corners,
    runs: &[(&Format, &str)],
    format: &Format,
) -> Result<(), Error> {
    let (top, left, bottom, right) = corners;
    if (top, left) != (bottom, right) {
        put(sheet, corners, "", format)?;
    }
    let written = sheet.write_rich_string_with_format(top, left, runs, format);
    written.map(|_| ()).map_err(|e| failed(Some((top, left)), &e))
}

/// The text of a cell: paragraphs on lines of their own; within them Excel breaks the lines.
pub(super) fn joined(lines: &[Line]) -> String {
    let mut text = String::new();
    for (i, line) in lines.iter().enumerate() {
        text.push_str(&line.text);
        if line.ends_paragraph && i + 1 < lines.len() {
            text.push('\n');
        }
    }
    text
}

/// A row's number; what exceeds it also exceeds Excel, which then says so.
pub(super) fn row(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A column's number; what exceeds it also exceeds Excel, which then says so.
pub(super) fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// A cell as formulas of its own sheet name it.
pub(super) fn cell(row: u32, col: u16) -> CellRef {
    CellRef { row, col: u32::from(col) }
}

/// An area as formulas of any sheet name it; it stays where it is when the formula is copied.
pub(super) fn area(sheet: &str, (top, left, bottom, right): Corners) -> String {
    let [left, right] = [left, right].map(|col| CellRef::column_letters(u32::from(col)));
    format!("'{}'!${left}${}:${right}${}", sheet.replace('\'', "''"), top + 1, bottom + 1)
}

/// A limit of Excel that a sheet exceeds.
pub(super) fn failed(at: Option<(u32, u16)>, error: &XlsxError) -> Error {
    let place = at.map(|(row, col)| format!(" {}", cell(row, col))).unwrap_or_default();
    Error::usage(message(
        format!("Excelファイル{place}に書き込めません（Excelの制限を超えています）: {error}"),
        format!("the workbook{place} cannot be written (it exceeds a limit of Excel): {error}"),
    ))
}
