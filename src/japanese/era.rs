//! Eras: what `31年度`, `Ｒ2.4.1`, `令和元（2019）年度` and `28年1月` mean.

use super::fold;
use crate::model::{CivilDate, Era, Eras, FiscalYear, Time};

/// Lexicon after a time that do not change what it names.
const SUFFIXES: [&str; 7] = ["までに", "まで", "時点", "現在", "当初", "末", "中"];

/// Gregorian years that a plan can mean.
const GREGORIAN: std::ops::RangeInclusive<i32> = 1868..=2199;

/// Letters that also name sizes, of paper and clothes, and magnitudes: with a number alone they are no year.
const LETTERS_OF_SIZES: [char; 6] = ['A', 'B', 'L', 'M', 'S', 'T'];

/// How a year was written; the barer it is, the less may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `令和2`, `令2`, `R2`, `H28`, `2020`.
    Clear,
    /// One of [`LETTERS_OF_SIZES`].
    Letter,
    /// Two digits alone.
    Bare,
}

#[derive(Clone, Copy)]
struct Year<'e> {
    era: Option<&'e Era>,
    /// In the Gregorian calendar.
    number: i32,
    mark: Mark,
    /// Written with four digits.
    gregorian: bool,
}

/// The time that the whole text states, in any width and with any spaces: a fiscal year, a calendar year, a month
/// or a day, optionally followed by 末, 時点, 現在, まで and the like.
///
/// A bare one- or two-digit year takes the base era (with Heisei, `31年度` is FY2019); 元年 without an era only
/// where the base era is the latest. An era's years may run past its end. A number alone is no time, but an era with a
/// number (`R2`, `令2`) is a bare year. `None` for what no calendar has: a 13th month, a date before its era
/// began, two calendars that disagree (`令和2（2019）年度`).
pub fn parse_time(text: &str, eras: &Eras) -> Option<Time> {
    time_of(&fold(text), eras)
}

/// How a text states the year of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearForm {
    /// With four digits, perhaps beside the year of an era.
    Gregorian,
    /// By an era alone, in whatever spelling.
    Era,
    /// With two digits alone, which need the base era.
    Bare,
}

/// As [`parse_time`], with how the year was stated.
pub fn stated_time(text: &str, eras: &Eras) -> Option<(Time, YearForm)> {
    let folded = fold(text);
    let time = time_of(&folded, eras)?;
    // Of what is a time, nothing but a year has four digits.
    let form = if folded.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit)) {
        YearForm::Gregorian
    } else if folded.starts_with(|c: char| c.is_ascii_digit() || c == '元') {
        YearForm::Bare
    } else {
        YearForm::Era
    };
    Some((time, form))
}

/// As [`parse_time`], for a column that holds nothing but years: `31`, `2019`, `R2` and `（R2年度）` are fiscal years.
pub fn parse_time_cell(text: &str, eras: &Eras) -> Option<Time> {
    let folded = fold(text);
    let inner = folded.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(&folded);
    match time_of(inner, eras) {
        Some(Time::BareYear(year)) => Some(Time::FiscalYear(FiscalYear(year))),
        Some(time) => Some(time),
        None => {
            let (year, rest) = read_year(inner, eras)?;
            rest.is_empty().then_some(Time::FiscalYear(FiscalYear(year.number)))
        }
    }
}

/// As [`parse_time`], for a column that holds nothing but days: `29.9.5` is one of the base era, where that was chosen.
pub fn parse_day_cell(text: &str, eras: &Eras) -> Option<Time> {
    let bare = || {
        let folded = fold(text);
        let (year, rest) = read_year(without_suffix(&folded), eras).filter(|_| eras.base_is_stated())?;
        let day = numeric_date(rest, Year { mark: Mark::Clear, ..year });
        day.filter(|time| matches!(time, Time::Date(_)))
    };
    parse_time(text, eras).or_else(bare)
}

