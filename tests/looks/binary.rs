//! How cells of the binary formats look: xls of Excel 97 and of Excel 95, and xlsb.

use super::biff12::{archive, number, part, relations, wide, words, workbook};
use super::compound::compound;
use super::{BOXED, PLAIN, read};
use kaitei::model::{CellAlign, Look, RawSheet};

const GREY: u32 = 0x00D9_D9D9;

/// What every format is asked for: in row 0 the styles side by side, apart from each other; in row 2 a merged area of two
/// cells, the first with a border at its left, above and below it, the second with one at its right too; row 4 is bold as
/// a whole and columns G:H are grey.
fn check(sheet: &RawSheet) {
    let styles = [
        BOXED,
        Look { fill: Some(GREY), ..PLAIN },
        Look { bold: true, align: CellAlign::Distributed, ..PLAIN },
        Look { is_vertical: true, align: CellAlign::Centre, ..PLAIN },
    ];
    for (col, look) in (0..).step_by(2).zip(styles) {
        assert_eq!(sheet.looks.at(0, col), look, "{col}");
    }
    let grey = Look { fill: Some(GREY), ..PLAIN };
    for ((row, col), look) in [
        ((0, 1), Look { left: true, ..PLAIN }),
        ((2, 0), BOXED),
        ((2, 1), BOXED),
        ((2, 2), Look { left: true, ..PLAIN }),
        ((1, 1), Look { bottom: true, ..PLAIN }),
        ((1, 7), grey),
        ((4, 6), Look { bold: true, ..PLAIN }),
        ((4, 7), Look { bold: true, ..PLAIN }),
        ((4, 8), PLAIN),
        ((5, 7), PLAIN),
    ] {
        assert_eq!(sheet.looks.at(row, col), look, "{row} {col}");
    }
}

/// Row, column and style of the cells; the first has text.
const CELLS: [(u16, u16, u16); 7] =
    [(0, 0, 1), (0, 2, 2), (0, 4, 3), (0, 6, 4), (2, 0, 5), (2, 1, 1), (4, 7, 6)];

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&words(&[kind, u16::try_from(data.len()).unwrap()])[..], data].concat()
}

/// An Excel 5 to 97 book of one sheet, of this version and with these style records.
fn old_book(version: u16, styles: &[Vec<u8>], cells: &[u8]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &words(&[version, kind, 0, 0, 0, 0, 0, 0]));
    let end = record(0x000A, &[]);
    let font = |weight: u16| record(0x0031, &words(&[220, 0, 0x7FFF, weight, 0, 0, 0, 0]));
    // The colour number 10 is another one here.
    let palette = record(0x0092, &[&words(&[3])[..], &[0; 8], &[0xD9, 0xD9, 0xD9, 0]].concat());
    let is_old = version < 0x0600;
    let size = if is_old {
        words(&[0, 5, 0, 8, 0])
    } else {
        [&[0, 0, 0, 0, 5, 0, 0, 0][..], &words(&[0, 8, 0])].concat()
    };
    let columns = record(0x007D, &words(&[6, 7, 2048, 2, 0, 0]));
    // Row 4 is of style 6 as a whole.
    let row = record(0x0208, &words(&[4, 0, 8, 300, 0, 0, 0x0180, 6]));
    let merges = if is_old { Vec::new() } else { record(0x00E5, &words(&[1, 2, 2, 0, 1])) };
    let sheet = [&begin(0x0010)[..], &columns, &record(0x0200, &size), &row, cells, &merges, &end].concat();
    let listed = |at: u32| {
        let name = if is_old { vec![1, b'A'] } else { vec![1, 0, b'A'] };
        record(0x0085, &[&at.to_le_bytes()[..], &[0, 0], &name].concat())
    };
    let styles: Vec<u8> = styles.iter().flat_map(|style| record(0x00E0, style)).collect();
    let fonts = [400, 400, 400, 400, 700].map(font).concat();
    let globals = |at: u32| {
        [begin(0x0005), fonts.clone(), palette.clone(), styles.clone(), listed(at), end.clone()].concat()
    };
    let at = u32::try_from(globals(0).len()).unwrap();
    let name = if is_old { "Book" } else { "Workbook" };
    compound(&[(name, &[globals(at), sheet].concat())])
}

#[test]
fn old_books_say_it_in_their_style_records() {
    // Font, setting, turn, lines of the edges, pattern and its colour.
    let style = |font: u16, set: u8, turn: u8, edges: u32, pattern: u32, colour: u16| {
        let lines = [edges.to_le_bytes(), (pattern << 26).to_le_bytes()].concat();
        [&words(&[font, 0, 0])[..], &[set, turn, 0, 0], &lines, &words(&[colour | 65 << 7])].concat()
    };
    // Left 1, right 2, above 3, below 4.
    let styles = [
        style(0, 0, 0, 0, 0, 64),
        style(0, 0, 0, 0x4321, 0, 64),
        style(0, 0, 0, 0, 1, 10),
        style(5, 7, 0, 0, 0, 64),
        style(0, 2, 255, 0, 0, 64),
        style(0, 0, 0, 0x4301, 1, 64),
        style(5, 0, 0, 0, 0, 64),
    ];
    let text = [&words(&[0, 0, 1, 2])[..], &[1], &words(&[0x8AB2, 0x984C])].concat();
    let blank = |(row, col, style): &(u16, u16, u16)| record(0x0201, &words(&[*row, *col, *style]));
    // Two of them stand side by side.
    let pair = record(0x00BE, &words(&[2, 0, 5, 1, 1]));
    let cells: Vec<u8> = [
        vec![record(0x0204, &text)],
        CELLS[1..4].iter().map(blank).collect(),
        vec![pair],
        CELLS[6..].iter().map(blank).collect(),
    ]
    .concat()
    .concat();
    check(&read(&old_book(0x0600, &styles, &cells), "様式.xls"));
}

