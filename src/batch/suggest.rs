//! Entries for the files of decisions, by what a check finds in each document.

use super::decisions::DecisionShelf;
use super::fonts::{FontFiles, FontShelf};
use super::manifest::Manifest;
use super::sources::read_sources;
use super::{ProjectFolder, Workers};
use crate::decisions::{Suggestions, suggest};
use crate::error::Error;
use crate::finding::Lang;
use crate::ingest::FileReader;
use crate::pipeline::{self, Source, Understood};
use crate::template::Template;

/// The entries for some documents ([`ProjectFolder::choose`]), one after the other; nothing is written.
pub fn suggestions(
    project: &ProjectFolder,
    documents: &[String],
    workers: Option<&Workers>,
    lang: Lang,
) -> Result<Suggestions, Error> {
    let (decided, fonts) = (DecisionShelf::load(project)?, FontShelf::default());
    let reader = workers.map(Workers::reader);
    let reader = reader.as_ref().map(|read| read as FileReader<'_>);
    let mut all = Suggestions::default();
    for document in documents {
        let path = project.template_path(document);
        let template = Template::load(&path)?;
        let files = FontFiles::read(&template, &path, &fonts)?;
        let sources = read_sources(&project.input(document), &template.limits)?;
        let decisions = decided.of(document)?;
        let last = Manifest::read(&project.output(document)).ok().flatten();
        let before = last.map(|last| last.contributions).unwrap_or_default();
        let fonts = files.fonts()?;
        let understood = pipeline::inspect(&sources, &template, decisions, &fonts, reader, Some(&before));
        let Understood { sheets, .. } = &understood.value;
        let prints: Vec<_> = sources.iter().map(|Source { fingerprint, .. }| fingerprint).collect();
        let own = suggest(document, &understood.findings, sheets, &prints, lang);
        all.corrections += &own.corrections;
        all.accepted += &own.accepted;
    }
    Ok(all)
}
