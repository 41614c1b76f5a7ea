//! From a draft's texts to a typed row: notation, values, joint cells, disposition.

use super::choices;
use super::columns::Slot;
use super::draft::Draft;
use super::line_breaks::{Room, flowing};
use super::value::{self, Context};
use crate::finding::{Finding, Noted, Problem};
use crate::japanese::{fold, half_width, is_no_value, normalise};
use crate::model::{Chosen, Entry, Eras, Field, Origin, RawSheet, Record, Role, Text, Value};
use crate::template::{FieldKind, FieldSpec, Need, Template};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Types the texts of one row.
pub(super) fn assemble(mut draft: Draft, sheet: &RawSheet, template: &Template) -> Noted<Record> {
    let mut findings = Vec::new();
    let notes = &mut findings;
    notes.extend(draft.dates.iter().filter_map(|slot| date_found(*slot, &draft, template)));
    let chosen: BTreeMap<Field, Chosen> = template
        .fields_of(FieldKind::Choice)
        .filter_map(|field| Some((field, choices::choose(&draft, field, template, notes)?)))
        .collect();
    if let (Some(value), Some(reason)) = (template.role(Role::NewTarget), template.role(Role::Reason)) {
        let joint = Joint { value, reason, eras: &template.eras };
        if draft.has_reason_column {
            joint.split_if_framed(&mut draft, notes);
        } else {
            let disposition = template.role(Role::Disposition).and_then(|field| chosen.get(&field));
            let takes_value = disposition
                .is_none_or(|chosen| template.disposition(chosen.id).new_target != Need::Forbidden);
            joint.split(&mut draft, takes_value, notes);
        }
    }
    let mut texts = Texts { draft: &draft, sheet, template, notes };
    let row = Record {
        id: None,
        states_id: false,
        groups: draft.groups.iter().map(|(raw, origin)| texts.typed_in(raw, origin, Room::Label)).collect(),
        entries: template.entries().map(|field| texts.entry(field, &chosen)).collect(),
        roles: Arc::clone(&template.roles),
        notes: Vec::new(),
        origin: draft.origin.clone(),
    };
    let is_missing = |(group, spec): (&Text, &FieldSpec)| group.text.is_empty() && spec.required;
    if let Some(level) = row.groups.iter().zip(&template.groups).position(is_missing) {
        notes.push(group_missing(&row, &template.groups[level]));
    }
    let findings = findings.into_iter().map(|finding| finding.about(&row)).collect();
    Noted { value: row, findings }
}

/// A value with its time and its reason in one cell.
struct Joint<'a> {
    value: Field,
    reason: Field,
    eras: &'a Eras,
}

impl Joint<'_> {
    /// `（R2年度）3園／理由` in one cell becomes three. A cell that holds no value is the reason where the disposition
    /// takes none.
    fn split(&self, draft: &mut Draft, takes_value: bool, notes: &mut Vec<Finding>) {
        let Some((raw, origin)) = draft.cells.remove(&Slot::Field(self.value)) else { return };
        let joint = value::split_joint(&raw, self.eras);
        if joint.time.is_none() && joint.value.is_none() && !takes_value {
            draft.cells.insert(Slot::Field(self.reason), (raw, origin));
            return;
        }
        if let (Some(here), Some((column, _))) = (&joint.time, draft.cells.get(&Slot::Time(self.value)))
            && fold(here) != fold(column)
        {
            notes.push(times_differ(here, column, origin.clone()));
        }
        let parts = [
            (Slot::Time(self.value), joint.time),
            (Slot::Field(self.value), joint.value),
            (Slot::Field(self.reason), joint.reason),
        ];
        for (slot, text) in parts {
            if let Some(text) = text {
                draft.cells.entry(slot).or_insert((text, origin.clone()));
            }
        }
    }

    /// A whole `（年度）値／理由` in the column of values is split even if the form has a column for reasons, as long
    /// as that is empty.
    fn split_if_framed(&self, draft: &mut Draft, notes: &mut Vec<Finding>) {
        let stated =
            |slot| draft.cells.get(&slot).is_some_and(|(text, _): &(String, Origin)| !is_no_value(text));
        if stated(Slot::Field(self.reason)) || stated(Slot::Time(self.value)) {
            return;
        }
        let Some((raw, _)) = draft.cells.get(&Slot::Field(self.value)) else { return };
        let joint = value::split_joint(raw, self.eras);
        if joint.time.is_some() && joint.value.is_some() && joint.reason.is_some() {
            draft.cells.remove(&Slot::Field(self.reason));
            draft.cells.remove(&Slot::Time(self.value));
            self.split(draft, true, notes);
        }
    }
}

/// Reads the fields of one row.
struct Texts<'a> {
    draft: &'a Draft,
    sheet: &'a RawSheet,
    template: &'a Template,
    notes: &'a mut Vec<Finding>,
}

