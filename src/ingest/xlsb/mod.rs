//! Binary Office Open XML workbooks (xlsb), cell by cell. The library keeps no styles, merges nor hidden rows of
//! them: the records are scanned for these.
//!
//! Comments are not read.

mod scan;

use super::archive::Archive;
use super::book::{Book, Grid, USUAL_WIDTH, worksheets};
use super::cell::{CellStyle, Style, shown_ref};
use super::date::{Calendar, Epoch};
use super::runs::Run;
use super::trouble::Refusal;
use crate::finding::Noted;
use crate::model::{Eras, Limits, RawSheet};
use calamine::{Reader as _, Xlsb, XlsbError};
use std::io::Cursor;

type Workbook<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Reads the sheets.
pub(super) fn read(
    bytes: &[u8],
    mut archive: Archive<'_>,
    file: &str,
    limits: &Limits,
    eras: &Eras,
) -> Result<Noted<Vec<RawSheet>>, Refusal> {
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|e| stop(&e))?;
    let mut book = Book::new(file, limits);
    let parts = scan::sheets(&mut archive);
    let (styles, fonts) = scan::styles(&mut archive);
    let rich = scan::rich(&mut archive, &fonts);
    for sheet in worksheets(workbook.sheets_metadata(), limits)? {
        book.sheet(&sheet, |grid| {
            let part = parts.get(&sheet.name).map_or("", String::as_str);
            let found = scan::sheet(&mut archive, part, &rich, limits)?;
            found.hidden_rows.iter().for_each(|row| grid.hide_row(*row));
            grid.set_default_width(USUAL_WIDTH);
            for (first, last, width) in &found.widths {
                grid.set_width(*first, *last, width.saturating_mul(100) / 256);
            }
            found.hidden_columns.iter().for_each(|(first, last)| grid.hide_columns(*first, *last));
            fill(grid, &mut workbook, &sheet.name, eras, |row, col| {
                let style = styles.get(found.cells.get(&(row, col)).copied().unwrap_or(0));
                let runs = found.rich.get(&(row, col)).and_then(|text| rich.get(text));
                (style, runs.map(Vec::as_slice))
            })?;
            grid.merge(found.merges)
        });
    }
    Ok(book.finish())
}

fn fill<'s>(
    grid: &mut Grid<'_>,
    workbook: &mut Workbook<'_>,
    name: &str,
    eras: &Eras,
    marks: impl Fn(u32, u32) -> (Option<&'s Style>, Option<&'s [Run]>),
) -> Result<(), Refusal> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let calendar = Calendar { epoch, eras };
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|e| stop(&e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| stop(&e))? {
        let (row, col) = cell.get_position();
        let (style, runs) = marks(row, col);
        let look = CellStyle::of(style, calendar);
        grid.put_runs(row, col, shown_ref(cell.get_value(), look), look, runs)?;
    }
    Ok(())
}

fn stop(error: &XlsbError) -> Refusal {
    match error {
        XlsbError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged(error.to_string()),
    }
}
