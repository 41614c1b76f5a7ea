//! Rules that a table alone can follow or break, as CSV and as a workbook, a file a line.

use super::{BOOK, CSV, Case, alone, in_both_formats, said};

/// A table that follows every rule that needs nothing beside it.
pub(super) const GOOD: &str = "団体コード,市区町村名,年度,施設区分,入場者数（人）\n011002,札幌市,2019,図書館,1200\n\
                    011002,札幌市,2020,博物館,0\n";

/// The rules that [`GOOD`] follows in any format.
const FOLLOWED: [&str; 19] = [
    "L1-01", "L1-02", "L1-03", "L1-04", "L1-05", "L1-06", "L1-07", "L1-08", "L1-09", "L1-14", "L2-01",
    "L2-02", "L2-03", "L2-06", "L3-01", "L3-04", "L3-05", "L3-06", "L3-09",
];

/// What only lines and quotes of CSV can break.
const OF_LINES: [(&str, &str, &str); 3] = [
    ("L1-14", "課,件数\n甲\n乙,2,3\n\"丙\n丁\",4\n", "fail A4 A2 C3"),
    ("L1-15", GOOD, "pass"),
    ("L1-15", "課,件数\n甲\"乙,1\n\"丙\"丁,2\n", "fail A2 A3"),
];

#[test]
fn rules_that_a_table_does_not_touch_do_not_count() {
    for (file, bytes) in in_both_formats(GOOD) {
        let score = alone(file, &bytes);
        for rule in ["L2-04", "L2-05", "L3-02", "L3-03"] {
            assert_eq!(said(&score, rule), "not-applicable", "{rule}");
        }
        // Nothing beside it states a date and, of CSV, the encoding.
        assert_eq!(said(&score, "L3-08"), "fail A1 B1 C1 D1 E1");
        let points = score.points();
        let expected = if file == CSV { (20, 22, 90) } else { (23, 25, 92) };
        assert_eq!((points.passed, points.of, points.percent()), expected, "{file}");
    }
}

pub(super) fn cases() -> Vec<Case> {
    let followed = FOLLOWED.map(|rule| (rule, GOOD, "pass"));
    let in_both = |(rule, text, expected)| {
        in_both_formats(text).map(|(file, bytes)| Case { rule, file, score: alone(file, &bytes), expected })
    };
    let mut cases: Vec<Case> = followed.into_iter().chain(TABLES).flat_map(in_both).collect();
    let of_lines = |(rule, text, expected): (_, &str, _)| Case {
        rule,
        file: CSV,
        score: alone(CSV, text.as_bytes()),
        expected,
    };
    cases.extend(OF_LINES.map(of_lines));
    // What the name promises, and what is in it.
    for file in [CSV, BOOK] {
        cases.push(Case { rule: "L1-01", file, score: alone(file, b"%PDF-1.7"), expected: "fail" });
    }
    cases
}

