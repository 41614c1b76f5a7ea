//! The files of the departments: who sends which rows, on which sheets, with what around them.

use super::book::{delimited, workbook};
use super::dice::Dice;
use super::documents::looks;
use super::furniture;
use super::reference::{DISPOSITIONS, Row};
use super::sheet::Sheet;
use super::table::Writer;
use super::twist::{Twist, Twists};
use kaitei::pipeline::Source;

/// Every file of one seed: together they are the whole list.
pub(crate) fn sources(rows: &[Row], twists: &Twists, dice: &mut Dice) -> Vec<Source> {
    let has = |twist| twists.contains(&twist);
    let mut sources = Vec::new();
    for (i, rows) in departments(rows, twists, dice).iter().enumerate() {
        let name = dice.pick(&["健康福祉部", "調査票", "子育て支援部", "都市整備部（修正版）", "様式１"]);
        let sheets = sheets(rows, twists, dice);
        if has(Twist::Delimited) {
            for (j, sheet) in sheets.iter().filter(|sheet| !sheet.hidden).enumerate() {
                let bytes = delimited(sheet, dice);
                sources.push(Source::new(format!("{i:02}_{name}_{j}.csv"), bytes));
            }
        } else {
            sources.push(Source::new(format!("{i:02}_{name}.xlsx"), workbook(&sheets, twists)));
        }
    }
    sources
}

/// Each department's rows; rows of one project stay in order.
fn departments(rows: &[Row], twists: &Twists, dice: &mut Dice) -> Vec<Vec<Row>> {
    if !twists.contains(&Twist::ManyFiles) {
        return vec![rows.to_vec()];
    }
    let count = 2 + dice.below(2);
    let mut departments = vec![Vec::new(); count];
    let by_project = dice.once_in(2);
    let owners: Vec<usize> = (0..100).map(|_| dice.below(count)).collect();
    for (i, row) in rows.iter().enumerate() {
        let number: usize = row.number.parse().expect("a project's number");
        let owner = if by_project { owners[number] } else { i * count / rows.len() };
        departments[owner].push(row.clone());
    }
    departments.retain(|rows| !rows.is_empty());
    departments
}

/// The sheets of one department's workbook.
fn sheets(rows: &[Row], twists: &Twists, dice: &mut Dice) -> Vec<Sheet> {
    let has = |twist| twists.contains(&twist);
    let mut sheets = Vec::new();
    if has(Twist::InstructionSheet) && !has(Twist::Delimited) {
        sheets.push(instructions(dice));
    }
    let by_goal = has(Twist::GoalSheets) || has(Twist::GoalSheetNames) || has(Twist::GoalBesideTitle);
    let parts: Vec<&[Row]> = if by_goal {
        rows.chunk_by(|a, b| a.goal == b.goal).collect()
    } else if has(Twist::SpreadOverSheets) && rows.len() > 1 {
        <[&[Row]; 2]>::from(rows.split_at(rows.len() / 2)).into()
    } else {
        vec![rows]
    };
    for (i, part) in parts.into_iter().enumerate() {
        let name = if has(Twist::GoalSheetNames) {
            let (number, label) = part[0].goal.split_once('　').expect("a numbered label");
            let name = dice.pick(&["基本目標", "目標"]);
            let whole = format!("{name}{number}　{label}");
            if whole.chars().count() <= 31 { whole } else { part[0].goal.clone() }
        } else {
            format!("{}{}", dice.pick(&["調査票", "Sheet", "様式"]), i + 1)
        };
        sheets.push(sheet(&name, part, twists, dice));
    }
    if has(Twist::HiddenSheet) {
        let mut old = sheet("昨年度", &rows[..1], twists, dice);
        old.hidden = true;
        sheets.push(old);
    }
    if has(Twist::MemoSheet) && !has(Twist::Delimited) {
        let mut memo = Sheet::new("メモ");
        memo.text(1, 1, "課内で確認中。目標値は12月に確定。");
        memo.text(2, 1, "KPI");
        memo.text(2, 2, "担当に確認");
        memo.text(5, 3, "内線2345");
        sheets.push(memo);
    }
    if has(Twist::ChoiceSheet) && !has(Twist::Delimited) {
        let mut lists = Sheet::new("リスト");
        for (col, (title, items)) in
            (0_u16..).zip([("KPIの取扱い", &DISPOSITIONS[..]), ("年度", &["R2年度", "R3年度"])])
        {
            lists.text(0, col, title);
            for (row, item) in (1_u32..).zip(items) {
                lists.text(row, col, item);
            }
        }
        sheets.push(lists);
    }
    sheets
}

