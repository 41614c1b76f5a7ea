//! Characters that the fonts lack or that nobody else could read, found at their cells before anything is drawn.

use super::wrap::cluster_bounds;
use super::{Metrics, Role};
use crate::finding::{Characters, Finding, Problem, Reach};
use crate::model::{Content, Dataset, Document, Entry, Origin, Record, Value, spelled_out};
use crate::template::{RevisedMark, Running, RunningPart, Template};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// What the texts of the list and of the template have that cannot be published as it is: in one finding a text, all
/// its characters without a glyph, all of the private use areas, and what the pages print in place of others.
pub fn missing_glyphs(list: &Dataset, template: &Template, metrics: &dyn Metrics) -> Vec<Finding> {
    let mut texts = Vec::new();
    list.rows.iter().for_each(|row| row_texts(row, &mut texts));
    // A group's label is one cell, however many rows it holds for.
    let texts: BTreeSet<(Origin, &str)> = texts.into_iter().map(|(text, origin)| (origin, text)).collect();
    let mut findings = Vec::new();
    for (text, origin, metrics) in template_texts(template, metrics) {
        findings.extend(unprintable(text, &origin, metrics, false));
    }
    for (origin, text) in texts {
        findings.extend(unprintable(text, &origin, metrics, true));
    }
    findings.sort_by(|a: &Finding, b| a.origin.cmp(&b.origin));
    findings.dedup();
    findings
}

/// What is to be said of one text; with `substituted`, the pages print something else where they can.
fn unprintable(text: &str, origin: &Origin, metrics: &dyn Metrics, substituted: bool) -> Vec<Finding> {
    let (mut private, mut missing, mut printed) = (Vec::new(), Vec::new(), Vec::new());
    for cluster in clusters(text) {
        let substitute = || substitute(cluster, metrics).filter(|_| substituted);
        if cluster.contains(is_private) {
            push_new(&mut private, cluster);
        } else if metrics.covers(cluster) {
        } else if let Some(by) = substitute() {
            let pair = (cluster, by);
            if !printed.contains(&pair) {
                printed.push(pair);
            }
        } else {
            push_new(&mut missing, cluster);
        }
    }
    let of = |clusters: &Vec<&str>| (!clusters.is_empty()).then(|| Characters(clusters.concat()));
    let private = of(&private).map(|characters| Problem::CharacterPrivate { characters });
    let missing = of(&missing).map(|characters| Problem::GlyphMissing { characters });
    let printed = printed.into_iter().map(|(cluster, by)| substitution(cluster, &by, Reach::Pages));
    private.into_iter().chain(missing).chain(printed).map(|it| Finding::new(it, origin.clone())).collect()
}

fn push_new<'t>(clusters: &mut Vec<&'t str>, cluster: &'t str) {
    if !clusters.contains(&cluster) {
        clusters.push(cluster);
    }
}

fn substitution(cluster: &str, by: &str, reach: Reach) -> Problem {
    Problem::GlyphSubstituted { characters: Characters(cluster.to_owned()), by: by.into(), reach }
}

/// The grapheme clusters of a text, line breaks apart.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let bounds = cluster_bounds(line);
        bounds.windows(2).map(|w| &line[w[0]..w[1]]).collect::<Vec<_>>()
    })
}

/// What is printed in place of a character that the fonts lack, if that is the same in other characters: digits below
/// and above the line, units and words in one square, check boxes.
fn substitute(cluster: &str, metrics: &dyn Metrics) -> Option<String> {
    let mut chars = cluster.chars();
    let (first, None) = (chars.next()?, chars.next()) else { return None };
    let by = match first {
        '⁰' | '¹' | '²'..='³' | '⁴'..='⁹' | '₀'..='₉' | '⁺' | '⁻' | '₊' | '₋' => {
            first.nfkc().collect()
        }
        '☑' | '☒' => "■".to_owned(),
        '☐' => "□".to_owned(),
        '✓' | '✔' => "レ".to_owned(),
        _ => spelled_out(first)?,
    };
    // NFKC has a minus sign that some fonts lack.
    let by = if metrics.covers(&by) { by } else { by.replace('\u{2212}', "-") };
    let is_covered = clusters(&by).all(|cluster| metrics.covers(cluster));
    is_covered.then_some(by)
}

/// The document as the pages print it: with what stands for characters that the fonts lack.
pub fn printable(document: &Document, metrics: &dyn Metrics) -> Document {
    let mut printed = document.clone();
    for cell in printed.table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.content
            .replace(|cluster| (!metrics.covers(cluster)).then(|| substitute(cluster, metrics)).flatten());
    }
    printed
}

