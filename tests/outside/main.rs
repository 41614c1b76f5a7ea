//! What independent programs say of the files: qpdf, poppler, `LibreOffice`, Chromium, and the checkers in a folder of
//! validators. Each check that cannot run here says so and why; `.ci/run` installs what they need.
//!
//! `KAITEI_PYTHON` names a Python with `pdfplumber`, `pikepdf`, lxml, `frictionless`, pandas, `openpyxl` and
//! jsonschema, `NODE_MODS` a folder with the npm packages `@ooxml-tools/validate`, `playwright-core`, `axe-core` and
//! `vnu-jar`, `CHROME` Chromium's binary if it is not `/usr/bin/chromium`, `KAITEI_VALIDATORS` the validators' folder
//! (default `../shared/validators`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "what is skipped is said")]

mod breaks;
mod data;
mod html;
mod pdf;
mod workbook;

use kaitei::batch::{self, Options, Outcome, Project};
use kaitei::font::Fonts;
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
    let reports =
        batch::build(&Project::new(folder.path()), &documents(), Options::default(), &|_| {}).unwrap();
    assert!(reports.iter().all(|report| matches!(report.outcome, Outcome::Built(..))));
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

/// A validator's script.
fn script(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("KAITEI_VALIDATORS")
        .map_or_else(|| root().join("../shared/validators"), PathBuf::from);
    let path = folder.join(name);
    if !path.exists() {
        eprintln!("SKIPPED: {name}: no folder of validators");
        return None;
    }
    Some(path)
}

/// The Python to run a validator's script with, and the script.
fn validator(name: &str) -> Option<(String, PathBuf)> {
    let path = script(name)?;
    let Ok(python) = std::env::var("KAITEI_PYTHON") else {
        eprintln!("SKIPPED: {name}: KAITEI_PYTHON is not set");
        return None;
    };
    Some((python, path))
}

fn laid_out(document: &str) -> (Table, Layout) {
    let template = Template::load(&root().join(format!("templates/{document}.toml"))).unwrap();
    let files = kaitei::ingest::walk(&root().join("input").join(document)).unwrap();
    let sources: Vec<Source> =
        files.into_iter().map(|f| Source::new(f.name, fs::read(f.path).unwrap())).collect();
    let table = layout::compose(&understand(&sources, &template, None).value, &template);
    let pages = layout::lay_out(&table, &template.page, &Fonts::embedded());
    (table, pages)
}
