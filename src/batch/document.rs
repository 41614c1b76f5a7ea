//! One document's turn: must it be built, what comes of it, and the new files beside the old ones.

use super::decisions::DecisionShelf;
use super::editions;
use super::fonts::{FontFiles, FontShelf};
use super::manifest::{self, Manifest, Origins};
use super::plan::{self, Plan, Reason};
use super::report::{Count, EditedSet, Letterhead, Outcome, Summary};
use super::sources::read_sources;
use super::state::Files;
use super::swap::{self, Staged};
use super::{Mode, Options, ProjectFolder, Workers};
use crate::emit::Stamp;
use crate::error::Error;
use crate::finding::Noted;
use crate::ingest::FileReader;
use crate::model::{Contribution, Fingerprint};
use crate::pipeline::{self, Built, Past};
use crate::template::{Template, TemplateFiles};

/// What all documents of a run share.
pub(super) struct Run<'a> {
    pub(super) project: &'a ProjectFolder,
    pub(super) options: Options<'a>,
    pub(super) files: Files,
    pub(super) fonts: FontShelf,
    pub(super) decided: DecisionShelf,
}

/// How far a document has come.
pub(super) enum Turn {
    /// To its end.
    Over(Outcome),
    /// It is built, and its new files are to take their place.
    Staged(Staged, Summary, Vec<Reason>),
}

/// Takes a document's turn. Edited sets that a killed build has left are kept.
pub(super) fn take_turn(run: &Run<'_>, document: &str, kept: &mut Vec<EditedSet>) -> Result<Turn, Error> {
    let Options { mode, strict, .. } = run.options;
    if mode == Mode::Build {
        kept.extend(swap::recover(&run.project.output(document), &run.files)?);
    }
    let Plan { mut why, mut last } = match mode {
        // What it was built from last is looked at all the same; a manifest that cannot be read says nothing.
        Mode::Check => {
            let last = Manifest::read(&run.project.output(document)).unwrap_or_default();
            Plan { why: vec![Reason::Forced], last }
        }
        Mode::Build | Mode::Plan => plan::plan(run, document)?,
    };
    let before = last.as_mut().map(|last| std::mem::take(&mut last.contributions)).unwrap_or_default();
    if why.is_empty() {
        match last.and_then(Manifest::summary).map(|summary| summary.judged(strict)) {
            Some(summary) if summary.is_faulty() => return Ok(Turn::Over(Outcome::Faulty(summary))),
            Some(summary) => return Ok(Turn::Over(Outcome::UpToDate(summary))),
            None => why.push(Reason::ManifestUnreadable),
        }
    }
    match mode {
        Mode::Plan => Ok(Turn::Over(Outcome::WouldBuild(why))),
        Mode::Build | Mode::Check => make(run, document, why, &before),
    }
}

fn make(run: &Run<'_>, document: &str, why: Vec<Reason>, before: &[Contribution]) -> Result<Turn, Error> {
    let Options { mode, strict, source_date_epoch, workers, .. } = run.options;
    let path = run.project.template_path(document);
    let said = TemplateFiles::read(&path)?;
    let template = Template::from_files(&path, &said)?;
    let files = FontFiles::read(&template, &path, &run.fonts)?;
    let sources = read_sources(&run.project.input(document), &template.limits)?;
    let decisions = run.decided.of(document)?;
    let stamp = Stamp::resolve(template.document.date, source_date_epoch);
    let reader = workers.map(Workers::reader);
    let reader = reader.as_ref().map(|read| read as FileReader<'_>);
    let with = Some(&template.compare.with).filter(|with| !with.is_empty());
    let earlier =
        with.map(|with| editions::read(run.project, document, with, &template, reader)).transpose()?;
    let editions = with.map_or(Ok(Vec::new()), |with| editions::prints(run.project, with, &run.files))?;
    let past = Past { contributions: before, edition: earlier.as_ref() };
    let built = pipeline::build(&sources, &template, decisions, &files.fonts()?, stamp, reader, &past)?;
    let contributions = Contribution::of(&built.value.list);
    let (summary, outputs) = summarise(built, &template);
    let summary = summary.judged(strict);
    if summary.is_faulty() {
        return Ok(Turn::Over(Outcome::Faulty(Summary { outputs: Vec::new(), ..summary })));
    }
    if mode == Mode::Check {
        return Ok(Turn::Over(Outcome::Checked(Summary { outputs: Vec::new(), ..summary })));
    }
    let origins = Origins {
        source_date_epoch,
        template: Fingerprint::of(plan::template_name(document), &said.own),
        bases: said.base_prints(),
        fonts: files.prints(),
        decisions: decisions.prints(),
        editions,
        contributions,
        inputs: sources.into_iter().map(|source| source.fingerprint).collect(),
    };
    let manifest = Manifest::new(document, origins, &summary).to_bytes();
    let mut set: Vec<(String, &[u8])> =
        outputs.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())).collect();
    // The manifest comes last: a set that has one is complete.
    set.push((manifest::NAME.to_owned(), &manifest));
    let staged = swap::stage(&run.project.output(document), &set)?;
    Ok(Turn::Staged(staged, summary, why))
}

/// A build in numbers, and its files by their names.
fn summarise(built: Noted<Built>, template: &Template) -> (Summary, Vec<(String, Vec<u8>)>) {
    let Noted { value: built, findings } = built;
    let (rows, tally) = (built.list.rows.len(), built.list.tally.clone());
    let choices = template.counted().map_or(&[][..], |(_, choices)| choices);
    let count = |(disposition, &rows): (&crate::template::Choice, &usize)| Count {
        code: disposition.code.clone(),
        label: disposition.label.clone(),
        print: disposition.print.clone(),
        rows,
    };
    let outputs: Vec<_> = built.into_files(&template.id).map(|(name, _, bytes)| (name, bytes)).collect();
    let summary = Summary {
        findings,
        letterhead: Letterhead::of(&template.document),
        rows,
        tally: choices.iter().zip(&tally).map(count).collect(),
        outputs: outputs.iter().map(|(name, bytes)| Fingerprint::of(name, bytes)).collect(),
    };
    (summary, outputs)
}
