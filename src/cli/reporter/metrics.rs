//! Numbers of a run in Prometheus' text format (version 0.0.4), as the textfile collector of its `node_exporter`
//! reads it. Their names are documented in `docs/batch.md`.

use super::super::Exit;
use super::log::seconds;
use crate::batch::{End, Totals};
use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The file, as of now.
pub(super) fn render(totals: &Totals, taken: Duration, exit: Exit) -> String {
    let mut text = String::new();
    let (version, build) = (env!("CARGO_PKG_VERSION"), env!("KAITEI_BUILD"));
    family(
        &mut text,
        "build_info",
        "Which kaitei ran.",
        [(labels(&[("version", version), ("build", build)]), 1)],
    );
    let ends = End::OF_BUILDS.map(|end| (labels(&[("outcome", end.id())]), totals.ended(end)));
    family(&mut text, "documents", "Documents of the last run, by what became of them.", ends);
    let said = totals.said.iter().map(|((code, severity), count)| {
        (labels(&[("code", code.id()), ("severity", &severity.to_string())]), count)
    });
    family(&mut text, "findings", "Findings of the last run, by rule and severity.", said);
    for (name, help, number) in [
        ("rows", "Rows of the last run's documents.", totals.rows.to_string()),
        ("duration_seconds", "How long the last run took.", seconds(taken).to_string()),
        ("exit_code", "The exit code of the last run.", (exit as u8).to_string()),
        (
            "last_run_timestamp_seconds",
            "When the last run ended, in seconds since 1970 UTC.",
            now().to_string(),
        ),
    ] {
        family(&mut text, name, help, [(String::new(), number)]);
    }
    text
}

#[expect(
    clippy::disallowed_methods,
    reason = "when a run was is what a monitoring system asks; no document knows it"
)]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Adds a family of gauges: its description, and a number for each set of labels.
fn family(
    text: &mut String,
    name: &str,
    help: &str,
    samples: impl IntoIterator<Item = (String, impl std::fmt::Display)>,
) {
    writeln!(text, "# HELP kaitei_{name} {help}\n# TYPE kaitei_{name} gauge").expect(NEVER_FAILS);
    for (labels, number) in samples {
        writeln!(text, "kaitei_{name}{labels} {number}").expect(NEVER_FAILS);
    }
}

const NEVER_FAILS: &str = "writing to a string does not fail";

fn labels(pairs: &[(&str, &str)]) -> String {
    let escaped = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    format!("{{{}}}", pairs.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_hold_any_text() {
        assert_eq!(labels(&[("a", "x"), ("b", "1\"2\\3\n4")]), r#"{a="x",b="1\"2\\3\n4"}"#);
    }
}
