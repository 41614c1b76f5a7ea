//! A document's findings by who can do something about them: each department sends a file or a folder of files, and
//! what no department can do is for the planning section.

use crate::batch::{Report, is_of_project};
use crate::finding::{Finding, Lang, Reader, Severity};
use crate::model::Origin;
use std::collections::BTreeMap;

/// What is to be said to a reader.
pub(super) struct Recipient<'r> {
    /// The first folder or file below the document's input folder; none for the planning section.
    pub(super) department: Option<&'r str>,
    /// By their names.
    pub(super) files: Vec<SentFile<'r>>,
}

/// What is to be said of a file.
pub(super) struct SentFile<'r> {
    pub(super) file: &'r str,
    /// By sheet and cell.
    pub(super) notices: Vec<Notice<'r>>,
}

/// A finding at a place of the reader's own.
#[derive(Clone, Copy)]
pub(super) struct Notice<'r> {
    pub(super) finding: &'r Finding,
    /// The finding's own place, or the other one of two.
    pub(super) origin: &'r Origin,
}

/// The readers that there is something to say to: the planning section, then the departments by name. A finding about
/// the files of two departments is told to both.
pub(super) fn recipients(report: &Report) -> Vec<Recipient<'_>> {
    let mut recipients: BTreeMap<Option<&str>, BTreeMap<&str, Vec<Notice<'_>>>> = BTreeMap::new();
    let findings = report.summary().map_or(&[][..], |summary| &summary.findings);
    // About a note, nobody is to do anything.
    for finding in findings.iter().filter(|finding| finding.severity != Severity::Note) {
        let first = reader(report, finding, &finding.origin);
        let other = finding.also_at().filter(|other| reader(report, finding, other) != first);
        for origin in [Some(&finding.origin), other].into_iter().flatten() {
            let files = recipients.entry(reader(report, finding, origin)).or_default();
            files.entry(&origin.place.file).or_default().push(Notice { finding, origin });
        }
    }
    let recipient = |(department, files): (_, BTreeMap<_, _>)| Recipient {
        department,
        files: files.into_iter().map(|(file, notices)| SentFile::new(file, notices)).collect(),
    };
    recipients.into_iter().map(recipient).collect()
}

/// The department that a finding at a place is told to; none if that is for the planning section.
fn reader<'r>(report: &Report, finding: &Finding, origin: &'r Origin) -> Option<&'r str> {
    let file = origin.place.file.as_str();
    let can_act = finding.remedy(Reader::Department, Lang::Ja).is_some();
    file.split('/').next().filter(|_| can_act && !is_of_project(&report.document, file))
}

/// What the planning section has decided about a document, in the order of its places.
pub(super) fn notes(report: &Report) -> Vec<&Finding> {
    let findings = report.summary().map_or(&[][..], |summary| &summary.findings);
    let mut notes: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity == Severity::Note).collect();
    notes.sort_by_key(|finding| &finding.origin);
    notes
}

impl<'r> SentFile<'r> {
    fn new(file: &'r str, mut notices: Vec<Notice<'r>>) -> Self {
        notices.sort_by_key(|notice| notice.origin);
        Self { file, notices }
    }
}
