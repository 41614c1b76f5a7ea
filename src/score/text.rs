//! What a cell's text is, for the rules: a number, a number in dress, a time, a symbol.
//!
//! What numbers and times are, `japanese` knows; asked here is only in what dress they are stated.

use crate::japanese::era::{YearForm, parse_time, stated_time};
use crate::japanese::{half_width, is_space, leading_number, numeral_at};
use crate::model::Eras;

pub(super) use crate::japanese::compatible as fold;

/// How a text states a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// As a program reads it: `-1073.5`.
    Plain,
    /// With commas, a unit, brackets or full-width digits: `1,073人`, `△３`.
    Dressed,
}

/// The number that a text is, if it is one and no date.
pub(super) fn number(text: &str) -> Option<Number> {
    if is_plain_number(text) {
        return Some(Number::Plain);
    }
    let folded = fold(text);
    let signed = folded.trim_start_matches(['△', '▲', '-', '−', '+', '±', '約', '¥', '\\', '$', '(']);
    let chars: Vec<char> = signed.chars().collect();
    if !chars.first().is_some_and(char::is_ascii_digit) {
        return None;
    }
    let read = numeral_at(&chars, 0, |_, _| false);
    let unit: String = chars[read.end..].iter().collect();
    // Square and cubic metres have a digit of their own.
    let unit = unit.trim_end_matches(')').replace("m2", "m").replace("m3", "m");
    let is_unit = unit.chars().count() <= 6
        && !unit.contains(|c: char| c.is_ascii_digit() || is_joint(c))
        && !is_ordinal(&unit);
    (read.value.is_some() && is_unit && !is_item(text)).then_some(Number::Dressed)
}

/// Whether a text is an item of a list: `1.維持`, `(1)附属機関`, `①婚姻率`, `３　水産業`. Nothing but a narrow space stands
/// between a number and its unit.
fn is_item(text: &str) -> bool {
    let Some((_, rest)) = leading_number(text) else { return false };
    let head = &text[..text.len() - rest.len()];
    let is_of_number = |c: char| c == ' ' || half_width(c).is_ascii_digit();
    rest.starts_with(char::is_alphabetic) && !head.ends_with(is_of_number)
}

/// Digits with a sign and a decimal point at most, no superfluous zero in front.
fn is_plain_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction) && !(whole.len() > 1 && whole.starts_with('0'))
}

/// What stands between two data, or joins parts of a name: no unit has it inside.
fn is_joint(c: char) -> bool {
    matches!(c, '、' | ',' | ';' | ':' | '~' | '～' | '-' | '−' | '・' | '_' | '(' | '。')
}

/// The counters of dates, places, ranks and classes: `5月`, `3丁目`, `2号`, `20代` are no quantities.
fn is_ordinal(unit: &str) -> bool {
    let counters = [
        "年", "月", "日", "時", "丁目", "番", "号", "期", "章", "条", "項", "節", "級", "位", "次", "階",
        "世", "代", "歳代", "回目", "つ目",
    ];
    // They begin like a counter, but count.
    let units = ["年間", "月分", "日間", "時間", "年分", "番組", "条例", "項目", "世帯", "世代"];
    let begins = |words: &[&str]| words.iter().any(|word| unit.starts_with(word));
    begins(&counters) && !begins(&units)
}

/// The years that data can be of.
const YEARS: std::ops::RangeInclusive<&str> = "1868"..="2199";

/// How a text states a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Time {
    /// A year of four digits alone, or the ten digits of e-Stat's time code.
    Year,
    /// ISO 8601: `2020-04`, `2020-04-01`.
    Iso,
    /// Anything else that states the year of the Common Era: `2020年4月1日`, `2020/4/1`, `令和2年(2020年)`.
    Western,
    /// A year of an era alone: `令和2年度`, `H27.4.1`.
    Era,
    /// A year of two digits, or a day before its year: `28年度`, `5/23/2017`.
    Unclear,
}

/// The time that a text states, if it states one and nothing else; any number of four digits is a year only
/// where a column says so.
pub(super) fn time(text: &str) -> Option<Time> {
    let folded = fold(text);
    if folded.chars().count() > 24 {
        return None;
    }
    let is_digits = folded.bytes().all(|b| b.is_ascii_digit());
    if is_digits {
        let is_code = folded.len() == 10 && YEARS.contains(&&folded[..4]);
        return (is_year(&folded) || is_code).then_some(Time::Year);
    }
    let shape: String = folded.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    // `7131-01` is a code.
    if ["9999-99", "9999-99-99"].contains(&shape.as_str()) || shape.starts_with("9999-99-99t99:99") {
        let day = folded.split('t').next().unwrap_or_default();
        return parse_time(day, Eras::reiwa()).map(|_| Time::Iso);
    }
    if ["9/9/9999", "99/9/9999", "9/99/9999", "99/99/9999"].contains(&shape.as_str()) {
        return Some(Time::Unclear);
    }
    let text = without_clock(text);
    one_time(text).or_else(|| several_times(text))
}

