//! What stands around a form and belongs to no record, made from parts: who, what was done, how far it is, when, numbers.

use super::dice::Dice;
use super::sheet::{Cell, Sheet};

const ROLES: [&str; 10] =
    ["部長", "次長", "課長", "課長補佐", "係長", "主査", "主任", "担当", "所属長", "統括官"];
const OFFICES: [&str; 10] =
    ["企画", "財政", "総務", "福祉", "子育て支援", "政策推進", "情報", "環境", "議会", "秘書"];
const UNITS: [&str; 5] = ["課", "部", "係", "室", "担当"];
const ACTS: [&str; 14] = [
    "確認", "決裁", "受付", "協議", "照合", "点検", "審査", "供覧", "回付", "入力", "提出", "起案", "校閲",
    "照会",
];

/// A person or an office.
fn who(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => dice.pick(&ROLES).to_owned(),
        1 => format!("{}{}", dice.pick(&OFFICES), dice.pick(&UNITS)),
        _ => format!("{}{}", dice.pick(&OFFICES), dice.pick(&["課長", "係長", "部長", "課主査"])),
    }
}

/// A day of December, in any of its grammars.
fn day(dice: &mut Dice) -> String {
    let n = 1 + dice.below(28);
    let weekday = ["日", "月", "火", "水", "木", "金", "土"][(n - 1) % 7];
    match dice.below(8) {
        0 => format!("令和元年12月{n}日"),
        1 => format!("R1.12.{n}"),
        2 => format!("2019/12/{n:02}"),
        3 => format!("12月{n}日（{weekday}）"),
        4 => format!("12/{n}"),
        5 => format!("12月{n}日"),
        6 => format!("令和元年12月{n}日（{weekday}）"),
        _ => format!("R元.12.{n}"),
    }
}

/// How far something is.
fn state(dice: &mut Dice) -> String {
    match dice.below(9) {
        0 => day(dice),
        1 => format!("{} {}", day(dice), dice.pick(&["了", "済", "完了"])),
        2 => who(dice),
        _ => dice.pick(&["済", "未", "了", "OK", "印", "㊞", "不要", "省略", "済み", "未了"]).to_owned(),
    }
}

/// A label and what stands beside it.
fn pair(dice: &mut Dice) -> (String, String) {
    let number = 100 + dice.below(9000);
    match dice.below(6) {
        0 => (format!("{}{}", dice.pick(&ACTS), dice.pick(&["者", "済", "印", "欄"])), state(dice)),
        1 => (
            dice.pick(&["文書番号", "ファイル番号", "起案番号", "収受番号"]).to_owned(),
            file_number(number, dice),
        ),
        2 => (dice.pick(&["部内", "庁内", "課内", "関係課"]).to_owned() + dice.pick(&ACTS), state(dice)),
        3 => {
            let year = dice.pick(&["前年度", "昨年度", "前回", "30年度"]);
            let what = dice.pick(&["の件数", "の回答数", "の調査件数", "の取扱件数", "の提出数"]);
            (format!("（参考）{year}{what}"), dice.below(99).to_string())
        }
        _ => {
            let object = dice.pick(&["欄", "印", "日", "", "者", "結果"]);
            (format!("{}{}{object}", who(dice), dice.pick(&ACTS)), state(dice))
        }
    }
}

fn file_number(number: usize, dice: &mut Dice) -> String {
    format!(
        "{}{}第{number}号",
        dice.pick(&["目", "子", "健", "総"]),
        dice.pick(&["企企", "財", "福第二", "政"])
    )
}

/// A line that stands for itself.
fn line(dice: &mut Dice) -> String {
    let n = 1 + dice.below(9);
    match dice.below(14) {
        0 => format!(
            "{}{}",
            dice.pick(&["機密性", "秘密度", "情報区分："]),
            dice.pick(&["２", "B", "Ⅱ", "１"])
        ),
        1 => dice.pick(&["取扱注意", "部外秘", "庁内限り", "関係者限り", "公表前"]).to_owned(),
        2 => {
            let word = dice.pick(&["提出期限", "締切", "回答期限", "〆切", "提出締切"]);
            let end = dice.pick(&["", "17時必着", "　厳守", "まで", "（必着）"]);
            format!("{word}{}{}{end}", dice.pick(&["：", "　"]), day(dice))
        }
        3 => {
            let word = dice.pick(&["印刷日時", "出力日", "作成日時", "更新日", "保存日時"]);
            format!("{word}：{} {}:{:02}", day(dice), 8 + n, 7 * n)
        }
        4 => match dice.below(4) {
            0 => format!("p.{n}"),
            1 => format!("{n}/12"),
            2 => format!("－ {n} －"),
            _ => format!("{n}ページ"),
        },
        5 => format!("第{n}回{}　資料{n}－１", dice.pick(&["推進本部会議", "庁内連絡会", "検討部会"])),
        6 => format!("様式第{n}号（第{}条関係）", n + 2),
        7 => format!("{}　{}{}", day(dice), dice.pick(&OFFICES), dice.pick(&UNITS)),
        8 => dice.pick(&["（案）", "【素案】", "ver.2", "（修正版）", "【未定稿】"]).to_owned(),
        9 => format!("{}は変更しないでください", dice.pick(&["ファイル名", "シート名", "書式", "行の高さ"])),
        10 => dice
            .pick(&["※太枠内を記入", "※網掛けは記入不要", "※黄色のセルに記入", "※記入漏れに注意"])
            .to_owned(),
        11 => format!("本調査票は{}時点で作成", day(dice)),
        12 => format!("№　　／{}", 10 + n),
        _ => format!("所属　　　　　　　　電話　　　　（内線{}）", 2000 + n),
    }
}

