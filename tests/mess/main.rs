//! Departmental versions of the published list, made up by seeds: whatever is done to the form, as long as a reader
//! knows what is meant, the whole list comes back and every row of every sheet is accounted for.
//!
//! `KAITEI_MESS_SEEDS=5000 cargo test --test mess` tries so many mixtures. What fails is kept below `target/mess/`.
//! `KAITEI_MESS_WRITE=<folder>` writes the files of every seed, and `KAITEI_MESS_READ=<folder>` reads such folders,
//! for formats that are converted elsewhere, in place of those of `tests/many_hands`.

mod book;
mod cards;
mod cells;
mod chars;
#[path = "../common/cells.rs"]
mod conserved;
mod content;
mod department;
mod dice;
mod documents;
mod form;
mod forms;
mod furniture;
mod geometry;
mod list;
mod plan;
mod reference;
mod sheet;
mod table;
mod tables;
mod twist;
mod words;

use dice::Dice;
use kaitei::finding::{Lang, Severity};
use kaitei::model::{Eras, Limits, RowKind};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::path::{Path, PathBuf};
use twist::{Twist, Twists, mixture};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The published list, and how it is read.
struct Bench {
    template: Template,
    rows: Vec<reference::Row>,
    expected: Vec<Vec<String>>,
}

impl Bench {
    fn new() -> Self {
        let template = Template::load(&root().join("templates/meguro-2020.toml")).expect("a sound template");
        Self { template, rows: reference::rows(), expected: reference::expected() }
    }

    /// The files of a seed.
    fn sources(&self, seed: u64, twists: &Twists) -> Vec<Source> {
        department::sources(&self.rows, twists, &mut Dice::new(seed ^ 0xD1CE))
    }

    /// What is wrong with the list that the files give back: nothing, if all is well.
    fn faults(&self, sources: &[Source]) -> Vec<String> {
        let list = understand(sources, &self.template, None);
        let errors = list.findings.iter().filter(|d| d.severity == Severity::Error);
        let mut faults: Vec<String> = errors
            .map(|d| format!("error {} at {}: {}", d.code().id(), d.origin, d.message(Lang::En)))
            .collect();
        let built = reference::folded(&kaitei::emit::data::list_csv(&self.template, &list.value));
        if built.len() != self.expected.len() {
            faults.push(format!("{} rows instead of {}", built.len() - 1, self.expected.len() - 1));
        }
        for (built, expected) in built.iter().zip(&self.expected) {
            for (i, (found, wanted)) in built.iter().zip(expected).enumerate() {
                if found != wanted {
                    faults.push(format!(
                        "{} of {}: {found:?} instead of {wanted:?}",
                        self.expected[0][i], expected[2]
                    ));
                }
            }
        }
        let indicators: usize = list.value.accounts.iter().map(|a| a.count(RowKind::Indicator)).sum();
        if indicators != list.value.rows.len() {
            faults.push(format!("{indicators} rows of indicators in the account"));
        }
        faults.extend(conserved::lost(sources, &self.template));
        for source in sources {
            for sheet in
                kaitei::ingest::read(&source.bytes, source.name(), &Limits::default(), Eras::reiwa()).value
            {
                let account = list.value.accounts.iter().find(|account| account.place == sheet.place);
                let told: Vec<u32> =
                    account.iter().flat_map(|a| a.rows.iter().map(|(row, _)| *row)).collect();
                let seen: Vec<u32> = sheet.rows.iter().map(|row| row.index).collect();
                if told != seen {
                    faults.push(format!("rows without an account in {:?}", sheet.place));
                }
            }
        }
        faults
    }

    /// What is wrong with a seed's list, if anything; its files are kept.
    fn fault(&self, seed: u64, twists: &Twists) -> Option<String> {
        let sources = self.sources(seed, twists);
        if let Some(folder) = std::env::var_os("KAITEI_MESS_WRITE") {
            write(&PathBuf::from(folder).join(format!("{seed:05}")), &sources, twists);
        }
        let faults = self.faults(&sources);
        if faults.is_empty() {
            return None;
        }
        let folder = root().join("target/mess").join(format!("{seed:05}"));
        write(&folder, &sources, twists);
        Some(format!("seed {seed} {twists:?} in {}\n  {}", folder.display(), first(&faults)))
    }
}

fn first(faults: &[String]) -> String {
    let shown: Vec<&str> = faults.iter().take(6).map(String::as_str).collect();
    shown.join("\n  ")
}

fn report(faults: &[String], tries: u64) {
    assert!(faults.is_empty(), "{}\n{} of {tries} fail", faults.join("\n"), faults.len());
}

fn write(folder: &Path, sources: &[Source], twists: &Twists) {
    fs::create_dir_all(folder).expect("a folder for files");
    for source in sources {
        fs::write(folder.join(source.name()), &source.bytes).expect("a file");
    }
    let names: Vec<String> = twists.iter().map(|twist| format!("{twist:?}\n")).collect();
    fs::write(folder.join("twists.txt"), names.concat()).expect("a file");
}

/// How many seeds are tried.
fn seeds(usual: u64) -> u64 {
    let wanted = std::env::var("KAITEI_MESS_SEEDS").ok();
    wanted.map_or(usual, |wanted| wanted.parse().expect("KAITEI_MESS_SEEDS is a number"))
}

/// Every twist alone, each with a few throws of the dice.
#[test]
fn every_twist_alone() {
    let bench = Bench::new();
    let throws = if std::env::var_os("KAITEI_MESS_SEEDS").is_some() { 20 } else { 2 };
    let twists = Twist::ALL.into_iter().filter(|&twist| forms::is_asserted_of_the_table(twist));
    let tries: Vec<(u64, Twist)> =
        (0_u64..).zip(twists).flat_map(|(i, twist)| (0..throws).map(move |t| (i * 100 + t, twist))).collect();
    let count = u64::try_from(tries.len()).expect("a small number");
    let faults: Vec<String> = tries
        .into_iter()
        .filter_map(|(seed, twist)| bench.fault(90_000 + seed, &Twists::from([twist])))
        .collect();
    report(&faults, count);
}

/// Mixtures of twists.
#[test]
fn mixtures_of_twists() {
    let bench = Bench::new();
    let seeds = seeds(64);
    let faults: Vec<String> =
        (0..seeds).filter_map(|seed| bench.fault(seed, &mixture(&mut Dice::new(seed)))).collect();
    report(&faults, seeds);
}

/// Folders of files that were made elsewhere: each is the whole list again.
#[test]
fn files_that_were_made_elsewhere() {
    let folder = std::env::var_os("KAITEI_MESS_READ");
    let folder = folder.map_or_else(|| root().join("tests/many_hands"), PathBuf::from);
    let bench = Bench::new();
    let mut found = Vec::new();
    let mut tries = 0;
    for folder in fs::read_dir(folder).expect("a folder of folders") {
        let folder = folder.expect("an entry").path();
        if !folder.is_dir() {
            continue;
        }
        let files = kaitei::batch::walk(&folder).expect("files");
        let read =
            |file: kaitei::batch::InputFile| Source::new(file.name, fs::read(file.path).expect("a file"));
        let sources: Vec<Source> =
            files.into_iter().filter(|file| file.name != "twists.txt").map(read).collect();
        let faults = bench.faults(&sources);
        tries += 1;
        if !faults.is_empty() {
            found.push(format!("{}\n  {}", folder.display(), first(&faults)));
        }
    }
    assert!(tries > 0, "no folders");
    report(&found, tries);
}
