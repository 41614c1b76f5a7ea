//! `report.json`: names and order of the keys are those of the fields. Documented in `docs/batch.md`.

use super::departments::{Recipient, SentFile, notes, recipients};
use crate::batch::manifest::Program;
use crate::batch::{Count, EditedSet, End, Outcome, Report, Totals};
use crate::emit::json::to_bytes;
use crate::finding::{Finding, Message, Severity};
use crate::model::Fingerprint;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Overview<'r> {
    #[serde(flatten)]
    program: Program,
    ended: BTreeMap<&'static str, usize>,
    rows: usize,
    codes: Vec<CodeView>,
    documents: Vec<DocumentView<'r>>,
}

#[derive(Serialize)]
struct CodeView {
    code: &'static str,
    severity: Severity,
    count: usize,
}

#[derive(Serialize)]
struct DocumentView<'r> {
    document: &'r str,
    outcome: &'static str,
    reasons: Vec<Message>,
    failure: Option<FailureView<'r>>,
    rows: Option<usize>,
    tally: &'r [Count],
    errors: usize,
    warnings: usize,
    outputs: Vec<Fingerprint>,
    departments: Vec<DepartmentView<'r>>,
    /// What was decided: findings that are accepted, cells that were corrected; absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'r Finding>,
    /// Edited sets that were kept; absent if there are none.
    #[serde(skip_serializing_if = "<[EditedSet]>::is_empty")]
    kept: &'r [EditedSet],
}

#[derive(Serialize)]
struct FailureView<'r> {
    code: &'static str,
    message: &'r Message,
}

#[derive(Serialize)]
struct DepartmentView<'r> {
    department: Option<&'r str>,
    files: Vec<FileView<'r>>,
}

#[derive(Serialize)]
struct FileView<'r> {
    file: &'r str,
    findings: Vec<&'r Finding>,
}

/// The file.
pub(super) fn render(reports: &[Report]) -> Vec<u8> {
    let totals = Totals::of(reports);
    let code = |(&(code, severity), &count): (&(crate::finding::Code, Severity), &usize)| CodeView {
        code: code.id(),
        severity,
        count,
    };
    to_bytes(&Overview {
        program: Program::this(),
        ended: End::OF_BUILDS.into_iter().map(|end| (end.id(), totals.ended(end))).collect(),
        rows: totals.rows,
        codes: totals.said.iter().map(code).collect(),
        documents: reports.iter().map(DocumentView::of).collect(),
    })
}

impl<'r> DocumentView<'r> {
    fn of(report: &'r Report) -> Self {
        let (reasons, failure) = match &report.outcome {
            Outcome::Built(_, why) | Outcome::WouldBuild(why) => (&why[..], None),
            Outcome::Failed(error) => {
                (&[][..], Some(FailureView { code: error.kind.id(), message: &error.message }))
            }
            Outcome::UpToDate(_) | Outcome::Faulty(_) | Outcome::Checked(_) | Outcome::NotReached => {
                (&[][..], None)
            }
        };
        let summary = report.summary();
        let count = |severity| summary.map_or(0, |summary| summary.count(severity));
        Self {
            document: &report.document,
            outcome: End::from(&report.outcome).id(),
            reasons: reasons.iter().map(crate::batch::Reason::message).collect(),
            failure,
            rows: summary.map(|summary| summary.rows),
            tally: summary.map_or(&[], |summary| &summary.tally),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            outputs: report.outputs(),
            departments: recipients(report).into_iter().map(DepartmentView::of).collect(),
            notes: notes(report),
            kept: &report.kept,
        }
    }
}

impl<'r> DepartmentView<'r> {
    fn of(recipient: Recipient<'r>) -> Self {
        let file = |SentFile { file, notices }: SentFile<'r>| FileView {
            file,
            findings: notices.into_iter().map(|notice| notice.finding).collect(),
        };
        Self { department: recipient.department, files: recipient.files.into_iter().map(file).collect() }
    }
}
