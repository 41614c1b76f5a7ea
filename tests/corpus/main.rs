//! Every file from outside (`README.md` beside this file), in a process of its own with little memory and time: each
//! ends in rows or in a finding, and takes no other document down.
//!
//! `KAITEI_BIN` names a release build to be measured; the program of the tests is slower and gets more time.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::batch::{self, InputFile};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SAMPLE: &str = "meguro-2020";

/// The files, which are what the manifest says they are.
fn corpus() -> Vec<InputFile> {
    let folder = root().join("tests/corpus");
    let files = batch::walk(&folder.join("files")).unwrap();
    let mut manifest = csv::Reader::from_path(folder.join("MANIFEST.csv")).unwrap();
    let listed = manifest.deserialize().map(|row| {
        let Listed { file, sha256, licence } = row.unwrap();
        assert!(!licence.is_empty(), "{file}");
        (file, sha256)
    });
    let listed: BTreeMap<String, String> = listed.collect();
    let hash = |file: &InputFile| {
        let digest = Sha256::digest(fs::read(&file.path).unwrap());
        digest.iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"))
    };
    let found: BTreeMap<String, String> = files.iter().map(|f| (f.name.clone(), hash(f))).collect();
    assert_eq!(found, listed, "tests/corpus/MANIFEST.csv lists other files");
    files
}

/// What is read of a row of the manifest.
#[derive(serde::Deserialize)]
struct Listed {
    file: String,
    sha256: String,
    licence: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program, and the seconds of processor time that it may take for one file.
fn program() -> (PathBuf, u32) {
    match std::env::var_os("KAITEI_BIN") {
        Some(release) => (release.into(), 5),
        None => (env!("CARGO_BIN_EXE_kaitei").into(), if cfg!(debug_assertions) { 60 } else { 5 }),
    }
}

/// A document of the sample's template under another name.
fn add_document(project: &Path, name: &str, files: &[InputFile]) {
    let template = root().join("templates").join(format!("{SAMPLE}.toml"));
    fs::create_dir_all(project.join("templates")).unwrap();
    fs::copy(template, project.join("templates").join(format!("{name}.toml"))).unwrap();
    for file in files {
        let path = project.join("input").join(name).join(&file.name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(&file.path, path).unwrap();
    }
}

/// Runs the program in a shell that limits the memory (KiB of addresses, of which what is resident is a part) and
/// the processor time of it and of what it starts. Exit code (none if it was killed) and what it said.
fn run(project: &Path, subcommand: &str) -> (Option<i32>, String) {
    let (program, seconds) = program();
    let script = format!(
        "ulimit -v {}; ulimit -t {seconds}; exec \"$0\" {subcommand} --lang en --project \"$1\"",
        512 << 10
    );
    let output = Command::new("sh").arg("-c").arg(script).arg(program).arg(project).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn every_file_ends_in_rows_or_in_a_finding() {
    let files = corpus();
    let mut wrong = Vec::new();
    for file in &files {
        let project = tempfile::tempdir().unwrap();
        add_document(project.path(), "zoo", std::slice::from_ref(file));
        let (code, said) = run(project.path(), "check");
        let explained = said.contains(&format!(" zoo: {}", file.name)) && said.contains("  → ");
        let has_rows = said.contains("zoo: ") && !said.contains("zoo: 0 rows");
        println!("{}\n    {}", file.name, said.lines().take(2).collect::<Vec<_>>().join("\n    "));
        if !matches!(code, Some(0 | 1)) || !(explained || has_rows) {
            wrong.push(format!("{}: {code:?} {said}", file.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_document_beside_them_all_is_built_as_it_is_alone() {
    let files = corpus();
    let sample = batch::walk(&root().join("input").join(SAMPLE)).unwrap();
    let outputs = [Vec::new(), files].map(|zoo| {
        let project = tempfile::tempdir().unwrap();
        add_document(project.path(), SAMPLE, &sample);
        if !zoo.is_empty() {
            // Before the sample and after it.
            add_document(project.path(), "a-zoo", &zoo);
            add_document(project.path(), "zoo", &zoo);
        }
        let output =
            Command::new(program().0).arg("build").arg("--project").arg(project.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(i32::from(!zoo.is_empty())), "{output:?}");
        let built = batch::walk(&project.path().join("output").join(SAMPLE)).unwrap();
        built.iter().map(|file| (file.name.clone(), fs::read(&file.path).unwrap())).collect::<Vec<_>>()
    });
    assert_eq!(outputs[0].len(), 13);
    assert!(outputs[0] == outputs[1], "{SAMPLE} differs beside the corpus");
}
