//! Rules about what only workbooks have.

use super::{BOOK, Case, alone, said};
use rust_xlsxwriter::{Color, Format, FormatPattern, Note, Shape, Workbook, Worksheet};

/// What is done to a sheet.
type Change = fn(&mut Worksheet);

/// A workbook with a table of a department, its place and its number of cases, then changed.
fn book(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, (name, place, cases)) in
        (1..).zip([("甲", "東", 10.0), ("乙", "西", 20.0), ("丙", "南", 0.0), ("丁", "北", 40.0)])
    {
        sheet.write_string(row, 0, name).unwrap().write_string(row, 1, place).unwrap();
        sheet.write_number(row, 2, cases).unwrap();
    }
    for (col, heading) in (0..).zip(["課", "場所", "件数"]) {
        sheet.write_string(0, col, heading).unwrap();
    }
    change(sheet);
    book.save_to_buffer().unwrap()
}

/// Looks, objects and stored types.
pub(super) fn cases() -> Vec<Case> {
    let case = |rule, change: &dyn Fn(&mut Worksheet), expected| Case {
        rule,
        file: BOOK,
        score: alone(BOOK, &book(change)),
        expected,
    };
    let plain = ["L1-10", "L1-11", "L1-12", "L1-13"].map(|rule| case(rule, &|_| {}, "pass"));
    let mut cases: Vec<Case> = plain.into_iter().collect();
    let red = || Format::new().set_font_color(Color::Red);
    let fill = || Format::new().set_pattern(FormatPattern::Solid).set_background_color(Color::Yellow);
    let changes: [(&str, Change, &str); 13] = [
        (
            "L1-09",
            |s| {
                drop(s.write_number_with_format(
                    3,
                    2,
                    0,
                    &Format::new().set_num_format("#,##0;-#,##0;\"-\""),
                ));
            },
            "fail C4",
        ),
        ("L1-10", |s| drop(s.insert_shape(2, 1, &Shape::textbox().set_text("注"))), "fail B3"),
        ("L1-10", |s| drop(s.insert_note(1, 0, &Note::new("確認中"))), "fail A2"),
        ("L1-12", |s| drop(s.merge_range(5, 0, 6, 0, "戊", &Format::new())), "fail A6"),
        ("L1-13", |s| drop(s.set_row_hidden(2)), "fail A3"),
        ("L1-13", |s| drop(s.set_column_hidden(1)), "fail B1"),
        ("L1-14", |s| drop(s.merge_range(1, 0, 2, 0, "甲", &Format::new())), "fail A2"),
        ("L2-01", |s| drop(s.write_string(2, 2, "20")), "fail C3"),
        ("L2-01", |s| drop(s.write_string(2, 2, "20件")), "fail C3"),
        (
            "L2-01",
            |s| drop(s.write_number_with_format(2, 2, 1073, &Format::new().set_num_format("#,##0\"件\""))),
            "pass",
        ),
        ("L2-06", |s| drop(s.write_formula(4, 2, "=SUM(C2:C4)")), "fail C5"),
        ("L3-01", |s| drop(s.merge_range(0, 0, 0, 2, "実績", &Format::new())), "fail A2"),
        ("L3-05", |s| drop(s.write_string(0, 3, "令和2年度")), "fail D1"),
    ];
    cases.extend(changes.map(|(rule, change, expected)| case(rule, &change, expected)));
    for (format, expected) in [
        (red(), "fail A3"),
        (fill(), "fail A3"),
        (Format::new().set_bold(), "fail A3"),
        (Format::new().set_font_strikethrough(), "fail A3"),
        (Format::new(), "pass"),
    ] {
        cases.push(case(
            "L1-11",
            &|sheet| drop(sheet.write_string_with_format(2, 0, "乙", &format)),
            expected,
        ));
    }
    let parts = [(&Format::new(), "乙"), (&red(), "丙")];
    cases.push(case("L1-11", &|sheet| drop(sheet.write_rich_string(2, 0, &parts)), "fail A3"));
    // Stripes and coloured headers mean nothing.
    let grey = Format::new().set_pattern(FormatPattern::Solid).set_background_color(Color::Gray);
    let stripe = |sheet: &mut Worksheet, row| drop(sheet.write_string_with_format(row, 0, "甲", &grey));
    cases.push(case("L1-11", &|sheet| [0, 1, 3].into_iter().for_each(|row| stripe(sheet, row)), "pass"));
    cases
}

#[test]
fn sheets_count_as_well() {
    let mut book = Workbook::new();
    for (name, hidden) in [("2019", false), ("2020", false), ("控え", true)] {
        let sheet = book.add_worksheet().set_name(name).unwrap().set_hidden(hidden);
        for (row, cells) in (0..).zip([["課", "件数"], ["甲", "乙"]]) {
            sheet.write_row(row, 0, cells).unwrap();
        }
    }
    let score = alone("a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!((said(&score, "L1-03"), said(&score, "L1-13")), ("fail".to_owned(), "fail".to_owned()));
}

#[test]
fn old_books_do_not_tell_and_get_no_points_for_that() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/excel-97.xls")).unwrap();
    let score = alone("a.xls", &bytes);
    for (rule, expected) in
        [("L1-01", "fail"), ("L1-10", "cannot-tell"), ("L1-11", "cannot-tell"), ("L2-06", "cannot-tell")]
    {
        assert_eq!(said(&score, rule), expected, "{rule}");
    }
}
