//! Documents beside the list: made of the same records, with it, and told of once.

use crate::project::Project;
use kaitei::model::{Eras, Limits};
use kaitei::pipeline::{Source, read};
use std::fs;

const VIEWS: &str = r#"
[[views]]
key = "by-department"
title = "{each}の指標"
each = "department"
formats = ["xlsx", "pdf", "html"]
page = { orientation = "landscape", header = "{title}" }
columns = [
    { title = "指標", fields = ["indicator"], width = 20 },
    { title = "所管課", fields = ["department"], width = 8 },
]

[[views]]
key = "changes"
title = "変更点"
kind = "changes"
where = { disposition = "2" }

[[views]]
key = "summary"
title = "集計"
kind = "summary"
formats = ["xlsx", "html"]

[[views]]
key = "sources"
title = "元の調査票"
kind = "sources"
where = { department = "道路課" }
formats = ["xlsx", "html"]

[[views]]
key = "nobody"
title = "ない課の指標"
where = { department = "ない課" }
"#;

const FORM: &str = "指標,目標,取扱,新たな目標値,理由,所管課\n\
    健診,3件,維持,,,健康課\n\
    道路,5km,修正,6km,延伸,道路課\n\
    歩道,2km,維持,,,道路課\n\
    相談,9件,維持,,,\n";

fn project() -> Project {
    let project = Project::of(1);
    let own = fs::read_to_string(project.path().join("templates/d0000.toml")).unwrap();
    let own = own.replace(
        "{ key = \"reason\", role = \"reason\" },",
        "{ key = \"reason\", role = \"reason\" }, { key = \"department\", role = \"department\" },",
    );
    let formats = own.replace("\"data\", \"json\"", "\"xlsx\", \"pdf\", \"html\", \"data\"");
    project.write("templates/d0000.toml", format!("{formats}{VIEWS}").as_bytes());
    project.write("input/d0000/a.csv", FORM.as_bytes());
    project
}

/// The texts of a workbook's first sheet, row by row.
fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
    let source = Source::new("a.xlsx", bytes.to_vec());
    let sheets = read(&[source], &Limits::default(), &Eras::default(), None).value;
    let cells = |row: &kaitei::model::RawRow| row.cells.iter().map(|cell| cell.text.clone()).collect();
    sheets[0].rows.iter().map(cells).collect()
}

#[test]
fn every_view_stands_beside_the_list_and_shows_its_records() {
    let project = project();
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stderr.matches("[view-empty]").count(), 1, "{}", run.stderr);
    let set = project.set("d0000").unwrap();
    let mut names: Vec<&str> =
        set.keys().map(String::as_str).filter(|name| name.matches('.').count() > 1).collect();
    names.retain(|name| !name.ends_with("-cms.html"));
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "d0000.by-department.健康課.html",
            "d0000.by-department.健康課.pdf",
            "d0000.by-department.健康課.xlsx",
            "d0000.by-department.記載なし.html",
            "d0000.by-department.記載なし.pdf",
            "d0000.by-department.記載なし.xlsx",
            "d0000.by-department.道路課.html",
            "d0000.by-department.道路課.pdf",
            "d0000.by-department.道路課.xlsx",
            "d0000.changes.html",
            "d0000.changes.pdf",
            "d0000.changes.xlsx",
            "d0000.sources.html",
            "d0000.sources.xlsx",
            "d0000.summary.html",
            "d0000.summary.xlsx",
        ]
    );
    let rows = |name: &str| texts(&set[name]);
    let roads = rows("d0000.by-department.道路課.xlsx");
    assert_eq!(roads[0], ["道路課の指標"]);
    assert_eq!(roads[1..4], [["指標", "所管課"], ["道路", "道路課"], ["歩道", "道路課"]]);
    let page = String::from_utf8(set["d0000.by-department.記載なし.html"].clone()).unwrap();
    assert!(page.contains("記載なしの指標") && page.contains("相談") && !page.contains("道路"), "{page}");
    for (name, title, row) in [
        ("d0000.changes.xlsx", "変更点", &["2", "道路", "修正", "5km", "6km", "延伸"][..]),
        ("d0000.sources.xlsx", "元の調査票", &["2", "道路", "a.csv"]),
    ] {
        let rows = rows(name);
        assert_eq!(rows[0], [title], "{name}");
        assert!(
            rows.iter()
                .any(|cells| cells.starts_with(&row.iter().map(|&text| text.to_owned()).collect::<Vec<_>>())),
            "{name}: {rows:?}"
        );
        assert!(!rows.iter().flatten().any(|text| text == "健診"), "{name}: {rows:?}");
    }
    assert!(rows("d0000.summary.xlsx").iter().any(|cells| cells.contains(&"3".to_owned())));
    for (name, bytes) in set.iter().filter(|(name, _)| name.contains(".pdf")) {
        assert!(bytes.starts_with(b"%PDF"), "{name}");
    }
    let manifest = String::from_utf8(set["manifest.json"].clone()).unwrap();
    assert!(names.iter().all(|name| manifest.contains(name)), "{manifest}");
    project.does(&["verify"]);
}

