//! Records of several rows: the same lines again and again under names that stand once.
//!
//! * **R1** The rows of a record are those that its name is merged over, or its own and those below it without a name.
//! * **R2** They are lines of one form if all records but a fifth have as many, and the entries of one column are the same
//!   words in the same order in each: `現行`, `見直し後`.
//! * **R3** What stands in the second line and further is a column of its own, headed by the column's heading and the line's
//!   word. What is merged over all lines, or stands in the first alone, is one column.
//! * **R4** Of two lines of targets, one is the target and the other the new target (see [`crate::transform::ages`]).
//! * **R5** Where no column has such words, but the header has as many rows as each record, each line has headings of its own:
//!   the first row's for the first line, the second row's for the second. Some column has headings of different fields, or
//!   words of a vocabulary in one line and none in another.

use super::fold::{Cell, Fold};
use crate::japanese::fold;
use crate::model::{RawCell, RawRow, RawSheet, Slot};
use crate::transform::ages::Age;
use crate::transform::columns::{self, Header, LONGEST_HEADING, Lexicon};
use crate::transform::headings::Headings;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Lines of a record at most.
const LINES: u32 = 12;
/// Cells of the row in which a record's name stands, at the least.
const FEWEST: usize = 3;

/// The lines of a table's records.
struct Lines {
    /// First rows of the records.
    starts: Vec<u32>,
    /// The column of the lines' words; none if each line has headings of its own (R5).
    col: Option<u32>,
    /// How many each record has.
    count: u32,
}

/// Columns that are filled, and those of them of which each line has its own.
#[derive(Default)]
struct Filled {
    all: BTreeSet<u32>,
    several: BTreeSet<u32>,
}

/// Folds the lines of the records of a sheet's tables into columns: the table, its headers, and the sheet without them.
pub(super) fn fold_lines(
    sheet: &RawSheet,
    headers: &[Header],
    (words, headings): (&Lexicon, &Headings),
) -> Option<(RawSheet, Vec<Header>, RawSheet)> {
    let ends = headers.iter().skip(1).map(|next| next.top).chain([u32::MAX]);
    let mut tables: Vec<(&Header, Lines, u32)> = Vec::new();
    for (header, end) in headers.iter().zip(ends) {
        let known = tables.last().filter(|(known, ..)| known.columns == header.columns);
        let lines = Lines::of(sheet, (header, end), words, known.map(|(_, lines, _)| lines))?;
        tables.push((header, lines, end));
    }
    let first = headers.first()?;
    let mut table = Fold::of(sheet);
    let mut next = table.put_headings(0, sheet.rows_in(0..first.top), headings);
    let mut tops: Vec<(u32, u32)> = Vec::new();
    // Tables with the same header have the same columns.
    let mut filled: BTreeMap<&BTreeMap<Slot, u32>, Filled> = BTreeMap::new();
    for (header, lines, end) in &tables {
        let of_header = filled.entry(&header.columns).or_default();
        lines.fill(of_header, sheet, header, lines.below(header)..*end);
    }
    for (header, lines, end) in &tables {
        let below = lines.below(header);
        let top = next;
        next += 1 + below - header.top;
        tops.push((top, next));
        let columns = lines.columns(&filled[&header.columns]);
        next = lines.put(&mut table, sheet, (header, *end), (top, &columns));
    }
    let (folded, rest) = table.finish();
    let header = |&(top, end): &(u32, u32)| {
        let (_, mut found) = columns::read(&folded, top, end, words);
        found.tell(&folded, words);
        found
    };
    let headers = tops.iter().map(header).collect();
    Some((folded, headers, rest))
}

