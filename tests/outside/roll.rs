//! The roll of the checks: which of them run, what the others miss, and the count in the last line.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// What a check needs and does not find here, for people: `qpdf: not installed`.
#[derive(Debug)]
pub(crate) struct Missing(pub(crate) String);

/// A check panics if what it looks at is wrong.
pub(crate) type Checked = Result<(), Missing>;

/// A check with its name.
pub(crate) type Check = (&'static str, fn() -> Checked);

#[derive(Debug)]
enum Outcome {
    Passed,
    Skipped(String),
    Failed,
}

/// Whether nothing may be skipped.
fn is_all_required() -> bool {
    let is_set = |name| std::env::var(name).is_ok_and(|value| !matches!(&*value, "" | "0" | "false"));
    is_set("CI") || is_set("KAITEI_REQUIRE_ALL")
}

/// Runs the checks whose names contain one of the command line's words (all without words), two at a time.
pub(crate) fn call(checks: &[Check]) -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_chosen = |check: &&Check| words.is_empty() || words.iter().any(|word| check.0.contains(word));
    let chosen: Vec<&Check> = checks.iter().filter(is_chosen).collect();
    let began = Instant::now();
    let queue = Mutex::new(chosen.iter());
    let outcomes = Mutex::new(BTreeMap::new());
    let worker = || {
        loop {
            let Some(check) = queue.lock().unwrap().next() else { return };
            let (outcome, time) = run(check);
            println!("check {} ... {} ({:.1} s)", check.0, told(&outcome), time.as_secs_f32());
            outcomes.lock().unwrap().insert(check.0, outcome);
        }
    };
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(worker);
        }
    });
    let outcomes = outcomes.into_inner().unwrap();
    println!("outside checks: {} ({:.0} s)", summary(&outcomes), began.elapsed().as_secs_f32());
    let is_wrong = outcomes.values().any(|outcome| match outcome {
        Outcome::Passed => false,
        Outcome::Skipped(_) => is_all_required(),
        Outcome::Failed => true,
    });
    ExitCode::from(u8::from(is_wrong))
}

/// Runs a check in a thread of its name, so that a panic says whose it is.
fn run(check: &Check) -> (Outcome, Duration) {
    let began = Instant::now();
    let thread = thread::Builder::new().name(check.0.to_owned()).spawn(check.1).unwrap();
    let outcome = match thread.join() {
        Ok(Ok(())) => Outcome::Passed,
        Ok(Err(Missing(what))) => Outcome::Skipped(what),
        Err(_) => Outcome::Failed,
    };
    (outcome, began.elapsed())
}

fn told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed => "ok".to_owned(),
        Outcome::Skipped(what) if is_all_required() => format!("FAILED: nothing may be missing here: {what}"),
        Outcome::Skipped(what) => format!("SKIPPED: {what}"),
        Outcome::Failed => "FAILED".to_owned(),
    }
}

/// `23 ran, 2 skipped: slurm (sbatch: not installed); …`.
fn summary(outcomes: &BTreeMap<&str, Outcome>) -> String {
    let mut skipped = Vec::new();
    let mut failed = Vec::new();
    for (name, outcome) in outcomes {
        match outcome {
            Outcome::Passed => {}
            Outcome::Skipped(what) => skipped.push(format!("{name} ({what})")),
            Outcome::Failed => failed.push(*name),
        }
    }
    let list = |count: usize, what: &str, names: String| {
        if count == 0 { format!(", 0 {what}") } else { format!(", {count} {what}: {names}") }
    };
    let ran = outcomes.len() - skipped.len();
    let failures =
        if failed.is_empty() { String::new() } else { list(failed.len(), "failed", failed.join("; ")) };
    format!("{ran} ran{failures}{}", list(skipped.len(), "skipped", skipped.join("; ")))
}