/// A fiscal year by its Japanese name (`令和2年度`); FY2019 as a whole is 令和元年度.
pub fn wareki(year: FiscalYear, eras: &Eras) -> String {
    let FiscalYear(year) = year;
    match eras.of_year(year) {
        Some(era) if era.first_year() == year => format!("{}元年度", era.name),
        Some(era) => format!("{}{}年度", era.name, year - era.first_year() + 1),
        None => format!("{year}年度"),
    }
}

fn time_of(folded: &str, eras: &Eras) -> Option<Time> {
    let text = without_suffix(folded);
    if let Some(digits) = text.strip_prefix("fy") {
        let (year, rest) = read_year(digits, eras)?;
        return (year.gregorian && rest.is_empty()).then_some(Time::FiscalYear(FiscalYear(year.number)));
    }
    let (year, rest) = read_year(text, eras)?;
    let rest = skip_same_year(rest, year, eras)?;
    if let Some(rest) = rest.strip_prefix("年度") {
        let rest = skip_same_year(rest, year, eras)?;
        return rest.is_empty().then_some(Time::FiscalYear(FiscalYear(year.number)));
    }
    if let Some(rest) = rest.strip_prefix('年') {
        return after_year(skip_same_year(rest, year, eras)?, year);
    }
    if rest.is_empty() {
        return (year.mark == Mark::Clear && !year.gregorian).then_some(Time::BareYear(year.number));
    }
    numeric_date(rest, year)
}

fn without_suffix(mut text: &str) -> &str {
    while let Some(shorter) = SUFFIXES.iter().find_map(|suffix| text.strip_suffix(suffix)) {
        text = shorter;
    }
    text
}

/// What follows 年: nothing, a month, or a month and a day.
fn after_year(rest: &str, year: Year<'_>) -> Option<Time> {
    if rest.is_empty() {
        return Some(Time::Year(year.number));
    }
    let (month, rest) = read_number(rest)?;
    let rest = rest.strip_prefix('月')?;
    if rest.is_empty() {
        return month_of(year, month);
    }
    let (day, rest) = read_number(rest)?;
    (rest == "日").then(|| date_of(year, month, day)).flatten()
}

/// `.4.1`, `/4/1`, `-04-01`, `.4` after a year that cannot be a mere number.
fn numeric_date(rest: &str, year: Year<'_>) -> Option<Time> {
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let (month, rest) = read_number(&rest[1..])?;
    match (rest.strip_prefix(separator), year.mark) {
        (_, Mark::Bare) | (None, Mark::Letter) => None,
        (Some(rest), _) => {
            let (day, rest) = read_number(rest)?;
            rest.is_empty().then(|| date_of(year, month, day)).flatten()
        }
        (None, Mark::Clear) => rest.is_empty().then(|| month_of(year, month)).flatten(),
    }
}

/// Reads `令和2`, `R2`, `r.2`, `元`, `31`, `2019` at the head of a text.
fn read_year<'t, 'e>(text: &'t str, eras: &'e Eras) -> Option<(Year<'e>, &'t str)> {
    let clear = |era, rest| Some((era, Mark::Clear, rest));
    let whole = || eras.all().iter().find_map(|era| clear(era, text.strip_prefix(&*era.name)?));
    let short = || eras.all().iter().find_map(|era| clear(era, text.strip_prefix(&*era.short)?));
    let lettered = || {
        eras.all().iter().find_map(|era| {
            let rest = text.strip_prefix(era.letter?.to_ascii_lowercase())?;
            let mark = if clear_letter(era).is_some() { Mark::Clear } else { Mark::Letter };
            Some((era, mark, rest.strip_prefix('.').unwrap_or(rest)))
        })
    };
    match whole().or_else(short).or_else(lettered) {
        Some((era, mark, rest)) => {
            let (number, rest) = read_era_year(rest)?;
            let number = era.year(i32::from(number));
            Some((Year { era: Some(era), number, mark, gregorian: false }, rest))
        }
        None => read_plain_year(text, eras),
    }
}

