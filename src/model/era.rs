//! Eras: a table of names with first days, which a template can extend, and the era of bare years.

use super::fiscal::{CivilDate, FiscalYear};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An era of the Japanese calendar. It lasts until the next one of its table begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Era {
    /// The name in kanji.
    pub name: Cow<'static, str>,
    /// The name in short (`令2`).
    pub short: Cow<'static, str>,
    /// The letter of the short form (`R2`), a capital; an era need not have one.
    pub letter: Option<char>,
    /// The first day; Meiji counts from the first day of its first year, 25 January 1868.
    pub first_day: CivilDate,
}

impl Era {
    /// The Gregorian year of the era's first year (元年).
    pub fn first_year(&self) -> i32 {
        self.first_day.year
    }

    /// The Gregorian year of a year of the era, 元年 being 1.
    pub fn year(&self, year: i32) -> i32 {
        self.first_year() + year - 1
    }
}

/// The eras that are known, oldest first, and the one that bare two-digit years count from, the base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eras {
    all: Cow<'static, [Era]>,
    base: usize,
    /// Whether somebody said which era the base is.
    is_stated: bool,
}

/// What a bare year of one or two digits names, counted from the base era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BareYear {
    /// The year.
    pub year: FiscalYear,
    /// Whether the base era had, or still has, such a year: with Heisei, `31` lies within, `37` beyond.
    pub is_within: bool,
}

const fn era(
    name: &'static str,
    short: &'static str,
    letter: char,
    (year, month, day): (i32, u8, u8),
) -> Era {
    let first_day = CivilDate { year, month, day };
    Era { name: Cow::Borrowed(name), short: Cow::Borrowed(short), letter: Some(letter), first_day }
}

/// The eras of the modern calendar, and how a template calls them in ASCII.
static MODERN: [Era; 5] = [
    era("明治", "明", 'M', (1868, 1, 25)),
    era("大正", "大", 'T', (1912, 7, 30)),
    era("昭和", "昭", 'S', (1926, 12, 25)),
    era("平成", "平", 'H', (1989, 1, 8)),
    era("令和", "令", 'R', (2019, 5, 1)),
];
const KEYS: [&str; MODERN.len()] = ["meiji", "taisho", "showa", "heisei", "reiwa"];

static HEISEI: Eras = Eras { all: Cow::Borrowed(&MODERN), base: 3, is_stated: false };
static REIWA: Eras = Eras { all: Cow::Borrowed(&MODERN), base: 4, is_stated: false };

impl Default for Eras {
    /// The eras up to Reiwa, with bare years of Reiwa.
    fn default() -> Self {
        REIWA.clone()
    }
}

impl Eras {
    /// The eras up to Reiwa, with bare years of Heisei.
    pub const fn heisei() -> &'static Self {
        &HEISEI
    }

    /// The eras up to Reiwa, with bare years of Reiwa.
    pub const fn reiwa() -> &'static Self {
        &REIWA
    }

    /// The era of bare years.
    pub fn base(&self) -> &Era {
        &self.all[self.base]
    }

    /// Whether the era of bare years was chosen, and is not just the latest.
    pub fn base_is_stated(&self) -> bool {
        self.is_stated
    }

    /// Whether the era of bare years is the latest of the table: only then has 元年 alone one meaning.
    pub fn base_is_latest(&self) -> bool {
        self.base + 1 == self.all.len()
    }

    /// The eras, oldest first.
    pub fn all(&self) -> &[Era] {
        &self.all
    }

    /// The latest era.
    pub fn latest(&self) -> &Era {
        self.all.last().expect("the table begins with the modern eras")
    }

    /// The same table with bare years of the era of that name or key (`令和`, `reiwa`); `None` if it has none such.
    #[must_use]
    pub fn with_base(self, name: &str) -> Option<Self> {
        let base = self.names().position(|(era, key)| era.name == name || key == Some(name))?;
        Some(Self { base, is_stated: true, ..self })
    }

    /// What a base can be called: keys, and of eras without one the names.
    pub fn base_names(&self) -> Vec<&str> {
        self.names().map(|(era, key)| key.unwrap_or(&era.name)).collect()
    }

    fn names(&self) -> impl Iterator<Item = (&Era, Option<&'static str>)> {
        self.all.iter().enumerate().map(|(index, era)| (era, KEYS.get(index).copied()))
    }

    /// Adds an era behind the latest. The caller has made sure that it begins later, and shares no name and no letter.
    pub fn push(&mut self, era: Era) {
        debug_assert!(era.first_day > self.latest().first_day, "eras are in the order of their first days");
        self.all.to_mut().push(era);
    }

    /// The era of a day; `None` before the first.
    pub fn of(&self, day: CivilDate) -> Option<&Era> {
        self.all.iter().rev().find(|era| era.first_day <= day)
    }

    /// The era that a year as a whole is named by, which is the one that began last in it (2019 is 令和元年).
    pub fn of_year(&self, year: i32) -> Option<&Era> {
        self.all.iter().rev().find(|era| era.first_year() <= year)
    }
}

impl FiscalYear {
    /// What a bare year of one or two digits names by the base era; `None` for 0 and for more digits. A plan may
    /// count on beyond its era's end (平成37年度), but a text that means another calendar (`09年`) looks the same:
    /// whether a year beyond the era is meant is the caller's to decide.
    pub fn from_bare(number: u8, eras: &Eras) -> Option<BareYear> {
        let year = (1..=99).contains(&number).then(|| eras.base().year(i32::from(number)))?;
        let next = eras.all.get(eras.base + 1);
        let is_within = next.is_none_or(|next| year <= next.first_year());
        Some(BareYear { year: Self(year), is_within })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_modern_era_has_a_key() {
        for (key, name) in [("meiji", "明治"), ("showa", "昭和"), ("reiwa", "令和"), ("平成", "平成")]
        {
            let eras = Eras::default().with_base(key).expect(key);
            assert_eq!(eras.base().name, name);
        }
        assert_eq!(Eras::default().with_base("keio"), None);
    }

    #[test]
    fn days_and_years_have_eras() {
        let eras = Eras::reiwa();
        for ((year, month, day), name) in [
            ((1868, 1, 24), None),
            ((1868, 1, 25), Some("明治")),
            ((1989, 1, 7), Some("昭和")),
            ((1989, 1, 8), Some("平成")),
            ((2019, 4, 30), Some("平成")),
            ((2019, 5, 1), Some("令和")),
        ] {
            assert_eq!(eras.of(CivilDate { year, month, day }).map(|era| &*era.name), name);
        }
        assert_eq!(eras.of_year(2019).map(|era| &*era.name), Some("令和"));
        assert_eq!(eras.of_year(1867), None);
    }

    #[test]
    fn bare_years_know_the_end_of_their_era() {
        let bare =
            |number, eras| FiscalYear::from_bare(number, eras).map(|bare| (bare.year.0, bare.is_within));
        assert_eq!(bare(27, Eras::heisei()), Some((2015, true)));
        assert_eq!(bare(31, Eras::heisei()), Some((2019, true)));
        assert_eq!(bare(32, Eras::heisei()), Some((2020, false)));
        assert_eq!(bare(9, Eras::reiwa()), Some((2027, true)));
        assert_eq!(bare(0, Eras::reiwa()), None);
        assert_eq!(bare(100, Eras::reiwa()), None);
        let mut eras = Eras::default();
        eras.push(era("光文", "光", 'K', (2026, 5, 1)));
        assert_eq!(bare(8, &eras), Some((2026, true)));
        assert_eq!(bare(9, &eras), Some((2027, false)));
    }
}
