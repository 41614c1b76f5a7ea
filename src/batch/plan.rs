//! Whether a document must be built, and why: its files as they are, against the manifest of its last build.

use super::ProjectFolder;
use super::document::Run;
use super::editions;
use super::input_files::{InputFile, walk};
use super::manifest::{Manifest, Program};
use super::state::Files;
use crate::decisions::{ACCEPTED, CORRECTIONS};
use crate::error::Error;
use crate::finding::{Message, message};
use crate::model::Fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;

/// Why a document is built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", content = "file", rename_all = "kebab-case")]
pub enum Reason {
    /// It has no manifest: it was never built.
    New,
    /// Its manifest cannot be understood.
    ManifestUnreadable,
    /// It was asked for.
    Forced,
    /// Another version of kaitei, or another build of it.
    ProgramChanged,
    /// `SOURCE_DATE_EPOCH` is not what it was.
    DateChanged,
    /// The template is not what it was.
    TemplateChanged,
    /// A file that the template extends is not what it was, or not there.
    BaseChanged(String),
    /// A font file is not what it was, or not there.
    FontChanged(String),
    /// What a file of decisions says about the document is not what it was.
    DecisionsChanged(String),
    /// The earlier edition or its links are not what they were, or not there.
    EditionChanged(String),
    /// An input file that was not there.
    InputAdded(String),
    /// An input file is not what it was.
    InputChanged(String),
    /// An input file is gone.
    InputRemoved(String),
    /// A file of the last build is gone.
    OutputMissing(String),
    /// A file of the last build was altered.
    OutputAltered(String),
}

/// What is to be done for a document.
pub(super) struct Plan {
    /// Why it is to be built; empty if nothing has changed.
    pub(super) why: Vec<Reason>,
    /// The last build's manifest.
    pub(super) last: Option<Manifest>,
}

/// Compares a document's files with its manifest.
pub(super) fn plan(run: &Run<'_>, document: &str) -> Result<Plan, Error> {
    let Run { project, options, files, .. } = run;
    let decisions = run.decided.of(document)?.prints();
    let template = current_template(project, document, files)?;
    let inputs = current_inputs(project, document, files)?;
    let mut why = Vec::new();
    let last = Manifest::read(&project.output(document)).unwrap_or_else(|_| {
        why.push(Reason::ManifestUnreadable);
        None
    });
    if options.force {
        why.push(Reason::Forced);
    }
    match &last {
        None if why.is_empty() => why.push(Reason::New),
        None => {}
        Some(last) => {
            let checks = [
                (last.program != Program::this(), Reason::ProgramChanged),
                (last.source_date_epoch != options.source_date_epoch, Reason::DateChanged),
                (last.template != template, Reason::TemplateChanged),
            ];
            why.extend(checks.into_iter().filter(|(changed, _)| *changed).map(|(_, reason)| reason));
            let beside_template = |prints| changed_beside_template(project, document, prints, files);
            why.extend(beside_template(&last.bases).map(Reason::BaseChanged));
            why.extend(beside_template(&last.fonts).map(Reason::FontChanged));
            why.extend(changed_decisions(&last.decisions, &decisions));
            why.extend(changed_edition(project, &last.editions, files));
            why.extend(changed_inputs(&last.inputs, &inputs));
            why.extend(changed_outputs(project, document, last, files));
        }
    }
    Ok(Plan { why, last })
}

/// The template's name in a manifest.
pub(super) fn template_name(document: &str) -> String {
    format!("{document}.toml")
}

/// A document's template.
pub(super) fn current_template(
    project: &ProjectFolder,
    document: &str,
    files: &Files,
) -> Result<Fingerprint, Error> {
    let path = project.template_path(document);
    files.fingerprint(&path, template_name(document)).map_err(|e| Error::io(&path, &e))
}

/// A document's input files.
pub(super) fn current_inputs(
    project: &ProjectFolder,
    document: &str,
    files: &Files,
) -> Result<Vec<Fingerprint>, Error> {
    let walked = walk(&project.input(document))?;
    let print =
        |file: InputFile| files.fingerprint(&file.path, file.name).map_err(|e| Error::io(&file.path, &e));
    walked.into_iter().map(print).collect()
}

/// The files of decisions whose entries about the document are others, or are there at one of the times alone.
fn changed_decisions(last: &[Fingerprint], now: &[Fingerprint]) -> Vec<Reason> {
    let is_changed = |name: &&str| {
        let of = |prints: &[Fingerprint]| prints.iter().find(|print| print.file == **name).cloned();
        of(last) != of(now)
    };
    let changed = [CORRECTIONS, ACCEPTED].into_iter().filter(is_changed);
    changed.map(|name| Reason::DecisionsChanged(name.to_owned())).collect()
}

