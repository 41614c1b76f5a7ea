//! What parts the program from the library: the world outside, packages, who calls whom.

use super::{code, report, root, sources};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// Bytes and values go in, values and bytes come out: the disk, the clock, the environment, processes, threads and what
/// threads share are the program's.
#[test]
fn the_library_is_pure() {
    let modules = ["env", "fs", "net", "process", "thread", "time"];
    let words =
        ["thread_local!", "stdin()", "stdout()", "stderr()", "static mut", "Mutex", "RwLock", "Atomic"];
    let mut found = BTreeSet::new();
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        let code = code(&text);
        let grouped = code.split("use std::{").skip(1).filter_map(|rest| rest.split(';').next());
        let grouped: Vec<&str> = grouped.flat_map(|names| names.split([',', '{', '}', ' ', ':'])).collect();
        let named = modules
            .iter()
            .filter(|module| code.contains(&format!("std::{module}")) || grouped.contains(module));
        let named: Vec<&str> =
            named.chain(words.iter().filter(|word| code.contains(**word))).copied().collect();
        if ["src/batch/", "src/cli/", "src/main.rs"].iter().any(|home| name.starts_with(home)) {
            found.extend(named);
        } else {
            offenders.extend(named.iter().map(|word| format!("{name} names {word}")));
        }
    }
    for word in ["env", "fs", "process", "thread", "time", "thread_local!", "stdin()", "Mutex", "Atomic"] {
        assert!(found.contains(word), "the program has no {word}: {found:?}");
    }
    report("the world outside, in the library", &offenders);
}

/// A command calls the build and hands it a reporter; a reporter is told of runs, and starts none.
#[test]
fn reporters_start_no_run() {
    let runs = ["build", "inspect", "merge", "plan", "score", "suggestions", "verify"];
    let starts = |text: &str| {
        let code = code(text);
        runs.into_iter().filter(|run| code.contains(&format!("batch::{run}("))).collect::<Vec<_>>()
    };
    let (reporters, commands): (Vec<_>, Vec<_>) = sources()
        .into_iter()
        .filter(|(name, _)| name.starts_with("src/cli/"))
        .partition(|(name, _)| name.starts_with("src/cli/report"));
    let started: BTreeSet<&str> = commands.iter().flat_map(|(_, text)| starts(text)).collect();
    assert_eq!(started, BTreeSet::from(runs), "what commands start");
    let offenders =
        reporters.iter().flat_map(|(name, text)| starts(text).into_iter().map(move |run| (name, run)));
    report(
        "reporters that start a run",
        &offenders.map(|(name, run)| format!("{name}: {run}")).collect::<Vec<_>>(),
    );
}

/// What the default build for this system is made of, as Cargo.lock has it.
#[test]
fn the_program_is_made_of_few_packages_and_all_are_released() {
    const MOST: usize = 200;
    let packages = packages(&["--edges", "normal,build"]);
    assert!(packages.len() <= MOST, "{} packages; at most {MOST}", packages.len());
    let unreleased = packages.iter().filter(|(_, version)| version.contains('-'));
    report(
        "not released",
        &unreleased.map(|(name, version)| format!("{name} {version}")).collect::<Vec<_>>(),
    );
}

/// What the feature `cli` adds is for the program alone.
#[test]
fn the_library_has_none_of_the_programs_packages() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, feature) = manifest.split_once("\ncli = [").unwrap();
    let feature = feature.split(']').next().unwrap().split('"');
    let added: BTreeSet<&str> = feature.filter_map(|name| name.strip_prefix("dep:")).collect();
    let names = |arguments: &[&str]| -> BTreeSet<String> {
        let arguments = [&["--edges", "normal"], arguments].concat();
        packages(&arguments).into_iter().map(|(name, _)| name).collect()
    };
    let (program, library) = (names(&[]), names(&["--no-default-features"]));
    assert!(["clap", "notify", "rayon", "walkdir"].iter().all(|name| program.contains(*name)), "{program:?}");
    assert!(library.contains("calamine"), "{library:?}");
    let offenders = added.into_iter().filter(|name| library.contains(*name)).map(str::to_owned);
    report("the program's, in the library", &offenders.collect::<Vec<_>>());
}

/// The packages of a build for this system, each with its version.
fn packages(arguments: &[&str]) -> BTreeSet<(String, String)> {
    let tree = ["tree", "--offline", "--locked", "--prefix", "none"];
    let run = Command::new(env!("CARGO")).args(tree).args(arguments).current_dir(root()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8(run.stdout).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once(" v"));
    let packages: BTreeSet<_> =
        lines.map(|(name, rest)| (name.to_owned(), version(rest).to_owned())).collect();
    assert!(
        packages.iter().any(|it| *it == ("kaitei".to_owned(), env!("CARGO_PKG_VERSION").to_owned())),
        "{text}"
    );
    packages
}

/// The version that a line of the tree goes on with, without what it says of the build (`+spec-1.1.0`).
fn version(rest: &str) -> &str {
    rest.split([' ', '+']).next().unwrap()
}

/// The wheel for Python has packages of its own, and of those that it shares the program's versions: it makes the same bytes.
#[test]
fn the_wheel_is_made_of_the_programs_versions() {
    let locked = |path: &str| -> BTreeSet<(String, String)> {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let said = |package: &str, key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")));
            line.map(|rest| rest.trim_end_matches('"').to_owned()).unwrap()
        };
        text.split("[[package]]").skip(1).map(|it| (said(it, "name"), said(it, "version"))).collect()
    };
    let (program, wheel) = (locked("Cargo.lock"), locked("bindings/python/Cargo.lock"));
    let names: BTreeSet<&str> = program.iter().map(|(name, _)| name.as_str()).collect();
    let shared: Vec<_> = wheel.iter().filter(|(name, _)| names.contains(name.as_str())).collect();
    assert!(shared.len() > 100, "{} packages are shared", shared.len());
    let offenders = shared.into_iter().filter(|it| !program.contains(*it));
    report("other versions in the wheel", &offenders.map(|it| format!("{it:?}")).collect::<Vec<_>>());
}
