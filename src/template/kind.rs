//! Kinds of fields as templates name them, and the few ways in which records keep what they hold.

use super::FieldKind;
use serde::Deserialize;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text.
    Text,
    /// Quantities with a time, in whatever words.
    Value,
    /// A figure.
    Number,
    /// An amount of money: in 円 unless another unit is stated, printed with separators.
    Money,
    /// A percentage.
    Percent,
    /// A day, a month or a year.
    Date,
    /// A year.
    Year,
    /// One word of a vocabulary.
    Choice,
    /// Yes or no.
    Flag,
    /// A code: a text that keeps its leading zeros.
    Code,
    /// The address of a page.
    Link,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Value,
        Self::Number,
        Self::Money,
        Self::Percent,
        Self::Date,
        Self::Year,
        Self::Choice,
        Self::Flag,
        Self::Code,
        Self::Link,
    ];

    /// Its name in templates and data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Value => "value",
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Date => "date",
            Self::Year => "year",
            Self::Choice => "choice",
            Self::Flag => "flag",
            Self::Code => "code",
            Self::Link => "link",
        }
    }

    /// How records keep it.
    pub fn kept_as(self) -> FieldKind {
        match self {
            Self::Text | Self::Date | Self::Year | Self::Code | Self::Link => FieldKind::Text,
            Self::Value | Self::Number | Self::Money | Self::Percent => FieldKind::Value,
            Self::Choice | Self::Flag => FieldKind::Choice,
        }
    }

    /// Whether what is stated may not be what it holds.
    pub fn is_checked(self) -> bool {
        matches!(self, Self::Number | Self::Money | Self::Percent | Self::Date | Self::Year | Self::Link)
    }

    /// The unit of its figures where nothing states one.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::Money => Some("円"),
            Self::Percent => Some("％"),
            _ => None,
        }
    }
}
