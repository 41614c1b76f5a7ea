//! What the revision changes: for each indicator that changes or leaves the list, its target before and after, and the
//! reason.

use super::field::content;
use super::plain::{self, Heading};
use crate::compare::{self, Kind};
use crate::model::{Align, Content, Dataset, Document, Record, Role, TableRow};
use crate::template::{Template, TimePlace};

/// The document.
pub(super) fn changes(
    list: &Dataset,
    template: &Template,
    title: &str,
    shows: &dyn Fn(&Record) -> bool,
) -> Document {
    let kept = list.rows.iter().enumerate().filter(|(_, row)| shows(row));
    let rows = kept.filter_map(|(index, row)| {
        let change = compare::within(row, template)?;
        let mut cells = plain::identity(index, row, template);
        cells.extend(said(row, change.kind, template).map(Into::into));
        Some(TableRow::of(cells))
    });
    let table = plain::table(&headings(template), rows.collect());
    Document::of("changes", title, table)
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

fn said(row: &Record, change: Kind, template: &Template) -> [Content; 4] {
    let said = |role| {
        let field = template.role(role);
        field.map_or_else(Content::default, |field| content(row, field, TimePlace::Below, template))
    };
    let after = match change {
        Kind::Removed => Content::of(&template.workbook.labels.removed),
        _ => said(Role::NewTarget),
    };
    [said(Role::Disposition), said(Role::Target), after, said(Role::Reason)]
}
