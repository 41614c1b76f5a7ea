//! The list as data: records in printing order, each with its groups, what it says of each field, and its sources.

use super::{ChoiceId, Correction, Field, Origin, RecordId, Role, Roles, SheetAccount, Value};
use std::sync::Arc;

/// A text cell: as written, and in the document's notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As the department wrote it.
    pub raw: String,
    /// In the document's notation.
    pub text: String,
    /// The cell.
    pub origin: Origin,
}

/// A word of a field's vocabulary that a department chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Which one.
    pub id: ChoiceId,
    /// As the department wrote it.
    pub raw: String,
    /// The cell.
    pub origin: Origin,
}

/// A comment that somebody put on a cell. It is kept, and never read as data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comment {
    /// The cell.
    pub origin: Origin,
    /// As written, without its author's name.
    pub text: String,
}

/// What a record says of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Plain text.
    Text(Text),
    /// A value with quantities and time.
    Value(Box<Value>),
    /// A word of the field's vocabulary.
    Choice(Chosen),
}

/// One row of the list: an indicator, a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The same in every edition; none until the list is whole.
    pub id: Option<RecordId>,
    /// The form states the id; it was not made of what the record says.
    pub states_id: bool,
    /// One label per level of the hierarchy, outermost first; as many as the template has levels.
    pub groups: Vec<Text>,
    /// As many as the template declares fields; absent where the form says nothing. That of the name is there.
    pub entries: Vec<Option<Entry>>,
    /// Which of them has which role.
    pub roles: Arc<Roles>,
    /// The comments on the cells of its lines, by their places.
    pub notes: Vec<Comment>,
    /// The row's first cell.
    pub origin: Origin,
}

/// The whole list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dataset {
    /// In printing order.
    pub rows: Vec<Record>,
    /// Rows per disposition, in the template's order; empty if the list has none.
    pub tally: Vec<usize>,
    /// What became of the rows of every sheet, in the order in which they were read.
    pub accounts: Vec<SheetAccount>,
    /// The cells that are not read as they were sent, in the order of their places.
    pub corrections: Vec<Correction>,
}

impl Record {
    /// What the record is about.
    pub fn name(&self) -> &Text {
        self.text_of(Role::Name).expect("every record has a name")
    }

    /// What a field says; nothing of a group.
    pub fn entry(&self, field: Field) -> Option<&Entry> {
        match field {
            Field::Group(_) => None,
            Field::Entry(index) => self.entries.get(index)?.as_ref(),
        }
    }

    /// Lets a field say something; no group.
    pub fn set(&mut self, field: Field, entry: Entry) {
        if let Field::Entry(index) = field {
            self.entries[index] = Some(entry);
        }
    }

    /// The text of a text field or group, if the record has one.
    pub fn text(&self, field: Field) -> Option<&Text> {
        match (field, self.entry(field)) {
            (Field::Group(level), _) => self.groups.get(level),
            (_, Some(Entry::Text(text))) => Some(text),
            _ => None,
        }
    }

    /// The value of a value field, if the record has one.
    pub fn value(&self, field: Field) -> Option<&Value> {
        match self.entry(field)? {
            Entry::Value(value) => Some(value),
            Entry::Text(_) | Entry::Choice(_) => None,
        }
    }

    /// The same, to be completed.
    pub fn value_mut(&mut self, field: Field) -> Option<&mut Value> {
        let Field::Entry(index) = field else { return None };
        match self.entries.get_mut(index)?.as_mut()? {
            Entry::Value(value) => Some(value),
            Entry::Text(_) | Entry::Choice(_) => None,
        }
    }

    /// What was chosen in a field of choices.
    pub fn choice(&self, field: Field) -> Option<&Chosen> {
        match self.entry(field)? {
            Entry::Choice(chosen) => Some(chosen),
            Entry::Text(_) | Entry::Value(_) => None,
        }
    }

    /// Its texts as they are printed, each with its cell; without words that a template prints.
    pub fn texts(&self) -> Vec<(&Origin, &str)> {
        let mut texts: Vec<(&Origin, &str)> =
            self.groups.iter().map(|text| (&text.origin, text.text.as_str())).collect();
        for entry in self.entries.iter().flatten() {
            match entry {
                Entry::Text(text) => texts.push((&text.origin, &text.text)),
                Entry::Value(value) => {
                    texts.push((&value.origin, &value.text));
                    texts.extend(value.time.iter().map(|time| (&time.origin, time.text.as_str())));
                    let unit = value.completion.unit.iter();
                    texts.extend(unit.map(|unit| (&unit.origin, unit.words.as_str())));
                }
                Entry::Choice(_) => {}
            }
        }
        texts
    }

    /// Changes the same texts.
    pub fn change_texts(&mut self, change: &mut impl FnMut(&Origin, &mut String)) {
        self.groups.iter_mut().for_each(|text| change(&text.origin, &mut text.text));
        for entry in self.entries.iter_mut().flatten() {
            match entry {
                Entry::Text(text) => change(&text.origin, &mut text.text),
                Entry::Value(value) => {
                    change(&value.origin, &mut value.text);
                    value.time.iter_mut().for_each(|time| change(&time.origin, &mut time.text));
                    let unit = value.completion.unit.iter_mut();
                    unit.for_each(|unit| change(&unit.origin, &mut unit.words));
                }
                Entry::Choice(_) => {}
            }
        }
    }

    /// The text of the field with a role.
    pub fn text_of(&self, role: Role) -> Option<&Text> {
        self.text(self.roles.field(role)?)
    }

    /// The value of the field with a role.
    pub fn value_of(&self, role: Role) -> Option<&Value> {
        self.value(self.roles.field(role)?)
    }

    /// What was chosen in the field with a role.
    pub fn choice_of(&self, role: Role) -> Option<&Chosen> {
        self.choice(self.roles.field(role)?)
    }
}
