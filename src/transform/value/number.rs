//! Numbers in a text: numerals in digits and in kanji, ratios, durations, and the numbers of names.

use super::text::{Source, is_kanji, is_katakana, is_wordy};
use super::units::{NAMES, NOT_NAMES};
use crate::japanese::numeral_at;
use rust_decimal::Decimal;

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// Position after its last character.
    pub(super) end: usize,
    /// How much.
    pub(super) value: Amount,
    /// The whole of a ratio (`9` of `6/9`).
    pub(super) of: Option<Decimal>,
    /// The unit that a duration brings with it.
    pub(super) unit: Option<&'static str>,
    /// Whether 千, 万, 億 … stand behind the digits.
    pub(super) scale: Option<Decimal>,
    /// Whether it is written without commas, point and multiples.
    pub(super) bare: bool,
}

/// What the digits say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    /// So much.
    Of(Decimal),
    /// It belongs to a name, a clock time or a code: `CO2`, `第2`, `3歳児`, `19時15分`, `№5`.
    Name,
    /// No number is written so: `4億3,0000万`.
    Malformed,
}

/// What makes the digits behind it part of a name.
const BEFORE_NAMES: [&str; 12] =
    ["第", "№", "No.", "no.", "要介護", "要支援", "レベル", "ステージ", "フェーズ", "Ver.", "ver.", "Lv."];

/// Units before which a kanji numeral is a figure.
const KANJI_UNITS: [&str; 22] = [
    "人",
    "名",
    "件",
    "回",
    "社",
    "校",
    "園",
    "か所",
    "ヶ所",
    "カ所",
    "箇所",
    "団体",
    "世帯",
    "戸",
    "割",
    "倍",
    "施設",
    "地区",
    "台",
    "本",
    "店舗",
    "事業所",
];

impl Number {
    fn name(end: usize) -> Self {
        Self { end, value: Amount::Name, of: None, unit: None, scale: None, bare: false }
    }
}

/// The number that begins at a position.
pub(super) fn number_at(source: &Source, at: usize, from: usize, end: usize) -> Option<Number> {
    let first = source.at(at, end)?;
    if first.is_ascii_digit() {
        return Some(digits(source, at, from, end));
    }
    zero(source, at, end).or_else(|| kanji(source, at, from, end))
}

fn digits(source: &Source, at: usize, from: usize, end: usize) -> Number {
    let mut number = scaled(source, at, end);
    let is_ranked = source.word(number.end, end, "位").is_some();
    let spaced = source.before(source.trim_end(from, at), from) == Some('第');
    let named = spaced || BEFORE_NAMES.iter().any(|word| source.word_before(from, at, word).is_some());
    let latin = source.before(at, from).is_some_and(|c| c.is_ascii_alphabetic() || "₀₁₂₃'’".contains(c));
    let grade = source.before(at, from).is_some_and(|c| "小中高".contains(c))
        && source.before(at - 1, from).is_none_or(|c| !is_kanji(c));
    let day = source.before(at, from) == Some('月') && source.word(number.end, end, "日").is_some();
    let is_list = day || grade || latin || (named && !is_ranked);
    let always = ["24時間", "365日"].iter().filter_map(|word| source.word(at, end, word)).any(|to| {
        source.at(to, end).is_some_and(|c| (is_kanji(c) && c != '以') || c.is_ascii_digit())
            || source.at(to, end) == Some('・')
    }) || source.word(at, end, "365日").is_some()
        && source.word_before(from, at, "24時間").is_some();
    if always || is_list || is_name(source, at, number.end, end) {
        return Number { value: Amount::Name, ..number };
    }
    if let Some(end) = clock(source, at, number.end, end) {
        return Number::name(end);
    }
    if number.bare || number.scale.is_none() {
        if let Some(found) = duration(source, &number, end) {
            return found;
        }
        if let Some(found) = ratio(source, &number, end) {
            number = found;
        }
    }
    number
}

