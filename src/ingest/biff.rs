//! The records of an Excel 97–2003 book, scanned before it is read: how large its grids are, which number format
//! and font each cell has, how it looks, and what is hidden.

use super::axis::Axes;
use super::book::check_sheets;
use super::cell::{Style, built_in};
use super::compound::{u16_at, u32_at};
use super::format::NumberFormat;
use super::limits::{OVERLAYS, count, mib};
use super::looks::{Palette, Sketch};
use super::objects::Objects;
use super::runs::Run;
use super::sst;
use super::trouble::Refusal;
use super::xf::{Colours, Xf};
use crate::finding::Size;
use crate::model::{Limits, Overlay, Unseen};
use std::collections::BTreeMap;

/// The style of each cell with content, by row and column.
type Cells = BTreeMap<(u32, u32), u16>;

/// What the scan found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    styles: Vec<Style>,
    /// How cells of the styles look.
    pub(super) palette: Palette,
    /// The shared texts that have runs of their own look.
    rich: BTreeMap<u32, Vec<Run>>,
    /// In the book's order.
    pub(super) sheets: Vec<Sheet>,
    /// The code page that texts are to be read in, whatever the book says of itself.
    pub(super) code_page: u16,
}

/// What the scan found on a sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    cells: Cells,
    /// How many cells show each shared text: all of them are copies in the grid.
    shown: BTreeMap<u32, u64>,
    /// The shared text of each cell that has one with runs of its own look.
    rich: BTreeMap<(u32, u32), u32>,
    pub(super) hidden_rows: Vec<u32>,
    /// First and last column of each range.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// First and last column of a range, and the width of each in 256ths of a character.
    pub(super) widths: Vec<(u32, u32, u16)>,
    /// What lies over the cells.
    pub(super) overlays: Vec<Overlay>,
    pub(super) axes: Axes,
    /// How its cells look.
    pub(super) sketch: Sketch,
}

/// The records before the sheets that styles are made of.
#[derive(Default)]
struct Looks {
    formats: BTreeMap<u16, String>,
    fonts: Vec<Font>,
    /// Font, number format and ground of each style.
    styles: Vec<(u16, u16, Ground)>,
    /// The looks of the styles.
    xfs: Vec<Xf>,
    colours: Colours,
}

/// What a font says of its text.
#[derive(Debug, Clone, Copy, Default)]
struct Font {
    struck: bool,
    white: bool,
    tiny: bool,
    weight: u16,
}

/// The ground of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Ground {
    White,
    /// Of a colour, or not known.
    #[default]
    Other,
}

/// The numbers of white, of the ground of a window, and of what states no colour.
const WHITE: [u16; 2] = [1, 9];
const PLAIN: [u16; 4] = [1, 9, 64, 65];
/// Twentieths of a point of the largest font that nobody can read.
const TINY: u16 = 40;
/// The least weight of a font that is bold.
const BOLD: u16 = 600;

impl Font {
    fn of(data: &[u8]) -> Self {
        Self {
            struck: u16_at(data, 2).is_some_and(|flags| flags & STRUCK != 0),
            white: u16_at(data, 4).is_some_and(|colour| WHITE.contains(&colour)),
            weight: u16_at(data, 6).unwrap_or(0),
            tiny: u16_at(data, 0).is_some_and(|height| (1..=TINY).contains(&height)),
        }
    }
}

/// The ground that a style of Excel 97 and later states.
fn ground(data: &[u8]) -> Ground {
    let pattern = u16_at(data, 16).map(|bits| bits >> 10);
    let colour = u16_at(data, 18).map(|bits| bits & 0x7F);
    match pattern {
        Some(0) => Ground::White,
        Some(1) if colour.is_some_and(|colour| PLAIN.contains(&colour)) => Ground::White,
        _ => Ground::Other,
    }
}

impl Scan {
    /// The style of a cell.
    pub(super) fn style(&self, sheet: usize, row: u32, col: u32) -> Option<&Style> {
        let style = self.sheets.get(sheet)?.cells.get(&(row, col))?;
        self.styles.get(usize::from(*style))
    }

