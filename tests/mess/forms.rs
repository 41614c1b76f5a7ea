//! Forms of every geometry, made of every list: some rows of the list come back, whatever was done to its form.
//!
//! `KAITEI_MESS_MEASURE=1000 cargo test --test mess forms_are_measured -- --nocapture` counts for each kind how many
//! forms are whole, refused, and wrong in silence.

use super::dice::Dice;
use super::documents;
use super::geometry::Geometry;
use super::list::{List, Which};
use super::plan::{Kind, Mixture, plan};
use super::reference::{self, Row};
use super::{root, seeds, write};
use kaitei::finding::{Lang, Severity};
use kaitei::pipeline::{Source, understand};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Every list with its rows.
struct Lists {
    lists: BTreeMap<Which, List>,
    rows: Vec<Row>,
}

/// What became of a form.
#[derive(Debug)]
enum Outcome {
    Whole,
    Refused(Vec<String>),
    Wrong(Vec<String>),
}

impl Lists {
    fn new() -> Self {
        let lists = Which::ALL.into_iter().map(|which| (which, List::of(which))).collect();
        Self { lists, rows: reference::rows() }
    }

    /// Makes a form and reads it.
    fn outcome(&self, seed: u64, mixture: &Mixture) -> (Vec<Source>, Outcome) {
        let list = &self.lists[&mixture.list];
        let mut dice = Dice::new(seed ^ 0xF0F0);
        let records = documents::some(list, mixture.geometry, &mut dice);
        let sources = documents::sources(list, &self.rows, records.clone(), mixture, &mut dice);
        let read = understand(&sources, &list.template, None);
        let errors = read.findings.iter().filter(|found| found.severity == Severity::Error);
        let errors: Vec<String> =
            errors.map(|d| format!("error {} at {}: {}", d.code().id(), d.origin, d.message(Lang::En))).collect();
        let faults = list.faults(&kaitei::emit::data::list_csv(&list.template, &read.value), records);
        let outcome = match (errors.is_empty(), faults.is_empty()) {
            (true, true) => Outcome::Whole,
            (true, false) => Outcome::Wrong(faults),
            (false, _) => Outcome::Refused(errors.into_iter().chain(faults).collect()),
        };
        (sources, outcome)
    }

    /// What is wrong with a form, if anything; its files are kept.
    fn told(&self, seed: u64, mixture: &Mixture) -> (Option<bool>, String) {
        let (sources, outcome) = self.outcome(seed, mixture);
        let (is_silent, faults) = match outcome {
            Outcome::Whole => return (None, String::new()),
            Outcome::Refused(faults) => (false, faults),
            Outcome::Wrong(faults) => (true, faults),
        };
        let folder = root().join("target/mess").join(format!("form{seed:05}"));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).expect("a folder of earlier files");
        }
        write(&folder, &sources, &mixture.twists);
        let word = if is_silent { "WRONG in silence" } else { "refused" };
        let kinds = format!("{:?} {:?} {:?}", mixture.geometry, mixture.list, mixture.twists);
        (Some(is_silent), format!("seed {seed} {kinds}: {word}, in {}\n  {}", folder.display(), super::first(&faults)))
    }
}

/// Counts of whole, refused and silently wrong forms, for each kind.
#[derive(Default)]
struct Score(BTreeMap<Kind, [usize; 3]>);

impl Score {
    fn add(&mut self, mixture: &Mixture, fault: Option<bool>) {
        let at = match fault {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        };
        for kind in mixture.kinds() {
            self.0.entry(kind).or_default()[at] += 1;
        }
    }

    fn text(&self) -> String {
        let mut text = String::from("kind: whole, refused, wrong in silence\n");
        for (kind, [whole, refused, wrong]) in &self.0 {
            writeln!(text, "{kind:?}: {whole}, {refused}, {wrong}").expect("room in memory");
        }
        text
    }
}

/// Each geometry and each list, with nothing done to the form.
#[test]
fn every_geometry_of_every_list() {
    let lists = Lists::new();
    let mut faults = Vec::new();
    let mut tries = 0;
    for geometry in Geometry::ALL {
        for list in Which::ALL.into_iter().filter(|&list| geometry.suits(list)) {
            for throw in 0..3 {
                let mixture = Mixture { geometry, list, twists: super::Twists::new() };
                tries += 1;
                let seed = 80_000 + tries * 10 + throw;
                faults.extend(Some(lists.told(seed, &mixture).1).filter(|told| !told.is_empty()));
            }
        }
    }
    super::report(&faults, tries);
}

/// Forms of all kinds, counted: seeds of their own, so that no form is one that the tests know.
#[test]
fn forms_are_measured() {
    let Ok(count) = std::env::var("KAITEI_MESS_MEASURE") else { return };
    let lists = Lists::new();
    let start: u64 = std::env::var("KAITEI_MESS_START").map_or(500_000, |start| start.parse().expect("a number"));
    let mut score = Score::default();
    let mut total = [0; 3];
    let mixtures = plan(start, count.parse().expect("KAITEI_MESS_MEASURE is a number"));
    for (seed, mixture) in (start..).zip(&mixtures) {
        let (fault, told) = lists.told(seed, mixture);
        score.add(mixture, fault);
        total[fault.map_or(0, |silent| 1 + usize::from(silent))] += 1;
        if fault.is_some() {
            println!("{told}");
        }
    }
    println!("{}of {}: {} whole, {} refused, {} wrong in silence", score.text(), mixtures.len(), total[0], total[1], total[2]);
}

/// Mixtures of forms.
#[test]
fn mixtures_of_forms() {
    let lists = Lists::new();
    let count = seeds(64);
    let mixtures = plan(1, usize::try_from(count).expect("a small number"));
    let told = (0..).zip(&mixtures).map(|(seed, mixture)| lists.told(seed, mixture).1);
    let faults: Vec<String> = told.filter(|told| !told.is_empty()).collect();
    super::report(&faults, count);
}