/// Puts the template's own substitutes in the place of characters that the fonts lack or that are private: in the
/// list, so that all formats agree. What was put in is said.
pub fn substitute_in(list: &mut Dataset, template: &Template, metrics: &dyn Metrics) -> Vec<Finding> {
    let substitutes = &template.fonts.substitute;
    let mut findings = Vec::new();
    if substitutes.is_empty() {
        return findings;
    }
    let mut replace = |text: &mut String, origin: &Origin| {
        let by = |cluster: &str| {
            let needed = cluster.contains(is_private) || !metrics.covers(cluster);
            substitutes.get(cluster).filter(|_| needed)
        };
        if !clusters(text).any(|cluster| by(cluster).is_some()) {
            return;
        }
        let mut replaced = Vec::with_capacity(text.len());
        for line in text.split('\n') {
            let mut out = String::with_capacity(line.len());
            for cluster in clusters(line) {
                match by(cluster) {
                    Some(by) => {
                        findings.push(Finding::new(substitution(cluster, by, Reach::All), origin.clone()));
                        out.push_str(by);
                    }
                    None => out.push_str(cluster),
                }
            }
            replaced.push(out);
        }
        *text = replaced.join("\n");
    };
    list.rows.iter_mut().for_each(|row| each_text(row, &mut replace));
    findings.sort_by(|a, b| a.origin.cmp(&b.origin));
    findings.dedup();
    findings
}

fn each_text(row: &mut Record, visit: &mut impl FnMut(&mut String, &Origin)) {
    row.groups.iter_mut().for_each(|text| visit(&mut text.text, &text.origin));
    for entry in row.entries.iter_mut().flatten() {
        match entry {
            Entry::Text(text) => visit(&mut text.text, &text.origin),
            Entry::Value(value) => {
                visit(&mut value.text, &value.origin);
                value.time.iter_mut().for_each(|time| visit(&mut time.text, &time.origin));
                value.completion.unit.iter_mut().for_each(|unit| visit(&mut unit.words, &unit.origin));
            }
            Entry::Choice(_) => {}
        }
    }
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
    let choices = template.fields.iter().flat_map(|field| &field.choices);
    texts.extend(choices.map(|choice| (choice.print.as_str(), metrics)));
    texts.extend(template.tally.iter().map(|tally| (tally.total.as_str(), metrics)));
    let origin = Origin::of_file(format!("templates/{}.toml", template.id));
    texts.into_iter().map(|(text, metrics)| (text, origin.clone(), metrics)).collect()
}

fn row_texts<'a>(row: &'a Record, texts: &mut Vec<(&'a str, Origin)>) {
    texts.extend(row.groups.iter().map(|text| (text.text.as_str(), text.origin.clone())));
    for entry in row.entries.iter().flatten() {
        match entry {
            Entry::Text(text) => texts.push((&text.text, text.origin.clone())),
            Entry::Value(value) => value_texts(value, texts),
            // The template's words are looked at with its others.
            Entry::Choice(_) => {}
        }
    }
}

fn value_texts<'a>(value: &'a Value, texts: &mut Vec<(&'a str, Origin)>) {
    texts.push((&value.text, value.origin.clone()));
    texts.extend(value.time.iter().map(|time| (time.text.as_str(), time.origin.clone())));
    texts.extend(value.completion.unit.iter().map(|unit| (unit.words.as_str(), unit.origin.clone())));
}

impl Content {
    /// Puts other text in the place of clusters; marks stay on what they marked.
    fn replace(&mut self, by: impl Fn(&str) -> Option<String>) {
        // Where each cluster began, and where it begins now.
        let (mut before, mut after) = (0, 0);
        let mut moved: Vec<(usize, usize)> = Vec::new();
        for paragraph in &mut self.paragraphs {
            let bounds = cluster_bounds(paragraph);
            let mut out = String::with_capacity(paragraph.len());
            for cluster in bounds.windows(2).map(|w| &paragraph[w[0]..w[1]]) {
                moved.push((before, after));
                let piece = by(cluster);
                let piece = piece.as_deref().unwrap_or(cluster);
                out.push_str(piece);
                (before, after) = (before + cluster.len(), after + piece.len());
            }
            *paragraph = out;
        }
        moved.push((before, after));
        let now = |at: usize| moved[moved.partition_point(|(old, _)| *old < at).min(moved.len() - 1)].1;
        for mark in &mut self.underlined {
            *mark = now(mark.start)..now(mark.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Fonts;

    #[test]
    fn what_offices_write_and_the_font_lacks_has_a_substitute() {
        let fonts = Fonts::embedded();
        for c in "₂₄⁺⁻㏊㎾☑☐✔㈠Ⓐ㎍".chars() {
            let cluster = c.to_string();
            assert!(fonts.covers(&cluster) || substitute(&cluster, &fonts).is_some(), "{c}");
        }
        assert_eq!(substitute("₂", &fonts).as_deref(), Some("2"));
        assert_eq!(substitute("㈠", &fonts).as_deref(), Some("(一)"));
        assert_eq!(substitute("𠮷", &fonts), None);
    }

    #[test]
    fn marks_move_with_what_is_put_in() {
        let mut content = Content::of("CO₂を㎾で\n減らす");
        // を㎾で⏎減
        content.underlined.push(5..17);
        content.replace(|cluster| match cluster {
            "₂" => Some("2".to_owned()),
            "㎾" => Some("kW".to_owned()),
            _ => None,
        });
        assert_eq!(content.paragraphs, ["CO2をkWで", "減らす"]);
        let text = content.paragraphs.concat();
        assert_eq!(
            content.underlined.iter().map(|mark| &text[mark.clone()]).collect::<Vec<_>>(),
            ["をkWで減"]
        );
    }
}
