//! Whether the files in a document's output folder are those that its manifest promises.

use super::Project;
use super::input_files::walk;
use super::kept::kept_sets;
use super::lock::Lock;
use super::manifest::{self, Manifest};
use super::regular;
use crate::error::{Error, ErrorKind};
use crate::finding::{Message, message};
use crate::model::Fingerprint;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// A document's folder against its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The document's name.
    pub document: String,
    /// Number of files that are as promised.
    pub sound: usize,
    /// What is not.
    pub differences: Vec<Difference>,
    /// Edited sets of it that were kept, by name: there to be looked at, and no difference.
    pub kept: Vec<String>,
}

/// What is not as the manifest promises.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// There is no manifest: the document was never built.
    NotBuilt,
    /// The manifest cannot be understood.
    ManifestUnreadable,
    /// A promised file is not there.
    Missing(String),
    /// A promised file has other content.
    Altered(String),
    /// A file that the manifest does not promise.
    Extra(String),
}

/// Reads all files of the documents' folders, whatever they look like. No build may be under way.
pub fn verify(project: &Project, documents: &[String]) -> Result<Vec<Verified>, Error> {
    let _lock = lock(project)?;
    documents.par_iter().map(|document| verify_one(project, document)).collect()
}

/// Shards may be at work together, but not while somebody reads. Who may not write cannot keep them away.
fn lock(project: &Project) -> Result<Option<Lock>, Error> {
    let output = project.outputs();
    if !project.shards().exists() {
        return Lock::shared(&output);
    }
    match Lock::exclusive(&output) {
        Err(error) if error.kind == ErrorKind::Io => Lock::shared(&output),
        lock => lock.map(Some),
    }
}

fn verify_one(project: &Project, document: &str) -> Result<Verified, Error> {
    let folder = project.output(document);
    let kept = kept_sets(&folder).map_err(|e| Error::io(&folder, &e))?;
    let found = |sound, differences| Verified { document: document.to_owned(), sound, differences, kept };
    let manifest = match Manifest::read(&folder) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => return Ok(found(0, vec![Difference::NotBuilt])),
        Err(_) => return Ok(found(0, vec![Difference::ManifestUnreadable])),
    };
    let mut differences = changed(&folder, &manifest)?;
    let sound = manifest.outputs.len() - differences.len();
    let promised: BTreeSet<&str> = manifest.outputs.iter().map(|output| output.file.as_str()).collect();
    let files = walk(&folder)?.into_iter().map(|file| file.name);
    let extra = files.filter(|name| name != manifest::NAME && !promised.contains(name.as_str()));
    differences.extend(extra.map(Difference::Extra));
    Ok(found(sound, differences))
}

/// The files of a folder that are not as its manifest promises.
pub(super) fn changed(folder: &Path, manifest: &Manifest) -> Result<Vec<Difference>, Error> {
    let mut differences = Vec::new();
    for output in &manifest.outputs {
        let path = folder.join(&output.file);
        let print = regular::open(&path).and_then(|file| Fingerprint::of_reader(output.file.as_str(), file));
        match print {
            Ok(print) if print == *output => {}
            Ok(_) => differences.push(Difference::Altered(output.file.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                differences.push(Difference::Missing(output.file.clone()));
            }
            Err(error) => return Err(Error::io(&path, &error)),
        }
    }
    Ok(differences)
}

impl Difference {
    /// The name in data.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NotBuilt => "not-built",
            Self::ManifestUnreadable => "manifest-unreadable",
            Self::Missing(_) => "missing",
            Self::Altered(_) => "altered",
            Self::Extra(_) => "extra",
        }
    }

    /// In words.
    pub fn message(&self) -> Message {
        match self {
            Self::NotBuilt => message("まだ作成していません", "never built"),
            Self::ManifestUnreadable => {
                message("manifest.json を読み取れません", "manifest.json cannot be understood")
            }
            Self::Missing(file) => message(format!("「{file}」がありません"), format!("{file} is missing")),
            Self::Altered(file) => {
                message(format!("「{file}」が、作成した後に変更されています"), format!("{file} was altered"))
            }
            Self::Extra(file) => message(
                format!("「{file}」は、kaitei が作成したファイルではありません"),
                format!("{file} was not made by kaitei"),
            ),
        }
    }
}
