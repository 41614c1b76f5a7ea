//! The moment that files name as their creation: decided by the input, never by a clock.

use crate::model::CivilDate;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// 1980-01-01, the first day that a ZIP archive can name.
const FALLBACK: i64 = 3_652 * DAY;
/// The last second of the year 9999: file formats write years with four digits.
const LAST: i64 = 253_402_300_799;

/// A moment in coordinated universal time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Seconds since 1970-01-01 00:00 UTC, without leap seconds.
    pub seconds: i64,
}

impl Stamp {
    /// Decides the moment. `SOURCE_DATE_EPOCH` overrides everything, as the convention of reproducible builds
    /// asks; then comes the document's own date at midnight; then 1980-01-01. Moments outside of the years
    /// 1970 to 9999 are moved to the nearer end.
    pub fn resolve(document_date: Option<CivilDate>, source_date_epoch: Option<i64>) -> Self {
        let of_date = || document_date.map(|date| days_from_civil(date) * DAY);
        let seconds = source_date_epoch.or_else(of_date).unwrap_or(FALLBACK);
        Self { seconds: seconds.clamp(0, LAST) }
    }

    /// Date, hour, minute and second.
    pub fn civil(self) -> (CivilDate, u8, u8, u8) {
        let second_of_day = self.seconds.rem_euclid(DAY);
        let small = |n: i64| u8::try_from(n).expect("hours, minutes and seconds are below 60");
        (
            civil_from_days(self.seconds.div_euclid(DAY)),
            small(second_of_day / 3_600),
            small(second_of_day / 60 % 60),
            small(second_of_day % 60),
        )
    }
}

/// Days since 1970-01-01. Years are counted from March, so that the leap day is a year's last day and a month's
/// first day is a linear function of the month; 400 years always have 146,097 days.
fn days_from_civil(date: CivilDate) -> i64 {
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month < 3);
    let (cycle, year_of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    cycle * 146_097 + day_of_cycle - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> CivilDate {
    let days = days + 719_468;
    let (cycle, day_of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    // Take out the leap days of 4, 100 and 400 years before dividing by 365.
    let leap_days = day_of_cycle / 1_460 - day_of_cycle / 36_524 + day_of_cycle / 146_096;
    let year_of_cycle = (day_of_cycle - leap_days) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = cycle * 400 + year_of_cycle + i64::from(month < 3);
    CivilDate {
        year: i32::try_from(year).expect("stamps end with the year 9999"),
        month: u8::try_from(month).expect("months are at most 12"),
        day: u8::try_from(day_of_year - (153 * march_month + 2) / 5 + 1).expect("days are at most 31"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_civil() {
        let check = |seconds, shown: &str| {
            let (date, hour, minute, second) = Stamp { seconds }.civil();
            assert_eq!(format!("{date} {hour:02}:{minute:02}:{second:02}"), shown);
        };
        check(0, "1970-01-01 00:00:00");
        check(951_782_399, "2000-02-28 23:59:59");
        check(951_782_400, "2000-02-29 00:00:00");
        check(1_585_612_800, "2020-03-31 00:00:00");
        check(4_107_542_400, "2100-03-01 00:00:00");
        check(FALLBACK, "1980-01-01 00:00:00");
        check(LAST, "9999-12-31 23:59:59");
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for days in 0..60_000 {
            assert_eq!(days_from_civil(civil_from_days(days)), days);
        }
    }

    #[test]
    fn the_environment_overrides_the_document() {
        let date = Some(CivilDate { year: 2020, month: 3, day: 31 });
        for (date, epoch, seconds) in [
            (date, Some(86_399), 86_399),
            (date, None, 1_585_612_800),
            (None, None, FALLBACK),
            (None, Some(-1), 0),
            (None, Some(i64::MAX), LAST),
        ] {
            assert_eq!(Stamp::resolve(date, epoch), Stamp { seconds });
        }
    }
}
