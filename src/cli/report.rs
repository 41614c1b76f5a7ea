//! What a person or a script is told.

use super::Exit;
use crate::batch::{Outcome, Project, Reason, Report, Summary};
use crate::diagnostic::{Diagnostic, Lang, Severity, harmless};
use crate::emit::json::{DiagnosticView, to_bytes};
use crate::error::Error;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

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
    let _ = io::stderr().write_all(format!("{text}\n").as_bytes());
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
    format!("{label}: {}\n", error.text(lang))
}

/// Prints what became of a document in a build: its diagnostics, or why it could not be built, on standard error, and
/// a line on standard output.
pub(super) fn built(project: &Project, report: &Report, lang: Lang) -> Result<(), Error> {
    write_out(&mut io::stderr(), &said(report, lang))?;
    write_out(&mut io::stdout(), built_line(project, report, lang).as_bytes())
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
                Lang::Ja => format!("{document}: 指標 {rows} 件、誤り {errors} 件、警告 {warnings} 件\n"),
                Lang::En => format!("{document}: {rows} rows, errors: {errors}, warnings: {warnings}\n"),
            };
            write_out(&mut io::stdout(), line.as_bytes())
        }
    }
}

/// A document's diagnostics, or why it could not be built.
fn said(report: &Report, lang: Lang) -> Vec<u8> {
    let mut text = Vec::new();
    if let Outcome::Failed(failure) = &report.outcome {
        text.extend(error_line(failure, lang).into_bytes());
    }
    for diagnostic in report.summary().map_or(&[][..], |summary| &summary.diagnostics) {
        write_diagnostic(&mut text, &report.document, diagnostic, lang);
    }
    text
}

/// Adds a diagnostic's lines to a text.
pub(super) fn write_diagnostic(text: &mut Vec<u8>, document: &str, diagnostic: &Diagnostic, lang: Lang) {
    let severity = diagnostic.severity.text(lang);
    // Nor may it steer who reads the output: GitHub's runners obey lines that begin with `::`, and `##[` anywhere.
    let in_line = |text: &str| text.replace('\n', " ").replace("##[", "## [");
    let lines = format!(
        "{severity}[{}] {document}: {}\n  {}\n  → {}\n",
        diagnostic.code.id(),
        in_line(&diagnostic.origin.to_string()),
        in_line(diagnostic.message.text(lang)),
        in_line(diagnostic.hint.text(lang)),
    );
    text.extend(lines.chars().map(harmless).collect::<String>().into_bytes());
}

/// An item of the JSON output: a diagnostic, or why a document could not be read at all.
#[derive(Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Diagnostic {
        document: &'a str,
        #[serde(flatten)]
        diagnostic: DiagnosticView<'a>,
    },
    Failure {
        document: &'a str,
        code: &'static str,
        severity: Severity,
        message: &'a str,
    },
}

/// Prints the diagnostics as one JSON array; each item names its document.
pub(super) fn json(reports: &[Report], lang: Lang) -> Result<(), Error> {
    let mut items = Vec::new();
    for report in reports {
        if let Outcome::Failed(failure) = &report.outcome {
            items.push(Item::Failure {
                document: &report.document,
                code: failure.kind.id(),
                severity: Severity::Error,
                message: failure.text(lang),
            });
        }
        let diagnostics = report.summary().map_or(&[][..], |summary| &summary.diagnostics);
        items.extend(diagnostics.iter().map(|diagnostic| Item::Diagnostic {
            document: &report.document,
            diagnostic: DiagnosticView::of(diagnostic, lang),
        }));
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
    format!("{document}: {said}\n").chars().map(harmless).collect()
}

fn counts(summary: &Summary, lang: Lang) -> String {
    let Summary { rows, tally, .. } = summary;
    let (errors, warnings) = (summary.count(Severity::Error), summary.count(Severity::Warning));
    let tally: Vec<String> = tally.iter().map(|count| format!("{} {}", count.print, count.rows)).collect();
    let tally = tally.join(" ");
    match lang {
        Lang::Ja if errors > 0 => format!("誤り {errors} 件、警告 {warnings} 件"),
        Lang::En if errors > 0 => format!("errors: {errors}, warnings: {warnings}"),
        Lang::Ja => format!("{rows}件（{tally}）、警告 {warnings} 件"),
        Lang::En => format!("{rows} rows ({tally}), warnings: {warnings}"),
    }
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

/// Writes to a standard stream; a reader that went away (`| head`) is no error.
pub(super) fn write_out(stream: &mut impl Write, text: &[u8]) -> Result<(), Error> {
    match stream.write_all(text).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::io(std::path::Path::new("(standard output)"), &error))
        }
        _ => Ok(()),
    }
}
