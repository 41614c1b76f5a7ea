//! What independent programs say of the files: qpdf, poppler, `LibreOffice`, and the checkers in a folder of
//! validators. Each check that cannot run here says so and why; `.ci/run` installs what they need.
//!
//! `KAITEI_PYTHON` names a Python with `pdfplumber` and lxml, `NODE_MODS` a folder with the npm package
//! `@ooxml-tools/validate`, `KAITEI_VALIDATORS` the validators' folder (default `../shared/validators`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "what is skipped is said")]

use kaitei::batch::{self, Options, Project};
use kaitei::font::Font;
use kaitei::layout::{self, Layout, Table};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<String> {
    Project::new(root()).documents().unwrap()
}

/// The sample project built into a folder of its own.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["templates", "input"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    let reports = batch::build(&Project::new(folder.path()), &[], Options::default()).unwrap();
    assert!(reports.iter().all(|r| r.outcome.as_ref().is_ok_and(|o| !o.written.is_empty())));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

fn output(folder: &Path, document: &str, extension: &str) -> PathBuf {
    folder.join("output").join(document).join(format!("{document}.{extension}"))
}

/// Runs a program; `None`, with the reason printed, if it is not installed.
fn run(program: &str, arguments: &[&Path]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            eprintln!("SKIPPED: {program}: {error}");
            None
        }
    }
}

fn assert_passes(output: &Output, what: &str) {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{what}: {text}{}", String::from_utf8_lossy(&output.stderr));
}

/// A validator's script and the Python to run it with.
fn validator(script: &str) -> Option<(String, PathBuf)> {
    let folder = std::env::var_os("KAITEI_VALIDATORS")
        .map_or_else(|| root().join("../shared/validators"), PathBuf::from);
    let path = folder.join(script);
    if !path.exists() {
        eprintln!("SKIPPED: {script}: no folder of validators");
        return None;
    }
    let Ok(python) = std::env::var("KAITEI_PYTHON") else {
        eprintln!("SKIPPED: {script}: KAITEI_PYTHON is not set");
        return None;
    };
    Some((python, path))
}

/// The texts of the pages' drawn rows as the validator reads them: the tally's first two lines count as
/// header rows, which it skips.
fn drawn_rows(table: &Table, pages: &Layout) -> Vec<Vec<String>> {
    let text = |row: usize, col: usize| table.rows[row].cells[col].paragraphs.concat();
    let mut rows = Vec::new();
    for page in &pages.pages {
        for row in page.rows.clone() {
            let shown = |col: usize| row == page.rows.start || table.span(row, col).start == row;
            let cell = |col: usize| if shown(col) { text(row, col) } else { String::new() };
            rows.push((0..table.columns.len()).map(cell).collect());
        }
    }
    let tally = table.tally.as_ref().unwrap();
    let lines = tally.lines.iter().chain([&tally.total]).skip(table.header_rows);
    rows.extend(lines.map(|(label, count)| vec![label.clone(), count.to_string()]));
    rows
}

fn laid_out(document: &str) -> (Table, Layout) {
    let template = Template::load(&root().join(format!("templates/{document}.toml"))).unwrap();
    let files = kaitei::ingest::walk(&root().join("input").join(document)).unwrap();
    let sources: Vec<Source> =
        files.into_iter().map(|f| Source::new(f.name, fs::read(f.path).unwrap())).collect();
    let table = layout::compose(&understand(&sources, &template, None).value, &template);
    let pages = layout::lay_out(&table, &template.page, &Font::embedded());
    (table, pages)
}

#[test]
fn qpdf_accepts_the_pdf() {
    let folder = built();
    for document in &documents() {
        let pdf = output(folder.path(), document, "pdf");
        let Some(checked) = run("qpdf", &[Path::new("--check"), &pdf]) else { return };
        assert_passes(&checked, document);
    }
}

#[test]
fn poppler_extracts_every_text() {
    let folder = built();
    for document in &documents() {
        let pdf = output(folder.path(), document, "pdf");
        // Cell by cell, in the order of the content stream.
        let Some(extracted) = run("pdftotext", &[Path::new("-raw"), &pdf, Path::new("-")]) else { return };
        assert_passes(&extracted, document);
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let text = squeezed(&String::from_utf8(extracted.stdout).unwrap());
        let (table, _) = laid_out(document);
        assert!(text.contains(&squeezed(&table.title)));
        for cell in table.header.iter().map(|c| &c.content).chain(table.rows.iter().flat_map(|r| &r.cells)) {
            let cell = squeezed(&cell.paragraphs.concat());
            assert!(text.contains(&cell), "{document}: {cell}");
        }
    }
}

#[test]
fn pages_show_what_the_table_says_and_nothing_is_clipped() {
    let Some((python, script)) = validator("pdf_table.py") else { return };
    let folder = built();
    for document in &documents() {
        let (table, pages) = laid_out(document);
        let expected = folder.path().join("rows.json");
        fs::write(&expected, serde_json::to_vec(&drawn_rows(&table, &pages)).unwrap()).unwrap();
        let pdf = output(folder.path(), document, "pdf");
        let header_rows = table.header_rows.to_string();
        let arguments: [&Path; 6] = [
            &script,
            &pdf,
            Path::new("--expect"),
            &expected,
            Path::new("--skip-rows"),
            Path::new(&header_rows),
        ];
        let Some(checked) = run(&python, &arguments) else { return };
        assert_passes(&checked, document);
    }
}

#[test]
fn the_workbook_needs_no_repair() {
    let Some((python, script)) = validator("xlsx_schema.py") else { return };
    let folder = built();
    for document in &documents() {
        let workbook = output(folder.path(), document, "xlsx");
        let mut arguments = vec![script.as_path(), workbook.as_path()];
        if std::env::var_os("NODE_MODS").is_none() {
            eprintln!("SKIPPED: the Open XML SDK's half of xlsx_schema.py: NODE_MODS is not set");
            arguments.push(Path::new("--no-sdk"));
        }
        let Some(checked) = run(&python, &arguments) else { return };
        assert_passes(&checked, document);
    }
}

#[test]
fn libreoffice_prints_the_workbook_on_the_same_pages() {
    let folder = built();
    for document in &documents() {
        let workbook = output(folder.path(), document, "xlsx");
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let [convert, pdf, out] = ["--convert-to", "pdf", "--outdir"].map(Path::new);
        let arguments =
            [Path::new(&profile), Path::new("--headless"), convert, pdf, out, folder.path(), &workbook];
        let Some(converted) = run("soffice", &arguments) else { return };
        assert_passes(&converted, document);
        let printed = folder.path().join(format!("{document}.pdf"));
        let Some(extracted) = run("pdftotext", &[Path::new("-raw"), &printed, Path::new("-")]) else {
            return;
        };
        let text = String::from_utf8(extracted.stdout).unwrap();
        let printed_pages: Vec<String> = text
            .trim_end_matches('\u{c}')
            .split('\u{c}')
            .map(|page| page.split_whitespace().collect())
            .collect();
        let (table, pages) = laid_out(document);
        assert_eq!(printed_pages.len(), pages.pages.len(), "{document}: number of pages");
        let indicator = table.header.iter().find(|h| h.content.paragraphs[0].contains("指標")).unwrap().col;
        for (printed, page) in printed_pages.iter().zip(&pages.pages) {
            for row in page.rows.clone() {
                let text: String = table.rows[row].cells[indicator].paragraphs.concat();
                assert!(printed.contains(&text.split_whitespace().collect::<String>()), "{document}: {text}");
            }
        }
    }
}
