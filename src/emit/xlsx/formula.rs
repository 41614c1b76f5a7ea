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
                if let Some(other) = sheets.iter().find(|other| other.document.key == *document) {
                    value = Decimal::from(other.plan.body[*row] + 1);
                }
            }
            Some(Formula::Sum(cells)) => {
                formula = self.area_of(cells, sheets).map(|(_, area)| format!("=SUM({area})"));
            }
            Some(Formula::Ratio([a, b])) => formula = Some(format!("={}/{}", own(*a), own(*b))),
            Some(Formula::Progress([from, actual, to])) => {
                let [from, actual, to] = [from, actual, to].map(|col| own(*col));
                formula = Some(format!("=({actual}-{from})/({to}-{from})"));
            }
            Some(Formula::Difference([a, b])) => formula = Some(format!("={}-{}", own(*a), own(*b))),
            Some(Formula::Share(of, cells)) => {
                let area = self.area_of(cells, sheets);
                formula = area.map(|(_, area)| format!("={}/SUM({})", own(*of), fixed(&area)));
            }
            Some(Formula::SumOf(columns)) => {
                let cells: Vec<String> = columns.iter().map(|col| own(*col).to_string()).collect();
                formula = Some(format!("={}", cells.join("+")));
            }
            Some(Formula::Count(cells)) => {
                let label = self.table.head(usize::from(left));
                let label = label.map(|head| cell(self.plan.header + row(head.row), column(head.col)));
                formula = self.area_of(cells, sheets).zip(label).map(|((of, area), label)| {
                    count(&of.table.columns[cells.columns.start], &area, &label.to_string())
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
            Formula::Count(_) | Formula::Sum(_) | Formula::RowNumber { .. } => true,
        };
        Some(formula).filter(|_| holds)
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
