//! Comparing an old and a new value, part by part, where label, unit and rate are the same.

use crate::japanese::fold;
use crate::model::{Change, Part, Quantity, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How a new value stands to the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same parts with the same quantities.
    Equal,
    /// Of the parts that both have, some are higher and none is lower.
    Raised,
    /// Of the parts that both have, some are lower and none is higher.
    Lowered,
    /// Some parts higher and some lower.
    Mixed,
    /// No part of one is measured as a part of the other, or one gives figures and the other words.
    MeasureChanged,
    /// Nothing can be said: different words, no parts, or equal parts of which some came, went or got a bound.
    Incomparable,
}

/// What is measured, and how: label, unit and rate in the form in which they are compared; whether it is a change and in
/// which direction, a place in an order, a part of a whole.
type Key = (String, String, String, (Option<Change>, bool, bool));

/// Whether two values say the same, widths and spaces aside.
fn same_text(old: &Value, new: &Value) -> bool {
    fold(&old.text_with_unit()) == fold(&new.text_with_unit())
}

/// Compares two values.
///
/// Parts correspond if label, unit and rate agree (か所 and 箇所, 人 and 名 are one unit); the n-th of several
/// such parts to the n-th. If none correspond and both values have one part, a label or unit that only one of them
/// gives is taken for granted. Parts that only one value has do not matter as long as others correspond.
pub fn compare(old: &Value, new: &Value) -> Comparison {
    if same_text(old, new) {
        return Comparison::Equal;
    }
    let (old_figures, new_figures) = (figures(&old.parts), figures(&new.parts));
    match (old_figures.is_empty(), new_figures.is_empty()) {
        (true, true) => return Comparison::Incomparable,
        _ if old.parts.is_empty() || new.parts.is_empty() => return Comparison::Incomparable,
        (true, false) | (false, true) => return Comparison::MeasureChanged,
        (false, false) => {}
    }
    let pairs = match corresponding(&old_figures, &new_figures) {
        pairs if !pairs.is_empty() => pairs,
        _ => match (&old_figures[..], &new_figures[..]) {
            ([old], [new]) if compatible(old, new) => vec![(*old, *new)],
            _ => return Comparison::MeasureChanged,
        },
    };
    let complete = pairs.len() == old.parts.len() && pairs.len() == new.parts.len();
    judge(&pairs, complete)
}

/// The parts of two values that are measured alike (label, unit and rate agree), old and new, in the old order; parts
/// in words are left out.
pub fn measured_alike<'a>(old: &'a Value, new: &'a Value) -> Vec<(&'a Part, &'a Part)> {
    corresponding(&figures(&old.parts), &figures(&new.parts))
}

/// Whether two parts measure the same in the same unit; what only one of them gives is taken for granted.
pub fn comparable(a: &Part, b: &Part) -> bool {
    key(a) == key(b) || compatible(a, b)
}

fn judge(pairs: &[(&Part, &Part)], complete: bool) -> Comparison {
    let changes: Vec<Option<Ordering>> = pairs
        .iter()
        .map(|(old, new)| {
            let change = change(&old.quantity, &new.quantity);
            // The second place is above the third.
            if old.rank { change.map(Ordering::reverse) } else { change }
        })
        .collect();
    let some = |ordering| changes.contains(&Some(ordering));
    match (some(Ordering::Greater), some(Ordering::Less)) {
        (true, false) => Comparison::Raised,
        (false, true) => Comparison::Lowered,
        (false, false) if complete && !changes.contains(&None) => Comparison::Equal,
        (true, true) => Comparison::Mixed,
        (false, false) => Comparison::Incomparable,
    }
}

fn figures(parts: &[Part]) -> Vec<&Part> {
    parts.iter().filter(|part| part.is_figure()).collect()
}

fn key(part: &Part) -> Key {
    let per = part.per.as_deref().map(fold).unwrap_or_default();
    let per = if per == "年度" { "年".to_owned() } else { per };
    (label(part), unit(part), per, (part.change, part.rank, part.of.is_some()))
}

fn label(part: &Part) -> String {
    part.label.as_deref().map(fold).unwrap_or_default()
}

fn unit(part: &Part) -> String {
    part.unit.as_deref().map(fold_unit).unwrap_or_default()
}