/// Whether what follows makes the number part of a name: `3歳児`, `2丁目`, `11’補正`.
fn is_name(source: &Source, at: usize, to: usize, end: usize) -> bool {
    let name = source.any(to, end, NAMES);
    let longer = source.any(to, end, NOT_NAMES);
    let plural = matches!(source.at(to, end), Some('月')) && source.word(to, end, "月間").is_none();
    let mark = matches!(source.at(to, end), Some('’' | '\'')) && to - at <= 4;
    mark || plural || name.is_some_and(|name| longer.is_none_or(|longer| longer < name))
}

/// `19時15分`, `8:30`: a time of day.
fn clock(source: &Source, at: usize, to: usize, end: usize) -> Option<usize> {
    let digit = |at: usize| source.at(at, end).is_some_and(|c| c.is_ascii_digit());
    let short = to - at <= 2;
    if short && source.at(to, end) == Some('時') && source.at(to + 1, end) != Some('間') {
        let mut last = to + 1;
        if digit(last) {
            let minutes = scan(source, last, end);
            if source.at(minutes, end) == Some('分') {
                last = minutes + 1;
            }
        } else if source.at(last, end) == Some('半') {
            last += 1;
        }
        return Some(last);
    }
    let colon = source.at(to, end) == Some(':') && digit(to + 1) && digit(to + 2) && !digit(to + 3);
    (short && colon).then_some(to + 3)
}

fn scan(source: &Source, mut at: usize, end: usize) -> usize {
    while source.at(at, end).is_some_and(|c| c.is_ascii_digit()) {
        at += 1;
    }
    at
}

fn integer(source: &Source, at: usize, end: usize) -> Option<(usize, Decimal)> {
    let to = scan(source, at, end);
    (to > at && to - at <= 18).then(|| Some((to, source.folded(at, to).parse().ok()?))).flatten()
}

/// A large unit, a small one in two spellings, and how many make one.
const STEPS: [(&str, &str, &str, i64); 7] = [
    ("時間", "分", "分", 60),
    ("分", "秒", "秒", 60),
    ("年", "か月", "か月", 12),
    ("年", "ヶ月", "ヶ月", 12),
    ("年", "カ月", "カ月", 12),
    ("歳", "か月", "か月", 12),
    ("歳", "ヶ月", "ヶ月", 12),
];

/// `2時間30分`, `1年6か月`: one figure, in the smaller unit.
fn duration(source: &Source, first: &Number, end: usize) -> Option<Number> {
    let Amount::Of(much) = first.value else { return None };
    if let Some(half) = source.word(first.end, end, "時間半") {
        let value = Amount::Of(much.checked_add(Decimal::new(5, 1))?);
        return Some(Number { end: half, value, unit: Some("時間"), bare: false, ..*first });
    }
    STEPS.iter().find_map(|(large, small, unit, factor)| {
        let next = source.word(first.end, end, large)?;
        let (to, rest) = integer(source, next, end)?;
        let to = source.word(to, end, small)?;
        let value = much.checked_mul(Decimal::from(*factor))?.checked_add(rest)?;
        Some(Number { end: to, value: Amount::Of(value), unit: Some(unit), bare: false, ..*first })
    })
}

/// `6/9`, `3分の1`.
fn ratio(source: &Source, first: &Number, end: usize) -> Option<Number> {
    let Amount::Of(much) = first.value else { return None };
    if source.at(first.end, end) == Some('/') {
        let (to, whole) = integer(source, first.end + 1, end)?;
        let value = match source.at(to, end) {
            Some('/' | '.' | ',') if source.at(to + 1, end).is_some_and(|c| c.is_ascii_digit()) => {
                Amount::Malformed
            }
            _ => Amount::Of(much),
        };
        return Some(Number { end: to, value, of: Some(whole), bare: false, ..*first });
    }
    let next = source.word(first.end, end, "分の")?;
    let (to, part) = integer(source, next, end)?;
    Some(Number { end: to, value: Amount::Of(part), of: Some(much), bare: false, ..*first })
}

