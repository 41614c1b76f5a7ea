//! The sheet of what the revision changes: for each indicator whose disposition wants a new target or takes it off
//! the list, its target before and after, and the reason.

use super::Material;
use super::plain::{self, Heading};
use super::writer::SheetWriter;
use crate::error::Error;
use crate::layout::{Content, content};
use crate::model::{Field, KpiRow};
use crate::template::{Align, Template, TimePlace};
use rust_xlsxwriter::Workbook;

/// Adds the sheet.
pub(super) fn add(
    workbook: &mut Workbook,
    list: &SheetWriter<'_>,
    material: &Material<'_>,
    name: &str,
) -> Result<(), Error> {
    let template = list.template;
    let changed = material.list.rows.iter().enumerate().filter(|(_, row)| leaves(row, template).is_some());
    let rows = changed.map(|(index, row)| {
        let mut cells = plain::identity(list, index, row);
        cells.extend(cells_of(row, template));
        cells
    });
    let table = plain::table(&headings(template), rows);
    plain::add(workbook, template, material.metrics, &table, (name, "changes"))
}

fn headings(template: &Template) -> Vec<Heading> {
    let labels = &template.workbook.labels;
    let mut headings = plain::identity_headings(template);
    headings.extend([
        (template.field(Field::Disposition).name(), 6, Align::Center),
        (labels.before.clone(), 13, Align::Center),
        (labels.after.clone(), 13, Align::Center),
        (template.field(Field::Reason).name(), 27, Align::Left),
    ]);
    headings
}

/// Whether the indicator leaves the list, of one that changes; `None` for the others.
fn leaves(row: &KpiRow, template: &Template) -> Option<bool> {
    let disposition = template.disposition(row.disposition.as_ref()?.id);
    disposition.changes().then_some(disposition.leaves_list)
}

fn cells_of(row: &KpiRow, template: &Template) -> [Content; 4] {
    let said = |field| content(row, field, TimePlace::Below, template);
    let after = match leaves(row, template) {
        Some(true) => Content::of(&template.workbook.labels.removed),
        Some(false) | None => said(Field::NewTarget),
    };
    [said(Field::Disposition), said(Field::Target), after, said(Field::Reason)]
}
