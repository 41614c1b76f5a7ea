//! What independent programs say of the web page, and how it behaves in Chromium: the documents of this repository, a
//! list of texts that look like markup, and a long list.

use super::engines::{self, assert_passes, browser, package};
use super::roll::Checked;
use super::{built, documents, output, root};
use kaitei::Project;
use kaitei::batch::{self, Options, ProjectFolder};
use kaitei::finding::Lang;
use kaitei::pipeline::{self, Source, understand};
use kaitei::template::Template;
use kaitei::view;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MARKUP: &str = include_str!("../fixtures/markup.csv");

/// Every page, with the folder that holds them.
fn pages() -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = built();
    let mut made: Vec<PathBuf> =
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
        let document = view::list(&list, &template);
        let navigation = view::navigation(&list, &document, &template);
        for (artifact, bytes) in pipeline::pages(&template, &document, &navigation, &Vec::new(), &[]) {
            let path = folder.path().join(artifact.file_name(name));
            fs::write(&path, bytes).unwrap();
            made.push(path);
        }
    }
    made.push(inspected(folder.path()));
    made.push(overview(folder.path()));
    (folder, made)
}

/// The page that shows how forms were read: the sample's, cards, and one of texts that look like markup.
fn inspected(folder: &Path) -> PathBuf {
    let template = fs::read_to_string(root().join("templates/meguro-2020.toml")).unwrap();
    let cards = "基本目標,１　子育て\n施策,１　支援\n指標名,相談の件数\n事業番号,1\n現状値,3件\n目標値,5件\n取扱い,？\n印,\n";
    let mut project =
        Project::new("kpi", &template).unwrap().file("markup.csv", MARKUP).file("cards.csv", cards);
    for file in batch::walk(&root().join("input/meguro-2020")).unwrap() {
        project = project.file(file.name, fs::read(file.path).unwrap());
    }
    let path = folder.join("inspected.html");
    fs::write(&path, project.inspect(Lang::Ja).unwrap()).unwrap();
    path
}

/// The page of a run that one of the documents spoils.
fn overview(folder: &Path) -> PathBuf {
    fs::write(folder.join("input/meguro-2020/markup.csv"), MARKUP.replace("修正", "<廃止>")).unwrap();
    let project = ProjectFolder::new(folder);
    let reports = batch::build(&project, &documents(), Options::default(), &|_| {}).unwrap();
    batch::write_overview(&project, &reports, Lang::Ja).unwrap();
    folder.join("output/report.html")
}

pub(crate) fn the_nu_checker_accepts_the_page() -> Checked {
    let jar = package("vnu-jar")?.join("build/dist/vnu.jar");
    let (_folder, pages) = pages();
    // The checker does not compute the hashes of inline scripts and styles; Chromium does.
    let known = ["--Werror", "--filterpattern", "Inline (script|style) violates Content Security Policy.*"];
    let checked = engines::output(Command::new("java").arg("-jar").arg(jar).args(known).args(pages))?;
    assert_passes(&checked, "vnu");
    Ok(())
}

pub(crate) fn axe_finds_no_violation() -> Checked {
    let mut node = browser("axe.mjs", &["axe-core", "playwright-core"])?;
    let (_folder, pages) = pages();
    assert_passes(&engines::output(node.args(pages))?, "axe.mjs");
    Ok(())
}

pub(crate) fn the_page_works_in_chromium() -> Checked {
    let mut node = browser("page.mjs", &["playwright-core"])?;
    // With which the script looks at what is printed.
    engines::run("pdftotext", &["-v"])?;
    let (_folder, pages) = pages();
    assert_passes(&engines::output(node.args(&pages[..3]))?, "page.mjs");
    Ok(())
}