/// Reads `1,073`, `5.5`, `18・5`, `3億2,000万`.
fn scaled(source: &Source, at: usize, end: usize) -> Number {
    let read = numeral_at(&source.plain[..end], at, |start, dot| dot_as_point(source, start, dot, end));
    let value = read.value.map_or(Amount::Malformed, Amount::Of);
    Number { end: read.end, value, of: None, unit: None, scale: read.scale, bare: read.bare }
}

/// `18・5人`: one digit behind a middle dot and a unit behind it, where the two are no list (`3・4歳児`, `2・3人`).
fn dot_as_point(source: &Source, at: usize, dot: usize, end: usize) -> bool {
    let read = || {
        let (to, decimals) = integer(source, dot + 1, end)?;
        let whole: Decimal = source.folded(at, dot).replace(',', "").parse().ok()?;
        let is_list = decimals == whole + Decimal::ONE || is_name(source, dot + 1, to, end);
        let unit = source.at(to, end).is_some_and(|c| is_wordy(c) || matches!(c, '%' | '‰'));
        Some(to - dot == 2 && unit && !is_list)
    };
    dot - at <= 6 && read().unwrap_or(false)
}

/// `ゼロ` as a word of its own.
fn zero(source: &Source, at: usize, end: usize) -> Option<Number> {
    let to = source.word(at, end, "ゼロ")?;
    if source.at(to, end).is_some_and(|c| is_katakana(c) || c.is_ascii_alphabetic()) {
        return None;
    }
    let is_unit = KANJI_UNITS.iter().any(|unit| source.word(to, end, unit).is_some());
    let is_word = source.at(to, end).is_some_and(is_kanji) && !is_unit;
    let is_reached = ["達成", "維持", "継続", "実現"].iter().any(|word| source.word(to, end, word).is_some());
    (!is_word || is_reached).then_some(Number { value: Amount::Of(Decimal::ZERO), ..Number::name(to) })
}

/// A kanji numeral before a counter, at the beginning of a word: `二か所`, `三割`; `三分の一`.
fn kanji(source: &Source, at: usize, from: usize, end: usize) -> Option<Number> {
    if source
        .before(at, from)
        .is_some_and(|c| (is_kanji(c) && c != '約') || is_katakana(c) || c.is_ascii_alphanumeric())
    {
        return None;
    }
    let (to, value) = kanji_run(source, at, end)?;
    if let Some(next) = source.word(to, end, "分の") {
        let (last, part) = kanji_run(source, next, end)?;
        let number = Number { value: Amount::Of(part), of: Some(value), ..Number::name(last) };
        return (!source.at(last, end).is_some_and(is_kanji)).then_some(number);
    }
    let unit = KANJI_UNITS.iter().filter_map(|unit| source.word(to, end, unit)).max()?;
    let free = !source
        .at(unit, end)
        .is_some_and(|c| (is_kanji(c) && !"以未超減増程".contains(c)) || "当あ".contains(c));
    free.then_some(Number { value: Amount::Of(value), ..Number::name(to) })
}

fn kanji_run(source: &Source, at: usize, end: usize) -> Option<(usize, Decimal)> {
    let mut here = at;
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, None::<i64>);
    while let Some(c) = source.at(here, end).filter(|_| here - at < 12) {
        if let Some(value) = "〇一二三四五六七八九".chars().position(|d| d == c) {
            if digit.is_some() {
                return None;
            }
            digit = Some(i64::try_from(value).ok()?);
        } else if let Some(factor) = [('十', 10), ('百', 100), ('千', 1000)].iter().find(|(d, _)| *d == c)
        {
            section += digit.take().unwrap_or(1) * factor.1;
        } else if let Some(factor) = [('万', 10_000), ('億', 100_000_000)].iter().find(|(d, _)| *d == c) {
            total += (section + digit.take().unwrap_or(0)) * factor.1;
            section = 0;
        } else {
            break;
        }
        here += 1;
    }
    let value = total + section + digit.unwrap_or(0);
    (value > 0).then(|| (here, Decimal::from(value)))
}
