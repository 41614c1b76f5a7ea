//! Builds in shards: the same bytes as one build, together in one folder or on machines of their own; and what keeps
//! shards from being taken for a whole build.

use crate::project::{Project, Run, form};
use kaitei::batch::{self, Event, Options, Shard};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc;

const DOCUMENTS: usize = 12;

/// Documents of different sizes.
fn project() -> Project {
    let project = Project::of(DOCUMENTS);
    for (number, document) in project.documents.iter().enumerate() {
        let rows: Vec<String> = (0..=number * number).map(|row| format!("大指標{row},3件,維持\n")).collect();
        let form = format!("指標,目標,取扱\n{}", rows.concat());
        project.write(&format!("input/{document}/b.csv"), form.as_bytes());
    }
    project
}

fn build(project: &Project, index: usize, count: usize) -> String {
    project.does(&["build", "--shard", &format!("{index}/{count}")])
}

fn build_all(project: &Project, count: usize) {
    for index in 1..=count {
        build(project, index, count);
    }
}

/// The shard of each document, by a plan.
fn plan(project: &Project, count: usize) -> (String, BTreeMap<String, u64>) {
    let plan = project.does(&["plan", "--format", "json", "--shards", &count.to_string()]);
    let plan: Value = serde_json::from_str(&plan).unwrap();
    let units = plan["documents"].as_array().unwrap();
    let shard =
        |unit: &Value| (unit["document"].as_str().unwrap().to_owned(), unit["shard"].as_u64().unwrap());
    (plan["plan"].as_str().unwrap().to_owned(), units.iter().map(shard).collect())
}

/// The documents that a run names in its lines.
fn named(stdout: &str) -> BTreeSet<&str> {
    stdout
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, _)| name)
        .filter(|n| n.starts_with('d'))
        .collect()
}

fn merge(project: &Project, folders: &[&Path]) -> Run {
    let folders = folders.iter().map(|folder| folder.to_str().unwrap());
    project.run(&["merge"].into_iter().chain(folders).collect::<Vec<_>>())
}

#[test]
fn shards_give_the_bytes_of_one_build() {
    let whole = project();
    whole.does(&["build"]);
    for count in [1, 3, 7] {
        let project = project();
        let (hash, planned) = plan(&project, count);
        assert_eq!(planned.len(), DOCUMENTS);
        for index in 1..=count {
            let stdout = build(&project, index, count);
            let own = planned.iter().filter(|(_, shard)| **shard == index as u64);
            assert_eq!(
                named(&stdout),
                own.map(|(document, _)| document.as_str()).collect(),
                "{index}/{count}"
            );
        }
        assert_eq!(project.sets(), whole.sets(), "{count}");
        let merged = merge(&project, &[]);
        assert_eq!(merged.code, Some(0), "{}", merged.stdout);
        assert!(
            merged.stdout.ends_with(&format!(
                "12 documents: 12 built (warnings: 0)\nplan {}: whole, by {count} shards (0 documents brought here)\n",
                &hash[..8]
            )),
            "{}",
            merged.stdout
        );
        project.does(&["verify"]);
        assert!(project.does(&["build"]).contains("12 documents: 12 up to date"));
    }
}

