//! What a person or a script is told.

use super::Exit;
use crate::batch::{Outcome, Project, Reason, Report, Shard, Summary, WorkItem};
use crate::emit::json::to_bytes;
use crate::error::{Error, ErrorKind};
use crate::finding::{Finding, Lang, Message, Severity, harmless, message};
use serde::Serialize;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Digits of a plan's hash by which people tell plans apart.
pub(super) const PLAN: usize = 8;

/// Between two attempts to write to a full pipe.
const PAUSE: Duration = Duration::from_millis(5);

/// Prints while a run goes on. What cannot be printed ends the printing, and in the end the run.
#[derive(Default)]
pub(super) struct Printer(Mutex<Option<Error>>);

impl Printer {
    /// Prints, unless that has failed before.
    pub(super) fn print(&self, print: impl FnOnce() -> Result<(), Error>) {
        let mut failure = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failure.is_none() {
            *failure = print().err();
        }
    }

    /// How it went.
    pub(super) fn end(self) -> Result<(), Error> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }
}

/// Prints a remark on standard error.
pub(super) fn note(text: &str) {
    let _ = io::stderr().write_all(format!("{}\n", one_line(text)).as_bytes());
}

/// A text on one line, that steers nobody who reads the output: no terminal by its escapes, and no runner of GitHub's,
/// which obeys lines that begin with `::`, and `##[` anywhere.
pub(super) fn one_line(text: &str) -> String {
    let text = text.trim_end_matches('\n').replace(['\n', '\r'], " ").replace("##[", "## [");
    let text: String = text.chars().map(harmless).collect();
    if text.trim_start().starts_with("::") { format!(": {}", text.trim_start()) } else { text }
}

/// Prints an error that ended the run.
pub(super) fn error(error: &Error, lang: Lang) {
    // Nowhere is left to report a failure to report.
    let _ = io::stderr().write_all(error_line(error, lang).as_bytes());
}

fn error_line(error: &Error, lang: Lang) -> String {
    let label = match lang {
        Lang::Ja => "エラー",
        Lang::En => "error",
    };
    format!("{label}: {}\n", one_line(error.text(lang)))
}

/// Prints what became of a document in a build: its findings, or why it could not be built, on standard error, and
/// a line on standard output.
pub(super) fn built(project: &Project, report: &Report, lang: Lang) -> Result<(), Error> {
    write_out(&mut io::stderr(), &said(report, lang))?;
    write_out(&mut io::stdout(), built_line(project, report, lang).as_bytes())
}

/// A document as a unit of work, and the shard that builds it if the work is divided.
pub(super) struct Planned<'p> {
    pub(super) unit: &'p WorkItem,
    pub(super) shard: Option<Shard>,
}

/// Prints what a build would do about a document: like [`built`], with what it costs and the shard that builds it.
pub(super) fn planned(
    project: &Project,
    report: &Report,
    planned: &Planned<'_>,
    lang: Lang,
) -> Result<(), Error> {
    write_out(&mut io::stderr(), &said(report, lang))?;
    let share = match (planned.shard, lang) {
        (None, _) => String::new(),
        (Some(shard), Lang::Ja) => format!("、分担{shard}"),
        (Some(shard), Lang::En) => format!(", shard {shard}"),
    };
    let cost = match lang {
        Lang::Ja => format!("（目安 {}{share}）", duration(planned.unit.cost)),
        Lang::En => format!(" (about {} ms{share})", planned.unit.cost.div_ceil(1_000)),
    };
    let line = built_line(project, report, lang);
    write_out(&mut io::stdout(), format!("{}{cost}\n", line.trim_end_matches('\n')).as_bytes())
}

/// A number of microseconds as people say it in Japanese.
fn duration(microseconds: u64) -> String {
    match microseconds.div_ceil(1_000_000) {
        0 | 1 => "1秒未満".to_owned(),
        seconds @ ..120 => format!("{seconds}秒"),
        seconds => format!("{}分", seconds.div_ceil(60)),
    }
}

