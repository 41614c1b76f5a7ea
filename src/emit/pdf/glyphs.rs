//! What the document draws: its units of text, their glyphs, and the parts of the fonts that have them.

use super::Fault;
use super::units::ByUnit;
use crate::font::{self, Font, Fonts, Found, GlyphId, Weight};
use crate::layout::Layout;
use printpdf::ops::PdfFontHandle;
use printpdf::{
    Codepoint, FontId, FontMetrics, Mm, Op, ParsedFont, PdfFontMetricsStub, PdfPage, Pt, TextItem,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;

/// The units of text that the document draws, and the subsets of its fonts that draw them.
pub(super) struct Glyphs<'t, 'f> {
    /// Where each weight's units are.
    places: BTreeMap<Weight, ByUnit<'t, GlyphPlace>>,
    subsets: Vec<Subset<'t, 'f>>,
}

/// A part of a font. No two units share a glyph, so that a glyph's number is its unit's code, and every reader finds
/// the text that was meant: 神 U+FA19 and 神 with a selector, one glyph, stand in two subsets of their font.
pub(super) struct Subset<'t, 'f> {
    font: &'f Font<'f>,
    /// The glyph of each unit, numbered as in the whole font.
    units: BTreeMap<&'t str, GlyphId>,
    /// From the whole font's numbers to the subset's.
    numbers: GlyphRemapper,
}

/// A code in the page's text (a CID, in PDF's words).
pub(super) type Code = u16;

/// Where a unit is, and how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GlyphPlace {
    /// The number of its subset.
    pub(super) subset: usize,
    /// Its code there.
    pub(super) code: Code,
    /// Its width, in thousandths of the text size.
    pub(super) advance: i32,
}

/// Units and glyphs of a subset that is being put together.
struct Draft<'t, 'f> {
    font: &'f Font<'f>,
    units: BTreeMap<&'t str, GlyphId>,
    taken: BTreeSet<GlyphId>,
}

impl<'t, 'f> Glyphs<'t, 'f> {
    /// Collects what the pages draw.
    pub(super) fn collect(layout: &'t Layout, fonts: &'f Fonts<'_>) -> Result<Self, Fault> {
        let mut found: BTreeMap<Weight, BTreeMap<&str, Found<'f>>> = BTreeMap::new();
        let mut seen: BTreeMap<Weight, ByUnit<'t, ()>> = BTreeMap::new();
        for (page, number) in layout.pages.iter().zip(1..) {
            for text_box in &page.boxes {
                let weight = fonts.weight(text_box.role);
                let seen = seen.entry(weight).or_insert_with(ByUnit::new);
                for unit in text_box.lines.iter().flat_map(|line| font::units(&line.text)) {
                    if seen.get(unit).is_none() {
                        let glyph = fonts.chain(weight).find(unit).ok_or_else(|| Fault::MissingGlyph {
                            unit: unit.to_owned(),
                            page: number,
                            role: text_box.role,
                        })?;
                        seen.insert(unit, ());
                        found.entry(weight).or_default().insert(unit, glyph);
                    }
                }
            }
        }
        Ok(Self::number(found))
    }

    fn number(found: BTreeMap<Weight, BTreeMap<&'t str, Found<'f>>>) -> Self {
        // By the font's number, then the subset's among those of its font.
        let mut drafts: BTreeMap<(usize, usize), Draft<'t, 'f>> = BTreeMap::new();
        let keys: BTreeMap<Weight, BTreeMap<&str, (usize, usize)>> = found
            .into_iter()
            .map(|(weight, units)| {
                (
                    weight,
                    units.into_iter().map(|(unit, found)| (unit, put(&mut drafts, unit, found))).collect(),
                )
            })
            .collect();
        let order: BTreeMap<(usize, usize), usize> = drafts.keys().copied().zip(0..).collect();
        let subsets: Vec<Subset<'t, 'f>> = drafts.into_values().map(Subset::of).collect();
        let mut places: BTreeMap<Weight, ByUnit<'t, GlyphPlace>> = BTreeMap::new();
        for (weight, units) in keys {
            let places = places.entry(weight).or_insert_with(ByUnit::new);
            for (unit, key) in units {
                let (number, subset) = (order[&key], &subsets[order[&key]]);
                let advance = subset.font.glyph_advance(subset.units[unit]);
                places.insert(unit, GlyphPlace { subset: number, code: subset.code(unit), advance });
            }
        }
        Self { places, subsets }
    }

    /// The subsets, each under its name in the pages' resources.
    pub(super) fn subsets(&self) -> impl Iterator<Item = (FontId, &Subset<'t, 'f>)> {
        self.subsets.iter().enumerate().map(|(number, subset)| (font_id(number), subset))
    }

    /// Where a unit is that the document draws.
    pub(super) fn place(&self, weight: Weight, unit: &str) -> GlyphPlace {
        *self.places[&weight].get(unit).expect("all that is drawn was collected")
    }

