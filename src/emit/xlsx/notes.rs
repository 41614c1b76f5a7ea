//! Notes on cells: small windows that Excel shows beside them.

use super::cell::failed;
use super::style::family;
use super::writer::SheetWriter;
use crate::error::Error;
use crate::model::CellNotes;
use rust_xlsxwriter::{Note, Worksheet};

/// A half-width character and a line of a note, in pixels: 9 points.
const NOTE_SIZE: (u32, u32) = (6, 17);
/// The narrowest and the widest note, in half-width characters; longer lines are broken.
const NOTE_WIDTHS: (u32, u32) = (20, 70);

/// Code units of the longest author that Excel takes.
const LONGEST_AUTHOR: usize = 52;

impl SheetWriter<'_> {
    /// Puts its note on every cell of the body that has one.
    pub(super) fn cell_notes(
        &self,
        sheet: &mut Worksheet,
        notes: &CellNotes,
        author: &str,
    ) -> Result<(), Error> {
        for cell in self.body_cells() {
            let record = self.table.rows[cell.source].record;
            let Some(lines) = record.and_then(|record| notes.get(&(record, cell.col))) else { continue };
            let (top, col, ..) = self.corners(&cell);
            let note = note(lines, &self.page.workbook_font, author);
            sheet.insert_note(top, col, &note).map_err(|e| failed(Some((top, col)), &e))?;
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