/// Prints what a check found in a document, on standard output; errors that kept it from being checked on standard
/// error.
pub(super) fn checked(report: &Report, lang: Lang) -> Result<(), Error> {
    match report.summary() {
        None => write_out(&mut io::stderr(), &said(report, lang)),
        Some(summary) => {
            write_out(&mut io::stdout(), &said(report, lang))?;
            let Report { document, .. } = report;
            let (rows, errors, warnings) =
                (summary.rows, summary.count(Severity::Error), summary.count(Severity::Warning));
            let line = match lang {
                Lang::Ja => format!("{document}: {rows}件{}", findings_in_japanese(errors, warnings)),
                Lang::En => format!("{document}: {rows} rows, errors: {errors}, warnings: {warnings}"),
            };
            write_out(&mut io::stdout(), (one_line(&line) + "\n").as_bytes())
        }
    }
}

/// A document's findings, or why it could not be built.
fn said(report: &Report, lang: Lang) -> Vec<u8> {
    let mut text = Vec::new();
    if let Outcome::Failed(failure) = &report.outcome {
        text.extend(error_line(failure, lang).into_bytes());
    }
    for finding in report.summary().map_or(&[][..], |summary| &summary.findings) {
        write_finding(&mut text, &report.document, finding, lang);
    }
    text.extend(kept(report, lang).into_bytes());
    text
}

/// Adds a finding's lines to a text.
pub(super) fn write_finding(text: &mut Vec<u8>, document: &str, finding: &Finding, lang: Lang) {
    let severity = finding.label(lang);
    let next = finding.next_step(lang).map(|next| format!("  → {}\n", one_line(&next)));
    let lines = format!(
        "{severity}[{}] {}: {}\n  {}\n{}",
        finding.code().id(),
        one_line(document),
        one_line(&finding.origin.to_string()),
        one_line(&finding.message(lang)),
        next.unwrap_or_default(),
    );
    text.extend(lines.into_bytes());
}

/// What is said of a document's sets that people had edited.
pub(super) fn kept(report: &Report, lang: Lang) -> String {
    let mut text = String::new();
    let mut line = |begin: &str, said: &str| {
        for part in [begin, &one_line(said), "\n"] {
            text.push_str(part);
        }
    };
    for set in &report.kept {
        let (severity, document) = (Severity::Warning.text(lang), &report.document);
        line("", &format!("{severity}: {document}: {}", set.message().text(lang)));
        set.lines(lang).iter().for_each(|said| line("  ", said));
        line("  → ", set.remedy().text(lang));
        set.entries().lines().for_each(|entry| line("    ", entry));
    }
    text
}

/// An item of the JSON output: a finding, or why a document could not be read at all.
#[derive(Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Finding {
        document: &'a str,
        #[serde(flatten)]
        finding: &'a Finding,
    },
    Failure {
        document: &'a str,
        code: &'static str,
        severity: Severity,
        message: &'a Message,
    },
}

/// Prints the findings as one JSON array; each item names its document.
pub(super) fn json(reports: &[Report]) -> Result<(), Error> {
    let mut items = Vec::new();
    for report in reports {
        if let Outcome::Failed(failure) = &report.outcome {
            items.push(Item::Failure {
                document: &report.document,
                code: failure.kind.id(),
                severity: Severity::Error,
                message: &failure.message,
            });
        }
        let findings = report.summary().map_or(&[][..], |summary| &summary.findings);
        items.extend(findings.iter().map(|finding| Item::Finding { document: &report.document, finding }));
    }
    write_out(&mut io::stdout(), &to_bytes(&items))
}

