//! The manifest: what was built from what, by hashes; no clock in it. Also the record by which the next build knows
//! whether anything has changed.

use super::regular;
use super::{Count, Letterhead, Summary};
use crate::emit::json::to_bytes;
use crate::finding::Finding;
use crate::model::{Contribution, Fingerprint};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::ErrorKind;
use std::path::Path;

/// The file's name in the output folder of a document.
pub(super) const NAME: &str = "manifest.json";
/// What `schemas/manifest-2.schema.json` describes.
const SCHEMA: &str = "urn:kaitei:schema:manifest:2";

/// What a document was built from and by what, and what came of it. File names are relative: inputs to the document's
/// input folder, outputs to its output folder; fonts are named as in the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The format, with its version; absent from what an older kaitei wrote.
    #[serde(rename = "$schema", default)]
    schema: String,
    #[serde(flatten)]
    pub(super) program: Program,
    document: String,
    letterhead: Letterhead,
    /// The environment's date, if it overrode the template's.
    pub(super) source_date_epoch: Option<i64>,
    pub(super) template: Fingerprint,
    /// The files that the template extends, the nearest first; absent if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) bases: Vec<Fingerprint>,
    /// The embedded font comes with the program.
    pub(super) fonts: Vec<Fingerprint>,
    pub(super) inputs: Vec<Fingerprint>,
    /// What was decided about it, by what the entries of each file say; absent if nothing was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) decisions: Vec<Fingerprint>,
    /// The earlier edition with which it was compared, and the links; absent if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) editions: Vec<Fingerprint>,
    pub(super) outputs: Vec<Fingerprint>,
    /// How many indicators came from each input file; absent from what an older kaitei wrote.
    #[serde(default)]
    pub(super) contributions: Vec<Contribution>,
    rows: usize,
    tally: Vec<Count>,
    findings: Vec<Recorded>,
}

/// Which kaitei.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    generator: String,
    version: String,
    /// The hash of its sources: the same on every machine, another after any change.
    build: String,
}

/// A finding as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Recorded {
    /// A finding.
    Known(Box<Finding>),
    /// What another kaitei wrote, and this one does not understand.
    Unknown(Value),
}

/// What a document is built from.
pub(super) struct Origins {
    /// The environment's date.
    pub(super) source_date_epoch: Option<i64>,
    /// The template's file.
    pub(super) template: Fingerprint,
    /// The files that it extends, the nearest first.
    pub(super) bases: Vec<Fingerprint>,
    /// The font files that it names.
    pub(super) fonts: Vec<Fingerprint>,
    /// The input files.
    pub(super) inputs: Vec<Fingerprint>,
    /// What was decided about it.
    pub(super) decisions: Vec<Fingerprint>,
    /// The earlier edition with which it is compared, and the links.
    pub(super) editions: Vec<Fingerprint>,
    /// What each input file gave to it.
    pub(super) contributions: Vec<Contribution>,
}

impl Program {
    /// This one.
    pub(super) fn this() -> Self {
        Self {
            generator: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: env!("KAITEI_BUILD").to_owned(),
        }
    }
}

impl Manifest {
    /// The manifest of a build.
    pub(super) fn new(document: &str, origins: Origins, summary: &Summary) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            program: Program::this(),
            document: document.to_owned(),
            letterhead: summary.letterhead.clone(),
            source_date_epoch: origins.source_date_epoch,
            template: origins.template,
            bases: origins.bases,
            fonts: origins.fonts,
            inputs: origins.inputs,
            decisions: origins.decisions,
            editions: origins.editions,
            outputs: summary.outputs.clone(),
            contributions: origins.contributions,
            rows: summary.rows,
            tally: summary.tally.clone(),
            findings: summary.findings.iter().map(Recorded::of).collect(),
        }
    }

    /// The manifest in an output folder, if there is one.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, Unreadable> {
        match regular::read(&folder.join(NAME)) {
            Ok(bytes) => Self::parse(&bytes).map(Some),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(_) => Err(Unreadable),
        }
    }

    /// From the content of its file.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Unreadable> {
        serde_json::from_slice(bytes).map_err(|_| Unreadable)
    }

    /// As the content of its file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// What the build came to; none if it speaks of what this program does not know.
    pub(super) fn summary(self) -> Option<Summary> {
        Some(Summary {
            findings: self.findings.into_iter().map(Recorded::finding).collect::<Option<_>>()?,
            letterhead: self.letterhead,
            rows: self.rows,
            tally: self.tally,
            outputs: self.outputs,
        })
    }
}

/// A manifest that cannot be read or understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

impl Recorded {
    /// To be written down.
    pub(super) fn of(finding: &Finding) -> Self {
        Self::Known(Box::new(finding.clone()))
    }

    /// The finding; none if this program does not understand it.
    pub(super) fn finding(self) -> Option<Finding> {
        match self {
            Self::Known(finding) => Some(*finding),
            Self::Unknown(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Problem, Severity};
    use crate::model::{Origin, Place};
    use std::fs;
    use std::sync::Arc;

    #[test]
    fn what_a_build_came_to_is_read_back_as_it_was() {
        let place = Arc::new(Place { file: "a.xlsx".to_owned(), sheet: Some("頁".to_owned()) });
        let say = |origin| {
            let mut said = Finding::new(Problem::CellError { value: "#REF!".into() }, origin);
            said.severity = Severity::Warning;
            said
        };
        let origins = [Origin::at(&place, 11, 27), Origin::of_place(&place), Origin::of_file("b")];
        let summary = Summary {
            findings: origins.map(say).to_vec(),
            letterhead: Letterhead { title: "一覧".to_owned(), ..Letterhead::default() },
            rows: 3,
            tally: vec![Count {
                code: "1".into(), label: "維持".into(), print: "1.維持".into(), rows: 3
            }],
            outputs: vec![Fingerprint::of("a.csv", b"x")],
        };
        let print = |name| Fingerprint::of(name, b"");
        let origins = Origins {
            source_date_epoch: Some(5),
            template: print("t.toml"),
            bases: vec![print("common.toml")],
            fonts: vec![print("f.ttf")],
            inputs: vec![print("a.xlsx")],
            decisions: vec![print("accepted.toml")],
            editions: vec![print("old.json")],
            contributions: vec![Contribution { file: "a.xlsx".to_owned(), rows: 3 }],
        };
        let manifest = Manifest::new("t", origins, &summary);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Manifest::read(folder.path()), Ok(None));
        fs::write(folder.path().join(NAME), manifest.to_bytes()).unwrap();
        assert_eq!(Manifest::read(folder.path()), Ok(Some(manifest.clone())));
        assert_eq!(manifest.clone().summary(), Some(summary));
        let other =
            String::from_utf8(manifest.to_bytes()).unwrap().replace("cell-error", "of-another-kaitei");
        assert_eq!(Manifest::parse(other.as_bytes()).unwrap().summary(), None);
        fs::write(folder.path().join(NAME), b"{}").unwrap();
        assert_eq!(Manifest::read(folder.path()), Err(Unreadable));
    }
}
