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
use crate::finding::{Code, Finding, Severity, message};
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
        let stated = format!("{} {}", finding.code.id(), finding.message.en);
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
    let mut at: BTreeMap<(&Origin, Code), Vec<usize>> = BTreeMap::new();
    let wanted: BTreeSet<(&Origin, Code)> = acceptances.iter().map(Acceptance::about).collect();
    for (index, finding) in findings.iter().enumerate() {
        let about = (&finding.origin, finding.code);
        if let Some(about) = wanted.get(&about) {
            at.entry(*about).or_default().push(index);
        }
    }
    let mut unfit: Vec<&Acceptance> = Vec::new();
    for acceptance in acceptances {
        let there = at.get(&acceptance.about()).map_or(&[][..], Vec::as_slice);
        let fits = |index: &&usize| texts.hash(&findings[**index]).as_ref() == Some(&acceptance.hash);
        let fitting: Vec<usize> = there.iter().filter(fits).copied().collect();
        if fitting.is_empty() {
            unfit.push(acceptance);
        }
        for index in fitting {
            findings[index].severity = Severity::Note;
            findings[index].accepted = Some(acceptance.reason.clone());
        }
    }
    for acceptance in unfit {
        let there = at.get(&acceptance.about()).map_or(&[][..], Vec::as_slice);
        let open = there.iter().find(|index| findings[**index].accepted.is_none());
        let hash = open.and_then(|index| texts.hash(&findings[*index]));
        let said = hash.map_or_else(|| unused(acceptance), |hash| stale(acceptance, &hash));
        findings.push(said);
    }
}

fn stale(Acceptance { origin, code, .. }: &Acceptance, hash: &str) -> Finding {
    let id = code.id();
    Finding::new(
        Code::AcceptanceStale,
        origin.clone(),
        message(
            format!("確認済みとした指摘（{id}）の内容が、その後変わりました"),
            format!("what was accepted here ({id}) has changed since"),
        ),
        message(
            format!("指摘を確認し、このままでよければ accepted.toml の項目を hash = \"{hash}\" としてください"),
            format!("look at the finding again; if it may stand, write hash = \"{hash}\" in accepted.toml"),
        ),
    )
}

fn unused(Acceptance { origin, code, .. }: &Acceptance) -> Finding {
    let id = code.id();
    Finding::new(
        Code::AcceptanceUnused,
        origin.clone(),
        message(
            format!("確認済みとした指摘（{id}）は、ここにはもうありません"),
            format!("what was accepted here ({id}) is not found any more"),
        ),
        message("accepted.toml の項目を消してください", "delete the entry in accepted.toml"),
    )
}