/// One line on what a document's build came to.
fn built_line(project: &Project, report: &Report, lang: Lang) -> String {
    let document = &report.document;
    let counts = report.summary().map(|summary| counts(summary, lang)).unwrap_or_default();
    let said = match (&report.outcome, lang) {
        (Outcome::Built(..), _) => format!("{counts} → {}", project.output(document).display()),
        (Outcome::UpToDate(_), Lang::Ja) => format!("{counts}、変更なし"),
        (Outcome::UpToDate(_), Lang::En) => format!("{counts}; up to date"),
        (Outcome::Faulty(_) | Outcome::Checked(_), Lang::Ja) => {
            format!("{counts}。作成しませんでした（前回の出力はそのままです）")
        }
        (Outcome::Faulty(_) | Outcome::Checked(_), Lang::En) => {
            format!("{counts}; not built (the last output is untouched)")
        }
        (Outcome::WouldBuild(why), Lang::Ja) => format!("作成します（{}）", reasons(why, lang).join("、")),
        (Outcome::WouldBuild(why), Lang::En) => format!("would be built ({})", reasons(why, lang).join(", ")),
        (Outcome::NotReached, Lang::Ja) => {
            "中断したため、作成していません（前回の出力はそのままです）".into()
        }
        (Outcome::NotReached, Lang::En) => "not built: interrupted (the last output is untouched)".into(),
        (Outcome::Failed(_), Lang::Ja) => "作成できませんでした（前回の出力はそのままです）".into(),
        (Outcome::Failed(_), Lang::En) => "could not be built (the last output is untouched)".into(),
    };
    one_line(&format!("{document}: {said}")) + "\n"
}

fn counts(summary: &Summary, lang: Lang) -> String {
    let Summary { rows, tally, .. } = summary;
    let (errors, warnings) = (summary.count(Severity::Error), summary.count(Severity::Warning));
    let tally = |unit, between| {
        let counts = tally.iter().map(|count| format!("{} {}{unit}", count.print, count.rows));
        counts.collect::<Vec<_>>().join(between)
    };
    let in_brackets = |tally: String, open, close| match tally.as_str() {
        "" => tally,
        _ => format!("{open}{tally}{close}"),
    };
    match lang {
        Lang::Ja if errors > 0 => findings_in_japanese(errors, warnings).trim_start_matches('、').to_owned(),
        Lang::En if errors > 0 => format!("errors: {errors}, warnings: {warnings}"),
        Lang::Ja => {
            let tally = in_brackets(tally("件", "、"), "（", "）");
            format!("{rows}件{tally}{}", findings_in_japanese(errors, warnings))
        }
        Lang::En => {
            let tally = in_brackets(tally("", " "), " (", ")");
            format!("{rows} rows{tally}, warnings: {warnings}")
        }
    }
}

/// Behind other counts; what there is none of is not said.
pub(super) fn findings_in_japanese(errors: usize, warnings: usize) -> String {
    let said = [("要修正", errors), ("要確認", warnings)].into_iter().filter(|(_, count)| *count > 0);
    said.map(|(what, count)| format!("、{what} {count}件")).collect::<Vec<_>>().concat()
}

fn reasons(why: &[Reason], lang: Lang) -> Vec<String> {
    why.iter().map(|reason| reason.message().text(lang).to_owned()).collect()
}

/// The gravest of the documents' outcomes.
pub(super) fn exit(reports: &[Report]) -> Exit {
    let of = |report: &Report| match &report.outcome {
        Outcome::Faulty(_) => Exit::Data,
        Outcome::Failed(error) => Exit::from(error.kind),
        Outcome::Built(..)
        | Outcome::UpToDate(_)
        | Outcome::Checked(_)
        | Outcome::WouldBuild(_)
        | Outcome::NotReached => Exit::Done,
    };
    reports.iter().map(of).max().unwrap_or(Exit::Done)
}

/// Writes to a standard stream; a reader that went away (`| head`) is no error. One that has not read yet what it was
/// sent is waited for, also where its end of the pipe does not do so.
pub(super) fn write_out(stream: &mut impl Write, text: &[u8]) -> Result<(), Error> {
    match write_patiently(stream, text).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error {
            kind: ErrorKind::Io,
            message: message("表示する先に書き込めません", format!("cannot print: {error}")),
        }),
        _ => Ok(()),
    }
}

fn write_patiently(stream: &mut impl Write, mut text: &[u8]) -> io::Result<()> {
    while !text.is_empty() {
        match stream.write(text) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(length) => text = &text[length..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(PAUSE),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
