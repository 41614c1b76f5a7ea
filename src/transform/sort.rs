//! Sorting by fields: a choice by its place in the vocabulary, a value by its figure, a date by its day, a text by its
//! collation. What says nothing stands last in either direction, and equals stay as they were read.

use crate::japanese::era::{parse_time, parse_time_cell};
use crate::japanese::{Collation, collation};
use crate::model::{CivilDate, Field, Record};
use crate::template::{Kind, SortKey, Template};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// What a row is sorted by in a field. Of a kind that says something else than it should, words stand last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// A place in the vocabulary.
    Place(usize),
    /// A figure, in the unit of the data.
    Figure(Decimal),
    /// The first day of a time.
    Day(CivilDate),
    /// Anything else.
    Words(Collation),
}

/// Sorts rows by fields.
pub(super) fn by_fields(rows: &mut Vec<Record>, keys: &[SortKey], template: &Template) {
    let said = |row: &Record| keys.iter().map(|key| of(row, key.field, template)).collect::<Vec<_>>();
    let mut keyed: Vec<(Vec<Option<Said>>, Record)> = rows.drain(..).map(|row| (said(&row), row)).collect();
    keyed.sort_by(|(a, _), (b, _)| {
        let pairs = keys.iter().zip(a.iter().zip(b));
        let orders = pairs.map(|(key, (a, b))| compare(a.as_ref(), b.as_ref(), key.descending));
        orders.fold(Ordering::Equal, Ordering::then)
    });
    rows.extend(keyed.into_iter().map(|(_, row)| row));
}

/// What a row says of a field; nothing if it says nothing.
pub(super) fn of(row: &Record, field: Field, template: &Template) -> Option<Said> {
    if let Some(chosen) = row.choice(field) {
        return Some(Said::Place(chosen.id.0));
    }
    if let Some(value) = row.value(field) {
        let figure = value.parts.iter().find_map(|part| part.quantity.figure());
        let words = || (!value.text.is_empty()).then(|| Said::Words(collation(&value.text)));
        return figure.map(Said::Figure).or_else(words);
    }
    let text = &row.text(field)?.text;
    let time = match template.field(field).holds {
        Kind::Date => parse_time(text, &template.eras),
        Kind::Year => parse_time_cell(text, &template.eras),
        _ => None,
    };
    let words = || (!text.is_empty()).then(|| Said::Words(collation(text)));
    time.map(|time| Said::Day(time.days().0)).or_else(words)
}

fn compare(a: Option<&Said>, b: Option<&Said>, descending: bool) -> Ordering {
    let is_words = |said: Option<&Said>| matches!(said, Some(Said::Words(_)));
    match (a, b) {
        (Some(a), Some(b)) if descending && is_words(Some(a)) == is_words(Some(b)) => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        _ => a.is_none().cmp(&b.is_none()),
    }
}
