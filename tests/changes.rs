//! What a revision changes: one answer for the sheet of changes, the marks in the list, the web page and the JSON.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::compare::{self, Change};
use kaitei::emit::json;
use kaitei::model::cut_at_marks;
use kaitei::pipeline::{Source, pages, understand};
use kaitei::template::{RevisedMark, Template};
use kaitei::view;
use serde_json::Value;
use std::fmt::Write as _;

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標"] }]
page.mark_revised = "underline"
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [
        { code = "1", label = "維持" },
        { code = "2", label = "修正", new_target = "required" },
        { code = "3", label = "見直し", new_target = "optional" },
        { code = "4", label = "削除", leaves_list = true },
    ] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [
    { title = "基本目標", fields = ["goal"], width = 6 },
    { title = "指標", fields = ["indicator"], width = 12 },
    { title = "取扱", fields = ["disposition"], width = 4 },
    { title = "新", fields = ["new_target", "reason"], time = "before", width = 16 },
]
[checks]
new-target-missing = "warning"
"#;

/// A row of the form, and what is to be said of it.
type Case =
    (&'static str, &'static str, &'static str, &'static str, Option<(&'static str, bool)>, &'static str);

/// Target, disposition, new target, reason; the kind of change, whether of the year as well, and what is marked in
/// the list's last column.
const ROWS: &[Case] = &[
    ("3件", "維持", "", "", None, ""),
    ("3件", "修正", "5件", "増やすため", Some(("raised", false)), "5件"),
    ("3件", "修正", "2件", "", Some(("lowered", false)), "2件"),
    ("3件", "見直し", "5件", "増やすため", Some(("raised", false)), "5件"),
    ("3件", "見直し", "", "様子を見るため", None, ""),
    ("8か所", "修正", "８箇所", "同じ", None, ""),
    ("8か所（R元年度）", "修正", "8か所（R2年度）", "延ばす", Some(("year", true)), "（R2年度）"),
    ("8か所（R元年度）", "修正", "9か所（R2年度）", "", Some(("raised", true)), "（R2年度）9か所"),
    ("8か所", "修正", "50％", "", Some(("measure", false)), "50％"),
    ("拡充", "修正", "継続", "", Some(("words", false)), "継続"),
    ("8か所（20人）", "修正", "9か所（10人）", "", Some(("mixed", false)), "9か所（10人）"),
    ("", "修正", "9か所", "", Some(("set", false)), "9か所"),
    ("3件", "修正", "", "検討中のため", Some(("unstated", false)), ""),
    ("3件", "削除", "", "終えたため", Some(("removed", false)), ""),
];

fn template() -> Template {
    Template::parse("t", TEMPLATE).unwrap()
}

fn source() -> Source {
    let mut form = "基本目標,指標,目標値,取扱,新たな目標値,理由\n".to_owned();
    for (at, (target, disposition, new_target, reason, ..)) in ROWS.iter().enumerate() {
        writeln!(form, "１　あ,指標{at},{target},{disposition},{new_target},{reason}").unwrap();
    }
    Source::new("a.csv", form.into_bytes())
}

#[test]
fn all_outputs_tell_of_the_same_changes() {
    let template = template();
    let list = understand(&[source()], &template, None).value;
    assert_eq!(list.rows.len(), ROWS.len());
    let document = view::list(&list, &template);
    let table = &document.table;
    let said: Value = serde_json::from_slice(&json::render(&template, &list)).unwrap();
    for (at, (row, (.., expected, marked))) in list.rows.iter().zip(ROWS).enumerate() {
        let change = compare::within(row, &template).map(|change| (change.kind.id(), change.year));
        assert_eq!(change, *expected, "{at}");
        let change = &said["rows"][at]["change"];
        let change = change["kind"].as_str().map(|kind| (kind, change["year"].as_bool().unwrap()));
        assert_eq!(change, *expected, "{at}");
        let [disposition, new] = [2, 3].map(|col| {
            let cell = &table.rows[at].cells[col].content;
            let all = cell.paragraphs.concat();
            let marked = cut_at_marks(&all, 0, &cell.marks).filter(|(_, mark)| mark.is_some());
            marked.map(|(text, _)| text.to_owned()).collect::<String>()
        });
        assert_eq!(!disposition.is_empty(), expected.is_some(), "{at}");
        assert_eq!(new, *marked, "{at}");
    }
    let navigation = view::navigation(&list, &document, &template);
    let [(_, page), _] = pages(&template, &document, &navigation, &Vec::new(), &[]);
    let page = String::from_utf8(page).unwrap();
    let changes = list.rows.iter().filter_map(|row| compare::within(row, &template));
    let bars: usize = changes.filter(Change::is_of_value).map(|change| change.measures.len()).sum();
    assert_eq!(page.matches("<span class=\"change\">").count(), bars);
    let new_values = ROWS.iter().filter(|(.., marked)| !marked.is_empty()).count();
    let revised = ROWS.iter().filter(|(.., change, _)| change.is_some()).count();
    assert_eq!(page.matches("<u>").count(), new_values + revised);
}

#[test]
fn words_mark_what_is_new() {
    let mut template = template();
    template.page.mark_revised = RevisedMark::Words;
    let list = understand(&[source()], &template, None).value;
    let document = view::list(&list, &template);
    let table = &document.table;
    let shown = |at: usize| table.rows[at].cells[3].content.paragraphs.concat();
    assert_eq!(shown(1), "【改】5件／増やすため");
    assert_eq!(shown(5), "8箇所／同じ");
    assert_eq!(shown(6), "【改】（R2年度）8か所／延ばす");
    assert_eq!(table.rows[13].cells[2].content.paragraphs.concat(), "【改】削除");
}
