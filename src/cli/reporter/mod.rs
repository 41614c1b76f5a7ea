//! What is told of a build, and to whom: lines and a bar for a person, events for a scheduler, annotations for a code
//! host, numbers for a monitoring system.

mod bar;
mod github;
mod log;
mod metrics;
mod total;

pub(super) use self::github::Github;
pub(super) use self::total::line as print_total;

use self::bar::Bar;
use super::Exit;
use super::args::{LogFormat, ReporterArgs};
use super::report::{self, Printer};
use crate::batch::{self, Event, Flaw, Mode, Options, Outcome, ProjectFolder, Report, Totals};
use crate::error::Error;
use crate::finding::Lang;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Those who want to know of a build.
pub(super) struct Reporter<'a> {
    project: &'a ProjectFolder,
    lang: Lang,
    voice: Voice,
    has_bar: bool,
    metrics: Option<&'a Path>,
    github: Github,
}

/// What the standard streams carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// Lines for a person.
    Lines,
    /// Events for a scheduler, on standard error alone.
    Events,
    /// Why something could not be built at all, and nothing else.
    Errors,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(args: &'a ReporterArgs, project: &'a ProjectFolder, lang: Lang) -> Self {
        let voice = match args.log_format {
            LogFormat::Json => Voice::Events,
            LogFormat::Text if args.quiet => Voice::Errors,
            LogFormat::Text => Voice::Lines,
        };
        Self {
            project,
            lang,
            voice,
            has_bar: voice == Voice::Lines && !args.no_progress,
            metrics: args.metrics.as_deref(),
            github: Github::from_environment(),
        }
    }

    /// A run begins, of which the round is told.
    pub(super) fn begin(&self) -> Round<'_> {
        Round {
            reporter: self,
            began: Instant::now(),
            bar: Bar::new(self.has_bar),
            printer: Printer::default(),
            clocks: Mutex::default(),
        }
    }

    /// Tells what others have built, as if it had been built here.
    pub(super) fn retell(&self, reports: &[Report]) -> Result<Exit, Error> {
        let round = self.begin();
        round.hear(Event::Began(reports.len()));
        for report in reports {
            round.hear(Event::Ended(report));
            round.hear(Event::Reported(report));
        }
        round.end(reports, &Options::default(), report::exit(reports))
    }

    /// Tells why shards are not one whole build.
    pub(super) fn flaw(&self, flaw: &Flaw) {
        let (id, about, message) = (flaw.id(), flaw.subject(), flaw.message());
        let said = message.text(self.lang);
        match self.voice {
            Voice::Lines | Voice::Errors => {
                report::note(
                    &self.lang.pick((format!("{about}: {said}"), format!("{about}: [{id}] {said}"))),
                );
            }
            Voice::Events => drop(log::flaw(id, &about, said)),
        }
    }

    /// Whether the standard streams are for a person who wants to know all.
    pub(super) fn speaks_to_people(&self) -> bool {
        self.voice == Voice::Lines
    }

    /// Tells why something could not happen.
    pub(super) fn fail(&self, error: &Error) -> Exit {
        match self.voice {
            Voice::Lines | Voice::Errors => report::error(error, self.lang),
            // Nowhere is left to report a failure to report.
            Voice::Events => drop(log::error(error, self.lang)),
        }
        Exit::from(error.kind)
    }

    /// Tells that changes are waited for.
    pub(super) fn watching(&self) {
        match self.voice {
            Voice::Lines => {
                let waits =
                    ("変更を待っています（終わるときは Ctrl-C）", "watching for changes (Ctrl-C ends)");
                report::note(self.lang.pick((waits.0, waits.1)));
            }
            Voice::Events => drop(log::watching()),
            Voice::Errors => {}
        }
    }
}

/// A run that goes on.
pub(super) struct Round<'t> {
    reporter: &'t Reporter<'t>,
    began: Instant,
    bar: Bar,
    printer: Printer,
    /// When each document was taken up, and how long it took.
    clocks: Mutex<BTreeMap<String, (Instant, Duration)>>,
}

impl Round<'_> {
    pub(super) fn hear(&self, event: Event<'_>) {
        self.bar.hear(event);
        let mut clocks = self.clocks.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Began(documents) => {
                if self.reporter.voice == Voice::Events {
                    self.printer.print(|| log::began(documents));
                }
            }
            Event::Started(document) => {
                clocks.insert(document.to_owned(), (Instant::now(), Duration::ZERO));
            }
            Event::Ended(report) => {
                if let Some((began, taken)) = clocks.get_mut(&report.document) {
                    *taken = began.elapsed();
                }
            }
            Event::Reported(report) => {
                let taken = clocks.get(&report.document).map(|(_, taken)| *taken);
                drop(clocks);
                self.bar.aside(|| self.printer.print(|| self.say(report, taken)));
            }
        }
    }

    fn say(&self, report: &Report, taken: Option<Duration>) -> Result<(), Error> {
        let Reporter { project, lang, .. } = *self.reporter;
        match self.reporter.voice {
            Voice::Lines => report::built(project, report, lang)?,
            Voice::Events => log::document(report, taken, lang)?,
            Voice::Errors => {
                if let Outcome::Failed(error) = &report.outcome {
                    report::error(error, lang);
                }
                // What somebody has edited is not replaced in silence.
                report::write_out(&mut std::io::stderr(), report::kept(report, lang).as_bytes())?;
            }
        }
        self.reporter.github.annotate(project, report, lang)
    }

    /// Sums up; what is for files is written. A file that cannot be written makes the exit code worse.
    pub(super) fn end(self, reports: &[Report], options: &Options<'_>, exit: Exit) -> Result<Exit, Error> {
        let Reporter { project, lang, voice, metrics, ref github, .. } = *self.reporter;
        self.bar.end();
        let printed = self.printer.end();
        let (totals, taken) = (Totals::of(reports), self.began.elapsed());
        let settled =
            |done: Result<(), Error>| done.map_or_else(|error| self.reporter.fail(&error), |()| Exit::Done);
        // What is for files is written even if nobody can be told.
        let mut exit = exit.max(settled(printed));
        let is_build = options.mode == Mode::Build;
        // Shards work side by side; the overview is of them all, when they are merged.
        let is_whole = is_build && options.shard.is_none();
        if is_whole {
            exit = exit.max(settled(batch::write_overview(project, reports, lang)));
        }
        if is_build {
            exit = exit.max(settled(github.summarise(reports, &totals, lang)));
            let write = |path| batch::replace(path, metrics::render(&totals, taken, exit).as_bytes());
            exit = exit.max(settled(metrics.map_or(Ok(()), write)));
        }
        match voice {
            Voice::Lines => {
                total::line(&totals, lang)?;
                if is_whole {
                    total::details(project, &totals, taken, lang)?;
                }
            }
            Voice::Events => log::ended(&totals, taken, exit)?,
            Voice::Errors => {}
        }
        Ok(exit)
    }
}
