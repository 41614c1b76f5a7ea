//! Annotations and the job's summary, as GitHub's runners read them.

use crate::project::{Project, Run};
use std::fs;

/// Undoes the escapes of a workflow command, as runners do.
fn unescaped(text: &str) -> String {
    [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
        .iter()
        .fold(text.to_owned(), |text, (escape, c)| text.replace(escape, c))
}

/// Level, file, title and message of each command.
fn commands(text: &str) -> Vec<(String, Option<String>, String, String)> {
    let commands = text.lines().filter_map(|line| line.strip_prefix("::"));
    let parsed = commands.map(|command| {
        let (head, message) = command.split_once("::").unwrap();
        let (level, properties) = head.split_once(' ').unwrap();
        let property = |name: &str| {
            properties.split(',').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(unescaped)
        };
        (level.to_owned(), property("file"), property("title").unwrap(), unescaped(message))
    });
    parsed.collect()
}

fn under_ci(project: &Project, arguments: &[&str]) -> Run {
    let mut command = project.command(arguments);
    command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", project.path().join("summary.md"));
    Run::of(command)
}

#[test]
fn every_finding_is_an_annotation_at_its_file() {
    let project = Project::odd();
    let said = project.findings();
    for command in [&["build"][..], &["check"], &["build", "--quiet"], &["build", "--log-format", "json"]] {
        let run = under_ci(&project, command);
        let commands = commands(&run.stdout);
        assert_eq!(commands.len(), said.len() + 1, "{command:?}: {}", run.stdout);
        for ((level, file, title, message), said) in commands.iter().zip(&said) {
            assert_eq!(
                (level, title),
                (&said["severity"].as_str().unwrap().into(), &said["code"].as_str().unwrap().into())
            );
            let file = file.as_deref().unwrap();
            let named = said["origin"]["file"].as_str().unwrap();
            assert!(file.ends_with(named) && !file.starts_with('.'), "{file}");
            assert!(project.path().join(file).exists() || file == "input/d0002", "{file}");
            assert!(message.contains(said["remedy"]["planning"]["en"].as_str().unwrap()), "{message}");
        }
        let (level, file, title, _) = commands.last().unwrap();
        assert_eq!(
            (level.as_str(), file.as_deref(), title.as_str()),
            ("error", Some("templates/d0003.toml"), "usage")
        );
    }
    assert!(commands(&project.run(&["build"]).stdout).is_empty(), "nobody asked for them");
}

#[test]
fn runs_add_to_the_summary_of_the_job() {
    let project = Project::odd();
    let run = under_ci(&project, &["build"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let once = fs::read_to_string(project.path().join("summary.md")).unwrap();
    assert!(once.contains("| d0001 | with errors | 3 | 0 |"), "{once}");
    assert!(once.contains("| choice\\-unknown | error | 3 |"), "{once}");
    for line in once.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert!([4, 5].contains(&bars) && !line.replace("\\<", "").contains('<'), "{line}");
    }
    under_ci(&project, &["build"]);
    let twice = fs::read_to_string(project.path().join("summary.md")).unwrap();
    assert!(twice.starts_with(&once) && twice.matches("## kaitei").count() == 2);
}