/// The time that the whole text is.
fn one_time(text: &str) -> Option<Time> {
    let (_, form) = stated_time(text, Eras::reiwa())?;
    // `H27` alone could be a code; a point or the word for year makes it a time.
    let is_code =
        text.trim().chars().all(|c| fold(&c.to_string()).chars().all(|c| c.is_ascii_alphanumeric()));
    match form {
        YearForm::Gregorian => Some(Time::Western),
        YearForm::Era => (!is_code).then_some(Time::Era),
        YearForm::Bare => Some(Time::Unclear),
    }
}

/// A time with more of it behind: `2020年4月～9月`, `2015-2019`, `令和2年度（2020年4月1日現在）`. The clearest counts,
/// but a first one of two digits stays unclear.
fn several_times(text: &str) -> Option<Time> {
    let joints = ['~', '～', '〜', '、', ',', '，', '-', '－', '−', '(', ')', '（', '）'];
    let mut pieces = text.split(joints).map(without_clock);
    let time = |piece: &str| one_time(piece).or(is_year(&fold(piece)).then_some(Time::Western));
    let mut clearest = time(pieces.next()?)?;
    for piece in pieces {
        match time(piece) {
            Some(time) if clearest < Time::Unclear => clearest = clearest.min(time),
            Some(_) => {}
            None if is_rest_of_time(piece) => {}
            None => return None,
        }
    }
    Some(clearest)
}

/// Nothing, or a month or a day whose year was stated before: `9月`, `31日`, `30日現在`.
fn is_rest_of_time(piece: &str) -> bool {
    let folded = fold(piece);
    let words = |c: char| c.is_ascii_digit() || "年度月日末時点現在".contains(c);
    folded.is_empty() || (folded.chars().all(words) && folded.contains(['年', '月', '日']))
}

fn is_year(folded: &str) -> bool {
    folded.len() == 4 && folded.bytes().all(|b| b.is_ascii_digit()) && YEARS.contains(&folded)
}

/// The text without a time of day at its end: `2020/4/1 12:30`, `4月1日12時30分`.
fn without_clock(text: &str) -> &str {
    let is_clock = |clock: &str| {
        let folded = fold(clock);
        folded.contains([':', '時']) && folded.chars().all(|c| c.is_ascii_digit() || ":時分秒".contains(c))
    };
    let text = text.trim_matches(is_space);
    let after_day = text.rfind('日').map(|at| text.split_at(at + '日'.len_utf8()));
    let after_space = text.rsplit_once(is_space);
    [after_day, after_space]
        .into_iter()
        .flatten()
        .find(|(_, clock)| is_clock(clock))
        .map_or(text, |(day, _)| day)
}

/// Whether a text is a sign that stands for a value: `-`, `…`, `***`, `x`, `NA`, `○`.
pub(super) fn is_symbol(text: &str) -> bool {
    let text = text.trim();
    let short = (1..=4).contains(&text.chars().count());
    let is_sign = |c: char| !c.is_alphanumeric() || matches!(c, 'ー' | 'ｰ' | '〇');
    let is_unit =
        text.chars().all(|c| matches!(c, '%' | '％' | '‰' | '℃' | '°' | '㎡' | '㎥' | '￥' | '¥' | '$'));
    let signs =
        !is_unit && text.chars().all(is_sign) && !text.chars().any(|c| matches!(c, '〃' | '々' | '"' | '″'));
    short && (signs || matches!(fold(text).as_str(), "x" | "na" | "n/a" | "null"))
}

/// Whether a sign is one of the dashes.
pub(super) fn is_dash(text: &str) -> bool {
    let dash = |c: char| {
        matches!(c, '-' | '－' | '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー' | 'ｰ' | '─' | '━' | '…' | '・')
    };
    !text.trim().is_empty() && text.trim().chars().all(dash)
}

