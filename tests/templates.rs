//! Every template of the repository can be read and names its own document.

use kaitei::template::Template;
use std::path::Path;

#[test]
fn every_template_is_valid() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut ids: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| Template::load(&entry.unwrap().path()).unwrap().id)
        .collect();
    ids.sort();
    assert_eq!(ids, ["kakuu-2025", "meguro-2020"]);
}

#[test]
fn another_city_is_another_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/kakuu-2025.toml");
    let template = Template::load(&path).unwrap();
    let keys = |specs: &[kaitei::template::FieldSpec]| -> Vec<String> {
        specs.iter().map(|spec| spec.key.clone()).collect()
    };
    assert_eq!(keys(&template.groups), ["goal", "direction", "measure"]);
    assert_eq!(keys(&template.extras), ["section", "actual"]);
    let codes: Vec<&str> = template.dispositions.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["A", "B", "C", "D", "E"]);
    assert!(template.page.landscape);
}
