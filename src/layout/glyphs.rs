//! Characters that the fonts lack or that nobody else could read, found at their cells before anything is drawn.

use super::wrap::cluster_bounds;
use super::{Metrics, Role};
use crate::finding::{Characters, Finding, Problem};
use crate::model::{Entry, KpiList, KpiRow, Origin, Value};
use crate::template::{RevisedMark, Running, RunningPart, Template};
use std::collections::BTreeSet;

/// Code points of a cluster that are told.
const LONGEST_CLUSTER: usize = 8;

/// One finding for each text of the list or of the template that has a character without a glyph, or one of the
/// private use areas.
pub fn missing_glyphs(list: &KpiList, template: &Template, metrics: &dyn Metrics) -> Vec<Finding> {
    let mut texts = Vec::new();
    list.rows.iter().for_each(|row| row_texts(row, &mut texts));
    let in_list = texts.into_iter().map(|(text, origin)| (text, origin, metrics));
    // A group's label is one cell, however many rows it holds for.
    let found: BTreeSet<(Origin, &str)> = template_texts(template, metrics)
        .into_iter()
        .chain(in_list)
        .filter_map(|(text, origin, metrics)| {
            first_unprintable(text, metrics).map(|cluster| (origin, cluster))
        })
        .collect();
    found.into_iter().map(|(origin, cluster)| unprintable(cluster, origin)).collect()
}

/// The first grapheme cluster of a text that has no glyph, or no meaning outside the offices that agreed on it.
fn first_unprintable<'a>(text: &'a str, metrics: &dyn Metrics) -> Option<&'a str> {
    let mut clusters = text.lines().flat_map(|line| {
        let bounds = cluster_bounds(line);
        bounds.windows(2).map(|w| &line[w[0]..w[1]]).collect::<Vec<_>>()
    });
    clusters.find(|cluster| cluster.contains(is_private) || !metrics.covers(cluster))
}

/// Whether a character is one of the private use areas (外字): it has no agreed meaning, so that no reader of the
/// published document could search it or hear it, whatever a font draws for it.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// The template's texts, each with what measures it.
fn template_texts<'a>(
    template: &'a Template,
    metrics: &'a dyn Metrics,
) -> Vec<(&'a str, Origin, &'a dyn Metrics)> {
    let (title, heading) = (metrics.of(Role::Title), metrics.of(Role::Header(0)));
    let document = &template.document;
    let mut texts = vec![(document.title.as_str(), title), (template.page.continued.as_str(), metrics)];
    if template.page.mark_revised == RevisedMark::Words {
        texts.push((RevisedMark::WORD, metrics));
    }
    let lines = document.subtitle.iter().chain(&document.byline).chain(&document.notes);
    texts.extend(lines.map(|line| (line.as_str(), metrics)));
    let running = [&template.page.header, &template.page.footer];
    let pieces = running.into_iter().flat_map(Running::parts).flatten();
    texts.extend(pieces.filter_map(|piece| match piece {
        RunningPart::Text(text) => Some((text.as_str(), metrics)),
        RunningPart::Page | RunningPart::Pages => None,
    }));
    for column in &template.columns {
        texts.extend([(column.separator.as_str(), metrics), (column.empty.as_str(), metrics)]);
        texts.push((column.title.as_str(), heading));
        texts.extend(column.under.iter().map(|under| (under.as_str(), heading)));
    }
    texts.extend(template.dispositions.iter().map(|d| (d.print.as_str(), metrics)));
    texts.extend(template.tally.iter().map(|tally| (tally.total.as_str(), metrics)));
    let origin = Origin::of_file(format!("templates/{}.toml", template.id));
    texts.into_iter().map(|(text, metrics)| (text, origin.clone(), metrics)).collect()
}

fn row_texts<'a>(row: &'a KpiRow, texts: &mut Vec<(&'a str, Origin)>) {
    let plain = row.groups.iter().chain([&row.indicator]).chain(&row.project_no).chain(&row.reason);
    let extra_texts = row.extras.iter().flatten().filter_map(|entry| match entry {
        Entry::Text(text) => Some(text),
        Entry::Value(_) => None,
    });
    texts.extend(plain.chain(extra_texts).map(|text| (text.text.as_str(), text.origin.clone())));
    let values = row.baseline.iter().chain(&row.target).chain(&row.new_target);
    let extra_values = row.extras.iter().flatten().filter_map(|entry| match entry {
        Entry::Value(value) => Some(value),
        Entry::Text(_) => None,
    });
    values.chain(extra_values).for_each(|value| value_texts(value, texts));
}

fn value_texts<'a>(value: &'a Value, texts: &mut Vec<(&'a str, Origin)>) {
    texts.push((&value.text, value.origin.clone()));
    texts.extend(value.time.iter().map(|time| (time.text.as_str(), time.origin.clone())));
    texts.extend(value.completion.unit.iter().map(|unit| (unit.words.as_str(), unit.origin.clone())));
}

fn unprintable(cluster: &str, origin: Origin) -> Finding {
    // A character may have thousands of marks on it.
    let characters = Characters(cluster.chars().take(LONGEST_CLUSTER).collect());
    let problem = if cluster.contains(is_private) {
        Problem::CharacterPrivate { characters }
    } else {
        Problem::GlyphMissing { characters }
    };
    Finding::new(problem, origin)
}
