//! Many documents: a project's folders, what each document's build came to, what is written.

mod fonts;
mod inspect;
mod manifest;
mod score;
mod write;

pub use inspect::{Inspection, TemplateChoice, inspect};
pub use score::score;

use crate::diagnostic::{Diagnostic, Noted, Severity, has_errors, message};
use crate::emit::Stamp;
use crate::error::Error;
use crate::ingest::{self, InputFile, Taster};
use crate::model::{Fingerprint, Limits};
use crate::pipeline::{self, Built, Source};
use crate::template::{Template, suggestion};
use fonts::FontFiles;
use manifest::Origins;
use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};

/// A project folder: `templates/`, `input/`, `output/`.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

/// How to build.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Warnings are errors.
    pub strict: bool,
    /// Report only; write nothing.
    pub dry: bool,
    /// `SOURCE_DATE_EPOCH`: seconds since 1970 UTC, instead of the template's date.
    pub source_date_epoch: Option<i64>,
    /// Tries out files of risky formats; without one, they are read at this process's peril.
    pub taster: Option<&'a Taster>,
}

/// What became of one document.
#[derive(Debug)]
pub struct Report {
    /// The document's name.
    pub document: String,
    /// The build, or why it could not happen.
    pub outcome: Result<Outcome, Error>,
}

/// A document whose build happened, with or without errors in its data.
#[derive(Debug)]
pub struct Outcome {
    /// In the order of the stages. Files are named from the document's input folder; what is not there, from the
    /// project's (`templates/…`, `input/…`).
    pub diagnostics: Vec<Diagnostic>,
    /// Number of indicators.
    pub rows: usize,
    /// Label and number of rows per disposition.
    pub tally: Vec<(String, usize)>,
    /// Files written, in order; empty if there were errors or nothing was to be written.
    pub written: Vec<PathBuf>,
}

impl Project {
    /// A project at a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The names of all documents, sorted: the templates' file stems.
    pub fn documents(&self) -> Result<Vec<String>, Error> {
        let folder = self.root.join("templates");
        let entries = std::fs::read_dir(&folder).map_err(|_| {
            Error::usage(message(
                format!("{} がありません。プロジェクトのフォルダーで実行するか --project で指定してください（新しく始めるには kaitei init）", folder.display()),
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
                format!("{} にテンプレート（*.toml）がありません", folder.display()),
                format!("there is no template (*.toml) in {}", folder.display()),
            )));
        }
        names.sort();
        Ok(names)
    }

    /// The chosen documents, or all if none is named.
    fn chosen(&self, names: &[String]) -> Result<Vec<String>, Error> {
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
        if names.is_empty() {
            return Ok(known);
        }
        // Each once, in the order of the templates.
        Ok(known.into_iter().filter(|name| names.contains(name)).collect())
    }

    fn template_path(&self, document: &str) -> PathBuf {
        self.root.join("templates").join(format!("{document}.toml"))
    }

    fn input(&self, document: &str) -> PathBuf {
        self.root.join("input").join(document)
    }

    fn output(&self, document: &str) -> PathBuf {
        self.root.join("output").join(document)
    }
}

/// Builds the named documents, or all, in the order of their names. One document's trouble does not stop the others.
pub fn build(project: &Project, names: &[String], options: Options<'_>) -> Result<Vec<Report>, Error> {
    let documents = project.chosen(names)?;
    Ok(documents
        .into_iter()
        .map(|document| {
            let outcome = build_document(project, &document, options);
            Report { document, outcome }
        })
        .collect())
}

fn build_document(project: &Project, document: &str, options: Options<'_>) -> Result<Outcome, Error> {
    let template_path = project.template_path(document);
    let template_bytes = std::fs::read(&template_path).map_err(|e| Error::io(&template_path, &e))?;
    let template = Template::from_bytes(&template_path, &template_bytes)?;
    let files = FontFiles::read(&template, &template_path)?;
    let fonts = files.fonts()?;
    let input = project.input(document);
    let sources = read_sources(&input, &template.limits)?;
    let stamp = Stamp::resolve(template.document.date, options.source_date_epoch);
    let Noted { value: built, mut diagnostics } =
        pipeline::build(&sources, &template, &fonts, stamp, options.taster)?;
    if options.strict {
        for diagnostic in &mut diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
    let written = if options.dry || has_errors(&diagnostics) {
        Vec::new()
    } else {
        let origins = Origins {
            template: Fingerprint::of(format!("{document}.toml"), &template_bytes),
            fonts: files.files().map(|(path, bytes)| Fingerprint::of(path, bytes)).collect(),
            inputs: sources.iter().map(|source| source.print.clone()).collect(),
        };
        let manifest = manifest::render(&template, origins, &built, &diagnostics);
        write_all(&project.output(document), document, &built, &manifest)?
    };
    let tally = template.dispositions.iter().map(|d| d.print.clone()).zip(built.list.tally).collect();
    Ok(Outcome { diagnostics, rows: built.list.rows.len(), tally, written })
}

fn write_all(folder: &Path, document: &str, built: &Built, manifest: &[u8]) -> Result<Vec<PathBuf>, Error> {
    let editions =
        built.editions.iter().map(|(format, bytes)| (format.file_name(document), bytes.as_slice()));
    let files: Vec<(String, &[u8])> = editions.chain([("manifest.json".to_owned(), manifest)]).collect();
    write::write_together(folder, &files)
}

/// As much of a file that is too large as tells what it is.
const HEAD_BYTES: u64 = 4096;

/// Reads the input files; of those that are longer than the template allows, one or all together, the beginning.
fn read_sources(folder: &Path, limits: &Limits) -> Result<Vec<Source>, Error> {
    let mut left = limits.total_mib << 20;
    let mut sources = Vec::new();
    for file in ingest::walk(folder)? {
        let source = read_source(file, left.min(limits.file_mib << 20))?;
        if source.is_whole() {
            left = left.saturating_sub(source.print.bytes);
        }
        sources.push(source);
    }
    Ok(sources)
}

fn read_source(InputFile { path, name }: InputFile, most: u64) -> Result<Source, Error> {
    let read = || {
        let mut file = File::open(&path)?;
        let mut bytes = Vec::new();
        if file.metadata()?.len() > most {
            (&file).take(HEAD_BYTES).read_to_end(&mut bytes)?;
            file.rewind()?;
            return Ok(Source { print: Fingerprint::of_reader(name, file)?, bytes });
        }
        // It may have grown meanwhile.
        file.take(most).read_to_end(&mut bytes)?;
        Ok(Source::new(name, bytes))
    };
    read().map_err(|e: std::io::Error| Error::io(&path, &e))
}
