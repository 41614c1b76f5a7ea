//! A KPI value as typed data: figures with units, changes, steps, times and words, and the text that it was read from.

use super::{CivilDate, Completion, FiscalYear, Origin, Status, Time, TimeKind};
use rust_decimal::Decimal;
use std::fmt;

/// A value cell, with its time if one was stated in or beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The cell's text as the department wrote it.
    pub raw: String,
    /// The same in the document's notation, without a time that stands apart (in brackets or on a line of its own);
    /// line breaks that carry meaning kept.
    pub text: String,
    /// The time that every part is for.
    pub time: Option<TimeText>,
    /// What the text says, part by part; empty if it says nothing, or nothing but notes and qualifiers.
    pub parts: Vec<Part>,
    /// What the whole is compared with, where no part says so.
    pub reference: Option<Reference>,
    /// Notes in brackets or after ※ (`※特養併設2か所を含む`), without the brackets.
    pub notes: Vec<String>,
    /// Words that qualify the value or parts of it: 見込, 計画, 累計, 約 …; each once.
    pub qualifiers: Vec<String>,
    /// The number that a numeric cell stores, unrounded and in the stored unit (`0.715` of a shown `72％`).
    pub stored: Option<Decimal>,
    /// What its column, its heading or the template said where the cell says nothing.
    pub completion: Completion,
    /// What the value is among those of its field: measured, expected, aimed at.
    pub status: Option<Status>,
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
    /// The counter or unit (`名`, `㎡`, `％`); multiples are in the figure.
    pub unit: Option<String>,
    /// The base of a rate (`年` in `4件／年`, `10万人`, `人日`).
    pub per: Option<String>,
    /// The whole of which the figure is a part (`9` of `6/9`, `79` of `79局中75局`).
    pub of: Option<Decimal>,
    /// The figure is a change in this direction, not a level.
    pub change: Option<Change>,
    /// What the figure is compared with.
    pub reference: Option<Reference>,
    /// The figure is a multiple or a fraction of another (`3.5倍`, `約1/6に`).
    pub relative: bool,
    /// The figure is a place in an order (`全国2位`).
    pub rank: bool,
    /// Where a step begins (`0人から15人へ`).
    pub from: Option<Start>,
    /// What a sum runs over (`4年間累計`).
    pub over: Option<Over>,
    /// An arrow behind the value.
    pub direction: Option<Direction>,
    /// The part's own time, where parts differ; with its words.
    pub time: Option<(String, Period)>,
    /// The part's own qualifiers, where there are several parts.
    pub qualifiers: Vec<String>,
}

/// How much: decimals, never floats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// An exact figure.
    Exact(Decimal),
    /// `10～20`, `40％以上60％未満`, `1～2万人以下`.
    Range(Ends),
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
    /// Why there is no figure: `調査中`, `未設定`.
    Status(String),
}

/// The two ends of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// The lower end.
    pub lower: Decimal,
    /// The upper end.
    pub upper: Decimal,
    /// Whether the lower end itself is left out (`40％を超え`).
    pub lower_open: bool,
    /// Whether the upper end itself is left out (`60％未満`).
    pub upper_open: bool,
    /// A bound that is printed behind the whole range (`10～20人以下`).
    pub bound: Option<Bound>,
}

/// What a printed bound says about a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// 以上
    AtLeast,
    /// 以下, 以内, まで
    AtMost,
    /// 超
    MoreThan,
    /// 未満
    LessThan,
}

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// 増, 拡大, 向上 …
    Increase,
    /// 減, 削減, 縮小 …
    Decrease,
}

/// An arrow that stands behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// ↑, ↗
    Up,
    /// ↓, ↘
    Down,
    /// →
    Level,
}

/// What a figure is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A time (`2013年度比`), with its words.
    Time(String, Period),
    /// Something else (`現状`, `前年度`).
    Words(String),
}

/// The start of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// How much it was.
    pub quantity: Decimal,
    /// Its unit.
    pub unit: Option<String>,
    /// When it was, with its words.
    pub time: Option<(String, Period)>,
}

/// What a sum runs over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// So long (`4年`).
    Length(String),
    /// From a time to a time, with its words.
    Times(String, Period),
}

/// A time, the time by which something is to be so, from which it is so, or a span with both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// `令和6年度`
    At(Time),
    /// `令和6年度までに`
    By(Time),
    /// `令和6年度以降`
    From(Time),
    /// `令和2～6年度`, both included.
    Span(Time, Time),
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
    /// [`Quantity::Status`].
    Status,
}

impl QuantityKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Exact,
        Self::Range,
        Self::AtLeast,
        Self::AtMost,
        Self::MoreThan,
        Self::LessThan,
        Self::Stated,
        Self::Status,
    ];

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
            Self::Status => "status",
        }
    }
}

impl Bound {
    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::MoreThan => "more_than",
            Self::LessThan => "less_than",
        }
    }
}

impl Change {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Increase, Self::Decrease];

    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
        }
    }
}

impl Direction {
    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Level => "level",
        }
    }
}

/// A time together with the words that stated it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeText {
    /// In the document's notation, without brackets: `31年度`.
    pub text: String,
    /// What it means; absent where the words name no time that the grammar knows.
    pub time: Option<Period>,
    /// Whether the words still stand in the value's text (`83％（2022年度実績）`).
    pub within: bool,
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

