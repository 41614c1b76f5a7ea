//! The styles of an xlsb's cells, from the records of their part: what they say of text, and how cells look.

use super::super::cell::{Style, built_in, unseen};
use super::super::compound::{u16_at, u32_at};
use super::super::format::NumberFormat;
use super::super::looks::{self, Palette};
use super::scan::{records, wide_text};
use crate::model::Look;
use std::collections::BTreeMap;

/// The styles by their numbers.
pub(super) struct Styles {
    pub(super) texts: Vec<Style>,
    pub(super) palette: Palette,
    /// Whether each font is struck through.
    pub(super) fonts: Vec<bool>,
}

/// The records that are looked at.
mod record {
    pub(super) const FONT: u32 = 0x002B;
    pub(super) const FORMAT: u32 = 0x002C;
    pub(super) const FILL: u32 = 0x002D;
    pub(super) const BORDER: u32 = 0x002E;
    pub(super) const STYLE: u32 = 0x002F;
    /// Begin and end of the styles of cells; others are those that these stem from.
    pub(super) const CELL_STYLES: u32 = 0x0269;
    pub(super) const CELL_STYLES_END: u32 = 0x026A;
}

/// Flag of a font: struck through.
const STRUCK: u16 = 0x0008;
/// The least weight of a font that is bold.
const BOLD: u16 = 600;

/// A font, as far as it matters.
#[derive(Clone, Copy, Default)]
struct Font {
    struck: bool,
    colour: Option<[u8; 3]>,
    points: Option<f64>,
    bold: bool,
}

/// A ground: its pattern and two colours.
#[derive(Clone, Copy, Default)]
struct Fill {
    pattern: u32,
    front: Option<[u8; 3]>,
    back: Option<[u8; 3]>,
}

/// The records that styles refer to, and the styles.
#[derive(Default)]
struct Stated<'a> {
    fonts: Vec<Font>,
    formats: BTreeMap<u16, String>,
    fills: Vec<Fill>,
    /// Whether a border is drawn at the left, above, at the right, below.
    borders: Vec<[bool; 4]>,
    styles: Vec<&'a [u8]>,
}

/// Reads the part.
pub(super) fn read(stream: &[u8]) -> Styles {
    let mut stated = Stated::default();
    let mut of_cells = false;
    for (kind, data) in records(stream) {
        match kind {
            record::FONT => stated.fonts.push(font(data)),
            record::FILL => stated.fills.push(Fill {
                pattern: u32_at(data, 0).unwrap_or(0),
                front: colour(data, 4),
                back: colour(data, 12),
            }),
            // A flag, then a kind of line and its colour for each edge, the upper and the lower one first.
            record::BORDER => stated.borders.push([21, 1, 31, 11].map(|at| data.get(at) > Some(&0))),
            record::FORMAT => {
                let code = wide_text(data, 2).map(|(code, _)| code);
                stated.formats.extend(u16_at(data, 0).zip(code));
            }
            record::CELL_STYLES => of_cells = true,
            record::CELL_STYLES_END => of_cells = false,
            record::STYLE if of_cells => stated.styles.push(data),
            _ => {}
        }
    }
    Styles {
        texts: stated.styles.iter().map(|style| stated.text(style)).collect(),
        palette: Palette::of_styles(stated.styles.iter().map(|style| stated.look(style))),
        fonts: stated.fonts.iter().map(|font| font.struck).collect(),
    }
}

impl Stated<'_> {
    /// What a style says of text.
    fn text(&self, style: &[u8]) -> Style {
        let format = u16_at(style, 2).unwrap_or_default();
        let code = self.formats.get(&format).map(String::as_str).or_else(|| built_in(u32::from(format)));
        let font = referred(&self.fonts, style, 4);
        // Hatched grounds hide nothing.
        let ground = self.fills.get(usize::from(u16_at(style, 6).unwrap_or_default()));
        let ground = ground.and_then(|fill| match fill.pattern {
            0 => Some(None),
            1 => fill.front.map(Some),
            _ => None,
        });
        Style {
            format: NumberFormat::new(code.unwrap_or("General")),
            struck: font.struck,
            unseen: ground.and_then(|ground| unseen(font.colour, font.points, ground)),
            is_on_white: ground.is_some_and(|ground| ground.is_none_or(|ground| ground == [255; 3])),
        }
    }

    /// How a cell of a style looks.
    fn look(&self, style: &[u8]) -> Look {
        let fill = referred(&self.fills, style, 6);
        let [left, top, right, bottom] = referred(&self.borders, style, 8);
        Look {
            left,
            top,
            right,
            bottom,
            fill: looks::patterned(fill.pattern, fill.front, fill.back),
            bold: referred(&self.fonts, style, 4).bold,
            align: looks::align(u16_at(style, 12).unwrap_or(0)),
            is_vertical: style.get(10).is_some_and(|turn| looks::is_vertical(u16::from(*turn))),
        }
    }
}

/// What a style refers to by a number at a place.
fn referred<T: Copy + Default>(records: &[T], style: &[u8], at: usize) -> T {
    let number = u16_at(style, at).unwrap_or_default();
    records.get(usize::from(number)).copied().unwrap_or_default()
}

fn font(data: &[u8]) -> Font {
    Font {
        struck: u16_at(data, 2).is_some_and(|flags| flags & STRUCK != 0),
        colour: colour(data, 12),
        points: u16_at(data, 0).map(|twentieths| f64::from(twentieths.div_ceil(20))),
        bold: u16_at(data, 4).is_some_and(|weight| weight >= BOLD),
    }
}

/// A colour that the file states as red, green and blue, whatever it is derived from.
fn colour(data: &[u8], at: usize) -> Option<[u8; 3]> {
    let is_stated = data.get(at)? & 1 == 1;
    is_stated.then(|| Some([*data.get(at + 4)?, *data.get(at + 5)?, *data.get(at + 6)?])).flatten()
}
