//! The style of facsimiles: that of all pages, and the widths and colours that these have.

use crate::model::{CellAlign, FileFacsimile, Look, SheetFacsimile, Square, Strip};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");

/// Hundredths of a character of the widest column.
const WIDEST: u32 = 6_000;
/// Those of the narrowest one, in which a mark can be told.
const NARROWEST: u32 = 300;
/// Those of a column of a file without widths.
const USUAL: u32 = 1_400;

/// The style sheet.
pub(super) fn of(files: &[FileFacsimile]) -> String {
    let sheets = || files.iter().flat_map(|file| &file.sheets);
    let columns = sheets().flat_map(|sheet| &sheet.columns);
    let widths: BTreeSet<u32> = columns
        .filter_map(|column| match column {
            Strip::Shown(column) => Some(in_style(column.width)),
            Strip::Gap(_) => None,
        })
        .collect();
    let colours: BTreeSet<u32> = sheets().flat_map(fills).collect();
    let mut style = STYLE.to_owned();
    for width in widths {
        // A half-width character is half as wide as the letters are high.
        writeln!(style, ".w{width}{{width:{}.{:03}em}}", width / 200, width % 200 * 5)
            .expect("writing to a string does not fail");
    }
    for fill in colours {
        let ink = if is_dark(fill) { "#fff" } else { "#1c2430" };
        writeln!(style, ".f{fill:06x}{{background-color:#{fill:06x};color:{ink}}}")
            .expect("writing to a string does not fail");
    }
    style
}

fn fills(sheet: &SheetFacsimile) -> impl Iterator<Item = u32> {
    let rows = sheet.rows.iter().filter_map(|row| match row {
        Strip::Shown(row) => Some(row),
        Strip::Gap(_) => None,
    });
    rows.flat_map(|row| &row.cells).filter_map(|cell| match cell {
        Strip::Shown(square) => square.look.fill,
        Strip::Gap(_) => None,
    })
}

/// Whether white letters are better read on a colour than dark ones: by its luma, in thousandths.
fn is_dark(fill: u32) -> bool {
    let [_, red, green, blue] = fill.to_be_bytes().map(u32::from);
    299 * red + 587 * green + 114 * blue < 128_000
}

/// The width in which a column is shown.
fn in_style(width: Option<u32>) -> u32 {
    // A mark takes more room than figures do.
    let width = width.unwrap_or(USUAL).saturating_mul(5) / 4;
    width.clamp(NARROWEST, WIDEST)
}

/// The class of a column's width.
pub(super) fn width(width: Option<u32>) -> String {
    format!("w{}", in_style(width))
}

/// The classes of a cell's look.
pub(super) fn look(square: &Square) -> Option<String> {
    let Look { left, top, right, bottom, fill, bold, align, is_vertical } = square.look;
    let align = match align {
        CellAlign::General | CellAlign::Left | CellAlign::Fill | CellAlign::Justify => "",
        CellAlign::Centre | CellAlign::CentreAcross => "ac",
        CellAlign::Right => "ar",
        CellAlign::Distributed => "ad",
    };
    let parts = [
        (left, "bl"),
        (top, "bt"),
        (right, "br"),
        (bottom, "bb"),
        (bold, "bold"),
        (is_vertical, "vertical"),
        (!align.is_empty(), align),
    ];
    let mut classes: Vec<String> =
        parts.into_iter().filter(|(is, _)| *is).map(|(_, class)| class.to_owned()).collect();
    classes.extend(fill.map(|fill| format!("f{:06x}", fill & 0x00FF_FFFF)));
    (!classes.is_empty()).then(|| classes.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_white_on_what_is_dark() {
        for (fill, dark) in
            [(0x001F_4E79, true), (0x00FF_FF00, false), (0x0000_0000, true), (0x00D9_D9D9, false)]
        {
            assert_eq!(is_dark(fill), dark, "{fill:06x}");
        }
    }
}
