//! The headers of a sheet: looked for, stated, or known from how it was folded.

use super::columns::{Header, Lexicon, recognise};
use super::headings::Headings;
use crate::model::{RawRow, RawSheet};

/// Where the headers of a sheet come from.
pub(super) enum Headers {
    /// They are looked for; these are known to mean more than each says by itself.
    Sought(Vec<Header>),
    /// The template states them.
    ByHand(Vec<Header>),
    /// The sheet was folded into tables that begin with them.
    Folded(Vec<Header>),
}

impl Headers {
    /// Those that are known of headers that are looked for; none if they are not.
    pub(super) fn sought(&self) -> Option<Vec<Header>> {
        if let Self::Sought(known) = self { Some(known.clone()) } else { None }
    }

    /// Those that are known before the rows are read.
    pub(super) fn given(self) -> Vec<Header> {
        match self {
            Self::Sought(_) => Vec::new(),
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

/// The header that begins at a row, with what is known of it.
pub(super) fn at(sheet: &RawSheet, row: &RawRow, words: &Lexicon, known: &[Header]) -> Option<Header> {
    let found = recognise(sheet, row, words)?;
    let is_same = |known: &&Header| (known.top, known.end) == (found.top, found.end);
    Some(known.iter().find(is_same).cloned().unwrap_or(found))
}
