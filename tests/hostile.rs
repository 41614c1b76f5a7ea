//! Files made to do harm, or to be refused: what they try does not happen, and what was not read is reported.

use kaitei::finding::{Code, Finding, Lang, Noted, Reader};
use kaitei::ingest;
use kaitei::model::{Eras, Limits, RawSheet};
use rust_xlsxwriter::{Format, Workbook};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

type Read = Noted<Vec<RawSheet>>;

fn read(bytes: &[u8], name: &str, limits: &Limits) -> Read {
    ingest::read(bytes, name, limits, Eras::reiwa())
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a new member");
        zip.write_all(text.as_bytes()).expect("room in memory");
    }
    zip.finish().expect("a whole archive").into_inner()
}

/// An xlsx of a prologue of XML, shared strings and rows.
fn xlsx(prologue: &str, shared: &str, rows: &str) -> Vec<u8> {
    let relations = |kind: &str, target: &str| {
        let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!(
            r#"<Relationships><Relationship Id="a" Type="{kinds}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations("officeDocument", "/xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &relations("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="様式" sheetId="1" r:id="a"/></sheets></workbook>"#,
        ),
        ("xl/sharedStrings.xml", &format!("{prologue}<sst>{shared}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            &format!("{prologue}<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

fn ods(prologue: &str, cell: &str) -> Vec<u8> {
    let content = format!(
        r#"{prologue}<office:document-content><table:table table:name="様式"><table:table-row>{cell}</table:table-row></table:table></office:document-content>"#
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

fn texts(noted: &Read) -> Vec<&str> {
    let cells = noted.value.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    cells.map(|cell| cell.text.as_str()).collect()
}

#[test]
fn entities_are_not_resolved_and_their_absence_is_reported() {
    let mut laughs =
        String::from("<!DOCTYPE x [<!ENTITY e0 \"ha\"><!ENTITY file SYSTEM \"file:///etc/passwd\">");
    for n in 1..20 {
        let inside = format!("&e{};", n - 1).repeat(10);
        write!(laughs, "<!ENTITY e{n} \"{inside}\">").expect("room in memory");
    }
    laughs.push_str("]>");
    let shared_cell = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    for entity in ["e19", "e0", "file", "unknown"] {
        let string = format!("<t>三&{entity};件</t>");
        let struck = format!("<r><rPr><strike/></rPr>{string}</r>");
        let inline = format!(r#"<row r="1"><c r="A1" t="inlineStr"><is>{string}</is></c></row>"#);
        let rich = format!(r#"<row r="1"><c r="A1" t="inlineStr"><is>{struck}</is></c></row>"#);
        let paragraph = format!("<table:table-cell><text:p>三&{entity};件</text:p></table:table-cell>");
        for (name, bytes) in [
            ("a.xlsx", xlsx(&laughs, &format!("<si>{string}</si>"), shared_cell)),
            ("a.xlsx", xlsx(&laughs, &format!("<si>{struck}</si>"), shared_cell)),
            ("a.xlsx", xlsx(&laughs, "", &inline)),
            ("a.xlsx", xlsx(&laughs, "", &rich)),
            ("a.ods", ods(&laughs, &paragraph)),
        ] {
            let noted = read(&bytes, name, &Limits::default());
            assert!(texts(&noted).is_empty(), "{name} {entity}: {:?}", texts(&noted));
            assert_eq!(noted.findings[0].code(), Code::FileUnreadable, "{name} {entity}");
        }
    }
    // Entities of XML's own, and characters by their numbers, are text.
    let noted = read(&xlsx("", "<si><t>&lt;&#20214;</t></si>", shared_cell), "a.xlsx", &Limits::default());
    assert_eq!((texts(&noted), noted.findings.len()), (vec!["<件"], 0));
}

/// Whatever is read or said of them: the stack and the memory suffice.
#[test]
fn depth_and_length_do_no_harm() {
    const DEPTH: usize = 300_000;
    let deep =
        |name: &str| format!("{}{}", format!("<{name}>").repeat(DEPTH), format!("</{name}>").repeat(DEPTH));
    let long = format!(r#"<a b="{}"/>"#, "x".repeat(8 << 20));
    for inside in [deep("a"), deep("r"), deep("c"), deep("row"), deep("si"), "<a>".repeat(DEPTH), long] {
        read(&xlsx("", &format!("<si>{inside}</si>"), ""), "a.xlsx", &Limits::default());
        read(&xlsx("", "", &inside), "a.xlsx", &Limits::default());
        let inside = inside.replace("<a", "<text:span").replace("</a", "</text:span");
        let cell = format!("<table:table-cell><text:p>{inside}</text:p></table:table-cell>");
        read(&ods("", &cell), "a.ods", &Limits::default());
    }
    for name in ["table:table", "table:table-row", "table:table-cell", "office:annotation", "text:p"] {
        read(&ods("", &deep(name)), "a.ods", &Limits::default());
    }
}

/// A workbook of three sheets with ten cells each, a merged area in the first of them.
fn book() -> Vec<u8> {
    let mut workbook = Workbook::new();
    for _ in 0..3 {
        let sheet = workbook.add_worksheet();
        for row in 0..10 {
            sheet.write_string(row, 0, "あ".repeat(100)).expect("a cell");
        }
    }
    let sheet = workbook.worksheet_from_index(0).expect("the first sheet");
    sheet.merge_range(0, 2, 99, 11, "結合", &Format::new()).expect("an area");
    sheet.merge_range(100, 2, 101, 2, "結合", &Format::new()).expect("an area");
    workbook.save_to_buffer().expect("a book in memory")
}

#[test]
fn what_is_above_a_limit_is_told_with_its_figure_and_the_key() {
    let usual = Limits::default();
    let check = |bytes: &[u8], name: &str, limits: Limits, words: &str, key: &str| {
        let noted = read(bytes, name, &limits);
        let remedy = |d: &Finding| d.remedy(Reader::Planning, Lang::En).unwrap_or_default();
        let found = noted.findings.first().map(|d| (d.code(), d.message(Lang::En), remedy(d)));
        let Some((code, message, hint)) = found else { panic!("{words}: not reported") };
        assert!(code == Code::SheetTooLarge && message.contains(words), "{words}: {message}");
        assert!(hint.contains(&format!("`{key}`")), "{words}: {hint}");
    };
    let book = book();
    assert_eq!(read(&book, "a.xlsx", &usual).findings, []);
    check(&book, "a.xlsx", Limits { sheets: 2, ..usual }, "too many sheets (3; at most 2)", "sheets");
    check(
        &book,
        "a.xlsx",
        Limits { cells: 20, ..usual },
        "cells with text (21 or more; at most 20 in",
        "cells",
    );
    check(&book, "a.xlsx", Limits { cell_chars: 99, ..usual }, "(100; at most 99)", "cell_chars");
    check(&book, "a.xlsx", Limits { merges: 1, ..usual }, "merged areas (2; at most 1 on a sheet)", "merges");
    let area = "too large (1002 cells; at most 1000 on a sheet)";
    check(&book, "a.xlsx", Limits { merged_cells: 1000, ..usual }, area, "merged_cells");

    let large = "あ,い\n".repeat(400_000);
    let file = "too large (3 MiB or more; at most 1 MiB)";
    check(large.as_bytes(), "a.csv", Limits { file_mib: 1, ..usual }, file, "file_mib");
    let text = "too much text (1 MiB or more; at most 1 MiB in a file)";
    check(large.as_bytes(), "a.csv", Limits { text_mib: 1, ..usual }, text, "text_mib");

    let bomb = xlsx("", "", &" ".repeat(100 << 20));
    check(&bomb, "a.xlsx", usual, "packed beyond what is natural (1:", "ratio");
    let unpacked = "unpacks to too much (64 MiB or more; at most 64 MiB)";
    check(&bomb, "a.xlsx", Limits { unpacked_mib: 64, ..usual }, unpacked, "unpacked_mib");
    assert_eq!(read(&bomb, "a.xlsx", &Limits { ratio: 1032, ..usual }).findings, []);

    let corners = include_bytes!("fixtures/far-corners.xls");
    let grid = "(16777216 cells or more, empty ones included; at most 3000000)";
    check(corners, "a.xls", usual, grid, "legacy_cells");
    let announced = xlsx("<!-- uniqueCount=\"3000000\" -->", "", "");
    check(&announced, "a.xlsx", usual, "too many texts (3000000 or more; at most 500000)", "cells");
}

#[test]
fn an_archive_of_too_many_members_is_refused() {
    let names: Vec<String> = (0..20_001).map(|n| format!("xl/{n}")).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    let noted = read(&archive(&parts), "a.xlsx", &Limits::default());
    assert_eq!(
        noted.findings[0].message(Lang::En),
        "the file is made of too many parts (20001; at most 20000)"
    );
}

/// A part of a list is none, and whatever were said of it would be wrong.
#[test]
fn a_sheet_above_a_limit_is_left_out_and_reading_stops_with_the_file() {
    let usual = Limits::default();
    for (limits, sheets) in [
        (Limits { merged_cells: 1000, ..usual }, &["Sheet2", "Sheet3"][..]),
        (Limits { cells: 9, ..usual }, &[]),
        (Limits { cells: 15, ..usual }, &["Sheet1"]),
        (Limits { cells: 25, ..usual }, &["Sheet1", "Sheet2"]),
        (Limits { cells: 32, ..usual }, &["Sheet1", "Sheet2", "Sheet3"]),
    ] {
        let noted = read(&book(), "a.xlsx", &limits);
        let names: Vec<_> = noted.value.iter().filter_map(|sheet| sheet.place.sheet.as_deref()).collect();
        assert_eq!(names, sheets, "{limits:?}");
        assert_eq!(noted.findings.len(), usize::from(sheets.len() < 3), "{:?}", noted.findings);
    }
}

#[test]
fn an_old_book_opens() {
    let noted = read(include_bytes!("fixtures/excel-97.xls"), "a.xls", &Limits::default());
    assert_eq!(noted.findings, []);
    assert_eq!(texts(&noted), ["基本目標", "指標", "目標値", "１　健康", "歩く人の数", "12件"]);
}

#[test]
fn an_old_book_that_is_locked_is_reported_however_it_is() {
    let locked = include_bytes!("fixtures/default-password.xls");
    let start = locked.windows(4).position(|bytes| bytes == b"\x2F\0\x36\0").expect("the record FILEPASS");
    // The kinds of [MS-XLS] 2.4.117: obfuscated, encrypted, no kind. The words that follow fit none but the second.
    for kind in if cfg!(feature = "default-password") { 0..=0 } else { 0..=2 } {
        let mut book = locked.to_vec();
        book[start + 4] = kind;
        let noted = read(&book, "a.xls", &Limits::default());
        assert_eq!(noted.findings.len(), 1, "{kind}");
        assert_eq!(noted.findings[0].code(), Code::FileEncrypted, "{kind}: {:?}", noted.findings);
        assert!(noted.value.is_empty(), "{kind}");
    }
}

/// A book that may be opened for reading alone says so before it says that it is encrypted.
#[test]
fn an_old_book_that_is_locked_and_write_protected_is_reported() {
    let mut book = include_bytes!("fixtures/default-password.xls").to_vec();
    let start = book.windows(4).position(|bytes| bytes == b"\x2F\0\x36\0").expect("the record FILEPASS");
    // The stream has the first 4096 bytes behind the header.
    book.copy_within(start..512 + 4096 - 4, start + 4);
    book[start..start + 4].copy_from_slice(b"\x86\0\0\0");
    // Another word than Excel tries by itself: salt and verifier no longer fit.
    book[start + 14] ^= 1;
    let noted = read(&book, "a.xls", &Limits::default());
    assert_eq!(noted.findings.iter().map(Finding::code).collect::<Vec<_>>(), [Code::FileEncrypted]);
    assert!(noted.value.is_empty());
}

#[test]
#[cfg(feature = "default-password")]
fn files_with_the_default_password_open() {
    use msoffice_crypto::{EncryptParams, encrypt_ooxml, encrypt_ooxml_standard, encrypt_ooxml_with_params};
    let book = book();
    let plain = read(&book, "a.xlsx", &Limits::default());
    let rounds = |rounds| EncryptParams { spin_count: rounds, ..EncryptParams::default() };
    for bytes in [
        encrypt_ooxml(&book, "VelvetSweatshop"),
        encrypt_ooxml_standard(&book, "VelvetSweatshop"),
        encrypt_ooxml_with_params(&book, "VelvetSweatshop", rounds(0)),
    ] {
        assert_eq!(read(&bytes.expect("a package"), "a.xlsx", &Limits::default()), plain);
    }
    let legacy = include_bytes!("fixtures/default-password.xls");
    let noted = read(legacy, "a.xls", &Limits::default());
    assert_eq!(noted, read(include_bytes!("fixtures/excel-97.xls"), "a.xls", &Limits::default()));

    let other = encrypt_ooxml_with_params(&book, "目黒", rounds(0)).expect("a package");
    let is_there = |mark: &[u8]| other.windows(mark.len()).any(|bytes| bytes == mark);
    assert!(is_there(b"hashAlgorithm=\"SHA512\"") && is_there(b"keyBits=\"256\""));
    let noted = read(&other, "a.xlsx", &Limits::default());
    assert_eq!(noted.findings.iter().map(Finding::code).collect::<Vec<_>>(), [Code::FileEncrypted]);
    // Another hash than the library knows is a password all the same, and no damage.
    let mut unknown = other.clone();
    for at in 0..unknown.len() - 6 {
        if unknown[at..].starts_with(b"SHA512") {
            unknown[at..at + 6].copy_from_slice(b"SHA999");
        }
    }
    assert_eq!(read(&unknown, "a.xlsx", &Limits::default()).findings[0].code(), Code::FileEncrypted);
    // Twice is no workbook, and as many rounds as a file may ask for in hashing would take all day.
    let twice = encrypt_ooxml_with_params(&other, "VelvetSweatshop", rounds(0));
    assert!(twice.is_err());
    let slow = encrypt_ooxml_with_params(&book, "VelvetSweatshop", rounds(1_000_001)).expect("a package");
    let noted = read(&slow, "a.xlsx", &Limits::default());
    assert!(noted.findings[0].message(Lang::En).contains("spinCount = 1000001"), "{:?}", noted.findings);
}

#[test]
fn a_file_that_is_not_read_for_its_length_is_judged_by_its_beginning() {
    let limits = Limits { file_mib: 1, ..Limits::default() };
    for (head, name, len, code, words) in [
        (
            &b"PK\x03\x04"[..],
            "a.xlsx",
            5 << 20,
            Code::SheetTooLarge,
            "too large (5 MiB or more; at most 1 MiB)",
        ),
        (b"PK\x03\x04", "a.xlsx", 1 << 20, Code::SheetTooLarge, "the document's input exceeds 512 MiB"),
        (b"a\tb\n", "a.tsv", 5 << 20, Code::SheetTooLarge, "too large"),
        (b"PK\x03\x04", "photos.zip", 5 << 20, Code::FileUnsupported, "an archive"),
        (b"PK\x03\x04", "a.docx", 5 << 20, Code::FileIgnored, "too large"),
        (b"%PDF-1.7", "a.pdf", 5 << 20, Code::FileIgnored, "a PDF"),
    ] {
        let finding = ingest::refuse(head, name, len, &limits);
        assert_eq!(finding.code(), code, "{name}");
        assert!(finding.message(Lang::En).contains(words), "{name}: {}", finding.message(Lang::En));
    }
}
