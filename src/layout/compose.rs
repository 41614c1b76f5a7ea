//! The list as a table: which words stand in which cell, and what spans what.

use super::table::{Content, HeaderCell, Table, TableColumn, TableRow, Tally};
use crate::japanese::heading;
use crate::model::{Field, KpiList, KpiRow, Value};
use crate::template::{Column, RevisedMark, Template, TimePlace};

/// Composes the printed table of a list.
pub fn compose(list: &KpiList, template: &Template) -> Table {
    let (header_rows, header) = header(&template.columns);
    Table {
        title: template.document.title.clone(),
        subtitle: template.document.subtitle.clone(),
        byline: template.document.byline.clone(),
        columns: template.columns.iter().map(table_column).collect(),
        header_rows,
        header,
        rows: list
            .rows
            .iter()
            .enumerate()
            .map(|(i, row)| TableRow {
                cells: template.columns.iter().map(|column| cell(row, column, template)).collect(),
                begins: begins(i.checked_sub(1).map(|above| &list.rows[above]), row),
            })
            .collect(),
        tally: template.tally.as_ref().map(|tally| Tally {
            lines: template.dispositions.iter().map(|d| d.print.clone()).zip(list.tally.clone()).collect(),
            total: (tally.total.clone(), list.tally.iter().sum()),
        }),
        notes: template.document.notes.clone(),
    }
}

fn table_column(column: &Column) -> TableColumn {
    TableColumn {
        width: column.width,
        align: column.align,
        // Labels alone are merged downwards, by the innermost level.
        level: column.fields.iter().try_fold(0, |innermost, field| match field {
            Field::Group(level) => Some(innermost.max(*level)),
            _ => None,
        }),
        is_row_header: column.fields.iter().any(|field| matches!(field, Field::Group(_) | Field::Indicator)),
        is_disposition: column.fields == [Field::Disposition],
    }
}

/// The header: one row, or two where neighbouring columns share a heading above them.
fn header(columns: &[Column]) -> (usize, Vec<HeaderCell>) {
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
fn begins(above: Option<&KpiRow>, row: &KpiRow) -> Option<usize> {
    let Some(above) = above else { return Some(0) };
    (0..row.groups.len()).find(|&level| above.groups[level].text != row.groups[level].text)
}

fn cell(row: &KpiRow, column: &Column, template: &Template) -> Content {
    let contents: Vec<Content> =
        column.fields.iter().map(|&field| content(row, field, column.time, template)).collect();
    let mut filled = contents.into_iter().filter(|c| !c.paragraphs.is_empty());
    let Some(mut cell) = filled.next() else { return Content::of(&column.empty) };
    for next in filled {
        cell.append(&column.separator, next);
    }
    if is_revised(row, column, template) {
        match template.page.mark_revised {
            RevisedMark::None => {}
            RevisedMark::Underline => cell.underlined = true,
            RevisedMark::Words => cell.paragraphs[0].insert_str(0, RevisedMark::WORD),
        }
    }
    cell
}

/// Whether a cell says what the revision changes: a disposition that wants a new target or takes the indicator off
/// the list, and the new target that it brings.
fn is_revised(row: &KpiRow, column: &Column, template: &Template) -> bool {
    let changes = row.disposition.as_ref().is_some_and(|chosen| template.disposition(chosen.id).changes());
    let says = |field: &Field| match field {
        Field::Disposition => true,
        Field::NewTarget => row.new_target.is_some(),
        _ => false,
    };
    changes && column.fields.iter().any(says)
}

/// What a row says of one field; empty if it says nothing.
pub fn content(row: &KpiRow, field: Field, time: TimePlace, template: &Template) -> Content {
    if field == Field::Disposition {
        return row
            .disposition
            .as_ref()
            .map_or_else(Content::default, |chosen| Content::of(&template.disposition(chosen.id).print));
    }
    if let Some(value) = row.value(field) {
        return value_content(value, time);
    }
    let text = row.text(field).map_or("", |text| text.text.as_str());
    match field {
        Field::Group(_) => Content::of(&heading(text, template.notation)),
        _ => Content::of(text),
    }
}

fn value_content(value: &Value, place: TimePlace) -> Content {
    let mut content = Content::of(&value.text);
    // A time whose words still stand in the text is printed there.
    let apart = value.time.as_ref().filter(|time| place == TimePlace::Only || !time.within);
    let Some(time) = apart.map(|time| time.text.as_str()) else {
        return if place == TimePlace::Only { Content::default() } else { content };
    };
    let bracketed = format!("（{time}）");
    match place {
        TimePlace::Hidden => {}
        TimePlace::Only => content = Content::of(time),
        TimePlace::Before => match content.paragraphs.first_mut() {
            Some(first) => first.insert_str(0, &bracketed),
            None => content.paragraphs.push(bracketed),
        },
        TimePlace::Below | TimePlace::Beside => {
            content.join_last = place == TimePlace::Beside && !content.paragraphs.is_empty();
            content.paragraphs.push(bracketed);
        }
    }
    content
}

impl Content {
    /// Joins another content to this one with a separator between them.
    fn append(&mut self, separator: &str, mut other: Self) {
        let first = other.paragraphs.remove(0);
        let last = self.paragraphs.last_mut().expect("only filled contents are joined");
        last.push_str(separator);
        last.push_str(&first);
        self.join_last = other.join_last;
        self.paragraphs.append(&mut other.paragraphs);
    }
}
