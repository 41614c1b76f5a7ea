//! Joint cells: `（R2年度）3園／継続して取り組む必要があるため。` holds a time, a value and a reason.

use super::brackets::{inside, spans};
use super::lexicon::BASES;
use super::text::is_hiragana;
use super::time_words::is_meant_as_time;
use super::{is_measures, is_timed_measures, labels};
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

/// Full stops and spaces that are tried as separators.
const WEAK_SEPARATORS: usize = 8;

/// Splits a joint cell.
///
/// 1. Labels tell the things apart (`目標値：60人　理由：…`), in any order.
/// 2. A bracket at the head that is or is meant as a time is the time; so are bare words before a value (`R2年度 60人`).
/// 3. The value ends at the first `／` or `/` outside brackets that does not make a rate (`4件／年`), fraction or date,
///    or at a line break after which no further measure follows; else at a full stop or a space between figures with
///    units and a sentence. Behind it stands the reason; a time of its own may stand between (`60人／R2年度／…`).
/// 4. Without a time at the head, the first piece is a value only if it consists of figures with units, perhaps with
///    their time in brackets; or the last piece is, behind a sentence. Otherwise the whole text is given as the
///    reason. Whether it is one depends on the disposition, which the caller knows.
/// 5. With a time, a first piece that ends in `ため` is the reason.
pub fn split_joint(raw: &str, eras: &Eras) -> Joint {
    let text = raw.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches(is_space);
    if is_no_value(text) {
        return Joint::default();
    }
    labels::split(text, eras).unwrap_or_else(|| split_bare(text, eras))
}

/// Splits a text without labels.
pub(super) fn split_bare(text: &str, eras: &Eras) -> Joint {
    let chars: Vec<char> = text.chars().collect();
    let (time, body) = head_time(&chars, eras);
    let (first, rest) = first_piece(body, eras);
    let sentence = first.trim_end_matches('。').ends_with("ため");
    if (time.is_some() && !sentence) || is_value(&first, eras) || is_no_value(&first) {
        let value = (!is_no_value(&first)).then_some(first);
        let (own, rest) = if time.is_none() { time_piece(&rest, eras) } else { (None, rest) };
        return Joint { time: time.or(own), value, reason: (!rest.is_empty()).then_some(rest) };
    }
    if time.is_none()
        && let Some((words, body)) = bare_time(body, eras)
    {
        let (first, rest) = first_piece(body, eras);
        if is_value(&first, eras) {
            let (time, value) = (Some(words), Some(first));
            return Joint { time, value, reason: (!rest.is_empty()).then_some(rest) };
        }
    }
    if time.is_none()
        && let Some((reason, time, value)) = value_behind(body, eras)
    {
        return Joint { time, value: Some(value), reason: Some(reason) };
    }
    Joint { time, value: None, reason: Some(tidy(body)) }
}

/// The piece that may be the value, and what stands behind it.
fn first_piece(body: &[char], eras: &Eras) -> (String, String) {
    let cut = |at: Option<usize>| match at {
        Some(at) => (tidy(&body[..at]), tidy(&body[at + 1..])),
        None => (tidy(body), String::new()),
    };
    let (first, rest) = cut(separator(body, eras));
    match weak_separator(body, eras) {
        Some(at) if !is_value(&first, eras) => cut(Some(at)),
        _ => (first, rest),
    }
}

/// Figures with units, perhaps with their time in brackets, and no time alone.
fn is_value(text: &str, eras: &Eras) -> bool {
    is_timed_measures(text, eras) && parse_time(text, eras).is_none()
}

/// A sentence, and not the words that go with a figure (`以上`, `うち…`).
fn is_sentence(text: &str, eras: &Eras) -> bool {
    may_be_sentence(text) && !is_value(text, eras)
}

/// The same, as far as it costs nothing to tell.
fn may_be_sentence(text: &str) -> bool {
    const WITH_FIGURES: [&str; 9] = ["以上", "以下", "以内", "未満", "超", "程度", "増", "減", "※"];
    let begins =
        |c: char| c.is_alphanumeric() && !is_hiragana(c) || matches!(c, '「' | '『' | '（' | '(' | '№');
    text.chars().count() >= 4
        && text.starts_with(begins)
        && text.contains(is_hiragana)
        && !WITH_FIGURES.iter().any(|word| text.starts_with(word))
}

/// A full stop or a space between figures with units and a sentence.
fn weak_separator(chars: &[char], eras: &Eras) -> Option<usize> {
    let inside = inside(chars, &spans(chars));
    let weak = |&at: &usize| at > 0 && !inside[at] && matches!(chars[at], '。' | ' ' | '\u{3000}');
    let mut weak = (0..chars.len()).filter(weak).take(WEAK_SEPARATORS);
    weak.find(|&at| {
        let behind = tidy(&chars[at + 1..]);
        may_be_sentence(&behind) && is_value(&tidy(&chars[..at]), eras) && is_sentence(&behind, eras)
    })
}

/// A time that is all of the first piece, and what stands behind it.
fn time_piece(text: &str, eras: &Eras) -> (Option<String>, String) {
    let end = text.find(['／', '/', '\n', ' ', '\u{3000}']).unwrap_or(text.len());
    let (words, rest) = text.split_at(end);
    let bare = words.trim_matches(|c| "（()）【】［］〔〕".contains(c));
    if parse_time(bare, eras).is_none() {
        return (None, text.to_owned());
    }
    let separators = |c: char| is_space(c) || matches!(c, '／' | '/');
    (Some(bare.to_owned()), rest.trim_matches(separators).to_owned())
}

