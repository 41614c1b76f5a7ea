//! Short texts in brackets kept on one line: W11 of [`super::wrap`].

use super::gaps::Cluster;
use super::wrap::{Room, advance, line_end};
use std::ops::Range;

/// Lines in which two ways of breaking must come together again.
const SOON: usize = 8;

/// Where a line ends instead, if it would end inside of brackets and had better end before them: where the text in them
/// fits on the next line, this line stays at least half full, the gap is as good, and no line more is needed. The rooms
/// are those of this line and of the next ones.
pub(super) fn before_brackets(
    clusters: &[Cluster<'_>],
    line: Range<usize>,
    rooms: [Room; 2],
) -> Option<usize> {
    if line.end == clusters.len() {
        return None;
    }
    let opening = line.start + last_open(&clusters[line.clone()])?;
    let next = opening..line_end(clusters, opening, rooms[1]);
    let is_better = opening > line.start
        && clusters[opening - 1].gap >= clusters[line.end - 1].gap
        && 2 * advance(&clusters[line.start..opening]) >= rooms[0].width
        && closes(&clusters[next.clone()])
        && come_together(clusters, [line.end, opening], rooms[1]);
    is_better.then_some(opening)
}

fn opens(cluster: &Cluster<'_>) -> bool {
    matches!(cluster.text, "（" | "(")
}

fn is_closing(cluster: &Cluster<'_>) -> bool {
    matches!(cluster.text, "）" | ")")
}

/// The last bracket that opens and does not close.
fn last_open(clusters: &[Cluster<'_>]) -> Option<usize> {
    let mut closing = 0;
    clusters.iter().rposition(|cluster| {
        closing += i32::from(is_closing(cluster)) - i32::from(opens(cluster));
        closing < 0
    })
}

/// Whether the bracket at the beginning closes.
fn closes(clusters: &[Cluster<'_>]) -> bool {
    let mut depth = 0;
    clusters.iter().any(|cluster| {
        depth += i32::from(opens(cluster)) - i32::from(is_closing(cluster));
        depth == 0
    })
}

/// Whether the lines from two beginnings end at the same place after equally many.
fn come_together(clusters: &[Cluster<'_>], mut starts: [usize; 2], room: Room) -> bool {
    for _ in 0..SOON {
        starts = starts.map(|start| line_end(clusters, start, room));
        if starts[0] == starts[1] || starts.contains(&clusters.len()) {
            break;
        }
    }
    starts[0] == starts[1]
}

#[cfg(test)]
mod tests {
    use crate::layout::testing::Square;
    use crate::layout::{Setting, break_lines};

    #[test]
    fn brackets_are_kept_together_where_it_costs_nothing() {
        let check = |columns: i32, expected: &str| {
            let text = expected.replace('|', "");
            let lines = break_lines(&text, Setting::plain(columns * 10, 10), &Square);
            let shown: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
            assert_eq!(shown.join("|"), expected);
        };
        check(11, "4か所（80人）|（※特養2か所を含む）");
        check(7, "施設の数|（実施計画）");
        check(7, "施設の数|(実施計画)");
        check(7, "施設の数|（実施計画）又|は延べ数");
        check(7, "施設の数（実施|計画）又は延べ"); // a line more
        check(7, "施設の数（実施|計画に定める）"); // does not fit on a line
        check(11, "施設の数（実施計画に定|める数）"); // the line would be less than half full
        check(7, "施設の数（計|（画の実施）の|年度）"); // the outer ones do not fit
        check(7, "施設の数「実施|計画」"); // no brackets of this kind
        check(7, "施設の数（実施|計画の定め"); // not closed
        check(7, "（施設の数と実|施計画）"); // opens the line
    }
}
