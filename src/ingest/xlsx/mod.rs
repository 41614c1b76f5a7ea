//! Office Open XML workbooks (xlsx, xlsm): the library reads the cells, one by one; what it does not tell is
//! read beside it from the parts of the package.
//!
//! Struck-through text is known for cells, and for runs of shared and inline strings; hidden rows and columns
//! and comments are known. Conditional formats are not applied.

mod library;
mod marks;
mod notes;
mod parts;
mod rich;

pub(super) use marks::position;
pub(super) use parts::Listing;

use super::archive::Archive;
use super::book::{Book, Grid, cell_error};
use super::cell::{CellStyle, Shown, Style, japanese_built_in, shown_ref};
use super::date::{Calendar, Epoch};
use super::format::NumberFormat;
use super::package::worksheets;
use super::runs::Runs;
use super::stored::Stored;
use super::trouble::Refusal;
use crate::finding::{Noted, Size};
use crate::model::{Eras, Limits, RawSheet};
use calamine::{Dimensions, Reader as _, Xlsx, XlsxError};
use std::collections::{BTreeMap, BTreeSet};

type Workbook = Xlsx<Stored>;
/// The root element of the shared texts, with how many they are, begins here at the latest.
const HEAD_BYTES: usize = 4096;
/// Rich texts by row and column.
type RichCells = BTreeMap<(u32, u32), Runs>;

/// Reads the sheets.
pub(super) fn read(
    archive: &mut Archive<'_>,
    file: &str,
    limits: &Limits,
    eras: &Eras,
) -> Result<Noted<Vec<RawSheet>>, Refusal> {
    let mut listing = Listing::read(archive)?;
    let sheets = worksheets(std::mem::take(&mut listing.sheets), &listing.relations, limits)?;
    check_announced_texts(archive, &listing, limits)?;
    let mut workbook = Workbook::new(library::workbook(archive, &listing, &sheets)?).map_err(|e| stop(&e))?;
    let mut book = Book::new(file, limits);
    let shared = shared_runs(archive, &listing)?;
    for (sheet, part) in &sheets {
        book.sheet(sheet, |grid| {
            let (rich, merges) = beside(grid, archive, part, &shared)?;
            let young = fill(grid, &mut workbook, &library::name(sheet), &rich, eras)?;
            put_young_errors(grid, archive, part, &young)?;
            grid.merge(merges)?;
            let mut notes = notes::read(archive, part).into_iter();
            notes.try_for_each(|((row, col), note)| grid.put_note(row, col, &note))
        });
    }
    Ok(book.finish())
}

/// The shared strings with struck runs. Most workbooks have none: then the strings need not be read again.
fn shared_runs(archive: &mut Archive<'_>, listing: &Listing) -> Result<BTreeMap<usize, Runs>, Refusal> {
    let text = archive.text(&listing.shared()).unwrap_or_default();
    let styles = archive.text(&listing.styles()).unwrap_or_default();
    // A run that is not struck stands out in a cell that is.
    let needed = marks::occurs(&text, "strike") || (styles.contains("strike") && marks::occurs(&text, "rPr"));
    if needed { rich::shared(&text) } else { Ok(BTreeMap::new()) }
}

/// Marks what is hidden; returns the texts of which a part may be struck through, and the merged areas.
fn beside(
    grid: &mut Grid<'_>,
    archive: &mut Archive<'_>,
    part: &str,
    shared: &BTreeMap<usize, Runs>,
) -> Result<(RichCells, Vec<Dimensions>), Refusal> {
    let text = archive.try_text(part)?.ok_or_else(|| Refusal::Damaged(part.to_owned()))?;
    let marks = marks::scan(&text);
    marks.hidden_rows.into_iter().for_each(|row| grid.hide_row(row));
    marks.hidden_columns.into_iter().for_each(|(first, last)| grid.hide_columns(first, last));
    // Runs within the sheet's own part are rare, and have properties if any is struck.
    let needed = !shared.is_empty() || marks::occurs(&text, "rPr");
    let rich = if needed { rich::cells(&text, shared)? } else { RichCells::new() };
    Ok((rich, marks.merges))
}

/// Reads the cells; returns the error values that are younger than the library (`#SPILL!`): it goes on after
/// them, but does not tell their cells.
fn fill(
    grid: &mut Grid<'_>,
    workbook: &mut Workbook,
    name: &str,
    rich: &RichCells,
    eras: &Eras,
) -> Result<BTreeSet<String>, Refusal> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let calendar = Calendar { epoch, eras };
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|e| stop(&e))?;
    let styles: Vec<Style> = cells.styles().iter().map(style).collect();
    let mut young = BTreeSet::new();
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(young),
            Err(XlsxError::CellError(value)) => {
                young.insert(value);
                continue;
            }
            Err(error) => return Err(stop(&error)),
        };
        let (row, col) = cell.get_position();
        let look = CellStyle::of(styles.get(style), calendar);
        let shown = shown_ref(cell.get_value(), look);
        grid.put_runs(row, col, shown, look, rich.get(&(row, col)).map(|runs| &runs[..]))?;
    }
}

/// Finds the cells of error values that the library does not know.
fn put_young_errors(
    grid: &mut Grid<'_>,
    archive: &mut Archive<'_>,
    part: &str,
    values: &BTreeSet<String>,
) -> Result<(), Refusal> {
    if values.is_empty() {
        return Ok(());
    }
    let text = archive.text(part).unwrap_or_default();
    for value in values {
        let cells = marks::cells_with_error(&text, value);
        if cells.is_empty() {
            grid.note(|origin| cell_error(origin, value));
        }
        for (row, col) in cells {
            grid.put(row, col, Shown::Error(value.clone()))?;
        }
    }
    Ok(())
}

/// The number format of a style, as Japanese Excel reads it, and whether its font is struck through.
fn style(style: &calamine::Style) -> Style {
    let code = style.number_format.as_ref().map_or("General", |format| {
        format.format_id.and_then(japanese_built_in).unwrap_or(&format.format_code)
    });
    let struck = style.font.as_ref().is_some_and(calamine::Font::has_strikethrough);
    Style { format: NumberFormat::new(code), struck }
}

/// The library reserves memory for as many shared texts as the workbook announces.
fn check_announced_texts(
    archive: &mut Archive<'_>,
    listing: &Listing,
    limits: &Limits,
) -> Result<(), Refusal> {
    let text = archive.try_text(&listing.shared())?.unwrap_or_default();
    let Some((_, rest)) =
        text.get(..text.floor_char_boundary(HEAD_BYTES)).and_then(|head| head.split_once("uniqueCount="))
    else {
        return Ok(());
    };
    let digits: String =
        rest.chars().skip(1).skip_while(|c| *c == '0').take_while(char::is_ascii_digit).collect();
    match digits.parse::<u64>() {
        Ok(count) if count > limits.cells => Err(Refusal::too_large(Size::SharedTexts, count, limits.cells)),
        Err(_) if !digits.is_empty() => Err(Refusal::too_large(Size::SharedTexts, u64::MAX, limits.cells)),
        _ => Ok(()),
    }
}

fn stop(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged(error.to_string()),
    }
}
