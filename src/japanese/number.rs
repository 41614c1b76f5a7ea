//! Numerals: decimals with thousands commas, and 十, 百, 千, 万, 億, 兆 behind them.

use rust_decimal::Decimal;

/// A numeral in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// Index after its last character.
    pub end: usize,
    /// How much, multiplied out; none where no number is written so (`2.4.1`, `1,2`, `007`, `4億3,0000万`), and for
    /// what a decimal cannot hold.
    pub value: Option<Decimal>,
    /// What 千, 万, 億 … behind the digits make, of the last digits.
    pub scale: Option<Decimal>,
    /// Whether it is written without commas, point and multiples.
    pub bare: bool,
}

/// Reads `1,073`, `5.5`, `3億2,000万` from a digit on, in half-width characters, to its last character.
///
/// Whether a middle dot is a decimal point (`18・5人`), the caller knows: it is asked with the indices of the first
/// digit and of the dot.
pub fn numeral_at(plain: &[char], at: usize, is_point: impl Fn(usize, usize) -> bool) -> Numeral {
    let mut digits = decimal(plain, at, &is_point);
    let bare = digits.bare;
    let (mut total, mut above, mut scale) = (Decimal::ZERO, None::<Decimal>, None);
    let value = loop {
        let multiple = multiple_at(plain, digits.end);
        let section = match multiple {
            Some(ref by) => digits.value.and_then(|n| n.checked_mul(by.product)).map(|n| n.normalize()),
            None => digits.value,
        };
        // Each part is below the multiple in front of it: no number is written `3万2億`.
        let section = section.filter(|n| above.is_none_or(|above| *n < above));
        let Some(sum) = section.and_then(|n| total.checked_add(n)) else { break None };
        let Some(by) = multiple else { break Some(sum) };
        digits.end = by.end;
        scale = Some(by.product);
        if !plain.get(by.end).is_some_and(char::is_ascii_digit) {
            break Some(sum);
        }
        (total, above) = (sum, Some(by.last));
        digits = decimal(plain, by.end, &is_point);
    };
    Numeral { end: digits.end, value, scale, bare: bare && scale.is_none() }
}

/// Digits with commas and a point: end, value and whether they stand without either.
fn decimal(plain: &[char], at: usize, is_point: impl Fn(usize, usize) -> bool) -> Numeral {
    let after_digits = |i: usize| i + plain[i..].iter().take_while(|c| c.is_ascii_digit()).count();
    let digit = |i: usize| plain.get(i).is_some_and(char::is_ascii_digit);
    let first = after_digits(at);
    let (mut end, mut right) = (first, true);
    while plain.get(end) == Some(&',') && digit(end + 1) {
        let group = after_digits(end + 1);
        right &= first - at <= 3 && group - end == 4;
        end = group;
    }
    right &= plain[at] != '0' || end - at == 1;
    let whole = end;
    let mut points = 0;
    while plain.get(end) == Some(&'.') && digit(end + 1) {
        end = after_digits(end + 1);
        points += 1;
    }
    if points == 0 && plain.get(end) == Some(&'・') && digit(end + 1) && is_point(at, end) {
        end = after_digits(end + 1);
        points = 1;
    }
    let text = plain[at..end].iter().filter(|c| **c != ',').map(|&c| if c == '・' { '.' } else { c });
    let value = (right && points < 2).then(|| Decimal::from_str_exact(&text.collect::<String>()).ok());
    Numeral { end, value: value.flatten(), scale: None, bare: first == whole && whole == end }
}

/// 千, 百万, 億 … behind digits.
struct Multiple {
    /// Index after its last character.
    end: usize,
    /// What its characters make together: 百万 is 1,000,000.
    product: Decimal,
    /// What its last step makes: the 万 of 百万.
    last: Decimal,
}

/// 十, 百, 千 and their products below 百千, then 万, 億 or 兆.
fn multiple_at(plain: &[char], at: usize) -> Option<Multiple> {
    let (mut end, mut small) = (at, 1_i64);
    while let Some(factor) = plain.get(end).and_then(|c| match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        _ => None,
    }) {
        if small * factor > 100_000 {
            break;
        }
        small *= factor;
        end += 1;
    }
    let big = plain.get(end).and_then(|c| match c {
        '万' => Some(10_000_i64),
        '億' => Some(100_000_000),
        '兆' => Some(1_000_000_000_000),
        _ => None,
    });
    end += usize::from(big.is_some());
    let product = Decimal::from(small) * Decimal::from(big.unwrap_or(1));
    (end > at).then(|| Multiple { end, product, last: Decimal::from(big.unwrap_or(small)) })
}

/// What a kanji numeral below 万 is.
pub(super) fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        _ => return None,
    })
}

/// The number below 万 in kanji at the head of a text (`二十一`, `二一`), and where it ends.
pub(super) fn kanji_number(text: &str) -> Option<(u32, usize)> {
    let end = text.find(|c| numeral(c).is_none()).unwrap_or(text.len());
    let (mut total, mut digits, mut above) = (0_u32, None::<u32>, u32::MAX);
    for numeral in text[..end].chars().filter_map(numeral) {
        if numeral < 10 {
            digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(numeral)?);
        } else if numeral < above && digits.is_none_or(|digits| (1..10).contains(&digits)) {
            total += digits.take().unwrap_or(1) * numeral;
            above = numeral;
        } else {
            return None;
        }
    }
    let digits = digits.unwrap_or(0);
    (end > 0 && digits < above.min(10_000)).then(|| (total + digits, end))
}

/// Digits, perhaps with a point, with commas between thousands.
pub fn with_commas(digits: &str) -> String {
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut shown = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_to_the_end_of_the_numeral() {
        for (text, rest, value) in [
            ("1,073か所", "か所", Some("1073")),
            ("1,2", "", None),
            ("1.維持", ".維持", Some("1")),
            ("3億2,000万円", "円", Some("320000000")),
            ("1.5万歩", "歩", Some("15000")),
            ("3百万円", "円", Some("3000000")),
            ("1万4千人", "人", Some("14000")),
            ("4億3,0000万円", "万円", None),
            ("3万2億", "億", None),
            ("007", "", None),
            ("18・5人", "・5人", Some("18")),
            ("2.4.1見込", "見込", None),
            ("99999999999999999999999999999999", "", None),
            ("99999999999999999999999999兆", "兆", None),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let read = numeral_at(&chars, 0, |_, _| false);
            assert_eq!(chars[read.end..].iter().collect::<String>(), rest, "{text}");
            assert_eq!(read.value.map(|value| value.to_string()).as_deref(), value, "{text}");
        }
    }

    #[test]
    fn numbers_in_kanji_are_read() {
        for (text, expected) in [
            ("二", Some((2, 3))),
            ("十", Some((10, 3))),
            ("二十一章", Some((21, 9))),
            ("百五", Some((105, 6))),
            ("三千二百", Some((3_200, 12))),
            ("二〇", Some((20, 6))),
            ("十百", None),
            ("十二三", None),
            ("万", None),
            ("安心", None),
        ] {
            assert_eq!(kanji_number(text), expected, "{text}");
        }
    }

    #[test]
    fn a_middle_dot_is_a_point_where_the_caller_says_so() {
        let chars: Vec<char> = "18・5人".chars().collect();
        let read = numeral_at(&chars, 0, |first, dot| (first, dot) == (0, 2));
        assert_eq!((read.end, read.value), (4, Some(Decimal::new(185, 1))));
    }
}
