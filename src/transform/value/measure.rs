//! From one segment of a value to its measure: label, quantity, unit and rate.

use super::number::Number;
use super::words::{self, Bound};
use crate::japanese::{half_width, is_dash, is_space};
use crate::model::{Part, Quantity};
use rust_decimal::Decimal;

/// Units longer than this are not units but prose.
const LONGEST_UNIT: usize = 8;
/// Labels longer than this are not labels but prose.
const LONGEST_LABEL: usize = 20;

/// A measure and the qualifiers found with it.
pub(super) struct Measure {
    pub(super) part: Part,
    pub(super) qualifiers: Vec<&'static str>,
    /// A figure with a unit and nothing more than a measure has; prose with a number in it is not plain.
    pub(super) plain: bool,
}

/// Reads a segment whose brackets behind the figure have been taken out.
///
/// The last number that is no part of a name is the figure: what stands before it is the label (`3年間で5件`), what
/// stands behind it the unit. Without a figure, or with a colon behind it, the segment is stated in words.
pub(super) fn measure(chars: &[char], numbers: &[Number]) -> Option<Measure> {
    let text = string(chars);
    let colon = last_colon(chars);
    let figure = numbers.iter().rposition(|n| n.value.is_some());
    match figure.filter(|&i| colon.is_none_or(|colon| colon < numbers[i].start)) {
        Some(i) => Some(figured(chars, numbers, i)),
        None if text.is_empty() => None,
        None => {
            let (label, words) = match colon {
                Some(at) if chars[at + 1..].iter().any(|c| !is_space(*c)) => {
                    (trimmed_label(&chars[..at]), string(&chars[at + 1..]))
                }
                _ => (None, text),
            };
            let part = Part { label, quantity: Quantity::Stated(words), unit: None, per: None };
            Some(Measure { part, qualifiers: Vec::new(), plain: false })
        }
    }
}

fn figured(chars: &[char], numbers: &[Number], index: usize) -> Measure {
    let figure = numbers[index];
    let tail = string(&chars[figure.end..]);
    let after = after_figure(&tail);
    let range = index.checked_sub(1).and_then(|i| range(chars, numbers[i], figure, &after));
    let (before, quantity) = range.unwrap_or_else(|| {
        let before = before_figure(&chars[..figure.start]);
        let value = before.signed(figure.value.expect("only numbers with a value are figures"));
        let quantity = match after.bound.or(before.bound) {
            None => Quantity::Exact(value),
            Some(Bound::AtLeast) => Quantity::AtLeast(value),
            Some(Bound::AtMost) => Quantity::AtMost(value),
            Some(Bound::MoreThan) => Quantity::MoreThan(value),
            Some(Bound::LessThan) => Quantity::LessThan(value),
        };
        (before, quantity)
    });
    let plain = index + 1 == numbers.len()
        && after.plain
        && after.unit.is_some()
        && before.label.as_deref().is_none_or(is_plain_label);
    let qualifiers = [before.qualifiers, after.qualifiers].concat();
    let per = after.per.or(before.per);
    Measure { part: Part { label: before.label, quantity, unit: after.unit, per }, qualifiers, plain }
}

struct Before {
    label: Option<String>,
    per: Option<String>,
    bound: Option<Bound>,
    negative: bool,
    qualifiers: Vec<&'static str>,
}

impl Before {
    fn signed(&self, value: Decimal) -> Decimal {
        if self.negative { -value } else { value }
    }
}

/// What stands before the figure: label, then period and qualifiers, then a sign.
fn before_figure(chars: &[char]) -> Before {
    let mut found = Before { label: None, per: None, bound: None, negative: false, qualifiers: Vec::new() };
    let mut rest = chars;
    if let Some((&sign, before)) = rest.split_last() {
        let free = before.last().is_none_or(|c| is_space(*c) || matches!(c, '：' | ':' | '約'));
        if matches!(sign, '△' | '▲') || (free && is_dash(sign) && sign != 'ー') {
            found.negative = true;
            rest = before;
        } else if free && matches!(half_width(sign), '~' | '〜') {
            found.bound = Some(Bound::AtMost);
            rest = before;
        } else if free && half_width(sign) == '+' {
            rest = before;
        }
    }
    let text = string(rest);
    let mut label = text.as_str();
    loop {
        if let Some((before, qualifier)) = words::strip_qualifier_before(label) {
            found.qualifiers.insert(0, qualifier);
            label = before;
        } else if let (Some((before, period)), None) = (words::strip_rate(label), &found.per) {
            found.per = Some(period.to_owned());
            label = before;
        } else {
            break;
        }
        label = label.trim_end_matches(is_space);
    }
    found.label = trimmed_label(&label.chars().collect::<Vec<_>>());
    found
}

