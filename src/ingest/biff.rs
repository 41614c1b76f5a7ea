//! The records of an Excel 97–2003 book, scanned before it is read: how large its grids are, and which number
//! format each cell has.

use super::cell::built_in;
use super::compound::{u16_at, u32_at};
use super::limits;
use super::trouble::{Size, Stop};
use std::collections::BTreeMap;

/// The style of each cell with content, by row and column.
type Styles = BTreeMap<(u32, u32), u16>;

/// What the scan found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Number format code of each style.
    pub(super) codes: Vec<String>,
    /// Of each sheet, in the book's order.
    pub(super) sheets: Vec<Styles>,
}

/// The records of a sheet that are looked at.
mod record {
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const BOF: u16 = 0x0809;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const MUL_RK: u16 = 0x00BD;
    /// Formula, number, label, rich string, Boolean or error, RK, label in the shared table.
    pub(super) const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];
}

/// A grid spans at most 65,536 rows of 256 columns.
const MOST_CELLS: u64 = 65_536 * 256;

/// Scans the workbook stream.
pub(super) fn scan(stream: &[u8]) -> Result<Scan, Stop> {
    let mut custom = BTreeMap::new();
    let mut styles = Vec::new();
    let mut starts = Vec::new();
    let mut old = false;
    for (kind, data) in records(stream) {
        match kind {
            record::FILE_PASS if u16_at(data, 0) != Some(0) => return Err(Stop::Encrypted),
            record::BOF => old = u16_at(data, 0).is_some_and(|version| version < 0x0600),
            record::FORMAT => custom.extend(format_code(data, old)),
            record::XF => styles.push(u16_at(data, 2).unwrap_or(0)),
            record::BOUND_SHEET => starts.extend(u32_at(data, 0)),
            record::EOF => break,
            _ => {}
        }
    }
    let code = |id: &u16| {
        let code = custom.get(id).map(String::as_str).or_else(|| built_in(u32::from(*id)));
        code.unwrap_or("General").to_owned()
    };
    let mut scan = Scan { codes: styles.iter().map(code).collect(), sheets: Vec::new() };
    let mut total = 0;
    for start in starts {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let sheet = stream.get(start..).ok_or_else(|| Stop::Damaged("BoundSheet".into()))?;
        let (cells, area) = sheet_cells(sheet)?;
        total += area;
        if total > limits::GRID_CELLS {
            return Err(Stop::TooLarge(Size::Grid));
        }
        scan.sheets.push(cells);
    }
    Ok(scan)
}

/// The style of each cell, and the area of the grid that holds them all.
fn sheet_cells(sheet: &[u8]) -> Result<(Styles, u64), Stop> {
    let mut cells = BTreeMap::new();
    let mut depth = 0;
    for (kind, data) in records(sheet) {
        match kind {
            record::BOF => depth += 1,
            record::EOF if depth > 1 => depth -= 1,
            record::EOF => break,
            // An embedded chart has cells of its own.
            _ if depth > 1 => {}
            record::DIMENSIONS => check_dimensions(data)?,
            record::MUL_RK => cells.extend(many(data)),
            _ if record::CELLS.contains(&kind) => cells.extend(cell(data)),
            _ => {}
        }
    }
    let area = match (cells.first_key_value(), cells.last_key_value()) {
        (Some(((top, _), _)), Some(((bottom, _), _))) => {
            let left = cells.keys().map(|(_, col)| *col).min().unwrap_or(0);
            let right = cells.keys().map(|(_, col)| *col).max().unwrap_or(0);
            u64::from(bottom - top + 1) * u64::from(right - left + 1)
        }
        _ => 0,
    };
    Ok((cells, area))
}

/// The library reserves memory for the dimensions that a sheet announces.
fn check_dimensions(data: &[u8]) -> Result<(), Stop> {
    let ends = match data.len() {
        10 => u16_at(data, 0).zip(u16_at(data, 2)).map(|(first, end)| (u32::from(first), u32::from(end))),
        _ => u32_at(data, 0).zip(u32_at(data, 4)),
    };
    let columns = u16_at(data, if data.len() == 10 { 6 } else { 10 }).map_or(0, u32::from);
    match ends {
        Some((_, end)) if end == 0 || columns == 0 => Ok(()),
        Some((first, end)) if first < end && u64::from(end - first) * u64::from(columns) <= MOST_CELLS => {
            Ok(())
        }
        _ => Err(Stop::Damaged("Dimensions".into())),
    }
}

fn cell(data: &[u8]) -> Option<((u32, u32), u16)> {
    Some(((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)), u16_at(data, 4)?))
}

/// A record of many numbers side by side: row, first column, (style, number) …, last column.
fn many(data: &[u8]) -> impl Iterator<Item = ((u32, u32), u16)> {
    let start = u16_at(data, 0).zip(u16_at(data, 2));
    let styles = data.get(4..).unwrap_or_default().chunks_exact(6).map(|c| u16::from_le_bytes([c[0], c[1]]));
    start.into_iter().flat_map(move |(row, first)| {
        (u32::from(first)..).zip(styles.clone()).map(move |(col, style)| ((u32::from(row), col), style))
    })
}

/// A number format of the book's own: its number and its code.
fn format_code(data: &[u8], old: bool) -> Option<(u16, String)> {
    let id = u16_at(data, 0)?;
    if old {
        // Excel 5 and 95: the bytes of a code page.
        let text = data.get(3..)?;
        return Some((id, encoding_rs::SHIFT_JIS.decode(text).0.into_owned()));
    }
    let len = usize::from(u16_at(data, 2)?);
    let wide = data.get(4)? & 1 == 1;
    let bytes = data.get(5..)?;
    let code = if wide {
        let units: Vec<u16> =
            bytes.chunks_exact(2).take(len).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        bytes.iter().take(len).copied().map(char::from).collect()
    };
    Some((id, code))
}

/// Kind and content of each record, to the end of the stream or of sense.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let kind = u16_at(stream, 0)?;
        let end = 4 + usize::from(u16_at(stream, 2)?);
        let data = stream.get(4..end)?;
        stream = &stream[end..];
        Some((kind, data))
    })
}
