//! The order of rows: by group, then by project number, then as read; or by any fields.
//!
//! Labels that say the same (`基本目標１　安心`, `1．安心`) are one group, in the shortest of their wordings.

use super::references::bare_number;
use super::sort;
use crate::finding::{Collector, Elsewhere, Finding, Problem};
use crate::japanese::{Collation, collation, label_key, leading_steps};
use crate::model::{Origin, Record, Role};
use crate::template::{Order, Sections, SortKey, Template};
use std::collections::{BTreeMap, BTreeSet};

/// Sorts rows in place. Labels that say the same are one group and get the same wording.
pub(super) fn arrange(rows: &mut Vec<Record>, template: &Template, findings: &mut Collector) {
    let mut seen = Seen::new(rows);
    let groups: Vec<Vec<GroupKey>> =
        rows.iter_mut().map(|row| seen.group_keys(row, template, findings)).collect();
    let keyed = groups.into_iter().zip(std::mem::take(rows));
    match &template.order {
        Order::Number => {
            let mut keyed: Vec<_> = keyed.map(|(groups, row)| ((groups, project_key(&row)), row)).collect();
            keyed.sort_by(|a, b| a.0.cmp(&b.0));
            rows.extend(keyed.into_iter().map(|(_, row)| row));
        }
        Order::Source => {
            let firsts = |groups: Vec<GroupKey>| groups.into_iter().map(|key| key.first).collect::<Vec<_>>();
            let mut keyed: Vec<_> = keyed.map(|(groups, row)| (firsts(groups), row)).collect();
            keyed.sort_by(|a, b| a.0.cmp(&b.0));
            rows.extend(keyed.into_iter().map(|(_, row)| row));
        }
        Order::Fields(keys) => {
            rows.extend(keyed.map(|(_, row)| row));
            sort::by_fields(rows, keys, template);
        }
    }
    if let Some(Sections { field, .. }) = template.sections {
        sort::by_fields(rows, &[SortKey { field, descending: false }], template);
    }
}

/// What a row is sorted by on a level: the steps of its label's number, then the order in which labels appeared. What
/// stands directly below a group stands before its parts, and a label without a number after those with one.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKey {
    rank: Rank,
    steps: Vec<u32>,
    first: usize,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Absent,
    Numbered,
    Other,
}

/// The groups of a list.
struct Seen {
    /// By the keys of the labels down to a level: the wording, and the order in which groups appear.
    wordings: BTreeMap<Vec<String>, (String, usize)>,
    met: BTreeSet<Vec<String>>,
    /// Number of a group under its parent, with its first wording and where it was.
    numbers: BTreeMap<(Vec<String>, Vec<u32>), (String, Origin)>,
    /// How many steps the numbers have under a parent.
    depths: BTreeMap<Vec<String>, BTreeSet<usize>>,
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
        let mut depths: BTreeMap<Vec<String>, BTreeSet<usize>> = BTreeMap::new();
        for (path, (wording, _)) in &wordings {
            let parent = path[..path.len() - 1].to_vec();
            depths.entry(parent).or_default().extend(leading_steps(wording).map(|steps| steps.len()));
        }
        Self { wordings, met: BTreeSet::new(), numbers: BTreeMap::new(), depths }
    }

    /// The steps of a label's number; only the last one where its neighbours have more of them, or fewer.
    fn steps(&self, parent: &[String], label: &str) -> Option<Vec<u32>> {
        let steps = leading_steps(label)?;
        let are_alike = self.depths.get(parent).is_none_or(|depths| depths.len() == 1);
        Some(if are_alike { steps } else { steps[steps.len() - 1..].to_vec() })
    }

    fn group_keys(
        &mut self,
        row: &mut Record,
        template: &Template,
        findings: &mut Collector,
    ) -> Vec<GroupKey> {
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
                keys.push(GroupKey { rank: Rank::Absent, steps: Vec::new(), first: 0 });
                continue;
            }
            let steps = self.steps(&parent, &group.text);
            if let Some(steps) = steps.clone() {
                let here = (group.text.clone(), group.origin.clone());
                let (known, place) = self.numbers.entry((parent, steps)).or_insert(here);
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
            let rank = if steps.is_some() { Rank::Numbered } else { Rank::Other };
            keys.push(GroupKey { rank, steps: steps.unwrap_or_default(), first });
        }
        findings.extend(found.into_iter().map(|finding| finding.about(row)));
        keys
    }
}

/// A row without a project number comes after those with one.
fn project_key(row: &Record) -> (bool, Option<Collation>) {
    let number = row.text_of(Role::Number);
    (number.is_none(), number.map(|number| collation(&bare_number(&number.text))))
}
