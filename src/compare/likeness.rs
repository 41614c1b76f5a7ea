//! How alike two records of two editions are: the evidence that they are one, in thousandths.
//!
//! What is not said by either record is no evidence; what one of them says alone, or both otherwise, is evidence against.

use super::edition::Edition;
use super::fields::{entry_key, key};
use crate::japanese::{fold, label_key, leading_number};
use crate::model::{Record, Role, Value};
use crate::template::Template;
use crate::transform::references::bare_number;

/// What each kind of evidence weighs.
const NAME: u32 = 540;
const GROUPS: u32 = 200;
const BASELINE: u32 = 110;
const UNIT: u32 = 40;
const TARGET: u32 = 40;
const NUMBER: u32 = 30;
const DEPARTMENT: u32 = 40;

/// What of a record tells it from others.
#[derive(Debug, Clone)]
pub(super) struct Traits {
    /// Its name, folded.
    pub(super) name: String,
    /// The pairs of neighbouring characters of its name, ascending.
    pub(super) bigrams: Vec<(char, char)>,
    /// Its groups, outermost first.
    pub(super) groups: Vec<Label>,
    pub(super) baseline: Option<String>,
    unit: Option<String>,
    target: Option<String>,
    number: Option<String>,
    department: Option<String>,
}

/// A group's label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Its number and its folded words.
    pub(super) key: String,
    bigrams: Vec<(char, char)>,
}

/// How alike two records are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    /// By all evidence.
    pub(super) score: u32,
    /// By their names alone.
    pub(super) name: u32,
}

impl Traits {
    /// Those of a record.
    pub(super) fn of(row: &Record, template: &Template) -> Self {
        let name = fold(&row.name().text);
        let value = |role| row.value_of(role).map(key);
        let unit = |value: &Value| value.parts.first()?.unit.as_deref().map(fold);
        let measured = row.value_of(Role::Target).or_else(|| row.value_of(Role::Baseline));
        let text =
            |role| Some(entry_key(row, template.role(role)?, template)).filter(|text| !text.is_empty());
        Self {
            bigrams: bigrams(&name),
            name,
            groups: row.groups.iter().map(|group| Label::of(&group.text)).collect(),
            baseline: value(Role::Baseline),
            unit: measured.and_then(unit),
            target: value(Role::Target),
            number: row.text_of(Role::Number).map(|number| bare_number(&number.text)),
            department: text(Role::Department),
        }
    }

    /// Those of all records of an edition.
    pub(super) fn all(edition: &Edition<'_>) -> Vec<Self> {
        edition.list.rows.iter().map(|row| Self::of(row, edition.template)).collect()
    }

    /// The keys of its groups, and its name: what it is called.
    pub(super) fn path(&self) -> (Vec<&str>, &str) {
        (self.groups.iter().map(|label| label.key.as_str()).collect(), &self.name)
    }

    /// What an order of records goes by.
    pub(super) fn order(&self) -> (&str, Vec<&str>, [&Option<String>; 3]) {
        let (groups, name) = self.path();
        (name, groups, [&self.target, &self.number, &self.baseline])
    }

    /// How alike it is to another.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        let common =
            if self.name == other.name { self.bigrams.len() } else { common(&self.bigrams, &other.bigrams) };
        self.likeness_from(other, common, 0).expect("every score is at least 0")
    }

    /// The same of records whose names have this many pairs of characters in common, if the score is not below a limit.
    pub(super) fn likeness_from(&self, other: &Self, common: usize, least: u32) -> Option<Likeness> {
        let name = dice(common, &self.bigrams, &other.bigrams);
        let (mut sum, mut weights) = (NAME * name, NAME);
        let mut add = |weight, one: &Option<String>, other: &Option<String>| {
            if one.is_some() || other.is_some() {
                weights += weight;
                sum += if one == other { weight * 1000 } else { 0 };
            }
        };
        add(BASELINE, &self.baseline, &other.baseline);
        add(UNIT, &self.unit, &other.unit);
        add(TARGET, &self.target, &other.target);
        add(NUMBER, &self.number, &other.number);
        add(DEPARTMENT, &self.department, &other.department);
        if !self.groups.is_empty() && self.groups.len() == other.groups.len() {
            weights += GROUPS;
            // Labels are the dearest to compare: not where even the same ones would not do.
            if (sum + GROUPS * 1000) / weights < least {
                return None;
            }
            let alike: u32 =
                self.groups.iter().zip(&other.groups).map(|(one, other)| one.likeness(other)).sum();
            let levels = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
            sum += GROUPS * (alike / levels);
        }
        Some(Likeness { score: sum / weights, name }).filter(|it| it.score >= least)
    }
}

impl Label {
    fn of(text: &str) -> Self {
        let words = leading_number(text).map_or_else(|| fold(text), |(_, rest)| fold(rest));
        Self { key: label_key(text), bigrams: bigrams(&words) }
    }

    fn likeness(&self, other: &Self) -> u32 {
        if self.key == other.key {
            return 1000;
        }
        let common = common(&self.bigrams, &other.bigrams);
        dice(common, &self.bigrams, &other.bigrams) * 9 / 10
    }
}

/// The pairs of neighbouring characters of a text, and what it begins and ends with; each once, ascending.
fn bigrams(text: &str) -> Vec<(char, char)> {
    let edge = std::iter::once('\0');
    let chars: Vec<char> = edge.clone().chain(text.chars()).chain(edge).collect();
    let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How many of two ascending lists are common.
pub(super) fn common(one: &[(char, char)], other: &[(char, char)]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        common += usize::from(a == b);
        (i, j) = (i + usize::from(a <= b), j + usize::from(b <= a));
    }
    common
}

/// How much of two lists is common, in thousandths (Dice).
fn dice(common: usize, one: &[(char, char)], other: &[(char, char)]) -> u32 {
    u32::try_from(2000 * common / (one.len() + other.len()).max(1)).unwrap_or(1000)
}
