//! Computed fields: ratio, progress, difference, share and sum, with the reason where there is no result.
//!
//! * **D1** A result is exact to 15 digits, as workbooks keep them; it is rounded where it is shown (四捨五入).
//! * **D2** There is none where a figure is missing, where a value says several things, where units differ, and where
//!   the divisor is 0. A bound (`99.0％以上`) counts by its figure.
//! * **D3** What a department computed itself agrees if it is the result rounded to the department's decimals; a figure
//!   without a unit may be the ratio itself (`0.786` of 78.6％). What differs is reported, and the result counts.
//! * **D4** Where there is no result, what the department wrote stays, and that is said.
//! * **D5** Where less is better, a ratio is turned, and so are a difference and a change: a larger result is a better one.
//!   Which way it is for a record (`auto`), its baseline and its target say; where they are the same, only what is equal is
//!   known to be neither better nor worse.

use super::figure::{Figure, NoFigure, Written};
use crate::finding::{Finding, Obstacle, Problem};
use crate::japanese::is_percent_sign;
use crate::model::{
    Completion, Entry, Field, NumberFormat, Part, Quantity, Record, StatedBy, Value, as_kept,
};
use crate::template::{Compute, Direction, Operation, Template};
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;

/// Why there is no result, and the field that is in the way.
pub(super) struct Lack {
    obstacle: Obstacle,
    of: Option<Field>,
}

/// Numbers beyond those of this program.
const OVERFLOW: Lack = Lack { obstacle: Obstacle::Overflow, of: None };

/// A result, and how it is written.
struct Computed {
    amount: Decimal,
    /// The unit in data.
    unit: Option<String>,
    written: Written,
}

/// Computes a field of every row.
pub(super) fn all(
    rows: &mut [Record],
    field: Field,
    compute: &Compute,
    template: &Template,
) -> Vec<(usize, Finding)> {
    let results: Vec<Result<Computed, Lack>> = (0..rows.len()).map(|at| result(rows, at, compute)).collect();
    let mut findings = Vec::new();
    for (at, (row, result)) in rows.iter_mut().zip(results).enumerate() {
        let first = compute.operation.fields()[0];
        let own = row.value(field).filter(|own| !own.text.is_empty()).cloned();
        let stated = row.value(first).map_or(&row.name().origin, |value| &value.origin);
        let origin = own.as_ref().map_or(stated, |own| &own.origin).clone();
        let blank = Value {
            raw: own.as_ref().map(|own| own.raw.clone()).unwrap_or_default(),
            text: String::new(),
            time: None,
            parts: Vec::new(),
            reference: None,
            notes: Vec::new(),
            qualifiers: Vec::new(),
            stored: None,
            status: None,
            completion: Completion::default(),
            origin,
        };
        let value = match (result, own) {
            (Ok(computed), own) => {
                let value = of(computed, blank);
                if let Some(own) = own.filter(|own| !agrees(own, &value)) {
                    let problem = Problem::ComputedDiffers {
                        field: template.heading(field).into(),
                        own: own.text_with_unit().into(),
                        computed: (&value.text).into(),
                    };
                    findings.push((at, Finding::new(problem, own.origin)));
                }
                value
            }
            (Err(lack), Some(own)) => {
                let problem = Problem::ComputedNot {
                    field: template.heading(field).into(),
                    own: own.text_with_unit().into(),
                    obstacle: lack.obstacle,
                    of: lack.heading(template).into(),
                };
                findings.push((at, Finding::new(problem, own.origin.clone())));
                own
            }
            (Err(lack), None) => Value { notes: vec![lack.note(template)], ..blank },
        };
        row.set(field, Entry::Value(Box::new(value)));
    }
    findings
}

/// A value that says a result.
fn of(computed: Computed, blank: Value) -> Value {
    let Computed { amount, unit, written } = computed;
    let format = NumberFormat {
        decimals: written.decimals,
        grouped: true,
        triangle: true,
        unit: written.unit,
        percent: false,
    };
    let text = format.text(amount.checked_div(written.scale).unwrap_or(amount));
    Value { text, parts: vec![Part { unit, ..Part::of(Quantity::Exact(amount)) }], ..blank }
}

impl Lack {
    fn new(obstacle: Obstacle, of: impl Into<Option<Field>>) -> Self {
        Self { obstacle, of: of.into() }
    }

