//! Texts of the list that are too long for a cell of a workbook, found before anything is written.

use crate::finding::{Finding, Problem};
use crate::model::{Content, Dataset, Field, Origin, Record, Table, plain};
use crate::template::Template;
use std::collections::BTreeMap;

/// One finding for each cell of the forms that has the longest part of a text in the list's table with more than `most`
/// UTF-16 units.
pub fn overlong(table: &Table, list: &Dataset, template: &Template, most: usize) -> Vec<Finding> {
    let mut findings: BTreeMap<Origin, Finding> = BTreeMap::new();
    let shown = table.rows.iter().filter_map(|row| Some((row, list.rows.get(row.record?)?)));
    for (row, record) in shown {
        for (cell, column) in row.cells.iter().zip(&template.columns) {
            let found = units(&cell.content, most);
            if found <= most {
                continue;
            }
            let longest = column.fields.iter().map(|&field| longest(record, field)).max_by_key(|it| it.0);
            let origin = longest.map_or(&record.origin, |(_, origin)| origin);
            let problem = Problem::TextTooLong { column: (&column.title).into(), found, most };
            findings.entry(origin.clone()).or_insert_with(|| Finding::new(problem, origin.clone()));
        }
    }
    findings.into_values().collect()
}

/// One finding for each cell of the forms whose text has more than `most` UTF-16 units where its signs are spelled out,
/// as data are (`№` is `No.`).
pub fn overlong_spelled_out(list: &Dataset, template: &Template, most: usize) -> Vec<Finding> {
    let fields = template.all_fields();
    let mut findings: BTreeMap<Origin, Finding> = BTreeMap::new();
    for (record, &field) in
        list.rows.iter().flat_map(|record| fields.iter().map(move |field| (record, field)))
    {
        let text = record.text(field).map(|text| (&text.text, &text.origin));
        let value = record.value(field).map(|value| (&value.text, &value.origin));
        // No sign is spelled out in more than twice its bytes.
        let Some((text, origin)) = text.or(value).filter(|(text, _)| text.len() * 2 > most) else { continue };
        let found = plain(text).encode_utf16().count();
        if found > most {
            let column = template.columns.iter().find(|column| column.fields.contains(&field));
            let column = column.map_or(&template.field(field).key, |column| &column.title);
            let problem = Problem::TextTooLong { column: column.into(), found, most };
            findings.entry(origin.clone()).or_insert_with(|| Finding::new(problem, origin.clone()));
        }
    }
    findings.into_values().collect()
}

/// The length of a text, as workbooks count it; of a short one, no less than that.
fn units(content: &Content, most: usize) -> usize {
    let breaks = content.paragraphs.len().saturating_sub(1);
    let bytes = content.len() + breaks;
    if bytes <= most {
        return bytes;
    }
    content.paragraphs.iter().map(|text| text.encode_utf16().count()).sum::<usize>() + breaks
}

/// The length of what a field says, and its cell.
fn longest(record: &Record, field: Field) -> (usize, &Origin) {
    let text = record.text(field).map(|text| (text.text.len(), &text.origin));
    let value = record.value(field).map(|value| (value.text.len(), &value.origin));
    text.or(value).unwrap_or((0, &record.origin))
}
