//! The forms of Meguro's departments: the same list, filled in by four hands.

use crate::form::{Cell, Form, Format, Labels, choice, entry, group, text, under};
use crate::list::Row;
use crate::notation::{
    below, beside, broken, full_width, half_width_signs, joint, number, or_mark, project_number,
};

const CREATED: (u16, u8, u8) = (2019, 11, 29);
const GOAL: &[&str] = &["goal"];
const POLICY: &[&str] = &["goal", "policy"];

/// All forms, in the order of their files.
pub(crate) fn forms() -> Vec<Form> {
    vec![childcare(), health(), city_planning(), industry()]
}

/// A two-row header, merged labels, years below the values, new target and reason in one cell.
fn childcare() -> Form {
    const NEW: &str = "令和2（2020）年度の取扱";
    Form {
        file: "01_子育て支援部.xlsx",
        created: CREATED,
        format: Format::Workbook("調査票"),
        projects: &[1..=21],
        above: &[
            "まち・ひと・しごと総合戦略　重要業績評価指標（ＫＰＩ）調査票",
            "所管課：子育て支援課　令和元年12月20日締切",
            "",
        ],
        below: &[],
        columns: vec![
            group("基本目標", 30, GOAL, broken),
            group("施策", 37, POLICY, broken),
            entry("重要業績評価指標（ＫＰＩ）", 30, |row| text(row.get("indicator"))),
            entry("該当\n事業№", 8, project_number),
            entry("現状値\n(計画策定時）", 20, |row| text(or_mark(below(row, "baseline"), "－"))),
            entry("令和元（2019）年度\nまでの目標設定", 20, |row| text(below(row, "target"))),
            under(NEW, choice("ＫＰＩの設定", 12, numbered)),
            under(
                NEW,
                entry("新たなKPIと設定理由\n（削除の場合はその理由）", 36, |row| {
                    text(joint(row))
                }),
            ),
        ],
        labels: Labels::Merged,
        look: ("ＭＳ Ｐゴシック", 0x00DD_EBF7),
        choices: &["1.維持", "2.修正", "3.削除"],
        instructions: &[
            "記入要領",
            "１　各欄に記入し、期日までに企画経営部へ提出してください。",
            "２　ＫＰＩの設定は、プルダウンから「1.維持」「2.修正」「3.削除」のいずれかを選んでください。",
            "３　「2.修正」とする場合は、年度、新たなＫＰＩ、理由の順に「（R2年度）3園／…のため。」のように記入してください。",
            "４　「3.削除」とする場合は、その理由を記入してください。",
            "※　行や列の追加、セルの結合の変更はしないでください。",
        ],
    }
}

/// Other words and another order, spread headers, labels once, everything in its own column, full-width digits.
fn health() -> Form {
    Form {
        file: "02_健康福祉部.xlsx",
        created: CREATED,
        format: Format::Workbook("R2見直し"),
        projects: &[29..=37, 59..=60],
        above: &["令和２年度　ＫＰＩの見直しについて（健康福祉部）", ""],
        below: &["※　年度に元号のないものは平成。"],
        columns: vec![
            entry("連番", 6, |row| text(row.position.to_string())),
            group("基　本　目　標", 20, GOAL, str::to_owned),
            group("施　　策", 22, POLICY, str::to_owned),
            entry("該当事業番号", 8, project_number),
            entry("評　価　指　標", 28, |row| text(row.get("indicator"))),
            choice("取扱", 10, |row| text(full_width(&numbered_text(row)).replace('.', "．"))),
            entry("現　状　値", 16, |row| number(row.get("baseline"))),
            entry("現状値の年度", 10, |row| text(row.get("baseline_at"))),
            entry("目　標　値", 20, |row| text(widened(row, beside(row, "target")))),
            entry("新KPIの年度", 10, |row| text(widened(row, row.get("new_target_at").to_owned()))),
            entry("新たなKPI", 20, |row| text(row.get("new_target"))),
            entry("設定理由（削除の場合はその理由）", 28, |row| text(row.get("reason"))),
            entry("備考", 14, |row| match row.get("project_no") {
                "60" => text("障害施策推進課と調整済"),
                _ => text(""),
            }),
        ],
        labels: Labels::First,
        look: ("游ゴシック", 0x00E2_EFDA),
        choices: &[],
        instructions: &[],
    }
}

