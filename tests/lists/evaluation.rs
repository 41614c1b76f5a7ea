//! An evaluation of projects: money, three layers of groups, two evaluations with one vocabulary, what follows from them.

use super::{codes, parts};
use kaitei::decisions::Decisions;
use kaitei::emit::{Artifact, Stamp};
use kaitei::finding::{Code, Finding, Lang};
use kaitei::font::Fonts;
use kaitei::layout::{TextRole, lay_out, text_width};
use kaitei::pipeline::{Files, Past, Source, build, inspect, understand};
use kaitei::template::Template;
use kaitei::view;

const TEMPLATE: &str = include_str!("evaluation.toml");
const FORM: &str = include_str!("evaluation.csv");

fn built() -> (Files, Vec<Finding>) {
    let template = Template::parse("evaluation", TEMPLATE).unwrap();
    let sources = [Source::new("01_みなと市.csv", FORM.as_bytes().to_vec())];
    let stamp = Stamp::resolve(template.document.date, None);
    let built =
        build(&sources, &template, &Decisions::default(), &Fonts::embedded(), stamp, None, &Past::default())
            .unwrap();
    (built.value.formats, built.findings)
}

fn bytes(files: &Files, artifact: Artifact) -> &[u8] {
    &files.iter().find(|(it, _)| *it == artifact).unwrap().1
}

fn text(files: &Files, artifact: Artifact) -> String {
    String::from_utf8(bytes(files, artifact).to_vec()).unwrap()
}

