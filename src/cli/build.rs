//! `kaitei build`.

use super::args::BuildArgs;
use super::report::Printer;
use super::stop::Stop;
use super::{Exit, report, source_date_epoch, taste};
use crate::batch::{self, Event, Mode, Options, Outcome, Project};
use crate::diagnostic::Lang;
use crate::error::Error;

pub(super) fn run(args: &BuildArgs, lang: Lang) -> Result<Exit, Error> {
    let selection = &args.run.selection;
    let project = Project::new(&selection.project);
    let documents = project.choose(&selection.documents, &selection.only)?;
    let taster = taste::taster();
    let stop = Stop::listen()?;
    let options = Options {
        mode: if args.dry_run { Mode::Plan } else { Mode::Build },
        strict: args.run.strict,
        force: args.force,
        jobs: args.run.jobs,
        source_date_epoch: source_date_epoch()?,
        taster: Some(&taster),
        stop: Some(stop.flag()),
    };
    let printer = Printer::default();
    let reports = batch::build(&project, &documents, options, &|event| {
        if let Event::Reported(report) = event {
            printer.print(|| report::built(&project, report, lang));
        }
    })?;
    printer.end()?;
    report::total(&reports, lang)?;
    // A signal that came when all was done has ended nothing.
    let ended = reports.iter().any(|report| report.outcome == Outcome::NotReached);
    Ok(stop.exit().filter(|_| ended).unwrap_or_else(|| report::exit(&reports)))
}
