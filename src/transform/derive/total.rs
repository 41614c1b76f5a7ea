//! Totals: sums and means over rows, and what is computed anew from sums.
//!
//! * **T1** Exact figures count. What says nothing in one exact figure is left out, never taken for 0, and counted.
//! * **T2** Figures that are measured differently have no sum. 千円 and 円 have one, in 円.
//! * **T3** What is computed anew follows from sums alone: a ratio is that of the sums, if the same rows have them. A share
//!   is the sum's of all rows'.

use super::compute::{operate, unit_of_result};
use super::figure::{Figure, Written};
use crate::finding::{Finding, Problem};
use crate::model::{Field, Quantity, Record, Scope, as_kept};
use crate::template::{Aggregate, Compute, Direction, Operation, Template, word};
use rust_decimal::Decimal;
use std::ops::Range;

/// What a foot says of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// In the unit of the data.
    pub amount: Decimal,
    /// How it is written.
    pub written: Written,
}

/// What a foot says of a field, and of how many rows it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summed {
    /// The total, or why there is none.
    pub total: Result<Total, NoTotal>,
    /// Rows without an exact figure.
    pub left_out: usize,
}

/// Why there is no total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTotal {
    /// No row has a figure, or it cannot be computed.
    Nothing,
    /// It would follow from sums of different rows.
    Uneven,
    /// This row is measured differently from the first one that has a figure.
    Mixed(usize),
}

/// The total of a field over some rows of the list.
pub fn total(
    (field, aggregate): (Field, Aggregate),
    rows: &[Record],
    all: &[Record],
    template: &Template,
) -> Summed {
    let spec = template.field(field);
    match (aggregate, &spec.compute) {
        (Aggregate::Computed, Some(compute)) => {
            let total = if is_of_another_list(field, compute, all) {
                figures(rows, field).0.and_then(|shares| of_shares(compute, &shares))
            } else {
                computed(compute, rows, all)
            };
            Summed { total, left_out: 0 }
        }
        (Aggregate::Mean, compute) => {
            let (figures, left_out) = figures(rows, field);
            let round = compute.as_ref().and_then(|compute| compute.round);
            Summed { total: figures.and_then(|figures| mean(&figures, round)), left_out }
        }
        (Aggregate::Sum | Aggregate::Computed, _) => {
            let (figures, left_out) = figures(rows, field);
            Summed { total: figures.and_then(|figures| sum(&figures)), left_out }
        }
    }
}

/// The exact figure of a row (T1).
fn exact(row: &Record, field: Field) -> Option<Figure<'_>> {
    let is_exact = |figure: &Figure<'_>| matches!(figure.part.quantity, Quantity::Exact(_));
    Figure::of(row.value(field)).ok().filter(is_exact)
}

/// Which rows have one.
fn counts(rows: &[Record], field: Field) -> Vec<bool> {
    rows.iter().map(|row| exact(row, field).is_some()).collect()
}

/// The exact figures of a field, and how many rows have none (T1, T2).
fn figures(rows: &[Record], field: Field) -> (Result<Vec<Figure<'_>>, NoTotal>, usize) {
    let left_out = counts(rows, field).into_iter().filter(|counts| !counts).count();
    let mut found: Vec<Figure<'_>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(figure) = exact(row, field) else { continue };
        if found.first().is_some_and(|first| !figure.is_like(first)) {
            return (Err(NoTotal::Mixed(at)), left_out);
        }
        found.push(figure);
    }
    (if found.is_empty() { Err(NoTotal::Nothing) } else { Ok(found) }, left_out)
}

