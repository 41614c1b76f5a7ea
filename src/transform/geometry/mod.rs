//! The geometry of a form: how its labels, values and records stand to each other.
//!
//! A table below its header is read as it stands. A form of any other geometry is folded into such a table, whose cells
//! know where they stand on the sheet, so that what follows is one for all: columns, rows, values, findings at cells.
//!
//! * **F1** A table whose header has all required columns, and none of them twice, is a table.
//! * **F2** Otherwise the reading that finds more fields holds: labels at the side of their values, or a header. What stands
//!   beside such labels must be like entries: instructions have the same labels, and sentences beside them.
//! * **F3** A table whose records have several rows is folded, a column for each line (see [`tiers`]).
//! * **F4** Below a table's header stand no labels where names would be, without entries beside them: it is a row of labels
//!   beside each other.

mod fold;
mod labels;
mod pieces;
mod side;
mod small;
mod tiers;
mod unread;

pub(super) use unread::unread_form;

use super::apart::Evidence;
use super::columns::{Header, Lexicon, Slot};
use super::headings::Headings;
use crate::model::{RawRow, RawSheet, RowKind};
use crate::template::Template;
use std::collections::BTreeSet;

/// Names below a header that are looked at.
const ENTRIES: usize = 12;

/// A form that was folded into a table.
pub(super) struct Folded {
    pub(super) table: RawSheet,
    /// From top to bottom.
    pub(super) headers: Vec<Header>,
    /// What of the sheet is not in the table.
    pub(super) rest: RawSheet,
}

/// Folds a sheet that is no table below its header; `None` if it is one, or nothing that can be told.
pub(super) fn fold(
    sheet: &RawSheet,
    tables: &[Header],
    (words, headings): (&Lexicon, &Headings),
    template: &Template,
) -> Option<Folded> {
    let header = tables.first().filter(|_| !heads_labels(tables, sheet, (words, headings), template)); // F4
    if header.is_some()
        && let Some((table, headers, rest)) = tiers::fold_lines(sheet, tables, (words, headings))
    {
        return Some(Folded { table, headers, rest });
    }
    let stated = headings.levels(sheet);
    let is_whole =
        |header: &Header| header.missing(template, &stated).is_empty() && header.ambiguous.is_empty();
    if header.is_some_and(is_whole) {
        return None; // F1
    }
    // F2
    let known = header.map_or(0, fields);
    let cards = side::fold_cards(sheet, (words, headings));
    let cards = cards.map(|(table, header, rest)| Folded { table, headers: vec![header], rest });
    let small = small::fold_small(sheet, words, headings, template);
    let small = small.map(|(table, headers, rest)| Folded { table, headers, rest });
    let readings = [cards, small].into_iter().flatten();
    let sound = readings.filter(|reading| reading.fields() > known && reading.is_plausible(words, template));
    sound.reduce(|best, next| if next.fields() > best.fields() { next } else { best })
}

/// F4: whether more than a third of what would be names below the first header are labels themselves.
fn heads_labels(
    headers: &[Header],
    sheet: &RawSheet,
    (words, headings): (&Lexicon, &Headings),
    template: &Template,
) -> bool {
    let Some(first) = headers.first() else { return false };
    let Some(&col) = first.columns.get(&words.name()) else { return false };
    let end = headers.get(1).map_or(u32::MAX, |next| next.top);
    let rows = sheet.rows_in(first.end..end).iter().filter(|row| headings.read(sheet, row).is_none());
    let rows: Vec<&RawRow> = rows.take(ENTRIES).filter(|row| row.text(col).is_some()).collect();
    let is_labels = |row: &&&RawRow| {
        let name = row.text(col).map(|text| words.heading(text));
        let is_label = name.is_some_and(|it| it.named().next().is_some());
        let evidence = Evidence::of(std::iter::once(**row), first, words, template);
        is_label && (evidence.is_none() || !evidence.is_for())
    };
    rows.iter().filter(is_labels).count() * 3 > rows.len()
}

/// How many fields a header has columns for.
fn fields(header: &Header) -> usize {
    header.columns.keys().filter(|slot| matches!(slot, Slot::Field(_))).count()
}

impl Folded {
    fn fields(&self) -> usize {
        self.headers.iter().map(fields).max().unwrap_or_default()
    }

    /// Whether most of what stands in the places of entries is like entries.
    fn is_plausible(&self, words: &Lexicon, template: &Template) -> bool {
        let ends = self.headers.iter().skip(1).map(|header| header.top).chain([u32::MAX]);
        let evidence = self.headers.iter().zip(ends).map(|(header, end)| {
            let rows = self.table.rows.iter().filter(|row| (header.end..end).contains(&row.index));
            Evidence::of(rows, header, words, template)
        });
        evidence.fold(Evidence::default(), Evidence::and).is_for()
    }

    /// What became of the rows of the sheet, by what became of the table's. A row that holds several records stands once
    /// for each.
    pub(super) fn rows(&self, of_table: &[(u32, RowKind)]) -> Vec<(u32, RowKind)> {
        let mut rows: Vec<(u32, RowKind)> = Vec::new();
        let mut in_table: BTreeSet<u32> = BTreeSet::new();
        for &(line, kind) in of_table {
            let cells = self.table.row(line).map_or(&[][..], |row| &row.cells);
            let on_sheet = cells.iter().filter_map(|cell| self.table.stands.on_sheet((line, cell.col)));
            let lines: BTreeSet<u32> = on_sheet.map(|(row, _)| row).collect();
            if kind != RowKind::Header {
                rows.extend(lines.first().map(|&first| (first, kind)));
            }
            in_table.extend(lines);
        }
        let first = in_table.first().copied().unwrap_or_default();
        let known: BTreeSet<u32> = rows.iter().map(|(row, _)| *row).collect();
        let rest = in_table.into_iter().filter(|row| !known.contains(row));
        rows.extend(rest.map(|row| (row, RowKind::Continuation)));
        let known: BTreeSet<u32> = rows.iter().map(|(row, _)| *row).collect();
        let left = self.rest.rows.iter().map(|row| row.index).filter(|row| !known.contains(row));
        rows.extend(left.map(|row| (row, if row < first { RowKind::Above } else { RowKind::Note })));
        rows.sort_unstable();
        rows
    }
}
