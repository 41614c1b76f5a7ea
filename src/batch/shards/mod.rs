//! Builds past one machine: the documents of a plan in shares, of which each shard builds one, and leaves a record.
//!
//! Shards on one file system may work at the same time. Each holds the project's lock together with the others, and a
//! lock of its own alone. So that no two of them build one document, all that work at a time must have the same plan
//! and the same number of shares: `round` says which, and only a shard that is alone may change it.

mod merge;
mod record;

pub use merge::{Flaw, Merged, merge};

use super::decisions::DecisionShelf;
use super::document::Run;
use super::fonts::FontShelf;
use super::lock::Lock;
use super::report::{Observer, Report};
use super::run::workers;
use super::state::Files;
use super::work_plan::WorkPlan;
use super::{Options, Project};
use crate::error::{Error, ErrorKind};
use crate::finding::message;
use record::ShardRecord;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::str::FromStr;

/// The folder's name in the output folder.
pub(super) const FOLDER: &str = ".shards";
/// The plan at which shards are at work, and their number.
const ROUND: &str = "round";
/// The lock of [`ROUND`].
const GATE: &str = "round.lock";

/// One of several shares of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    index: NonZeroUsize,
    count: NonZeroUsize,
}

impl Shard {
    /// The share with this number, counted from 1, of so many; none if there is no such share.
    pub fn new(index: usize, count: usize) -> Option<Self> {
        let (index, count) = (NonZeroUsize::new(index)?, NonZeroUsize::new(count)?);
        (index <= count).then_some(Self { index, count })
    }

    /// All shares of so many.
    pub fn all(count: NonZeroUsize) -> impl Iterator<Item = Self> {
        (1..=count.get()).filter_map(move |index| Self::new(index, count.get()))
    }

    /// Its number, counted from 1.
    pub fn index(self) -> NonZeroUsize {
        self.index
    }

    /// The number of shares.
    pub fn count(self) -> NonZeroUsize {
        self.count
    }

    /// The name of one of its files in [`FOLDER`].
    fn file(self, extension: &str) -> String {
        format!("{}-of-{}.{extension}", self.index, self.count)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

/// As in `2/3`. The error is for people, in both languages: it may come before the language is known.
impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.split_once('/').and_then(|(index, count)| {
            let number = |digits: &str| digits.parse().ok();
            Self::new(number(index)?, number(count)?)
        });
        parsed.ok_or("1/3, 2/3, 3/3 …: I/N, 1 ≤ I ≤ N")
    }
}

/// Divides documents, by their names and costs, among so many shards; for each document, its shard, counted from 1.
/// The longest goes first, each to the shard that has least to do (Graham's LPT: never more than 4/3 of the best
/// possible), ties by the name and to the first shard. It depends on names, costs and number alone.
pub(super) fn share(documents: &[(&str, u64)], count: NonZeroUsize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&at| (Reverse(documents[at].1), documents[at].0));
    let mut loads: BTreeSet<(u64, usize)> = (1..=count.get()).map(|shard| (0, shard)).collect();
    let mut shares = vec![0; documents.len()];
    for at in order {
        let (load, shard) = loads.pop_first().expect("there is at least one shard");
        shares[at] = shard;
        loads.insert((load + documents[at].1, shard));
    }
    shares
}

/// Builds a shard's share of the documents ([`Project::choose`]), and leaves a record of what became of each. All
/// shards must be given the same documents and options.
pub(super) fn build(
    project: &Project,
    documents: &[String],
    shard: Shard,
    options: Options<'_>,
    observer: Observer<'_>,
) -> Result<Vec<Report>, Error> {
    let pool = workers(options.jobs, documents.len())?;
    let folder = project.shards();
    let own = Lock::exclusive_on(folder.join(shard.file("lock")))?;
    let memory = folder.join(shard.file("state"));
    let files = Files::load(project.root(), memory, Some(own.since()?), !options.force);
    let fonts = FontShelf::default();
    let decided = DecisionShelf::load(project)?;
    let plan = pool.install(|| WorkPlan::of(project, documents, &options, &files, (&fonts, &decided)));
    let _round = join(project, &plan, shard)?;
    let record = folder.join(shard.file("json"));
    // A record that is there says that this shard has come to its end.
    remove(&record)?;
    let run = Run { project, options, files, fonts, decided };
    let reports = run.all(&plan.share(shard), &pool, observer);
    run.save(documents);
    ShardRecord::new(&plan, shard, &reports, project)?.write(&record)?;
    Ok(reports)
}

