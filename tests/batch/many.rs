//! Many documents, some of them broken, in parallel.

use crate::project::Project;
use std::time::Instant;

/// Documents and how many of them are broken.
fn size() -> (usize, usize) {
    if std::env::var_os("KAITEI_BIN").is_some() { (1788, 17) } else { (60, 5) }
}

/// Breaks every so-manieth document: the form, the template, or no input at all.
fn broken(project: &Project, count: usize) -> Vec<String> {
    let step = project.documents.len() / count;
    let broken: Vec<String> = project.documents.iter().step_by(step).take(count).cloned().collect();
    for (number, document) in broken.iter().enumerate() {
        let (input, template) = (format!("input/{document}/z.csv"), format!("templates/{document}.toml"));
        match number % 3 {
            0 => project.write(&input, "指標,目標,取扱\n甲,3件,廃棄\n".as_bytes()),
            1 => project.write(&template, b"kaitei = 2\ntitel = 1"),
            _ => std::fs::remove_dir_all(project.path().join("input").join(document)).unwrap(),
        }
    }
    broken
}

#[test]
fn broken_documents_are_reported_and_all_others_built() {
    let (count, wrong) = size();
    let project = Project::of(count);
    let broken = broken(&project, wrong);
    for (run, state) in [("first", "built"), ("second", "up to date"), ("third", "up to date")] {
        let began = Instant::now();
        let run = (run, project.run(&["build"]));
        println!("{count} documents, {} run: {:?}", run.0, began.elapsed());
        assert_eq!(run.1.code, Some(2), "a template is the gravest of what is wrong");
        let failed = (wrong + 1) / 3;
        let total = format!(
            "{count} documents: {} {state}, {} with errors, {failed} failed (warnings: 0)\n",
            count - wrong,
            wrong - failed
        );
        assert!(run.1.stdout.ends_with(&total), "{}", run.1.stdout);
        let lines: Vec<&str> = run.1.stdout.lines().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(lines[..count], project.documents, "in the order of their names");
    }
    for (document, set) in project.documents.iter().zip(project.sets()) {
        assert_eq!(set.is_none(), broken.contains(document), "{document}");
    }
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes_and_words() {
    let results = ["1", "2", "7"].map(|jobs| {
        let project = Project::of(24);
        broken(&project, 4);
        let run = project.run(&["build", "--jobs", jobs]);
        let check = project.run(&["check", "--format", "json", "--jobs", jobs]);
        let words = run.words();
        (run.code, run.stdout, words, check.stdout, project.sets())
    });
    assert!(results[0].4.iter().flatten().count() == 20);
    assert_eq!(results[0], results[1]);
    assert_eq!(results[0], results[2]);
}
