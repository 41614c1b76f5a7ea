//! How a text was understood, as data: the keys of `kaitei read`, on which people and programs rely.

use crate::finding::{Finding, Lang};
use crate::japanese::is_no_value;
use crate::model::{Over, Part, Period, Quantity, Reference, Value};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// A text as it was understood. Keys that have nothing to say are absent.
#[derive(Serialize)]
pub struct ReadingView(Json);

impl ReadingView {
    /// The view of a value, or of a text that says that there is none.
    pub fn of(text: &str, value: Option<&Value>, findings: &[Finding], lang: Lang) -> Self {
        let mut view = Map::new();
        view.insert("text".into(), text.into());
        if let Some(value) = value {
            of_value(value, &mut view);
        } else {
            view.insert("none".into(), true.into());
            view.insert("parts".into(), json!([]));
        }
        let finding = |finding: &Finding| {
            let severity = finding.severity.to_string();
            json!({ "code": finding.code().id(), "severity": severity, "message": finding.message(lang) })
        };
        view.insert("findings".into(), findings.iter().map(finding).collect());
        Self(Json::Object(view))
    }
}

fn of_value(value: &Value, view: &mut Map<String, Json>) {
    let dashed = is_no_value(value.raw.split(['(', '（', '【', '[']).next().unwrap_or_default());
    if value.parts.is_empty() && dashed && !value.raw.trim_start().starts_with(['(', '（', '【', '[']) {
        view.insert("none".into(), true.into());
        view.insert("parts".into(), json!([]));
        put_list(view, "notes", value.time.iter().map(|time| &time.text).chain(&value.notes));
        return;
    }
    view.insert("parts".into(), value.parts.iter().map(of_part).collect());
    let period = value.time.as_ref().and_then(|time| time.time);
    put(view, "time", period.map(|period| period.to_string()));
    put_reference(view, value.reference.as_ref());
    let shared = |word: &&String| {
        value.parts.len() < 2
            || value.parts.iter().all(|part| part.qualifiers.contains(word))
            || !value.parts.iter().any(|part| part.qualifiers.contains(word))
    };
    put_list(view, "qualifiers", value.qualifiers.iter().filter(shared));
    put_list(view, "notes", value.notes.iter());
}

fn of_part(part: &Part) -> Json {
    let mut view = Map::new();
    let text = |n: &rust_decimal::Decimal| Json::from(n.to_string());
    match &part.quantity {
        Quantity::Range(ends) => {
            view.insert("range".into(), json!([text(&ends.lower), text(&ends.upper)]));
            if ends.lower_open || ends.upper_open {
                let kinds = (
                    if ends.lower_open { "more_than" } else { "at_least" },
                    if ends.upper_open { "less_than" } else { "at_most" },
                );
                view.insert("ends".into(), json!([kinds.0, kinds.1]));
            }
        }
        Quantity::Stated(words) => put(&mut view, "words", Some(words.clone())),
        Quantity::Status(words) => put(&mut view, "status", Some(words.clone())),
        quantity => put(&mut view, "q", quantity.figure().map(|n| n.to_string())),
    }
    put(&mut view, "bound", part.quantity.bound().map(|bound| bound.id().to_owned()));
    put(&mut view, "unit", part.unit.clone());
    put(&mut view, "per", part.per.clone());
    put(&mut view, "of", part.of.map(|n| n.to_string()));
    put(&mut view, "change", part.change.map(|change| change.id().to_owned()));
    put_reference(&mut view, part.reference.as_ref());
    put_true(&mut view, "relative", part.relative);
    if let Some(from) = &part.from {
        view.insert("from_q".into(), text(&from.quantity));
        put(&mut view, "from_unit", from.unit.clone());
        put(&mut view, "from_time", from.time.as_ref().map(|(_, period)| period.to_string()));
    }
    put(&mut view, "over", part.over.as_ref().map(Over::to_string));
    put_true(&mut view, "cumulative", part.over.is_some() && part.change.is_none());
    put(&mut view, "time", part.time.as_ref().map(|(_, period): &(String, Period)| period.to_string()));
    put(&mut view, "label", part.label.clone());
    put_true(&mut view, "rank", part.rank);
    put(&mut view, "direction", part.direction.map(|direction| direction.id().to_owned()));
    put_list(&mut view, "qualifiers", part.qualifiers.iter());
    Json::Object(view)
}

fn put(view: &mut Map<String, Json>, key: &str, value: Option<String>) {
    if let Some(value) = value {
        view.insert(key.into(), value.into());
    }
}

fn put_true(view: &mut Map<String, Json>, key: &str, value: bool) {
    if value {
        view.insert(key.into(), true.into());
    }
}

fn put_list<'a>(view: &mut Map<String, Json>, key: &str, words: impl Iterator<Item = &'a String>) {
    let words: Vec<&String> = words.collect();
    if !words.is_empty() {
        view.insert(key.into(), json!(words));
    }
}

fn put_reference(view: &mut Map<String, Json>, reference: Option<&Reference>) {
    match reference {
        Some(Reference::Time(_, period)) => put(view, "reference", Some(period.to_string())),
        Some(Reference::Words(words)) => put(view, "relative_to", Some(words.clone())),
        None => {}
    }
}
