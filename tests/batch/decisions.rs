//! `corrections.toml` and `accepted.toml`: what they change, what they leave alone, and what is said when they do not fit.

use crate::project::Project;
use serde_json::Value;
use std::fs;

const LOWERED: &str = "指標,目標,取扱,新目標\n道,5件,修正,4件\n橋,6件,修正,6ヶ所\n";

/// Two documents; the first has targets that are lowered or measured otherwise.
fn project() -> Project {
    let project = Project::of(2);
    project.write("input/d0000/課/a.csv", LOWERED.as_bytes());
    fs::remove_file(project.path().join("input/d0000/a.csv")).unwrap();
    project
}

fn json(project: &Project, name: &str) -> Value {
    serde_json::from_slice(&fs::read(project.path().join(name)).unwrap()).unwrap()
}

/// What `--suggest` prints for a file, with a reason for each entry.
fn suggested(project: &Project, file: &str) -> String {
    let printed = project.does(&["check", "--suggest"]);
    let parts = printed.split("# ---- to be pasted at the end of ");
    let part = parts.into_iter().find(|part| part.starts_with(file)).expect(&printed);
    let (_, entries) = part.split_once('\n').unwrap();
    entries.replace("reason = \"\"", "reason = \"庁議で決定\"").replace("why = \"\"", "why = \"電話で確認\"")
}

fn codes(findings: &[Value], severity: &str) -> Vec<String> {
    let of = findings.iter().filter(|finding| finding["severity"] == severity);
    of.map(|finding| {
        format!("{} {}", finding["code"].as_str().unwrap(), finding["origin"]["cell"].as_str().unwrap_or("-"))
    })
    .collect()
}

#[test]
fn what_is_accepted_stays_visible_and_does_not_count() {
    let project = project();
    let found = codes(&project.findings(), "warning");
    assert_eq!(found, ["target-lowered D2", "measure-changed D3"]);
    assert_eq!(project.run(&["check", "--strict"]).code, Some(1));
    project.does(&["build"]);
    let other = project.set("d0001");

    let entries = suggested(&project, "accepted.toml");
    project.write("accepted.toml", entries.replace("reason = \"庁議で決定\"", "reason = \"\"").as_bytes());
    let empty = project.run(&["build"]);
    assert_eq!(empty.code, Some(2), "{}", empty.stderr);
    assert!(
        empty.stderr.contains("accepted.toml: line 9: `reason` is empty; write why it may stand"),
        "{}",
        empty.stderr
    );

    project.write("accepted.toml", entries.as_bytes());
    assert_eq!(codes(&project.findings(), "note"), found);
    assert_eq!(codes(&project.findings(), "warning"), [""; 0]);
    let checked = project.does(&["check", "--strict"]);
    assert!(checked.contains("note[target-lowered] d0000: 課/a.csv D2\n"), "{checked}");
    assert!(checked.contains("\n  → accepted: 庁議で決定\n"), "{checked}");
    assert!(checked.contains("d0000: 2 rows, errors: 0, warnings: 0\n"), "{checked}");
    let planned = project.does(&["plan"]);
    assert!(planned.contains("d0000: would be built (accepted.toml changed)"), "{planned}");
    let built = project.does(&["build", "--strict"]);
    assert!(built.contains("d0001: 8 rows (維持 8 修正 0), warnings: 0; up to date\n"), "{built}");
    assert_eq!(project.set("d0001"), other);

    let manifest = json(&project, "output/d0000/manifest.json");
    assert_eq!(manifest["decisions"][0]["file"], "accepted.toml");
    assert_eq!(manifest["findings"][0]["accepted"], "庁議で決定");
    let report = json(&project, "output/report.json");
    assert_eq!(report["documents"][0]["departments"], serde_json::json!([]));
    assert_eq!(codes(report["documents"][0]["notes"].as_array().unwrap(), "note"), found);
    let page = fs::read_to_string(project.path().join("output/report.html")).unwrap();
    assert!(page.contains("課/a.csv D2 [target-lowered]") && !page.contains("<pre"), "{page}");
    // Said again from the manifest.
    assert!(
        project
            .does(&["build", "--strict"])
            .contains("d0000: 2 rows (維持 0 修正 2), warnings: 0; up to date\n")
    );
    // Nothing is left to be suggested.
    assert_eq!(project.does(&["check", "--suggest"]), "");

    // Another figure, in the finding's cell and in the one that it is compared with; and none.
    for (from, to, expected) in [
        ("4件", "3件", &["target-lowered D2", "acceptance-stale D2"][..]),
        ("5件", "50件", &["target-lowered D2", "acceptance-stale D2"]),
        ("4件", "6件", &["acceptance-unused D2"]),
    ] {
        project.write("input/d0000/課/a.csv", LOWERED.replace(from, to).as_bytes());
        assert_eq!(codes(&project.findings(), "warning"), expected, "{to}");
        assert_eq!(project.run(&["check", "--strict"]).code, Some(1), "{to}");
    }
    fs::rename(project.path().join("input/d0000/課"), project.path().join("input/d0000/部")).unwrap();
    project.write("input/d0000/部/a.csv", LOWERED.as_bytes());
    let moved = ["target-lowered D2", "measure-changed D3", "acceptance-unused D2", "acceptance-unused D3"];
    assert_eq!(codes(&project.findings(), "warning"), moved);
}

