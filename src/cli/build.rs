//! `kaitei build`.

use super::args::BuildArgs;
use super::reporter::Reporter;
use super::stop::Stop;
use super::{Exit, plan, report, source_date_epoch, worker};
use crate::batch::{self, Mode, Options, Outcome, ProjectFolder};
use crate::error::Error;
use crate::finding::Lang;

pub(super) fn run(args: &BuildArgs, lang: Lang) -> Exit {
    let project = ProjectFolder::new(&args.run.selection.project);
    let reporter = Reporter::new(&args.reporter, &project, lang);
    build(args, &project, &reporter, lang).unwrap_or_else(|error| reporter.fail(&error))
}

fn build(
    args: &BuildArgs,
    project: &ProjectFolder,
    reporter: &Reporter<'_>,
    lang: Lang,
) -> Result<Exit, Error> {
    if args.dry_run && reporter.speaks_to_people() {
        return plan::dry_run(args, lang);
    }
    let selection = &args.run.selection;
    let documents = project.choose(&selection.documents, &selection.only)?;
    let options = Options {
        mode: if args.dry_run { Mode::Plan } else { Mode::Build },
        strict: args.run.strict,
        force: args.force,
        jobs: args.run.jobs,
        shard: args.shard,
        ..Options::default()
    };
    run_once(project, &documents, options, reporter, &Stop::listen()?)
}

/// One run over some documents, told to the reporter: the exit code, unless it could not happen at all. The worker,
/// the date and the stop are seen to here.
pub(super) fn run_once(
    project: &ProjectFolder,
    documents: &[String],
    options: Options<'_>,
    reporter: &Reporter<'_>,
    stop: &Stop,
) -> Result<Exit, Error> {
    let workers = worker::workers();
    let options = Options {
        source_date_epoch: source_date_epoch()?,
        workers: Some(&workers),
        stop: Some(stop.flag()),
        ..options
    };
    let round = reporter.begin();
    let reports = batch::build(project, documents, options, &|event| round.hear(event))?;
    // A signal that came when all was done has ended nothing.
    let ended = reports.iter().any(|report| report.outcome == Outcome::NotReached);
    let exit = stop.exit().filter(|_| ended).unwrap_or_else(|| report::exit(&reports));
    round.end(&reports, &options, exit)
}
