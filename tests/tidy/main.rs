//! The rules of the house that a program can see, as a test.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, with `/`-separated paths from the repository's root, sorted.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no {extension} files in {folder}");
    found
}

/// The source files, without those that only tests use (`#[cfg(test)] mod name;`).
fn sources() -> Vec<(String, String)> {
    let all = files("src", "rs");
    let only_tested = |name: &str| {
        let (folder, file) = name.rsplit_once('/').unwrap();
        let declaration = format!("#[cfg(test)]\nmod {};", file.trim_end_matches(".rs"));
        all.iter().any(|(parent, text)| *parent == format!("{folder}/mod.rs") && text.contains(&declaration))
    };
    all.iter().filter(|(name, _)| !only_tested(name)).cloned().collect()
}

/// The part of a source file that is not its unit tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap()
}

/// That without lines of comments.
fn code(text: &str) -> String {
    let lines = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn report(rule: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

#[test]
fn every_file_says_what_it_is_for() {
    let offenders: Vec<String> = files("src", "rs")
        .into_iter()
        .chain(files("tests", "rs"))
        .chain(files("examples", "rs"))
        .chain(files("fuzz/src", "rs"))
        .chain(files("fuzz/fuzz_targets", "rs"))
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(name, _)| name)
        .collect();
    report("files that do not open with a `//!` sentence", &offenders);
}

#[test]
fn files_fit_in_the_head() {
    let lines = |text: &str| text.lines().count();
    let sources = files("src", "rs");
    let long = sources.iter().filter(|(_, text)| lines(text) > 500);
    report("files over 500 lines", &long.map(|(name, _)| name.clone()).collect::<Vec<_>>());
    let medium = sources.iter().filter(|(_, text)| lines(text) > 300).count();
    assert!(medium * 4 <= sources.len(), "{medium} of {} files have over 300 lines", sources.len());
    let main = sources.iter().find(|(name, _)| name == "src/main.rs").unwrap();
    assert!(lines(&main.1) <= 40, "main.rs has over 40 lines");
}

#[test]
fn formats_stay_behind_their_fences() {
    let fences = [
        ("calamine", &["src/ingest/"][..]),
        ("rust_xlsxwriter", &["src/emit/xlsx"]),
        ("printpdf", &["src/emit/pdf/"]),
        ("lopdf", &["src/emit/pdf/"]),
        ("flate2", &["src/emit/pdf/", "src/ingest/stored.rs"]),
        ("md5::", &["src/emit/pdf/"]),
        ("itoa", &["src/emit/pdf/"]),
        ("maud", &["src/emit/html/", "src/batch/overview/page.rs"]),
        // Texts are escaped everywhere but where the style and the script are taken as they are.
        ("PreEscaped", &["src/emit/html/mod.rs", "src/batch/overview/page.rs"]),
        ("clap", &["src/cli/"]),
        ("quick_xml", &["src/ingest/"]),
        // Read in every encoding; written in one of two, where a template asks for it.
        ("encoding_rs", &["src/ingest/", "src/emit/data/cp932.rs"]),
        ("zip::", &["src/ingest/"]),
        ("skrifa", &["src/font/"]),
        ("subsetter", &["src/emit/pdf/"]),
        ("rayon", &["src/batch/"]),
        ("glob::", &["src/batch/"]),
        ("signal_hook", &["src/cli/"]),
        ("notify::", &["src/cli/"]),
        ("cap::", &["src/cli/"]),
        ("winsafe", &["src/cli/"]),
        ("indicatif", &["src/cli/"]),
        ("icu_segmenter", &["src/layout/wrap.rs", "src/layout/gaps.rs", "src/japanese/words.rs"]),
        ("rustix", &["src/batch/", "src/cli/"]),
        ("walkdir", &["src/batch/"]),
        ("std::env::var", &["src/cli/"]),
        // No document knows the time; how long a run took is told.
        ("SystemTime", &["src/cli/reporter/"]),
        ("Instant::now", &["src/cli/reporter/"]),
    ];
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        for (word, homes) in fences {
            if code(&text).contains(word) && !homes.iter().any(|home| name.starts_with(home)) {
                offenders.push(format!("{name} names {word}"));
            }
        }
    }
    report("outside their fence", &offenders);
}

