//! Defined names, so that formulas and macros of others need not know where things are: ASCII, as the columns of the
//! CSV format, so that they stay the same when a heading changes.
//!
//! A table's body has the key of its document (`list`, `summary`), each column that has a key both (`list_goal`), and
//! the labels and counts below a table are `tally`. The rows of records have their ids (`id_abcdefgh`). By them, such a workbook is known when it comes back as a form.

use super::cell::{Corners, column};
use super::writer::SheetWriter;
use crate::model::TableColumn;
use rust_xlsxwriter::{Workbook, XlsxError};

/// Names the parts of a sheet.
pub(super) fn define(workbook: &mut Workbook, sheet: &SheetWriter<'_>) -> Result<(), XlsxError> {
    let mut define = |name: &str, corners: Corners| {
        workbook.define_name(name, &format!("={}", sheet.area(corners))).map(|_| ())
    };
    if let Some(corners) = sheet.body_area() {
        define(&sheet.document.key, corners)?;
        let (top, _, bottom, _) = corners;
        for (at, row) in sheet.table.rows.iter().enumerate() {
            if let Some(id) = row.id {
                let (top, bottom) = sheet.plan.sheet_rows(at..at + 1);
                define(&id.defined_name(), (top, 0, bottom, sheet.last_column()))?;
            }
        }
        for (col, TableColumn { key, .. }) in sheet.table.columns.iter().enumerate() {
            if !key.is_empty() {
                let at = column(col);
                define(&format!("{}_{key}", sheet.document.key), (top, at, bottom, at))?;
            }
        }
    }
    sheet.tally_area().map_or(Ok(()), |corners| define("tally", corners))
}
