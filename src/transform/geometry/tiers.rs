//! Records of several rows: the same lines again and again under names that stand once.
//!
//! * **R1** The rows of a record are those that its name is merged over, or its own and those below it without a name.
//! * **R2** They are lines of one form if all records but a fifth have as many, and the entries of one column are the same
//!   words in the same order in each: `現行`, `見直し後`.
//! * **R3** What stands in the second line and further is a column of its own, headed by the column's heading and the line's
//!   word. What is merged over all lines, or stands in the first alone, is one column.
//! * **R4** Of two lines of targets, one is the target and the other the new target, as the lines' words say.

use super::fold::{Cell, Fold};
use crate::japanese::fold;
use crate::model::{RawSheet, Role, Slot};
use crate::template::Template;
use crate::transform::columns::{self, Header, LONGEST_HEADING, Lexicon};
use std::collections::{BTreeMap, BTreeSet};

/// Lines of a record at most.
const LINES: u32 = 12;
/// Words for what will be, folded.
const NEW: [&str; 3] = ["後", "新", "案"];

/// The lines of a table's records.
struct Lines {
    /// First rows of the records.
    starts: Vec<u32>,
    /// The column of the lines' words.
    col: u32,
    /// The words, from the first line to the last.
    words: Vec<String>,
}

/// Folds the lines of a table's records into columns: the table, its header, and the sheet without them.
pub(super) fn fold_lines(
    sheet: &RawSheet,
    header: &Header,
    words: &Lexicon,
    template: &Template,
) -> Option<(RawSheet, Header, RawSheet)> {
    let lines = Lines::of(sheet, header, words)?;
    let columns = lines.columns(sheet, header);
    let mut table = Fold::of(sheet);
    for (&(col, line), &to) in &columns {
        if columns.contains_key(&(col, 1)) {
            table.put((0, to), (lines.starts[0] + line, lines.col)); // R3
        }
        for ((cell, _), row) in columns::path(sheet, header.top, header.end, col).into_iter().zip(1..) {
            table.put((row, to), cell);
        }
    }
    let end = 1 + header.end - header.top;
    let mut next = end;
    let mut last = None;
    for row in sheet.rows.iter().filter(|row| row.index >= header.end) {
        let record = lines.record(row.index);
        if record.is_none() {
            for cell in &row.cells {
                if let Some(&to) = columns.get(&(cell.col, 0)) {
                    table.put((next, to), (row.index, cell.col));
                }
            }
        } else if record != last {
            for (&(col, line), &to) in &columns {
                if let Some(start) = record {
                    table.put((next, to), (start + line, col));
                }
            }
        }
        if record.is_some() {
            table.take((row.index, lines.col));
        }
        next += u32::from(record.is_none() || record != last);
        last = record;
    }
    let (folded, rest) = table.finish();
    let (_, mut found) = columns::read(&folded, 0, end, words);
    tell_targets_apart(&folded, &mut found, template);
    Some((folded, found, rest))
}

/// R4.
fn tell_targets_apart(table: &RawSheet, header: &mut Header, template: &Template) {
    let (Some(target), Some(new)) = (template.role(Role::Target), template.role(Role::NewTarget)) else {
        return;
    };
    let (target, new) = (Slot::Field(target), Slot::Field(new));
    let is_new = |col: u32| table.text(0, col).is_some_and(is_new);
    let Some(at) = header.ambiguous.iter().position(|(slot, ..)| *slot == target) else { return };
    let (_, first, second) = header.ambiguous[at];
    if is_new(first) == is_new(second) || header.columns.contains_key(&new) {
        return;
    }
    header.ambiguous.remove(at);
    let (old_col, new_col) = if is_new(second) { (first, second) } else { (second, first) };
    header.columns.insert(target, old_col);
    header.columns.insert(new, new_col);
}

fn is_new(text: &str) -> bool {
    NEW.iter().any(|word| text.contains(word))
}

