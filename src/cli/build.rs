//! `kaitei build`.

use super::args::BuildArgs;
use super::{Exit, report, source_date_epoch, taste};
use crate::batch::{self, Options, Project};
use crate::diagnostic::Lang;
use crate::error::Error;

pub(super) fn run(args: &BuildArgs, lang: Lang) -> Result<Exit, Error> {
    let selection = &args.selection;
    let taster = taste::taster();
    let options = Options {
        strict: selection.strict,
        dry: false,
        source_date_epoch: source_date_epoch()?,
        taster: Some(&taster),
    };
    let reports = batch::build(&Project::new(&selection.project), &selection.documents, options)?;
    report::diagnostics(&reports, lang, report::Stream::Stderr)?;
    report::summary(&reports, lang)?;
    Ok(report::exit(&reports))
}
