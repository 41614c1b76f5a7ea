//! Acceptances laid over findings: what was looked at stays visible, and counts no more.
//!
//! * **A1** An acceptance is tied to what was looked at by a hash. It covers the text at the finding's place as it is read,
//!   corrections made (of a cell with what is struck through in it; of a sheet all texts; of a file the bytes), and what
//!   the finding states: one about two cells says what both say.
//! * **A2** A finding is accepted if rule, place and hash fit. All others count.
//! * **A3** An acceptance that fits no finding is said: stale if the rule still speaks there, with the hash that it has
//!   now; otherwise unused.

use super::Acceptance;
use super::seat::Seat;
use crate::finding::{Code, Finding, Problem, Quoted, Severity};
use crate::model::{CellRef, Fingerprint, Origin, RawCell, RawSheet};
use std::collections::{BTreeMap, BTreeSet};

/// The hashes of the texts at some places, from before anything was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(BTreeMap<Origin, String>);

impl Texts {
    /// Of places in sheets and files.
    pub fn of<'o>(
        origins: impl IntoIterator<Item = &'o Origin>,
        sheets: &[RawSheet],
        files: &[&Fingerprint],
    ) -> Self {
        let text = |origin: &Origin| (origin.clone(), sha256(&text_at(origin, sheets, files)));
        let origins: BTreeSet<&Origin> = origins.into_iter().collect();
        Self(origins.into_iter().map(text).collect())
    }

    /// The hash of what a finding is about (A1), if its place is one of these.
    pub fn hash(&self, finding: &Finding) -> Option<String> {
        let text = self.0.get(&finding.origin)?;
        let stated = serde_json::to_string(&(&finding.problem, finding.more)).expect("all keys are strings");
        let mut hash = sha256(format!("{stated}\n{text}").as_bytes());
        hash.truncate(super::HASH_DIGITS);
        Some(hash)
    }
}

fn sha256(bytes: &[u8]) -> String {
    Fingerprint::of("", bytes).sha256
}

/// What stands at a place; of a file its own hash, nothing where nothing is.
fn text_at(origin: &Origin, sheets: &[RawSheet], files: &[&Fingerprint]) -> Vec<u8> {
    let sheet = sheets.iter().find(|sheet| sheet.place == origin.place);
    match (sheet, origin.cell) {
        (Some(sheet), Some(cell)) => {
            let CellRef { row, col } = Seat::of(sheet, cell).stored;
            let cell = sheet.row(row).and_then(|row| row.cell(col));
            cell.map(text_of).unwrap_or_default().into_bytes()
        }
        (Some(sheet), None) if origin.place.sheet.is_some() => {
            let of_row = |row: &crate::model::RawRow| -> Vec<(u32, u32, String)> {
                row.cells.iter().map(|cell| (row.index, cell.col, text_of(cell))).collect()
            };
            let cells: Vec<_> = sheet.rows.iter().flat_map(of_row).collect();
            serde_json::to_vec(&cells).expect("texts are JSON")
        }
        _ => {
            let file = files.iter().find(|file| file.file == origin.place.file);
            file.map(|file| file.sha256.clone()).unwrap_or_default().into_bytes()
        }
    }
}

/// A cell's text, with what is struck through in it.
fn text_of(cell: &RawCell) -> String {
    match &cell.struck {
        None => cell.text.clone(),
        Some(struck) => format!("{}\0{struck}", cell.text),
    }
}

/// Accepts the findings that acceptances fit, and says which fit none.
pub fn accept(findings: &mut Vec<Finding>, acceptances: &[Acceptance], texts: &Texts) {
    if acceptances.is_empty() {
        return;
    }
    let mut at: BTreeMap<(Origin, Code), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        at.entry((finding.origin.clone(), finding.code())).or_default().push(index);
    }
    let mut unfit: Vec<(&Acceptance, &[usize])> = Vec::new();
    for acceptance in acceptances {
        let Acceptance { origin, code, hash, reason } = acceptance;
        let there = at.get(&(origin.clone(), *code)).map_or(&[][..], Vec::as_slice);
        let fits = |index: &usize| texts.hash(&findings[*index]).as_ref() == Some(hash);
        let fitting: Vec<usize> = there.iter().copied().filter(fits).collect();
        if fitting.is_empty() {
            unfit.push((acceptance, there));
        }
        for index in fitting {
            findings[index].severity = Severity::Note;
            findings[index].accepted = Some(reason.clone());
        }
    }
    for (Acceptance { origin, code, .. }, there) in unfit {
        let open = there.iter().find(|index| findings[**index].accepted.is_none());
        let rule = Quoted::from(code.id());
        let problem = match open.and_then(|index| texts.hash(&findings[*index])) {
            Some(hash) => Problem::AcceptanceStale { rule, hash: hash.into() },
            None => Problem::AcceptanceUnused { rule },
        };
        findings.push(Finding::new(problem, origin.clone()));
    }
}
