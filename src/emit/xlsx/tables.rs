//! Tables of data as a workbook: a table a sheet, the header in row 1, numbers as numbers, and nothing else.

use super::archive;
use super::cell::{column, exact, failed, row};
use super::properties;
use crate::emit::Stamp;
use crate::emit::data::{Datum, Table};
use crate::error::Error;
use crate::finding::message;
use crate::template::DocumentSpec;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// The workbook's bytes, the same for the same input.
///
/// # Errors
/// Only where Excel has a limit that a table exceeds: 1,048,576 rows, 32,767 characters in a cell.
pub fn render(about: &DocumentSpec, tables: &[Table], stamp: Stamp) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(about, stamp).map_err(|e| failed(None, &e))?);
    for table in tables {
        let sheet = workbook.add_worksheet();
        write(sheet, table)?;
        // The header stays in sight; what cells hold does not depend on it.
        sheet.set_freeze_panes(1, 0).map_err(|e| failed(None, &e))?;
        sheet.set_name(table.name).map_err(|e| failed(None, &e))?;
    }
    archive::bytes(workbook)
}

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), Error> {
    for (col, header) in (0..).zip(&table.columns) {
        sheet.write_string(0, col, &header.name).map_err(|e| failed(Some((0, col)), &e))?;
    }
    for (number, record) in table.records.iter().enumerate() {
        for (number_of_column, datum) in record.data.iter().enumerate() {
            let (at, col) = (row(number + 1), column(number_of_column));
            put(sheet, (at, col), datum).map_err(|e| in_table(table, (at, col), &e))?;
        }
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, (row, col): (u32, u16), datum: &Datum) -> Result<(), XlsxError> {
    let number = match datum {
        Datum::Blank => return Ok(()),
        Datum::Integer(number) => exact(Decimal::from(*number)),
        Datum::Number(number) => exact(*number),
        Datum::Text(_) | Datum::Stated(..) | Datum::Date(_) => None,
    };
    match number {
        Some(number) => sheet.write_number(row, col, number),
        None => sheet.write_string(row, col, datum.shown()),
    }
    .map(|_| ())
}

fn in_table(table: &Table, at: (u32, u16), error: &XlsxError) -> Error {
    let Error { message: said, .. } = failed(Some(at), error);
    let name = table.name;
    Error::usage(message(format!("{name}: {}", said.ja), format!("{name}: {}", said.en)))
}
