//! What the workbook of a list costs: `cargo bench --bench xlsx` prints, on Linux, processor time, peak memory of a
//! process that lays out and renders once, and bytes, for the sample's 39 rows and for lists made of copies of it.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod measure;

use kaitei::emit::Stamp;
use kaitei::emit::xlsx::{self, Material};
use kaitei::font::Fonts;
use kaitei::layout::{flow, lay_out};
use kaitei::model::{Dataset, Entry, References};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use kaitei::view;
use measure::{cpu_time_of, peak_of, print_peak};
use std::hint::black_box;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(copies) = arguments.get(1).and_then(|copies| copies.parse().ok()) {
        render(&list(copies));
        return print_peak();
    }
    for copies in [1, 52, 260] {
        let list = list(copies);
        let laying = cpu_time_of(|| {
            drop(black_box(lay_out(&view::list(&list, &template()), &template().page, &Fonts::embedded())));
        });
        let all = cpu_time_of(|| drop(black_box(render(&list))));
        let bytes = render(&list).len();
        let peak = peak_of(&[&copies.to_string()]);
        println!(
            "{} rows: layout {laying:?}, with the workbook {all:?}, {} KiB, peak {peak} MiB",
            list.rows.len(),
            bytes >> 10
        );
    }
}

fn template() -> Template {
    Template::parse("sample", include_str!("../templates/meguro-2020.toml"))
        .expect("a template of the repository")
}

/// The sample's list, over and over.
fn list(copies: usize) -> Dataset {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/meguro-2020");
    let files = kaitei::batch::walk(&folder).expect("the sample's files");
    let sources: Vec<Source> =
        files.into_iter().map(|f| Source::new(f.name, std::fs::read(f.path).expect("a file"))).collect();
    let mut list = understand(&sources, &template(), None).value;
    let once = list.rows.clone();
    for copy in 1..copies {
        list.rows.extend(once.iter().cloned().map(|mut row| {
            row.groups[0].text.push_str(&copy.to_string());
            if let Some(Entry::Text(name)) = &mut row.entries[0] {
                name.text.push_str(&copy.to_string());
            }
            row
        }));
    }
    list.tally.iter_mut().for_each(|count| *count *= copies);
    list
}

fn render(list: &Dataset) -> Vec<u8> {
    let template = template();
    let (document, fonts) = (view::list(list, &template), Fonts::embedded());
    let flow = flow(&document, &template.page, &fonts);
    let (notes, others) = (view::cell_notes(list, &template), view::beside_list(list, &template, &[]));
    let material = Material {
        about: &template.document,
        form: &document,
        page: &template.page,
        flow: &flow,
        notes: &notes,
        references: &References::new(),
        others: &others,
        protect: template.workbook.protect,
        metrics: &fonts,
    };
    xlsx::render(&material, Stamp { seconds: 0 }).expect("a list that Excel can hold")
}
