//! What a shard leaves behind: which plan it saw, and what became of each of its documents.

use crate::batch::disk::replace;
use crate::batch::manifest::{self, Manifest, Program, Recorded};
use crate::batch::regular;
use crate::batch::report::{Count, EditedSet, Letterhead, Outcome, Report, Summary};
use crate::batch::shard::Shard;
use crate::batch::work_plan::WorkPlan;
use crate::batch::{Project, Reason};
use crate::emit::json::to_bytes;
use crate::error::Error;
use crate::finding::Severity;
use crate::model::Fingerprint;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The content of `output/.shards/<I>-of-<N>.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShardRecord {
    #[serde(flatten)]
    pub(super) program: Program,
    /// The plan's hash.
    pub(super) plan: String,
    pub(super) strict: bool,
    pub(super) source_date_epoch: Option<i64>,
    shard: usize,
    shards: usize,
    pub(super) documents: Vec<Entry>,
}

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) document: String,
    rows: usize,
    errors: usize,
    warnings: usize,
    #[serde(flatten)]
    pub(super) end: RecordedOutcome,
    /// Edited sets that were kept when it was built; absent if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kept: Vec<EditedSet>,
}

/// The ends of a document's turn in a shard. What is not here is in the manifest, which `manifest` is the hash of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(super) enum RecordedOutcome {
    Built { why: Vec<Reason>, manifest: String },
    UpToDate { manifest: String },
    Faulty { letterhead: Letterhead, tally: Vec<Count>, findings: Vec<Recorded> },
    Failed { error: Error },
    NotReached,
}

impl ShardRecord {
    /// The record of a shard that has come to its end.
    pub(super) fn new(
        plan: &WorkPlan,
        shard: Shard,
        reports: &[Report],
        project: &Project,
    ) -> Result<Self, Error> {
        Ok(Self {
            program: plan.program.clone(),
            plan: plan.sha256(),
            strict: plan.strict,
            source_date_epoch: plan.source_date_epoch,
            shard: shard.index().get(),
            shards: shard.count().get(),
            documents: reports.iter().map(|report| Entry::new(report, project)).collect::<Result<_, _>>()?,
        })
    }

    /// The records in a folder of shards; the path of one that is none.
    pub(super) fn read_all(folder: &Path) -> Result<Vec<Result<Self, PathBuf>>, Error> {
        let records = files(folder)?.into_iter().filter(|(_, extension)| extension == "json");
        let read = |(path, _): (PathBuf, String)| {
            let bytes = regular::read(&path).map_err(|e| Error::io(&path, &e))?;
            let record: Option<Self> = serde_json::from_slice(&bytes).ok();
            Ok(record.filter(|record| Shard::new(record.shard, record.shards).is_some()).ok_or(path))
        };
        records.map(read).collect()
    }

    /// Writes the record, whole or not at all.
    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        replace(path, &to_bytes(self))
    }

    /// Whose it is.
    pub(super) fn shard(&self) -> Shard {
        Shard::new(self.shard, self.shards).expect("a record was read because its shard exists")
    }
}

impl Entry {
    fn new(report: &Report, project: &Project) -> Result<Self, Error> {
        let manifest = || {
            let path = project.output(&report.document).join(manifest::NAME);
            let bytes = regular::read(&path).map_err(|e| Error::io(&path, &e))?;
            Ok(Fingerprint::of("", &bytes).sha256)
        };
        let end = match &report.outcome {
            Outcome::Built(_, why) => RecordedOutcome::Built { why: why.clone(), manifest: manifest()? },
            Outcome::UpToDate(_) => RecordedOutcome::UpToDate { manifest: manifest()? },
            Outcome::Faulty(summary) => RecordedOutcome::Faulty {
                letterhead: summary.letterhead.clone(),
                tally: summary.tally.clone(),
                findings: summary.findings.iter().map(Recorded::of).collect(),
            },
            Outcome::Failed(error) => RecordedOutcome::Failed { error: error.clone() },
            Outcome::Checked(_) | Outcome::WouldBuild(_) | Outcome::NotReached => RecordedOutcome::NotReached,
        };
        let count = |severity| report.summary().map_or(0, |summary| summary.count(severity));
        Ok(Self {
            document: report.document.clone(),
            rows: report.summary().map_or(0, |summary| summary.rows),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            end,
            kept: report.kept.clone(),
        })
    }

    /// The hash of the manifest that the document has now.
    pub(super) fn manifest(&self) -> Option<&str> {
        match &self.end {
            RecordedOutcome::Built { manifest, .. } | RecordedOutcome::UpToDate { manifest } => {
                Some(manifest)
            }
            RecordedOutcome::Faulty { .. } | RecordedOutcome::Failed { .. } | RecordedOutcome::NotReached => {
                None
            }
        }
    }

    /// What the shard reported, with the document's manifest if it has one; none if it speaks of what this program
    /// does not know.
    pub(super) fn report(self, manifest: Option<Manifest>, strict: bool) -> Option<Report> {
        let summary = || manifest.and_then(Manifest::summary).map(|summary| summary.judged(strict));
        let outcome = match self.end {
            RecordedOutcome::Built { why, .. } => Outcome::Built(summary()?, why),
            RecordedOutcome::UpToDate { .. } => Outcome::UpToDate(summary()?),
            RecordedOutcome::Faulty { letterhead, tally, findings } => {
                let findings = findings.into_iter().map(Recorded::finding).collect::<Option<_>>()?;
                Outcome::Faulty(Summary { findings, letterhead, rows: self.rows, tally, outputs: Vec::new() })
            }
            RecordedOutcome::Failed { error } => Outcome::Failed(error),
            RecordedOutcome::NotReached => Outcome::NotReached,
        };
        Some(Report { document: self.document, outcome, kept: self.kept })
    }
}

/// The files in a folder of shards by name, with their extensions; none if there is no folder.
pub(super) fn files(folder: &Path) -> Result<Vec<(PathBuf, String)>, Error> {
    let at = |error: &std::io::Error| Error::io(folder, error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|e| at(&e))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| at(&e))?.path();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        files.push((path, extension));
    }
    files.sort();
    Ok(files)
}
