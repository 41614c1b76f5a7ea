//! Lists of other kinds than revisions, by templates alone: computed fields, grades by rules, kinds of fields.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod derived;
mod evaluation;
mod subsidies;

use kaitei::finding::{Finding, Lang};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;

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
