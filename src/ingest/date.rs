//! Dates and times as cells show them: serial numbers under a format code, in Gregorian or era years.

use super::format::{Section, Token};
use crate::model::{CivilDate, Era, Eras};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt::Write as _;

/// The day that a workbook's serial numbers count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900; there is a 29 February 1900.
    Y1900,
    /// Day 0 is 1 January 1904 (old Macintosh books).
    Y1904,
}

/// What serial numbers and the years of eras count from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar<'a> {
    /// The workbook's.
    pub(super) epoch: Epoch,
    /// The template's.
    pub(super) eras: &'a Eras,
}

#[cfg(test)]
pub(super) const JAPANESE: Calendar<'_> = Calendar { epoch: Epoch::Y1900, eras: Eras::reiwa() };

const SECONDS_PER_DAY: i64 = 86_400;
const DAYS_BETWEEN_EPOCHS: i64 = 1462;
const WEEKDAYS: [(char, &str); 7] = [
    ('日', "Sunday"),
    ('月', "Monday"),
    ('火', "Tuesday"),
    ('水', "Wednesday"),
    ('木', "Thursday"),
    ('金', "Friday"),
    ('土', "Saturday"),
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A serial number taken apart.
struct Moment {
    days: i64,
    seconds: i64,
    year: i64,
    month: i64,
    day: i64,
}

/// The text of a serial number under a section with parts of a date; `None` for a negative one.
pub(super) fn show(serial: Decimal, section: &Section, calendar: Calendar<'_>) -> Option<String> {
    let moment = Moment::of(serial, calendar.epoch)?;
    let afternoon = section.tokens.iter().any(|t| matches!(t, Token::HalfDay(..)));
    let mut out = String::new();
    let mut fraction = false;
    for (i, token) in section.tokens.iter().enumerate() {
        // `ss.00`: fractions of a second are not shown.
        fraction = match token {
            Token::Point if matches!(section.tokens.get(i + 1), Some(Token::Digit(_))) => true,
            Token::Digit(_) => fraction,
            _ => false,
        };
        let start = out.len();
        match token {
            Token::Date('m', n) if is_minute(&section.tokens, i) => {
                push(&mut out, moment.seconds / 60 % 60, *n);
            }
            Token::Date('h', n) if afternoon => push(&mut out, (moment.seconds / 3600 + 11) % 12 + 1, *n),
            Token::Date(letter, n) => match moment.japanese_part(*letter, *n, section, calendar.eras) {
                Some(part) => out.push_str(&part),
                None => moment.push_part(&mut out, *letter, *n, calendar.eras),
            },
            Token::Elapsed(letter, n) => push(&mut out, moment.elapsed(*letter), *n),
            Token::HalfDay("AM", _) if section.japanese => {
                out.push_str(if moment.seconds < SECONDS_PER_DAY / 2 { "午前" } else { "午後" });
            }
            Token::HalfDay(am, pm) => {
                out.push_str(if moment.seconds < SECONDS_PER_DAY / 2 { am } else { pm });
            }
            Token::Literal(text) => out.push_str(text),
            Token::Comma => out.push(','),
            Token::Point if !fraction => out.push('.'),
            Token::Percent => out.push('%'),
            Token::Point
            | Token::Digit(_)
            | Token::Text
            | Token::General
            | Token::Fraction(_)
            | Token::Exponent => {}
        }
        if let (Some(numerals), Token::Date(..) | Token::Elapsed(..)) = (section.numerals, token)
            && out[start..].starts_with(|c: char| c.is_ascii_digit())
        {
            let shown = numerals.of_date(&out[start..]);
            out.replace_range(start.., &shown);
        }
    }
    Some(out)
}

/// The text of a date whose format is not known: `2020/4/1`, `2020/4/1 12:30` or `12:30`.
pub(super) fn show_plain(serial: Decimal, epoch: Epoch) -> Option<String> {
    let moment = Moment::of(serial, epoch)?;
    let Moment { days, seconds, year, month, day } = moment;
    let time = format!("{}:{:02}", seconds / 3600, seconds / 60 % 60);
    Some(match (days, seconds) {
        (0, _) => time,
        (_, 0) => format!("{year}/{month}/{day}"),
        _ => format!("{year}/{month}/{day} {time}"),
    })
}

/// The same for a date or a duration in ISO 8601, as `OpenDocument` stores them: `2020-04-01T12:30:00`,
/// `PT12H30M00S`. What is neither is shown as it stands.
pub(super) fn show_iso(text: &str) -> String {
    let number = |digits: &str| digits.parse::<u32>().ok();
    if let Some((hours, rest)) = text.strip_prefix("PT").and_then(|t| t.split_once('H'))
        && let (Some(hours), Some(minutes)) = (number(hours), rest.split_once('M').and_then(|m| number(m.0)))
    {
        return format!("{hours}:{minutes:02}");
    }
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<_> = date.split('-').filter_map(number).collect();
    let [year, month, day] = parts[..] else { return text.to_owned() };
    match time.get(..5) {
        None | Some("00:00") => format!("{year}/{month}/{day}"),
        Some(minutes) => format!("{year}/{month}/{day} {}", minutes.strip_prefix('0').unwrap_or(minutes)),
    }
}

impl Moment {
    fn of(serial: Decimal, epoch: Epoch) -> Option<Self> {
        let offset = match epoch {
            Epoch::Y1900 => 0,
            Epoch::Y1904 => DAYS_BETWEEN_EPOCHS,
        };
        let seconds = (serial + Decimal::from(offset)).checked_mul(Decimal::from(SECONDS_PER_DAY))?;
        let seconds = seconds.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()?;
        let days = seconds.div_euclid(SECONDS_PER_DAY);
        // Day 2,958,465 is 31 December 9999, the last that Excel knows.
        if !(0..=2_958_465).contains(&days) {
            return None;
        }
        let (year, month, day) = civil(days);
        Some(Self { days, seconds: seconds.rem_euclid(SECONDS_PER_DAY), year, month, day })
    }

    fn elapsed(&self, letter: char) -> i64 {
        let seconds = self.days * SECONDS_PER_DAY + self.seconds;
        match letter {
            'h' => seconds / 3600,
            'm' => seconds / 60,
            _ => seconds,
        }
    }

    /// A part of a date as a section shows it that is Japanese, or begins eras with 元; `None` where that makes no
    /// difference.
    fn japanese_part(&self, letter: char, count: usize, section: &Section, eras: &Eras) -> Option<String> {
        let weekday = WEEKDAYS[usize::try_from((self.days + 6) % 7).expect("a remainder of 7")].0;
        match (letter, count) {
            ('e', _) if section.gannen && self.era(eras).is_some_and(|(_, year)| year == 1) => {
                Some("元".to_owned())
            }
            _ if !section.japanese => None,
            ('m', 3 | 4) => Some(format!("{}月", self.month)),
            ('m', 5..) => Some(self.month.to_string()),
            ('d', 3) => Some(weekday.to_string()),
            ('d', 4..) => Some(format!("{weekday}曜日")),
            _ => None,
        }
    }

    fn push_part(&self, out: &mut String, letter: char, count: usize, eras: &Eras) {
        let weekday = WEEKDAYS[usize::try_from((self.days + 6) % 7).expect("a remainder of 7")];
        let month = MONTHS[usize::try_from((self.month - 1).clamp(0, 11)).expect("0 to 11")];
        match (letter, count) {
            ('y', 1 | 2) => push(out, self.year % 100, 2),
            ('y', _) => push(out, self.year, 4),
            ('m', 3) => out.push_str(&month[..3]),
            ('m', 4) => out.push_str(month),
            ('m', 5..) => out.push_str(&month[..1]),
            ('m', n) => push(out, self.month, n),
            ('d', 3) => out.push_str(&weekday.1[..3]),
            ('d', 4..) => out.push_str(weekday.1),
            ('d', n) => push(out, self.day, n),
            ('a', 4..) => out.extend([weekday.0, '曜', '日']),
            ('a', _) => out.push(weekday.0),
            ('h', n) => push(out, self.seconds / 3600, n),
            ('s', n) => push(out, self.seconds % 60, n),
            ('g', 1) => out.extend(self.era(eras).and_then(|(era, _)| era.letter)),
            ('g', 2) => out.push_str(self.era(eras).map_or("", |(era, _)| &era.short)),
            ('g', _) => out.push_str(self.era(eras).map_or("", |(era, _)| &era.name)),
            ('e', n) => push(out, self.era(eras).map_or(self.year, |(_, year)| year), n),
            _ => {}
        }
    }

    /// The era, and the year of it.
    fn era<'e>(&self, eras: &'e Eras) -> Option<(&'e Era, i64)> {
        let small = |n: i64| u8::try_from(n).ok();
        let date = CivilDate {
            year: i32::try_from(self.year).ok()?,
            month: small(self.month)?,
            day: small(self.day)?,
        };
        let era = eras.of(date)?;
        Some((era, self.year - i64::from(era.first_year()) + 1))
    }
}

