//! `kaitei compare`, and the table of old against new in a build.

use crate::project::Project;
use serde_json::Value;
use std::fs;

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "指標一覧（YEAR）"
groups = [{ key = "policy", words = ["施策"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "baseline", role = "baseline" },
    { key = "target", role = "target" }, { key = "section", role = "department" },
]
columns = [
    { title = "施策", fields = ["policy"], width = 8 },
    { title = "指標", fields = ["indicator"], width = 16 },
    { title = "目標値", fields = ["target"], time = "below", width = 8 },
]
"#;

const COMPARE: &str = r#"
[compare]
with = "kpi-2025"
amendment = "{old}の一部を次のように改める。"

[[views]]
key = "taisho"
title = "新旧対照表"
kind = "compare"
"#;

const OLD: &str = "policy,indicator,baseline,target,target_at,section\n\
    子育て,認可保育所の数,20か所,25か所,R7年度,保育課\n\
    子育て,一時保育の延べ利用者数,\"1,800人\",\"1,999人\",R7年度,保育課\n\
    健康,特定健康診査の受診率,40％,60％,R7年度,健康課\n\
    健康,健康教室の開催回数,9回,12回,R7年度,健康課\n";
const NEW: &str = "policy,indicator,baseline,target,target_at,section\n\
    子育て,認可保育所の数,20か所,２５箇所,R8年度,保育課\n\
    子育て,一時保育の延べ利用者数,\"1,800人\",\"2,099人\",R7年度,保育課\n\
    健康,受診者の割合,40％,60％,R7年度,健康課\n\
    健康,禁煙外来の受診者数,,30人,R8年度,健康課\n";

fn project() -> Project {
    let project = Project::sample();
    fs::remove_dir_all(project.path().join("templates")).unwrap();
    for (document, csv, more) in [("kpi-2025", OLD, ""), ("kpi-2026", NEW, COMPARE)] {
        let template = TEMPLATE.replace("YEAR", document);
        project.write(&format!("templates/{document}.toml"), format!("{template}{more}").as_bytes());
        project.write(&format!("input/{document}/a.csv"), csv.as_bytes());
    }
    project
}

/// The id and the name of each row of a built list.
fn ids(project: &Project, document: &str) -> Vec<(String, String)> {
    let path = project.path().join(format!("output/{document}/{document}.json"));
    let list: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let said = |row: &Value| {
        let name = row["fields"]["indicator"]["text"].as_str().unwrap().to_owned();
        (row["id"].as_str().unwrap().to_owned(), name)
    };
    list["rows"].as_array().unwrap().iter().map(said).collect()
}

#[test]
fn editions_are_compared_and_every_row_is_counted() {
    let project = project();
    let run = project.run(&["compare", "kpi-2026"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in [
        "old kpi-2025: 4 = 0 same + 2 changed + 0 split or merged + 2 removed",
        "new kpi-2026: 4 = 0 same + 2 changed + 0 split or merged + 2 added",
        "－ 25か所（R[7]年度）",
        "－ [1,999]人（R7年度）",
        "＋ [2,099]人（R7年度）",
        "to settle",
    ] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    let same = project.run(&["compare", "kpi-2025", "--with", "kpi-2025", "--lang", "ja"]);
    assert!(same.code == 0 && same.stdout.contains("変更はありません"), "{}", same.stdout);
    let unknown = project.run(&["compare", "kpi-2026", "--with", "kpi-2024"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("kpi-2025"), "{}", unknown.stderr);
    let none = project.run(&["compare", "kpi-2025"]);
    assert!(none.code == 2 && none.stderr.contains("--with"), "{}", none.stderr);
}

#[test]
fn what_is_asked_is_settled_by_hand() {
    let project = project();
    let run = project.run(&["compare", "kpi-2026", "--suggest"]);
    assert!(run.stdout.contains("# 特定健康診査の受診率\n# 受診者の割合\n"), "{}", run.stdout);
    project.write("links.toml", run.stdout.as_bytes());
    let run = project.run(&["compare", "kpi-2026", "--format", "json"]);
    let view: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&view["asked"], &view["old"]["changed"]), (&Value::Array(Vec::new()), &Value::from(3)));
    let rows = view["rows"].as_array().unwrap();
    let linked = rows.iter().find(|row| row["by"] == "link").unwrap();
    assert_eq!(linked["changes"][0]["kind"], "renamed");
    let joined = |side: &str| -> String {
        let pieces = linked["changes"][0][side].as_array().unwrap();
        pieces.iter().map(|piece| piece["text"].as_str().unwrap()).collect()
    };
    assert_eq!((joined("old").as_str(), joined("new").as_str()), ("特定健康診査の受診率", "受診者の割合"));
    project.write("links.toml", "[[links]]\ndocument = \"kpi-2026\"\nold = [\"aaaaaaaa\"]\n".as_bytes());
    let run = project.run(&["compare", "kpi-2026"]);
    assert!(run.stdout.contains("aaaaaaaa"), "{}", run.stdout);
    project.write("links.toml", "[[link]]\n".as_bytes());
    let run = project.run(&["compare", "kpi-2026"]);
    assert!(run.code == 2 && run.stderr.contains("links.toml"), "{}", run.stderr);
}

#[test]
fn a_build_sets_old_against_new_and_carries_ids_over() {
    let project = project();
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("warning[pair-uncertain] kpi-2026"), "{}", run.stderr);
    let page = fs::read_to_string(project.path().join("output/kpi-2026/kpi-2026.taisho.html")).unwrap();
    for said in [
        "指標一覧（kpi-2025）の一部を次のように改める。",
        "（新設）",
        "（削る）",
        "引上げ",
        "改訂部分は、下線の部分である。",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for format in ["pdf", "xlsx"] {
        assert!(project.path().join(format!("output/kpi-2026/kpi-2026.taisho.{format}")).exists());
    }
    // An edition stays what it is under another name of the document, and a renamed record keeps its id.
    let (old, new) = (ids(&project, "kpi-2025"), ids(&project, "kpi-2026"));
    assert_eq!(old[..2], new[..2]);
    let linked = format!(
        "[[links]]\ndocument = \"kpi-2026\"\nold = [\"{}\"]\nnew = [\"{}\"]\n",
        old.iter().find(|row| row.1 == "特定健康診査の受診率").unwrap().0,
        new.iter().find(|row| row.1 == "受診者の割合").unwrap().0,
    );
    project.write("links.toml", linked.as_bytes());
    let plan = project.run(&["plan"]);
    assert!(plan.stdout.contains("earlier edition changed: kpi-2025"), "{}", plan.stdout);
    assert_eq!(project.run(&["build"]).code, 0);
    let kept = ids(&project, "kpi-2026").into_iter().find(|row| row.1 == "受診者の割合").unwrap().0;
    assert!(old.iter().any(|row| row.0 == kept && row.1 == "特定健康診査の受診率"));
    assert!(!project.run(&["plan"]).stdout.contains("earlier edition"));
    project.write("input/kpi-2025/a.csv", OLD.replace("12回", "13回").as_bytes());
    let plan = project.run(&["plan"]);
    assert!(plan.stdout.contains("earlier edition changed: kpi-2025"), "{}", plan.stdout);
}