struct After {
    unit: Option<String>,
    per: Option<String>,
    bound: Option<Bound>,
    qualifiers: Vec<&'static str>,
    plain: bool,
}

/// What stands behind the figure: unit, rate, bound and qualifiers in any order.
fn after_figure(tail: &str) -> After {
    let mut found = After { unit: None, per: None, bound: None, qualifiers: Vec::new(), plain: true };
    let mut rest = strip_ends(tail, &mut found);
    if let Some((unit, per)) = rest.split_once(['／', '/']) {
        let per = strip_ends(per, &mut found);
        if !per.is_empty() {
            found.per = Some(per.to_owned());
            rest = strip_ends(unit, &mut found);
        }
    }
    if let (Some((unit, bound)), None) = (words::find_bound(rest), found.bound) {
        found.bound = Some(bound);
        found.plain = false;
        rest = unit;
    }
    // A particle ends the unit: 22校で実施.
    let particle = |&(i, c): &(usize, char)| i > 0 && "をでにがのはへともや".contains(c);
    if let Some((end, _)) = rest.char_indices().find(particle) {
        found.plain = false;
        rest = &rest[..end];
    }
    let rest = rest.trim_matches(is_space);
    found.plain &= rest.chars().count() <= LONGEST_UNIT;
    found.unit = (!rest.is_empty()).then(|| rest.replace('\n', ""));
    found
}

fn strip_ends<'a>(mut text: &'a str, found: &mut After) -> &'a str {
    loop {
        text = text.trim_matches(|c: char| is_space(c) || matches!(c, '、' | '，' | '・' | '。'));
        if let (Some((rest, bound)), None) = (words::strip_bound(text), found.bound) {
            found.bound = Some(bound);
            text = rest;
        } else if let Some((rest, qualifier)) = words::strip_qualifier(text) {
            found.qualifiers.insert(0, qualifier);
            text = rest;
        } else {
            return text;
        }
    }
}

/// A range (`10～20件`, `10件～20件`, `10-20件`, `△5％～△1％`), with what stands before it.
fn range(chars: &[char], low: Number, high: Number, after: &After) -> Option<(Before, Quantity)> {
    let (low_value, high_value) = low.value.zip(high.value)?;
    let is_joint = |c: &char| matches!(half_width(*c), '~' | '〜');
    let gap = &chars[low.end..high.start];
    let (between, high_value) = match gap.split_last()? {
        (sign, rest)
            if (matches!(sign, '△' | '▲') || is_dash(*sign)) && rest.last().is_some_and(is_joint) =>
        {
            (rest, -high_value)
        }
        _ => (gap, high_value),
    };
    let (joint, between) = between.split_last()?;
    let between = string(between);
    let unit = after.unit.as_deref()?;
    let joined = if is_joint(joint) {
        between.is_empty() || between == unit
    } else {
        is_dash(*joint) && between.is_empty()
    };
    let before = before_figure(&chars[..low.start]);
    let low_value = before.signed(low_value);
    (joined && low_value <= high_value).then_some((before, Quantity::Range(low_value, high_value)))
}

fn last_colon(chars: &[char]) -> Option<usize> {
    let digit =
        |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| half_width(*c).is_ascii_digit());
    (0..chars.len()).rev().find(|&i| match chars[i] {
        '：' => true,
        ':' => !(digit(i.checked_sub(1)) && digit(Some(i + 1))),
        _ => false,
    })
}

fn trimmed_label(chars: &[char]) -> Option<String> {
    let label = string(chars).replace('\n', "");
    let label = label
        .trim_matches(|c: char| is_space(c) || matches!(c, '：' | ':' | '、' | '，' | '・' | '＝' | '='));
    (!label.is_empty()).then(|| label.to_owned())
}

/// Whether a label names something and is not the beginning of a sentence or a remark.
fn is_plain_label(label: &str) -> bool {
    let remark = ["うち", "内", "除", "含", "ただし", "※", "注"].iter().any(|word| label.starts_with(word));
    let clause = ["において", "により", "ため"].iter().any(|word| label.contains(word));
    let prose = remark || clause || label.contains(['が', 'を', 'は', '。', '、']);
    !prose && label.chars().count() <= LONGEST_LABEL
}

fn string(chars: &[char]) -> String {
    let text: String = chars.iter().collect();
    text.trim_matches(is_space).to_owned()
}
