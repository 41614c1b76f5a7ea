//! What the PDF of a list costs: `cargo bench --bench pdf` prints, on Linux, processor time, bytes, and the peak memory
//! of a process that lays out and renders once, for 40, 2,000 and 40,000 rows; with what archives and screen readers
//! need, and without. `-- archive 10000` prints the peak of a process in KiB.

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints quotients")]

mod measure;

use kaitei::emit::Stamp;
use kaitei::emit::pdf::{self, Conformance};
use kaitei::font::Fonts;
use kaitei::layout::{Layout, lay_out};
use kaitei::model::{Align, Content, Document, HeaderCell, Table, TableCell, TableColumn, TableRow, Tally};
use kaitei::template::{PageSpec, Template};
use measure::{cpu_time_of, peak_of, print_peak};
use std::hint::black_box;

const HEADINGS: [&str; 8] =
    ["基本目標", "施策", "指標", "事業№", "現状値", "目標値", "取扱", "新たな目標値と理由"];

/// What a process does once, for its peak memory to be read.
const LAYOUT: &str = "layout";
const PLAIN: &str = "plain";
const ARCHIVE: &str = "archive";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, work, rows] = &arguments[..] {
        return once(work, rows.parse().expect("a number of rows"));
    }
    for rows in [40, 2_000, 40_000] {
        let document = document(rows);
        let layout = laid_out(&document);
        let peak = |work| peak_of(&[work, &rows.to_string()]);
        let milliseconds = |run: &dyn Fn()| cpu_time_of(run).as_secs_f64() * 1e3;
        let laying_out = milliseconds(&|| drop(black_box(laid_out(&document))));
        println!(
            "{rows} rows, {} pages: layout {laying_out:.1} ms, peak {} MiB",
            layout.pages.len(),
            peak(LAYOUT)
        );
        let auto = PageSpec { auto_widths: true, ..template().page };
        let found = milliseconds(&|| drop(black_box(lay_out(&document, &auto, &Fonts::embedded()))));
        println!("  with widths found, layout {found:.1} ms");
        let cost = |conformance, work| {
            let time = milliseconds(&|| drop(black_box(render(&document, &layout, conformance))));
            (time, render(&document, &layout, conformance).len() >> 10, peak(work))
        };
        let plain = cost(Conformance::Plain, PLAIN);
        let archive = cost(Conformance::Archive, ARCHIVE);
        println!("  plain PDF        {:8.1} ms  {:6} KiB  peak {:4} MiB", plain.0, plain.1, plain.2);
        println!("  PDF/A-2a, UA-1   {:8.1} ms  {:6} KiB  peak {:4} MiB", archive.0, archive.1, archive.2);
        println!(
            "  tags and archive × {:.2} processor time, × {:.2} with the layout",
            archive.0 / plain.0,
            (laying_out + archive.0) / (laying_out + plain.0)
        );
    }
}

fn once(work: &str, rows: usize) {
    let document = document(rows);
    let layout = laid_out(&document);
    match work {
        LAYOUT => drop(black_box(layout)),
        PLAIN => drop(black_box(render(&document, &layout, Conformance::Plain))),
        _ => drop(black_box(render(&document, &layout, Conformance::Archive))),
    }
    print_peak();
}

fn template() -> Template {
    Template::parse("sample", include_str!("../templates/meguro-2020.toml"))
        .expect("a template of the repository")
}

fn laid_out(document: &Document) -> Layout {
    lay_out(document, &template().page, &Fonts::embedded())
}

fn render(document: &Document, layout: &Layout, conformance: Conformance<'_>) -> Vec<u8> {
    let stamp = Stamp { seconds: 0 };
    pdf::render(&template().document, document, layout, &Fonts::embedded(), &stamp, conformance)
        .expect("text that the font has")
}

/// A list like a city's: groups of groups, a few lines a row.
fn document(count: usize) -> Document {
    let widths = [8, 10, 15, 4, 9, 10, 6, 24];
    let columns = widths.iter().enumerate().map(|(col, width)| TableColumn {
        level: (col < 2).then_some(col),
        is_row_header: col < 3,
        ..TableColumn::of(width * 1_000, Align::Left)
    });
    let header = HEADINGS.iter().enumerate().map(|(col, text)| HeaderCell {
        row: 0,
        col,
        row_span: 1,
        col_span: 1,
        content: Content::of(text),
    });
    let row = |i: usize| {
        let begins = match i {
            i if i % 60 == 0 => Some(0),
            i if i % 6 == 0 => Some(1),
            _ => None,
        };
        let cells = [
            format!("{}　まちをつくる", i / 60 + 1),
            format!("{}　環境づくりの推進", i / 6 + 1),
            format!("教育・保育施設の利用者のための窓口その{i}"),
            i.to_string(),
            format!("{}か所\n（27年度）", i * 37 % 5_000),
            format!("{}か所・定員{}人\n（31年度）", i * 41 % 5_000, i),
            "2.修正".to_owned(),
            "利用の実績を踏まえ、東京都の調査の指標に合わせて目標値を改めるため。".to_owned(),
        ];
        TableRow { begins, ..TableRow::of(cells.iter().map(|text| TableCell::of(text)).collect()) }
    };
    let table = Table {
        columns: columns.collect(),
        header_rows: 1,
        header: header.collect(),
        rows: (0..count).map(row).collect(),
        tally: Some(Tally {
            column: Some(6),
            lines: vec![("2.修正".to_owned(), count)],
            total: ("計".to_owned(), count),
        }),
    };
    Document::of("list", "一覧", table)
}
