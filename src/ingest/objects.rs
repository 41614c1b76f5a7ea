//! What is drawn over the cells of an Excel 97–2003 sheet: the objects in its records, each with its anchor.

use super::axis::{Axes, Axis, POINT};
use super::compound::u16_at;
use super::limits::OVERLAYS;
use crate::model::{Overlay, OverlayKind};

/// English Metric Units of a 256th of a digit's width, of a column without a width, and of a row without a height.
const DIGIT: i64 = 8 * 9_525;
const COLUMN: i64 = 72 * 9_525;
const ROW: i64 = 1_350 * POINT / 100;
/// A twentieth of a point, in which rows are measured.
const TWIP: i64 = POINT / 20;

/// The records that are looked at.
mod record {
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const COLUMNS: u16 = 0x007D;
    pub(super) const DRAWING: u16 = 0x00EC;
    pub(super) const OBJECT: u16 = 0x005D;
    pub(super) const TEXT: u16 = 0x01B6;
    pub(super) const CONTINUE: u16 = 0x003C;
}

/// How an anchor begins within a drawing: its kind and its length.
const ANCHOR: [u8; 6] = [0x10, 0xF0, 0x12, 0, 0, 0];
/// Parts of an object: what it is, and whether it is checked.
const COMMON: u16 = 0x15;
const BOX: u16 = 0x12;

/// The objects of a sheet while its records are read.
#[derive(Debug, Default)]
pub(super) struct Objects {
    columns: Vec<(u32, u32, i64)>,
    rows: Vec<(u32, u32, i64)>,
    anchor: Option<[u16; 8]>,
    found: Vec<(OverlayKind, String, [u16; 8])>,
    /// Characters of the text that the next record brings for the last object.
    expects: usize,
}

impl Objects {
    /// Takes a record of the sheet.
    pub(super) fn take(&mut self, kind: u16, data: &[u8]) {
        match kind {
            record::ROW => {
                let height = u16_at(data, 6).map(|height| i64::from(height & 0x7FFF) * TWIP);
                let is_hidden = u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0);
                let row = u16_at(data, 0).map(u32::from);
                let size = if is_hidden { Some(0) } else { height };
                self.rows.extend(row.zip(size).map(|(row, size)| (row, row, size)));
            }
            record::COLUMNS => {
                let [first, last, width] = [0, 2, 4].map(|at| u16_at(data, at));
                let is_hidden = u16_at(data, 8).is_some_and(|flags| flags & 1 != 0);
                let width = width.map(|width| if is_hidden { 0 } else { i64::from(width) * DIGIT / 256 });
                let range = first.map(u32::from).zip(last.map(u32::from)).zip(width);
                self.columns.extend(range.map(|((first, last), width)| (first, last, width)));
            }
            record::DRAWING => {
                let at = memchr::memmem::rfind(data, &ANCHOR).map(|at| at + ANCHOR.len() + 2);
                self.anchor = at.and_then(|at| marks(data, at)).or(self.anchor);
            }
            record::OBJECT => {
                self.expects = 0;
                let object = self.anchor.take().zip(object(data));
                if self.found.len() <= OVERLAYS {
                    self.found.extend(object.map(|(anchor, kind)| (kind, String::new(), anchor)));
                }
            }
            record::TEXT => self.expects = u16_at(data, 10).map_or(0, usize::from),
            record::CONTINUE if self.expects > 0 => {
                let text = text(data, std::mem::take(&mut self.expects));
                if let Some((kind, said, _)) = self.found.last_mut().filter(|_| !text.is_empty()) {
                    *said = text;
                    if matches!(kind, OverlayKind::Ring | OverlayKind::Frame | OverlayKind::Shape) {
                        *kind = OverlayKind::TextBox;
                    }
                }
            }
            _ => {}
        }
    }

    /// What was found, and where the rows and columns are.
    pub(super) fn finish(self) -> (Vec<Overlay>, Axes) {
        let axes = Axes { columns: Axis::new(self.columns, COLUMN), rows: Axis::new(self.rows, ROW) };
        let place = |(kind, text, [col, dx, row, dy, to_col, to_dx, to_row, to_dy]): (_, _, [u16; 8])| {
            let across = |index: u16, part: u16| axes.columns.part(index.into(), part.into(), 1024);
            let down = |index: u16, part: u16| axes.rows.part(index.into(), part.into(), 256);
            let ends = ((across(col, dx), down(row, dy)), (across(to_col, to_dx), down(to_row, to_dy)));
            axes.put_between(kind, text, ends.0, ends.1)
        };
        let found = self.found.into_iter().filter_map(place).collect();
        (found, axes)
    }
}

