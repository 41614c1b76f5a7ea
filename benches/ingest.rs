//! How long reading a large workbook takes, beside what calamine alone takes for its dense grid.
//!
//! `cargo bench --bench ingest` prints, on Linux, CPU times, their ratio, and the peak memory of a process that
//! reads the workbook once. The workbook is like a departmental one: eight columns of text, four of numbers with formats;
//! then the same with borders, coloured cells, bold and set text, and with a style for its columns.

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints quotients")]

mod measure;

use calamine::{Reader as _, Xlsx};
use kaitei::ingest;
use kaitei::model::{Eras, Limits};
use measure::{cpu_time_of, peak_of, print_peak};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};
use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;

fn main() {
    let folder = tempfile::tempdir().expect("a folder for the workbooks");
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, reader, file] = &arguments[..] {
        return child(reader, Path::new(file));
    }
    for (rows, looks) in [(10_000, false), (100_000, false), (10_000, true), (100_000, true)] {
        let bytes = workbook(rows, looks);
        let file = folder.path().join("様式.xlsx");
        std::fs::write(&file, &bytes).expect("room for a workbook");
        let [dense, ours] = [calamine_reads, kaitei_reads].map(|read| cpu_time_of(|| read(&bytes)));
        println!(
            "{rows} rows{}: calamine {dense:?}, kaitei {ours:?}, ratio {:.2}",
            if looks { " with looks" } else { "" },
            ours.as_secs_f64() / dense.as_secs_f64()
        );
        let [dense, ours] = ["calamine", "kaitei"].map(|reader| peak_of(&[reader, &file.to_string_lossy()]));
        println!(
            "    the sheet's part {} MiB; peak memory: calamine {dense} MiB, kaitei {ours} MiB",
            part_size(&bytes) >> 20
        );
    }
}

fn calamine_reads(bytes: &[u8]) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a book written here");
    black_box(book.worksheet_range("様式").expect("its sheet"));
}

fn kaitei_reads(bytes: &[u8]) {
    // The largest workbook is beyond what a department may send.
    let limits = Limits { cells: 2_000_000, text_mib: 256, ..Limits::default() };
    let noted = black_box(ingest::read(bytes, "様式.xlsx", &limits, Eras::reiwa()));
    assert_eq!(noted.findings, []);
}

/// Reads a file once and prints the memory in KiB that the process has had at its peak.
fn child(reader: &str, file: &Path) {
    let bytes = std::fs::read(file).expect("the file that the parent wrote");
    match reader {
        "calamine" => calamine_reads(&bytes),
        _ => kaitei_reads(&bytes),
    }
    print_peak();
}

/// A sheet of twelve columns, with looks or without.
fn workbook(rows: u32, looks: bool) -> Vec<u8> {
    let boxed = || if looks { Format::new().set_border(FormatBorder::Thin) } else { Format::new() };
    let count = boxed().set_num_format("#,##0\"件\"");
    let share = boxed().set_num_format("0.0%");
    // Columns that look different, and every fifth row is the head of a group.
    let texts = [boxed(), boxed().set_align(FormatAlign::Center), boxed().set_text_wrap()];
    let head = boxed().set_bold().set_background_color(Color::RGB(0x00DD_EBF7));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("様式").expect("a name that Excel takes");
    if looks {
        sheet.set_column_range_format(0, 7, &texts[0]).expect("within the sheet");
    }
    for row in 0..rows {
        let said = [
            (0, format!("基本目標{}", row / 1000)),
            (1, format!("施策{}", row / 100)),
            (2, format!("重要業績評価指標その{row}")),
            (3, "平成30年度".to_owned()),
            (4, format!("{row}件／年")),
            (5, "1.維持".to_owned()),
            (6, format!("令和6年度 {}か所", row % 1000)),
            (7, format!("設定の理由を述べる文その{row}")),
        ];
        for (col, text) in said {
            let format = if row % 5 == 0 { &head } else { &texts[usize::from(col) % texts.len()] };
            let written = if looks {
                sheet.write_string_with_format(row, col, text, format)
            } else {
                sheet.write_string(row, col, text)
            };
            written.expect("within the sheet");
        }
        for (col, value, format) in
            [(8, 3.0, &count), (9, 0.0137, &share), (10, 7.25, &count), (11, 0.5, &share)]
        {
            sheet
                .write_number_with_format(row, col, value * f64::from(row), format)
                .expect("within the sheet");
        }
    }
    workbook.save_to_buffer().expect("a book in memory")
}

fn part_size(bytes: &[u8]) -> u64 {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    zip.by_name("xl/worksheets/sheet1.xml").expect("its part").size()
}
