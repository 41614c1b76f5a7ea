//! Line breaks of departments: which of them belong to the text, and which only wrapped it.
//!
//! * **B1** A break stays after a sentence, around an empty line and before a list's sign or number. A line that ends
//!   with a sign that connects (`・`, `、`, an opening bracket) goes on below.
//! * **B2** With `join`, all other breaks are closed; with `keep`, none is.
//! * **B3** With `auto`, a break is closed that wraps: the line above is as full as its cell is wide. What a line holds
//!   depends on the font's size (9 to 12 points), so that a line is full from [`FULL`] to [`OVERFULL`] of the width that
//!   the workbook states; a fuller one was wrapped by Excel, not by hand. A file without widths (CSV) has no wraps. A
//!   group's label names one thing: its breaks wrap.
//! * **B4** What is closed is said once a column. Latin words and numbers get a space in a break's place,
//!   and so does a label's number.

use crate::finding::{Finding, Noted, Problem};
use crate::japanese::{half_widths, leading_number};
use crate::model::{Origin, Record};
use crate::template::LineBreaks;
use std::collections::{BTreeMap, BTreeSet};

/// From how many hundredths of a cell's width on a line is full, the next character included.
const FULL: u32 = 85;
/// Up to how many hundredths of it a person may have filled it.
const OVERFULL: u32 = 140;

/// A text, and how many breaks of it were taken for wraps.
pub(super) struct Flowing {
    pub(super) text: String,
    pub(super) wraps: usize,
}

/// What a text stands in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Room {
    /// A cell of this width, in hundredths of a half-width character.
    Cell(u32),
    /// A file without widths.
    Unknown,
    /// A group's label.
    Label,
}

/// A text without the breaks that do not belong to it.
pub(super) fn flowing(text: &str, line_breaks: LineBreaks, room: Room) -> Flowing {
    const LIST_SIGNS: [char; 6] = ['・', '●', '○', '◆', '■', '※'];
    let mut flowing = String::new();
    let (mut wraps, mut above) = (0, "");
    let mut empty_line = false;
    for line in text.lines().map(str::trim) {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let listed = line.starts_with(LIST_SIGNS) || leading_number(line).is_some();
        if line.is_empty() {
            empty_line = true;
            continue;
        }
        let stays = listed || empty_line || flowing.ends_with('。'); // B1
        let closes = match line_breaks {
            LineBreaks::Keep => false,
            LineBreaks::Join => !stays,
            LineBreaks::Auto => !stays && (goes_on(above) || room.wraps(above, line)),
        };
        let is_first = flowing.is_empty();
        if !is_first && !closes {
            flowing.push('\n');
        } else if !is_first {
            wraps += usize::from(line_breaks == LineBreaks::Auto);
            let is_number = |text: &str| leading_number(text).is_some_and(|(_, rest)| rest.is_empty());
            if word(flowing.chars().next_back()) && word(line.chars().next()) {
                flowing.push(' ');
            } else if matches!(room, Room::Label) && is_number(&flowing) {
                flowing.push('　');
            }
        }
        flowing.push_str(line);
        (above, empty_line) = (line, false);
    }
    Flowing { text: flowing, wraps }
}

/// Whether a line ends with a sign that connects it with the next one (B1).
fn goes_on(line: &str) -> bool {
    line.ends_with(['・', '、', '，', '／', '（', '(', '「', '『', '【', '～', '＋'])
}

impl Room {
    /// Whether the break between two lines wraps (B3).
    fn wraps(self, above: &str, below: &str) -> bool {
        match self {
            Self::Cell(width) => is_full(above, below, width),
            Self::Unknown => false,
            Self::Label => true,
        }
    }
}

/// Whether a line is as full as its cell is wide: what begins the next one would not have fitted.
fn is_full(line: &str, next: &str, width: u32) -> bool {
    let hundredths = |text: &str| columns(text).saturating_mul(10_000) / width.max(1);
    let first = next.chars().next().map_or(0, char::len_utf8);
    hundredths(line).saturating_add(hundredths(&next[..first])) > FULL && hundredths(line) <= OVERFULL
}

/// How many half-width characters a text is as wide as.
fn columns(text: &str) -> u32 {
    text.chars().map(half_widths).sum()
}

/// The findings of the rows without those about closed breaks but one for each column, which counts them.
pub(super) fn say_once(rows: &mut [Noted<Record>]) {
    let mut seen: BTreeSet<Origin> = BTreeSet::new();
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (at, row) in rows.iter_mut().enumerate() {
        row.findings.retain(|finding| {
            let Problem::BreaksJoined { count } = finding.problem else { return true };
            let Some(cell) = finding.origin.cell else { return true };
            // A group's label stands in many rows.
            if !seen.insert(finding.origin.clone()) {
                return false;
            }
            let is_first = !counts.contains_key(&cell.col);
            counts.entry(cell.col).or_insert((at, 0)).1 += count;
            is_first
        });
    }
    for row in rows {
        for Finding { problem, origin, .. } in &mut row.findings {
            if let (Problem::BreaksJoined { count }, Some(cell)) = (problem, origin.cell) {
                *count = counts[&cell.col].1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_that_do_not_belong_to_a_text_are_closed() {
        for (text, joined) in [
            ("継続して\n取り組む", "継続して取り組む"),
            ("次のため\n・一つ\n・二つ", "次のため\n・一つ\n・二つ"),
            ("①一つ\n１　二つ\n(2) 三つ", "①一つ\n１　二つ\n(2) 三つ"),
            ("次のとおり。\n完了したため。", "次のとおり。\n完了したため。"),
            ("第一\n\n第二", "第一\n第二"),
            ("全部で\n2か所", "全部で2か所"),
            ("KPI\nlist", "KPI list"),
            ("（2019\n2020）", "（2019 2020）"),
            ("", ""),
        ] {
            assert_eq!(flowing(text, LineBreaks::Join, Room::Unknown).text, joined);
            let kept: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(flowing(text, LineBreaks::Keep, Room::Cell(100)).text, kept.join("\n"));
            assert_eq!(flowing(text, LineBreaks::Auto, Room::Unknown).text, kept.join("\n"));
        }
        let label = |text| flowing(text, LineBreaks::Auto, Room::Label).text;
        assert_eq!(label("１－１\n子育てを\n支える"), "１－１　子育てを支える");
    }

    #[test]
    fn only_a_full_line_was_wrapped() {
        for (text, width, wraps) in [
            ("健康教室の開催\n広報の強化", 3000, 0),
            ("健康教室の開催\n広報の強化", 1400, 1),
            ("健康教室の開催\n広報の強化", 838, 0),
            ("見込みを\n上回った\nため", 838, 2),
            ("見込みを\n上回った\nため", 2000, 0),
            ("健康教室の開催。\n広報の強化", 1500, 0),
            ("健康教室の開催\n・広報の強化", 1400, 0),
            ("健康教室・\n広報の強化", 3000, 1),
        ] {
            assert_eq!(flowing(text, LineBreaks::Auto, Room::Cell(width)).wraps, wraps, "{text} {width}");
        }
        assert_eq!(flowing("安心して\n暮らせるまち", LineBreaks::Auto, Room::Label).wraps, 1);
    }
}
