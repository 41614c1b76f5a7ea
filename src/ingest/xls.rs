//! Excel 97–2003 workbooks. The library reads every sheet as a whole grid and tells no number formats, so the
//! records are scanned first: for the size of the grids, for formats and struck fonts, and for what is hidden.
//! A book that is encrypted with Excel's own password is decrypted first, in a build that can. Comments are not read, nor
//! struck runs within a text of Excel 5 and 95: such a text is struck as its cell is.

use super::biff::{self, Scan};
use super::book::{Book, Grid, USUAL_WIDTH, worksheets};
use super::cell::{CellStyle, Style, shown};
use super::compound::Compound;
use super::date::{Calendar, Epoch};
use super::limits::{count, mib};
use super::password;
use super::runs::Run;
use super::trouble::Refusal;
use super::xlsx::seat;
use crate::finding::{Noted, Size};
use crate::model::{Eras, Limits, RawSheet};
use calamine::{Dimensions, Reader as _, Xls, XlsError, XlsOptions};
use std::io::Cursor;

type Workbook<'a> = Xls<Cursor<&'a [u8]>>;

/// Reads the sheets.
pub(super) fn read(
    bytes: &[u8],
    file: &str,
    limits: &Limits,
    eras: &Eras,
) -> Result<Noted<Vec<RawSheet>>, Refusal> {
    if count(bytes.len()) > mib(limits.legacy_mib) {
        return Err(Refusal::too_many_bytes(Size::Legacy, count(bytes.len()), limits.legacy_mib));
    }
    match scan(bytes, limits) {
        Err(Refusal::Encrypted) => {
            let bytes = password::open_book(bytes)?;
            read_scanned(&bytes, file, limits, eras, scan(&bytes, limits)?)
        }
        scan => read_scanned(bytes, file, limits, eras, scan?),
    }
}

fn scan(bytes: &[u8], limits: &Limits) -> Result<Scan, Refusal> {
    let damaged = || Refusal::Damaged("OLE2".into());
    let compound = Compound::open(bytes).ok_or_else(damaged)?;
    let stream = compound.stream("Workbook").or_else(|| compound.stream("Book")).ok_or_else(damaged)?;
    biff::scan(&stream, limits)
}

fn read_scanned(
    bytes: &[u8],
    file: &str,
    limits: &Limits,
    eras: &Eras,
    mut scan: Scan,
) -> Result<Noted<Vec<RawSheet>>, Refusal> {
    let mut options = XlsOptions::default();
    options.force_codepage = Some(scan.code_page);
    let mut workbook = Workbook::new_with_options(Cursor::new(bytes), options).map_err(|e| stop(&e))?;
    let mut book = Book::new(file, limits);
    for sheet in worksheets(workbook.sheets_metadata(), limits)? {
        let sketch = scan.sheets.get_mut(sheet.index).map(|found| std::mem::take(&mut found.sketch));
        book.sheet(&sheet, |grid| {
            grid.set_default_width(USUAL_WIDTH);
            if let Some(marks) = scan.sheets.get(sheet.index) {
                marks.hidden_rows.iter().for_each(|row| grid.hide_row(*row));
                for (first, last, width) in &marks.widths {
                    grid.set_width(*first, *last, u32::from(*width) * 100 / 256);
                }
                marks.hidden_columns.iter().for_each(|(first, last)| grid.hide_columns(*first, *last));
            }
            let merges = fill(grid, &mut workbook, &sheet.name, eras, |row, col| {
                (scan.style(sheet.index, row, col), scan.runs(sheet.index, row, col))
            })?;
            if let Some(found) = scan.sheets.get(sheet.index) {
                let mut overlays = found.overlays.clone();
                seat(&mut overlays, &merges, &found.axes);
                grid.surroundings().overlays = overlays;
            }
            grid.merge(merges)?;
            grid.set_looks(sketch.unwrap_or_default(), &scan.palette);
            Ok(())
        });
    }
    Ok(book.finish())
}

/// Reads the cells; returns the merged areas.
fn fill<'s>(
    grid: &mut Grid<'_>,
    workbook: &mut Workbook<'_>,
    name: &str,
    eras: &Eras,
    marks: impl Fn(u32, u32) -> (Option<&'s Style>, Option<&'s [Run]>),
) -> Result<Vec<Dimensions>, Refusal> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let calendar = Calendar { epoch, eras };
    let range = workbook.worksheet_range(name).map_err(|e| stop(&e))?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, col, data) in range.used_cells() {
        let (row, col) = (u32::try_from(row), u32::try_from(col));
        let (row, col) = row.ok().zip(col.ok()).expect("a grid has at most 65,536 rows and columns");
        let (row, col) = (top + row, left + col);
        let (style, runs) = marks(row, col);
        let look = CellStyle::of(style, calendar);
        grid.put_runs(row, col, shown(data, look), look, runs)?;
    }
    workbook.merge_cells_by_sheet_name(name).map_err(|e| stop(&e))
}

fn stop(error: &XlsError) -> Refusal {
    match error {
        XlsError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged(error.to_string()),
    }
}
