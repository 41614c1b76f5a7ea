//! Contents by kind: money, percentages, dates, years, codes and links are what their fields say.
//!
//! * **C1** A number, an amount of money or a percentage is one figure, or says why there is none (調査中). Money is in
//!   円 unless another unit of money is stated; it is printed with separators.
//! * **C2** A percentage that a cell stores with more digits than it shows (0.715 as `72％`) is the stored one. A figure
//!   below 1 without a percent sign is read as it stands, and that is said.
//! * **C3** A code has as many digits as the others: where most have one width and some begin with 0, a shorter one may
//!   have lost its zeros.

use crate::finding::{Finding, Noted, Problem, Wanted};
use crate::japanese::era::{parse_day_cell, parse_time_cell};
use crate::japanese::{fold, is_percent_sign};
use crate::model::{
    Entry, Field, NumberFormat, Origin, Quantity, Record, StatedBy, TimeKind, Value, as_kept,
};
use crate::template::{Kind, Template};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Checks and completes what the cells of rows say by the kinds of their fields.
pub(super) fn settle(rows: &mut [Noted<Record>], template: &Template) {
    for (index, spec) in template.fields.iter().enumerate() {
        if spec.compute.is_some()
            || matches!(spec.holds, Kind::Text | Kind::Value | Kind::Choice | Kind::Flag)
        {
            continue;
        }
        let field = Field::Entry(index);
        for row in &mut *rows {
            let Some(entry) = &mut row.value.entries[index] else { continue };
            let Some((wanted, text, origin)) = wanted(entry, spec.holds, template) else { continue };
            if spec.allowed.iter().any(|word| fold(word) == fold(&text)) {
                continue;
            }
            let field = template.heading(field).into();
            let problem = Problem::ContentUnexpected { field, text: text.as_str().into(), wanted };
            row.findings.push(Finding::new(problem, origin).about(&row.value));
        }
    }
}

/// What an entry should hold and does not, with what it says and where.
fn wanted(entry: &mut Entry, holds: Kind, template: &Template) -> Option<(Wanted, String, Origin)> {
    match entry {
        Entry::Value(value) => {
            let wanted = match holds {
                Kind::Money => money(value),
                Kind::Percent => percent(value),
                _ => number(value),
            };
            wanted.map(|wanted| (wanted, value.text.clone(), value.origin.clone()))
        }
        Entry::Text(text) => {
            let eras = &template.eras;
            let wanted = match holds {
                Kind::Date if parse_day_cell(&text.text, eras).is_none() => Wanted::Date,
                Kind::Year if year(&text.text, template).is_none() => Wanted::Year,
                Kind::Link if !is_address(&text.text) => Wanted::Link,
                _ => return None,
            };
            Some((wanted, text.text.clone(), text.origin.clone()))
        }
        Entry::Choice(_) => None,
    }
}

/// The year that a text states.
fn year(text: &str, template: &Template) -> Option<TimeKind> {
    let kind = parse_time_cell(text, &template.eras)?.kind();
    matches!(kind, TimeKind::FiscalYear | TimeKind::Year | TimeKind::BareYear).then_some(kind)
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// C1
fn number(value: &Value) -> Option<Wanted> {
    let is_number = match value.parts.as_slice() {
        [part] => part.quantity.figure().is_some() || matches!(part.quantity, Quantity::Status(_)),
        [] => value.text.is_empty(),
        _ => false,
    };
    (!is_number).then_some(Wanted::Number)
}

fn money(value: &mut Value) -> Option<Wanted> {
    let is_of_money = |unit: &str| matches!(unit, "円" | "ドル" | "ユーロ");
    let is_money = value.parts.iter().all(|part| part.unit.as_deref().is_none_or(is_of_money));
    if number(value).is_some() || !is_money {
        return Some(Wanted::Money);
    }
    if let Some((number, format)) = NumberFormat::read(&value.text) {
        value.text = NumberFormat { grouped: true, ..format }.text(number);
    }
    None
}

/// C2
fn percent(value: &mut Value) -> Option<Wanted> {
    if number(value).is_some() {
        return Some(Wanted::Percent);
    }
    let of_template = value.completion.unit.as_ref().is_some_and(|unit| unit.by == StatedBy::Template);
    let [part] = value.parts.as_mut_slice() else { return None };
    let figure = part.quantity.figure()?;
    if !part.unit.as_deref().is_none_or(|unit| is_percent_sign(unit) || unit == "パーセント") {
        return Some(Wanted::Percent);
    }
    let stored = value.stored.and_then(|stored| stored.checked_mul(Decimal::ONE_HUNDRED));
    let shown = |stored: Decimal| {
        stored.round_dp_with_strategy(figure.scale(), RoundingStrategy::MidpointAwayFromZero)
    };
    if let Some(stored) = stored.filter(|stored| !of_template && shown(*stored) == figure)
        && matches!(part.quantity, Quantity::Exact(_))
    {
        part.quantity = Quantity::Exact(as_kept(stored).unwrap_or(figure).normalize());
    }
    (of_template && !figure.is_integer() && figure.abs() < Decimal::ONE).then_some(Wanted::PercentSign)
}

/// Codes that may have lost their leading zeros (C3), each with its row.
pub(super) fn short_codes(rows: &[Record], template: &Template) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, _) in template.fields.iter().enumerate().filter(|(_, spec)| spec.holds == Kind::Code) {
        let field = Field::Entry(index);
        let is_code = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let codes = || {
            rows.iter().filter_map(|row| Some((row, row.text(field)?))).filter(|(_, it)| is_code(&it.text))
        };
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, code) in codes() {
            *widths.entry(code.text.len()).or_default() += 1;
        }
        let Some((&digits, &count)) = widths.last_key_value() else { continue };
        let others: usize = widths.values().sum::<usize>() - count;
        let has_zero = codes().any(|(_, code)| code.text.len() == digits && code.text.starts_with('0'));
        if !has_zero || count <= others {
            continue;
        }
        for (row, code) in codes().filter(|(_, code)| code.text.len() < digits) {
            let field = template.heading(field).into();
            let problem = Problem::CodeShort { field, text: (&code.text).into(), digits };
            findings.push(Finding::new(problem, code.origin.clone()).about(row));
        }
    }
    findings
}
