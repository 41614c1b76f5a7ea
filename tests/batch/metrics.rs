//! The numbers for Prometheus, read by the rules of its text format.

use crate::project::Project;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Samples by name and labels. Every rule of the format that a file can break is asserted.
fn parsed(text: &str) -> BTreeMap<(String, BTreeMap<String, String>), f64> {
    assert!(text.ends_with('\n'), "the last line ends with a line feed");
    let mut samples = BTreeMap::new();
    let (mut helped, mut typed) = (BTreeSet::new(), Vec::new());
    for line in text.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, help) = help.split_once(' ').unwrap();
            assert!(helped.insert(name.to_owned()) && !help.is_empty(), "{line}");
        } else if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').unwrap();
            assert!(kind == "gauge" && helped.contains(name) && !typed.contains(&name.to_owned()), "{line}");
            typed.push(name.to_owned());
        } else {
            let (series, number) = line.rsplit_once(' ').unwrap();
            let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
            assert_eq!(typed.last().map(String::as_str), Some(name), "samples follow their family: {line}");
            assert!(is_name(name), "{line}");
            let sample = (name.to_owned(), labels_of(labels));
            assert!(samples.insert(sample, number.parse().unwrap()).is_none(), "twice: {line}");
        }
    }
    samples
}

fn is_name(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Labels behind their opening brace.
fn labels_of(text: &str) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    let mut rest = text;
    while rest != "}" {
        let (name, quoted) = rest.split_once("=\"").unwrap();
        assert!(is_name(name) && !name.is_empty(), "{text}");
        let (mut value, mut chars) = (String::new(), quoted.char_indices());
        let end = loop {
            match chars.next().unwrap() {
                (at, '"') => break at,
                (_, '\\') => value.push(match chars.next().unwrap().1 {
                    'n' => '\n',
                    c @ ('\\' | '"') => c,
                    c => panic!("\\{c} in {text}"),
                }),
                (_, c) => value.push(c),
            }
        };
        assert!(labels.insert(name.to_owned(), value).is_none(), "{text}");
        rest = &quoted[end + 1..];
        rest = rest.strip_prefix(',').unwrap_or(rest);
    }
    labels
}

#[test]
fn a_monitoring_system_reads_the_numbers() {
    let project = Project::odd();
    let run = project.run(&["build", "--metrics", "kaitei.prom"]);
    assert_eq!(run.code, Some(2));
    let samples = parsed(&fs::read_to_string(project.path().join("kaitei.prom")).unwrap());
    let number = |name: &str, labels: &[(&str, &str)]| {
        let labels = labels.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        samples.get(&(format!("kaitei_{name}"), labels)).copied()
    };
    for (outcome, count) in
        [("built", 1.0), ("up-to-date", 0.0), ("faulty", 2.0), ("failed", 1.0), ("not-reached", 0.0)]
    {
        assert_eq!(number("documents", &[("outcome", outcome)]), Some(count), "{outcome}");
    }
    let labels = [("code", "choice-unknown"), ("severity", "error")];
    assert_eq!(number("findings", &labels), Some(3.0));
    assert_eq!(number("rows", &[]), Some(19.0));
    assert_eq!(number("exit_code", &[]), Some(2.0));
    assert!(number("last_run_timestamp_seconds", &[]).unwrap() > 1.7e9);
    assert!(number("duration_seconds", &[]).unwrap() > 0.0);
    assert!(samples.keys().any(|(name, labels)| name == "kaitei_build_info" && labels.contains_key("build")));
}

#[test]
fn numbers_that_cannot_be_written_are_an_error_and_no_run_writes_none() {
    let project = Project::of(1);
    let run = project.run(&["build", "--metrics", "none/kaitei.prom"]);
    assert_eq!(run.code, Some(3));
    assert!(run.stderr.contains("kaitei.prom") && run.stdout.contains("→"), "{}{}", run.stdout, run.stderr);
    for arguments in [&["build", "d9999"][..], &["build", "--dry-run"]] {
        project.run(&[arguments, &["--metrics", "kaitei.prom"]].concat());
        assert!(!project.path().join("kaitei.prom").exists(), "{arguments:?}");
    }
}
