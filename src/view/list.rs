//! The list itself: which words stand in which cell, and what spans what.

use super::LIST;
use super::arrangement::{Position, arrange};
use super::feet;
use super::field::{bracketed, content};
use super::number;
use crate::compare::{self, Kind};
use crate::model::{
    Content, Dataset, Document, Field, HeaderCell, Mark, Marked, Record, Role, Scope, Table, TableCell,
    TableColumn, TableRow, Tally,
};
use crate::template::{self, Choice, Column, RevisedMark, Template, TimePlace};
use crate::transform::starts;

/// The document that is the list.
pub fn list(list: &Dataset, template: &Template) -> Document {
    let (header_rows, header) = header(&template.columns);
    let positions = arrange(list, template);
    let mut rows = rows(&positions, list, template);
    number::add(&mut rows, list, template);
    feet::fill(&mut rows, &positions, list, template);
    let table = Table {
        columns: template.columns.iter().map(|column| table_column(column, template)).collect(),
        header_rows,
        header,
        rows,
        tally: template.tally.as_ref().map(|tally| Tally {
            column: template.counted().and_then(|(field, _)| alone(field, template)),
            lines: counted(template).map(|choice| choice.print.clone()).zip(list.tally.clone()).collect(),
            total: (tally.total.clone(), list.tally.iter().sum()),
        }),
    };
    let about = &template.document;
    Document {
        subtitle: about.subtitle.clone(),
        byline: about.byline.clone(),
        notes: legend(template).into_iter().chain(about.notes.clone()).collect(),
        ..Document::of(LIST, &about.title, table)
    }
}

