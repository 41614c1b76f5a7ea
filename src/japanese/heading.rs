//! Numbers at the head of group labels: `１　安心して…`, `基本目標１`, `第１章`, `①`.

use super::chars::{half_width, is_dash, is_space};
use super::{Notation, fold, normalise};
use crate::model::enclosed_number;

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
/// Known are `１　…`, `1.`, `1)`, `(1)`, `①`, `⑴`, `Ⅱ　…`, `基本目標１…`, `【施策２】…`, `第１章`, in any width, also
/// behind a sign (`■`). A bare number counts only before a separator or at the end (`3つの柱` and `2020年…` have none), and of a stepped
/// number (`1-2　…`, `1.2　…`) the last step counts. Numbers above 999 are none.
pub fn leading_number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(|c: char| is_space(c) || SIGNS.contains(&c));
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

/// A group label in the document's notation; with `full_headings` the bare number at its head is full-width,
/// and a space after it is U+3000 (`１　安心して…`).
pub fn heading(raw: &str, notation: Notation) -> String {
    let text = normalise(raw, notation);
    let Some((_, digits)) = number(&text).filter(|_| notation.full_headings && bare(&text).is_some()) else {
        return text;
    };
    let wide = text[..digits].chars().map(full_width_digit);
    let rest = &text[digits..];
    let label = rest.trim_start_matches(is_space);
    let gap = if label.len() < rest.len() { "\u{3000}" } else { "" };
    wide.chain(gap.chars()).chain(label.chars()).collect()
}

fn full_width_digit(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(u32::from(c) + 0xFEE0).expect("full-width digits mirror ASCII"),
        _ => c,
    }
}

fn enclosed(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    let number = enclosed_number(first)?;
    let rest = &text[first.len_utf8()..];
    let roman = matches!(first, 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ');
    (!roman || separated(rest)).then(|| (number, label(rest)))
}

fn bracketed(text: &str) -> Option<(u32, &str)> {
    let inner = text.strip_prefix(['(', '（', '[', '［', '【', '〔', '<', '＜', '〈', '《'])?;
    let inner = prefix(inner).map_or(inner, |prefix| inner[prefix.len()..].trim_start_matches(is_space));
    let (number, end) = number(inner)?;
    let (number, rest) = last_step(number, &inner[end..]);
    let rest = rest.strip_prefix([')', '）', ']', '］', '】', '〕', '>', '＞', '〉', '》'])?;
    Some((number, label(rest)))
}

fn prefix(text: &str) -> Option<&'static str> {
    PREFIXES.into_iter().find(|prefix| text.starts_with(prefix))
}

fn prefixed(text: &str) -> Option<(u32, &str)> {
    let prefix = prefix(text)?;
    let after = text[prefix.len()..].trim_start_matches(|c: char| is_space(c) || matches!(c, ':' | '：'));
    if let Some(found) = enclosed(after).or_else(|| bracketed(after)) {
        return Some(found);
    }
    let (number, end) = number(after)?;
    let (number, rest) = last_step(number, &after[end..]);
    let rest = match prefix {
        "第" => COUNTERS.iter().find_map(|counter| rest.strip_prefix(counter))?,
        _ => rest,
    };
    Some((number, label(rest)))
}

fn bare(text: &str) -> Option<(u32, &str)> {
    let (number, end) = number(text)?;
    let (number, rest) = last_step(number, &text[end..]);
    separated(rest).then(|| (number, label(rest)))
}

/// The number of up to three digits at the head of a text, and where it ends.
fn number(text: &str) -> Option<(u32, usize)> {
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

/// Follows `-2`, `.3` … after a number.
fn last_step(mut last: u32, mut rest: &str) -> (u32, &str) {
    while let Some((step, end)) =
        rest.strip_prefix(|c: char| is_dash(c) || half_width(c) == '.').and_then(number)
    {
        let sign = rest.chars().next().expect("a sign was stripped").len_utf8();
        last = step;
        rest = &rest[sign + end..];
    }
    (last, rest)
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
            ("東京2020", "東京2020"),
            ("3つの柱", "3つの柱"),
        ] {
            assert_eq!(heading(raw, HOUSE), expected, "{raw}");
        }
        let narrow = Notation { full_headings: false, ..HOUSE };
        assert_eq!(heading("１　安心", narrow), "1　安心");
    }
}
