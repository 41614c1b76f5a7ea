//! Numbers as they are written: decimals with thousands commas, and 千, 万, 億, 兆.

use rust_decimal::Decimal;

/// Reads `1,073`, `5.5`, `3億2,000万` from a digit on, in half-width characters: the index after its last character,
/// and how much. Dates such as `2.4.1` are read to their end and have no value, nor has what a decimal cannot hold.
pub fn number_at(plain: &[char], start: usize) -> (usize, Option<Decimal>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_to_the_end_of_the_number() {
        for (text, rest, value) in [
            ("1,073か所", "か所", Some("1073")),
            ("1,2", ",2", Some("1")),
            ("1.維持", ".維持", Some("1")),
            ("3億2,000万円", "円", Some("320000000")),
            ("1.5万歩", "歩", Some("15000.0")),
            ("2.4.1見込", "見込", None),
            ("99999999999999999999999999999999", "", None),
            ("99999999999999999999999999兆", "", None),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let (end, read) = number_at(&chars, 0);
            assert_eq!(chars[end..].iter().collect::<String>(), rest, "{text}");
            assert_eq!(read.map(|value| value.to_string()).as_deref(), value, "{text}");
        }
    }
}
