//! Formulas: what a document's numbers follow from, as Excel computes it.

use super::cell::{Corners, cell, column, exact, failed, put, row};
use super::name;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::model::{Cells, Formula, Number, TableColumn};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula as Written, Worksheet};

impl SheetWriter<'_> {
    /// Writes a number, by formula if it follows from cells of the workbook's sheets.
    pub(super) fn number(
        &self,
        sheet: &mut Worksheet,
        corners: Corners,
        number: &Number,
        sheets: &[SheetWriter<'_>],
        format: &Format,
    ) -> Result<(), Error> {
        let (top, left, bottom, right) = corners;
        if (top, left) != (bottom, right) {
            put(sheet, corners, "", format)?;
        }
        let (mut value, mut formula) = (number.value, None);
        match &number.formula {
            None => {}
            Some(Formula::RowNumber { document, row }) => {
                if let Some(other) = sheets.iter().find(|other| other.document.key == *document) {
                    value = Decimal::from(other.plan.body[*row] + 1);
                }
            }
            Some(Formula::Sum(cells)) => {
                formula = self.area_of(cells, sheets).map(|(_, area)| format!("=SUM({area})"));
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
