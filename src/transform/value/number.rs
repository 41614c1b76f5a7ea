//! Numbers in a text, and those that belong to names.

use crate::japanese::number_at;
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
        let (end, value) = number_at(plain, i);
        let value = value.filter(|_| !is_named(plain, i, end));
        numbers.push(Number { start: i, end, value });
        i = end;
    }
    numbers
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
