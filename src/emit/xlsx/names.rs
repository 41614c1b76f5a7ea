//! Defined names, so that formulas and macros of others need not know where things are: ASCII, as the columns of the
//! CSV format, so that they stay the same when a heading changes.
//!
//! `list` is the list's body, `list_<key>` each of its columns by the key of its first field (`list_goal`; a column
//! of times alone is `list_<key>_at`), `tally` the labels and counts below it. The other sheets' tables are `summary`,
//! `changes` and `sources`: by them, such a workbook is known when it comes back as a form.

use super::cell::Corners;
use super::writer::SheetWriter;
use crate::template::TimePlace;
use rust_xlsxwriter::{Workbook, XlsxError};

/// Names the parts of the list.
pub(super) fn of_list(workbook: &mut Workbook, list: &SheetWriter<'_>) -> Result<(), XlsxError> {
    if let Some(corners) = list.body_area() {
        define(workbook, list, "list", corners)?;
        let (top, _, bottom, _) = corners;
        for (column, at) in list.template.columns.iter().zip(0..) {
            let Some(&field) = column.fields.first() else { continue };
            let ending = if column.time == TimePlace::Only { "_at" } else { "" };
            let name = format!("list_{}{ending}", list.template.field(field).key);
            define(workbook, list, &name, (top, at, bottom, at))?;
        }
    }
    list.tally_area().map_or(Ok(()), |corners| define(workbook, list, "tally", corners))
}

/// Names an area of a sheet.
pub(super) fn define(
    workbook: &mut Workbook,
    form: &SheetWriter<'_>,
    name: &str,
    corners: Corners,
) -> Result<(), XlsxError> {
    workbook.define_name(name, &format!("={}", form.area(corners)))?;
    Ok(())
}
