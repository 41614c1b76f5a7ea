//! A workbook while it is read: its sheets so far, what was noticed, and what is left of the limits.

use super::cell::{self, CellStyle, Shown};
use super::legible::{self, Signs};
use super::limits::{count, mib};
use super::looks::{self, Palette, Sketch};
use super::runs::{self, Run};
use super::trouble::Refusal;
use crate::finding::{Collector, Finding, NoTable, Noted, Problem, Size};
use crate::model::{
    Area, ColumnWidths, HiddenText, Limits, Looks, Origin, Place, RawCell, RawRow, RawSheet, Surroundings,
    Unseen,
};
use calamine::{Dimensions, SheetType, SheetVisible};
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Characters of a sheet's name at most; Excel allows 31.
const LONGEST_NAME: usize = 255;
/// Hundredths of a character that fit into a column of Japanese Excel whose width nobody has set.
pub(super) const USUAL_WIDTH: u32 = 838;

/// The workbook.
pub(super) struct Book {
    file: String,
    sheets: Vec<RawSheet>,
    findings: Collector,
    limits: Limits,
    cells: u64,
    /// Bytes.
    text: u64,
    /// What is left for the looks of cells.
    room: usize,
    /// Whether a sheet was left out for its size.
    is_cut: bool,
    /// Whether no more is read of the file.
    is_full: bool,
}

/// One sheet of it, cells in any order.
pub(super) struct Grid<'b> {
    book: &'b mut Book,
    sheet: RawSheet,
    /// Whether each cell so far came after the one before it.
    in_order: bool,
    hidden_rows: BTreeSet<u32>,
    pub(super) signs: Signs,
}

impl Book {
    pub(super) fn new(file: &str, limits: &Limits) -> Self {
        Self {
            file: file.to_owned(),
            sheets: Vec::new(),
            findings: Collector::default(),
            limits: *limits,
            cells: 0,
            text: 0,
            room: looks::ROOM,
            is_cut: false,
            is_full: false,
        }
    }

