//! The names of the columns in the machine-readable format's list: the fields' keys, and what it adds to them.

use super::{Column, FieldKind, FieldSpec, Kind, Template, TimePlace};
use crate::model::{ChoiceId, Field, Slot, is_platform_dependent};

/// What a column says of a value, beside its text and the words of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The fiscal year.
    FiscalYear,
    /// The kind of the first part's quantity.
    Kind,
    /// The first part's figure.
    Amount,
    /// Its unit.
    Unit,
    /// The period or base of its rate.
    Per,
    /// The number of parts.
    Parts,
}

impl Measure {
    /// All, in the order of their columns.
    pub const ALL: [Self; 6] =
        [Self::FiscalYear, Self::Kind, Self::Amount, Self::Unit, Self::Per, Self::Parts];

    /// What follows the value's key in the column's name.
    fn suffix(self) -> &'static str {
        match self {
            Self::FiscalYear => "fiscal_year",
            Self::Kind => "kind",
            Self::Amount => "amount",
            Self::Unit => "unit",
            Self::Per => "per",
            Self::Parts => "parts",
        }
    }
}

/// The column of the records' ids.
pub const ID_COLUMN: &str = "record_id";

/// Columns of every row that belong to no field.
const OF_ROWS: [&str; 8] = [
    "row_id",
    ID_COLUMN,
    "area_code",
    "prefecture",
    "municipality",
    "source_file",
    "source_sheet",
    "source_cell",
];

/// How the headers of the tables beside the list begin: values, notes, codes, dictionary.
pub const BESIDE_THE_LIST: [[&str; 2]; 4] = [
    ["row_id", "role"],
    ["note_id", "row_id"],
    ["code_list", "code_list_label"],
    ["table_name", "column_name"],
];

impl Template {
    /// The column that holds the words of a value's time.
    pub fn at_name(&self, field: Field) -> String {
        format!("{}_at", self.field(field).key)
    }

    /// The column that holds a measure of a value.
    pub fn measure_name(&self, field: Field, measure: Measure) -> String {
        format!("{}_{}", self.field(field).key, measure.suffix())
    }

    /// The column that holds a field's code.
    pub fn code_name(&self, field: Field) -> String {
        format!("{}_code", self.field(field).key)
    }

    /// What marks a word of a vocabulary in `mark_columns`: its code, after its field's key if another field has it too.
    pub fn mark_name(&self, field: Field, id: ChoiceId) -> String {
        let code = &self.choice(field, id).code;
        let has_it = |other: &Field| self.field(*other).choices.iter().any(|choice| choice.code == *code);
        if self.fields_of(FieldKind::Choice).filter(has_it).count() > 1 {
            format!("{}.{code}", self.field(field).key)
        } else {
            code.clone()
        }
    }

    /// The column that holds the words of a field as they were, where the field's own spells characters out.
    pub fn words_name(&self, field: Field) -> String {
        format!("{}_words", self.field(field).key)
    }

    /// The column that holds the day or the year that a text states, if the field is of that kind.
    pub fn time_name(&self, field: Field) -> Option<String> {
        let FieldSpec { key, holds, .. } = self.field(field);
        match holds {
            Kind::Date => Some(format!("{key}_date")),
            Kind::Year => Some(format!("{key}_year")),
            _ => None,
        }
    }

    /// Whether there is such a column: the words of values and of times are never spelled out, and those of dispositions
    /// are known beforehand. It hangs on the template alone, so that the list of every year has the same columns.
    pub fn has_words(&self, field: Field) -> bool {
        let spec = self.field(field);
        match spec.kind {
            FieldKind::Text => self.time_name(field).is_none(),
            FieldKind::Choice => spec.choices.iter().any(|word| word.label.contains(is_platform_dependent)),
            FieldKind::Value => false,
        }
    }

    /// The field's name for people: the title of the column that prints it alone, else a word for it, else its key.
    pub fn label(&self, field: Field) -> String {
        let words = &self.field(field).words;
        let alone = |c: &&Column| c.fields == [field] && c.time != TimePlace::Only;
        let is_title = |word: &String| self.columns.iter().any(|column| column.title == *word);
        let title = self.columns.iter().find(alone).map(|column| &column.title);
        let label = title.or_else(|| words.iter().find(|word| !is_title(word)));
        label.unwrap_or(&self.field(field).key).split_whitespace().collect()
    }

    /// Every column of the list that is no field's own, with what a form's column of this name would hold: the words
    /// of a time and those that were spelled out are data, the rest is derived from data and ignored.
    pub fn derived_columns(&self) -> Vec<(String, Slot)> {
        let mut columns: Vec<(String, Slot)> = Vec::new();
        for field in self.all_fields() {
            if self.has_words(field) {
                columns.push((self.words_name(field), Slot::Words(field)));
            }
            columns.extend(self.time_name(field).map(|name| (name, Slot::Ignored)));
            let kind = self.field(field).kind;
            if kind == FieldKind::Value {
                columns.push((self.at_name(field), Slot::Time(field)));
                columns
                    .extend(Measure::ALL.map(|measure| (self.measure_name(field, measure), Slot::Ignored)));
            } else if kind == FieldKind::Choice || matches!(field, Field::Group(_)) {
                columns.push((self.code_name(field), Slot::Ignored));
            }
        }
        columns.extend(OF_ROWS.map(|name| (name.to_owned(), Slot::Ignored)));
        columns
    }
}
