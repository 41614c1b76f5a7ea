//! The choice of line ends: of all ways to break a paragraph, the one that costs least. Rules W7, W11, W15 and W16 of
//! [`super::wrap`].
//!
//! First comes what a reader would take for a fault: lines, and ends at gaps of a low rank. A line costs less than the
//! end inside of a word, and more than one inside of a phrase. Of equals, the second cost decides: room that is left at
//! the ends of lines, ends inside of brackets or of words, a short last line.

use super::brackets::around;
use super::gaps::{Cluster, Rank, is_digit};
use super::wrap::{Room, advance};

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

/// The ways to break a text.
struct Ways<'a> {
    clusters: &'a [Cluster<'a>],
    rooms: [Room; 2],
    /// What is taken before each cluster, and by all.
    used: Vec<i64>,
    /// The same without the white space before it, which hangs (W6).
    shown: Vec<i64>,
    /// For each start of a line, its last end: all ends before it fit as well.
    reach: Vec<usize>,
    /// What the cheapest way costs from each start.
    first: Vec<First>,
    /// What each end costs with all that follows.
    ended: Vec<First>,
}

impl<'a> Ways<'a> {
    fn of(clusters: &'a [Cluster<'a>], rooms: [Room; 2]) -> Self {
        let count = clusters.len();
        let (mut used, mut shown) = (vec![0; count + 1], vec![0; count + 1]);
        for (at, cluster) in clusters.iter().enumerate() {
            used[at + 1] = used[at] + cluster.advance;
            shown[at + 1] = if cluster.is_space() { shown[at] } else { used[at + 1] };
        }
        let mut ways =
            Self { clusters, rooms, used, shown, reach: Vec::new(), first: Vec::new(), ended: Vec::new() };
        ways.reach = Vec::with_capacity(count);
        let mut end = 0;
        for start in 0..count {
            // A later line of the same room ends no earlier; the first line has its own.
            end = ways.last_end(start, if start > 1 { end } else { 0 });
            ways.reach.push(end);
        }
        ways.first = vec![(0, 0); count + 1];
        ways.ended = vec![(LINE, 1); count + 1];
        for start in (0..count).rev() {
            let (cost, lines) = ways.cheapest(start);
            ways.first[start] = (cost, lines);
            if start > 0 {
                ways.ended[start] = (cost + LINE + price(clusters[start - 1].gap), lines + 1);
            }
        }
        ways
    }

    fn room(&self, start: usize) -> Room {
        self.rooms[usize::from(start > 0)]
    }

    /// The last end of a line that takes no more than its room, or one cluster (W8); `known` is an end that fits.
    fn last_end(&self, start: usize, known: usize) -> usize {
        let room = self.room(start);
        let fits = |at: &usize| {
            let used = self.used[at + 1] - self.used[start];
            let cluster = &self.clusters[*at];
            used <= room.width || cluster.is_space() || cluster.hangs(used, room)
        };
        let known = known.max(start + 1);
        (known..self.clusters.len()).find(|at| !fits(at)).unwrap_or(self.clusters.len())
    }

    /// Of the gaps of one rank, the last is the best: what remains costs no more. So none before a free gap is better.
    fn cheapest(&self, start: usize) -> First {
        let last = self.reach[start];
        let mut cost = self.ended[last];
        for end in (start + 1..=last).rev() {
            cost = cost.min(self.ended[end]);
            if end == self.clusters.len() || self.clusters[end - 1].gap == Rank::Free {
                break;
            }
        }
        cost
    }

    /// The ends of a line from which the cheapest way goes on.
    fn ends(&self, start: usize) -> impl Iterator<Item = usize> {
        let cost = self.first[start];
        (start + 1..=self.reach[start]).filter(move |&end| self.ended[end] == cost)
    }
}

