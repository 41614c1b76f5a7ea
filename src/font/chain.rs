//! Chains of fonts: each font fills the gaps of the ones before it.

use super::{Font, GlyphId, units};
use crate::layout::{Metrics, TextRole};
use crate::template::BoldText;

/// The fonts of a document.
///
/// The regular texts are drawn by the template's regular font (or, without one, by the embedded font), then by its
/// fallbacks, then by the embedded font. Bold texts are drawn by the bold font first.
#[derive(Clone)]
pub struct Fonts<'a> {
    regular: Chain<'a>,
    bold: Chain<'a>,
    bold_for: Vec<BoldText>,
}

/// The weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Body text.
    Regular,
    /// What the template sets apart.
    Bold,
}

/// Fonts that are asked in order, each with its number among the fonts of the document; never empty.
#[derive(Clone)]
pub struct Chain<'a>(Vec<(usize, Font<'a>)>);

/// What draws a unit.
#[derive(Clone, Copy)]
pub struct Found<'f> {
    /// The font's number among the fonts of the document.
    pub number: usize,
    /// The font.
    pub font: &'f Font<'f>,
    /// Its glyph.
    pub glyph: GlyphId,
}

impl Fonts<'static> {
    /// The embedded font alone.
    pub fn embedded() -> Self {
        Self::new(None, None, Vec::new(), &[])
    }
}

impl<'a> Fonts<'a> {
    /// The fonts that a template names. Without a bold font, nothing is bold.
    pub fn new(
        regular: Option<Font<'a>>,
        bold: Option<Font<'a>>,
        fallback: Vec<Font<'a>>,
        bold_for: &[BoldText],
    ) -> Self {
        let (first, last) = match regular {
            Some(font) => (font, Some(Font::embedded())),
            None => (Font::embedded(), None),
        };
        let fonts: Vec<_> = [first].into_iter().chain(fallback).chain(last).enumerate().collect();
        let bold: Vec<_> = bold.map(|font| (fonts.len(), font)).into_iter().collect();
        let bold_for = if bold.is_empty() { Vec::new() } else { bold_for.to_vec() };
        Self { bold: Chain(bold.into_iter().chain(fonts.clone()).collect()), regular: Chain(fonts), bold_for }
    }

    /// The weight of a role's texts.
    pub fn weight(&self, role: TextRole) -> Weight {
        let text = match role {
            TextRole::Title => BoldText::Title,
            TextRole::Header(_) | TextRole::RepeatedHeader(_) => BoldText::Header,
            _ => return Weight::Regular,
        };
        if self.bold_for.contains(&text) { Weight::Bold } else { Weight::Regular }
    }

    /// The fonts that draw texts of a weight.
    pub fn chain(&self, weight: Weight) -> &Chain<'a> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl<'a> Chain<'a> {
    /// The first font that can draw a unit as written, and its glyph.
    pub fn find(&self, unit: &str) -> Option<Found<'_>> {
        self.0
            .iter()
            .find_map(|(number, font)| font.glyph(unit).map(|glyph| Found { number: *number, font, glyph }))
    }

    /// The font whose em box the lines are spaced by. The others stand on its baseline: the characters of Japanese
    /// fonts fill the same box to a few hundredths.
    fn first(&self) -> &Font<'a> {
        let (_, font) = self.0.first().expect("a chain has a font");
        font
    }
}

impl Metrics for Chain<'_> {
    fn advance(&self, cluster: &str) -> i32 {
        let advance = |unit| self.find(unit).map_or(1000, |found| found.font.glyph_advance(found.glyph));
        units(cluster).map(advance).sum()
    }

    fn covers(&self, cluster: &str) -> bool {
        units(cluster).all(|unit| self.find(unit).is_some())
    }

    fn ascent(&self) -> i32 {
        self.first().em_box().0
    }

    fn descent(&self) -> i32 {
        self.first().em_box().1
    }

    fn of(&self, _role: TextRole) -> &dyn Metrics {
        self
    }
}

/// Texts are measured in the regular weight unless the role is known.
impl Metrics for Fonts<'_> {
    fn advance(&self, cluster: &str) -> i32 {
        self.regular.advance(cluster)
    }

    fn covers(&self, cluster: &str) -> bool {
        self.regular.covers(cluster)
    }

    fn ascent(&self) -> i32 {
        self.regular.ascent()
    }

    fn descent(&self) -> i32 {
        self.regular.descent()
    }

    fn of(&self, role: TextRole) -> &dyn Metrics {
        self.chain(self.weight(role))
    }
}

#[cfg(test)]
mod tests {
    use super::super::name_unit;
    use super::*;

    #[test]
    fn clusters_are_half_or_full_width() {
        let fonts = Fonts::embedded();
        let check = |cluster, expected| assert_eq!(fonts.advance(cluster), expected, "{cluster}");
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
        let fonts = Fonts::embedded();
        let check = |text, expected: Option<&str>| {
            let missing = units(text).find(|unit| !fonts.covers(unit));
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
}
