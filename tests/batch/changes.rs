//! What is built again: all that has changed, and nothing else, whatever the clocks say.

use crate::project::{Project, form};
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

type Meddle = fn(&Project);

/// Everything that may change, and why the document is built then.
const CHANGES: &[(&str, Meddle)] = &[
    ("input changed: a.csv", |project| project.write("input/d0001/a.csv", form("4件").as_bytes())),
    // A copy, so that no indicator is missed when it is gone.
    ("input added: b.csv", |project| {
        project.write("input/d0001/b.csv", "指標,目標,取扱\n指標1,4件,維持\n".as_bytes());
    }),
    ("input removed: b.csv", |project| remove(project, "input/d0001/b.csv")),
    ("template changed", |project| {
        let path = project.path().join("templates/d0001.toml");
        let text = fs::read_to_string(path).unwrap();
        project.write("templates/d0001.toml", format!("{text}\nfonts.regular = \"f.ttc\"\n").as_bytes());
        fs::copy(fonts().join("pair.ttc"), project.path().join("templates/f.ttc")).unwrap();
    }),
    ("font changed: f.ttc", |project| {
        fs::copy(fonts().join("fallback.otf"), project.path().join("templates/f.ttc")).unwrap();
    }),
    ("output missing: d0001.csv", |project| remove(project, "output/d0001/d0001.csv")),
    ("output altered: d0001.csv", |project| project.write("output/d0001/d0001.csv", b"mine")),
    ("manifest.json unreadable", |project| project.write("output/d0001/manifest.json", b"{")),
    ("new", |project| remove(project, "output/d0001/manifest.json")),
    ("kaitei changed", |project| {
        let path = project.path().join("output/d0001/manifest.json");
        let text = fs::read_to_string(path).unwrap();
        project.write(
            "output/d0001/manifest.json",
            text.replacen("\"version\": \"", "\"version\": \"9", 1).as_bytes(),
        );
    }),
];

fn fonts() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts"))
}

fn remove(project: &Project, name: &str) {
    fs::remove_file(project.path().join(name)).unwrap();
}

fn is_up_to_date(project: &Project, document: &str) -> bool {
    let stdout = project.does(&["build", "--dry-run", document]);
    assert!(stdout.contains("up to date") != stdout.contains("would be built"), "{stdout}");
    stdout.contains("up to date")
}

#[test]
fn what_has_changed_is_built_and_nothing_else() {
    let project = Project::of(3);
    assert!(project.does(&["build"]).contains("3 documents: 3 built"));
    for (why, meddle) in CHANGES {
        meddle(&project);
        let before = project.sets();
        let plan = project.does(&["build", "--dry-run"]);
        assert!(plan.contains(&format!("d0001: would be built ({why})")), "{why}: {plan}");
        assert_eq!(project.sets(), before, "{why}: a plan changes nothing");
        let built = project.does(&["build"]);
        assert!(built.contains("3 documents: 1 built, 2 up to date"), "{why}: {built}");
        assert!(project.does(&["build"]).contains("3 documents: 3 up to date"), "{why}");
        project.does(&["verify"]);
    }
}

#[test]
fn the_environments_date_and_force_are_reasons() {
    let project = Project::of(2);
    project.does(&["build"]);
    let plan = project.command(&["build", "--dry-run"]).env("SOURCE_DATE_EPOCH", "5").output().unwrap();
    assert!(String::from_utf8(plan.stdout).unwrap().contains("(SOURCE_DATE_EPOCH changed)"));
    let before = project.sets();
    assert!(project.does(&["build", "--dry-run", "--force", "d0000"]).contains("would be built (forced)"));
    assert!(project.does(&["build", "--force"]).contains("2 documents: 2 built"));
    assert_eq!(project.sets(), before, "the same input gives the same bytes");
}

