//! Events for schedulers: every line is JSON, and nothing is missing. With `--quiet`, what is left.

use crate::project::Project;
use serde_json::Value;

fn events(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_document_and_every_finding_is_an_event() {
    let project = Project::odd();
    let run = project.run(&["build", "--log-format", "json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    let events = events(&run.stderr);
    for event in &events {
        assert!(event["timestamp"].as_str().unwrap().ends_with('Z'), "{event}");
        let level = match event["event"].as_str().unwrap() {
            "finding" => ["ERROR", "WARN"].as_slice(),
            "error" => &["ERROR"],
            _ => &["INFO"],
        };
        assert!(level.contains(&event["level"].as_str().unwrap()), "{event}");
    }
    let of = |kind: &str| events.iter().filter(|event| event["event"] == kind).collect::<Vec<_>>();
    assert_eq!((&events[0]["event"], &events[0]["documents"]), (&"run-began".into(), &4.into()));
    let said = project.findings();
    assert_eq!(of("finding").len(), said.len());
    for (event, said) in of("finding").into_iter().zip(said) {
        for key in ["document", "code", "params", "subject", "origin", "message", "remedy"] {
            assert_eq!(event[key], said[key], "{key}");
        }
    }
    let ended: Vec<[&Value; 5]> = of("document-ended")
        .into_iter()
        .map(|event| ["document", "outcome", "rows", "errors", "warnings"].map(|key| &event[key]))
        .collect();
    let count = |document: &str, level: &str| -> Value {
        of("finding").iter().filter(|e| e["document"] == document && e["level"] == level).count().into()
    };
    for (at, document, outcome, rows) in [
        (0, "d0000", "built", 8.into()),
        (1, "d0001", "faulty", 11.into()),
        (2, "d0002", "faulty", 0.into()),
        (3, "d0003", "failed", Value::Null),
    ] {
        let (errors, warnings) = (count(document, "ERROR"), count(document, "WARN"));
        assert_eq!(ended[at], [&document.into(), &outcome.into(), &rows, &errors, &warnings]);
        assert!(of("document-ended")[at]["seconds"].is_f64());
    }
    assert_eq!(of("error").len(), 1);
    assert_eq!((&of("error")[0]["document"], &of("error")[0]["code"]), (&"d0003".into(), &"usage".into()));
    let end = events.last().unwrap();
    for (key, number) in
        [("documents", 4), ("built", 1), ("faulty", 2), ("failed", 1), ("not_reached", 0), ("exit_code", 2)]
    {
        assert_eq!(end[key], number, "{key}");
    }
    assert!(end["event"] == "run-ended" && end["seconds"].is_f64());
}

#[test]
fn a_run_that_cannot_happen_is_an_event() {
    let project = Project::of(1);
    let run = project.run(&["build", "d9999", "--log-format", "json"]);
    let events = events(&run.stderr);
    assert_eq!((run.code, events.len()), (Some(2), 1));
    assert!(events[0]["event"] == "error" && events[0]["code"] == "usage", "{}", events[0]);
}

#[test]
fn quiet_is_quiet() {
    let project = Project::of(2);
    let run = project.run(&["build", "--quiet"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    let project = Project::odd();
    let run = project.run(&["build", "-q"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.starts_with("error: ") && run.stderr.contains("titel"), "{}", run.stderr);
    assert!(!run.stderr.contains("d0001") && !run.stderr.contains("d0002"), "{}", run.stderr);
}

#[test]
fn the_summary_names_the_rules_and_the_overview() {
    let run = Project::odd().run(&["build"]);
    assert!(
        run.stdout.ends_with("4 documents: 1 built, 2 with errors, 1 failed (warnings: 0)\n"),
        "{}",
        run.stdout
    );
    let summary: Vec<&str> = run.stderr.lines().rev().take(3).collect();
    assert!(summary[0].starts_with("time: "), "{}", run.stderr);
    assert!(summary[1].starts_with("report: ") && summary[1].ends_with("report.html"), "{}", run.stderr);
    assert!(
        summary[2].starts_with("errors by rule: ") && summary[2].contains("choice-unknown 3"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("\n::"), "no text begins a line that runners obey: {}", run.stderr);
}

/// Whoever reads the log may end, or have no room: the build does not, and the exit code says what could not be told.
#[cfg(target_os = "linux")]
#[test]
fn a_log_without_a_reader_ends_no_build() {
    use std::fs::File;
    use std::process::Stdio;
    for (is_full, code) in [(false, 0), (true, 3)] {
        for arguments in [&["build", "--log-format", "json"][..], &["build"]] {
            let project = Project::of(3);
            let mut command = project.command(&[arguments, &["--metrics", "kaitei.prom"]].concat());
            command.stdout(Stdio::null());
            let stream = if is_full {
                File::options().write(true).open("/dev/full").unwrap().into()
            } else {
                // The other end is closed at once.
                Stdio::from(std::io::pipe().unwrap().1)
            };
            let status = command.stderr(stream).status().unwrap();
            assert_eq!(status.code(), Some(code), "{arguments:?} {is_full}");
            assert_eq!(project.sets().iter().flatten().count(), 3, "{arguments:?} {is_full}");
            assert!(
                project.path().join("output/report.json").exists()
                    && project.path().join("kaitei.prom").exists()
            );
        }
    }
}

/// Names of documents and files, and keys of templates, steer nobody who reads the output.
#[cfg(unix)]
#[test]
fn names_and_keys_are_text_and_nothing_else() {
    let project = Project::of(1);
    let template = std::fs::read(project.path().join("templates/d0000.toml")).unwrap();
    for name in ["::error::x", "a\n::error::x", "\u{1b}[31m\u{202e}", "##[error]x"] {
        project.write(&format!("templates/{name}.toml"), &template);
        project.write(
            &format!("input/{name}/b\n::error::y##[error].csv"),
            "指標,目標,取扱\n一,3件,何\n".as_bytes(),
        );
    }
    let template = "\"\\u001B[31m\\n::error::z##[error]\" = 1\n";
    project.write("templates/key.toml", template.as_bytes());
    for arguments in [&["build"][..], &["build", "--dry-run"], &["check"], &["verify"], &["plan"]] {
        let run = project.run(arguments);
        let told = run.stdout + &run.stderr;
        assert!(!told.contains(['\u{1b}', '\u{202e}', '\r']), "{arguments:?}: {told}");
        for line in told.lines() {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{arguments:?}: {line}");
        }
    }
}
