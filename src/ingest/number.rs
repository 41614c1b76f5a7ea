//! Numbers as cells show them: General, or by the cell's number format code.
//!
//! Numbers are taken as decimals of 15 significant digits, as Excel does (0.1+0.2 is 0.3); all rounding is
//! decimal, half away from zero.

use super::date::{self, Calendar};
use super::format::{Denominator, Fraction, NumberFormat, Section, Token};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

/// The text of a number under a format, `None` if its code is not understood or cannot show it. May be empty
/// (`;;;`).
pub(super) fn show(value: f64, format: &NumberFormat, calendar: Calendar<'_>) -> Option<String> {
    if format.is_general() {
        return Some(general(value));
    }
    let number = decimal(value)?;
    let (section, signed) = choose(format.sections()?, number)?;
    if section.is_date() {
        return date::show(number, section, calendar);
    }
    Some(render(number, section, signed))
}

/// The text of a text cell whose format adds to it (`@"様"`) or hides it (`;;;`); `None` if it is its own.
pub(super) fn show_text(text: &str, format: &NumberFormat) -> Option<String> {
    if !format.is_for_texts() {
        return None;
    }
    let sections = format.sections()?;
    let section = sections.get(3).or_else(|| sections.last().filter(|s| s.is_text()))?;
    let shown = section.tokens.iter().map(|token| match token {
        Token::Literal(literal) => literal.as_str(),
        Token::Text | Token::General => text,
        _ => "",
    });
    Some(shown.collect())
}

/// Characters of a number with decimals that a cell of General has room for, the point included.
const GENERAL: usize = 11;

/// The text of a number in General: as short as it can be told, without an exponent for ordinary magnitudes. Whole
/// numbers of more than eleven digits, which Excel shows with an exponent, keep them all.
pub(super) fn general(value: f64) -> String {
    match decimal(value) {
        Some(number) => general_decimal(number),
        None => scientific(value),
    }
}

/// The decimals that have room are rounded, the others go.
fn general_decimal(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let digits = text.trim_start_matches('-');
    match digits.find('.') {
        Some(whole) if digits.len() > GENERAL => {
            let room = u32::try_from(GENERAL.saturating_sub(whole + 1)).expect("at most 11");
            let rounded = number.round_dp_with_strategy(room, RoundingStrategy::MidpointAwayFromZero);
            rounded.normalize().to_string()
        }
        _ => text,
    }
}

/// The number with 15 significant digits; `None` outside of the ordinary magnitudes.
fn decimal(value: f64) -> Option<Decimal> {
    if value == 0.0 {
        return Some(Decimal::ZERO);
    }
    let ordinary = (1e-9..1e15).contains(&value.abs());
    ordinary.then(|| few_decimals(value).or_else(|| any_decimals(value))).flatten()
}

fn any_decimals(value: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{value:.14e}")).ok()
}

/// The number if it has at most four decimals, as most numbers in forms have.
///
/// A decimal of 15 digits survives the way to a double and back (IEEE 754), so if the nearest such decimal is
/// this double, no other decimal of 15 digits is.
#[expect(
    clippy::float_arithmetic,
    clippy::float_cmp,
    reason = "the same double is asked for, to the last bit"
)]
fn few_decimals(value: f64) -> Option<Decimal> {
    const POWERS: [f64; 5] = [1.0, 1e1, 1e2, 1e3, 1e4];
    let (decimals, mantissa) = (0..).zip(POWERS).find_map(|(decimals, power)| {
        let mantissa = (value * power).round();
        (mantissa.abs() < 1e15 && mantissa / power == value).then_some((decimals, mantissa))
    })?;
    mantissa.to_i64().map(|mantissa| Decimal::new(mantissa, decimals))
}

/// Whether a text is a number with a power of ten: `1.23E+05`.
pub(super) fn is_scientific(text: &str) -> bool {
    text.split_once(['E', 'e']).is_some_and(|(_, power)| power.starts_with(['+', '-']))
        && text.parse::<f64>().is_ok()
}

