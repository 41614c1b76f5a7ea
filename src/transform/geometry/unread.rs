//! What looks like a part of a form and was not read: of it nobody can tell whether the list is whole without it.

use super::Folded;
use crate::finding::{Finding, Problem};
use crate::japanese::fold;
use crate::model::{RawCell, RawSheet, Slot};
use crate::transform::columns::Lexicon;
use crate::transform::{evidence, header_findings};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be said of a sheet that was read as no form, though it has entries and labels: that of the name and two fields
/// more, or three of the headings of forms that were read. Instructions have the same labels, and sentences.
pub(in crate::transform) fn unread_form(
    sheet: &RawSheet,
    headings: &BTreeSet<String>,
    words: &Lexicon,
) -> Option<Finding> {
    let is_entry = |text: &str| words.is_option(text) || evidence::is_value(text, words);
    let cells = || sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
    if cells().filter(|(_, cell)| is_entry(&cell.text)).count() < 2 {
        return None;
    }
    let mut fields: BTreeSet<Slot> = BTreeSet::new();
    let mut known: BTreeMap<String, (u32, &RawCell)> = BTreeMap::new();
    for (row, cell) in cells() {
        let heading = words.heading(&cell.text);
        fields.extend(heading.named().filter(|slot| matches!(slot, Slot::Field(_))));
        let text = fold(&cell.text);
        if headings.contains(&text) {
            known.entry(text).or_insert((row, cell));
        }
    }
    let is_form = (fields.len() >= 3 && fields.contains(&words.name())) || known.len() >= 3;
    let named = |(_, cell): &(u32, &RawCell)| words.heading(&cell.text).fits.contains_key(&words.name());
    let (row, cell) =
        known.values().min_by_key(|it| it.0).copied().or_else(|| cells().find(named)).filter(|_| is_form)?;
    let problem = Problem::EntryUnread { text: cell.text.as_str().into(), like: None };
    Some(Finding::new(problem, sheet.origin(row, cell.col)))
}

impl Folded {
    /// What is to be said of cells that stand in the rows of records and are in none of them: of one between cells that were
    /// read, or in a column that most rows of records fill, nobody can say that it is a remark. So it is of labels, and of
    /// rows like records, that nothing was read by.
    pub(in crate::transform) fn unread(&self, words: &Lexicon) -> Vec<Finding> {
        let mut lines: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        // Labels may stand there without a value.
        let mut of_form: BTreeSet<u32> = BTreeSet::new();
        for ((row, col), (line, at)) in self.table.stands.cells() {
            of_form.insert(line);
            let is_header = self.headers.iter().any(|header| (header.top..header.end).contains(&row));
            if !is_header && self.table.text(row, col).is_some() {
                let span = lines.entry(line).or_insert((at, at));
                *span = (span.0.min(at), span.1.max(at));
            }
        }
        let mut findings = Vec::new();
        let mut columns: BTreeMap<u32, u32> = BTreeMap::new();
        let mut filled: BTreeMap<u32, usize> = BTreeMap::new();
        for row in self.rest.rows.iter().filter(|row| lines.contains_key(&row.index)) {
            row.cells.iter().for_each(|cell| *filled.entry(cell.col).or_default() += 1);
        }
        // Columns beside those that were read, up to one that few rows fill.
        let right = lines.values().map(|(_, last)| last + 1).max().unwrap_or_default();
        let is_column = |col: &u32| filled.get(col).is_some_and(|count| count * 2 > lines.len());
        let last = filled.keys().next_back().copied().unwrap_or_default();
        let beside: BTreeSet<u32> = (right..=last).take_while(is_column).collect();
        for row in &self.rest.rows {
            let span = lines.get(&row.index);
            let is_inside = |col: u32| {
                span.is_some_and(|(first, last)| (*first..*last).contains(&col) || beside.contains(&col))
            };
            let is_choice = |cell: &RawCell| words.is_of_vocabulary(&cell.text);
            let is_record = || span.is_none() && row.cells.len() > 2 && row.cells.iter().any(is_choice);
            if let Some(finding) = header_findings::labels_unread(&self.rest, row, words) {
                findings.push(finding);
            } else if let Some(cell) = row.cells.iter().find(|cell| is_record() || is_inside(cell.col)) {
                let problem = Problem::EntryUnread { text: cell.text.as_str().into(), like: None };
                findings.push(Finding::new(problem, self.rest.origin(row.index, cell.col)));
            }
            for cell in row.cells.iter().filter(|cell| of_form.contains(&row.index) && !is_inside(cell.col)) {
                columns.entry(cell.col).or_insert(row.index);
            }
        }
        findings.extend(header_findings::unheaded(&self.rest, &columns));
        findings
    }
}
