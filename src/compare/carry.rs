//! What goes over from one edition to the next: the ids of records, and the list as its revision leaves it.

use super::comparison::Comparison;
use super::edition::OF_REVISION;
use super::within::{Kind, within};
use crate::model::{Dataset, Entry, Field, Record, RecordId, Role};
use crate::template::Template;
use crate::transform;
use std::collections::BTreeSet;

/// Gives records that go on the ids that they had, unless the new edition states others; those of the others that are
/// taken by that are made anew.
pub fn carry(list: &mut Dataset, old: &Dataset, comparison: &Comparison, template: &Template) {
    let mut taken: BTreeSet<RecordId> =
        list.rows.iter().filter(|row| row.states_id).filter_map(|row| row.id).collect();
    for row in list.rows.iter_mut().filter(|row| !row.states_id) {
        row.id = None;
    }
    for pair in &comparison.pairs {
        let row = &mut list.rows[pair.new];
        if let Some(id) = old.rows[pair.old].id.filter(|id| row.id.is_none() && taken.insert(*id)) {
            row.id = Some(id);
        }
    }
    // What is gone keeps its id for itself.
    let gone: Vec<RecordId> = old.rows.iter().filter_map(|row| row.id).collect();
    transform::make_ids(&mut list.rows, template, &gone);
}

/// The list as its revision leaves it: what is deleted is gone, new targets are targets, and nothing is said of the
/// revision itself.
pub fn applied(list: &Dataset, template: &Template) -> Dataset {
    let stays = |row: &&Record| within(row, template).is_none_or(|change| change.kind != Kind::Removed);
    let field = |role| match template.role(role) {
        Some(Field::Entry(index)) => Some(index),
        _ => None,
    };
    let apply = |row: &Record| {
        let mut row = row.clone();
        if let (Some(target), Some(new)) = (field(Role::Target), row.value_of(Role::NewTarget).cloned())
            && within(&row, template).is_some()
        {
            row.entries[target] = Some(Entry::Value(Box::new(new)));
        }
        for at in OF_REVISION.into_iter().filter_map(field) {
            row.entries[at] = None;
        }
        row
    };
    Dataset { rows: list.rows.iter().filter(stays).map(apply).collect(), ..Dataset::default() }
}
