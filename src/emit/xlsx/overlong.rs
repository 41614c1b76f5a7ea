//! Texts of the list that are too long for a cell of the workbook, found before anything is written.

use crate::finding::{Finding, Problem};
use crate::model::{Content, Dataset, Field, Origin, Record, Table};
use crate::template::Template;
use std::collections::BTreeMap;

/// UTF-16 units of a cell's text at most.
const MOST: usize = 32_767;

/// One finding for each cell of the forms without which a cell of the list's table would not be too long.
pub fn overlong(table: &Table, list: &Dataset, template: &Template) -> Vec<Finding> {
    let mut findings: BTreeMap<Origin, Finding> = BTreeMap::new();
    for (row, record) in table.rows.iter().zip(&list.rows) {
        for (content, column) in row.cells.iter().zip(&template.columns) {
            let found = units(content);
            if found <= MOST {
                continue;
            }
            let longest = column.fields.iter().map(|&field| longest(record, field)).max_by_key(|it| it.0);
            let origin = longest.map_or(&record.origin, |(_, origin)| origin);
            let problem = Problem::TextTooLong { column: (&column.title).into(), found, most: MOST };
            findings.entry(origin.clone()).or_insert_with(|| Finding::new(problem, origin.clone()));
        }
    }
    findings.into_values().collect()
}

/// The length of a cell's text, as the workbook counts it; of a short one, no less than that.
fn units(content: &Content) -> usize {
    let breaks = content.paragraphs.len().saturating_sub(1);
    let bytes = content.len() + breaks;
    if bytes <= MOST {
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
