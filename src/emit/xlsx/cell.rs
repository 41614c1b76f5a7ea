//! Cells: writing a text, and naming cells and ranges in formulas.

use crate::error::Error;
use crate::finding::message;
use crate::layout::Line;
use crate::model::CellRef;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

/// Digits of a number that Excel keeps.
const DIGITS: usize = 15;

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

/// Writes the text of a merged area into its further rows, which do not show it: a filter sees each row by itself. To be
/// called after the area is merged.
pub(super) fn put_below(
    sheet: &mut Worksheet,
    (top, left, bottom, _): Corners,
    text: &str,
    format: &Format,
) -> Result<(), Error> {
    for row in top + 1..=bottom {
        sheet.write_string_with_format(row, left, text, format).map_err(|e| failed(Some((row, left)), &e))?;
    }
    Ok(())
}

/// Writes a text that leads to an address into a cell. An address that Excel does not take is a text.
pub(super) fn put_link(
    sheet: &mut Worksheet,
    corners: Corners,
    (text, address): (String, &str),
    format: &Format,
) -> Result<(), Error> {
    let (top, left, bottom, right) = corners;
    let is_one = (top, left) == (bottom, right);
    let url = Url::new(address).set_text(text.as_str());
    if is_one && sheet.write_url_with_format(top, left, url, format).is_ok() {
        return Ok(());
    }
    put(sheet, corners, text, format)
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
    let limit = match error {
        XlsxError::MaxStringLengthExceeded => "一つのセルの文字数",
        XlsxError::RowColumnLimitError => "行または列の数",
        _ => "Excel",
    };
    Error::usage(message(
        format!("Excelファイル{place}に書き込めません。{limit}の上限を超えています"),
        format!("the workbook{place} cannot be written (it exceeds a limit of Excel): {error}"),
    ))
}

/// The number as Excel stores it; `None` if Excel would round it: such a number stays as its digits.
pub(super) fn exact(number: Decimal) -> Option<f64> {
    let digits = number.normalize().mantissa().unsigned_abs().to_string().len();
    if digits > DIGITS { None } else { number.to_string().parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn numbers_that_excel_would_round_are_left_to_text() {
        for (number, stored) in [
            ("5498.48", Some(5498.48)),
            ("0", Some(0.0)),
            ("123456789012345000", None),
            ("1234567890123456", None),
            ("-0.5", Some(-0.5)),
            ("88.0", Some(88.0)),
        ] {
            assert_eq!(exact(number.parse().unwrap()), stored, "{number}");
        }
    }
}
