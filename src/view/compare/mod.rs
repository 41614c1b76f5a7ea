//! Views of what changed from one edition to the next: side by side, in one, and as errata.

mod errata;
mod marked;
mod sides;

use super::field::{bracketed, content};
use crate::compare::words::differences;
use crate::compare::{Comparison, Edition, FieldChange, Pair, Reworded};
use crate::japanese::Words;
use crate::model::{Content, Document, Field, Mark, Record, Table};
use crate::template::{Column, CompareForm, Template, TimePlace};
use std::ops::Range;

pub use errata::{Place, Places};

/// The contents of a row.
type Cells = Vec<Content>;

/// Two editions that are shown together.
struct Comparer<'a> {
    comparison: &'a Comparison,
    old: &'a Edition<'a>,
    new: &'a Edition<'a>,
    /// What the document is made by: its words, and the columns of the new side.
    template: &'a Template,
    /// The columns of the new edition.
    columns: Vec<&'a Column>,
    /// Those of the old one.
    before: Vec<Column>,
    words: Words,
}

/// The document in a form. Errata need the places of both editions' records on their pages.
pub fn comparison(
    comparison: &Comparison,
    (old, new): (&Edition<'_>, &Edition<'_>),
    template: &Template,
    form: CompareForm,
    places: &Places,
) -> Document {
    let is_shown = |column: &&Column| {
        let of_both = |field: &Field| old_field(*field, comparison).is_some();
        let of_new = |field: &Field| form == CompareForm::Marked && new.has(*field);
        column.fields.iter().any(|field| of_both(field) || of_new(field))
    };
    let columns: Vec<&Column> = template.columns.iter().filter(is_shown).collect();
    let before = columns.iter().map(|column| old_column(column, comparison, old.template)).collect();
    let comparer = Comparer { comparison, old, new, template, columns, before, words: Words::default() };
    match form {
        CompareForm::Sides => sides::sides(&comparer),
        CompareForm::Marked => marked::marked(&comparer),
        CompareForm::Errata => errata::errata(&comparer, places),
    }
}

fn old_field(field: Field, comparison: &Comparison) -> Option<Field> {
    comparison.fields.iter().find(|pair| pair.new == field).map(|pair| pair.old)
}

/// A column of the new side for the fields of the old edition, under the title that these have there.
fn old_column(column: &Column, comparison: &Comparison, template: &Template) -> Column {
    let fields: Vec<Field> = column.fields.iter().filter_map(|&field| old_field(field, comparison)).collect();
    let own = template.columns.iter().find(|own| own.fields == fields);
    let title = own.map_or(&column.title, |own| &own.title).clone();
    Column { title, fields, ..column.clone() }
}

impl Comparer<'_> {
    /// The document with what stands around its table; `foot` is the first line below it.
    fn document(&self, table: Table, foot: &str) -> Document {
        let about = &self.template.document;
        let foot = Some(foot.to_owned()).filter(|text| !text.is_empty());
        Document {
            subtitle: about.subtitle.clone(),
            byline: about.byline.clone(),
            notes: foot.into_iter().chain(about.notes.clone()).collect(),
            ..Document::of("compare", &about.title, table)
        }
    }

    /// What a record of the new edition says; wholly marked, or not at all.
    fn new_cells(&self, at: usize, mark: Option<Mark>) -> Cells {
        let row = &self.new.list.rows[at];
        self.columns.iter().map(|column| cell(row, column, self.template, mark)).collect()
    }

    /// The same of the old one.
    fn old_cells(&self, at: usize, mark: Option<Mark>) -> Cells {
        let row = &self.old.list.rows[at];
        self.before.iter().map(|column| cell(row, column, self.old.template, mark)).collect()
    }

    /// A record that goes on: of each cell that changes, the words that differ.
    fn pair_cells(&self, pair: &Pair) -> (Cells, Cells) {
        let (mut new, mut old) = (self.new_cells(pair.new, None), self.old_cells(pair.old, None));
        for (at, column) in self.columns.iter().enumerate() {
            let of_column = |change: &&FieldChange| column.fields.contains(&change.field.new);
            let changes: Vec<&FieldChange> = pair.changes.iter().filter(of_column).collect();
            if changes.is_empty() {
                continue;
            }
            let said = |content: &Content| content.paragraphs.concat();
            let mut found = differences(&said(&old[at]), &said(&new[at]), &self.words);
            if let ([change], [_]) = (&changes[..], &column.fields[..]) {
                let sides = [
                    (&mut found.old, &old[at], &self.old.list.rows[pair.old], change.field.old),
                    (&mut found.new, &new[at], &self.new.list.rows[pair.new], change.field.new),
                ];
                for (differing, content, row, field) in sides {
                    change.keep_what_changes(differing, time_bytes(content, row, field, column.time));
                }
            }
            old[at].marks = Mark::Replaced.all(found.old);
            new[at].marks = Mark::Inserted.all(found.new);
        }
        (new, old)
    }

    /// What a group that goes on under another label was called and is called.
    fn reworded_labels(&self, Reworded { old, new, .. }: &Reworded) -> [Content; 2] {
        let found = differences(old, new, &self.words);
        [(old, Mark::Replaced, found.old), (new, Mark::Inserted, found.new)]
            .map(|(text, mark, differing)| Content { marks: mark.all(differing), ..Content::of(text) })
    }
}

/// What a record says in a column; wholly marked, or not at all. A column of nothing says nothing.
fn cell(row: &Record, column: &Column, template: &Template, mark: Option<Mark>) -> Content {
    let contents = column.fields.iter().map(|&field| content(row, field, column.time, template));
    let mut filled = contents.filter(|content| !content.paragraphs.is_empty());
    let Some(mut cell) = filled.next() else {
        let empty = if column.fields.is_empty() { "" } else { &column.empty };
        return Content::of(empty);
    };
    for next in filled {
        cell.append(&column.separator, next);
    }
    match mark {
        Some(mark) => cell.marked(mark),
        None => cell,
    }
}

/// Where a printed value has its time, as bytes of its content; nothing if it is not printed with it.
fn time_bytes(content: &Content, row: &Record, field: Field, place: TimePlace) -> Option<Range<usize>> {
    let time = row.value(field)?.time.as_ref().filter(|time| !time.within)?;
    let (text, time) = (content.paragraphs.concat(), bracketed(&time.text));
    match place {
        TimePlace::Before => text.starts_with(&time).then_some(0..time.len()),
        TimePlace::Below | TimePlace::Beside => {
            text.ends_with(&time).then(|| text.len() - time.len()..text.len())
        }
        TimePlace::Hidden | TimePlace::Only => None,
    }
}
