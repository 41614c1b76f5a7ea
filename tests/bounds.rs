//! Small files that grow: whatever they ask for, a build ends with a word about it, in bounded memory, its report can be
//! opened, and the document beside is built.
//!
//! The memory of the program and of its workers is held by the system, the size of the reports is counted. What is made
//! here stays below `target/tmp/bounds`, to be measured with a release build.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::finding::Code;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;
use zip::write::SimpleFileOptions;

/// Bytes that a file may have here.
const MOST_BYTES: usize = 3 << 20;
/// KiB of address space that each process may have: what it uses, its code, and what threads reserve.
const MOST_MEMORY: u64 = 700 << 10;
/// Bytes that the reports may have together.
const MOST_REPORT: u64 = 10 << 20;

const HEADER: [&str; 9] =
    ["基本目標", "施策", "該当事業№", "重要業績評価指標", "現状値", "目標値", "取扱", "新たな目標値", "理由"];

/// A row of a form, with some of its cells replaced.
fn row(number: usize, cells: &[(usize, &str)]) -> Vec<String> {
    let name = format!("指標{number}の数");
    let texts = [
        "１　安心",
        "１　支え合い",
        &number.to_string(),
        &name,
        "3施設（27年度）",
        "5施設（31年度）",
        "1.維持",
        "",
        "",
    ];
    let mut row = texts.map(str::to_owned).to_vec();
    for (col, text) in cells {
        (*text).clone_into(&mut row[*col]);
    }
    row
}

fn header() -> Vec<String> {
    HEADER.map(str::to_owned).to_vec()
}

fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let line = |row: Vec<String>| {
        let fields: Vec<String> =
            row.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\""))).collect();
        fields.join(",") + "\n"
    };
    rows.into_iter().map(line).collect::<String>().into_bytes()
}

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_level(Some(9))).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx of shared texts and of sheets, each with the content of its rows and what comes behind them.
fn xlsx(shared: &str, styles: &str, sheets: &[(String, String)]) -> Vec<u8> {
    const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut relations, mut names) = (String::new(), String::new());
    let mut parts = Vec::new();
    for (at, (rows, tail)) in sheets.iter().enumerate() {
        write!(
            relations,
            r#"<Relationship Id="r{at}" Type="{KINDS}/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        )
        .unwrap();
        write!(names, r#"<sheet name="様式{at}" sheetId="{}" r:id="r{at}"/>"#, at + 1).unwrap();
        let text = format!("<worksheet><sheetData>{rows}</sheetData>{tail}</worksheet>");
        parts.push((format!("xl/worksheets/sheet{at}.xml"), text));
    }
    let book = format!(
        r#"<Relationships><Relationship Id="b" Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let mut all = vec![
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", book),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        ("xl/workbook.xml", format!(r#"<workbook xmlns:r="r"><sheets>{names}</sheets></workbook>"#)),
        ("xl/sharedStrings.xml", format!("<sst>{shared}</sst>")),
        ("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>")),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.clone())));
    archive(&all)
}

/// A row of inline texts.
fn inline(texts: &[String]) -> String {
    let cell = |text: &String| match text.as_str() {
        "" => "<c/>".to_owned(),
        text => format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#),
    };
    format!("<row>{}</row>", texts.iter().map(cell).collect::<String>())
}

fn ods(tables: &str) -> Vec<u8> {
    let content = format!("<office:document-content>{tables}</office:document-content>");
    let mime = "application/vnd.oasis.opendocument.spreadsheet".to_owned();
    archive(&[("mimetype", mime), ("content.xml", content)])
}

fn ods_row(texts: &[String], repeated: u32) -> String {
    let cell = |text: &String| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let cells: String = texts.iter().map(cell).collect();
    format!(r#"<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>"#)
}

/// Builds a document of one file, held to the bounds; the codes of the errors that its report has.
fn build(name: &str, bytes: &[u8]) -> Vec<String> {
    let report = report(name, bytes);
    let codes = report["codes"].as_array().unwrap().iter();
    codes
        .filter(|code| code["severity"] == "error")
        .map(|code| code["code"].as_str().unwrap().to_owned())
        .collect()
}

/// The report of a build of two documents, one of them sound and the other one of this file, held to the bounds.
fn report(name: &str, bytes: &[u8]) -> serde_json::Value {
    assert!(bytes.len() <= MOST_BYTES, "{name}: {} bytes", bytes.len());
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bounds");
    fs::create_dir_all(&made).unwrap();
    fs::write(made.join(name), bytes).unwrap();
    let project = tempfile::tempdir().unwrap();
    let path = |name: &str| project.path().join(name);
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/meguro-2020.toml");
    fs::create_dir_all(path("templates")).unwrap();
    for (document, name, bytes) in [("d", name, bytes), ("e", "e.csv", &csv([header(), row(1, &[])]))] {
        fs::copy(&template, path("templates").join(document).with_extension("toml")).unwrap();
        fs::create_dir_all(path("input").join(document)).unwrap();
        fs::write(path("input").join(document).join(name), bytes).unwrap();
    }
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MOST_MEMORY}; exec \"$0\" build --project .")])
        .arg(env!("CARGO_BIN_EXE_kaitei"))
        .current_dir(project.path())
        // What threads reserve for themselves is no use of memory.
        .env("MALLOC_ARENA_MAX", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?} {said}", output.status);
    assert!(path("output/e/e.pdf").exists(), "{name}: {said}");
    let report = fs::read(path("output/report.json")).unwrap();
    let bytes: u64 =
        ["report.json", "report.html"].iter().map(|name| length(&path("output").join(name))).sum();
    assert!(bytes <= MOST_REPORT, "{name}: reports of {bytes} bytes");
    let printed = u64::try_from(output.stdout.len() + output.stderr.len()).unwrap();
    assert!(printed <= MOST_REPORT, "{name}: {printed} bytes are printed");
    serde_json::from_slice(&report).unwrap()
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

