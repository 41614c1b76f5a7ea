//! What independent programs say of the web page, and how it behaves in Chromium: the documents of this repository, a
//! list of texts that look like markup, and a long list.

use super::{assert_passes, built, documents, output, root, run, script};
use kaitei::batch::{self, Options, Project};
use kaitei::emit::html;
use kaitei::finding::Lang;
use kaitei::layout::compose;
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MARKUP: &str = include_str!("../fixtures/markup.csv");

/// Every page, with the folder that holds them.
fn pages() -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = built();
    let mut pages: Vec<PathBuf> =
        documents().iter().map(|document| output(folder.path(), document, "html")).collect();
    let header = MARKUP.lines().next().unwrap();
    let long = (0..2_000).map(|i| {
        format!(
            "{}　目標,{}　施策,指標その{i},{i},,{i}件,修正,{}件,№{}による。",
            i / 500,
            i / 20,
            i * 2,
            i / 2
        )
    });
    let long: Vec<String> = [header.to_owned()].into_iter().chain(long).collect();
    for (name, csv) in [("markup", MARKUP), ("long", &long.join("\n"))] {
        let template = Template::load(&root().join("templates/meguro-2020.toml")).unwrap();
        let list = understand(&[Source::new("a.csv", csv.into())], &template, None).value;
        let page = folder.path().join(format!("{name}.html"));
        fs::write(&page, html::render(&template, &list, &compose(&list, &template), &[])).unwrap();
        pages.push(page);
    }
    pages.push(overview(folder.path()));
    (folder, pages)
}

/// The page of a run that one of the documents spoils.
fn overview(folder: &Path) -> PathBuf {
    fs::write(folder.join("input/meguro-2020/markup.csv"), MARKUP.replace("修正", "<廃止>")).unwrap();
    let project = Project::new(folder);
    let reports = batch::build(&project, &documents(), Options::default(), &|_| {}).unwrap();
    batch::write_overview(&project, &reports, Lang::Ja).unwrap();
    folder.join("output/report.html")
}

/// A folder with npm packages.
fn packages() -> Option<PathBuf> {
    let folder = std::env::var_os("NODE_MODS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("SKIPPED: NODE_MODS is not set");
    }
    folder
}

#[test]
fn the_nu_checker_accepts_the_page() {
    let Some(packages) = packages() else { return };
    let jar = packages.join("node_modules/vnu-jar/build/dist/vnu.jar");
    if !jar.exists() {
        return eprintln!("SKIPPED: no {}", jar.display());
    }
    let (_folder, pages) = pages();
    // The checker does not compute the hashes of inline scripts and styles; Chromium does.
    let known = ["--Werror", "--filterpattern", "Inline (script|style) violates Content Security Policy.*"]
        .map(Path::new);
    let start = [Path::new("-jar"), &jar];
    let arguments: Vec<&Path> =
        start.into_iter().chain(known).chain(pages.iter().map(PathBuf::as_path)).collect();
    let Some(checked) = run("java", &arguments) else { return };
    assert_passes(&checked, "vnu");
}

#[test]
fn axe_finds_no_violation() {
    let (Some(script), Some(_)) = (script("axe.mjs"), packages()) else { return };
    let (_folder, pages) = pages();
    let lang = Path::new("--lang-ja");
    let arguments: Vec<&Path> =
        [&*script, lang].into_iter().chain(pages.iter().map(PathBuf::as_path)).collect();
    let Some(checked) = run("node", &arguments) else { return };
    let said = String::from_utf8_lossy(&checked.stdout);
    if !said.contains("PASS ") && !said.contains("FAIL ") {
        return eprintln!("SKIPPED: axe.mjs: {}", String::from_utf8_lossy(&checked.stderr));
    }
    assert_passes(&checked, "axe");
    assert!(!said.contains("! console"), "{said}");
}

#[test]
fn the_page_works_in_chromium() {
    if packages().is_none() {
        return;
    }
    let (_folder, pages) = pages();
    let script = root().join("tests/outside/page.mjs");
    let used = match Command::new("node").arg(script).args(&pages[..3]).output() {
        Ok(used) => used,
        Err(error) => return eprintln!("SKIPPED: node: {error}"),
    };
    if used.status.code() == Some(2) {
        return eprintln!("SKIPPED: page.mjs: {}", String::from_utf8_lossy(&used.stderr));
    }
    assert_passes(&used, "page.mjs");
}
