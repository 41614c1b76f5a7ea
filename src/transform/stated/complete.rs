//! Giving values what their cells leave open.

use super::{ColumnStatement, RowStatement, TableStatement, Unit, findings};
use crate::finding::{Finding, Noted};
use crate::japanese::is_no_value;
use crate::model::{Field, Origin, Period, Record, StatedBy, Status, TimeText, Value};
use crate::template::{FieldKind, Kind, Template};
use crate::transform::value::{Context, Standing, UnitWords};
use std::collections::BTreeSet;

/// Completes the values of a sheet's rows. What is to be said of a column goes to the row of the cell that it is said of.
pub(in crate::transform) fn complete(
    tables: &[TableStatement],
    stated: &[RowStatement],
    rows: &mut [Noted<Record>],
    template: &Template,
) {
    let is_value = |field: &Field| template.field(*field).kind == FieldKind::Value;
    let fields: Vec<Field> = template.all_fields().into_iter().filter(is_value).collect();
    let mut said = BTreeSet::new();
    let none = ColumnStatement::default();
    for &field in &fields {
        let statements: Vec<&ColumnStatement> =
            tables.iter().map(|table| table.0.get(&field).unwrap_or(&none)).collect();
        let here = Vec::new();
        let rows = &mut *rows;
        let mut column = Column { field, statement: &none, here, stated, rows, template, said: &mut said };
        let mut counts: Vec<Counts> = Vec::new();
        for (at, &statement) in statements.iter().enumerate() {
            column.turn_to(at, statement);
            counts.push(column.counts());
        }
        for (at, &statement) in statements.iter().enumerate() {
            let alike = statements.iter().zip(&counts).filter(|(other, _)| other.is_like(statement));
            let counts = alike.fold(Counts::default(), |sum, (_, counts)| sum.plus(counts));
            column.turn_to(at, statement);
            column.units(&counts);
            column.times(&counts);
            column.statuses();
        }
    }
}

/// How many values of columns alike state something of their own, and how many leave it to the heading (S3).
#[derive(Default)]
struct Counts {
    other_units: usize,
    open_units: usize,
    times: usize,
    open_times: usize,
}

impl Counts {
    fn plus(self, other: &Self) -> Self {
        Self {
            other_units: self.other_units + other.other_units,
            open_units: self.open_units + other.open_units,
            times: self.times + other.times,
            open_times: self.open_times + other.open_times,
        }
    }
}

/// The values of a field in the rows of a table.
struct Column<'a> {
    field: Field,
    statement: &'a ColumnStatement,
    here: Vec<usize>,
    stated: &'a [RowStatement],
    rows: &'a mut [Noted<Record>],
    template: &'a Template,
    /// Cells of units that were reported.
    said: &'a mut BTreeSet<Origin>,
}

/// What a row's columns of units say of a value.
enum OfRow {
    Nothing,
    NoUnit,
    Unit(Box<Unit>),
}

/// What is stated of the units of a column: in common, and row by row; and how the values stand to it.
struct Units {
    shared: Option<Unit>,
    of_rows: Vec<OfRow>,
    standings: Vec<Standing>,
}

impl<'a> Column<'a> {
    fn turn_to(&mut self, table: usize, statement: &'a ColumnStatement) {
        self.statement = statement;
        self.here = (0..self.rows.len()).filter(|&row| self.stated[row].0 == table).collect();
    }

    fn counts(&mut self) -> Counts {
        let units = self.read_units();
        let by_heading = |standing| {
            let pairs = units.of_rows.iter().zip(&units.standings);
            pairs.filter(|(of_row, at)| matches!(of_row, OfRow::Nothing) && **at == standing).count()
        };
        Counts {
            other_units: by_heading(Standing::Other),
            open_units: by_heading(Standing::Open),
            times: self.with(has_time).len(),
            open_times: self.with(|value| !has_time(value)).len(),
        }
    }

