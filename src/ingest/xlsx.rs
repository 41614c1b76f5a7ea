//! Office Open XML workbooks (xlsx, xlsm), cell by cell.

use super::archive::Archive;
use super::book::{Book, Grid, cell_error, visible};
use super::cell::{Look, japanese_built_in, shown};
use super::date::Epoch;
use super::limits;
use super::trouble::{Size, Stop};
use crate::diagnostic::Noted;
use crate::model::RawSheet;
use calamine::{Data, Reader as _, Style, Xlsx, XlsxError};
use std::io::Cursor;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the visible sheets.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Noted<Vec<RawSheet>>, Stop> {
    check_announced_texts(&mut Archive::open(bytes)?)?;
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|e| stop(&e))?;
    let mut book = Book::new(file);
    let sheets: Vec<_> = visible(workbook.sheets_metadata()).collect();
    for (_, name) in sheets {
        book.sheet(Some(&name), |grid| fill(grid, &mut workbook, &name));
    }
    Ok(book.finish())
}

fn fill(grid: &mut Grid<'_>, workbook: &mut Workbook<'_>, name: &str) -> Result<(), Stop> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|e| stop(&e))?;
    let codes: Vec<String> = cells.styles().iter().map(code).collect();
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => break,
            // Error values younger than the library (#SPILL!); it can go on after them.
            Err(XlsxError::CellError(value)) => {
                grid.note(|origin| cell_error(origin, &value));
                continue;
            }
            Err(error) => return Err(stop(&error)),
        };
        let (row, col) = cell.get_position();
        let look = Look { code: codes.get(style).map(String::as_str), epoch };
        grid.put(row, col, shown(&Data::from(cell.get_value().clone()), look))?;
    }
    drop(cells);
    let merges = workbook.merge_cells_by_sheet_name(name).map_err(|e| stop(&e))?;
    grid.merge(merges)
}

/// The number format code of a style, as Japanese Excel reads it.
fn code(style: &Style) -> String {
    style.number_format.as_ref().map_or_else(
        || "General".to_owned(),
        |format| {
            let built_in = format.format_id.and_then(japanese_built_in);
            built_in.unwrap_or(&format.format_code).to_owned()
        },
    )
}

/// The library reserves memory for as many shared texts as the workbook announces.
fn check_announced_texts(archive: &mut Archive<'_>) -> Result<(), Stop> {
    let head = archive.head("sharedStrings.xml").unwrap_or_default();
    let head = String::from_utf8_lossy(&head);
    let Some((_, rest)) = head.split_once("uniqueCount=") else { return Ok(()) };
    let digits: String =
        rest.chars().skip(1).skip_while(|c| *c == '0').take_while(char::is_ascii_digit).collect();
    match digits.parse::<u64>() {
        Ok(count) if count > limits::SHARED_TEXTS => Err(Stop::TooLarge(Size::Cells)),
        Err(_) if !digits.is_empty() => Err(Stop::TooLarge(Size::Cells)),
        _ => Ok(()),
    }
}

fn stop(error: &XlsxError) -> Stop {
    match error {
        XlsxError::Password => Stop::Encrypted,
        _ => Stop::Damaged(error.to_string()),
    }
}
