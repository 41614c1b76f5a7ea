//! Two editions side by side (新旧対照表): what changes of each record, the words that differ underlined on both sides.

use super::field::{bracketed, content};
use crate::compare::words::differences;
use crate::compare::{Changed, Comparison, Edition, FieldChange, Pair, Regrouped, Reworded};
use crate::japanese::Words;
use crate::model::{
    Align, Content, Document, Field, HeaderCell, Record, Table, TableCell, TableColumn, TableRow,
};
use crate::template::{Column, ShownRows, Sides, Template, TimePlace};
use std::ops::Range;

/// Width of the column that says what changes, in thousandths of a full-width character.
const NOTE: i32 = 7_000;

/// A record of either side, or what stands for it.
type Cells = Vec<Content>;

struct Comparer<'a> {
    comparison: &'a Comparison,
    old: &'a Edition<'a>,
    new: &'a Edition<'a>,
    /// What the document is made by: its words, and the columns of the new side.
    template: &'a Template,
    /// The columns of the new side.
    columns: Vec<&'a Column>,
    /// Those of the old one.
    before: Vec<Column>,
    words: Words,
}

/// The document.
pub fn comparison(
    comparison: &Comparison,
    old: &Edition<'_>,
    new: &Edition<'_>,
    template: &Template,
) -> Document {
    let is_shown =
        |column: &&Column| column.fields.iter().any(|field| old_field(*field, comparison).is_some());
    let columns: Vec<&Column> = template.columns.iter().filter(is_shown).collect();
    let before = columns.iter().map(|column| old_column(column, comparison, old.template)).collect();
    let comparer = Comparer { comparison, old, new, template, columns, before, words: Words::default() };
    let about = &template.document;
    let spec = &template.compare;
    let amendment = spec
        .amendment
        .replace("{title}", &new.template.document.title)
        .replace("{old}", &old.template.document.title);
    let said = |text: &String| !text.is_empty();
    Document {
        subtitle: about.subtitle.iter().cloned().chain([amendment].into_iter().filter(said)).collect(),
        byline: about.byline.clone(),
        notes: [spec.words.foot.clone()].into_iter().filter(said).chain(about.notes.clone()).collect(),
        ..Document::of("compare", &about.title, comparer.table())
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
    fn table(&self) -> Table {
        let (header, columns) = (self.header(), self.table_columns());
        Table { columns, header_rows: 2, header, rows: self.rows(), tally: None }
    }

    fn has_note(&self) -> bool {
        !self.template.compare.headings.note.is_empty()
    }

    fn is_new_left(&self) -> bool {
        self.template.compare.sides == Sides::NewLeft
    }

    fn header(&self) -> Vec<HeaderCell> {
        let headings = &self.template.compare.headings;
        let count = self.columns.len();
        let cell = |row, col, row_span, col_span, text: &str| HeaderCell {
            row,
            col,
            row_span,
            col_span,
            content: Content::of(text),
        };
        let sides =
            if self.is_new_left() { [&headings.new, &headings.old] } else { [&headings.old, &headings.new] };
        let mut header: Vec<HeaderCell> =
            sides.iter().enumerate().map(|(at, text)| cell(0, at * count, 1, count, text)).collect();
        if self.has_note() {
            header.push(cell(0, 2 * count, 2, 1, &headings.note));
        }
        let new = self.columns.iter().map(|column| column.title.as_str());
        let old = self.before.iter().map(|column| column.title.as_str());
        let titles: Vec<&str> =
            if self.is_new_left() { new.chain(old).collect() } else { old.chain(new).collect() };
        header.extend(titles.iter().enumerate().map(|(col, title)| cell(1, col, 1, 1, title)));
        header
    }

    fn table_columns(&self) -> Vec<TableColumn> {
        let name = self.template.name();
        let side = self.columns.iter().map(|column| TableColumn {
            is_row_header: column.fields.contains(&name),
            ..TableColumn::of(column.width, column.align)
        });
        let note = self.has_note().then(|| TableColumn::of(NOTE, Align::Left));
        side.clone().chain(side).chain(note).collect()
    }

    fn rows(&self) -> Vec<TableRow> {
        let same = &self.template.compare.words.same;
        let all_same = || vec![Content::of(same); self.columns.len()];
        let shows_all = self.template.compare.rows == ShownRows::All;
        let mut rows: Vec<TableRow> =
            self.comparison.reworded.iter().map(|group| self.reworded(group)).collect();
        let mut is_same_above = false;
        for changed in self.comparison.in_order() {
            let is_same = matches!(changed, Changed::Pair(pair) if pair.changes.is_empty());
            if is_same && shows_all && !is_same_above {
                rows.push(self.row(all_same(), all_same(), ""));
            }
            is_same_above = is_same;
            match changed {
                Changed::Pair(pair) if !is_same => rows.push(self.pair(pair)),
                Changed::Pair(_) => {}
                Changed::Regrouped(regrouped) => rows.extend(self.regrouped(regrouped)),
                Changed::Added(at) => {
                    let kinds = &self.template.compare.kinds;
                    let word = self.in_place(&self.template.compare.words.added);
                    rows.push(self.row(self.new_cells(at, true), word, &kinds.added));
                }
                Changed::Removed(at) => {
                    let kinds = &self.template.compare.kinds;
                    let word = self.in_place(&self.template.compare.words.removed);
                    rows.push(self.row(word, self.old_cells(at, true), &kinds.removed));
                }
            }
        }
        if rows.is_empty() {
            rows.push(self.row(all_same(), all_same(), ""));
        }
        rows
    }

    fn row(&self, new: Cells, old: Cells, note: &str) -> TableRow {
        let (left, right) = if self.is_new_left() { (new, old) } else { (old, new) };
        let cells = left.into_iter().chain(right).map(TableCell::from);
        TableRow::of(cells.chain(self.has_note().then(|| TableCell::of(note))).collect())
    }

    /// A word where the name stands.
    fn in_place(&self, word: &str) -> Cells {
        let name = self.template.name();
        let at = self.columns.iter().position(|column| column.fields.contains(&name)).unwrap_or(0);
        let mut cells = vec![Content::default(); self.columns.len()];
        cells[at] = Content::of(word);
        cells
    }

    fn new_cells(&self, at: usize, is_marked: bool) -> Cells {
        let row = &self.new.list.rows[at];
        self.columns.iter().map(|column| cell(row, column, self.template, is_marked)).collect()
    }

    fn old_cells(&self, at: usize, is_marked: bool) -> Cells {
        let row = &self.old.list.rows[at];
        self.before.iter().map(|column| cell(row, column, self.old.template, is_marked)).collect()
    }

    /// A record that goes on: of each cell that changes, the words that differ.
    fn pair(&self, pair: &Pair) -> TableRow {
        let (mut new, mut old) = (self.new_cells(pair.new, false), self.old_cells(pair.old, false));
        for (at, column) in self.columns.iter().enumerate() {
            let of_column = |change: &&FieldChange| column.fields.contains(&change.field.new);
            let changes: Vec<&FieldChange> = pair.changes.iter().filter(of_column).collect();
            if changes.is_empty() {
                continue;
            }
            let said = |content: &Content| content.paragraphs.concat();
            let found = differences(&said(&old[at]), &said(&new[at]), &self.words);
            (old[at].underlined, new[at].underlined) = (found.old, found.new);
            if let ([change], [_]) = (&changes[..], &column.fields[..]) {
                let sides = [
                    (&mut old[at], &self.old.list.rows[pair.old], change.field.old),
                    (&mut new[at], &self.new.list.rows[pair.new], change.field.new),
                ];
                for (content, row, field) in sides {
                    let of_time = time_bytes(content, row, field, column.time);
                    change.keep_what_changes(&mut content.underlined, of_time);
                }
            }
        }
        let mut kinds: Vec<&str> = pair.changes.iter().map(|it| it.kind.word(self.template)).collect();
        kinds.dedup();
        self.row(new, old, &kinds.join("、"))
    }

    fn regrouped(&self, Regrouped { old, new }: &Regrouped) -> Vec<TableRow> {
        let kinds = &self.template.compare.kinds;
        let kind = if new.len() > old.len() { &kinds.split } else { &kinds.merged };
        let none = || vec![Content::default(); self.columns.len()];
        (0..old.len().max(new.len()))
            .map(|at| {
                let new = new.get(at).map_or_else(none, |&at| self.new_cells(at, true));
                let old = old.get(at).map_or_else(none, |&at| self.old_cells(at, true));
                self.row(new, old, kind)
            })
            .collect()
    }

    /// A group that goes on under another label.
    fn reworded(&self, Reworded { field, old, new }: &Reworded) -> TableRow {
        let found = differences(old, new, &self.words);
        let side = |text: &str, underlined| {
            let at = self.columns.iter().position(|column| column.fields.contains(&field.new)).unwrap_or(0);
            let mut cells = vec![Content::default(); self.columns.len()];
            cells[at] = Content { underlined, ..Content::of(text) };
            cells
        };
        self.row(side(new, found.new), side(old, found.old), &self.template.compare.kinds.renamed)
    }
}

/// What a record says in a column; wholly underlined, or not at all.
fn cell(row: &Record, column: &Column, template: &Template, is_marked: bool) -> Content {
    let contents = column.fields.iter().map(|&field| content(row, field, column.time, template));
    let mut filled = contents.filter(|content| !content.paragraphs.is_empty());
    let Some(mut cell) = filled.next() else { return Content::of(&column.empty) };
    for next in filled {
        cell.append(&column.separator, next);
    }
    if is_marked {
        cell.underlined = std::iter::once(0..cell.len()).collect();
    }
    cell
}

/// Where a printed value has its time, as bytes of its content.
fn time_bytes(content: &Content, row: &Record, field: Field, place: TimePlace) -> Option<Range<usize>> {
    let time = row.value(field)?.time.as_ref().filter(|time| !time.within)?;
    let length = bracketed(&time.text).len();
    match place {
        TimePlace::Before => Some(0..length),
        TimePlace::Below | TimePlace::Beside => Some(content.len().checked_sub(length)?..content.len()),
        TimePlace::Hidden | TimePlace::Only => None,
    }
}
