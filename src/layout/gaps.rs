//! Where lines may end: the rank of each gap between two grapheme clusters, by the rules W1 to W5 of
//! [`super::wrap`].

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};

/// How good a gap between two clusters is as a line's end; better ranks are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Only between grapheme clusters.
    Cluster,
    /// Where loose setting would break.
    Loose,
    /// Allowed, but it separates a number from its counter.
    Counter,
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
    let counters = counter_gaps(text);
    each_gap(clusters, |gap| {
        if strict.binary_search(&gap).is_err() {
            Rank::Cluster
        } else if kept_together(&text[..gap], &text[gap..]) {
            Rank::Loose
        } else if counters.binary_search(&gap).is_ok() {
            Rank::Counter
        } else {
            Rank::Free
        }
    });
    if needs_loose(clusters) {
        let loose = break_offsets(&analysed, LineBreakStrictness::Loose);
        each_gap(clusters, |gap| if loose.binary_search(&gap).is_ok() { Rank::Loose } else { Rank::Cluster });
    }
}

fn break_offsets(text: &str, strictness: LineBreakStrictness) -> Vec<usize> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(strictness);
    LineSegmenter::new_for_non_complex_scripts(options).segment_str(text).collect()
}

/// Raises each gap, by its byte offset, to at least the rank that is found for it.
fn each_gap(clusters: &mut [Cluster<'_>], find: impl Fn(usize) -> Rank) {
    let mut gap = 0;
    for cluster in clusters {
        gap += cluster.text.len();
        cluster.gap = cluster.gap.max(find(gap));
    }
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

fn is_digit(c: char) -> bool {
    crate::japanese::half_width(c).is_ascii_digit()
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '，' | '．')
}

/// Counters that follow a number, longest first where one begins another.
const COUNTERS: &[&str] = &[
    "か国語",
    "ユニット",
    "年度末",
    "年度",
    "か所",
    "カ所",
    "ヶ所",
    "箇所",
    "か月",
    "カ月",
    "ヶ月",
    "か国",
    "施設",
    "団体",
    "事業所",
    "事業",
    "世帯",
    "平方メートル",
    "ヘクタール",
    "キロ",
    "トン",
    "ポイント",
    "時間",
    "人回",
    "億円",
    "万円",
    "千円",
    "百万円",
    "万人",
    "千人",
    "年",
    "月",
    "日",
    "人",
    "名",
    "件",
    "回",
    "校",
    "園",
    "社",
    "本",
    "台",
    "戸",
    "棟",
    "冊",
    "枚",
    "組",
    "店",
    "区",
    "円",
    "時",
    "分",
    "秒",
    "％",
    "㎡",
    "歳",
    "位",
    "割",
    "倍",
    "点",
    "つ",
];

/// W5: the gaps between a number and its counter and inside the counter, as ascending byte offsets.
fn counter_gaps(text: &str) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut previous = None;
    for (i, c) in text.char_indices() {
        if previous.is_some_and(is_digit) && !is_digit(c) {
            let counter = COUNTERS.iter().find(|counter| text[i..].starts_with(**counter));
            gaps.extend(counter.iter().flat_map(|counter| counter.char_indices().map(|(at, _)| i + at)));
        }
        previous = Some(c);
    }
    gaps
}
