//! Characters that the fonts lack or that nobody else could read, found at their cells before anything is drawn.

use super::Metrics;
use super::wrap::cluster_bounds;
use crate::finding::{Characters, Finding, Problem, Reach};
use crate::model::{Content, Document, Origin, spelled_out};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// What a text has that cannot be published as it is: all its characters without a glyph, all of the private use areas,
/// and, with `substituted`, what the pages print in place of others.
pub fn unprintable(text: &str, origin: &Origin, metrics: &dyn Metrics, substituted: bool) -> Vec<Finding> {
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

/// Puts substitutes in the place of characters that the fonts lack or that are private: before any format is made, so
/// that all agree. What was put in is said.
pub fn substitute_in(
    text: &mut String,
    origin: &Origin,
    substitutes: &BTreeMap<String, String>,
    metrics: &dyn Metrics,
) -> Vec<Finding> {
    let by = |cluster: &str| {
        let needed = cluster.contains(is_private) || !metrics.covers(cluster);
        substitutes.get(cluster).filter(|_| needed)
    };
    let mut findings = Vec::new();
    if !clusters(text).any(|cluster| by(cluster).is_some()) {
        return findings;
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
    findings
}

/// Whether a character is one of the private use areas (外字): it has no agreed meaning, so that no reader of the
/// published document could search it or hear it, whatever a font draws for it.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
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
