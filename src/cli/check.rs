//! `kaitei check`.

use super::args::{CheckArgs, LogFormat};
use super::report::Printer;
use super::reporter::Github;
use super::{Exit, report, source_date_epoch, worker};
use crate::batch::{self, Event, Mode, Options, ProjectFolder};
use crate::decisions::{ACCEPTED, CORRECTIONS, Suggestions};
use crate::error::Error;
use crate::finding::Lang;

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit, Error> {
    let selection = &args.run.selection;
    let project = ProjectFolder::new(&selection.project);
    let documents = project.choose(&selection.documents, &selection.only)?;
    let workers = worker::workers();
    if args.suggest {
        return suggest(&batch::suggestions(&project, &documents, Some(&workers), lang)?, lang);
    }
    let options = Options {
        mode: Mode::Check,
        strict: args.run.strict,
        jobs: args.run.jobs,
        source_date_epoch: source_date_epoch()?,
        workers: Some(&workers),
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

/// Prints the entries, those of each file below a line that names it.
fn suggest(Suggestions { corrections, accepted }: &Suggestions, lang: Lang) -> Result<Exit, Error> {
    let mut text = String::new();
    for (file, entries) in [(CORRECTIONS, corrections), (ACCEPTED, accepted)] {
        if !entries.is_empty() {
            text += &lang.pick((
                format!("# ---- {file} の末尾に貼り付け、理由を書き足してください\n\n{entries}"),
                format!("# ---- to be pasted at the end of {file}, and given their reasons\n\n{entries}"),
            ));
        }
    }
    report::write_out(&mut std::io::stdout(), text.as_bytes())?;
    Ok(Exit::Done)
}
