//! What independent programs say of the machine-readable editions: frictionless, pandas, openpyxl, jsonschema.

use super::{assert_passes, built, documents, root, run};
use kaitei::emit::json;
use kaitei::model::QuantityKind;
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

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
    ] {
        writeln!(csv, "１　あ,１　い,{value}の数,1,－,{value},維持").unwrap();
    }
    let list = understand(&[Source::new("a.csv", csv.into_bytes())], &template, None).value;
    let targets = list.rows.iter().flat_map(|row| &row.target);
    let kinds: BTreeSet<QuantityKind> =
        targets.flat_map(|target| &target.parts).map(|part| part.quantity.kind()).collect();
    assert_eq!(kinds.len(), QuantityKind::ALL.len(), "{kinds:?}");
    json::render(&template, &list)
}

#[test]
fn others_read_the_data_package_and_the_json() {
    let Ok(python) = std::env::var("KAITEI_PYTHON") else {
        eprintln!("SKIPPED: data.py: KAITEI_PYTHON is not set");
        return;
    };
    let needs = "import frictionless, jsonschema, openpyxl, pandas";
    let Some(needed) = run(&python, &[Path::new("-c"), Path::new(needs)]) else { return };
    if !needed.status.success() {
        eprintln!("SKIPPED: data.py: {}", String::from_utf8_lossy(&needed.stderr));
        return;
    }
    let folder = built();
    let (script, schema) = (root().join("tests/outside/data.py"), root().join("schemas/edition.schema.json"));
    let another = folder.path().join("every-kind.json");
    fs::write(&another, every_kind()).unwrap();
    for document in &documents() {
        let output = folder.path().join("output").join(document);
        let Some(read) = run(&python, &[&script, &output, Path::new(document), &schema, &another]) else {
            return;
        };
        assert_passes(&read, document);
    }
}
