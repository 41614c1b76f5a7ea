//! Checks on the whole list: what a careful reader of the printed list would stumble over.

use super::disposition;
use super::references::{Reference, bare_number, find_references};
use super::value::{Comparison, compare};
use crate::finding::{Broken, Collector, Elsewhere, Finding, NamedYear, Problem, Size, StatedYear};
use crate::japanese::{fold, is_percent_sign};
use crate::model::{Field, Origin, Part, Quantity, Record, Role, Text, Value};
use crate::template::Template;
use rust_decimal::Decimal;
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes in which claims are looked for, over all references of a list: each looks through all that the project says.
const LOOKED_THROUGH: usize = 1 << 30;

/// Runs every check, row by row in printing order. Indicators at the `reported` cells are known to stand twice.
pub(super) fn run(
    rows: &[Record],
    reported: &BTreeSet<Origin>,
    template: &Template,
    findings: &mut Collector,
) {
    let index = Index::new(rows, template);
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
fn new_target(row: &Record, template: &Template, findings: &mut Vec<Finding>) {
    let lowers =
        row.choice_of(Role::Disposition).is_some_and(|chosen| template.disposition(chosen.id).lowers);
    let (Some(old), Some(new)) = (row.value_of(Role::Target), row.value_of(Role::NewTarget)) else { return };
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
fn percents(row: &Record, template: &Template, findings: &mut Vec<Finding>) {
    let fields = template.all_fields();
    let is_own = |field: &Field| template.field(*field).compute.is_none();
    let values: Vec<&Value> =
        fields.into_iter().filter(is_own).filter_map(|field| row.value(field)).collect();
    let is_percent = |part: &Part| part.unit.as_deref().is_some_and(is_percent_sign);
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
fn years(row: &Record, template: &Template, headings: &mut BTreeSet<Origin>, findings: &mut Vec<Finding>) {
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
    row: &Record,
    reported: &BTreeSet<Origin>,
    seen: &mut BTreeMap<Vec<String>, Origin>,
    findings: &mut Vec<Finding>,
) {
    let key = super::gather::key(row);
    let Some(first) = seen.get(&key) else {
        seen.insert(key, row.name().origin.clone());
        return;
    };
    let here = &row.name().origin;
    if reported.contains(here) || reported.contains(first) {
        return;
    }
    let problem = Problem::IndicatorDuplicate { first: Elsewhere::from(here, first) };
    findings.push(Finding::new(problem, here.clone()));
}

/// What the rows of each project say.
struct Index<'a> {
    projects: BTreeMap<String, Project<'a>>,
    /// Bytes that have been looked through so far.
    looked_through: Cell<usize>,
}

/// The rows of a project.
#[derive(Default)]
struct Project<'a> {
    rows: Vec<&'a Record>,
    /// Whether one of them stays on the list.
    stays: bool,
    /// Their indicators and valid targets (the new ones, else the old ones), folded, a line each; once it is asked for.
    said: OnceCell<String>,
}

impl<'a> Index<'a> {
    fn new(rows: &'a [Record], template: &Template) -> Self {
        let mut projects: BTreeMap<String, Project<'a>> = BTreeMap::new();
        for row in rows {
            let Some(number) = row.text_of(Role::Number) else { continue };
            let project = projects.entry(bare_number(&number.text)).or_default();
            project.stays |= !leaves(row, template);
            project.rows.push(row);
        }
        Self { projects, looked_through: Cell::new(0) }
    }

    /// Whether a project says something; none if too much has been looked through already.
    fn says(&self, project: &Project<'_>, claim: &str) -> Option<bool> {
        let said = project.said.get_or_init(|| project.folded());
        let looked_through = self.looked_through.get().saturating_add(said.len());
        self.looked_through.set(looked_through);
        (looked_through <= LOOKED_THROUGH).then(|| said.contains(&fold(claim)))
    }
}

impl Project<'_> {
    fn folded(&self) -> String {
        let texts = self.rows.iter().flat_map(|row| {
            let target = row.value_of(Role::NewTarget).or(row.value_of(Role::Target));
            [Some(row.name().text.as_str()), target.map(|value| value.text.as_str())]
        });
        texts.flatten().fold(String::new(), |said, text| said + &fold(text) + "\n")
    }
}

/// Whether a row leaves the list.
fn leaves(row: &Record, template: &Template) -> bool {
    row.choice_of(Role::Disposition).is_some_and(|chosen| template.disposition(chosen.id).leaves_list)
}

/// References to other projects in the reason. What is said twice is checked once.
fn references(row: &Record, index: &Index<'_>, template: &Template, findings: &mut Vec<Finding>) {
    let Some(reason) = row.text_of(Role::Reason) else { return };
    let own = row.text_of(Role::Number).map(|number| bare_number(&number.text));
    let mut seen = BTreeSet::new();
    for reference in find_references(&reason.text) {
        let is_own = own.as_ref() == Some(&reference.number);
        if !is_own && seen.insert((reference.number.clone(), reference.claim)) {
            check_reference(row, reason, &reference, index, template, findings);
        }
    }
}

fn check_reference(
    row: &Record,
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
    let Some(project) = index.projects.get(number) else { return broken(Broken::Absent) };
    if !project.stays {
        return broken(Broken::Leaving);
    }
    match claim.map(|claim| index.says(project, claim)) {
        Some(Some(false)) => return broken(Broken::Silent),
        Some(None) => {
            let most = u64::try_from(LOOKED_THROUGH >> 20).unwrap_or(u64::MAX);
            let problem = Problem::SheetTooLarge { size: Size::References, found: most, most };
            findings.push(Finding::new(problem, reason.origin.clone()));
        }
        None | Some(Some(true)) => {}
    }
    if leaves(row, template) {
        let problem = Problem::ReferenceReliedOn { number: number.into(), claim: claim.map(Into::into) };
        findings.push(Finding::new(problem, reason.origin.clone()));
    }
}
