//! Comments on cells: which indicator each belongs to. They never change what a row is.

use crate::finding::Noted;
use crate::model::{Comment, RawSheet, Record, RowKind, SheetAccount};
use std::collections::BTreeMap;

/// Gives each comment to the indicator on whose lines its cell stands, and the others to the sheet's account. The
/// indicators are those of the account, in its order.
pub(super) fn attach(
    comments: Vec<Comment>,
    sheet: &RawSheet,
    rows: &mut [Noted<Record>],
    account: &mut SheetAccount,
) {
    if comments.is_empty() {
        return;
    }
    let lines = lines(sheet, rows, account);
    for comment in comments {
        let line = comment.origin.cell.and_then(|cell| {
            let is_own = sheet.stands.is_empty();
            let in_table = sheet.stands.in_table((cell.row, cell.col)).map(|(row, _)| row);
            lines.get(&in_table.or(is_own.then_some(cell.row))?)
        });
        match line.and_then(|&at| rows.get_mut(at)) {
            Some(row) => row.value.notes.push(comment),
            None => account.notes.push(comment),
        }
    }
}

/// Which indicator each line belongs to: its own row, the lines that continue it, and those that its merged cell
/// covers.
fn lines(sheet: &RawSheet, rows: &[Noted<Record>], account: &SheetAccount) -> BTreeMap<u32, usize> {
    let mut lines = BTreeMap::new();
    let mut next = 0;
    for &(line, kind) in &account.rows {
        if kind == RowKind::Indicator {
            next += 1;
        }
        if matches!(kind, RowKind::Indicator | RowKind::Continuation) && next > 0 {
            lines.insert(line, next - 1);
        }
    }
    for (at, row) in rows.iter().enumerate().filter(|_| sheet.stands.is_empty()) {
        let Some(cell) = row.value.name().origin.cell else { continue };
        for line in sheet.merged_from(cell.row, cell.col).into_iter().flat_map(|area| area.top..=area.bottom)
        {
            lines.entry(line).or_insert(at);
        }
    }
    lines
}
