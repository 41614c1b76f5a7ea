//! The order of rows: by group, then by project number, then as read.
//!
//! Labels that say the same (`基本目標１　安心`, `1．安心`) are one group, in the shortest of their wordings.

use crate::finding::{Collector, Elsewhere, Finding, Problem};
use crate::japanese::{label_key, leading_number};
use crate::model::{Origin, Record, Role};
use crate::template::{Order, Template};
use std::collections::{BTreeMap, BTreeSet};

/// Sorts rows in place. Labels that say the same are one group and get the same wording.
pub(super) fn arrange(rows: &mut Vec<Record>, template: &Template, findings: &mut Collector) {
    let mut seen = Seen::new(rows);
    let mut keyed: Vec<(Key, Record)> = std::mem::take(rows)
        .into_iter()
        .enumerate()
        .map(|(index, mut row)| {
            let groups = seen.group_keys(&mut row, template, findings);
            let (groups, number) = match template.order {
                Order::Number => (groups, project_key(&row)),
                Order::Source => (groups.into_iter().map(|(_, first)| (0, first)).collect(), Vec::new()),
            };
            (Key { groups, number, index }, row)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    rows.extend(keyed.into_iter().map(|(_, row)| row));
}

/// What a row is sorted by.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Per level: the label's number, then the order in which labels appeared.
    groups: Vec<(u32, usize)>,
    number: Vec<Chunk>,
    index: usize,
}

/// A run of digits or of other characters: №2 stands before №10, `3-1` before `3-2`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Chunk {
    Number(u64),
    Text(String),
}

/// The groups of a list.
struct Seen {
    /// By the keys of the labels down to a level: the wording, and the order in which groups appear.
    wordings: BTreeMap<Vec<String>, (String, usize)>,
    met: BTreeSet<Vec<String>>,
    /// Number of a group under its parent, with its first wording and where it was.
    numbers: BTreeMap<(Vec<String>, u32), (String, Origin)>,
}

impl Seen {
    fn new(rows: &[Record]) -> Self {
        let mut wordings: BTreeMap<Vec<String>, (String, usize)> = BTreeMap::new();
        for row in rows {
            let mut path: Vec<String> = Vec::new();
            for group in &row.groups {
                path.push(label_key(&group.text));
                let next = wordings.len();
                let (best, _) = wordings.entry(path.clone()).or_insert_with(|| (group.text.clone(), next));
                if group.text.chars().count() < best.chars().count() {
                    group.text.clone_into(best);
                }
            }
        }
        Self { wordings, met: BTreeSet::new(), numbers: BTreeMap::new() }
    }

    fn group_keys(
        &mut self,
        row: &mut Record,
        template: &Template,
        findings: &mut Collector,
    ) -> Vec<(u32, usize)> {
        let mut path: Vec<String> = Vec::new();
        let mut keys = Vec::new();
        let mut found = Vec::new();
        for (group, spec) in row.groups.iter_mut().zip(&template.groups) {
            let parent = path.clone();
            path.push(label_key(&group.text));
            let (wording, first) = self.wordings[&path].clone();
            let is_new = self.met.insert(path.clone());
            group.text = wording;
            if group.text.is_empty() {
                keys.push((0, 0)); // what stands directly below a group stands before its parts
                continue;
            }
            let number = leading_number(&group.text).map(|(number, _)| number);
            if let Some(number) = number {
                let here = (group.text.clone(), group.origin.clone());
                let (known, place) = self.numbers.entry((parent, number)).or_insert(here);
                if *known != group.text && is_new {
                    let problem = Problem::GroupWording {
                        group: spec.name().into(),
                        wording: (&group.text).into(),
                        known: (&*known).into(),
                        first: Elsewhere::from(&group.origin, place),
                        raw: (&group.raw).into(),
                        same: Some((&*known).into()),
                    };
                    found.push(Finding::new(problem, group.origin.clone()));
                }
            }
            keys.push((number.unwrap_or(u32::MAX), first));
        }
        findings.extend(found.into_iter().map(|finding| finding.about(row)));
        keys
    }
}

/// A row without a project number comes after those with one.
fn project_key(row: &Record) -> Vec<Chunk> {
    let Some(number) = row.text_of(Role::Number) else { return vec![Chunk::Text("\u{10FFFF}".to_owned())] };
    let folded = super::references::bare_number(&number.text);
    let mut chunks = Vec::new();
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let end =
            if digits > 0 { digits } else { rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()) };
        let (chunk, after) = rest.split_at(end);
        chunks.push(chunk.parse().map_or_else(|_| Chunk::Text(chunk.to_owned()), Chunk::Number));
        rest = after;
    }
    chunks
}