/// Whether a text stands for what is above it.
pub(super) fn is_ditto(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "〃" | "\"" | "″" | "々" | "同上" | "同左" | "同右" | "同" | "//" | "''" | "”" | "仝" | "ditto"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_in_dress_are_told_from_dates_and_names() {
        use Number::{Dressed, Plain};
        for (text, expected) in [
            ("1073.5", Some(Plain)),
            ("-3", Some(Plain)),
            ("1,073", Some(Dressed)),
            ("１２", Some(Dressed)),
            ("12件", Some(Dressed)),
            ("△5.0%", Some(Dressed)),
            ("約3万人", Some(Dressed)),
            ("5,498.48㎡", Some(Dressed)),
            ("24時間", Some(Dressed)),
            ("1,073世帯", Some(Dressed)),
            ("5項目", Some(Dressed)),
            ("2020年2月18日", None),
            ("2020年度", None),
            ("3丁目", None),
            ("20代", None),
            ("30歳代", None),
            ("1回目", None),
            ("03-1234-5678", None),
            ("10～20件", None),
            ("12件、3件", None),
            ("第3次", None),
            ("1.維持", None),
            ("（1）附属機関", None),
            ("(1)婚姻率", None),
            ("①婚姻率", None),
            ("３　水産業", None),
            ("3 件", Some(Dressed)),
            ("（3件）", Some(Dressed)),
            ("(100)", Some(Dressed)),
            ("18.04.01", None),
            ("", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_told_by_how_they_state_the_year() {
        for (text, expected) in [
            ("2020", Some(Time::Year)),
            ("2020000000", Some(Time::Year)),
            ("2020-04", Some(Time::Iso)),
            ("2020-04-01", Some(Time::Iso)),
            ("2020年2月18日", Some(Time::Western)),
            ("2020/4/1", Some(Time::Western)),
            ("令和2年度（2020年度）", Some(Time::Western)),
            ("2020年4月～2021年3月", Some(Time::Western)),
            ("2020年4月1日～30日", Some(Time::Western)),
            ("2015-2019", Some(Time::Western)),
            ("2020/4/1 12:30", Some(Time::Western)),
            ("2020年4月1日12時30分", Some(Time::Western)),
            ("令和2年度（2020年4月1日現在）", Some(Time::Western)),
            ("令和2年4月～9月", Some(Time::Era)),
            ("H27.4.1－H28.3.31", Some(Time::Era)),
            ("31年度（2019年度）", Some(Time::Unclear)),
            ("2019-1234", None),
            ("2020年13月", None),
            ("令和元年4月1日", None),
            ("令和元年", Some(Time::Era)),
            ("平成２８年度", Some(Time::Era)),
            ("Ｒ２.４.１", Some(Time::Era)),
            ("31年度", Some(Time::Unclear)),
            ("5/23/2017", Some(Time::Unclear)),
            ("3年間", None),
            ("H27", None),
            ("令和7年度の見直し", None),
            ("0242-39-1234", None),
            ("650-0042", None),
            ("7131-01", None),
            ("2020-13", None),
            ("1234", None),
        ] {
            assert_eq!(time(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn score_and_transform_agree_on_times(
            text in "(令和|平成|昭和|令|R|Ｈ|S|20|１９|)[0-9０-９元]{1,2}(年度|年|[./．-]|)([0-9]{1,2}(月|[./．-]|))?([0-9]{1,2}日?)?(末|現在|時点)?",
        ) {
            let eras = Eras::reiwa();
            let (scored, stated) = (time(&text), stated_time(&text, eras));
            if let Some((_, form)) = stated {
                let expected = match form {
                    YearForm::Gregorian => [Some(Time::Western), Some(Time::Iso)],
                    // A letter and digits could be a code.
                    YearForm::Era => [Some(Time::Era), None],
                    YearForm::Bare => [Some(Time::Unclear), Some(Time::Unclear)],
                };
                prop_assert!(expected.contains(&scored), "{text}: {scored:?} {form:?}");
            } else if let Some(Time::Iso | Time::Era) = scored {
                // What is no time to the list is none to the score, but for periods, which have an end.
                prop_assert!(text.contains(['-', '-']), "{text}: {scored:?}");
            }
        }
    }

    #[test]
    fn symbols_stand_alone() {
        for (text, expected) in [
            ("-", true),
            ("…", true),
            ("***", true),
            ("x", true),
            ("○", true),
            ("ー", true),
            ("〃", false),
            ("3", false),
            ("不明", false),
        ] {
            assert_eq!(is_symbol(text), expected, "{text}");
        }
        assert!(is_ditto("〃") && is_ditto("同 上") && !is_ditto("同意"));
    }
}
