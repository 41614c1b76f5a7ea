//! A font for tests: full-width characters are squares, ASCII is half as wide. And texts.

use super::{Metrics, TextRole};
use proptest::prelude::*;
use std::ops::Range;

pub(crate) struct Square;

impl Metrics for Square {
    fn advance(&self, cluster: &str) -> i32 {
        if cluster.is_ascii() { 500 } else { 1000 }
    }

    fn covers(&self, cluster: &str) -> bool {
        cluster != "𠮷"
    }

    fn ascent(&self) -> i32 {
        880
    }

    fn descent(&self) -> i32 {
        120
    }

    fn of(&self, _role: TextRole) -> &dyn Metrics {
        self
    }
}

/// Text of the kind that the rules of line breaking are about.
pub(crate) fn japanese(length: Range<usize>) -> impl Strategy<Value = String> {
    let signs = "あいう漢字カナーっゃ、。・「」（）～／％㎡△▲－約第№12３４,.，か所年度人Ab-/@ 　葛\u{E0100}";
    proptest::collection::vec(proptest::sample::select(signs.chars().collect::<Vec<_>>()), length)
        .prop_map(|chars| chars.into_iter().collect())
}
