//! The looks of cells: font, borders, alignment.

use crate::emit::HEADER_GROUND;
use crate::model::{Align, Decoration, Length, NumberFormat};
use crate::template::PageSpec;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline};
use std::collections::BTreeMap;

/// The character set of Japanese fonts in Excel's files.
const SHIFT_JIS: u8 = 128;
/// Families of fonts in Excel's files: with serifs, and without them as Excel writes it for Japanese fonts.
const ROMAN: u8 = 1;
const MODERN: u8 = 3;
/// Ground of the header cells.
const GROUND: u32 = u32::from_be_bytes([0, HEADER_GROUND, HEADER_GROUND, HEADER_GROUND]);

/// Which sides of a cell lie on a frame, medium instead of thin.
#[expect(clippy::struct_excessive_bools, reason = "a cell has four sides")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Frame {
    pub(super) top: bool,
    pub(super) bottom: bool,
    pub(super) left: bool,
    pub(super) right: bool,
}

/// What makes cells of the body differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BodyLook<'a> {
    pub(super) frame: Frame,
    pub(super) align: Align,
    /// The cell has the ground of the header.
    pub(super) tinted: bool,
    /// The text stays a text when someone edits the cell.
    pub(super) literal: bool,
    /// Size of its letters, in per cent of the sheet's: a workbook has no narrower ones of the same size.
    pub(super) scale: i32,
    /// What is drawn along the whole text.
    pub(super) decoration: Option<Decoration>,
    /// The cell can be edited on a protected sheet.
    pub(super) unlocked: bool,
    /// How the cell's number is written.
    pub(super) number: Option<&'a NumberFormat>,
}

impl BodyLook<'_> {
    /// A cell with nothing particular.
    pub(super) fn plain(frame: Frame, align: Align) -> Self {
        Self {
            frame,
            align,
            tinted: false,
            literal: false,
            scale: 100,
            decoration: None,
            unlocked: false,
            number: None,
        }
    }
}

/// The looks of a sheet. Those of the body, which has most of the cells, are made once each.
pub(super) struct Styles<'a> {
    page: &'a PageSpec,
    body: BTreeMap<BodyLook<'a>, Format>,
}

impl<'a> Styles<'a> {
    /// The looks of a sheet with this paper.
    pub(super) fn of(page: &'a PageSpec) -> Self {
        Self { page, body: BTreeMap::new() }
    }

    /// The title above the table.
    pub(super) fn title(&self) -> Format {
        text(self.page, self.page.title_size).set_align(FormatAlign::Center).set_bold()
    }

    /// A line below the title.
    pub(super) fn subtitle(&self) -> Format {
        text(self.page, self.page.subtitle_size()).set_align(FormatAlign::Center)
    }

    /// A line above or below the table.
    pub(super) fn line(&self, align: Align) -> Format {
        text(self.page, self.page.font_size).set_align(horizontal(align))
    }

    /// A cell of the header.
    pub(super) fn header(&self, frame: Frame, scale: i32) -> Format {
        let format = framed(text(self.page, self.page.font_size * scale / 100), frame);
        format.set_align(FormatAlign::Center).set_background_color(GROUND)
    }

    /// A cell of the body.
    pub(super) fn body(&mut self, look: BodyLook<'a>) -> &Format {
        let page = self.page;
        self.body.entry(look).or_insert_with(|| body(page, look))
    }

    /// A run of a text in a cell of the body.
    pub(super) fn run(&self, decoration: Option<Decoration>, scale: i32) -> Format {
        let size = ratio(self.page.font_size * scale / 100, 1_000);
        decorated(font(&self.page.workbook_font).set_font_size(size), decoration)
    }

    /// A count of the tally: near its label, padded so that the digits stand below each other.
    pub(super) fn count(&self, frame: Frame) -> Format {
        body(self.page, BodyLook::plain(frame, Align::Left)).set_num_format("????0")
    }
}

