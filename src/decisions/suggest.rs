//! Entries of the files of decisions for what was found: to be pasted, and given their reasons.

use super::quoted::quoted;
use super::{Texts, seat::Seat};
use crate::finding::{Finding, Fix, Lang, Severity, harmless};
use crate::model::{CellRef, Correction, Fingerprint, Origin, RawSheet};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const NEVER_FAILS: &str = "writing to a string does not fail";

/// Entries for both files, each of them ready to be pasted at the end of its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestions {
    /// For `corrections.toml`.
    pub corrections: String,
    /// For `accepted.toml`.
    pub accepted: String,
}

/// The entries for the findings of a document: one for each that could be accepted and is not, and one for each cell
/// of which it is known what it should say. The sheets are those that the findings are about.
pub fn suggest(
    document: &str,
    findings: &[Finding],
    sheets: &[RawSheet],
    files: &[&Fingerprint],
    lang: Lang,
) -> Suggestions {
    let texts = Texts::of(findings.iter().map(|finding| &finding.origin), sheets, files);
    let mut suggestions = Suggestions::default();
    let (mut said, mut corrected) = (BTreeSet::new(), BTreeSet::new());
    for finding in findings.iter().filter(|finding| finding.severity != Severity::Note) {
        let above = comment(finding, lang);
        let place = place(&finding.origin);
        if let Some((from, to)) = finding.fix().and_then(|fix| exact(&finding.origin, fix, sheets))
            && corrected.insert(&finding.origin)
        {
            suggestions.corrections += &above;
            suggestions.corrections += &entry(document, &finding.origin, (&from, &to), lang);
        }
        let hash = texts.hash(finding).expect("the places of all findings were looked at");
        if finding.code().is_adjustable() && said.insert((finding.code(), &finding.origin, hash.clone())) {
            write!(suggestions.accepted,
                "{above}[[accepted]]\ndocument = {}\ncode = \"{}\"\n{place}hash = \"{hash}\"\nreason = \"\" # {}\n\n",
                quoted(document),
                finding.code().id(),
                lang.pick(("このままでよい理由を書いてください", "fill in why it may stand")),
            ).expect(NEVER_FAILS);
        }
    }
    suggestions
}

/// The correction that makes a cell of a form say something else, and its entry; none if the form does not have the
/// cell, or it says so already.
pub fn correction(
    document: &str,
    origin: &Origin,
    to: &str,
    sheets: &[RawSheet],
    lang: Lang,
) -> Option<(Correction, String)> {
    let sheet = sheets.iter().find(|sheet| sheet.place == origin.place)?;
    let CellRef { row, col } = Seat::of(sheet, origin.cell?).stored;
    let from = sheet.text(row, col).unwrap_or_default();
    (from != to).then(|| {
        let entry = entry(document, origin, (from, to), lang);
        (Correction { origin: origin.clone(), from: from.into(), to: to.into(), why: "?".into() }, entry)
    })
}

/// An entry for `corrections.toml`, whose reason is to be filled in.
fn entry(document: &str, origin: &Origin, (from, to): (&str, &str), lang: Lang) -> String {
    format!(
        "[[corrections]]\ndocument = {}\n{}from = {}\nto = {}\nwhy = \"\" # {}\n\n",
        quoted(document),
        place(origin),
        quoted(from),
        quoted(to),
        lang.pick(("訂正する理由を書いてください", "fill in why it is corrected")),
    )
}

/// The texts of a correction as its cell has them to the last character; none if a finding did not see all of it.
fn exact(origin: &Origin, Fix { from, to }: Fix, sheets: &[RawSheet]) -> Option<(String, String)> {
    let sheet = sheets.iter().find(|sheet| sheet.place == origin.place)?;
    let CellRef { row, col } = Seat::of(sheet, origin.cell?).stored;
    let text = sheet.text(row, col)?;
    (text.trim() == from).then(|| (text.to_owned(), to))
}

/// The lines that name a place.
fn place(origin: &Origin) -> String {
    let mut lines = format!("file = {}\n", quoted(&origin.place.file));
    if let Some(sheet) = &origin.place.sheet {
        writeln!(lines, "sheet = {}", quoted(sheet)).expect(NEVER_FAILS);
    }
    if let Some(cell) = origin.cell {
        writeln!(lines, "cell = \"{cell}\"").expect(NEVER_FAILS);
    }
    lines
}

/// What is found, as a comment on one line.
fn comment(finding: &Finding, lang: Lang) -> String {
    let subject =
        finding.subject.as_ref().map(|subject| format!("{} ", subject.text(lang))).unwrap_or_default();
    let severity = finding.label(lang);
    let line = format!("# {severity}: {subject}{}", finding.message(lang)).replace('\n', " ");
    line.chars().map(harmless).collect::<String>() + "\n"
}
