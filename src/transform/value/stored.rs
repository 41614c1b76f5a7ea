//! The number that a numeric cell stores: sign and scale come from it, the digits from what the cell shows.
//!
//! * **V11** A figure without a direction of change has the sign of the stored number: a number format may show −1234 as
//!   `(1,234)` or in red.
//! * **V12** A format may leave out thousands (`#,##0,`): a figure that is the stored number but for thousands, millions
//!   or thousand millions is multiplied by them. One whose format writes the unit (`600千円` of a stored 600) is what it
//!   says. Anything else is said, and the figure is kept in words.
//!   A fraction (`3/4` of a format `# ?/?`) is the stored number.
//! * **V13** Where the template says so, a figure that stands in brackets, alone or with its unit, is below zero:
//!   `(1,234)`, `（1,234千円）`. Otherwise brackets say nothing of the sign.

use super::understand::Understood;
use crate::finding::{Finding, Problem, Why};
use crate::japanese::is_percent_sign;
use crate::model::{NumberFormat, Part, Quantity, Value};
use rust_decimal::Decimal;

/// Gives the sign and the scale of the stored number to a value with one figure. What fits in no way becomes words, and
/// is said.
pub(in crate::transform) fn settle(value: &mut Value, stored: Decimal) -> Option<Finding> {
    value.stored = Some(stored);
    let written = NumberFormat::read(&value.text).map(|(number, _)| number.abs());
    let [part] = value.parts.as_mut_slice() else { return None };
    let Quantity::Exact(figure) = part.quantity else { return None };
    let is_percent = part.unit.as_deref().is_some_and(is_percent_sign);
    let expected = if is_percent { stored.checked_mul(Decimal::ONE_HUNDRED)? } else { stored };
    // A format of fractions shows 0.75 as `3/4`.
    let fraction = part.of.and_then(|whole| figure.checked_div(whole));
    if fraction.is_some_and(|fraction| scale(fraction.abs(), stored.abs()) == Some(Decimal::ONE)) {
        (part.quantity, part.of) = (Quantity::Exact(stored), None);
        return None;
    }
    // A rounded zero has neither sign nor scale.
    if figure.is_zero() || expected.is_zero() {
        return None;
    }
    // A format may append the sign to a number that is a percentage already (`0"％"`).
    let as_stored = || scale(figure.abs(), stored.abs()).filter(|scale| is_percent && *scale == Decimal::ONE);
    let as_written = || written.and_then(|it| scale(it, stored.abs())).filter(|scale| *scale == Decimal::ONE);
    let Some(scale) = scale(figure.abs(), expected.abs()).or_else(as_stored).or_else(as_written) else {
        let (text, at) = ((&value.text).into(), (&value.text).into());
        *part = Part::of(Quantity::Stated(value.text.clone()));
        let problem = Problem::ValueDoubtful { text, at, why: Why::Stored };
        return Some(Finding::new(problem, value.origin.clone()));
    };
    let mut settled = figure.checked_mul(scale)?;
    if part.change.is_none() {
        settled.set_sign_negative(expected.is_sign_negative());
    }
    part.quantity = Quantity::Exact(settled);
    None
}

/// Gives a figure in brackets its sign (V13).
pub(super) fn negate_bracketed(text: &str, understood: &mut Understood) {
    let inside = text.trim().strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let [Part { quantity: Quantity::Exact(figure), change: None, .. }] = understood.parts.as_mut_slice()
    else {
        return;
    };
    if inside.is_some_and(|inside| !inside.contains(['（', '(', '）', ')'])) {
        figure.set_sign_negative(true);
    }
}

/// By how much the shown figure is smaller than the stored one: by nothing but rounding, or by whole thousands.
fn scale(shown: Decimal, stored: Decimal) -> Option<Decimal> {
    let near = |scale: &Decimal| {
        let scaled = shown.checked_mul(*scale);
        // One digit rounds by half of itself at most: 1.5 is shown as 2, 1.4 as 1.
        scaled.is_some_and(|scaled| {
            scaled <= stored * Decimal::TWO && stored * Decimal::TWO <= scaled * Decimal::from(3)
        })
    };
    [1_i64, 1_000, 1_000_000, 1_000_000_000].into_iter().map(Decimal::from).find(near)
}

#[cfg(test)]
mod tests {
    use super::super::readings::value;
    use super::*;

    #[test]
    fn brackets_are_a_sign_where_the_template_says_so() {
        use super::super::{Context, parse};
        use crate::japanese::{HOUSE, Notation};
        use crate::model::Eras;
        for (text, expected) in [
            ("(1,234)", "-1234"),
            ("（1,234千円）", "-1234000"),
            ("（27年度）50人", "50"),
            ("（27年度）50人（見込）", "50"),
            ("50人（27年度）", "50"),
            ("1,234", "1234"),
            ("（△5）", "-5"),
        ] {
            let notation = Notation { negative_brackets: true, ..HOUSE };
            let context = Context { notation, eras: Eras::heisei() };
            let origin = crate::model::Origin::of_file("-");
            let value = parse(text, None, origin, &context).value.unwrap();
            assert_eq!(value.parts.len(), 1, "{text}");
            assert_eq!(value.parts[0].quantity, Quantity::Exact(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn sign_and_scale_come_from_the_stored_number() {
        for (shown, stored, expected) in [
            ("(1,234)", "-1234", "-1234"),
            ("1,234", "-1234", "-1234"),
            ("▲1,234", "-1234", "-1234"),
            ("1,235", "1234567", "1235000"),
            ("1,235千円", "1234567", "1235000"),
            ("600千円", "600", "600000"),
            ("△1,234百万円", "-1234.4", "-1234000000"),
            ("72％", "0.715", "72"),
            ("△3.1％", "-0.0312", "-3.1"),
            ("13.5", "13.46", "13.5"),
            ("1", "1.4", "1"),
            ("2人", "1.5", "2"),
            ("0", "-0.4", "0"),
            ("30％減", "0.3", "30"),
            ("85％", "85", "85"),
            ("85％", "-85", "-85"),
            ("3/4", "0.75", "0.75"),
        ] {
            let mut value = value(shown);
            let said = settle(&mut value, stored.parse().expect("the test's number"));
            assert_eq!(said, None, "{shown}");
            assert_eq!(
                value.parts[0].quantity,
                Quantity::Exact(expected.parse().expect("a number")),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_figure_that_is_not_the_stored_number_is_kept_in_words() {
        for (shown, stored) in [("12人", "5"), ("72", "0.72")] {
            let mut value = value(shown);
            let said = settle(&mut value, stored.parse().expect("the test's number"));
            assert!(said.is_some(), "{shown}");
            assert_eq!(value.parts[0].quantity, Quantity::Stated(shown.to_owned()));
        }
    }
}
