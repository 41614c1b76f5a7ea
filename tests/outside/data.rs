//! What independent programs say of the machine-readable editions: frictionless, pandas, openpyxl, jsonschema.

use super::engines::{assert_passes, output, python};
use super::roll::Checked;
use super::{built, documents, lists, root};
use kaitei::batch::{self, Options, Outcome, Project};
use kaitei::emit::json;
use kaitei::model::{QuantityKind, Role};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// An edition with every kind of quantity and of time, and with nothing where something may be absent.
fn every_kind() -> Vec<u8> {
    let template = Template::load(&root().join("templates/meguro-2020.toml")).unwrap();
    let mut csv = "基本目標,施策,指標,№,現状値,目標,取扱\n".to_owned();
    for value in [
        "12.50件（31年度）",
        "10～20人（令和2年）",
        "80％以上（28年1月）",
        "5件以下（R2.4.1）",
        "3件超",
        "1割未満",
        "拡充（見込）",
        "調査中",
    ] {
        writeln!(csv, "１　あ,１　い,{value}の数,1,－,{value},維持").unwrap();
    }
    let list = understand(&[Source::new("a.csv", csv.into_bytes())], &template, None).value;
    let targets = list.rows.iter().filter_map(|row| row.value_of(Role::Target));
    let kinds: BTreeSet<QuantityKind> =
        targets.flat_map(|target| &target.parts).map(|part| part.quantity.kind()).collect();
    assert_eq!(kinds.len(), QuantityKind::ALL.len(), "{kinds:?}");
    json::render(&template, &list)
}

fn schemas() -> [PathBuf; 3] {
    ["edition", "manifest", "data"].map(|name| root().join(format!("schemas/{name}-2.schema.json")))
}

pub(crate) fn every_lists_data_are_a_valid_package() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    let documents = lists::lay_out(folder.path());
    let project = Project::new(folder.path());
    let reports = batch::build(&project, &documents, Options::default(), &|_| {}).unwrap();
    assert!(reports.iter().all(|report| matches!(report.outcome, Outcome::Built(..))));
    let mut python = python("packages.py", &["frictionless", "jsonschema"])?;
    python.args(schemas()).arg("--");
    python.args(documents.iter().map(|document| folder.path().join("output").join(document)));
    assert_passes(&output(&mut python)?, "packages");
    Ok(())
}

pub(crate) fn others_read_the_data_package_and_the_json() -> Checked {
    let folder = built();
    let another = folder.path().join("every-kind.json");
    fs::write(&another, every_kind()).unwrap();
    for document in &documents() {
        let package = folder.path().join("output").join(document);
        let mut python = python("data.py", &["frictionless", "jsonschema", "openpyxl", "pandas"])?;
        python.args([&package, Path::new(document), &another]).args(schemas());
        assert_passes(&output(&mut python)?, document);
    }
    Ok(())
}