#[test]
fn every_view_has_a_page_and_the_page_of_the_list_leads_there() {
    let project = project();
    project.does(&["build"]);
    let set = project.set("d0000").unwrap();
    let page = |name: &str| String::from_utf8(set[name].clone()).unwrap();
    for (name, shown, left_out) in [
        ("d0000.changes.html", ["変更点", "延伸"], "健診"),
        ("d0000.sources.html", ["元の調査票", "a.csv"], "健診"),
        ("d0000.summary.html", ["集計", "維持"], "健診"),
    ] {
        let page = page(name);
        assert!(shown.iter().all(|text| page.contains(text)) && !page.contains(left_out), "{name}: {page}");
    }
    let list = page("d0000.html");
    for (address, said) in [
        ("d0000.changes.html", "変更点（HTML形式："),
        ("d0000.summary.xlsx", "集計（XLSX形式："),
        ("d0000.by-department.%E9%81%93%E8%B7%AF%E8%AA%B2.pdf", "道路課の指標（PDF形式："),
    ] {
        let link = list.split(&format!("<a href=\"{address}\"")).nth(1).unwrap();
        assert!(link.split("</a>").next().unwrap().contains(said), "{address}: {list}");
    }
}

#[test]
fn words_make_names_of_files_on_every_system() {
    let project = project();
    let form = "指標,目標,取扱,新たな目標値,理由,所管課\n甲,3件,維持,,,A/B課\n乙,3件,維持,,,a／b課\n丙,3件,維持,,,a:b課\n";
    project.write("input/d0000/a.csv", form.as_bytes());
    project.does(&["build"]);
    let set = project.set("d0000").unwrap();
    let pages: Vec<&String> =
        set.keys().filter(|name| name.contains("by-department") && name.contains(".html")).collect();
    let folded: std::collections::BTreeSet<String> = pages.iter().map(|name| name.to_lowercase()).collect();
    // Each with its bare table.
    assert_eq!((pages.len(), folded.len()), (6, 6), "{pages:?}");
    assert!(pages.iter().all(|name| !name.contains(['/', ':', '\\'])), "{pages:?}");
}

#[test]
fn a_view_gone_is_built_again_and_twice_the_same() {
    let project = project();
    project.does(&["build"]);
    let first = project.set("d0000");
    fs::remove_file(project.path().join("output/d0000/d0000.changes.pdf")).unwrap();
    project.does(&["build"]);
    assert_eq!(project.set("d0000"), first);
}

#[test]
fn slips_in_views_are_named() {
    let project = project();
    let own = fs::read_to_string(project.path().join("templates/d0000.toml")).unwrap();
    for (from, to, said) in [
        ("key = \"nobody\"", "key = \"changes\"", "`views`: the key `changes` cannot be used"),
        ("key = \"nobody\"", "key = \"A\"", "`views`: the key `A` cannot be used"),
        (
            "each = \"department\"",
            "each = \"departmant\"",
            "`views`, `by-department`: `each`: no field `departmant`; did you mean `department`?",
        ),
        ("each = \"department\"", "each = \"target\"", "`each`: `target` holds values"),
        ("disposition = \"2\"", "disposition = \"修生\"", "`where`: no choice `修生`; known are 維持, 修正"),
        ("kind = \"summary\"", "kind = \"sumary\"", "did you mean `summary`?"),
        (
            "kind = \"changes\"",
            "kind = \"changes\"\nformats = [\"json\"]",
            "`formats` may name xlsx, pdf and html",
        ),
        (
            "kind = \"changes\"",
            "kind = \"changes\"\ncolumns = [{ title = \"a\", fields = [\"reason\"], width = 1 }]",
            "`columns` are for documents with `kind = \"list\"`",
        ),
        (
            "fields = [\"department\"], width = 8",
            "fields = [\"departmnt\"], width = 8",
            "`views`, `by-department`: column `所管課`: no field `departmnt`",
        ),
        ("title = \"集計\"", "", "`views`, `summary`: `title` is missing"),
        ("header = \"{title}\"", "heder = \"{title}\"", "did you mean `header`?"),
    ] {
        project.write("templates/d0000.toml", own.replacen(from, to, 1).as_bytes());
        let run = project.run(&["check"]);
        assert!(run.code == Some(2) && run.stderr.contains(said), "{to}: {}", run.stderr);
    }
}
