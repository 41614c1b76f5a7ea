//! Many documents: a project's folders, what each document's build came to, what is written.
//!
//! A run tells an observer of what happens (`report`); what it came to in all (`totals`) and in detail (`overview`)
//! is made of its reports.
//!
//! ```text
//! choose ─▶ run         in parallel, reported in order; trouble with one document ends that one alone
//!            ├ plan     must it be built? its files against its manifest, quickly thanks to the state
//!            ├ document reads, builds (pipeline), and stages the new files beside the old ones (swap)
//!            └ swap     all that is staged to the disk, then into its place
//!
//! units ─▶ shards       on several machines: what is built from what, the shares, each share's run and record, and
//!                       the proof that together they are one whole build
//! ```

mod compare;
mod decisions;
mod disk;
mod document;
mod editions;
mod edits;
mod fonts;
mod input_files;
mod inspect;
mod kept;
mod lock;
mod manifest;
mod next;
mod overview;
mod plan;
pub mod protocol;
mod quiet;
mod regular;
mod report;
mod run;
mod score;
mod shard;
mod shards;
mod sites;
mod sources;
mod state;
mod suggest;
mod swap;
mod system_error;
mod templates;
mod totals;
mod verify;
mod work_plan;
mod workers;

pub use compare::{Compared, compare};
pub use disk::replace;
pub use input_files::{InputFile, walk};
pub use inspect::{Inspection, TemplateChoice, inspect};
pub use manifest::Program;
pub use next::{NextYear, next};
pub use overview::write_overview;
pub use plan::Reason;
pub use quiet::quiet_caught_panics;
pub use report::{CellEdit, Count, EditedSet, Event, Letterhead, Observer, Outcome, Report, Summary};
pub use score::score;
pub use shard::Shard;
pub use shards::{Flaw, Merged, merge};
pub use sites::{Sites, Snapshot};
pub use suggest::suggestions;
pub use totals::{End, Totals};
pub use verify::{Difference, Verified, verify};
pub use work_plan::{WorkItem, WorkPlan, plan};
pub use workers::{COMMAND as WORKER, OUT_OF_TIME, Workers};

use crate::error::Error;
use crate::finding::message;
use crate::template::{Template, extended, suggestion};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use unicode_normalization::UnicodeNormalization as _;

/// A project folder: `templates/`, `input/`, `output/`.
#[derive(Debug, Clone)]
pub struct ProjectFolder {
    root: PathBuf,
}

/// What a run does with the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Builds those that have changed.
    #[default]
    Build,
    /// Reads and checks all of them and writes nothing.
    Check,
    /// Says which would be built, and why.
    Plan,
}

/// How to build.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// What is done.
    pub mode: Mode,
    /// Warnings are errors.
    pub strict: bool,
    /// Builds what has not changed as well, and believes no file's looks.
    pub force: bool,
    /// Documents that are in work at the same time; without it, one for each processor.
    pub jobs: Option<NonZeroUsize>,
    /// Of all that is to be built, builds this share alone, and leaves a record for [`merge`].
    pub shard: Option<Shard>,
    /// `SOURCE_DATE_EPOCH`: seconds since 1970 UTC, instead of the template's date.
    pub source_date_epoch: Option<i64>,
    /// Who reads risky files; without them, they are read at this process's peril.
    pub workers: Option<&'a Workers>,
    /// Once it is true, documents in work are finished and no other is begun.
    pub stop: Option<&'a AtomicBool>,
}

/// Builds, checks or plans the documents ([`ProjectFolder::choose`]), or builds a shard's share of them, and reports in
/// their order. One document's trouble does not stop the others. The outcome does not depend on the number of jobs.
pub fn build(
    project: &ProjectFolder,
    documents: &[String],
    options: Options<'_>,
    observer: Observer<'_>,
) -> Result<Vec<Report>, Error> {
    match (options.mode, options.shard) {
        (Mode::Build, Some(shard)) => shards::build(project, documents, shard, options, observer),
        _ => run::run(project, documents, options, observer),
    }
}

impl ProjectFolder {
    /// A project at a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The names of all documents, sorted: the templates' file stems.
    pub fn documents(&self) -> Result<Vec<String>, Error> {
        let folder = self.root.join("templates");
        let entries = std::fs::read_dir(&folder).map_err(|_| {
            Error::usage(message(
                format!("「{}」フォルダーがありません。プロジェクトのフォルダーで実行するか、--project で指定してください（新しく始めるときは kaitei init）", folder.display()),
                format!("no folder {}; run in a project's folder or name it with --project (to start one: kaitei init)", folder.display()),
            ))
        })?;
        let mut names = Vec::new();
        for entry in entries {
            let path = entry.map_err(|e| Error::io(&folder, &e))?.path();
            // What macOS leaves beside a file (`._city.toml`) is no template.
            if path.extension().is_some_and(|e| e == "toml")
                && let Some(stem) = path.file_stem()
                && !stem.to_string_lossy().starts_with('.')
            {
                names.push(stem.to_string_lossy().into_owned());
            }
        }
        if names.is_empty() {
            return Err(Error::usage(message(
                format!("「{}」にテンプレート（*.toml）がありません", folder.display()),
                format!("there is no template (*.toml) in {}", folder.display()),
            )));
        }
        names.sort();
        self.leave_out_bases(&mut names);
        Ok(names)
    }