/// Column, part of it, row, part of it, of both corners.
fn marks(data: &[u8], at: usize) -> Option<[u16; 8]> {
    let mut marks = [0; 8];
    for (index, mark) in marks.iter_mut().enumerate() {
        *mark = u16_at(data, at + 2 * index)?;
    }
    Some(marks)
}

/// What an object is; `None` for comments, for the arrows of filters, and for what only works the form.
fn object(data: &[u8]) -> Option<OverlayKind> {
    let (mut kind, mut checked, mut at) = (None, Some(false), 0);
    while let Some((part, length)) = u16_at(data, at).zip(u16_at(data, at + 2)) {
        match part {
            COMMON => kind = u16_at(data, at + 4),
            BOX => {
                checked = match u16_at(data, at + 4) {
                    Some(0) => Some(false),
                    Some(1) => Some(true),
                    _ => None,
                };
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    Some(match kind? {
        0x01 => OverlayKind::Line,
        0x03 => OverlayKind::Ring,
        0x02 | 0x04 | 0x06 | 0x09 | 0x0E | 0x1E | 0x00 => OverlayKind::Shape,
        0x05 => OverlayKind::Chart,
        0x08 => OverlayKind::Picture,
        0x0B => OverlayKind::CheckBox(checked),
        0x0C => OverlayKind::OptionButton(checked),
        0x0D | 0x12 => OverlayKind::Control,
        _ => return None,
    })
}

/// A text behind a flag for the width of its characters.
fn text(data: &[u8], length: usize) -> String {
    let Some((flag, data)) = data.split_first() else { return String::new() };
    let units: Vec<u16> = if flag & 1 == 1 {
        data.chunks_exact(2).take(length).map(|c| u16::from_le_bytes([c[0], c[1]])).collect()
    } else {
        data.iter().take(length).map(|&byte| u16::from(byte)).collect()
    };
    String::from_utf16_lossy(&units).replace('\r', "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn objects_have_kinds_places_and_texts() {
        let mut objects = Objects::default();
        objects.take(record::ROW, &bytes(&[1, 0, 0, 400, 0, 0, 0, 0]));
        let anchor = |marks: [u16; 8]| {
            let mut data = vec![0, 0];
            data.extend(ANCHOR);
            data.extend(bytes(&[0]));
            data.extend(bytes(&marks));
            data
        };
        objects.take(record::DRAWING, &anchor([6, 100, 1, 20, 6, 900, 1, 230]));
        objects.take(record::OBJECT, &bytes(&[0x15, 2, 0x0B, 0x12, 2, 1]));
        objects.take(record::DRAWING, &anchor([2, 0, 3, 0, 4, 0, 5, 0]));
        objects.take(record::OBJECT, &bytes(&[0x15, 2, 0x06]));
        objects.take(record::TEXT, &bytes(&[0, 0, 0, 0, 0, 3]));
        objects.take(record::CONTINUE, &[&[1_u8][..], &bytes(&[0x34, 0x30, 0x4EBA, 0x99])].concat());
        objects.take(record::DRAWING, &anchor([0; 8]));
        objects.take(record::OBJECT, &bytes(&[0x15, 2, 0x19]));
        objects.take(record::OBJECT, &[1]);
        let found = objects.finish().0;
        let found: Vec<_> = found.iter().map(|it| (it.kind, it.cell.to_string(), it.text.as_str())).collect();
        assert_eq!(
            found,
            [
                (OverlayKind::CheckBox(Some(true)), "G2".to_owned(), ""),
                (OverlayKind::TextBox, "D5".to_owned(), "40人"),
            ]
        );
    }
}