fn corresponding<'a>(old: &[&'a Part], new: &[&'a Part]) -> Vec<(&'a Part, &'a Part)> {
    let mut by_key: BTreeMap<Key, Vec<&Part>> = BTreeMap::new();
    for part in new.iter().rev() {
        by_key.entry(key(part)).or_default().push(part);
    }
    old.iter().filter_map(|part| Some((*part, by_key.get_mut(&key(part))?.pop()?))).collect()
}

/// Whether two single parts differ only in a label or unit that one of them leaves out.
fn compatible(old: &Part, new: &Part) -> bool {
    let agree = |a: &str, b: &str| a == b || a.is_empty() || b.is_empty();
    agree(&label(old), &label(new))
        && agree(&unit(old), &unit(new))
        && key(old).2 == key(new).2
        && key(old).3 == key(new).3
}

/// Higher, lower or the same; `None` if the figures are the same, but one is a bound of another kind.
fn change(old: &Quantity, new: &Quantity) -> Option<Ordering> {
    let (old_low, old_high) = ends(old)?;
    let (new_low, new_high) = ends(new)?;
    match (new_low.cmp(&old_low), new_high.cmp(&old_high)) {
        (Ordering::Equal, Ordering::Equal) => {
            (std::mem::discriminant(old) == std::mem::discriminant(new)).then_some(Ordering::Equal)
        }
        (low, high) if low == high || high == Ordering::Equal => Some(low),
        (Ordering::Equal, high) => Some(high),
        _ => None,
    }
}

fn ends(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    match quantity {
        Quantity::Range(ends) => Some((ends.lower, ends.upper)),
        other => other.figure().map(|figure| (figure, figure)),
    }
}

/// A unit in the form in which units are compared: spellings of か所, and 名 for 人.
pub(super) fn fold_unit(unit: &str) -> String {
    let folded = fold(unit);
    match folded.as_str() {
        "名" => "人".to_owned(),
        "箇所" | "個所" | "カ所" | "ケ所" | "ヵ所" | "ヶ所" | "ヵ処" => "か所".to_owned(),
        "パ-セント" => "%".to_owned(),
        "平方メ-トル" | "平米" => "m2".to_owned(),
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::super::readings::value;
    use super::*;

    #[test]
    fn compares_the_parts_that_both_have() {
        use Comparison::*;
        for (old, new, expected) in [
            // The reference: one changed measure, three lowered.
            ("50か所・定員4,179人", "利用定員数7,593人・待機児童数0人（R2.4.1見込・計画）", MeasureChanged),
            ("2園", "3園", Raised),
            ("1か所", "2か所", Raised),
            ("35人", "60人", Raised),
            (
                "講演会2回、連続講座1回、相談会2回",
                "講演会3回、当事者・家族支援24回、支援者向け学習会3回、個別相談700件",
                Raised,
            ),
            ("8か所", "8か所", Equal),
            ("4か所（80人）（※特養併設2か所を含む）", "2か所", Lowered),
            ("34ユニット（306人）", "33ユニット（297人）", Lowered),
            ("8か所（160人）", "9か所（246人）", Raised),
            ("8か所（78人）", "7か所（66人）", Lowered),
            ("60団体", "70団体", Raised),
            ("12.3％", "13.1％", Raised),
            ("1,253件", "1,999件", Raised),
            // And what others may write.
            ("８箇所", "8か所", Equal),
            ("1.80㎡", "1.8㎡", Equal),
            ("8か所（20人）", "9か所（10人）", Mixed),
            ("8か所", "8か所（20人）", Incomparable),
            ("50件", "50件以上", Incomparable),
            ("10～20件", "15～20件", Raised),
            ("定員48名", "50人", Raised),
            ("50", "60件", Raised),
            ("50件", "50％", MeasureChanged),
            ("4件／年", "20件", MeasureChanged),
            ("4件／年", "年5件", Raised),
            ("50件", "拡充", MeasureChanged),
            ("拡充", "継続", Incomparable),
            ("全施設 達成", "全施設達成", Equal),
            ("30％削減", "20％削減", Lowered),
            ("30％削減", "30％増加", MeasureChanged),
            ("30％削減", "30％", MeasureChanged),
            ("全国41位", "全国30位", Raised),
            ("▲3％", "▲1％", Raised),
        ] {
            assert_eq!(compare(&value(old), &value(new)), expected, "{old} → {new}");
        }
    }
}
