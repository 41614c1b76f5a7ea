//! `kaitei plan`, and `kaitei build --dry-run`, which says the same.

use super::args::{BuildArgs, LogFormat, PlanArgs, RunArgs};
use super::report::{Planned, Printer};
use super::reporter::print_total;
use super::{Exit, report, source_date_epoch};
use crate::batch::{
    self, End, Event, Mode, Options, Outcome, ProjectFolder, Reason, Report, Shard, Totals, WorkPlan,
};
use crate::emit::json::to_bytes;
use crate::error::Error;
use crate::finding::Lang;
use serde::Serialize;
use std::io;
use std::num::NonZeroUsize;

pub(super) fn run(args: &PlanArgs, lang: Lang) -> Result<Exit, Error> {
    show(&args.run, args.force, Parts { count: args.shards, only: None }, args.format, lang)
}

pub(super) fn dry_run(args: &BuildArgs, lang: Lang) -> Result<Exit, Error> {
    let parts = Parts { count: args.shard.map(Shard::count), only: args.shard };
    show(&args.run, args.force, parts, LogFormat::Text, lang)
}

/// Into how many shares a plan is divided, if it is, and which of them is shown.
#[derive(Clone, Copy)]
struct Parts {
    count: Option<NonZeroUsize>,
    only: Option<Shard>,
}

fn show(args: &RunArgs, force: bool, parts: Parts, form: LogFormat, lang: Lang) -> Result<Exit, Error> {
    let project = ProjectFolder::new(&args.selection.project);
    let documents = project.choose(&args.selection.documents, &args.selection.only)?;
    let options = Options {
        mode: Mode::Plan,
        strict: args.strict,
        force,
        jobs: args.jobs,
        source_date_epoch: source_date_epoch()?,
        ..Options::default()
    };
    let plan = batch::plan(&project, &documents, &options)?;
    let planned = planned(&plan, &parts);
    let documents: Vec<String> = planned.iter().map(|planned| planned.unit.document.clone()).collect();
    let printer = Printer::default();
    let reports = batch::build(&project, &documents, options, &|event| {
        if let (Event::Reported(report), LogFormat::Text) = (event, form)
            && let Ok(at) = documents.binary_search(&report.document)
        {
            printer.print(|| report::planned(&project, report, &planned[at], lang));
        }
    })?;
    printer.end()?;
    match form {
        LogFormat::Text => {
            print_total(&Totals::of(&reports), lang)?;
            if parts.count.is_some() {
                let hash = plan.sha256();
                let name = lang.pick(("計画番号", "plan"));
                let line = format!("{name} {}\n", &hash[..report::PLAN]);
                report::write_out(&mut io::stdout(), line.as_bytes())?;
            }
        }
        LogFormat::Json => {
            let view = PlanView::of(&plan, &parts, &planned, &reports);
            report::write_out(&mut io::stdout(), &to_bytes(&view))?;
        }
    }
    Ok(report::exit(&reports))
}

/// The units that are to be shown, with their shards.
fn planned<'p>(plan: &'p WorkPlan, parts: &Parts) -> Vec<Planned<'p>> {
    let shares = parts.count.map(|count| plan.shares(count));
    let shard = |at| Shard::new(shares.as_ref().map(|shares: &Vec<usize>| shares[at])?, parts.count?.get());
    let all = plan.units.iter().enumerate().map(|(at, unit)| Planned { unit, shard: shard(at) });
    all.filter(|planned| parts.only.is_none() || planned.shard == parts.only).collect()
}

/// The plan as data.
#[derive(Serialize)]
struct PlanView<'a> {
    /// The hash of what decides the bytes of all documents.
    plan: String,
    #[serde(flatten)]
    program: batch::Program,
    strict: bool,
    source_date_epoch: Option<i64>,
    shards: Option<NonZeroUsize>,
    documents: Vec<UnitView<'a>>,
}

#[derive(Serialize)]
struct UnitView<'a> {
    #[serde(flatten)]
    unit: &'a batch::WorkItem,
    shard: Option<NonZeroUsize>,
    outcome: &'static str,
    why: &'a [Reason],
    error: Option<&'a Error>,
}

impl<'a> PlanView<'a> {
    fn of(plan: &WorkPlan, parts: &Parts, planned: &[Planned<'a>], reports: &'a [Report]) -> Self {
        let view = |(planned, report): (&Planned<'a>, &'a Report)| UnitView {
            unit: planned.unit,
            shard: planned.shard.map(Shard::index),
            outcome: End::from(&report.outcome).id(),
            why: if let Outcome::WouldBuild(why) = &report.outcome { why } else { &[] },
            error: if let Outcome::Failed(error) = &report.outcome { Some(error) } else { None },
        };
        Self {
            plan: plan.sha256(),
            program: plan.program.clone(),
            strict: plan.strict,
            source_date_epoch: plan.source_date_epoch,
            shards: parts.count,
            documents: planned.iter().zip(reports).map(view).collect(),
        }
    }
}