fn added(figures: &[Figure<'_>]) -> Result<Decimal, NoTotal> {
    let mut amounts = figures.iter().map(|figure| figure.amount);
    amounts.try_fold(Decimal::ZERO, Decimal::checked_add).ok_or(NoTotal::Nothing)
}

fn sum(figures: &[Figure<'_>]) -> Result<Total, NoTotal> {
    Ok(Total { amount: added(figures)?.normalize(), written: Written::common(figures) })
}

fn mean(figures: &[Figure<'_>], round: Option<u32>) -> Result<Total, NoTotal> {
    let mean = added(figures)?.checked_div(Decimal::from(figures.len())).and_then(as_kept);
    let common = Written::common(figures);
    let written = Written { decimals: round.unwrap_or(common.decimals.max(1)), ..common };
    Ok(Total { amount: mean.ok_or(NoTotal::Nothing)?.normalize(), written })
}

/// Whether a field holds shares of more rows than these: a part of a list has those of the whole one.
fn is_of_another_list(field: Field, compute: &Compute, all: &[Record]) -> bool {
    let whole = matches!(compute.operation, Operation::Share(_)).then(|| figures(all, field).0);
    let sum = whole.and_then(Result::ok).and_then(|shares| added(&shares).ok());
    // A share has 15 digits.
    sum.is_some_and(|sum| (sum - Decimal::ONE_HUNDRED).abs() > Decimal::new(1, 6))
}

/// The sum of shares, which is the share of the sum.
fn of_shares(compute: &Compute, shares: &[Figure<'_>]) -> Result<Total, NoTotal> {
    let amount = as_kept(added(shares)?).ok_or(NoTotal::Nothing)?;
    Ok(Total { amount: amount.normalize(), written: unit_of_result(compute, shares).0 })
}

/// What follows from the sums of the fields that it is computed from (T3).
fn computed(compute: &Compute, rows: &[Record], all: &[Record]) -> Result<Total, NoTotal> {
    let operands = compute.operation.fields();
    let figures: Vec<Vec<Figure<'_>>> =
        operands.iter().map(|&field| figures(rows, field).0).collect::<Result<_, _>>()?;
    if operands.iter().any(|&field| counts(rows, field) != counts(rows, operands[0])) {
        return Err(NoTotal::Uneven);
    }
    let firsts: Vec<Figure<'_>> = figures.iter().map(|figures| figures[0].clone()).collect();
    if firsts.iter().any(|figure| !figure.is_like(&firsts[0])) {
        return Err(NoTotal::Nothing);
    }
    let amounts: Vec<Decimal> = figures.iter().map(|figures| added(figures)).collect::<Result<_, _>>()?;
    let whole = match compute.operation {
        Operation::Share(of) => Some(added(&self::figures(all, of).0?)?),
        _ => None,
    };
    let is_down = compute.direction == Direction::Down;
    let amount = operate(compute, is_down, &amounts, whole).ok().and_then(as_kept).ok_or(NoTotal::Nothing)?;
    let all_figures: Vec<Figure<'_>> = figures.into_iter().flatten().collect();
    let (written, _) = unit_of_result(compute, &all_figures);
    Ok(Total { amount: amount.normalize(), written })
}

/// The rows of each group, section or list that a total is of.
pub fn scopes(rows: &[Record], of: Scope, template: &Template) -> Vec<Range<usize>> {
    let begins = |at: usize| at == 0 || starts(&rows[at - 1], &rows[at], of, template);
    let firsts: Vec<usize> = (0..rows.len()).filter(|&at| begins(at)).collect();
    let ends = firsts.iter().skip(1).copied().chain([rows.len()]);
    firsts.iter().zip(ends).map(|(&first, end)| first..end).collect()
}

/// Whether rows that belong together begin with a row, after the one above it.
pub fn starts(above: &Record, row: &Record, of: Scope, template: &Template) -> bool {
    let differs = |field| word(above, field, template) != word(row, field, template);
    let in_section = template.sections.as_ref().is_some_and(|sections| differs(sections.field));
    match of {
        Scope::Table => false,
        Scope::Section => in_section,
        Scope::Group(level) => {
            in_section || (0..=level).any(|level| above.groups[level].text != row.groups[level].text)
        }
    }
}

/// What keeps totals of the list from being summed up (T2), each at the first figure that is measured differently.
pub(super) fn findings(rows: &[Record], template: &Template) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for spec in &template.totals {
        for scope in scopes(rows, spec.of, template) {
            for (field, aggregate) in spec.fields() {
                let part = &rows[scope.clone()];
                let Err(NoTotal::Mixed(at)) = total((field, aggregate), part, rows, template).total else {
                    continue;
                };
                let first =
                    part.iter().filter_map(|row| row.value(field)).find(|value| !value.parts.is_empty());
                let Some((value, first)) = part[at].value(field).zip(first) else { continue };
                let problem = Problem::TotalNot {
                    field: template.heading(field).into(),
                    text: value.text_with_unit().into(),
                    other: first.text_with_unit().into(),
                };
                let finding = Finding::new(problem, value.origin.clone()).about(&part[at]);
                if !found.contains(&finding) {
                    found.push(finding);
                }
            }
        }
    }
    found
}
