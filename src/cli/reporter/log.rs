//! Events for schedulers: one JSON object a line, on standard error. Their names and fields are documented in
//! `docs/batch.md`.

use super::super::Exit;
use crate::batch::{End, Outcome, Report, Totals};
use crate::error::Error;
use crate::finding::{Finding, Lang, Severity};
use std::time::Duration;
use tracing::{error, info, warn};

/// From now on, events are written.
pub(super) fn start() {
    let lines = tracing_subscriber::fmt().json().flatten_event(true).with_target(false);
    let lines = lines.with_current_span(false).with_span_list(false).with_writer(std::io::stderr);
    // This process starts it once.
    let _ = lines.try_init();
}

pub(super) fn began(documents: usize) {
    info!(event = "run-began", documents);
}

pub(super) fn watching() {
    info!(event = "watching");
}

/// The findings of a document, then what became of it.
pub(super) fn document(report: &Report, taken: Option<Duration>, lang: Lang) {
    let document = report.document.as_str();
    let summary = report.summary();
    for said in summary.map_or(&[][..], |summary| &summary.findings) {
        finding(document, said, lang);
    }
    if let Outcome::Failed(failure) = &report.outcome {
        error!(event = "error", document, code = failure.kind.id(), message = failure.text(lang));
    }
    let count = |severity| summary.map_or(0, |summary| summary.count(severity));
    info!(
        event = "document-ended",
        document,
        outcome = End::from(&report.outcome).id(),
        rows = summary.map(|summary| summary.rows),
        warnings = count(Severity::Warning),
        errors = count(Severity::Error),
        seconds = taken.map(seconds),
    );
}

fn finding(document: &str, said: &Finding, lang: Lang) {
    let (message, hint) = (said.message.text(lang), said.hint.text(lang));
    let (code, place) = (said.code.id(), &said.origin.place);
    let (file, sheet) = (place.file.as_str(), place.sheet.as_deref());
    let cell = said.origin.cell.map(|cell| cell.to_string());
    let cell = cell.as_deref();
    match said.severity {
        Severity::Error => {
            error!(event = "finding", document, code, file, sheet, cell, message, hint);
        }
        Severity::Warning => {
            warn!(event = "finding", document, code, file, sheet, cell, message, hint);
        }
    }
}

/// Why shards are not one whole build.
pub(super) fn flaw(code: &str, about: &str, message: &str) {
    error!(event = "flaw", code, about, message);
}

/// What ended the run, or spoiled it.
pub(super) fn error(failure: &Error, lang: Lang) {
    error!(event = "error", code = failure.kind.id(), message = failure.text(lang));
}

pub(super) fn ended(totals: &Totals, taken: Duration, exit: Exit) {
    info!(
        event = "run-ended",
        documents = totals.documents,
        built = totals.ended(End::Built),
        would_build = totals.ended(End::WouldBuild),
        up_to_date = totals.ended(End::UpToDate),
        faulty = totals.ended(End::Faulty),
        failed = totals.ended(End::Failed),
        not_reached = totals.ended(End::NotReached),
        rows = totals.rows,
        warnings = totals.count(Severity::Warning),
        errors = totals.count(Severity::Error),
        seconds = seconds(taken),
        exit_code = exit as u8,
    );
}

/// Seconds, to the millisecond.
pub(super) fn seconds(taken: Duration) -> f64 {
    Duration::new(taken.as_secs(), taken.subsec_millis() * 1_000_000).as_secs_f64()
}
