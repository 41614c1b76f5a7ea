//! How cells look as ingest hands it over: borders, ground, weight and setting, from every format that stores them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/biff12.rs"]
mod biff12;
mod binary;
#[path = "../common/compound.rs"]
mod compound;
mod ods;

use kaitei::ingest;
use kaitei::model::{CellAlign, Eras, Limits, Look, RawSheet};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern, Workbook, Worksheet};

const PLAIN: Look = Look {
    left: false,
    top: false,
    right: false,
    bottom: false,
    fill: None,
    bold: false,
    align: CellAlign::General,
    is_vertical: false,
};
const BOXED: Look = Look { left: true, top: true, right: true, bottom: true, ..PLAIN };

/// Reads a file of one sheet.
fn read(bytes: &[u8], file: &str) -> RawSheet {
    let noted = ingest::read(bytes, file, &Limits::default(), Eras::reiwa());
    assert_eq!(noted.findings, []);
    noted.value.into_iter().next().expect("one sheet")
}

fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> RawSheet {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    read(&workbook.save_to_buffer().expect("a book in memory"), "様式.xlsx")
}

fn filled(colour: u32) -> Format {
    Format::new().set_background_color(Color::RGB(colour))
}

#[test]
fn a_style_says_how_its_cells_look() {
    let bold = || Format::new().set_bold();
    let styles = [
        (Format::new().set_border(FormatBorder::Hair), BOXED),
        (Format::new().set_border_left(FormatBorder::Double), Look { left: true, ..PLAIN }),
        (filled(0x00DD_EBF7), Look { fill: Some(0x00DD_EBF7), ..PLAIN }),
        (filled(0x00FF_FFFF), PLAIN),
        (bold(), Look { bold: true, ..PLAIN }),
        (Format::new().set_align(FormatAlign::Center), Look { align: CellAlign::Centre, ..PLAIN }),
        (
            Format::new().set_align(FormatAlign::CenterAcross),
            Look { align: CellAlign::CentreAcross, ..PLAIN },
        ),
        (Format::new().set_align(FormatAlign::Distributed), Look { align: CellAlign::Distributed, ..PLAIN }),
        (bold().set_align(FormatAlign::Right), Look { bold: true, align: CellAlign::Right, ..PLAIN }),
        (Format::new().set_rotation(270), Look { is_vertical: true, ..PLAIN }),
        (Format::new().set_rotation(-90), Look { is_vertical: true, ..PLAIN }),
        (Format::new().set_rotation(45).set_text_wrap().set_num_format("0%"), PLAIN),
        // The library's palette: the second ground of an office's theme, a tenth darker.
        (Format::new().set_background_color(Color::Theme(2, 1)), Look { fill: Some(0x00DD_D9C3), ..PLAIN }),
        (
            Format::new()
                .set_pattern(FormatPattern::LightUp)
                .set_foreground_color(Color::RGB(0x00FF_0000))
                .set_background_color(Color::RGB(0x00FF_FF00)),
            Look { fill: Some(0x00FF_7F00), ..PLAIN },
        ),
    ];
    let sheet = xlsx(|sheet| {
        // Filled or not, apart from each other.
        for (row, (style, _)) in (0..).step_by(2).zip(&styles) {
            sheet.write_blank(row, 1, style).unwrap();
            sheet.write_with_format(row, 3, "課題", style).unwrap();
        }
    });
    for (row, (_, look)) in (0..).step_by(2).zip(&styles) {
        for col in [1, 3] {
            assert_eq!(sheet.looks.at(row, col), *look, "{row} {col}");
        }
    }
    assert_eq!(sheet.looks.at(0, 2), Look { left: true, right: true, ..PLAIN });
    assert_eq!(sheet.looks.at(1, 1), Look { top: true, ..PLAIN });
    assert_eq!(sheet.looks.at(2, 4), PLAIN);
    assert_eq!(sheet.looks.at(1_048_576, 16_384), PLAIN);
}

#[test]
fn an_edge_may_be_stored_at_either_side() {
    let sheet = xlsx(|sheet| {
        let right = Format::new().set_border_right(FormatBorder::Thin);
        let bottom = Format::new().set_border_bottom(FormatBorder::Thin);
        sheet.write_with_format(1, 1, "名称", &right).unwrap();
        sheet.write_blank(0, 2, &bottom).unwrap();
    });
    assert_eq!(sheet.looks.at(1, 1), Look { right: true, ..PLAIN });
    assert_eq!(sheet.looks.at(1, 2), Look { left: true, top: true, ..PLAIN });
    assert_eq!(sheet.looks.at(0, 2), Look { bottom: true, ..PLAIN });
}

