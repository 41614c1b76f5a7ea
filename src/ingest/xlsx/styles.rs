//! The styles of a workbook's cells, as the library resolves them: what they say of text, and how cells look.

use super::super::axis::POINT;
use super::super::cell::{Style, japanese_built_in, unseen};
use super::super::format::NumberFormat;
use super::super::looks::{self, Palette, Sketch};
use super::marks::Styled;
use crate::model::{Alignment, CellAlign, Look, Setting};
use calamine::{Color, FillPattern, HorizontalAlignment, TextRotation, VerticalAlignment};

/// The styles by their numbers.
pub(super) struct Styles {
    stated: Vec<calamine::Style>,
    pub(super) texts: Vec<Style>,
    pub(super) palette: Palette,
}

impl Styles {
    pub(super) fn of(stated: &[calamine::Style]) -> Self {
        Self {
            texts: stated.iter().map(text).collect(),
            palette: Palette::of_styles(stated.iter().map(look)),
            stated: stated.to_vec(),
        }
    }

    /// The looks of a sheet's rows and columns that have a style as a whole.
    pub(super) fn sketch(&self, styled: &Styled) -> Sketch {
        let mut sketch = Sketch::default();
        for (first, last, style) in &styled.columns {
            sketch.columns(*first, *last, self.palette.style(*style));
        }
        for (row, style) in &styled.rows {
            sketch.row(*row, self.palette.style(*style));
        }
        sketch
    }

    /// How the text of a cell of a style is set.
    pub(super) fn setting(&self, style: usize) -> Setting {
        self.stated.get(style).map_or_else(|| setting(&calamine::Style::default()), setting)
    }
}

/// How a cell of a style looks.
fn look(style: &calamine::Style) -> Look {
    let [left, top, right, bottom] = style.borders.as_ref().map_or([false; 4], |borders| {
        [&borders.left, &borders.top, &borders.right, &borders.bottom].map(calamine::Border::is_visible)
    });
    let set = style.alignment.as_ref();
    let across = set.map(|set| set.horizontal).unwrap_or_default();
    Look {
        left,
        top,
        right,
        bottom,
        fill: style.fill.as_ref().and_then(fill),
        bold: style.font.as_ref().is_some_and(calamine::Font::is_bold),
        align: match across {
            HorizontalAlignment::Left => CellAlign::Left,
            HorizontalAlignment::Center => CellAlign::Centre,
            HorizontalAlignment::CenterContinuous => CellAlign::CentreAcross,
            HorizontalAlignment::Right => CellAlign::Right,
            HorizontalAlignment::Fill => CellAlign::Fill,
            HorizontalAlignment::Justify => CellAlign::Justify,
            HorizontalAlignment::Distributed => CellAlign::Distributed,
            _ => CellAlign::General,
        },
        is_vertical: set.is_some_and(|set| match set.text_rotation {
            TextRotation::Degrees(turn) => looks::is_vertical(turn),
            turn => turn == TextRotation::Stacked,
        }),
    }
}

/// The colour of a ground that is not white. The library tells nothing of gradients.
fn fill(fill: &calamine::Fill) -> Option<u32> {
    let channels = |colour: Color| [colour.red, colour.green, colour.blue];
    let (front, back) = (fill.foreground_color.map(channels), fill.background_color.map(channels));
    match fill.pattern {
        FillPattern::None => None,
        FillPattern::Solid => front.and_then(looks::ground),
        _ => looks::hatched(front, back),
    }
}

/// How the text of a cell of a style is set.
fn setting(style: &calamine::Style) -> Setting {
    let points = style.font.as_ref().and_then(|font| font.size).unwrap_or(11.0);
    let across = style.alignment.as_ref().map(|it| it.horizontal).unwrap_or_default();
    let down = style.alignment.as_ref().map(|it| it.vertical).unwrap_or_default();
    let is_plain = style.alignment.as_ref().is_none_or(|it| {
        it.text_rotation == TextRotation::None && !it.shrink_to_fit && it.indent.unwrap_or(0) == 0
    });
    Setting {
        em: whole_points(points) * POINT,
        across: match across {
            _ if !is_plain => Alignment::Other,
            HorizontalAlignment::General | HorizontalAlignment::Left => Alignment::Start,
            HorizontalAlignment::Center => Alignment::Middle,
            HorizontalAlignment::Right => Alignment::End,
            _ => Alignment::Other,
        },
        down: match down {
            VerticalAlignment::Top => Alignment::Start,
            VerticalAlignment::Center => Alignment::Middle,
            VerticalAlignment::Bottom => Alignment::End,
            _ => Alignment::Other,
        },
        wraps: style.alignment.as_ref().is_some_and(|it| it.wrap_text),
    }
}

/// A size of a font in whole points: where text ends is an estimate.
fn whole_points(points: f64) -> i64 {
    (1..=409).find(|&whole| f64::from(i32::try_from(whole).unwrap_or(0)) >= points).unwrap_or(409)
}

/// The number format of a style, as Japanese Excel reads it, whether its font is struck through, and whether it can be
/// seen.
fn text(style: &calamine::Style) -> Style {
    let code = style.number_format.as_ref().map_or("General", |format| {
        format.format_id.and_then(japanese_built_in).unwrap_or(&format.format_code)
    });
    let struck = style.font.as_ref().is_some_and(calamine::Font::has_strikethrough);
    let rgb = |colour: calamine::Color| [colour.red, colour.green, colour.blue];
    let font = style.font.as_ref();
    // Hatched grounds and those of two colours hide nothing.
    let ground = match style.fill.as_ref() {
        None => Some(None),
        Some(fill) if fill.pattern == FillPattern::None => Some(None),
        Some(fill) if fill.pattern == FillPattern::Solid => Some(fill.foreground_color.map(rgb)),
        Some(_) => None,
    };
    let (colour, size) = (font.and_then(|font| font.color).map(rgb), font.and_then(|font| font.size));
    let unseen = ground.and_then(|ground| unseen(colour, size, ground));
    let is_on_white = ground.is_some_and(|ground| ground.is_none_or(|ground| ground == [255; 3]));
    Style { format: NumberFormat::new(code), struck, unseen, is_on_white }
}
