//! Forms of every geometry say what the same table says: its records, each cell at its place, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::finding::Lang;
use kaitei::model::{Dataset, Entry, Record, Role};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use rust_xlsxwriter::{Format, Workbook};

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [
        { code = "1", label = "維持", new_target = "forbidden" },
        { code = "2", label = "修正", new_target = "required" },
        { code = "3", label = "廃止", leaves_list = true },
    ] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [
    { title = "基本目標", fields = ["goal"], width = 6 },
    { title = "指標", fields = ["indicator"], width = 12 },
    { title = "取扱", fields = ["disposition"], width = 4 },
]
"#;

/// What every form says: group, name, number, baseline, target, disposition, new target, reason.
const RECORDS: [&str; 2] =
    ["1　あ|待機児童数|1|8人|0人|維持||", "1　あ|公園の面積|2|1.8㎡|2.0㎡|修正|2.4㎡|整備が進むため。"];

/// Forms, and the cells of the names of their records.
const FORMS: &[(&str, &str, [&str; 2])] = &[
    (
        "a table",
        "\
基本目標,指標名,№,現状値,目標値,取扱,新目標,理由
1　あ,待機児童数,1,8人,0人,維持
1　あ,公園の面積,2,1.8㎡,2.0㎡,修正,2.4㎡,整備が進むため。",
        ["B2", "B3"],
    ),
    (
        "a table that is turned",
        "\
調査票
基本目標,1　あ,1　あ
指標名,待機児童数,公園の面積
№,1,2
現状値,8人,1.8㎡
目標値,0人,2.0㎡
取扱,維持,修正
新目標,,2.4㎡
理由,,整備が進むため。

担当者,印",
        ["B3", "C3"],
    ),
    (
        "tables that are turned, one below the other",
        "\
基本目標,1　あ
指標名,待機児童数
№,1
現状値,8人
目標値,0人
取扱,維持
新目標
理由

基本目標,1　あ
指標名,公園の面積
№,2
現状値,1.8㎡
目標値,2.0㎡
取扱,修正
新目標,2.4㎡
理由,整備が進むため。",
        ["B2", "B11"],
    ),
    (
        "stacked cards with titles and sections, without blank rows",
        "\
調査票（1）
基本目標,1　あ
指標名,待機児童数
№,1
■ 現行
現状値,8人
目標値,0人
■ 見直し
取扱,維持
新目標
理由
調査票（2）
基本目標,1　あ
指標名,公園の面積
№,2
■ 現行
現状値,1.8㎡
目標値,2.0㎡
■ 見直し
取扱,修正
新目標,2.4㎡
理由,整備が進むため。",
        ["B3", "B14"],
    ),
    (
        "cards of which the second says no group, and labels in several columns",
        "\
基本目標,1　あ
指標名,待機児童数,,№,1
現状値,8人,,目標値,0人
取扱,維持,,新目標
理由

指標名,公園の面積,,№,2
現状値,1.8㎡,,目標値,2.0㎡
取扱,修正,,新目標,2.4㎡
理由,整備が進むため。",
        ["B2", "B7"],
    ),
    (
        "cards side by side",
        "\
基本目標,1　あ,,基本目標,1　あ
指標名,待機児童数,,指標名,公園の面積
№,1,,№,2
現状値,8人,,現状値,1.8㎡
目標値,0人,,目標値,2.0㎡
取扱,維持,,取扱,修正
新目標,,,新目標,2.4㎡
理由,,,理由,整備が進むため。",
        ["B2", "E2"],
    ),
    (
        "cards whose values are in pieces, and whose options have cells",
        "\
基本目標,1,あ
指標名,待機児童数
№,1
現状値,8,人
目標値,0,人
取扱,維持,○,修正,,廃止
新目標
理由

基本目標,1,あ
指標名,公園の面積
№,2
現状値,1.8,㎡
目標値,2.0,㎡
取扱,維持,,修正,○,廃止
新目標,2.4,㎡
理由,整備が進むため。",
        ["B2", "B11"],
    ),
    (
        "labels above values",
        "\
基本目標,指標名,№
1　あ,待機児童数,1
現状値,目標値
8人,0人
取扱,新目標,理由
維持

基本目標,指標名,№
1　あ,公園の面積,2
現状値,目標値
1.8㎡,2.0㎡
取扱,新目標,理由
修正,2.4㎡,整備が進むため。",
        ["B2", "B9"],
    ),
    (
        "records of two rows",
        "\
基本目標,指標名,№,区分,現状値,目標値,取扱,理由
1　あ,待機児童数,1,変更前,8人,0人,維持,
,,,変更後,,,,
1　あ,公園の面積,2,変更前,1.8㎡,2.0㎡,修正,整備が進むため。
,,,変更後,,2.4㎡,,",
        ["B2", "B4"],
    ),
    (
        "records of two rows, the new one first",
        "\
基本目標,指標名,№,現状値,新旧,目標値,取扱,理由
1　あ,待機児童数,1,8人,新,,維持,
,,,,旧,0人,,
1　あ,公園の面積,2,1.8㎡,新,2.4㎡,修正,整備が進むため。
,,,,旧,2.0㎡,,",
        ["B2", "B4"],
    ),
    (
        "lines that are headed one by one",
        "\
基本目標,指標名,№,現状値,取扱,理由
^,^,^,目標値,新目標,^
1　あ,待機児童数,1,8人,維持,
^,^,^,0人,,^
1　あ,公園の面積,2,1.8㎡,修正,整備が進むため。
^,^,^,2.0㎡,2.4㎡,^",
        ["B3", "B5"],
    ),
    (
        "names that are said in both lines, and what belongs to no record",
        "\
基本目標,指標名,№,改定,現状値,目標値,取扱,理由
1　あ,待機児童数,1,前,8人,0人,維持,
1　あ,待機児童数,1,後,,,,
1　あ,公園の面積,2,前,1.8㎡,2.0㎡,修正,整備が進むため。
1　あ,公園の面積,2,後,,2.4㎡,,

情報区分：B
審査済,12月23日",
        ["B2", "B4"],
    ),
    (
        "a table with pieces of values and cells for options below merged headings",
        "\
基本目標,指標名,№,現状値,<,<,目標値,<,<,取扱,<,<,<,新目標,<,理由
1　あ,待機児童数,1,8,人,,0,人,,○,維持,,修正
1　あ,公園の面積,2,1.8,㎡,,2.0,㎡,,,維持,○,修正,2.4,㎡,整備が進むため。",
        ["B2", "B3"],
    ),
    (
        "records of two rows above a table of something else",
        "\
基本目標,指標名,№,区分,現状値,目標値,取扱,理由
1　あ,待機児童数,1,変更前,8人,0人,維持,
,,,変更後,,,,
1　あ,公園の面積,2,変更前,1.8㎡,2.0㎡,修正,整備が進むため。
,,,変更後,,2.4㎡,,

職員数
職名,人数,前年度
部長,3,4
課長,12,12
係長,30,31
主査,44,40",
        ["B2", "B4"],
    ),
    (
        "tables of records of two rows, of which only the last has options in other places",
        "\
計画の基本目標,1　あ
指標名,№,新旧,現状値,目標値,取扱,<,<,<,理由
待機児童数,1,変更前,8人,0人,維持,○,修正,,
,,変更後,,,,,,,

計画の基本目標,1　あ
指標名,№,新旧,現状値,目標値,取扱,<,<,<,理由
公園の面積,2,変更前,1.8㎡,2.0㎡,維持,,修正,○,整備が進むため。
,,変更後,,2.4㎡,,,,,",
        ["A3", "A8"],
    ),
    (
        "a card with remarks beside blank places, and a group above",
        "\
基本目標,1　あ

【1】
指標名,待機児童数
№,1
現状値,8人
目標値,0人
取扱,維持
新目標,,,,←要確認
理由,,,,済

【2】
指標名,公園の面積
№,2
現状値,1.8㎡
目標値,2.0㎡
取扱,修正
新目標,2.4㎡
理由,整備が進むため。",
        ["B4", "B13"],
    ),
    (
        "cards with sections that remarks stand beside, and the same label for both targets",
        "\
基本目標,1　あ
指標名,待機児童数
№,1
現行の計画
現状値,8人
目標値,0人
見直し,,,照会中
取扱,維持
目標値,
理由,

基本目標,1　あ
指標名,公園の面積
№,2
現行の計画
現状値,1.8㎡
目標値,2.0㎡
見直し
取扱,修正
目標値,2.4㎡
理由,整備が進むため。",
        ["B2", "B13"],
    ),
];

