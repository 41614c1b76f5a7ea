//! One page's texts and rules as drawing operators.

use super::glyphs::{self, Glyphs};
use crate::font;
use crate::layout::{Page, PlacedLine, Rule, TextBox};
use crate::model::Length;
use printpdf::ops::PdfFontHandle;
use printpdf::{
    Codepoint, FontId, Line, LineCapStyle, LinePoint, Op, PdfPage, Point, Pt, Rect, TextItem, TextMatrix,
};

/// What the pages have in common.
pub(super) struct Sheet<'a> {
    /// Width and height.
    pub(super) size: (Length, Length),
    /// The font's name in the pages' resources.
    pub(super) font: &'a FontId,
    /// What is drawn with it.
    pub(super) glyphs: &'a Glyphs<'a>,
}

impl Sheet<'_> {
    /// One page: the rules, then the texts in reading order, each box a text section of its own. Here, where
    /// a box's role is at hand, is the place for what goes around it.
    pub(super) fn page(&self, page: &Page) -> PdfPage {
        let mut ops = Vec::new();
        self.rules(&mut ops, &page.rules);
        let mut size = None;
        for text_box in page.boxes.iter().filter(|text_box| !text_box.lines.is_empty()) {
            ops.push(Op::StartTextSection);
            if size.replace(text_box.size) != Some(text_box.size) {
                let font = PdfFontHandle::External(self.font.clone());
                ops.push(Op::SetFont { font, size: points(text_box.size) });
            }
            self.text(&mut ops, text_box);
            ops.push(Op::EndTextSection);
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

    /// A box's lines one after the other. Nothing is put between them: where a paragraph flows on in the
    /// next line, its text does.
    fn text(&self, ops: &mut Vec<Op>, text_box: &TextBox) {
        for line in &text_box.lines {
            let Point { x, y } = self.point(line.x, line.y);
            ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
            ops.push(Op::ShowText { items: self.line(line) });
        }
    }

    /// Characters go out as text, which printpdf turns into the codes that the font was given for them;
    /// units of several characters go out as codes.
    fn line(&self, line: &PlacedLine) -> Vec<TextItem> {
        let mut items: Vec<TextItem> = Vec::new();
        for unit in font::units(&line.text) {
            match (glyphs::single(unit), items.last_mut()) {
                (Some(character), Some(TextItem::Text(run))) => run.push(character),
                (Some(character), _) => items.push(TextItem::Text(character.to_string())),
                (None, _) => {
                    let code = Codepoint::with_cid(self.glyphs.code(unit), 0.0, unit.to_owned());
                    items.push(TextItem::GlyphIds(vec![code]));
                }
            }
        }
        items
    }

    /// A point of the layout, which counts from the top, as one of PDF, which counts from the bottom.
    fn point(&self, x: Length, y: Length) -> Point {
        Point { x: points(x), y: points(self.size.1 - y) }
    }
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
