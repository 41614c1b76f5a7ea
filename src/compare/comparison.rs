//! The comparison of two editions: every record of both once, with what changes of it.

use super::edition::Edition;
use super::fields::{self, FieldChange, FieldKind, FieldPair};
use super::links::{Link, Links};
use super::pairing::{self, By, Pairing};
use crate::finding::{Finding, Problem};
use crate::japanese::{Words, label_key};
use crate::model::{Field, Origin, Record};
use std::collections::{BTreeMap, BTreeSet};

/// A side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The earlier edition.
    Old,
    /// The later one.
    New,
}

/// Two editions, compared. Records are given by their numbers in their lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The fields that are compared.
    pub fields: Vec<FieldPair>,
    /// The fields that the old edition has alone.
    pub only_old: Vec<Field>,
    /// The fields that the new edition has alone.
    pub only_new: Vec<Field>,
    /// Records that go on, in the order of the new edition.
    pub pairs: Vec<Pair>,
    /// Records that became several, or one, likewise.
    pub regrouped: Vec<Regrouped>,
    /// Old records that have no other side.
    pub removed: Vec<usize>,
    /// New records that have none.
    pub added: Vec<usize>,
    /// What a person is to settle.
    pub asked: Vec<Question>,
    /// Groups that go on under another label.
    pub reworded: Vec<Reworded>,
    /// The links that do not fit.
    pub unfit: Vec<Link>,
}

/// A record that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// In the old edition.
    pub old: usize,
    /// In the new one.
    pub new: usize,
    /// By what it was found.
    pub by: By,
    /// How alike the two are, in thousandths.
    pub score: u32,
    /// How alike the best other pair of either record is.
    pub second: u32,
    /// What changes; empty if nothing does.
    pub changes: Vec<FieldChange>,
}

/// One record that became several, or several that became one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regrouped {
    /// Old records, ascending.
    pub old: Vec<usize>,
    /// New records, ascending.
    pub new: Vec<usize>,
}

/// Two records that are perhaps one; neither has a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// In the old edition.
    pub old: usize,
    /// In the new one.
    pub new: usize,
    /// How alike the two are, in thousandths.
    pub score: u32,
    /// How alike the best other pair of either record is.
    pub second: u32,
}

/// A group that goes on under another label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reworded {
    /// Its level.
    pub field: FieldPair,
    /// What it was called.
    pub old: String,
    /// What it is called.
    pub new: String,
}