impl Part {
    /// A part that says so much and nothing more.
    pub fn of(quantity: Quantity) -> Self {
        Self {
            label: None,
            quantity,
            unit: None,
            per: None,
            of: None,
            change: None,
            reference: None,
            relative: false,
            rank: false,
            from: None,
            over: None,
            direction: None,
            time: None,
            qualifiers: Vec::new(),
        }
    }

    /// Whether it states a figure or a range of figures.
    pub fn is_figure(&self) -> bool {
        !matches!(self.quantity, Quantity::Stated(_) | Quantity::Status(_))
    }
}

impl Quantity {
    /// A figure under a bound.
    pub fn bounded(figure: Decimal, bound: Option<Bound>) -> Self {
        match bound {
            None => Self::Exact(figure),
            Some(Bound::AtLeast) => Self::AtLeast(figure),
            Some(Bound::AtMost) => Self::AtMost(figure),
            Some(Bound::MoreThan) => Self::MoreThan(figure),
            Some(Bound::LessThan) => Self::LessThan(figure),
        }
    }

    /// The figure to compare with another value's: the exact figure or the bound; a range has none.
    pub fn figure(&self) -> Option<Decimal> {
        match self {
            Self::Exact(n) | Self::AtLeast(n) | Self::AtMost(n) | Self::MoreThan(n) | Self::LessThan(n) => {
                Some(*n)
            }
            Self::Range(_) | Self::Stated(_) | Self::Status(_) => None,
        }
    }

    /// The printed bound.
    pub fn bound(&self) -> Option<Bound> {
        match self {
            Self::AtLeast(_) => Some(Bound::AtLeast),
            Self::AtMost(_) => Some(Bound::AtMost),
            Self::MoreThan(_) => Some(Bound::MoreThan),
            Self::LessThan(_) => Some(Bound::LessThan),
            Self::Range(ends) => ends.bound,
            Self::Exact(_) | Self::Stated(_) | Self::Status(_) => None,
        }
    }

    /// What it says in words instead of figures.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Stated(words) | Self::Status(words) => Some(words),
            _ => None,
        }
    }

    /// What kind it is.
    pub fn kind(&self) -> QuantityKind {
        match self {
            Self::Exact(_) => QuantityKind::Exact,
            Self::Range(_) => QuantityKind::Range,
            Self::AtLeast(_) => QuantityKind::AtLeast,
            Self::AtMost(_) => QuantityKind::AtMost,
            Self::MoreThan(_) => QuantityKind::MoreThan,
            Self::LessThan(_) => QuantityKind::LessThan,
            Self::Stated(_) => QuantityKind::Stated,
            Self::Status(_) => QuantityKind::Status,
        }
    }

    /// The lower and the upper bound; an exact figure is both. The kind says whether they are included.
    pub fn bounds(&self) -> (Option<Decimal>, Option<Decimal>) {
        match self {
            Self::Exact(n) => (Some(*n), Some(*n)),
            Self::Range(ends) => (Some(ends.lower), Some(ends.upper)),
            Self::AtLeast(n) | Self::MoreThan(n) => (Some(*n), None),
            Self::AtMost(n) | Self::LessThan(n) => (None, Some(*n)),
            Self::Stated(_) | Self::Status(_) => (None, None),
        }
    }
}

impl Period {
    /// The time that it is about; of a span, its end.
    pub fn time(self) -> Time {
        match self {
            Self::At(time) | Self::By(time) | Self::From(time) | Self::Span(_, time) => time,
        }
    }

    /// The fiscal year of [`Self::time`].
    pub fn fiscal_year(self) -> FiscalYear {
        self.time().fiscal_year()
    }

    /// How precise it was stated: a calendar year is no fiscal year.
    pub fn kind(self) -> TimeKind {
        self.time().kind()
    }

    /// The first and the last day that the words name.
    pub fn stated_days(self) -> (CivilDate, CivilDate) {
        match self {
            Self::Span(from, to) => (from.days().0, to.days().1),
            Self::At(time) | Self::By(time) | Self::From(time) => time.days(),
        }
    }

    /// The first and the last day; a period from a time on has no last day, one by a time no first, and a bare year
    /// states neither.
    pub fn days(self) -> (Option<CivilDate>, Option<CivilDate>) {
        let first = |time: Time| (time.kind() != TimeKind::BareYear).then(|| time.days().0);
        let last = |time: Time| (time.kind() != TimeKind::BareYear).then(|| time.days().1);
        match self {
            Self::At(time) => (first(time), last(time)),
            Self::By(time) => (None, last(time)),
            Self::From(time) => (first(time), None),
            Self::Span(from, to) => (first(from), last(to)),
        }
    }

    /// Whether two statements may name the same time, in the same role.
    pub fn agrees_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::At(a), Self::At(b)) | (Self::By(a), Self::By(b)) | (Self::From(a), Self::From(b)) => {
                a.agrees_with(b)
            }
            (Self::Span(from, to), Self::Span(a, b)) => from.agrees_with(a) && to.agrees_with(b),
            _ => false,
        }
    }
}

impl fmt::Display for Period {
    /// Shown as `FY2019`, `by FY2019`, `from 2004` or `FY2015/FY2019`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(time) => time.fmt(f),
            Self::By(time) => write!(f, "by {time}"),
            Self::From(time) => write!(f, "from {time}"),
            Self::Span(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

impl fmt::Display for Over {
    /// Shown as `4年` or `FY2015/FY2019`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(length) => f.write_str(length),
            Self::Times(_, period) => period.fmt(f),
        }
    }
}
