//! `kaitei next`: a list goes over from one year to the next, and to the one after.

use crate::project::{Project, root};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const CITY: &str = "kakuu-2025";

/// The invented city under its own name.
fn city() -> Project {
    let project = Project::sample();
    for folder in ["templates", "input"] {
        fs::remove_dir_all(project.path().join(folder)).unwrap();
    }
    project.write(
        &format!("templates/{CITY}.toml"),
        &fs::read(root().join(format!("templates/{CITY}.toml"))).unwrap(),
    );
    for entry in fs::read_dir(root().join("input").join(CITY)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        project.write(&format!("input/{CITY}/{name}"), &fs::read(&path).unwrap());
    }
    project
}

fn text(project: &Project, name: &str) -> String {
    fs::read_to_string(project.path().join(name)).unwrap()
}

/// The rows of a form by their ids.
fn rows(project: &Project, document: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let path = project.path().join(format!("input/{document}/{document}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| -> BTreeMap<String, String> {
        heads.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
    };
    let rows: Vec<_> = reader.records().map(|record| row(record.unwrap())).collect();
    let count = rows.len();
    let by_id: BTreeMap<_, _> = rows.into_iter().map(|row| (row["record_id"].clone(), row)).collect();
    assert_eq!(by_id.len(), count, "no record is there twice");
    by_id
}

/// Departments say that everything goes on, but for one target that is raised.
fn fill_in(project: &Project, document: &str) {
    let path = project.path().join(format!("input/{document}/{document}.csv"));
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut writer = csv::Writer::from_path(&path).unwrap();
    writer.write_record(&heads).unwrap();
    for record in &records {
        let is_raised = record.iter().any(|cell| cell == "デマンド交通の延べ利用者数");
        let cells = heads.iter().zip(record).map(|(head, cell)| match (head, is_raised) {
            ("disposition", true) => "拡充",
            ("disposition", false) => "継続",
            ("new_target", true) => "21,000人",
            ("reason", true) => "増便するため",
            _ => cell,
        });
        writer.write_record(cells).unwrap();
    }
    writer.flush().unwrap();
}

#[test]
fn a_list_goes_over_to_the_next_year_twice() {
    let project = city();
    let run = project.run(&["next", CITY, "kakuu-2026", "--year", "2026"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let template = text(&project, "templates/kakuu-2026.toml");
    for said in [
        "ＫＰＩ一覧（令和8年度見直し）",
        "revision = \"令和8年10月改訂\"",
        "date = 2026-10-31",
        "under = \"令和8年度の見直し\"",
        "with = \"archive/kakuu-2025.json\"",
        "horizon = 2027",
        "horizon = 2026",
        "date = 2025-10-31\ntext = \"令和7年度の見直しの結果を公表\"",
    ] {
        assert!(template.contains(said), "{said}: {template}");
    }
    assert!(
        run.stdout.contains("令和7年度の見直し") && run.stdout.contains("令和8年度の見直し"),
        "{}",
        run.stdout
    );
    let archive: Value = serde_json::from_str(&text(&project, "archive/kakuu-2025.json")).unwrap();
    let old = archive["rows"].as_array().unwrap();
    let is_gone = |row: &&Value| row["fields"]["disposition"]["label"] == "終了";
    let gone: Vec<&Value> = old.iter().filter(is_gone).collect();
    let first = rows(&project, "kakuu-2026");
    assert!(!gone.is_empty() && first.len() + gone.len() == old.len());
    for row in old.iter().filter(|row| !is_gone(row)) {
        let next = &first[row["id"].as_str().unwrap()];
        let new = &row["fields"]["new_target"];
        let target = if new.is_null() { &row["fields"]["target"] } else { new };
        assert_eq!(
            (next["indicator"].as_str(), next["target"].as_str()),
            (row["fields"]["indicator"]["text"].as_str().unwrap(), target["text"].as_str().unwrap())
        );
    }
    // What was removed and retargeted, and nothing else.
    let run = project.run(&["compare", "kakuu-2026", "--format", "json"]);
    let view: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_ne!(view["old"]["title"], view["new"]["title"]);
    let retargeted = old.iter().filter(|row| !is_gone(row) && !row["change"].is_null()).count();
    assert_eq!(
        (view["old"]["alone"].as_u64(), view["new"]["alone"].as_u64()),
        (Some(gone.len() as u64), Some(0))
    );
    assert_eq!(view["new"]["changed"].as_u64(), Some(retargeted as u64), "{}", run.stdout);
    let changes = view["rows"].as_array().unwrap().iter().flat_map(|row| row["changes"].as_array().unwrap());
    assert!(changes.map(|change| change["field"].as_str().unwrap()).all(|field| field == "target"));
    fill_in(&project, "kakuu-2026");
    let run = project.run(&["next", "kakuu-2026", "kakuu-2027", "--year", "2027"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let second = rows(&project, "kakuu-2027");
    assert!(second.keys().eq(first.keys()), "ids stay");
    let differing: Vec<&str> = second
        .iter()
        .filter(|(id, row)| row["target"] != first[*id]["target"])
        .map(|(_, row)| row["target"].as_str())
        .collect();
    assert_eq!(differing, ["21,000人"]);
    assert!(text(&project, "templates/kakuu-2027.toml").contains("with = \"archive/kakuu-2026.json\""));
    assert!(!text(&project, "templates/kakuu-2027.toml").contains("kakuu-2025"));
}

#[test]
fn nothing_is_overwritten_and_years_are_not_guessed() {
    let project = city();
    for (arguments, said) in [
        (vec!["next", CITY, "kakuu-2026", "--year", "2025"], "--from"),
        (vec!["next", CITY, CITY, "--year", "2026"], "is not overwritten"),
        (vec!["next", CITY, "../kakuu", "--year", "2026"], "cannot be a document's name"),
        (vec!["next", "kakuu", "kakuu-2026", "--year", "2026"], "kakuu-2025"),
    ] {
        let run = project.run(&arguments);
        assert!(run.code == 2 && run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
    }
    assert!(!project.path().join("archive").exists());
    project.write("archive/kakuu-2025.json", b"{}");
    let run = project.run(&["next", CITY, "kakuu-2026", "--year", "2026"]);
    assert_eq!((run.code, text(&project, "archive/kakuu-2025.json").as_str()), (2, "{}"));
    assert!(!project.path().join("templates/kakuu-2026.toml").exists());
}
