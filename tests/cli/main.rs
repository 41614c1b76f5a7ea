//! The command as a user meets it: files, messages, exit codes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod compare;
#[path = "../common/compound.rs"]
mod compound;
mod hostile;
mod inspect;
mod japanese;
mod next;
mod project;
mod read;
mod unusual;

use compound::compound;
use project::{Project, SAMPLE};
use std::fs;

#[test]
fn builds_all_files_and_nothing_else() {
    let project = Project::sample();
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(
        project.outputs(),
        [
            "codes.csv",
            "datapackage.json",
            "dictionary.csv",
            "manifest.json",
            "meguro-2020-cms.html",
            "meguro-2020-data.xlsx",
            "meguro-2020-notes.csv",
            "meguro-2020-values.csv",
            "meguro-2020.csv",
            "meguro-2020.html",
            "meguro-2020.json",
            "meguro-2020.pdf",
            "meguro-2020.xlsx"
        ]
    );
    assert!(run.stdout.contains("meguro-2020: 39 rows (1.維持 22 2.修正 13 3.削除 4)"), "{}", run.stdout);
}

#[test]
fn same_input_same_bytes_anywhere() {
    let (one, other) = (Project::sample(), Project::sample());
    assert_eq!(one.run(&["build"]).code, 0);
    std::thread::sleep(std::time::Duration::from_millis(1100)); // a clock would show in whole seconds
    assert_eq!(other.run(&["build"]).code, 0);
    for name in one.outputs() {
        assert!(one.output(&name) == other.output(&name), "{name} differs between two folders");
    }
}

#[test]
fn source_date_epoch_dates_the_files() {
    let project = Project::sample();
    let run = project.command(&["build"]).env("SOURCE_DATE_EPOCH", "1700000000").output().unwrap();
    assert!(run.status.success());
    let pdf = lopdf::Document::load_mem(&project.output("meguro-2020.pdf")).unwrap();
    let info = pdf.get_dictionary(pdf.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    assert!(info.get(b"CreationDate").unwrap().as_str().unwrap().starts_with(b"D:20231114221320"));
    let wrong = project.command(&["build"]).env("SOURCE_DATE_EPOCH", "yesterday").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn check_writes_nothing_and_speaks_json() {
    let project = Project::sample();
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(project.outputs().is_empty());
    let items: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let lowered: Vec<&serde_json::Value> =
        items.as_array().unwrap().iter().filter(|item| item["code"] == "target-lowered").collect();
    assert_eq!(lowered.len(), 3);
    for item in lowered {
        assert_eq!(item["severity"], "warning");
        assert_eq!(item["origin"]["file"], "02_健康福祉部.xlsx");
        assert!(item["origin"]["sheet"].is_string() && item["origin"]["cell"].is_string());
        assert!(item["message"]["ja"].is_string() && item["remedy"]["department"]["en"].is_string());
        assert!(item["subject"]["indicator"].is_string() && item["params"]["new"].is_string());
    }
}

#[test]
fn strict_makes_warnings_errors() {
    let project = Project::sample();
    assert_eq!(project.run(&["build", "--strict"]).code, 1);
    assert!(project.outputs().is_empty());
}

#[test]
fn wrong_files_are_told_apart_and_keep_the_last_output() {
    let workbook = fs::read(project::root().join("input").join(SAMPLE).join("01_子育て支援部.xlsx")).unwrap();
    let header = "基本目標,施策,指標,№,現状値,目標,取扱,理由\n";
    let row =
        |disposition: &str| format!("{header}１　あ,１　い,う数,1,－,3件,{disposition},\n").into_bytes();
    for (name, bytes, code, cell) in [
        ("空.xlsx", Vec::new(), "file-empty", None),
        ("頁.xlsx", b"<!DOCTYPE html><html><table></table></html>".to_vec(), "file-disguised", None),
        ("半分.xlsx", workbook[..workbook.len() / 2].to_vec(), "file-unreadable", None),
        ("鍵.xlsx", compound(&[("EncryptedPackage", &[0x5A; 4096])]), "file-encrypted", None),
        ("無表.csv", "ただの文\n".into(), "file-without-table", None),
        ("列.csv", "基本目標,指標,№,現状値,目標,取扱\n".into(), "column-missing", Some("A1")),
        ("語.csv", row("廃棄"), "choice-unknown", Some("G2")),
        ("空欄.csv", row(""), "choice-missing", Some("G2")),
        (
            "字.csv",
            row("維持").iter().copied().chain("２　𠮷,１　え,お数,2,－,3件,維持,\n".bytes()).collect(),
            "glyph-missing",
            Some("A3"),
        ),
    ] {
        let project = Project::sample();
        assert_eq!(project.run(&["build"]).code, 0);
        let before = project.output("meguro-2020.csv");
        project.add_input(name, &bytes);
        let run = project.run(&["build"]);
        assert_eq!(run.code, 1, "{name}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(&format!("error[{code}]")), "{name}: {}", run.stderr);
        assert!(run.stderr.contains(name), "{name}: {}", run.stderr);
        if let Some(cell) = cell {
            assert!(run.stderr.contains(&format!("{name} {cell}\n")), "{name}: {}", run.stderr);
        }
        assert_eq!(project.output("meguro-2020.csv"), before, "{name}: the last output is gone");
    }
}

#[test]
fn other_documents_are_built_beside_a_broken_one() {
    let project = Project::sample();
    project.write("templates/broken.toml", b"kaitei = 2\n[document]\ntitel = \"x\"\n");
    let run = project.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("line 3") && run.stderr.contains("did you mean `title`?"), "{}", run.stderr);
    assert_eq!(project.outputs().len(), 13);
}

#[test]
fn a_template_in_another_encoding_is_named_in_json_too() {
    let project = Project::sample();
    project.write("templates/broken.toml", b"[document]\ntitle = \"\x88\xea\x97\x97\"\n");
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.code, 2);
    let items: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let broken = items.as_array().unwrap().iter().find(|item| item["document"] == "broken").unwrap();
    assert_eq!((broken["code"].as_str(), broken["severity"].as_str()), (Some("usage"), Some("error")));
    assert!(broken["message"]["en"].as_str().unwrap().contains("UTF-8"));
}

#[test]
fn a_project_without_templates_is_wrong_use() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    for command in ["build", "check"] {
        let run = project::run_in(folder.path(), &[command]);
        assert_eq!(run.code, 2, "{command}: {}", run.stderr);
    }
}

