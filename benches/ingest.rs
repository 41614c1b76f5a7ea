//! How long reading a large workbook takes, beside what calamine alone takes for its dense grid.
//!
//! `cargo bench --bench ingest` prints CPU times, their ratio, and on Linux the memory that a reading adds at
//! its peak. The workbook is like a departmental one: eight columns of text, four of numbers with formats.

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints quotients")]

use calamine::{Reader as _, Xlsx};
use kaitei::ingest;
use rust_xlsxwriter::{Format, Workbook};
use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

/// Readings of which the fastest counts.
const READINGS: usize = 5;

fn main() {
    for rows in [10_000, 100_000] {
        let bytes = workbook(rows);
        let part = part_size(&bytes);
        let (dense, dense_memory) = measure(|| {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..])).expect("a book written here");
            black_box(book.worksheet_range("様式").expect("its sheet"));
        });
        let (ours, our_memory) = measure(|| {
            let noted = ingest::read(&bytes, "様式.xlsx");
            assert_eq!((noted.value[0].rows.len(), noted.diagnostics.len()), (rows as usize, 0));
        });
        println!(
            "{rows} rows: calamine {dense:?}, kaitei {ours:?}, ratio {:.2}",
            ours.as_secs_f64() / dense.as_secs_f64()
        );
        println!(
            "    the sheet's part {} MiB; peak memory: calamine {dense_memory}, kaitei {our_memory}",
            part >> 20
        );
    }
}

/// A sheet of twelve columns.
fn workbook(rows: u32) -> Vec<u8> {
    let count = Format::new().set_num_format("#,##0\"件\"");
    let share = Format::new().set_num_format("0.0%");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("様式").expect("a name that Excel takes");
    for row in 0..rows {
        let texts = [
            (0, format!("基本目標{}", row / 1000)),
            (1, format!("施策{}", row / 100)),
            (2, format!("重要業績評価指標その{row}")),
            (3, "平成30年度".to_owned()),
            (4, format!("{row}件／年")),
            (5, "1.維持".to_owned()),
            (6, format!("令和6年度 {}か所", row % 1000)),
            (7, format!("設定の理由を述べる文その{row}")),
        ];
        for (col, text) in texts {
            sheet.write_string(row, col, text).expect("within the sheet");
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

/// CPU time of the fastest reading, and the memory it took at its peak.
fn measure(read: impl Fn()) -> (Duration, String) {
    let before = reset_peak();
    read();
    let memory = match (before, status("VmHWM:")) {
        (Some(before), Some(peak)) => format!("{} MiB", peak.saturating_sub(before) >> 10),
        _ => "unknown".to_owned(),
    };
    let timed = (0..READINGS).map(|_| {
        let start = cpu_time();
        read();
        cpu_time() - start
    });
    (timed.min().unwrap_or_default(), memory)
}

/// Time that this process has had on a processor, of all its threads; elapsed time where that is unknown.
fn cpu_time() -> Duration {
    let clock = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanos = clock.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(elapsed, Duration::from_nanos)
}

fn elapsed() -> Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
}

/// Sets the peak to the memory in use, in KiB, and returns that.
fn reset_peak() -> Option<u64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

/// A line of the process's status, in KiB.
fn status(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let found = status.lines().find_map(|l| l.strip_prefix(line))?;
    found.trim().trim_end_matches("kB").trim().parse().ok()
}
