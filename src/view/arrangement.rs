//! The arrangement of a list's table: headings above its records, the records, and feet below them.

use super::field::said;
use crate::model::{Dataset, Record, Scope};
use crate::template::{Template, TotalSpec};
use crate::transform::starts;
use std::ops::Range;

/// What a row of the table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Position<'t> {
    /// A heading above records, as a text.
    Heading(String),
    /// A record of the list.
    Record(usize),
    /// A foot below records.
    Foot(&'t TotalSpec, Range<usize>),
}

/// The rows of the table, in order.
pub(super) fn arrange<'t>(list: &Dataset, template: &'t Template) -> Vec<Position<'t>> {
    let rows = &list.rows;
    if template.sections.is_none() && template.totals.is_empty() {
        return (0..rows.len()).map(Position::Record).collect();
    }
    let starts_at = |at: usize, of: Scope| at == 0 || starts(&rows[at - 1], &rows[at], of, template);
    let end =
        |from: usize| (from + 1..rows.len()).find(|&at| starts_at(at, Scope::Section)).unwrap_or(rows.len());
    let printed: Vec<&TotalSpec> = printed(template).collect();
    let mut positions = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if template.sections.is_some() && starts_at(at, Scope::Section) {
            positions.push(Position::Heading(heading(row, end(at) - at, template)));
        }
        positions.push(Position::Record(at));
        // Inner groups end before outer ones.
        let levels = (0..template.groups.len()).rev().map(Scope::Group);
        let ends = |of: &Scope| at + 1 == rows.len() || starts_at(at + 1, *of);
        for of in levels.chain([Scope::Section, Scope::Table]).filter(ends) {
            let first = (0..=at).rev().find(|&at| starts_at(at, of)).unwrap_or(0);
            let is_named = !matches!(of, Scope::Group(level) if row.groups[level].text.is_empty());
            let own = printed.iter().filter(|spec| spec.of == of && is_named);
            positions.extend(own.map(|&spec| Position::Foot(spec, first..at + 1)));
        }
    }
    positions
}

/// The totals of which the table shows something and whose labels have a place.
fn printed(template: &Template) -> impl Iterator<Item = &TotalSpec> {
    let columns = &template.columns;
    template.totals.iter().filter(|spec| {
        let says = columns.iter().any(|column| spec.aggregate(column).is_some());
        let has_sections = spec.of != Scope::Section || template.sections.is_some();
        says && has_sections && spec.label_columns(columns).is_some()
    })
}

/// The heading of the records of a section.
fn heading(row: &Record, count: usize, template: &Template) -> String {
    let Some(sections) = &template.sections else { return String::new() };
    sections
        .title
        .replace("{each}", &said(row, sections.field, template))
        .replace("{count}", &count.to_string())
}
