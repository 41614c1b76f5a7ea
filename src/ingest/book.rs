//! A workbook while it is read: its sheets so far, what was noticed, and what is left of the limits.

use super::cell::Shown;
use super::limits;
use super::trouble::{Size, Stop};
use crate::diagnostic::{Code, Diagnostic, Noted, message};
use crate::model::{Area, Origin, Place, RawCell, RawRow, RawSheet};
use calamine::{Dimensions, Sheet, SheetType, SheetVisible};
use std::sync::Arc;

/// The workbook.
pub(super) struct Book {
    file: String,
    sheets: Vec<RawSheet>,
    diagnostics: Vec<Diagnostic>,
    cells_left: usize,
    text_left: usize,
}

/// One sheet of it, cells in any order.
pub(super) struct Grid<'b> {
    book: &'b mut Book,
    place: Arc<Place>,
    cells: Vec<(u32, u32, String)>,
    merges: Vec<Area>,
    errors: usize,
}

impl Book {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            sheets: Vec::new(),
            diagnostics: Vec::new(),
            cells_left: limits::CELLS,
            text_left: limits::TEXT_BYTES,
        }
    }

    /// Reads one sheet with `fill`; what stops it is reported at the sheet, and what was read of it is kept.
    /// A CSV file's only sheet has no name.
    pub(super) fn sheet(&mut self, name: Option<&str>, fill: impl FnOnce(&mut Grid<'_>) -> Result<(), Stop>) {
        let place = Arc::new(Place { file: self.file.clone(), sheet: name.map(str::to_owned) });
        let mut grid = Grid { book: self, place, cells: Vec::new(), merges: Vec::new(), errors: 0 };
        let outcome = fill(&mut grid);
        let Grid { place, cells, merges, errors, .. } = grid;
        if let Err(stop) = outcome {
            self.diagnostics.push(stop.at(Origin::of_place(&place)));
        }
        if errors > limits::ERRORS_PER_SHEET {
            self.diagnostics.push(more_errors(&place, errors - limits::ERRORS_PER_SHEET));
        }
        self.sheets.push(RawSheet { place, rows: rows(cells), merges });
    }

    /// The workbook as read.
    pub(super) fn finish(self) -> Noted<Vec<RawSheet>> {
        Noted { value: self.sheets, diagnostics: self.diagnostics }
    }
}

impl Grid<'_> {
    /// Adds a cell; the last of several at one place counts.
    pub(super) fn put(&mut self, row: u32, col: u32, shown: Shown) -> Result<(), Stop> {
        match shown {
            Shown::Blank => {}
            Shown::Error(value) => self.put_error(row, col, &value),
            Shown::Text(text) if text.chars().count() > limits::CELL_CHARS => {
                self.book.diagnostics.push(too_long(Origin::at(&self.place, row, col)));
            }
            Shown::Text(text) => {
                let book = &mut *self.book;
                let left = book.cells_left.checked_sub(1).zip(book.text_left.checked_sub(text.len()));
                (book.cells_left, book.text_left) = left.ok_or(Stop::TooLarge(Size::Cells))?;
                self.cells.push((row, col, text));
            }
        }
        Ok(())
    }

    /// Sets the merged areas; areas of one cell are none.
    pub(super) fn merge(&mut self, areas: Vec<Dimensions>) -> Result<(), Stop> {
        if areas.len() > limits::MERGES {
            return Err(Stop::TooLarge(Size::Merges));
        }
        let areas = areas.into_iter().filter(|a| a.start != a.end).map(|a| Area {
            top: a.start.0.min(a.end.0),
            left: a.start.1.min(a.end.1),
            bottom: a.start.0.max(a.end.0),
            right: a.start.1.max(a.end.1),
        });
        self.merges = areas.collect();
        self.merges.sort_unstable();
        self.merges.dedup();
        Ok(())
    }

    /// Notes something at the whole sheet.
    pub(super) fn note(&mut self, make: impl FnOnce(Origin) -> Diagnostic) {
        let origin = Origin::of_place(&self.place);
        self.book.diagnostics.push(make(origin));
    }

    fn put_error(&mut self, row: u32, col: u32, value: &str) {
        self.errors += 1;
        if self.errors <= limits::ERRORS_PER_SHEET {
            self.book.diagnostics.push(cell_error(Origin::at(&self.place, row, col), value));
        }
    }
}

/// The worksheets that a reader of the book sees.
pub(super) fn visible(sheets: &[Sheet]) -> impl Iterator<Item = (usize, String)> {
    // Here hidden sheets will be left out *and reported*.
    let seen = |s: &Sheet| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet;
    sheets.iter().enumerate().filter(move |(_, s)| seen(s)).map(|(i, s)| (i, s.name.clone()))
}

fn rows(mut cells: Vec<(u32, u32, String)>) -> Vec<RawRow> {
    // The sort is stable, so of two cells at one place the later one comes last.
    cells.sort_by_key(|(row, col, _)| (*row, *col));
    let mut rows: Vec<RawRow> = Vec::new();
    for (index, col, text) in cells {
        if rows.last().is_none_or(|row| row.index != index) {
            rows.push(RawRow { index, cells: Vec::new() });
        }
        let row = rows.last_mut().expect("a row was pushed above");
        match row.cells.last_mut() {
            Some(last) if last.col == col => last.text = text,
            _ => row.cells.push(RawCell { col, text }),
        }
    }
    rows
}

/// A formula that shows an error value.
pub(super) fn cell_error(origin: Origin, value: &str) -> Diagnostic {
    Diagnostic::new(
        Code::CellError,
        origin,
        message(
            format!("数式がエラー値 {value} になっています"),
            format!("the formula shows the error value {value}"),
        ),
        message(
            "Excelで数式を直すか、正しい値を直接入力してください",
            "correct the formula in Excel, or type the value itself",
        ),
    )
}

fn more_errors(place: &Arc<Place>, count: usize) -> Diagnostic {
    let mut diagnostic = cell_error(Origin::of_place(place), "#");
    diagnostic.message = message(
        format!("このほか{count}個のセルの数式がエラー値になっています"),
        format!("{count} more formulas on this sheet show error values"),
    );
    diagnostic
}

fn too_long(origin: Origin) -> Diagnostic {
    let max = limits::CELL_CHARS;
    Diagnostic::new(
        Code::SheetTooLarge,
        origin,
        message(
            format!("セルの文字数が上限の{max}字を超えているので読みませんでした"),
            format!("the cell has more than {max} characters, so it was not read"),
        ),
        message(
            "引用符（\"）の閉じ忘れで複数の行が一つのセルになっていないか確かめてください",
            "see whether a missing closing quotation mark (\") has made one cell of many lines",
        ),
    )
}