    /// A page that draws every unit once, for printpdf to see which there are.
    pub(super) fn specimen(&self) -> PdfPage {
        let mut ops = vec![Op::StartTextSection];
        for (id, subset) in self.subsets() {
            let codes = subset.units.keys().map(|unit| {
                let code = subset.code(unit);
                Codepoint::with_cid(code, 0.0, (*unit).to_owned())
            });
            ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codes.collect())] });
        }
        ops.push(Op::EndTextSection);
        PdfPage::new(Mm(1.0), Mm(1.0), ops)
    }
}

/// Puts a unit into the first subset of its font where its glyph is not taken by another.
fn put<'t, 'f>(
    drafts: &mut BTreeMap<(usize, usize), Draft<'t, 'f>>,
    unit: &'t str,
    found: Found<'f>,
) -> (usize, usize) {
    let mut key = (found.number, 0);
    loop {
        let draft = drafts.entry(key).or_insert_with(|| Draft {
            font: found.font,
            units: BTreeMap::new(),
            taken: BTreeSet::new(),
        });
        if draft.units.contains_key(unit) {
            return key;
        }
        if draft.taken.insert(found.glyph) {
            draft.units.insert(unit, found.glyph);
            return key;
        }
        key.1 += 1;
    }
}

/// The name of a subset in the pages' resources.
fn font_id(number: usize) -> FontId {
    FontId(format!("T{number}"))
}

impl<'t, 'f> Subset<'t, 'f> {
    fn of(draft: Draft<'t, 'f>) -> Self {
        let glyphs: Vec<GlyphId> = draft.taken.into_iter().collect();
        let numbers = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        Self { font: draft.font, units: draft.units, numbers }
    }

    /// The font that this is a part of.
    pub(super) fn font(&self) -> &Font<'f> {
        self.font
    }

    /// The code of a unit.
    fn code(&self, unit: &str) -> Code {
        self.numbers.get(self.units[unit]).expect("every glyph was numbered")
    }

    /// The part of the font that the document needs, as printpdf takes it: with the whole font's metrics,
    /// in thousandths of the text size.
    pub(super) fn program(&self) -> Result<ParsedFont, Fault> {
        let face = self.font.face();
        let (data, index) = self.font.data();
        let bytes = subsetter::subset(data, index, &self.numbers)
            .map_err(|_| Fault::BrokenFont { name: face.name.clone() })?;
        let characters = self.units.keys().filter_map(|unit| Some((single(unit)?.into(), self.code(unit))));
        let advances = self.units.iter().map(|(unit, &glyph)| {
            let advance = self.font.glyph_advance(glyph);
            (self.code(unit), u16::try_from(advance).expect("advances are short"))
        });
        let metrics = FontMetrics { ascent: short(face.ascent), descent: short(-face.descent) };
        let mut parsed = ParsedFont::with_glyph_data(
            bytes,
            0,
            Some(format!("{}+{}", self.tag(), face.name)),
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
        Ok(parsed)
    }

    /// Six letters that tell subsets of one font from each other.
    fn tag(&self) -> String {
        let mut hash = Sha256::new_with_prefix(&self.font.face().name);
        for glyph in self.numbers.remapped_gids() {
            hash.update(glyph.to_be_bytes());
        }
        hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }
}

/// The character that the unit consists of.
fn single(unit: &str) -> Option<char> {
    let mut chars = unit.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn short(thousandths: i32) -> i16 {
    i16::try_from(thousandths).expect("a font's lengths are limited when it is read")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs<'t, 'f>(fonts: &'f Fonts<'_>, units: &[&'t str]) -> Glyphs<'t, 'f> {
        let find = |&unit: &&'t str| (unit, fonts.chain(Weight::Regular).find(unit).unwrap());
        Glyphs::number([(Weight::Regular, units.iter().map(find).collect())].into())
    }

    #[test]
    fn every_unit_has_its_code() {
        let fonts = Fonts::embedded();
        let check = |units: &[&str], expected: &[(usize, Code)]| {
            let glyphs = glyphs(&fonts, units);
            let place = |unit| glyphs.place(Weight::Regular, unit);
            let found = units.iter().map(|unit| (place(unit).subset, place(unit).code));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{units:?}");
        };
        check(&[], &[]);
        check(&["0", "葛", "神"], &[(0, 1), (0, 2), (0, 3)]);
        check(&["葛\u{E0100}", "葛"], &[(0, 2), (0, 1)]);
        check(&["葛\u{E0101}", "葛"], &[(1, 1), (0, 1)]);
        check(&["神", "神\u{FE00}", "\u{FA19}"], &[(0, 1), (0, 2), (1, 1)]);
    }

    #[test]
    fn the_tag_names_the_set() {
        let fonts = Fonts::embedded();
        let tag = |units: &[&str]| glyphs(&fonts, units).subsets[0].tag();
        assert_eq!(tag(&["園", "校"]), tag(&["校", "園"]));
        assert_ne!(tag(&["園", "校"]), tag(&["園"]));
        assert!(tag(&["園"]).chars().all(|c| c.is_ascii_uppercase()));
        assert_eq!(tag(&["園"]).len(), 6);
    }
}
