//! Numbers at the head of group labels: `１　安心して…`, `基本目標１`, `第１章`, `①`.

use super::chars::{half_width, is_dash, is_space};
use super::number::{kanji_number, numeral};
use super::{Notation, fold, normalise};
use crate::model::enclosed_number;
use std::ops::Range;

/// Lexicon that stand before a group's number. Longer ones first where one begins with another.
const PREFIXES: [&str; 19] = [
    "基本目標",
    "基本施策",
    "基本方針",
    "基本方向",
    "基本政策",
    "重点目標",
    "重点施策",
    "個別施策",
    "具体的施策",
    "政策",
    "施策",
    "目標",
    "方針",
    "戦略",
    "分野",
    "柱",
    "項目",
    "№",
    "第",
];

/// Signs that set a heading off.
const SIGNS: [char; 8] = ['■', '◆', '●', '○', '◎', '▼', '★', '☆'];

/// Counters that may follow the number after `第`.
const COUNTERS: [&str; 8] = ["の柱", "章", "節", "部", "編", "項", "条", "号"];

/// The number at the head of a label, and the rest of the label without the signs between.
///
/// Known are `１　…`, `1.`, `1)`, `(1)`, `①`, `⑴`, `Ⅱ　…`, `二　…`, `基本目標１…`, `【施策２】…`, `第１章`, in any width,
/// also behind a sign (`■`). A bare number counts only before a separator or at the end (`3つの柱` and `2020年…` have none),
/// and of a stepped number (`1-2　…`, `1.2　…`, `Ⅰ-2　…`) the last step counts. Numbers above 999 are none.
pub fn leading_number(text: &str) -> Option<(u32, &str)> {
    numbered(text).and_then(|(steps, rest)| Some((*steps.last()?, rest)))
}

/// All steps of the number at the head of a label, outermost first, which may be a letter (`A-2　…`).
pub fn leading_steps(text: &str) -> Option<Vec<u32>> {
    numbered(text).or_else(|| lettered(without_signs(text))).map(|(steps, _)| steps)
}

/// The steps of a number, and what follows it.
type Head<'t> = (Vec<u32>, &'t str);

fn without_signs(text: &str) -> &str {
    text.trim_start_matches(|c: char| is_space(c) || SIGNS.contains(&c))
}

fn numbered(text: &str) -> Option<Head<'_>> {
    let text = without_signs(text);
    enclosed(text).or_else(|| bracketed(text)).or_else(|| prefixed(text)).or_else(|| bare(text))
}

/// What two labels of one group have in common: the number at the head and the folded rest, or the whole folded
/// text (`基本目標１　安心`, `1．安心` and `（１）安心` are one group).
pub fn label_key(text: &str) -> String {
    match leading_number(text) {
        Some((number, rest)) if !rest.is_empty() => format!("{number}\t{}", fold(rest)),
        _ => fold(text),
    }
}

/// A group label in the document's notation: the number at its head is of one width (`１－１０`, never `１－10`). With
/// `full_headings` one that stands alone is full-width, and a space after it is U+3000 (`１　安心して…`).
pub fn heading(raw: &str, notation: Notation) -> String {
    let text = normalise(raw, notation);
    let Some(number) = number_span(&text) else { return text };
    let is_alone = number.start == 0 && prefix(&text).is_none();
    let (head, rest) = text.split_at(number.end);
    if notation.full_headings && is_alone {
        let wide = head.chars().map(full_width);
        let label = rest.trim_start_matches(is_space);
        let gap = if label.len() < rest.len() { "\u{3000}" } else { "" };
        return wide.chain(gap.chars()).chain(label.chars()).collect();
    }
    if !notation.half_width {
        return text;
    }
    let narrow = |c: char| if is_dash(c) { '-' } else { half_width(c) };
    let (before, number) = head.split_at(number.start);
    before.chars().chain(number.chars().map(narrow)).chain(rest.chars()).collect()
}

/// Where the number at the head of a label stands, with the signs between its steps. A letter counts with a step after it.
fn number_span(text: &str) -> Option<Range<usize>> {
    let is_digit = |c: char| half_width(c).is_ascii_digit();
    let start = if numbered(text).is_some() {
        text.find(|c: char| is_digit(c) || is_roman(c))?
    } else {
        lettered(text).filter(|(steps, _)| steps.len() > 1)?;
        0
    };
    let mut end = start;
    let mut chars = text[start..].chars().peekable();
    let mut is_first = true;
    while let Some(c) = chars.next() {
        let goes_on = (is_dash(c) || half_width(c) == '.') && chars.peek().copied().is_some_and(is_digit);
        if !(is_first || is_digit(c) || goes_on) {
            break;
        }
        end += c.len_utf8();
        is_first = false;
    }
    Some(start..end)
}