/// The number of lines of the cheapest way, and what it costs beyond these; first and further lines have their rooms.
pub(super) fn count(clusters: &[Cluster<'_>], rooms: [Room; 2]) -> (usize, u64) {
    let (cost, lines) = Ways::of(clusters, rooms).first[0];
    (usize::try_from(lines).unwrap_or(usize::MAX).max(1), cost - LINE * lines)
}

/// The ends of the lines of the cheapest way, the last being the end of the text.
pub(super) fn ends(clusters: &[Cluster<'_>], rooms: [Room; 2]) -> Vec<usize> {
    let count = clusters.len();
    if advance(clusters) <= rooms[0].width {
        return vec![count];
    }
    let ways = Ways::of(clusters, rooms);
    // Only starts that a cheapest way has are looked at; of these, what decides between equals.
    let mut is_start = vec![false; count + 1];
    is_start[0] = true;
    for start in 0..count {
        if is_start[start] {
            ways.ends(start).for_each(|end| is_start[end] = true);
        }
    }
    let mut taste = Taste::of(clusters);
    let mut second = vec![0; count + 1];
    let mut next = vec![count; count];
    for start in (0..count).rev().filter(|&start| is_start[start]) {
        let room = ways.room(start);
        let mut found: Option<u64> = None;
        for end in ways.ends(start) {
            let shown = (ways.shown[end] - ways.used[start]).max(0);
            let own = if end == count { taste.last(start, room) } else { taste.end(end, shown, room) };
            let cost = second[end] + own;
            // Of equals, the fuller line.
            if found.is_none_or(|found| cost <= found) {
                (found, next[start]) = (Some(cost), end);
            }
        }
        second[start] = found.unwrap_or_default();
    }
    let ends = std::iter::successors(Some(next[0]), |&end| next.get(end).copied());
    ends.collect()
}

/// What decides between ways that cost the same.
struct Taste<'a> {
    clusters: &'a [Cluster<'a>],
    /// The brackets around each gap.
    brackets: Vec<i64>,
    /// What an end at each gap costs inside of a word (W16), where it has been asked for.
    inside: Vec<Option<u64>>,
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
        let inside = vec![None; clusters.len()];
        let has_space = clusters.iter().any(is_part);
        Self { clusters, brackets: around(clusters), inside, is_running, has_space }
    }

    /// What it costs to end a line.
    fn end(&mut self, end: usize, shown: i64, room: Room) -> u64 {
        let hole = thousandths(room.width - shown, room.width);
        let is_broken = (1..=room.width).contains(&self.brackets[end - 1]);
        let (hole, brackets) = if self.is_running {
            (hole * 2 / 5, 60)
        } else {
            (hole * hole / 20_000, 15) // half a line is not as bad as broken brackets
        };
        let inside = *self.inside[end].get_or_insert_with(|| inside(self.clusters, end));
        let parted = self.has_space && !self.is_running && !self.clusters[end - 1].is_space();
        hole + u64::from(is_broken) * brackets + u64::from(parted) * 20 + inside
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

    /// The ends of the lines that take no more than a room, one after the other.
    fn fitting(clusters: &[Cluster<'_>], start: usize, room: Room) -> Vec<usize> {
        let mut used = 0;
        let fits = |&end: &usize| {
            let cluster = &clusters[end - 1];
            used += cluster.advance;
            end == start + 1 || used <= room.width || cluster.is_space() || cluster.hangs(used, room)
        };
        (start + 1..=clusters.len()).take_while(fits).collect()
    }

    /// The first cost of the cheapest way, by trying all.
    fn cheapest(clusters: &[Cluster<'_>], start: usize, rooms: [Room; 2]) -> First {
        if start == clusters.len() {
            return (0, 0);
        }
        let ways = fitting(clusters, start, rooms[usize::from(start > 0)]).into_iter().map(|end| {
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
                prop_assert!(fitting(clusters, start, rooms[usize::from(start > 0)]).contains(&end));
                cost += LINE + if end == clusters.len() { 0 } else { price(clusters[end - 1].gap) };
                start = end;
            }
            prop_assert_eq!(start, clusters.len());
            prop_assert_eq!(count(clusters, rooms), (found.len(), cost - LINE * found.len() as u64));
            prop_assert_eq!((cost, found.len() as u64), cheapest(clusters, 0, rooms));
        }
    }
}
