//! The order of rows: by the numbers of labels, and by any fields.

use super::said;
use kaitei::finding::Lang;
use kaitei::template::Template;

/// A list with a field of each kind, in an order.
fn template(order: &str) -> String {
    format!(
        r#"
kaitei = 2
document.title = "一覧"
order.by = {order}
groups = [{{ key = "goal", words = ["目標"] }}]
columns = [{{ title = "事業", fields = ["name"], width = 10 }}]
fields = [
    {{ key = "name", role = "name", words = ["事業名"] }},
    {{ key = "code", kind = "code", words = ["コード"] }},
    {{ key = "reading", words = ["読み"] }},
    {{ key = "budget", kind = "money", words = ["予算"] }},
    {{ key = "begun", kind = "date", words = ["開始"] }},
    {{ key = "memo", words = ["庁内メモ"], publish = false }},
    {{ key = "mark", kind = "choice", words = ["評価"], choices = [{{ code = "1", label = "高い" }}, {{ code = "2", label = "低い" }}] }},
]
"#
    )
}

const FORM: &str = "目標,事業名,コード,読み,予算,開始,評価,庁内メモ
Ⅰ-10　安心,甲,A-10,がっこう,\"1,200円\",令和2年4月1日,低い,1
Ⅰ-3　仕事,乙,Ａ－２,カード,800円,H28.4.1,高い,2
Ⅱ-1　みどり,丙,B-1,かいご,調査中,,,3
Ⅰ-3　仕事,丁,,,３千円,昭和60年4月1日,高い,4
";

#[test]
fn rows_stand_in_the_order_of_any_fields() {
    for (order, names) in [
        ("'number'", "乙丁甲丙"),
        ("'source'", "甲乙丁丙"),
        ("['code']", "乙甲丙丁"),
        ("'code'", "乙甲丙丁"),
        ("['-code']", "丙甲乙丁"),
        ("['reading']", "乙丙甲丁"),
        ("['budget']", "乙甲丁丙"),
        ("['-budget']", "丁甲乙丙"),
        ("['begun']", "丁乙甲丙"),
        ("['mark', '-budget']", "丁乙甲丙"),
        ("['goal', 'budget']", "乙丁甲丙"),
        ("['-goal', '-code']", "丙甲乙丁"),
    ] {
        let (said, _) = said(&template(order), FORM, "name");
        assert_eq!(said.concat(), names, "{order}");
    }
}

#[test]
fn numbers_of_labels_are_compared_as_numbers_in_every_form() {
    for labels in [
        ["1-1-2　甲", "1-1-10　乙", "1-2-1　丙"],
        ["基本目標二　甲", "基本目標三　乙", "基本目標十　丙"],
        ["A-2　甲", "Ａ-10　乙", "B-1　丙"],
        ["第１章　甲", "第2章　乙", "第10章　丙"],
    ] {
        let rows: Vec<String> =
            [2, 0, 1].iter().map(|&at| format!("{},{},,,,,,\n", labels[at], labels[at])).collect();
        let csv = format!("{}\n{}", FORM.lines().next().unwrap(), rows.concat());
        let (said, findings) = said(&template("'number'"), &csv, "name");
        let last = |text: &String| text.chars().next_back().unwrap();
        assert_eq!(said.iter().map(last).collect::<String>(), "甲乙丙", "{findings:?}");
    }
}

#[test]
fn slips_in_orders_are_said() {
    for (order, said) in [
        ("['cde']", "`order.by`: no field `cde`; did you mean `code`?"),
        ("'numbr'", "`order.by`: no field `numbr`; did you mean `number`?"),
        ("[]", "`order.by` names no field"),
        ("['memo']", "`order.by` names the field `memo`, which has `publish = false`"),
    ] {
        let message = Template::parse("t", &template(order)).unwrap_err();
        assert!(message.text(Lang::En).contains(said), "{}\n{said}", message.text(Lang::En));
    }
}