    /// What is stated of the units, and how the values stand to it.
    fn read_units(&mut self) -> Units {
        let shared = self.shared_unit();
        let of_rows: Vec<OfRow> = self.here.clone().into_iter().map(|row| self.unit_of_row(row)).collect();
        let standing = |(&row, of_row): (&usize, &OfRow)| {
            let unit = match of_row {
                OfRow::Unit(unit) => Some(&**unit),
                OfRow::Nothing => shared.as_ref(),
                OfRow::NoUnit => None,
            };
            let value = self.value(row);
            value.zip(unit).map_or(Standing::Apart, |(value, unit)| unit.words.standing(value))
        };
        let standings = self.here.iter().zip(&of_rows).map(standing).collect();
        Units { shared, of_rows, standings }
    }

    fn units(&mut self, counts: &Counts) {
        let Units { shared, of_rows, standings } = self.read_units();
        let is_template = shared.as_ref().is_some_and(|unit| unit.by == StatedBy::Template);
        let holds = is_template || counts.open_units > counts.other_units; // S3
        let mut others: Vec<(usize, &Unit)> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for ((row, of_row), standing) in self.here.clone().into_iter().zip(&of_rows).zip(standings) {
            let (unit, holds) = match (of_row, &shared) {
                (OfRow::Unit(unit), _) => (&**unit, true),
                (OfRow::Nothing, Some(unit)) => (unit, holds),
                (OfRow::Nothing, None) | (OfRow::NoUnit, _) => continue,
            };
            match standing {
                Standing::Open if holds => {
                    if let Some(value) = self.rows[row].value.value_mut(self.field) {
                        unit.words.complete(value, unit.by, &unit.origin);
                    }
                }
                Standing::Open => open.push(row),
                Standing::Other => others.push((row, unit)),
                Standing::Same | Standing::Apart => {}
            }
        }
        let count = others.len();
        if let (Some(&row), Some(unit)) = (open.first(), &shared) {
            self.say(row, |value| findings::unit_not_taken(value, &unit.words, open.len()));
        } else if let Some(&(row, unit)) = others.first() {
            self.say(row, |value| findings::unit_differs(value, unit, count));
        }
        self.say_conflict(&of_rows, shared.as_ref());
    }

    /// The unit of the heading, else the template's. That they differ is said.
    fn shared_unit(&mut self) -> Option<Unit> {
        let by_template = template_unit(self.field, self.template);
        let first = self.here.iter().copied().find(|&row| self.value(row).is_some())?;
        if let Some((words, origin)) = self.statement.unclear.clone()
            && self.said.insert(origin.clone())
        {
            self.rows[first].findings.push(findings::unit_unknown(&words, origin));
        }
        let heading = self.statement.unit.clone();
        if let (Some(heading), Some(template)) = (&heading, &by_template)
            && !heading.words.is_same(&template.words)
            && self.said.insert(heading.origin.clone())
        {
            self.rows[first].findings.push(findings::units_conflict(heading, template));
        }
        heading.or(by_template).or_else(|| kind_unit(self.field, self.template))
    }

    /// What the columns of units say in a row; what is no unit is reported.
    fn unit_of_row(&mut self, row: usize) -> OfRow {
        let (_, units) = &self.stated[row];
        // A percentage has its unit of itself, whatever the row's other values are counted in.
        let is_percent = self.template.field(self.field).holds == Kind::Percent;
        let of_all = || units.get(&None).filter(|_| !is_percent);
        let Some((text, origin)) = units.get(&Some(self.field)).or_else(of_all) else {
            return OfRow::Nothing;
        };
        if is_no_value(text) {
            return OfRow::NoUnit;
        }
        if let Some(words) = UnitWords::read(text, &self.context()) {
            return OfRow::Unit(Box::new(Unit { words, by: StatedBy::Column, origin: origin.clone() }));
        }
        if self.value(row).is_some_and(|value| !value.parts.is_empty()) && self.said.insert(origin.clone()) {
            self.rows[row].findings.push(findings::unit_unknown(text, origin.clone()));
        }
        OfRow::NoUnit
    }

    /// Says that a column of units and the heading differ.
    fn say_conflict(&mut self, of_rows: &[OfRow], shared: Option<&Unit>) {
        let Some(shared) = shared else { return };
        let mut pairs = self.here.iter().zip(of_rows);
        let found = pairs.find_map(|(&row, of_row)| match of_row {
            OfRow::Unit(unit) if !unit.words.is_same(&shared.words) => Some((row, unit)),
            _ => None,
        });
        if let Some((row, unit)) = found.filter(|(_, unit)| self.said.insert(unit.origin.clone())) {
            self.rows[row].findings.push(findings::units_conflict(unit, shared));
        }
    }

