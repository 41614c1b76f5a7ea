//! Binary Office Open XML workbooks (xlsb), cell by cell. The library keeps no styles, merges nor hidden rows of
//! them: the records are scanned for these.
//!
//! Comments are not read.

mod scan;
mod styles;

use super::archive::{Archive, Part};
use super::book::{Book, Grid, Sheet, USUAL_WIDTH};
use super::cell::{CellStyle, Style, shown_ref};
use super::date::{Calendar, Epoch};
use super::package::worksheets;
use super::runs::Run;
use super::stored::Stored;
use super::trouble::Refusal;
use super::xlsx::{overlays, seat};
use crate::finding::Noted;
use crate::model::{Eras, Limits, RawSheet};
use calamine::{Reader as _, Xlsb, XlsbError};
use scan::Listing;
use std::fmt::Write as _;
use std::rc::Rc;

type Workbook = Xlsb<Stored>;

/// Reads the sheets.
pub(super) fn read(
    archive: &mut Archive<'_>,
    file: &str,
    limits: &Limits,
    eras: &Eras,
) -> Result<Noted<Vec<RawSheet>>, Refusal> {
    let mut listing = Listing::read(archive)?;
    let sheets = worksheets(std::mem::take(&mut listing.sheets), &listing.relations, limits)?;
    let styles = archive.try_bytes(&listing.part("styles", "xl/styles.bin"))?.unwrap_or_default();
    let shared =
        archive.try_bytes(&listing.part("sharedStrings", "xl/sharedStrings.bin"))?.unwrap_or_default();
    let library = library(archive, &listing, &sheets, [&styles, &shared])?;
    let mut workbook = Workbook::new(library).map_err(|e| stop(&e))?;
    let mut book = Book::new(file, limits);
    let styles = styles::read(&styles);
    let rich = scan::rich(&shared, &styles.fonts);
    for (sheet, part) in &sheets {
        book.sheet(sheet, |grid| {
            let stream = archive.try_bytes(part)?.ok_or_else(|| Refusal::Damaged(part.clone()))?;
            let found = scan::sheet(&stream, &rich, &styles.palette, limits)?;
            let axes = found.axes();
            let mut overlays = overlays(archive, part, &axes, &[])?;
            seat(&mut overlays, &found.merges, &axes);
            grid.surroundings().overlays = overlays;
            grid.surroundings().filtered_rows = found.filtered_rows();
            found.hidden_rows.iter().for_each(|row| grid.hide_row(*row));
            grid.set_default_width(USUAL_WIDTH);
            for (first, last, width) in &found.widths {
                let width = u32::try_from(width * 100 / scan::DIGIT).unwrap_or(0);
                grid.set_width(*first, *last, width);
            }
            found.hidden_columns.iter().for_each(|(first, last)| grid.hide_columns(*first, *last));
            fill(grid, &mut workbook, &sheet.index.to_string(), eras, |row, col| {
                let style = styles.texts.get(found.cells.get(&(row, col)).copied().unwrap_or(0));
                let runs = found.rich.get(&(row, col)).and_then(|text| rich.get(text));
                (style, runs.map(Vec::as_slice))
            })?;
            grid.merge(found.merges)?;
            grid.set_looks(found.sketch, &styles.palette);
            Ok(())
        });
    }
    Ok(book.finish())
}

/// The workbook as the library is given it: the parts of the sheets that can be read, styles and shared texts, under
/// the names that it takes.
fn library(
    archive: &mut Archive<'_>,
    listing: &Listing,
    sheets: &[(Sheet, String)],
    [styles, shared]: [&Rc<Vec<u8>>; 2],
) -> Result<Stored, Refusal> {
    // Properties: flags, an unused number, the name in macros.
    let mut workbook = vec![0x99, 0x01, 12, u8::from(listing.from_1904), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut relations = String::new();
    let mut parts = Vec::new();
    for (sheet, part) in sheets {
        let Ok(Some(stream)) = archive.try_bytes(part) else { continue };
        let name = sheet.index.to_string();
        // State, number, relation, name: here the last two are the same.
        let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u8::try_from(name.len()).unwrap_or_default();
        let text = [&[length, 0, 0, 0][..], &text].concat();
        let size = u8::try_from(8 + 2 * text.len()).unwrap_or_default();
        workbook.extend([&[0x9C, 0x01, size][..], &[0; 8], &text, &text].concat());
        // Nothing can go wrong in writing to memory.
        let _ = write!(relations, r#"<Relationship Id="{name}" Target="worksheets/{name}.bin"/>"#);
        parts.push((format!("xl/worksheets/{name}.bin"), Part::Binary(stream)));
    }
    // The ends of the list of sheets and of the workbook.
    workbook.extend([0x90, 0x01, 0, 0x84, 0x01, 0]);
    let relations = format!("<Relationships>{relations}</Relationships>");
    parts.push(("xl/_rels/workbook.bin.rels".to_owned(), Part::Text(relations.into())));
    parts.push(("xl/workbook.bin".to_owned(), Part::Binary(workbook.into())));
    for (name, stream) in [("xl/styles.bin", styles), ("xl/sharedStrings.bin", shared)] {
        // An empty one would not be taken.
        let part = Some(stream).filter(|stream| !stream.is_empty());
        parts.extend(part.map(|stream| (name.to_owned(), Part::Binary(Rc::clone(stream)))));
    }
    Stored::new(parts)
}

fn fill<'s>(
    grid: &mut Grid<'_>,
    workbook: &mut Workbook,
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
