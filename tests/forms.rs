//! Forms as departments fill them in: every row is explained, whatever stands around, between or twice in a table.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::finding::Lang;
use kaitei::model::{Dataset, Role};
use kaitei::pipeline::{Source, understand};
use kaitei::template::Template;
use rust_xlsxwriter::{Format, Note, Workbook, Worksheet};

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標"] }]
input.ignore_columns = ["連番", "備考"]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [
        { code = "1", label = "維持" },
        { code = "2", label = "修正", aliases = ["見直し"] },
        { code = "3", label = "削除", leaves_list = true },
    ] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [
    { title = "基本目標", fields = ["goal"], width = 6 },
    { title = "指標", fields = ["indicator"], width = 12 },
    { title = "取扱", fields = ["disposition"], width = 4 },
]
"#;

const HEADER: &str = "基本目標,指標,№,目標,取扱,新目標,理由,備考\n";
const DATA: &str = "１　あ,増,1,3件,維持,,,\n,減,2,4件,修正,5件,要るため,\n,量,3,5件,削除,,終えたため,\n";

/// The list, and `code cell` of each finding.
fn read(files: &[(&str, Vec<u8>)]) -> (Dataset, Vec<String>, Vec<String>) {
    let template = Template::parse("t", TEMPLATE).unwrap();
    let sources: Vec<Source> = files.iter().map(|(name, bytes)| Source::new(*name, bytes.clone())).collect();
    let noted = understand(&sources, &template, None);
    let cell = |d: &kaitei::finding::Finding| d.origin.cell.map_or("-".to_owned(), |cell| cell.to_string());
    let found = noted.findings.iter().map(|d| format!("{} {}", d.code().id(), cell(d))).collect();
    let said = noted.findings.iter().map(|d| d.message(Lang::Ja)).collect();
    (noted.value, found, said)
}

/// Number (from 1) and kind of each row of the first sheet.
fn kinds(list: &Dataset) -> Vec<String> {
    list.accounts[0].rows.iter().map(|(row, kind)| format!("{} {}", row + 1, kind.id())).collect()
}

/// What stands below a table of three indicators (rows 2 to 4), the kinds of these rows from row 5 on, and the
/// findings.
const BELOW: &[(&str, &[&str], &[&str])] = &[
    // tally boxes: across, down, in pairs, in one cell, with headings, without numbers
    ("維持,修正,削除,計\n1,1,1,3\n", &["5 tally", "6 tally"], &[]),
    ("区分,維持,修正,削除,計\n件数,1件,1件,１件,3件\n", &["5 tally", "6 tally"], &[]),
    (
        "取扱別件数\n1.維持,1\n2.修正,1\n3.削除,1\n合計,3\n",
        &["5 tally", "6 tally", "7 tally", "8 tally", "9 tally"],
        &[],
    ),
    (",,,,維持,1\n,,,,見直し,1\n,,,,削除,2\n", &["5 tally", "6 tally", "7 tally"], &["tally-mismatch F5"]),
    (",維持,1,修正,1,計,3\n", &["5 tally"], &[]),
    ("維持1件　修正1件　計4件\n", &["5 tally"], &["tally-mismatch A5"]),
    ("維持 1件,修正 1件,削除 1件\n", &["5 tally"], &[]),
    (",,,維持,修正,削除,計\n,,,件,件,件,件\n", &["5 tally", "6 tally"], &[]),
    ("維持,\n修正,\n計,\n", &["5 tally", "6 tally", "7 tally"], &[]),
    ("維持,1,修正,－\n", &["5 tally"], &[]),
    // sums
    ("小計,3,,,,,,\n", &["5 sum"], &[]),
    ("計　3件,,,,,,,\n", &["5 sum"], &[]),
    ("計,2指標,,,,,,\n", &["5 sum"], &["tally-mismatch B5"]),
    ("計,,,12件,,,,\n", &["5 sum"], &[]),
    ("１　あ 小計,2,,,,,,\n", &["5 sum"], &["tally-mismatch B5"]),
    // rows of other kinds
    ("部長,課長,係長,担当\n", &["5 note"], &[]),
    (",所管課長　　印\n", &["5 note"], &[]),
    (",,,,１／３\n", &["5 note"], &[]),
    (",以上\n", &["5 note"], &[]),
    (",（裏面に続く）\n", &["5 note"], &[]),
    (",※数値は年度末のもの\n", &["5 note"], &[]),
    (",記入上の注意：行を足さないこと\n", &["5 note"], &[]),
    (",,,,,,,預かり\n", &["5 blank"], &[]),
    (",,,,,,,,欄外の覚え\n", &["5 blank"], &["column-unknown I5"]),
    (",,4,,,,,\n", &["5 unknown"], &["row-not-understood C5"]),
    (",,,,維持,,,\n", &["5 unknown"], &["row-not-understood E5"]),
    (
        ",,,,維持,,,\n,,,,修正,6,,\n",
        &["5 unknown", "6 unknown"],
        &["row-not-understood E5", "row-not-understood E6"],
    ),
    ("企画課への連絡事項,,,,,,,\n", &["5 note"], &[]),
    (
        "企画課への連絡事項,,,,,,,\n,増やす,4,3件,維持,,,\n",
        &["5 unknown", "6 indicator"],
        &["row-not-understood A5"],
    ),
    // data that looks like a box
    (",維持管理費,4,維持,維持,,,\n,修正申告,5,3,修正,4,要るため,\n", &["5 indicator", "6 indicator"], &[]),
];

