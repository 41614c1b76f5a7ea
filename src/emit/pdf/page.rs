//! One page's texts and rules as drawing operators (ISO 32000-1, 8.2 and 9.4).
//!
//! Written as text at once, with lengths as exact decimals. printpdf's operators are a tree of values that it turns
//! into another one and then into text: for a list of thousands of rows that was half of the whole format's work.

use super::file::{File, Ref, push_number};
use super::glyphs::{GlyphPlace, Glyphs};
use super::link::Link;
use super::structure::{self, TaggedRun};
use crate::emit::HEADER_GROUND;
use crate::font::{self, Fonts, Weight};
use crate::layout::{Page, Rule, TextRole};
use crate::model::Length;

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

/// A page that is being written.
struct Pen {
    out: Vec<u8>,
    /// Where the last line of text began.
    at: (Length, Length),
    /// The number of the font's subset, and the size of the text, that the last operators set.
    font: Option<(usize, Length)>,
    /// The width of letters, in per cent, that the last operator set.
    scale: i32,
}

impl Sheet<'_> {
    /// Writes pages with what they have in common and the links on them; returns them in order.
    pub(super) fn add(&self, file: &mut File, keys: &str, pages: &[Page], links: &[Link<'_>]) -> Vec<Ref> {
        let mut links = links.iter().peekable();
        let mut write = |(number, page): (usize, &Page)| {
            let (id, content) = (file.reserve(), file.reserve());
            file.stream(content, "", &self.content(page));
            file.put_with(id, |out| {
                out.extend_from_slice(format!("<<{keys}/Contents {content}/MediaBox[0 0").as_bytes());
                for length in [self.size.0, self.size.1] {
                    out.push(b' ');
                    push_points(out, length);
                }
                out.push(b']');
                if self.is_tagged {
                    out.extend_from_slice(format!("/StructParents {number}/Tabs/S").as_bytes());
                }
                let mut key: &[u8] = b"/Annots[";
                while let Some(link) = links.next_if(|link| link.page == number) {
                    link.id.push_as(std::mem::replace(&mut key, b" "), out);
                }
                if key == b" " {
                    out.push(b']');
                }
                out.extend_from_slice(b">>");
            });
            id
        };
        pages.iter().enumerate().map(&mut write).collect()
    }

    /// One page: grounds and rules, then the pieces of text in reading order, each marked as what it is. All text is
    /// one object, each line placed from the beginning of the one before: such distances recur, and pack well.
    fn content(&self, page: &Page) -> Vec<u8> {
        let mut pen = Pen { out: Vec::with_capacity(1 << 14), at: (0, self.size.1), font: None, scale: 100 };
        let layout = |out: &mut Vec<u8>| artifact(out, "Layout");
        self.marked(&mut pen, layout, |pen| {
            self.grounds(&mut pen.out, page);
            self.rules(&mut pen.out, &page.rules);
        });
        operator(&mut pen.out, &[], "BT");
        for piece in structure::pieces(page) {
            self.marked(&mut pen, |out| mark(out, &piece), |pen| self.text(pen, &piece));
        }
        operator(&mut pen.out, &[], "ET");
        pen.out
    }

    /// Content between the marks that say what it is.
    fn marked(&self, pen: &mut Pen, mark: impl FnOnce(&mut Vec<u8>), content: impl FnOnce(&mut Pen)) {
        if !self.is_tagged {
            return content(pen);
        }
        mark(&mut pen.out);
        operator(&mut pen.out, &[], "BDC");
        content(pen);
        operator(&mut pen.out, &[], "EMC");
    }

    /// The ground of the header cells, and of what looks like them.
    fn grounds(&self, out: &mut Vec<u8>, page: &Page) {
        let mut cells = page.boxes.iter().filter(|text_box| text_box.tinted).peekable();
        if cells.peek().is_none() {
            return;
        }
        operator(out, &[Length::from(HEADER_GROUND) * 1000 / 255], "g");
        for [left, top, right, bottom] in cells.map(|text_box| text_box.area) {
            operator(out, &[left, self.size.1 - bottom, right - left, bottom - top], "re");
        }
        operator(out, &[], "f");
        operator(out, &[0], "g");
    }

    /// Rules end in the middle of the rule that they meet; square caps fill the corner.
    fn rules(&self, out: &mut Vec<u8>, rules: &[Rule]) {
        out.extend_from_slice(b"2 J\n");
        for alike in rules.chunk_by(|one, next| one.thickness == next.thickness) {
            operator(out, &[alike[0].thickness], "w");
            for rule in alike {
                operator(out, &[rule.x1, self.size.1 - rule.y1], "m");
                operator(out, &[rule.x2, self.size.1 - rule.y2], "l");
            }
            operator(out, &[], "S");
        }
    }

    /// The lines of a piece. Nothing is put between them: where a paragraph flows on in the next line, its text does.
    fn text(&self, pen: &mut Pen, piece: &TaggedRun<'_>) {
        let look = (self.fonts.weight(piece.text_box.role), piece.text_box.size);
        let scale = piece.text_box.scale;
        if std::mem::replace(&mut pen.scale, scale) != scale {
            operator(&mut pen.out, &[scale * 1000], "Tz");
        }
        for line in piece.lines {
            operator(&mut pen.out, &[line.x - pen.at.0, pen.at.1 - line.y], "Td");
            pen.at = (line.x, line.y);
            self.line(pen, &line.text, look);
        }
    }

    /// A line's codes. Where the font changes, the next run goes on where the last one ended.
    fn line(&self, pen: &mut Pen, text: &str, (weight, size): (Weight, Length)) {
        let mut is_open = false;
        for unit in font::units(text) {
            let GlyphPlace { subset, code, .. } = self.glyphs.place(weight, unit);
            if pen.font != Some((subset, size)) {
                close(&mut pen.out, &mut is_open);
                pen.out.extend_from_slice(b"/T");
                push_number(&mut pen.out, subset);
                pen.out.push(b' ');
                operator(&mut pen.out, &[size], "Tf");
                pen.font = Some((subset, size));
            }
            if !is_open {
                pen.out.push(b'(');
                is_open = true;
            }
            for byte in code.to_be_bytes() {
                match byte {
                    b'(' | b')' | b'\\' => pen.out.extend([b'\\', byte]),
                    b'\r' => pen.out.extend_from_slice(b"\\r"),
                    _ => pen.out.push(byte),
                }
            }
        }
        close(&mut pen.out, &mut is_open);
    }
}

