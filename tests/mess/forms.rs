//! Forms of every geometry, made of every list: some rows of the list come back, whatever was done to its form.
//!
//! `KAITEI_MESS_MEASURE=1000 cargo test --test mess forms_are_measured -- --nocapture` counts for each kind how many
//! forms are whole, refused, and wrong in silence.

use super::dice::Dice;
use super::documents;
use super::geometry::Geometry;
use super::list::{List, Which};
use super::plan::{Counts, Kind, Mixture, count, fits, plan, times};
use super::reference::{self, Row};
use super::twist::{Twist, Twists};
use super::{conserved, root, seeds, write};
use kaitei::finding::{Lang, Severity};
use kaitei::pipeline::{Source, understand};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is not read yet, by the kinds that are too much together, by themselves or among others.
const NOT_YET: &[&[Kind]] = &[
    &[Kind::Twist(Twist::Furniture)],
    &[Kind::Twist(Twist::OtherTables)],
    &[Kind::Twist(Twist::HeaderOtherWords)],
    &[Kind::Geometry(Geometry::Transposed), Kind::Twist(Twist::HeaderSynonyms)],
];

/// Whether a twist may be done to the sample's own form, and is read.
pub(crate) fn is_asserted_of_the_table(twist: Twist) -> bool {
    twist.is_of_the_table() && !NOT_YET.contains(&&[Kind::Twist(twist)][..])
}

/// Whether all that the mixture is made of is read.
fn is_asserted(mixture: &Mixture) -> bool {
    let kinds = mixture.kinds();
    !NOT_YET.iter().any(|too_much| too_much.iter().all(|kind| kinds.contains(kind)))
}

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
        let records = documents::some(list, mixture, &mut dice);
        let sources = documents::sources(list, &self.rows, records.clone(), mixture, &mut dice);
        let read = understand(&sources, &list.template, None);
        let errors = read.findings.iter().filter(|found| found.severity == Severity::Error);
        let errors: Vec<String> = errors
            .map(|d| format!("error {} at {}: {}", d.code().id(), d.origin, d.message(Lang::En)))
            .collect();
        let mut faults = list.faults(&read.value, records);
        faults.extend(conserved::lost(&sources, &list.template));
        let outcome = match (errors.is_empty(), faults.is_empty()) {
            (true, true) => Outcome::Whole,
            (true, false) => Outcome::Wrong(faults),
            (false, _) => Outcome::Refused(errors.into_iter().chain(faults).collect()),
        };
        (sources, outcome)
    }

    /// The same form with as few twists as still are not read.
    fn smallest(&self, seed: u64, mixture: &Mixture) -> Mixture {
        let mut smallest = mixture.clone();
        for twist in &mixture.twists {
            let mut fewer = smallest.clone();
            fewer.twists.remove(twist);
            if !matches!(self.outcome(seed, &fewer).1, Outcome::Whole) {
                smallest = fewer;
            }
        }
        smallest
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
        (
            Some(is_silent),
            format!("seed {seed} {kinds}: {word}, in {}\n  {}", folder.display(), super::first(&faults)),
        )
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
                let mixture = Mixture { geometry, list, twists: Twists::new() };
                if !is_asserted(&mixture) {
                    continue;
                }
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
    let start: u64 =
        std::env::var("KAITEI_MESS_START").map_or(500_000, |start| start.parse().expect("a number"));
    let mut score = Score::default();
    let mut total = [0; 3];
    let mut causes: BTreeMap<Vec<Kind>, Vec<(Option<bool>, String)>> = BTreeMap::new();
    let mixtures = plan(start, count.parse().expect("KAITEI_MESS_MEASURE is a number"));
    for (seed, mixture) in (start..).zip(&mixtures) {
        let (fault, told) = lists.told(seed, mixture);
        score.add(mixture, fault);
        total[fault.map_or(0, |silent| 1 + usize::from(silent))] += 1;
        if fault.is_some() {
            println!("{told}");
            let smallest = lists.smallest(seed, mixture);
            let (silent, told) = lists.told(seed, &smallest);
            causes.entry(smallest.kinds()).or_default().push((silent, told));
        }
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, told)| std::cmp::Reverse(told.len()));
    println!("\nWhat is not read, with as few twists as it takes:");
    for (kinds, told) in &causes {
        let silent = told.iter().filter(|told| told.0 == Some(true)).count();
        println!("\n{} forms ({silent} wrong in silence): {kinds:?}\n{}", told.len(), told[0].1);
    }
    println!(
        "{}of {}: {} whole, {} refused, {} wrong in silence",
        score.text(),
        mixtures.len(),
        total[0],
        total[1],
        total[2]
    );
}

