//! A department whose form is not there: never a shorter list without a word.

use crate::project::{Project, form};
use std::fs;

/// A document of two departments.
fn project(more: &str) -> Project {
    let project = Project::of(1);
    let template = fs::read_to_string(project.path().join("templates/d0000.toml")).unwrap();
    project.write("templates/d0000.toml", format!("{more}\n{template}").as_bytes());
    let other = form("5件").replace("指標", "項目").replacen("項目", "指標", 1);
    project.write("input/d0000/02_福祉部.csv", other.as_bytes());
    project
}

fn remove(project: &Project, file: &str) {
    fs::remove_file(project.path().join("input/d0000").join(file)).unwrap();
}

#[test]
fn a_form_of_the_last_list_that_is_gone_keeps_the_list_from_being_built() {
    let project = project("");
    project.does(&["build"]);
    let whole = project.set("d0000");
    remove(&project, "02_福祉部.csv");
    for command in ["check", "build"] {
        let run = project.run(&[command]);
        let said = "error[department-missing] d0000: 02_福祉部.csv";
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        let all = run.stdout + &run.stderr;
        assert!(all.contains(said), "{all}");
        assert!(all.contains("the last list has 8 rows of this form"), "{all}");
        assert_eq!(project.set("d0000"), whole);
    }
}

#[test]
fn a_form_that_was_sent_again_under_another_name_is_not_missing() {
    let project = project("");
    project.does(&["build"]);
    let folder = project.path().join("input/d0000");
    fs::rename(folder.join("02_福祉部.csv"), folder.join("02_福祉部（再提出）.csv")).unwrap();
    project.does(&["build", "--strict"]);
    // Another department's form does not stand in its place.
    fs::rename(folder.join("02_福祉部（再提出）.csv"), folder.join("03_産業部.csv")).unwrap();
    assert_eq!(project.run(&["build"]).code, Some(1));
}

#[test]
fn a_number_that_is_left_out_is_missed_at_the_first_build() {
    let project = project("");
    project.write("input/d0000/01_総務部.csv", "指標,目標,取扱\n道,5件,維持\n".as_bytes());
    project.write("input/d0000/04_産業部.csv", "指標,目標,取扱\n橋,5件,維持\n".as_bytes());
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("error[department-missing] d0000: 03_*"), "{}", run.stderr);
    // Where the number is not used, the template says what is to come.
    let template = fs::read_to_string(project.path().join("templates/d0000.toml")).unwrap();
    let expecting = format!("input.expect = [\"01_*\", \"02_*\", \"04_*\"]\n{template}");
    project.write("templates/d0000.toml", expecting.as_bytes());
    project.does(&["build", "--strict"]);
}

#[test]
fn forms_that_the_template_expects_are_missed_at_the_first_build() {
    let expect = "input.expect = [\"a.*\", { file = \"02_*\", rows = 8 }, \"03_*\"]";
    let project = project(expect);
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("error[department-missing] d0000: 03_*"), "{}", run.stderr);
    assert!(!run.stderr.contains("02_"), "{}", run.stderr);
    project.write("input/d0000/03_産業部.csv", "指標,目標,取扱\n道,5件,維持\n".as_bytes());
    project.does(&["build", "--strict"]);
    project.write("input/d0000/02_福祉部.csv", "指標,目標,取扱\n橋,5件,維持\n".as_bytes());
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("there are 1 rows; the template's `input.expect` says 8"), "{}", run.stderr);
}

#[test]
fn a_form_that_is_not_to_come_is_accepted_with_a_reason() {
    let project = project("");
    project.does(&["build"]);
    remove(&project, "02_福祉部.csv");
    let suggested = project.run(&["check", "--suggest"]);
    let entry = suggested.stdout.split("[[accepted]]").find(|entry| entry.contains("department-missing"));
    let entry = entry.unwrap_or_else(|| panic!("{}{}", suggested.stdout, suggested.stderr));
    let entry = format!("[[accepted]]{}", entry.replace("reason = \"\"", "reason = \"今年度は対象外\""));
    project.write("accepted.toml", entry.as_bytes());
    project.does(&["build"]);
    project.does(&["check"]);
}

#[test]
fn a_folder_is_found_under_a_name_that_looks_the_same() {
    // The template's name as macOS writes it, the folder's as others do.
    let project = Project::of(1);
    let template = fs::read(project.path().join("templates/d0000.toml")).unwrap();
    project.write("templates/カ\u{3099}イト\u{3099}版.toml", &template);
    project.write("input/ガイド版/a.csv", form("3件").as_bytes());
    project.does(&["build", "カ\u{3099}イト\u{3099}版"]);
}
