//! The columns of fields whose headings say too little, given to them where the rows below tell which they are (see
//! [`evidence`]).

use super::columns::{Header, Lexicon, Slot};
use super::evidence::{Evidence, SENTENCE, heading_of, is_value, share};
use crate::japanese::{fold, is_no_value};
use crate::model::{Field, RawRow, RawSheet, Role};
use std::collections::BTreeMap;
use std::iter;

/// Rows that are looked at.
const ROWS: usize = 200;

/// A table whose header was recognised.
pub(super) struct Table<'t> {
    header: &'t mut Header,
    sheet: &'t RawSheet,
    /// First row below it.
    end: u32,
}

impl<'t> Table<'t> {
    /// The tables of a sheet, by their headers.
    pub(super) fn all(headers: &'t mut [Header], sheet: &'t RawSheet) -> Vec<Self> {
        let ends: Vec<u32> = headers.iter().skip(1).map(|next| next.top).chain([u32::MAX]).collect();
        iter::zip(headers, ends).map(|(header, end)| Self { header, sheet, end }).collect()
    }

    /// Its headings, by their columns.
    fn headings(&self) -> Vec<(u32, String)> {
        let columns = self.header.columns.values().chain(&self.header.unknown);
        let heading = |&col: &u32| (col, fold(heading_of(self.header, self.sheet, col)));
        columns.map(heading).collect::<BTreeMap<u32, String>>().into_iter().collect()
    }
}

/// Gives columns to the fields that have none for certain, where what stands below tells it.
pub(super) fn tell(header: &mut Header, sheet: &RawSheet, words: &Lexicon) {
    if !header.unknown.is_empty() {
        let rows = entries(header, sheet, u32::MAX);
        header.tell_by(sheet, &rows, words);
    }
}

/// The same where several tables have the same headings: the rows of all of them tell it of each.
pub(super) fn tell_together(tables: &mut [Table<'_>], words: &Lexicon) {
    let mut alike: BTreeMap<Vec<(u32, String)>, Vec<usize>> = BTreeMap::new();
    let is_unsure = |header: &Header| !header.unknown.is_empty() || !header.inferred.is_empty();
    for (at, table) in tables.iter().enumerate().filter(|(_, table)| is_unsure(table.header)) {
        alike.entry(table.headings()).or_default().push(at);
    }
    for same in alike.into_values().filter(|same| same.len() > 1) {
        let of = |&at: &usize| entries(tables[at].header, tables[at].sheet, tables[at].end);
        let rows: Vec<&RawRow> = same.iter().flat_map(of).take(ROWS).collect();
        for &at in &same {
            let Table { header, sheet, .. } = &mut tables[at];
            header.tell_by(sheet, &rows, words);
        }
    }
}

/// The rows below a header, up to a row or to where the header is repeated.
fn below<'s>(header: &Header, sheet: &'s RawSheet, end: u32) -> impl Iterator<Item = &'s RawRow> {
    let columns = header.columns.values().chain(&header.unknown);
    let headings: Vec<(u32, &str)> = columns.map(|&col| (col, heading_of(header, sheet, col))).collect();
    let is_repeated = move |row: &&RawRow| {
        headings.iter().filter(|(col, heading)| row.text(*col) == Some(heading)).count() >= 2
    };
    sheet.rows_in(header.end..end).iter().take(ROWS).take_while(move |row| !is_repeated(row))
}

/// The rows of a table that ends above a row which have entries: what stands around a table fills few of its columns.
fn entries<'s>(header: &Header, sheet: &'s RawSheet, end: u32) -> Vec<&'s RawRow> {
    let columns = || header.columns.values().chain(&header.unknown);
    let filled = |row: &RawRow| columns().filter(|&&col| row.text(col).is_some()).count();
    let rows: Vec<&RawRow> = below(header, sheet, end).collect();
    let fullest = rows.iter().map(|row| filled(row)).max().unwrap_or_default();
    rows.into_iter().filter(|row| filled(row) >= 2 && filled(row) * 2 >= fullest).collect()
}

/// Two columns that claim a field equally, of which one holds it.
struct Rivals {
    slot: Slot,
    held: u32,
    rival: u32,
    /// Their headings are mere hints.
    is_hint: bool,
}

impl Header {
    /// Gives columns to fields by what some rows say.
    fn tell_by(&mut self, sheet: &RawSheet, rows: &[&RawRow], words: &Lexicon) {
        let Slot::Field(name) = words.name() else { return };
        let of_roles = [Role::Number, Role::NewTarget, Role::Reason];
        let of_roles = of_roles.into_iter().filter_map(|role| words.role(role));
        let others: Vec<Field> = words.stated_values().chain(of_roles).chain([name]).collect();
        let rivals = self.take_rivals(words);
        // What is chosen tells what depends on it.
        let mut settled: Vec<u32> = Vec::new();
        for fields in [words.choice_fields().collect(), others] {
            let told = Evidence::of(self, sheet, rows, words).told(&fields, &settled);
            settled.extend(told.iter().map(|(_, col)| *col));
            for (field, _) in &told {
                self.lose(*field);
            }
            for (field, col) in &told {
                self.give(*field, *col);
            }
            for (field, col) in &told {
                self.take_pieces(sheet, words, *field, *col);
            }
        }
        self.put_rivals(rivals);
    }