fn body(page: &PageSpec, look: BodyLook<'_>) -> Format {
    let mut format =
        framed(text(page, page.font_size * look.scale / 100), look.frame).set_align(horizontal(look.align));
    if look.tinted {
        format = format.set_background_color(GROUND);
    }
    if look.literal {
        format = format.set_quote_prefix();
    }
    format = decorated(format, look.decoration);
    if let Some(code) = look.number.and_then(number_format) {
        format = format.set_num_format(code);
    }
    if look.unlocked { format.set_unlocked() } else { format }
}

fn decorated(format: Format, decoration: Option<Decoration>) -> Format {
    match decoration {
        None => format,
        Some(Decoration::Underline) => format.set_underline(FormatUnderline::Single),
        Some(Decoration::LineThrough) => format.set_font_strikethrough(),
    }
}

/// How Excel writes a number; `None` where its own way is the format's.
fn number_format(format: &NumberFormat) -> Option<String> {
    if *format == NumberFormat::default() {
        return None;
    }
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', r#""\"""#));
    let digits = if format.grouped { "#,##0" } else { "0" };
    let point = if format.decimals == 0 { "" } else { "." };
    let unit = match format.unit.as_str() {
        _ if format.percent => "%".to_owned(),
        "" => String::new(),
        unit => quoted(unit),
    };
    let positive = format!("{digits}{point}{}{unit}", "0".repeat(format.decimals as usize));
    Some(if format.triangle { format!("{positive};{}{positive}", quoted("△")) } else { positive })
}

fn text(page: &PageSpec, size: Length) -> Format {
    font(&page.workbook_font)
        .set_font_size(ratio(size, 1_000))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn font(name: &str) -> Format {
    Format::new().set_font_name(name).set_font_family(family(name)).set_font_charset(SHIFT_JIS)
}

/// The family of a typeface. Where the typeface is not installed, Excel takes one of the same family and character
/// set: ＭＳ ゴシック or ＭＳ 明朝, which every Japanese Windows has and whose full-width and half-width characters are
/// as wide as those of the default typeface, so that lines break at the same places.
pub(super) fn family(name: &str) -> u8 {
    if ["明朝", "Mincho", "Serif"].iter().any(|word| name.contains(word)) { ROMAN } else { MODERN }
}

/// The workbook's own style, which gives the unit of all column widths: the width of its digits. This font has
/// digits of exactly half its size, so that 12 points make 8 pixels at every screen resolution, and every Windows
/// since 2018 has it. The cells have the template's font.
pub(super) fn normal() -> Format {
    font("BIZ UDゴシック").set_font_size(12)
}

/// A fraction as the file format states it.
#[expect(clippy::float_arithmetic, reason = "the file states points and inches as decimal fractions")]
pub(super) fn ratio(length: Length, unit: Length) -> f64 {
    f64::from(length) / f64::from(unit)
}

fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right | Align::Decimal => FormatAlign::Right,
    }
}

fn framed(format: Format, frame: Frame) -> Format {
    let border = |medium| if medium { FormatBorder::Medium } else { FormatBorder::Thin };
    format
        .set_border_top(border(frame.top))
        .set_border_bottom(border(frame.bottom))
        .set_border_left(border(frame.left))
        .set_border_right(border(frame.right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_writes_numbers_as_their_format_says() {
        let format = |decimals, grouped, triangle, unit: &str| NumberFormat {
            decimals,
            grouped,
            triangle,
            unit: unit.to_owned(),
            percent: false,
        };
        for (format, code) in [
            (NumberFormat::default(), None),
            (format(1, false, false, ""), Some("0.0")),
            (format(0, true, true, "円"), Some(r##"#,##0"円";"△"#,##0"円""##)),
            (format(0, false, false, "5\"管"), Some(r#"0"5"\""管""#)),
        ] {
            assert_eq!(number_format(&format).as_deref(), code);
        }
    }
}