impl Lines {
    /// The lines of the records below a header, if there are any (R1, R2).
    fn of(sheet: &RawSheet, header: &Header, words: &Lexicon) -> Option<Self> {
        let name = *header.columns.get(&words.name())?;
        let tall: BTreeMap<u32, u32> = sheet
            .merges
            .iter()
            .filter(|area| area.left <= name && name <= area.right && area.top >= header.end)
            .map(|area| (area.top, area.bottom + 1 - area.top))
            .collect();
        let rows = || sheet.rows.iter().filter(|row| row.index >= header.end);
        let starts: Vec<u32> = rows().filter(|row| row.text(name).is_some()).map(|row| row.index).collect();
        let next = |at: usize| starts.get(at + 1).copied().unwrap_or(u32::MAX);
        let free = |at: usize| {
            let from = sheet.rows.partition_point(|row| row.index <= starts[at]);
            let rows = sheet.rows[from..].iter().zip(1..);
            let mut own =
                rows.take_while(|(row, ahead)| row.index == starts[at] + ahead && row.index < next(at));
            1 + u32::try_from(own.by_ref().take(LINES as usize).count()).unwrap_or(LINES)
        };
        let heights: Vec<u32> =
            (0..starts.len()).map(|at| tall.get(&starts[at]).copied().unwrap_or_else(|| free(at))).collect();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for &height in &heights {
            *counts.entry(height).or_default() += 1;
        }
        let (&height, &count) = counts.iter().max_by_key(|(_, count)| **count)?;
        if !(2..=LINES).contains(&height) || count * 5 < starts.len() * 4 {
            return None;
        }
        let starts: Vec<u32> =
            starts.into_iter().zip(heights).filter(|(_, it)| *it >= height).map(|(start, _)| start).collect();
        let mut columns: BTreeSet<u32> = BTreeSet::new();
        for line in 0..height {
            columns.extend(
                sheet.row(starts[0] + line).iter().flat_map(|row| row.cells.iter().map(|cell| cell.col)),
            );
        }
        let mut found =
            columns.into_iter().filter(|&col| Self::may_tell(sheet, header, (col, starts[0]), words));
        found.find_map(|col| Self::told_by(sheet, col, &starts, height))
    }

    /// Whether a column may hold the words of lines: nobody knows it, or it would hold words of a vocabulary and holds others.
    fn may_tell(sheet: &RawSheet, header: &Header, (col, first): Cell, words: &Lexicon) -> bool {
        let slot = header.columns.iter().find(|(_, at)| **at == col).map(|(slot, _)| *slot);
        let says = sheet.text(first, col).is_some_and(|text| words.is_of_vocabulary(text));
        slot.is_none_or(|slot| words.is_choice(slot) && !says)
    }

    /// R2: the lines that the entries of a column tell.
    fn told_by(sheet: &RawSheet, col: u32, starts: &[u32], height: u32) -> Option<Self> {
        let entry =
            |row: u32| sheet.text(row, col).filter(|text| text.chars().count() <= LONGEST_HEADING).map(fold);
        let said = |start: u32| (0..height).map(|line| entry(start + line)).collect::<Option<Vec<String>>>();
        let words = said(starts[0])?;
        let different: BTreeSet<&String> = words.iter().collect();
        let alike = starts.iter().filter(|start| said(**start).as_ref() == Some(&words)).count();
        let is_told = starts.len() > 1 || words.iter().any(|word| is_new(word));
        (different.len() == words.len() && alike * 5 >= starts.len() * 4 && is_told).then(|| {
            let is_like = |start: &u32| said(*start).as_ref() == Some(&words);
            Self { starts: starts.iter().copied().filter(is_like).collect(), col, words }
        })
    }

    /// The first row of the record that a row belongs to.
    fn record(&self, row: u32) -> Option<u32> {
        let start = *self.starts[..self.starts.partition_point(|&start| start <= row)].last()?;
        (row - start < u32::try_from(self.words.len()).unwrap_or(LINES)).then_some(start)
    }

    /// Where each column of the sheet stands in the table, line by line (R3).
    fn columns(&self, sheet: &RawSheet, header: &Header) -> BTreeMap<(u32, u32), u32> {
        let lines = u32::try_from(self.words.len()).unwrap_or(LINES);
        let below = sheet.rows.iter().filter(|row| row.index >= header.end);
        let further =
            below.clone().filter(|row| self.record(row.index).is_some_and(|start| start < row.index));
        let several: BTreeSet<u32> = further.flat_map(|row| row.cells.iter().map(|cell| cell.col)).collect();
        let filled = below.flat_map(|row| row.cells.iter().map(|cell| cell.col));
        let all: BTreeSet<u32> = filled.chain(columns::columns(sheet, header.top, header.end)).collect();
        let of_column =
            |&col: &u32| (0..if several.contains(&col) { lines } else { 1 }).map(move |line| (col, line));
        all.iter().filter(|col| **col != self.col).flat_map(of_column).zip(0..).collect()
    }
}
