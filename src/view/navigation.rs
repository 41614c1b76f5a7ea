//! How the rows of a list are found on a screen: by their names, by the words of their fields, by what others say of them.

use super::bars;
use super::list::alone;
use crate::model::{
    Anchors, Content, Dataset, Document, Facet, FacetOption, Field, Navigation, Record, References, Role,
    RowLink, anchor,
};
use crate::template::{FieldKind, FieldSpec, Template};
use crate::transform::references::{bare_number, find_references};
use std::collections::BTreeMap;

/// Beside the document that is the list.
pub fn navigation(list: &Dataset, document: &Document, template: &Template) -> Navigation {
    let rows = document.table.rows.iter().enumerate();
    let rows: Vec<(usize, &Record)> =
        rows.filter_map(|(at, row)| Some((at, list.rows.get(row.record?)?))).collect();
    let mut navigation =
        Navigation { names: vec![String::new(); document.table.rows.len()], ..Navigation::default() };
    let mut anchors = Anchors::default();
    for &(at, row) in &rows {
        let number = project(row);
        let name = anchor("kpi", &[number.as_deref().unwrap_or_default(), &row.name().text]);
        navigation.names[at] = anchors.unique(&name);
    }
    navigation.facets = facets(&rows, document, template);
    navigation.references = references(list, document, template);
    for &(at, row) in &rows {
        for col in columns(Role::NewTarget, template) {
            let bars = bars::of(row, template);
            if !bars.is_empty() {
                navigation.changes.insert((at, col), bars);
            }
        }
    }
    navigation
}

fn project(row: &Record) -> Option<String> {
    row.text_of(Role::Number).map(|number| bare_number(&number.text))
}

/// The texts of a list's document that lead to other rows: where reasons name a record by its number.
pub fn references(list: &Dataset, document: &Document, template: &Template) -> References {
    let rows = document.table.rows.iter().enumerate();
    let rows = || rows.clone().filter_map(|(at, row)| Some((at, list.rows.get(row.record?)?)));
    // The first row of each project number.
    let mut projects = BTreeMap::new();
    for (at, row) in rows() {
        if let Some(number) = project(row) {
            projects.entry(number).or_insert(at);
        }
    }
    let mut references = References::new();
    for (at, row) in rows() {
        for col in columns(Role::Reason, template) {
            let found = references_of(row, &document.table.rows[at].cells[col].content, &projects);
            if !found.is_empty() {
                references.insert((at, col), found);
            }
        }
    }
    references
}

/// The columns that show a role, with others or alone.
fn columns(role: Role, template: &Template) -> impl Iterator<Item = usize> {
    let field = template.role(role);
    let shows = move |fields: &[Field]| field.is_some_and(|field| fields.contains(&field));
    template.columns.iter().enumerate().filter(move |(_, column)| shows(&column.fields)).map(|(col, _)| col)
}

/// References lead to the first row with their number; a row's own number leads nowhere.
fn references_of(row: &Record, content: &Content, projects: &BTreeMap<String, usize>) -> Vec<RowLink> {
    let own = project(row);
    let mut before = 0;
    let mut found = Vec::new();
    for paragraph in &content.paragraphs {
        for reference in find_references(paragraph) {
            let target = projects.get(&reference.number).filter(|_| own.as_ref() != Some(&reference.number));
            let text = before + reference.range.start..before + reference.range.end;
            found.extend(target.map(|&row| RowLink { text, row }));
        }
        before += paragraph.len();
    }
    found
}

/// What rows are chosen by, apart from their groups.
fn facets(rows: &[(usize, &Record)], document: &Document, template: &Template) -> Vec<Facet> {
    let mut facets = Vec::new();
    for field in template.entries().filter(|&field| template.field(field).is_published) {
        let (options, choices) = match template.field(field) {
            FieldSpec { kind: FieldKind::Choice, .. } => choices(field, rows, template),
            FieldSpec { kind: FieldKind::Value, .. }
            | FieldSpec { role: Some(Role::Name | Role::Number | Role::Reason | Role::Unit), .. } => continue,
            FieldSpec { kind: FieldKind::Text, .. } => match texts(field, rows, template) {
                Some(found) => found,
                None => continue,
            },
        };
        let mut of_rows = vec![None; document.table.rows.len()];
        for ((at, _), choice) in rows.iter().zip(choices) {
            of_rows[*at] = choice;
        }
        let spec = template.field(field);
        // What the document calls a field: the heading of its column, where that shows it alone.
        let heading = alone(field, template).map(|col| document.table.heading(col));
        let label = heading.unwrap_or_else(|| spec.name());
        facets.push(Facet { key: spec.key.clone(), label, options, rows: of_rows });
    }
    facets
}

/// Options, and which of them each row has.
type Options = (Vec<FacetOption>, Vec<Option<usize>>);

/// The words of a vocabulary, as far as rows chose them.
fn choices(field: Field, rows: &[(usize, &Record)], template: &Template) -> Options {
    let spec = template.field(field);
    let chosen: Vec<Option<usize>> =
        rows.iter().map(|(_, row)| row.choice(field).map(|chosen| chosen.id.0)).collect();
    let used: Vec<usize> = (0..spec.choices.len()).filter(|at| chosen.contains(&Some(*at))).collect();
    let option = |at: &usize| {
        let word = &spec.choices[*at];
        FacetOption { key: anchor("c", &[&spec.key, &word.code]), label: word.print.clone() }
    };
    let place = |at: Option<usize>| used.iter().position(|used| Some(*used) == at);
    (used.iter().map(option).collect(), chosen.into_iter().map(place).collect())
}

/// The texts of a field, if it is printed and sorts the rows: on average, two have the same.
fn texts(field: Field, rows: &[(usize, &Record)], template: &Template) -> Option<Options> {
    if !template.columns.iter().any(|column| column.fields.contains(&field)) {
        return None;
    }
    let said: Vec<&str> =
        rows.iter().map(|(_, row)| row.text(field).map_or("", |text| text.text.as_str())).collect();
    let mut values: Vec<&str> = said.iter().copied().filter(|text| !text.is_empty()).collect();
    values.sort_unstable();
    values.dedup();
    if 2 * values.len() > rows.len() {
        return None;
    }
    let key = |text: &str| anchor("x", &[&template.field(field).key, text]);
    let option = |text: &&str| FacetOption { key: key(text), label: text.replace('\n', " ") };
    let places = said.iter().map(|text| values.binary_search(text).ok()).collect();
    Some((values.iter().map(option).collect(), places))
}
