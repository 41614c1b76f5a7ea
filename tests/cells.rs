//! No filled cell of a sheet is lost: of the sample's forms, of files from outside, of forms in other shapes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "common/cells.rs"]
mod cells;

use kaitei::batch::walk;
use kaitei::pipeline::Source;
use kaitei::template::Template;
use std::fs;
use std::path::Path;

/// Bytes of the largest file that is tried here; larger ones are read elsewhere.
const LARGEST: usize = 400_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    let files = walk(&root().join(folder)).unwrap();
    files.into_iter().map(|file| Source::new(file.name, fs::read(file.path).unwrap())).collect()
}

fn template(name: &str) -> Template {
    Template::load(&root().join("templates").join(format!("{name}.toml"))).unwrap()
}

#[test]
fn none_of_the_samples_forms() {
    for document in ["meguro-2020", "kakuu-2025"] {
        let lost = cells::lost(&sources(&format!("input/{document}")), &template(document));
        assert!(lost.is_empty(), "{document}: {lost:#?}");
    }
}

#[test]
fn none_of_the_lists_in_many_hands() {
    let template = template("meguro-2020");
    for entry in fs::read_dir(root().join("tests/many_hands")).unwrap() {
        let folder = entry.unwrap().path();
        if folder.is_dir() {
            let name = folder.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            let lost = cells::lost(&sources(&name), &template);
            assert!(lost.is_empty(), "{name}: {lost:#?}");
        }
    }
}

#[test]
fn none_of_files_from_outside() {
    let template = template("meguro-2020");
    let mut tried = 0;
    for source in sources("tests/corpus/files").into_iter().filter(|source| source.bytes.len() <= LARGEST) {
        let name = source.name().to_owned();
        let lost = cells::lost(&[source], &template);
        assert!(lost.is_empty(), "{name}: {lost:#?}");
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
}