impl Lines {
    /// Puts a table with the lines of its records side by side, from a row on, and returns the row below it.
    fn put(
        &self,
        table: &mut Fold<'_>,
        sheet: &RawSheet,
        (header, end): (&Header, u32),
        (top, columns): (u32, &BTreeMap<(u32, u32), u32>),
    ) -> u32 {
        let below = self.below(header);
        let mut leaves: BTreeMap<u32, Cell> = BTreeMap::new();
        for (&(col, line), &to) in columns {
            let is_several = columns.contains_key(&(col, 1));
            let path = columns::path(sheet, header.top, below, col);
            // A heading that is merged over options heads the first of them.
            let leaf = path.last().map(|(cell, _)| *cell);
            if leaf.is_some_and(|cell| leaves.insert(line, cell) == leaf) {
                continue;
            }
            let own = (header.top + line, col);
            match self.col {
                Some(words) if is_several && leaf.is_some() => {
                    table.put((top, to), (self.starts[0] + line, words)); // R3
                }
                None if is_several && path.iter().any(|(cell, _)| *cell == own) => {
                    table.put((top + 1, to), own); // R5
                    continue;
                }
                _ => {}
            }
            for ((cell, _), row) in path.into_iter().zip(top + 1..) {
                table.put((row, to), cell);
            }
        }
        if let Some(words) = self.col {
            (header.top..below).for_each(|row| table.take((row, words)));
        }
        let mut next = top + 1 + below - header.top;
        let (mut last, mut above) = (None, below);
        for row in sheet.rows_in(below..end) {
            let record = self.record(row.index);
            next += u32::from(row.index > above + 1); // a blank row stays one
            above = row.index;
            if record.is_none() {
                for cell in &row.cells {
                    if let Some(&to) = columns.get(&(cell.col, 0)) {
                        table.put((next, to), (row.index, cell.col));
                    }
                }
            } else if record != last {
                for (&(col, line), &to) in columns {
                    if let Some(start) = record {
                        table.put((next, to), (start + line, col));
                    }
                }
            }
            if record.is_some() {
                // The lines' words, and what a further line only repeats.
                let told = row.cells.iter().filter(|cell| !columns.contains_key(&(cell.col, 1)));
                told.for_each(|cell| table.take((row.index, cell.col)));
            }
            next += u32::from(record.is_none() || record != last);
            last = record;
        }
        next
    }

    /// The lines of the records of the table that ends above a row, if there are any (R1, R2). A table whose header is that
    /// of a `known` one has its lines, however few its records are.
    fn of(
        sheet: &RawSheet,
        (header, below): (&Header, u32),
        words: &Lexicon,
        known: Option<&Self>,
    ) -> Option<Self> {
        let name = *header.columns.get(&words.name())?;
        let tall: BTreeMap<u32, u32> = sheet
            .merges
            .iter()
            .filter(|area| area.left <= name && name <= area.right)
            .filter(|area| (header.end..below).contains(&area.top))
            .map(|area| (area.top, area.bottom + 1 - area.top))
            .collect();
        // What stands around a table has few cells in a row.
        let is_full = |row: &&RawRow| row.cells.len() >= FEWEST;
        let rows = || sheet.rows_in(header.end..below).iter().filter(is_full);
        let mut last: Option<String> = None;
        let is_new = |row: &&RawRow| {
            let name = row.text(name).map(fold);
            let is_new = name.is_some() && name != last;
            last = name.or_else(|| last.take());
            is_new
        };
        let mut starts: Vec<u32> = rows().filter(is_new).map(|row| row.index).collect();
        let next = |at: usize| starts.get(at + 1).copied().unwrap_or(below);
        let free = |at: usize| {
            let own = sheet.rows_following(starts[at]).take_while(|row| row.index < next(at));
            own.zip(1..=LINES).last().map_or(1, |(_, ahead)| 1 + ahead)
        };
        let mut heights: Vec<u32> =
            (0..starts.len()).map(|at| tall.get(&starts[at]).copied().unwrap_or_else(|| free(at))).collect();
        // Below a blank row, single rows after the last record of several are another table's.
        let last = heights.iter().rposition(|height| *height > 1);
        let is_apart = |below: u32, start: u32| {
            sheet.rows_in(below..start).len() < usize::try_from(start - below).unwrap_or_default()
        };
        if let Some(last) = last {
            let below = starts[last] + heights[last];
            let apart = starts[last + 1..].iter().position(|start| is_apart(below, *start));
            let end = apart.map_or(starts.len(), |at| last + 1 + at);
            starts.truncate(end);
            heights.truncate(end);
        }
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for &height in &heights {
            *counts.entry(height).or_default() += 1;
        }
        let (&height, &count) = counts.iter().max_by_key(|(_, count)| **count)?;
        if let Some(known) = known.filter(|known| known.count == height) {
            return Some(Self { starts, ..*known });
        }
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
        let told = found.find_map(|col| Self::told_by(sheet, col, &starts, height));
        told.or_else(|| Self::headed(sheet, header, (name, words), &starts, height))
    }

