//! Files that would harm the process that reads them, the machine, or the folders beside them.

use crate::project::{Project, SAMPLE, root};
use sha2::Digest as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use zip::write::SimpleFileOptions;

/// The sample with limits of its own.
fn limited(limits: &str) -> Project {
    let project = Project::sample();
    let name = format!("templates/{SAMPLE}.toml");
    let template = fs::read_to_string(root().join(&name)).unwrap();
    project.write(&name, format!("{template}\n[input.limits]\n{limits}\n").as_bytes());
    project
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/fixtures").join(name)).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_asks_for_all_memory_is_reported_and_the_others_are_read() {
    let project = limited("legacy_cells = 20_000_000");
    project.add_input("角.xls", &fixture("far-corners.xls"));
    project.add_input("旧.xls", &fixture("excel-97.xls"));
    let run = project.run(&["check", "--lang", "en"]);
    let said = "  reading was stopped because it takes too much memory (384 MiB or more; at most 384 MiB)\n";
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains(&format!("error[sheet-too-large] {SAMPLE}: 角.xls\n{said}")),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("raise `memory_mib` in the template's [input.limits]"), "{}", run.stdout);
    assert!(run.stdout.contains("旧.xls [様式]"), "{}", run.stdout);
    assert!(run.stdout.contains(&format!("{SAMPLE}: 39 rows, errors: ")), "{}", run.stdout);
}

/// An xlsx of one sheet without cells, with a part of shared texts.
fn xlsx(shared: &str) -> Vec<u8> {
    let relations = |kind: &str, target: &str| {
        let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!(
            r#"<Relationships><Relationship Id="a" Type="{kinds}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &relations("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="様式" sheetId="1" r:id="a"/></sheets></workbook>"#,
        ),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData></sheetData></worksheet>"),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
#[cfg(target_os = "linux")]
fn a_workbook_that_would_end_the_process_ends_its_reader_alone() {
    let project = Project::sample();
    // More texts than there is memory for, told behind what is looked at before.
    let prologue = format!("<!--{}-->", "x".repeat(5000));
    let texts = format!(r#"{prologue}<sst uniqueCount="99999999999"><si><t>x</t></si></sst>"#);
    project.add_input("00_多.xlsx", &xlsx(&texts));
    // As many empty texts as unpack to less than is allowed.
    let texts = format!("<sst>{}</sst>", "<si/>".repeat(24 << 20));
    project.add_input("99_空.xlsx", &xlsx(&texts));
    let run = project.run(&["check", "--lang", "en"]);
    assert_eq!(run.code, 1);
    for file in ["00_多.xlsx", "99_空.xlsx"] {
        // Of memory and of time, whichever comes first.
        let said = format!("error[sheet-too-large] {SAMPLE}: {file}\n  reading was stopped because it t");
        assert!(run.stdout.contains(&said), "{file}: {}", run.stdout);
    }
    assert!(run.stdout.contains(&format!("{SAMPLE}: 39 rows, errors: 2,")), "{}", run.stdout);
}

#[test]
fn a_file_above_a_limit_is_not_read() {
    let project = limited("file_mib = 1\ntotal_mib = 2");
    let scan = [b"%PDF-1.7".to_vec(), vec![0; 3 << 20]].concat();
    project.add_input("参考.pdf", &scan);
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning[file-ignored]"), "{}", run.stderr);
    let manifest: serde_json::Value = serde_json::from_slice(&project.output("manifest.json")).unwrap();
    let input = manifest["inputs"].as_array().unwrap().iter().find(|input| input["file"] == "参考.pdf");
    let input = input.expect("the file is among the inputs");
    let digest =
        sha2::Sha256::digest(&scan).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert_eq!((input["bytes"].as_u64(), input["sha256"].as_str()), (Some(3_145_736), Some(&*digest)));

    for (name, length, said) in [
        ("大.xlsx", 3 << 20, "the file is too large (3 MiB or more; at most 1 MiB)"),
        (
            "余.xlsx",
            1 << 20,
            "with this file (1 MiB or more) the document's input exceeds 2 MiB, so it was not read",
        ),
    ] {
        project.add_input("00.csv", &b"a,b\n".repeat(1 << 18));
        project.add_input(name, &vec![0; length]);
        let run = project.run(&["check"]);
        assert_eq!(run.code, 1);
        assert!(run.stdout.contains(&format!("{SAMPLE}: {name}\n  {said}\n")), "{name}: {}", run.stdout);
    }
}

#[test]
fn names_in_an_archive_are_no_paths() {
    let outside = tempfile::tempdir().unwrap();
    let project = Project::sample();
    let absolute = outside.path().join("absolute.xml").to_string_lossy().into_owned();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in
        ["[Content_Types].xml", "xl/workbook.xml", "../slip.xml", "..\\slip.xml", "/slip.xml", &absolute]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<Types/>").unwrap();
    }
    project.add_input("道.xlsx", &zip.finish().unwrap().into_inner());
    let files = || -> Vec<PathBuf> {
        let folders = [project.path(), outside.path()];
        let entries = folders.iter().flat_map(walkdir::WalkDir::new).map(|entry| entry.unwrap().into_path());
        entries.collect()
    };
    let before = files();
    assert_eq!(project.run(&["check"]).code, 1);
    assert_eq!(files(), before);
}

#[test]
fn the_command_that_nobody_types_is_not_offered_and_takes_no_nonsense() {
    let project = Project::sample();
    for arguments in [&["--help"][..], &["completions", "bash"]] {
        assert!(!project.run(arguments).stdout.contains("worker"), "{arguments:?}");
    }
    let run = project.run(&["worker"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    assert_eq!(project.run(&["worker", "more"]).code, 2);
}