    /// Reads one sheet with `fill`; what stops it is reported at the sheet. What was read of a damaged one is kept; one
    /// that is too large is left out, and so is all that comes after it if the file is: a part of a list is none.
    pub(super) fn sheet(&mut self, sheet: &Sheet, fill: impl FnOnce(&mut Grid<'_>) -> Result<(), Refusal>) {
        self.grid(Some(&sheet.name), sheet.visibility, fill);
    }

    /// Reads the only sheet of a file whose sheet has no name.
    pub(super) fn nameless(&mut self, fill: impl FnOnce(&mut Grid<'_>) -> Result<(), Refusal>) {
        self.grid(None, SheetVisible::Visible, fill);
    }

    fn grid(
        &mut self,
        name: Option<&str>,
        visibility: SheetVisible,
        fill: impl FnOnce(&mut Grid<'_>) -> Result<(), Refusal>,
    ) {
        let place = Arc::new(Place { file: self.file.clone(), sheet: name.map(str::to_owned) });
        if self.is_full {
            return;
        }
        // Every finding repeats it.
        if name.is_some_and(|name| name.chars().nth(LONGEST_NAME).is_some()) {
            let problem = Refusal::Damaged(format!("a sheet's name has more than {LONGEST_NAME} characters"));
            self.findings.push(problem.at_file(&self.file));
            self.is_cut = true;
            return;
        }
        let is_very_hidden = visibility == SheetVisible::VeryHidden;
        let sheet = RawSheet {
            place,
            hidden: visibility != SheetVisible::Visible,
            rows: Vec::new(),
            hidden_columns: Vec::new(),
            merges: Vec::new(),
            widths: ColumnWidths::default(),
            looks: Looks::default(),
            surroundings: Surroundings { is_very_hidden, ..Surroundings::default() },
            ..RawSheet::default()
        };
        let signs = Signs::default();
        let mut grid = Grid { book: self, sheet, in_order: true, hidden_rows: BTreeSet::new(), signs };
        let outcome = fill(&mut grid);
        let signs = std::mem::take(&mut grid.signs).findings(&grid.sheet.place);
        for finding in signs {
            grid.book.findings.push(finding);
        }
        let sheet = grid.finish();
        if let Err(stop) = outcome {
            self.findings.push(stop.at(Origin::of_place(&sheet.place)));
            if let Refusal::TooLarge(excess) = stop {
                self.is_cut = true;
                self.is_full = matches!(excess.size, Size::Cells | Size::Text);
                return;
            }
        }
        self.sheets.push(sheet);
    }

    /// Counts a cell with so many bytes of text.
    fn take(&mut self, bytes: u64) -> Result<(), Refusal> {
        let (cells, text) = (self.cells + 1, self.text + bytes);
        if cells > self.limits.cells {
            return Err(Refusal::too_large(Size::Cells, cells, self.limits.cells));
        }
        if text > mib(self.limits.text_mib) {
            return Err(Refusal::too_many_bytes(Size::Text, text, self.limits.text_mib));
        }
        (self.cells, self.text) = (cells, text);
        Ok(())
    }

    /// The workbook as read.
    pub(super) fn finish(mut self) -> Noted<Vec<RawSheet>> {
        if self.sheets.is_empty() && !self.is_cut {
            let problem = Problem::FileWithoutTable { cause: NoTable::NoSheet };
            self.findings.push(Finding::new(problem, Origin::of_file(&self.file)));
        }
        Noted { value: self.sheets, findings: self.findings.finish() }
    }
}

impl Grid<'_> {
    /// Adds a cell; the last of several at one place counts.
    pub(super) fn put(&mut self, row: u32, col: u32, shown: Shown) -> Result<(), Refusal> {
        match shown {
            Shown::Blank => Ok(()),
            Shown::Text(text) if legible::is_error(&text) => {
                self.put_error(row, col, text.trim());
                Ok(())
            }
            Shown::Text(text) => self.add(row, RawCell { col, text, ..RawCell::default() }),
            Shown::Date(text) => self.add(row, RawCell { col, text, is_date: true, ..RawCell::default() }),
            Shown::Unresolved => {
                let origin = self.sheet.origin(row, col);
                self.book.findings.push(Finding::new(Problem::FormulaUnresolved {}, origin));
                Ok(())
            }
            Shown::Number(text, stored) => {
                self.add(row, RawCell { col, text, stored: Some(Box::new(stored)), ..RawCell::default() })
            }
            Shown::Error(value) => {
                self.put_error(row, col, &value);
                Ok(())
            }
        }
    }

    /// Adds a cell of which a part is struck through, or all.
    pub(super) fn put_struck(
        &mut self,
        row: u32,
        col: u32,
        kept: Shown,
        struck: Shown,
    ) -> Result<(), Refusal> {
        self.put_parts(row, col, kept, struck, None)
    }

    /// Adds a cell of which nothing can be seen.
    pub(super) fn put_unseen(
        &mut self,
        row: u32,
        col: u32,
        why: Unseen,
        shown: Shown,
    ) -> Result<(), Refusal> {
        let (text, stored) = match shown {
            Shown::Text(text) | Shown::Date(text) | Shown::Error(text) => (text, None),
            Shown::Number(text, stored) => (text, Some(Box::new(stored))),
            Shown::Blank | Shown::Unresolved => return Ok(()),
        };
        let unseen = Some(Box::new(HiddenText { why, whole: text.clone(), text }));
        self.add(row, RawCell { col, stored, unseen, ..RawCell::default() })
    }

    /// Adds a cell with what it shows; what of it is struck through or cannot be seen, its runs say, or else its font.
    pub(super) fn put_runs(
        &mut self,
        row: u32,
        col: u32,
        shown: Shown,
        look: CellStyle<'_>,
        runs: Option<&[Run]>,
    ) -> Result<(), Refusal> {
        let split = match (runs, look.unseen) {
            (Some(runs), _) => runs::split(runs, look),
            (None, _) if look.struck => return self.put_struck(row, col, Shown::Blank, shown),
            (None, Some(why)) => return self.put_unseen(row, col, why, shown),
            (None, None) => None,
        };
        match split {
            Some(split) => {
                let (kept, struck) = (cell::shown_text(&split.kept, look), cell::text(&split.struck));
                self.put_parts(row, col, kept, struck, split.unseen)
            }
            None => self.put(row, col, shown),
        }
    }

    fn put_parts(
        &mut self,
        row: u32,
        col: u32,
        kept: Shown,
        struck: Shown,
        unseen: Option<HiddenText>,
    ) -> Result<(), Refusal> {
        let struck = match struck {
            Shown::Blank if unseen.is_none() => return self.put(row, col, kept),
            // An error value that is struck through is no trouble, and neither is a formula.
            Shown::Blank | Shown::Unresolved => None,
            Shown::Text(struck) | Shown::Number(struck, _) | Shown::Date(struck) | Shown::Error(struck) => {
                Some(struck.into())
            }
        };
        let text = match kept {
            Shown::Text(text) | Shown::Number(text, _) | Shown::Date(text) => text,
            Shown::Error(_) | Shown::Blank | Shown::Unresolved => String::new(),
        };
        self.add(row, RawCell { col, text, struck, unseen: unseen.map(Box::new), ..RawCell::default() })
    }

    /// Adds the comment on a cell, whether the cell has text or not.
    pub(super) fn put_note(&mut self, row: u32, col: u32, note: &str) -> Result<(), Refusal> {
        match cell::text(note) {
            Shown::Text(note) | Shown::Number(note, _) | Shown::Date(note) => {
                self.add(row, RawCell { col, note: Some(note.into()), ..RawCell::default() })
            }
            Shown::Error(_) | Shown::Blank | Shown::Unresolved => Ok(()),
        }
    }

    /// Marks a row as hidden.
    pub(super) fn hide_row(&mut self, row: u32) {
        self.hidden_rows.insert(row);
    }

    /// Marks columns as hidden, the first and the last of a range given.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        self.sheet.hidden_columns.push((first.min(last), first.max(last)));
    }

    /// States the width of a range of columns, in hundredths of a character.
    pub(super) fn set_width(&mut self, first: u32, last: u32, width: u32) {
        self.sheet.widths.ranges.push((first, last, width));
    }

    /// States the width of all other columns.
    pub(super) fn set_default_width(&mut self, width: u32) {
        self.sheet.widths.default = Some(width);
    }

    fn add(&mut self, index: u32, mut cell: RawCell) -> Result<(), Refusal> {
        self.signs.read(index, cell.col, &mut cell.text);
        let unseen = cell.unseen.as_deref().map(|unseen| unseen.whole.as_str());
        let parts = [Some(cell.text.as_str()), cell.struck.as_deref(), unseen, cell.note.as_deref()];
        let most = self.book.limits.cell_chars;
        if let Some(chars) = parts.iter().flatten().find_map(|part| too_many_chars(part, most)) {
            let origin = self.sheet.origin(index, cell.col);
            let problem = Problem::SheetTooLarge { size: Size::CellChars, found: chars, most };
            self.book.findings.push(Finding::new(problem, origin));
            return Ok(());
        }
        let bytes: usize = parts.iter().flatten().map(|part| part.len()).sum();
        self.book.take(count(bytes))?;
        match self.sheet.rows.last_mut() {
            Some(row) if row.index == index => {
                self.in_order &= row.cells.last().is_none_or(|last| last.col < cell.col);
                row.cells.push(cell);
            }
            last => {
                // Rows are mostly as long as the one before.
                let mut cells = Vec::with_capacity(last.as_ref().map_or(1, |last| last.cells.len()));
                cells.push(cell);
                if let Some(last) = last {
                    self.in_order &= last.index < index;
                    last.cells.shrink_to_fit();
                }
                self.sheet.rows.push(RawRow { index, hidden: false, cells });
            }
        }
        Ok(())
    }

    /// Sets the merged areas; areas of one cell are none.
    pub(super) fn merge(&mut self, areas: Vec<Dimensions>) -> Result<(), Refusal> {
        let Limits { merges: most, merged_cells, .. } = self.book.limits;
        if count(areas.len()) > most {
            return Err(Refusal::too_large(Size::Merges, count(areas.len()), most));
        }
        let areas = areas.into_iter().filter(|a| a.start != a.end).map(|a| Area {
            top: a.start.0.min(a.end.0),
            left: a.start.1.min(a.end.1),
            bottom: a.start.0.max(a.end.0),
            right: a.start.1.max(a.end.1),
        });
        let areas: Vec<Area> = areas.collect();
        // Merges are never spread out over their cells, but whoever walks along their edges takes time.
        let covered = areas.iter().fold(0u64, |sum, area| sum.saturating_add(cells_of(area)));
        if covered > merged_cells {
            return Err(Refusal::too_large(Size::MergedCells, covered, merged_cells));
        }
        self.sheet.merges = areas;
        self.sheet.merges.sort_unstable();
        self.sheet.merges.dedup();
        Ok(())
    }

    /// Sets how the cells look, after the merged areas.
    pub(super) fn set_looks(&mut self, sketch: Sketch, palette: &Palette) {
        let looks = sketch.finish(palette, &self.sheet.merges, &mut self.book.room);
        self.sheet.looks = looks.unwrap_or_default();
    }

    /// What the file says of the sheet besides its cells.
    pub(super) fn surroundings(&mut self) -> &mut Surroundings {
        &mut self.sheet.surroundings
    }

    /// Notes something at the whole sheet.
    pub(super) fn note(&mut self, make: impl FnOnce(Origin) -> Finding) {
        let origin = Origin::of_place(&self.sheet.place);
        self.book.findings.push(make(origin));
    }

    /// Notes something at a cell.
    pub(super) fn note_at(&mut self, row: u32, col: u32, make: impl FnOnce(Origin) -> Finding) {
        let origin = self.sheet.origin(row, col);
        self.book.findings.push(make(origin));
    }

    fn put_error(&mut self, row: u32, col: u32, value: &str) {
        let origin = self.sheet.origin(row, col);
        self.book.findings.push(cell_error(origin, value));
    }

    /// The sheet as it is handed over.
    fn finish(self) -> RawSheet {
        let mut sheet = self.sheet;
        if !self.in_order {
            sort(&mut sheet.rows);
        }
        for row in &mut sheet.rows {
            row.hidden = self.hidden_rows.contains(&row.index);
        }
        sheet.hidden_columns = join(sheet.hidden_columns);
        cover(&mut sheet.rows, &sheet.merges);
        sheet
    }
}

/// A worksheet of a workbook.
pub(super) struct Sheet {
    /// Its place among all sheets, charts included.
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) visibility: SheetVisible,
}

