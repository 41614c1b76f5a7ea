//! The thirty rules for machine-readable data of Japan's administration (行政データにおける機械可読性に関するルール,
//! 31 March 2026), by their numbers; what is said of them is in [`super::words`].

use super::words::{RuleWords, level1, level2, level3};

/// One rule. The names are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "`Rule::words` says what each is, in both languages")]
pub enum Rule {
    InputFormat,
    OneTable,
    NotSplit,
    NothingElse,
    ColumnNames,
    NoLayout,
    OneDatum,
    PlainCharacters,
    BlankIsNotZero,
    NoObjects,
    NoMeaningByLook,
    NoMerges,
    NothingHidden,
    OneRecordALine,
    Quoting,
    Numbers,
    NothingOmitted,
    UniqueNames,
    StandardChoices,
    OtherApart,
    NoFormulas,
    HeaderFirst,
    CodeTable,
    SymbolsDefined,
    Units,
    TimeAxis,
    AreaCodes,
    YearsCompared,
    Definitions,
    LongForm,
}

/// The three levels, from what any program needs to what makes data of many sources fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A program can read the table.
    One,
    /// It can use the values as they are.
    Two,
    /// It can tell what they mean.
    Three,
}

impl Level {
    /// From the first to the third.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// `L1`.
    pub fn id(self) -> &'static str {
        match self {
            Self::One => "L1",
            Self::Two => "L2",
            Self::Three => "L3",
        }
    }
}

impl Rule {
    /// In the order of their numbers.
    pub const ALL: [Self; 30] = [
        Self::InputFormat,
        Self::OneTable,
        Self::NotSplit,
        Self::NothingElse,
        Self::ColumnNames,
        Self::NoLayout,
        Self::OneDatum,
        Self::PlainCharacters,
        Self::BlankIsNotZero,
        Self::NoObjects,
        Self::NoMeaningByLook,
        Self::NoMerges,
        Self::NothingHidden,
        Self::OneRecordALine,
        Self::Quoting,
        Self::Numbers,
        Self::NothingOmitted,
        Self::UniqueNames,
        Self::StandardChoices,
        Self::OtherApart,
        Self::NoFormulas,
        Self::HeaderFirst,
        Self::CodeTable,
        Self::SymbolsDefined,
        Self::Units,
        Self::TimeAxis,
        Self::AreaCodes,
        Self::YearsCompared,
        Self::Definitions,
        Self::LongForm,
    ];

    /// Its level, and its place within the level from 0.
    fn number(self) -> (Level, usize) {
        let at = self as usize;
        let (one, two) = (level1::WORDS.len(), level2::WORDS.len());
        if at < one {
            (Level::One, at)
        } else if at < one + two {
            (Level::Two, at - one)
        } else {
            (Level::Three, at - one - two)
        }
    }

    /// Its level.
    pub fn level(self) -> Level {
        self.number().0
    }

    /// Its number as the rules have it: `L1-06`.
    pub fn id(self) -> String {
        let (level, at) = self.number();
        format!("{}-{:02}", level.id(), at + 1)
    }

    /// The rule with this number, whatever the case.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id().eq_ignore_ascii_case(id))
    }

    /// What it asks, how it is judged, what to do.
    pub fn words(self) -> &'static RuleWords {
        match self.number() {
            (Level::One, at) => &level1::WORDS[at],
            (Level::Two, at) => &level2::WORDS[at],
            (Level::Three, at) => &level3::WORDS[at],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_rules() {
        for (rule, id) in [
            (Rule::InputFormat, "L1-01"),
            (Rule::NoLayout, "L1-06"),
            (Rule::Quoting, "L1-15"),
            (Rule::Numbers, "L2-01"),
            (Rule::NoFormulas, "L2-06"),
            (Rule::HeaderFirst, "L3-01"),
            (Rule::LongForm, "L3-09"),
        ] {
            assert_eq!((rule.id().as_str(), Rule::by_id(&id.to_lowercase())), (id, Some(rule)));
        }
        assert!(Rule::ALL.is_sorted());
    }
}
