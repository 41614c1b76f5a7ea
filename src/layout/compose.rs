//! The list as a table: which words stand in which cell, and what spans what.

use super::table::{Content, HeaderCell, Table, TableColumn, TableRow, Tally};
use crate::compare::{self, Kind};
use crate::japanese::{fold, heading};
use crate::model::{Field, KpiList, KpiRow, StatedBy, Value};
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
fn mark(content: &mut Content, row: &KpiRow, (field, place): (Field, TimePlace), template: &Template) {
    if content.paragraphs.is_empty() || !matches!(field, Field::Disposition | Field::NewTarget) {
        return;
    }
    let Some(change) = compare::within(row, template) else { return };
    let whole = 0..content.len();
    let changed = if field == Field::Disposition || change.is_of_value() {
        whole
    } else if change.kind == Kind::Year && place != TimePlace::Hidden {
        let time = row.new_target.as_ref().and_then(|value| value.time.as_ref());
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
        RevisedMark::Underline => content.underlined = vec![changed],
        RevisedMark::Words => content.insert(changed.start, RevisedMark::WORD),
    }
}

/// A time as it stands beside its value.
fn bracketed(time: &str) -> String {
    format!("（{time}）")
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
        let time = if is_time_in_title(value, field, template) { TimePlace::Hidden } else { time };
        return value_content(&value_text(value, field, template), value, time);
    }
    let text = row.text(field).map_or("", |text| text.text.as_str());
    match field {
        Field::Group(_) => Content::of(&heading(text, template.notation)),
        _ => Content::of(text),
    }
}

/// The text of a value, with the unit that only its column or heading stated, unless the list says it elsewhere: in the
/// title of the printed column, or in a column of units.
fn value_text(value: &Value, field: Field, template: &Template) -> String {
    let Some(unit) = &value.completion.unit else { return value.text.clone() };
    let shown = template.columns.iter().flat_map(|column| &column.fields);
    let has_column = || shown.clone().any(|&field| template.field(field).states_unit);
    let words = fold(&unit.words);
    let in_brackets = ["(", ":", "単位"].map(|before| format!("{before}{words}"));
    let is_said = titles(field, template).any(|title| {
        let title = fold(title);
        let mut ends = in_brackets.iter().filter_map(|unit| title.split_once(unit.as_str()));
        ends.any(|(_, rest)| rest.is_empty() || rest.starts_with([')', '、', ',']))
    });
    if is_said || (unit.by == StatedBy::Column && has_column()) {
        value.text.clone()
    } else {
        value.text_with_unit()
    }
}

/// Whether the title of the printed column says a time that only the value's heading or the template stated.
fn is_time_in_title(value: &Value, field: Field, template: &Template) -> bool {
    let stated = value.time.as_ref().filter(|_| value.completion.time.is_some());
    stated.is_some_and(|time| titles(field, template).any(|title| fold(title).contains(&fold(&time.text))))
}

/// The headings of the column that prints a field.
fn titles(field: Field, template: &Template) -> impl Iterator<Item = &str> {
    let printed = template.columns.iter().filter(move |column| column.fields.contains(&field));
    printed.flat_map(|column| [Some(column.title.as_str()), column.under.as_deref()]).flatten()
}

fn value_content(text: &str, value: &Value, place: TimePlace) -> Content {
    let mut content = Content::of(text);
    // A time whose words still stand in the text is printed there.
    let apart = value.time.as_ref().filter(|time| place == TimePlace::Only || !time.within);
    let Some(time) = apart.map(|time| time.text.as_str()) else {
        return if place == TimePlace::Only { Content::default() } else { content };
    };
    let bracketed = bracketed(time);
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
    fn append(&mut self, separator: &str, mut other: Self) {
        let first = other.paragraphs.remove(0);
        let last = self.paragraphs.len().checked_sub(1).expect("only filled contents are joined");
        self.paragraphs[last].push_str(separator);
        let at = self.len();
        self.paragraphs[last].push_str(&first);
        self.underlined.extend(other.underlined.iter().map(|mark| at + mark.start..at + mark.end));
        self.join_last = other.join_last;
        self.paragraphs.append(&mut other.paragraphs);
    }
}
