//! Workbooks written here and read back: what a cell shows, where it is, and what is reported.

use kaitei::finding::{Code, Noted};
use kaitei::ingest;
use kaitei::model::{Area, Eras, Limits, RawSheet};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// Reads a workbook of one sheet named 様式.
fn read(fill: impl FnOnce(&mut Worksheet)) -> Noted<Vec<RawSheet>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("様式").expect("a sheet name that Excel takes");
    fill(sheet);
    ingest::read(
        &workbook.save_to_buffer().expect("a book in memory"),
        "課/様式.xlsx",
        &Limits::default(),
        Eras::reiwa(),
    )
}

#[test]
fn cells_show_what_excel_shows() {
    let numbers = [
        (0.71, "0.0%", "71.0%"),
        (0.71, "0%", "71%"),
        (1073.0, "#,##0", "1,073"),
        (1073.0, "#,##0\"か所\"", "1,073か所"),
        (12.0, "0\"件\"", "12件"),
        (2.0, "0.00", "2.00"),
        (0.1 + 0.2, "General", "0.3"),
        (5.0, "General", "5"),
        (0.0, "#,##0;\"△\"#,##0;\"―\"", "―"),
    ];
    let noted = read(|sheet| {
        for (row, (value, code, _)) in (0..).zip(&numbers) {
            let format = Format::new().set_num_format(*code);
            sheet.write_number_with_format(row, 1, *value, &format).unwrap();
        }
    });
    assert_eq!(noted.findings, []);
    for (row, (value, code, shown)) in (0..).zip(&numbers) {
        assert_eq!(noted.value[0].text(row, 1), Some(*shown), "{value} {code}");
    }
}

#[test]
fn texts_dates_and_truth_values_are_shown() {
    let noted = read(|sheet| {
        let date = ExcelDateTime::from_ymd(2020, 4, 1).unwrap();
        let era = Format::new().set_num_format("[$-411]ggge\"年\"m\"月\"d\"日\"");
        sheet.write_string(0, 0, "一行目\r\n二行目").unwrap();
        sheet.write_string(0, 1, "　 ").unwrap();
        sheet.write_boolean(0, 2, true).unwrap();
        sheet.write_datetime_with_format(0, 3, &date, &era).unwrap();
        sheet.write_datetime_with_format(0, 4, &date, &Format::new().set_num_format_index(14)).unwrap();
        sheet.write_formula(9, 0, Formula::new("=1+1").set_result("2")).unwrap();
    });
    assert_eq!(noted.findings, []);
    let sheet = &noted.value[0];
    let rows: Vec<_> = sheet.rows.iter().map(|r| (r.index, r.cells.len())).collect();
    assert_eq!(rows, [(0, 4), (9, 1)]);
    let texts: Vec<_> = sheet.rows[0].cells.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(texts, ["一行目\n二行目", "TRUE", "令和2年4月1日", "2020/4/1"]);
    assert_eq!(sheet.origin(9, 0).to_string(), "課/様式.xlsx [様式] A10");
}

#[test]
fn an_error_value_is_reported_at_its_cell() {
    let noted = read(|sheet| {
        sheet.write_formula(2, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_string(2, 2, "残る").unwrap();
    });
    let found: Vec<_> = noted.findings.iter().map(|d| (d.code, d.origin.to_string())).collect();
    assert_eq!(found, [(Code::CellError, "課/様式.xlsx [様式] B3".to_owned())]);
    assert_eq!(noted.value[0].rows[0].cells.len(), 1);
}

#[test]
fn merges_come_sorted() {
    let noted = read(|sheet| {
        let format = Format::new();
        sheet.merge_range(4, 0, 6, 0, "施策", &format).unwrap();
        sheet.merge_range(0, 0, 0, 3, "表題", &format).unwrap();
    });
    let area = |top, left, bottom, right| Area { top, left, bottom, right };
    assert_eq!(noted.value[0].merges, [area(0, 0, 0, 3), area(4, 0, 6, 0)]);
}

#[test]
fn the_name_does_not_matter_and_far_corners_do_no_harm() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "角").unwrap();
    sheet.write_string(1_048_575, 16_383, "角").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let noted = ingest::read(&bytes, "a.xls", &Limits::default(), Eras::reiwa());
    assert_eq!(noted.value[0].text(1_048_575, 16_383), Some("角"));

    let noted = ingest::read(&bytes[..bytes.len() / 2], "a.xlsx", &Limits::default(), Eras::reiwa());
    assert_eq!(noted.value, []);
    assert_eq!(noted.findings[0].message.en, "the file is cut off");
}

#[test]
fn forty_thousand_merges_take_no_time() {
    let noted = read(|sheet| {
        for row in 0..40_300 {
            sheet.merge_range(row, 0, row, 1, "x", &Format::new()).unwrap();
        }
    });
    assert_eq!((noted.value[0].merges.len(), noted.findings.len()), (40_300, 0));
}
