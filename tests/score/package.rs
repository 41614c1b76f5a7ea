//! Rules about what comes along with a file: Data Packages, dictionaries, lists of codes, of any city.

use super::{CSV, Case, alone, beside, in_both_formats, said};
use rust_xlsxwriter::Workbook;

const DATA: &str = "年度,区分コード,実績\n2019,1,-\n2020,1,20\n2020,2,30\n2020,2,40\n";

/// A description that explains all of it.
const PACKAGE: &str = r#"{"created": "2025-10-31", "history": [{"date": "2025-10-31", "text": "公表"}], "resources": [{"path": "data/a.csv",
    "encoding": "utf-8", "schema": {"missingValues": ["", "-"], "fields": [
        {"name": "年度", "type": "integer", "description": "4月に始まる年度"},
        {"name": "区分コード", "description": "施設の区分", "constraints": {"enum": ["1", "2"]}},
        {"name": "実績", "type": "number", "description": "開館した日数", "unit": "日"}]}}]}"#;

/// Tables with and without what explains them.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (file, bytes) in in_both_formats(DATA) {
        let package = PACKAGE.replace(CSV, file);
        for (rule, before, after) in [
            ("L1-09", "cannot-tell", "pass"),
            ("L2-04", "not-applicable", "pass"),
            ("L3-02", "fail B1", "pass"),
            ("L3-03", "fail C2", "pass"),
            ("L3-04", "fail C1", "pass"),
            ("L3-07", "cannot-tell", "pass"),
            ("L3-08", "fail A1 B1 C1", "pass"),
        ] {
            for (json, expected) in [("{}", before), (package.as_str(), after)] {
                cases.push(Case { rule, file, score: beside(file, &bytes, json, &[]), expected });
            }
        }
    }
    cases
}

#[test]
fn a_data_package_explains_its_files() {
    for (file, bytes) in in_both_formats(DATA) {
        let with = beside(file, &bytes, &PACKAGE.replace(CSV, file), &[]);
        assert_eq!(with.points().percent(), 100);
    }
    // A description of another file explains nothing.
    let another = PACKAGE.replace(CSV, "b.csv");
    assert_eq!(said(&beside(CSV, DATA.as_bytes(), &another, &[]), "L3-08"), "fail A1 B1 C1");
    for broken in
        ["", "[", "[]", "{\"resources\": 1}", "{\"resources\": [[], {\"schema\": {\"fields\": [1]}}]}"]
    {
        assert_eq!(said(&beside(CSV, DATA.as_bytes(), broken, &[]), "L3-02"), "fail B1", "{broken}");
    }
}

/// A table without records is no table of data by itself; that its columns are what the description says tells it.
#[test]
fn an_empty_table_has_its_names_from_what_comes_along() {
    let empty = "年度,区分コード,実績\n";
    for (file, bytes) in in_both_formats(empty) {
        let package = PACKAGE.replace(CSV, file);
        let one_more = package.replace("\"実績\"", "\"予定\"");
        for (json, expected) in [("{}", "fail"), (&one_more, "fail"), (&package, "pass")] {
            assert_eq!(said(&beside(file, &bytes, json, &[]), "L1-05"), expected, "{file}");
        }
    }
}

#[test]
fn choices_that_a_package_does_not_state_are_found() {
    let package = r#"{"resources": [{"path": "a.csv", "schema": {"fields": [{"name": "区分コード", "constraints": {"enum": ["1"]}}]}}]}"#;
    let score = beside(CSV, DATA.as_bytes(), package, &[]);
    assert_eq!(
        (said(&score, "L2-04"), said(&score, "L3-02")),
        ("fail B4 B5".to_owned(), "fail B1".to_owned())
    );
}

#[test]
fn a_dictionary_and_a_list_of_codes_may_be_tables() {
    let dictionary = "項目名,説明,単位\n年度,4月に始まる,\n区分コード,施設の区分,\n実績,開館した日数。「-」は調査なし,日\n更新日,2025-10-31,\n文字コード,UTF-8,\n";
    let codes = "コード,名称\n1,図書館\n2,博物館\n";
    let score = beside(CSV, DATA.as_bytes(), "", &[dictionary, codes]);
    for rule in ["L3-02", "L3-03", "L3-04", "L3-08"] {
        assert_eq!(said(&score, rule), "pass", "{rule}");
    }
    // One code is missing.
    assert_eq!(
        said(&beside(CSV, DATA.as_bytes(), "", &[dictionary, "コード,名称\n1,図書館\n3,美術館\n"]), "L3-02"),
        "fail B1"
    );
}

#[test]
fn sheets_of_a_book_explain_each_other() {
    let mut book = Workbook::new();
    let sheets: [(&str, &[&[&str]]); 3] = [
        ("データ", &[&["施設名", "区分コード"], &["甲", "a"], &["乙", "b"], &["丙", "a"]]),
        (
            "項目定義",
            &[
                &["列名", "定義"],
                &["施設名", "正式な名称"],
                &["区分コード", "一覧による"],
                &["列名", "列の名前"],
                &["定義", "列の意味"],
                &["コード", "符号"],
                &["名称", "意味"],
            ],
        ),
        ("コード表", &[&["コード", "名称"], &["a", "図書館"], &["b", "博物館"]]),
    ];
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            sheet.write_row(row, 0, cells.iter().copied()).unwrap();
        }
    }
    let score = alone("a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(said(&score, "L3-02"), "pass");
    // All columns are explained; a date is missing.
    assert_eq!(said(&score, "L3-08"), "fail");
}

#[test]
fn wordings_beside_their_data_are_let_be() {
    let data = "number,原文\n12,\"12件（27年度）\"\n5498.48,\"5,498.48㎡\"\n3,③件\n";
    let dictionary = "項目名,説明\nnumber,数値（件）\n原文,調査票の原文\n";
    let (without, with) =
        (beside(CSV, data.as_bytes(), "", &[]), beside(CSV, data.as_bytes(), "", &[dictionary]));
    for (rule, before, after) in [("L1-07", "fail B2", "pass"), ("L1-08", "fail B3 B4", "pass")] {
        assert_eq!((said(&without, rule).as_str(), said(&with, rule).as_str()), (before, after), "{rule}");
    }
}

#[test]
fn what_is_said_of_another_table_makes_no_column_verbatim() {
    let data = "課,実績\n甲,31（27年度）\n";
    for (table, expected) in [("a", "pass"), ("a.csv", "pass"), ("", "pass"), ("b", "fail B2")] {
        let dictionary = format!("表名,項目名,説明\n{table},課,名前\n{table},実績,調査票の文言\n");
        assert_eq!(said(&beside(CSV, data.as_bytes(), "", &[&dictionary]), "L1-07"), expected, "{table}");
    }
}
