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

/// The letters of a page, and the list for the planning section.
fn letters(page: &str) -> Vec<&str> {
    page.split("<pre class=\"letter\"").skip(1).map(|rest| rest.split("</pre>").next().unwrap()).collect()
}

#[test]
fn every_finding_is_on_the_page_once_and_no_text_is_markup() {
    let project = Project::odd();
    project.run(&["build"]);
    let page = read(&project, "report.html");
    let letters = letters(&page);
    assert_eq!(letters.len(), 3);
    let text = letters.concat();
    let items = text.matches("【要修正】").count() + text.matches("【要確認】").count();
    assert_eq!(items, project.findings().len());
    // No department reads the names of rules; the page has their meaning with them.
    for said in project.findings() {
        let code = said["code"].as_str().unwrap();
        assert!(
            !text.contains(code) && page.contains(&format!("<span class=\"code\">{code}</span>")),
            "{code}"
        );
    }
    assert!(letters.iter().all(|letter| letter.starts_with(" tabindex=\"0\"")), "the keyboard reaches them");
    assert!(text.contains("\n福祉部/&lt;b&gt;.csv\n"), "{text}");
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
    // The run speaks English, the documents do not.
    assert!(page.contains("<html lang=\"ja\">"));
    assert!(page.contains(">一覧のデータ</a>") && page.contains("aria-label=\"項目定義書 d0000\""), "{page}");
}

#[test]
fn letters_say_what_the_template_says() {
    let project = Project::odd();
    let template = fs::read_to_string(project.path().join("templates/d0001.toml")).unwrap();
    let with = |keys: &str| template.replacen("\ndocument.title", &format!("\n{keys}\ndocument.title"), 1);
    let keys = "document.section = \"企画課\"\ndocument.reply_by = \"4月10日（金）\"";
    project.write("templates/d0001.toml", with(keys).as_bytes());
    project.run(&["build"]);
    let page = read(&project, "report.html");
    let said = "調査票を修正し、4月10日（金）までに企画課へ再提出してください。";
    assert_eq!(page.matches(said).count(), 2, "{page}");
    for document in ["d0000", "d0001", "d0002"] {
        project.write(&format!("templates/{document}.toml"), with("document.language = \"en\"").as_bytes());
    }
    project.run(&["build"]);
    let page = read(&project, "report.html");
    assert!(page.contains("<html lang=\"en\">") && page.contains("and send it back."), "{page}");
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
