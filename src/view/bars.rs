//! What a revision does to a target, as two bars on one scale: only where both targets state a figure of the same
//! measure in the same unit, so that the picture never compares what cannot be compared.

use crate::compare::{self, Change};
use crate::japanese::with_commas;
use crate::model::{Bar, Bars, Part, Quantity, Record, Role, Value};
use crate::template::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// The bars of a row, measure by measure.
pub(super) fn of(row: &Record, template: &Template) -> Vec<Bars> {
    let (Some(old), Some(new)) = (row.value_of(Role::Target), row.value_of(Role::NewTarget)) else {
        return Vec::new();
    };
    let change = compare::within(row, template).filter(Change::is_of_value);
    let pairs = change.into_iter().flat_map(|change| change.measures);
    pairs.filter_map(|(from, to)| bars((old, from), (new, to))).collect()
}

fn bars(old: (&Value, &Part), new: (&Value, &Part)) -> Option<Bars> {
    // Changes, ranks and ratios are no lengths to be compared.
    let level = |part: &Part| part.change.is_none() && part.of.is_none() && !part.rank && !part.relative;
    if !level(old.1) || !level(new.1) {
        return None;
    }
    let (from, to) = (old.1.quantity.figure()?, new.1.quantity.figure()?);
    let longest = from.max(to);
    if from.min(to).is_sign_negative() || longest.is_zero() {
        return None;
    }
    let length = |figure: Decimal| {
        let share = figure.checked_div(longest)? * Decimal::ONE_THOUSAND;
        share.round().to_u32()
    };
    let said = |(value, part): (&Value, &Part)| match value.parts.len() {
        1 => Some(value.text_with_unit()),
        _ => in_words(part),
    };
    Some(Bars {
        old: Bar { words: said(old)?, length: length(from)? },
        new: Bar { words: said(new)?, length: length(to)? },
    })
}

/// A part among others: `定員48名`, `1,253件以上`, `4人／年`; nothing for what is no figure.
fn in_words(part: &Part) -> Option<String> {
    let bound = match part.quantity {
        Quantity::Exact(_) => "",
        Quantity::AtLeast(_) => "以上",
        Quantity::AtMost(_) => "以下",
        Quantity::MoreThan(_) => "超",
        Quantity::LessThan(_) => "未満",
        Quantity::Range(_) | Quantity::Stated(_) | Quantity::Status(_) => return None,
    };
    let figure = with_commas(&part.quantity.figure()?.to_string());
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    let per = part.per.as_ref().map(|per| format!("／{per}")).unwrap_or_default();
    Some(format!("{}{figure}{}{bound}{per}", of(&part.label), of(&part.unit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Completion, Origin};

    fn part(quantity: Quantity, label: Option<&str>, unit: &str, per: Option<&str>) -> Part {
        let owned = |text: &str| text.to_owned();
        Part { label: label.map(owned), unit: Some(owned(unit)), per: per.map(owned), ..Part::of(quantity) }
    }

    #[test]
    fn figures_are_said_in_words() {
        let number = |text: &str| text.parse::<Decimal>().expect("the test's number");
        for (part, words) in [
            (part(Quantity::Exact(number("7593")), Some("利用定員数"), "人", None), "利用定員数7,593人"),
            (part(Quantity::AtLeast(number("1000000.50")), None, "件", Some("年")), "1,000,000.50件以上／年"),
            (part(Quantity::LessThan(number("80")), None, "％", None), "80％未満"),
        ] {
            assert_eq!(in_words(&part).as_deref(), Some(words));
        }
    }

    #[test]
    fn bars_share_a_scale() {
        let value = |n: i64| Value {
            raw: String::new(),
            text: format!("{n}園"),
            time: None,
            parts: vec![part(Quantity::Exact(n.into()), None, "園", None)],
            notes: Vec::new(),
            qualifiers: Vec::new(),
            completion: Completion::default(),
            status: None,
            reference: None,
            stored: None,
            origin: Origin::of_file("調査票.xlsx"),
        };
        let widths = |old, new| {
            let (old, new) = (value(old), value(new));
            bars((&old, &old.parts[0]), (&new, &new.parts[0])).map(|bars| (bars.old.length, bars.new.length))
        };
        for (old, new, expected) in [
            (2, 3, Some((667, 1000))),
            (34, 33, Some((1000, 971))),
            (0, 5, Some((0, 1000))),
            (0, 0, None),
            (-1, 5, None),
        ] {
            assert_eq!(widths(old, new), expected, "{old} {new}");
        }
    }
}