    fn times(&mut self, counts: &Counts) {
        let template = template_time(self.field, self.template);
        let by = if self.statement.time.is_some() { StatedBy::Heading } else { StatedBy::Template };
        let stated: Vec<usize> = self.with(has_time);
        let bare: Vec<usize> = self.with(|value| !has_time(value));
        if let (Some(other), Some(&row)) = (&self.statement.other_time, bare.first())
            && template.is_none()
        {
            let finding = findings::time_not_of_values(other);
            self.rows[row].findings.push(finding);
        }
        let Some(time) = self.statement.time.clone().or(template) else { return };
        if by == StatedBy::Heading && counts.times >= counts.open_times && !bare.is_empty() {
            self.say(bare[0], |value| findings::time_not_taken(value, &time, bare.len()));
            return; // S3
        }
        for &row in &bare {
            if let Some(value) = self.rows[row].value.value_mut(self.field) {
                value.time = Some(time.clone());
                value.completion.time = Some(by);
            }
        }
        let differs = |row: &usize| {
            let own = self.value(*row).and_then(|value| value.time.as_ref()?.time);
            own.is_some_and(|own| !time.time.is_some_and(|time| own.agrees_with(time)))
        };
        let others: Vec<usize> = stated.iter().copied().filter(differs).collect();
        if let Some(&row) = others.first() {
            self.say(row, |value| findings::time_differs(value, &time, others.len()));
        }
    }

    /// What each value is: by its own word, by its heading's, by the template.
    fn statuses(&mut self) {
        let given = self.statement.status.or(self.template.field(self.field).status);
        for &row in &self.here {
            if let Some(value) = self.rows[row].value.value_mut(self.field) {
                let own = value.qualifiers.iter().find_map(|word| Status::of_word(word));
                value.status = own.or(given);
            }
        }
    }

    /// The rows with such a value.
    fn with(&self, is: impl Fn(&Value) -> bool) -> Vec<usize> {
        self.here.iter().copied().filter(|&row| self.value(row).is_some_and(&is)).collect()
    }

    fn say(&mut self, row: usize, of: impl FnOnce(&Value) -> Finding) {
        let finding = self.value(row).map(of);
        self.rows[row].findings.extend(finding);
    }

    fn value(&self, row: usize) -> Option<&Value> {
        self.rows[row].value.value(self.field)
    }

    fn context(&self) -> Context<'a> {
        context(self.template)
    }
}

/// Gives a value what the template says of its field, as in a list whose columns say nothing (S1).
pub fn complete_by_template(value: &mut Value, field: Field, template: &Template) {
    if let Some(unit) = template_unit(field, template).or_else(|| kind_unit(field, template))
        && unit.words.standing(value) == Standing::Open
    {
        unit.words.complete(value, unit.by, &unit.origin);
    }
    if !has_time(value)
        && let Some(time) = template_time(field, template)
    {
        value.time = Some(time);
        value.completion.time = Some(StatedBy::Template);
    }
}

fn context(template: &Template) -> Context<'_> {
    Context { notation: template.notation, eras: &template.eras }
}

fn template_unit(field: Field, template: &Template) -> Option<Unit> {
    unit_of_template(template.field(field).unit.as_deref()?, template)
}

/// The unit of a kind, of which a heading may state another.
fn kind_unit(field: Field, template: &Template) -> Option<Unit> {
    unit_of_template(template.field(field).holds.unit()?, template)
}

fn unit_of_template(words: &str, template: &Template) -> Option<Unit> {
    let words = UnitWords::read(words, &context(template))?;
    Some(Unit { words, by: StatedBy::Template, origin: template_file(template) })
}

fn template_time(field: Field, template: &Template) -> Option<TimeText> {
    template.field(field).period.as_ref().map(|period| TimeText {
        text: period.words.clone(),
        time: Some(Period::At(period.time)),
        within: false,
        origin: template_file(template),
    })
}

fn template_file(template: &Template) -> Origin {
    template.origin()
}

/// Whether a value states a time of its own, or one of its parts does.
fn has_time(value: &Value) -> bool {
    value.time.is_some() || value.parts.iter().any(|part| part.time.is_some())
}
