//! What the document draws: its units of text, their glyphs, and the part of the font that has them.

use super::Fault;
use crate::font::{self, Face, Font, GlyphId};
use crate::layout::Layout;
use printpdf::{FontMetrics, ParsedFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;

/// The units of text that the document draws, each with a code of its own, so that every reader finds the
/// text that was meant: 神 U+FA19 and 神 with a selector are one glyph and two codes.
pub(super) struct Glyphs<'t> {
    /// Code and glyph of each unit. The glyph is numbered as in the whole font.
    units: BTreeMap<&'t str, (Code, GlyphId)>,
    /// From the whole font's numbers to the subset's. These are the codes, too, of the glyphs' first units.
    numbers: GlyphRemapper,
    /// The glyphs, numbered as in the subset, of the codes beyond: units whose glyph has a code already.
    shared: Vec<GlyphId>,
}

/// A code in the page's text (a CID, in PDF's words).
pub(super) type Code = u16;

impl<'t> Glyphs<'t> {
    /// Collects what the pages draw.
    pub(super) fn collect(layout: &'t Layout, font: &Font<'_>) -> Result<Self, Fault> {
        let mut units = BTreeMap::new();
        for (index, page) in layout.pages.iter().enumerate() {
            for text_box in &page.boxes {
                for unit in text_box.lines.iter().flat_map(|line| font::units(&line.text)) {
                    if !units.contains_key(unit) {
                        let glyph = font.glyph(unit).ok_or_else(|| Fault::MissingGlyph {
                            unit: unit.to_owned(),
                            page: index + 1,
                            role: text_box.role,
                        })?;
                        units.insert(unit, glyph);
                    }
                }
            }
        }
        Ok(Self::number(units))
    }

    fn number(units: BTreeMap<&'t str, GlyphId>) -> Self {
        let glyphs: Vec<GlyphId> = units.values().copied().collect();
        let numbers = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let mut coded = BTreeSet::new();
        let mut shared = Vec::new();
        let code = |(unit, glyph)| {
            let number = numbers.get(glyph).expect("every glyph was numbered");
            if coded.insert(glyph) {
                return (unit, (number, glyph));
            }
            shared.push(number);
            let beyond = Code::try_from(shared.len() - 1).expect("a font has fewer variants than codes");
            (unit, (numbers.num_gids() + beyond, glyph))
        };
        let units = units.into_iter().map(code).collect();
        Self { units, numbers, shared }
    }

    /// The code of a unit.
    pub(super) fn code(&self, unit: &str) -> Code {
        self.units[unit].0
    }

    /// The subset's glyph of each code as PDF writes it; `None` where code and glyph are the same number.
    pub(super) fn code_to_glyph(&self) -> Option<Vec<u8>> {
        let own = 0..self.numbers.num_gids();
        let glyphs = own.chain(self.shared.iter().copied());
        (!self.shared.is_empty()).then(|| glyphs.flat_map(GlyphId::to_be_bytes).collect())
    }

    /// The part of the font that the document needs, as printpdf takes it: with the whole font's metrics,
    /// in thousandths of the text size.
    pub(super) fn subset(&self, font: &Font<'_>) -> ParsedFont {
        let bytes = subsetter::subset(font.data(), 0, &self.numbers)
            .expect("a font whose tables could be read has the outlines that they name");
        let characters =
            self.units.iter().filter_map(|(unit, &(code, _))| Some((single(unit)?.into(), code)));
        let advances = self.units.values().map(|&(code, glyph)| {
            let advance = u16::try_from(font.glyph_advance(glyph)).expect("advances are short");
            (code, advance)
        });
        let face = font.face();
        let name = format!("{}+{}", self.tag(face), face.name);
        let metrics = FontMetrics { ascent: short(face.ascent), descent: short(-face.descent) };
        let mut parsed = ParsedFont::with_glyph_data(
            bytes,
            0,
            Some(name),
            characters.collect(),
            advances.collect(),
            1000,
            metrics,
        );
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

    /// Six letters that tell subsets of one font from each other.
    fn tag(&self, face: &Face) -> String {
        let mut hash = Sha256::new_with_prefix(&face.name);
        for glyph in self.numbers.remapped_gids() {
            hash.update(glyph.to_be_bytes());
        }
        hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }
}

/// The character that the unit consists of.
pub(super) fn single(unit: &str) -> Option<char> {
    let mut chars = unit.chars();
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
        Glyphs::number(units.iter().map(|&unit| (unit, font.glyph(unit).unwrap())).collect())
    }

    #[test]
    fn every_unit_has_its_code() {
        let font = Font::embedded();
        let check = |units: &[&str], codes: &[Code], map: Option<&[u8]>| {
            let glyphs = glyphs(&font, units);
            assert_eq!(units.iter().map(|unit| glyphs.code(unit)).collect::<Vec<_>>(), codes, "{units:?}");
            assert_eq!(glyphs.code_to_glyph().as_deref(), map, "{units:?}");
        };
        check(&[], &[], None);
        check(&["0", "葛", "神"], &[1, 2, 3], None);
        check(&["葛\u{E0100}", "葛"], &[2, 1], None);
        check(&["葛\u{E0101}", "葛"], &[2, 1], Some(&[0, 0, 0, 1, 0, 1]));
        check(&["神", "神\u{FE00}", "\u{FA19}"], &[1, 2, 3], Some(&[0, 0, 0, 1, 0, 2, 0, 2]));
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