/// `m` is minutes after hours or before seconds, else months.
fn is_minute(tokens: &[Token], at: usize) -> bool {
    let is_part = |t: &&Token| matches!(t, Token::Date(..) | Token::Elapsed(..));
    let before = tokens[..at].iter().rev().find(is_part);
    let after = tokens[at + 1..].iter().find(is_part);
    matches!(before, Some(Token::Date('h', _) | Token::Elapsed('h', _)))
        || matches!(after, Some(Token::Date('s', _) | Token::Elapsed('s', _)))
}

fn push(out: &mut String, number: i64, width: usize) {
    let _ = write!(out, "{number:0width$}");
}

/// The date of a day of the 1900 system, with its 0 and 29 February 1900.
fn civil(days: i64) -> (i64, i64, i64) {
    match days {
        0 => return (1900, 1, 0),
        60 => return (1900, 2, 29),
        _ => {}
    }
    // 1 January 1970 is day 25,569; the day that never was lies between the two cases.
    let date = CivilDate::from_days(if days < 60 { days - 25_568 } else { days - 25_569 });
    (i64::from(date.year), i64::from(date.month), i64::from(date.day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::format::NumberFormat;
    use crate::ingest::number;

    #[test]
    fn an_added_era_shows_its_years() {
        let mut eras = Eras::default();
        let first_day = CivilDate { year: 2026, month: 5, day: 1 };
        eras.push(Era { name: "光文".into(), short: "光".into(), letter: None, first_day });
        let format = NumberFormat::new("[$-411]ggge\"年\"m\"月\"d\"日\"");
        let calendar = Calendar { eras: &eras, ..JAPANESE };
        let shown = |serial, calendar| number::show(serial, &format, calendar).unwrap();
        assert_eq!(shown(46143.0, calendar), "光文1年5月1日");
        assert_eq!(shown(46142.0, calendar), "令和8年4月30日");
        assert_eq!(shown(46143.0, JAPANESE), "令和8年5月1日");
    }

    #[test]
    fn dates_follow_their_format() {
        let check = |value: f64, code: &str, shown: &str| {
            assert_eq!(
                number::show(value, &NumberFormat::new(code), JAPANESE).as_deref(),
                Some(shown),
                "{value} {code}"
            );
        };
        check(43922.0, "yyyy/m/d", "2020/4/1");
        check(43922.0, "yyyy\"年\"m\"月\"d\"日\"", "2020年4月1日");
        check(43922.0, "[$-411]ggge\"年\"m\"月\"d\"日\"", "令和2年4月1日");
        check(43922.0, "[$-411]ge.m.d", "R2.4.1");
        check(43585.0, "[$-411]gge.mm.dd", "平31.04.30");
        check(43586.0, "[$-411]ggge\"年\"", "令和1年");
        check(45285.0, "[DBNum1][$-411]ggge\"年\"m\"月\"d\"日\"", "令和五年十二月二十五日");
        check(43922.0, "[DBNum3]yyyy\"年\"m\"月\"", "２０２０年４月");
        check(43922.0, "m/d(aaa)", "4/1(水)");
        check(43922.0, "aaaa", "水曜日");
        check(43586.0, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2019年5月1日");
        check(43586.0, "[$-x-sysdate]dddd, mmmm dd, yyyy", "2019年5月1日");
        check(43586.25, "[$-F400]h:mm:ss\\ AM/PM", "6:00:00");
        check(43586.0, "[$-411]yyyy/m/d\\ \\(ddd\\)", "2019/5/1 (水)");
        check(43586.0, "[$-411]mmmm\\-yy;@", "5月-19");
        check(43586.0, "[$-0411]dddd", "水曜日");
        check(43586.75, "[$-411]AM/PM h:mm", "午後 6:00");
        check(43586.0, "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"", "令和元年5月");
        check(43586.0, "ddd", "Wed");
        check(43922.0, "d-mmm-yy", "1-Apr-20");
        check(43_922.520_833_333_3, "yyyy/m/d h:mm", "2020/4/1 12:30");
        check(0.520_833_333_3, "h:mm AM/PM", "12:30 PM");
        check(0.75, "h\"時\"mm\"分\"", "18時00分");
        check(1.5, "[h]:mm", "36:00");
        check(0.75, "mm:ss", "00:00");
        check(1.0, "yyyy/m/d", "1900/1/1");
        check(59.0, "yyyy/m/d", "1900/2/28");
        check(60.0, "yyyy/m/d", "1900/2/29");
        check(61.0, "yyyy/m/d", "1900/3/1");
        check(36585.0, "yyyy/m/d", "2000/2/29");
        check(2_958_465.0, "yyyy/m/d", "9999/12/31");
        assert_eq!(
            number::show(
                42460.0,
                &NumberFormat::new("yyyy/m/d"),
                Calendar { epoch: Epoch::Y1904, ..JAPANESE }
            )
            .as_deref(),
            Some("2020/4/1")
        );
        assert_eq!(number::show(-1.0, &NumberFormat::new("yyyy/m/d"), JAPANESE), None);
    }

    #[test]
    fn dates_without_a_format() {
        for (serial, shown) in [("43922", "2020/4/1"), ("43922.5", "2020/4/1 12:00"), ("0.25", "6:00")] {
            let serial = Decimal::from_str_exact(serial).unwrap();
            assert_eq!(show_plain(serial, Epoch::Y1900).as_deref(), Some(shown));
        }
        for (iso, shown) in [
            ("2020-04-01", "2020/4/1"),
            ("2020-04-01T09:30:00", "2020/4/1 9:30"),
            ("2020-04-01T00:00:00", "2020/4/1"),
            ("PT12H05M00S", "12:05"),
            ("soon", "soon"),
        ] {
            assert_eq!(show_iso(iso), shown);
        }
    }
}
