//! Events for schedulers: one JSON object a line, on standard error. Their names and fields are documented in
//! `docs/batch.md`.

use super::super::Exit;
use crate::batch::{End, Outcome, Report, Totals};
use crate::error::Error;
use crate::finding::{Finding, Lang, Severity};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::fmt;
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::{error, info, warn};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// From now on, events are written.
pub(super) fn start() {
    let lines = tracing_subscriber::fmt().event_format(Lines).with_writer(std::io::stderr);
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
        finding(document, said);
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

fn finding(document: &str, said: &Finding) {
    let finding = serde_json::to_string(said).expect("all keys of findings are strings");
    match said.severity {
        Severity::Error => error!(event = "finding", document, finding),
        Severity::Warning => warn!(event = "finding", document, finding),
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

/// Writes an event as one line: its time, its level and its fields. A field `finding` is an object already, and its keys
/// are the event's.
struct Lines;

/// What a line says, in order.
struct Fields(Vec<(String, Value)>);

impl<S, N> FormatEvent<S, N> for Lines
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut line: Writer<'_>,
        event: &tracing::Event<'_>,
    ) -> fmt::Result {
        let mut time = String::new();
        SystemTime.format_time(&mut Writer::new(&mut time))?;
        let mut fields = Fields(Vec::new());
        fields.add("timestamp", time);
        fields.add("level", event.metadata().level().as_str());
        event.record(&mut fields);
        writeln!(line, "{}", serde_json::to_string(&fields).map_err(|_| fmt::Error)?)
    }
}

impl Fields {
    fn add(&mut self, name: &str, value: impl Into<Value>) {
        self.0.push((name.to_owned(), value.into()));
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, text: &str) {
        match serde_json::from_str(text) {
            Ok(Value::Object(finding)) if field.name() == "finding" => self.0.extend(finding),
            _ => self.add(field.name(), text),
        }
    }

    fn record_u64(&mut self, field: &Field, number: u64) {
        self.add(field.name(), number);
    }

    fn record_f64(&mut self, field: &Field, number: f64) {
        self.add(field.name(), number);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field.name(), format!("{value:?}"));
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
