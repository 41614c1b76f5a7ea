//! `kaitei watch`: builds, and builds again what changes.

use super::Exit;
use super::args::WatchArgs;
use super::stop::Stop;
use super::tell::Teller;
use crate::batch::{Options, Project, Sites};
use crate::diagnostic::{Lang, message};
use crate::error::{Error, ErrorKind};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// So long nothing may change before what has changed is built: programs write a file in several steps.
const QUIET: Duration = Duration::from_millis(300);
/// How often a signal is looked for, or whether a project that is at work elsewhere is free.
const PULSE: Duration = Duration::from_millis(200);

pub(super) fn run(args: &WatchArgs, lang: Lang) -> Exit {
    let project = Project::new(&args.run.selection.project);
    let teller = Teller::new(&args.tell, &project, lang);
    watch(args, &project, &teller).unwrap_or_else(|error| teller.fail(&error))
}

fn watch(args: &WatchArgs, project: &Project, teller: &Teller<'_>) -> Result<Exit, Error> {
    let (sender, heard) = channel();
    let stop = Stop::listen()?;
    let eyes = Eyes { watcher: Watcher::open(args.poll, sender)?, watched: BTreeSet::new() };
    let mut watch = Watch { args, project, teller, stop, heard, sites: Sites::of(project)?, eyes };
    // First of all: what changes while it is built is built again.
    watch.eyes.look_at(&watch.sites)?;
    let mut documents = watch.chosen()?;
    loop {
        if !documents.is_empty() {
            let exit = watch.build(&documents);
            // If documents were cut off, that is what the command comes to.
            if matches!(exit, Exit::Interrupted | Exit::Terminated) {
                return Ok(exit);
            }
            teller.watching();
        }
        let Some(changed) = watch.wait() else { return Ok(Exit::Done) };
        if let Err(error) = watch.look_again() {
            teller.fail(&error);
        }
        match watch.chosen() {
            Ok(chosen) => documents = chosen.into_iter().filter(|name| changed.contains(name)).collect(),
            Err(error) => {
                teller.fail(&error);
                documents.clear();
            }
        }
    }
}

struct Watch<'a> {
    args: &'a WatchArgs,
    project: &'a Project,
    teller: &'a Teller<'a>,
    stop: Stop,
    heard: Receiver<notify::Result<Event>>,
    sites: Sites,
    eyes: Eyes,
}

impl Watch<'_> {
    fn chosen(&self) -> Result<Vec<String>, Error> {
        let selection = &self.args.run.selection;
        self.project.choose(&selection.documents, &selection.only)
    }

    /// Builds as soon as no other kaitei is at work. No failure ends the watch.
    fn build(&self, documents: &[String]) -> Exit {
        let options =
            Options { strict: self.args.run.strict, jobs: self.args.run.jobs, ..Options::default() };
        let mut is_told = false;
        loop {
            match self.teller.run(documents, options, &self.stop) {
                Ok(exit) => return exit,
                Err(error) if error.kind == ErrorKind::Busy && self.stop.exit().is_none() => {
                    if !is_told {
                        self.teller.fail(&error);
                    }
                    is_told = true;
                    thread::sleep(PULSE);
                }
                Err(error) => return self.teller.fail(&error),
            }
        }
    }

    /// The documents that changes belong to, once it is quiet again; none if a signal has come.
    fn wait(&self) -> Option<BTreeSet<String>> {
        let mut changed = BTreeSet::new();
        while self.stop.exit().is_none() {
            match self.heard.recv_timeout(if changed.is_empty() { PULSE } else { QUIET }) {
                Ok(Ok(event)) if event.need_rescan() => changed.extend(self.chosen().unwrap_or_default()),
                Ok(Ok(event)) => {
                    changed.extend(event.paths.iter().flat_map(|path| self.sites.documents(path)));
                }
                Ok(Err(error)) => {
                    self.teller.fail(&unwatchable(&error));
                }
                Err(RecvTimeoutError::Timeout) if changed.is_empty() => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(changed),
            }
        }
        None
    }

    /// A template may name other fonts than it did.
    fn look_again(&mut self) -> Result<(), Error> {
        self.sites = Sites::of(self.project)?;
        self.eyes.look_at(&self.sites)
    }
}

/// What looks, and at what.
struct Eyes {
    watcher: Watcher,
    watched: BTreeSet<PathBuf>,
}

impl Eyes {
    /// Looks at what was not looked at before.
    fn look_at(&mut self, sites: &Sites) -> Result<(), Error> {
        let trees = sites.trees().map(|tree| (tree, RecursiveMode::Recursive));
        let folders = sites.folders().into_iter().map(|folder| (folder, RecursiveMode::NonRecursive));
        for (path, mode) in trees.into_iter().chain(folders) {
            if !self.watched.contains(path) {
                self.watcher.watch(path, mode).map_err(|error| unwatchable(&error))?;
                self.watched.insert(path.to_owned());
            }
        }
        Ok(())
    }
}

enum Watcher {
    /// Told by the system.
    Told(RecommendedWatcher),
    /// Looks again and again.
    Polling(PollWatcher),
}

impl Watcher {
    /// A watcher that sends what changes; one that looks every so many seconds, if that is asked for.
    fn open(poll: Option<NonZeroU32>, sender: Sender<notify::Result<Event>>) -> Result<Self, Error> {
        let hear = move |change: notify::Result<Event>| {
            if change.as_ref().map_or(true, is_change) {
                // After the end of the watch, nobody needs to know.
                let _ = sender.send(change);
            }
        };
        let opened = match poll {
            None => RecommendedWatcher::new(hear, Config::default()).map(Self::Told),
            Some(seconds) => {
                let interval = Duration::from_secs(seconds.get().into());
                PollWatcher::new(hear, Config::default().with_poll_interval(interval)).map(Self::Polling)
            }
        };
        opened.map_err(|error| unwatchable(&error))
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match self {
            Self::Told(watcher) => watcher.watch(path, mode),
            Self::Polling(watcher) => watcher.watch(path, mode),
        }
    }
}

/// Whether something may be other than it was: reading is no change, and of what happens in a folder the files tell.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Any | ModifyKind::Data(_) | ModifyKind::Metadata(_)) => {
            !event.paths.iter().all(|path| path.is_dir())
        }
        _ => true,
    }
}

fn unwatchable(error: &notify::Error) -> Error {
    let paths: Vec<String> = error.paths.iter().map(|path| path.display().to_string()).collect();
    let paths = paths.join(" ");
    Error {
        kind: ErrorKind::Io,
        message: message(
            format!("変更を監視できません: {paths} {error}（--poll 秒数 なら、一定の間隔で調べます）"),
            format!(
                "changes cannot be watched: {paths} {error} (with --poll SECONDS, files are looked at regularly)"
            ),
        ),
    }
}
