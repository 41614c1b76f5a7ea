//! How single files were understood: each with the template of its document, and among that document's files.

use super::decisions::DecisionShelf;
use super::fonts::{FontFiles, FontShelf};
use super::input_files::{InputFile, walk};
use super::sources::{read_source, read_sources};
use super::{ProjectFolder, Workers};
use crate::decisions::Decisions;
use crate::error::Error;
use crate::finding::{Code, Finding, Noted, message};
use crate::ingest::FileReader;
use crate::model::{Correction, RawSheet, Record, SheetAccount};
use crate::pipeline::{self, Source, Understood};
use crate::template::Template;
use crate::view::Inspected;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which template explains a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateChoice {
    /// That of the document in whose input folder the file is, else the project's only one.
    ByFolder,
    /// That of the named document.
    Document(String),
    /// The one at this path; no project is needed.
    At(PathBuf),
}

/// How a file was understood.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The template that explained it.
    pub template: Template,
    /// The file as origins name it.
    pub file: String,
    /// Its sheets as they were read, each with its account.
    pub sheets: Vec<(RawSheet, SheetAccount)>,
    /// Its indicators, in the order of the list.
    pub rows: Vec<Record>,
    /// Its cells that are not read as they were sent.
    pub corrections: Vec<Correction>,
    /// What is said of it.
    pub findings: Vec<Finding>,
}

/// Files that were read together.
struct Reading {
    template: Template,
    understood: Noted<Understood>,
}

/// Inspects files. One that lies in the input folder of its document is read among all the files there, as a check
/// would; any other is read alone.
pub fn inspect(
    project: &ProjectFolder,
    files: &[PathBuf],
    choice: &TemplateChoice,
    workers: Option<&Workers>,
) -> Result<Vec<Inspection>, Error> {
    let reader = workers.map(Workers::reader);
    let reader = reader.as_ref().map(|read| read as FileReader<'_>);
    let mut documents: BTreeMap<String, Reading> = BTreeMap::new();
    let mut inspections = Vec::new();
    for file in files {
        std::fs::metadata(file).map_err(|e| Error::io(file, &e))?;
        let (template, home) = find(project, file, choice)?;
        let Some((document, name)) = home else {
            inspections.push(alone(file, &template, reader)?);
            continue;
        };
        if !documents.contains_key(&document) {
            let path = template;
            let template = Template::load(&path)?;
            let sources = read_sources(&project.input(&document), &template.limits)?;
            let decided = DecisionShelf::load(project)?;
            let decisions = decided.of(&document)?;
            documents.insert(document.clone(), read(&sources, template, (&path, decisions), reader)?);
        }
        inspections.push(documents[&document].of_file(name));
    }
    Ok(inspections)
}

fn read(
    sources: &[Source],
    template: Template,
    (path, decisions): (&Path, &Decisions),
    reader: Option<FileReader<'_>>,
) -> Result<Reading, Error> {
    let files = FontFiles::read(&template, path, &FontShelf::default())?;
    let understood = pipeline::inspect(sources, &template, decisions, &files.fonts()?, reader, None);
    Ok(Reading { template, understood })
}

/// A file without the others of its document: what it says of their projects cannot be checked.
fn alone(file: &Path, path: &Path, reader: Option<FileReader<'_>>) -> Result<Inspection, Error> {
    let template = Template::load(path)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let input = InputFile { path: file.to_owned(), name: name.clone() };
    let source = read_source(input, template.limits.file_mib << 20)?;
    let mut inspection = read(&[source], template, (path, &Decisions::default()), reader)?.of_file(name);
    // Nor can what fits only them.
    let of_others = [Code::ReferenceBroken, Code::FormUnfit];
    inspection.findings.retain(|finding| !of_others.contains(&finding.code()));
    Ok(inspection)
}

impl Inspection {
    /// The same, to be shown.
    pub fn inspected(&self) -> Inspected<'_> {
        Inspected {
            template: &self.template,
            file: &self.file,
            sheets: self.sheets.iter().map(|(sheet, account)| (sheet, account)).collect(),
            rows: self.rows.iter().collect(),
            findings: self.findings.iter().collect(),
        }
    }
}

impl Reading {
    fn of_file(&self, file: String) -> Inspection {
        let Understood { sheets, list } = &self.understood.value;
        let sheets = sheets.iter().zip(&list.accounts).filter(|(sheet, _)| sheet.place.file == file);
        let rows = list.rows.iter().filter(|row| row.origin.place.file == file);
        let corrections = list.corrections.iter().filter(|correction| correction.origin.place.file == file);
        let findings = self.understood.findings.iter().filter(|d| d.is_of_file(&file));
        Inspection {
            template: self.template.clone(),
            sheets: sheets.map(|(sheet, account)| (sheet.clone(), account.clone())).collect(),
            rows: rows.cloned().collect(),
            corrections: corrections.cloned().collect(),
            findings: findings.cloned().collect(),
            file,
        }
    }
}

/// The template of a file; and if the file is one of its document's, the document and the file's name there.
fn find(
    project: &ProjectFolder,
    file: &Path,
    choice: &TemplateChoice,
) -> Result<(PathBuf, Option<(String, String)>), Error> {
    let candidates = match choice {
        TemplateChoice::At(path) => return Ok((path.clone(), None)),
        TemplateChoice::Document(name) => project.choose(std::slice::from_ref(name), &[])?,
        TemplateChoice::ByFolder => project.documents().map_err(or_template)?,
    };
    for document in &candidates {
        if let Some(name) = name_in(&project.input(document), file)? {
            return Ok((project.template_path(document), Some((document.clone(), name))));
        }
    }
    match candidates.as_slice() {
        [only] => Ok((project.template_path(only), None)),
        several => Err(unclear(file, several)),
    }
}

/// The name of a file among those below an input folder.
fn name_in(folder: &Path, file: &Path) -> Result<Option<String>, Error> {
    let Ok(file) = file.canonicalize() else { return Ok(None) };
    let same = |path: &Path| path.canonicalize().is_ok_and(|path| path == file);
    Ok(walk(folder)?.into_iter().find(|input| same(&input.path)).map(|input| input.name))
}

/// Outside a project there is another way.
fn or_template(error: Error) -> Error {
    let Error { kind, message: said } = error;
    let message = message(
        format!("{}。--template でテンプレートを指定することもできます", said.ja),
        format!("{}; or name a template with --template", said.en),
    );
    Error { kind, message }
}

fn unclear(file: &Path, documents: &[String]) -> Error {
    let file = file.display();
    Error::usage(message(
        format!(
            "{file} はどの文書の入力フォルダーにもありません。--document で文書を選んでください: {}",
            documents.join("、")
        ),
        format!(
            "{file} is in no document's input folder; choose a document with --document: {}",
            documents.join(", ")
        ),
    ))
}
