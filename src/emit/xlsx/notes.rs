//! Notes on the list's cells: which file, sheet and cell a value came from.

use super::cell::failed;
use super::style::family;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::model::{Correction, Dataset, Field, Origin, Record, Value};
use rust_xlsxwriter::{Note, Worksheet};

/// A half-width character and a line of a note, in pixels: 9 points.
const NOTE_SIZE: (u32, u32) = (6, 17);
/// The narrowest and the widest note, in half-width characters; longer lines are broken.
const NOTE_WIDTHS: (u32, u32) = (20, 70);

/// Code units of the longest author that Excel takes.
const LONGEST_AUTHOR: usize = 52;

impl SheetWriter<'_> {
    /// Puts a note on every cell of the body that has a source.
    pub(super) fn cell_notes(&self, sheet: &mut Worksheet, list: &Dataset) -> Result<(), Error> {
        for cell in self.body_cells() {
            let fields = &self.template.columns[cell.col].fields;
            let origins = origins(&list.rows[cell.source], fields);
            if origins.is_empty() {
                continue;
            }
            let (top, col, ..) = self.corners(cell.rows, cell.col);
            let mut lines = vec![self.template.workbook.labels.note.clone()];
            for origin in origins {
                lines.push(origin.to_string());
                lines.extend(Correction::at(origin, &list.corrections).map(corrected));
            }
            sheet
                .insert_note(
                    top,
                    col,
                    &note(&lines, &self.page.workbook_font, &self.template.document.author),
                )
                .map_err(|e| failed(Some((top, col)), &e))?;
        }
        Ok(())
    }
}

/// A note large enough for its lines.
fn note(lines: &[String], font: &str, author: &str) -> Note {
    let halves = |line: &String| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    let widest = lines.iter().map(halves).max().unwrap_or(0).clamp(NOTE_WIDTHS.0, NOTE_WIDTHS.1);
    let author = if author.encode_utf16().count() > LONGEST_AUTHOR { "" } else { author };
    let broken: u32 = lines.iter().map(|line| halves(line).div_ceil(widest).max(1)).sum();
    Note::new(lines.join("\n"))
        .add_author_prefix(false)
        .set_author(author)
        .set_font_name(font)
        .set_font_family(family(font))
        .set_font_size(9)
        .set_width((widest + 4) * NOTE_SIZE.0)
        .set_height((broken + 1) * NOTE_SIZE.1)
}

/// What was corrected, in one line.
pub(super) fn corrected(Correction { from, to, why, .. }: &Correction) -> String {
    let line = |text: &str| text.replace('\n', " ");
    format!("「{}」→「{}」：{}", line(from), line(to), line(why))
}

/// The cells that some fields of a row came from, each once.
pub fn origins<'a>(row: &'a Record, fields: &[Field]) -> Vec<&'a Origin> {
    let of_value = |value: &'a Value| {
        let time = value.time.as_ref().map(|time| &time.origin);
        [Some(&value.origin), time]
    };
    let mut origins: Vec<&Origin> = Vec::new();
    for &field in fields {
        let chosen = row.choice(field);
        let texts = [row.text(field).map(|text| &text.origin), chosen.map(|chosen| &chosen.origin)];
        let values = row.value(field).map_or([None; 2], of_value);
        for origin in texts.into_iter().chain(values).flatten() {
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
    }
    origins
}