/// The rows of the table; feet are still empty.
fn rows(positions: &[Position<'_>], list: &Dataset, template: &Template) -> Vec<TableRow> {
    let columns = &template.columns;
    let mut rows: Vec<TableRow> = Vec::with_capacity(positions.len());
    for position in positions {
        let is_below_heading = rows.last().is_some_and(TableRow::is_heading);
        let row = match position {
            Position::Heading(text) => {
                let mut cells = vec![TableCell::default(); columns.len()];
                cells[0] = TableCell::of(text);
                let breaks = template.break_before.is_some() && !rows.is_empty();
                let across = Some(0..columns.len());
                TableRow { begins: Some(0), across, breaks, ..TableRow::of(cells) }
            }
            Position::Record(at) => {
                let record = &list.rows[*at];
                let above = at.checked_sub(1).map(|above| &list.rows[above]);
                let begins = if is_below_heading { Some(0) } else { begins(above, record) };
                let is_broken = |of| above.is_some_and(|above| starts(above, record, of, template));
                let cells = columns.iter().map(|column| cell(record, column, template)).collect();
                let breaks = !is_below_heading && template.break_before.is_some_and(is_broken);
                TableRow { begins, record: Some(*at), id: record.id, breaks, ..TableRow::of(cells) }
            }
            Position::Foot(spec, records) => {
                let begins = if let Scope::Group(level) = spec.of { level } else { 0 };
                // Labels of the groups that go on stand beside the foot.
                let goes_on = |column: &Column| column.level().is_some_and(|level| level < begins);
                let of_column = |column: &Column| match column {
                    column if goes_on(column) => cell(&list.rows[records.start], column, template),
                    _ => TableCell::default(),
                };
                let cells = columns.iter().map(of_column).collect();
                TableRow { begins: Some(begins), foot: Some(spec.of), ..TableRow::of(cells) }
            }
        };
        rows.push(row);
    }
    rows
}

/// What the words that are counted mean, in one line, if the template wants it: `◎：目標値以上　○：…`.
fn legend(template: &Template) -> Option<String> {
    template.tally.as_ref().filter(|tally| tally.legend)?;
    let explained = counted(template).filter(|choice| choice.print != choice.label);
    let meanings: Vec<String> =
        explained.map(|choice| format!("{}：{}", choice.print, choice.label)).collect();
    Some(meanings.join("　"))
}

fn table_column(column: &Column, template: &Template) -> TableColumn {
    let is_disposition = template.role(Role::Disposition).is_some_and(|field| column.fields == [field]);
    let mark = match template.page.mark_revised {
        RevisedMark::Words if is_disposition => RevisedMark::WORD,
        _ => "",
    };
    TableColumn {
        // Labels alone are merged downwards, by the innermost level.
        level: column.level(),
        is_row_header: column
            .fields
            .iter()
            .any(|field| matches!(field, Field::Group(_)) || *field == template.name()),
        choices: match column.fields[..] {
            [only] => template.field(only).choices.iter().map(|choice| choice.print.clone()).collect(),
            _ => Vec::new(),
        },
        choice_mark: mark.to_owned(),
        key: key(column, template),
        ..TableColumn::of(column.width, column.align)
    }
}

/// The key of what a column shows first.
fn key(column: &Column, template: &Template) -> String {
    let ending = if column.time == TimePlace::Only { "_at" } else { "" };
    let first = column.fields.first().map(|&field| format!("{}{ending}", template.field(field).key));
    first.unwrap_or_default()
}

/// The words that are counted.
pub(super) fn counted(template: &Template) -> impl ExactSizeIterator<Item = &Choice> {
    template.counted().map_or(&[][..], |(_, choices)| choices).iter()
}

/// The column that shows a field and nothing else.
pub(super) fn alone(field: Field, template: &Template) -> Option<usize> {
    template.columns.iter().position(|column| column.fields == [field])
}

/// The header: one row, or two where neighbouring columns share a heading above them.
pub(super) fn header(columns: &[Column]) -> (usize, Vec<HeaderCell>) {
    let rows = if columns.iter().any(|c| c.under.is_some()) { 2 } else { 1 };
    let mut upper = Vec::new();
    let mut lower = Vec::new();
    let mut col = 0;
    while col < columns.len() {
        let content = Content::of(&columns[col].title);
        let Some(under) = &columns[col].under else {
            upper.push(HeaderCell { row: 0, col, row_span: rows, col_span: 1, content });
            col += 1;
            continue;
        };
        let end = col + columns[col..].iter().take_while(|c| c.under.as_ref() == Some(under)).count();
        upper.push(HeaderCell { row: 0, col, row_span: 1, col_span: end - col, content: Content::of(under) });
        lower.extend((col..end).map(|col| HeaderCell {
            row: 1,
            col,
            row_span: 1,
            col_span: 1,
            content: Content::of(&columns[col].title),
        }));
        col = end;
    }
    upper.extend(lower);
    (rows, upper)
}

/// The outermost level at which a row's groups differ from the row above.
pub(super) fn begins(above: Option<&Record>, row: &Record) -> Option<usize> {
    let Some(above) = above else { return Some(0) };
    (0..row.groups.len()).find(|&level| above.groups[level].text != row.groups[level].text)
}

fn cell(row: &Record, column: &Column, template: &Template) -> TableCell {
    let content = cell_content(row, column, template);
    let link = link(&content, column, template);
    TableCell { link, ..content.into() }
}

/// The address of a page that a cell holds and nothing else, if it can be opened.
fn link(content: &Content, column: &Column, template: &Template) -> Option<Box<str>> {
    let holds_link =
        matches!(column.fields[..], [only] if template.field(only).holds == template::Kind::Link);
    match content.paragraphs.as_slice() {
        [address] if holds_link && address.starts_with("https://") => Some(address.as_str().into()),
        _ => None,
    }
}

fn cell_content(row: &Record, column: &Column, template: &Template) -> Content {
    let said = |&field: &Field| {
        let mut content = content(row, field, column.time, template);
        if template.page.mark_revised != RevisedMark::None {
            mark(&mut content, row, (field, column.time), template);
        }
        content
    };
    let contents: Vec<Content> = column.fields.iter().map(said).collect();
    let mut filled = contents.into_iter().filter(|c| !c.paragraphs.is_empty());
    let Some(mut cell) = filled.next() else { return Content::of(&column.empty) };
    for next in filled {
        cell.append(&column.separator, next);
    }
    cell
}

/// Marks what the revision changes: the disposition of an indicator that changes, and what is new in its new target.
fn mark(content: &mut Content, row: &Record, (field, place): (Field, TimePlace), template: &Template) {
    let is = |role| template.role(role) == Some(field);
    if content.paragraphs.is_empty() || !(is(Role::Disposition) || is(Role::NewTarget)) {
        return;
    }
    let Some(change) = compare::within(row, template) else { return };
    let whole = 0..content.len();
    let changed = if is(Role::Disposition) || change.is_of_value() {
        whole
    } else if change.kind == Kind::Year && place != TimePlace::Hidden {
        let time = row.value_of(Role::NewTarget).and_then(|value| value.time.as_ref());
        let length = time.map_or(0, |time| bracketed(&time.text).len());
        match place {
            TimePlace::Only => whole,
            TimePlace::Before => 0..length,
            TimePlace::Hidden | TimePlace::Below | TimePlace::Beside => whole.end - length..whole.end,
        }
    } else {
        return;
    };
    match template.page.mark_revised {
        RevisedMark::None => {}
        RevisedMark::Underline => content.marks = Mark::Revised.all(vec![changed]),
        RevisedMark::Words => content.insert(changed.start, RevisedMark::WORD),
    }
}

impl Content {
    /// Inserts a text before a byte of all paragraphs joined.
    fn insert(&mut self, at: usize, text: &str) {
        let mut before = 0;
        for paragraph in &mut self.paragraphs {
            if at < before + paragraph.len() {
                paragraph.insert_str(at - before, text);
                return;
            }
            before += paragraph.len();
        }
    }

    /// Joins another content to this one with a separator between them.
    pub(super) fn append(&mut self, separator: &str, mut other: Self) {
        let first = other.paragraphs.remove(0);
        let last = self.paragraphs.len().checked_sub(1).expect("only filled contents are joined");
        self.paragraphs[last].push_str(separator);
        let at = self.len();
        self.paragraphs[last].push_str(&first);
        let later = |it: Marked| Marked { bytes: at + it.bytes.start..at + it.bytes.end, ..it };
        self.marks.extend(other.marks.drain(..).map(later));
        self.join_last = other.join_last;
        self.paragraphs.append(&mut other.paragraphs);
    }
}
