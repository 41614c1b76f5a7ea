//! What templates have in common: a change of it rebuilds the documents that extend it, and it is none itself.

use crate::project::Project;
use std::fs;

#[test]
fn a_change_of_what_is_common_rebuilds_who_extends_it() {
    let project = Project::of(3);
    let path = |name: &str| project.path().join(name);
    let common = fs::read_to_string(path("templates/d0000.toml")).unwrap();
    project.write("templates/common.toml", common.as_bytes());
    for document in ["d0000", "d0001"] {
        project.write(
            &format!("templates/{document}.toml"),
            b"kaitei = 2\nextends = \"common.toml\"\noutput.formats = [\"data\"]\n",
        );
    }
    project.does(&["build"]);
    assert!(!path("output/common").exists());
    let file =
        |document: &str, file: &str| String::from_utf8(project.set(document).unwrap()[file].clone()).unwrap();
    assert_eq!(file("d0000", "d0000.csv"), file("d0002", "d0002.csv"));
    let manifest: serde_json::Value = serde_json::from_str(&file("d0001", "manifest.json")).unwrap();
    assert_eq!(manifest["bases"][0]["file"], "common.toml");
    assert_eq!(project.does(&["plan"]).matches("common.toml").count(), 0);

    project.write("templates/common.toml", common.replace("一覧", "新しい一覧").as_bytes());
    let plan = project.does(&["plan"]);
    assert_eq!(plan.matches("extended template changed: common.toml").count(), 2, "{plan}");
    project.does(&["build"]);
    for (document, is_new) in [("d0000", true), ("d0001", true), ("d0002", false)] {
        let package = file(document, "datapackage.json");
        assert_eq!(package.contains("新しい一覧"), is_new, "{document}");
    }
    // Departments send forms for it: then it is a document as well.
    project.write("input/common/a.csv", &fs::read(path("input/d0000/a.csv")).unwrap());
    project.does(&["build"]);
    assert!(path("output/common/common.csv").exists());
}
