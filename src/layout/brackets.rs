//! Texts in brackets, which a line had better not break: W11 of [`super::wrap`].

use super::gaps::{Cluster, Rank};
use super::wrap::advance;

/// The longest text in brackets that is a phrase, in thousandths of the text size: `（見込）`, `（R6年度）`.
const SHORT: i64 = 3_000;

/// The brackets of a text, each with its closing one, inner ones first.
fn pairs(clusters: &[Cluster<'_>]) -> Vec<(usize, usize)> {
    let mut opened: Vec<usize> = Vec::new();
    let mut pairs = Vec::new();
    for (at, cluster) in clusters.iter().enumerate() {
        match cluster.text {
            "（" | "(" => opened.push(at),
            "）" | ")" => pairs.extend(opened.pop().map(|opening| (opening, at))),
            _ => {}
        }
    }
    pairs
}

/// Makes the gaps inside of short brackets phrases.
pub(super) fn keep_short(clusters: &mut [Cluster<'_>]) {
    for (opening, closing) in pairs(clusters) {
        if advance(&clusters[opening + 1..closing]) <= SHORT {
            clusters[opening..closing]
                .iter_mut()
                .for_each(|inside| inside.gap = inside.gap.min(Rank::Phrase));
        }
    }
}

/// For each gap, the advance of the innermost brackets that it is in, with them; 0 outside.
pub(super) fn around(clusters: &[Cluster<'_>]) -> Vec<i64> {
    let mut around = vec![0; clusters.len()];
    for (opening, closing) in pairs(clusters) {
        let whole = advance(&clusters[opening..=closing]);
        around[opening..closing].iter_mut().filter(|width| **width == 0).for_each(|width| *width = whole);
    }
    around
}

#[cfg(test)]
mod tests {
    use crate::layout::testing::Square;
    use crate::layout::{Setting, break_lines};

    #[test]
    fn brackets_are_kept_together_where_it_costs_nothing() {
        let mut wrong = Vec::new();
        let mut check = |columns: i32, expected: &str| {
            let text = expected.replace('|', "");
            let lines = break_lines(&text, Setting::plain(columns * 10, 10), &Square);
            let shown: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
            wrong.extend((shown.join("|") != expected).then(|| (shown.join("|"), expected.to_owned())));
        };
        check(11, "4か所（80人）|（※特養2か所を含む）");
        check(7, "施設の数|（実施計画）");
        check(7, "施設の数|(実施計画)");
        check(7, "施設の数|（実施計画）|又は延べ数");
        check(7, "施設の数（実施|計画）又は延べ"); // a line more
        check(7, "施設の数（実施|計画に定める）"); // does not fit on a line
        check(11, "施設の数（実施計画に|定める数）"); // the line would be less than half full
        check(7, "施設の数（計|（画の実施）の|年度）"); // the outer ones do not fit
        check(7, "施設の数「実施|計画」"); // no brackets of this kind
        check(7, "施設の数（実施|計画の定め"); // not closed
        check(7, "（施設の数と|実施計画）"); // opens the line
        assert_eq!(wrong, []);
    }
}
