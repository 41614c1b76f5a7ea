//! Office Open XML workbooks (xlsx, xlsm): the library reads the cells, one by one; what it does not tell is
//! read beside it from the parts of the package.
//!
//! Struck-through text and text that cannot be seen are known for cells, and for runs of shared and inline strings;
//! hidden rows and columns, comments, and what lies over the cells are known. Conditional formats are not applied.

mod active;
mod conditions;
mod drawing;
mod library;
mod marks;
mod notes;
mod over;
mod parts;
mod rich;
mod styles;
mod vml;

pub(super) use drawing::shape;
pub(super) use marks::position;
pub(super) use over::{overlays, seat};
pub(super) use parts::Listing;
pub(super) use vml::linked;

use super::archive::Archive;
use super::book::{Book, Grid, USUAL_WIDTH, cell_error};
use super::cell::{CellStyle, Shown, shown_ref, without_format};
use super::date::{Calendar, Epoch};
use super::looks::Sketch;
use super::package::worksheets;
use super::runs::Runs;
use super::stored::Stored;
use super::trouble::Refusal;
use crate::finding::{Finding, Noted, Problem, Size};
use crate::model::{Area, CellRef, Eras, Limits, RawSheet, Setting, Unseen};
use calamine::{Dimensions, Reader as _, Xlsx, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use styles::Styles;

type Workbook = Xlsx<Stored>;
/// The root element of the shared texts, with how many they are, begins here at the latest.
const HEAD_BYTES: usize = 4096;
/// Rich texts by row and column.
type RichCells = BTreeMap<(u32, u32), Runs>;

/// What is read of a sheet beside its cells.
struct Beside {
    /// The texts of which a part may look different.
    rich: RichCells,
    merges: Vec<Dimensions>,
    /// The cells with formulas that have no result, as far as they state their places.
    unresolved: Vec<Option<(u32, u32)>>,
    /// Rows that a table's style colours: white text can be seen there.
    heads: Vec<Area>,
    /// The cells below what lies over them, and how their texts are set.
    below: BTreeMap<CellRef, Option<Setting>>,
    styled: marks::Styled,
}

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
    let mut styles = None;
    for (sheet, part) in &sheets {
        book.sheet(sheet, |grid| {
            grid.surroundings().print_areas = listing.names.print_areas(&sheet.name);
            grid.surroundings().ids = listing.names.ids(&sheet.name);
            grid.surroundings().repeats_list = listing.names.repeats_list(&sheet.name);
            let mut beside = beside(grid, archive, part, &listing, &shared)?;
            let (young, sketch) =
                fill(grid, &mut workbook, &library::name(sheet), &mut beside, (&mut styles, eras))?;
            for overlay in &mut grid.surroundings().overlays {
                overlay.setting = beside.below.get(&overlay.cell).copied().flatten();
            }
            put_young_errors(grid, archive, part, &young)?;
            put_unresolved(grid, &beside.unresolved)?;
            grid.merge(beside.merges)?;
            if let Some(styles) = &styles {
                grid.set_looks(sketch, &styles.palette);
            }
            let mut notes = notes::read(archive, part).into_iter();
            notes.try_for_each(|((row, col), note)| grid.put_note(row, col, &note))
        });
    }
    Ok(book.finish())
}

/// What a part says of text that is struck through or cannot be seen.
const LOOKS: [&str; 7] =
    ["strike", "FFFFFFFF", "theme=\"0\"", "indexed=\"9\"", "indexed=\"1\"", "sz val=\"1\"", "sz val=\"2\""];

/// The shared strings with struck runs. Most workbooks have none: then the strings need not be read again.
fn shared_runs(archive: &mut Archive<'_>, listing: &Listing) -> Result<BTreeMap<usize, Runs>, Refusal> {
    let text = archive.text(&listing.shared()).unwrap_or_default();
    let styles = archive.text(&listing.styles()).unwrap_or_default();
    // A run that is not struck stands out in a cell that is, and so does one that is seen.
    let told = |part: &str| LOOKS.iter().any(|look| marks::occurs(part, look));
    let needed = told(&text) || (told(&styles) && marks::occurs(&text, "rPr"));
    if needed { rich::shared(&text) } else { Ok(BTreeMap::new()) }
}

