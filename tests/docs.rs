//! The manual's generated pages: `docs/findings.md` and `docs/score.md` say what the code says.

use kaitei::finding::{Code, Lang, Sentences};
use kaitei::score::{Level, Rule, RuleWords};
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