    /// Whether a field has a column.
    pub(super) fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&Slot::Field(field))
    }

    /// Whether a field has a column for certain.
    pub(super) fn is_sure_of(&self, field: Field) -> bool {
        self.columns.iter().any(|(slot, col)| match *slot {
            Slot::Mark(of, _) => of == field,
            slot => slot == Slot::Field(field) && !self.inferred.contains(col),
        })
    }

    /// Makes the columns unsure that claim a field equally: by a hint, or the target where the new target has no column, as
    /// both have the same heading in many forms. The field's own becomes a hint's.
    fn take_rivals(&mut self, words: &Lexicon) -> Vec<Rivals> {
        let is_open = words.role(Role::NewTarget).is_some_and(|field| !self.has(field));
        let target = words.role(Role::Target).filter(|_| is_open).map(Slot::Field);
        let inferred = &self.inferred;
        let is_unsure =
            |(slot, held, _): &mut (Slot, u32, u32)| inferred.contains(held) || Some(*slot) == target;
        let rivals = self.ambiguous.extract_if(.., is_unsure).map(|(slot, held, rival)| Rivals {
            slot,
            held,
            rival,
            is_hint: inferred.contains(&held),
        });
        let rivals: Vec<Rivals> = rivals.collect();
        self.unknown.extend(rivals.iter().map(|it| it.rival));
        self.inferred.extend(rivals.iter().map(|it| it.held));
        self.inferred.sort_unstable();
        self.inferred.dedup();
        rivals
    }

    /// Where nothing told which of the columns it is, it stays open.
    fn put_rivals(&mut self, rivals: Vec<Rivals>) {
        for Rivals { slot, held, rival, is_hint } in rivals {
            let is_held = self.columns.get(&slot) == Some(&held);
            if is_held && self.unknown.contains(&rival) {
                self.unknown.retain(|unknown| *unknown != rival);
                self.ambiguous.push((slot, held, rival));
            }
            if is_held && !is_hint {
                self.inferred.retain(|inferred| *inferred != held);
            }
        }
    }

    /// Takes the column from a field that has it by a hint.
    pub(super) fn lose(&mut self, field: Field) {
        if let Some(col) = self.columns.remove(&Slot::Field(field)) {
            self.unknown.push(col);
            self.inferred.retain(|inferred| *inferred != col);
        }
    }

    /// Gives a column to a field that has none.
    fn give(&mut self, field: Field, col: u32) {
        let held = self.columns.iter().find(|(_, at)| **at == col).map(|(slot, _)| *slot);
        if let Some(Slot::Field(other)) = held {
            self.lose(other);
        }
        self.unknown.retain(|unknown| *unknown != col);
        self.unknown.sort_unstable();
        self.columns.insert(Slot::Field(field), col);
        self.inferred.push(col);
        self.inferred.sort_unstable();
    }
}

/// Columns of which it cannot be told what they hold, though something of the records stands there, with the first such row:
/// units and times of no value, and entries like those of a field that has no column.
pub(super) fn unsettled(
    header: &Header,
    sheet: &RawSheet,
    words: &Lexicon,
) -> Vec<(u32, u32, Option<Field>)> {
    let values: Vec<Field> = words.all_values().filter(|field| !header.has(*field)).collect();
    let reason = words.role(Role::Reason).filter(|field| !header.has(*field));
    let reason = reason.filter(|_| words.role(Role::Disposition).is_some());
    let settle = |&col: &u32| {
        let rows = below(header, sheet, u32::MAX);
        let filled = rows.filter(|row| row.text(col).is_some_and(|text| !is_no_value(text)));
        let filled: Vec<&RawRow> = filled.collect();
        let first = filled.first()?.index;
        let text = heading_of(header, sheet, col);
        let heading = words.heading(text);
        if heading.is_unit || heading.is_time {
            return Some((col, first, None));
        }
        let is_value = |row: &&&RawRow| row.text(col).is_some_and(|text| is_value(text, words));
        let is_like = share(filled.iter().filter(is_value).count(), filled.len(), 50);
        let field = values.iter().copied().find(|&field| words.may_head(field, text));
        let length: usize =
            filled.iter().filter_map(|row| row.text(col)).map(|text| text.chars().count()).sum();
        let is_sentence = length >= SENTENCE * filled.len() && !is_like;
        let reason = reason.filter(|_| is_sentence);
        reason.or(field.filter(|_| is_like)).map(|field| (col, first, Some(field)))
    };
    header.unknown.iter().filter_map(settle).collect()
}
