//! Builds past one machine: the documents of a plan in shares, of which each shard builds one, and leaves a record.
//!
//! Shards on one file system may work at the same time. Each holds the project's lock together with the others, and a
//! lock of its own alone. So that no two of them build one document, all that work at a time must have the same plan
//! and the same number of shares: `round` says which, and only a shard that is alone may change it.

mod merge;
mod record;

pub use merge::{Flaw, Merged, merge};

use super::decisions::DecisionShelf;
use super::disk::replace;
use super::document::Run;
use super::fonts::FontShelf;
use super::lock::Lock;
use super::report::{Observer, Report};
use super::run::workers;
use super::shard::Shard;
use super::state::Files;
use super::work_plan::WorkPlan;
use super::{Options, Project};
use crate::batch::regular;
use crate::error::{Error, ErrorKind};
use crate::finding::message;
use record::ShardRecord;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

/// The folder's name in the output folder.
pub(super) const FOLDER: &str = ".shards";
/// The plan at which shards are at work, and their number.
const ROUND: &str = "round";
/// The lock of [`ROUND`].
const GATE: &str = "round.lock";

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
    let round = format!("{} {}\n", plan.sha256(), shard.count());
    match Lock::exclusive(&output) {
        Ok(_alone) => begin(&folder, shard.count(), &current, &round)?,
        Err(error) if error.kind == ErrorKind::Busy => {}
        Err(error) => return Err(error),
    }
    let lock = Lock::shared(&output)?;
    if regular::read(&current).ok().as_deref() == Some(round.as_bytes()) {
        return Ok(lock);
    }
    Err(Error::busy(message(
        "このプロジェクトは、入力・オプション・分担の総数のどれかが違う分担で、別の kaitei が処理しています。\
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
    replace(current, round.as_bytes())
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path, &error)),
        _ => Ok(()),
    }
}