fn full_width(c: char) -> char {
    match c {
        _ if is_dash(c) => '－',
        '.' | '0'..='9' | 'A'..='Z' => {
            char::from_u32(u32::from(c) + 0xFEE0).expect("full-width forms mirror ASCII")
        }
        _ => c,
    }
}

fn is_roman(c: char) -> bool {
    matches!(c, 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ')
}

fn enclosed(text: &str) -> Option<Head<'_>> {
    let first = text.chars().next()?;
    let number = enclosed_number(first)?;
    let rest = &text[first.len_utf8()..];
    if !is_roman(first) {
        return Some((vec![number], label(rest)));
    }
    let (steps, rest) = steps(number, rest);
    separated(rest).then(|| (steps, label(rest)))
}

fn bracketed(text: &str) -> Option<Head<'_>> {
    let inner = text.strip_prefix(['(', '（', '[', '［', '【', '〔', '<', '＜', '〈', '《'])?;
    let inner = prefix(inner).map_or(inner, |prefix| inner[prefix.len()..].trim_start_matches(is_space));
    let (number, end) = number(inner)?;
    let (steps, rest) = steps(number, &inner[end..]);
    let rest = rest.strip_prefix([')', '）', ']', '］', '】', '〕', '>', '＞', '〉', '》'])?;
    Some((steps, label(rest)))
}

fn prefix(text: &str) -> Option<&'static str> {
    PREFIXES.into_iter().find(|prefix| text.starts_with(prefix))
}

fn prefixed(text: &str) -> Option<Head<'_>> {
    let prefix = prefix(text)?;
    let after = text[prefix.len()..].trim_start_matches(|c: char| is_space(c) || matches!(c, ':' | '：'));
    if let Some(found) = enclosed(after).or_else(|| bracketed(after)) {
        return Some(found);
    }
    let (number, end) = number(after)?;
    let (steps, rest) = steps(number, &after[end..]);
    let rest = match prefix {
        "第" => COUNTERS.iter().find_map(|counter| rest.strip_prefix(counter))?,
        // `施策一般` is a word.
        _ if after.starts_with(|c| numeral(c).is_some()) => Some(rest).filter(|rest| separated(rest))?,
        _ => rest,
    };
    Some((steps, label(rest)))
}

fn bare(text: &str) -> Option<Head<'_>> {
    let (number, end) = number(text)?;
    let (steps, rest) = steps(number, &text[end..]);
    separated(rest).then(|| (steps, label(rest)))
}

/// `A-2　…`, `Ａ　…`: the letter is the first step, after all numbers.
fn lettered(text: &str) -> Option<Head<'_>> {
    let first = text.chars().next()?;
    let letter = Some(half_width(first)).filter(char::is_ascii_uppercase)?;
    let (steps, rest) = steps(u32::from(letter) - 65 + 1_000, &text[first.len_utf8()..]);
    separated(rest).then(|| (steps, label(rest)))
}

/// The number of up to three digits, or in kanji, at the head of a text, and where it ends.
fn number(text: &str) -> Option<(u32, usize)> {
    if text.starts_with(|c| numeral(c).is_some()) {
        return kanji_number(text).filter(|(number, _)| *number <= 999);
    }
    let mut number = 0;
    let mut end = 0;
    for (i, c) in text.char_indices() {
        let Some(digit) = half_width(c).to_digit(10) else { break };
        number = number * 10 + digit;
        end = i + c.len_utf8();
        if number > 999 {
            return None;
        }
    }
    (end > 0).then_some((number, end))
}

/// A number with what follows `-2`, `.3` … after it.
fn steps(first: u32, mut rest: &str) -> Head<'_> {
    let mut steps = vec![first];
    while let Some((step, end)) =
        rest.strip_prefix(|c: char| is_dash(c) || half_width(c) == '.').and_then(number)
    {
        let sign = rest.chars().next().expect("a sign was stripped").len_utf8();
        steps.push(step);
        rest = &rest[sign + end..];
    }
    (steps, rest)
}