/// Each stage with the stages that come after it.
const LATER: [(&str, &[&str]); 16] = [
    (
        "src/model/",
        &[
            "template",
            "ingest",
            "decisions",
            "transform",
            "view",
            "layout",
            "emit",
            "pipeline",
            "batch",
            "cli",
        ],
    ),
    (
        "src/template/",
        &["ingest", "decisions", "transform", "view", "layout", "emit", "pipeline", "batch", "cli"],
    ),
    (
        "src/decisions/",
        &["ingest", "score", "transform", "view", "layout", "emit", "pipeline", "batch", "cli"],
    ),
    (
        "src/ingest/",
        &["score", "decisions", "transform", "view", "layout", "emit", "pipeline", "batch", "cli"],
    ),
    // Any file of any city is scored by the same eyes.
    (
        "src/score/",
        &["template", "decisions", "transform", "view", "layout", "emit", "pipeline", "batch", "cli"],
    ),
    ("src/transform/", &["decisions", "compare", "view", "layout", "emit", "pipeline", "batch", "cli"]),
    ("src/compare/", &["decisions", "view", "layout", "emit", "pipeline", "batch", "cli"]),
    ("src/view/", &["decisions", "layout", "emit", "pipeline", "batch", "cli"]),
    (
        "src/layout/",
        &["decisions", "ingest", "transform", "compare", "view", "emit", "pipeline", "batch", "cli"],
    ),
    ("src/emit/", &["decisions", "pipeline", "batch", "cli"]),
    ("src/font/", &["ingest", "transform", "view", "emit", "pipeline", "batch", "cli"]),
    (
        "src/finding",
        &["template", "ingest", "transform", "view", "layout", "emit", "pipeline", "batch", "cli"],
    ),
    (
        "src/error.rs",
        &["template", "ingest", "transform", "view", "layout", "emit", "pipeline", "batch", "cli"],
    ),
    ("src/pipeline", &["project", "batch", "cli"]),
    ("src/project.rs", &["batch", "cli"]),
    ("src/batch/", &["cli"]),
];

#[test]
fn arrows_point_one_way() {
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        for (home, stages) in LATER {
            for stage in stages {
                let grouped = |line: &str| {
                    let names = line.strip_prefix("use crate::{").map(|names| names.trim_end_matches("};"));
                    names.is_some_and(|names| {
                        names.split(", ").any(|name| name.split("::").next() == Some(stage))
                    })
                };
                let code = without_tests(&text);
                let used = code.contains(&format!("crate::{stage}")) || code.lines().any(grouped);
                if name.starts_with(home) && used {
                    offenders.push(format!("{name} uses {stage}"));
                }
            }
        }
    }
    report("a stage uses a later one", &offenders);
}

/// The names that a file imports from a module of the crate.
fn names_from<'t>(text: &'t str, module: &str) -> Vec<&'t str> {
    let code = without_tests(text);
    let path = format!("crate::{module}::");
    let uses = code.split(&path).skip(1);
    let list = |rest: &'t str| match rest.strip_prefix('{') {
        Some(names) => names.split('}').next().unwrap().split(',').map(str::trim).collect(),
        None => vec![rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()],
    };
    uses.flat_map(list).filter(|name| !name.is_empty()).collect()
}

/// What is laid out and written knows documents, whatever they are about: no list, and of templates nothing but the
/// paper and what a file says of itself.
#[test]
fn documents_know_no_list() {
    let homes = ["src/layout/", "src/emit/html/", "src/emit/pdf/", "src/emit/xlsx/"];
    let of_lists = ["Dataset", "Record", "Entry", "Field", "Role", "Roles", "Chosen", "ChoiceId"];
    let of_paper = [
        "DocumentSpec",
        "HangingIndent",
        "Licence",
        "PageSpec",
        "Paper",
        "RevisedMark",
        "Running",
        "RunningPart",
    ];
    let mut offenders = Vec::new();
    let mut imported = BTreeSet::new();
    let sources = sources();
    for (name, text) in sources.iter().filter(|(name, _)| homes.iter().any(|home| name.starts_with(home))) {
        let (model, template) = (names_from(text, "model"), names_from(text, "template"));
        imported.extend(model.iter().chain(&template).copied());
        offenders
            .extend(model.iter().filter(|it| of_lists.contains(it)).map(|it| format!("{name} names {it}")));
        let others = template.iter().filter(|it| !of_paper.contains(it));
        offenders.extend(others.map(|it| format!("{name} names {it}")));
        for stage in ["compare", "transform", "view"] {
            offenders.extend(names_from(text, stage).iter().map(|it| format!("{name} names {it}")));
        }
        let mut code = without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//"));
        offenders.extend(
            code.any(|line| line.contains("isposition")).then(|| format!("{name} names dispositions")),
        );
    }
    assert!(imported.contains("Table") && imported.contains("PageSpec"), "{imported:?}");
    report("documents that know a list", &offenders);
}

#[test]
fn no_shortcuts() {
    let words = [
        ".unwrap()",
        "todo!(",
        "unimplemented!(",
        "dbg!(",
        "#[allow(",
        "#[ignore",
        "println!(",
        "eprintln!(",
        "process::exit",
        "HashMap",
        "HashSet",
    ];
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        for (number, line) in without_tests(&text).lines().enumerate() {
            for word in words {
                if line.contains(word) && !line.trim_start().starts_with("//") {
                    offenders.push(format!("{name}:{} has {word}", number + 1));
                }
            }
        }
    }
    report("shortcuts outside tests", &offenders);
}

