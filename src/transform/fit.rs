//! The fit of a heading and a slot: in what manner, and at whose word.

use std::cmp::Ordering;

/// How a heading fits a word; better manners are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// Begins with it, and what follows is harmless.
    Begins,
    /// Ends with it.
    Ends,
    /// Has all words of the vocabulary.
    Lists,
    /// Equal but for ornaments.
    Names,
    Equals,
}

/// How well a heading fits a slot (H3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) manner: Manner,
    /// The word is the template's own.
    pub(super) is_own: bool,
    /// Bytes of the word.
    pub(super) length: usize,
}

impl Fit {
    /// Whether it is no more than a hint (H13).
    pub(super) fn is_hint(self) -> bool {
        self.manner < Manner::Lists
    }

    /// The manner and the length of the word, whosever it is.
    pub(super) fn look(self) -> (Manner, usize) {
        (self.manner, self.length)
    }
}

impl Ord for Fit {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |fit: &Self| {
            let equals = fit.manner >= Manner::Names;
            (equals, equals && fit.is_own, fit.manner, fit.is_own, fit.length)
        };
        rank(self).cmp(&rank(other))
    }
}

impl PartialOrd for Fit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