    /// The runs of a cell's text, if it has any.
    pub(super) fn runs(&self, sheet: usize, row: u32, col: u32) -> Option<&[Run]> {
        let text = self.sheets.get(sheet)?.rich.get(&(row, col))?;
        self.rich.get(text).map(Vec::as_slice)
    }
}

impl Looks {
    fn style(&self, (font, format, ground): (u16, u16, Ground)) -> Style {
        let code = self.formats.get(&format).map(String::as_str).or_else(|| built_in(u32::from(format)));
        let font = self.font(font);
        let white = (font.white && ground == Ground::White).then_some(Unseen::Colour);
        Style {
            format: NumberFormat::new(code.unwrap_or("General")),
            struck: font.struck,
            unseen: white.or(font.tiny.then_some(Unseen::Size)),
            is_on_white: ground == Ground::White,
        }
    }

    /// How cells of the styles look.
    fn palette(&self) -> Palette {
        let looks = self.xfs.iter().zip(&self.styles);
        Palette::of_styles(
            looks.map(|(xf, (font, ..))| xf.look(self.font(*font).weight >= BOLD, &self.colours)),
        )
    }

    fn strikes(&self, font: u16) -> bool {
        self.font(font).struck
    }

    fn font(&self, font: u16) -> Font {
        // There is no font 4: the fifth of the file is number 5.
        let font = usize::from(if font > 4 { font - 1 } else { font });
        self.fonts.get(font).copied().unwrap_or_default()
    }
}

/// The records of a sheet that are looked at.
mod record {
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const BOF: u16 = 0x0809;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const FONT: u16 = 0x0031;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const COLUMNS: u16 = 0x007D;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const COLOURS: u16 = 0x0092;
    /// One empty cell that has a style, and several side by side.
    pub(super) const BLANK: u16 = 0x0201;
    pub(super) const BLANKS: u16 = 0x00BE;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const SHARED_TEXTS: u16 = 0x00FC;
    pub(super) const CONTINUE: u16 = 0x003C;
    /// A cell with a shared text.
    pub(super) const LABEL: u16 = 0x00FD;
    pub(super) const MUL_RK: u16 = 0x00BD;
    /// Formula, number, label, rich string, Boolean or error, RK, label in the shared table.
    pub(super) const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];
}

/// The code page of Unicode: texts of Excel 97 and later are in it, whatever code page the book names.
const UTF_16: u16 = 1200;
/// A grid spans at most 65,536 rows of 256 columns.
const MOST_CELLS: u64 = 65_536 * 256;
/// Flag of a font: struck through.
const STRUCK: u16 = 0x0008;
/// Flags of a row: it is hidden; its height was set by hand, if only to nothing.
const ROW_HIDDEN: u16 = 0x0020;
const ROW_SET: u16 = 0x0040;
/// Flag of a row: it has a style as a whole. The style's number has twelve bits.
const ROW_STYLED: u16 = 0x0080;
const STYLE: u16 = 0x0FFF;
/// Flag of a range of columns.
const COLUMNS_HIDDEN: u16 = 0x0001;

