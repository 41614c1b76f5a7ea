//! Points in time as plans state them: Japanese fiscal years, months and days.

use super::era::Eras;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A Japanese fiscal year, named by the Gregorian year in which it begins on 1 April.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FiscalYear(pub i32);

/// A proleptic Gregorian calendar date; shown as `2020-04-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    /// Gregorian year.
    pub year: i32,
    /// Month from 1 to 12.
    pub month: u8,
    /// Day from 1.
    pub day: u8,
}

/// The time of a value, as precise as it was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Time {
    /// A fiscal year (`31年度`).
    FiscalYear(FiscalYear),
    /// A calendar year (`令和2年`).
    Year(i32),
    /// A year of which nobody says whether it is a fiscal or a calendar year (`H22`, `(2010)`).
    BareYear(i32),
    /// A month of a Gregorian year (`28年1月`).
    Month {
        /// Gregorian year.
        year: i32,
        /// Month from 1 to 12.
        month: u8,
    },
    /// A day (`R2.4.1`).
    Date(CivilDate),
}

/// How precise a [`Time`] is, as data names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeKind {
    /// [`Time::FiscalYear`].
    FiscalYear,
    /// [`Time::Year`].
    Year,
    /// [`Time::BareYear`].
    BareYear,
    /// [`Time::Month`].
    Month,
    /// [`Time::Date`].
    Date,
}

impl TimeKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::FiscalYear, Self::Year, Self::BareYear, Self::Month, Self::Date];

    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::FiscalYear => "fiscal_year",
            Self::Year => "year",
            Self::BareYear => "bare_year",
            Self::Month => "month",
            Self::Date => "date",
        }
    }
}

impl CivilDate {
    /// The day as documents date themselves: `令和2年3月31日`, with 元年 for an era's first year; days before
    /// the first era have their Gregorian year.
    pub fn wareki(self, eras: &Eras) -> String {
        let year = match eras.of(self).map(|era| (&era.name, self.year - era.first_year() + 1)) {
            Some((name, 1)) => format!("{name}元"),
            Some((name, year)) => format!("{name}{year}"),
            None => self.year.to_string(),
        };
        format!("{year}年{}月{}日", self.month, self.day)
    }

    /// Days since 1970-01-01. Years are counted from March, so that the leap day is a year's last day and a
    /// month's first day is a linear function of the month; 400 years always have 146,097 days.
    pub fn to_days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month < 3);
        let (cycle, year_of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        cycle * 146_097 + day_of_cycle - 719_468
    }

    /// The inverse of [`Self::to_days`], for years that fit 32 bits.
    pub fn from_days(days: i64) -> Self {
        let days = days + 719_468;
        let (cycle, day_of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        // Take out the leap days of 4, 100 and 400 years before dividing by 365.
        let leap_days = day_of_cycle / 1_460 - day_of_cycle / 36_524 + day_of_cycle / 146_096;
        let year_of_cycle = (day_of_cycle - leap_days) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = cycle * 400 + year_of_cycle + i64::from(month < 3);
        Self {
            year: i32::try_from(year).unwrap_or(i32::MAX),
            month: u8::try_from(month).expect("months are at most 12"),
            day: u8::try_from(day_of_year - (153 * march_month + 2) / 5 + 1).expect("days are at most 31"),
        }
    }
}

impl Time {
    /// The fiscal year in which the time lies: 1 April to 31 March. A year that is none, or need not be one, counts
    /// as the fiscal year that begins in it.
    pub fn fiscal_year(self) -> FiscalYear {
        let of_month = |year: i32, month: u8| FiscalYear(if month < 4 { year - 1 } else { year });
        match self {
            Self::FiscalYear(year) => year,
            Self::Year(year) | Self::BareYear(year) => FiscalYear(year),
            Self::Month { year, month } => of_month(year, month),
            Self::Date(date) => of_month(date.year, date.month),
        }
    }

