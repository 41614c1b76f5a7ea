//! Numbers in a text: decimals with thousands commas and 万/億, and the numbers that belong to names.

use rust_decimal::Decimal;

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// Index of the first digit.
    pub(super) start: usize,
    /// Index after the last character.
    pub(super) end: usize,
    /// How much; absent if it belongs to a name, a date or a fraction, or has more digits than a decimal holds.
    pub(super) value: Option<Decimal>,
}

/// What makes a number before it part of a name: 3歳児, 2年生, 19時, 一丁目 …
const NAME_UNITS: [&str; 12] =
    ["歳児", "年生", "年度", "丁目", "番地", "時", "号", "次", "期", "級", "月", "軒目"];

/// Those words of longer units that begin like a name's: 時間, 期間, 月額 …
const NOT_NAME_UNITS: [&str; 6] = ["時間", "期間", "次元", "号車", "級数", "期生"];

/// All numbers outside brackets, left to right. `plain` is the text with half-width forms.
pub(super) fn numbers(plain: &[char], inside: &[bool]) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut i = 0;
    while i < plain.len() {
        if inside[i] || !plain[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let (end, value) = read(plain, i);
        let value = value.filter(|_| !is_named(plain, i, end));
        numbers.push(Number { start: i, end, value });
        i = end;
    }
    numbers
}

/// Reads `1,073`, `5.5`, `3億2,000万` from a digit on; dates such as `2.4.1` are read to their end and have no value.
fn read(plain: &[char], start: usize) -> (usize, Option<Decimal>) {
    let (mut end, mut total) = read_plain(plain, start);
    let mut scale = multiplier(plain, &mut end);
    if let Some(scale) = scale {
        total = total.and_then(|n| n.checked_mul(scale));
    }
    while scale.is_some() && plain.get(end).is_some_and(char::is_ascii_digit) {
        let (mut next_end, next) = read_plain(plain, end);
        scale = multiplier(plain, &mut next_end);
        let next = next.and_then(|n| n.checked_mul(scale.unwrap_or(Decimal::ONE)));
        total = total.zip(next).and_then(|(total, next)| total.checked_add(next));
        end = next_end;
    }
    (end, total)
}

fn read_plain(plain: &[char], start: usize) -> (usize, Option<Decimal>) {
    let digits_from = |i: usize| plain[i..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut end = start + digits_from(start);
    while plain.get(end) == Some(&',') && digits_from(end + 1) == 3 {
        end += 4;
    }
    let mut points = 0;
    while plain.get(end) == Some(&'.') && digits_from(end + 1) > 0 {
        end += 1 + digits_from(end + 1);
        points += 1;
    }
    if points > 1 {
        return (end, None);
    }
    let text: String = plain[start..end].iter().filter(|c| **c != ',').collect();
    (end, Decimal::from_str_exact(&text).ok())
}

/// 千, 万, 億, 兆 and their products from `end` on.
fn multiplier(plain: &[char], end: &mut usize) -> Option<Decimal> {
    let mut scale: Option<Decimal> = None;
    while let Some(factor) = plain.get(*end).and_then(|c| match c {
        '千' => Some(1_000_i64),
        '万' => Some(10_000),
        '億' => Some(100_000_000),
        '兆' => Some(1_000_000_000_000),
        _ => None,
    }) {
        scale = Some(scale.unwrap_or(Decimal::ONE).checked_mul(Decimal::from(factor))?);
        *end += 1;
    }
    scale
}

/// Whether the number is part of a name, a date or a fraction: `CO2`, `№5`, `第2`, `3歳児`, `19時15分`, `28年1月`, `1/2`.
fn is_named(plain: &[char], start: usize, end: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).map(|i| plain[i]);
    let after = |word: &str| word.chars().enumerate().all(|(i, c)| plain.get(end + i) == Some(&c));
    let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    match before(1) {
        Some(c) if c.is_ascii_alphabetic() || matches!(c, '第' | '№') => return true,
        Some('時' | '月' | '/') if digit(before(2).as_ref()) => return true,
        Some('.') if before(2) == Some('o') => return true,
        _ => {}
    }
    let fraction = plain.get(end) == Some(&'/') && digit(plain.get(end + 1));
    let year = plain.get(end) == Some(&'年') && digit(plain.get(end + 1));
    let unit = NAME_UNITS.iter().any(|unit| after(unit)) && !NOT_NAME_UNITS.iter().any(|unit| after(unit));
    fraction || year || unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_skips_names() {
        for (text, expected) in [
            ("1,073か所", "1073"),
            ("5,498.48㎡と1.80", "5498.48 1.80"),
            ("1,2,345", "1 2345"),
            ("3億2,000万円、5千人", "320000000 5000"),
            ("1.5万歩", "15000.0"),
            ("～19時15分：4園", "- - 4"),
            ("100時間、3か月、83.5歳", "100 3 83.5"),
            ("CO2、№5、第2、3歳児、28年1月、1/2", "- - - - - - - -"),
            ("R2.4.1見込", "-"),
            ("99999999999999999999999999999999", "-"),
            ("99999999999999999999999999兆", "-"),
        ] {
            let plain: Vec<char> = text.chars().collect();
            let shown: Vec<String> = numbers(&plain, &vec![false; plain.len()])
                .iter()
                .map(|n| n.value.map_or("-".to_owned(), |v| v.to_string()))
                .collect();
            assert_eq!(shown.join(" "), expected, "{text}");
        }
    }
}
