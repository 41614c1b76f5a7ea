//! Editions that kaitei wrote are read back, in each of their formats: nothing has changed.

use super::document;
use kaitei::compare::{Edition, Links, compare};
use kaitei::decisions::Decisions;
use kaitei::emit::{Artifact, Stamp};
use kaitei::font::Fonts;
use kaitei::model::Dataset;
use kaitei::pipeline::{Past, Source, build, read_edition, table_of_package};
use kaitei::template::Template;
use kaitei::{OutputFormat, Project};
use std::fs;

/// A list with its forms.
fn lists() -> Vec<(Template, Vec<Source>)> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut lists = Vec::new();
    for name in ["meguro-2020", "kakuu-2025"] {
        let (template, _) = document(name);
        let mut files: Vec<_> =
            fs::read_dir(format!("{root}/input/{name}")).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        let source = |path: &std::path::PathBuf| {
            Source::new(path.file_name().unwrap().to_string_lossy(), fs::read(path).unwrap())
        };
        lists.push((template, files.iter().map(source).collect()));
    }
    for name in ["sample", "progress", "evaluation", "list"] {
        let text = fs::read_to_string(format!("{root}/assets/init/{name}.toml")).unwrap();
        let form = fs::read(format!("{root}/assets/init/{name}.xlsx")).unwrap();
        lists.push((Template::parse(name, &text).unwrap(), vec![Source::new("form.xlsx", form)]));
    }
    lists
}

/// What changed from one list to another, in words; nothing, if nothing did.
pub(super) fn changed(template: &Template, old: &Dataset, new: &Dataset, is_whole: bool) -> Vec<String> {
    let (old, new) = (Edition::new(template, old), Edition::new(template, new));
    let comparison = compare(&old, &new, &Links::default());
    let mut said: Vec<String> = Vec::new();
    for pair in &comparison.pairs {
        said.extend(pair.changes.iter().map(|it| format!("{}: {:?} → {:?}", it.kind.id(), it.old, it.new)));
    }
    said.extend(comparison.removed.iter().map(|&at| format!("removed {}", old.list.rows[at].name().text)));
    said.extend(comparison.added.iter().map(|&at| format!("added {}", new.list.rows[at].name().text)));
    // The list's CSV has no series, the workbook what it prints.
    if is_whole {
        said.extend(
            comparison.only_new.iter().map(|&field| format!("only {}", new.template.field(field).key)),
        );
    }
    said.extend(comparison.reworded.iter().map(|it| format!("{} → {}", it.old, it.new)));
    said
}

#[test]
fn every_format_is_read_back() {
    for (template, sources) in lists() {
        let stamp = Stamp::resolve(template.document.date, None);
        let (decisions, fonts, past) = (Decisions::default(), Fonts::embedded(), Past::default());
        let built = build(&sources, &template, &decisions, &fonts, stamp, None, &past).unwrap().value;
        assert!(built.list.rows.len() > 2, "{}", template.id);
        let formats = [Artifact::Json, Artifact::Csv, Artifact::Xlsx, Artifact::DataXlsx];
        for artifact in formats {
            let (_, bytes) = built.formats.iter().find(|(it, _)| *it == artifact).unwrap();
            let source = Source::new(artifact.file_name(&template.id), bytes.clone());
            let read = read_edition(&source, &template, None).value;
            let place = format!("{} {artifact:?}", template.id);
            assert_eq!(read.rows.len(), built.list.rows.len(), "{place}");
            assert_eq!(
                changed(&template, &read, &built.list, artifact == Artifact::Json),
                Vec::<String>::new(),
                "{place}"
            );
            let ids = |list: &Dataset| list.rows.iter().map(|row| row.id.unwrap()).collect::<Vec<_>>();
            assert_eq!(ids(&read), ids(&built.list), "{place}");
            assert!(read.rows.iter().all(|row| row.states_id), "{place}");
        }
        let (_, package) = built.formats.iter().find(|(it, _)| *it == Artifact::Package).unwrap();
        assert_eq!(table_of_package(package), Some(Artifact::Csv.file_name(&template.id)));
    }
}

#[test]
fn what_is_no_edition_in_json_is_no_list() {
    let (template, _) = document("meguro-2020");
    for bytes in ["{}", "{\"rows\": []}", "[1]", "{"] {
        let read = read_edition(&Source::new("a.json", bytes.as_bytes().to_vec()), &template, None);
        assert!(read.value.rows.is_empty() && !read.findings.is_empty(), "{bytes}");
    }
}

#[test]
fn other_programs_give_the_earlier_edition_too() {
    let (_, sources) = lists().remove(1);
    let text =
        fs::read_to_string(format!("{}/templates/kakuu-2025.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let view = "\n[compare]\nwith = \"last\"\n\n[[views]]\nkey = \"taisho\"\ntitle = \"新旧対照表\"\nkind = \"compare\"\n";
    let project = |more: &str| {
        let project = Project::new("kakuu-2025", &format!("{text}{more}")).unwrap();
        sources.iter().fold(project, |project, it| project.file(it.name(), it.bytes.clone()))
    };
    let last = project("").build().unwrap();
    let json = last.of(OutputFormat::Json).next().unwrap();
    let output = project(view).earlier("last.json", json.bytes.clone()).build().unwrap();
    let page = output.files.iter().find(|file| file.name == "kakuu-2025.taisho.html").unwrap();
    assert!(String::from_utf8(page.bytes.clone()).unwrap().contains("（略）"));
    let without = project(view).build().unwrap();
    assert!(without.files.iter().all(|file| !file.name.contains("taisho")));
}
