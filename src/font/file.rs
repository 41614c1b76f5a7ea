//! One font file: its glyphs, their widths, its looks.

use super::{FontFault, is_selector};
use skrifa::charmap::{Charmap, MapVariant};
use skrifa::raw::tables::hmtx::Hmtx;
use skrifa::raw::tables::os2::Os2;
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};

/// A glyph's number in its font; 0, the box for a missing glyph, is never handed out.
pub type GlyphId = u16;

/// BIZ UD Gothic Regular 1.05 under the SIL Open Font License, which stands beside it.
const EMBEDDED: &[u8] = include_bytes!("../../assets/fonts/BIZUDGothic-Regular.ttf");

/// A parsed font. It borrows the file's bytes: parsing reads a few table headers and nothing else.
#[derive(Clone)]
pub struct Font<'a> {
    data: &'a [u8],
    index: u32,
    charmap: Charmap<'a>,
    advances: Hmtx<'a>,
    units_per_em: i32,
    em_box: (i32, i32),
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
        Self::parse(EMBEDDED, 0).expect("the embedded font is sound")
    }
}

impl<'a> Font<'a> {
    /// Reads a font file, or the font of this number in a collection (0 in any other file).
    pub fn parse(data: &'a [u8], index: u32) -> Result<Self, FontFault> {
        let font = open(data, index)?;
        let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
        if has(b"fvar") || has(b"CFF2") {
            return Err(FontFault::Variable);
        }
        if !has(b"glyf") && !has(b"CFF ") {
            return Err(FontFault::NoOutlines);
        }
        if font.os2().is_ok_and(|os2| forbids_subsets(os2.fs_type())) {
            return Err(FontFault::Forbidden);
        }
        let units_per_em = font.head().map_or(0, |head| i32::from(head.units_per_em()));
        let charmap = font.charmap();
        if !(16..=16_384).contains(&units_per_em) || !charmap.has_map() {
            return Err(FontFault::Unreadable);
        }
        Ok(Self {
            data,
            index,
            charmap,
            advances: font.hmtx().map_err(|_| FontFault::Unreadable)?,
            units_per_em,
            em_box: em_box(&font, units_per_em),
            face: face(&font, units_per_em).ok_or(FontFault::Unreadable)?,
        })
    }

    /// The whole file, and the font's number in it.
    pub fn data(&self) -> (&'a [u8], u32) {
        (self.data, self.index)
    }

    /// Heights above and below the baseline of the square that a full-width character fills, in thousandths of the
    /// text size; the second is positive.
    pub fn em_box(&self) -> (i32, i32) {
        self.em_box
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

fn open(data: &[u8], index: u32) -> Result<FontRef<'_>, FontFault> {
    let count = match FileRef::new(data).map_err(|_| FontFault::Unreadable)? {
        FileRef::Font(_) => 1,
        FileRef::Collection(collection) => collection.len(),
    };
    if index >= count {
        return Err(FontFault::NoSuchFont { index, count });
    }
    FontRef::from_index(data, index).map_err(|_| FontFault::Unreadable)
}

/// Whether the licence bits (`fsType` of the table `OS/2`) forbid what a PDF does: it carries a part of the font's
/// outlines. Of several permissions, which old fonts state, the widest counts.
fn forbids_subsets(bits: u16) -> bool {
    const RESTRICTED: u16 = 0x0002;
    const PERMISSIONS: u16 = 0x000E;
    const NO_SUBSETS: u16 = 0x0100;
    const BITMAPS_ONLY: u16 = 0x0200;
    bits & PERMISSIONS == RESTRICTED || bits & (NO_SUBSETS | BITMAPS_ONLY) != 0
}

/// The typographic ascender and descender where they say the em box, as fonts for Japanese should; else the usual box.
/// The heights of `hhea` would not do: some fonts make room there for the highest letters of every script.
fn em_box(font: &FontRef<'_>, units_per_em: i32) -> (i32, i32) {
    let typographic = font.os2().ok().map(|os2| (os2.s_typo_ascender(), os2.s_typo_descender()));
    match typographic.map(|(ascender, descender)| (i32::from(ascender), -i32::from(descender))) {
        Some((above, below)) if above > 0 && below >= 0 && above + below == units_per_em => {
            let above = thousandths(above, units_per_em);
            (above, 1000 - above)
        }
        _ => (880, 120),
    }
}

fn face(font: &FontRef<'_>, units_per_em: i32) -> Option<Face> {
    let (head, hhea, os2) = (font.head().ok()?, font.hhea().ok()?, font.os2().ok());
    let scale = |units: i16| thousandths(units.into(), units_per_em);
    let ascender = hhea.ascender().to_i16();
    Some(Face {
        name: name(font),
        ascent: scale(ascender),
        descent: -scale(hhea.descender().to_i16()),
        cap_height: scale(os2.as_ref().and_then(Os2::s_cap_height).unwrap_or(ascender)),
        bbox: [head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(scale),
        weight: os2.map_or(400, |os2| os2.us_weight_class()),
    })
}

/// The `PostScript` name, without what may not stand in one.
fn name(font: &FontRef<'_>) -> String {
    let stated = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
    let mut name = stated.map(|name| name.to_string()).unwrap_or_default();
    name.retain(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if name.is_empty() { "Font".to_owned() } else { name }
}

/// Font units as thousandths of the em, rounded to the nearest; no more than a PDF can state.
fn thousandths(units: i32, units_per_em: i32) -> i32 {
    let rounded = (units * 1000 + units.signum() * units_per_em / 2) / units_per_em;
    rounded.clamp(i16::MIN.into(), i16::MAX.into())
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
        assert_eq!(Font::embedded().em_box(), (880, 120));
    }

    #[test]
    fn a_variant_has_its_own_glyph() {
        let font = Font::embedded();
        assert_ne!(font.glyph("葛"), font.glyph("葛\u{E0100}"));
        assert_eq!(font.glyph("葛"), font.glyph("葛\u{E0101}"));
        assert_eq!(font.glyph("\u{FA19}"), font.glyph("神\u{FE00}"));
    }

    #[test]
    fn licence_bits_are_obeyed() {
        let check = |bits, expected| assert_eq!(forbids_subsets(bits), expected, "{bits:#x}");
        check(0x0000, false);
        check(0x0002, true);
        check(0x0004, false);
        check(0x0008, false);
        check(0x000A, false);
        check(0x0108, true);
        check(0x0200, true);
    }

    #[test]
    fn what_is_no_font_is_refused() {
        let check = |data: &[u8], index, expected| assert_eq!(Font::parse(data, index).err(), Some(expected));
        check(b"", 0, FontFault::Unreadable);
        check(b"wOF2............................", 0, FontFault::Unreadable);
        check(&EMBEDDED[..1000], 0, FontFault::NoOutlines);
        check(EMBEDDED, 1, FontFault::NoSuchFont { index: 1, count: 1 });
    }
}