/// `1E+20`, `1.5E-10`.
fn scientific(value: f64) -> String {
    let text = format!("{value:E}");
    match text.split_once('E') {
        Some((mantissa, exponent)) => match exponent.strip_prefix('-') {
            Some(exponent) => format!("{mantissa}E-{exponent:0>2}"),
            None => format!("{mantissa}E+{exponent:0>2}"),
        },
        None => text,
    }
}

/// The section for a number, and whether a negative number shows its sign in it.
fn choose(sections: &[Section], number: Decimal) -> Option<(&Section, bool)> {
    // The fourth section is for texts, and so is a last one with `@`.
    let numeric: Vec<_> = sections.iter().take(3).collect();
    let numeric = match numeric.split_last() {
        Some((last, rest)) if last.is_text() && !rest.is_empty() => rest,
        _ => &numeric[..],
    };
    if numeric.iter().any(|s| s.condition.is_some()) {
        let found = numeric.iter().find(|s| s.condition.as_ref().is_none_or(|c| c.holds(number)));
        return found.map(|section| (*section, true));
    }
    match numeric {
        [] => None,
        [all] => Some((all, true)),
        [_, negative, ..] if number < Decimal::ZERO => Some((negative, false)),
        [_, _, zero, ..] if number.is_zero() => Some((zero, true)),
        [positive, ..] => Some((positive, true)),
    }
}

fn render(number: Decimal, section: &Section, signed: bool) -> String {
    let tokens = &section.tokens;
    if tokens.iter().any(|token| matches!(token, Token::Fraction(_) | Token::Exponent)) {
        return render_otherwise(number, section, signed);
    }
    let places = section.places;
    let exact = places.scale(number.abs());
    let rounded = exact.round_dp_with_strategy(places.decimals, RoundingStrategy::MidpointAwayFromZero);
    let digits = Digits::of(rounded, places.decimals);
    let mut out = String::new();
    if signed && number < Decimal::ZERO && (!rounded.is_zero() || !places.any()) {
        out.push('-');
    }
    let (mut whole, mut part, mut after_point) = (0, 0, false);
    for token in tokens {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::General | Token::Text => {
                let general = general_decimal(number.abs());
                out.push_str(&section.numerals.map_or_else(|| general.clone(), |n| n.spelled(&general)));
            }
            Token::Percent => out.push('%'),
            Token::Point => {
                after_point = true;
                out.push('.');
            }
            Token::Digit(kind) => {
                let start = out.len();
                if after_point {
                    digits.push_decimal(&mut out, *kind, part);
                    part += 1;
                } else {
                    digits.push_whole(&mut out, *kind, places.whole - whole - 1, whole == 0, places.grouped);
                    whole += 1;
                }
                if let Some(numerals) = section.numerals {
                    let shown = numerals.digits(&out[start..]);
                    out.replace_range(start.., &shown);
                }
            }
            Token::HalfDay(..)
            | Token::Comma
            | Token::Date(..)
            | Token::Elapsed(..)
            | Token::Fraction(_)
            | Token::Exponent => {}
        }
    }
    out
}

/// A number as a fraction; or with all of its digits, where a power of ten would hide some.
fn render_otherwise(number: Decimal, section: &Section, signed: bool) -> String {
    let mut out = String::new();
    if signed && number < Decimal::ZERO {
        out.push('-');
    }
    for token in &section.tokens {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            Token::Exponent => out.push_str(&general_decimal(section.places.scale(number.abs()))),
            Token::Fraction(fraction) => out.push_str(&as_fraction(number.abs(), *fraction)),
            _ => {}
        }
    }
    out
}

fn as_fraction(number: Decimal, Fraction { is_mixed, denominator }: Fraction) -> String {
    let whole = if is_mixed { number.trunc() } else { Decimal::ZERO };
    let rest = number - whole;
    let (above, below) = match denominator {
        Denominator::Fixed(below) => {
            let above = (rest * Decimal::from(below))
                .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            (above.mantissa().unsigned_abs(), u128::from(below))
        }
        Denominator::UpTo(most) => {
            nearest(rest.mantissa().unsigned_abs(), 10_u128.pow(rest.scale()), u128::from(most))
        }
    };
    match (above, is_mixed) {
        (0, true) => whole.normalize().to_string(),
        (above, true) if above == below => (whole + Decimal::ONE).normalize().to_string(),
        (_, true) if !whole.is_zero() => format!("{} {above}/{below}", whole.normalize()),
        _ => format!("{above}/{below}"),
    }
}