/// Scans the workbook stream.
pub(super) fn scan(stream: &[u8], limits: &Limits) -> Result<Scan, Refusal> {
    let mut looks = Looks::default();
    let mut starts = Vec::new();
    let mut texts: Vec<&[u8]> = Vec::new();
    let (mut old, mut before, mut stated) = (false, 0, None);
    for (kind, data) in records(stream) {
        match kind {
            // Of kind 0 are the books that are only obfuscated, which is no less unreadable.
            record::FILE_PASS if data.iter().any(|&byte| byte != 0) => return Err(Refusal::Encrypted),
            record::BOF => old = u16_at(data, 0).is_some_and(|version| version < 0x0600),
            record::CODE_PAGE => stated = u16_at(data, 0),
            record::FORMAT => looks.formats.extend(format_code(data, old)),
            record::FONT => looks.fonts.push(Font::of(data)),
            record::XF => {
                let (font, format) = u16_at(data, 0).zip(u16_at(data, 2)).unwrap_or_default();
                looks.styles.push((font, format, if old { Ground::Other } else { ground(data) }));
                looks.xfs.push(Xf::of(data, old));
            }
            record::COLOURS => looks.colours = Colours::of(data),
            record::BOUND_SHEET => starts.extend(u32_at(data, 0)),
            record::SHARED_TEXTS => texts = vec![data],
            record::CONTINUE if before == record::SHARED_TEXTS => texts.push(data),
            record::EOF => break,
            _ => {}
        }
        if kind != record::CONTINUE {
            before = kind;
        }
    }
    check_sheets(starts.len(), limits)?;
    let lengths = if old { Vec::new() } else { sst::lengths(texts.clone()) };
    // Where no font strikes, no run does.
    let texts = if looks.fonts.iter().any(|font| font.struck) && !old { texts } else { Vec::new() };
    let rich = sst::rich(texts, |font| looks.strikes(font));
    let styles = looks.styles.iter().map(|style| looks.style(*style)).collect();
    let code_page = if old { legacy_page(stated) } else { UTF_16 };
    let mut scan = Scan { styles, palette: looks.palette(), rich, sheets: Vec::new(), code_page };
    let (mut cells, mut text): (u64, u64) = (0, 0);
    for start in starts {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let sheet = stream.get(start..).ok_or_else(|| Refusal::Damaged("BoundSheet".into()))?;
        let sheet = scan_sheet(sheet, &scan.rich, &scan.palette)?;
        cells = cells.saturating_add(area(&sheet.cells));
        if cells > limits.legacy_cells {
            return Err(Refusal::too_large(Size::Grid, cells, limits.legacy_cells));
        }
        text = text.saturating_add(text_of(&sheet, &lengths));
        if text > mib(limits.text_mib) {
            return Err(Refusal::too_many_bytes(Size::Text, text, limits.text_mib));
        }
        scan.sheets.push(sheet);
    }
    Ok(scan)
}

/// The code page of an Excel 5 or 95 book. Those of the Macintosh have no name in the library, nor has a book always one
/// that is true; here they are Japanese.
fn legacy_page(stated: Option<u16>) -> u16 {
    match stated {
        // What Windows calls ANSI, in a record that Excel wrote so.
        Some(0x8001 | 1252) => 1252,
        Some(page @ (874 | 932 | 936 | 949 | 950 | 1200 | 1250..=1258 | 65001)) => page,
        _ => 932,
    }
}

fn scan_sheet(stream: &[u8], rich: &BTreeMap<u32, Vec<Run>>, palette: &Palette) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::default();
    let mut objects = Objects::default();
    let mut depth = 0;
    for (kind, data) in records(stream) {
        if depth == 1 {
            objects.take(kind, data);
            draw(&mut sheet.sketch, (kind, data), palette);
        }
        match kind {
            record::BOF => depth += 1,
            record::EOF if depth > 1 => depth -= 1,
            record::EOF => break,
            // An embedded chart has cells of its own.
            _ if depth > 1 => {}
            record::DIMENSIONS => check_dimensions(data)?,
            record::MUL_RK => sheet.cells.extend(many(data)),
            record::ROW => {
                let flags = u16_at(data, 12).unwrap_or(0);
                let is_hidden =
                    flags & ROW_HIDDEN != 0 || (flags & ROW_SET != 0 && u16_at(data, 6) == Some(0));
                sheet.hidden_rows.extend(u16_at(data, 0).map(u32::from).filter(|_| is_hidden));
            }
            record::COLUMNS => {
                let range = u16_at(data, 0).map(u32::from).zip(u16_at(data, 2).map(u32::from));
                let width = range.zip(u16_at(data, 4));
                sheet.widths.extend(width.map(|((first, last), width)| (first, last, width)));
                let is_hidden = u16_at(data, 8).is_some_and(|flags| flags & COLUMNS_HIDDEN != 0)
                    || u16_at(data, 4) == Some(0);
                sheet.hidden_columns.extend(range.filter(|_| is_hidden));
            }
            _ if record::CELLS.contains(&kind) => {
                sheet.cells.extend(cell(data));
                let text = u32_at(data, 6).filter(|_| kind == record::LABEL);
                if let Some(text) = text {
                    *sheet.shown.entry(text).or_default() += 1;
                }
                let text = text.filter(|text| rich.contains_key(text));
                sheet.rich.extend(cell(data).map(|(at, _)| at).zip(text));
            }
            _ => {}
        }
    }
    (sheet.overlays, sheet.axes) = objects.finish();
    if sheet.overlays.len() > OVERLAYS {
        let found = count(sheet.overlays.len());
        return Err(Refusal::too_large(Size::Overlays, found, count(OVERLAYS)));
    }
    Ok(sheet)
}

