//! The sheet of sources: the file, sheet and cell that each indicator came from, with the file's hash; and where cells
//! were corrected, what they say themselves.

use super::Material;
use super::notes::{corrected, origins};
use super::plain;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::model::{Align, Content, Correction, Origin, Record};
use crate::template::Template;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;

/// Adds the sheet.
pub(super) fn add(
    workbook: &mut Workbook,
    list: &SheetWriter<'_>,
    material: &Material<'_>,
    name: &str,
) -> Result<(), Error> {
    let template = list.template;
    let labels = &template.workbook.labels;
    let mut headings = plain::identity_headings(template);
    headings.extend([
        (labels.file.clone(), 17, Align::Left),
        (labels.sheet.clone(), 9, Align::Left),
        (labels.cell.clone(), 4, Align::Center),
        // Half of the hash on a line.
        (labels.hash.clone(), 18, Align::Left),
    ]);
    let corrections = &material.list.corrections;
    if !corrections.is_empty() {
        headings.push((labels.corrected.clone(), 14, Align::Left));
    }
    let hashes: BTreeMap<&str, &str> =
        material.inputs.iter().map(|input| (input.file.as_str(), input.sha256.as_str())).collect();
    let rows = material.list.rows.iter().enumerate().map(|(index, row)| {
        let Origin { place, cell } = &row.name().origin;
        let mut cells = plain::identity(list, index, row);
        cells.extend([
            Content::of(&place.file),
            Content::of(place.sheet.as_deref().unwrap_or_default()),
            Content::of(&cell.map(|cell| cell.to_string()).unwrap_or_default()),
            Content::of(hashes.get(place.file.as_str()).copied().unwrap_or_default()),
        ]);
        if !corrections.is_empty() {
            cells.push(Content::of(&corrected_in(row, template, corrections)));
        }
        cells
    });
    let table = plain::table(&headings, rows);
    plain::add(workbook, template, material.metrics, &table, (name, "sources"))
}

/// What was corrected in the cells of a row, a line each.
fn corrected_in(row: &Record, template: &Template, corrections: &[Correction]) -> String {
    let line = |origin: &Origin| {
        let cell = origin.cell.map(|cell| cell.to_string()).unwrap_or_default();
        Some(format!("{cell}{}", corrected(Correction::at(origin, corrections)?)))
    };
    let lines: Vec<String> = origins(row, &template.all_fields()).into_iter().filter_map(line).collect();
    lines.join("\n")
}
