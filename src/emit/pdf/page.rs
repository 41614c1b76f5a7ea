//! One page's texts and rules as drawing operators.

use super::glyphs::{self, Glyphs, font_id};
use super::structure::{self, Piece};
use crate::font::{self, Fonts, Weight};
use crate::layout::{Page, PlacedLine, Role, Rule};
use crate::model::Length;
use printpdf::ops::PdfFontHandle;
use printpdf::{
    Codepoint, DictItem, Line, LineCapStyle, LinePoint, Op, PdfPage, Point, Pt, Rect, TextItem, TextMatrix,
};

/// What the pages have in common.
pub(super) struct Sheet<'a> {
    /// Width and height.
    pub(super) size: (Length, Length),
    /// Which texts are bold.
    pub(super) fonts: &'a Fonts<'a>,
    /// What is drawn with them.
    pub(super) glyphs: &'a Glyphs<'a, 'a>,
}

/// What the last operators of a page set: the number of the font's subset, and the size of the text.
type TextState = Option<(usize, Length)>;

impl Sheet<'_> {
    /// One page: the rules, then the pieces of text in reading order, each marked as what it is.
    pub(super) fn page(&self, page: &Page) -> PdfPage {
        let mut ops = vec![artifact("Layout", None)];
        self.rules(&mut ops, &page.rules);
        ops.push(Op::EndMarkedContent);
        let mut state: TextState = None;
        for Piece { text_box, lines, mark } in structure::pieces(page) {
            ops.push(match (mark, text_box.role) {
                (Some(number), role) => content(number, role),
                (None, Role::Footer) => artifact("Pagination", Some("Footer")),
                (None, _) => artifact("Pagination", Some("Header")),
            });
            ops.push(Op::StartTextSection);
            let weight = self.fonts.weight(text_box.role);
            for line in lines {
                self.line(&mut ops, line, (weight, text_box.size), &mut state);
            }
            ops.extend([Op::EndTextSection, Op::EndMarkedContent]);
        }
        let sheet = Rect::from_wh(points(self.size.0), points(self.size.1));
        PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
    }

    /// Rules end in the middle of the rule that they meet; square caps fill the corner.
    fn rules(&self, ops: &mut Vec<Op>, rules: &[Rule]) {
        ops.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
        let mut thickness = None;
        for rule in rules {
            if thickness.replace(rule.thickness) != Some(rule.thickness) {
                ops.push(Op::SetOutlineThickness { pt: points(rule.thickness) });
            }
            let end = |x, y| LinePoint { p: self.point(x, y), bezier: false };
            let points = vec![end(rule.x1, rule.y1), end(rule.x2, rule.y2)];
            ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
        }
    }

    /// A line. Nothing is put between lines: where a paragraph flows on in the next line, its text does.
    ///
    /// Characters go out as text, which printpdf turns into the codes that the font was given for them; units of
    /// several characters go out as codes. Where the font changes, the next run goes on where the last one ended.
    fn line(&self, ops: &mut Vec<Op>, line: &PlacedLine, look: (Weight, Length), state: &mut TextState) {
        let (weight, size) = look;
        let Point { x, y } = self.point(line.x, line.y);
        let mut items: Vec<TextItem> = Vec::new();
        let mut is_placed = false;
        for unit in font::units(&line.text) {
            let (number, subset) = self.glyphs.place(weight, unit);
            if *state != Some((number, size)) {
                flush(ops, &mut items);
                let font = PdfFontHandle::External(font_id(number));
                ops.push(Op::SetFont { font, size: points(size) });
                *state = Some((number, size));
            }
            if !is_placed {
                ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
                is_placed = true;
            }
            match (glyphs::single(unit), items.last_mut()) {
                (Some(character), Some(TextItem::Text(run))) => run.push(character),
                (Some(character), _) => items.push(TextItem::Text(character.to_string())),
                (None, _) => {
                    let code = Codepoint::with_cid(subset.code(unit), 0.0, unit.to_owned());
                    items.push(TextItem::GlyphIds(vec![code]));
                }
            }
        }
        flush(ops, &mut items);
    }

    /// A point of the layout, which counts from the top, as one of PDF, which counts from the bottom.
    fn point(&self, x: Length, y: Length) -> Point {
        Point { x: points(x), y: points(self.size.1 - y) }
    }
}

/// Shows what has come together in one font.
fn flush(ops: &mut Vec<Op>, items: &mut Vec<TextItem>) {
    if !items.is_empty() {
        ops.push(Op::ShowText { items: std::mem::take(items) });
    }
}

/// Begins content that the structure names by its number.
fn content(number: usize, role: Role) -> Op {
    let tag = match role {
        Role::Title => "H1",
        Role::Header(_) => "TH",
        Role::Body { .. } => "TD",
        _ => "P",
    };
    let number = i64::try_from(number).expect("a page's pieces are counted in 64 bits");
    marked(tag, [("MCID", DictItem::Int(number))])
}

/// Begins what belongs to the page, not to the document.
fn artifact(kind: &str, part: Option<&str>) -> Op {
    let name = |name: &str| DictItem::Name(name.into());
    marked("Artifact", [("Type", name(kind))].into_iter().chain(part.map(|part| ("Subtype", name(part)))))
}

fn marked<'k>(tag: &str, properties: impl IntoIterator<Item = (&'k str, DictItem)>) -> Op {
    let map = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } }
}

/// A length in points, as PDF counts.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "operands are decimals; thousandths of a point are exact in an f32 up to a sheet of five metres"
)]
fn points(length: Length) -> Pt {
    Pt(length as f32 / 1000.0)
}
