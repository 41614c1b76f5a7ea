//! Fonts: which glyph draws a piece of text, how wide it is, and what a PDF says about the typeface.

use crate::layout::{Metrics, code_points};
use skrifa::charmap::{Charmap, MapVariant};
use skrifa::raw::tables::hmtx::Hmtx;
use skrifa::raw::{ReadError, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// A glyph's number in its font; 0, the box for a missing glyph, is never handed out.
pub type GlyphId = u16;

/// BIZ UD Gothic Regular 1.05 under the SIL Open Font License, which stands beside it.
const EMBEDDED: &[u8] = include_bytes!("../assets/fonts/BIZUDGothic-Regular.ttf");

/// A parsed font. It borrows the file's bytes: parsing reads a few table headers and nothing else.
///
/// Text is drawn unit by unit: a character with the variation selector or the combining marks that
/// follow it. A unit has one glyph or none; there is no shaping beyond that, and none is needed for the
/// horizontal setting of Japanese.
///
/// Everything that asks for a font asks with these methods, so that a chain of fonts, each filling the
/// gaps of the one before it, can stand in its place.
#[derive(Clone)]
pub struct Font<'a> {
    data: &'a [u8],
    charmap: Charmap<'a>,
    advances: Hmtx<'a>,
    units_per_em: i32,
    face: Face,
}

/// What a PDF's font descriptor says of the typeface. Lengths in thousandths of the text size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// `PostScript` name (`BIZUDGothic-Regular`).
    pub name: String,
    /// Height above the baseline.
    pub ascent: i32,
    /// Depth below the baseline as a positive number.
    pub descent: i32,
    /// Height of capital letters.
    pub cap_height: i32,
    /// The box around all glyphs: left, bottom, right, top.
    pub bbox: [i32; 4],
    /// Weight from 100 to 900; 400 is regular.
    pub weight: u16,
}

impl Font<'static> {
    /// The font that every copy of the program carries.
    #[expect(clippy::missing_panics_doc, reason = "the embedded font is sound: the tests read it")]
    pub fn embedded() -> Self {
        Self::parse(EMBEDDED).expect("the embedded font is sound")
    }
}

impl<'a> Font<'a> {
    /// Reads a font file with TrueType outlines.
    pub fn parse(data: &'a [u8]) -> Result<Self, ReadError> {
        let font = FontRef::new(data)?;
        let units_per_em = i32::from(font.head()?.units_per_em());
        Ok(Self {
            data,
            charmap: font.charmap(),
            advances: font.hmtx()?,
            units_per_em,
            face: face(&font, units_per_em)?,
        })
    }

    /// The whole file.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// What a font descriptor says of it.
    pub fn face(&self) -> &Face {
        &self.face
    }

    /// The glyph of a unit; `None` if the font cannot draw it as written.
    ///
    /// A variant that the font lacks has no glyph: 葛 is not drawn for 葛󠄂 behind the author's back. Only
    /// the selectors between text and emoji style (U+FE0E, U+FE0F) are mere wishes.
    pub fn glyph(&self, unit: &str) -> Option<GlyphId> {
        let mut chars = unit.chars();
        let base = chars.next()?;
        let found = match (chars.next(), chars.next()) {
            (None, _) => self.charmap.map(base),
            (Some(selector), None) if is_selector(selector) => {
                match self.charmap.map_variant(base, selector) {
                    Some(MapVariant::Variant(glyph)) => Some(glyph),
                    Some(MapVariant::UseDefault) => self.charmap.map(base),
                    None if matches!(selector, '\u{FE0E}' | '\u{FE0F}') => self.charmap.map(base),
                    None => None,
                }
            }
            _ => None,
        };
        found.and_then(|glyph| GlyphId::try_from(glyph.to_u32()).ok()).filter(|&glyph| glyph != 0)
    }

    /// Advance of a glyph, in thousandths of the text size.
    pub fn glyph_advance(&self, glyph: GlyphId) -> i32 {
        let units = self.advances.advance(glyph.into()).unwrap_or_default();
        thousandths(units.into(), self.units_per_em)
    }
}

impl Metrics for Font<'_> {
    fn advance(&self, cluster: &str) -> i32 {
        units(cluster).map(|unit| self.glyph(unit).map_or(1000, |glyph| self.glyph_advance(glyph))).sum()
    }

    fn covers(&self, cluster: &str) -> bool {
        units(cluster).all(|unit| self.glyph(unit).is_some())
    }

    fn ascent(&self) -> i32 {
        self.face.ascent
    }

    fn descent(&self) -> i32 {
        self.face.descent
    }
}

