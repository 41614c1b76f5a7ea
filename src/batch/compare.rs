//! A document and its earlier edition, read and compared.

use super::decisions::DecisionShelf;
use super::editions;
use super::fonts::{FontFiles, FontShelf};
use super::sources::read_sources;
use super::{ProjectFolder, Workers};
use crate::compare::{Comparison, Edition};
use crate::error::Error;
use crate::finding::{Finding, message};
use crate::ingest::FileReader;
use crate::model::Dataset;
use crate::pipeline::{self, Earlier, Understood};
use crate::template::Template;

/// Two editions of a list, compared.
#[derive(Debug)]
pub struct Compared {
    /// What the old edition is called: a document or a file.
    pub with: String,
    /// The old edition.
    pub old: Earlier,
    /// What explains the new one.
    pub template: Template,
    /// The new one.
    pub list: Dataset,
    /// What changed.
    pub comparison: Comparison,
    /// What is said of the new edition, and of the comparison.
    pub findings: Vec<Finding>,
}

impl Compared {
    /// The new edition, to be compared.
    pub fn new_edition(&self) -> Edition<'_> {
        Edition::new(&self.template, &self.list)
    }
}

/// Compares a document with an earlier edition: that of its template, unless another is named.
///
/// # Errors
/// None is named, or it cannot be read.
pub fn compare(
    project: &ProjectFolder,
    document: &str,
    with: Option<&str>,
    workers: Option<&Workers>,
) -> Result<Compared, Error> {
    let reader = workers.map(Workers::reader);
    let reader = reader.as_ref().map(|read| read as FileReader<'_>);
    let document = project.choose(&[document.to_owned()], &[])?.remove(0);
    let path = project.template_path(&document);
    let template = Template::load(&path)?;
    let with = match with {
        Some(with) => with.to_owned(),
        None if template.compare.with.is_empty() => return Err(nothing_to_compare_with(&document)),
        None => template.compare.with.clone(),
    };
    let old = editions::read(project, &document, &with, &template, reader)?;
    let fonts = FontFiles::read(&template, &path, &FontShelf::default())?;
    let sources = read_sources(&project.input(&document), &template.limits)?;
    let decided = DecisionShelf::load(project)?;
    let decisions = decided.of(&document)?;
    let read = pipeline::inspect(&sources, &template, decisions, &fonts.fonts()?, reader, None);
    let (Understood { mut list, .. }, mut findings) = (read.value, read.findings);
    let (comparison, asked) = old.compared(&mut list, &template);
    findings.extend(asked);
    Ok(Compared { with, old, template, list, comparison, findings })
}

fn nothing_to_compare_with(document: &str) -> Error {
    Error::usage(message(
        format!(
            "文書「{document}」の前の版が分かりません。--with で、前の版の文書かファイルを指定するか、テンプレートの compare.with に書いてください"
        ),
        format!(
            "no earlier edition of {document} is named; name a document or a file with --with, or in the template's `compare.with`"
        ),
    ))
}
