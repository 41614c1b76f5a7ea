//! The tally: how many rows have each disposition, and whether that is what the departments' forms say.

use super::declared::{Counted, DeclaredCounts};
use crate::finding::{Finding, Noted, Numbers, Problem, Quoted};
use crate::model::{ChoiceId, Dataset, Place, Record, SheetAccount};
use crate::template::Template;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Counts the rows of a list per word of the vocabulary.
pub(super) fn count(rows: Vec<Record>, accounts: Vec<SheetAccount>, template: &Template) -> Dataset {
    let tally = Counts::of(&rows, template).choices;
    Dataset { rows, tally, accounts, corrections: Vec::new() }
}

/// Numbers of indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counts {
    /// Per word of the vocabulary that is counted.
    choices: Vec<usize>,
    /// All of them, decided or not.
    total: usize,
}

impl Counts {
    fn of<'a>(rows: impl IntoIterator<Item = &'a Record>, template: &Template) -> Self {
        let counted = template.counted();
        let mut counts = Self { choices: vec![0; counted.map_or(0, |(_, choices)| choices.len())], total: 0 };
        for row in rows {
            counts.total += 1;
            if let Some(chosen) = counted.and_then(|(field, _)| row.choice(field)) {
                counts.choices[chosen.id.0] += 1;
            }
        }
        counts
    }

    fn plus(mut self, other: &Self) -> Self {
        self.total += other.total;
        self.choices.iter_mut().zip(&other.choices).for_each(|(sum, count)| *sum += count);
        self
    }

    fn get(&self, what: Counted) -> usize {
        match what {
            Counted::Choice(ChoiceId(id)) => self.choices[id],
            Counted::Total => self.total,
        }
    }

    /// Whether all that is stated is so; what is not stated does not matter.
    fn agrees(&self, stated: &DeclaredCounts) -> bool {
        stated.counts.iter().all(|(what, count)| self.get(*what) == *count)
    }

    /// The same of the rows that others do not have.
    fn agrees_beyond(&self, others: &Self, stated: &DeclaredCounts) -> bool {
        stated.counts.iter().all(|(what, count)| self.get(*what) - others.get(*what) == *count)
    }
}

/// What the forms state, until all of them are read.
#[derive(Default)]
pub(super) struct Claims {
    /// The counts of each sheet, before what was sent twice is left out.
    sheets: Vec<(Arc<Place>, Counts)>,
    /// What agrees neither with its sheet nor with the part of it that it may be about.
    open: Vec<(DeclaredCounts, usize)>,
}

impl Claims {
    /// Adds a sheet's indicators, and what is stated on it.
    pub(super) fn add(
        &mut self,
        place: &Arc<Place>,
        rows: &[Noted<Record>],
        stated: impl IntoIterator<Item = DeclaredCounts>,
        template: &Template,
    ) {
        // Of the rows above each row, so that a part is told by its ends.
        let mut above = vec![Counts::of([], template)];
        for row in rows {
            above.push(Counts::of([&row.value], template).plus(&above[above.len() - 1]));
        }
        let sheet = above[rows.len()].clone();
        let is_open = |stated: &DeclaredCounts| {
            let mut parts =
                stated.ranges.iter().filter_map(|range| above.get(range.start).zip(above.get(range.end)));
            !sheet.agrees(stated) && !parts.any(|(start, end)| end.agrees_beyond(start, stated))
        };
        let at = self.sheets.len();
        self.open.extend(stated.into_iter().filter(is_open).map(|stated| (stated, at)));
        self.sheets.push((Arc::clone(place), sheet));
    }

    /// What agrees with neither its sheet, nor its workbook, nor the whole list.
    pub(super) fn mismatches(&self, list: &[Record], template: &Template) -> impl Iterator<Item = Finding> {
        let list = Counts::of(list, template);
        let mut workbooks: BTreeMap<&str, Counts> = BTreeMap::new();
        for (place, counts) in &self.sheets {
            let of_none = || Counts::of([], template);
            let workbook = workbooks.entry(&place.file).or_insert_with(of_none);
            *workbook = counts.clone().plus(workbook);
        }
        // The grades of a form are its own; those of the list follow from rules.
        let is_graded = template.counted().is_some_and(|(field, _)| template.field(field).is_graded());
        let is_mismatch = move |(stated, at): &&(DeclaredCounts, usize)| {
            if is_graded && stated.counts.iter().any(|(what, _)| matches!(what, Counted::Choice(_))) {
                return false;
            }
            let workbook = &workbooks[self.sheets[*at].0.file.as_str()];
            !list.agrees(stated) && !workbook.agrees(stated)
        };
        let mismatches = self.open.iter().filter(is_mismatch);
        mismatches.map(|(stated, at)| mismatch(stated, &self.sheets[*at].1, template))
    }
}

fn mismatch(stated: &DeclaredCounts, counted: &Counts, template: &Template) -> Finding {
    let total = template.tally.as_ref().map_or("計", |tally| &tally.total);
    let choices = template.counted().map_or(&[][..], |(_, choices)| choices);
    let numbers = |count: &dyn Fn(Counted, usize) -> usize| {
        let word = |what| match what {
            Counted::Choice(ChoiceId(id)) => Quoted::from(&choices[id].label),
            Counted::Total => total.into(),
        };
        Numbers(stated.counts.iter().map(|(what, said)| (word(*what), count(*what, *said))).collect())
    };
    let problem = Problem::TallyMismatch {
        stated: numbers(&|_, said| said),
        counted: numbers(&|what, _| counted.get(what)),
    };
    Finding::new(problem, stated.origin.clone())
}
