//! The looks of cells: font, borders, alignment.

use crate::emit::HEADER_GROUND;
use crate::model::Length;
use crate::template::{Align, PageSpec};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// The character set of Japanese fonts in Excel's files.
const SHIFT_JIS: u8 = 128;
/// Ground of the header cells.
const GROUND: u32 = u32::from_be_bytes([0, HEADER_GROUND, HEADER_GROUND, HEADER_GROUND]);

/// Which sides of a cell lie on a frame, medium instead of thin.
#[expect(clippy::struct_excessive_bools, reason = "a cell has four sides")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) top: bool,
    pub(super) bottom: bool,
    pub(super) left: bool,
    pub(super) right: bool,
}

/// The font of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks<'a>(pub(super) &'a PageSpec);

impl Looks<'_> {
    /// The title above the table.
    pub(super) fn title(self) -> Format {
        self.text(self.0.title_size).set_align(FormatAlign::Center).set_bold()
    }

    /// A line below the title.
    pub(super) fn subtitle(self) -> Format {
        self.text(self.0.subtitle_size()).set_align(FormatAlign::Center)
    }

    /// A line above or below the table.
    pub(super) fn line(self, align: Align) -> Format {
        self.text(self.0.font_size).set_align(horizontal(align))
    }

    /// A cell of the header.
    pub(super) fn header(self, frame: Frame) -> Format {
        framed(self.text(self.0.font_size), frame).set_align(FormatAlign::Center).set_background_color(GROUND)
    }

    /// A cell of the body. `literal` keeps the text a text when someone edits the cell.
    pub(super) fn body(self, frame: Frame, align: Align, literal: bool) -> Format {
        let format = framed(self.text(self.0.font_size), frame).set_align(horizontal(align));
        if literal { format.set_quote_prefix() } else { format }
    }

    /// A count of the tally: near its label, padded so that the digits stand below each other.
    pub(super) fn count(self, frame: Frame) -> Format {
        self.body(frame, Align::Left, false).set_num_format("????0")
    }

    fn text(self, size: Length) -> Format {
        Format::new()
            .set_font_name(&self.0.workbook_font)
            .set_font_charset(SHIFT_JIS)
            .set_font_size(ratio(size, 1_000))
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
    }
}

/// The workbook's own style, which gives the unit of all column widths: the width of its digits. This font has
/// digits of exactly half its size, so that 12 points make 8 pixels at every screen resolution, and every Windows
/// since 2018 has it. The cells have the template's font.
pub(super) fn normal() -> Format {
    Format::new().set_font_name("BIZ UDゴシック").set_font_charset(SHIFT_JIS).set_font_size(12)
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
        Align::Right => FormatAlign::Right,
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
