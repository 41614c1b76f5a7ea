//! The choice of line ends: of all ways to break a paragraph, the one that costs least. Rules W7, W11, W15 and W16 of
//! [`super::wrap`].
//!
//! First comes what a reader would take for a fault: lines, and ends at gaps of a low rank. A line costs less than the
//! end inside of a word, and more than one inside of a phrase. Of equals, the second cost decides: room that is left at
//! the ends of lines, ends inside of brackets or of words, a short last line.

use super::brackets::around;
use super::gaps::{Cluster, Rank, is_digit};
use super::wrap::{Room, advance};
use std::collections::BTreeMap;

/// What a line costs, and what its end does at a gap of each rank.
pub(super) const LINE: u64 = 10;

fn price(rank: Rank) -> u64 {
    match rank {
        Rank::Free => 0,
        Rank::Phrase => 4,
        Rank::Part => 12,
        Rank::Word => 15,
        Rank::Loose => 1_000,
        Rank::Cluster => 100_000,
        Rank::Hyphen => 200_000,
    }
}

/// How long a text without a full stop is to be set like sentences, in thousandths of the text size.
const LONG: i64 = 30_000;

/// The first cost: lines and ranks, then lines.
type First = (u64, u64);

/// The ends of the lines that take no more than a room, the shortest line first, each with what shows of it: at least
/// one cluster (W8).
fn fitting<'a>(
    clusters: &'a [Cluster<'_>],
    start: usize,
    room: Room,
) -> impl Iterator<Item = (usize, i64)> + 'a {
    let (mut used, mut shown) = (0, 0);
    clusters.iter().enumerate().skip(start).map_while(move |(i, cluster)| {
        used += cluster.advance;
        let fits = used <= room.width || cluster.is_space() || cluster.hangs(used, room);
        if !cluster.is_space() {
            shown = used;
        }
        (fits || i == start).then_some((i + 1, shown))
    })
}

/// The number of lines of the cheapest way, and what it costs beyond these; first and further lines have their rooms.
pub(super) fn count(clusters: &[Cluster<'_>], rooms: [Room; 2]) -> (usize, u64) {
    let mut agenda: BTreeMap<usize, First> = BTreeMap::from([(0, (0, 0))]);
    while let Some((start, cost)) = agenda.pop_first() {
        if start == clusters.len() {
            return (usize::try_from(cost.1).unwrap_or(usize::MAX).max(1), cost.0 - LINE * cost.1);
        }
        // Of the gaps of one rank, the last is the best: what remains costs no more.
        let mut last: BTreeMap<Rank, usize> = BTreeMap::new();
        for (end, _) in fitting(clusters, start, rooms[usize::from(start > 0)]) {
            last.insert(if end == clusters.len() { Rank::Free } else { clusters[end - 1].gap }, end);
        }
        for (rank, end) in last {
            let total = (cost.0 + LINE + price(rank), cost.1 + 1);
            let known = agenda.entry(end).or_insert(total);
            *known = total.min(*known);
        }
    }
    (1, 0)
}

/// The ends of the lines of the cheapest way, the last being the end of the text.
pub(super) fn ends(clusters: &[Cluster<'_>], rooms: [Room; 2]) -> Vec<usize> {
    let count = clusters.len();
    if count == 0 || fitting(clusters, 0, rooms[0]).any(|(end, _)| end == count) {
        return vec![count];
    }
    let taste = Taste::of(clusters);
    let mut best: Vec<(First, u64)> = vec![((0, 0), 0); count + 1];
    let mut next = vec![count; count];
    for start in (0..count).rev() {
        let room = rooms[usize::from(start > 0)];
        let mut found: Option<(First, u64)> = None;
        for (end, shown) in fitting(clusters, start, room) {
            let ((first, lines), second) = best[end];
            let is_last = end == count;
            let rank = if is_last { 0 } else { price(clusters[end - 1].gap) };
            let own = if is_last { taste.last(start, room) } else { taste.end(end, shown, room) };
            let cost = ((first + LINE + rank, lines + 1), second + own);
            // Of equals, the fuller line.
            if found.is_none_or(|found| cost <= found) {
                (found, next[start]) = (Some(cost), end);
            }
        }
        best[start] = found.unwrap_or_default();
    }
    let ends = std::iter::successors(Some(next[0]), |&end| next.get(end).copied());
    ends.collect()
}

/// What decides between ways that cost the same.
struct Taste<'a> {
    clusters: &'a [Cluster<'a>],
    /// The brackets around each gap.
    brackets: Vec<i64>,
    /// What an end at each gap costs inside of a word (W16): it is asked for every line that may end there.
    inside: Vec<u64>,
    /// Sentences are set full; names and headings where words end.
    is_running: bool,
    /// A space inside of the text parts it.
    has_space: bool,
}

