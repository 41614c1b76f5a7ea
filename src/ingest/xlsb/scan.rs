//! The records of an xlsb's parts that the library does not tell of: looks, hidden rows and columns, sizes, filters,
//! merges.

use super::super::archive::Archive;
use super::super::axis::{Axes, Axis, PIXEL, POINT};
use super::super::compound::{u16_at, u32_at};
use super::super::limits::count;
use super::super::looks::{Palette, Sketch};
use super::super::package::{Listed, Relation, relations, workbook};
use super::super::runs::{self, Run};
use super::super::trouble::Refusal;
use crate::finding::Size;
use crate::model::Limits;
use calamine::{Dimensions, SheetVisible};
use std::collections::{BTreeMap, BTreeSet};

/// What the scan of a sheet found.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The style of each cell that has another than the first.
    pub(super) cells: BTreeMap<(u32, u32), usize>,
    /// The shared text of each cell that has one with runs of their own look.
    pub(super) rich: BTreeMap<(u32, u32), u32>,
    pub(super) hidden_rows: Vec<u32>,
    /// First and last column of each range.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) merges: Vec<Dimensions>,
    /// The cells of the filter, and whether it hides anything.
    filter: Option<Dimensions>,
    is_filtered: bool,
    /// Rows and columns of a size of their own: first, last and size in English Metric Units.
    pub(super) widths: Vec<(u32, u32, i64)>,
    heights: Vec<(u32, u32, i64)>,
    /// How its cells look.
    pub(super) sketch: Sketch,
}

/// English Metric Units of a digit's width, of a column without a width, and of a row without a height.
pub(super) const DIGIT: i64 = 8 * PIXEL;
const COLUMN: i64 = 72 * PIXEL;
const ROW: i64 = 1_875 * POINT / 100;

impl Sheet {
    /// The hidden rows that a filter hides.
    pub(super) fn filtered_rows(&self) -> BTreeSet<u32> {
        let filter = self.filter.filter(|_| self.is_filtered);
        let is_inside = |row: &&u32| filter.is_some_and(|area| (area.start.0 + 1..=area.end.0).contains(row));
        self.hidden_rows.iter().filter(is_inside).copied().collect()
    }

    /// Where the rows and columns are.
    pub(super) fn axes(&self) -> Axes {
        let hidden = self.hidden_rows.iter().map(|&row| (row, row, 0));
        let rows = hidden.chain(self.heights.iter().copied()).collect();
        let hidden = self.hidden_columns.iter().map(|&(first, last)| (first, last, 0));
        let columns = hidden.chain(self.widths.iter().copied()).collect();
        Axes { columns: Axis::new(columns, COLUMN), rows: Axis::new(rows, ROW) }
    }
}

/// The records that are looked at.
mod record {
    pub(super) const ROW: u32 = 0x0000;
    /// Blank cells to cells with formulas: all begin with column and style.
    pub(super) const CELLS: std::ops::RangeInclusive<u32> = 0x0001..=0x000B;
    /// A cell with a shared text.
    pub(super) const LABEL: u32 = 0x0007;
    pub(super) const SHARED_TEXT: u32 = 0x0013;
    pub(super) const COLUMNS: u32 = 0x003C;
    /// Properties of the workbook; among their flags the first day.
    pub(super) const PROPERTIES: u32 = 0x0099;
    pub(super) const BUNDLE: u32 = 0x009C;
    pub(super) const MERGE: u32 = 0x00B0;
    pub(super) const FILTER: u32 = 0x00A1;
    pub(super) const FILTER_COLUMN: u32 = 0x00A3;
}

/// Flag of a shared text: runs follow.
const RICH: u8 = 0x01;
/// Flags of a row: it is hidden; its height was set by hand, if only to nothing.
const ROW_HIDDEN: u8 = 0x10;
const ROW_SET: u8 = 0x20;
/// Flag of a row: it has a style as a whole.
const ROW_STYLED: u8 = 0x40;
/// Flag of a range of columns.
const COLUMNS_HIDDEN: u16 = 0x0001;

