//! The machine-readable list as CSV: UTF-8 with BOM, CRLF, one indicator a record.
//!
//! Columns, left to right:
//! 1. the printed list: the groups by their keys, then `indicator`, `project_no`, `baseline`, `baseline_at`,
//!    `target`, `target_at`, `disposition`, `new_target_at`, `new_target`, `reason`, all in the document's notation;
//! 2. the same as data: for each of `baseline`, `target` and `new_target` the columns of [`MEASURES`], read from
//!    the value's first part; then `disposition_code`;
//! 3. the fields that only this document has: a text as one column, a value as its text, `_at` and [`MEASURES`];
//! 4. the source: `source_file`, `source_sheet`, `source_cell`.
//!
//! Line breaks inside a text are kept, for they carry meaning (`～19時15分：9園` ⏎ `～20時15分：17園`). So is
//! a text that begins with `=`, `+`, `-` or `@`: this edition is for programs and its texts are exact; the
//! workbook is the edition to open in a spreadsheet program.

use crate::model::{Entry, Field, KpiList, KpiRow, Origin, Part, Quantity, Text, TimeText, Value};
use crate::template::{FieldKind, Template};

/// What follows a value's name in the columns that describe it: fiscal year as an integer, kind of quantity (as
/// in the JSON edition), decimal without commas, unit, and period of a rate. A range has no single amount.
const MEASURES: [&str; 5] = ["fiscal_year", "kind", "amount", "unit", "per"];

/// The CSV edition. Every record has as many fields as the header.
pub fn render(template: &Template, list: &KpiList) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::from("\u{feff}".as_bytes()));
    let mut write = |record: &[String]| {
        writer.write_record(record).expect("memory takes all bytes and all records are equally long");
    };
    write(&header(template));
    for row in &list.rows {
        write(&record(template, row));
    }
    writer.into_inner().expect("memory takes all bytes")
}

fn header(template: &Template) -> Vec<String> {
    let key = |field| template.field(field).key.clone();
    let mut names: Vec<String> = template.groups.iter().map(|group| group.key.clone()).collect();
    names.extend([key(Field::Indicator), key(Field::ProjectNo)]);
    for field in [Field::Baseline, Field::Target] {
        names.extend([key(field), at(&key(field))]);
    }
    names.push(key(Field::Disposition));
    names.extend([at(&key(Field::NewTarget)), key(Field::NewTarget), key(Field::Reason)]);
    for field in [Field::Baseline, Field::Target, Field::NewTarget] {
        names.extend(measures_of(&key(field)));
    }
    names.push(format!("{}_code", key(Field::Disposition)));
    for extra in &template.extras {
        names.push(extra.key.clone());
        if extra.kind == FieldKind::Value {
            names.push(at(&extra.key));
            names.extend(measures_of(&extra.key));
        }
    }
    names.extend(["source_file", "source_sheet", "source_cell"].map(str::to_owned));
    names
}

fn at(key: &str) -> String {
    format!("{key}_at")
}

fn measures_of(key: &str) -> impl Iterator<Item = String> {
    MEASURES.iter().map(move |measure| format!("{key}_{measure}"))
}

fn record(template: &Template, row: &KpiRow) -> Vec<String> {
    let chosen = row.disposition.as_ref().map(|chosen| template.disposition(chosen.id));
    let mut fields: Vec<String> = row.groups.iter().map(|group| group.text.clone()).collect();
    fields.extend([row.indicator.text.clone(), text(row.project_no.as_ref())]);
    for value in [&row.baseline, &row.target] {
        fields.extend([value_text(value.as_ref()), time_text(value.as_ref())]);
    }
    fields.push(chosen.map(|disposition| disposition.label.clone()).unwrap_or_default());
    let new_target = row.new_target.as_ref();
    fields.extend([time_text(new_target), value_text(new_target), text(row.reason.as_ref())]);
    for value in [&row.baseline, &row.target, &row.new_target] {
        fields.extend(measures(value.as_ref()));
    }
    fields.push(chosen.map(|disposition| disposition.code.clone()).unwrap_or_default());
    for (spec, entry) in template.extras.iter().zip(&row.extras) {
        match spec.kind {
            FieldKind::Text => fields.push(entry.as_ref().map(entry_text).unwrap_or_default()),
            FieldKind::Value => {
                let value = entry.as_ref().and_then(entry_value);
                fields.push(entry.as_ref().map(entry_text).unwrap_or_default());
                fields.push(time_text(value));
                fields.extend(measures(value));
            }
        }
    }
    fields.extend(source(&row.indicator.origin));
    fields
}

fn text(text: Option<&Text>) -> String {
    text.map(|t| t.text.clone()).unwrap_or_default()
}

fn value_text(value: Option<&Value>) -> String {
    value.map(|v| v.text.clone()).unwrap_or_default()
}

fn time_text(value: Option<&Value>) -> String {
    value.and_then(|v| v.time.as_ref()).map(|time| time.text.clone()).unwrap_or_default()
}

fn entry_text(entry: &Entry) -> String {
    match entry {
        Entry::Text(text) => text.text.clone(),
        Entry::Value(value) => value.text.clone(),
    }
}

fn entry_value(entry: &Entry) -> Option<&Value> {
    match entry {
        Entry::Text(_) => None,
        Entry::Value(value) => Some(value),
    }
}

/// The columns of [`MEASURES`]; all empty without a value.
fn measures(value: Option<&Value>) -> [String; MEASURES.len()] {
    let year = value.and_then(|v| v.time.as_ref()).and_then(fiscal_year);
    let part = value.and_then(|v| v.parts.first());
    let of_part = |f: fn(&Part) -> Option<String>| part.and_then(f).unwrap_or_default();
    [
        year.unwrap_or_default(),
        of_part(|p| Some(kind(&p.quantity).to_owned())),
        of_part(|p| p.quantity.figure().map(|n| n.to_string())),
        of_part(|p| p.unit.clone()),
        of_part(|p| p.per.clone()),
    ]
}

fn fiscal_year(time: &TimeText) -> Option<String> {
    time.time.map(|time| time.fiscal_year().0.to_string())
}

fn kind(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Exact(_) => "exact",
        Quantity::Range(..) => "range",
        Quantity::AtLeast(_) => "at_least",
        Quantity::AtMost(_) => "at_most",
        Quantity::MoreThan(_) => "more_than",
        Quantity::LessThan(_) => "less_than",
        Quantity::Stated(_) => "stated",
    }
}

fn source(origin: &Origin) -> [String; 3] {
    [
        origin.place.file.clone(),
        origin.place.sheet.clone().unwrap_or_default(),
        origin.cell.map(|cell| cell.to_string()).unwrap_or_default(),
    ]
}
