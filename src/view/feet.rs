//! Feet: the sums, means and ratios below groups, sections and the list, as they are printed and as a workbook computes
//! them. How many records a sum leaves out stands beside its label.

use super::arrangement::Position;
use super::field::{is_unit_in_title, said};
use super::number::{SumOf, formula};
use crate::japanese::is_percent_sign;
use crate::model::{
    Cells, Content, Dataset, Field, Formula, Number, NumberFormat, Scope, TableCell, TableRow,
    WORKBOOK_DIGITS, as_kept,
};
use crate::template::{Aggregate, Template, TotalSpec};
use crate::transform::{NoTotal, Summed, Total, total};
use rust_decimal::Decimal;
use std::ops::Range;

/// Fills the feet of the table. The other rows have their numbers.
pub(super) fn fill(rows: &mut [TableRow], positions: &[Position<'_>], list: &Dataset, template: &Template) {
    for at in 0..rows.len() {
        let Position::Foot(spec, records) = &positions[at] else { continue };
        let (mut notes, mut uneven) = (Vec::new(), Vec::new());
        let area = first_row(positions, records.start)..at;
        for (col, column) in template.columns.iter().enumerate() {
            let Some((field, aggregate)) = spec.aggregate(column) else { continue };
            let Summed { total, left_out } =
                total((field, aggregate), &list.rows[records.clone()], &list.rows, template);
            let name = name(field, template);
            match total {
                Err(NoTotal::Mixed(_)) => notes.push(format!("{name}は単位が違うため計算していません")),
                Err(NoTotal::Uneven) => uneven.push(name),
                _ if left_out > 0 => notes.push(format!("{name}は{left_out}件を除く")),
                _ => {}
            }
            let bare = |unit: &str| is_unit_in_title(unit, field, template);
            rows[at].cells[col] = match total {
                Ok(total) => cell(&total, bare(&total.written.unit)),
                Err(_) => TableCell::of(&column.empty),
            };
            let sum = sum_formula(rows, (at, col), &area, aggregate);
            if let Some(number) = &mut rows[at].cells[col].number {
                number.formula = sum;
            }
        }
        if !uneven.is_empty() {
            notes.push(format!("{}は計算していません", uneven.join("・")));
        }
        label(&mut rows[at], spec, (records, list, template), &notes);
    }
    for at in 0..rows.len() {
        let Position::Foot(spec, _) = &positions[at] else { continue };
        for (col, column) in template.columns.iter().enumerate() {
            let Some((field, Aggregate::Computed)) = spec.aggregate(column) else { continue };
            let Some(compute) = &template.field(field).compute else { continue };
            let followed = formula(rows, at, col, compute, template);
            if let Some(number) = &mut rows[at].cells[col].number {
                number.formula = followed;
            }
        }
    }
}

/// What a field is called, without what its heading says in brackets.
fn name(field: Field, template: &Template) -> String {
    let heading = template.heading(field);
    let bare = heading.split_once(['（', '(']).filter(|(bare, _)| !bare.is_empty());
    bare.map_or(heading.as_str(), |(bare, _)| bare).to_owned()
}

/// The row of the table that shows a record.
fn first_row(positions: &[Position<'_>], record: usize) -> usize {
    positions.iter().position(|position| *position == Position::Record(record)).unwrap_or(0)
}

/// A total as it is printed, and the number that it is.
fn cell(Total { amount, written }: &Total, is_bare: bool) -> TableCell {
    let percent = is_percent_sign(&written.unit);
    let unit = if is_bare { String::new() } else { written.unit.clone() };
    let format = NumberFormat { decimals: written.decimals, grouped: true, triangle: true, unit, percent };
    let scale = if percent { Decimal::ONE_HUNDRED } else { written.scale };
    let value = amount.checked_div(scale).unwrap_or(*amount).normalize();
    let content = Content::of(&format.text(value));
    let digits = value.mantissa().unsigned_abs().checked_ilog10().unwrap_or_default() + 1;
    let number = (digits <= WORKBOOK_DIGITS).then(|| Box::new(Number { value, format, formula: None }));
    TableCell { content, number, link: None }
}

/// The sum or mean of the cells above a foot, if their numbers lead to it.
fn sum_formula(
    rows: &[TableRow],
    (at, col): (usize, usize),
    area: &Range<usize>,
    aggregate: Aggregate,
) -> Option<Formula> {
    let own = rows[at].cells[col].number.as_ref()?.value;
    let SumOf { sum, count } = SumOf::column(&rows[area.clone()], col);
    let cells = Cells { document: None, rows: area.clone(), columns: col..col + 1 };
    let (formula, result) = match aggregate {
        Aggregate::Sum => (Formula::Sum(cells), Some(sum)),
        Aggregate::Mean => (Formula::Mean(cells), sum.checked_div(Decimal::from(count))),
        Aggregate::Computed => return None,
    };
    (as_kept(result?)?.normalize() == as_kept(own)?.normalize()).then_some(formula)
}

/// Puts the label into its columns, with what the foot leaves out below it.
fn label(
    row: &mut TableRow,
    spec: &TotalSpec,
    (records, list, template): (&Range<usize>, &Dataset, &Template),
    notes: &[String],
) {
    let Some(across) = spec.label_columns(&template.columns) else { return };
    let field = match spec.of {
        Scope::Group(level) => Some(Field::Group(level)),
        Scope::Section => template.sections.as_ref().map(|sections| sections.field),
        Scope::Table => None,
    };
    let group = field.map(|field| said(&list.rows[records.start], field, template)).unwrap_or_default();
    let mut text = spec.label.replace("{group}", &group).replace("{count}", &records.len().to_string());
    if !notes.is_empty() {
        text.extend(["\n（", &notes.join("、"), "）"]);
    }
    row.cells[across.start] = TableCell::of(&text);
    row.across = Some(across);
}
