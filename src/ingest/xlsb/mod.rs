//! Binary Office Open XML workbooks (xlsb), cell by cell. The library keeps no styles, merges nor hidden rows of
//! them: the records are scanned for these.
//!
//! Struck runs within a text and comments are not read: such a text is handed over whole.

mod scan;

use super::archive::Archive;
use super::book::{Book, Grid, worksheets};
use super::cell::{Look, Style, shown_ref};
use super::date::Epoch;
use super::trouble::Stop;
use crate::diagnostic::Noted;
use crate::model::RawSheet;
use calamine::{Reader as _, Xlsb, XlsbError};
use std::io::Cursor;

type Workbook<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Reads the sheets.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Noted<Vec<RawSheet>>, Stop> {
    let mut archive = Archive::open(bytes)?;
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|e| stop(&e))?;
    let mut book = Book::new(file);
    let parts = scan::sheets(&mut archive);
    let styles = scan::styles(&mut archive);
    for sheet in worksheets(workbook.sheets_metadata()) {
        book.sheet(&sheet, |grid| {
            let part = parts.get(&sheet.name).map_or("", String::as_str);
            let found = scan::sheet(&mut archive, part)?;
            found.hidden_rows.iter().for_each(|row| grid.hide_row(*row));
            found.hidden_columns.iter().for_each(|(first, last)| grid.hide_columns(*first, *last));
            let style = |row, col| styles.get(found.cells.get(&(row, col)).copied().unwrap_or(0));
            fill(grid, &mut workbook, &sheet.name, style)?;
            grid.merge(found.merges)
        });
    }
    Ok(book.finish())
}

fn fill<'s>(
    grid: &mut Grid<'_>,
    workbook: &mut Workbook<'_>,
    name: &str,
    style: impl Fn(u32, u32) -> Option<&'s Style>,
) -> Result<(), Stop> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|e| stop(&e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| stop(&e))? {
        let (row, col) = cell.get_position();
        let look = Look::of(style(row, col), epoch);
        grid.put_whole(row, col, shown_ref(cell.get_value(), look), look.struck)?;
    }
    Ok(())
}

fn stop(error: &XlsbError) -> Stop {
    match error {
        XlsbError::Password => Stop::Encrypted,
        _ => Stop::Damaged(error.to_string()),
    }
}
