//! Joint cells: `（R2年度）3園／継続して取り組む必要があるため。` holds a time, a value and a reason.

use super::brackets::{inside, spans};
use super::is_measures;
use super::lexicon::BASES;
use super::time_words::is_meant_as_time;
use crate::japanese::era::parse_time;
use crate::japanese::{half_width, is_no_value, is_space};
use crate::model::Eras;

/// The three things of a joint cell, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Joint {
    /// The words in the brackets at the head, without them (`R2年度`).
    pub time: Option<String>,
    /// The value, with line breaks (`利用定員数7,593人・待機児童数0人`).
    pub value: Option<String>,
    /// The reason.
    pub reason: Option<String>,
}

/// Nouns after `／` that make a rate instead of a reason, besides the periods.
const RATE_NOUNS: [&str; 12] =
    ["日", "回", "人", "時間", "校", "園", "件", "か所", "世帯", "団体", "施設", "か月"];

/// Splits a joint cell.
///
/// 1. A bracket at the head that is or is meant as a time is the time.
/// 2. The value ends at the first `／` or `/` outside brackets that does not make a rate (`4件／年`), fraction or date,
///    or at a line break after which no further measure follows. Behind it stands the reason.
/// 3. Without a time at the head, the first piece is a value only if it consists of figures with units; otherwise
///    the whole text is given as the reason. Whether it is one depends on the disposition, which the caller knows.
/// 4. With a time, a first piece that ends in `ため` is the reason.
pub fn split_joint(raw: &str, eras: &Eras) -> Joint {
    let text = raw.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches(is_space);
    if is_no_value(text) {
        return Joint::default();
    }
    let chars: Vec<char> = text.chars().collect();
    let (time, body) = head_time(&chars, eras);
    let (first, rest) = match separator(body, eras) {
        Some(at) => (tidy(&body[..at]), tidy(&body[at + 1..])),
        None => (tidy(body), String::new()),
    };
    let sentence = first.trim_end_matches('。').ends_with("ため");
    let is_time = parse_time(&first, eras).is_some();
    if (time.is_some() && !sentence) || (is_measures(&first, eras) && !is_time) || is_no_value(&first) {
        let value = (!is_no_value(&first)).then_some(first);
        return Joint { time, value, reason: (!rest.is_empty()).then_some(rest) };
    }
    Joint { time, value: None, reason: Some(tidy(body)) }
}

/// The words of a time in brackets at the head, and what follows.
fn head_time<'c>(chars: &'c [char], eras: &Eras) -> (Option<String>, &'c [char]) {
    let Some(&span) = spans(chars).first().filter(|span| span.open == 0) else {
        return (None, chars);
    };
    let inner = span.inner(chars);
    let words: String = inner.iter().collect();
    if parse_time(&words, eras).is_none() && !is_meant_as_time(inner, eras) {
        return (None, chars);
    }
    let body = &chars[span.close + 1..];
    let skip = body.iter().take_while(|c| is_space(**c)).count();
    (Some(tidy(inner)), &body[skip..])
}

/// Where the value ends.
fn separator(chars: &[char], eras: &Eras) -> Option<usize> {
    let inside = inside(chars, &spans(chars));
    (0..chars.len()).filter(|&i| !inside[i] && i > 0).find(|&i| match chars[i] {
        '／' | '/' => !makes_rate(chars, i),
        '\n' => ends_value(&chars[i + 1..], eras),
        _ => false,
    })
}

/// Whether the slash stands in a fraction or date, or before a word that makes a rate.
fn makes_rate(chars: &[char], at: usize) -> bool {
    let digit = |i: usize| chars.get(i).is_some_and(|c| half_width(*c).is_ascii_digit());
    if digit(at - 1) && digit(at + 1) {
        return true;
    }
    let ends = |c: &&char| !is_space(**c) && !"／/（(、，・。".contains(**c);
    let word: String = chars[at + 1..].iter().take_while(ends).take(8).collect();
    BASES.iter().any(|(base, _)| *base == word) || RATE_NOUNS.contains(&word.as_str())
}

