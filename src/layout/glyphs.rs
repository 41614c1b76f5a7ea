//! Characters that the fonts lack, found at their cells before anything is drawn.

use super::Metrics;
use super::wrap::cluster_bounds;
use crate::diagnostic::{Code, Diagnostic, message};
use crate::model::{Entry, KpiList, KpiRow, Origin, Value};
use crate::template::{Piece, RevisedMark, Running, Template};
use std::collections::BTreeSet;

/// One diagnostic for each text of the list or of the template that has a character without a glyph.
pub fn missing_glyphs(list: &KpiList, template: &Template, metrics: &dyn Metrics) -> Vec<Diagnostic> {
    let mut texts = template_texts(template);
    list.rows.iter().for_each(|row| row_texts(row, &mut texts));
    // A group's label is one cell, however many rows it holds for.
    let found: BTreeSet<(Origin, &str)> = texts
        .into_iter()
        .filter_map(|(text, origin)| first_missing(text, metrics).map(|cluster| (origin, cluster)))
        .collect();
    found.into_iter().map(|(origin, cluster)| missing(cluster, origin)).collect()
}

/// The first grapheme cluster of a text that has no glyph.
fn first_missing<'a>(text: &'a str, metrics: &dyn Metrics) -> Option<&'a str> {
    let mut clusters = text.lines().flat_map(|line| {
        let bounds = cluster_bounds(line);
        bounds.windows(2).map(|w| &line[w[0]..w[1]]).collect::<Vec<_>>()
    });
    clusters.find(|cluster| !metrics.covers(cluster))
}

fn template_texts(template: &Template) -> Vec<(&str, Origin)> {
    let document = &template.document;
    let mut texts = vec![document.title.as_str(), template.page.continued.as_str()];
    if template.page.mark_revised == RevisedMark::Words {
        texts.push(RevisedMark::WORD);
    }
    let lines = document.subtitle.iter().chain(&document.byline).chain(&document.notes);
    texts.extend(lines.map(String::as_str));
    let running = [&template.page.header, &template.page.footer];
    let pieces = running.into_iter().flat_map(Running::parts).flatten();
    texts.extend(pieces.filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        Piece::Page | Piece::Pages => None,
    }));
    for column in &template.columns {
        texts.extend([column.title.as_str(), column.separator.as_str(), column.empty.as_str()]);
        texts.extend(column.under.as_deref());
    }
    texts.extend(template.dispositions.iter().map(|d| d.print.as_str()));
    texts.extend(template.tally.iter().map(|tally| tally.total.as_str()));
    let origin = Origin::of_file(format!("templates/{}.toml", template.id));
    texts.into_iter().map(|text| (text, origin.clone())).collect()
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
}

/// Names characters by their code points: `U+845B U+E0100`.
pub fn code_points(cluster: &str) -> String {
    cluster.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}

fn missing(cluster: &str, origin: Origin) -> Diagnostic {
    let codes = code_points(cluster);
    Diagnostic::new(
        Code::GlyphMissing,
        origin,
        message(
            format!("文字「{cluster}」（{codes}）は書体になく、印刷できません"),
            format!("the character `{cluster}` ({codes}) is not in the font and cannot be printed"),
        ),
        message(
            "書体にある字体に改めてください（外字や絵文字は使えません）",
            "use a character that the font has (private-use characters and emoji cannot be printed)",
        ),
    )
}
