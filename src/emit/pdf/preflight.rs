//! The last look before a byte is written: what is drawn can be read, is told, and stays in its place.
//!
//! What fails here is a wrong program, or a text that no cell has: it ends the document's build with an error, and
//! the last good file stays.

use super::glyphs::Glyphs;
use super::structure::{Structure, Tag};
use crate::finding::{Message, message};
use crate::font::{self, Fonts};
use crate::layout::{Layout, Metrics as _, PlacedLine, TextBox, TextRole, is_hangable};
use crate::model::{Length, Table};
use std::fmt;

/// Why a file would not be good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The font cannot draw a text. The pipeline reports missing glyphs at their cells before, so this text is
    /// in no cell; a box for it is never drawn.
    MissingGlyph {
        /// The character with its selectors and marks.
        unit: String,
        /// The page, counted from 1.
        page: usize,
        /// The box that holds it.
        role: TextRole,
    },
    /// The glyphs' outlines cannot be taken out of a font file.
    BrokenFont {
        /// The font's `PostScript` name.
        name: String,
    },
    /// A line stands over its cell's edge or the sheet's.
    Outside {
        /// The line.
        text: String,
        /// The page, counted from 1.
        page: usize,
        /// The box that holds it.
        role: TextRole,
    },
    /// A text that the structure does not name exactly once.
    Untold {
        /// The page, counted from 1.
        page: usize,
        /// The box that holds it.
        role: TextRole,
    },
    /// The cells of a row, with those that reach into it from above, do not fill the columns.
    Ragged {
        /// The row of the table, headers included, counted from 1.
        row: usize,
    },
}

/// Looks at a page, whose number is counted from 0. The glyphs are looked up where they are collected.
pub(super) fn check_page(
    layout: &Layout,
    number: usize,
    fonts: &Fonts<'_>,
    glyphs: &Glyphs<'_, '_>,
) -> Result<(), Fault> {
    for text_box in &layout.pages[number].boxes {
        if let Some(text) = outside(text_box, layout.sheet, fonts, glyphs) {
            return Err(Fault::Outside { text: text.to_owned(), page: number + 1, role: text_box.role });
        }
    }
    Ok(())
}

/// Looks at what a screen reader is told.
pub(super) fn check_structure(table: &Table, structure: &Structure<'_>) -> Result<(), Fault> {
    told_once(structure)?;
    even(table.columns.len(), structure)
}

/// A line that stands over the edges of its box or of the sheet; white space at its end may hang, and so may the empty
/// right half of `、` and `。` at the end (the layout's rule W10): their ink stays inside.
fn outside<'t>(
    text_box: &'t TextBox,
    sheet: (Length, Length),
    fonts: &Fonts<'_>,
    glyphs: &Glyphs<'_, '_>,
) -> Option<&'t str> {
    let [left, top, right, bottom] = text_box.area;
    let (left, top, right, bottom) = (left.max(0), top.max(0), right.min(sheet.0), bottom.min(sheet.1));
    let font = fonts.of(text_box.role);
    let (above, below) = (font.ascent() * text_box.size / 1000, font.descent() * text_box.size / 1000);
    let weight = fonts.weight(text_box.role);
    let width = |unit: &str| glyphs.place(weight, unit).advance;
    let stays = |line: &&PlacedLine| {
        let shown = line.text.trim_end();
        let (advance, last) = font::units(shown).fold((0, ""), |(sum, _), unit| (sum + width(unit), unit));
        let advance = if is_hangable(last) { advance - width(last) / 2 } else { advance };
        let width = i64::from(advance) * i64::from(text_box.size) / 1000 * i64::from(text_box.scale) / 100;
        let end = i64::from(line.x) + width;
        left <= line.x && end <= i64::from(right) && top <= line.y - above && line.y + below <= bottom
    };
    text_box.lines.iter().find(|line| !stays(line)).map(|line| &*line.text)
}

/// Whether the elements name each piece of content once: what they show is all content, without gaps.
fn told_once(structure: &Structure<'_>) -> Result<(), Fault> {
    let mut told = 0;
    for shown in structure.elements.iter().map(|element| &element.content).filter(|shown| !shown.is_empty()) {
        if shown.start != told {
            break;
        }
        told = shown.end;
    }
    match structure.content.get(told) {
        None => Ok(()),
        Some(untold) => Err(Fault::Untold { page: untold.page + 1, role: untold.role }),
    }
}