#[test]
fn a_merged_area_has_the_edges_that_are_drawn_round_it() {
    let sheet = xlsx(|sheet| {
        let boxed = Format::new().set_border(FormatBorder::Thin);
        let title = boxed.clone().set_bold().set_align(FormatAlign::Center);
        sheet.merge_range(1, 1, 2, 4, "施策名", &title).unwrap();
        // Of four cells below it three have a line above them; of two at its right none has.
        for col in 2..5 {
            sheet.write_blank(9, col, &Format::new().set_border_top(FormatBorder::Thin)).unwrap();
        }
        sheet.merge_range(7, 1, 8, 4, "担当課", &Format::new()).unwrap();
        sheet.merge_range(11, 1, 12, 1, "備考", &Format::new()).unwrap();
        sheet.write_blank(11, 2, &Format::new().set_border_left(FormatBorder::Thin)).unwrap();
        sheet.merge_range(14, 1, 16, 1, "備考", &Format::new()).unwrap();
        sheet.write_blank(14, 2, &Format::new().set_border_left(FormatBorder::Thin)).unwrap();
    });
    let title = Look { bold: true, align: CellAlign::Centre, ..BOXED };
    for (row, col) in [(1, 1), (1, 4), (2, 2), (2, 4)] {
        assert_eq!(sheet.looks.at(row, col), title, "{row} {col}");
    }
    assert_eq!(sheet.looks.at(3, 2), Look { top: true, ..PLAIN });
    assert_eq!(sheet.looks.at(1, 5), Look { left: true, ..PLAIN });
    for (row, col) in [(7, 1), (8, 4)] {
        assert_eq!(sheet.looks.at(row, col), Look { bottom: true, ..PLAIN }, "{row} {col}");
    }
    // Half of an edge is one, a third is none.
    assert_eq!(sheet.looks.at(12, 1), Look { right: true, ..PLAIN });
    assert_eq!(sheet.looks.at(14, 1), PLAIN);
}

#[test]
fn rows_and_columns_that_have_a_style_give_it_to_their_cells_in_use() {
    let grey = Look { fill: Some(0x00D9_D9D9), ..PLAIN };
    let sheet = xlsx(|sheet| {
        sheet.set_column_range_format(1, 3, &filled(0x00D9_D9D9)).unwrap();
        sheet.set_row_format(2, &Format::new().set_bold()).unwrap();
        sheet.write_string(0, 0, "名称").unwrap();
        sheet.write_string_with_format(0, 2, "単位", &Format::new().set_italic()).unwrap();
        sheet.write_string(5, 9, "備考").unwrap();
    });
    for ((row, col), look) in [
        ((0, 0), PLAIN),
        ((0, 1), grey),
        // A style of its own counts, even a plain one.
        ((0, 2), PLAIN),
        ((4, 3), grey),
        ((4, 4), PLAIN),
        ((2, 3), Look { bold: true, ..PLAIN }),
        ((2, 9), Look { bold: true, ..PLAIN }),
        // Beyond the cells in use nothing is said.
        ((2, 10), PLAIN),
        ((6, 1), PLAIN),
    ] {
        assert_eq!(sheet.looks.at(row, col), look, "{row} {col}");
    }
}

#[test]
fn a_long_list_takes_the_room_of_its_kinds_of_rows() {
    let sheet = xlsx(|sheet| {
        let boxed = Format::new().set_border(FormatBorder::Thin);
        let number = boxed.clone().set_num_format("#,##0");
        for row in 0..5_000 {
            sheet.write_with_format(row, 0, "指標", &boxed).unwrap();
            sheet.write_with_format(row, 1, row, &number).unwrap();
        }
    });
    assert_eq!(sheet.looks.cells, [(0, 4_999, vec![(0, 1, 1)])]);
    assert_eq!(sheet.looks.kinds, [BOXED]);
}

#[test]
fn a_list_in_plain_text_has_no_looks() {
    let sheet = read("名称,単位\n窓口,件\n".as_bytes(), "様式.csv");
    assert!(sheet.looks.is_empty());
    assert_eq!(sheet.looks.at(0, 0), PLAIN);
}