/// Waits at the gate, then takes part in the round, or begins one if nobody else is at work.
fn join(project: &Project, plan: &WorkPlan, shard: Shard) -> Result<Option<Lock>, Error> {
    let (output, folder) = (project.outputs(), project.shards());
    let _gate = Lock::waiting_on(folder.join(GATE))?;
    let current = folder.join(ROUND);
    let round = format!("{} {}\n", plan.sha256(), shard.count);
    match Lock::exclusive(&output) {
        Ok(_alone) => begin(&folder, shard.count, &current, &round)?,
        Err(error) if error.kind == ErrorKind::Busy => {}
        Err(error) => return Err(error),
    }
    let lock = Lock::shared(&output)?;
    if fs::read_to_string(&current).ok().as_ref() == Some(&round) {
        return Ok(lock);
    }
    Err(Error::busy(message(
        "このプロジェクトは、別の計画（入力・オプション・分割数のどれかが違う）で分担している kaitei が処理しています。\
         終わってから実行し直してください",
        "shards of another plan (other input, options or number of shards) are at work on this project; run again when \
         they have ended",
    )))
}

/// Begins a round: what other numbers of shards have left means nothing any more.
fn begin(folder: &Path, count: NonZeroUsize, current: &Path, round: &str) -> Result<(), Error> {
    let ending = format!("-of-{count}");
    for (path, extension) in record::files(folder)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if matches!(extension.as_str(), "json" | "state") && !stem.ends_with(&ending) {
            remove(&path)?;
        }
    }
    fs::write(current, round).map_err(|e| Error::io(current, &e))
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shards_are_written_with_a_slash() {
        for (text, shard) in [
            ("1/1", Shard::new(1, 1)),
            ("3/7", Shard::new(3, 7)),
            ("0/3", None),
            ("4/3", None),
            ("1/0", None),
            ("1", None),
            ("-1/3", None),
            ("1/3/3", None),
        ] {
            assert_eq!(text.parse().ok(), shard, "{text}");
        }
    }

    proptest! {
        /// Every document has one shard; the fullest shard has no more than 4/3 of what any division needs (the mean,
        /// the largest document), and the largest; the order of the documents means nothing.
        #[test]
        fn shares_are_whole_balanced_and_stable(
            costs in prop::collection::vec(0u64..100_000, 1..60),
            count in 1usize..9,
        ) {
            let names: Vec<String> = (0..costs.len()).map(|number| format!("d{number}")).collect();
            let documents: Vec<(&str, u64)> =
                names.iter().map(String::as_str).zip(costs.iter().copied()).collect();
            let shares = share(&documents, NonZeroUsize::new(count).unwrap());
            let mut loads = vec![0; count];
            for (shard, cost) in shares.iter().zip(&costs) {
                loads[shard - 1] += cost;
            }
            let largest = *costs.iter().max().unwrap();
            let mean = costs.iter().sum::<u64>().div_ceil(count as u64);
            let fullest = *loads.iter().max().unwrap();
            prop_assert!(3 * fullest <= 4 * mean.max(largest) + 3 * largest, "{loads:?}");
            let (mut backwards, mut expected) = (documents.clone(), shares);
            backwards.reverse();
            expected.reverse();
            prop_assert_eq!(share(&backwards, NonZeroUsize::new(count).unwrap()), expected);
        }
    }
}