#[test]
fn older_books_say_it_in_fewer_bits() {
    let style = |font: u16, set: u8, turn: u8, ground: u32, lines: u32| {
        [&words(&[font, 0, 0])[..], &[set, turn], &ground.to_le_bytes(), &lines.to_le_bytes()].concat()
    };
    let (plain, below) = (64 | 65 << 7, 64 | 65 << 7 | 1 << 22);
    let styles = [
        style(0, 0, 0, plain, 0),
        style(0, 0, 0, below, 0o111),
        style(0, 0, 0, 0x0A | 65 << 7 | 1 << 16, 0),
        style(5, 7, 0, plain, 0),
        style(0, 2, 1, plain, 0),
        style(0, 0, 0, below, 0o011),
        style(5, 0, 0, plain, 0),
    ];
    let text = [&words(&[0, 0, 1, 2])[..], b"ab"].concat();
    let blank = |(row, col, style): &(u16, u16, u16)| record(0x0201, &words(&[*row, *col, *style]));
    let cells: Vec<u8> =
        std::iter::once(record(0x0204, &text)).chain(CELLS[1..].iter().map(blank)).flatten().collect();
    let sheet = read(&old_book(0x0500, &styles, &cells), "様式.xls");
    // It has no merged areas.
    assert_eq!(sheet.looks.at(2, 0), BOXED);
    assert_eq!(sheet.looks.at(0, 0), BOXED);
    assert_eq!(sheet.looks.at(0, 2), Look { fill: Some(GREY), ..PLAIN });
    assert_eq!(sheet.looks.at(0, 4), Look { bold: true, align: CellAlign::Distributed, ..PLAIN });
    assert_eq!(sheet.looks.at(0, 6), Look { is_vertical: true, align: CellAlign::Centre, ..PLAIN });
}

fn binary_styles() -> Vec<u8> {
    let font = |weight: u16| part(0x2B, &[words(&[220, 0, weight]), vec![0; 19]].concat());
    let rgb = |colour: [u8; 3]| [&[5, 0, 0, 0][..], &colour, &[255]].concat();
    let fill =
        |pattern: u32| part(0x2D, &[number(pattern), rgb([0xD9; 3]), rgb([255; 3]), vec![0; 48]].concat());
    // Above, below, left, right, and across.
    let border = |lines: [u8; 5]| {
        let line = |line: u8| [&[line, 0][..], &[0; 8]].concat();
        part(0x2E, &[vec![0], lines.map(line).concat()].concat())
    };
    // What it stems from, number format, font, ground, border, turn, indent, setting.
    let style = |font: u16, fill: u16, border: u16, turn: u8, set: u16| {
        part(0x2F, &[words(&[0, 0, font, fill, border]), vec![turn, 0], words(&[set, 0])].concat())
    };
    let styles = [
        part(0x0116, &[]),
        font(400),
        font(700),
        fill(0),
        fill(1),
        border([0; 5]),
        border([1; 5]),
        border([1, 1, 1, 0, 0]),
        // Those that styles of cells stem from.
        style(1, 1, 1, 255, 3),
        part(0x0269, &number(7)),
        style(0, 0, 0, 0, 0),
        style(0, 0, 1, 0, 0),
        style(0, 1, 0, 0, 0),
        style(1, 0, 0, 0, 7),
        style(0, 0, 0, 255, 2),
        style(0, 0, 2, 0, 0),
        style(1, 0, 0, 0, 0),
        part(0x026A, &[]),
        part(0x0117, &[]),
    ];
    styles.concat()
}

fn binary_sheet() -> Vec<u8> {
    let row = |row: u32| {
        let (style, flag) = if row == 4 { (6, 0x40) } else { (0, 0) };
        let head = part(0, &[number(row), number(style), words(&[300]), vec![0, flag], vec![0; 13]].concat());
        let of_row = CELLS.iter().filter(|cell| u32::from(cell.0) == row);
        let cell = |(row, col, style): &(u16, u16, u16)| {
            let head = [number((*col).into()), number((*style).into())].concat();
            let text = [head.clone(), wide("課題")].concat();
            if (*row, *col) == (0, 0) { part(6, &text) } else { part(1, &head) }
        };
        [head, of_row.flat_map(cell).collect()].concat()
    };
    let columns = [number(6), number(7), number(2048), number(2), vec![0; 2]].concat();
    let merge = [2, 2, 0, 1].map(number).concat();
    let sheet = [
        part(0x0081, &[]),
        part(0x0094, &[0; 16]),
        part(0x003C, &columns),
        part(0x0091, &[]),
        [0, 2, 4].map(row).concat(),
        part(0x0092, &[]),
        part(0x00B0, &merge),
        part(0x0082, &[]),
    ];
    sheet.concat()
}

#[test]
fn binary_workbooks_say_it_in_the_records_of_their_styles() {
    let bytes = archive(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("_rels/.rels", relations(&[("officeDocument", "workbook.bin")])),
        ("xl/workbook.bin", workbook()),
        (
            "xl/_rels/workbook.bin.rels",
            relations(&[("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")]),
        ),
        ("xl/worksheets/sheet1.bin", binary_sheet()),
        ("xl/styles.bin", binary_styles()),
    ]);
    check(&read(&bytes, "様式.xlsb"));
}