/// That a file is refused for its size, and that nothing more is said of it.
fn is_refused(name: &str, bytes: &[u8]) {
    assert_eq!(build(name, bytes), [Code::SheetTooLarge.id()], "{name}");
}

#[test]
fn what_is_repeated_without_end_is_refused() {
    let filled_down = row(1, &[(0, ""), (1, ""), (2, ""), (3, ""), (4, ""), (5, "")]);
    let table = |rows: &str| ods(&format!(r#"<table:table table:name="様式">{rows}</table:table>"#));
    let head = ods_row(&header(), 1);
    is_refused("repeated-rows.ods", &table(&(head.clone() + &ods_row(&row(1, &[]), 1_000_000))));
    is_refused("filled-down.ods", &table(&(head.clone() + &ods_row(&filled_down, 1_048_000))));
    is_refused("list.ods", &table(&(head.clone() + &ods_row(&row(1, &[]), 10_001))));
    let wide = r#"<table:table-row><table:table-cell table:number-columns-repeated="2000000"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    is_refused("repeated-columns.ods", &table(&(head + wide)));
    let cells = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(20)).repeat(50_000);
    is_refused("cells.xlsx", &xlsx("<si><t>1,234人</t></si>", "", &[(cells, String::new())]));
    is_refused("columns.csv", "x,".repeat(1_400_000).as_bytes());
}

#[test]
fn what_a_workbook_is_made_of_is_bounded() {
    let sheets = [(inline(&header()) + &inline(&row(1, &[])), String::new())];
    is_refused("empty-texts.xlsx", &xlsx(&"<si/>".repeat(12 << 20), "", &sheets));
    let styles = format!("<cellXfs>{}</cellXfs>", "<xf numFmtId=\"14\"/>".repeat(3 << 20));
    is_refused("styles.xlsx", &xlsx("", &styles, &sheets));
    is_refused("deep.xlsx", &xlsx(&"<a>".repeat(40 << 20), "", &sheets));
    // One text, shown so often that the list would have thousands of pages.
    let long = "見込みを上回ったため、目標を見直す。".repeat(1800);
    let shown = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(400);
    is_refused("shown.xlsx", &xlsx(&format!("<si><t>{long}</t></si>"), "", &[(shown, String::new())]));
    let name = "n".repeat(2 << 20);
    let table = format!(r#"<table:table table:name="{name}">{}</table:table>"#, ods_row(&header(), 1));
    assert_eq!(build("name.ods", &ods(&table)), [Code::FileUnreadable.id()]);
}

/// Merged areas lie in the way of everything that looks for a cell above.
#[test]
fn merged_areas_and_hidden_rows_are_bounded() {
    let rows: String = (1..2000).map(|number| inline(&row(number, &[]))).collect();
    let area = |row: usize, letter: char| format!(r#"<mergeCell ref="{letter}{row}:{letter}{}"/>"#, row + 1);
    let pairs = (2..2000).step_by(2).flat_map(|row| ('A'..='Z').map(move |letter| area(row, letter)));
    let tail = format!("<mergeCells>{}</mergeCells>", pairs.collect::<String>());
    build("merged.xlsx", &xlsx("", "", &[(inline(&header()) + &rows, tail)]));
    let over = r#"<mergeCell ref="A1:ZZ3"/>"#.repeat(49_000);
    let tail = format!("<mergeCells>{}</mergeCells>", over.replacen("ZZ3", "ZY3", 9));
    build("one-over-another.xlsx", &xlsx("", "", &[(inline(&header()) + &rows, tail)]));
    let many = r#"<mergeCell ref="A1:B2"/>"#.repeat(60_000);
    let tail = format!("<mergeCells>{many}</mergeCells>");
    is_refused("many-merged.xlsx", &xlsx("", "", &[(inline(&header()) + &rows, tail)]));
}

/// Every row has trouble under many rules, on many sheets.
#[test]
fn findings_do_not_grow_with_the_file() {
    let bad = [
        (2, "№"),
        (4, "x（R9年度"),
        (5, "5〜3施設～（40年度）"),
        (6, "4.何か"),
        (7, "？？（1年"),
        (8, "№999"),
    ];
    let rows = (0..9000).map(|number| row(number, &bad));
    assert!(!build("findings.csv", &csv([header()].into_iter().chain(rows))).is_empty());
    let rows: String = (0..110).map(|number| inline(&row(number, &bad))).collect();
    let sheet = (inline(&header()) + &rows, String::new());
    assert!(!build("findings.xlsx", &xlsx("", "", &vec![sheet; 60])).is_empty());
    let rows = (0..6000).map(|number| row(number, &[(3, &format!("🍣{number}"))]));
    assert!(!build("glyphs.csv", &csv([header()].into_iter().chain(rows))).is_empty());
    let marked = format!("🍣{}", "\u{301}".repeat(32_000));
    let rows = (0..40).map(|number| row(number, &[(3, &format!("{marked}{number}"))]));
    assert_eq!(build("marks.csv", &csv([header()].into_iter().chain(rows))), [Code::GlyphMissing.id()]);
    let rows = (0..9000).map(|_| vec!["a".to_owned(), "b".to_owned()]);
    build("not-understood.csv", &csv([header()].into_iter().chain(rows)));
}

/// The same reference many times is looked up once, and claims are looked for in bounded text.
#[test]
fn references_are_not_checked_with_the_square() {
    let changed = |reason: &str| row(2, &[(6, "2.修正"), (7, "6施設（2年度）"), (8, reason)]);
    let one = build("references.csv", &csv([header(), row(1, &[]), changed(&"№1、".repeat(5_000))]));
    assert!(one.is_empty(), "{one:?}");
    let long = |number: usize| row(1, &[(3, &format!("{}{number}", "あ".repeat(9_000)))]);
    let claims: String = (0..2_000).map(|claim| format!("№1「い{claim}」")).collect::<Vec<_>>().concat();
    let rows = (0..90).map(long).chain([changed(&claims)]);
    let codes = build("claims.csv", &csv([header()].into_iter().chain(rows)));
    assert!(codes.contains(&Code::SheetTooLarge.id().to_owned()), "{codes:?}");
}

#[test]
fn sums_headers_and_words_are_not_counted_with_the_square() {
    let sum = || ["", "", "", "小計", "7"].map(str::to_owned).to_vec();
    let rows = (0..3_000).map(|number| row(number, &[])).chain((0..20_000).map(|_| sum()));
    build("sums.csv", &csv([header()].into_iter().chain(rows)));
    let words = ["維持", "1", "修正", "2", "削除", "3", "計", "6"].map(str::to_owned);
    let rows = (0..20).map(|_| words.iter().cycle().take(12_000).cloned().collect());
    build("words.csv", &csv([header()].into_iter().chain(rows)));
    let twice: Vec<(String, String)> = ["r", "q"]
        .map(|sheet| {
            let same = |at: usize| row(at % 20, &[(3, "同じ指標"), (8, &format!("{sheet}{at}"))]);
            (inline(&header()) + &(0..1500).map(|at| inline(&same(at))).collect::<String>(), String::new())
        })
        .to_vec();
    build("namesakes.xlsx", &xlsx("", "", &twice));
}

/// What stands together in a cell of the workbook is counted together, and the cell of the form is named.
#[test]
fn texts_that_no_cell_of_the_workbook_holds_are_found_at_their_cells() {
    let reason = "見込みを上回ったため。".repeat(2_950);
    let changed =
        |number: usize, value: &str, reason: &str| row(number, &[(6, "2.修正"), (7, value), (8, reason)]);
    let long = format!("6施設（2年度）{}", "（注）".repeat(200));
    let rows = [header(), changed(1, "6施設（2年度）", &reason), changed(2, &long, &reason)];
    // In data, signs are spelled out.
    let signs = build("signs.csv", &csv([header(), changed(1, "6施設（2年度）", &"№1、".repeat(8_200))]));
    assert_eq!(signs, [Code::TextTooLong.id()]);
    let report = report("joint.csv", &csv(rows));
    let findings = report["documents"][0]["departments"][0]["files"][0]["findings"].as_array().unwrap();
    let errors: Vec<_> = findings.iter().filter(|finding| finding["severity"] == "error").collect();
    let [only] = errors[..] else { panic!("{errors:#?}") };
    let found = (&only["code"], &only["origin"]["cell"]);
    assert_eq!(found, (&Code::TextTooLong.id().into(), &"I3".into()), "{only:#}");
}

/// What is large without harm is read: formatted rows without entries, a space in the last cell of all, a long group.
#[test]
fn what_is_large_without_harm_is_read() {
    let rows: String =
        [header(), row(1, &[]), row(2, &[]), row(3, &[])].iter().map(|row| inline(row)).collect();
    let formatted =
        format!(r#"<row ht="30" customFormat="1">{}</row>"#, r#"<c s="0"/>"#.repeat(9)).repeat(3_000);
    let space = r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>"#;
    let used = xlsx("", "", &[(rows + &formatted + space, String::new())]);
    assert!(build("used-range.xlsx", &used).is_empty());
    let rows = (1..=1_200).map(|number| row(number, &[]));
    assert!(build("group.csv", &csv([header()].into_iter().chain(rows))).is_empty());
}