    /// The heading of the field that is in the way.
    fn heading(&self, template: &Template) -> String {
        self.of.map(|field| template.heading(field)).unwrap_or_default()
    }

    /// The reason as a note beside the value.
    fn note(&self, template: &Template) -> String {
        let of = self.heading(template);
        let why = match self.obstacle {
            Obstacle::Missing => format!("「{of}」に数値がない"),
            Obstacle::Several => format!("「{of}」の数値が一つではない"),
            Obstacle::Units => format!("「{of}」の単位または対象がほかの値と違う"),
            Obstacle::Zero => "割る数が0になる".to_owned(),
            Obstacle::Direction => "基準値と目標値が同じで、増やすのか減らすのか分からない".to_owned(),
            Obstacle::Overflow => "数値が大きすぎる".to_owned(),
        };
        format!("{why}ため、計算していません")
    }
}

fn result(rows: &[Record], at: usize, compute: &Compute) -> Result<Computed, Lack> {
    let row = &rows[at];
    let figure = |field: Field| {
        Figure::of(row.value(field)).map_err(|no| match no {
            NoFigure::Missing => Lack::new(Obstacle::Missing, field),
            NoFigure::Several => Lack::new(Obstacle::Several, field),
        })
    };
    let operation = &compute.operation;
    let figures: Vec<Figure<'_>> =
        operation.fields().iter().map(|&field| figure(field)).collect::<Result<_, _>>()?;
    let other = figures.iter().position(|other| !other.is_like(&figures[0]));
    if let Some(other) = other {
        return Err(Lack::new(Obstacle::Units, operation.fields()[other]));
    }
    let amounts: Vec<Decimal> = figures.iter().map(|figure| figure.amount).collect();
    let whole = match operation {
        Operation::Share(of) => Some(total(rows, *of, &figures[0])?),
        _ => None,
    };
    // D1
    let is_down = is_down(row, compute, &amounts)?;
    let amount = as_kept(operate(compute, is_down, &amounts, whole)?).ok_or(OVERFLOW)?;
    let (written, unit) = unit_of_result(compute, &figures);
    Ok(Computed { amount: amount.normalize(), unit, written })
}

/// Whether less is better in a record (D5).
fn is_down(row: &Record, compute: &Compute, amounts: &[Decimal]) -> Result<bool, Lack> {
    let turns =
        matches!(compute.operation, Operation::Ratio(_) | Operation::Difference(_) | Operation::Change(_));
    match compute.direction {
        Direction::Auto([baseline, target]) if turns => {
            let figure = |field: Field| {
                Figure::of(row.value(field)).map_err(|no| match no {
                    NoFigure::Missing => Lack::new(Obstacle::Missing, field),
                    NoFigure::Several => Lack::new(Obstacle::Several, field),
                })
            };
            let (from, to) = (figure(baseline)?, figure(target)?);
            if !from.is_like(&to) {
                return Err(Lack::new(Obstacle::Units, target));
            }
            match to.amount.cmp(&from.amount) {
                Ordering::Less => Ok(true),
                Ordering::Greater => Ok(false),
                Ordering::Equal if amounts.iter().all(|amount| *amount == amounts[0]) => Ok(false),
                Ordering::Equal => Err(Lack::new(Obstacle::Direction, None)),
            }
        }
        direction => Ok(direction == Direction::Down),
    }
}

/// The result for amounts; `whole` is the sum of which a share is one.
pub(super) fn operate(
    compute: &Compute,
    is_down: bool,
    amounts: &[Decimal],
    whole: Option<Decimal>,
) -> Result<Decimal, Lack> {
    let result = of_whole_period(compute, is_down, amounts, whole)?;
    let Some([over, all]) = compute.elapsed else { return Ok(result) };
    result.checked_mul(all.into()).and_then(|it| it.checked_div(over.into())).ok_or(OVERFLOW)
}

