//! `kaitei watch`: builds, and builds again what changes.

mod watched;

use self::watched::{Noticed, WatchedPaths};
use super::Exit;
use super::args::WatchArgs;
use super::build::run_once;
use super::reporter::Reporter;
use super::stop::Stop;
use crate::batch::{Options, ProjectFolder, Sites};
use crate::error::{Error, ErrorKind};
use crate::finding::Lang;
use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

/// So long nothing may change before what has changed is built: programs write a file in several steps.
const QUIET: Duration = Duration::from_millis(300);
/// How often a signal is looked for, or whether a project that is at work elsewhere is free.
const PULSE: Duration = Duration::from_millis(200);

pub(super) fn run(args: &WatchArgs, lang: Lang) -> Exit {
    let project = ProjectFolder::new(&args.run.selection.project);
    let reporter = Reporter::new(&args.reporter, &project, lang);
    watch(args, &project, &reporter).unwrap_or_else(|error| reporter.fail(&error))
}

fn watch(args: &WatchArgs, project: &ProjectFolder, reporter: &Reporter<'_>) -> Result<Exit, Error> {
    let stop = Stop::listen()?;
    let sites = Sites::of(project)?;
    // First of all: what changes while it is built is built again.
    let eyes = WatchedPaths::open(args.poll, &sites)?;
    let mut watch = Watch { args, project, reporter, stop, sites, eyes };
    let mut documents = watch.chosen()?;
    loop {
        if !documents.is_empty() {
            let exit = watch.build(&documents);
            // If documents were cut off, that is what the command comes to.
            if matches!(exit, Exit::Interrupted | Exit::Terminated) {
                return Ok(exit);
            }
            reporter.watching();
        }
        let Some(changed) = watch.wait() else { return Ok(Exit::Done) };
        documents = watch.look_again(&changed).unwrap_or_else(|error| {
            reporter.fail(&error);
            Vec::new()
        });
    }
}

struct Watch<'a> {
    args: &'a WatchArgs,
    project: &'a ProjectFolder,
    reporter: &'a Reporter<'a>,
    stop: Stop,
    sites: Sites,
    eyes: WatchedPaths,
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
            match run_once(self.project, documents, options, self.reporter, &self.stop) {
                Ok(exit) => return exit,
                Err(error) if error.kind == ErrorKind::Busy && self.stop.exit().is_none() => {
                    if !is_told {
                        self.reporter.fail(&error);
                    }
                    is_told = true;
                    thread::sleep(PULSE);
                }
                Err(error) => return self.reporter.fail(&error),
            }
        }
    }

    /// The documents that changes belong to, once it is quiet again; none if a signal has come.
    fn wait(&mut self) -> Option<BTreeSet<String>> {
        let (mut changed, mut told) = (BTreeSet::new(), None);
        while self.stop.exit().is_none() {
            let time = if changed.is_empty() { PULSE } else { QUIET };
            match self.eyes.watch(&self.sites, time, !changed.is_empty()) {
                Ok(Noticed::Nothing) if changed.is_empty() => {}
                Ok(Noticed::Nothing) => return Some(changed),
                Ok(Noticed::Changes(paths)) => {
                    changed.extend(paths.iter().flat_map(|path| self.sites.documents(path)));
                }
                // Whatever has not changed is not built.
                Ok(Noticed::TooMuch) => changed.extend(self.chosen().unwrap_or_default()),
                // A drive that is not there stays so for a while.
                Err(error) if told.as_ref() == Some(&error) => {}
                Err(error) => {
                    self.reporter.fail(&error);
                    told = Some(error);
                }
            }
        }
        None
    }

    /// Those of the documents that are to be built; a template may name other fonts than it did.
    fn look_again(&mut self, changed: &BTreeSet<String>) -> Result<Vec<String>, Error> {
        self.sites = Sites::of(self.project)?;
        self.eyes.follow(&self.sites)?;
        Ok(self.chosen()?.into_iter().filter(|name| changed.contains(name)).collect())
    }
}