/// Cuts text into units: each character with the selectors and combining marks that follow it.
pub fn units(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices().skip(1);
        rest.chars().next()?;
        let end = chars.find(|&(_, c)| !is_selector(c) && !is_mark(c)).map_or(rest.len(), |(at, _)| at);
        let (unit, after) = rest.split_at(end);
        rest = after;
        Some(unit)
    })
}

/// Names a unit in a message: `「𠮷」 U+20BB7`, `「葛󠄀」 U+845B U+E0100`.
pub fn name_unit(unit: &str) -> String {
    format!("「{unit}」 {}", code_points(unit))
}

/// Variation selectors.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Combining marks. The font has them as spacing glyphs only: what upstream could not compose (か゚)
/// cannot be drawn.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{20D0}'..='\u{20F0}')
}

fn face(font: &FontRef<'_>, units_per_em: i32) -> Result<Face, ReadError> {
    let (head, hhea, os2) = (font.head()?, font.hhea()?, font.os2()?);
    let scale = |units: i16| thousandths(units.into(), units_per_em);
    let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
    Ok(Face {
        name: name.map(|name| name.to_string()).unwrap_or_default(),
        ascent: scale(hhea.ascender().to_i16()),
        descent: -scale(hhea.descender().to_i16()),
        cap_height: scale(os2.s_cap_height().unwrap_or(hhea.ascender().to_i16())),
        bbox: [head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(scale),
        weight: os2.us_weight_class(),
    })
}

/// Font units as thousandths of the em, rounded to the nearest.
fn thousandths(units: i32, units_per_em: i32) -> i32 {
    (units * 1000 + units.signum() * units_per_em / 2) / units_per_em
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_font_describes_itself() {
        let face = Face {
            name: "BIZUDGothic-Regular".to_owned(),
            ascent: 880,
            descent: 120,
            cap_height: 765,
            bbox: [0, -120, 1000, 880],
            weight: 400,
        };
        assert_eq!(Font::embedded().face(), &face);
    }

    #[test]
    fn text_is_cut_into_units() {
        let check = |text: &str, expected: &[&str]| assert_eq!(units(text).collect::<Vec<_>>(), expected);
        check("", &[]);
        check("3園", &["3", "園"]);
        check("葛\u{E0100}飾", &["葛\u{E0100}", "飾"]);
        check("か\u{309A}な", &["か\u{309A}", "な"]);
        check("ﾊﾟ", &["ﾊ", "ﾟ"]);
        check("\u{E0100}葛", &["\u{E0100}", "葛"]);
    }

    #[test]
    fn clusters_are_half_or_full_width() {
        let font = Font::embedded();
        let check = |cluster, expected| assert_eq!(font.advance(cluster), expected, "{cluster}");
        check("葛", 1000);
        check("葛\u{E0100}", 1000);
        check("神\u{FA19}", 2000);
        check("A", 500);
        check("%", 500);
        check("㎡", 1000);
        check("№", 1000);
        check("～", 1000);
        check("\u{3000}", 1000);
        check("ﾊﾟ", 1000);
        check("\u{20BB7}", 1000);
    }

    #[test]
    fn missing_glyphs_are_found() {
        let font = Font::embedded();
        let check = |text, expected: Option<&str>| {
            let missing = units(text).find(|unit| !font.covers(unit));
            assert_eq!(missing.map(name_unit).as_deref(), expected, "{text}");
        };
        check("1か所（31年度）", None);
        check("葛\u{E0100}飾と\u{FA19}田", None);
        check("☎\u{FE0E}", None);
        check("\u{20BB7}野家", Some("「\u{20BB7}」 U+20BB7"));
        check("葛\u{E0105}", Some("「葛\u{E0105}」 U+845B U+E0105"));
        check("か\u{309A}", Some("「か\u{309A}」 U+304B U+309A"));
        check("a\tb", Some("「\t」 U+0009"));
    }

    #[test]
    fn a_variant_has_its_own_glyph() {
        let font = Font::embedded();
        assert_ne!(font.glyph("葛"), font.glyph("葛\u{E0100}"));
        assert_eq!(font.glyph("葛"), font.glyph("葛\u{E0101}"));
        assert_eq!(font.glyph("\u{FA19}"), font.glyph("神\u{FE00}"));
    }
}
