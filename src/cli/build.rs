//! `kaitei build`.

use super::Exit;
use super::args::BuildArgs;
use super::stop::Stop;
use super::tell::Teller;
use crate::batch::{Mode, Options, Project};
use crate::diagnostic::Lang;
use crate::error::Error;

pub(super) fn run(args: &BuildArgs, lang: Lang) -> Exit {
    let project = Project::new(&args.run.selection.project);
    let teller = Teller::new(&args.tell, &project, lang);
    build(args, &project, &teller).unwrap_or_else(|error| teller.fail(&error))
}

fn build(args: &BuildArgs, project: &Project, teller: &Teller<'_>) -> Result<Exit, Error> {
    let selection = &args.run.selection;
    let documents = project.choose(&selection.documents, &selection.only)?;
    let options = Options {
        mode: if args.dry_run { Mode::Plan } else { Mode::Build },
        strict: args.run.strict,
        force: args.force,
        jobs: args.run.jobs,
        ..Options::default()
    };
    teller.run(&documents, options, &Stop::listen()?)
}