/// The era's letter as it is folded, unless it stands for sizes, too.
pub(super) fn clear_letter(era: &Era) -> Option<char> {
    let letter = era.letter.filter(|letter| !LETTERS_OF_SIZES.contains(letter))?;
    Some(letter.to_ascii_lowercase())
}

fn read_plain_year<'t, 'e>(text: &'t str, eras: &'e Eras) -> Option<(Year<'e>, &'t str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 {
        let number = text[..4].parse().ok().filter(|year| GREGORIAN.contains(year))?;
        return Some((Year { era: None, number, mark: Mark::Clear, gregorian: true }, &text[4..]));
    }
    if text.starts_with('元') && !eras.base_is_latest() {
        return None;
    }
    let (number, rest) = read_era_year(text)?;
    let FiscalYear(number) = FiscalYear::from_bare(number, eras)?.year;
    Some((Year { era: Some(eras.base()), number, mark: Mark::Bare, gregorian: false }, rest))
}

/// A year of an era: `元`, or 1 to 99.
fn read_era_year(text: &str) -> Option<(u8, &str)> {
    if let Some(rest) = text.strip_prefix('元') {
        return Some((1, rest));
    }
    read_number(text).filter(|(number, _)| *number > 0)
}

/// One or two digits that no further digit follows.
fn read_number(text: &str) -> Option<(u8, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    matches!(digits, 1 | 2).then(|| text[..digits].parse().ok()).flatten().map(|n| (n, &text[digits..]))
}

/// Skips the same year in the other calendar, in brackets. `None` if it is another year.
fn skip_same_year<'t>(rest: &'t str, year: Year<'_>, eras: &Eras) -> Option<&'t str> {
    let Some((inner, after)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) else {
        return Some(rest);
    };
    let inner = inner.strip_suffix("年度").or_else(|| inner.strip_suffix('年')).unwrap_or(inner);
    let (other, left) = read_year(inner, eras)?;
    (left.is_empty() && other.number == year.number).then_some(after)
}

fn month_of(year: Year<'_>, month: u8) -> Option<Time> {
    let Year { era, number: year, .. } = year;
    let begun = era.is_none_or(|era| {
        let first = era.first_day;
        (year, month) >= (first.year, first.month)
    });
    ((1..=12).contains(&month) && begun).then_some(Time::Month { year, month })
}

