//! Delimited text whose quotes, commas or end are wrong, and such that only looks so.

use super::{read, texts};
use kaitei::finding::{Code, Lang};

const HEADING: &str = "基本目標,施策,指標,№,現状値,目標値,取扱い,新たな目標値,理由";
const ROW: &str = "１　あ,１　い,延長保育の実施施設数,12,3施設（27年度）,5施設（31年度）,1.維持,,";

/// What is found in lines below the heading, as `cell message`.
fn found(lines: &str) -> Vec<String> {
    let noted = read(format!("{HEADING}\r\n{lines}").as_bytes(), "a.csv");
    let say = |finding: &kaitei::finding::Finding| {
        assert_eq!(finding.code(), Code::CsvMalformed);
        format!("{} {}", finding.origin.cell.unwrap(), finding.message(Lang::En))
    };
    noted.findings.iter().map(say).collect()
}

#[test]
fn a_thousands_separator_without_quotes_is_found() {
    let lines = format!(
        "{ROW}\r\n,,延長保育の利用者数,12,1,200人（27年度）,5施設（31年度）,1.維持,,\r\n\
         ,,病児保育の利用者数,13,20人（27年度）,35人（31年度）,2.修正,1,500人,見込みを上回ったため\r\n"
    );
    let cut = |cell: &str, figure: &str| {
        format!(
            "{cell} `{figure}` is cut in two by its comma, and what follows is shifted (10 fields; the heading has 9)"
        )
    };
    assert_eq!(found(&lines), [cut("E3", "1,200人（27年度）"), cut("H4", "1,500人")]);
}

#[test]
fn a_comma_within_a_text_is_found() {
    let lines = format!("{ROW}\r\n,,利用者数,13,20人,35人,2.修正,60人,見込みを上回り,増やすため\r\n");
    let found = found(&lines);
    assert!(
        matches!(&found[..], [one] if one.starts_with("J3 the row has more fields than the heading (10, not 9)")),
        "{found:?}"
    );
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_found() {
    for (lines, said) in [
        (
            format!("{ROW}\r\n,,\"利用者数,13,20人,35人,1.維持,,\r\n{ROW}\r\n"),
            "C3 a quotation mark is not closed at `\"利用者数",
        ),
        (
            String::from(",,\"あ,13,20人,35人,1.維持,,\r\n,,\"い,14,20人,35人,1.維持,,\r\n"),
            "C2 a quotation mark is not closed at `\"あ",
        ),
    ] {
        let found = found(&lines);
        assert!(found[0].starts_with(said), "{found:?}");
    }
}

#[test]
fn a_file_that_is_cut_off_is_found() {
    let found = found(&format!("{ROW}\r\n,,一時保育の実施か所数,14,2か所（27年度）,4か所（31年度）,"));
    assert_eq!(
        found,
        ["F3 the last row ends at `4か所（31年度）` (7 fields; the heading has 9): the file is cut off"]
    );
}

#[test]
fn what_excel_and_others_write_is_right() {
    let stray = ROW.replace("延長保育の", "\"のびのび\"広場の");
    let inches = ROW.replace("3施設", "55\"型");
    for lines in [
        // Quotes within fields, and fields of several lines.
        format!("{stray}\r\n{inches}\r\n{ROW}\"見込みを\n上回り、\"\"増\"\"\"\r\n"),
        // No line break at the end; empty lines and fields that fill up.
        format!("{ROW}\r\n{ROW}"),
        format!("{ROW},,,\r\n{}\r\n{}", ",".repeat(11), "\r\n".repeat(30)),
        // A number beside a figure of three digits.
        format!("{}\r\n", ROW.replace("3施設", "120施設")),
    ] {
        assert_eq!(found(&lines), Vec::<String>::new(), "{lines}");
    }
    let padded = format!("表題{}\r\n{HEADING},,\r\n{ROW},,\r\n", ",".repeat(10));
    let noted = read(padded.as_bytes(), "a.csv");
    assert_eq!((noted.findings.len(), texts(&noted).len()), (0, 17));
}

#[test]
fn texts_of_macs_and_of_other_delimiters_are_right() {
    for (end, delimiter) in [("\r", ","), ("\n", ";"), ("\r\n", "\t")] {
        let text = format!("{HEADING}{end}{ROW}{end}{ROW}{end}").replace(',', delimiter);
        let noted = read(text.as_bytes(), "a.csv");
        assert_eq!((noted.findings.len(), texts(&noted).len()), (0, 23), "{end:?}");
    }
}