/// Whether the rows of the table fill its columns.
fn even(columns: usize, structure: &Structure<'_>) -> Result<(), Fault> {
    let is_row = |&element: &usize| structure.elements[element].tag == Tag::Tr;
    let rows: Vec<usize> = (0..structure.elements.len()).filter(is_row).collect();
    // Columns of each row that cells from above reach into.
    let mut reached = vec![0; rows.len()];
    for (index, &row) in rows.iter().enumerate() {
        let mut width = reached[index];
        for (down, across) in structure.children(row).map(|cell| structure.elements[cell].span) {
            width += across;
            let below = reached.get_mut(index + 1..index + down).ok_or(Fault::Ragged { row: index + 1 })?;
            for reached in below {
                *reached += across;
            }
        }
        if width != columns {
            return Err(Fault::Ragged { row: index + 1 });
        }
    }
    Ok(())
}

/// Which key says a text that does not fit, and what to do.
fn remedy(role: TextRole) -> (&'static str, &'static str) {
    match role {
        TextRole::Title | TextRole::Subtitle(_) => (
            "document の title・subtitle を短くするか、page の title_size_pt を小さくしてください",
            "shorten `document.title` or `subtitle`, or reduce `page.title_size_pt`",
        ),
        TextRole::Byline(_) => (
            "document の byline を短くするか、page の font_size_pt を小さくしてください",
            "shorten `document.byline`, or reduce `page.font_size_pt`",
        ),
        TextRole::RunningHeader => (
            "page の header を短くするか、margin_top_mm を大きくしてください",
            "shorten `page.header`, or enlarge `page.margin_top_mm`",
        ),
        TextRole::Footer => (
            "page の footer を短くするか、margin_bottom_mm を大きくしてください",
            "shorten `page.footer`, or enlarge `page.margin_bottom_mm`",
        ),
        TextRole::Header(_) | TextRole::RepeatedHeader(_) => (
            "columns の title を短くするか、その列の width を大きくしてください",
            "shorten the column's `title`, or enlarge its `width`",
        ),
        TextRole::Body { .. } | TextRole::Restated { .. } | TextRole::Tally { .. } | TextRole::Note(_) => (
            "その列の width を大きくするか、page の font_size_pt を小さくしてください",
            "enlarge the column's `width`, or reduce `page.font_size_pt`",
        ),
    }
}

impl Fault {
    /// What is wrong, for the user.
    pub fn message(&self) -> Message {
        let (ja, en) = match self {
            Self::MissingGlyph { unit, page, .. } => {
                let unit = font::name_unit(unit);
                (
                    format!("{page}ページの文字 {unit} が書体にありません"),
                    format!("page {page}: the font has no glyph for {unit}"),
                )
            }
            Self::BrokenFont { name } => (
                format!("フォント「{name}」から字形を取り出せません。ファイルが壊れている可能性があります"),
                format!("the outlines of the font `{name}` cannot be read; its file may be damaged"),
            ),
            Self::Outside { text, page, role } => {
                let (ja, en) = remedy(*role);
                (
                    format!("{page}ページの「{text}」が枠からはみ出します。{ja}"),
                    format!("page {page}: `{text}` does not stay inside its box; {en}"),
                )
            }
            Self::Untold { page, role } => (
                format!("{page}ページの文字が読み上げ用の構造にありません（{role:?}）"),
                format!("page {page}: a text is missing in the structure for screen readers ({role:?})"),
            ),
            Self::Ragged { row } => (
                format!("読み上げ用の表の{row}行目の列数が合いません"),
                format!("row {row} of the table for screen readers does not fill its columns"),
            ),
        };
        message(ja, en)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_said_with_its_key() {
        for (role, key) in [
            (TextRole::Title, "`page.title_size_pt`"),
            (TextRole::Byline(0), "`document.byline`"),
            (TextRole::RunningHeader, "`page.header`"),
            (TextRole::Footer, "`page.margin_bottom_mm`"),
            (TextRole::Header(0), "`width`"),
        ] {
            let message = Fault::Outside { text: "題名".into(), page: 1, role }.message();
            assert!(message.en.contains(key), "{}", message.en);
            assert!(message.ja.contains("ください"), "{}", message.ja);
        }
    }
}
