//! What independent programs say of the files (qpdf, poppler, veraPDF, `LibreOffice`, Chromium, frictionless and others),
//! and what needs more of the system than Rust: Slurm, systemd, a terminal, a disk of its own.
//!
//! A check whose program is missing is skipped, and the last line counts it; where `CI` or `KAITEI_REQUIRE_ALL` is set it
//! fails. `.ci/run` installs everything. `cargo test --test outside -- pdf::` runs those whose names contain a word.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed; a roll is read"
)]

mod breaks;
mod data;
#[cfg(target_os = "linux")]
mod disk;
mod engines;
mod html;
#[path = "../common/lists.rs"]
mod lists;
mod pdf;
#[path = "../batch/project.rs"]
#[expect(dead_code, reason = "the tests of many documents use more of it")]
mod project;
mod roll;
mod slurm;
mod systemd;
mod teeth;
#[cfg(target_os = "linux")]
mod terminal;
mod workbook;

use kaitei::batch::{self, Options, Outcome, ProjectFolder};
use kaitei::font::Fonts;
use kaitei::layout::{self, Flow};
use kaitei::model::{Dataset, Document};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use kaitei::view;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The checks by name.
macro_rules! checks {
    ($($(#[$condition:meta])* $module:ident::$check:ident,)*) => {
        &[$($(#[$condition])* (concat!(stringify!($module), "::", stringify!($check)), $module::$check as fn() -> _),)*]
    };
}

fn main() -> ExitCode {
    roll::call(checks![
        breaks::cells_break_as_in_chromium_but_for_our_rules,
        breaks::every_difference_from_chromium_has_its_rule,
        data::every_lists_data_are_a_valid_package,
        data::others_read_the_data_package_and_the_json,
        #[cfg(target_os = "linux")]
        disk::a_full_disk_leaves_the_last_output,
        #[cfg(target_os = "linux")]
        disk::a_read_only_disk_is_read_all_the_same,
        #[cfg(target_os = "linux")]
        disk::two_members_of_a_group_build_by_turns,
        html::the_nu_checker_accepts_the_page,
        html::axe_finds_no_violation,
        html::the_page_works_in_chromium,
        pdf::vera_pdf_finds_it_archival_and_accessible,
        pdf::the_tags_say_what_the_table_says,
        pdf::qpdf_accepts_the_pdf,
        pdf::poppler_extracts_every_text,
        pdf::pages_show_what_the_layout_says_and_nothing_is_clipped,
        pdf::the_objects_are_as_the_standard_defines_them,
        slurm::an_array_of_jobs_builds_the_documents_and_a_last_one_joins_them,
        systemd::systemd_knows_every_line,
        teeth::checkers_of_pages_refuse_what_is_spoiled,
        teeth::checkers_of_pdfs_refuse_what_is_spoiled,
        teeth::the_checker_of_workbooks_refuses_what_is_spoiled,
        #[cfg(target_os = "linux")]
        terminal::documents_are_counted_on_a_terminal_alone,
        workbook::the_workbook_needs_no_repair,
        workbook::libreoffice_prints_the_workbook_on_the_same_pages,
    ])
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<String> {
    ProjectFolder::new(root()).documents().unwrap()
}

/// The sample project built into a folder of its own.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["templates", "input"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    let reports =
        batch::build(&ProjectFolder::new(folder.path()), &documents(), Options::default(), &|_| {}).unwrap();
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

/// A document's template and its list.
fn understood(document: &str) -> (Template, Dataset) {
    let template = Template::load(&root().join(format!("templates/{document}.toml"))).unwrap();
    let files = kaitei::batch::walk(&root().join("input").join(document)).unwrap();
    let sources: Vec<Source> =
        files.into_iter().map(|f| Source::new(f.name, fs::read(f.path).unwrap())).collect();
    let list = understand(&sources, &template, None).value;
    (template, list)
}

fn laid_out(document: &str) -> (Document, Flow) {
    let (template, list) = understood(document);
    let document = view::list(&list, &template);
    let flow = layout::flow(&document, &template.page, &Fonts::embedded());
    (document, flow)
}
