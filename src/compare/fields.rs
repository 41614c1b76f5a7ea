//! What changes of a record from one edition to the next, field by field. Values are compared by what they mean, texts by
//! their words; what is only written in another way is no change.

use super::edition::Edition;
use super::within::{Kind, between};
use super::words::{Differences, differences};
use crate::japanese::{Words, fold, label_key};
use crate::model::{Entry, Field, Record, Role, TimeText, Value};
use crate::template::Template;
use crate::transform::references::bare_number;

/// A field in two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldPair {
    /// In the old one.
    pub old: Field,
    /// In the new one.
    pub new: Field,
}

/// What changes in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field.
    pub field: FieldPair,
    /// What kind of change it is.
    pub kind: FieldKind,
    /// Whether the time of its value is another one.
    pub year: bool,
    /// What it said.
    pub old: String,
    /// What it says.
    pub new: String,
    /// The words that differ, as bytes of the two.
    pub differences: Differences,
}

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKind {
    /// Another group.
    Moved,
    /// Another name.
    Renamed,
    /// Another number.
    Renumbered,
    /// Higher figures.
    Raised,
    /// Lower figures.
    Lowered,
    /// Some figures are higher, some are lower.
    Mixed,
    /// Another unit, or something else is measured.
    Unit,
    /// The same value for another time.
    Year,
    /// Something where there was nothing.
    Set,
    /// Nothing where there was something.
    Cleared,
    /// Other words.
    Text,
}

impl FieldKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Moved,
        Self::Renamed,
        Self::Renumbered,
        Self::Raised,
        Self::Lowered,
        Self::Mixed,
        Self::Unit,
        Self::Year,
        Self::Set,
        Self::Cleared,
        Self::Text,
    ];

    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Renamed => "renamed",
            Self::Renumbered => "renumbered",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Mixed => "mixed",
            Self::Unit => "unit",
            Self::Year => "year",
            Self::Set => "set",
            Self::Cleared => "cleared",
            Self::Text => "text",
        }
    }

    /// What it is called in documents.
    pub fn word(self, template: &Template) -> &str {
        let kinds = &template.compare.kinds;
        match self {
            Self::Moved => &kinds.moved,
            Self::Renamed => &kinds.renamed,
            Self::Renumbered => &kinds.renumbered,
            Self::Raised => &kinds.raised,
            Self::Lowered => &kinds.lowered,
            Self::Mixed => &kinds.mixed,
            Self::Unit => &kinds.unit,
            Self::Year => &kinds.year,
            Self::Set => &kinds.set,
            Self::Cleared => &kinds.cleared,
            Self::Text => &kinds.text,
        }
    }
}

/// The fields that two editions have in common, in the order of the new one; then those that one of them has alone. What
/// is computed follows from the others, and what is not published is nobody's to see.
pub(super) fn pair(old: &Edition<'_>, new: &Edition<'_>) -> (Vec<FieldPair>, Vec<Field>, Vec<Field>) {
    let is_compared = |edition: &Edition<'_>, field: &Field| {
        let spec = edition.template.field(*field);
        edition.has(*field) && spec.is_published && spec.compute.is_none() && !spec.is_graded()
    };
    let fields = |edition: &Edition<'_>| -> Vec<Field> {
        edition.template.all_fields().into_iter().filter(|field| is_compared(edition, field)).collect()
    };
    let mut before = fields(old);
    let (mut pairs, mut only_new) = (Vec::new(), Vec::new());
    for field in fields(new) {
        let spec = new.template.field(field);
        let is_group = matches!(field, Field::Group(_));
        let same = |at: &Field| matches!(at, Field::Group(_)) == is_group;
        let by_key = |at: &Field| same(at) && old.template.field(*at).key == spec.key;
        let by_role =
            |at: &Field| same(at) && spec.role.is_some() && old.template.field(*at).role == spec.role;
        let found = before.iter().position(by_key).or_else(|| before.iter().position(by_role));
        match found {
            Some(at) => pairs.push(FieldPair { old: before.remove(at), new: field }),
            None => only_new.push(field),
        }
    }
    (pairs, before, only_new)
}