#[test]
fn documents_are_chosen_by_name_and_pattern() {
    let project = Project::of(12);
    let chosen = |arguments: &[&str]| {
        let stdout = project.does(&[&["build", "--dry-run"], arguments].concat());
        let names = stdout.lines().filter_map(|line| line.split_once(": would")).map(|(name, _)| name);
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(chosen(&["--only", "d001?"]), "d0010 d0011");
    assert_eq!(chosen(&["d0003", "--only", "*1[01]", "--only", "d0003"]), "d0003 d0010 d0011");
    for wrong in ["x*", "[", "D0001"] {
        let run = project.run(&["build", "--only", wrong]);
        assert_eq!(run.code, Some(2), "{wrong}: {}", run.stderr);
        assert!(run.stderr.contains(wrong), "{}", run.stderr);
    }
}

#[test]
fn warnings_are_said_again_and_strictness_counts() {
    let project = Project::of(1);
    project.write("input/d0000/a.csv", "指標,謎,目標,取扱\n甲,何か,3件,維持\n".as_bytes());
    let (first, second) = (project.run(&["build"]), project.run(&["build"]));
    assert!(first.stderr.contains("warning[column-unknown]"), "{}", first.stderr);
    assert_eq!(first.words(), second.words());
    assert!(second.stdout.contains("warnings: 1; up to date"), "{}", second.stdout);
    let strict = project.run(&["build", "--strict"]);
    assert_eq!(strict.code, Some(1));
    assert!(strict.stderr.contains("error[column-unknown]"), "{}", strict.stderr);
}

#[test]
fn a_faulty_document_is_tried_again_until_it_is_right() {
    let project = Project::of(2);
    project.does(&["build"]);
    let before = project.sets();
    project.write("input/d0000/a.csv", "指標,目標,取扱\n甲,3件,廃棄\n".as_bytes());
    for _ in 0..2 {
        let run = project.run(&["build"]);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.contains("error[choice-unknown] d0000: a.csv C2"), "{}", run.stderr);
        assert!(run.stdout.contains("2 documents: 1 up to date, 1 with errors"), "{}", run.stdout);
        assert_eq!(project.sets(), before);
    }
    project.fill_in("3件");
    assert!(project.does(&["build"]).contains("2 documents: 2 up to date"));
}

#[test]
fn clocks_that_jump_hide_no_change() {
    let project = Project::of(1);
    let input = project.path().join("input/d0000/a.csv");
    let output = project.path().join("output/d0000/d0000.csv");
    let set = |path: &Path, time: SystemTime| {
        File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    let now = fs::metadata(&input).unwrap().modified().unwrap();
    let times = [now - Duration::from_hours(10_000), now, now + Duration::from_hours(10_000)];
    let mut target = 10;
    for before in times {
        for after in times {
            set(&input, before);
            project.does(&["build"]);
            project.does(&["build"]);
            assert!(is_up_to_date(&project, "d0000"));
            // As many bytes as before.
            target += 1;
            project.write("input/d0000/a.csv", form(&format!("{target}件")).as_bytes());
            set(&input, after);
            assert!(!is_up_to_date(&project, "d0000"), "input, {before:?} {after:?}");
            project.does(&["build"]);
            let altered = fs::read_to_string(&output).unwrap().replacen('1', "2", 1);
            fs::write(&output, altered).unwrap();
            set(&output, after);
            assert!(!is_up_to_date(&project, "d0000"), "output, {before:?} {after:?}");
        }
    }
}

#[test]
fn a_new_time_alone_is_no_change_and_what_is_remembered_may_be_lost() {
    let project = Project::of(1);
    project.does(&["build"]);
    let state = project.path().join("output/.kaitei-state");
    let memories: [Option<&[u8]>; 4] = [None, Some(b""), Some(b"{\"format\":1"), Some(b"\xff\xfe\x00")];
    for memory in memories {
        match memory {
            // There is none if all was too fresh to be believed.
            None => drop(fs::remove_file(&state)),
            Some(bytes) => fs::write(&state, bytes).unwrap(),
        }
        let input = File::options().write(true).open(project.path().join("input/d0000/a.csv")).unwrap();
        input.set_modified(UNIX_EPOCH + Duration::from_hours(400_000)).unwrap();
        assert!(project.does(&["build"]).contains("up to date"), "{memory:?}");
    }
}
