//! The headers of a sheet: looked for, stated, or known from how it was folded.

use super::columns::{Header, Lexicon, recognise};
use super::headings::Headings;
use crate::model::RawSheet;

/// Where the headers of a sheet come from.
pub(super) enum Headers {
    /// They were looked for, row by row from top to bottom; what else a row may be goes before.
    Sought(Vec<Header>),
    /// The template states them.
    ByHand(Vec<Header>),
    /// The sheet was folded into tables that begin with them.
    Folded(Vec<Header>),
}

impl Headers {
    pub(super) fn are_sought(&self) -> bool {
        matches!(self, Self::Sought(_))
    }

    /// The one that was found at a row.
    pub(super) fn beginning_at(&self, row: u32) -> Option<&Header> {
        let Self::Sought(found) = self else { return None };
        found.binary_search_by_key(&row, |header| header.top).ok().map(|at| &found[at])
    }

    /// Those that begin where they are said to, whatever stands there.
    pub(super) fn given(&self) -> &[Header] {
        match self {
            Self::Sought(_) => &[],
            Self::ByHand(headers) | Self::Folded(headers) => headers,
        }
    }
}

/// The headers of a sheet's tables, from top to bottom.
pub(super) fn headers(sheet: &RawSheet, words: &Lexicon, headings: &Headings) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for row in &sheet.rows {
        let is_below = headers.last().is_none_or(|header| row.index >= header.end);
        if is_below && headings.read(sheet, row).is_none() {
            let found = recognise(sheet, row, words);
            let is_next =
                |found: &Header| headers.last().is_none_or(|known| found.may_follow(known, sheet, words));
            headers.extend(found.filter(is_next));
        }
    }
    headers
}
