//! What is to be said of a header: its account, and columns that are unknown, ambiguous or missing.

use super::columns::{self, Header, Lexicon, Slot};
use super::heading_cells::in_one_line;
use super::tell;
use crate::finding::{Absence, Collector, Column, Finding, Places, Problem, Readings, Unread};
use crate::japanese::fold;
use crate::model::{CellRef, ColumnAccount, Field, Meaning, Origin, RawCell, RawRow, RawSheet, TableAccount};
use crate::template::Template;
use std::collections::BTreeMap;

/// The account of a table: what each of its columns was taken for.
pub(super) fn account(sheet: &RawSheet, header: &Header, by_hand: bool) -> TableAccount {
    let held = header.columns.iter().map(|(&slot, &col)| (col, Meaning::Holds(slot)));
    let options = header.options.iter().flat_map(|(&slot, &last)| {
        let first = header.columns.get(&slot).copied().unwrap_or(last);
        (first + 1..=last).map(move |col| (col, Meaning::Option(slot)))
    });
    let ignored = header.ignored.iter().map(|&col| (col, Meaning::Holds(Slot::Ignored)));
    let rivals = header.ambiguous.iter().map(|&(_, first, col)| (col, Meaning::Rival(first)));
    let unknown = header.unknown.iter().map(|&col| (col, Meaning::Unknown));
    let column = |(col, meaning): (u32, Meaning)| {
        let headings = columns::headings(sheet, header.top, header.end, col);
        let label = origin(sheet, header, col).cell.filter(|_| !sheet.stands.is_empty());
        let headings = headings.into_iter().map(str::to_owned).collect();
        ColumnAccount { col, label, headings, meaning, is_inferred: header.inferred.contains(&col) }
    };
    let mut columns: Vec<ColumnAccount> =
        held.chain(options).chain(ignored).chain(rivals).chain(unknown).map(column).collect();
    // By hand, what is not named is ignored, wherever it is on the sheet; only headings are worth telling.
    columns.retain(|column| !column.headings.is_empty() || column.meaning != Meaning::Holds(Slot::Ignored));
    columns.sort_by_key(|column| column.col);
    columns.dedup_by_key(|column| column.col);
    TableAccount { top: header.top, end: header.end, by_hand, columns }
}

/// Reports unknown, inferred and ambiguous columns of a header.
pub(super) fn report(
    sheet: &RawSheet,
    (words, template): (&Lexicon, &Template),
    header: &Header,
    findings: &mut Collector,
) {
    let heading = |col| heading(sheet, header, col);
    let column = |col| Column(origin(sheet, header, col).cell.map_or(col, |cell| cell.col));
    let unsettled = tell::unsettled(header, sheet, words);
    for &(col, row, field) in &unsettled {
        let text = sheet.text(row, col).unwrap_or_default().into();
        let like = field.map(|field| template.field(field).name().into());
        findings.push(Finding::new(Problem::EntryUnread { text, like }, sheet.origin(row, col)));
    }
    let is_said = |col: u32| unsettled.iter().any(|(of, ..)| *of == col) || is_filler(sheet, header, col);
    let unknown: Vec<u32> = header.unknown.iter().copied().filter(|&col| !is_said(col)).collect();
    if let Some(&col) = unknown.first() {
        let problem = Problem::ColumnUnknown {
            columns: Unread::Headed,
            which: unknown.iter().map(|&col| heading(col)).collect(),
            text: None,
        };
        findings.push(Finding::new(problem, origin(sheet, header, col)));
    }
    let inferred = header.columns.iter().filter(|(_, col)| header.inferred.contains(col));
    let inferred: BTreeMap<u32, Slot> = inferred.map(|(&slot, &col)| (col, slot)).collect();
    if let Some((&first, _)) = inferred.first_key_value() {
        let reading = |(&col, &slot): (&u32, &Slot)| (heading(col).into(), slot_name(slot, template).into());
        let columns = Readings(inferred.iter().map(reading).collect());
        let problem = Problem::ColumnInferred { columns, also: Places::default() };
        findings.push(Finding::new(problem, origin(sheet, header, first)));
    }
    for &(slot, first, second) in &header.ambiguous {
        let problem = Problem::ColumnAmbiguous {
            field: slot_name(slot, template).into(),
            one: heading(first).into(),
            first: column(first),
            other: heading(second).into(),
            second: column(second),
        };
        findings.push(Finding::new(problem, origin(sheet, header, second)));
    }
}