/// Whether the line that begins here no longer belongs to the value: it is no measure, bracket or note.
fn ends_value(chars: &[char], eras: &Eras) -> bool {
    let line: String = chars.iter().take_while(|c| !matches!(c, '\n' | '／' | '/')).take(120).collect();
    let line = line.trim_matches(is_space);
    !(line.is_empty() || line.starts_with(['（', '(', '※', '【', '〔']) || is_measures(line, eras))
}

fn tidy(chars: &[char]) -> String {
    let text: String = chars.iter().collect();
    text.trim_matches(is_space).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn splits_joint_cells() {
        for (raw, expected) in [
            (
                "（R2年度）3園／継続して取り組む必要があるため。",
                "R2年度|3園|継続して取り組む必要があるため。",
            ),
            ("（R2年度）4件／年／理由…", "R2年度|4件／年|理由…"),
            ("（R2年度）4件／年", "R2年度|4件／年|-"),
            ("（R3年度）1,999件", "R3年度|1,999件|-"),
            ("(R2年度)3園/継続して", "R2年度|3園|継続して"),
            (
                "\n（Ｒ２年度）\n２か所／実施計画（A／B）との整合\u{3000}",
                "Ｒ２年度|２か所|実施計画（A／B）との整合",
            ),
            ("（R2年度）3園\n継続して取り組む", "R2年度|3園|継続して取り組む"),
            ("（R2年度）3園\n利用者2名が増えたため。", "R2年度|3園|利用者2名が増えたため。"),
            ("（R2年度）3園\r\n／継続して", "R2年度|3園|継続して"),
            (
                "（R2年度）～19時15分：9園\n～20時15分：17園／理由",
                "R2年度|～19時15分：9園\n～20時15分：17園|理由",
            ),
            (
                "（Ｒ2年度）利用定員数7,593人・待機児童数0人\n（R2.4.1見込・計画）／東京都調査に合わせるため。",
                "Ｒ2年度|利用定員数7,593人・待機児童数0人\n（R2.4.1見込・計画）|東京都調査に合わせるため。",
            ),
            (
                "（R2年度）講演会3回、当事者・家族支援24回、個別相談700件",
                "R2年度|講演会3回、当事者・家族支援24回、個別相談700件|-",
            ),
            ("（R2年度）拡充／年々増加のため", "R2年度|拡充|年々増加のため"),
            ("（R2年度）1/2以上／目標", "R2年度|1/2以上|目標"),
            ("（未年度）3園／理由", "未年度|3園|理由"),
            ("（R2年度）－／理由", "R2年度|-|理由"),
            ("（R2年度）継続して取り組む必要があるため。", "R2年度|-|継続して取り組む必要があるため。"),
            ("3園／継続して", "-|3園|継続して"),
            ("3園", "-|3園|-"),
            ("平成29年\n度完了事業のため。", "-|-|平成29年\n度完了事業のため。"),
            ("3園（R2年度）／継続", "-|-|3園（R2年度）／継続"),
            ("平成29年度完了事業のため。", "-|-|平成29年度完了事業のため。"),
            (
                "№15のＫＰＩ「利用定員数」※で把握していく。※数値。",
                "-|-|№15のＫＰＩ「利用定員数」※で把握していく。※数値。",
            ),
            ("国／都の計画に合わせるため", "-|-|国／都の計画に合わせるため"),
            ("－", "-|-|-"),
            ("", "-|-|-"),
        ] {
            let Joint { time, value, reason } = split_joint(raw, Eras::heisei());
            let shown = [time, value, reason].map(|part| part.unwrap_or_else(|| "-".to_owned())).join("|");
            assert_eq!(shown, expected, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_separators_is_lost(raw in "\\PC{0,20}|[（）()R2年度3園／/\n理由。ため、・5 ]{0,24}") {
            let Joint { time, value, reason } = split_joint(&raw, Eras::heisei());
            let joined = [time, value, reason].map(Option::unwrap_or_default).concat();
            let solid = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            if !is_no_value(&raw) {
                prop_assert_eq!(solid(&joined).replace('ー', ""), solid(&raw).replace('ー', ""));
            }
        }
    }
}