/// Adds the looks that a record of a sheet tells of.
fn draw(sketch: &mut Sketch, (kind, data): (u16, &[u8]), palette: &Palette) {
    let look = |style: u16| palette.style(usize::from(style));
    let mut add = |((row, col), style): ((u32, u32), u16)| sketch.cells(row, (col, col), look(style));
    match kind {
        record::MUL_RK => many(data).for_each(add),
        record::BLANKS => blanks(data).for_each(add),
        _ if kind == record::BLANK || record::CELLS.contains(&kind) => {
            if let Some(cell) = cell(data) {
                add(cell);
            }
        }
        record::ROW if u16_at(data, 12).is_some_and(|flags| flags & ROW_STYLED != 0) => {
            if let Some((row, style)) = u16_at(data, 0).zip(u16_at(data, 14)) {
                sketch.row(u32::from(row), look(style & STYLE));
            }
        }
        record::COLUMNS => {
            if let [Some(first), Some(last), Some(style)] = [0, 2, 6].map(|at| u16_at(data, at)) {
                sketch.columns(u32::from(first), u32::from(last), look(style));
            }
        }
        _ => {}
    }
}

/// The bytes of all shared texts as often as they are shown.
fn text_of(sheet: &Sheet, lengths: &[u32]) -> u64 {
    let length = |text: &u32| usize::try_from(*text).ok().and_then(|text| lengths.get(text));
    let bytes = |(text, times): (&u32, &u64)| Some(u64::from(*length(text)?).saturating_mul(*times));
    sheet.shown.iter().filter_map(bytes).fold(0, u64::saturating_add)
}

/// The area of the grid that holds all cells.
fn area(cells: &Cells) -> u64 {
    match (cells.first_key_value(), cells.last_key_value()) {
        (Some(((top, _), _)), Some(((bottom, _), _))) => {
            let left = cells.keys().map(|(_, col)| *col).min().unwrap_or(0);
            let right = cells.keys().map(|(_, col)| *col).max().unwrap_or(0);
            u64::from(bottom - top + 1) * u64::from(right - left + 1)
        }
        _ => 0,
    }
}

/// The library reserves memory for the dimensions that a sheet announces.
fn check_dimensions(data: &[u8]) -> Result<(), Refusal> {
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
        _ => Err(Refusal::Damaged("Dimensions".into())),
    }
}

fn cell(data: &[u8]) -> Option<((u32, u32), u16)> {
    Some(((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)), u16_at(data, 4)?))
}

/// A record of many numbers side by side: row, first column, (style, number) …, last column.
fn many(data: &[u8]) -> impl Iterator<Item = ((u32, u32), u16)> {
    side_by_side(data, 6)
}

/// A record of many empty cells side by side: row, first column, style …, last column.
fn blanks(data: &[u8]) -> impl Iterator<Item = ((u32, u32), u16)> {
    side_by_side(data.get(..data.len().saturating_sub(2)).unwrap_or_default(), 2)
}

/// The cells of a record that takes so many bytes for each.
fn side_by_side(data: &[u8], bytes: usize) -> impl Iterator<Item = ((u32, u32), u16)> {
    let start = u16_at(data, 0).zip(u16_at(data, 2));
    let cells = data.get(4..).unwrap_or_default().chunks_exact(bytes);
    let styles = cells.map(|cell| u16::from_le_bytes([cell[0], cell[1]]));
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