    /// R5: lines whose columns have as many headings, one below the other, each of a field of its own.
    fn headed(
        sheet: &RawSheet,
        header: &Header,
        (name, words): (u32, &Lexicon),
        starts: &[u32],
        height: u32,
    ) -> Option<Self> {
        let merged = sheet.end_of(header.top, name).0;
        let is_blank = |line: u32| sheet.text(header.top + line, name).is_none();
        let is_open = merged == header.top && (1..height).all(is_blank);
        let bottom = if is_open { header.top + height - 1 } else { merged };
        let is_tall = bottom + 1 - header.top == height && header.end <= bottom + 1;
        let field = |line: u32, col: u32| {
            let heading = words.heading(sheet.text(header.top + line, col)?);
            let fits =
                heading.fits.iter().filter(|(slot, fit)| matches!(slot, Slot::Field(_)) && !fit.is_hint());
            fits.max_by_key(|(_, fit)| **fit).map(|(slot, _)| *slot)
        };
        let fields = |col: u32| (0..height).map(|line| field(line, col)).collect::<Option<BTreeSet<Slot>>>();
        let mut columns = columns::columns(sheet, header.top, header.top + height).into_iter();
        let options = |col: u32, line: u32| -> Vec<bool> {
            let texts = starts.iter().filter_map(|start| sheet.text(start + line, col));
            texts.map(|text| words.is_option(text)).collect()
        };
        let is_of_lines = |col: u32| {
            let is_headed = |line: u32| sheet.text(header.top + line, col).is_some();
            let lines: Vec<Vec<bool>> = (0..height).map(|line| options(col, line)).collect();
            let has = |is: bool| {
                lines.iter().any(|line| !line.is_empty() && line.iter().all(|option| *option == is))
            };
            (0..height).all(is_headed) && has(true) && has(false)
        };
        let is_several =
            |col: u32| fields(col).is_some_and(|fields| fields.len() == height as usize) || is_of_lines(col);
        let is_told = is_tall && columns.any(is_several);
        is_told.then(|| Self { starts: starts.to_vec(), col: None, count: height })
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
        let is_told = starts.len() > 1 || Age::of(&words[0]) != Age::of(&words[words.len() - 1]);
        (different.len() == words.len() && alike * 5 >= starts.len() * 4 && is_told).then(|| {
            let is_like = |start: &u32| said(*start).as_ref() == Some(&words);
            Self { starts: starts.iter().copied().filter(is_like).collect(), col: Some(col), count: height }
        })
    }

    /// First row below the header: below as many rows as the records have, if each line has headings of its own.
    fn below(&self, header: &Header) -> u32 {
        if self.col.is_none() { header.top + self.count } else { header.end }
    }

    /// The first row of the record that a row belongs to.
    fn record(&self, row: u32) -> Option<u32> {
        let start = *self.starts[..self.starts.partition_point(|&start| start <= row)].last()?;
        (row - start < self.count).then_some(start)
    }

    /// Adds the columns with something in them (R3).
    fn fill(&self, of_header: &mut Filled, sheet: &RawSheet, header: &Header, rows: Range<u32>) {
        let end = rows.start;
        let below = sheet.rows_in(rows).iter();
        // What further lines only repeat is said once.
        let further = below.clone().filter_map(|row| Some((row, self.record(row.index)?)));
        let says_more = |(row, start): (&RawRow, u32)| -> Vec<u32> {
            let is_new = |cell: &&RawCell| {
                row.index > start && sheet.text(start, cell.col).map(fold) != Some(fold(&cell.text))
            };
            row.cells.iter().filter(is_new).map(|cell| cell.col).collect()
        };
        let own_headings = columns::columns(sheet, header.top, end).into_iter().filter(|&col| {
            self.col.is_none() && (0..self.count).all(|line| sheet.text(header.top + line, col).is_some())
        });
        let mut several: BTreeSet<u32> = further.flat_map(says_more).chain(own_headings).collect();
        // A unit or a time that is the same in each line is each line's.
        for (slot, col) in &header.columns {
            if let Slot::Time(field) | Slot::Unit(Some(field)) = slot
                && header.columns.get(&Slot::Field(*field)).is_some_and(|value| several.contains(value))
            {
                several.insert(*col);
            }
        }
        let filled = below.flat_map(|row| row.cells.iter().map(|cell| cell.col));
        of_header.all.extend(filled.chain(columns::columns(sheet, header.top, end)));
        of_header.several.extend(several);
    }

    /// Where each column of the sheet stands in the table, line by line (R3).
    fn columns(&self, filled: &Filled) -> BTreeMap<(u32, u32), u32> {
        let all: Vec<u32> = filled.all.iter().copied().filter(|col| Some(*col) != self.col).collect();
        let is_several = |col: &u32| filled.several.contains(col);
        // Line by line, so that a unit stays beside its value.
        let lines = |run: &[u32]| {
            let count = if is_several(&run[0]) { self.count } else { 1 };
            let run = run.to_vec();
            (0..count).flat_map(move |line| run.clone().into_iter().map(move |col| (col, line)))
        };
        all.chunk_by(|a, b| is_several(a) == is_several(b)).flat_map(lines).zip(0..).collect()
    }
}
