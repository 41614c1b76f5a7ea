//! An edition of a list: its records, and the template that explains them.

use crate::model::{Dataset, Field, Meaning, Role, Slot};
use crate::template::Template;
use std::collections::BTreeSet;

/// What a revision says of a record beside what the record is; the next edition begins without it.
pub(super) const OF_REVISION: [Role; 3] = [Role::Disposition, Role::NewTarget, Role::Reason];

/// An edition.
#[derive(Debug, Clone)]
pub struct Edition<'a> {
    /// What explains it.
    pub template: &'a Template,
    /// Its records.
    pub list: &'a Dataset,
    /// The fields that it has: a form had a column for them, or a record says something.
    has: BTreeSet<Field>,
}

impl<'a> Edition<'a> {
    /// The edition of a list.
    pub fn new(template: &'a Template, list: &'a Dataset) -> Self {
        let columns =
            list.accounts.iter().flat_map(|account| &account.tables).flat_map(|table| &table.columns);
        let held = columns.filter_map(|column| match column.meaning {
            Meaning::Holds(Slot::Field(field)) => Some(field),
            _ => None,
        });
        // What is asked anew every year is there once somebody has answered.
        let is_asked = |field: &Field| {
            let role = template.field(*field).role;
            role.is_some_and(|role| OF_REVISION.contains(&role) || matches!(role, Role::Actual | Role::Grade))
        };
        let mut has: BTreeSet<Field> = held.filter(|field| !is_asked(field)).collect();
        let says = |field: &Field| {
            list.rows.iter().any(|row| match field {
                Field::Group(level) => row.groups.get(*level).is_some_and(|group| !group.text.is_empty()),
                Field::Entry(_) => row.entry(*field).is_some(),
            })
        };
        has.extend(template.all_fields().into_iter().filter(says));
        Self { template, list, has }
    }

    /// Whether it has a field.
    pub fn has(&self, field: Field) -> bool {
        self.has.contains(&field)
    }
}
