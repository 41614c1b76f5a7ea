//! What a cell's text is, for the rules: a number, a number in dress, a time, a symbol.
//!
//! Texts are compared and read in their folded form: NFKC (full-width digits, circled numbers and unit signs
//! become plain ones), lower case, no white space.

use unicode_normalization::UnicodeNormalization as _;

/// The folded form.
pub(super) fn fold(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

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
    let end = signed.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(signed.len());
    let (digits, unit) = signed.split_at(end);
    // Square and cubic metres have a digit of their own.
    let unit = unit.trim_end_matches(')').replace("m2", "m").replace("m3", "m");
    let is_unit = unit.chars().count() <= 6
        && !unit.contains(|c: char| c.is_ascii_digit() || is_joint(c))
        && !is_ordinal(&unit);
    // `1.維持` is an item of a list, `18.04.01` a date.
    let is_one = !digits.ends_with(['.', ',']) && digits.matches('.').count() <= 1;
    let starts = is_one && digits.starts_with(|c: char| c.is_ascii_digit());
    (starts && is_unit).then_some(Number::Dressed)
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
        let is_year = folded.len() == 4 && YEARS.contains(&folded.as_str());
        let is_code = folded.len() == 10 && YEARS.contains(&&folded[..4]);
        return (is_year || is_code).then_some(Time::Year);
    }
    let shape: String = folded.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let is_year = folded.get(..4).is_some_and(|year| YEARS.contains(&year));
    let is_iso = ["9999-99", "9999-99-99"].contains(&shape.as_str()) || shape.starts_with("9999-99-99t99:99");
    // `7131-01` is a code.
    if is_iso {
        return (is_year && ("01"..="12").contains(&&folded[5..7])).then_some(Time::Iso);
    }
    let rest = shape.trim_start_matches('9');
    let digits = shape.len() - rest.len();
    let is_rest = |rest: &str| {
        rest.chars().all(|c| "9年度月日末元明治大正昭和平成令西暦()/.-~時点現在,、t:分".contains(c))
    };
    if digits == 4 && is_year && rest.starts_with(['年', '/', '.', '-']) && is_rest(rest) {
        return Some(Time::Western);
    }
    if era(&shape) && is_rest(shape.trim_start_matches(['m', 't', 's', 'h', 'r'])) {
        return Some(if shape.contains("9999") { Time::Western } else { Time::Era });
    }
    let is_us = ["9/9/9999", "99/9/9999", "9/99/9999", "99/99/9999"].contains(&shape.as_str());
    let is_short =
        (1..=2).contains(&digits) && rest.starts_with('年') && !rest.starts_with("年間") && is_rest(rest);
    (is_us || is_short).then_some(Time::Unclear)
}

/// Whether a folded text, its digits as `9`, begins with a year of an era.
fn era(shape: &str) -> bool {
    let after_year = |rest: &str| {
        let rest =
            rest.strip_prefix('元').or_else(|| rest.strip_prefix("99")).or_else(|| rest.strip_prefix('9'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['年', '/', '.', '-', '度', '(']))
    };
    let kanji = ["明治", "大正", "昭和", "平成", "令和"].iter().find_map(|era| shape.strip_prefix(era));
    let letter = shape.strip_prefix(['m', 't', 's', 'h', 'r']).map(|rest| rest.trim_start_matches('.'));
    // `H27` alone could be a code; a point or the word for year makes it a time.
    let is_lettered =
        letter.is_some_and(|rest| after_year(rest) && rest.contains(['年', '.', '/', '-', '度']));
    kanji.is_some_and(after_year) || is_lettered
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
