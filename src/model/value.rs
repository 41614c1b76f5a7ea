//! A KPI value as typed data: quantities with units, a time, notes, and the text that it was read from.

use super::{Completion, Origin, Time};
use rust_decimal::Decimal;

/// A value cell, with its time if one was stated in or beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The cell's text as the department wrote it.
    pub raw: String,
    /// The same in the document's notation, without the time; line breaks that carry meaning kept.
    pub text: String,
    /// The year, month or date that the value is for.
    pub time: Option<TimeText>,
    /// What the text says, part by part; empty if it says nothing, or nothing but notes and qualifiers.
    pub parts: Vec<Part>,
    /// Notes in brackets (`※特養併設2か所を含む`), without the brackets.
    pub notes: Vec<String>,
    /// Words that qualify the whole value: 見込, 計画, 累計, 約 …
    pub qualifiers: Vec<String>,
    /// What its column, its heading or the template said where the cell says nothing.
    pub completion: Completion,
    /// The cell.
    pub origin: Origin,
}

/// One measured thing: `定員48名`, `20人／年`, `全施設達成`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is measured (`定員`, `～19時15分`), if the cell says so.
    pub label: Option<String>,
    /// How much.
    pub quantity: Quantity,
    /// The counter or unit (`名`, `㎡`, `％`).
    pub unit: Option<String>,
    /// The period or base of a rate (`年` in `4件／年`).
    pub per: Option<String>,
}

/// How much: decimals, never floats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// An exact figure.
    Exact(Decimal),
    /// `10～20`, both ends included.
    Range(Decimal, Decimal),
    /// `…以上`.
    AtLeast(Decimal),
    /// `…以下`, `…まで`, `…以内`.
    AtMost(Decimal),
    /// `…超`.
    MoreThan(Decimal),
    /// `…未満`.
    LessThan(Decimal),
    /// In words: `拡充`, `全施設達成`.
    Stated(String),
}

/// What kind of [`Quantity`] it is, as data names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuantityKind {
    /// [`Quantity::Exact`].
    Exact,
    /// [`Quantity::Range`].
    Range,
    /// [`Quantity::AtLeast`].
    AtLeast,
    /// [`Quantity::AtMost`].
    AtMost,
    /// [`Quantity::MoreThan`].
    MoreThan,
    /// [`Quantity::LessThan`].
    LessThan,
    /// [`Quantity::Stated`].
    Stated,
}

impl QuantityKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Exact, Self::Range, Self::AtLeast, Self::AtMost, Self::MoreThan, Self::LessThan, Self::Stated];

    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Range => "range",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::MoreThan => "more_than",
            Self::LessThan => "less_than",
            Self::Stated => "stated",
        }
    }
}

/// A time together with the words that stated it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeText {
    /// In the document's notation, without brackets: `31年度`.
    pub text: String,
    /// What it means; absent where the words name no time that the grammar knows.
    pub time: Option<Time>,
    /// The cell that stated it: the value's own, or one beside it.
    pub origin: Origin,
}

impl Value {
    /// The text as a reader needs it who sees neither the column nor its heading: with the unit that they state, as
    /// they write it; behind the figure if that ends the text, else in brackets.
    pub fn text_with_unit(&self) -> String {
        let Some(unit) = &self.completion.unit else { return self.text.clone() };
        let ends_with_figure =
            self.text.ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
        match (self.parts.len(), ends_with_figure) {
            (1, true) => format!("{}{}", self.text, unit.words),
            _ => format!("{}（{}）", self.text, unit.words),
        }
    }
}

impl Quantity {
    /// The figure to compare with another value's: the exact figure or the bound; a range has none.
    pub fn figure(&self) -> Option<Decimal> {
        match self {
            Self::Exact(n) | Self::AtLeast(n) | Self::AtMost(n) | Self::MoreThan(n) | Self::LessThan(n) => {
                Some(*n)
            }
            Self::Range(..) | Self::Stated(_) => None,
        }
    }

    /// What kind it is.
    pub fn kind(&self) -> QuantityKind {
        match self {
            Self::Exact(_) => QuantityKind::Exact,
            Self::Range(..) => QuantityKind::Range,
            Self::AtLeast(_) => QuantityKind::AtLeast,
            Self::AtMost(_) => QuantityKind::AtMost,
            Self::MoreThan(_) => QuantityKind::MoreThan,
            Self::LessThan(_) => QuantityKind::LessThan,
            Self::Stated(_) => QuantityKind::Stated,
        }
    }

    /// The lower and the upper bound; an exact figure is both. The kind says whether they are included.
    pub fn bounds(&self) -> (Option<Decimal>, Option<Decimal>) {
        match self {
            Self::Exact(n) => (Some(*n), Some(*n)),
            Self::Range(min, max) => (Some(*min), Some(*max)),
            Self::AtLeast(n) | Self::MoreThan(n) => (Some(*n), None),
            Self::AtMost(n) | Self::LessThan(n) => (None, Some(*n)),
            Self::Stated(_) => (None, None),
        }
    }
}
