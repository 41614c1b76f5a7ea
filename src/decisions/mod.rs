//! The planning section's decisions about departments' forms: cells that it corrects, findings that it accepts.
//!
//! They stand in two files at the project's root, `corrections.toml` and `accepted.toml`, one each for all documents:
//!
//! * A clerk has one place for each, beside `templates/` and `input/`, whose files keep the meaning that they have (a
//!   template is a document, an input file a department's), and can read in one file what was decided. What
//!   `kaitei check --suggest` prints is pasted at its end, whichever documents it is about.
//! * An entry names its document, unless the project has only one. A document depends on its own entries alone,
//!   whatever their order and layout ([`Decisions::prints`]): of 1,788 documents, a new entry builds one. A slip in an
//!   entry keeps that entry's document from being built, and no other.
//!
//! ```text
//! text of the files ── file ──▶ Decisions         what is written there, or which slip
//! sheets as read ── correct ──▶ sheets            before anything is understood
//! findings ── accept ──▶ findings                 after everything is said
//! ```

mod accept;
mod acceptance;
mod correct;
mod entry;
mod file;
mod quoted;
mod seat;
mod suggest;

pub use accept::{Texts, accept};
pub use acceptance::{Acceptance, HASH_DIGITS};
pub use correct::correct;
pub use file::by_document;
pub use suggest::{Suggestions, correction, suggest};

use crate::finding::Message;
use crate::model::{Correction, Fingerprint, Origin};

/// The file of corrections, at the project's root.
pub const CORRECTIONS: &str = "corrections.toml";
/// The file of acceptances, at the project's root.
pub const ACCEPTED: &str = "accepted.toml";

/// What is wrong in one of the files: which, where, and what to write.
pub type Slip = Message;

/// What was decided about the forms of one document, in the order of their cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// Cells that are read as something else than what they show.
    pub corrections: Vec<Correction>,
    /// Findings that may stand.
    pub acceptances: Vec<Acceptance>,
}

impl Decisions {
    /// The fingerprints of what was decided, under the names of the files; none of a file without an entry. They cover
    /// what the entries say, not how.
    pub fn prints(&self) -> Vec<Fingerprint> {
        let mut prints = Vec::new();
        if !self.corrections.is_empty() {
            let said = |Correction { origin, from, to, why }: &Correction| {
                [place(origin).as_slice(), &[from.clone(), to.clone(), why.clone()]].concat()
            };
            prints.push(print(CORRECTIONS, &self.corrections.iter().map(said).collect::<Vec<_>>()));
        }
        if !self.acceptances.is_empty() {
            let said = |Acceptance { origin, code, hash, reason }: &Acceptance| {
                [place(origin).as_slice(), &[code.id().to_owned(), hash.clone(), reason.clone()]].concat()
            };
            prints.push(print(ACCEPTED, &self.acceptances.iter().map(said).collect::<Vec<_>>()));
        }
        prints
    }
}

/// The file, the sheet and the cell, each as text.
fn place(origin: &Origin) -> Vec<String> {
    let sheet = origin.place.sheet.clone().unwrap_or_default();
    let cell = origin.cell.map(|cell| cell.to_string()).unwrap_or_default();
    vec![origin.place.file.clone(), sheet, cell]
}

fn print(file: &str, entries: &[Vec<String>]) -> Fingerprint {
    Fingerprint::of(file, &serde_json::to_vec(entries).expect("texts are JSON"))
}