/// A remark at a row of the table.
fn remark(dice: &mut Dice) -> String {
    match dice.below(5) {
        0 => format!("←{}", dice.pick(&["要確認", "前回と同じ", "修正済", "根拠は？", "再確認", "調整中"])),
        1 => format!("{} {}{}", day(dice), dice.pick(&["電話で", "口頭で", "メールで"]), dice.pick(&ACTS)),
        2 => format!("{}に照会中", who(dice)),
        3 => format!("{}{}", dice.pick(&ACTS), dice.pick(&["済", "中", "待ち"])),
        _ => dice.pick(&["？", "OK", "済", "！", "要修正", "ok"]).to_owned(),
    }
}

/// Writes what stands above a form that is as wide as `width`; the row where the form begins.
pub(crate) fn above(sheet: &mut Sheet, (top, left): (u32, u16), width: u16, dice: &mut Dice) -> u32 {
    let mut row = top;
    for _ in 0..dice.below(4) {
        let col = left
            + if dice.once_in(2) { 0 } else { u16::try_from(dice.below(width.into())).expect("columns") };
        if dice.once_in(5) {
            row = signatures(sheet, (row, col), dice);
        } else if dice.once_in(4) {
            let (label, state) = pair(dice);
            sheet.text(row, col, &label);
            sheet.text(row, col + 1, &state);
        } else {
            sheet.text(row, col, &line(dice));
        }
        row += 1;
    }
    row + u32::from(row > top && dice.once_in(2))
}

/// A box of roles with room for their stamps; its last row.
fn signatures(sheet: &mut Sheet, (row, left): (u32, u16), dice: &mut Dice) -> u32 {
    let first = dice.below(5);
    for (col, role) in (left..).zip(&ROLES[first..first + 3 + dice.below(2)]) {
        sheet.text(row, col, role);
        if dice.once_in(3) {
            sheet.text(row + 1, col, dice.pick(&["印", "㊞", "済", "（印）"]));
        }
    }
    row + 1 + u32::from(dice.once_in(2))
}

/// Writes what stands below a form. Without an empty row only where the first column is no value's (`close`).
pub(crate) fn below(sheet: &mut Sheet, left: u16, close: bool, dice: &mut Dice) {
    let mut row = sheet.end() + u32::from(!close || dice.once_in(2));
    let width = usize::from(sheet.right().saturating_sub(left)).clamp(1, 8);
    for _ in 0..=dice.below(3) {
        let is_close = row == sheet.end();
        let col = left + if is_close { 0 } else { u16::try_from(dice.below(width)).expect("columns") };
        if dice.once_in(3) {
            sheet.text(row, col, &line(dice));
        } else {
            let (label, state) = pair(dice);
            sheet.text(row, col, &label);
            if state.bytes().all(|b| b.is_ascii_digit()) {
                let number = state.parse().expect("a small number");
                sheet.cells.insert((row, col + 1), Cell::Number(number, "General".into(), state));
            } else {
                sheet.text(row, col + 1, &state);
            }
        }
        row += 1;
        // Inside of the frame, as one more of its rows.
        if is_close && let Some(frame) = sheet.frames.last_mut() {
            frame.2 = row - 1;
        }
    }
}

/// Writes remarks right of the rows of a form; beside its last column only if `close`.
pub(crate) fn beside(sheet: &mut Sheet, close: bool, dice: &mut Dice) {
    let right = sheet.right();
    for (top, _, bottom, _) in sheet.frames.clone() {
        for row in top + 1..=bottom {
            if dice.once_in(6) {
                let gap = u16::from(!close || dice.once_in(2));
                sheet.text(row, right + gap, &remark(dice));
            }
        }
    }
}

/// Writes a table of something else beside the form or below it.
pub(crate) fn other_table(sheet: &mut Sheet, left: u16, dice: &mut Dice) {
    let (row, col) = if dice.once_in(2) {
        (sheet.frames.first().map_or(0, |frame| frame.0), sheet.right() + 1 + u16::from(dice.once_in(2)))
    } else {
        (sheet.end() + 2, left + u16::from(dice.once_in(2)))
    };
    let (title, head, lines): (&str, &[&str], usize) = match dice.below(3) {
        0 => ("【参考】予算の状況", &["事業費", "予算額（千円）", "決算額（千円）"], 2),
        1 => ("職員数", &["職名", "人数"], 3),
        _ => ("（参考）会議の開催状況", &["会議名", "開催日", "出席者数"], 3),
    };
    sheet.text(row, col, title);
    for (at, text) in (col..).zip(head) {
        sheet.text(row + 1, at, text);
    }
    for line in 0..lines {
        let row = row + 2 + u32::try_from(line).expect("few");
        let first = match head.len() {
            2 => ROLES[2 * line].to_owned(),
            _ if head[0] == "会議名" => format!("第{}回{}会議", line + 1, dice.pick(&OFFICES)),
            _ => ["人件費", "委託料"][line].to_owned(),
        };
        sheet.text(row, col, &first);
        for at in 1..head.len() {
            let number = u32::try_from(1 + dice.below(9000)).expect("small");
            let at = col + u16::try_from(at).expect("few");
            if head[usize::from(at - col)] == "開催日" {
                sheet.text(row, at, &day(dice));
            } else {
                let cell = Cell::Number(f64::from(number), "#,##0".into(), grouped(number));
                sheet.cells.insert((row, at), cell);
            }
        }
    }
}

fn grouped(number: u32) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}
