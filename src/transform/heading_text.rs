//! A heading in the forms in which it is compared with words, and the times that it states.
//!
//! * **T1** A time is the longest run of characters that [`parse_time`] reads; a number alone is none.
//! * **T2** A time with まで, 以降, から, 比 behind it, or から, ～, 対 before it, is a limit or the end of a span: a
//!   column's name without it is the same name, but its values are not of that time.

use crate::japanese::era::parse_time;
use crate::japanese::{fold, half_width, leading_number};
use crate::model::{Era, Eras, Time};
use std::ops::Range;

/// Signs before a heading that only adorn it.
const ORNAMENTS: [char; 14] = ['■', '□', '◆', '◇', '●', '○', '◎', '▼', '▽', '★', '☆', '・', '※', '*'];
/// Characters of the longest time.
const LONGEST_TIME: usize = 24;
/// What stands between a time and a column's name. Longer ones first where one begins with another.
const PARTICLES: [&str; 9] =
    ["までに", "までの", "まで", "における", "時点の", "現在の", "末の", "時の", "の"];
/// What makes a time before it a limit, a beginning or a basis.
const LIMITS: [&str; 9] = ["まで", "以降", "以後", "以前", "から", "より", "比", "対比", "～"];
/// What makes a time behind it the end of a span, or a basis.
const SPANS: [&str; 6] = ["～", "〜", "~", "から", "より", "対"];

/// A heading in the forms in which it is compared.
pub(super) struct HeadingText {
    /// All of it.
    pub(super) whole: String,
    /// Without what stands before it, and without brackets around it.
    pub(super) front: String,
    /// Without what stands before and behind it: the column's name.
    pub(super) bare: String,
    /// The name without the times that the heading states, if it states any.
    pub(super) timeless: Option<String>,
}

/// A time in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StatedTime {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// What it means.
    pub(super) time: Time,
    /// It says until or since when, or compared with what (T2).
    pub(super) is_limit: bool,
}

impl HeadingText {
    pub(super) fn new(text: &str, eras: &Eras) -> Self {
        let whole = fold(text);
        let (front, bare) = front_and_bare(text, &whole);
        let timeless = without_times(text, eras).map(|text| {
            let whole = fold(&text);
            front_and_bare(&text, &whole).1
        });
        Self { whole, front, bare, timeless }
    }

    /// The column's name, with and without times.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        [Some(self.bare.as_str()), self.timeless.as_deref()].into_iter().flatten()
    }
}

/// A text without what stands before it, and without what stands before and behind it. `whole` is the text folded.
pub(super) fn front_and_bare(text: &str, whole: &str) -> (String, String) {
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || ORNAMENTS.contains(&c));
    // `①`, `(2)`, `3．` number columns; `施策１` does not.
    let is_numbered = trimmed.starts_with(|c: char| !c.is_alphabetic());
    let rest = leading_number(trimmed).filter(|(_, rest)| is_numbered && !rest.is_empty());
    let rest = rest.map_or(trimmed, |(_, rest)| rest);
    let mut front = if rest.len() == text.len() { whole.to_owned() } else { fold(rest) };
    if let Some(inner) = front.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && is_balanced(inner)
    {
        front = inner.to_owned();
    }
    let ends = [front.find(['(', '※', '*']), front.find("単位:")];
    let end = ends.into_iter().flatten().filter(|&end| end > 0).min().unwrap_or(front.len());
    let bare = front[..end].to_owned();
    (front, bare)
}

/// Whether each bracket is closed behind its beginning: those around `a)(b` are not around all of it.
fn is_balanced(folded: &str) -> bool {
    let mut depth = 0i32;
    let mut steps = folded.chars().map(|c| match c {
        '(' => 1,
        ')' => -1,
        _ => 0,
    });
    steps.all(|step| {
        depth += step;
        depth >= 0
    }) && depth == 0
}

/// A heading without its times and what joins them to the name; none if it states no time.
pub(super) fn without_times(text: &str, eras: &Eras) -> Option<String> {
    let times = times(text, eras);
    let mut rest = String::new();
    let mut at = times.first()?.range.start;
    rest.push_str(&text[..at]);
    for (i, time) in times.iter().enumerate() {
        rest.push_str(&text[at..time.range.start]);
        let end = times.get(i + 1).map_or(text.len(), |next| next.range.start);
        let behind = text[time.range.end..end].trim_start();
        let behind = PARTICLES.iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
        rest.push_str(behind);
        at = end;
    }
    Some(rest.replace("（）", "").replace("()", ""))
}

