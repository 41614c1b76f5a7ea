//! Lists of other kinds than revisions, by templates alone: computed fields, grades by rules, kinds of fields.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod derived;
mod evaluation;
mod order;
mod progress;
mod subsidies;
mod totals;

use kaitei::finding::{Finding, Lang};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::io::{Cursor, Read as _};

/// The parts of an archive as text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |at| {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().into_owned(), String::from_utf8_lossy(&content).into_owned())
    };
    (0..count).map(part).collect()
}

/// `code cell` of each finding, in order.
fn codes(findings: &[Finding]) -> Vec<String> {
    let shown = |finding: &Finding| {
        let cell = finding.origin.cell.map_or_else(|| "-".to_owned(), |cell| cell.to_string());
        format!("{} {cell}", finding.code().id())
    };
    findings.iter().map(shown).collect()
}

/// What a field of each row says, and its findings.
fn said(template: &str, csv: &str, key: &str) -> (Vec<String>, Vec<Finding>) {
    let template = Template::parse("t", template).unwrap_or_else(|said| panic!("{}", said.text(Lang::En)));
    let sources = [Source::new("a.csv", csv.as_bytes().to_vec())];
    let list = understand(&sources, &template, None);
    let field = template.all_fields().into_iter().find(|&field| template.field(field).key == key).unwrap();
    let said = list.value.rows.iter().map(|row| {
        let of_value = |value: &kaitei::model::Value| match value.notes.as_slice() {
            [note] if value.text.is_empty() => format!("（{note}）"),
            _ => value.text.clone(),
        };
        let of_text = row.text(field).map(|text| text.text.clone());
        let of_choice = row.choice(field).map(|chosen| template.choice(field, chosen.id).label.clone());
        of_text.or(of_choice).or(row.value(field).map(of_value)).unwrap_or_default()
    });
    (said.collect(), list.findings)
}
