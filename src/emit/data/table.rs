//! A table of the machine-readable format: columns that say what they hold, and records of typed data.

use crate::emit::Artifact;
use crate::model::{CivilDate, Origin, plain};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A table, in all of its forms: CSV, sheet, schema, entries of the dictionary.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// The CSV file that it is.
    pub format: Artifact,
    /// Name of the resource and of the sheet.
    pub name: &'static str,
    /// The name for people.
    pub title: Cow<'static, str>,
    /// What one record is.
    pub description: Cow<'static, str>,
    /// The names of the columns that tell one record from another.
    pub key: &'static [&'static str],
    /// Left to right.
    pub columns: Vec<Column>,
    /// Each with as many data as there are columns.
    pub records: Vec<DataRow<'a>>,
}

/// What a column holds. All that any form of the format says of it is said here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Physical name, in ASCII.
    pub name: String,
    /// The name for people.
    pub label: String,
    /// The type of its data.
    pub kind: Kind,
    /// What its numbers count; empty for other data and where another column says it.
    pub unit: &'static str,
    /// What it holds.
    pub definition: String,
    /// What an empty cell means; `None` if no cell is empty.
    pub blank: Option<&'static str>,
    /// What its data refer to.
    pub refers: Option<Reference>,
    /// Whether its texts keep characters that depend on the platform (`①`, `㎡`): they are words as their source has
    /// them. Everywhere else they are spelled out. The definition of such a column calls it 原文 or 文言.
    pub as_written: bool,
}

/// Types of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text without line breaks.
    Text,
    /// A whole number without separators.
    Integer,
    /// A decimal number without separators.
    Number,
    /// A day, ISO 8601 (`2020-03-31`).
    Date,
}

/// Data that stand in another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A code of this list.
    Code(String),
    /// The number of a row of the list, the table of this name.
    Row(&'static str),
}

/// A line of a table.
#[derive(Debug, Clone)]
pub struct DataRow<'a> {
    /// Where it comes from; `None` if from the template.
    pub origin: Option<&'a Origin>,
    /// One for each column.
    pub data: Vec<Datum<'a>>,
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Datum<'a> {
    /// Nothing, which is not 0.
    Blank,
    /// Text; line breaks are taken out where it is written.
    Text(Cow<'a, str>),
    /// The text of a cell.
    Stated(Cow<'a, str>, &'a Origin),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Number(Decimal),
    /// A day.
    Date(CivilDate),
}

impl Kind {
    /// Its name in table schemas.
    pub fn id(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
        }
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "文字列",
            Self::Integer => "整数",
            Self::Number => "数値",
            Self::Date => "日付",
        }
    }
}

impl Table<'_> {
    /// The same with every text in characters that are the same everywhere, but for the columns that are as written.
    #[must_use]
    pub(super) fn spelled_out(mut self) -> Self {
        for record in &mut self.records {
            for (datum, _) in record.data.iter_mut().zip(&self.columns).filter(|(_, it)| !it.as_written) {
                if let Datum::Text(text) | Datum::Stated(text, _) = datum
                    && let Cow::Owned(spelled) = plain(text)
                {
                    *text = Cow::Owned(spelled);
                }
            }
        }
        self
    }
}

/// What an empty cell means unless a column says more: of numbers, and of anything else.
const NO_NUMBER: &str = "該当なし（0ではない）";
const NOTHING: &str = "記載なし";

impl Column {
    /// A column that may have empty cells.
    pub fn new(
        name: impl Into<String>,
        label: impl Into<String>,
        kind: Kind,
        definition: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            label: plain(&label.into()).into_owned(),
            kind,
            unit: "",
            definition: plain(&definition.into()).into_owned(),
            blank: Some(match kind {
                Kind::Integer | Kind::Number => NO_NUMBER,
                Kind::Text | Kind::Date => NOTHING,
            }),
            refers: None,
            as_written: false,
        }
    }

    /// The same, keeping its texts' characters.
    #[must_use]
    pub fn as_written(self) -> Self {
        Self { as_written: true, ..self }
    }

    /// How its data are written.
    pub fn notation(&self) -> &'static str {
        match self.kind {
            Kind::Text if self.as_written => "文字列（機種依存文字もそのまま）",
            Kind::Text => "文字列",
            Kind::Integer | Kind::Number => "半角の数字。桁区切りなし",
            Kind::Date => "YYYY-MM-DD（ISO 8601）",
        }
    }

    /// The same without empty cells.
    #[must_use]
    pub fn filled(self) -> Self {
        Self { blank: None, ..self }
    }

    /// The same with a meaning of its own for empty cells.
    #[must_use]
    pub fn blank(self, meaning: &'static str) -> Self {
        Self { blank: Some(meaning), ..self }
    }

    /// The same with the unit of its numbers.
    #[must_use]
    pub fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// The same, holding codes of a list.
    #[must_use]
    pub fn codes(self, list: &str) -> Self {
        Self { refers: Some(Reference::Code(list.to_owned())), ..self }
    }
}

impl<'a> Datum<'a> {
    /// Text, or nothing.
    pub fn text(text: Option<&'a str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Blank, |text| Self::Text(Cow::Borrowed(text)))
    }

    /// Text that was made for the table.
    pub fn made(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(Cow::Owned(text)) }
    }

    /// The text of a cell, or nothing.
    pub fn stated(text: Option<(&'a String, &'a Origin)>) -> Self {
        let said = text.filter(|(text, _)| !text.is_empty());
        said.map_or(Self::Blank, |(text, origin)| Self::Stated(Cow::Borrowed(text), origin))
    }

    /// A number, or nothing.
    pub fn number(number: Option<Decimal>) -> Self {
        number.map_or(Self::Blank, Self::Number)
    }

    /// How many, or which one.
    pub fn count(number: usize) -> Self {
        Self::Integer(i64::try_from(number).expect("what lies in memory is counted by 63 bits"))
    }

    /// The datum as it is written: on one line.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Blank => Cow::Borrowed(""),
            Self::Text(text) | Self::Stated(text, _) => one_line(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Date(date) => Cow::Owned(date.to_string()),
        }
    }
}

/// A text with a space for each of its line breaks: `～19時15分：4園 ～20時15分：8園`. The JSON format has the breaks.
fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(breaks).map(str::trim).filter(|line| !line.is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn line_breaks_become_single_spaces() {
        for (text, line) in [
            ("4園", "4園"),
            ("4園\n8園", "4園 8園"),
            ("4園\r\n\r\n8園\n", "4園 8園"),
            ("4園 \u{2028}8園", "4園 8園"),
            ("\n", ""),
        ] {
            assert_eq!(one_line(text), line, "{text:?}");
        }
    }
}
