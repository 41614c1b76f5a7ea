//! The progress bar: on a terminal and nowhere else.

use crate::project::{Project, program};
use std::process::Command;

/// The command's output on a terminal, which `script` makes.
fn on_a_terminal(project: &Project, arguments: &str, term: &str) -> Option<String> {
    let line = format!("{} build --lang en {arguments}", program().display());
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(project.path()).env("TERM", term);
    match command.output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(error) => {
            println!("SKIPPED: script: {error}");
            None
        }
    }
}

#[test]
fn documents_are_counted_on_a_terminal_alone() {
    if !cfg!(target_os = "linux") {
        return println!("SKIPPED: script has other options here");
    }
    for (arguments, term, is_shown) in [
        ("--force", "xterm", true),
        ("--force --no-progress", "xterm", false),
        ("--force -q", "xterm", false),
        ("--force", "dumb", false),
    ] {
        let project = Project::of(3);
        let Some(output) = on_a_terminal(&project, arguments, term) else { return };
        assert_eq!(output.contains("/3 00:00:"), is_shown, "{arguments}: {output:?}");
        assert_eq!(output.contains('\u{1b}'), is_shown, "{arguments}: {output:?}");
        assert_eq!(output.contains("3 documents: 3 built"), !arguments.contains("-q"), "{output:?}");
    }
    let run = Project::of(3).run(&["build"]);
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains("/3 "), "{:?}", run.stderr);
}