fn read(form: &str) -> (Dataset, Vec<String>) {
    let template = Template::parse("t", TEMPLATE).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in form.lines().zip(0..) {
        for (text, col) in line.split(',').zip(0..).filter(|(text, _)| !["", "^", "<"].contains(text)) {
            sheet.write(row, col, text).unwrap();
        }
    }
    for (top, left, bottom, right) in merges(form) {
        let text = form.lines().nth(top as usize).unwrap().split(',').nth(left.into()).unwrap();
        sheet.merge_range(top, left, bottom, right, text, &Format::new()).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let noted = understand(&[Source::new("a.xlsx", bytes)], &template, None);
    let said = noted.findings.iter().map(|it| format!("{} {}", it.code().id(), it.message(Lang::Ja)));
    (noted.value, said.collect())
}

/// Cells that go on in the row below (`^`) or in the next column (`<`).
fn merges(form: &str) -> Vec<(u32, u16, u32, u16)> {
    let cells: Vec<Vec<&str>> = form.lines().map(|line| line.split(',').collect()).collect();
    let at =
        |row: usize, col: usize| cells.get(row).and_then(|row| row.get(col)).copied().unwrap_or_default();
    let mut found = Vec::new();
    for (row, line) in cells.iter().enumerate() {
        for (col, text) in line.iter().enumerate() {
            let down = (row + 1..cells.len()).take_while(|&row| at(row, col) == "^").count();
            let across = (col + 1..line.len()).take_while(|&col| at(row, col) == "<").count();
            if !["", "^", "<"].contains(text) && down + across > 0 {
                let (row, col) = (u32::try_from(row).unwrap(), u16::try_from(col).unwrap());
                found.push((
                    row,
                    col,
                    row + u32::try_from(down).unwrap(),
                    col + u16::try_from(across).unwrap(),
                ));
            }
        }
    }
    found
}

fn said(record: &Record) -> String {
    let text = |entry: &Option<Entry>| match entry {
        Some(Entry::Text(text)) => text.text.clone(),
        Some(Entry::Value(value)) => {
            let unit = value.completion.unit.as_ref().map_or("", |unit| &unit.words);
            format!("{}{unit}", value.text)
        }
        Some(Entry::Choice(choice)) => ["維持", "修正", "廃止"][choice.id.0].to_owned(),
        _ => String::new(),
    };
    let groups = record.groups.iter().map(|group| group.text.clone());
    groups.chain(record.entries.iter().map(text)).collect::<Vec<_>>().join("|")
}

#[test]
fn every_geometry_says_what_the_table_says() {
    let mut wrong = Vec::new();
    for (name, form, names) in FORMS {
        let (list, findings) = read(form);
        let records: Vec<String> = list.rows.iter().map(said).collect();
        let at = |record: &Record| record.text_of(Role::Name).unwrap().origin.cell.unwrap().to_string();
        let cells: Vec<String> = list.rows.iter().map(at).collect();
        // Remarks are said, once a form.
        let remarks = findings.iter().filter(|finding| finding.starts_with("column-unknown ")).count();
        let is_said = remarks == usize::from(name.contains("remarks")) && remarks == findings.len();
        if records != RECORDS || cells != *names || !is_said {
            wrong.push((name, records, cells, findings));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
