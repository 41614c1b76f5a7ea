//! Conservation of cells: each filled cell of a sheet is in a record, a label, a heading, or the account; and what the account
//! says of it is so.

use kaitei::finding::{Code, Finding, Lang, Noted, Severity};
use kaitei::japanese::{fold, is_no_value};
use kaitei::model::{
    CellRef, CellRole, Dataset, Entry, Field, Meaning, Origin, RawSheet, Record, RowKind, SheetAccount, Slot,
};
use kaitei::pipeline::{Source, read, understand};
use kaitei::template::Template;
use kaitei::transform;
use std::collections::BTreeMap;

/// The cells of some files that were lost, with why that is thought.
pub(crate) fn lost(sources: &[Source], template: &Template) -> Vec<String> {
    let list = understand(sources, template, None);
    let sheets = read(sources, &template.limits, &template.eras, None).value;
    let pairs = sheets.iter().zip(&list.value.accounts);
    pairs.flat_map(|(sheet, account)| Reading::new(sheet, account, &list).lost(template)).collect()
}

/// What says that a cell says what the one above it says.
const DITTOS: [&str; 13] =
    ["〃", "同上", "々", "\"", "''", "”", "″", "〻", "〟", "´´", "↓", "上に同じ", "上記と同じ"];

/// A label's letters, without the number before them.
fn letters(text: &str) -> String {
    let letters: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    letters.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned()
}

struct Reading<'a> {
    sheet: &'a RawSheet,
    account: &'a SheetAccount,
    records: BTreeMap<CellRef, &'a Record>,
    findings: Vec<&'a Finding>,
}

impl<'a> Reading<'a> {
    fn new(sheet: &'a RawSheet, account: &'a SheetAccount, list: &'a Noted<Dataset>) -> Self {
        assert_eq!(sheet.place, account.place, "an account for each sheet");
        let here = |origin: &&Origin| origin.place == sheet.place;
        let records = list.value.rows.iter().filter(|row| here(&&row.origin));
        Self {
            sheet,
            account,
            records: records.filter_map(|row| Some((row.name().origin.cell?, row))).collect(),
            findings: list.findings.iter().filter(|finding| here(&&finding.origin)).collect(),
        }
    }

    fn lost(&self, template: &Template) -> Vec<String> {
        let mut lost = Vec::new();
        let mut filled = 0;
        for (cell, role) in transform::cells(self.sheet, self.account, template) {
            filled += 1;
            if let Some(why) = self.why_lost(cell, role) {
                let text = self.sheet.row(cell.row).and_then(|row| row.cell(cell.col)).map(|cell| &cell.text);
                lost.push(format!("{} {cell} {text:?}: {why} ({role:?})", self.sheet.place.file));
            }
        }
        let cells = self.sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        assert_eq!(filled, cells.count(), "each filled cell once");
        lost
    }

    fn why_lost(&self, cell: CellRef, role: Option<CellRole>) -> Option<&'static str> {
        let text = self.sheet.text(cell.row, cell.col).unwrap_or_default();
        let is_said = |codes: &[Code]| self.findings.iter().any(|finding| codes.contains(&finding.code()));
        match role {
            None => Some("the account does not know it"),
            Some(CellRole::Entry { record, slot }) => match self.records.get(&record) {
                None => {
                    let is_repeated = self.account.rows.iter().any(|(_, kind)| *kind == RowKind::Duplicate);
                    (!is_repeated).then_some("there is no such record")
                }
                Some(record) => {
                    (!self.says(record, cell, text, slot)).then_some("the record does not say it")
                }
            },
            Some(CellRole::Row(RowKind::Unknown | RowKind::Unread)) => {
                let is_error = |finding: &&Finding| finding.severity == Severity::Error;
                (!self.findings.iter().any(is_error)).then_some("no error says so")
            }
            Some(CellRole::Beside(Some(Meaning::Rival(_)))) => {
                (!is_said(&[Code::ColumnAmbiguous])).then_some("no finding says so")
            }
            Some(CellRole::Beside(None | Some(Meaning::Unknown))) => {
                (!self.is_reported(cell)).then_some("no finding says so")
            }
            // What the template leaves out needs no word.
            Some(CellRole::Label(_) | CellRole::Heading | CellRole::Row(_) | CellRole::Beside(_)) => None,
        }
    }

    /// Whether a finding names the cell, its column, or the heading of that.
    fn is_reported(&self, cell: CellRef) -> bool {
        let letters = CellRef::column_letters(cell.col);
        let columns = self.account.tables.iter().flat_map(|table| &table.columns);
        let headings: Vec<String> = columns
            .filter(|column| column.col == cell.col || column.label.is_some_and(|at| at.col == cell.col))
            .filter_map(|column| column.headings.last().map(|heading| fold(heading)))
            .collect();
        self.findings.iter().any(|finding| {
            let is_at = finding.origin.cell.is_some_and(|at| at.col == cell.col || at.row == cell.row);
            let message = finding.message(Lang::En);
            let names = |heading: &String| fold(&message).contains(heading.as_str());
            match finding.code() {
                Code::EntryUnread => is_at,
                Code::ColumnUnknown => {
                    is_at
                        || headings.iter().any(names)
                        || message.split([' ', ',', '(', ')', ':']).any(|word| word == letters)
                        || message.contains(" more")
                }
                _ => false,
            }
        })
    }

    /// Whether a record says what a cell says, or a finding says why not.
    fn says(&self, record: &Record, cell: CellRef, text: &str, slot: Slot) -> bool {
        let is_at = |finding: &&&Finding| finding.origin.cell == Some(cell);
        // A mark stands for its word, and words are spelled out.
        let is_sign = matches!(slot, Slot::Mark(..) | Slot::Words(_) | Slot::Unit(_));
        let mut said: Vec<String> = record.groups.iter().map(|group| fold(&group.raw)).collect();
        let mut origins: Vec<Option<CellRef>> = record.groups.iter().map(|group| group.origin.cell).collect();
        for entry in record.entries.iter().flatten() {
            match entry {
                Entry::Text(text) => {
                    said.push(fold(&text.raw));
                    origins.push(text.origin.cell);
                }
                Entry::Choice(chosen) => {
                    said.push(fold(&chosen.raw));
                    origins.push(chosen.origin.cell);
                }
                Entry::Value(value) => {
                    said.push(fold(&value.raw));
                    origins.push(value.origin.cell);
                    said.extend(value.time.iter().map(|time| fold(&time.text)));
                    origins.extend(value.time.iter().map(|time| time.origin.cell));
                }
            }
        }
        let folded = fold(text);
        // Of a label that is stated again in another spelling, the first one holds.
        let is_label = |slot| match slot {
            Slot::Field(Field::Group(level)) => {
                let (held, here) = (letters(&record.groups[level].raw), letters(text));
                here.ends_with(&held) || held.ends_with(&here)
            }
            _ => false,
        };
        is_sign
            || is_no_value(text)
            || DITTOS.contains(&folded.trim_matches(['(', ')']))
            || is_label(slot)
            || origins.contains(&Some(cell))
            || said.iter().any(|said| said.contains(&folded))
            || self.findings.iter().any(|finding| is_at(&finding))
    }
}