fn date_of(year: Year<'_>, month: u8, day: u8) -> Option<Time> {
    let Year { era, number: year, .. } = year;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => return None,
    };
    let begun = era.is_none_or(|era| CivilDate { year, month, day } >= era.first_day);
    ((1..=days).contains(&day) && begun).then_some(Time::Date(CivilDate { year, month, day }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(time: Option<Time>) -> String {
        time.map_or_else(|| "none".to_owned(), |time| time.to_string())
    }

    #[test]
    fn reads_times_of_plans() {
        for (text, expected) in [
            ("31年度", "FY2019"),
            ("３７ 年\n度", "FY2025"),
            ("Ｒ2年度", "FY2020"),
            ("R02年度", "FY2020"),
            ("令和2年度", "FY2020"),
            ("令和元年度", "FY2019"),
            ("令2", "FY2020"),
            ("R2", "FY2020"),
            ("㋿2年度", "FY2020"),
            ("㍻31年度", "FY2019"),
            ("28年1月", "2016-01"),
            ("平成２８年１月末時点", "2016-01"),
            ("R2.4.1", "2020-04-01"),
            ("Ｒ２．４．１", "2020-04-01"),
            ("S55.4.1", "1980-04-01"),
            ("H28.1", "2016-01"),
            ("2019年度", "FY2019"),
            ("令和元（2019）年度", "FY2019"),
            ("令和2年度（2020年度）", "FY2020"),
            ("2020（令和2）年度", "FY2020"),
            ("令和2年(2020年)4月1日", "2020-04-01"),
            ("2020年3月", "2020-03"),
            ("2020/4/1", "2020-04-01"),
            ("2020-04-01", "2020-04-01"),
            ("2020.4", "2020-04"),
            ("FY2020", "FY2020"),
            ("令和2年4月1日現在", "2020-04-01"),
            ("令和2年", "2020"),
            ("令和2年度末", "FY2020"),
            ("R6年度までに", "FY2024"),
            ("2020年2月29日", "2020-02-29"),
        ] {
            assert_eq!(shown(parse_time(text, Eras::heisei())), expected, "{text}");
        }
    }

    #[test]
    fn columns_of_days_state_them_in_the_base_era() {
        let heisei = Eras::default().with_base("heisei").unwrap();
        for (text, expected) in [
            ("29.9.5", "2017-09-05"),
            ("２９／９／５", "2017-09-05"),
            ("31.6.30現在", "2019-06-30"),
            ("令和6年4月1日", "2024-04-01"),
            ("R6.4", "2024-04"),
            ("29.13.5", "none"),
            ("29.9", "none"),
            ("29.9-5", "none"),
            ("定めなし", "none"),
        ] {
            assert_eq!(shown(parse_day_cell(text, &heisei)), expected, "{text}");
        }
        assert_eq!(shown(parse_day_cell("29.9.5", Eras::heisei())), "none");
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "31",
            "2019",
            "28.1",
            "1.80",
            "4/1",
            "M7.3",
            "T5",
            "13年13月",
            "2019年2月29日",
            "令和元年4月",
            "令和元年4月30日",
            "令和45月",
            "未年度",
            "年度",
            "0年度",
            "123年度",
            "元年度",
            "令和2（2019）年度",
            "R2.4.1見込",
            "27～31年度",
            "毎年度",
            "20人",
            "ｒ",
            "1800年度",
            "末",
            "2020.4.1.1",
        ] {
            assert_eq!(shown(parse_time(text, Eras::heisei())), "none", "{text}");
        }
        assert_eq!(shown(parse_time("元年度", Eras::reiwa())), "FY2019");
        assert_eq!(shown(parse_time("6年度", Eras::reiwa())), "FY2024");
    }

    #[test]
    fn years_have_a_form() {
        use YearForm::{Bare, Era, Gregorian};
        for (text, form) in [
            ("2020年3月", Gregorian),
            ("令和2年度（2020年度）", Gregorian),
            ("31年度（2019年度）", Gregorian),
            ("FY2020", Gregorian),
            ("令和元年度", Era),
            ("Ｒ２．４．１", Era),
            ("令2", Era),
            ("31年度", Bare),
            ("28年1月末", Bare),
        ] {
            assert_eq!(stated_time(text, Eras::heisei()).map(|(_, form)| form), Some(form), "{text}");
        }
    }

    #[test]
    fn a_column_of_years_may_leave_out_the_word() {
        for (text, expected) in [
            ("31", "FY2019"),
            ("2019", "FY2019"),
            ("R2", "FY2020"),
            ("（３１年度）", "FY2019"),
            ("未定", "none"),
            ("3.1", "none"),
        ] {
            assert_eq!(shown(parse_time_cell(text, Eras::heisei())), expected, "{text}");
        }
    }

    #[test]
    fn names_fiscal_years() {
        for (year, name) in
            [(2020, "令和2年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1867, "1867年度")]
        {
            assert_eq!(wareki(FiscalYear(year), Eras::reiwa()), name);
        }
    }

    proptest! {
        #[test]
        fn names_read_back(year in 1868..2118i32) {
            let year = FiscalYear(year);
            prop_assert_eq!(parse_time(&wareki(year, Eras::reiwa()), Eras::heisei()), Some(Time::FiscalYear(year)));
        }

        #[test]
        fn nothing_panics(text in "\\PC{0,16}|[0-9０-９年度月日元令和RＲ平成./（）() -]{0,12}") {
            parse_time(&text, Eras::heisei());
            parse_time_cell(&text, Eras::reiwa());
        }
    }
}
