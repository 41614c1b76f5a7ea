//! What every filled cell of a sheet was read as: of a record, a label, a heading, or what became of its row.
//!
//! Of a table as it stands, a cell's row and column tell it; the account says of the others what they are: of cells that
//! were taken out of their rows, and of the cells of a form that was folded into a table.

use super::geometry::Folded;
use crate::japanese::fold;
use crate::model::{
    CellRef, CellRole, ColumnAccount, Meaning, RawCell, RawSheet, Role, RowKind, SheetAccount, Slot,
    TableAccount,
};
use crate::template::Template;
use std::collections::{BTreeMap, BTreeSet};

/// What each cell of a sheet that has text, seen or not, was read as; none if the account does not say. The sheet is as it
/// was read from its file.
pub fn cells(
    sheet: &RawSheet,
    account: &SheetAccount,
    template: &Template,
) -> Vec<(CellRef, Option<CellRole>)> {
    let reader = Reader::new(sheet, account, template);
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
    let filled = cells.filter(|(_, cell)| !cell.is_empty());
    filled.map(|(row, cell)| (at(row, cell.col), reader.role(row, cell))).collect()
}

fn at(row: u32, col: u32) -> CellRef {
    CellRef { row, col }
}

struct Reader<'a> {
    sheet: &'a RawSheet,
    template: &'a Template,
    tables: &'a [TableAccount],
    /// What the account says of cells.
    own: BTreeMap<CellRef, CellRole>,
    kinds: BTreeMap<u32, RowKind>,
    /// The cell of the name of the record that each row belongs to.
    records: BTreeMap<u32, CellRef>,
    /// The form was folded into a table: rows and columns of its account are not those of the sheet.
    is_folded: bool,
}

impl<'a> Reader<'a> {
    fn new(sheet: &'a RawSheet, account: &'a SheetAccount, template: &'a Template) -> Self {
        let mut records = BTreeMap::new();
        let mut record = None;
        for &(row, kind) in &account.rows {
            if kind == RowKind::Indicator {
                record = name_column(&account.tables, row, template).map(|col| at(row, col));
            }
            records.extend(record.map(|record| (row, record)));
        }
        Self {
            sheet,
            template,
            tables: &account.tables,
            own: account.cells.iter().copied().collect(),
            kinds: account.rows.iter().copied().collect(),
            records,
            is_folded: account.tables.iter().any(|table| !table.labels().is_empty()),
        }
    }

    /// Why a cell was not read, whatever its row is.
    fn left_out(&self, cell: &RawCell) -> Option<RowKind> {
        let is_hidden = !self.template.takes_in_hidden && self.sheet.is_hidden_column(cell.col);
        let is_unseen = cell.text.is_empty() && cell.unseen.is_some() && !self.template.takes_in_unseen;
        let is_struck = cell.text.is_empty() && cell.unseen.is_none() && cell.struck.is_some();
        match () {
            () if is_hidden || is_unseen => Some(RowKind::Hidden),
            () if is_struck => Some(RowKind::Struck),
            () => None,
        }
    }

    fn role(&self, row: u32, cell: &RawCell) -> Option<CellRole> {
        if let Some(role) = self.own.get(&at(row, cell.col)) {
            return Some(*role);
        }
        if let Some(kind) = self.left_out(cell) {
            return Some(CellRole::Row(kind));
        }
        let mut line = row;
        if self.kinds.get(&line) == Some(&RowKind::Hidden) {
            // A merged cell whose first row is hidden is shown in the first one that is not.
            let rows = line..=self.sheet.end_of(line, cell.col).0;
            let is_seen = |line: &u32| self.kinds.get(line).is_none_or(|kind| *kind != RowKind::Hidden);
            line = rows.clone().find(is_seen).unwrap_or(line);
        }
        let kind = *self.kinds.get(&line)?;
        if self.is_folded {
            let is_table = matches!(kind, RowKind::Indicator | RowKind::Continuation | RowKind::Header);
            return Some(if is_table { CellRole::Beside(None) } else { CellRole::Row(kind) });
        }
        let record = self.records.get(&line).copied();
        Some(of_table(self.tables, ((line, cell.col), &cell.text), kind, record))
    }
}

