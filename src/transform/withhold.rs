//! Withholding: what a template keeps out of publication is masked in findings and taken out of the list before any
//! file is made from it.

use crate::finding::Finding;
use crate::model::{Dataset, Entry, Field, Origin, Place, Record};
use crate::template::{FieldSpec, Template};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The columns of forms that hold what is withheld.
#[derive(Default)]
struct Columns(BTreeSet<(Arc<Place>, u32)>);

impl Columns {
    fn of(list: &Dataset, template: &Template) -> Self {
        let mut columns = Self::default();
        for row in &list.rows {
            for index in withheld(template) {
                row.entries[index]
                    .iter()
                    .flat_map(|entry| origins(entry, row))
                    .for_each(|it| columns.add(it));
            }
        }
        columns
    }

    fn add(&mut self, origin: &Origin) {
        if let Some(cell) = origin.cell {
            self.0.insert((Arc::clone(&origin.place), cell.col));
        }
    }

    fn has(&self, origin: &Origin) -> bool {
        origin.cell.is_some_and(|cell| self.0.contains(&(Arc::clone(&origin.place), cell.col)))
    }
}

/// The fields that are withheld, by their numbers.
fn withheld(template: &Template) -> impl Iterator<Item = usize> {
    let fields = template.fields.iter().enumerate();
    fields.filter(|(_, spec)| !spec.is_published).map(|(index, _)| index)
}

/// The cells that an entry came from; none of what was computed alone.
fn origins<'a>(entry: &'a Entry, row: &'a Record) -> Vec<&'a Origin> {
    let is_own = |raw: &str| !raw.is_empty();
    match entry {
        Entry::Text(text) => vec![&text.origin],
        Entry::Choice(chosen) if is_own(&chosen.raw) => vec![&chosen.origin],
        Entry::Value(value) if is_own(&value.raw) => {
            let time = value.time.as_ref().filter(|time| time.origin.place == row.origin.place);
            [Some(&value.origin), time.map(|time| &time.origin)].into_iter().flatten().collect()
        }
        Entry::Choice(_) | Entry::Value(_) => Vec::new(),
    }
}

/// Masks what findings quote of fields that are not published.
pub fn mask(findings: &mut [Finding], list: &Dataset, template: &Template) {
    let secret: Vec<Field> = withheld(template).map(Field::Entry).collect();
    if secret.is_empty() {
        return;
    }
    let columns = Columns::of(list, template);
    let headings: Vec<String> = secret.iter().map(|&field| template.heading(field)).collect();
    let words = |spec: &FieldSpec| {
        let choices = spec.choices.iter().flat_map(|choice| [choice.label.clone(), choice.print.clone()]);
        choices.chain([spec.name()]).collect::<Vec<_>>()
    };
    let mut known: BTreeSet<String> =
        template.groups.iter().chain(&template.fields).flat_map(words).collect();
    known.extend(template.all_fields().into_iter().map(|field| template.heading(field)));
    for finding in findings {
        let is_secret = columns.has(&finding.origin) || finding.problem.says(&headings);
        if is_secret || finding.also_at().is_some() {
            finding.problem.mask(&known);
        }
    }
}

/// Takes what is not published out of a list: entries, and the comments and corrections on their cells.
pub fn withhold(list: &mut Dataset, template: &Template) {
    let columns = Columns::of(list, template);
    for row in &mut list.rows {
        withheld(template).for_each(|index| row.entries[index] = None);
        row.notes.retain(|note| !columns.has(&note.origin));
    }
    for account in &mut list.accounts {
        account.notes.retain(|note| !columns.has(&note.origin));
    }
    list.corrections.retain(|correction| !columns.has(&correction.origin));
}
