//! Two editions of a list: what changed, and that nothing is paired that is not one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "scripts say what they came to")]

mod editions;
mod identity;
mod marked;
mod scripts;

use kaitei::compare::{Comparison, Edition, FieldKind, Links, Side, applied, compare};
use kaitei::model::Dataset;
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::fs;
use std::path::Path;

/// A document of the repository: its template and its list.
fn document(name: &str) -> (Template, Dataset) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = fs::read_to_string(root.join(format!("templates/{name}.toml"))).unwrap();
    let template = Template::parse(name, &template).unwrap();
    let mut files: Vec<_> =
        fs::read_dir(root.join("input").join(name)).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let source = |path: &std::path::PathBuf| {
        Source::new(path.file_name().unwrap().to_string_lossy(), fs::read(path).unwrap())
    };
    let sources: Vec<Source> = files.iter().map(source).collect();
    let list = understand(&sources, &template, None).value;
    assert!(list.rows.len() > 30);
    (template, list)
}

fn compared(template: &Template, old: &Dataset, new: &Dataset) -> Comparison {
    compare(&Edition::new(template, old), &Edition::new(template, new), &Links::default())
}

#[test]
fn a_list_is_itself() {
    for name in ["meguro-2020", "kakuu-2025"] {
        let (template, list) = document(name);
        let comparison = compared(&template, &list, &list);
        assert!(comparison.is_empty() && comparison.asked.is_empty(), "{name}");
        assert_eq!(comparison.counts(Side::Old), [list.rows.len(), 0, 0, 0]);
        assert_eq!((comparison.only_old.len(), comparison.only_new.len()), (0, 0));
    }
}

#[test]
fn a_list_against_itself_after_its_own_revision() {
    let (template, list) = document("meguro-2020");
    let next = applied(&list, &template);
    let comparison = compared(&template, &list, &next);
    assert_eq!(comparison.counts(Side::Old), [22, 13, 0, 4]);
    assert_eq!(comparison.counts(Side::New), [22, 13, 0, 0]);
    assert!(comparison.asked.is_empty() && comparison.reworded.is_empty());
    let target = template.role(kaitei::model::Role::Target).unwrap();
    for pair in &comparison.pairs {
        assert!(pair.changes.iter().all(|change| change.field.new == target), "{:?}", pair.changes);
    }
    let of_year: Vec<(&str, &str)> = comparison
        .pairs
        .iter()
        .flat_map(|pair| &pair.changes)
        .filter(|change| change.kind == FieldKind::Year)
        .map(|change| (change.old.as_str(), change.new.as_str()))
        .collect();
    assert_eq!(of_year, [("8か所（30年度）", "8か所（R2年度）")]);
    let alone: Vec<&str> =
        comparison.only_old.iter().map(|&field| template.field(field).key.as_str()).collect();
    assert_eq!(alone, ["disposition", "new_target", "reason"]);
}
