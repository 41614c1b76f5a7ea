//! Checks on the whole list: what a careful reader of the printed list would stumble over.

use super::disposition;
use super::references::{Reference, bare_number, find_references};
use super::value::{Comparison, compare};
use crate::finding::{Broken, Collector, Elsewhere, Finding, NamedYear, Problem, StatedYear};
use crate::japanese::fold;
use crate::model::{Field, KpiRow, Origin, Part, Quantity, Text, Value};
use crate::template::Template;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Runs every check, row by row in printing order. Indicators at the `reported` cells are known to stand twice.
pub(super) fn run(
    rows: &[KpiRow],
    reported: &BTreeSet<Origin>,
    template: &Template,
    findings: &mut Collector,
) {
    let index = Index::new(rows);
    let mut seen = BTreeMap::new();
    let mut headings = BTreeSet::new();
    let mut found = Vec::new();
    for row in rows {
        disposition::check(row, template, &mut found);
        new_target(row, template, &mut found);
        percents(row, template, &mut found);
        years(row, template, &mut headings, &mut found);
        references(row, &index, template, &mut found);
        duplicate(row, reported, &mut seen, &mut found);
        findings.extend(found.drain(..).map(|finding| finding.about(row)));
    }
}

/// The new target against the old one.
fn new_target(row: &KpiRow, template: &Template, findings: &mut Vec<Finding>) {
    let lowers = row.disposition.as_ref().is_some_and(|chosen| template.disposition(chosen.id).lowers);
    let (Some(old), Some(new)) = (&row.target, &row.new_target) else { return };
    let texts = || ((&old.text).into(), (&new.text).into());
    let problem = match compare(old, new) {
        Comparison::Equal => Problem::TargetUnchanged {
            text: (&new.text).into(),
            keep: template.keeping().map(|disposition| (&disposition.print).into()),
        },
        Comparison::Lowered | Comparison::Mixed if !lowers => {
            let (old, new) = texts();
            Problem::TargetLowered { old, new }
        }
        Comparison::MeasureChanged => {
            let (old, new) = texts();
            Problem::MeasureChanged { old, new }
        }
        _ => return,
    };
    findings.push(Finding::new(problem, new.origin.clone()));
}

/// A fraction without a unit beside percentages: 0.71 beside 95％.
fn percents(row: &KpiRow, template: &Template, findings: &mut Vec<Finding>) {
    let fields = template.all_fields();
    let values: Vec<&Value> = fields.into_iter().filter_map(|field| row.value(field)).collect();
    let is_percent = |part: &Part| part.unit.as_deref().is_some_and(|unit| matches!(unit, "％" | "%"));
    let Some(other) = values.iter().find(|value| value.parts.iter().any(is_percent)) else { return };
    for value in &values {
        let [Part { quantity: Quantity::Exact(figure), unit: None, of: None, relative: false, .. }] =
            &value.parts[..]
        else {
            continue;
        };
        if !figure.is_integer() && figure.abs() < Decimal::ONE {
            let (text, other) = ((&value.text).into(), (&other.text).into());
            findings.push(Finding::new(Problem::PercentMissing { text, other }, value.origin.clone()));
        }
    }
}

/// Years beyond a column's horizon, and years other than the revision's. One that a heading states for many values is
/// said once.
fn years(row: &KpiRow, template: &Template, headings: &mut BTreeSet<Origin>, findings: &mut Vec<Finding>) {
    for field in template.all_fields() {
        let Some(value) = row.value(field) else { continue };
        let Some(stated) = value.time.as_ref() else { continue };
        if value.completion.time.is_some() && !headings.insert(stated.origin.clone()) {
            continue;
        }
        let Some(year) = stated.time.map(crate::model::Period::fiscal_year) else { continue };
        let spec = template.field(field);
        let mut push = |problem| findings.push(Finding::new(problem, stated.origin.clone()));
        if let Some(horizon) = spec.horizon.filter(|&horizon| year > horizon) {
            let stated = StatedYear::new(&stated.text, NamedYear::of(year, &template.eras));
            let horizon = NamedYear::of(horizon, &template.eras);
            push(Problem::YearBeyondHorizon { stated, horizon });
        }
        if let Some(expected) = spec.year.filter(|&expected| year != expected) {
            let stated = StatedYear::new(&stated.text, NamedYear::of(year, &template.eras));
            let expected = NamedYear::of(expected, &template.eras);
            push(Problem::YearUnexpected { stated, expected });
        }
    }
}

/// The same indicator twice under one group.
fn duplicate(
    row: &KpiRow,
    reported: &BTreeSet<Origin>,
    seen: &mut BTreeMap<Vec<String>, Origin>,
    findings: &mut Vec<Finding>,
) {
    let key = super::gather::key(row);
    let Some(first) = seen.get(&key) else {
        seen.insert(key, row.indicator.origin.clone());
        return;
    };
    let here = &row.indicator.origin;
    if reported.contains(here) || reported.contains(first) {
        return;
    }
    let problem = Problem::IndicatorDuplicate { first: Elsewhere::from(here, first) };
    findings.push(Finding::new(problem, here.clone()));
}

/// Rows by project number.
struct Index<'a>(BTreeMap<String, Vec<&'a KpiRow>>);

impl<'a> Index<'a> {
    fn new(rows: &'a [KpiRow]) -> Self {
        let mut index: BTreeMap<String, Vec<&KpiRow>> = BTreeMap::new();
        for row in rows {
            if let Some(number) = &row.project_no {
                index.entry(bare_number(&number.text)).or_default().push(row);
            }
        }
        Self(index)
    }
}

/// References to other projects in the reason.
fn references(row: &KpiRow, index: &Index<'_>, template: &Template, findings: &mut Vec<Finding>) {
    let Some(reason) = &row.reason else { return };
    for reference in find_references(&reason.text) {
        let own = row.project_no.as_ref().is_some_and(|no| bare_number(&no.text) == reference.number);
        if !own {
            check_reference(row, reason, &reference, index, template, findings);
        }
    }
}

fn check_reference(
    row: &KpiRow,
    reason: &Text,
    reference: &Reference<'_>,
    index: &Index<'_>,
    template: &Template,
    findings: &mut Vec<Finding>,
) {
    let number = &reference.number;
    let claim = reference.claim;
    let mut broken = |broken| {
        let problem =
            Problem::ReferenceBroken { number: number.into(), broken, claim: claim.map(Into::into) };
        findings.push(Finding::new(problem, reason.origin.clone()));
    };
    let Some(rows) = index.0.get(number) else { return broken(Broken::Absent) };
    let leaves = |row: &KpiRow| {
        row.disposition.as_ref().is_some_and(|chosen| template.disposition(chosen.id).leaves_list)
    };
    if rows.iter().all(|row| leaves(row)) {
        return broken(Broken::Leaving);
    }
    if claim.is_some_and(|claim| !rows.iter().any(|row| says(row, claim))) {
        return broken(Broken::Silent);
    }
    if leaves(row) {
        let problem = Problem::ReferenceReliedOn { number: number.into(), claim: claim.map(Into::into) };
        findings.push(Finding::new(problem, reason.origin.clone()));
    }
}

/// Whether a row's valid target (the new one, else the old one) or indicator says something.
fn says(row: &KpiRow, claim: &str) -> bool {
    let target = row.value(Field::NewTarget).or(row.value(Field::Target));
    let claim = fold(claim);
    [Some(row.indicator.text.as_str()), target.map(|value| value.text.as_str())]
        .into_iter()
        .flatten()
        .any(|text| fold(text).contains(&claim))
}