/// Marks what is hidden, and places what lies over the cells.
fn beside(
    grid: &mut Grid<'_>,
    archive: &mut Archive<'_>,
    part: &str,
    listing: &Listing,
    shared: &BTreeMap<usize, Runs>,
) -> Result<Beside, Refusal> {
    let text = archive.try_text(part)?.ok_or_else(|| Refusal::Damaged(part.to_owned()))?;
    let marks = marks::scan(&text);
    grid.set_default_width(marks.default_width.unwrap_or(USUAL_WIDTH));
    marks.widths.iter().for_each(|(first, last, width)| grid.set_width(*first, *last, *width));
    marks.hidden_rows.iter().for_each(|row| grid.hide_row(*row));
    marks.hidden_columns.iter().for_each(|(first, last)| grid.hide_columns(*first, *last));
    let tables =
        if marks::occurs(&text, "tablePart") { parts::list_objects(archive, part) } else { Vec::new() };
    let filters = tables.iter().filter_map(|table| table.filter).chain(marks.filter);
    let filtered: BTreeSet<u32> = filters
        .flat_map(|area| {
            marks
                .hidden_rows
                .range(area.start.0.saturating_add(1)..)
                .take_while(move |row| **row <= area.end.0)
        })
        .copied()
        .collect();
    let conditional = conditions::hiding(archive, &listing.styles(), &marks);
    let axes = over::axes(&text);
    let mut overlays = Vec::new();
    if marks::occurs(&text, "rawing") {
        overlays = over::overlays(archive, part, &axes, &over::controls(&text))?;
    }
    over::seat(&mut overlays, &marks.merges, &axes);
    let below = overlays.iter().map(|overlay| (overlay.cell, None)).collect();
    // Runs within the sheet's own part are rare, and have properties if any stands out.
    let needed = !shared.is_empty() || marks::occurs(&text, "rPr");
    let rich = if needed { rich::cells(&text, shared)? } else { RichCells::new() };
    let heads = tables
        .iter()
        .filter(|table| table.has_head)
        .map(|table| Area { bottom: table.area.top, ..table.area });
    let heads = heads.collect();
    let surroundings = grid.surroundings();
    surroundings.filtered_rows = filtered;
    surroundings.grouped_rows = marks.grouped_rows;
    surroundings.total_rows =
        tables.iter().filter(|table| table.totals > 0).map(|table| table.area.bottom).collect();
    surroundings.conditional = conditional;
    surroundings.overlays = overlays;
    let unresolved = marks::unresolved(&text, listing.recalculates);
    Ok(Beside { rich, merges: marks.merges, unresolved, heads, below, styled: marks.styled })
}

/// Reads the cells; returns their looks, and the error values that are younger than the library (`#SPILL!`): it goes on
/// after them, but does not tell their cells. The workbook's styles are taken when a sheet is first opened.
fn fill(
    grid: &mut Grid<'_>,
    workbook: &mut Workbook,
    name: &str,
    beside: &mut Beside,
    (styles, eras): (&mut Option<Styles>, &Eras),
) -> Result<(BTreeSet<String>, Sketch), Refusal> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let calendar = Calendar { epoch, eras };
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|e| stop(&e))?;
    let styles = styles.get_or_insert_with(|| Styles::of(cells.styles()));
    let mut sketch = styles.sketch(&beside.styled);
    let mut young = BTreeSet::new();
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => return Ok((young, sketch)),
            Err(XlsxError::CellError(value)) => {
                young.insert(value);
                continue;
            }
            Err(error) => return Err(stop(&error)),
        };
        let (row, col) = cell.get_position();
        sketch.cells(row, (col, col), styles.palette.style(style));
        let mut look = CellStyle::of(styles.texts.get(style), calendar);
        if look.unseen == Some(Unseen::Colour) && beside.heads.iter().any(|head| head.contains(row, col)) {
            look.unseen = None;
        }
        if let Some(below) = beside.below.get_mut(&CellRef { row, col }) {
            *below = Some(styles.setting(style));
        }
        let shown = shown_ref(cell.get_value(), look);
        if shown == Shown::Blank && look.format.is_some_and(|format| !format.is_general()) {
            grid.put_unseen(row, col, Unseen::Format, without_format(cell.get_value(), look))?;
            continue;
        }
        grid.put_runs(row, col, shown, look, beside.rich.get(&(row, col)).map(|runs| &runs[..]))?;
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

/// Finds the formulas that a program has written without working them out.
fn put_unresolved(grid: &mut Grid<'_>, cells: &[Option<(u32, u32)>]) -> Result<(), Refusal> {
    for cell in cells {
        match cell {
            Some((row, col)) => grid.put(*row, *col, Shown::Unresolved)?,
            None => grid.note(|origin| Finding::new(Problem::FormulaUnresolved {}, origin)),
        }
    }
    Ok(())
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