/// Words of a time before the first space, slash or line break, and what follows.
fn bare_time<'c>(chars: &'c [char], eras: &Eras) -> Option<(String, &'c [char])> {
    let end = chars.iter().position(|c| is_space(*c) || matches!(c, '／' | '/' | '：' | ':'))?;
    let words = tidy(&chars[..end]);
    parse_time(&words, eras)?;
    Some((words, &chars[end + 1..]))
}

/// A value that stands behind its reason, with the words of a time in brackets before it.
fn value_behind(chars: &[char], eras: &Eras) -> Option<(String, Option<String>, String)> {
    let inside = inside(chars, &spans(chars));
    let ends =
        |&at: &usize| !inside[at] && matches!(chars[at], '／' | '/' | '\n' | '。' | '、' | '\u{3000}' | ' ');
    let mut ends = (1..chars.len()).rev().filter(ends).take(WEAK_SEPARATORS);
    ends.find_map(|at| {
        let before = tidy(&chars[..=at]).trim_end_matches(['／', '/', '、']).to_owned();
        if !before.trim_end_matches('。').ends_with("ため") {
            return None;
        }
        let behind: Vec<char> = tidy(&chars[at + 1..]).chars().collect();
        let (time, value) = head_time(&behind, eras);
        let value = tidy(value);
        (is_value(&value, eras) && is_sentence(&before, eras)).then_some((before, time, value))
    })
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

pub(super) fn tidy(chars: &[char]) -> String {
    let is_solid = |c: &char| !is_space(*c);
    let from = chars.iter().position(is_solid).unwrap_or(chars.len());
    let to = chars.iter().rposition(is_solid).map_or(from, |last| last + 1);
    chars[from..to].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(raw: &str) -> String {
        let Joint { time, value, reason } = split_joint(raw, Eras::heisei());
        [time, value, reason].map(|part| part.unwrap_or_else(|| "-".to_owned())).join("|")
    }

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
            ("3園（R2年度）／継続", "-|3園（R2年度）|継続"),
            ("平成29年度完了事業のため。", "-|-|平成29年度完了事業のため。"),
            (
                "№15のＫＰＩ「利用定員数」※で把握していく。※数値。",
                "-|-|№15のＫＰＩ「利用定員数」※で把握していく。※数値。",
            ),
            ("国／都の計画に合わせるため", "-|-|国／都の計画に合わせるため"),
            ("－", "-|-|-"),
            ("", "-|-|-"),
        ] {
            assert_eq!(shown(raw), expected, "{raw}");
        }
    }

    #[test]
    fn value_year_and_reason_have_any_natural_order() {
        for (raw, expected) in [
            ("60人（令和2年度）／見込みを上回ったため", "-|60人（令和2年度）|見込みを上回ったため"),
            ("（R2年度）60人　見込みを上回ったため", "R2年度|60人|見込みを上回ったため"),
            ("60人\n（理由）見込みを上回ったため", "-|60人|見込みを上回ったため"),
            ("新たな目標値：60人　理由：見込みを上回ったため", "-|60人|見込みを上回ったため"),
            ("【理由】見込みを上回ったため【目標値】60人【年度】R2", "R2|60人|見込みを上回ったため"),
            ("目標値: 60人（R2年度）\n設定理由: 見込み", "-|60人（R2年度）|見込み"),
            ("60人　理由：見込みを上回ったため", "-|60人|見込みを上回ったため"),
            ("60人。見込みを上回ったため。", "-|60人|見込みを上回ったため。"),
            ("R2年度 60人／見込みを上回ったため", "R2年度|60人|見込みを上回ったため"),
            ("R2年度／60人／見込みを上回ったため", "R2年度|60人|見込みを上回ったため"),
            ("60人／R2年度／見込みを上回ったため", "R2年度|60人|見込みを上回ったため"),
            ("【R2】60人/見込みを上回ったため", "R2|60人|見込みを上回ったため"),
            ("見込みを上回ったため／60人", "-|60人|見込みを上回ったため"),
            ("見込みを上回ったため。\n（R2年度）60人", "R2年度|60人|見込みを上回ったため。"),
            ("60人　以上を目指す", "-|60人　以上を目指す|-"),
            ("60人 うち女性20人を含む", "-|-|60人 うち女性20人を含む"),
            ("定員 60人／見込みを上回ったため", "-|定員 60人|見込みを上回ったため"),
            ("R2年度 完了事業のため。", "-|-|R2年度 完了事業のため。"),
        ] {
            assert_eq!(shown(raw), expected, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_separators_and_labels_is_lost(raw in "\\PC{0,20}|[（）()R2年度3園／/\n理由：。ため、・5 ]{0,24}") {
            let Joint { time, value, reason } = split_joint(&raw, Eras::heisei());
            let joined = [time, value, reason].map(Option::unwrap_or_default).concat();
            let solid = |text: &str| {
                let mut solid: Vec<char> = text.chars().filter(|c| c.is_alphanumeric() && !"理由ー年度".contains(*c)).collect();
                solid.sort_unstable();
                solid
            };
            if !is_no_value(&raw) {
                prop_assert_eq!(solid(&joined), solid(&raw));
            }
        }
    }
}
