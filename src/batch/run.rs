//! A run over many documents: several at a time, reported in their order, each on its own.
//!
//! Workers take the documents up in their order; so many are in memory at once as there are workers. What is built
//! goes to one thread that brings new sets to the disk, all that are waiting by one call, and puts them into their
//! places, while the workers go on.

use super::decisions::DecisionShelf;
use super::document::{Run, Turn, take_turn};
use super::edits;
use super::fonts::FontShelf;
use super::lock::Lock;
use super::plan::Reason;
use super::report::{EditedSet, Event, Observer, Outcome, Report, Summary};
use super::state::{self, Files};
use super::swap::{self, Staged};
use super::{Mode, Options, ProjectFolder};
use crate::error::Error;
use crate::finding::message;
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::any::Any;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// As many sets may wait for the disk; and so many are brought there at once.
const WAITING: usize = 32;
/// What the main thread has, so that a file is read on any thread or on none.
const STACK_BYTES: usize = 8 << 20;

/// Builds, checks or plans all of the documents.
pub(super) fn run(
    project: &ProjectFolder,
    documents: &[String],
    options: Options<'_>,
    observer: Observer<'_>,
) -> Result<Vec<Report>, Error> {
    let pool = workers(options.jobs, documents.len())?;
    let output = project.outputs();
    let lock = match options.mode {
        Mode::Build => Some(Lock::exclusive(&output)?),
        Mode::Check | Mode::Plan => None,
    };
    let began = lock.as_ref().map(Lock::since).transpose()?;
    let files = Files::load(project.root(), output.join(state::NAME), began, !options.force);
    let decided = DecisionShelf::load(project)?;
    let run = Run { project, options, files, fonts: FontShelf::default(), decided };
    let reports = run.all(documents, &pool, observer);
    if lock.is_some() {
        run.save(documents);
    }
    Ok(reports)
}

impl Run<'_> {
    /// Takes the turns of some documents, and reports in their order.
    pub(super) fn all(&self, documents: &[String], pool: &ThreadPool, observer: Observer<'_>) -> Vec<Report> {
        let desk = Desk { observer, trays: Mutex::default() };
        observer(Event::Began(documents.len()));
        work_through(self, documents, pool, &desk);
        desk.trays.into_inner().expect(UNPOISONED).reported
    }

    /// Writes down what was seen of the files of some documents.
    pub(super) fn save(self, documents: &[String]) {
        let all = !is_stopped(&self.options) && self.project.documents().is_ok_and(|all| all == documents);
        self.files.save(all);
    }
}

/// Takes the documents' turns on several threads.
fn work_through(run: &Run<'_>, documents: &[String], pool: &ThreadPool, desk: &Desk<'_>) {
    let (hand_over, waiting) = sync_channel(WAITING);
    thread::scope(|scope| {
        scope.spawn(move || commit_all(run, &waiting, desk));
        pool.install(|| {
            let work = |(at, document): (usize, &String)| {
                let (document, mut kept) = (document.clone(), Vec::new());
                match turn(run, &document, &mut kept, desk.observer) {
                    Turn::Over(outcome) => desk.report(at, told(run, document, outcome, kept)),
                    Turn::Staged(set, summary, why) => {
                        let built = Waiting { at, document, set, summary, why, kept };
                        hand_over.send(built).expect("sets are taken until the last is handed over");
                    }
                }
            };
            // Unlike a slice's, these go to the workers in their order.
            documents.iter().enumerate().par_bridge().for_each(work);
        });
        drop(hand_over);
    });
}

/// As many threads as documents are to be in work.
pub(super) fn workers(jobs: Option<NonZeroUsize>, documents: usize) -> Result<ThreadPool, Error> {
    let jobs = jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let threads = jobs.min(documents).max(1);
    ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build().map_err(|error| {
        Error::usage(message(
            format!("{threads}件の文書を同時に処理できません。--jobs を小さくしてください"),
            format!("{threads} threads cannot be started ({error}); use a smaller --jobs"),
        ))
    })
}

/// A document's report, with what its edited sets say.
fn told(run: &Run<'_>, document: String, outcome: Outcome, mut kept: Vec<EditedSet>) -> Report {
    for set in &mut kept {
        // That it was kept is what matters; what it says can be seen there.
        let _ = guarded(|| edits::describe(run, &document, set));
    }
    Report { document, outcome, kept }
}

/// Takes one document's turn, if the run is not to stop, and sees that its trouble stays its own.
fn turn(run: &Run<'_>, document: &str, kept: &mut Vec<EditedSet>, observer: Observer<'_>) -> Turn {
    if is_stopped(&run.options) {
        return Turn::Over(Outcome::NotReached);
    }
    let taken = guarded(|| {
        observer(Event::Started(document));
        take_turn(run, document, kept)
    });
    match taken {
        // A signal to all processes of a terminal ends those that read files, too.
        Ok(Turn::Over(Outcome::Faulty(_))) if is_stopped(&run.options) => Turn::Over(Outcome::NotReached),
        Ok(turn) => turn,
        Err(error) => Turn::Over(Outcome::Failed(error)),
    }
}

fn is_stopped(options: &Options<'_>) -> bool {
    options.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
}

/// Keeps a panic to the document that it happens in.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Error::bug(said(&*panic))))
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic")
}

/// A document that is built, and waits for its files to take their place.
struct Waiting {
    at: usize,
    document: String,
    set: Staged,
    summary: Summary,
    why: Vec<Reason>,
    kept: Vec<EditedSet>,
}

/// Puts new sets into their places until no more come.
fn commit_all(run: &Run<'_>, waiting: &Receiver<Waiting>, desk: &Desk<'_>) {
    while let Ok(first) = waiting.recv() {
        let group: Vec<Waiting> = [first].into_iter().chain(waiting.try_iter().take(WAITING)).collect();
        let sets: Vec<&Staged> = group.iter().map(|built| &built.set).collect();
        let placed = swap::commit(&sets, &run.files, |at| {
            run.files.placed(sets[at].folder(), &group[at].summary.outputs);
        });
        for (built, placed) in group.into_iter().zip(placed) {
            let Waiting { at, document, summary, why, mut kept, .. } = built;
            let outcome = placed.map_or_else(Outcome::Failed, |edited| {
                kept.extend(edited);
                Outcome::Built(summary, why)
            });
            desk.report(at, told(run, document, outcome, kept));
        }
    }
}

/// Where reports come in as they are ready, and go out in the order of the documents.
struct Desk<'o> {
    observer: Observer<'o>,
    trays: Mutex<Trays>,
}

#[derive(Default)]
struct Trays {
    early: BTreeMap<usize, Report>,
    reported: Vec<Report>,
}

const UNPOISONED: &str = "an observer does not panic";

impl Desk<'_> {
    fn report(&self, at: usize, report: Report) {
        (self.observer)(Event::Ended(&report));
        let mut trays = self.trays.lock().expect(UNPOISONED);
        trays.early.insert(at, report);
        let mut next = trays.reported.len();
        while let Some(report) = trays.early.remove(&next) {
            (self.observer)(Event::Reported(&report));
            trays.reported.push(report);
            next += 1;
        }
    }
}