/// The table that a row belongs to.
fn table_of(tables: &[TableAccount], row: u32) -> Option<&TableAccount> {
    tables.iter().rev().find(|table| table.top <= row)
}

/// The column of the records' names in the table that a row belongs to.
fn name_column(tables: &[TableAccount], row: u32, template: &Template) -> Option<u32> {
    let name = Meaning::Holds(Slot::Field(template.role(Role::Name)?));
    let mut columns = table_of(tables, row)?.columns.iter();
    columns.find(|column| column.meaning == name).map(|column| column.col)
}

/// The role of a table's cell, by what its row is and what its column was taken for.
fn of_table(
    tables: &[TableAccount],
    ((row, col), text): ((u32, u32), &str),
    kind: RowKind,
    record: Option<CellRef>,
) -> CellRole {
    let column =
        table_of(tables, row).and_then(|table| table.columns.iter().find(|column| column.col == col));
    let meaning = column.map(|column| column.meaning);
    let is_lowest =
        |column: &ColumnAccount| column.headings.last().is_some_and(|last| fold(last) == fold(text));
    match (kind, meaning) {
        // What stands above is the heading of several.
        (RowKind::Header, Some(meaning)) if column.is_some_and(is_lowest) => CellRole::Label(meaning),
        (RowKind::Heading, _) => CellRole::Heading,
        (RowKind::Indicator | RowKind::Continuation, Some(Meaning::Holds(slot) | Meaning::Option(slot)))
            if slot != Slot::Ignored =>
        {
            record.map_or(CellRole::Row(kind), |record| CellRole::Entry { record, slot })
        }
        (RowKind::Indicator | RowKind::Continuation, meaning) => CellRole::Beside(meaning),
        (RowKind::Blank, None | Some(Meaning::Unknown | Meaning::Rival(_))) => CellRole::Beside(meaning),
        (kind, _) => CellRole::Row(kind),
    }
}

/// The roles of cells that were taken out of their rows.
pub(super) fn set_aside(cells: &[CellRef], kind: RowKind) -> impl Iterator<Item = (CellRef, CellRole)> {
    cells.iter().map(move |cell| (*cell, CellRole::Row(kind)))
}

/// The roles of the cells of a form that was folded into a table, by what became of the table's rows.
pub(super) fn of_folded(
    folded: &Folded,
    sheet: &RawSheet,
    account: &SheetAccount,
    template: &Template,
) -> Vec<(CellRef, CellRole)> {
    let (table, tables) = (&folded.table, &account.tables);
    let mut lines: BTreeMap<u32, (RowKind, Option<CellRef>)> = BTreeMap::new();
    let mut record = None;
    for &(line, kind) in &account.rows {
        if kind == RowKind::Indicator {
            let name = name_column(tables, line, template);
            record = name.and_then(|col| table.origin(line, col).cell);
        }
        lines.insert(line, (kind, record));
    }
    let mut labels: BTreeMap<String, Meaning> = BTreeMap::new();
    for column in tables.iter().flat_map(|table| &table.columns) {
        labels.extend(column.headings.last().map(|heading| (fold(heading), column.meaning)));
    }
    let columns = || tables.iter().flat_map(|table| &table.columns);
    let is_heading =
        |text: &str| columns().flat_map(|column| &column.headings).any(|heading| heading == text);
    let mut roles: BTreeMap<CellRef, CellRole> = BTreeMap::new();
    for ((row, col), (line, at_col)) in table.stands.known() {
        let Some(&(kind, record)) = lines.get(&line) else { continue };
        let text = sheet.text(row, col).unwrap_or_default();
        roles.insert(at(row, col), of_table(tables, ((line, at_col), text), kind, record));
    }
    // What the table says elsewhere: labels of further cards and their headings, and what lines repeat.
    let said: BTreeSet<&str> =
        table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str()).collect();
    for (row, col) in table.stands.repeated() {
        let text = sheet.text(row, col).unwrap_or_default();
        let role = match labels.get(&fold(text)) {
            Some(meaning) => CellRole::Label(*meaning),
            None if said.contains(text) && !is_heading(text) => CellRole::Row(RowKind::Continuation),
            None => CellRole::Row(RowKind::Header),
        };
        roles.insert(at(row, col), role);
    }
    roles.into_iter().collect()
}
