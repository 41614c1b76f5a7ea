//! Numbers of the list's cells: values that are one exact figure and nothing else, and what computed ones follow from.
//!
//! * **N1** A cell is a number if a number format writes it exactly as it is printed, with its unit; bounds, ranges,
//!   several parts and times beside the figure stay texts, and so do figures that a workbook would round.
//! * **N2** In a column of figures in several scales (千円 beside 円), all stay texts: their sum would be wrong.
//! * **N3** A computed cell is a formula where its row has the numbers that it follows from, and they lead to it.

use super::list::alone;
use crate::japanese::is_percent_sign;
use crate::model::{
    Cells, Content, Dataset, Formula, Number, NumberFormat, Part, Quantity, TableRow, Value, WORKBOOK_DIGITS,
    as_kept,
};
use crate::template::{Compute, Direction, FieldKind, Kind, Operation, Template, TimePlace};
use rust_decimal::Decimal;

/// What one of a written unit may be in the unit of the data: 円, 千円, 万円, 百万円, 億円.
const SCALES: [i64; 5] = [1, 1_000, 10_000, 1_000_000, 100_000_000];

/// A number, and what one of its written unit is in the unit of the data.
type Scaled = (Number, Decimal);

/// Adds the numbers of the cells to the rows of the list.
pub(super) fn add(rows: &mut [TableRow], list: &Dataset, template: &Template) {
    for (col, column) in template.columns.iter().enumerate() {
        let &[field] = column.fields.as_slice() else { continue };
        let spec = template.field(field);
        if spec.kind != FieldKind::Value || column.time == TimePlace::Only {
            continue;
        }
        let of_row = |row: &TableRow| {
            let value = list.rows.get(row.record?)?.value(field)?;
            number(&row.cells[col].content, value, spec.holds == Kind::Percent, spec.compute.is_some())
        };
        let numbers: Vec<Option<Scaled>> = rows.iter().map(of_row).collect();
        let mut scales =
            numbers.iter().flatten().filter(|(it, _)| !it.value.is_zero()).map(|(_, scale)| scale);
        let first = scales.next();
        if scales.any(|scale| Some(scale) != first) {
            continue; // N2
        }
        for (row, number) in rows.iter_mut().zip(numbers) {
            row.cells[col].number = number.map(|(number, _)| Box::new(number));
        }
    }
    for (col, column) in template.columns.iter().enumerate() {
        if let [field] = column.fields[..]
            && let Some(compute) = &template.field(field).compute
        {
            let formulas: Vec<Option<Formula>> =
                (0..rows.len()).map(|at| formula(rows, at, col, compute, template)).collect();
            for (row, formula) in rows.iter_mut().zip(formulas) {
                if let Some(number) = &mut row.cells[col].number {
                    number.formula = formula;
                }
            }
        }
    }
}

/// The number that a cell is (N1).
fn number(content: &Content, value: &Value, is_percent: bool, is_computed: bool) -> Option<Scaled> {
    let ([text], [part]) = (content.paragraphs.as_slice(), value.parts.as_slice()) else { return None };
    let Quantity::Exact(figure) = part.quantity else { return None };
    let plain = Part { unit: part.unit.clone(), per: part.per.clone(), ..Part::of(Quantity::Exact(figure)) };
    let says_more = value.reference.is_some() || !value.qualifiers.is_empty() || !value.notes.is_empty();
    if *part != plain || says_more || !content.marks.is_empty() {
        return None;
    }
    let (written, format) = NumberFormat::read(text)?;
    let (number, format, scale) = if is_percent && is_percent_sign(&format.unit) {
        (figure / Decimal::ONE_HUNDRED, NumberFormat { percent: true, ..format }, Decimal::ONE)
    } else {
        let is_so = |scale: &Decimal| {
            let shown = figure / scale;
            if is_computed { format.text(shown) == *text } else { shown == written }
        };
        let scale = SCALES.map(Decimal::from).into_iter().find(is_so)?;
        (figure / scale, format, scale)
    };
    let digits = number.normalize().mantissa().unsigned_abs().checked_ilog10().unwrap_or_default() + 1;
    let is_shown = format.text(number) == *text && digits <= WORKBOOK_DIGITS;
    is_shown.then(|| (Number { value: number.normalize(), format, formula: None }, scale))
}

/// The sum of the numbers of a column, and how many they are; feet apart.
pub(super) struct SumOf {
    pub(super) sum: Decimal,
    pub(super) count: usize,
}

impl SumOf {
    pub(super) fn column(rows: &[TableRow], col: usize) -> Self {
        let of_records = rows.iter().filter(|row| row.foot.is_none());
        let numbers = of_records.filter_map(|row| Some(row.cells[col].number.as_ref()?.value));
        let (sum, count) = numbers.fold((Decimal::ZERO, 0), |(sum, count), number| (sum + number, count + 1));
        Self { sum, count }
    }
}

/// What a computed cell follows from, if the cells of its row lead to it (N3).
pub(super) fn formula(
    rows: &[TableRow],
    at: usize,
    col: usize,
    compute: &Compute,
    template: &Template,
) -> Option<Formula> {
    let number = |row: &TableRow, col: usize| Some(row.cells[col].number.as_ref()?.value);
    let own = number(&rows[at], col)?;
    let operands = compute.operation.fields().iter();
    let columns: Vec<usize> = operands.map(|&field| alone(field, template)).collect::<Option<_>>()?;
    let numbers: Vec<Decimal> = columns.iter().map(|&col| number(&rows[at], col)).collect::<Option<_>>()?;
    // Less is better: always, or in this record.
    let is_turned = |up: Option<Decimal>, down: Option<Decimal>| match compute.direction {
        Direction::Up | Direction::Keep => false,
        Direction::Down => true,
        Direction::Auto(_) => {
            let leads = |result: Option<Decimal>| result.and_then(as_kept).map(|it| it.normalize());
            let own = as_kept(own).map(|it| it.normalize());
            leads(up) != own && leads(down) == own
        }
    };
    let (formula, result) = match (&compute.operation, columns.as_slice(), numbers.as_slice()) {
        (Operation::Ratio(_), &[a, b], &[above, below]) => {
            let (up, down) = (above.checked_div(below), below.checked_div(above));
            if is_turned(up, down) { (Formula::Ratio([b, a]), down) } else { (Formula::Ratio([a, b]), up) }
        }
        (Operation::Progress(_), &[a, b, c], &[from, actual, to]) => {
            (Formula::Progress([a, b, c]), (actual - from).checked_div(to - from))
        }
        (Operation::Difference(_), &[a, b], &[first, second]) => {
            let (up, down) = (first.checked_sub(second), second.checked_sub(first));
            if is_turned(up, down) {
                (Formula::Difference([b, a]), down)
            } else {
                (Formula::Difference([a, b]), up)
            }
        }
        (Operation::Share(_), &[of], &[part]) => {
            let SumOf { sum, .. } = SumOf::column(rows, of);
            // Below the last record, feet sum up all of them.
            let end = rows.iter().rposition(|row| row.record.is_some()).map_or(0, |last| last + 1);
            let cells = Cells { document: None, rows: 0..end, columns: of..of + 1 };
            (Formula::Share(of, cells), part.checked_div(sum))
        }
        (Operation::Sum(_), columns, numbers) => {
            (Formula::SumOf(columns.to_vec()), Some(numbers.iter().sum()))
        }
        _ => return None,
    };
    (as_kept(result?)?.normalize() == as_kept(own)?.normalize()).then_some(formula)
}