/// The worksheets of a workbook.
pub(super) fn worksheets(sheets: &[calamine::Sheet], limits: &Limits) -> Result<Vec<Sheet>, Refusal> {
    check_sheets(sheets.len(), limits)?;
    let worksheets = sheets.iter().enumerate().filter(|(_, s)| s.typ == SheetType::WorkSheet);
    let sheet =
        |(index, s): (usize, &calamine::Sheet)| Sheet { index, name: s.name.clone(), visibility: s.visible };
    Ok(worksheets.map(sheet).collect())
}

/// Refuses a workbook of too many sheets.
pub(super) fn check_sheets(sheets: usize, limits: &Limits) -> Result<(), Refusal> {
    if count(sheets) > limits.sheets {
        return Err(Refusal::too_large(Size::Sheets, count(sheets), limits.sheets));
    }
    Ok(())
}

/// A width in characters as hundredths of them, if it is one that a column can have.
#[expect(
    clippy::float_arithmetic,
    reason = "files state widths so; they are read to a hundredth and no further"
)]
pub(super) fn hundredths(characters: f64) -> Option<u32> {
    (0.0..=1000.0)
        .contains(&characters)
        .then(|| (characters * 100.0).round())
        .and_then(|width| width.to_u32())
}

/// Puts rows and cells in order, and joins what is at one place.
fn sort(rows: &mut Vec<RawRow>) {
    // Both sorts are stable, so of two cells at one place the later one comes last.
    rows.sort_by_key(|row| row.index);
    rows.dedup_by(|later, row| {
        let same = later.index == row.index;
        if same {
            row.cells.append(&mut later.cells);
        }
        same
    });
    for row in rows {
        row.cells.sort_by_key(|cell| cell.col);
        row.cells.dedup_by(|later, cell| {
            let same = later.col == cell.col;
            if same {
                lay_over(cell, std::mem::take(later));
            }
            same
        });
    }
}

