//! The progress bar: on a terminal and nowhere else.

use super::engines::output;
use super::project::{Project, program};
use super::roll::{Checked, Missing};
use std::process::Command;

/// The command's output on a terminal, which `script` makes.
fn on_a_terminal(project: &Project, arguments: &str, term: &str) -> Result<String, Missing> {
    let line = format!("{} build --lang en {arguments}", program().display());
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(project.path()).env("TERM", term);
    Ok(String::from_utf8(output(&mut command)?.stdout).unwrap())
}

pub(crate) fn documents_are_counted_on_a_terminal_alone() -> Checked {
    for (arguments, term, is_shown) in [
        ("--force", "xterm", true),
        ("--force --no-progress", "xterm", false),
        ("--force -q", "xterm", false),
        ("--force", "dumb", false),
    ] {
        let project = Project::of(3);
        let output = on_a_terminal(&project, arguments, term)?;
        assert_eq!(output.contains("/3 00:00:"), is_shown, "{arguments}: {output:?}");
        assert_eq!(output.contains('\u{1b}'), is_shown, "{arguments}: {output:?}");
        assert_eq!(output.contains("3 documents: 3 built"), !arguments.contains("-q"), "{output:?}");
    }
    let run = Project::of(3).run(&["build"]);
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains("/3 "), "{:?}", run.stderr);
    Ok(())
}