/// A one-row header and labels in every row; years behind the values.
fn city_planning() -> Form {
    Form {
        file: "03_都市整備部.xlsx",
        created: CREATED,
        format: Format::Workbook("都市整備部"),
        projects: &[38..=52],
        above: &["総合戦略ＫＰＩ調査票【都市整備部】"],
        below: &[],
        columns: vec![
            group("基本目標", 20, GOAL, str::to_owned),
            group("施策", 22, POLICY, str::to_owned),
            entry("事業№", 7, project_number),
            entry("指標名", 30, |row| text(row.get("indicator"))),
            entry("現状値", 20, |row| text(beside(row, "baseline"))),
            entry("目標値", 20, |row| text(beside(row, "target"))),
            choice("KPIの設定", 10, |row| text(row.get("disposition"))),
            entry("新たなKPIと設定理由", 36, |row| text(joint(row).replace('／', "／\n"))),
        ],
        labels: Labels::Repeated,
        look: ("ＭＳ ゴシック", 0x00FF_F2CC),
        choices: &[],
        instructions: &[],
    }
}

/// A CSV that Excel saved: half-width signs in some rows, `Ｒ3年度`, dashes where there is nothing.
fn industry() -> Form {
    Form {
        file: "04_産業経済部.csv",
        created: CREATED,
        format: Format::Cp932,
        projects: &[54..=55, 64..=75],
        above: &["令和2年度KPI調査票（産業経済部）"],
        below: &[],
        columns: vec![
            group("基本目標", 0, GOAL, half_width_head),
            group("施策", 0, POLICY, half_width_head),
            entry("重要業績評価指標（KPI）", 0, |row| text(row.get("indicator"))),
            entry("該当事業№", 0, |row| text(row.get("project_no"))),
            entry("現状値(計画策定時)", 0, |row| {
                text(or_mark(signs(row, below(row, "baseline")), "―"))
            }),
            entry("令和元(2019)年度までの目標設定", 0, |row| {
                text(signs(row, below(row, "target")))
            }),
            choice("KPIの設定", 0, numbered),
            entry("新たなKPIと設定理由\n(削除の場合はその理由)", 0, |row| {
                text(or_mark(joint(row).replace("（R", "（Ｒ"), "―"))
            }),
        ],
        labels: Labels::Repeated,
        look: ("", 0),
        choices: &[],
        instructions: &[],
    }
}

fn numbered(row: &Row) -> Cell {
    text(numbered_text(row))
}

/// `1.維持`, as the published list prints it.
fn numbered_text(row: &Row) -> String {
    let number = match row.get("disposition") {
        "維持" => "1.",
        "修正" => "2.",
        "削除" => "3.",
        _ => "",
    };
    format!("{number}{}", row.get("disposition"))
}

/// Every other row in full-width digits.
fn widened(row: &Row, entry: String) -> String {
    if row.is_even() { full_width(&entry) } else { entry }
}

/// Every other row with half-width signs.
fn signs(row: &Row, entry: String) -> String {
    if row.is_even() { half_width_signs(&entry) } else { entry }
}

/// A label whose number is half-width: `3　新たな…`.
fn half_width_head(label: &str) -> String {
    let numbers = [('１', "1"), ('２', "2"), ('３', "3")];
    let head = numbers.into_iter().find_map(|(full, half)| Some((half, label.strip_prefix(full)?)));
    head.map_or_else(|| label.to_owned(), |(half, rest)| format!("{half}{rest}"))
}
