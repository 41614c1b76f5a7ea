//! `kaitei merge`.

use super::args::MergeArgs;
use super::{Exit, report};
use crate::batch::{self, Merged, Project};
use crate::diagnostic::Lang;
use crate::error::Error;
use std::fmt::Write as _;
use std::io;

pub(super) fn run(args: &MergeArgs, lang: Lang) -> Result<Exit, Error> {
    let project = Project::new(&args.project);
    let documents = project.choose(&[], &args.only)?;
    let merged = batch::merge(&project, &documents, &args.folders)?;
    for report in &merged.reports {
        report::built(&project, report, lang)?;
    }
    report::total(&merged.reports, lang)?;
    let text: String = said(&merged, lang).chars().map(report::harmless).collect();
    report::write_out(&mut io::stdout(), text.as_bytes())?;
    Ok(if merged.flaws.is_empty() { report::exit(&merged.reports) } else { Exit::Data })
}

fn said(merged: &Merged, lang: Lang) -> String {
    let Merged { plan, shards, brought, flaws, .. } = merged;
    let mut text = String::new();
    for flaw in flaws {
        writeln!(text, "{}: [{}] {}", flaw.subject(), flaw.id(), flaw.message().text(lang))
            .expect("writing to a string does not fail");
    }
    let (shards, found) = (shards.len(), flaws.len());
    let end = match (lang, found) {
        (Lang::Ja, 0) => format!("{shards} 分担で全部そろっています（取り込み {brought} 文書）"),
        (Lang::En, 0) => format!("whole, by {shards} shards ({brought} documents brought here)"),
        (Lang::Ja, _) => format!("そろっていません（{found} 件）。何も取り込んでいません"),
        (Lang::En, _) => format!("not whole ({found} flaws); nothing was brought here"),
    };
    let name = match lang {
        Lang::Ja => "計画",
        Lang::En => "plan",
    };
    text + &format!("{name} {plan}: {end}\n")
}