/// What changes from one record to another.
pub(super) fn changes(
    (old, old_template): (&Record, &Template),
    (new, new_template): (&Record, &Template),
    fields: &[FieldPair],
    words: &Words,
) -> Vec<FieldChange> {
    let change = |&field: &FieldPair| {
        let (before, after) = (said(old, field.old, old_template), said(new, field.new, new_template));
        let (kind, year) = kind(old, new, field, new_template, (&before, &after))?;
        let differences = differences(&before, &after, words);
        Some(FieldChange { field, kind, year, old: before, new: after, differences })
    };
    fields.iter().filter_map(change).collect()
}

/// What a record says of a field, as a comparison shows it: a value with its unit and its time.
pub(super) fn said(row: &Record, field: Field, template: &Template) -> String {
    if let Some(chosen) = row.choice(field) {
        return template.choice(field, chosen.id).label.clone();
    }
    if let Some(value) = row.value(field) {
        let text = value.text_with_unit();
        return match value.time.as_ref().filter(|time| !time.within) {
            Some(time) => format!("{text}（{}）", time.text),
            None => text,
        };
    }
    row.text(field).map(|text| text.text.clone()).unwrap_or_default()
}

fn kind(
    old: &Record,
    new: &Record,
    field: FieldPair,
    template: &Template,
    (before, after): (&str, &str),
) -> Option<(FieldKind, bool)> {
    if before == after {
        return None;
    }
    match (before.is_empty(), after.is_empty()) {
        (true, false) => return Some((FieldKind::Set, false)),
        (false, true) => return Some((FieldKind::Cleared, false)),
        _ => {}
    }
    if let (Some(old), Some(new)) = (old.value(field.old), new.value(field.new)) {
        return of_values(old, new);
    }
    let role = template.field(field.new).role;
    let (before, after) = match (field.new, role) {
        (Field::Group(_), _) => (label_key(before), label_key(after)),
        (_, Some(Role::Number)) => (bare_number(before), bare_number(after)),
        _ => (fold(before), fold(after)),
    };
    (before != after).then_some(match (field.new, role) {
        (Field::Group(_), _) => (FieldKind::Moved, false),
        (_, Some(Role::Name)) => (FieldKind::Renamed, false),
        (_, Some(Role::Number)) => (FieldKind::Renumbered, false),
        _ => (FieldKind::Text, false),
    })
}

/// What changes from one value to another. A time that is gone is a change too, and so is what is said beside figures.
fn of_values(old: &Value, new: &Value) -> Option<(FieldKind, bool)> {
    let is_gone = old.time.is_some() && new.time.is_none();
    match between(old, new) {
        Some(change) => {
            let kind = match change.kind {
                Kind::Raised => FieldKind::Raised,
                Kind::Lowered => FieldKind::Lowered,
                Kind::Mixed => FieldKind::Mixed,
                Kind::Measure => FieldKind::Unit,
                Kind::Year => FieldKind::Year,
                Kind::Removed | Kind::Set | Kind::Words | Kind::Unstated => FieldKind::Text,
            };
            Some((kind, change.year || is_gone))
        }
        None if is_gone => Some((FieldKind::Year, true)),
        None => (beside(old) != beside(new)).then_some((FieldKind::Text, false)),
    }
}

/// What a value says beside its figures.
fn beside(value: &Value) -> (Vec<String>, Vec<String>, Option<crate::model::Status>) {
    let folded = |texts: &[String]| texts.iter().map(|text| fold(text)).collect();
    (folded(&value.notes), folded(&value.qualifiers), value.status)
}

/// What a value says in the form in which likeness is judged.
pub(super) fn key(value: &Value) -> String {
    let time = value.time.as_ref().map(|time: &TimeText| fold(&time.text)).unwrap_or_default();
    format!("{} {time}", fold(&value.text_with_unit()))
}

/// The entry of a field as a text for keys.
pub(super) fn entry_key(row: &Record, field: Field, template: &Template) -> String {
    match row.entry(field) {
        Some(Entry::Value(value)) => key(value),
        _ => fold(&said(row, field, template)),
    }
}
