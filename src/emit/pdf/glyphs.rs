//! What the document draws: its units of text, their glyphs, and the part of the font that has them.

use super::MissingGlyph;
use crate::font::{self, Face, Font, GlyphId};
use crate::layout::Layout;
use printpdf::{FontMetrics, ParsedFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// The units of text that the document draws.
pub(super) struct Glyphs<'t> {
    /// The glyph of each unit, numbered as in the whole font.
    units: BTreeMap<&'t str, GlyphId>,
    /// The text that readers are told of each glyph.
    texts: BTreeMap<GlyphId, &'t str>,
    /// From the whole font's numbers to the subset's.
    numbers: GlyphRemapper,
}

/// How a unit is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn<'t> {
    /// By the glyph that the font has for the character.
    Plain,
    /// By a glyph of the subset; readers are told the right text.
    Glyph(GlyphId, &'t str),
    /// By a glyph of the subset that stands for another text; readers have to be told the right one.
    Borrowed(GlyphId, &'t str),
}

impl<'t> Glyphs<'t> {
    /// Collects what the pages draw.
    pub(super) fn collect(layout: &'t Layout, font: &Font<'_>) -> Result<Self, MissingGlyph> {
        let mut units = BTreeMap::new();
        for (index, page) in layout.pages.iter().enumerate() {
            for text_box in &page.boxes {
                for unit in text_box.lines.iter().flat_map(|line| font::units(&line.text)) {
                    if !units.contains_key(unit) {
                        let glyph = font.glyph(unit).ok_or_else(|| MissingGlyph {
                            unit: unit.to_owned(),
                            page: index + 1,
                            role: text_box.role,
                        })?;
                        units.insert(unit, glyph);
                    }
                }
            }
        }
        let texts = texts(&units);
        let numbers: Vec<GlyphId> = texts.keys().copied().collect();
        Ok(Self { units, texts, numbers: GlyphRemapper::new_from_glyphs(&numbers) })
    }

    /// How to draw a unit.
    pub(super) fn drawn(&self, unit: &str) -> Drawn<'t> {
        let glyph = self.units[unit];
        let text = self.texts[&glyph];
        match (text == unit, single(text)) {
            (true, Some(_)) => Drawn::Plain,
            (true, None) => Drawn::Glyph(self.number(glyph), text),
            (false, _) => Drawn::Borrowed(self.number(glyph), text),
        }
    }

    /// The part of the font that the document needs, as printpdf takes it: with the whole font's metrics,
    /// in thousandths of the text size.
    pub(super) fn subset(&self, font: &Font<'_>) -> ParsedFont {
        let bytes = subsetter::subset(font.data(), 0, &self.numbers)
            .expect("a font whose tables could be read has the outlines that they name");
        let characters = self.texts.iter().filter_map(|(&glyph, text)| Some((single(text)?, glyph)));
        let characters = characters.map(|(c, glyph)| (c.into(), self.number(glyph))).collect();
        let advances = self.texts.keys().map(|&glyph| {
            let advance = u16::try_from(font.glyph_advance(glyph)).expect("advances are short");
            (self.number(glyph), advance)
        });
        let face = font.face();
        let name = format!("{}+{}", self.tag(face), face.name);
        let metrics = FontMetrics { ascent: short(face.ascent), descent: short(-face.descent) };
        let mut parsed =
            ParsedFont::with_glyph_data(bytes, 0, Some(name), characters, advances.collect(), 1000, metrics);
        let [x_min, y_min, x_max, y_max] = face.bbox.map(short);
        parsed.pdf_font_metrics = PdfFontMetricsStub {
            x_min,
            y_min,
            x_max,
            y_max,
            us_weight_class: face.weight,
            ..PdfFontMetricsStub::default()
        };
        parsed
    }

    fn number(&self, glyph: GlyphId) -> GlyphId {
        self.numbers.get(glyph).expect("every glyph was numbered")
    }

    /// Six letters that tell subsets of one font from each other.
    fn tag(&self, face: &Face) -> String {
        let mut hash = Sha256::new_with_prefix(&face.name);
        for glyph in self.texts.keys() {
            hash.update(glyph.to_be_bytes());
        }
        hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }
}

/// One text for each glyph: the shortest, so that 神 stands for itself before its variants, else the one
/// with the lowest code points.
fn texts<'t>(units: &BTreeMap<&'t str, GlyphId>) -> BTreeMap<GlyphId, &'t str> {
    let mut texts: BTreeMap<GlyphId, &str> = BTreeMap::new();
    for (&unit, &glyph) in units {
        let text = texts.entry(glyph).or_insert(unit);
        if single(text).is_none() && single(unit).is_some() {
            *text = unit;
        }
    }
    texts
}

/// The character that the text consists of.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn short(thousandths: i32) -> i16 {
    i16::try_from(thousandths).expect("a typeface is not 32 times as high as its text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Font;

    fn glyphs<'t>(font: &Font<'_>, units: &[&'t str]) -> Glyphs<'t> {
        let units: BTreeMap<_, _> = units.iter().map(|&u| (u, font.glyph(u).unwrap())).collect();
        let texts = texts(&units);
        let numbers: Vec<GlyphId> = texts.keys().copied().collect();
        Glyphs { units, texts, numbers: GlyphRemapper::new_from_glyphs(&numbers) }
    }

    #[test]
    fn a_glyph_stands_for_its_plainest_text() {
        let font = Font::embedded();
        let check = |units: &[&str], unit: &str, expected: Option<&str>| {
            let text = match glyphs(&font, units).drawn(unit) {
                Drawn::Plain => None,
                Drawn::Glyph(_, text) | Drawn::Borrowed(_, text) => Some(text.to_owned()),
            };
            assert_eq!(text.as_deref(), expected, "{unit} of {units:?}");
        };
        check(&["葛", "神"], "神", None);
        check(&["葛\u{E0100}", "葛"], "葛\u{E0100}", Some("葛\u{E0100}"));
        check(&["葛\u{E0101}", "葛"], "葛\u{E0101}", Some("葛"));
        check(&["葛\u{E0101}", "葛"], "葛", None);
        check(&["神\u{FE00}", "\u{FA19}"], "神\u{FE00}", Some("\u{FA19}"));
    }

    #[test]
    fn the_tag_names_the_set() {
        let font = Font::embedded();
        let tag = |units: &[&str]| glyphs(&font, units).tag(font.face());
        assert_eq!(tag(&["園", "校"]), tag(&["校", "園"]));
        assert_ne!(tag(&["園", "校"]), tag(&["園"]));
        assert!(tag(&["園"]).chars().all(|c| c.is_ascii_uppercase()));
        assert_eq!(tag(&["園"]).len(), 6);
    }
}
