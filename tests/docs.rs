//! The manual's generated pages: `docs/findings.md` and `docs/score.md` say what the code says.

use kaitei::finding::Code;
use kaitei::score::{Level, Rule, Words};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

#[test]
fn the_page_of_findings_is_up_to_date() {
    let mut page = String::from(
        "# Findings\n\nGenerated from `src/finding/code.rs` by `KAITEI_BLESS=1 cargo test`. A template's `[checks]` may set\n\
         `error`, `warning` or `off` for those that are marked as adjustable.\n\n\
         | code | severity | adjustable | 意味 | meaning |\n|---|---|---|---|---|\n",
    );
    for &code in Code::ALL {
        let (ja, en) = code.meaning();
        let adjustable = if code.is_adjustable() { "yes" } else { "" };
        writeln!(page, "| `{}` | {} | {adjustable} | {ja} | {en} |", code.id(), code.severity())
            .expect("writing to a string does not fail");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    if std::env::var_os("KAITEI_BLESS").is_some() {
        fs::write(&path, &page).expect("docs/ can be written");
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), page);
}

#[test]
fn the_page_of_the_score_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/score.md");
    let stated = fs::read_to_string(&path).unwrap_or_default();
    // What precedes the rules is written by hand.
    let (head, _) = stated.split_once("## L1\n").unwrap_or((&stated, ""));
    let mut page = head.to_owned();
    for level in Level::ALL {
        writeln!(page, "## {}\n", level.id()).expect("writing to a string does not fail");
        for rule in Rule::ALL.into_iter().filter(|rule| rule.level() == level) {
            let Words { name, judged, remedy } = rule.words();
            let lines = [name, judged, remedy].map(|(ja, en)| format!("{ja}  \n  {en}"));
            let [name, judged, remedy] = lines;
            writeln!(page, "### {}\n\n- {name}\n- {judged}\n- → {remedy}\n", rule.id())
                .expect("writing to a string does not fail");
        }
    }
    let page = page.trim_end().to_owned() + "\n";
    if std::env::var_os("KAITEI_BLESS").is_some() {
        fs::write(&path, &page).expect("docs/ can be written");
    }
    let stated = fs::read_to_string(path).unwrap_or_default();
    assert!(stated == page, "docs/score.md differs from src/score/words/");
}

/// The keys of the template's tables, as the parser declares them.
#[test]
fn the_sample_template_names_every_key() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parts = ["src/template/file.rs", "src/template/open_data.rs"];
    let parser = parts.map(|part| fs::read_to_string(root.join(part)).expect("the parser is there")).concat();
    let sample = fs::read_to_string(root.join("assets/init/sample.toml")).expect("the sample is there");
    let field =
        |line: &str| line.trim().strip_prefix("pub(super) ")?.split_once(": ").map(|(key, _)| key.to_owned());
    let keys: Vec<String> = parser.lines().filter_map(field).filter(|key| !key.contains(' ')).collect();
    assert!(keys.len() > 40, "the parser's declarations were not found");
    let named = |key: &String| {
        sample
            .lines()
            .any(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == key))
    };
    let missing: Vec<&String> = keys.iter().filter(|key| !named(key)).collect();
    assert!(missing.is_empty(), "keys that the sample template does not name: {missing:?}");
}