fn is_separator(c: char) -> bool {
    is_space(c) || matches!(half_width(c), '.' | ',' | ':' | ')' | '、' | '。' | '・')
}

/// Whether a number ends before a separator. `1,073` and `19:15` go on.
fn separated(rest: &str) -> bool {
    let mut chars = rest.chars().map(half_width);
    let (first, second) = (chars.next(), chars.next());
    let goes_on = matches!(first, Some('.' | ',' | ':')) && second.is_some_and(|c| c.is_ascii_digit());
    !goes_on && first.is_none_or(is_separator)
}

fn label(rest: &str) -> &str {
    rest.trim_start_matches(is_separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::japanese::HOUSE;

    #[test]
    fn finds_the_number_of_a_label() {
        for (text, expected) in [
            ("１　安心して", Some((1, "安心して"))),
            ("\n 2 安全・安心な", Some((2, "安全・安心な"))),
            ("1.", Some((1, ""))),
            ("１２．維持", Some((12, "維持"))),
            ("3、みどり", Some((3, "みどり"))),
            ("①維持", Some((1, "維持"))),
            ("(1) 仕事", Some((1, "仕事"))),
            ("【２】多様な", Some((2, "多様な"))),
            ("基本目標１　安心して", Some((1, "安心して"))),
            ("施策２ 多様な", Some((2, "多様な"))),
            ("施策（３）みどり", Some((3, "みどり"))),
            ("第１章　総論", Some((1, "総論"))),
            ("【施策２】多様な", Some((2, "多様な"))),
            ("■基本目標１：安心して", Some((1, "安心して"))),
            ("基本目標：１　安心して", Some((1, "安心して"))),
            ("Ⅱ　仕事", Some((2, "仕事"))),
            ("１－２　多様な", Some((2, "多様な"))),
            ("31", Some((31, ""))),
            ("Ⅰ-3　仕事", Some((3, "仕事"))),
            ("二　仕事", Some((2, "仕事"))),
            ("第十二章　総論", Some((12, "総論"))),
            ("基本目標三　安心", Some((3, "安心"))),
            ("施策一般", None),
            ("三重県", None),
            ("一人ひとり", None),
            ("A-2　仕事", None),
            ("1,073か所", None),
            ("19：15", None),
            ("東京2020オリンピック", None),
            ("2020 年", None),
            ("3つの柱", None),
            ("1人ひとり", None),
            ("第1回", None),
            ("安心", None),
            ("", None),
        ] {
            assert_eq!(leading_number(text), expected, "{text}");
        }
    }

    #[test]
    fn writes_the_number_of_a_heading_wide() {
        for (raw, expected) in [
            ("1 安心して　暮らす", "１　安心して　暮らす"),
            ("１　安心して", "１　安心して"),
            ("12.みどり", "１２.みどり"),
            ("１－10　みどり", "１－１０　みどり"),
            ("1.2.10 みどり", "１．２．１０　みどり"),
            ("Ⅰ-10　みどり", "Ⅰ－１０　みどり"),
            ("A-10 みどり", "Ａ－１０　みどり"),
            ("A みどり", "A みどり"),
            ("基本目標1－10　みどり", "基本目標1-10　みどり"),
            ("施策３", "施策3"),
            ("二　みどり", "二　みどり"),
            ("東京2020", "東京2020"),
            ("3つの柱", "3つの柱"),
        ] {
            assert_eq!(heading(raw, HOUSE), expected, "{raw}");
        }
        let narrow = Notation { full_headings: false, ..HOUSE };
        assert_eq!(heading("１　安心", narrow), "1　安心");
        assert_eq!(heading("１－10　安心", narrow), "1-10　安心");
        let kept = Notation { half_width: false, ..narrow };
        assert_eq!(heading("１－10　安心", kept), "１－10　安心");
    }

    #[test]
    fn numbers_have_steps() {
        for (text, expected) in [
            ("１－１０　多様な", Some(vec![1, 10])),
            ("Ⅰ-3", Some(vec![1, 3])),
            ("A-2　仕事", Some(vec![1_000, 2])),
            ("Ｂ　仕事", Some(vec![1_001])),
            ("第三章", Some(vec![3])),
            ("ICTの推進", None),
            ("B型肝炎", None),
        ] {
            assert_eq!(leading_steps(text), expected, "{text}");
        }
    }
}
