//! `[[forms]]`: how forms are read that somebody has looked at, by their labels.

use super::file::{FormTable, LabelTable};
use super::resolve::field;
use super::sheets::{OF_ROW, mark, value};
use super::spec::Template;
use crate::finding::{Message, message};
use crate::model::{Field, Slot};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A form that is known, and its reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSpec {
    /// How its labels stand.
    pub shape: FormShape,
    /// Its labels, in their order: with the shape, what the form is known by.
    pub labels: Vec<FormLabel>,
}

/// How the labels of a form stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormShape {
    /// Above their columns; a label is all headings of its column.
    Table,
    /// Anywhere else: cards, turned tables, records of several rows; a label is one cell.
    Labels,
}

/// A label of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLabel {
    /// What it says.
    pub text: String,
    /// What its entries are; none if they are not read.
    pub holds: Option<Held>,
}

/// What stands at a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// This.
    Slot(Slot),
    /// One of the options of this, whose label stands before.
    Option(Slot),
}

impl FormSpec {
    /// A template with the labels of fields and of their times as words of its own.
    pub fn worded(&self, template: &Template) -> Template {
        let mut worded = template.clone();
        for FormLabel { text, holds } in &self.labels {
            let Some(Held::Slot(Slot::Field(field) | Slot::Time(field))) = *holds else {
                continue;
            };
            let spec = match field {
                Field::Group(level) => &mut worded.groups[level],
                Field::Entry(index) => &mut worded.fields[index],
            };
            let is_time = matches!(holds, Some(Held::Slot(Slot::Time(_))));
            let words = if is_time { &mut spec.time_words } else { &mut spec.words };
            words.put_first(text.clone());
        }
        worded
    }
}

/// Binds the names of all entries.
pub(super) fn resolve(template: &Template, tables: &[FormTable]) -> Result<Vec<FormSpec>, Message> {
    let form = |(at, table): (usize, &FormTable)| {
        form(template, table).map_err(|slip| {
            let (ja, en) = (slip.ja, slip.en);
            message(format!("{}番目の [[forms]]: {ja}", at + 1), format!("[[forms]], entry {}: {en}", at + 1))
        })
    };
    tables.iter().enumerate().map(form).collect()
}

fn form(template: &Template, table: &FormTable) -> Result<FormSpec, Message> {
    let labels = table.labels.iter().map(|entry| label(template, entry));
    let labels: Vec<FormLabel> = labels.collect::<Result<_, _>>()?;
    let mut held: BTreeSet<Slot> = BTreeSet::new();
    let twice =
        labels.iter().find(|label| matches!(label.holds, Some(Held::Slot(slot)) if !held.insert(slot)));
    if let Some(FormLabel { text, .. }) = twice {
        return Err(message(
            format!("「{text}」の項目は、前の見出しにもあります。一つの項目に書ける見出しは一つです"),
            format!("`{text}`: another label above it has the same field; a field has one label"),
        ));
    }
    if labels.iter().all(|label| label.holds.is_none()) {
        return Err(message(
            "「labels」に、項目（field）のある見出しがありません",
            "no label of `labels` has a `field`",
        ));
    }
    Ok(FormSpec { shape: table.shape, labels })
}

fn label(template: &Template, entry: &LabelTable) -> Result<FormLabel, Message> {
    let LabelTable { label: text, field: of, time, unit, mark: code, option } = entry;
    let field = |key: &str| field(template, ("「labels」", "`labels`"), key);
    let value = |key: &str, what| value(template, "labels", key, what);
    let mut holds: Vec<Held> = Vec::new();
    if let Some(key) = of {
        holds.push(Held::Slot(Slot::Field(field(key)?)));
    }
    if let Some(key) = time {
        holds.push(Held::Slot(Slot::Time(value(key, ("年度", "time"))?)));
    }
    if let Some(key) = unit {
        let of = if key == OF_ROW { None } else { Some(value(key, ("単位", "unit"))?) };
        holds.push(Held::Slot(Slot::Unit(of)));
    }
    if let Some(code) = code {
        let (field, id) = mark(template, ("「labels」", "`labels`"), code)?;
        holds.push(Held::Slot(Slot::Mark(field, id)));
    }
    if let Some(key) = option {
        holds.push(Held::Option(Slot::Field(field(key)?)));
    }
    if holds.len() > 1 {
        return Err(message(
            format!("「{text}」には、field・time・unit・mark・option のうち一つだけを書きます"),
            format!("`{text}`: only one of field, time, unit, mark and option"),
        ));
    }
    Ok(FormLabel { text: text.clone(), holds: holds.pop() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ChoiceId;

    const BASE: &str = r#"
kaitei = 2
document.title = "一覧"
fields = [
    { key = "indicator", role = "name" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }, { code = "2", label = "修正" }] },
]
columns = [{ title = "指標", fields = ["indicator"], width = 20 }]
[[forms]]
"#;

    fn forms(entry: &str) -> Result<Vec<FormSpec>, Message> {
        Template::parse("t", &format!("{BASE}{entry}")).map(|template| template.forms)
    }

    #[test]
    fn labels_say_what_stands_at_them() {
        let entry = "shape = \"table\"\nlabels = [{ label = \"め\", field = \"indicator\" }, { label = \"年\", time = \"target\" }, \
                     { label = \"位\", unit = \"all\" }, { label = \"続\", mark = \"1\" }, { label = \"他\", option = \"disposition\" }, { label = \"覚\" }]";
        let holds = [
            Some(Held::Slot(Slot::Field(Field::Entry(0)))),
            Some(Held::Slot(Slot::Time(Field::Entry(1)))),
            Some(Held::Slot(Slot::Unit(None))),
            Some(Held::Slot(Slot::Mark(Field::Entry(2), ChoiceId(0)))),
            Some(Held::Option(Slot::Field(Field::Entry(2)))),
            None,
        ];
        let form = &forms(entry).expect("a sound entry")[0];
        assert_eq!(form.shape, FormShape::Table);
        assert_eq!(form.labels.iter().map(|label| label.holds).collect::<Vec<_>>(), holds);
        assert_eq!(form.labels[5].text, "覚");
    }

    #[test]
    fn slips_are_named() {
        let whole = "shape = \"labels\"\nlabels = [{ label = \"め\", field = \"indicator\" }, { label = \"も\", field = \"target\" }]";
        assert!(forms(whole).is_ok());
        for (from, to, said) in [
            (
                "\"target\"",
                "\"taget\"",
                "[[forms]], entry 1: `labels`: no field `taget`; did you mean `target`?",
            ),
            ("\"target\"", "\"indicator\"", "`も`: another label above it has the same field"),
            ("field = \"target\"", "field = \"target\", time = \"target\"", "only one of field, time"),
            ("field = \"target\"", "mark = \"9\"", "no choice has the code `9`"),
            ("\"labels\"", "\"lables\"", "`lables`"),
        ] {
            let entry = whole.replacen(from, to, 1);
            let error = forms(&entry).expect_err(&entry).en;
            assert!(error.contains(said), "{to}: {error}");
        }
        let none = forms("shape = \"table\"\nlabels = [{ label = \"め\" }]").expect_err("nothing is read").en;
        assert!(none.contains("no label of `labels` has a `field`"), "{none}");
    }
}