/// What became of records, in the order in which it is shown: that of the new edition, and what is gone where it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed<'c> {
    /// One goes on.
    Pair(&'c Pair),
    /// Several became one, or one several.
    Regrouped(&'c Regrouped),
    /// A new one.
    Added(usize),
    /// One that is gone.
    Removed(usize),
}

/// Compares two editions.
pub fn compare(old: &Edition<'_>, new: &Edition<'_>, links: &Links) -> Comparison {
    let (fields, only_old, only_new) = fields::pair(old, new);
    let Pairing { pairs, asked, regrouped, unfit } = pairing::pair(old, new, links);
    let words = Words::default();
    let (olds, news) = (&old.list.rows, &new.list.rows);
    let pairs: Vec<Pair> = pairs
        .into_iter()
        .map(|pairing::Pair { old: before, new: after, by, score, second }| {
            let sides = ((&olds[before], old.template), (&news[after], new.template));
            let changes = fields::changes(sides.0, sides.1, &fields, &words);
            Pair { old: before, new: after, by, score, second, changes }
        })
        .collect();
    let mut regrouped: Vec<Regrouped> =
        regrouped.into_iter().map(|(old, new)| Regrouped { old, new }).collect();
    regrouped.sort_unstable_by_key(|it| it.new[0]);
    let seen_old: BTreeSet<usize> =
        pairs.iter().map(|pair| pair.old).chain(regrouped.iter().flat_map(|it| it.old.clone())).collect();
    let seen_new: BTreeSet<usize> =
        pairs.iter().map(|pair| pair.new).chain(regrouped.iter().flat_map(|it| it.new.clone())).collect();
    let question = |pair: pairing::Pair| {
        let pairing::Pair { old, new, score, second, .. } = pair;
        Question { old, new, score, second }
    };
    let mut comparison = Comparison {
        fields,
        only_old,
        only_new,
        pairs,
        regrouped,
        removed: (0..olds.len()).filter(|at| !seen_old.contains(at)).collect(),
        added: (0..news.len()).filter(|at| !seen_new.contains(at)).collect(),
        asked: asked.into_iter().map(question).collect(),
        reworded: Vec::new(),
        unfit,
    };
    comparison.find_reworded(olds, news);
    comparison.assert_whole(olds.len(), news.len());
    comparison
}

impl Comparison {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.changed().next().is_none() && self.reworded.is_empty()
    }

    /// The pairs of which something changes.
    pub fn changed(&self) -> impl Iterator<Item = Changed<'_>> {
        self.in_order().into_iter().filter(|it| !matches!(it, Changed::Pair(pair) if pair.changes.is_empty()))
    }

    /// The records of an edition that go on as they are, that change, that were split or merged, and that have no other
    /// side.
    pub fn counts(&self, side: Side) -> [usize; 4] {
        let same = self.pairs.iter().filter(|pair| pair.changes.is_empty()).count();
        let of = |it: &Regrouped| if side == Side::Old { it.old.len() } else { it.new.len() };
        let regrouped = self.regrouped.iter().map(of).sum();
        let alone = if side == Side::Old { self.removed.len() } else { self.added.len() };
        [same, self.pairs.len() - same, regrouped, alone]
    }

    /// No record of either edition is lost or told twice.
    fn assert_whole(&self, old: usize, new: usize) {
        for (side, rows) in [(Side::Old, old), (Side::New, new)] {
            let counted: usize = self.counts(side).iter().sum();
            assert_eq!(counted, rows, "every record of the {side:?} edition is counted once");
        }
    }

    /// All that became of the records, in the order in which it is shown.
    pub fn in_order(&self) -> Vec<Changed<'_>> {
        // What is gone stands behind what stood before it and goes on.
        let mut gone: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let mut place_of: BTreeMap<usize, usize> =
            self.pairs.iter().map(|pair| (pair.old, pair.new)).collect();
        place_of.extend(self.regrouped.iter().flat_map(|it| it.old.iter().map(|old| (*old, it.new[0]))));
        for &old in &self.removed {
            let above = place_of.range(..old).next_back().map(|(_, new)| *new);
            gone.entry(above).or_default().push(old);
        }
        let mut rows: BTreeMap<usize, Changed<'_>> = BTreeMap::new();
        rows.extend(self.pairs.iter().map(|pair| (pair.new, Changed::Pair(pair))));
        rows.extend(self.regrouped.iter().map(|it| (it.new[0], Changed::Regrouped(it))));
        rows.extend(self.added.iter().map(|&new| (new, Changed::Added(new))));
        let mut removed =
            |above: Option<usize>| gone.remove(&above).unwrap_or_default().into_iter().map(Changed::Removed);
        let mut all: Vec<Changed<'_>> = removed(None).collect();
        for (new, row) in rows {
            all.push(row);
            all.extend(removed(Some(new)));
        }
        all
    }

    /// Takes the labels of groups that go on under another one for what they are: no record moved by that.
    fn find_reworded(&mut self, olds: &[Record], news: &[Record]) {
        let path = |row: &Record, level: usize| -> Vec<String> {
            row.groups[..=level].iter().map(|group| label_key(&group.text)).collect()
        };
        for field in self.fields.clone() {
            let (Field::Group(old_level), Field::Group(new_level)) = (field.old, field.new) else { continue };
            let known = |rows: &[Record], level: usize| -> BTreeSet<Vec<String>> {
                rows.iter().map(|row| path(row, level)).collect()
            };
            let (before, after) = (known(olds, old_level), known(news, new_level));
            let mut went: BTreeMap<Vec<String>, BTreeMap<Vec<String>, usize>> = BTreeMap::new();
            for pair in &self.pairs {
                let from = path(&olds[pair.old], old_level);
                *went.entry(from).or_default().entry(path(&news[pair.new], new_level)).or_default() += 1;
            }
            // All records of the old label stand under the new one, which is new, and the old one is gone.
            let goes_on = |from: &Vec<String>, to: &Vec<String>| {
                let all_went = went.get(from).is_some_and(|to| to.len() == 1);
                let from_one = went.values().filter(|went| went.contains_key(to)).count() == 1;
                let last = |path: &Vec<String>| path.last().cloned();
                let is_known = |paths: &BTreeSet<Vec<String>>, path: &Vec<String>| {
                    paths.iter().any(|known| last(known) == last(path))
                };
                all_went && from_one && !is_known(&before, to) && !is_known(&after, from)
            };
            let mut told: BTreeSet<(Vec<String>, Vec<String>)> = BTreeSet::new();
            for pair in &mut self.pairs {
                let (from, to) = (path(&olds[pair.old], old_level), path(&news[pair.new], new_level));
                let moved =
                    pair.changes.iter().position(|it| it.field == field && it.kind == FieldKind::Moved);
                let Some(at) = moved.filter(|_| goes_on(&from, &to)) else { continue };
                let FieldChange { old, new, .. } = pair.changes.remove(at);
                if told.insert((from, to)) {
                    self.reworded.push(Reworded { field, old, new });
                }
            }
        }
    }

    /// What a person is to look at: questions, at the records of the new edition, and links that do not fit.
    pub fn findings(&self, old: &Edition<'_>, new: &Edition<'_>) -> Vec<Finding> {
        let ask = |question: &Question| {
            let (before, after) = (&old.list.rows[question.old], &new.list.rows[question.new]);
            let id = |row: &Record| row.id.map(|id| id.to_string()).unwrap_or_default();
            let problem = Problem::PairUncertain {
                name: (&before.name().text).into(),
                old: (&id(before)).into(),
                new: (&id(after)).into(),
                percent: usize::try_from(question.score / 10).unwrap_or(100),
            };
            Finding::new(problem, after.name().origin.clone()).about(after)
        };
        let unfit = |link: &Link| {
            let ids: Vec<&str> = link.old.iter().chain(&link.new).map(String::as_str).collect();
            let problem = Problem::LinkUnfit { ids: ids.join(" ").as_str().into() };
            Finding::new(problem, Origin::of_file(super::LINKS))
        };
        self.asked.iter().map(ask).chain(self.unfit.iter().map(unfit)).collect()
    }
}
