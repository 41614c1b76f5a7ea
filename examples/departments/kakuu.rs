//! The forms of an invented city: three levels of groups, other columns, another vocabulary.

use crate::form::{Cell, Column, Form, Format, Labels, choice, entry, group, text, under};
use crate::list::Row;
use crate::notation::{below, beside, number, or_mark, project_number};

const CREATED: (u16, u8, u8) = (2025, 8, 1);
const GOAL: &[&str] = &["goal"];
const DIRECTION: &[&str] = &["goal", "direction"];
const MEASURE: &[&str] = &["goal", "direction", "measure"];

/// All forms, in the order of their files.
pub(crate) fn forms() -> Vec<Form> {
    vec![regional(), children(), general_affairs()]
}

/// A two-row header and labels merged on three levels.
fn regional() -> Form {
    const BEFORE: &str = "当初の目標と進捗";
    const AFTER: &str = "令和7年度の見直し";
    Form {
        file: "01_地域振興部.xlsx",
        created: CREATED,
        format: Format::Workbook("調査票"),
        projects: &[1..=19],
        above: &[
            "デジタル田園都市国家構想総合戦略　ＫＰＩ見直し調査票",
            "地域振興部　令和7年8月29日締切",
            "",
        ],
        below: &["※　見直し区分は、Ａ 拡充、Ｂ 継続、Ｃ 縮小、Ｄ 休止、Ｅ 終了から選ぶこと。"],
        columns: vec![
            entry("番号", 6, project_number),
            group("基本目標", 16, GOAL, str::to_owned),
            group("基本的方向", 18, DIRECTION, str::to_owned),
            group("具体的施策", 18, MEASURE, str::to_owned),
            entry("重要業績評価指標（ＫＰＩ）", 30, |row| text(row.get("indicator"))),
            under(BEFORE, entry("基準値", 16, |row| text(or_mark(below(row, "baseline"), "－")))),
            under(BEFORE, entry("実績値", 16, |row| text(below(row, "actual")))),
            under(BEFORE, entry("目標値", 16, |row| text(below(row, "target")))),
            under(AFTER, choice("見直し区分", 12, |row| text(lettered(row)))),
            under(AFTER, entry("新たな目標値", 16, |row| text(below(row, "new_target")))),
            under(AFTER, entry("見直しの理由", 32, |row| text(row.get("reason")))),
            section(),
        ],
        labels: Labels::Merged,
        look: ("游ゴシック", 0x00FC_E4D6),
        choices: &["A 拡充", "B 継続", "C 縮小", "D 休止", "E 終了"],
        instructions: &[],
    }
}

/// Another order, labels once, years in columns of their own, numbers dressed by their formats.
fn children() -> Form {
    Form {
        file: "02_こども教育部.xlsx",
        created: CREATED,
        format: Format::Workbook("こども教育部"),
        projects: &[20..=26],
        above: &["ＫＰＩ見直し調査票（こども教育部）"],
        below: &[],
        columns: vec![
            section(),
            group("基本目標", 16, GOAL, str::to_owned),
            group("施策の基本的方向", 18, DIRECTION, str::to_owned),
            group("具体的な施策", 18, MEASURE, str::to_owned),
            entry("番号", 6, project_number),
            entry("指　標", 26, |row| text(row.get("indicator"))),
            entry("基準値", 14, |row| number(row.get("baseline"))),
            entry("基準年度", 10, |row| text(row.get("baseline_at"))),
            entry("実績値", 14, |row| number(row.get("actual"))),
            entry("実績年度", 10, |row| text(row.get("actual_at"))),
            entry("目標値", 14, |row| number(row.get("target"))),
            entry("目標年度", 10, |row| text(row.get("target_at"))),
            choice("見直し区分", 8, |row| text(row.get("disposition"))),
            entry("新たな目標値", 12, |row| number(row.get("new_target"))),
            entry("新目標年度", 10, |row| text(row.get("new_target_at"))),
            entry("見直しの理由", 28, |row| text(row.get("reason"))),
            entry("確認欄", 8, |_| text("済")),
        ],
        labels: Labels::First,
        look: ("ＭＳ Ｐゴシック", 0x00E7_E6E6),
        choices: &["拡充", "継続", "縮小", "休止", "終了"],
        instructions: &[],
    }
}

/// A CSV in UTF-8 without title row.
fn general_affairs() -> Form {
    Form {
        file: "03_総務部.csv",
        created: CREATED,
        format: Format::Utf8,
        projects: &[27..=36],
        above: &[],
        below: &[],
        columns: vec![
            group("基本目標", 0, GOAL, str::to_owned),
            group("基本的方向", 0, DIRECTION, str::to_owned),
            group("具体的施策", 0, MEASURE, str::to_owned),
            entry("番号", 0, |row| text(row.get("project_no"))),
            entry("KPI", 0, |row| text(row.get("indicator"))),
            choice("見直し区分", 0, |row| text(lettered(row).replace(' ', "　"))),
            entry("基準値", 0, |row| text(beside(row, "baseline"))),
            entry("実績値", 0, |row| text(beside(row, "actual"))),
            entry("目標値", 0, |row| text(beside(row, "target"))),
            entry("新たな目標値", 0, |row| text(or_mark(beside(row, "new_target"), "－"))),
            entry("見直しの理由", 0, |row| text(or_mark(row.get("reason").to_owned(), "－"))),
            section(),
        ],
        labels: Labels::Repeated,
        look: ("", 0),
        choices: &[],
        instructions: &[],
    }
}

fn section() -> Column {
    fn cell(row: &Row) -> Cell {
        text(row.get("section"))
    }
    entry("所管課", 16, cell)
}

/// `A 拡充`, by the letter that the form's list of choices gives the word.
fn lettered(row: &Row) -> String {
    let letter = match row.get("disposition") {
        "拡充" => "A ",
        "継続" => "B ",
        "縮小" => "C ",
        "休止" => "D ",
        "終了" => "E ",
        _ => "",
    };
    format!("{letter}{}", row.get("disposition"))
}