/// Whether a column has the heading that Excel gives to one of a table without any (`列1`), and nothing else.
fn is_filler(sheet: &RawSheet, header: &Header, col: u32) -> bool {
    let heading = fold(&heading(sheet, header, col));
    let number = ["列", "column"].iter().find_map(|word| heading.strip_prefix(word));
    let is_named = number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()));
    is_named && !sheet.rows.iter().any(|row| row.index >= header.end && row.text(col).is_some())
}

/// A field without a column, and why it has none.
pub(super) fn missing(
    sheet: &RawSheet,
    template: &Template,
    header: &Header,
    (field, cause): (Field, Absence),
) -> Finding {
    let spec = template.field(field);
    let problem = Problem::ColumnMissing { heading: spec.name().into(), key: (&spec.key).into(), cause };
    let first = header.columns.values().min().copied().unwrap_or(0);
    Finding::new(problem, origin(sheet, header, first))
}

/// Where a column's heading stands. On a sheet that was folded, not every column has one in the first row.
fn origin(sheet: &RawSheet, header: &Header, col: u32) -> Origin {
    let heading =
        columns::path(sheet, header.top, header.end, col).pop().filter(|_| !sheet.stands.is_empty());
    heading.map_or_else(|| sheet.origin(header.top, col), |((row, col), _)| sheet.origin(row, col))
}

/// The headings of a column, as the form has them, from top to bottom.
fn heading(sheet: &RawSheet, header: &Header, col: u32) -> String {
    in_one_line(sheet, header.top, header.named_end, col)
}

fn slot_name(slot: Slot, template: &Template) -> String {
    match slot {
        Slot::Field(field) => template.field(field).name(),
        Slot::Time(field) => format!("{}の年度", template.field(field).name()),
        Slot::Unit(Some(field)) => format!("{}の単位", template.field(field).name()),
        Slot::Unit(None) => "単位".to_owned(),
        Slot::Words(field) => format!("{}の文言", template.field(field).name()),
        Slot::Mark(field, id) => template.choice(field, id).label.clone(),
        Slot::Ignored => String::new(),
    }
}

/// What is to be said of a row below a table that was read as none of its rows, though it has the labels of two fields.
pub(super) fn labels_unread(sheet: &RawSheet, row: &RawRow, words: &Lexicon) -> Option<Finding> {
    let names =
        |cell: &&RawCell| words.heading(&cell.text).named().any(|slot| matches!(slot, Slot::Field(_)));
    let first = row.cells.iter().find(names).filter(|_| row.cells.iter().filter(names).count() >= 2)?;
    let problem = Problem::EntryUnread { text: first.text.as_str().into(), like: None };
    Some(Finding::new(problem, sheet.origin(row.index, first.col)))
}

/// One finding for entries in columns that have no heading, by column with the first such row.
pub(super) fn unheaded(sheet: &RawSheet, columns: &BTreeMap<u32, u32>) -> Option<Finding> {
    let (&col, &row) = columns.first_key_value()?;
    let problem = Problem::ColumnUnknown {
        columns: Unread::Unheaded,
        which: columns.keys().map(|&col| CellRef::column_letters(col)).collect(),
        text: Some(sheet.text(row, col).unwrap_or_default().into()),
    };
    Some(Finding::new(problem, sheet.origin(row, col)))
}

/// What is to be said of a row that is none of a table's and none of the form's.
pub(super) fn row_not_understood(cell: Option<(String, Origin)>) -> Finding {
    let (text, origin) = cell.expect("a row without texts is blank");
    Finding::new(Problem::RowNotUnderstood { text: text.into() }, origin)
}