#[test]
fn no_city_is_named_in_code() {
    let words = ["目黒", "meguro", "Meguro", "架空", "kakuu"];
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        for word in words {
            let mut code = without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//"));
            if code.any(|line| line.contains(word)) {
                offenders.push(format!("{name} names {word}"));
            }
        }
    }
    report("cities in code", &offenders);
}

#[test]
fn every_dependency_has_a_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut offenders = Vec::new();
    let mut section = "";
    let mut previous = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && line.contains('=') && !previous.starts_with('#') {
            offenders.push(line.to_owned());
        }
        previous = line;
    }
    report("dependencies without a comment above them", &offenders);
}

/// The modules of `src/batch` that a module's code imports, by their names or by what `mod.rs` hands on of them.
fn imports(name: &str, text: &str, handed_on: &[(String, String)], modules: &[String]) -> Vec<String> {
    let is_top = !name.trim_start_matches("src/batch/").contains('/') || name.ends_with("/mod.rs");
    let code = without_tests(text);
    let mut found = Vec::new();
    for used in code.split("use ").skip(1).filter_map(|rest| rest.split(';').next()) {
        let Some(used) =
            used.strip_prefix("crate::batch::").or(used.strip_prefix("super::").filter(|_| is_top))
        else {
            continue;
        };
        let first = used.split("::").next().unwrap();
        for word in first.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()) {
            let module = handed_on.iter().find(|(item, _)| item == word).map_or(word, |(_, module)| module);
            found.extend(modules.iter().find(|known| *known == module).cloned());
        }
    }
    found
}

#[test]
fn no_two_modules_of_the_batch_import_each_other() {
    let sources: Vec<(String, String)> =
        sources().into_iter().filter(|(name, _)| name.starts_with("src/batch/")).collect();
    let module = |name: &str| {
        let name = name.trim_start_matches("src/batch/");
        name.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
    };
    let modules: Vec<String> =
        sources.iter().map(|(name, _)| module(name)).filter(|name| name != "mod").collect();
    let root = &sources.iter().find(|(name, _)| name == "src/batch/mod.rs").unwrap().1;
    let mut handed_on: Vec<(String, String)> = Vec::new();
    for line in root.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next()) {
        let (module, items) = line.split_once("::").unwrap();
        let items = items.trim_matches(['{', '}']).split(',');
        handed_on.extend(items.map(|item| (item.trim().to_owned(), module.to_owned())));
    }
    assert!(handed_on.iter().any(|(item, module)| item == "Report" && module == "report"), "{handed_on:?}");
    let mut arrows: Vec<(String, String)> = Vec::new();
    for (name, text) in sources.iter().filter(|(name, _)| name != "src/batch/mod.rs") {
        let imported = imports(name, text, &handed_on, &modules);
        arrows.extend(imported.into_iter().map(|other| (module(name), other)));
    }
    assert!(arrows.contains(&("shards".to_owned(), "work_plan".to_owned())), "{arrows:?}");
    let both_ways = arrows.iter().filter(|(a, b)| a < b && arrows.contains(&(b.clone(), a.clone())));
    let offenders: Vec<String> = both_ways.map(|(a, b)| format!("{a} and {b}")).collect();
    report("modules that import each other", &offenders);
}

/// All texts of the repository, but for what is made in it.
fn texts() -> Vec<(String, String)> {
    let is_made = |path: &Path| [".git", "target", "output"].iter().any(|name| path.ends_with(name));
    let mut found = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.extend((!is_made(&path)).then_some(path));
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.push((path.strip_prefix(root()).unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    found
}

/// A clone is whole: what its tests need is in it.
#[test]
fn nothing_names_a_path_outside_the_repository() {
    let mut offenders = Vec::new();
    for (name, text) in texts() {
        // In pieces, so that the rule does not break itself.
        for word in [concat!("..", "/shared"), concat!("join(\"", "..")] {
            offenders.extend(text.contains(word).then(|| format!("{name} names {word}")));
        }
    }
    report("paths outside the repository", &offenders);
}

/// Hosted actions are named by their commits: a tag can be moved.
#[test]
fn hosted_actions_are_pinned() {
    let is_hash = |action: &str| {
        let hash = action.split_once('@').map_or("", |(_, hash)| hash.split(' ').next().unwrap_or_default());
        hash.len() == 40 && hash.chars().all(|c| c.is_ascii_hexdigit())
    };
    let mut offenders = Vec::new();
    for (name, text) in files(".github/workflows", "yml") {
        let actions = text.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, action)| action);
        offenders.extend(actions.filter(|a| !is_hash(a)).map(|action| format!("{name} uses {action}")));
    }
    report("actions without a hash", &offenders);
}