/// The fraction with a denominator of at most `most` that is nearest to another: the last of its continued fraction that
/// is small enough, or what lies between that and the next.
fn nearest(above: u128, below: u128, most: u128) -> (u128, u128) {
    let (mut before, mut last) = ((0, 1), (1, 0));
    let (mut n, mut d) = (above, below);
    while d > 0 {
        let term = n / d;
        let next = (before.0 + term * last.0, before.1 + term * last.1);
        if next.1 > most {
            let term = (most - before.1) / last.1;
            let between = (before.0 + term * last.0, before.1 + term * last.1);
            let off = |(p, q): (u128, u128)| (p * below).abs_diff(above * q);
            let is_nearer = off(between) * last.1 < off(last) * between.1;
            return if is_nearer { between } else { last };
        }
        (before, last) = (last, next);
        (n, d) = (d, n % d);
    }
    last
}

/// The digits before and after the point; zero has none before it.
struct Digits {
    text: String,
    /// How many of them stand before the point.
    whole: usize,
}

impl Digits {
    /// The digits of a number that is rounded to so many decimals.
    fn of(mut number: Decimal, decimals: u32) -> Self {
        number.rescale(decimals);
        let mantissa = number.mantissa().unsigned_abs();
        let mut text = match u64::try_from(mantissa) {
            Ok(0) => String::new(),
            Ok(mantissa) => mantissa.to_string(),
            Err(_) => mantissa.to_string(),
        };
        let decimals = usize::try_from(number.scale()).expect("at most 28");
        if text.len() < decimals {
            text.insert_str(0, &"0".repeat(decimals - text.len()));
        }
        let whole = text.len() - decimals;
        Self { text, whole }
    }

    /// The digit at a place counted from the point; the first placeholder also takes all digits before it.
    fn push_whole(&self, out: &mut String, kind: char, place: usize, first: bool, grouped: bool) {
        let whole = &self.text.as_bytes()[..self.whole];
        let top = if first { whole.len().max(place + 1) } else { place + 1 };
        for place in (place..top).rev() {
            let digit = whole.len().checked_sub(place + 1).map(|i| char::from(whole[i]));
            let Some(digit) = digit.or((kind == '0').then_some('0')) else { continue };
            out.push(digit);
            if grouped && place > 0 && place % 3 == 0 {
                out.push(',');
            }
        }
    }

