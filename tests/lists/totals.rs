//! Sections, totals and cross tables: what stands in feet, what is left out, and what the workbook computes.

use super::{codes, parts};
use kaitei::decisions::Decisions;
use kaitei::emit::{Artifact, Stamp};
use kaitei::finding::{Finding, Lang};
use kaitei::font::Fonts;
use kaitei::layout::lay_out;
use kaitei::model::{Document, Scope};
use kaitei::pipeline::{Past, Source, build, understand};
use kaitei::template::Template;
use kaitei::view;

/// A list of subsidies in two levels of groups, with more keys.
fn template(more: &str) -> String {
    format!(
        r#"
kaitei = 2
document.title = "一覧"
groups = [{{ key = "goal", words = ["目標"] }}, {{ key = "policy", words = ["施策"], required = false }}]
fields = [
    {{ key = "name", role = "name", words = ["事業名"] }},
    {{ key = "budget", kind = "money", words = ["予算"], unit = "千円" }},
    {{ key = "spent", kind = "money", words = ["決算"], unit = "千円" }},
    {{ key = "rate", words = ["執行率"], compute = {{ ratio = ["spent", "budget"] }} }},
    {{ key = "rest", compute = {{ difference = ["budget", "spent"] }} }},
    {{ key = "part", compute = {{ share = "budget" }} }},
    {{ key = "people", kind = "number", words = ["人数"] }},
    {{ key = "memo", words = ["庁内メモ"], publish = false }},
    {{ key = "mark", kind = "choice", words = ["評価"], choices = [{{ code = "1", label = "高い" }}, {{ code = "2", label = "低い" }}] }},
    {{ key = "next", kind = "choice", words = ["今後"], choices = [{{ code = "1", label = "続ける" }}, {{ code = "2", label = "やめる" }}] }},
]
columns = [
    {{ title = "目標", fields = ["goal"], width = 6 }},
    {{ title = "施策", fields = ["policy"], width = 6 }},
    {{ title = "事業名", fields = ["name"], width = 10 }},
    {{ title = "予算（千円）", fields = ["budget"], width = 6, align = "decimal" }},
    {{ title = "決算", fields = ["spent"], width = 6, align = "decimal", empty = "－" }},
    {{ title = "執行率", fields = ["rate"], width = 6 }},
    {{ title = "残", fields = ["rest"], width = 6 }},
    {{ title = "構成比", fields = ["part"], width = 6 }},
    {{ title = "人数", fields = ["people"], width = 6 }},
    {{ title = "評価", fields = ["mark"], width = 4 }},
    {{ title = "今後", fields = ["next"], width = 4 }},
]
{more}
"#
    )
}

const FORM: &str = "目標,施策,事業名,予算,決算,人数,評価,今後,庁内メモ
１　安心,１－１　子育て,甲,\"1,000\",800,10人,高い,続ける,秘匿
１　安心,１－１　子育て,乙,500,調査中,20人,低い,やめる,
１　安心,１－２　高齢者,丙,300,300,,高い,続ける,
２　仕事,,丁,200,百,3人,,続ける,
";

const TOTALS: &str = r#"
totals = [
    { of = "policy", label = "小計", sum = ["budget", "spent"] },
    { of = "goal", label = "{group}　計", sum = ["budget", "spent"], computed = ["rate", "rest", "part"] },
    { label = "合計（{count}件）", sum = ["budget", "spent", "people"], computed = ["rate", "part"] },
    { label = "平均", mean = ["budget", "rate", "people"] },
]
"#;

fn document(template: &str) -> (Document, Template, Vec<Finding>) {
    let template = Template::parse("t", template).unwrap_or_else(|said| panic!("{}", said.text(Lang::En)));
    let list = understand(&[Source::new("a.csv", FORM.as_bytes().to_vec())], &template, None);
    (view::list(&list.value, &template), template, list.findings)
}

/// The rows of a document, their filled cells apart by bars; `=` before feet, `#` before headings.
fn shown(document: &Document) -> Vec<String> {
    let row = |row: &kaitei::model::TableRow| {
        let mark = if row.foot.is_some() {
            "="
        } else if row.is_heading() {
            "#"
        } else {
            ""
        };
        let cells = row.cells.iter().map(|cell| cell.content.paragraphs.join("/"));
        let cells: Vec<String> = cells.filter(|text| !text.is_empty()).collect();
        format!("{mark}{}", cells.join("|"))
    };
    document.table.rows.iter().map(row).collect()
}