/// What the workbook's part says.
pub(super) struct Listing {
    pub(super) sheets: Vec<Listed>,
    pub(super) relations: Vec<Relation>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

impl Listing {
    /// Reads the workbook's part.
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Self, Refusal> {
        let workbook = workbook(archive).unwrap_or_else(|| "xl/workbook.bin".to_owned());
        let stream = archive.try_bytes(&workbook)?.ok_or_else(|| Refusal::Damaged(workbook.clone()))?;
        let relations = relations(archive, &workbook);
        let mut listing = Self { sheets: Vec::new(), relations, from_1904: false };
        for (kind, data) in records(&stream) {
            match kind {
                record::PROPERTIES => listing.from_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
                record::BUNDLE => {
                    let listed = listed(data).ok_or_else(|| Refusal::Damaged("BrtBundleSh".into()))?;
                    listing.sheets.push(listed);
                }
                _ => {}
            }
        }
        Ok(listing)
    }

    /// The workbook's part of a kind, or where it is by custom.
    pub(super) fn part(&self, kind: &str, custom: &str) -> String {
        let named = self.relations.iter().find(|relation| relation.kind == kind);
        named.map_or_else(|| custom.to_owned(), |relation| relation.target.clone())
    }
}

/// State, number, relation (of no length, if there is none), name.
fn listed(data: &[u8]) -> Option<Listed> {
    let (relation, end) = match u32_at(data, 8)? {
        u32::MAX => (String::new(), 12),
        _ => wide_text(data, 8)?,
    };
    let visibility = match u32_at(data, 0)? {
        0 => SheetVisible::Visible,
        2 => SheetVisible::VeryHidden,
        _ => SheetVisible::Hidden,
    };
    Some(Listed { name: wide_text(data, end)?.0, visibility, relation })
}

/// The shared texts that have runs of their own look, by their index.
pub(super) fn rich(stream: &[u8], fonts: &[bool]) -> BTreeMap<u32, Vec<Run>> {
    // Where no font strikes, no run does.
    if !fonts.contains(&true) {
        return BTreeMap::new();
    }
    let texts = records(stream).filter(|(kind, _)| *kind == record::SHARED_TEXT);
    let runs = texts.map(|(_, data)| {
        let (units, end) = wide_units(data, 1)?;
        let count = usize::try_from(u32_at(data, end)?).ok().filter(|_| data[0] & RICH != 0)?;
        let changes = data.get(end + 4..)?.chunks_exact(4).take(count).map(|change| {
            let font = usize::from(u16::from_le_bytes([change[2], change[3]]));
            (u16::from_le_bytes([change[0], change[1]]), fonts.get(font).copied().unwrap_or(false))
        });
        Some(runs::of_fonts(&units, &changes.collect::<Vec<_>>()))
    });
    (0..).zip(runs).filter_map(|(index, runs)| Some((index, runs.filter(|r| runs::is_rich(r))?))).collect()
}

/// Scans a sheet's part.
pub(super) fn sheet(
    stream: &[u8],
    rich: &BTreeMap<u32, Vec<Run>>,
    palette: &Palette,
    limits: &Limits,
) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::default();
    let mut row = 0;
    // The upper byte of a style's number holds flags.
    let style_at = |data: &[u8], at| usize::try_from(u32_at(data, at)? & 0x00FF_FFFF).ok();
    for (kind, data) in records(stream) {
        match kind {
            record::ROW => {
                row = u32_at(data, 0).unwrap_or(row);
                let (height, flags) = (u16_at(data, 8), data.get(11).copied().unwrap_or(0));
                if flags & ROW_HIDDEN != 0 || (flags & ROW_SET != 0 && height == Some(0)) {
                    sheet.hidden_rows.push(row);
                }
                if flags & ROW_STYLED != 0 {
                    sheet.sketch.row(row, palette.style(style_at(data, 4).unwrap_or(0)));
                }
                // Twentieths of a point.
                let height = height.map(|height| i64::from(height) * POINT / 20);
                sheet.heights.extend(height.map(|height| (row, row, height)));
            }
            record::FILTER => sheet.filter = merge(data),
            record::FILTER_COLUMN => sheet.is_filtered = true,
            record::COLUMNS => {
                let Some((first, last)) = u32_at(data, 0).zip(u32_at(data, 4)) else { continue };
                let width = u32_at(data, 8);
                sheet.sketch.columns(first, last, palette.style(style_at(data, 12).unwrap_or(0)));
                if width == Some(0) || u16_at(data, 16).is_some_and(|flags| flags & COLUMNS_HIDDEN != 0) {
                    sheet.hidden_columns.push((first, last));
                } else {
                    let width = width.map(|width| i64::from(width) * DIGIT / 256);
                    sheet.widths.extend(width.map(|width| (first, last, width)));
                }
            }
            record::MERGE => sheet.merges.extend(merge(data)),
            kind if record::CELLS.contains(&kind) => {
                let cell = u32_at(data, 0).zip(style_at(data, 4)).map(|(col, style)| ((row, col), style));
                if let Some(((row, col), style)) = cell {
                    sheet.sketch.cells(row, (col, col), palette.style(style));
                }
                sheet.cells.extend(cell.filter(|(_, style)| *style > 0));
                let text = u32_at(data, 8).filter(|text| kind == record::LABEL && rich.contains_key(text));
                sheet.rich.extend(cell.map(|(at, _)| at).zip(text));
                let cells = count(sheet.cells.len());
                if cells > limits.cells {
                    return Err(Refusal::too_large(Size::Cells, cells, limits.cells));
                }
            }
            _ => {}
        }
    }
    Ok(sheet)
}

