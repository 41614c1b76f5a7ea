//! Characters that the fonts lack or that nobody else could read, found at their cells before anything is drawn.

use super::Metrics;
use super::wrap::cluster_bounds;
use crate::finding::{Characters, Finding, More, Problem, Reach};
use crate::model::{Content, Document, Marked, Origin, spelled_out};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization as _;

/// Characters of a text that a finding names at most; the others are counted. An emoji may have thousands of marks.
const NAMED: usize = 60;

/// What a text has that cannot be published as it is: all its characters without a glyph, all of the private use areas,
/// and, with `substituted`, what the pages print in place of others.
pub fn unprintable(text: &str, origin: &Origin, metrics: &dyn Metrics, substituted: bool) -> Vec<Finding> {
    let (mut private, mut missing, mut printed) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for cluster in clusters(text) {
        let is_private = cluster.contains(is_private);
        if (!is_private && metrics.covers(cluster)) || !seen.insert(cluster) {
            continue;
        }
        if is_private {
            private.push(cluster);
        } else if let Some(by) = substitute(cluster, metrics).filter(|_| substituted) {
            printed.push((cluster, by));
        } else {
            missing.push(cluster);
        }
    }
    let of = |clusters: &Vec<&str>| {
        let chars = || clusters.iter().flat_map(|cluster| cluster.chars());
        let named = Characters(chars().take(NAMED).collect());
        (!clusters.is_empty()).then(|| (named, More::than(NAMED, chars().count())))
    };
    let private = of(&private).map(|(characters, more)| Problem::CharacterPrivate { characters, more });
    let missing = of(&missing).map(|(characters, more)| Problem::GlyphMissing { characters, more });
    let printed = printed.into_iter().map(|(cluster, by)| substitution(cluster, &by, Reach::Pages));
    private.into_iter().chain(missing).chain(printed).map(|it| Finding::new(it, origin.clone())).collect()
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
pub fn printable<'d>(document: &'d Document, metrics: &dyn Metrics) -> Cow<'d, Document> {
    // Few characters have a substitute; which of them a font lacks is found in the font.
    let by = |cluster: &str| substitute(cluster, metrics).filter(|_| !metrics.covers(cluster));
    let cells = document.table.rows.iter().flat_map(|row| &row.cells);
    let chars = cells.flat_map(|cell| &cell.content.paragraphs).flat_map(|text| text.chars());
    if !chars.filter(|c| !is_common(*c)).any(|c| by(c.encode_utf8(&mut [0; 4])).is_some()) {
        return Cow::Borrowed(document);
    }
    let mut printed = document.clone();
    printed.table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.content.replace(by));
    Cow::Owned(printed)
}

/// What has no substitute, as most characters: ASCII, kana, kanji, full-width letters and figures.
fn is_common(c: char) -> bool {
    matches!(c,
        '\0'..='\u{7F}'
        | '\u{3000}'..='\u{301C}' | '\u{3041}'..='\u{30FF}' // signs, kana
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{FF00}'..='\u{FF5E}')
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
        for Marked { bytes, .. } in &mut self.marks {
            *bytes = now(bytes.start)..now(bytes.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Fonts;
    use crate::model::Mark;

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
    fn what_is_common_has_no_substitute() {
        let fonts = Fonts::embedded();
        for c in ('\0'..='\u{FFFF}').filter(|&c| is_common(c)) {
            assert_eq!(substitute(&c.to_string(), &fonts), None, "{c}");
        }
    }

    #[test]
    fn marks_move_with_what_is_put_in() {
        let mut content = Content::of("CO₂を㎾で\n減らす");
        // を㎾で⏎減
        content.marks.push(Marked { bytes: 5..17, mark: Mark::Inserted });
        content.replace(|cluster| match cluster {
            "₂" => Some("2".to_owned()),
            "㎾" => Some("kW".to_owned()),
            _ => None,
        });
        assert_eq!(content.paragraphs, ["CO2をkWで", "減らす"]);
        let text = content.paragraphs.concat();
        assert_eq!(
            content.marks.iter().map(|part| &text[part.bytes.clone()]).collect::<Vec<_>>(),
            ["をkWで減"]
        );
    }
}
