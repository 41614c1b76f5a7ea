//! Formulas: what a document's numbers follow from, as Excel computes it.

use super::cell::{Corners, cell, column, exact, failed, put, row};
use super::name;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::model::{Cells, Formula, Number, TableColumn};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula as Written, Worksheet};

impl<'a> SheetWriter<'a> {
    /// Writes a number, by formula if it follows from cells of the workbook's sheets.
    pub(super) fn number(
        &self,
        sheet: &mut Worksheet,
        corners: Corners,
        (number, formula): (&Number, Option<&Formula>),
        sheets: &[SheetWriter<'_>],
        format: &Format,
    ) -> Result<(), Error> {
        let (top, left, bottom, right) = corners;
        if (top, left) != (bottom, right) {
            put(sheet, corners, "", format)?;
        }
        let (mut value, stated) = (number.value, formula);
        let mut formula = None;
        let own = |col: usize| cell(top, column(col));
        match stated {
            None => {}
            Some(Formula::RowNumber { document, row }) => {
                let other = sheets.iter().find(|other| other.document.key == *document);
                if let Some((other, row)) = other.and_then(|other| Some((other, other.table.row_of(*row)?))) {
                    value = Decimal::from(other.plan.body[row] + 1);
                }
            }
            Some(Formula::Sum(cells)) => {
                formula = self.area_of(cells, sheets).map(|(of, area)| format!("={}", of.sum(&area)));
            }
            Some(Formula::Mean(cells)) => {
                formula = self.area_of(cells, sheets).map(|(of, area)| format!("={}", of.mean(&area)));
            }
            Some(Formula::Ratio([a, b])) => formula = Some(format!("={}/{}", own(*a), own(*b))),
            Some(Formula::Progress([from, actual, to])) => {
                let [from, actual, to] = [from, actual, to].map(|col| own(*col));
                formula = Some(format!("=({actual}-{from})/({to}-{from})"));
            }
            Some(Formula::Difference([a, b])) => formula = Some(format!("={}-{}", own(*a), own(*b))),
            Some(Formula::Share(of, cells)) => {
                let area = self.area_of(cells, sheets);
                formula = area.map(|(sheet, area)| format!("={}/{}", own(*of), sheet.sum(&fixed(&area))));
            }
            Some(Formula::SumOf(columns)) => {
                let cells: Vec<String> = columns.iter().map(|col| own(*col).to_string()).collect();
                formula = Some(format!("={}", cells.join("+")));
            }
            Some(Formula::Count(cells)) => {
                formula = self
                    .area_of(cells, sheets)
                    .zip(self.head(left))
                    .map(|((of, area), label)| count(&of.table.columns[cells.columns.start], &area, &label));
            }
            Some(Formula::CountBoth(across, down)) => {
                let areas = self.area_of(across, sheets).zip(self.area_of(down, sheets));
                formula = areas.zip(self.head(left)).map(|(((of, across_area), (_, down_area)), head)| {
                    let column = |cells: &Cells| &of.table.columns[cells.columns.start];
                    let across = says(column(across), &across_area, &head);
                    let down = says(column(down), &down_area, &own(0).to_string());
                    format!("=SUMPRODUCT(({across})*({down}))")
                });
            }
        }
        put_number(sheet, (top, left), formula, value, format)
    }

    /// The number as which a cell of the body is written; one that does not fit on a line would be shown as `###`.
    pub(super) fn number_at(&self, row: usize, col: usize) -> Option<&'a Number> {
        let is_shown = self.laid.body_lines[row][col].len() == 1;
        self.table.rows[row].cells[col].number.as_deref().filter(|_| is_shown)
    }

