//! `kaitei score`: each rule with a file that follows it and one that does not, what comes along with files, files
//! that are hostile, and kaitei's own editions.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod books;
mod command;
mod package;
mod text;

use kaitei::ingest;
use kaitei::model::Limits;
use kaitei::score::{Companion, Rule, Score, Subject, Verdict, score};

/// A file as it would be scored.
fn subject(file: &str, bytes: &[u8]) -> Subject {
    let limits = Limits::default();
    let read = ingest::read(bytes, file, &limits);
    let survey = ingest::survey(bytes, file, &limits);
    Subject { file: file.to_owned(), sheets: read.value, survey, diagnostics: read.diagnostics }
}

/// The score of a file alone.
fn alone(file: &str, bytes: &[u8]) -> Score {
    score(&subject(file, bytes), &[])
}

/// The score of a CSV file beside a JSON file and other CSV files.
fn beside(text: &str, json: &str, tables: &[&str]) -> Score {
    let others: Vec<Subject> = tables.iter().map(|text| subject("other.csv", text.as_bytes())).collect();
    let tables = others.iter().flat_map(|other| other.sheets.iter().map(Companion::Table));
    let companions: Vec<Companion<'_>> =
        [Companion::Json(json.as_bytes())].into_iter().chain(tables).collect();
    score(&subject("a.csv", text.as_bytes()), &companions)
}

/// `pass`, `not-applicable`, `cannot-tell`, or `fail` with the cells: `fail A1 B2`, without cells for a whole sheet.
fn said(score: &Score, rule: &str) -> String {
    let verdict = score.verdict(Rule::by_id(rule).unwrap());
    let cells = verdict.findings().iter().flat_map(|finding| &finding.cells);
    let cells: Vec<String> = cells.map(|cell| format!(" {cell}")).collect();
    assert!(*verdict != Verdict::Fail(Vec::new()), "{rule} fails for no reason");
    format!("{}{}", verdict.id(), cells.concat())
}
