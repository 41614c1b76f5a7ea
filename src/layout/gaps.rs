//! Where lines may end: the rank of each gap between two grapheme clusters, by the rules of [`super::wrap`].

use super::brackets::keep_short;
use super::words::ties;
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};

/// How good a gap between two clusters is as a line's end; better ranks are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// After the hyphen of a word or an address: a reader who copies or searches it would lose the hyphen.
    Hyphen,
    /// Only between grapheme clusters.
    Cluster,
    /// Where loose setting would break.
    Loose,
    /// Inside of what is one word with its number, an era's name included.
    Word,
    /// Between the parts of one date, one amount or one unit, or after the number of a heading.
    Part,
    /// Inside of a short text in brackets, or before what limits a number (`以上`).
    Phrase,
    /// Good.
    Free,
}

/// A grapheme cluster with the gap after it.
pub(super) struct Cluster<'a> {
    pub(super) text: &'a str,
    /// In thousandths of the text size.
    pub(super) advance: i64,
    pub(super) gap: Rank,
}

/// Ranks the gaps of a text; those inside of strict runs only if these runs need them (W7).
pub(super) fn rank(text: &str, clusters: &mut [Cluster<'_>], needs_loose: impl Fn(&[Cluster<'_>]) -> bool) {
    let analysed = text.replace('～', "〜"); // W1; both take three bytes, so offsets stay valid
    let strict = break_offsets(&analysed, LineBreakStrictness::Strict);
    let ties = ties(text);
    each_gap(clusters, |gap, _| match ties.get(&gap) {
        Some(&rank) if rank <= Rank::Loose => rank,
        _ if strict.binary_search(&gap).is_err() && !before_bracket(&text[..gap], &text[gap..]) => {
            Rank::Cluster
        }
        _ if kept_together(&text[..gap], &text[gap..]) => Rank::Loose,
        Some(&rank) => rank,
        None => Rank::Free,
    });
    keep_short(clusters);
    if needs_loose(clusters) {
        let loose = break_offsets(&analysed, LineBreakStrictness::Loose);
        each_gap(clusters, |gap, rank| match rank {
            Rank::Cluster if loose.binary_search(&gap).is_ok() => Rank::Loose,
            rank => rank,
        });
    }
}

fn break_offsets(text: &str, strictness: LineBreakStrictness) -> Vec<usize> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(strictness);
    LineSegmenter::new_for_non_complex_scripts(options).segment_str(text).collect()
}

/// Gives each gap the rank that is found for its byte offset and the rank it has.
fn each_gap(clusters: &mut [Cluster<'_>], find: impl Fn(usize, Rank) -> Rank) {
    let mut gap = 0;
    for cluster in clusters {
        gap += cluster.text.len();
        cluster.gap = find(gap, cluster.gap);
    }
}

/// A unit before a bracket (`41.0％（見込）`), which UAX #14 takes for a part of one number.
fn before_bracket(before: &str, after: &str) -> bool {
    before.ends_with(['％', '%', '℃', '‰']) && after.starts_with(['（', '('])
}

/// Whether W2, W3 or W4 forbid a break between two halves of a text.
fn kept_together(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let starts_no_line = matches!(next, '／' | '㎡' | '㎞' | '㎏' | '％' | '%' | '℃' | '‰' | '〜' | '～');
    let ends_no_line = matches!(last, '△' | '▲' | '－' | '−' | '№' | '￥' | '＋' | '±')
        || (matches!(last, '約' | '第') && is_digit(next));
    starts_no_line || ends_no_line || in_number(before, last, next, after)
}

/// W4: digit–digit, digit–separator–digit.
fn in_number(before: &str, last: char, next: char, after: &str) -> bool {
    let digit_before = before.chars().rev().nth(1).is_some_and(is_digit);
    let digit_after = after.chars().nth(1).is_some_and(is_digit);
    (is_digit(last) && is_digit(next))
        || (is_digit(last) && is_separator(next) && digit_after)
        || (is_separator(last) && digit_before && is_digit(next))
}

pub(super) fn is_digit(c: char) -> bool {
    crate::japanese::half_width(c).is_ascii_digit()
}

pub(super) fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '，' | '．')
}