impl<'a> Taste<'a> {
    fn of(clusters: &'a [Cluster<'a>]) -> Self {
        let has = |sign: &str| clusters.iter().any(|cluster| cluster.text == sign);
        // A remark in brackets makes no sentence (`（市が設置したものに限る。）`).
        let is_stop = |at: usize| {
            clusters[at].text == "。" && clusters.get(at + 1).is_none_or(|next| !is_closing(next))
        };
        let is_running = (0..clusters.len()).any(is_stop) || (has("、") && advance(clusters) > LONG);
        let is_part = |cluster: &Cluster<'_>| cluster.text == "\u{3000}" && cluster.gap == Rank::Free;
        let inside = (1..clusters.len()).map(|end| inside(clusters, end)).collect();
        let has_space = clusters.iter().any(is_part);
        Self { clusters, brackets: around(clusters), inside, is_running, has_space }
    }

    /// What it costs to end a line.
    fn end(&self, end: usize, shown: i64, room: Room) -> u64 {
        let hole = thousandths(room.width - shown, room.width);
        let is_broken = (1..=room.width).contains(&self.brackets[end - 1]);
        let (hole, brackets) = if self.is_running {
            (hole * 2 / 5, 60)
        } else {
            (hole * hole / 20_000, 15) // half a line is not as bad as broken brackets
        };
        let parted = self.has_space && !self.is_running && !self.clusters[end - 1].is_space();
        hole + u64::from(is_broken) * brackets + u64::from(parted) * 20 + self.inside[end - 1]
    }

    /// W15: what a short last line costs.
    fn last(&self, start: usize, room: Room) -> u64 {
        let signs = self.clusters[start..].iter().filter(|cluster| !cluster.is_space()).count();
        let is_short = match signs {
            1 => room.width >= 3_000,
            2 => room.width >= 5_000,
            _ => false,
        };
        match (is_short, self.is_running) {
            (false, _) => 0,
            (true, true) => 100,
            (true, false) => 20,
        }
    }
}

/// W16: what an end inside of a word costs, as far as the spelling shows words.
fn inside(clusters: &[Cluster<'_>], end: usize) -> u64 {
    let [before, after] = [&clusters[end - 1], &clusters[end]].map(Script::of);
    match (before, after) {
        (Script::Other, _) | (Script::Hiragana, Script::Kanji | Script::Katakana | Script::Latin) => 0,
        (_, Script::Other) => u64::from(matches!(clusters[end].text, "・" | "／")) * 3,
        (Script::Hiragana, Script::Hiragana) => {
            if clusters[end - 1].text == "を" {
                1
            } else {
                6
            }
        }
        (_, Script::Hiragana) => 10,
        (Script::Kanji, Script::Kanji) => inside_kanji(clusters, end),
        (Script::Katakana, Script::Katakana) => 12,
        _ => 3,
    }
}

/// Most words of kanji have two, and single ones stand before and after them.
fn inside_kanji(clusters: &[Cluster<'_>], end: usize) -> u64 {
    let is_kanji = |cluster: &&Cluster<'_>| Script::of(cluster) == Script::Kanji;
    let before = clusters[..end].iter().rev().take_while(is_kanji).count();
    // A counter is no part of them (`6次産業化`).
    let counted = end.checked_sub(before + 1).is_some_and(|at| clusters[at].text.starts_with(is_digit));
    let before = before - usize::from(counted && before > 1);
    let after = clusters[end..].iter().take_while(is_kanji).count();
    if before % 2 == 0 && after > 1 { 4 } else { 9 }
}

/// What a cluster is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Other,
}

impl Script {
    pub(super) fn of(cluster: &Cluster<'_>) -> Self {
        match cluster.text.chars().next() {
            Some('\u{3041}'..='\u{309F}') => Self::Hiragana,
            Some('\u{30A1}'..='\u{30FA}' | 'ー') => Self::Katakana,
            Some('々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}') => {
                Self::Kanji
            }
            Some(c) if is_digit(c) || c.is_alphabetic() => Self::Latin,
            _ => Self::Other,
        }
    }
}

fn is_closing(cluster: &Cluster<'_>) -> bool {
    cluster.is_space() || matches!(cluster.text, "。" | "、" | "）" | "」" | "』" | ")" | "，" | "．")
}

/// A share in thousandths.
fn thousandths(part: i64, whole: i64) -> u64 {
    u64::try_from(part.max(0) * 1000 / whole.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::{Square, japanese};
    use crate::layout::wrap::{Paragraph, Setting};
    use proptest::prelude::*;

    /// The first cost of the cheapest way, by trying all.
    fn cheapest(clusters: &[Cluster<'_>], start: usize, rooms: [Room; 2]) -> First {
        if start == clusters.len() {
            return (0, 0);
        }
        let ways = fitting(clusters, start, rooms[usize::from(start > 0)]).map(|(end, _)| {
            let (cost, lines) = cheapest(clusters, end, rooms);
            let rank = if end == clusters.len() { 0 } else { price(clusters[end - 1].gap) };
            (cost + LINE + rank, lines + 1)
        });
        ways.min().expect("a line takes a cluster")
    }

    proptest! {
        #[test]
        fn no_way_costs_less(text in japanese(1..13), columns in 1i32..6, indent in 0i32..30) {
            let paragraph = Paragraph::of(&text, &Square);
            let rooms = Setting { indent, ..Setting::plain(columns * 10, 10) }.rooms();
            let clusters = paragraph.clusters();
            let (mut cost, mut start) = (0, 0);
            let found = ends(clusters, rooms);
            for &end in &found {
                prop_assert!(fitting(clusters, start, rooms[usize::from(start > 0)]).any(|(fits, _)| fits == end));
                cost += LINE + if end == clusters.len() { 0 } else { price(clusters[end - 1].gap) };
                start = end;
            }
            prop_assert_eq!(start, clusters.len());
            prop_assert_eq!(count(clusters, rooms), (found.len(), cost - LINE * found.len() as u64));
            prop_assert_eq!((cost, found.len() as u64), cheapest(clusters, 0, rooms));
        }
    }
}
