//! Merged areas of several rows.

use crate::model::RawSheet;
use std::collections::BTreeMap;

/// Merged areas of several rows, for finding the top of a cell: per column, by ascending first row.
pub(super) struct TallMerges(BTreeMap<u32, Vec<(u32, u32)>>);

impl TallMerges {
    pub(super) fn of(sheet: &RawSheet) -> Self {
        let mut columns: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for area in sheet.merges.iter().filter(|area| area.bottom > area.top) {
            columns.entry(area.left).or_default().push((area.top, area.bottom));
        }
        for areas in columns.values_mut() {
            areas.sort_unstable();
        }
        Self(columns)
    }

    /// The first row of the merged area that begins in this column and covers the row.
    pub(super) fn top(&self, row: u32, col: u32) -> Option<u32> {
        let areas = self.0.get(&col)?;
        let (top, bottom) = areas[..areas.partition_point(|area| area.0 <= row)].last()?;
        (row <= *bottom).then_some(*top)
    }
}