#[test]
fn cells_cannot_steer_the_terminal() {
    let project = Project::sample();
    let csv =
        "基本目標,施策,指標,№,現状値,目標,取扱,理由\n１　あ,１　い,う数,1,－,3件,\u{1b}[31m\u{202e}廃,\n";
    project.add_input("端末.csv", csv.as_bytes());
    let run = project.run(&["build"]);
    assert!(run.stderr.contains("choice-unknown") && run.stderr.contains('廃'), "{}", run.stderr);
    assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", run.stderr);
}

#[test]
fn wrong_use_is_explained() {
    let project = Project::sample();
    let run = project.run(&["build", "meguro-2002"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean `meguro-2020`?"), "{}", run.stderr);
    let empty = tempfile::tempdir().unwrap();
    let run = project::run_in(empty.path(), &["build"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("kaitei init"), "{}", run.stderr);
    assert_eq!(project::run_in(empty.path(), &["bulid"]).code, 2);
    assert_eq!(project::run_in(empty.path(), &["build", "--help"]).code, 0);
}

#[test]
fn a_document_without_input_is_an_error_of_data() {
    let project = Project::sample();
    fs::remove_dir_all(project.path().join("input")).unwrap();
    let run = project.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("error[no-input]"), "{}", run.stderr);
}

#[test]
fn an_output_that_cannot_be_written_is_an_error_of_the_run() {
    let project = Project::sample();
    project.write("output", b"a file where a folder should be");
    let run = project.run(&["build"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("output"), "{}", run.stderr);
}

#[test]
fn init_lays_out_a_project_that_builds() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("新しい市");
    let run = project::run_in(folder.path(), &["init", "新しい市"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = project::run_in(&root, &["build", "--strict"]);
    assert!(run.code <= 1 && !run.stderr.contains("error[column"), "{}", run.stderr);
    let run = project::run_in(&root, &["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(root.join("output/sample/sample.pdf").exists());
    let again = project::run_in(folder.path(), &["init", "新しい市"]);
    assert_eq!(again.code, 2, "a project must not be overwritten");
}

#[test]
fn every_kind_of_list_builds_without_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, title, row) in [
        ("progress", "成果指標の進捗状況", "特定健康診査の受診率"),
        ("evaluation", "事務事業評価結果一覧", "生ごみ処理機購入補助事業"),
        ("list", "補助金等交付一覧", "住宅耐震改修補助金"),
    ] {
        let run = project::run_in(folder.path(), &["init", "--kind", kind, kind]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let root = folder.path().join(kind);
        let run = project::run_in(&root, &["build", "--strict"]);
        assert!(run.code == 0 && !run.stderr.contains("warning["), "{kind}: {}{}", run.stdout, run.stderr);
        let page = std::fs::read_to_string(root.join("output/sample/sample.html")).unwrap();
        assert!(page.contains(title) && page.contains(row), "{kind}");
        assert!(!page.contains("取扱"), "{kind}: a list without dispositions says nothing of them");
    }
    let help = project::run_in(folder.path(), &["init", "--help"]).stdout;
    assert!(["revision", "progress", "evaluation", "list"].iter().all(|kind| help.contains(kind)), "{help}");
}

#[test]
fn messages_are_japanese_where_the_locale_is() {
    let project = Project::sample();
    let run = project.command(&["build"]).env("LC_ALL", "ja_JP.UTF-8").output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert!(stderr.contains("要確認[reason-missing]"), "{stderr}");
    let help = project.command(&["--help"]).env("LC_ALL", "ja_JP.UTF-8").output().unwrap();
    assert!(String::from_utf8(help.stdout).unwrap().contains("終了コード"));
}

#[test]
fn completions_know_the_subcommands() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = project::run_in(folder.path(), &["completions", shell]);
        assert!(run.code == 0 && run.stdout.contains("check") && run.stdout.contains("init"), "{shell}");
    }
}

#[test]
fn the_manifest_holds_the_hashes_of_what_is_there() {
    use sha2::Digest as _;
    let project = Project::sample();
    assert_eq!(project.run(&["build"]).code, 0);
    let manifest: serde_json::Value = serde_json::from_slice(&project.output("manifest.json")).unwrap();
    let outputs = manifest["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), 12);
    for output in outputs {
        let bytes = project.output(output["file"].as_str().unwrap());
        let stated = output["sha256"].as_str().unwrap();
        let stated: Vec<u8> =
            (0..64).step_by(2).map(|at| u8::from_str_radix(&stated[at..at + 2], 16).unwrap()).collect();
        assert_eq!(sha2::Sha256::digest(&bytes).as_slice(), stated, "{}", output["file"]);
    }
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), 4);
    assert_eq!(manifest["rows"], 39);
}
