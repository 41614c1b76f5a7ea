//! Computed fields and grades by rules: what follows, what does not and why, and what departments computed themselves.

use super::{codes, said};
use kaitei::finding::Lang;
use kaitei::template::Template;

/// A list of indicators with a field to compute.
fn template(computed: &str) -> String {
    format!(
        r#"
kaitei = 2
document.title = "一覧"
columns = [{{ title = "指標", fields = ["name"], width = 10 }}]

[[fields]]
key = "name"
role = "name"

[[fields]]
key = "baseline"
role = "baseline"

[[fields]]
key = "actual"
role = "actual"

[[fields]]
key = "target"
role = "target"

[[fields]]
key = "result"
words = ["達成率"]
{computed}
"#
    )
}

#[test]
fn fields_are_computed_or_say_why_not() {
    const MISSING: &str = "（「実績値」に数値がないため、計算していません）";
    for (compute, baseline, actual, target, expected) in [
        ("ratio = ['actual', 'target']", "", "11件", "14件", "78.6％"),
        ("ratio = ['actual', 'target']", "", "99.0%以上", "99.0％", "100.0％"),
        ("ratio = ['actual', 'target']", "", "1,500千円", "2百万円", "75.0％"),
        ("ratio = ['actual', 'target']", "", "－", "14件", MISSING),
        ("ratio = ['actual', 'target']", "", "調査中", "14件", MISSING),
        ("ratio = ['actual', 'target']", "", "11件", "0件", "（割る数が0になるため、計算していません）"),
        (
            "ratio = ['actual', 'target']",
            "",
            "11件",
            "14人",
            "（「目標値」の単位または対象がほかの値と違うため、計算していません）",
        ),
        (
            "ratio = ['actual', 'target']",
            "",
            "3園・20人",
            "4園",
            "（「実績値」の数値が一つではないため、計算していません）",
        ),
        (
            "ratio = ['actual', 'target']",
            "",
            "3～4園",
            "4園",
            "（「実績値」の数値が一つではないため、計算していません）",
        ),
        ("progress = ['baseline', 'actual', 'target']", "20件", "35件", "50件", "50.0％"),
        ("progress = ['baseline', 'actual', 'target']", "100件", "80件", "50件", "40.0％"),
        (
            "progress = ['baseline', 'actual', 'target']",
            "50件",
            "30件",
            "50件",
            "（割る数が0になるため、計算していません）",
        ),
        ("difference = ['actual', 'target']", "", "1,234.5人", "2,000人", "△765.5人"),
        ("difference = ['actual', 'target']", "", "71.5％", "70％", "1.5ポイント"),
        ("difference = ['actual', 'target']", "", "1,500千円", "1,000千円", "500千円"),
        ("difference = ['actual', 'target']", "", "1,500千円", "2百万円", "△500,000円"),
        ("share = 'actual'", "", "11件", "14件", "84.6％"),
        ("sum = ['baseline', 'actual', 'target']", "1件", "2件", "3件", "6件"),
        ("sum = ['baseline', 'actual']", "1件", "", "3件", MISSING),
    ] {
        let csv = format!(
            "指標,現状値,実績値,目標値\n増,\"{baseline}\",\"{actual}\",\"{target}\"\n減,1件,2件,5件\n"
        );
        let (said, findings) = said(&template(&format!("compute = {{ {compute} }}")), &csv, "result");
        assert_eq!(
            (said[0].as_str(), codes(&findings)),
            (expected, vec![]),
            "{compute} {baseline} {actual} {target}"
        );
    }
    let down = template("compute = { ratio = ['actual', 'target'] }\ndirection = 'down'\nround = 0");
    let (said, _) = said(&down, "指標,実績値,目標値\n減,80件,50件\n", "result");
    assert_eq!(said, ["63％"]);
}

#[test]
fn what_a_department_computed_is_compared_in_its_own_rounding() {
    let template = template("compute = { ratio = ['actual', 'target'] }");
    for (own, listed, found) in [
        ("78.6％", "78.6％", &[][..]),
        ("79％", "78.6％", &[]),
        ("78.571", "78.6％", &[]),
        ("0.786", "78.6％", &[]),
        ("", "78.6％", &[]),
        ("78.5％", "78.6％", &["computed-differs D2"]),
        ("ほぼ達成", "78.6％", &["computed-differs D2"]),
    ] {
        let csv = format!("指標,実績値,目標値,達成率\n増,11件,14件,{own}\n");
        let (said, findings) = said(&template, &csv, "result");
        assert_eq!(
            (said[0].as_str(), codes(&findings)),
            (listed, found.iter().map(|&it| it.to_owned()).collect()),
            "{own}"
        );
    }
    let (said, findings) = said(&template, "指標,実績値,目標値,達成率\n増,11件,,78.6％\n", "result");
    assert_eq!(said, ["78.6％"]);
    assert_eq!(codes(&findings), ["computed-not D2"]);
    assert_eq!(
        findings[0].message(Lang::Ja),
        "「目標値」に数値がないため、「達成率」を計算できません。一覧には記入された「78.6％」を載せます"
    );
}

/// Two fields: a rate, and the grade that follows from it.
fn graded(choices: &str) -> String {
    template(&format!(
        "compute = {{ ratio = ['actual', 'target'] }}\n[[fields]]\nkey = 'grade'\nrole = 'grade'\nchoices = [{choices}]"
    ))
}

