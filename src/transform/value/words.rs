//! Vocabulary of values: qualifiers, bounds, and the words that make a rate.

use crate::japanese::era::{parse_time, parse_time_cell};
use crate::japanese::{fold, half_width, is_space};
use crate::model::Eras;

/// What a bound says about a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
}

/// Words after a figure. Longer ones first where one ends with another.
const BOUNDS: [(&str, Bound); 12] = [
    ("以上", Bound::AtLeast),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("までに", Bound::AtMost),
    ("まで", Bound::AtMost),
    ("を超える", Bound::MoreThan),
    ("超える", Bound::MoreThan),
    ("を上回る", Bound::MoreThan),
    ("超", Bound::MoreThan),
    ("を下回る", Bound::LessThan),
    ("未満", Bound::LessThan),
    ("～", Bound::AtLeast),
];

/// Spellings of qualifiers, and the qualifier. Longer ones first where one begins or ends with another.
const QUALIFIERS: [(&str, &str); 24] = [
    ("見込み", "見込"),
    ("見込値", "見込"),
    ("見込", "見込"),
    ("計画値", "計画"),
    ("計画", "計画"),
    ("予定", "予定"),
    ("累計値", "累計"),
    ("累計", "累計"),
    ("累積", "累積"),
    ("延べ", "延べ"),
    ("のべ", "延べ"),
    ("通算", "通算"),
    ("実績値", "実績"),
    ("実績", "実績"),
    ("推計値", "推計"),
    ("推計", "推計"),
    ("速報値", "速報"),
    ("速報", "速報"),
    ("暫定値", "暫定"),
    ("暫定", "暫定"),
    ("およそ", "約"),
    ("おおむね", "概ね"),
    ("概ね", "概ね"),
    ("程度", "程度"),
];

/// Qualifiers that can stand directly between a label and its figure (`定員約48名`); the others also end names
/// (`工賃向上計画3件`).
const BEFORE_FIGURES: [(&str, &str); 8] = [
    ("約", "約"),
    ("およそ", "約"),
    ("おおむね", "概ね"),
    ("概ね", "概ね"),
    ("延べ", "延べ"),
    ("のべ", "延べ"),
    ("累計", "累計"),
    ("通算", "通算"),
];

/// Words before a figure that make it a rate, and its period.
const RATES: [(&str, &str); 14] = [
    ("毎年度", "年度"),
    ("各年度", "年度"),
    ("単年度", "年度"),
    ("年間", "年"),
    ("毎年", "年"),
    ("各年", "年"),
    ("年", "年"),
    ("月間", "月"),
    ("毎月", "月"),
    ("月", "月"),
    ("毎週", "週"),
    ("週", "週"),
    ("毎日", "日"),
    ("1日", "日"),
];

/// The bound at the end of a text, and what stands before it.
pub(super) fn strip_bound(text: &str) -> Option<(&str, Bound)> {
    BOUNDS.iter().find_map(|(word, bound)| Some((text.strip_suffix(word)?, *bound)))
}

/// A bound within a text (`回以上開催`), and what stands before it.
pub(super) fn find_bound(text: &str) -> Option<(&str, Bound)> {
    BOUNDS[..3]
        .iter()
        .chain([&BOUNDS[10]])
        .find_map(|(word, bound)| Some((&text[..text.find(word)?], *bound)))
}

/// The qualifier at the end of the words after a figure, unless it is all that stands there (`3計画`).
pub(super) fn strip_qualifier(text: &str) -> Option<(&str, &'static str)> {
    QUALIFIERS.iter().find_map(|(word, qualifier)| {
        let rest = text.strip_suffix(word)?.trim_end_matches(is_space);
        (!rest.is_empty()).then_some((rest, *qualifier))
    })
}

/// The qualifier at the end of the words before a figure.
pub(super) fn strip_qualifier_before(label: &str) -> Option<(&str, &'static str)> {
    let whole = QUALIFIERS.iter().find(|(word, _)| *word == label).map(|(_, qualifier)| ("", *qualifier));
    whole.or_else(|| {
        BEFORE_FIGURES.iter().find_map(|(word, qualifier)| Some((label.strip_suffix(word)?, *qualifier)))
    })
}

/// The period at the end of the words before a figure (`月2回`, `講演会年4回`).
pub(super) fn strip_rate(label: &str) -> Option<(&str, &'static str)> {
    let (before, period) =
        RATES.iter().find_map(|(word, period)| Some((label.strip_suffix(word)?, *period)))?;
    let dated = before.ends_with(|c: char| half_width(c).is_ascii_digit() || "元翌今昨前当同".contains(c));
    (!dated).then_some((before, period))
}

/// The period that words in brackets or after `／` name (`年間`, `毎年度`).
pub(super) fn period(words: &str) -> Option<&'static str> {
    let words = words.trim_start_matches(['／', '/']);
    RATES.iter().find(|(word, _)| *word == words).map(|(_, period)| *period)
}

/// The qualifiers that words in brackets consist of, times aside (`R2.4.1見込・計画`); none if they say anything more.
pub(super) fn qualifiers(words: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for word in words.split(|c: char| is_space(c) || matches!(c, '・' | '、' | '，' | ',' | '／')) {
        let mut rest = word;
        while let Some((shorter, qualifier)) =
            QUALIFIERS.iter().chain(&BEFORE_FIGURES[..1]).find_map(|(word, qualifier)| {
                Some((rest.strip_suffix(word).or_else(|| rest.strip_prefix(word))?, *qualifier))
            })
        {
            rest = shorter;
            found.push(qualifier);
        }
        if !rest.is_empty() && !is_time_or_period(rest) {
            return Vec::new();
        }
    }
    found
}

/// A time (`R2.4.1`) or a period (`27～31年度`). Which era a bare year belongs to does not matter here.
fn is_time_or_period(words: &str) -> bool {
    let is_time = |words: &str| parse_time(words, Eras::heisei()).is_some();
    let period = words.split_once(['～', '〜', '~']);
    is_time(words)
        || period.is_some_and(|(from, to)| parse_time_cell(from, Eras::heisei()).is_some() && is_time(to))
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
    use super::*;

    #[test]
    fn finds_words_around_figures() {
        assert_eq!(strip_bound("件以上"), Some(("件", Bound::AtLeast)));
        assert_eq!(find_bound("回以上開催"), Some(("回", Bound::AtLeast)));
        assert_eq!(strip_qualifier("3計画"), Some(("3", "計画")));
        assert_eq!(strip_qualifier("計画"), None);
        assert_eq!(strip_qualifier_before("工賃向上計画"), None);
        assert_eq!(strip_qualifier_before("見込"), Some(("", "見込")));
        assert_eq!(strip_rate("講演会年"), Some(("講演会", "年")));
        assert_eq!(strip_rate("平成30年"), None);
        assert_eq!(qualifiers("R2.4.1見込・計画"), ["見込", "計画"]);
        assert_eq!(qualifiers("30年度実績"), ["実績"]);
        assert_eq!(qualifiers("27～31年度累計"), ["累計"]);
        assert!(qualifiers("計画の改定").is_empty());
        assert!(qualifiers("20人").is_empty());
    }
}