#[test]
fn feet_say_sums_means_and_ratios_and_what_they_leave_out() {
    let (document, ..) = document(&template(TOTALS));
    let feet: Vec<String> = shown(&document).into_iter().filter(|row| row.starts_with('=')).collect();
    assert_eq!(
        feet,
        [
            "=１　安心|小計/（決算は1件を除く）|1,500|800千円",
            "=１　安心|小計|300|300千円",
            "=１　安心　計/（決算は1件を除く、執行率・残は計算していません）|1,800|1,100千円|90.0％",
            "=２　仕事　計/（決算は1件を除く）|200|－|10.0％",
            "=合計（4件）/（決算は2件を除く、人数は1件を除く、執行率は計算していません）|2,000|1,100千円|100.0％|33人",
            "=平均/（執行率は2件を除く、人数は1件を除く）|500.0|90.0％|11.0人",
        ]
    );
    // A label stands right of the groups that go on.
    let spans: Vec<_> = document.table.rows.iter().filter_map(|row| row.across.clone()).collect();
    assert_eq!(spans, [1..3, 1..3, 0..3, 0..3, 0..3, 0..3]);
    assert_eq!(document.table.row_spans(0), [5, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    assert_eq!(document.table.row_spans(1), [2, 0, 1, 1, 1, 0, 1, 0, 0, 0]);
    assert_eq!(document.table.row_spans(2), [1, 1, 0, 1, 0, 0, 1, 0, 0, 0]);
}

/// The shares of a part of the list are those of the whole, and so is their sum.
#[test]
fn a_part_of_a_list_has_shares_of_the_whole() {
    let template = Template::parse("t", &template(TOTALS)).unwrap();
    let list = understand(&[Source::new("a.csv", FORM.as_bytes().to_vec())], &template, None).value;
    let part = kaitei::transform::part(&list, &template, |row| row.name().text != "甲");
    let shown = shown(&view::list(&part, &template));
    let foot = shown.iter().find(|row| row.starts_with("=合計")).unwrap();
    assert_eq!(
        foot,
        "=合計（3件）/（決算は2件を除く、人数は1件を除く、執行率は計算していません）|1,000|300千円|50.0％|23人"
    );
}

#[test]
fn what_is_measured_differently_has_no_sum_and_is_found() {
    let mixed = FORM.replace("20人", "2校");
    let template = Template::parse("t", &template(TOTALS)).unwrap();
    let list = understand(&[Source::new("a.csv", mixed.into_bytes())], &template, None);
    assert!(codes(&list.findings).contains(&"total-not F3".to_owned()), "{:?}", codes(&list.findings));
    let feet = shown(&view::list(&list.value, &template)).concat();
    assert!(feet.contains("合計（4件）/（決算は2件を除く、人数は単位が違うため計算していません、"), "{feet}");
    // 円 and 千円 have a sum, in 円.
    let scales = FORM.replace("\"1,000\"", "\"1,000,000円\"");
    let list = understand(&[Source::new("a.csv", scales.into_bytes())], &template, None);
    let feet = shown(&view::list(&list.value, &template)).concat();
    assert!(feet.contains("人数は1件を除く、執行率は計算していません）|2,000,000円"), "{feet}");
}

#[test]
fn sections_stand_in_the_order_of_their_vocabulary() {
    let more = r#"
sections = { by = "mark", title = "評価　{each}（{count}件）" }
order.by = ["-budget"]
page.break_before = "mark"
totals = [{ of = "mark", label = "{group}　計", sum = ["budget"] }, { label = "合計", sum = ["budget"] }]
"#;
    let (document, template, _) = document(&template(more));
    let names = |row: &String| row.split('|').find(|it| "甲乙丙丁".contains(*it)).unwrap_or(row).to_owned();
    assert_eq!(
        shown(&document).iter().map(names).collect::<Vec<_>>(),
        [
            "#評価　高い（2件）",
            "甲",
            "丙",
            "=高い　計|1,300",
            "#評価　低い（1件）",
            "乙",
            "=低い　計|500",
            "#評価　記載なし（1件）",
            "丁",
            "=記載なし　計|200",
            "=合計|2,000"
        ]
    );
    let feet: Vec<_> = document.table.rows.iter().filter_map(|row| row.foot).collect();
    assert_eq!(feet, [Scope::Section, Scope::Section, Scope::Section, Scope::Table]);
    let pages: Vec<_> = lay_out(&document, &template.page, &Fonts::embedded()).pages;
    assert_eq!(pages.iter().map(|page| page.rows.clone()).collect::<Vec<_>>(), [0..4, 4..7, 7..11]);
}

#[test]
fn a_level_of_groups_begins_a_page() {
    for (level, expected) in [("goal", vec![0..3, 3..4]), ("policy", vec![0..2, 2..3, 3..4])] {
        let (document, template, _) = document(&template(&format!("page.break_before = '{level}'")));
        let pages = lay_out(&document, &template.page, &Fonts::embedded()).pages;
        assert_eq!(pages.into_iter().map(|page| page.rows).collect::<Vec<_>>(), expected, "{level}");
    }
}

/// The parts of the list's workbook, and of the web page.
fn built(more: &str) -> (Vec<(String, String)>, String) {
    let template =
        Template::parse("t", &template(more)).unwrap_or_else(|said| panic!("{}", said.text(Lang::En)));
    let sources = [Source::new("a.csv", FORM.as_bytes().to_vec())];
    let stamp = Stamp::resolve(template.document.date, None);
    let built =
        build(&sources, &template, &Decisions::default(), &Fonts::embedded(), stamp, None, &Past::default())
            .unwrap();
    let of = |wanted| built.value.formats.iter().find(|(it, _)| *it == wanted).unwrap().1.clone();
    (parts(&of(Artifact::Xlsx)), String::from_utf8(of(Artifact::Html)).unwrap())
}

fn sheet(parts: &[(String, String)], number: usize) -> &str {
    let name = format!("xl/worksheets/sheet{number}.xml");
    &parts.iter().find(|(it, _)| *it == name).unwrap().1
}

#[test]
fn the_workbook_computes_feet_and_counts_none_twice() {
    let (parts, page) = built(TOTALS);
    let list = sheet(&parts, 1);
    for formula in [
        "<f>SUBTOTAL(9,D3:D4)</f><v>1500</v>",
        "<f>SUBTOTAL(9,D6:D6)</f><v>300</v>",
        "<f>SUBTOTAL(9,D3:D7)</f><v>1800</v>",
        "<f>SUBTOTAL(9,D3:D10)</f><v>2000</v>",
        "<f>SUBTOTAL(1,D3:D11)</f><v>500</v>",
        "<f>D3/SUBTOTAL(9,$D$3:$D$9)</f><v>0.5</v>",
    ] {
        assert!(list.contains(formula), "{formula}\n{list}");
    }
    assert!(!list.contains("autoFilter"), "{list}");
    // On the page, a foot says of which group it is.
    assert!(page.contains("<span class=\"unseen\">１－１　子育て </span>小計"), "{page}");
    // What is computed anew follows from the sums of its own row.
    let (parts, _) = built(
        "totals = [{ of = 'policy', label = '計', sum = ['budget', 'spent'], computed = ['rate', 'rest'] }]",
    );
    for formula in ["<f>E7/D7</f><v>1</v>", "<f>D7-E7</f><v>0</v>"] {
        assert!(sheet(&parts, 1).contains(formula), "{formula}\n{}", sheet(&parts, 1));
    }
    let (parts, _) = built("totals = [{ label = '計', sum = ['budget'] }]");
    assert!(sheet(&parts, 1).contains("<f>SUM(D3:D6)</f><v>2000</v>"), "{}", sheet(&parts, 1));
}

#[test]
fn the_summary_is_a_cross_table() {
    let (parts, _) = built("tally = { total = '計', field = 'mark', by = 'next' }");
    let summary = sheet(&parts, 2);
    for cell in [
        "<f>SUMPRODUCT(('一覧'!$J$3:$J$6=B1)*('一覧'!$K$3:$K$6=A2))</f><v>2</v>",
        "<f>SUMPRODUCT(('一覧'!$J$3:$J$6=C1)*('一覧'!$K$3:$K$6=A3))</f><v>1</v>",
        // One says nothing of the mark: its column has no formula, and the sums have it.
        "<v>1</v></c><c r=\"E2\"",
        "<f>SUM(B2:D2)</f><v>3</v>",
        "<f>SUM(B4:D4)</f><v>4</v>",
    ] {
        assert!(summary.contains(cell), "{cell}\n{summary}");
    }
    let (parts, _) = built(&format!("tally = {{ total = '計', field = 'next', by = 'policy' }}\n{TOTALS}"));
    let summary = sheet(&parts, 2);
    assert!(summary.contains("<f>COUNTIF('一覧'!$K$3:$K$4,B1)</f><v>1</v>"), "{summary}");
    assert!(summary.contains("<f>COUNTIF('一覧'!$K$6:$K$6,B1)</f><v>1</v>"), "{summary}");
}

#[test]
fn slips_in_totals_are_said() {
    for (more, said) in [
        (
            "totals = [{ label = '計', sum = ['bugdet'] }]",
            "`totals`, `計`: no field `bugdet`; did you mean `budget`?",
        ),
        ("totals = [{ label = '計' }]", "no field in `sum`, `mean` or `computed`"),
        ("totals = [{ label = '計', sum = ['name'] }]", "`name` holds no figures"),
        ("totals = [{ label = '計', sum = ['rate'] }]", "`rate` holds percentages, which have no sum"),
        (
            "totals = [{ label = '計', computed = ['rate'] }]",
            "`rate` follows from the sum of `spent`; write `spent` in `sum`",
        ),
        ("totals = [{ label = '計', computed = ['budget'] }]", "`budget` has no `compute`"),
        (
            "totals = [{ of = 'gaol', label = '計', sum = ['budget'] }]",
            "neither a group nor the field of `sections.by`; did you mean `goal`?",
        ),
        (
            "totals = [{ of = 'policy', label = '計', sum = ['budget'] }]\norder.by = ['goal', 'budget']",
            "begin `order.by` with [\"goal\", \"policy\", …]",
        ),
        ("sections.by = 'budget'", "`sections.by`: `budget` holds values"),
        ("sections.by = 'memo'", "`sections.by` names the field `memo`, which has `publish = false`"),
        (
            "page.break_before = 'mark'",
            "`page.break_before`: `mark` is neither a group nor the field of `sections.by`",
        ),
        (
            "tally = { total = '計', field = 'mark', by = 'name' }",
            "`tally.by`: `name` is neither a group nor",
        ),
    ] {
        let message = Template::parse("t", &template(more)).expect_err(more);
        assert!(message.text(Lang::En).contains(said), "{}\n{said}", message.text(Lang::En));
    }
}