impl Texts<'_> {
    fn typed(&mut self, raw: &str, origin: &Origin) -> Text {
        self.typed_in(raw, origin, self.room(raw, origin))
    }

    fn typed_in(&mut self, raw: &str, origin: &Origin, room: Room) -> Text {
        let text = self.flowing(&normalise(raw, self.template.notation), origin, room);
        Text { raw: raw.to_owned(), text, origin: origin.clone() }
    }

    /// A text without the line breaks that only wrapped it.
    fn flowing(&mut self, text: &str, origin: &Origin, room: Room) -> String {
        let flowing = flowing(text, self.template.line_breaks, room);
        if flowing.wraps > 0 {
            let problem = Problem::BreaksJoined { count: flowing.wraps };
            self.notes.push(Finding::new(problem, origin.clone()));
        }
        flowing.text
    }

    fn room(&self, text: &str, origin: &Origin) -> Room {
        let at = origin.cell.filter(|_| text.contains('\n') && origin.place == self.sheet.place);
        at.and_then(|at| self.sheet.width(at.row, at.col)).map_or(Room::Unknown, Room::Cell)
    }

    fn text(&mut self, field: Field) -> Option<Text> {
        let (raw, origin) = self.draft.cells.get(&Slot::Field(field))?;
        (!is_no_value(raw)).then(|| self.typed(raw, origin))
    }

    fn value(&mut self, field: Field) -> Option<Value> {
        let time = self.draft.cells.get(&Slot::Time(field)).filter(|(text, _)| !is_no_value(text));
        let value = self.draft.cells.get(&Slot::Field(field));
        let stated = value.filter(|(raw, _)| !is_no_value(raw));
        let Some((raw, origin)) = stated else {
            self.notes.extend(time.map(|(text, origin)| time_without_value(text, origin.clone())));
            return None;
        };
        let time = time.map(|(text, origin)| (text.as_str(), origin.clone()));
        let context = Context { notation: self.template.notation, eras: &self.template.eras };
        // Of words, a break is no more than that of any text; beside figures it sets them apart.
        let is_words = !raw.chars().any(|c| half_width(c).is_ascii_digit());
        let words = if is_words {
            self.flowing(&normalise(raw, context.notation), origin, self.room(raw, origin))
        } else {
            raw.clone()
        };
        let mut parsed = value::parse(&words, time, origin.clone(), &context);
        self.notes.append(&mut parsed.findings);
        let mut value = parsed.value?;
        value.raw.clone_from(raw);
        if let Some(&stored) = self.draft.numbers.get(&Slot::Field(field)) {
            self.notes.extend(value::settle(&mut value, stored));
        }
        if value.text.is_empty() {
            self.notes.push(time_without_value(raw, origin.clone()));
            return None;
        }
        Some(value)
    }

    fn entry(&mut self, field: Field, chosen: &BTreeMap<Field, Chosen>) -> Option<Entry> {
        let FieldSpec { kind, role, .. } = self.template.field(field);
        match (kind, role) {
            (FieldKind::Text, Some(Role::Name)) => {
                let name = self.text(field).unwrap_or_else(|| self.typed("", &self.draft.origin));
                Some(Entry::Text(name))
            }
            (FieldKind::Text, Some(Role::Number)) => self.text(field).map(unprefixed).map(Entry::Text),
            (FieldKind::Text, _) => self.text(field).map(Entry::Text),
            (FieldKind::Value, _) => self.value(field).map(|value| Entry::Value(Box::new(value))),
            (FieldKind::Choice, _) => chosen.get(&field).cloned().map(Entry::Choice),
        }
    }
}

/// A date where a number, a name or a value is expected. A day may be a value (完了予定日), a time of day is none.
fn date_found(slot: Slot, draft: &Draft, template: &Template) -> Option<Finding> {
    let Slot::Field(field) = slot else { return None };
    let (text, origin) = draft.cells.get(&slot)?;
    let FieldSpec { kind, role, .. } = template.field(field);
    let is_value = match (kind, role) {
        (FieldKind::Value, _) => true,
        (_, Some(Role::Number | Role::Name)) => false,
        _ => return None,
    };
    let is_day = text.contains(['年', '月', '/', '-', '.']) || !text.contains(':');
    let text = text.into();
    let problem =
        if is_value && is_day { Problem::ValueIsDate { text } } else { Problem::DateSuspected { text } };
    Some(Finding::new(problem, origin.clone()))
}

/// A project's number without what its column's heading says already: `№12`, `No.12` and `事業12` are `12`.
fn unprefixed(mut number: Text) -> Text {
    const PREFIXES: [&str; 9] = ["事業番号", "該当事業", "事業", "番号", "№", "No.", "No．", "NO.", "no."];
    let mut rest = number.text.as_str();
    while let Some(after) = PREFIXES.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        rest = after.trim_start();
    }
    if rest.starts_with(|c| half_width(c).is_ascii_digit()) {
        number.text = rest.to_owned();
    }
    number
}

fn times_differ(here: &str, column: &str, origin: Origin) -> Finding {
    Finding::new(Problem::TimesDiffer { here: here.into(), column: column.into() }, origin)
}

fn time_without_value(time: &str, origin: Origin) -> Finding {
    Finding::new(Problem::TimeWithoutValue { text: time.into() }, origin)
}

fn group_missing(row: &Record, spec: &FieldSpec) -> Finding {
    Finding::new(Problem::GroupMissing { group: spec.name().into() }, row.origin.clone())
}
