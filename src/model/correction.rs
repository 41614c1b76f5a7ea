//! A correction: what the planning section lets stand in a cell instead of what a department wrote.

use super::Origin;

/// One cell of a form, corrected after it was read; the form itself stays as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Correction {
    /// The cell; of what is merged, the top-left one.
    pub origin: Origin,
    /// What the cell shows; empty if it shows nothing. Line breaks are `\n`.
    pub from: String,
    /// What it is read as; never the same.
    pub to: String,
    /// Why. Never empty.
    pub why: String,
}

impl Correction {
    /// The correction of a cell among those of a list, which are in the order of their cells.
    pub fn at<'a>(cell: &Origin, corrections: &'a [Self]) -> Option<&'a Self> {
        let at = corrections.binary_search_by(|correction| correction.origin.cmp(cell));
        at.ok().map(|at| &corrections[at])
    }
}