/// The same without regard to how much of a period is over.
fn of_whole_period(
    compute: &Compute,
    is_down: bool,
    amounts: &[Decimal],
    whole: Option<Decimal>,
) -> Result<Decimal, Lack> {
    match (&compute.operation, amounts) {
        (Operation::Ratio(_), &[actual, target]) if is_down => percent(target, actual),
        (Operation::Ratio(_), &[actual, target]) => percent(actual, target),
        // Turned for what is to fall, both differences change their signs: the quotient is the same.
        (Operation::Progress(_), &[from, actual, to]) => percent(minus(actual, from)?, minus(to, from)?),
        (Operation::Difference(_), &[a, b]) if is_down => minus(b, a),
        (Operation::Difference(_), &[a, b]) => minus(a, b),
        (Operation::Change(_), &[a, b]) => percent(if is_down { minus(b, a) } else { minus(a, b) }?, b.abs()),
        (Operation::Points(_, steps), &[amount]) => Ok(steps.points(amount).into()),
        (Operation::Share(_), &[amount]) => percent(amount, whole.unwrap_or(amount)),
        _ => amounts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(*n)).ok_or(OVERFLOW),
    }
}

/// How a result is written that follows from figures, and its unit in data.
pub(super) fn unit_of_result(compute: &Compute, figures: &[Figure<'_>]) -> (Written, Option<String>) {
    let operation = &compute.operation;
    let mut written = Written::common(figures);
    let mut unit = figures.iter().find_map(|figure| figure.part.unit.clone());
    if operation.is_percent() {
        written = Written { scale: Decimal::ONE, decimals: 0, unit: "％".to_owned() };
        unit = Some(written.unit.clone());
    } else if matches!(operation, Operation::Difference(_)) && unit.as_deref().is_some_and(is_percent_sign) {
        // The difference of two percentages is none of anything.
        "ポイント".clone_into(&mut written.unit);
        unit = Some(written.unit.clone());
    }
    if matches!(operation, Operation::Points(..)) {
        written = Written { scale: Decimal::ONE, decimals: 0, unit: "点".to_owned() };
        unit = Some(written.unit.clone());
    }
    written.decimals = compute.round.unwrap_or(written.decimals);
    (written, unit)
}

fn minus(a: Decimal, b: Decimal) -> Result<Decimal, Lack> {
    a.checked_sub(b).ok_or(OVERFLOW)
}

/// `a` of `b` in percent.
fn percent(a: Decimal, b: Decimal) -> Result<Decimal, Lack> {
    if b.is_zero() {
        return Err(Lack::new(Obstacle::Zero, None));
    }
    a.checked_mul(Decimal::ONE_HUNDRED).and_then(|a| a.checked_div(b)).ok_or(OVERFLOW)
}

/// The sum of a field over the list. What says nothing in figures counts nothing.
fn total(rows: &[Record], field: Field, like: &Figure<'_>) -> Result<Decimal, Lack> {
    let mut sum = Decimal::ZERO;
    for row in rows {
        let figure = match Figure::of(row.value(field)) {
            Ok(figure) => figure,
            Err(NoFigure::Missing) => continue,
            Err(NoFigure::Several) => return Err(Lack::new(Obstacle::Several, field)),
        };
        if !figure.is_like(like) {
            return Err(Lack::new(Obstacle::Units, field));
        }
        sum = sum.checked_add(figure.amount).ok_or(OVERFLOW)?;
    }
    Ok(sum)
}

/// Whether what a department computed is the result in its own rounding (D3).
fn agrees(own: &Value, value: &Value) -> bool {
    // The unit that the template gives to figures without any is no word of the department's.
    let of_template = own.completion.unit.as_ref().is_some_and(|unit| unit.by == StatedBy::Template);
    let (Ok(own), Ok(computed)) = (Figure::of(Some(own)), Figure::of(Some(value))) else { return false };
    let has_no_unit = own.part.unit.is_none() || of_template;
    let rounded = |number: Decimal, decimals| {
        number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
    };
    let is_so = |figure: Decimal, decimals: u32| rounded(computed.amount, decimals) == figure;
    let decimals = own.written.decimals;
    let in_data = |number: Decimal| number.checked_mul(own.written.scale);
    let as_written = computed
        .amount
        .checked_div(own.written.scale)
        .and_then(|shown| in_data(rounded(shown, decimals)))
        .is_some_and(|shown| shown == own.amount);
    let as_ratio = has_no_unit
        && computed.part.unit.as_deref().is_some_and(is_percent_sign)
        && own
            .amount
            .checked_mul(Decimal::ONE_HUNDRED)
            .is_some_and(|it| is_so(it, decimals.saturating_sub(2)));
    as_written || as_ratio
}
