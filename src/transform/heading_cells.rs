//! The cells of a header: which of them head a column, merged ones included.

use super::columns::WIDEST;
use crate::model::{Area, RawSheet};

/// Merged areas of a header that are looked at: no form has as many columns.
const MERGES: usize = 3 * WIDEST as usize;

/// What stands between the headings of a column in one line.
pub(super) const BETWEEN: &str = "／";

/// Row and column of a cell.
type Cell = (u32, u32);

/// The columns that have text in the given rows, merged cells included, ascending.
pub(super) fn columns(sheet: &RawSheet, top: u32, end: u32) -> Vec<u32> {
    let mut columns: Vec<u32> = Vec::new();
    for row in (top..end).filter_map(|row| sheet.row(row)) {
        columns.extend(row.cells.iter().map(|cell| cell.col));
    }
    for area in merges(sheet, top, end) {
        if sheet.text(area.top, area.left).is_some() {
            columns.extend(area.left..=area.right.min(WIDEST));
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|&col| col < WIDEST);
    columns
}

/// The merged areas that begin in the given rows; merges are sorted by their top-left cell.
fn merges(sheet: &RawSheet, top: u32, end: u32) -> &[Area] {
    let from = sheet.merges.partition_point(|area| area.top < top);
    let to = sheet.merges.partition_point(|area| area.top < end);
    &sheet.merges[from..to.min(from + MERGES)]
}

/// The headings of a column from top to bottom, each merged cell once.
pub(super) fn headings(sheet: &RawSheet, top: u32, end: u32, col: u32) -> Vec<&str> {
    path(sheet, top, end, col).into_iter().map(|(_, text)| text).collect()
}

/// All of them in one line.
pub(super) fn in_one_line(sheet: &RawSheet, top: u32, end: u32, col: u32) -> String {
    let headings = headings(sheet, top, end, col).into_iter();
    let headings: Vec<String> = headings.map(|text| text.split_whitespace().collect()).collect();
    headings.join(BETWEEN)
}

/// The headings with the cells in which they are stored. Where no cells are merged, a heading holds for the blank cells right of
/// it, up to the next, that have a heading below them.
pub(super) fn path(sheet: &RawSheet, top: u32, end: u32, col: u32) -> Vec<(Cell, &str)> {
    let mut path = Vec::new();
    let mut previous = None;
    for row in top..end {
        let merged = merges(sheet, top, end).iter().find(|area| area.contains(row, col));
        let of_merged = |area: &Area| (area.top, area.left);
        let open =
            || if sheet.merges.is_empty() && row + 1 < end { over(sheet, row, col) } else { (row, col) };
        let source = merged.map_or_else(open, of_merged);
        if previous == Some(source) {
            continue;
        }
        previous = Some(source);
        path.extend(sheet.text(source.0, source.1).map(|text| (source, text)));
    }
    path
}

/// The cell that heads a column in a row above other headings: its own, or the next filled one to the left, if all between have
/// headings below them.
fn over(sheet: &RawSheet, row: u32, col: u32) -> Cell {
    let has_below = |col: u32| sheet.text(row + 1, col).is_some();
    let open = (0..=col).rev().take_while(|&at| sheet.text(row, at).is_none() && has_below(at)).count();
    let left = u32::try_from(open).ok().and_then(|open| col.checked_sub(open));
    let source = left.filter(|&at| sheet.text(row, at).is_some() && has_below(at));
    (row, source.unwrap_or(col))
}
