//! What was decided about a project's documents: its files of decisions, read once a run.

use super::Project;
use super::regular;
use crate::decisions::{self, ACCEPTED, CORRECTIONS, Decisions, Slip};
use crate::error::Error;
use crate::finding::message;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// The decisions about each document; of a document that has a slip, what is wrong.
#[derive(Default)]
pub(super) struct DecisionShelf {
    documents: BTreeMap<String, Result<Decisions, Slip>>,
    none: Decisions,
}

impl DecisionShelf {
    /// Reads the files, if they are there.
    pub(super) fn load(project: &Project) -> Result<Self, Error> {
        let read = |name| read(&project.root().join(name), name);
        let (corrections, accepted) = (read(CORRECTIONS)?, read(ACCEPTED)?);
        if corrections.is_none() && accepted.is_none() {
            return Ok(Self::default());
        }
        let documents =
            decisions::by_document(corrections.as_deref(), accepted.as_deref(), &project.documents()?);
        Ok(Self { documents: documents.map_err(Error::usage)?, none: Decisions::default() })
    }

    /// What was decided about a document.
    pub(super) fn of(&self, document: &str) -> Result<&Decisions, Error> {
        match self.documents.get(document) {
            None => Ok(&self.none),
            Some(decided) => decided.as_ref().map_err(|slip| Error::usage(slip.clone())),
        }
    }
}

fn read(path: &Path, name: &str) -> Result<Option<String>, Error> {
    let bytes = match regular::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => read.map_err(|e| Error::io(path, &e))?,
    };
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::usage(message(
            format!(
                "{name}: 文字コードがUTF-8ではありません。エディターで「UTF-8」を選んで保存し直してください"
            ),
            format!("{name}: not UTF-8; save it again as UTF-8"),
        ))
    })?;
    Ok(Some(text))
}