#[test]
fn plans_depend_on_what_is_built_and_on_nothing_else() {
    let (one, other) = (project(), project());
    // Another order in the folders, another place, another time, and something built.
    for document in one.documents.iter().rev() {
        let path = other.path().join(format!("templates/{document}.toml"));
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    other.does(&["build", "d0003"]);
    assert_eq!(plan(&one, 3), plan(&other, 3));
    let (hash, shares) = plan(&one, 3);
    assert_eq!(shares.values().collect::<BTreeSet<_>>().len(), 3);
    // People are shown the beginning, where shards have to agree on it.
    let shown = format!("plan {}\n", &hash[..8]);
    assert!(one.does(&["plan", "--shards", "3"]).ends_with(&shown));
    assert!(!one.does(&["plan"]).contains("plan "));
    assert_eq!(one.does(&["build", "--dry-run"]), one.does(&["plan"]));
    let share = one.does(&["build", "--dry-run", "--shard", "2/3"]);
    assert!(share.lines().filter(|l| l.starts_with('d')).all(|l| l.ends_with(", shard 2/3)")), "{share}");
    let others: [&[&str]; 3] = [&["--strict"], &["--only", "d000*"], &["d0001"]];
    for arguments in others {
        let arguments = [&["plan", "--shards", "3"], arguments].concat();
        let said = one.does(&arguments);
        assert!(said.contains("\nplan ") && !said.ends_with(&shown), "{arguments:?}");
    }
    let dated = Run::of({
        let mut command = one.command(&["plan", "--shards", "3"]);
        command.env("SOURCE_DATE_EPOCH", "5");
        command
    });
    assert!(dated.stdout.contains("\nplan ") && !dated.stdout.ends_with(&shown));
    for (file, content) in [("input/d0001/b.csv", form("4件")), ("templates/d0001.toml", "title = 1".into())]
    {
        one.write(file, content.as_bytes());
        assert_ne!(plan(&one, 3).0, hash, "{file}");
    }
}

#[test]
fn shards_that_do_not_exist_are_refused() {
    let project = Project::of(1);
    for shard in ["0/3", "4/3", "1", "x/3", "1/0"] {
        let run = project.run(&["build", "--shard", shard]);
        assert_eq!(run.code, Some(2), "{shard}");
        assert!(run.stderr.contains("I/N"), "{}", run.stderr);
    }
    let run = project.run(&["merge"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("no record of a shard"), "{}", run.stderr);
    // More shards than documents: some have nothing to do.
    build_all(&project, 2);
    assert_eq!(merge(&project, &[]).code, Some(0));
}

#[test]
fn shards_work_together_and_keep_others_away() {
    let project = project();
    let here = batch::ProjectFolder::new(project.path());
    let (reached, is_reached) = mpsc::sync_channel(0);
    let (go_on, may_go_on) = mpsc::sync_channel(0);
    let may_go_on = std::sync::Mutex::new((may_go_on, true));
    // Whoever fails takes its ends of the channels along, and nobody waits for it.
    let (here, documents) = (&here, &project.documents[..]);
    let runs = std::thread::scope(|scope| {
        let go_on = go_on;
        scope.spawn(move || {
            let options = Options { shard: Shard::new(1, 3), ..Options::default() };
            batch::build(here, documents, options, &|event| {
                let mut gate = may_go_on.lock().unwrap();
                if let (Event::Started(_), true) = (event, gate.1) {
                    gate.1 = false;
                    reached.send(()).unwrap();
                    gate.0.recv().unwrap();
                }
            })
            .unwrap();
        });
        is_reached.recv().unwrap();
        let runs = [
            (&["build", "--shard", "2/3"][..], 0),
            (&["build", "--shard", "3/3"], 0),
            (&["build", "--shard", "1/3"], 4),
            (&["build", "--shard", "2/4"], 4),
            (&["build", "--shard", "2/3", "--strict"], 4),
            (&["build", "--shard", "2/3", "--only", "d000*"], 4),
            (&["build"], 4),
            (&["verify"], 4),
            (&["merge"], 4),
            (&["plan"], 0),
        ]
        .map(|(arguments, code)| (arguments, code, project.run(arguments)));
        go_on.send(()).unwrap();
        runs
    });
    for (arguments, code, run) in runs {
        assert_eq!(run.code, Some(code), "{arguments:?}: {}{}", run.stdout, run.stderr);
    }
    assert_eq!(merge(&project, &[]).code, Some(0));
    // When nobody else is at work, there may be another round.
    build_all(&project, 4);
    assert_eq!(merge(&project, &[]).code, Some(0));
}

#[test]
fn shards_at_the_same_time_in_one_folder_give_the_bytes_of_one_build() {
    let (whole, project) = (project(), project());
    whole.does(&["build"]);
    for round in 0..3 {
        let children: Vec<_> = (1..=3)
            .map(|index| {
                let mut command = project.command(&["build", "--force", "--shard", &format!("{index}/3")]);
                command.stdout(Stdio::null()).spawn().unwrap()
            })
            .collect();
        for mut child in children {
            assert_eq!(child.wait().unwrap().code(), Some(0), "round {round}");
        }
        assert_eq!(project.sets(), whole.sets());
        assert_eq!(merge(&project, &[]).code, Some(0));
    }
    assert_eq!(project.litter(), Vec::<String>::new());
}

fn path(project: &Project, name: &str) -> PathBuf {
    project.path().join(name)
}

/// Changes a record as if a shard had written it so.
fn rewrite(project: &Project, index: usize, from: &str, to: &str) {
    let record = path(project, &format!("output/.shards/{index}-of-3.json"));
    let text = fs::read_to_string(&record).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(record, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn what_is_no_whole_build_is_refused() {
    type Meddle = fn(&Project);
    let of_first: [(&str, Meddle, &str); 9] = [
        (
            "a shard that never ran",
            |p| fs::remove_file(path(p, "output/.shards/2-of-3.json")).unwrap(),
            "2/3: [shard-missing] it has not been built; run kaitei build --shard 2/3",
        ),
        ("a record that is none", |p| p.write("output/.shards/2-of-3.json", b"{}"), "[record-unreadable]"),
        ("another kaitei", |p| rewrite(p, 3, "\"version\": \"", "\"version\": \"9"), "3/3: [other-kaitei]"),
        ("input that changed", |p| p.write("input/d0001/a.csv", form("4件").as_bytes()), "1/3: [other-plan]"),
        (
            "another division",
            |p| {
                let record = fs::read_to_string(path(p, "output/.shards/3-of-3.json")).unwrap();
                let record = record.replace("\"shards\": 3", "\"shards\": 4");
                p.write("output/.shards/3-of-4.json", record.as_bytes());
            },
            "3/4: [other-count]",
        ),
        ("a document left out", |p| rewrite(p, 1, "\"document\": \"d", "\"document\": \"e"), "[not-built]"),
        (
            "a manifest of another build",
            |p| rewrite(p, 1, "\"manifest\": \"", "\"manifest\": \"0"),
            "[other-manifest]",
        ),
        (
            "a file that was altered",
            |p| p.write("output/d0007/d0007.csv", b"mine"),
            "d0007: [altered] d0007.csv was altered",
        ),
        (
            "a file that is gone",
            |p| fs::remove_file(path(p, "output/d0007/d0007.json")).unwrap(),
            "d0007: [missing] d0007.json is missing",
        ),
    ];
    for (name, meddle, said) in of_first {
        let project = project();
        build_all(&project, 3);
        meddle(&project);
        let run = merge(&project, &[]);
        assert_eq!(run.code, Some(1), "{name}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
        assert!(run.stdout.contains(": not whole ("), "{name}: {}", run.stdout);
    }
}

#[test]
fn documents_of_other_machines_are_brought_here_whole() {
    let (here, whole) = (project(), project());
    whole.does(&["build"]);
    let machines = [project(), project(), project()];
    for (number, machine) in machines.iter().enumerate() {
        build(machine, number + 1, 3);
    }
    let outputs: Vec<PathBuf> = machines.iter().map(|machine| path(machine, "output")).collect();
    let outputs: Vec<&Path> = outputs.iter().map(PathBuf::as_path).collect();
    here.write("output/d0004/notes.txt", b"mine");
    let run = merge(&here, &outputs[..2]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("3/3: [shard-missing]"), "{}", run.stderr);
    assert_eq!(here.sets().iter().flatten().count(), 1, "nothing is brought");
    // An altered file, then a document that two machines built differently.
    let altered = path(&machines[1], &format!("output/{0}/{0}.csv", first_of(&machines[1])));
    let bytes = fs::read(&altered).unwrap();
    fs::write(&altered, "mine").unwrap();
    assert!(merge(&here, &outputs).stderr.contains("[altered]"));
    fs::write(&altered, bytes).unwrap();
    let fourth = project();
    build(&fourth, 2, 3);
    rewrite(&fourth, 2, "\"manifest\": \"", "\"manifest\": \"0");
    let fourth = path(&fourth, "output");
    let run = merge(&here, &[outputs[0], outputs[1], outputs[2], &fourth]);
    assert!(run.stderr.contains("[built-differently] 2/3 and 2/3 have built it"), "{}", run.stderr);
    assert_eq!(here.sets().iter().flatten().count(), 1, "nothing is brought");
    // Twice the same is no harm.
    let run = merge(&here, &[outputs[0], outputs[1], outputs[2], outputs[1]]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("(12 documents brought here)"), "{}", run.stdout);
    assert_eq!(here.set("d0004").unwrap()["notes.txt"], b"mine");
    fs::remove_file(path(&here, "output/d0004/notes.txt")).unwrap();
    assert_eq!(here.sets(), whole.sets());
    assert_eq!(here.litter(), Vec::<String>::new());
    here.does(&["verify"]);
    assert!(here.does(&["build"]).contains("12 documents: 12 up to date"));
}

/// The first document of the only record in a project.
fn first_of(project: &Project) -> String {
    let folder = fs::read_dir(path(project, "output/.shards")).unwrap();
    let record =
        folder.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|e| e == "json"));
    let record: Value = serde_json::from_slice(&fs::read(record.unwrap()).unwrap()).unwrap();
    record["documents"][0]["document"].as_str().unwrap().to_owned()
}

/// A file whose name would lead out of the folder is none that kaitei makes.
#[test]
fn nothing_is_brought_to_another_place() {
    let (here, there) = (Project::of(1), Project::of(1));
    there.does(&["build", "--shard", "1/1"]);
    let manifest = path(&there, "output/d0000/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::rename(path(&there, "output/d0000/d0000.csv"), path(&there, "output/evil.csv")).unwrap();
    let evil = text.replacen("\"d0000.csv\"", "\"../evil.csv\"", 1);
    assert_ne!(text, evil);
    fs::write(&manifest, &evil).unwrap();
    let record = path(&there, "output/.shards/1-of-1.json");
    let hashes = [&text, &evil].map(|text| kaitei::model::Fingerprint::of("", text.as_bytes()).sha256);
    let recorded = fs::read_to_string(&record).unwrap().replace(&hashes[0], &hashes[1]);
    assert!(recorded.contains(&hashes[1]));
    fs::write(&record, recorded).unwrap();
    let run = merge(&here, &[&path(&there, "output")]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains("d0000: [other-manifest]"), "{}", run.stderr);
    assert!(!path(&here, "output/evil.csv").exists());
}

#[test]
fn what_is_wrong_with_documents_is_merged_as_one_build_reports_it() {
    let wrong = |project: &Project| {
        project.write("input/d0002/a.csv", "指標,目標,取扱\n甲,3件,廃棄\n".as_bytes());
        project.write("templates/d0005.toml", b"kaitei = 2\ntitel = 1");
        project.write("input/d0006/a.csv", "指標,謎,目標,取扱\n甲,何か,3件,維持\n".as_bytes());
    };
    let (whole, project) = (project(), project());
    wrong(&whole);
    wrong(&project);
    let expected = whole.run(&["build"]);
    assert_eq!(expected.code, Some(2));
    for index in 1..=3 {
        project.run(&["build", "--shard", &format!("{index}/3")]);
    }
    let merged = merge(&project, &[]);
    let said = |run: &Run, project: &Project| {
        let lines: Vec<&str> = run.stdout.lines().take(DOCUMENTS + 1).collect();
        let words = [run.words(), lines.join("\n")];
        (run.code, words.map(|words| words.replace(&project.path().display().to_string(), "")))
    };
    assert_eq!(said(&merged, &project), said(&expected, &whole));
    let overview = |project: &Project| fs::read_to_string(path(project, "output/report.json")).unwrap();
    assert_eq!(overview(&project), overview(&whole));
    assert!(merged.stdout.contains(": whole, by 3 shards"), "{}", merged.stdout);
    // What a strict shard refuses, a strict merge refuses as well.
    for index in 1..=3 {
        project.run(&["build", "--strict", "--shard", &format!("{index}/3")]);
    }
    assert!(merge(&project, &[]).stderr.contains("error[column-unknown] d0006"));
}

#[cfg(unix)]
#[test]
fn a_shard_that_is_ended_says_what_it_did_not_build() {
    use std::sync::atomic::AtomicBool;
    let project = project();
    let here = batch::ProjectFolder::new(project.path());
    build(&project, 1, 2);
    let stop = AtomicBool::new(true);
    let options = Options { stop: Some(&stop), shard: Shard::new(2, 2), ..Options::default() };
    batch::build(&here, &project.documents, options, &|_| {}).unwrap();
    let run = merge(&project, &[]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("[not-reached] not built: 2/2 was interrupted"), "{}", run.stderr);
    build(&project, 2, 2);
    assert_eq!(merge(&project, &[]).code, Some(0));
}
