//! Fonts: which font and which glyph draw a piece of text, how wide it is, and what a PDF says about the typeface.
//!
//! Text is drawn unit by unit: a character with the variation selector or the combining marks that follow it. A
//! unit has one glyph or none; there is no shaping beyond that, and none is needed for the horizontal setting of
//! Japanese. A [`Chain`] asks its fonts in order, and the first one that has the unit draws it.

mod chain;
mod fault;
mod file;
mod named;

pub use chain::{Chain, Fonts, Found, Weight};
pub use fault::FontFault;
pub use file::{Face, Font, GlyphId};
pub use named::refused;

use crate::finding::code_points;

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

/// Combining marks. The fonts have them as spacing glyphs only: what upstream could not compose (か゚)
/// cannot be drawn.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{20D0}'..='\u{20F0}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
