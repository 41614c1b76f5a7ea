//! Binary Office Open XML workbooks (xlsb), cell by cell. The library keeps no number formats nor merges of
//! them: numbers are shown as in General.

use super::archive::Archive;
use super::book::{Book, Grid, worksheets};
use super::cell::{Look, shown};
use super::date::Epoch;
use super::trouble::Stop;
use crate::diagnostic::Noted;
use crate::model::RawSheet;
use calamine::{Data, Reader as _, Xlsb, XlsbError};
use std::io::Cursor;

type Workbook<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Reads the visible sheets.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Noted<Vec<RawSheet>>, Stop> {
    Archive::open(bytes)?;
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|e| stop(&e))?;
    let mut book = Book::new(file);
    for sheet in worksheets(workbook.sheets_metadata()) {
        book.sheet(&sheet, |grid| fill(grid, &mut workbook, &sheet.name));
    }
    Ok(book.finish())
}

fn fill(grid: &mut Grid<'_>, workbook: &mut Workbook<'_>, name: &str) -> Result<(), Stop> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let look = Look::of(None, epoch);
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|e| stop(&e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| stop(&e))? {
        let (row, col) = cell.get_position();
        grid.put(row, col, shown(&Data::from(cell.get_value().clone()), look))?;
    }
    Ok(())
}

fn stop(error: &XlsbError) -> Stop {
    match error {
        XlsbError::Password => Stop::Encrypted,
        _ => Stop::Damaged(error.to_string()),
    }
}