/// One sheet with a table and what stands around it.
fn sheet(name: &str, rows: &[Row], twists: &Twists, dice: &mut Dice) -> Sheet {
    let has = |twist| twists.contains(&twist);
    let mut sheet = Sheet::new(name);
    let (mut top, mut left) = (0, 0);
    if has(Twist::Offset) {
        top = [1, 3, 17, 60][dice.below(4)];
        left = [0, 1, 4, 27][dice.below(4)];
    }
    if has(Twist::TitleRows) {
        sheet.text(top, left, "目黒区まち・ひと・しごと総合戦略　ＫＰＩ調査票");
        sheet.text(top + 1, left, "所管課：（各課記入）　令和元年12月20日締切");
        sheet.text(top + 1, left + 4, "【様式第２号】");
        top += 3;
    }
    if has(Twist::SignatureBox) {
        for (i, word) in (0..).zip(["部長", "課長", "係長", "担当"]) {
            sheet.text(top, left + 5 + i, word);
        }
        top += 3;
    }
    if has(Twist::Instructions) {
        for text in [
            "【記入要領】",
            "１　「ＫＰＩの設定」欄は、1.維持、2.修正、3.削除から選択してください。",
            "２　修正の場合は、新たなKPIの目標値と理由を（年度）目標値／理由の形で記入してください。",
            "※指標・現状値・目標値は変更しないでください。",
        ] {
            sheet.text(top, left, text);
            top += 1;
        }
    }
    if has(Twist::Furniture) {
        top = furniture::above(&mut sheet, (top, left), 6, dice);
    }
    top = goal_above(&mut sheet, (top, left), rows, twists, dice);
    let (mut sheet, form, end) = Writer::new(sheet, (top, left), twists, dice).write(rows);
    let (first, last) = form.width();
    sheet.frames.push((top, first, end - 1, last));
    let header = top..top + form.header_rows;
    sheet.labels.extend(sheet.cells.keys().filter(|cell| header.contains(&cell.0)));
    sheet.looks = looks(twists, dice);
    below(&mut sheet, (end, left), form.width().1, rows, twists);
    if has(Twist::Furniture) {
        furniture::beside(&mut sheet, true, dice);
        furniture::below(&mut sheet, left, false, dice);
    }
    if has(Twist::OtherTables) {
        furniture::other_table(&mut sheet, left, dice);
    }
    sheet
}

/// The notes and the tally below a table that ends at a column.
fn below(sheet: &mut Sheet, (mut end, left): (u32, u16), right: u16, rows: &[Row], twists: &Twists) {
    if twists.contains(&Twist::NotesBelow) {
        sheet.text(end, left, "※特養併設とは、特別養護老人ホームに併設するもの。");
        sheet.text(end + 1, left, "（注）目標値の年度は改訂前のもの。");
        sheet.text(end + 2, right, "以上");
        end += 3;
    }
    if twists.contains(&Twist::TallyBelow) {
        let at = left + 3;
        for (i, word) in DISPOSITIONS.into_iter().enumerate() {
            end += 1;
            let count = rows.iter().filter(|row| row.disposition == word).count();
            sheet.text(end, at, &format!("{}.{word}", i + 1));
            sheet.text(end, at + 1, &count.to_string());
        }
        sheet.text(end + 1, at, "計");
        sheet.text(end + 1, at + 1, &rows.len().to_string());
    }
}

/// The goal above its table, where each goal has its sheet.
fn goal_above(
    sheet: &mut Sheet,
    (top, left): (u32, u16),
    rows: &[Row],
    twists: &Twists,
    dice: &mut Dice,
) -> u32 {
    let (number, label) = rows[0].goal.split_once('　').expect("a numbered label");
    if twists.contains(&Twist::GoalSheets) {
        let text = match dice.below(4) {
            0 => format!("基本目標{number}：{label}"),
            1 => format!("【基本目標{number}】{label}"),
            2 => format!("基本目標：{number}　{label}"),
            _ => format!("基本目標{number}　{label}"),
        };
        sheet.text(top, left, &text);
        return top + 1 + u32::from(dice.once_in(2));
    }
    if twists.contains(&Twist::GoalBesideTitle) {
        if dice.once_in(2) {
            sheet.text(top, left, "基本目標");
            sheet.text(top, left + 1, &rows[0].goal);
        } else {
            sheet.text(top, left, &format!("基本目標{number}"));
            sheet.text(top, left + 1, label);
        }
        return top + 2;
    }
    top
}

/// A sheet that explains the form, column by column.
fn instructions(dice: &mut Dice) -> Sheet {
    let mut sheet = Sheet::new("記入要領");
    let rows = [
        ["項目", "記入方法", "備考"],
        ["基本目標", "総合戦略の基本目標を記入", "変更不可"],
        ["施策", "施策名を記入", "変更不可"],
        ["重要業績評価指標（ＫＰＩ）", "指標名を記入", ""],
        ["現状値", "現状値と年度を記入", "例：3施設（27年度）"],
        ["目標値", "目標値と年度を記入", "例：5施設（31年度）"],
        ["KPIの設定", "1.維持　2.修正　3.削除から選択", "必須"],
        ["設定理由", "修正・削除の場合は理由を記入", ""],
    ];
    let top = u32::try_from(dice.below(3)).expect("a small number");
    for (row, texts) in (top..).zip(rows) {
        for (col, text) in (0_u16..).zip(texts) {
            sheet.text(row, col, text);
        }
    }
    sheet
}
