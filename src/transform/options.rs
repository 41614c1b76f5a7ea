//! The options of a form that are printed in one cell, and which of them is marked: `（　）維持（○）修正`,
//! `☐維持 ☑修正`, `維持[ ] 修正[x]`, `○維持 ●修正 ○削除`.
//!
//! * **O1** A sign of [`MARKS`] chooses, one of [`BLANKS`] does not; a cross does if nothing else is chosen and it is alone.
//! * **O2** Where every option has a sign and all signs but one are alike, the one that differs is chosen if it is
//!   theirs filled in ([`FILLED`]), or, of three options and more, if nobody knows what the signs mean.

use crate::japanese::{fold, is_space};
use crate::model::ChoiceId;
use crate::template::Choice;
use std::ops::Range;

/// Characters of the longest text that is looked at, and of the longest word.
const LONGEST: usize = 200;
const LONGEST_WORD: usize = 24;

/// Signs by which an option is chosen, folded.
const MARKS: [&str; 20] = [
    "○", "〇", "◯", "●", "◎", "⭕", "■", "レ", "✓", "✔", "☑", "☒", "o", "v", "丸", "true", "1", "✅", "該当",
    "有",
];
/// Signs by which one is not, folded.
const BLANKS: [&str; 7] = ["", "□", "☐", "false", "0", "-", "無"];
/// Signs of either meaning: `○ × ×`, or a cross in the box that is chosen.
const CROSSES: [&str; 5] = ["×", "✕", "✖", "╳", "x"];
/// Signs, and what they are filled in.
const FILLED: [(&str, &str); 13] = [
    ("○", "●◎◉⦿"),
    ("〇", "●◎◉⦿"),
    ("◯", "●◎◉⦿"),
    ("⚪", "⚫"),
    ("⚬", "●"),
    ("□", "■☑☒▣◼"),
    ("☐", "☑☒■"),
    ("▢", "■"),
    ("◇", "◆◈"),
    ("△", "▲"),
    ("▽", "▼"),
    ("▷", "▶"),
    ("☆", "★"),
];

/// What a sign beside an option or in its column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Chosen.
    Yes,
    /// Not chosen.
    No,
    /// Not chosen if another one is; alone, nobody can tell.
    Cross,
}

/// What a sign says; `None` if it is none.
pub(super) fn sign(text: &str) -> Option<Sign> {
    let folded = fold(text);
    let inner = folded.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    match inner {
        // `[x]`, as in plain text.
        Some("x") => Some(Sign::Yes),
        _ => plain(inner.unwrap_or(&folded)),
    }
}

fn plain(sign: &str) -> Option<Sign> {
    if MARKS.contains(&sign) {
        Some(Sign::Yes)
    } else if BLANKS.contains(&sign) {
        Some(Sign::No)
    } else {
        CROSSES.contains(&sign).then_some(Sign::Cross)
    }
}

/// An option in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) id: ChoiceId,
    /// Its characters.
    pub(super) at: Range<usize>,
}

/// The options that a text prints, if it prints two or more and none twice.
pub(super) fn printed(text: &[char], choices: &[Choice]) -> Option<Vec<Printed>> {
    if text.len() > LONGEST {
        return None;
    }
    let words: Vec<(String, ChoiceId)> = choices
        .iter()
        .enumerate()
        .flat_map(|(id, choice)| choice.words().map(move |word| (fold(word), ChoiceId(id))))
        .filter(|(word, _)| !word.is_empty())
        .collect();
    // Where a vocabulary has signs (`◎`) beside words, the signs of a text with two of the words are marks.
    let is_sign = |word: &str| !word.contains(char::is_alphanumeric);
    let worded: Vec<_> = words.iter().filter(|(word, _)| !is_sign(word)).cloned().collect();
    let worded = find(text, &worded);
    worded.or_else(|| find(text, &words))
}

/// The options that a text prints in some words, if it prints two or more and none twice.
fn find(text: &[char], words: &[(String, ChoiceId)]) -> Option<Vec<Printed>> {
    let mut found: Vec<Printed> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let longest = (at + 1..=text.len().min(at + LONGEST_WORD)).rev().find_map(|end| {
            let is_inside = is_space(text[at]) || is_space(text[end - 1]);
            let piece = fold(&text[at..end].iter().collect::<String>());
            let word = words.iter().filter(|_| !is_inside).find(|(word, _)| *word == piece)?;
            Some(Printed { id: word.1, at: at..end })
        });
        at = longest.as_ref().map_or(at + 1, |option| option.at.end);
        found.extend(longest);
    }
    let mut ids: Vec<ChoiceId> = found.iter().map(|option| option.id).collect();
    ids.sort_unstable();
    ids.dedup();
    (ids.len() >= 2 && ids.len() == found.len()).then_some(found)
}

