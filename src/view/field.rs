//! What a row says of one field, as it is printed.

use crate::japanese::{fold, heading};
use crate::model::{Content, Field, NumberFormat, Record, StatedBy, Value};
use crate::template::{Kind, NO_WORD, Template, TimePlace, word};

/// A time as it stands beside its value.
pub(super) fn bracketed(time: &str) -> String {
    format!("（{time}）")
}

/// What a row says of one field; empty if it says nothing.
pub(super) fn content(row: &Record, field: Field, time: TimePlace, template: &Template) -> Content {
    if let Some(chosen) = row.choice(field) {
        return Content::of(&template.choice(field, chosen.id).print);
    }
    if let Some(value) = row.value(field) {
        let time = if is_time_in_title(value, field, template) { TimePlace::Hidden } else { time };
        return value_content(&value_text(value, field, template), value, time);
    }
    let text = row.text(field).map_or("", |text| text.text.as_str());
    match field {
        Field::Group(_) => Content::of(&heading(text, template.notation)),
        Field::Entry(_) => Content::of(text),
    }
}

/// What a row says of a field, in one line, as a word for its group.
pub(super) fn said(row: &Record, field: Field, template: &Template) -> String {
    let word = word(row, field, template);
    match field {
        _ if word.is_empty() => NO_WORD.to_owned(),
        Field::Group(_) => heading(&word, template.notation),
        Field::Entry(_) => word,
    }
}

/// The text of a value, with the unit that only its column or heading stated, unless the list says it elsewhere: in the
/// title of the printed column, or in a column of units.
fn value_text(value: &Value, field: Field, template: &Template) -> String {
    let Some(unit) = &value.completion.unit else { return without_unit(value, field, template) };
    let shown = template.columns.iter().flat_map(|column| &column.fields);
    let has_column = || shown.clone().any(|&field| template.field(field).states_unit);
    if is_unit_in_title(&unit.words, field, template) || (unit.by == StatedBy::Column && has_column()) {
        value.text.clone()
    } else {
        value.text_with_unit()
    }
}

/// An amount of money, without its own unit where the title of the printed column says that.
fn without_unit(value: &Value, field: Field, template: &Template) -> String {
    let amount = Some(value).filter(|_| template.field(field).holds == Kind::Money);
    let read = amount.and_then(|value| NumberFormat::read(&value.text));
    let bare =
        read.filter(|(_, format)| !format.unit.is_empty() && is_unit_in_title(&format.unit, field, template));
    bare.map_or_else(
        || value.text.clone(),
        |(number, format)| NumberFormat { unit: String::new(), ..format }.text(number),
    )
}

/// Whether the title of the printed column says a unit, in brackets or at its end.
pub(super) fn is_unit_in_title(unit: &str, field: Field, template: &Template) -> bool {
    let words = fold(unit);
    let in_brackets = ["(", ":", "単位"].map(|before| format!("{before}{words}"));
    titles(field, template).any(|title| {
        let title = fold(title);
        let mut ends = in_brackets.iter().filter_map(|unit| title.split_once(unit.as_str()));
        ends.any(|(_, rest)| rest.is_empty() || rest.starts_with([')', '、', ',']))
    })
}

/// Whether the title of the printed column says a time that only the value's heading or the template stated.
fn is_time_in_title(value: &Value, field: Field, template: &Template) -> bool {
    let stated = value.time.as_ref().filter(|_| value.completion.time.is_some());
    stated.is_some_and(|time| titles(field, template).any(|title| fold(title).contains(&fold(&time.text))))
}

/// The headings of the column that prints a field.
fn titles(field: Field, template: &Template) -> impl Iterator<Item = &str> {
    let printed = template.columns.iter().filter(move |column| column.fields.contains(&field));
    printed.flat_map(|column| [Some(column.title.as_str()), column.under.as_deref()]).flatten()
}

fn value_content(text: &str, value: &Value, place: TimePlace) -> Content {
    let mut content = Content::of(text);
    // A time whose words still stand in the text is printed there.
    let apart = value.time.as_ref().filter(|time| place == TimePlace::Only || !time.within);
    let Some(time) = apart.map(|time| time.text.as_str()) else {
        return if place == TimePlace::Only { Content::default() } else { content };
    };
    let bracketed = bracketed(time);
    match place {
        TimePlace::Hidden => {}
        TimePlace::Only => content = Content::of(time),
        TimePlace::Before => match content.paragraphs.first_mut() {
            Some(first) => first.insert_str(0, &bracketed),
            None => content.paragraphs.push(bracketed),
        },
        TimePlace::Below | TimePlace::Beside => {
            content.join_last = place == TimePlace::Beside && !content.paragraphs.is_empty();
            content.paragraphs.push(bracketed);
        }
    }
    content
}
