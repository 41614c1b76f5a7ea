//! The tally: how many rows have each disposition.

use crate::model::{KpiList, KpiRow, SheetAccount};
use crate::template::Template;

/// Counts the rows of a list per word of the vocabulary.
pub(super) fn count(rows: Vec<KpiRow>, accounts: Vec<SheetAccount>, template: &Template) -> KpiList {
    let mut tally = vec![0; template.dispositions.len()];
    for chosen in rows.iter().filter_map(|row| row.disposition.as_ref()) {
        tally[chosen.id.0] += 1;
    }
    KpiList { rows, tally, accounts }
}
