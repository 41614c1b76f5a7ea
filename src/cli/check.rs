//! `kaitei check`.

use super::args::{CheckArgs, LogFormat};
use super::report::Printer;
use super::reporter::Github;
use super::{Exit, probe, report, source_date_epoch};
use crate::batch::{self, Event, Mode, Options, Project};
use crate::error::Error;
use crate::finding::Lang;

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit, Error> {
    let selection = &args.run.selection;
    let project = Project::new(&selection.project);
    let documents = project.choose(&selection.documents, &selection.only)?;
    let probe = probe::probe();
    let options = Options {
        mode: Mode::Check,
        strict: args.run.strict,
        jobs: args.run.jobs,
        source_date_epoch: source_date_epoch()?,
        probe: Some(&probe),
        ..Options::default()
    };
    let (printer, github) = (Printer::default(), Github::from_environment());
    let reports = batch::build(&project, &documents, options, &|event| {
        if let (Event::Reported(report), LogFormat::Text) = (event, args.format) {
            printer.print(|| {
                report::checked(report, lang)?;
                github.annotate(&project, report, lang)
            });
        }
    })?;
    printer.end()?;
    if args.format == LogFormat::Json {
        report::json(&reports)?;
    }
    Ok(report::exit(&reports))
}
