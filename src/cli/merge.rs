//! `kaitei merge`.

use super::args::MergeArgs;
use super::reporter::Reporter;
use super::{Exit, report};
use crate::batch::{self, Merged, ProjectFolder};
use crate::error::Error;
use crate::finding::Lang;
use std::io;

pub(super) fn run(args: &MergeArgs, lang: Lang) -> Exit {
    let project = ProjectFolder::new(&args.project);
    let reporter = Reporter::new(&args.reporter, &project, lang);
    merge(args, &project, &reporter, lang).unwrap_or_else(|error| reporter.fail(&error))
}

fn merge(
    args: &MergeArgs,
    project: &ProjectFolder,
    reporter: &Reporter<'_>,
    lang: Lang,
) -> Result<Exit, Error> {
    let documents = project.choose(&[], &args.only)?;
    let merged = batch::merge(project, &documents, &args.folders)?;
    let mut exit = Exit::Data;
    if merged.flaws.is_empty() {
        exit = reporter.retell(&merged.reports)?;
    }
    for flaw in &merged.flaws {
        reporter.flaw(flaw);
    }
    if reporter.speaks_to_people() {
        report::write_out(&mut io::stdout(), last_line(&merged, lang).as_bytes())?;
    }
    Ok(exit)
}

fn last_line(merged: &Merged, lang: Lang) -> String {
    let Merged { plan, shards, brought, flaws, .. } = merged;
    let (plan, shards, found) = (&plan[..report::PLAN], shards.len(), flaws.len());
    match (lang, found) {
        (Lang::Ja, 0) => {
            let taken = if *brought == 0 {
                String::new()
            } else {
                format!("（取り込んだ文書 {brought}件）")
            };
            format!("計画番号 {plan}: {shards}件の分担がすべてそろっています{taken}\n")
        }
        (Lang::En, 0) => {
            format!("plan {plan}: whole, by {shards} shards ({brought} documents brought here)\n")
        }
        (Lang::Ja, _) => {
            format!("計画番号 {plan}: 分担がそろっていません（{found}件）。文書は取り込んでいません\n")
        }
        (Lang::En, _) => format!("plan {plan}: not whole ({found} flaws); nothing was brought here\n"),
    }
}