/// Makes text unseen that a merged area lies over: it shows that of its first cell alone. What says the same is none.
fn cover(rows: &mut Vec<RawRow>, merges: &[Area]) {
    for area in merges {
        let from = rows.partition_point(|row| row.index < area.top);
        let first = rows.get(from).filter(|row| row.index == area.top).and_then(|row| row.text(area.left));
        let shown = first.map(str::to_owned);
        for row in rows[from..].iter_mut().take_while(|row| row.index <= area.bottom) {
            let from = row.cells.partition_point(|cell| cell.col < area.left);
            let cells = row.cells[from..].iter_mut().take_while(|cell| cell.col <= area.right);
            let is_first = |cell: &RawCell| (row.index, cell.col) == (area.top, area.left);
            for cell in cells.filter(|cell| !is_first(cell) && !cell.text.is_empty()) {
                let text = std::mem::take(&mut cell.text);
                if shown.as_ref() != Some(&text) {
                    let unseen = HiddenText { why: Unseen::Merge, whole: text.clone(), text };
                    cell.unseen = Some(Box::new(unseen));
                }
            }
            row.cells.retain(|cell| !cell.is_empty() || cell.note.is_some());
        }
    }
    if !merges.is_empty() {
        rows.retain(|row| !row.cells.is_empty());
    }
}