/// A sheet without the numbers of its cells' styles.
fn without_styles(sheet: &str) -> String {
    let mut pieces = sheet.split(" s=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('"').map_or("", |(_, rest)| rest))
}

#[test]
fn what_does_not_fit_its_field_is_found_at_its_cell() {
    let (_, findings) = built();
    assert_eq!(
        codes(&findings),
        [
            "content-unexpected Q5",
            "content-unexpected N6",
            "content-unexpected F8",
            "content-unexpected O8",
            "code-short D4",
            "computed-differs H4",
            "grade-differs K5",
        ]
    );
    let said: Vec<String> = findings.iter().map(|finding| finding.message(Lang::Ja)).collect();
    assert!(
        said.contains(
            &"「執行率」の記入は「80.0％」ですが、計算すると「75.0％」です。一覧には計算した値を載せます"
                .to_owned()
        ),
        "{said:#?}"
    );
    assert!(said.contains(&"「達成度」の記入は「目標の8割以上」ですが、規則では「目標以上」です。一覧には「目標以上」を載せます".to_owned()), "{said:#?}");
}

#[test]
fn the_workbook_calculates() {
    let (files, _) = built();
    let workbook = bytes(&files, Artifact::Xlsx);
    // For whoever wants to look at them.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/evaluation.xlsx"), workbook).unwrap();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/evaluation.json"), bytes(&files, Artifact::Json))
        .unwrap();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/evaluation.pdf"), bytes(&files, Artifact::Pdf))
        .unwrap();
    let parts = parts(workbook);
    let part = |name: &str| &parts.iter().find(|(it, _)| it == name).unwrap().1;
    let (sheet, styles) = (without_styles(part("xl/worksheets/sheet1.xml")), part("xl/styles.xml"));
    for cell in [
        // Figures of 千円; what is no figure is a text.
        r#"<c r="F3"><v>12000</v></c>"#,
        r#"<c r="G11"><v>1500</v></c>"#,
        r#"<c r="F12" t="s">"#,
        r#"<c r="K11" t="s">"#,
        // What follows, with its result.
        "<f>G3/F3</f><v>0.95</v>",
        "<f>F3-G3</f><v>600</v>",
        "<f>G3/SUBTOTAL(9,$G$3:$G$12)</f><v>0.166776387974545</v>",
        "<f>L3/K3</f><v>1.15</v>",
        "<f>L12/K12</f><v>0.995</v>",
        // Feet: of a measure, of a policy, of all.
        "<f>SUBTOTAL(9,G3:G5)</f><v>62655</v>",
        "<f>G6/F6</f>",
        "<f>SUBTOTAL(9,G3:G9)</f><v>65955</v>",
        "<f>SUBTOTAL(9,G3:G14)</f><v>68355</v>",
    ] {
        assert!(sheet.contains(cell), "{cell}\n{sheet}");
    }
    for format in [
        "#,##0&quot;千円&quot;;&quot;△&quot;#,##0&quot;千円&quot;",
        "#,##0.0%;&quot;△&quot;#,##0.0%",
        "#,##0&quot;人&quot;;&quot;△&quot;#,##0&quot;人&quot;",
    ] {
        assert!(styles.contains(format), "{format}\n{styles}");
    }
    assert!(part("xl/sharedStrings.xml").contains("◎：目標以上　○：目標の8割以上　△：目標の8割未満"));
}

#[test]
fn the_data_are_typed() {
    let (files, _) = built();
    let csv = text(&files, Artifact::Csv);
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |name: &str| {
        let at = columns
            .iter()
            .position(|column| column == name)
            .unwrap_or_else(|| panic!("{name} in {columns:?}"));
        rows.iter().map(|row| &row[at]).collect::<Vec<_>>()
    };
    assert_eq!(of("code"), ["01101", "01102", "1103", "01201", "01202", "02101", "02102"]);
    assert_eq!(
        of("settlement_amount"),
        ["11400000", "45105000", "6150000", "3300000", "", "1500000", "900000"]
    );
    assert_eq!(of("execution_amount"), ["95", "93", "75", "100", "", "25", ""]);
    assert_eq!(
        of("begun_date"),
        ["2015-04-01", "2009-04-01", "2008-10-01", "2016-04-01", "", "2020-04-01", "1985-04-01"]
    );
    assert_eq!(of("until_year"), ["2026", "", "2025", "2026", "2025", "2024", ""]);
    assert_eq!(of("statutory_code"), ["true", "true", "false", "", "false", "", "false"]);
    assert_eq!(
        of("achievement"),
        ["目標以上", "目標の8割以上", "目標の8割未満", "目標以上", "", "目標の8割未満", "目標の8割以上"]
    );
    assert_eq!(of("final_code"), ["1", "2", "3", "2", "6", "4", "5"]);
    assert!(text(&files, Artifact::Notes).contains("「決算額（千円）」に数値がないため、計算していません"));
    assert!(text(&files, Artifact::Dictionary).contains("計算した値（決算額（千円）÷予算額（千円）×100）"));
}

#[test]
fn pages_are_linked_by_safe_addresses_alone() {
    let (files, _) = built();
    let page = text(&files, Artifact::Html);
    assert!(page.contains(r#"<a href="https://www.example.jp/sango">"#));
    assert!(page.contains("http://www.example.jp/byoji") && !page.contains(r#"href="http://www.example.jp"#));
}

#[test]
fn what_is_not_published_stands_nowhere() {
    let (files, _) = built();
    for (artifact, bytes) in &files {
        let whole = match artifact {
            Artifact::Xlsx | Artifact::DataXlsx => parts(bytes).into_iter().map(|(_, text)| text).collect(),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        };
        for secret in ["秘匿記載", "庁内メモ", "memo"] {
            assert!(!whole.contains(secret), "{secret} in {artifact:?}");
        }
    }
    assert!(FORM.contains("秘匿記載") && TEMPLATE.contains("庁内メモ"));
}

/// A document for each word, a condition or a count would tell what is withheld.
#[test]
fn what_is_not_published_decides_nothing_that_is() {
    let template = TEMPLATE.replace(
        "words = [\"庁内メモ\"]",
        "words = [\"庁内メモ\"]\nkind = 'choice'\nchoices = [{ code = 'a', label = '公開' }]",
    );
    let view = |key: &str| format!("{template}\n[[views]]\nkey = 'v'\ntitle = 'v'\n{key}\n");
    for (template, name) in [
        (view("each = 'memo'"), "each"),
        (view("where = { memo = '公開' }"), "where"),
        (view("tally = { total = '計', field = 'memo' }"), "tally.field"),
        (template.replace("field = \"achievement\"\ntotal", "field = \"memo\"\ntotal"), "tally.field"),
    ] {
        let said = Template::parse("evaluation", &template).unwrap_err().text(Lang::En).to_owned();
        let expected = format!("`{name}` names the field `memo`, which has `publish = false`");
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn findings_do_not_quote_what_is_not_published() {
    let template = TEMPLATE.replace(
        "words = [\"庁内メモ\"]",
        "words = [\"庁内メモ\"]\nkind = 'choice'\nchoices = [{ code = 'a', label = '公開' }, { code = 'b', label = '検討中' }]",
    );
    let template = Template::parse("evaluation", &template).unwrap();
    let form = FORM.replace("秘匿記載その一", "公開").replace("秘匿記載その二", "公会");
    let sources = [Source::new("a.csv", form.into_bytes())];
    let fonts = Fonts::embedded();
    let findings = inspect(&sources, &template, &Decisions::default(), &fonts, None, None).findings;
    let found = findings.iter().find(|finding| finding.code() == Code::ChoiceUnknown).unwrap();
    assert_eq!(
        found.message(Lang::Ja),
        "「庁内メモ」に「（非公開）」と記入されていますが、この一覧の区分にありません"
    );
    assert_eq!(found.fix(), None);
    assert!(!format!("{findings:?}").contains("公会"));
}

#[test]
fn figures_stand_with_their_decimal_points_below_each_other() {
    let template = Template::parse("evaluation", TEMPLATE).unwrap();
    let sources = [Source::new("a.csv", FORM.as_bytes().to_vec())];
    let list = understand(&sources, &template, None).value;
    let fonts = Fonts::embedded();
    let laid = lay_out(&view::list(&list, &template), &template.page, &fonts);
    let boxes = laid.pages.iter().flat_map(|page| &page.boxes);
    let shares: Vec<(String, i32)> = boxes
        .filter(|it| matches!(it.role, TextRole::Body { col: 9, .. }))
        .flat_map(|it| it.lines.iter().map(|line| (line.text.to_string(), line.x)))
        .collect();
    let texts: Vec<&str> = shares.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "16.7％", "66.0％", "9.0％", "91.7％", "4.8％", "4.8％", "96.5％", "2.2％", "1.3％", "3.5％",
            "3.5％", "100.0％"
        ]
    );
    let points = shares.iter().map(|(text, x)| {
        let whole = text.split('.').next().unwrap();
        x + text_width(whole, template.page.font_size, &fonts)
    });
    let points: Vec<i32> = points.collect();
    assert!(points.iter().all(|point| *point == points[0]), "{points:?}");
    assert!(shares[0].1 < shares[2].1);
}
