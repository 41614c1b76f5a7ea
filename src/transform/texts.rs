//! The short texts of a document, counted: what recurs with every record is a label of the form, and no entry.

use crate::japanese::fold;
use crate::model::RawSheet;
use std::collections::BTreeMap;

/// Cells of a sheet that are looked at: no card has as many.
const CELLS: usize = 2_000;
/// Characters of the longest text.
const LONGEST: usize = 30;

/// How often each text stands in a document, and how often something stands to its right; folded.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(BTreeMap<String, (usize, usize)>);

impl Texts {
    pub(super) fn of(sheets: &[RawSheet]) -> Self {
        let mut texts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for sheet in sheets {
            let cells =
                sheet.rows.iter().flat_map(|row| row.cells.iter().enumerate().map(move |it| (row, it)));
            for (row, (at, cell)) in cells.take(CELLS) {
                if cell.text.chars().count() <= LONGEST {
                    let (count, beside) = texts.entry(fold(&cell.text)).or_default();
                    *count += 1;
                    *beside += usize::from(at + 1 < row.cells.len());
                }
            }
        }
        Self(texts)
    }

    /// Whether a text recurs as often as another does, more than once, and is no line by itself.
    pub(super) fn recurs_with(&self, text: &str, other: &str) -> bool {
        let counts = |text: &str| self.0.get(&fold(text)).copied().unwrap_or_default();
        let ((own, beside), (other, _)) = (counts(text), counts(other));
        own >= 2 && beside > 0 && own * 5 >= other * 4 && own <= other
    }
}