const GRADES: &str = r#"
    { code = "1", label = "◎", when = "result >= 100" },
    { code = "2", label = "○", when = ["result >= 80", "result < 100"] },
    { code = "3", label = "策", when = "actual = target" },
    { code = "4", label = "△" },
"#;

#[test]
fn grades_follow_from_rules_and_are_compared() {
    let template = graded(GRADES);
    for (actual, target, own, listed, found) in [
        ("14件", "14件", "", "◎", &[][..]),
        ("12件", "14件", "○", "○", &[]),
        ("1件", "14件", "△", "△", &[]),
        ("策定", "策定", "", "策", &[]),
        ("未策定", "策定", "", "△", &[]),
        ("1件", "14件", "◎", "△", &["grade-differs D2"]),
        ("", "", "◎", "◎", &[]),
    ] {
        let csv = format!("指標,実績値,目標値,評価\n増,{actual},{target},{own}\n");
        let (said, findings) = said(&template, &csv, "grade");
        assert_eq!(
            (said[0].as_str(), codes(&findings)),
            (listed, found.iter().map(|&it| it.to_owned()).collect()),
            "{actual} {target} {own}"
        );
    }
}

#[test]
fn slips_in_rules_are_said_with_what_to_write() {
    let choice = |when: &str| graded(&format!("{{ code = '1', label = '◎', when = {when} }}"));
    for (template, said) in [
        (choice("'reslt >= 100'"), "`when` of the choice `◎`: no field `reslt`; did you mean `result`?"),
        (
            choice("'result >='"),
            "`when = \"result >=\"` of the choice `◎` is no condition; write it like `rate >= 100`: the key of a field, a sign (> >= < <= = !=), and a figure, a key or 'words'",
        ),
        (
            choice("'result 100'"),
            "`when = \"result 100\"` of the choice `◎` is no condition; write it like `rate >= 100`: the key of a field, a sign (> >= < <= = !=), and a figure, a key or 'words'",
        ),
        (
            choice("'name > 3'"),
            "`when = \"name > 3\"` of the choice `◎` compares what has no order; figures have one, words are compared by = or !=",
        ),
        (
            graded(
                "{ code = '1', label = '◎', when = 'result > 1' }, { code = '2', label = '○' }, { code = '3', label = '△' }",
            ),
            "field `grade`: several choices have no `when`, or are `unknown`",
        ),
        (
            self::template("compute = { ratio = ['actul', 'target'] }"),
            "`compute` of the field `result`: no field `actul`; did you mean `actual`?",
        ),
        (
            self::template("compute = { ratio = ['name', 'target'] }"),
            "`compute` of the field `result`: `name` holds no figures (`kind = \"number\"` or the like)",
        ),
        (
            self::template("compute = { sum = ['actual', 'result'] }"),
            "the field `result` follows from `result`; write `result` before it",
        ),
        (
            self::template("compute = { ratio = ['actual', 'target'] }\nround = 11"),
            "field `result`: `round` = 11 is out of range (0 to 10)",
        ),
        (
            self::template("compute = { ratio = ['actual', 'target'] }\ntimes = ['令和5年度']"),
            "the field `result` has `times` and `compute`; write a computed field for each of the times",
        ),
        (
            self::template("allow = ['未定']"),
            "field `result`: `allow` is for the kinds number, money, percent, date, year and link",
        ),
        (
            self::template("round = 1"),
            "field `result`: `round`, `direction` and `elapsed` are for fields with `compute`",
        ),
    ] {
        let message = Template::parse("t", &template).unwrap_err();
        assert!(message.text(Lang::En).contains(said), "{}\n{said}", message.text(Lang::En));
    }
}

/// What a kind cannot be read as is found, unless the template says that it is right.
#[test]
fn words_that_a_template_allows_are_right() {
    for (kind, own, found) in [
        ("date", "定めなし", true),
        ("date", "令和7年3月31日", false),
        ("number", "若干名", true),
        ("money", "実費", true),
        ("percent", "実績による", true),
        ("year", "随時", true),
        ("link", "準備中", true),
    ] {
        let csv = format!("指標,目標値,達成率\n増,1件,{own}\n");
        let expected = if found { vec!["content-unexpected C2".to_owned()] } else { vec![] };
        let without = format!("kind = '{kind}'");
        let (_, findings) = said(&template(&without), &csv, "result");
        assert_eq!(codes(&findings), expected, "{kind} {own}");
        let allowed = format!("{without}\nallow = ['{own}']");
        let (said, findings) = said(&template(&allowed), &csv, "result");
        assert_eq!((said[0].as_str(), codes(&findings)), (own, vec![]), "{kind} {own}");
    }
}

/// Codes with their names are a vocabulary that prints its codes.
#[test]
fn codes_may_have_names() {
    let template = template("kind = 'code'\nchoices = [{ code = '0101', label = '子育て' }]");
    let (said, findings) = said(&template, "指標,目標値,達成率\n増,1件,０１０１\n減,1件,0102\n", "result");
    assert_eq!((said[0].as_str(), codes(&findings)), ("子育て", vec!["choice-unknown C3".to_owned()]));
}
