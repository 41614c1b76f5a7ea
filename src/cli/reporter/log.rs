//! Events for schedulers: one JSON object a line, on standard error. Their names and fields are documented in
//! `docs/batch.md`.

use super::super::Exit;
use super::super::report::write_out;
use crate::batch::{End, Outcome, Report, Totals};
use crate::emit::Stamp;
use crate::error::Error;
use crate::finding::{Finding, Lang, Severity};
use serde::Serializer as _;
use serde_json::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const INFO: &str = "INFO";
const WARN: &str = "WARN";
const ERROR: &str = "ERROR";

pub(super) fn began(documents: usize) -> Result<(), Error> {
    write(INFO, "run-began", &[("documents", documents.into())])
}

pub(super) fn watching() -> Result<(), Error> {
    write(INFO, "watching", &[])
}

/// The findings of a document, then what became of it.
pub(super) fn document(report: &Report, taken: Option<Duration>, lang: Lang) -> Result<(), Error> {
    let document = report.document.as_str();
    let summary = report.summary();
    for said in summary.map_or(&[][..], |summary| &summary.findings) {
        finding(document, said)?;
    }
    if let Outcome::Failed(failure) = &report.outcome {
        let (code, message) = (failure.kind.id().into(), failure.text(lang).into());
        write(ERROR, "error", &[("document", document.into()), ("code", code), ("message", message)])?;
    }
    for set in &report.kept {
        let fields = serde_json::to_value(set).expect("all keys are strings");
        let fields = ["folder", "files", "cells", "more"].map(|key| (key, fields[key].clone()));
        let fields: Vec<(&str, Value)> = [("document", document.into())].into_iter().chain(fields).collect();
        write(WARN, "edited-set-kept", &fields)?;
    }
    let count = |severity| summary.map_or(0, |summary| summary.count(severity));
    write(
        INFO,
        "document-ended",
        &[
            ("document", document.into()),
            ("outcome", End::from(&report.outcome).id().into()),
            ("rows", summary.map(|summary| summary.rows).into()),
            ("warnings", count(Severity::Warning).into()),
            ("errors", count(Severity::Error).into()),
            ("seconds", taken.map(seconds).into()),
        ],
    )
}

fn finding(document: &str, said: &Finding) -> Result<(), Error> {
    let level = match said.severity {
        Severity::Error => ERROR,
        Severity::Warning => WARN,
        Severity::Note => INFO,
    };
    let Ok(Value::Object(keys)) = serde_json::to_value(said) else { unreachable!("a finding is an object") };
    let keys = keys.iter().map(|(key, value)| (key.as_str(), value.clone()));
    let fields: Vec<(&str, Value)> = [("document", document.into())].into_iter().chain(keys).collect();
    write(level, "finding", &fields)
}

/// Why shards are not one whole build.
pub(super) fn flaw(code: &str, about: &str, message: &str) -> Result<(), Error> {
    write(ERROR, "flaw", &[("code", code.into()), ("about", about.into()), ("message", message.into())])
}

/// What ended the run, or spoiled it.
pub(super) fn error(failure: &Error, lang: Lang) -> Result<(), Error> {
    let (code, message) = (failure.kind.id().into(), failure.text(lang).into());
    write(ERROR, "error", &[("code", code), ("message", message)])
}

pub(super) fn ended(totals: &Totals, taken: Duration, exit: Exit) -> Result<(), Error> {
    write(
        INFO,
        "run-ended",
        &[
            ("documents", totals.documents.into()),
            ("built", totals.ended(End::Built).into()),
            ("would_build", totals.ended(End::WouldBuild).into()),
            ("up_to_date", totals.ended(End::UpToDate).into()),
            ("faulty", totals.ended(End::Faulty).into()),
            ("failed", totals.ended(End::Failed).into()),
            ("not_reached", totals.ended(End::NotReached).into()),
            ("rows", totals.rows.into()),
            ("warnings", totals.count(Severity::Warning).into()),
            ("errors", totals.count(Severity::Error).into()),
            ("seconds", seconds(taken).into()),
            ("exit_code", (exit as u8).into()),
        ],
    )
}

/// Writes an event: when it was, its level, its name and its fields; what is unknown is left out.
fn write(level: &str, event: &str, fields: &[(&str, Value)]) -> Result<(), Error> {
    let head = [("timestamp", now().into()), ("level", level.into()), ("event", event.into())];
    let known = head.iter().chain(fields).filter(|(_, value)| !value.is_null());
    let mut line = Vec::new();
    let map = serde_json::Serializer::new(&mut line).collect_map(known.map(|(key, value)| (key, value)));
    map.expect("values are JSON, and there is room in memory");
    line.push(b'\n');
    // In one piece, so that lines of several threads do not mix.
    write_out(&mut std::io::stderr().lock(), &line)
}

/// RFC 3339, to the microsecond.
#[expect(clippy::disallowed_methods, reason = "a log says when; no document knows it")]
fn now() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = now.as_secs().try_into().expect("the clock's seconds fit 63 bits");
    let (date, hour, minute, second) = Stamp { seconds }.civil();
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{:06}Z", now.subsec_micros())
}

/// Seconds, to the millisecond.
pub(super) fn seconds(taken: Duration) -> f64 {
    Duration::new(taken.as_secs(), taken.subsec_millis() * 1_000_000).as_secs_f64()
}
