//! One page's texts and rules as drawing operators (ISO 32000-1, 8.2 and 9.4).
//!
//! Written as text at once, with lengths as exact decimals. printpdf's operators are a tree of values that it turns
//! into another one and then into text: for a list of thousands of rows that was half of the whole edition's work.

use super::file::{File, Ref};
use super::glyphs::{Glyphs, Place};
use super::structure::{self, Piece};
use crate::emit::HEADER_GROUND;
use crate::font::{self, Fonts, Weight};
use crate::layout::{Page, PlacedLine, Role, Rule};
use crate::model::Length;
use std::fmt;
use std::io::Write as _;

/// What the pages have in common.
pub(super) struct Sheet<'a> {
    /// Width and height.
    pub(super) size: (Length, Length),
    /// Which texts are bold.
    pub(super) fonts: &'a Fonts<'a>,
    /// What is drawn with them.
    pub(super) glyphs: &'a Glyphs<'a, 'a>,
    /// Pieces are marked, for the structure to name them.
    pub(super) is_tagged: bool,
}

/// What the last operators of a page set: the number of the font's subset, and the size of the text.
type TextState = Option<(usize, Length)>;

impl Sheet<'_> {
    /// Writes pages with what they have in common; returns them in order.
    pub(super) fn add(&self, file: &mut File, keys: &str, pages: &[Page]) -> Vec<Ref> {
        let (width, height) = (Points(self.size.0), Points(self.size.1));
        let write = |(number, page): (usize, &Page)| {
            let (id, content) = (file.reserve(), file.reserve());
            file.stream(content, "", &self.content(page));
            let tags = if self.is_tagged { format!("/StructParents {number}/Tabs/S") } else { String::new() };
            file.put(id, &format!("<<{keys}/MediaBox[0 0 {width} {height}]/Contents {content}{tags}>>"));
            id
        };
        pages.iter().enumerate().map(write).collect()
    }

    /// One page: grounds and rules, then the pieces of text in reading order, each marked as what it is.
    fn content(&self, page: &Page) -> Vec<u8> {
        let mut out = Vec::new();
        self.marked(&mut out, "/Artifact<</Type/Layout>>", |out| {
            self.grounds(out, page);
            self.rules(out, &page.rules);
        });
        let mut state: TextState = None;
        for Piece { text_box, lines, mark } in structure::pieces(page) {
            let look = (self.fonts.weight(text_box.role), text_box.size);
            let text = |out: &mut Vec<u8>| self.text(out, lines, look, &mut state);
            let mark = match (mark, text_box.role) {
                (Some(number), role) => format!("/{}<</MCID {number}>>", tag(role)),
                (None, Role::Footer) => "/Artifact<</Type/Pagination/Subtype/Footer>>".to_owned(),
                (None, _) => "/Artifact<</Type/Pagination/Subtype/Header>>".to_owned(),
            };
            self.marked(&mut out, &mark, text);
        }
        out
    }

    /// Content between the marks that say what it is.
    fn marked(&self, out: &mut Vec<u8>, mark: &str, content: impl FnOnce(&mut Vec<u8>)) {
        if self.is_tagged {
            out.extend_from_slice(mark.as_bytes());
            out.extend_from_slice(b"BDC\n");
        }
        content(out);
        if self.is_tagged {
            out.extend_from_slice(b"EMC\n");
        }
    }

    /// The ground of the header cells.
    fn grounds(&self, out: &mut Vec<u8>, page: &Page) {
        let header = |role| matches!(role, Role::Header(_) | Role::RepeatedHeader(_));
        let mut cells = page.boxes.iter().filter(|text_box| header(text_box.role)).peekable();
        if cells.peek().is_none() {
            return;
        }
        write(out, format_args!("{} g\n", Points(Length::from(HEADER_GROUND) * 1000 / 255)));
        for [left, top, right, bottom] in cells.map(|text_box| text_box.area) {
            let (x, y) = (Points(left), Points(self.size.1 - bottom));
            write(out, format_args!("{x} {y} {} {} re\n", Points(right - left), Points(bottom - top)));
        }
        out.extend_from_slice(b"f 0 g\n");
    }

    /// Rules end in the middle of the rule that they meet; square caps fill the corner.
    fn rules(&self, out: &mut Vec<u8>, rules: &[Rule]) {
        out.extend_from_slice(b"2 J\n");
        for alike in rules.chunk_by(|one, next| one.thickness == next.thickness) {
            write(out, format_args!("{} w\n", Points(alike[0].thickness)));
            for rule in alike {
                let (y1, y2) = (Points(self.size.1 - rule.y1), Points(self.size.1 - rule.y2));
                write(out, format_args!("{} {y1} m {} {y2} l\n", Points(rule.x1), Points(rule.x2)));
            }
            out.extend_from_slice(b"S\n");
        }
    }

    /// Lines, each placed from the beginning of the one before. Nothing is put between them: where a paragraph flows
    /// on in the next line, its text does.
    fn text(&self, out: &mut Vec<u8>, lines: &[PlacedLine], look: (Weight, Length), state: &mut TextState) {
        out.extend_from_slice(b"BT\n");
        let mut from = (0, self.size.1);
        for line in lines {
            let (right, up) = (Points(line.x - from.0), Points(from.1 - line.y));
            write(out, format_args!("{right} {up} Td\n"));
            from = (line.x, line.y);
            self.line(out, line, look, state);
        }
        out.extend_from_slice(b"ET\n");
    }

    /// A line's codes. Where the font changes, the next run goes on where the last one ended.
    fn line(&self, out: &mut Vec<u8>, line: &PlacedLine, look: (Weight, Length), state: &mut TextState) {
        let (weight, size) = look;
        let mut is_open = false;
        for unit in font::units(&line.text) {
            let Place { subset, code, .. } = self.glyphs.place(weight, unit);
            if *state != Some((subset, size)) {
                close(out, &mut is_open);
                write(out, format_args!("/T{subset} {} Tf\n", Points(size)));
                *state = Some((subset, size));
            }
            if !is_open {
                out.push(b'(');
                is_open = true;
            }
            for byte in code.to_be_bytes() {
                match byte {
                    b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
                    b'\r' => out.extend_from_slice(b"\\r"),
                    _ => out.push(byte),
                }
            }
        }
        close(out, &mut is_open);
    }
}

/// Shows what has come together in one font.
fn close(out: &mut Vec<u8>, is_open: &mut bool) {
    if std::mem::take(is_open) {
        out.extend_from_slice(b")Tj\n");
    }
}

/// The kind of content that the structure names by its number.
fn tag(role: Role) -> &'static str {
    match role {
        Role::Title => "H1",
        Role::Header(_) => "TH",
        Role::Body { .. } => "TD",
        _ => "P",
    }
}

/// Writes to memory, which never fails.
fn write(out: &mut Vec<u8>, text: fmt::Arguments<'_>) {
    out.write_fmt(text).expect("memory can be written to");
}

/// A length in points, as PDF counts: thousandths as a decimal.
struct Points(Length);

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match part {
            0 => write!(f, "{whole}"),
            part if part % 100 == 0 => write!(f, "{whole}.{}", part / 100),
            part if part % 10 == 0 => write!(f, "{whole}.{:02}", part / 10),
            part => write!(f, "{whole}.{part:03}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_decimals() {
        let check = |length, expected: &str| assert_eq!(Points(length).to_string(), expected);
        check(0, "0");
        check(841_890, "841.89");
        check(-8_840, "-8.84");
        check(-5, "-0.005");
        check(6_800, "6.8");
        check(6_008, "6.008");
        check(12_000, "12");
    }
}
