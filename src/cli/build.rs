//! `kaitei build`.

use super::args::BuildArgs;
use super::reporter::Reporter;
use super::stop::Stop;
use super::{Exit, plan};
use crate::batch::{Mode, Options, Project};
use crate::error::Error;
use crate::finding::Lang;

pub(super) fn run(args: &BuildArgs, lang: Lang) -> Exit {
    let project = Project::new(&args.run.selection.project);
    let reporter = Reporter::new(&args.reporter, &project, lang);
    build(args, &project, &reporter, lang).unwrap_or_else(|error| reporter.fail(&error))
}

fn build(args: &BuildArgs, project: &Project, reporter: &Reporter<'_>, lang: Lang) -> Result<Exit, Error> {
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
    reporter.run(&documents, options, &Stop::listen()?)
}