/// The times in a text, left to right.
pub(super) fn times(text: &str, eras: &Eras) -> Vec<StatedTime> {
    // As most texts have none, this is cheap for them.
    if !text.contains(|c: char| half_width(c).is_ascii_digit() || matches!(c, '元' | '①'..='⑳')) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, half_width(c))).collect();
    let byte = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let mut found: Vec<StatedTime> = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let longest = if may_begin(&chars, i, eras) { (i + LONGEST_TIME).min(chars.len()) } else { i };
        let read = |end: usize| Some((end, parse_time(&text[byte(i)..byte(end)], eras)?));
        let Some((end, time)) = (i + 1..=longest).rev().find_map(read) else {
            i += 1;
            continue;
        };
        let range = byte(i)..byte(end);
        let is_limit = is_limit(text, &range);
        found.push(StatedTime { range, time, is_limit });
        i = end;
    }
    found
}

/// Whether a time may begin at a character: an era or a number does, and no number or Latin word is cut in two.
fn may_begin(chars: &[(usize, char)], i: usize, eras: &Eras) -> bool {
    let alphanumeric = |i: Option<usize>| {
        i.and_then(|i| chars.get(i)).is_some_and(|(_, c)| c.is_ascii_alphanumeric() || matches!(c, '.' | ','))
    };
    let c = chars[i].1;
    let begins = |era: &Era| era.name.starts_with(c) || era.short.starts_with(c);
    let is_era = eras.all().iter().any(begins) || "㋿㍻㍼㍽㍾元".contains(c) || c.is_ascii_alphabetic();
    (is_era || c.is_ascii_digit()) && !alphanumeric(i.checked_sub(1))
}

/// T2
fn is_limit(text: &str, range: &Range<usize>) -> bool {
    let inside = &text[range.clone()];
    let behind = text[range.end..].trim_start();
    let before = text[..range.start].trim_end();
    LIMITS.iter().any(|word| behind.starts_with(word))
        || behind.starts_with(['〜', '~'])
        || inside.ends_with("まで")
        || inside.ends_with("までに")
        || SPANS.iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lose_their_times() {
        for (text, times_expected, name) in [
            ("目標値", "", None),
            ("平成13年実績", "2001", Some("実績")),
            ("目標値24年度", "FY2012", Some("目標値")),
            ("目標値２４年度", "FY2012", Some("目標値")),
            ("現状値（平成26年度）", "FY2014", Some("現状値")),
            ("目標\n（令和7年度）", "FY2025", Some("目標")),
            ("R元年度目標値", "FY2019", Some("目標値")),
            ("R2年度の取扱", "FY2020", Some("取扱")),
            ("平成12年", "2000", Some("")),
            ("平成15年9月30日現在", "2003-09-30", Some("")),
            ("平成15年末見込", "2003", Some("見込")),
            ("平成28年度末の実績", "FY2016", Some("実績")),
            ("令和元（2019）年度\nまでの目標設定", "until FY2019", Some("目標設定")),
            ("目標設定（R1まで）", "until FY2019", Some("目標設定")),
            ("令和元年度までの目標", "until FY2019", Some("目標")),
            ("平成27年度～平成31年度の累計", "until FY2015, until FY2019", Some("~累計")),
            ("平成25年度比", "until FY2013", Some("比")),
            ("平成26年度以降の目標", "until FY2014", Some("以降の目標")),
            // A number is no time, and neither is a part of one.
            ("目標値（31）", "", None),
            ("3か年目標", "", None),
            ("CO2排出量", "", None),
            ("第2期目標", "", None),
        ] {
            let shown: Vec<String> = times(text, Eras::heisei())
                .iter()
                .map(|time| format!("{}{}", if time.is_limit { "until " } else { "" }, time.time))
                .collect();
            assert_eq!(shown.join(", "), times_expected, "{text}");
            assert_eq!(HeadingText::new(text, Eras::heisei()).timeless.as_deref(), name, "{text}");
        }
    }
}
