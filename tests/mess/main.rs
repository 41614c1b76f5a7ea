//! Departmental versions of the published list, made up by seeds: whatever is done to the form, as long as a reader
//! knows what is meant, the whole list comes back and every row of every sheet is accounted for.
//!
//! `KAITEI_MESS_SEEDS=5000 cargo test --test mess` tries so many mixtures. What fails is kept below `target/mess/`.
//! `KAITEI_MESS_WRITE=<folder>` writes the files of every seed, and `KAITEI_MESS_READ=<folder>` reads such folders,
//! for formats that are converted elsewhere.

mod book;
mod cells;
mod chars;
mod department;
mod dice;
mod form;
mod reference;
mod sheet;
mod table;
mod twist;
mod words;

use dice::Dice;
use kaitei::diagnostic::{Lang, Severity};
use kaitei::model::RowKind;
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
        let errors = list.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let mut faults: Vec<String> = errors
            .map(|d| format!("error {} at {}: {}", d.code.id(), d.origin, d.message.text(Lang::En)))
            .collect();
        let built = reference::folded(&kaitei::emit::csv::render(&self.template, &list.value));
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
        for source in sources {
            for sheet in kaitei::ingest::read(&source.bytes, &source.name, &self.template.limits).value {
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

    /// Whether a seed's list comes back; says so and keeps the files if it does not.
    fn holds(&self, seed: u64, twists: &Twists) -> bool {
        let sources = self.sources(seed, twists);
        if let Some(folder) = std::env::var_os("KAITEI_MESS_WRITE") {
            write(&PathBuf::from(folder).join(format!("{seed:05}")), &sources, twists);
        }
        let faults = self.faults(&sources);
        if faults.is_empty() {
            return true;
        }
        let folder = root().join("target/mess").join(format!("{seed:05}"));
        write(&folder, &sources, twists);
        let shown: Vec<&str> = faults.iter().take(6).map(String::as_str).collect();
        eprintln!("seed {seed} {twists:?} in {}\n  {}", folder.display(), shown.join("\n  "));
        false
    }
}

fn write(folder: &Path, sources: &[Source], twists: &Twists) {
    fs::create_dir_all(folder).expect("a folder for files");
    for source in sources {
        fs::write(folder.join(&source.name), &source.bytes).expect("a file");
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
    let mut failed: Vec<String> = Vec::new();
    for (i, twist) in (0_u64..).zip(Twist::ALL) {
        for throw in 0..throws {
            if !bench.holds(90_000 + i * 100 + throw, &Twists::from([twist])) {
                failed.push(format!("{twist:?}"));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {} fail: {failed:?}", failed.len(), throws * Twist::ALL.len() as u64);
}

/// Mixtures of twists.
#[test]
fn mixtures_of_twists() {
    let bench = Bench::new();
    let seeds = seeds(64);
    let failed: Vec<u64> =
        (0..seeds).filter(|&seed| !bench.holds(seed, &mixture(&mut Dice::new(seed)))).collect();
    assert!(failed.is_empty(), "{} of {seeds} seeds fail: {failed:?}", failed.len());
}

/// Folders of files that were made elsewhere from those of seeds: each is the whole list again.
#[test]
fn files_that_were_converted() {
    let Some(folder) = std::env::var_os("KAITEI_MESS_READ") else { return };
    let bench = Bench::new();
    let mut failed = Vec::new();
    for folder in fs::read_dir(folder).expect("a folder of folders") {
        let folder = folder.expect("a folder").path();
        let files = kaitei::ingest::walk(&folder).expect("files");
        let read =
            |file: kaitei::ingest::InputFile| Source::new(file.name, fs::read(file.path).expect("a file"));
        let faults = bench.faults(&files.into_iter().map(read).collect::<Vec<_>>());
        if !faults.is_empty() {
            let shown: Vec<&str> = faults.iter().take(6).map(String::as_str).collect();
            eprintln!("{}\n  {}", folder.display(), shown.join("\n  "));
            failed.push(folder);
        }
    }
    assert!(failed.is_empty(), "{} folders fail", failed.len());
}
