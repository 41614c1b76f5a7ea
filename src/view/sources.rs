//! The sources: the file, sheet and cell that each indicator came from, with the file's hash; and where cells were
//! corrected, what they say themselves. The same as notes on the list's cells.

use super::plain;
use crate::model::{
    Align, CellNotes, Correction, Dataset, Document, Field, Fingerprint, Origin, Record, TableCell, TableRow,
    Value,
};
use crate::template::Template;
use std::collections::BTreeMap;

/// The document.
pub(super) fn sources(
    list: &Dataset,
    template: &Template,
    inputs: &[&Fingerprint],
    title: &str,
    shows: &dyn Fn(&Record) -> bool,
) -> Document {
    let labels = &template.workbook.labels;
    let mut headings = plain::identity_headings(template);
    headings.extend([
        (labels.file.clone(), 17, Align::Left),
        (labels.sheet.clone(), 9, Align::Left),
        (labels.cell.clone(), 4, Align::Center),
        // Half of the hash on a line.
        (labels.hash.clone(), 18, Align::Left),
    ]);
    let corrections = &list.corrections;
    if !corrections.is_empty() {
        headings.push((labels.corrected.clone(), 14, Align::Left));
    }
    let hashes: BTreeMap<&str, &str> =
        inputs.iter().map(|input| (input.file.as_str(), input.sha256.as_str())).collect();
    let kept = list.rows.iter().enumerate().filter(|(_, row)| shows(row));
    let rows = kept.map(|(index, row)| {
        let Origin { place, cell } = &row.name().origin;
        let mut cells = plain::identity(index, row, template);
        cells.extend([
            TableCell::of(&place.file),
            TableCell::of(place.sheet.as_deref().unwrap_or_default()),
            TableCell::of(&cell.map(|cell| cell.to_string()).unwrap_or_default()),
            TableCell::of(hashes.get(place.file.as_str()).copied().unwrap_or_default()),
        ]);
        if !corrections.is_empty() {
            cells.push(TableCell::of(&corrected_in(row, template, corrections)));
        }
        TableRow::of(cells)
    });
    let table = plain::table(&headings, rows.collect());
    Document::of("sources", title, table)
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

/// What was corrected, in one line.
fn corrected(Correction { from, to, why, .. }: &Correction) -> String {
    let line = |text: &str| text.replace('\n', " ");
    format!("「{}」→「{}」：{}", line(from), line(to), line(why))
}

/// Notes on the list's cells, if the template wants them: the cells that each came from.
pub fn cell_notes(list: &Dataset, template: &Template) -> CellNotes {
    let mut notes = CellNotes::new();
    if !template.workbook.notes {
        return notes;
    }
    for (index, row) in list.rows.iter().enumerate() {
        for (col, column) in template.columns.iter().enumerate() {
            let origins = origins(row, &column.fields);
            if origins.is_empty() {
                continue;
            }
            let mut lines = vec![template.workbook.labels.note.clone()];
            for origin in origins {
                lines.push(origin.to_string());
                lines.extend(Correction::at(origin, &list.corrections).map(corrected));
            }
            notes.insert((index, col), lines);
        }
    }
    notes
}

/// The cells that some fields of a row came from, each once.
pub fn origins<'a>(row: &'a Record, fields: &[Field]) -> Vec<&'a Origin> {
    let of_value = |value: &'a Value| {
        let time = value.time.as_ref().map(|time| &time.origin);
        [Some(&value.origin), time]
    };
    let mut origins: Vec<&Origin> = Vec::new();
    for &field in fields {
        let texts =
            [row.text(field).map(|text| &text.origin), row.choice(field).map(|chosen| &chosen.origin)];
        let values = row.value(field).map_or([None; 2], of_value);
        for origin in texts.into_iter().chain(values).flatten() {
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
    }
    origins
}