/// Of two cells at one place the later one's content counts; a note alone is laid beside it.
fn lay_over(cell: &mut RawCell, later: RawCell) {
    if !later.is_empty() {
        (cell.text, cell.stored, cell.is_date) = (later.text, later.stored, later.is_date);
        (cell.struck, cell.unseen) = (later.struck, later.unseen);
    }
    cell.note = later.note.or_else(|| cell.note.take());
}

/// Ranges in order, those that touch or overlap as one.
fn join(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    ranges.dedup_by(|(first, last), before| {
        let touches = *first <= before.1.saturating_add(1);
        if touches {
            before.1 = before.1.max(*last);
        }
        touches
    });
    ranges
}

/// The number of a text's characters if there are too many; there are at most as many as bytes.
fn too_many_chars(text: &str, most: u64) -> Option<u64> {
    let chars = if count(text.len()) > most { count(text.chars().count()) } else { 0 };
    (chars > most).then_some(chars)
}

/// How many cells an area covers.
fn cells_of(area: &Area) -> u64 {
    (u64::from(area.bottom - area.top) + 1).saturating_mul(u64::from(area.right - area.left) + 1)
}

/// A formula that shows an error value.
pub(super) fn cell_error(origin: Origin, value: &str) -> Finding {
    Finding::new(Problem::CellError { value: value.into() }, origin)
}