/// The options that are marked, in a text that prints them with a place for a mark at each: none, one, or several.
/// `None` if the text is anything else.
pub(super) fn marked(text: &str, choices: &[Choice]) -> Option<Vec<ChoiceId>> {
    let chars: Vec<char> = text.chars().collect();
    let options = printed(&chars, choices)?;
    let starts = std::iter::once(0).chain(options.iter().map(|option| option.at.end));
    let ends = options.iter().map(|option| option.at.start).chain([chars.len()]);
    let mut gaps: Vec<Gap> = Vec::new();
    for (start, end) in starts.zip(ends) {
        gaps.push(gap(&chars[start..end]));
    }
    let signs = match (gaps.first()?, gaps.last()?) {
        _ if gaps.contains(&Gap::Other) => return None,
        (Gap::Sign(_), Gap::Nothing) => &gaps[..options.len()],
        (Gap::Nothing, Gap::Sign(_)) => &gaps[1..],
        // A sign at one option in the middle stands before it, as one writes from the left; both ends tell nothing.
        (Gap::Nothing, Gap::Nothing) if gaps.iter().any(|gap| *gap != Gap::Nothing) => &gaps[..options.len()],
        _ => return None,
    };
    let said = |gap: &Gap| match gap {
        Gap::Sign(sign) => sign.clone(),
        Gap::Nothing | Gap::Other => String::new(),
    };
    let said: Vec<String> = signs.iter().map(said).collect();
    if let Some(at) = filled(&said) {
        return Some(vec![options[at].id]); // O2
    }
    let says: Vec<Option<Sign>> = said.iter().map(|text| sign(text)).collect();
    if says.contains(&None) {
        return None;
    }
    let of = |sign: Sign| {
        let signs = options.iter().zip(&says).filter(move |(_, found)| **found == Some(sign));
        signs.map(|(option, _)| option.id)
    };
    let chosen: Vec<ChoiceId> = of(Sign::Yes).collect();
    if chosen.is_empty() && of(Sign::Cross).next().is_some() {
        return None;
    }
    Some(chosen)
}

/// O2: which of several signs is the filled one.
pub(super) fn filled(signs: &[String]) -> Option<usize> {
    let alike = |at: usize| signs.iter().filter(|other| fold(other) == fold(&signs[at])).count();
    let mut single = (0..signs.len()).filter(|&at| alike(at) == 1);
    let (first, second) = (single.next()?, single.next());
    let is_filled = |at: usize, other: usize| {
        let inner = |sign: &str| sign.trim_matches(['(', ')', '（', '）', '[', ']', '［', '］']).to_owned();
        let (this, rest) = (inner(&signs[at]), inner(&signs[other]));
        let mut known = FILLED.iter().filter(|(empty, _)| *empty == rest);
        known.any(|(_, filled)| !this.is_empty() && filled.contains(&this))
    };
    if let Some(second) = second {
        // Two options: one of the signs must be known as the other filled in.
        let mut ways = [(first, second), (second, first)].into_iter().filter(|_| signs.len() == 2);
        return ways.find(|&(at, other)| is_filled(at, other)).map(|(at, _)| at);
    }
    let other = (0..signs.len()).find(|&at| at != first).filter(|&other| alike(other) + 1 == signs.len())?;
    let is_unknown = |text: &String| sign(text).is_none() && is_symbol(text);
    let is_odd = signs.len() > 2 && is_unknown(&signs[first]) && is_unknown(&signs[other]);
    (is_filled(first, other) || is_odd).then_some(first)
}

/// Whether a text is one sign that is no letter and no digit.
fn is_symbol(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}'));
    chars.next().is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace()) && chars.next().is_none()
}

