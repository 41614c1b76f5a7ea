//! Every list of this repository, the tests' own included, laid out as one project.

use std::fs;
use std::path::{Path, PathBuf};

/// The lists of `templates/`, `tests/published/` and `tests/lists/` in a folder of their own; their documents' names.
pub(crate) fn lay_out(project: &Path) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = Vec::new();
    let mut add = |template: &Path, input: &Path| {
        let document = template.file_stem().unwrap().to_str().unwrap().to_owned();
        copy(template, &project.join("templates").join(format!("{document}.toml")));
        let folder = project.join("input").join(&document);
        if input.is_dir() {
            copy(input, &folder);
        } else {
            copy(input, &folder.join(input.file_name().unwrap()));
        }
        documents.push(document);
    };
    for template in templates(&root.join("templates")) {
        add(&template, &root.join("input").join(template.file_stem().unwrap()));
    }
    for folder in entries(&root.join("tests/published")).iter().filter(|path| path.is_dir()) {
        let [template] = &templates(folder)[..] else { panic!("one template in {}", folder.display()) };
        add(template, &folder.join("input"));
    }
    for template in templates(&root.join("tests/lists")) {
        add(&template, &template.with_extension("csv"));
    }
    documents
}

fn templates(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.extension().is_some_and(|it| it == "toml")).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for path in entries(from) {
            copy(&path, &to.join(path.file_name().unwrap()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}
