//! `kaitei check`.

use super::args::{CheckArgs, Form};
use super::{Exit, report, source_date_epoch, taste};
use crate::batch::{self, Options, Project};
use crate::diagnostic::Lang;
use crate::error::Error;

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit, Error> {
    let selection = &args.selection;
    let taster = taste::taster();
    let options = Options {
        strict: selection.strict,
        dry: true,
        source_date_epoch: source_date_epoch()?,
        taster: Some(&taster),
    };
    let reports = batch::build(&Project::new(&selection.project), &selection.documents, options)?;
    match args.format {
        Form::Text => {
            report::diagnostics(&reports, lang, report::Stream::Stdout)?;
            report::counts(&reports, lang)?;
        }
        Form::Json => report::json(&reports, lang)?,
    }
    Ok(report::exit(&reports))
}