    /// The digit at an index after the point; `#` and `?` leave out zeros at the end.
    fn push_decimal(&self, out: &mut String, kind: char, index: usize) {
        let rest = self.text.as_bytes().get(self.whole + index..).unwrap_or_default();
        if kind == '0' || rest.iter().any(|&digit| digit != b'0') {
            out.push(rest.first().map_or('0', |digit| char::from(*digit)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::date::JAPANESE;
    use super::*;

    #[test]
    fn general_shows_numbers_as_short_as_they_are() {
        for (value, shown) in [
            (1.0, "1"),
            (0.0, "0"),
            (-0.0, "0"),
            (4.4, "4.4"),
            (0.1 + 0.2, "0.3"),
            (-71.25, "-71.25"),
            (5498.48, "5498.48"),
            (1_234_567_890_123.0, "1234567890123"),
            (1e20, "1E+20"),
            (1.5e-10, "1.5E-10"),
            (0.00001, "0.00001"),
            (1.0 / 3.0, "0.333333333"),
            (-100.0 / 3.0, "-33.33333333"),
            (200.0 / 3.0, "66.66666667"),
            (123_456_789_012.5, "123456789013"),
            (0.57, "0.57"),
            (1_912.167_000_000_000_1, "1912.167"),
        ] {
            assert_eq!(general(value), shown);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_short_way_to_a_decimal_ends_where_the_long_one_does(digits in -1_000_000_000_000_000_i64..1_000_000_000_000_000, places in 0_u32..7, noise in 0_u64..3) {
            let decimal = Decimal::new(digits, places).to_f64().unwrap();
            let value = f64::from_bits(decimal.to_bits() + noise);
            if let Some(short) = few_decimals(value) {
                assert_eq!(Some(short), any_decimals(value), "{value}");
            }
        }
    }

    #[test]
    fn numbers_follow_their_format() {
        let check = |value: f64, code: &str, shown: &str| {
            assert_eq!(
                show(value, &NumberFormat::new(code), JAPANESE).as_deref(),
                Some(shown),
                "{value} {code}"
            );
        };
        check(0.71, "0%", "71%");
        check(0.71, "0.0%", "71.0%");
        check(0.285, "0%", "29%");
        check(1073.0, "#,##0", "1,073");
        check(1_234_567.5, "#,##0.00", "1,234,567.50");
        check(999.0, "#,##0", "999");
        check(0.0, "#,##0", "0");
        check(2.0, "0.00", "2.00");
        check(1.005, "0.00", "1.01");
        check(1073.0, "#,##0\"か所\"", "1,073か所");
        check(12.0, "0\"件\"", "12件");
        check(12.0, "0件", "12件");
        check(12.0, "\"約\"0\\人", "約12人");
        check(4.5, "General", "4.5");
        check(4.5, "G/標準\"名\"", "4.5名");
        check(4.0, "@", "4");
        check(0.5, "#.##", ".5");
        check(-3.0, "0", "-3");
        check(-0.3, "0", "0");
        check(-3.0, "0;△0", "△3");
        check(-1234.0, "#,##0;\"△ \"#,##0;\"―\"", "△ 1,234");
        check(0.0, "#,##0;\"△ \"#,##0;\"―\"", "―");
        check(0.0, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "-");
        check(7.0, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "7");
        check(5.0, "[Red]0", "5");
        check(150.0, "[>=100]\"多数\";0", "多数");
        check(15.0, "[>=100]\"多数\";0", "15");
        check(1_530_043.0, "000-0000", "153-0043");
        check(7.0, "000", "007");
        check(12_345_678.0, "#,##0,", "12,346");
        check(1500.0, "0.0,\"千\"", "1.5千");
        check(1200.0, "[$¥-411]#,##0", "¥1,200");
        check(5.0, ";;;", "");
        check(1234.0, "[DBNum1]General", "千二百三十四");
        check(1234.0, "[DBNum1][$-411]0", "一二三四");
        check(12.0, "[DBNum3]0\"件1\"", "１２件1");
        // A power of ten would hide digits.
        check(123_456.0, "0.00E+00", "123456");
        check(-0.000_123, "0.0E+0\"秒\"", "-0.000123秒");
        check(0.75, "# ?/?", "3/4");
        check(0.75, "?/?", "3/4");
        check(-1.75, "# ?/?\"時間\"", "-1 3/4時間");
        check(1.75, "?/?", "7/4");
        check(5.0, "# ?/?", "5");
        check(0.0, "# ?/?", "0");
        check(0.99, "# ?/?", "1");
        check(0.3125, "# ??/??", "5/16");
        check(0.3125, "# ?/?", "1/3");
        check(0.312_5, "# ?/8", "3/8");
        check(2.3, "# ?/10", "2 3/10");
        check(std::f64::consts::PI, "# ???/???", "3 16/113");
        check(43_556.0, "yyyy/m/d", "2019/4/1");
    }

    #[test]
    fn texts_follow_their_format() {
        for (text, code, shown) in [
            ("目黒", "@", "目黒"),
            ("目黒", "General", "目黒"),
            ("目黒", "@\"区\"", "目黒区"),
            ("目黒", "0;0;0;\"〔\"@\"〕\"", "〔目黒〕"),
            ("目黒", "#,##0;△#,##0", "目黒"),
            ("目黒", ";;;", ""),
        ] {
            assert_eq!(show_text(text, &NumberFormat::new(code)).as_deref().unwrap_or(text), shown, "{code}");
        }
    }
}
