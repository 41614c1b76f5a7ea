//! Excel 97–2003 workbooks. The library reads every sheet as a whole grid and tells no number formats, so the
//! records are scanned first: for the size of the grids and for the formats.

use super::biff;
use super::book::{Book, Grid, visible};
use super::cell::{Look, shown};
use super::compound::Compound;
use super::date::Epoch;
use super::limits;
use super::trouble::{Size, Stop};
use crate::diagnostic::Noted;
use crate::model::RawSheet;
use calamine::{Reader as _, Xls, XlsError};
use std::io::Cursor;

type Workbook<'a> = Xls<Cursor<&'a [u8]>>;

/// Reads the visible sheets.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Noted<Vec<RawSheet>>, Stop> {
    if bytes.len() > limits::XLS_BYTES {
        return Err(Stop::TooLarge(Size::Xls));
    }
    let damaged = || Stop::Damaged("OLE2".into());
    let compound = Compound::open(bytes).ok_or_else(damaged)?;
    let stream = compound.stream("Workbook").or_else(|| compound.stream("Book")).ok_or_else(damaged)?;
    let scan = biff::scan(&stream)?;
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|e| stop(&e))?;
    let mut book = Book::new(file);
    let sheets: Vec<_> = visible(workbook.sheets_metadata()).collect();
    for (index, name) in sheets {
        let looks = scan.sheets.get(index);
        book.sheet(Some(&name), |grid| {
            fill(grid, &mut workbook, &name, |row, col| {
                let style = looks?.get(&(row, col))?;
                scan.codes.get(usize::from(*style)).map(String::as_str)
            })
        });
    }
    Ok(book.finish())
}

fn fill<'c>(
    grid: &mut Grid<'_>,
    workbook: &mut Workbook<'_>,
    name: &str,
    code: impl Fn(u32, u32) -> Option<&'c str>,
) -> Result<(), Stop> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let range = workbook.worksheet_range(name).map_err(|e| stop(&e))?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, col, data) in range.used_cells() {
        let (row, col) = (u32::try_from(row), u32::try_from(col));
        let (row, col) = row.ok().zip(col.ok()).expect("a grid has at most 65,536 rows and columns");
        let (row, col) = (top + row, left + col);
        grid.put(row, col, shown(data, Look { code: code(row, col), epoch }))?;
    }
    let merges = workbook.merge_cells_by_sheet_name(name).map_err(|e| stop(&e))?;
    grid.merge(merges)
}

fn stop(error: &XlsError) -> Stop {
    match error {
        XlsError::Password => Stop::Encrypted,
        _ => Stop::Damaged(error.to_string()),
    }
}
