//! `kaitei check`.

use super::args::{CheckArgs, Form};
use super::report::Printer;
use super::tell::Github;
use super::{Exit, report, source_date_epoch, taste};
use crate::batch::{self, Event, Mode, Options, Project};
use crate::diagnostic::Lang;
use crate::error::Error;

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit, Error> {
    let selection = &args.run.selection;
    let project = Project::new(&selection.project);
    let documents = project.choose(&selection.documents, &selection.only)?;
    let taster = taste::taster();
    let options = Options {
        mode: Mode::Check,
        strict: args.run.strict,
        jobs: args.run.jobs,
        source_date_epoch: source_date_epoch()?,
        taster: Some(&taster),
        ..Options::default()
    };
    let (printer, github) = (Printer::default(), Github::from_environment());
    let reports = batch::build(&project, &documents, options, &|event| {
        if let (Event::Reported(report), Form::Text) = (event, args.format) {
            printer.print(|| {
                report::checked(report, lang)?;
                github.annotate(&project, report, lang)
            });
        }
    })?;
    printer.end()?;
    if args.format == Form::Json {
        report::json(&reports, lang)?;
    }
    Ok(report::exit(&reports))
}
