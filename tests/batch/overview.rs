//! `report.html` and `report.json`: everything is in them, once, under its file; and no text is more than text.

use crate::project::Project;
use serde_json::Value;
use std::fs;

fn read(project: &Project, name: &str) -> String {
    fs::read_to_string(project.path().join("output").join(name)).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[test]
fn every_finding_is_in_the_data_once_under_its_file() {
    let project = Project::odd();
    project.run(&["build"]);
    let report: Value = serde_json::from_str(&read(&project, "report.json")).unwrap();
    let ends = [("built", 1), ("up-to-date", 0), ("faulty", 2), ("failed", 1), ("not-reached", 0)];
    for (outcome, count) in ends {
        assert_eq!(report["ended"][outcome], count, "{outcome}");
    }
    let mut found = Vec::new();
    for document in list(&report["documents"]) {
        for department in list(&document["departments"]) {
            for file in list(&department["files"]) {
                let name = file["file"].as_str().unwrap();
                let first = department["department"].as_str();
                assert!(first.is_none_or(|first| name.split('/').next() == Some(first)), "{name}");
                for said in list(&file["findings"]) {
                    assert_eq!(said["origin"]["file"], name);
                    found.push((
                        document["document"].clone(),
                        said["code"].clone(),
                        said["origin"].clone(),
                        said["message"].clone(),
                    ));
                }
            }
        }
    }
    let said = project.findings();
    let mut expected: Vec<_> = said
        .iter()
        .map(|said| {
            (said["document"].clone(), said["code"].clone(), said["origin"].clone(), said["message"].clone())
        })
        .collect();
    found.sort_by_key(|item| format!("{item:?}"));
    expected.sort_by_key(|item| format!("{item:?}"));
    assert_eq!(found, expected);
    let documents = list(&report["documents"]);
    let departments: Vec<&Value> =
        list(&documents[1]["departments"]).iter().map(|department| &department["department"]).collect();
    assert_eq!(departments, ["a,b：c%25.csv", "福祉部"]);
    assert_eq!(list(&documents[1]["departments"][1]["files"]).len(), 2);
    assert_eq!(documents[2]["departments"][0]["department"], Value::Null);
    assert_eq!(documents[3]["failure"]["code"], "usage");
    assert_eq!(documents[0]["reasons"][0]["en"], "new");
    for output in list(&documents[0]["outputs"]) {
        assert!(project.path().join("output").join(output["file"].as_str().unwrap()).is_file(), "{output}");
    }
}

#[test]
fn every_finding_is_on_the_page_once_and_no_text_is_markup() {
    let project = Project::odd();
    project.run(&["build"]);
    let page = read(&project, "report.html");
    for said in project.findings() {
        let code = format!("[{}]", said["code"].as_str().unwrap());
        let count = project.findings().iter().filter(|other| other["code"] == said["code"]).count();
        assert_eq!(page.matches(&code).count(), count, "{code}");
    }
    assert_eq!(page.matches("<pre class=\"letter\">").count(), 3);
    assert!(page.contains("\n* 福祉部/&lt;b&gt;.csv\n"), "{page}");
    for word in ["<img", "<b>", "<script", "\u{1b}", "\u{202e}", "style=", "http:", "https:"] {
        assert!(!page.contains(word), "{word:?}");
    }
    let addresses: Vec<&str> =
        page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(addresses.contains(&"d0000/d0000.csv"), "{addresses:?}");
    for address in addresses {
        match address.strip_prefix('#') {
            Some(id) => assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}"),
            None => assert!(project.path().join("output").join(address).is_file(), "{address}"),
        }
    }
    assert!(page.contains("<html lang=\"en\">"));
}

#[test]
fn the_same_input_gives_the_same_bytes_and_only_builds_write_them() {
    let (one, other) = (Project::odd(), Project::odd());
    for arguments in [&["check"][..], &["build", "--dry-run"]] {
        one.run(arguments);
        assert!(!one.path().join("output/report.html").exists(), "{arguments:?}");
    }
    one.run(&["build"]);
    other.run(&["build", "--jobs", "1"]);
    for name in ["report.html", "report.json"] {
        assert!(read(&one, name) == read(&other, name), "{name}");
    }
    other.run(&["build", "d0000"]);
    let report: Value = serde_json::from_str(&read(&other, "report.json")).unwrap();
    assert_eq!(list(&report["documents"]).len(), 1, "what this run came to");
    assert_eq!(report["documents"][0]["outcome"], "up-to-date");
    other.does(&["verify", "d0000"]);
}
