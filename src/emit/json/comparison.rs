//! Two editions compared, as data: every pair with its likeness and every change, what is new and what is gone, and what is
//! asked.

use super::OriginView;
use crate::compare::words::pieces;
use crate::compare::{Changed, Comparison, Edition, FieldChange, Question, Side};
use crate::model::{Field, Record};
use crate::template::Template;
use serde::Serialize;
use std::ops::Range;

/// A comparison.
#[derive(Serialize)]
pub struct ComparisonView<'a> {
    old: EditionView<'a>,
    new: EditionView<'a>,
    /// The keys of the fields that are compared, and of those that one edition has alone.
    fields: Vec<&'a str>,
    only_old: Vec<&'a str>,
    only_new: Vec<&'a str>,
    /// Groups under another label.
    groups: Vec<GroupView<'a>>,
    /// Every record of both editions once.
    rows: Vec<RowView<'a>>,
    /// What a person is to settle.
    asked: Vec<QuestionView>,
}

/// An edition and how many of its records are of which kind: together they are all.
#[derive(Serialize)]
struct EditionView<'a> {
    title: &'a str,
    rows: usize,
    same: usize,
    changed: usize,
    regrouped: usize,
    /// Removed of the old one, added of the new one.
    alone: usize,
}

#[derive(Serialize)]
struct GroupView<'a> {
    field: &'a str,
    old: &'a str,
    new: &'a str,
}

/// `kind` is `same`, `changed`, `split`, `merged`, `added` or `removed`.
#[derive(Serialize)]
struct RowView<'a> {
    kind: &'static str,
    old: Vec<RecordView<'a>>,
    new: Vec<RecordView<'a>>,
    /// By what the pair was found: `id`, `link`, `name`, `likeness`.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    /// How alike the two are, and the best other pair of either, in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<u32>,
    changes: Vec<ChangeView<'a>>,
}

#[derive(Serialize)]
struct RecordView<'a> {
    id: Option<String>,
    /// Its number in its edition, from 1.
    row: usize,
    name: &'a str,
    origin: OriginView<'a>,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    field: &'a str,
    kind: &'static str,
    year: bool,
    old: Vec<PieceView<'a>>,
    new: Vec<PieceView<'a>>,
}

/// A piece of a text; all joined, they are the text.
#[derive(Serialize)]
struct PieceView<'a> {
    text: &'a str,
    differs: bool,
}

#[derive(Serialize)]
struct QuestionView {
    old: Option<String>,
    new: Option<String>,
    score: u32,
    second: u32,
}

impl<'a> ComparisonView<'a> {
    /// The view of a comparison.
    pub fn of(comparison: &'a Comparison, old: &'a Edition<'a>, new: &'a Edition<'a>) -> Self {
        let key = |template: &'a Template, field: Field| template.field(field).key.as_str();
        let keys = |template: &'a Template, fields: &'a [Field]| {
            fields.iter().map(|&field| key(template, field)).collect()
        };
        let asked = |&Question { old: before, new: after, score, second }: &Question| QuestionView {
            old: id(&old.list.rows[before]),
            new: id(&new.list.rows[after]),
            score,
            second,
        };
        Self {
            old: EditionView::of(comparison, old, Side::Old),
            new: EditionView::of(comparison, new, Side::New),
            fields: comparison.fields.iter().map(|pair| key(new.template, pair.new)).collect(),
            only_old: keys(old.template, &comparison.only_old),
            only_new: keys(new.template, &comparison.only_new),
            groups: comparison
                .reworded
                .iter()
                .map(|it| GroupView { field: key(new.template, it.field.new), old: &it.old, new: &it.new })
                .collect(),
            rows: comparison.in_order().into_iter().map(|it| RowView::of(it, old, new)).collect(),
            asked: comparison.asked.iter().map(asked).collect(),
        }
    }
}

impl<'a> EditionView<'a> {
    fn of(comparison: &Comparison, edition: &Edition<'a>, side: Side) -> Self {
        let [same, changed, regrouped, alone] = comparison.counts(side);
        let (title, rows) = (edition.template.document.title.as_str(), edition.list.rows.len());
        Self { title, rows, same, changed, regrouped, alone }
    }
}

impl<'a> RowView<'a> {
    fn of(changed: Changed<'a>, old: &'a Edition<'a>, new: &'a Edition<'a>) -> Self {
        let before = |at: &usize| RecordView::of(old, *at);
        let after = |at: &usize| RecordView::of(new, *at);
        let row = |kind, old: &[usize], new: &[usize]| Self {
            kind,
            old: old.iter().map(before).collect(),
            new: new.iter().map(after).collect(),
            by: None,
            score: None,
            second: None,
            changes: Vec::new(),
        };
        match changed {
            Changed::Pair(pair) => Self {
                by: Some(pair.by.id()),
                score: Some(pair.score),
                second: Some(pair.second),
                changes: pair.changes.iter().map(|it| ChangeView::of(it, new.template)).collect(),
                ..row(if pair.changes.is_empty() { "same" } else { "changed" }, &[pair.old], &[pair.new])
            },
            Changed::Regrouped(it) => {
                row(if it.new.len() > it.old.len() { "split" } else { "merged" }, &it.old, &it.new)
            }
            Changed::Added(at) => row("added", &[], &[at]),
            Changed::Removed(at) => row("removed", &[at], &[]),
        }
    }
}

impl<'a> RecordView<'a> {
    fn of(edition: &Edition<'a>, at: usize) -> Self {
        let row = &edition.list.rows[at];
        Self { id: id(row), row: at + 1, name: &row.name().text, origin: OriginView::of(&row.origin) }
    }
}

impl<'a> ChangeView<'a> {
    fn of(change: &'a FieldChange, template: &'a Template) -> Self {
        let view = |text: &'a str, ranges: &[Range<usize>]| {
            let cut = pieces(text, ranges).into_iter();
            cut.map(|piece| PieceView { text: piece.text, differs: piece.differs }).collect()
        };
        Self {
            field: &template.field(change.field.new).key,
            kind: change.kind.id(),
            year: change.year,
            old: view(&change.old, &change.differences.old),
            new: view(&change.new, &change.differences.new),
        }
    }
}

fn id(row: &Record) -> Option<String> {
    row.id.map(|id| id.to_string())
}