/// Shows what has come together in one font.
fn close(out: &mut Vec<u8>, is_open: &mut bool) {
    if std::mem::take(is_open) {
        out.extend_from_slice(b")Tj\n");
    }
}

/// Says what a piece is: content, by the number that the structure names it with, or an artifact.
fn mark(out: &mut Vec<u8>, piece: &TaggedRun<'_>) {
    let role = piece.text_box.role;
    let Some(number) = piece.mark else {
        let part = if role == TextRole::Footer { "Footer" } else { "Header" };
        return artifact(out, &format!("Pagination/Subtype/{part}"));
    };
    let tag = match role {
        TextRole::Title => "H1",
        TextRole::Header(_) => "TH",
        TextRole::Body { .. } => "TD",
        _ => "P",
    };
    out.push(b'/');
    out.extend_from_slice(tag.as_bytes());
    out.extend_from_slice(b"<</MCID ");
    push_number(out, number);
    out.extend_from_slice(b">>");
}

/// Says that what follows belongs to the page, not to the document.
fn artifact(out: &mut Vec<u8>, kind: &str) {
    out.extend_from_slice(b"/Artifact<</Type/");
    out.extend_from_slice(kind.as_bytes());
    out.extend_from_slice(b">>");
}

/// An operator after its operands, lengths.
fn operator(out: &mut Vec<u8>, operands: &[Length], name: &str) {
    for &length in operands {
        push_points(out, length);
        out.push(b' ');
    }
    out.extend_from_slice(name.as_bytes());
    out.push(b'\n');
}

/// A length in points, as PDF counts: thousandths as a decimal.
pub(super) fn push_points(out: &mut Vec<u8>, length: Length) {
    let (whole, part) = (length.unsigned_abs() / 1000, length.unsigned_abs() % 1000);
    if length < 0 {
        out.push(b'-');
    }
    push_number(out, whole);
    if part > 0 {
        out.push(b'.');
        for digit in [part / 100, part / 10 % 10, part % 10] {
            push_number(out, digit);
        }
        while out.ends_with(b"0") {
            out.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_decimals() {
        let check = |length, expected: &str| {
            let mut out = Vec::new();
            push_points(&mut out, length);
            assert_eq!(out, expected.as_bytes(), "{length}");
        };
        check(0, "0");
        check(841_890, "841.89");
        check(-8_840, "-8.84");
        check(-5, "-0.005");
        check(6_800, "6.8");
        check(6_008, "6.008");
        check(12_000, "12");
    }
}
