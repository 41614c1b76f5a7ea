//! What independent programs say of the machine-readable editions: frictionless, pandas, openpyxl, jsonschema.

use super::{assert_passes, built, documents, root, run};
use std::path::Path;

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
    for document in &documents() {
        let output = folder.path().join("output").join(document);
        let Some(read) = run(&python, &[&script, &output, Path::new(document), &schema]) else { return };
        assert_passes(&read, document);
    }
}
