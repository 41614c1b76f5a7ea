//! Hanging indents: where a paragraph begins with a number or a sign, its further lines stand under its text.

use super::Metrics;
use super::wrap::text_width;
use crate::model::Length;

/// Characters that further lines must have room for; in narrower columns they begin at the edge.
const FEWEST: Length = 4;
/// Characters of the longest number before the space, brackets and points included (`(12)`, `１－２`).
const LONGEST: usize = 5;
/// Words that stand before a note as a number does.
const WORDS: [&str; 3] = ["備考", "注", "（注）"];

/// How far the lines of a paragraph after its first stand in; 0 if it begins with its text or the lines are too
/// narrow.
pub(super) fn hanging(paragraph: &str, width: Length, size: Length, metrics: &dyn Metrics) -> Length {
    let indent = text_width(&paragraph[..label(paragraph)], size, metrics);
    if indent > 0 && width - indent >= FEWEST * size { indent } else { 0 }
}

/// The length in bytes of the number or sign at a paragraph's head with the space after it: `１　`, `(1)　`, `※1 `;
/// and of `・`, which needs no space.
fn label(paragraph: &str) -> usize {
    let space = paragraph.find(char::is_whitespace).unwrap_or(0);
    let (label, rest) = paragraph.split_at(space);
    let text = rest.trim_start();
    let is_label =
        (1..=LONGEST).contains(&label.chars().count()) && (is_number(label) || WORDS.contains(&label));
    if is_label && !text.is_empty() {
        paragraph.len() - text.len()
    } else if paragraph.starts_with('・') {
        '・'.len_utf8()
    } else {
        0
    }
}

/// Digits, enclosed or not, signs and points; or one letter (`ア`, `（a）`).
fn is_number(label: &str) -> bool {
    let inner: Vec<char> = label.chars().filter(|c| !"()（）.．-－".contains(*c)).collect();
    let is_digit = |c: char| crate::japanese::half_width(c).is_ascii_digit();
    let is_enclosed =
        |c: char| matches!(c, '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}');
    let is_sign = |c: char| "・○●◎◇◆□■△▲▽▼☆★※＊*".contains(c);
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'ァ'..='ヶ' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    match inner[..] {
        [] => false,
        [one] => is_digit(one) || is_enclosed(one) || is_sign(one) || is_letter(one),
        _ => inner.iter().all(|&c| is_digit(c) || is_enclosed(c) || is_sign(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::Square;

    #[test]
    fn the_number_is_measured() {
        let check = |text: &str, expected| assert_eq!(hanging(text, 100, 10, &Square), expected, "{text}");
        check("１　安心して暮らす", 20);
        check("12　安心して", 20);
        check("（1）　地域産業", 35);
        check("①　中小企業", 20);
        check("Ⅱ　まち", 20);
        check("1-2 まち", 20);
        check("・園の数", 10);
        check("・　園の数", 20);
        check("※1 見込み", 20);
        check("※　見込み", 20);
        check("ア　見込み", 20);
        check("備考　見込み", 30);
        check("１　", 0);
        check("", 0);
        check("安心　して", 0);
        check("アイ　ウ", 0);
        check("東京 都", 0);
        check("１安心", 0);
        check("２０２０年　安心", 0);
    }

    #[test]
    fn a_narrow_column_has_no_indent() {
        assert_eq!(hanging("１　安心して", 60, 10, &Square), 20);
        assert_eq!(hanging("１　安心して", 59, 10, &Square), 0);
    }
}
