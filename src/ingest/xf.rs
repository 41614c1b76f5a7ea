//! The style records (XF) of an Excel 97–2003 book, as far as they say how cells look \[MS-XLS\] 2.4.353.

use super::compound::{u16_at, u32_at};
use super::looks;
use crate::model::Look;

/// The colours from number 8 on of a book that brings none, as 0xRRGGBB \[MS-XLS\] 2.5.161.
const USUAL: [u32; 56] = [
    0x0000_0000,
    0x00FF_FFFF,
    0x00FF_0000,
    0x0000_FF00,
    0x0000_00FF,
    0x00FF_FF00,
    0x00FF_00FF,
    0x0000_FFFF,
    0x0080_0000,
    0x0000_8000,
    0x0000_0080,
    0x0080_8000,
    0x0080_0080,
    0x0000_8080,
    0x00C0_C0C0,
    0x0080_8080,
    0x0099_99FF,
    0x0099_3366,
    0x00FF_FFCC,
    0x00CC_FFFF,
    0x0066_0066,
    0x00FF_8080,
    0x0000_66CC,
    0x00CC_CCFF,
    0x0000_0080,
    0x00FF_00FF,
    0x00FF_FF00,
    0x0000_FFFF,
    0x0080_0080,
    0x0080_0000,
    0x0000_8080,
    0x0000_00FF,
    0x0000_CCFF,
    0x00CC_FFFF,
    0x00CC_FFCC,
    0x00FF_FF99,
    0x0099_CCFF,
    0x00FF_99CC,
    0x00CC_99FF,
    0x00FF_CC99,
    0x0033_66FF,
    0x0033_CCCC,
    0x0099_CC00,
    0x00FF_CC00,
    0x00FF_9900,
    0x00FF_6600,
    0x0066_6699,
    0x0096_9696,
    0x0000_3366,
    0x0033_9966,
    0x0000_3300,
    0x0033_3300,
    0x0099_3300,
    0x0099_3366,
    0x0033_3399,
    0x0033_3333,
];
/// Numbers of a window's text and ground.
const TEXT: u16 = 64;
const GROUND: u16 = 65;

/// The colours of a book.
#[derive(Debug, Default)]
pub(super) struct Colours(Vec<[u8; 3]>);

impl Colours {
    /// Those that a palette states, from number 8 on.
    pub(super) fn of(data: &[u8]) -> Self {
        let stated = data.get(2..).unwrap_or_default().chunks_exact(4);
        Self(stated.map(|colour| [colour[0], colour[1], colour[2]]).collect())
    }

    fn get(&self, number: u16) -> Option<[u8; 3]> {
        // The first eight are there twice.
        let place = usize::from(if number < 8 { number } else { number - 8 });
        match number {
            TEXT => Some([0; 3]),
            GROUND => Some([u8::MAX; 3]),
            0..8 => usual(place),
            _ => self.0.get(place).copied().or_else(|| usual(place)),
        }
    }
}

fn usual(place: usize) -> Option<[u8; 3]> {
    USUAL.get(place).map(|colour| {
        let [_, red, green, blue] = colour.to_be_bytes();
        [red, green, blue]
    })
}

/// The look of a style, but for its font and colours, of which other records tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Xf {
    look: Look,
    pattern: u32,
    front: u16,
    back: u16,
}

impl Xf {
    /// The look that a record of Excel 97 and later states, or of Excel 5 and 95.
    pub(super) fn of(data: &[u8], is_old: bool) -> Self {
        let [set, more, colours] = [6, 10, 18].map(|at| u16_at(data, at).unwrap_or(0));
        let mut look = Look { align: looks::align(set), ..Look::default() };
        if is_old {
            // The kind of a line has three bits.
            let [ground, lines] = [8, 12].map(|at| u32_at(data, at).unwrap_or(0));
            let line = |bits: u32, at: u32| bits >> at & 7 != 0;
            (look.left, look.top, look.right) = (line(lines, 3), line(lines, 0), line(lines, 6));
            look.bottom = line(ground, 22);
            look.is_vertical = set >> 8 & 3 != 0;
            let [front, back] = [0, 7].map(|at| low(ground >> at));
            return Self { look, pattern: ground >> 16 & 0x3F, front, back };
        }
        [look.left, look.right, look.top, look.bottom] = [0, 4, 8, 12].map(|at| more >> at & 15 != 0);
        look.is_vertical = looks::is_vertical(set >> 8);
        let pattern = u32_at(data, 14).unwrap_or(0) >> 26;
        Self { look, pattern, front: colours & 0x7F, back: colours >> 7 & 0x7F }
    }

    /// The whole look.
    pub(super) fn look(&self, bold: bool, colours: &Colours) -> Look {
        // A ground of the colour of a window's text is one that nobody has chosen.
        let front = colours.get(if self.pattern == 1 && self.front == TEXT { GROUND } else { self.front });
        Look { bold, fill: looks::patterned(self.pattern, front, colours.get(self.back)), ..self.look }
    }
}

/// A colour's number.
fn low(bits: u32) -> u16 {
    u16::try_from(bits & 0x7F).unwrap_or(0)
}