#[test]
fn rows_below_a_table_are_explained() {
    let mut wrong = Vec::new();
    for (below, kinds_expected, found_expected) in BELOW {
        let csv = format!("{HEADER}{DATA}{below}");
        let (list, found, said) = read(&[("a.csv", csv.into_bytes())]);
        let kinds = kinds(&list);
        if kinds[4..] != **kinds_expected || found != *found_expected {
            wrong.push((below, kinds[4..].to_vec(), found, said));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Boxes above and beside a table; columns of words beside a table that are none.
#[test]
fn boxes_stand_above_and_beside_tables() {
    for (csv, indicators, expected) in [
        (format!("題名\n維持,修正,計\n1,1,3\n{HEADER}{DATA}"), 3, &[][..]),
        (format!("維持,,修正,,計,\n1,,2,,3,\n{HEADER}{DATA}"), 3, &["tally-mismatch A2"]),
        (
            "基本目標,指標,№,目標,取扱,,区分,件数\n１　あ,増,1,3件,維持,,維持,2\n,減,2,4件,維持,,修正,1\n,量,3,4件,維持,,計,3\n".to_owned(),
            3,
            &["tally-mismatch H2"],
        ),
        (
            "基本目標,指標,№,目標,取扱,,維持,3\n１　あ,増,1,3件,維持,,修正,0\n,減,2,4件,維持,,計,3\n,量,3,4件,維持\n".to_owned(),
            3,
            &[],
        ),
        (
            "基本目標,指標,№,目標,取扱,,維持,修正,計\n１　あ,増,1,3件,維持,,2,1,3\n,減,2,4件,維持\n".to_owned(),
            2,
            &["tally-mismatch G2"],
        ),
        // The year before is no box: another column of the table, known or not.
        (
            "基本目標,指標,№,目標,取扱,前回の判断,参考の値\n１　あ,増,1,3件,維持,維持,4\n,減,2,4件,維持,修正,5\n".to_owned(),
            2,
            &["column-unknown F1"],
        ),
        (
            "基本目標,指標,№,取扱,備考,目標\n１　あ,増,1,維持,,3\n,減,2,修正,,4\n".to_owned(),
            2,
            &["new-target-missing D3"],
        ),
        // A subtotal below each group; marks below the dispositions.
        (
            "基本目標,指標,№,目標,取扱\n１　あ,増,1,3件,維持\n,減,2,4件,維持\n小計,2件\n２　い,量,3,4件,維持\n小計,1件\n合計,3件\n".to_owned(),
            3,
            &[],
        ),
        (
            "基本目標,指標,№,目標,維持,修正,削除\n１　あ,増,1,3件,○,,\n,減,2,4件,,,○\n,計,,,1,,2\n".to_owned(),
            2,
            &["tally-mismatch E4"],
        ),
    ] {
        let (list, found, said) = read(&[("a.csv", csv.clone().into_bytes())]);
        let ours: Vec<&String> = found.iter().filter(|d| !d.starts_with("new-target-missing D3")).collect();
        let expected: Vec<&&str> = expected.iter().filter(|d| !d.starts_with("new-target-missing D3")).collect();
        assert_eq!(format!("{ours:?}"), format!("{expected:?}"), "{csv}{said:#?}");
        assert_eq!(list.rows.len(), indicators, "{csv}");
        let rows = csv.lines().count();
        assert_eq!(list.accounts[0].rows.len(), rows, "{csv}");
    }
}

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

fn table(sheet: &mut Worksheet, top: u32, rows: &[&str]) {
    for (row, line) in (top..).zip(HEADER.lines().chain(rows.iter().copied())) {
        for (col, text) in (0..).zip(line.split(',')).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
}

/// A box may count its sheet, its workbook or the whole list.
#[test]
fn boxes_count_sheets_workbooks_or_the_list() {
    for (stated, expected) in [
        ("維持 1 計 1", &[][..]),
        ("維持 2 修正 0", &[]),
        ("維持 2 修正 1 計 3", &[]),
        ("維持 3 修正 0", &["tally-mismatch A9"]),
    ] {
        let first = book(|book| {
            table(book.add_worksheet(), 0, &["１　あ,増,1,3件,維持"]);
            let sheet = book.add_worksheet();
            table(sheet, 0, &["２　い,増,1,3件,維持"]);
            sheet.write_string(8, 0, stated).unwrap();
        });
        let second = book(|book| table(book.add_worksheet(), 0, &["３　う,増,1,3件,修正,4件,要るため"]));
        let (_, found, said) = read(&[("a.xlsx", first), ("b.xlsx", second)]);
        assert_eq!(found, expected, "{stated} {said:?}");
    }
}

#[test]
fn a_workbook_that_was_sent_twice_is_counted_once() {
    let rows = ["１　あ,増,1,3件,維持", ",減,2,4件,維持", ",量,3,5件,維持"];
    let first = book(|book| table(book.add_worksheet().set_name("様式").unwrap(), 0, &rows));
    let (list, found, said) = read(&[("a.xlsx", first.clone()), ("b.xlsx", first.clone())]);
    assert_eq!(found, ["workbook-copy A2"]);
    assert_eq!(said, ["「a.xlsx」のシート「様式」のA2からの3件と内容が同じため、一方だけを一覧に載せました"]);
    assert_eq!(list.rows.len(), 3);
    assert_eq!(list.tally, [3, 0, 0]);
    let kinds: Vec<_> = list.accounts[1].rows.iter().map(|(_, kind)| kind.id()).collect();
    assert_eq!(kinds, ["header", "duplicate", "duplicate", "duplicate"]);

    let again = ["１　あ,増,1,3件,維持", ",減,2,5件,維持", ",量,3,5件,修正,6件,要るため"];
    let second = book(|book| table(book.add_worksheet().set_name("様式").unwrap(), 4, &again));
    let (list, found, said) = read(&[("a.xlsx", first), ("b.xlsx", second)]);
    assert_eq!(found, ["workbook-duplicate A6"]);
    assert_eq!(
        said,
        ["「a.xlsx」のシート「様式」のA2からと同じ行が3件ありますが、記載が違います：D3「4件」とD7「5件」、\
             E4「維持」とE8「修正」、B4の行の空欄とF8「6件」、B4の行の空欄とG8「要るため」"]
    );
    assert_eq!(list.rows.len(), 6);
}

/// A copy whose findings have been given already says nothing again; its comments stay.
#[test]
fn a_sheet_that_stands_twice_in_a_workbook_is_counted_once() {
    let rows = ["１　あ,増,1,3件,維持", ",減,2,4件,廃棄"];
    let bytes = book(|book| {
        table(book.add_worksheet(), 0, &rows);
        let copy = book.add_worksheet();
        table(copy, 0, &rows);
        copy.insert_note(2, 3, &Note::new("確認済")).unwrap();
    });
    let (list, found, _) = read(&[("a.xlsx", bytes)]);
    assert_eq!(found, ["choice-unknown E3", "workbook-copy A2"]);
    assert_eq!(list.rows.len(), 2);
    assert_eq!(list.accounts[1].notes[0].text, "確認済");
}

#[test]
fn comments_go_to_their_indicators_and_the_others_to_the_account() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        table(sheet, 1, &["１　あ,増,1,3件,維持", ",,,（31年度）,", "", ",減,2,4件,維持", ",非,3,4件,維持"]);
        let cells = [
            ("題", 0, 0),
            ("見出し", 1, 1),
            ("目標", 2, 3),
            ("空のセル", 2, 6),
            ("次の行", 3, 5),
            ("空の行", 4, 2),
            ("合わせた行", 7, 3),
            ("隠した行", 6, 1),
            ("表の下", 9, 1),
        ];
        for (text, row, col) in cells {
            sheet.insert_note(row, col, &Note::new(text).set_author("課").add_author_prefix(false)).unwrap();
        }
        sheet.set_row_hidden(6).unwrap();
        sheet.merge_range(8, 1, 10, 1, "合", &Format::new()).unwrap();
        sheet.write_string(8, 3, "5件").unwrap();
        sheet.write_string(8, 4, "維持").unwrap();
    });
    let (list, found, _) = read(&[("a.xlsx", bytes)]);
    assert_eq!(found, ["hidden-left-out A7"]);
    let notes = |notes: &[kaitei::model::Comment]| -> Vec<String> {
        notes.iter().map(|note| format!("{} {}", note.origin.cell.unwrap(), note.text)).collect()
    };
    let of_rows: Vec<_> = list.rows.iter().map(|row| (row.name().text.as_str(), notes(&row.notes))).collect();
    let expected = |notes: &[&str]| notes.iter().map(|note| (*note).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        of_rows,
        [
            ("増", expected(&["D3 目標", "G3 空のセル", "F4 次の行"])),
            ("減", expected(&[])),
            ("合", expected(&["B10 表の下"])),
        ]
    );
    assert_eq!(notes(&list.accounts[0].notes), ["A1 題", "B2 見出し", "C5 空の行", "D8 合わせた行"]);
    assert_eq!(
        kinds(&list),
        [
            "1 note",
            "2 header",
            "3 indicator",
            "4 continuation",
            "5 note",
            "6 indicator",
            "7 hidden",
            "8 note",
            "9 indicator",
            "10 note"
        ]
    );
}

/// A number format may show a negative number in brackets, and leave out thousands: the stored number says so.
#[test]
fn signs_and_scales_that_a_number_format_hides_are_read() {
    for (format, stored, expected) in [
        ("#,##0;(#,##0)", -1_234.0, "-1234"),
        ("#,##0;\"▲ \"#,##0", -1_234.0, "-1234"),
        ("#,##0;[Red]#,##0", -1_234.0, "-1234"),
        ("#,##0,", 1_234_567.0, "1235000"),
        ("0%", 0.715, "72"),
        ("#,##0\"人\"", 1_234.0, "1234"),
    ] {
        let bytes = book(|book| {
            let sheet = book.add_worksheet();
            table(sheet, 0, &["１　あ,増,1,-,維持"]);
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(1, 3, stored, &format).unwrap();
        });
        let (list, found, said) = read(&[("a.xlsx", bytes)]);
        assert_eq!(found, [""; 0], "{format}: {said:?}");
        let target = list.rows[0].value_of(Role::Target).unwrap();
        let figure = target.parts[0].quantity.figure().map(|figure| figure.normalize().to_string());
        assert_eq!(figure.as_deref(), Some(expected), "{format}: {target:?}");
    }
}
