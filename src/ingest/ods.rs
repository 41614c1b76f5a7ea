//! `OpenDocument` spreadsheets. The library keeps no number formats nor merges of them, and reads every sheet
//! as a whole grid.

use super::archive::Archive;
use super::book::{Book, visible};
use super::cell::{Look, shown};
use super::date::Epoch;
use super::trouble::Stop;
use crate::diagnostic::Noted;
use crate::model::RawSheet;
use calamine::{Ods, OdsError, Reader as _};
use std::io::Cursor;

/// Reads the visible sheets.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Noted<Vec<RawSheet>>, Stop> {
    Archive::open(bytes)?;
    let mut workbook = Ods::new(Cursor::new(bytes)).map_err(|e| stop(&e))?;
    let look = Look { code: None, epoch: Epoch::Y1900 };
    let mut book = Book::new(file);
    let sheets: Vec<_> = visible(workbook.sheets_metadata()).collect();
    for (_, name) in sheets {
        book.sheet(Some(&name), |grid| {
            let range = workbook.worksheet_range(&name).map_err(|e| stop(&e))?;
            let (top, left) = range.start().unwrap_or_default();
            range.used_cells().try_for_each(|(row, col, data)| {
                let (row, col) = (u32::try_from(row), u32::try_from(col));
                let (row, col) = row.ok().zip(col.ok()).expect("a grid in memory is smaller than 2³² cells");
                grid.put(top + row, left + col, shown(data, look))
            })
        });
    }
    Ok(book.finish())
}

fn stop(error: &OdsError) -> Stop {
    match error {
        OdsError::Password => Stop::Encrypted,
        _ => Stop::Damaged(error.to_string()),
    }
}
