//! Characters that cannot be published as they are, looked for in all texts before anything is drawn.

use super::{by_template, documents};
use crate::emit;
use crate::finding::{Code, Collector, Finding, Problem, find_subjects};
use crate::font::Fonts;
use crate::layout::{self, Metrics as _, TextRole};
use crate::model::{Dataset, Origin, Record};
use crate::template::{PrintedWords, Template};
use std::collections::BTreeSet;

/// Characters that a format cannot hold; those for which the template has others are replaced. What was lost in decoding
/// has been said of its file.
pub(super) fn unpublishable(
    list: &mut Dataset,
    template: &Template,
    fonts: &Fonts<'_>,
    findings: &[Finding],
) -> Vec<Finding> {
    let undecodable: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.code() == Code::TextUndecodable)
        .map(|finding| finding.origin.place.file.as_str())
        .collect();
    let is_said = |finding: &Finding| {
        undecodable.contains(&finding.origin.place.file.as_str())
            && matches!(&finding.problem, Problem::GlyphMissing { characters, .. } if characters.0.contains(char::REPLACEMENT_CHARACTER))
    };
    let mut collector = Collector::default();
    collector.extend(substitute(list, template, fonts));
    collector.extend(missing_glyphs(list, template, fonts).into_iter().filter(|it| !is_said(it)));
    collector.extend(emit::data::unencodable(template, list));
    collector.extend(documents::empty_views(list, template));
    let mut findings = collector.finish();
    find_subjects(&mut findings, list);
    by_template(findings, template)
}

/// Puts the template's substitutes into the list; what was put in is said.
fn substitute(list: &mut Dataset, template: &Template, fonts: &Fonts<'_>) -> Vec<Finding> {
    let substitutes = &template.fonts.substitute;
    let mut findings = Vec::new();
    if !substitutes.is_empty() {
        let mut put = |origin: &Origin, text: &mut String| {
            findings.extend(layout::substitute_in(text, origin, substitutes, fonts));
        };
        list.rows.iter_mut().for_each(|row| row.change_texts(&mut put));
    }
    each_once(findings)
}

/// What the template's words and the list's texts have that cannot be published as it is.
fn missing_glyphs(list: &Dataset, template: &Template, fonts: &Fonts<'_>) -> Vec<Finding> {
    let file = template.origin();
    let mut findings = Vec::new();
    for template in std::iter::once(template).chain(template.views.iter().map(|view| &view.template)) {
        let PrintedWords { title, headings, others } = template.printed_words();
        findings.extend(layout::unprintable(title, &file, fonts.of(TextRole::Title), false));
        for heading in headings {
            findings.extend(layout::unprintable(heading, &file, fonts.of(TextRole::Header(0)), false));
        }
        findings.extend(others.into_iter().flat_map(|text| layout::unprintable(text, &file, fonts, false)));
    }
    // A group's label is one cell, however many rows it holds for.
    let texts: BTreeSet<(&Origin, &str)> = list.rows.iter().flat_map(Record::texts).collect();
    findings
        .extend(texts.into_iter().flat_map(|(origin, text)| layout::unprintable(text, origin, fonts, true)));
    each_once(findings)
}

/// Findings by their places, each once.
fn each_once(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| a.origin.cmp(&b.origin));
    findings.dedup();
    findings
}
