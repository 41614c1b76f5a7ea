//! The command: its reports, its exit codes, hostile files, and kaitei's own editions.

#[path = "../common/lists.rs"]
mod lists;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn kaitei(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kaitei")).current_dir(folder).args(arguments).output().unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let output = kaitei(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_report_names_cells_and_remedies_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "課,件数\n甲,1件\n乙,2件\n合　計,3\n").unwrap();
    for (lang, expected) in [
        (
            "ja",
            "  L1-06  × 不合格  空白や改行で体裁を整えない  1か所\n         字間の空白 A4「合　計」\n         → ",
        ),
        (
            "en",
            "  L1-06  FAIL      No layout by spaces or breaks  1 place\n         spaces between the letters of a word A4 `合　計`\n         → ",
        ),
    ] {
        let output = kaitei(folder.path(), &["--lang", lang, "score", "--rule", "L1-06", "a.csv"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(expected), "{said}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn exit_codes_are_for_scripts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "課,件数\n甲,1件\n").unwrap();
    for (arguments, code) in [
        (&["score", "a.csv"][..], 0),
        (&["score", "--min", "10", "a.csv"], 0),
        (&["score", "--min", "100", "a.csv"], 1),
        (&["score", "--min", "101", "a.csv"], 2),
        (&["score", "--rule", "L1-16", "a.csv"], 2),
        (&["score", "--rule", "l3-09"], 0),
        (&["score"], 2),
        (&["score", "b.csv"], 3),
        (&["score", "."], 0),
    ] {
        assert_eq!(kaitei(folder.path(), arguments).status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn every_file_of_the_corpus_is_scored() {
    let corpus = root().join("tests/corpus/files");
    let scores = json(&corpus, &["score", "--format", "json", "."]);
    assert!(scores.len() > 50, "{} files", scores.len());
    for score in &scores {
        assert_eq!(score["rules"].as_array().unwrap().len(), 30, "{}", score["file"]);
    }
}

/// The rules that the files of a document's data edition break, or do not show that they follow.
fn lost(project: &Path, document: &str) -> Vec<String> {
    let built = kaitei(project, &["build", document]);
    assert_eq!(built.status.code(), Some(0), "{document}: {}", String::from_utf8_lossy(&built.stderr));
    let output = format!("output/{document}");
    let scores = json(project, &["score", "--format", "json", &output]);
    let is_of_data =
        |file: &str| file.rsplit_once('.').is_some_and(|(stem, end)| end == "csv" || stem.ends_with("-data"));
    let of_data: Vec<&Value> =
        scores.iter().filter(|score| is_of_data(score["file"].as_str().unwrap())).collect();
    assert_eq!(of_data.len(), 6, "{document}: five tables as CSV, and their workbook");
    let is_lost = |rule: &&Value| rule["verdict"] == "fail" || rule["verdict"] == "cannot-tell";
    let of_file = |score: &Value| {
        let lost = score["rules"].as_array().unwrap().iter().filter(is_lost);
        lost.map(|rule| format!("{}: {rule}", score["file"])).collect::<Vec<_>>()
    };
    of_data.into_iter().flat_map(of_file).collect()
}

/// That of every list of the repository, whatever it is a list of, and of each kind that `kaitei init` lays out.
#[test]
fn the_data_edition_scores_full_marks() {
    let project = tempfile::tempdir().unwrap();
    let documents = lists::lay_out(project.path());
    assert!(documents.len() >= 6, "{documents:?}");
    for document in documents {
        let lost = lost(project.path(), &document);
        assert!(lost.is_empty(), "{document}: {lost:#?}");
    }
    for kind in ["revision", "progress", "evaluation", "list"] {
        let project = tempfile::tempdir().unwrap();
        assert_eq!(kaitei(project.path(), &["init", "--kind", kind, "new"]).status.code(), Some(0), "{kind}");
        let lost = lost(&project.path().join("new"), "sample");
        assert!(lost.is_empty(), "{kind}: {lost:#?}");
    }
    for document in ["kakuu-2025", "meguro-2020"] {
        let template = project.path().join(format!("templates/{document}.toml"));
        let text = fs::read_to_string(&template).unwrap();
        let text = text.replace("[open_data]", "[open_data]\nencoding = \"cp932\"");
        fs::write(&template, text).unwrap();
        let lost = lost(project.path(), document);
        assert!(lost.is_empty(), "{document}: {lost:#?}");
    }
}