/// What cells side by side say that hold options and, beside them, their signs: in one text, a sign before each option.
/// `first` is the first column that they may stand in: where an option stands there, the signs stand behind.
pub(super) fn of_cells(cells: &[(u32, &str)], first: u32, is_word: impl Fn(&str) -> bool) -> String {
    let words: Vec<usize> = (0..cells.len()).filter(|&at| is_word(cells[at].1)).collect();
    if words.len() < 2 {
        return cells.iter().map(|(_, text)| *text).collect();
    }
    let is_behind = cells[words[0]].0 == first;
    let mut text = String::new();
    for (i, &at) in words.iter().enumerate() {
        let before = i.checked_sub(1).map_or(0, |i| words[i] + 1);
        let behind = words.get(i + 1).copied().unwrap_or(cells.len());
        let signs = if is_behind { at + 1..behind } else { before..at };
        let sign: String = cells[signs].iter().map(|(_, text)| *text).collect();
        text.extend([if sign.is_empty() { "□" } else { &sign }, cells[at].1, " "]);
    }
    text.trim_end().to_owned()
}

/// What stands between two options.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Gap {
    /// A separator at most, or the number of an option.
    Nothing,
    /// A sign, known or not.
    Sign(String),
    Other,
}

fn gap(text: &[char]) -> Gap {
    let is_separator = |c: &char| is_space(*c) || c.is_whitespace() || "・、,，／/;；|｜".contains(*c);
    let bare: String = text.iter().filter(|c| !is_separator(c)).collect();
    let folded = fold(&bare);
    let is_number = |c: char| c.is_ascii_digit() || ".:)(".contains(c);
    if bare.is_empty() || (folded.chars().all(is_number) && folded.contains(|c: char| c.is_ascii_digit())) {
        return Gap::Nothing;
    }
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ':';
    let text = folded.trim_matches(digits);
    if sign(text).is_some() || is_symbol(text) { Gap::Sign(text.to_owned()) } else { Gap::Other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transform::declared::tests::template;

    #[test]
    fn the_options_that_are_marked_are_found() {
        let template = template();
        for (text, chosen) in [
            ("（　）維持（○）修正（　）削除", Some(&[1][..])),
            ("（ ）1.維持　（ ）2.修正　（レ）3.削除", Some(&[2])),
            ("1.維持[ ] 2.修正[x] 3.削除[ ]", Some(&[1])),
            ("☑維持☐修正☐削除", Some(&[0])),
            ("□維持 ☑修正 □削除", Some(&[1])),
            ("○維持 ×修正 ×削除", Some(&[0])),
            ("●1.維持　○2.修正　○3.削除", Some(&[0])),
            ("○1.維持・○2.修正・●3.削除", Some(&[2])),
            ("◎維持 ○修正 ○削除", Some(&[0])),
            ("□維持／■修正／□削除", Some(&[1])),
            ("◇維持 ◆修正 ◇削除", Some(&[1])),
            ("▷維持 ▷修正 ▶削除", Some(&[2])),
            ("◦維持 ◦修正 ⊛削除", Some(&[2])),
            ("○維持 ●修正", Some(&[1])),
            ("●維持 ●修正 ○削除", Some(&[0, 1, 2])),
            ("◦維持 ⊛修正", None),
            ("維持・○修正・削除", Some(&[1])),
            ("維持（○）\n修正（　）\n削除（　）", Some(&[0])),
            ("□維持 □修正 □削除", Some(&[])),
            ("■維持 ■修正 □削除", Some(&[0, 1])),
            ("維持 ×修正", None),
            ("維持・修正", None),
            ("1.維持 2.修正", None),
            ("維持→修正", None),
            ("維持", None),
            ("○維持", None),
            ("維持又は修正", None),
            ("(1)維持 (2)修正", None),
        ] {
            let ids: Option<Vec<ChoiceId>> = chosen.map(|ids| ids.iter().map(|&id| ChoiceId(id)).collect());
            assert_eq!(marked(text, template.dispositions()), ids, "{text}");
        }
    }

    #[test]
    fn signs_are_yes_no_or_either() {
        for text in [
            "○",
            "〇",
            "◯",
            "●",
            "◎",
            "⭕",
            "⭕\u{fe0f}",
            "■",
            "レ",
            "ﾚ",
            "✓",
            "✔",
            "☑",
            "V",
            "O",
            "ｏ",
            "丸",
            "TRUE",
            "1",
            "１",
            "[x]",
            "（○）",
        ] {
            assert_eq!(sign(text), Some(Sign::Yes), "{text}");
        }
        for text in ["☐", "□", "FALSE", "0", "（　）", "[ ]", "－"] {
            assert_eq!(sign(text), Some(Sign::No), "{text}");
        }
        for text in ["×", "✕", "x", "（×）"] {
            assert_eq!(sign(text), Some(Sign::Cross), "{text}");
        }
        for text in ["△", "2", "検討中", "維持"] {
            assert_eq!(sign(text), None, "{text}");
        }
    }
}
