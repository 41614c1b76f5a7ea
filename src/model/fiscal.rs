//! Points in time as plans state them: Japanese fiscal years, months and days.

use std::fmt;

/// A Japanese fiscal year, named by the Gregorian year in which it begins on 1 April.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A Japanese era of the modern calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, from 1868.
    Meiji,
    /// 大正, from 1912.
    Taisho,
    /// 昭和, from 1926.
    Showa,
    /// 平成, from 1989.
    Heisei,
    /// 令和, from 2019.
    Reiwa,
}

impl Era {
    /// All eras, oldest first.
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// The Gregorian year of the era's first year (元年).
    pub fn first_year(self) -> i32 {
        match self {
            Self::Meiji => 1868,
            Self::Taisho => 1912,
            Self::Showa => 1926,
            Self::Heisei => 1989,
            Self::Reiwa => 2019,
        }
    }

    /// The name in kanji.
    pub fn kanji(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The letter of the short form (`R2`).
    pub fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The Gregorian year of a year of the era, 元年 being 1.
    pub fn year(self, year: i32) -> i32 {
        self.first_year() + year - 1
    }
}

/// The time of a value, as precise as it was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Time {
    /// A fiscal year (`31年度`).
    FiscalYear(FiscalYear),
    /// A calendar year (`令和2年`).
    Year(i32),
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

impl Time {
    /// The fiscal year in which the time lies: 1 April to 31 March. A bare calendar year counts as the
    /// fiscal year that begins in it.
    pub fn fiscal_year(self) -> FiscalYear {
        let of_month = |year: i32, month: u8| FiscalYear(if month < 4 { year - 1 } else { year });
        match self {
            Self::FiscalYear(year) => year,
            Self::Year(year) => FiscalYear(year),
            Self::Month { year, month } => of_month(year, month),
            Self::Date(date) => of_month(date.year, date.month),
        }
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Time {
    /// Shown as `FY2019`, `2020`, `2016-01` or `2020-04-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FiscalYear(FiscalYear(year)) => write!(f, "FY{year}"),
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
    fn january_belongs_to_the_fiscal_year_before() {
        let date = |year, month, day| Time::Date(CivilDate { year, month, day });
        for (time, year) in [
            (Time::Month { year: 2016, month: 1 }, 2015),
            (Time::Month { year: 2016, month: 4 }, 2016),
            (date(2020, 3, 31), 2019),
            (date(2020, 4, 1), 2020),
            (Time::FiscalYear(FiscalYear(2019)), 2019),
            (Time::Year(2020), 2020),
        ] {
            assert_eq!(time.fiscal_year(), FiscalYear(year), "{time}");
        }
    }
}
