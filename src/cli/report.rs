//! What a person or a script is told at the end.

use super::Exit;
use crate::batch::{Outcome, Report};
use crate::diagnostic::{Diagnostic, Lang, Severity, has_errors};
use crate::emit::json::{DiagnosticView, to_bytes};
use crate::error::Error;
use serde::Serialize;
use std::io::{self, Write};

/// Where diagnostics go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// Prints an error that ended the run.
pub(super) fn error(error: &Error, lang: Lang) {
    let label = match lang {
        Lang::Ja => "エラー",
        Lang::En => "error",
    };
    // Nowhere is left to report a failure to report.
    let _ = writeln!(io::stderr(), "{label}: {}", error.text(lang));
}

/// Prints the diagnostics of all documents, and the errors of those that could not be built.
pub(super) fn diagnostics(reports: &[Report], lang: Lang, stream: Stream) -> Result<(), Error> {
    let mut text = Vec::new();
    for report in reports {
        match &report.outcome {
            Ok(outcome) => {
                for diagnostic in &outcome.diagnostics {
                    write_diagnostic(&mut text, &report.document, diagnostic, lang);
                }
            }
            Err(failure) => error(failure, lang),
        }
    }
    match stream {
        Stream::Stdout => write_out(&mut io::stdout(), &text),
        Stream::Stderr => write_out(&mut io::stderr(), &text),
    }
}

/// Adds a diagnostic's lines to a text.
pub(super) fn write_diagnostic(text: &mut Vec<u8>, document: &str, diagnostic: &Diagnostic, lang: Lang) {
    let severity = severity_name(diagnostic.severity, lang);
    let lines = format!(
        "{severity}[{}] {document}: {}\n  {}\n  → {}\n",
        diagnostic.code.id(),
        diagnostic.origin,
        diagnostic.message.text(lang),
        diagnostic.hint.text(lang),
    );
    text.extend(lines.chars().map(harmless).collect::<String>().into_bytes());
}

/// The word for a severity.
pub(super) fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Ja) => "誤り",
        (Severity::Warning, Lang::Ja) => "警告",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
    }
}

/// What a cell says must not steer the terminal: control characters and direction overrides are shown as `�`.
pub(super) fn harmless(c: char) -> char {
    let steers = c.is_control() && c != '\n';
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if steers || turns { char::REPLACEMENT_CHARACTER } else { c }
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
        match &report.outcome {
            Ok(outcome) => items.extend(outcome.diagnostics.iter().map(|diagnostic| Item::Diagnostic {
                document: &report.document,
                diagnostic: DiagnosticView::of(diagnostic, lang),
            })),
            Err(failure) => items.push(Item::Failure {
                document: &report.document,
                code: failure.kind.id(),
                severity: Severity::Error,
                message: failure.text(lang),
            }),
        }
    }
    write_out(&mut io::stdout(), &to_bytes(&items))
}

/// One line per document on what a build came to.
pub(super) fn summary(reports: &[Report], lang: Lang) -> Result<(), Error> {
    per_document(reports, |document, outcome, errors, warnings| {
        let folder = outcome.written.first().and_then(|path| path.parent()).map(|path| path.display());
        let rows = outcome.rows;
        let tally: Vec<String> =
            outcome.tally.iter().map(|(label, rows)| format!("{label} {rows}")).collect();
        let tally = tally.join(" ");
        match (folder, lang) {
            (Some(folder), Lang::Ja) => {
                format!("{document}: {rows}件（{tally}）、警告 {warnings} 件 → {folder}\n")
            }
            (Some(folder), Lang::En) => {
                format!("{document}: {rows} rows ({tally}), warnings: {warnings} → {folder}\n")
            }
            (None, Lang::Ja) => format!(
                "{document}: 誤り {errors} 件、警告 {warnings} 件。作成しませんでした（前回の出力はそのままです）\n"
            ),
            (None, Lang::En) => format!(
                "{document}: errors: {errors}, warnings: {warnings}; not built (the last output is untouched)\n"
            ),
        }
    })
}

/// One line per document on what a check found.
pub(super) fn counts(reports: &[Report], lang: Lang) -> Result<(), Error> {
    per_document(reports, |document, outcome, errors, warnings| {
        let rows = outcome.rows;
        match lang {
            Lang::Ja => format!("{document}: 指標 {rows} 件、誤り {errors} 件、警告 {warnings} 件\n"),
            Lang::En => format!("{document}: {rows} rows, errors: {errors}, warnings: {warnings}\n"),
        }
    })
}

/// Prints a line for each document that could be read, made from its name, outcome, errors and warnings.
fn per_document(
    reports: &[Report],
    line: impl Fn(&str, &Outcome, usize, usize) -> String,
) -> Result<(), Error> {
    let mut text = String::new();
    for Report { document, outcome } in reports {
        let Ok(outcome) = outcome else { continue };
        let count = |severity| outcome.diagnostics.iter().filter(|d| d.severity == severity).count();
        text.push_str(&line(document, outcome, count(Severity::Error), count(Severity::Warning)));
    }
    write_out(&mut io::stdout(), text.as_bytes())
}

/// The gravest of the documents' outcomes.
pub(super) fn exit(reports: &[Report]) -> Exit {
    let of = |report: &Report| match &report.outcome {
        Ok(outcome) if has_errors(&outcome.diagnostics) => Exit::Data,
        Ok(_) => Exit::Done,
        Err(error) => Exit::from(error.kind),
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