/// Mixtures of forms.
#[test]
fn mixtures_of_forms() {
    let lists = Lists::new();
    let wanted = seeds(64);
    let mixtures = plan(1, usize::try_from(wanted).expect("a small number"));
    let asserted = (0..).zip(&mixtures).filter(|(_, mixture)| is_asserted(mixture));
    let told: Vec<String> = asserted.map(|(seed, mixture)| lists.told(seed, mixture).1).collect();
    let tries = told.len() as u64;
    let faults: Vec<String> = told.into_iter().filter(|told| !told.is_empty()).collect();
    super::report(&faults, tries);
}

/// What is said not to be read is not read: each of it fails at least once, alone or in a mixture of what is read.
#[test]
fn what_is_not_yet_read_is_not_read() {
    let lists = Lists::new();
    let mixtures = plan(710_000, 120);
    for too_much in NOT_YET {
        let of = |seed: u64| {
            let mut dice = Dice::new(seed);
            let mut mixture = alone(too_much, &mut dice);
            mixture.twists.extend(too_much.iter().filter_map(|kind| match kind {
                Kind::Twist(twist) => Some(*twist),
                _ => None,
            }));
            lists.outcome(700_000 + seed, &mixture).1
        };
        let is_alone = |mixture: &Mixture| {
            let kinds = mixture.kinds();
            let has = |these: &[Kind]| these.iter().all(|kind| kinds.contains(kind));
            has(too_much) && !NOT_YET.iter().any(|other| *other != *too_much && has(other))
        };
        let mut mixed = (710_000..).zip(&mixtures).filter(|(_, mixture)| is_alone(mixture));
        let mut fails = (0..40).any(|seed| !matches!(of(seed), Outcome::Whole));
        fails |= mixed.any(|(seed, mixture)| !matches!(lists.outcome(seed, mixture).1, Outcome::Whole));
        assert!(fails, "{too_much:?} is read: take it out of the list");
    }
}

/// A form that has the kinds, and nothing else that is done to it.
fn alone(kinds: &[Kind], dice: &mut Dice) -> Mixture {
    let mut forms = Vec::new();
    for geometry in Geometry::ALL {
        for list in Which::ALL.into_iter().filter(|&list| geometry.suits(list)) {
            let has = |kind: &Kind| match *kind {
                Kind::Geometry(it) => it == geometry,
                Kind::List(it) => it == list,
                Kind::Twist(it) => fits(it, geometry, list),
            };
            if kinds.iter().all(has) {
                forms.push((geometry, list));
            }
        }
    }
    let (geometry, list) = dice.pick(&forms);
    Mixture { geometry, list, twists: Twists::new() }
}

/// In 1,000 mixtures every twist that forms of geometries have occurs 50 times, and every two kinds that can be
/// together are so 5 times.
#[test]
fn every_pair_of_kinds_occurs() {
    if std::env::var_os("KAITEI_MESS_SEEDS").is_none() {
        return;
    }
    let mut seen = Counts::new();
    for mixture in plan(1, 1_000) {
        count(&mut seen, &mixture);
    }
    let mut may = std::collections::BTreeSet::new();
    for geometry in Geometry::ALL {
        for list in Which::ALL.into_iter().filter(|&list| geometry.suits(list)) {
            may.insert((Kind::Geometry(geometry), Kind::List(list)));
            let fit: Vec<Twist> =
                Twist::ALL.into_iter().filter(|&twist| fits(twist, geometry, list)).collect();
            for (i, &one) in fit.iter().enumerate() {
                may.insert((Kind::Geometry(geometry), Kind::Twist(one)));
                may.insert((Kind::List(list), Kind::Twist(one)));
                let others = fit[i + 1..].iter().filter(|other| !one.clashes(**other));
                may.extend(others.map(|&other| (Kind::Twist(one), Kind::Twist(other))));
            }
        }
    }
    let rare: Vec<_> = may.iter().map(|&(a, b)| (a, b, times(&seen, a, b))).filter(|it| it.2 < 5).collect();
    assert!(rare.is_empty(), "{} of {} pairs: {rare:?}", rare.len(), may.len());
    let twists: std::collections::BTreeSet<Kind> = may.iter().map(|pair| pair.1).collect();
    let rare: Vec<_> =
        twists.iter().map(|&kind| (kind, times(&seen, kind, kind))).filter(|it| it.1 < 50).collect();
    assert!(rare.is_empty(), "{rare:?}");
}