    /// What another template extends and no department sends forms for is no document.
    fn leave_out_bases(&self, names: &mut Vec<String>) {
        let has_input = |name: &String| self.input(name).exists();
        if names.iter().all(has_input) {
            return;
        }
        let base = |name: &String| {
            let text = String::from_utf8(Template::bytes(&self.template_path(name)).ok()?).ok()?;
            let base = extended("", &text)?;
            base.trim_start_matches("./").strip_suffix(".toml").map(str::to_owned)
        };
        let bases: BTreeSet<String> = names.iter().filter_map(base).collect();
        names.retain(|name| has_input(name) || !bases.contains(name));
    }

    /// The documents that are named or fit a pattern (`*`, `?`, `[…]`), each once, in the order of the names; all
    /// if nothing is given.
    pub fn choose(&self, names: &[String], patterns: &[String]) -> Result<Vec<String>, Error> {
        let known = self.documents()?;
        for name in names {
            if !known.contains(name) {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let meant = suggestion(name, &known);
                return Err(Error::usage(message(
                    format!("文書「{name}」のテンプレートがありません。{}", meant.ja),
                    format!("no template for the document `{name}`; {}", meant.en),
                )));
            }
        }
        let patterns =
            patterns.iter().map(|pattern| fitting(pattern, &known)).collect::<Result<Vec<_>, _>>()?;
        if names.is_empty() && patterns.is_empty() {
            return Ok(known);
        }
        let is_chosen = |name: &String| names.contains(name) || patterns.iter().any(|p| p.matches(name));
        Ok(known.into_iter().filter(is_chosen).collect())
    }

    fn template_path(&self, document: &str) -> PathBuf {
        self.root.join("templates").join(format!("{document}.toml"))
    }

    fn input(&self, document: &str) -> PathBuf {
        let inputs = self.root.join("input");
        let folder = inputs.join(document);
        if folder.exists() { folder } else { same_name(&inputs, document).unwrap_or(folder) }
    }

    /// The folder of a document's results.
    pub fn output(&self, document: &str) -> PathBuf {
        self.outputs().join(document)
    }

    /// The folder of all documents' results.
    pub fn outputs(&self) -> PathBuf {
        self.root.join("output")
    }

    /// What shards share, and what each leaves behind.
    fn shards(&self) -> PathBuf {
        self.outputs().join(shards::FOLDER)
    }

    /// The path of a file as findings of a document name it.
    pub fn named(&self, document: &str, file: &str) -> PathBuf {
        if is_of_project(document, file) { self.root.join(file) } else { self.input(document).join(file) }
    }

    fn root(&self) -> &Path {
        &self.root
    }
}

/// The folder whose name looks the same: macOS takes the marks of が and ぱ apart, and others do not.
fn same_name(folder: &Path, name: &str) -> Option<PathBuf> {
    let composed = |name: &str| name.nfc().collect::<String>();
    let entries = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let same = |path: &PathBuf| {
        path.file_name().is_some_and(|file| composed(&file.to_string_lossy()) == composed(name))
    };
    entries.map(|entry| entry.path()).filter(same).min()
}

/// Whether a file that findings of a document name is no input: its template, or the input folder itself.
fn is_of_project(document: &str, file: &str) -> bool {
    let name = file.strip_prefix("templates/").and_then(|name| name.strip_suffix(".toml"));
    name.or_else(|| file.strip_prefix("input/")) == Some(document)
}

/// A pattern that fits at least one document.
fn fitting(pattern: &str, documents: &[String]) -> Result<glob::Pattern, Error> {
    let parsed = glob::Pattern::new(pattern).map_err(|error| {
        Error::usage(message(
            format!("文書名のパターン「{pattern}」は使えません。使える記号は * と ? です（例：「kita-*」）"),
            format!("`{pattern}` is no pattern of document names ({error})"),
        ))
    })?;
    if documents.iter().any(|document| parsed.matches(document)) {
        return Ok(parsed);
    }
    Err(Error::usage(message(
        format!("パターン「{pattern}」に合う文書がありません"),
        format!("no document fits `{pattern}`"),
    )))
}
