//! The form in a new project: what a planning section might send to its departments.

use crate::form::{Form, Format, Labels, choice, entry, group, text, under};
use crate::notation::{below, or_mark, project_number};

const GOAL: &[&str] = &["goal"];
const POLICY: &[&str] = &["goal", "policy"];
const NEXT: &str = "令和8年度の取扱";

/// The one form.
pub(crate) fn forms() -> Vec<Form> {
    vec![Form {
        file: "sample.xlsx",
        created: (2025, 12, 1),
        format: Format::Workbook("調査票"),
        projects: &[1..=99],
        above: &["○○市総合戦略　ＫＰＩ調査票", "企画課　令和8年1月16日締切", ""],
        below: &["※　見本です。行を書き換え、または各課のファイルに置き換えてください。"],
        columns: vec![
            group("基本目標", 18, GOAL, str::to_owned),
            group("施策", 20, POLICY, str::to_owned),
            entry("重要業績評価指標（ＫＰＩ）", 30, |row| text(row.get("indicator"))),
            entry("該当事業№", 8, project_number),
            entry("所管課", 14, |row| text(row.get("department"))),
            entry("現状値", 14, |row| text(or_mark(below(row, "baseline"), "－"))),
            entry("目標値", 14, |row| text(below(row, "target"))),
            under(NEXT, choice("取扱", 10, |row| text(row.get("disposition")))),
            under(NEXT, entry("新たな目標値の年度", 12, |row| text(row.get("new_target_at")))),
            under(NEXT, entry("新たな目標値", 14, |row| text(row.get("new_target")))),
            under(NEXT, entry("理由", 32, |row| text(row.get("reason")))),
        ],
        labels: Labels::Merged,
        look: ("游ゴシック", 0x00DD_EBF7),
        choices: &["維持", "修正", "削除"],
        instructions: &[],
    }]
}
