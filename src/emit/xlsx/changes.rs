//! The sheet of what the revision changes: for each indicator that changes or leaves the list, its target before and
//! after, and the reason.

use super::Material;
use super::plain::{self, Heading};
use super::writer::SheetWriter;
use crate::compare::{self, Kind};
use crate::error::Error;
use crate::model::{Align, Content, Record, Role};
use crate::template::{Template, TimePlace};
use crate::view::content;
use rust_xlsxwriter::Workbook;

/// Adds the sheet.
pub(super) fn add(
    workbook: &mut Workbook,
    list: &SheetWriter<'_>,
    material: &Material<'_>,
    name: &str,
) -> Result<(), Error> {
    let template = list.template;
    let rows = material.list.rows.iter().enumerate().filter_map(|(index, row)| {
        let change = compare::within(row, template)?;
        let mut cells = plain::identity(list, index, row);
        cells.extend(cells_of(row, change.kind, template));
        Some(cells)
    });
    let table = plain::table(&headings(template), rows);
    plain::add(workbook, template, material.metrics, &table, (name, "changes"))
}

fn headings(template: &Template) -> Vec<Heading> {
    let labels = &template.workbook.labels;
    let mut headings = plain::identity_headings(template);
    let name = |role| template.role(role).map_or_else(String::new, |field| template.field(field).name());
    headings.extend([
        (name(Role::Disposition), 6, Align::Center),
        (labels.before.clone(), 13, Align::Center),
        (labels.after.clone(), 13, Align::Center),
        (name(Role::Reason), 27, Align::Left),
    ]);
    headings
}

fn cells_of(row: &Record, change: Kind, template: &Template) -> [Content; 4] {
    let said = |role| {
        let said = template.role(role).map(|field| content(row, field, TimePlace::Below, template));
        said.unwrap_or_default()
    };
    let after = match change {
        Kind::Removed => Content::of(&template.workbook.labels.removed),
        _ => said(Role::NewTarget),
    };
    [said(Role::Disposition), said(Role::Target), after, said(Role::Reason)]
}
