//! What the documents of a run came to together.

use super::{Outcome, Report};
use crate::finding::{Code, Message, Severity, message};
use std::collections::BTreeMap;

/// The ends that a document's turn can have, without what belongs to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// [`Outcome::Built`].
    Built,
    /// [`Outcome::Checked`].
    Checked,
    /// [`Outcome::WouldBuild`].
    WouldBuild,
    /// [`Outcome::UpToDate`].
    UpToDate,
    /// [`Outcome::Faulty`].
    Faulty,
    /// [`Outcome::Failed`].
    Failed,
    /// [`Outcome::NotReached`].
    NotReached,
}

/// Numbers of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Number of documents.
    pub documents: usize,
    /// Number of indicators of all documents.
    pub rows: usize,
    /// How often each rule spoke, and how severely.
    pub said: BTreeMap<(Code, Severity), usize>,
    ends: BTreeMap<End, usize>,
}

impl End {
    /// Every end of a build, in the order in which they are told.
    pub const OF_BUILDS: [Self; 5] =
        [Self::Built, Self::UpToDate, Self::Faulty, Self::Failed, Self::NotReached];

    /// The name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Built => "built",
            Self::Checked => "checked",
            Self::WouldBuild => "would-build",
            Self::UpToDate => "up-to-date",
            Self::Faulty => "faulty",
            Self::Failed => "failed",
            Self::NotReached => "not-reached",
        }
    }

    /// In words.
    pub fn message(self) -> Message {
        match self {
            Self::Built => message("作成", "built"),
            Self::Checked => message("検査済み", "checked"),
            Self::WouldBuild => message("作成の予定", "to be built"),
            Self::UpToDate => message("変更なし", "up to date"),
            Self::Faulty => message("要修正", "with errors"),
            Self::Failed => message("失敗", "failed"),
            Self::NotReached => message("未処理", "not reached"),
        }
    }
}

impl From<&Outcome> for End {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Built(..) => Self::Built,
            Outcome::Checked(_) => Self::Checked,
            Outcome::WouldBuild(_) => Self::WouldBuild,
            Outcome::UpToDate(_) => Self::UpToDate,
            Outcome::Faulty(_) => Self::Faulty,
            Outcome::Failed(_) => Self::Failed,
            Outcome::NotReached => Self::NotReached,
        }
    }
}

impl Totals {
    /// The numbers of some reports.
    pub fn of(reports: &[Report]) -> Self {
        let mut totals = Self { documents: reports.len(), ..Self::default() };
        for report in reports {
            *totals.ends.entry(End::from(&report.outcome)).or_default() += 1;
            let Some(summary) = report.summary() else { continue };
            totals.rows += summary.rows;
            for finding in &summary.findings {
                *totals.said.entry((finding.code(), finding.severity)).or_default() += finding.count();
            }
        }
        totals
    }

    /// Number of documents that came to an end.
    pub fn ended(&self, end: End) -> usize {
        self.ends.get(&end).copied().unwrap_or_default()
    }

    /// The ends that documents came to, with their numbers.
    pub fn ends(&self) -> impl Iterator<Item = (End, usize)> {
        self.ends.iter().map(|(&end, &count)| (end, count))
    }

    /// Number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.said.iter().filter(|((_, said), _)| *said == severity).map(|(_, count)| count).sum()
    }

    /// How often each rule spoke with a severity.
    pub fn codes(&self, severity: Severity) -> impl Iterator<Item = (Code, usize)> {
        self.said
            .iter()
            .filter(move |((_, said), _)| *said == severity)
            .map(|(&(code, _), &count)| (code, count))
    }
}