#[test]
fn what_is_corrected_is_read_so_and_stays_visible() {
    let project = project();
    project.does(&["build"]);
    let other = project.set("d0001");
    let entry = "[[corrections]]\ndocument = \"d0000\"\nfile = \"課/a.csv\"\ncell = \"D3\"\nfrom = \"6ヶ所\"\nto = \"7件\"\nwhy = \"電話で確認\"\n";
    project.write("corrections.toml", entry.as_bytes());
    let found = project.findings();
    assert_eq!(
        (codes(&found, "note"), codes(&found, "warning")),
        (vec!["cell-corrected D3".into()], vec!["target-lowered D2".into()])
    );
    let planned = project.does(&["plan"]);
    assert!(planned.contains("d0000: would be built (corrections.toml changed)"), "{planned}");
    project.does(&["build"]);
    assert_eq!(project.set("d0001"), other);
    let edition = json(&project, "output/d0000/d0000.json");
    let target = &edition["rows"][1]["fields"]["new_target"];
    assert_eq!((&target["raw"], &target["parts"][0]["quantity"]["value"]), (&"7件".into(), &"7".into()));
    let corrected = serde_json::json!({ "from": "6ヶ所", "to": "7件", "why": "電話で確認" });
    assert_eq!(target["corrected"], corrected);
    assert_eq!(edition["rows"][0]["fields"]["new_target"].get("corrected"), None);
    assert_eq!(edition["sheets"][0]["corrections"][0]["cell"], "D3");
    let report = json(&project, "output/report.json");
    assert_eq!(report["documents"][0]["notes"][0]["params"], corrected);

    // An entry that does not fit, whoever else has one that does; then a slip, which keeps one document alone.
    project.write("corrections.toml", entry.replace("6ヶ所", "6か所").as_bytes());
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("error[correction-unfit] d0000: 課/a.csv D3\n"), "{}", run.stderr);
    assert!(run.stderr.contains("(from = \"6ヶ所\")"), "{}", run.stderr);
    project.write("corrections.toml", entry.replace("why", "whys").as_bytes());
    project.write("input/d0001/b.csv", "指標,目標,取扱\n別,1件,維持\n".as_bytes());
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("corrections.toml: line 7: no such key `whys`; did you mean `why`?"),
        "{}",
        run.stderr
    );
    assert!(run.stdout.contains("d0001: 9 rows"), "{}", run.stdout);
    project.write("corrections.toml", entry.replace("d0000", "d0009").as_bytes());
    let run = project.run(&["build"]);
    assert!(
        run.stderr.contains("corrections.toml: line 1: no template for the document `d0009`"),
        "{}",
        run.stderr
    );
    fs::remove_file(project.path().join("corrections.toml")).unwrap();
    assert!(project.does(&["plan"]).contains("d0000: would be built (corrections.toml changed)"));
}