/// Tables with what is said of them under a rule.
const TABLES: [(&str, &str, &str); 48] = [
    ("L1-02", "課,件数\n甲,1\n課,件数\n乙,2\n", "fail A3"),
    ("L1-02", "課,件数\n甲,1\n乙,2\n\n園,人数\n丙,3\n", "fail A5"),
    ("L1-03", "課,件数\n甲,1\n\n乙,2\n", "fail A3"),
    ("L1-03", "課,,件数\n甲,,1\n乙,,2\n", "fail B1"),
    ("L1-04", "実績表,\n課,件数\n甲,1\n乙,2\n※ 速報値,\n", "fail A1 A5"),
    ("L1-05", "課,,件数\n甲,3,1\n乙,4,2\n", "fail B1"),
    ("L1-06", "課,件数\n\"甲\n乙\",1\n合　計,2\n　丙,3\n丁  戊,4\n己<br>庚,5\n", "fail A2 A6 A3 A5 A4"),
    ("L1-06", "課,氏名\n甲,山田　太郎\n", "pass"),
    ("L1-07", "課,実績\n甲,\"1件、2件\"\n乙,31（27年度）\n丙,3か所（予定）\n", "fail B2 B3"),
    ("L1-07", "課,実績\n甲,10施設・定員32名\n乙,3園・4園（27年度）\n丙,1・2年生\n", "fail B2 B3"),
    ("L1-08", "課,備考\n①甲,㈱乙\n丙,ｶﾅ\n丁,5㎡\n\u{E000},髙\n", "fail A2 B2 B3 B3 B4 A5"),
    ("L1-09", "課,件数\n甲,1\n乙,-\n丙,\n丁,3\n戊,4\n", "fail B3"),
    ("L1-09", "課,件数,円\n甲,1,5\n乙,-,5\n丙,,5\n丁,3,5\n戊,4,5\n", "fail B3"),
    ("L1-09", "課,件数\n甲,1\n乙,-\n丁,3\n戊,4\n", "cannot-tell"),
    ("L2-01", "課,件数\n甲,\"1,073\"\n乙,２件\n丙,3\n丁,未集計\n戊,-\n己,5\n", "fail B2 B3 B5"),
    ("L2-01", "課,世帯数\n甲,\"1,073世帯\"\n乙,2\n", "fail B2"),
    ("L1-03", "課,件数\n甲,1\n課,件数\n乙,2\n", "pass"),
    ("L2-01", "課,件数\n甲,1\n乙,2\n課,件数\n丙,3\n", "pass"),
    ("L2-01", "課,年齢層\n甲,20代\n乙,30代\n", "not-applicable"),
    ("L2-01", "課,分類\n甲,0101\n乙,1001\n", "not-applicable"),
    ("L2-01", "課,電話番号,郵便番号\n甲,0312345678,1530061\n", "not-applicable"),
    ("L2-02", "課,係\n甲,〃\n乙,同上\n", "fail B2 B3"),
    ("L2-02", "部,課,件数\n甲,子,1\n,丑,2\n乙,寅,3\n", "fail A3"),
    ("L2-03", "課,件数,件　数\n甲,1,2\n", "fail C1"),
    (
        "L2-04",
        "課,区分\n甲,直営\n乙,直営\n丙,直 営\n丁,委託\n戊,委託\n己,委託\n庚,直営\n辛,委託\n壬,直営\n",
        "fail B4",
    ),
    ("L2-04", "課,区分\n甲,直営\n乙,直営\n丙,直営\n丁,委託\n戊,委託\n己,委託\n", "pass"),
    ("L2-05", "課,理由\n甲,その他（工事）\n乙,その他\n", "fail B2"),
    ("L2-05", "課,理由\n甲,工事\n乙,その他\n", "pass"),
    ("L2-06", "課,番号\n甲,\"=\"\"001\"\"\"\n", "fail B2"),
    ("L3-01", "\n課,件数\n甲,1\n", "fail A2"),
    ("L3-02", "課,区分コード\n甲,1\n乙,1\n丙,2\n", "fail B1"),
    ("L3-03", "課,件数\n甲,1\n乙,x\n丙,3\n", "fail B3"),
    ("L3-03", "課,件数\n甲,1\n乙,x\n丙,3\n「x」は秘匿した値,\n", "pass"),
    ("L3-04", "課,実績\n甲,1\n乙,2\n", "fail B1"),
    ("L3-04", "課,実績,単位\n甲,1,人\n乙,2,人\n", "pass"),
    ("L3-04", "課,2019年度,2020年度\n甲,1,2\n", "fail B1 C1"),
    ("L3-04", "年度,定員\n2019,30\n2020,40\n", "pass"),
    ("L3-05", "分類,件数\n7131-01,1\n7132-01,2\n", "not-applicable"),
    ("L3-05", "年度,件数\n令和2年度,1\nH30年度,2\n31年度,3\n", "fail A2 A3 A4"),
    ("L3-05", "日付,件数\n2020-04-01,1\n2020-04-02,2\n2020年4月3日,3\n", "fail A4"),
    ("L3-05", "課,令和元年度,令和2年度\n甲,1,2\n", "fail B1 C1"),
    ("L3-05", "日付,件数\n2020年2月18日,1\n2020年2月19日,2\n", "pass"),
    ("L3-06", "市区町村名,件数\n札幌市,1\n目黒区,2\n", "fail A1"),
    (
        "L3-06",
        "団体コード,市区町村名,件数\n11002,札幌市,1\n131105,目黒区,2\n131106,大田区,3\n1100,小樽市,4\n",
        "fail A2 A4 A5",
    ),
    ("L3-07", "年度,件数\n2019,1\n2019,2\n", "not-applicable"),
    ("L3-08", "記入要領\n維持は目標を変えない場合\n削除は理由を記入\n", "fail"),
    ("L3-09", "課,2019年,2020年\n甲,1,2\n", "fail B1 C1"),
    ("L3-09", "課,連絡先1,連絡先2,連絡先3\n甲,乙,丙,丁\n", "fail B1 C1 D1"),
];

#[test]
fn what_cannot_be_read_has_no_points_and_nothing_in_it_no_verdicts() {
    let disguised = alone("a.xlsx", b"%PDF-1.7");
    assert_eq!((said(&disguised, "L1-01"), disguised.points().passed), ("fail".to_owned(), 0));
    assert_eq!(said(&disguised, "L2-01"), "cannot-tell");
    let blank = alone("a.csv", b"\n\n");
    assert_eq!(
        (said(&blank, "L1-01"), said(&blank, "L2-01")),
        ("pass".to_owned(), "not-applicable".to_owned())
    );
}