    /// What the number of a cell follows from, unless it follows from cells that are written as texts.
    pub(super) fn formula_at(&self, row: usize, col: usize) -> Option<&'a Formula> {
        let formula = self.number_at(row, col)?.formula.as_ref()?;
        let are_numbers = |row: usize, columns: &[usize]| {
            columns.iter().all(|&col| {
                self.number_at(row, col).is_some() || self.table.rows[row].cells[col].number.is_none()
            })
        };
        let holds = match formula {
            Formula::Ratio(columns) | Formula::Difference(columns) => are_numbers(row, columns),
            Formula::Progress(columns) => are_numbers(row, columns),
            Formula::SumOf(columns) => are_numbers(row, columns),
            Formula::Share(of, cells) => cells.rows.clone().all(|row| are_numbers(row, &[*of])),
            Formula::Sum(cells) | Formula::Mean(cells) if cells.document.is_none() => {
                let columns: Vec<usize> = cells.columns.clone().collect();
                cells.rows.clone().all(|row| are_numbers(row, &columns))
            }
            Formula::Count(_)
            | Formula::CountBoth(..)
            | Formula::Sum(_)
            | Formula::Mean(_)
            | Formula::RowNumber { .. } => true,
        };
        Some(formula).filter(|_| holds)
    }

    /// The heading next above a column.
    fn head(&self, col: u16) -> Option<String> {
        let head = self.table.head(usize::from(col))?;
        Some(cell(self.plan.header + row(head.row), column(head.col)).to_string())
    }

    /// The sum of an area. Where feet stand between the rows, it leaves them out, as they leave each other out.
    fn sum(&self, area: &str) -> String {
        if self.table.has_feet_within() { format!("SUBTOTAL(9,{area})") } else { format!("SUM({area})") }
    }

    /// The mean of an area, likewise.
    fn mean(&self, area: &str) -> String {
        if self.table.has_feet_within() { format!("SUBTOTAL(1,{area})") } else { format!("AVERAGE({area})") }
    }

    /// The sheet of some cells, and how formulas of this sheet name them.
    fn area_of<'s>(
        &'s self,
        cells: &Cells,
        sheets: &'s [SheetWriter<'s>],
    ) -> Option<(&'s SheetWriter<'s>, String)> {
        let of = match &cells.document {
            Some(document) => sheets.iter().find(|other| other.document.key == *document)?,
            None => self,
        };
        let (top, bottom) = of.plan.sheet_rows(cells.rows.clone());
        let (left, right) = (column(cells.columns.start), column(cells.columns.end.saturating_sub(1)));
        let area = match cells.document {
            Some(_) => of.area((top, left, bottom, right)),
            None => format!("{}:{}", cell(top, left), cell(bottom, right)),
        };
        Some((of, area))
    }
}

/// The name of an area (`C4:C9`) that stays where it is when its formula is copied.
fn fixed(area: &str) -> String {
    let mut name = String::new();
    let mut before = ':';
    for c in area.chars() {
        if c.is_ascii_alphanumeric()
            && (before == ':' || (before.is_ascii_alphabetic() && c.is_ascii_digit()))
        {
            name.push('$');
        }
        name.push(c);
        before = c;
    }
    name
}

/// A formula for which cells of an area of a column hold a word, which stands in a cell.
fn says(of: &TableColumn, area: &str, label: &str) -> String {
    match of.choice_mark.as_str() {
        "" => format!("{area}={label}"),
        mark => format!("({area}={label})+({area}=\"{mark}\"&{label})"),
    }
}

/// A formula for how often a word, which stands in a cell, occurs in an area of a column.
pub(super) fn count(of: &TableColumn, area: &str, label: &str) -> String {
    let is_plain = of.choices.iter().all(|word| !name::is_criterion(word));
    let count = |text: &str| {
        if is_plain { format!("COUNTIF({area},{text})") } else { format!("SUMPRODUCT(--({area}={text}))") }
    };
    let marked = match of.choice_mark.as_str() {
        "" => String::new(),
        mark => format!("+{}", count(&format!("\"{mark}\"&{label}"))),
    };
    format!("={}{marked}", count(label))
}

/// Writes a number: by formula if there is one, with the number as its result. One that Excel would round is written
/// as its digits.
pub(super) fn put_number(
    sheet: &mut Worksheet,
    (at, col): (u32, u16),
    formula: Option<String>,
    number: Decimal,
    format: &Format,
) -> Result<(), Error> {
    let written = match (formula, exact(number)) {
        (Some(formula), _) => {
            let formula = Written::new(formula).set_result(number.to_string());
            sheet.write_formula_with_format(at, col, formula, format)
        }
        (None, Some(number)) => sheet.write_number_with_format(at, col, number, format),
        (None, None) => sheet.write_string_with_format(at, col, number.to_string(), format),
    };
    written.map(|_| ()).map_err(|e| failed(Some((at, col)), &e))
}