    /// How precise it is.
    pub fn kind(self) -> TimeKind {
        match self {
            Self::FiscalYear(_) => TimeKind::FiscalYear,
            Self::Year(_) => TimeKind::Year,
            Self::BareYear(_) => TimeKind::BareYear,
            Self::Month { .. } => TimeKind::Month,
            Self::Date(_) => TimeKind::Date,
        }
    }

    /// Whether two statements may name the same time: a bare year is either of its years.
    pub fn agrees_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::BareYear(bare), Self::Year(year) | Self::FiscalYear(FiscalYear(year)))
            | (Self::Year(year) | Self::FiscalYear(FiscalYear(year)), Self::BareYear(bare)) => bare == year,
            _ => self == other,
        }
    }

    /// The first and the last day; of a bare year, those that it may name.
    pub fn days(self) -> (CivilDate, CivilDate) {
        let first = |year, month| CivilDate { year, month, day: 1 };
        let before = |next: CivilDate| CivilDate::from_days(next.to_days() - 1);
        match self {
            Self::FiscalYear(FiscalYear(year)) => (first(year, 4), before(first(year + 1, 4))),
            Self::Year(year) => (first(year, 1), before(first(year + 1, 1))),
            Self::BareYear(year) => (first(year, 1), before(first(year + 1, 4))),
            Self::Month { year, month: 12 } => (first(year, 12), before(first(year + 1, 1))),
            Self::Month { year, month } => (first(year, month), before(first(year, month + 1))),
            Self::Date(date) => (date, date),
        }
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Time {
    /// Shown as `FY2019`, `2020`, `2016-01` or `2020-04-01`; a bare year as the fiscal year that most lists mean.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FiscalYear(FiscalYear(year)) | Self::BareYear(year) => write!(f, "FY{year}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Date(date) => date.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (days, date) in
            [(0, "1970-01-01"), (11_016, "2000-02-29"), (18_352, "2020-03-31"), (-1, "1969-12-31")]
        {
            assert_eq!(CivilDate::from_days(days).to_string(), date);
        }
        for days in (-800_000..3_000_000).step_by(97) {
            assert_eq!(CivilDate::from_days(days).to_days(), days);
        }
    }

    #[test]
    fn times_have_first_and_last_days() {
        for (time, days) in [
            (Time::FiscalYear(FiscalYear(2019)), "2019-04-01 2020-03-31"),
            (Time::Year(2020), "2020-01-01 2020-12-31"),
            (Time::BareYear(2020), "2020-01-01 2021-03-31"),
            (Time::Month { year: 2016, month: 2 }, "2016-02-01 2016-02-29"),
            (Time::Month { year: 2016, month: 12 }, "2016-12-01 2016-12-31"),
            (Time::Date(CivilDate { year: 2020, month: 4, day: 1 }), "2020-04-01 2020-04-01"),
        ] {
            let (first, last) = time.days();
            assert_eq!(format!("{first} {last}"), days);
        }
    }

    #[test]
    fn a_bare_year_agrees_with_either() {
        let bare = Time::BareYear(2020);
        for other in [bare, Time::Year(2020), Time::FiscalYear(FiscalYear(2020))] {
            assert!(bare.agrees_with(other) && other.agrees_with(bare), "{other:?}");
        }
        assert!(!Time::Year(2020).agrees_with(Time::FiscalYear(FiscalYear(2020))));
        assert!(!bare.agrees_with(Time::Year(2021)));
    }

    #[test]
    fn january_belongs_to_the_fiscal_year_before() {
        let date = |year, month, day| Time::Date(CivilDate { year, month, day });
        for (time, year) in [
            (Time::Month { year: 2016, month: 1 }, 2015),
            (Time::Month { year: 2016, month: 4 }, 2016),
            (date(2020, 3, 31), 2019),
            (date(2020, 4, 1), 2020),
            (Time::FiscalYear(FiscalYear(2019)), 2019),
            (Time::Year(2020), 2020),
            (Time::BareYear(2020), 2020),
        ] {
            assert_eq!(time.fiscal_year(), FiscalYear(year), "{time}");
        }
    }
}