fn merge(data: &[u8]) -> Option<Dimensions> {
    let [top, bottom, left, right] = [0, 4, 8, 12].map(|at| u32_at(data, at));
    Some(Dimensions::new((top?, left?), (bottom?, right?)))
}

/// A text with its length before it, and where it ends.
pub(super) fn wide_text(data: &[u8], at: usize) -> Option<(String, usize)> {
    wide_units(data, at).map(|(units, end)| (String::from_utf16_lossy(&units), end))
}

fn wide_units(data: &[u8], at: usize) -> Option<(Vec<u16>, usize)> {
    let start = at.checked_add(4)?;
    let end = start.checked_add(usize::try_from(u32_at(data, at)?).ok()?.checked_mul(2)?)?;
    let units = data.get(start..end)?.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]]));
    Some((units.collect(), end))
}

/// Kind and content of each record, to the end of the stream or of sense.
pub(super) fn records(mut stream: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let kind = u32::from(*stream.first()?);
        // Seven bits a byte; the first one's flag says that there is a second.
        let (kind, skipped) = match kind {
            0..0x80 => (kind, 1),
            _ => (kind & 0x7F | (u32::from(*stream.get(1)?) & 0x7F) << 7, 2),
        };
        let (len, start) = length(stream, skipped)?;
        let end = start.checked_add(len)?;
        let data = stream.get(start..end)?;
        stream = &stream[end..];
        Some((kind, data))
    })
}

/// A length of at most four bytes of seven bits, and where it ends.
fn length(stream: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut len = 0;
    for i in 0..4 {
        let byte = *stream.get(at + i)?;
        len |= usize::from(byte & 0x7F) << (7 * i);
        if byte < 0x80 {
            return Some((len, at + i + 1));
        }
    }
    Some((len, at + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_have_kinds_and_lengths_of_one_or_more_bytes() {
        let mut stream = vec![0x00, 0x02, 1, 2, 0xE9, 0x04, 0x00, 0x9C, 0x01, 0x81, 0x01];
        stream.extend([7; 129]);
        let found: Vec<_> = records(&stream).map(|(kind, data)| (kind, data.len())).collect();
        assert_eq!(found, [(record::ROW, 2), (0x0269, 0), (record::BUNDLE, 129)]);
        assert_eq!(records(&[0x00, 0x05, 1]).count(), 0);
    }
}