fn changed_inputs(last: &[Fingerprint], now: &[Fingerprint]) -> Vec<Reason> {
    fn by_name(prints: &[Fingerprint]) -> BTreeMap<&str, &Fingerprint> {
        prints.iter().map(|print| (print.file.as_str(), print)).collect()
    }
    let (before, after) = (by_name(last), by_name(now));
    let known = now.iter().filter_map(|print| match before.get(print.file.as_str()) {
        None => Some(Reason::InputAdded(print.file.clone())),
        Some(&last) if last != print => Some(Reason::InputChanged(print.file.clone())),
        Some(_) => None,
    });
    let removed = last.iter().filter(|print| !after.contains_key(print.file.as_str()));
    known.chain(removed.map(|print| Reason::InputRemoved(print.file.clone()))).collect()
}

/// The earlier edition, if it or the links are others.
fn changed_edition(project: &ProjectFolder, last: &[Fingerprint], files: &Files) -> Option<Reason> {
    let with = &last.first()?.file;
    let now = editions::prints(project, with, files).unwrap_or_default();
    (now != last).then(|| Reason::EditionChanged(with.clone()))
}

/// Those of the files that the template named which have changed. (If it names others now, it has changed itself.)
fn changed_beside_template<'a>(
    project: &ProjectFolder,
    document: &str,
    last: &'a [Fingerprint],
    files: &'a Files,
) -> impl Iterator<Item = String> + use<'a> {
    let template = project.template_path(document);
    last.iter().filter_map(move |named| {
        let now = files.fingerprint(&template.with_file_name(&named.file), named.file.as_str());
        (now.ok().as_ref() != Some(named)).then(|| named.file.clone())
    })
}

fn changed_outputs<'a>(
    project: &ProjectFolder,
    document: &str,
    last: &'a Manifest,
    files: &'a Files,
) -> impl Iterator<Item = Reason> + use<'a> {
    let folder = project.output(document);
    last.outputs.iter().filter_map(move |output| {
        match files.fingerprint(&folder.join(&output.file), output.file.as_str()) {
            Ok(now) if now == *output => None,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Some(Reason::OutputMissing(output.file.clone()))
            }
            _ => Some(Reason::OutputAltered(output.file.clone())),
        }
    })
}

impl Reason {
    /// In words.
    pub fn message(&self) -> Message {
        let of = |what: &str, file: &str, ja: &str, en: &str| {
            message(format!("{what}「{file}」が{ja}ため"), format!("{en} {file}"))
        };
        match self {
            Self::New => message("新しい文書のため", "new"),
            Self::ManifestUnreadable => {
                message("manifest.json を読み取れないため", "manifest.json unreadable")
            }
            Self::Forced => message("すべて作成する指定のため", "forced"),
            Self::ProgramChanged => message("kaitei が更新されたため", "kaitei changed"),
            Self::DateChanged => message("SOURCE_DATE_EPOCH が変更されたため", "SOURCE_DATE_EPOCH changed"),
            Self::TemplateChanged => message("テンプレートが変更されたため", "template changed"),
            Self::BaseChanged(file) => of("共通の設定", file, "変更された", "extended template changed:"),
            Self::FontChanged(file) => of("フォントファイル", file, "変更された", "font changed:"),
            Self::DecisionsChanged(file) => {
                message(format!("{file} が変更されたため"), format!("{file} changed"))
            }
            Self::EditionChanged(file) => of("前の版", file, "変更された", "earlier edition changed:"),
            Self::InputAdded(file) => of("調査票", file, "追加された", "input added:"),
            Self::InputChanged(file) => of("調査票", file, "変更された", "input changed:"),
            Self::InputRemoved(file) => of("調査票", file, "除かれた", "input removed:"),
            Self::OutputMissing(file) => of("", file, "ない", "output missing:"),
            Self::OutputAltered(file) => of("", file, "変更された", "output altered:"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_compared_by_name_and_hash() {
        let prints = |files: &[(&str, &str)]| -> Vec<Fingerprint> {
            files.iter().map(|(name, content)| Fingerprint::of(*name, content.as_bytes())).collect()
        };
        let last = prints(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert_eq!(changed_inputs(&last, &last), []);
        let now = prints(&[("b", "2"), ("c", "4"), ("d", "1")]);
        let expected = [
            Reason::InputChanged("c".to_owned()),
            Reason::InputAdded("d".to_owned()),
            Reason::InputRemoved("a".to_owned()),
        ];
        assert_eq!(changed_inputs(&last, &now), expected);
    }
}
