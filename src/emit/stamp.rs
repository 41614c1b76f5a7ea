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
        let of_date = || document_date.map(|date| date.to_days() * DAY);
        let seconds = source_date_epoch.or_else(of_date).unwrap_or(FALLBACK);
        Self { seconds: seconds.clamp(0, LAST) }
    }

    /// Date, hour, minute and second.
    pub fn civil(self) -> (CivilDate, u8, u8, u8) {
        let second_of_day = self.seconds.rem_euclid(DAY);
        let small = |n: i64| u8::try_from(n).expect("hours, minutes and seconds are below 60");
        (
            CivilDate::from_days(self.seconds.div_euclid(DAY)),
            small(second_of_day / 3_600),
            small(second_of_day / 60 % 60),
            small(second_of_day % 60),
        )
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
            assert_eq!(CivilDate::from_days(days).to_days(), days);
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
