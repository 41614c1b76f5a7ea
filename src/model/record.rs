//! The revised list: rows in printing order, each with its groups, values, disposition and sources.

use super::{Correction, Field, Origin, SheetAccount, Value};

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

/// Index of a disposition in the template's vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoiceId(pub usize);

/// A disposition that a department chose.
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

/// A field that only this template has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "most entries are values")]
pub enum Entry {
    /// Plain text.
    Text(Text),
    /// A value with quantities and time.
    Value(Value),
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// One label per level of the hierarchy, outermost first; as many as the template has levels.
    pub groups: Vec<Text>,
    /// What is measured.
    pub indicator: Text,
    /// The project's number; no key: several rows may share it.
    pub project_no: Option<Text>,
    /// Value at the time of planning.
    pub baseline: Option<Value>,
    /// Target so far.
    pub target: Option<Value>,
    /// What becomes of the indicator. Absent only together with an error finding.
    pub disposition: Option<Chosen>,
    /// Target from now on.
    pub new_target: Option<Value>,
    /// Why it changes or ends.
    pub reason: Option<Text>,
    /// As many as the template has extra fields.
    pub extras: Vec<Option<Entry>>,
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
    /// Rows per disposition, in the template's order.
    pub tally: Vec<usize>,
    /// What became of the rows of every sheet, in the order in which they were read.
    pub accounts: Vec<SheetAccount>,
    /// The cells that are not read as they were sent, in the order of their places.
    pub corrections: Vec<Correction>,
}

impl Record {
    /// The text of a text field, if the row has one.
    pub fn text(&self, field: Field) -> Option<&Text> {
        match field {
            Field::Group(level) => self.groups.get(level),
            Field::Indicator => Some(&self.indicator),
            Field::ProjectNo => self.project_no.as_ref(),
            Field::Reason => self.reason.as_ref(),
            Field::Extra(i) => match self.extras.get(i)?.as_ref()? {
                Entry::Text(text) => Some(text),
                Entry::Value(_) => None,
            },
            Field::Baseline | Field::Target | Field::NewTarget | Field::Disposition => None,
        }
    }

    /// The value of a value field, if the row has one.
    pub fn value(&self, field: Field) -> Option<&Value> {
        match field {
            Field::Baseline => self.baseline.as_ref(),
            Field::Target => self.target.as_ref(),
            Field::NewTarget => self.new_target.as_ref(),
            Field::Extra(i) => match self.extras.get(i)?.as_ref()? {
                Entry::Value(value) => Some(value),
                Entry::Text(_) => None,
            },
            Field::Group(_) | Field::Indicator | Field::ProjectNo | Field::Disposition | Field::Reason => {
                None
            }
        }
    }

    /// The same, to be completed.
    pub fn value_mut(&mut self, field: Field) -> Option<&mut Value> {
        match field {
            Field::Baseline => self.baseline.as_mut(),
            Field::Target => self.target.as_mut(),
            Field::NewTarget => self.new_target.as_mut(),
            Field::Extra(i) => match self.extras.get_mut(i)?.as_mut()? {
                Entry::Value(value) => Some(value),
                Entry::Text(_) => None,
            },
            Field::Group(_) | Field::Indicator | Field::ProjectNo | Field::Disposition | Field::Reason => {
                None
            }
        }
    }
}
