//! How a file was understood, as data: its sheets, their tables, columns and rows, and what is said of them.

use super::view::{CorrectionView, NoteView, RowView};
use crate::finding::Finding;
use crate::model::{
    CellRef, ColumnAccount, Correction, Meaning, RawRow, RawSheet, Record, RowKind, SheetAccount, Slot,
    TableAccount,
};
use crate::template::Template;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One file. Rows and columns are named as Excel shows them.
#[derive(Serialize)]
pub struct InspectionView<'a> {
    file: &'a str,
    document: &'a str,
    sheets: Vec<SheetView<'a>>,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct SheetView<'a> {
    /// `null` for a CSV file.
    name: Option<&'a str>,
    hidden: bool,
    /// Those with texts.
    hidden_columns: Vec<String>,
    tables: Vec<TableView<'a>>,
    rows_seen: usize,
    counts: BTreeMap<&'static str, usize>,
    rows: Vec<SeenView<'a>>,
    /// Comments on cells that belong to no indicator.
    notes: Vec<NoteView<'a>>,
    /// The cells that are not read as they were sent; absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionView<'a>>,
}

#[derive(Serialize)]
struct TableView<'a> {
    header_rows: Vec<u32>,
    by_hand: bool,
    columns: Vec<ColumnView<'a>>,
}

/// `use` is `field`, `time`, `unit`, `words`, `mark`, `option`, `ignored`, `rival` or `unknown`; `field` is the field that it
/// is about, `choice` the code of a mark, `rival` the column that was taken instead.
#[derive(Serialize)]
struct ColumnView<'a> {
    column: String,
    label: Option<CellRef>,
    heading: String,
    r#use: &'static str,
    field: Option<&'a str>,
    choice: Option<&'a str>,
    rival: Option<String>,
}

/// A row of the sheet; `values` are what an indicator's row says.
#[derive(Serialize)]
struct SeenView<'a> {
    row: u32,
    kind: &'static str,
    text: String,
    values: Option<RowView<'a>>,
}

impl<'a> InspectionView<'a> {
    /// The view of a file's sheets with their accounts, its indicators, and what is said of it.
    pub fn of(
        file: &'a str,
        template: &'a Template,
        sheets: &'a [(RawSheet, SheetAccount)],
        (rows, corrections): (&'a [Record], &'a [Correction]),
        findings: &'a [Finding],
    ) -> Self {
        Self {
            file,
            document: &template.id,
            sheets: sheets
                .iter()
                .map(|(sheet, account)| sheet_view(template, sheet, account, (rows, corrections)))
                .collect(),
            findings,
        }
    }
}

fn sheet_view<'a>(
    template: &'a Template,
    sheet: &'a RawSheet,
    account: &'a SheetAccount,
    (rows, corrections): (&'a [Record], &'a [Correction]),
) -> SheetView<'a> {
    let here = rows.iter().filter(|row| row.origin.place == account.place);
    let mut at: BTreeMap<u32, VecDeque<&Record>> = BTreeMap::new();
    for (line, row) in here.filter_map(|row| Some((row.origin.cell?.row, row))) {
        at.entry(line).or_default().push_back(row);
    }
    let mut seen = |&(row, kind): &(u32, RowKind)| {
        let own = at.get_mut(&row).filter(|_| kind == RowKind::Indicator).and_then(VecDeque::pop_front);
        SeenView {
            row: row + 1,
            kind: kind.id(),
            text: sheet.row(row).map(RawRow::line).unwrap_or_default(),
            values: own.map(|row| RowView::of(template, row, corrections)),
        }
    };
    let counted = RowKind::ALL.iter().map(|&kind| (kind.id(), account.count(kind)));
    SheetView {
        name: account.place.sheet.as_deref(),
        hidden: sheet.hidden,
        hidden_columns: sheet.hidden_columns_in_use().into_iter().map(CellRef::column_letters).collect(),
        tables: account.tables.iter().map(|table| table_view(template, table)).collect(),
        rows_seen: account.rows.len(),
        counts: counted.filter(|(_, count)| *count > 0).collect(),
        rows: account.rows.iter().map(&mut seen).collect(),
        notes: account.notes.iter().map(NoteView::of).collect(),
        corrections: super::corrections_of(account, corrections),
    }
}

fn table_view<'a>(template: &'a Template, table: &TableAccount) -> TableView<'a> {
    TableView {
        header_rows: if table.labels().is_empty() {
            (table.top + 1..=table.end).collect()
        } else {
            let rows: BTreeSet<u32> = table.labels().iter().map(|label| label.row + 1).collect();
            rows.into_iter().collect()
        },
        by_hand: table.by_hand,
        columns: table.columns.iter().map(|column| column_view(template, column)).collect(),
    }
}

fn column_view<'a>(template: &'a Template, column: &ColumnAccount) -> ColumnView<'a> {
    let key = |field| Some(template.field(field).key.as_str());
    let (r#use, field, choice) = match column.meaning {
        Meaning::Holds(Slot::Field(field)) => ("field", key(field), None),
        Meaning::Holds(Slot::Time(field)) => ("time", key(field), None),
        Meaning::Holds(Slot::Unit(field)) => ("unit", field.and_then(key), None),
        Meaning::Holds(Slot::Words(field)) => ("words", key(field), None),
        Meaning::Holds(Slot::Mark(field, id)) => {
            ("mark", key(field), Some(template.choice(field, id).code.as_str()))
        }
        Meaning::Holds(Slot::Ignored) => ("ignored", None, None),
        Meaning::Option(Slot::Field(field)) => ("option", key(field), None),
        Meaning::Option(_) => ("option", None, None),
        Meaning::Rival(_) => ("rival", None, None),
        Meaning::Unknown => ("unknown", None, None),
    };
    let rival = match column.meaning {
        Meaning::Rival(col) => Some(CellRef::column_letters(col)),
        Meaning::Holds(_) | Meaning::Option(_) | Meaning::Unknown => None,
    };
    let heading = column.headings.join(" / ");
    let letters = CellRef::column_letters(column.label.map_or(column.col, |label| label.col));
    ColumnView { column: letters, label: column.label, heading, r#use, field, choice, rival }
}
