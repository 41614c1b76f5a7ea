//! The manual's generated pages: `docs/findings.md` and `docs/score.md` say what the code says.

use kaitei::finding::{Code, Lang, Sentences};
use kaitei::score::{Level, Rule, RuleWords};
use kaitei::template::Template;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const NEVER_FAILS: &str = "writing to a string does not fail";

#[test]
fn the_page_of_findings_is_up_to_date() {
    let mut page = String::from(
        "# 指摘（Findings）\n\n\
         `src/finding/table/` をもとに、`KAITEI_BLESS=1 cargo test` で作成します。{ } の中は、調査票やテンプレートの語に置き換わります。\n\
         「変更可」の区分は、テンプレートの `[checks]` で `error`（要修正）、`warning`（要確認）、`off`（指摘しない）に変えられます。\n\n\
         Generated from `src/finding/table/` by `KAITEI_BLESS=1 cargo test`. What is in braces is the form's and the\n\
         template's own. A template's `[checks]` may set `error`, `warning` or `off` for those marked 変更可.\n",
    );
    for &code in Code::ALL {
        let (severity, (ja, en)) = (code.severity(), code.meaning());
        let adjustable = if code.is_adjustable() { "、変更可" } else { "" };
        let severity = format!("{}（{severity}{adjustable}）", severity.text(Lang::Ja));
        write!(page, "\n## `{}`\n\n{severity}：{ja}  \n{en}\n\n", code.id()).expect(NEVER_FAILS);
        let Sentences { message, department, planning } = code.sentences();
        for (what, mut sentences) in [("指摘", message), ("所管課", department), ("企画課", planning)]
        {
            sentences.dedup();
            for (ja, en) in sentences {
                writeln!(page, "- {what}：{ja}  \n  {en}").expect(NEVER_FAILS);
            }
        }
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
            let RuleWords { name, judged, remedy } = rule.words();
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
    let parts = ["src/template/file.rs", "src/template/page_table.rs", "src/template/open_data.rs"];
    let parser = parts.map(|part| fs::read_to_string(root.join(part)).expect("the parser is there")).concat();
    let sample = fs::read_to_string(root.join("assets/init/sample.toml")).expect("the sample is there");
    let field = |line: &str| {
        line.trim()
            .strip_prefix("pub(super) ")?
            .split_once(": ")
            .map(|(key, _)| key.trim_start_matches("r#").to_owned())
    };
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

/// What no template says.
const STRANGER: &str = "zzzzqqq";

/// What the parser would know instead of [`STRANGER`], which stands in a line of a template.
fn known_instead(line: &str) -> Vec<String> {
    let said =
        Template::parse("t", &format!("kaitei = 2\n{line}")).err().map(|slip| slip.en).unwrap_or_default();
    let known = said.split_once(&format!("no such key or value `{STRANGER}`; known are "));
    known.map_or_else(Vec::new, |(_, known)| known.split(", ").map(str::to_owned).collect())
}

/// Every key below a place in a template, and every word that such a key may have; `around` puts a line into the place.
fn keys_below(around: &dyn Fn(&str) -> String, depth: usize, found: &mut BTreeSet<String>) {
    if depth == 0 {
        return;
    }
    for key in known_instead(&around(&format!("{STRANGER} = 1"))) {
        for words in [format!("{key} = \"{STRANGER}\""), format!("{key} = [\"{STRANGER}\"]")] {
            found.extend(known_instead(&around(&words)));
        }
        keys_below(&|inner| around(&format!("{key} = {{ {inner} }}")), depth - 1, found);
        keys_below(&|inner| around(&format!("{key} = [{{ {inner} }}]")), depth - 1, found);
        found.insert(key);
    }
}

/// Both references for the people who write templates.
#[test]
fn every_key_of_a_template_is_in_the_reference() {
    let mut keys = BTreeSet::new();
    keys_below(&str::to_owned, 4, &mut keys);
    for sure in ["title", "new_target", "landscape", "file_mib", "apostrophe", "leaves_list", "each"] {
        assert!(keys.contains(sure), "`{sure}` was not found out: {keys:?}");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["docs/template.md", "docs/ja/template.md"] {
        let text = fs::read_to_string(root.join(page)).expect("the reference is there");
        let words: BTreeSet<&str> =
            text.split(|c: char| !c.is_ascii_alphanumeric() && !"_-.".contains(c)).collect();
        let missing: Vec<&String> = keys.iter().filter(|key| !words.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{page} does not say what these are: {missing:?}");
    }
}
