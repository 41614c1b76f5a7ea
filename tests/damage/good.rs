//! What programs write that is unusual and right.

use super::package::{TEXTS, archive, binary, form, relations, sheet, workbook};
use super::{read, texts};
use kaitei::finding::{Code, Lang};

const BOTH: [&str; 2] = ["指標", "目標値"];
const SHEET: &str = r#"<sheet name="様式" sheetId="1" r:id="a"/>"#;

/// The codes and places of the findings.
fn found(noted: &kaitei::finding::Noted<Vec<kaitei::model::RawSheet>>) -> Vec<(Code, String)> {
    noted.findings.iter().map(|finding| (finding.code(), finding.origin.to_string())).collect()
}

/// A workbook of one worksheet and its texts, and the parts in other forms.
fn of_parts(sheet: &[u8], texts: &[u8]) -> Vec<u8> {
    workbook(
        SHEET,
        &[("a", "worksheet", "worksheets/sheet1.xml"), ("c", "sharedStrings", "sharedStrings.xml")],
        &[("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", texts)],
    )
}

#[test]
fn sheets_that_are_no_worksheets_do_not_stand_in_the_way() {
    let sheets = format!(
        r#"<sheet name="Module1" sheetId="9" r:id=""/><sheet name="Module2" sheetId="8" state="show"/>{SHEET}
<sheet name="Dialog1" sheetId="2" r:id="d"/><sheet name="Macro1" sheetId="3" state="hidden" r:id="m"/>
<sheet name="Macro2" sheetId="4" r:id="i"/><sheet name="Graph1" sheetId="5" r:id="g"/>
<sheet name="別紙" sheetId="6" state="show" r:id="b"/>"#
    );
    let bytes = workbook(
        &sheets,
        &[
            ("a", "worksheet", "worksheets/sheet1.xml"),
            ("b", "worksheet", "/xl/worksheets/sheet2.xml"),
            ("d", "dialogsheet", "dialogsheets/sheet1.xml"),
            ("m", "xlMacrosheet", "macrosheets/sheet1.xml"),
            ("i", "xlIntlMacrosheet", "macrosheets/intlsheet1.xml"),
            ("g", "chartsheet", "chartsheets/sheet1.xml"),
            ("c", "sharedStrings", "sharedStrings.xml"),
        ],
        &[
            ("xl/worksheets/sheet1.xml", sheet("").as_bytes()),
            ("xl/worksheets/sheet2.xml", sheet("").as_bytes()),
            ("xl/dialogsheets/sheet1.xml", b"<dialogsheet/>"),
            ("xl/sharedStrings.xml", TEXTS.as_bytes()),
        ],
    );
    let noted = read(&bytes, "a.xlsm");
    assert_eq!((found(&noted), texts(&noted)), (vec![], [BOTH, BOTH].concat()));
    assert!(noted.value.iter().all(|sheet| !sheet.hidden));
}

#[test]
fn binary_workbooks_are_read_as_the_others_are() {
    let noted = read(&binary(), "a.xlsb");
    assert_eq!((found(&noted), texts(&noted)), (vec![], [BOTH, BOTH].concat()));
    let hidden: Vec<_> =
        noted.value.iter().map(|sheet| (sheet.place.sheet.as_deref(), sheet.hidden)).collect();
    assert_eq!(hidden, [(Some("様式"), false), (Some("控え"), true)]);
}

#[test]
fn dimensions_are_no_matter() {
    for dimension in ["A1:B1", "A1", "1:4", "A:I", "", "$A$1:$I$4", "XFD1048576", "A1:ZZZ9999999"] {
        let sheet = sheet(&format!(r#"<dimension ref="{dimension}"/>"#));
        let noted = read(&of_parts(sheet.as_bytes(), TEXTS.as_bytes()), "a.xlsx");
        assert_eq!((found(&noted), texts(&noted)), (vec![], BOTH.to_vec()), "{dimension}");
    }
}

#[test]
fn parts_may_be_in_other_encodings() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let text = format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}");
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    let sjis = |text: &str| {
        let text = format!("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>{text}");
        encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
    };
    let (sheet, shared) = (sheet(""), TEXTS);
    let bom = |text: &str| format!("\u{FEFF}{text}").into_bytes();
    for (sheet, shared) in [
        (utf16(&sheet, false), utf16(shared, false)),
        (utf16(&sheet, true), utf16(shared, true)),
        (sjis(&sheet), sjis(shared)),
        (bom(&sheet), bom(shared)),
    ] {
        let noted = read(&of_parts(&sheet, &shared), "a.xlsx");
        assert_eq!((found(&noted), texts(&noted)), (vec![], BOTH.to_vec()));
    }
    let noted = read(
        &of_parts(sheet.as_bytes(), b"<?xml encoding=\"Shift_JIS\"?><sst><si><t>\xFF\xFF</t></si></sst>"),
        "a.xlsx",
    );
    assert_eq!(found(&noted), [(Code::FileUnreadable, "a.xlsx".to_owned())]);
    assert!(noted.findings[0].message(Lang::En).contains("xl/sharedStrings.xml: Shift_JIS"));
}

#[test]
fn parts_lie_where_the_package_says() {
    // At the root, and under other names than the usual.
    let book = format!(r#"<workbook xmlns:r="r"><sheets>{SHEET}</sheets></workbook>"#);
    let of_book = relations(&[("a", "worksheet", "/one.xml"), ("c", "sharedStrings", "words.xml")]);
    let bytes = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations(&[("w", "officeDocument", "/book.xml")]).as_bytes()),
        ("book.xml", book.as_bytes()),
        ("_rels/book.xml.rels", of_book.as_bytes()),
        ("one.xml", sheet("").as_bytes()),
        ("words.xml", TEXTS.as_bytes()),
    ]);
    let noted = read(&bytes, "a.xlsx");
    assert_eq!((found(&noted), texts(&noted)), (vec![], BOTH.to_vec()));
}

#[test]
fn one_bad_sheet_does_not_refuse_the_others() {
    let two = format!(r#"{SHEET}<sheet name="別紙" sheetId="2" r:id="b"/>"#);
    let relations = |second: &'static str| {
        [
            ("a", "worksheet", "worksheets/sheet1.xml"),
            (second, "worksheet", "worksheets/sheet2.xml"),
            ("c", "sharedStrings", "sharedStrings.xml"),
        ]
    };
    let of = |second: &'static str, bad: &[u8]| {
        let good = sheet("");
        let parts: [(&str, &[u8]); 3] = [
            ("xl/worksheets/sheet1.xml", good.as_bytes()),
            ("xl/sharedStrings.xml", TEXTS.as_bytes()),
            ("xl/worksheets/sheet2.xml", bad),
        ];
        workbook(&two, &relations(second), &parts)
    };
    let at_sheet = [(Code::FileUnreadable, "a.xlsx [別紙]".to_owned())];
    let mut flipped = of("b", sheet("<!-- 表 -->").as_bytes());
    let place = flipped.windows(24).rposition(|w| w == b"xl/worksheets/sheet2.xml").unwrap();
    // The checksum in the directory and before the member.
    for at in [place - 30, flipped.windows(24).position(|w| w == b"xl/worksheets/sheet2.xml").unwrap() - 16] {
        flipped[at] ^= 1;
    }
    for bytes in [
        of("b", b"<worksheet><sheetData><row><c><v>1</v>"),
        of("b", b"<worksheet><sheetData><row><c t=\"s\"><v>5</v></c></row></sheetData></worksheet>"),
        of("b", b"\xFF<worksheet/>"),
        // A relation that leads nowhere, and one that is not there.
        workbook(
            &two,
            &relations("b"),
            &[("xl/worksheets/sheet1.xml", sheet("").as_bytes()), ("xl/sharedStrings.xml", TEXTS.as_bytes())],
        ),
        of("x", sheet("").as_bytes()),
        flipped,
    ] {
        let noted = read(&bytes, "a.xlsx");
        assert_eq!(found(&noted), at_sheet);
        assert_eq!(texts(&noted), BOTH);
    }
}

#[test]
fn a_part_that_is_damaged_is_said_once_wherever_it_is_read() {
    let form = form();
    for (part, origin) in [
        ("xl/comments1.xml", "a.xlsx"),
        ("xl/worksheets/_rels/sheet1.xml.rels", "a.xlsx"),
        ("xl/sharedStrings.xml", "a.xlsx"),
        ("xl/worksheets/sheet2.xml", "a.xlsx [控え]"),
    ] {
        let mut bytes = form.clone();
        let start = bytes.windows(part.len()).position(|w| w == part.as_bytes()).unwrap() + part.len();
        bytes[start + 12] ^= 4;
        let noted = read(&bytes, "a.xlsx");
        assert_eq!(found(&noted), [(Code::FileUnreadable, origin.to_owned())], "{part}");
        assert!(noted.findings[0].message(Lang::En).contains(part), "{:?}", noted.findings);
    }
    // What nobody reads may be as it will.
    let mut bytes = form;
    let start = bytes.windows(6).position(|w| w == b"macros");
    assert_eq!(start, None, "it is packed");
    let start = bytes.windows(17).position(|w| w == b"xl/vbaProject.bin").unwrap() + 17;
    bytes[start + 2] ^= 4;
    assert_eq!(read(&bytes, "a.xlsm").findings, []);
}

#[test]
fn an_ods_is_told_without_its_first_member() {
    let content = r#"<office:document-content><table:table table:name="様式"><table:table-row><table:table-cell><text:p>指標</text:p></table:table-cell></table:table-row></table:table></office:document-content>"#;
    let manifest = |kind: &str| {
        format!(
            r#"<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/></manifest:manifest>"#
        )
    };
    let bytes = |kind: &str| {
        archive(&[("content.xml", content.as_bytes()), ("META-INF/manifest.xml", manifest(kind).as_bytes())])
    };
    let noted = read(&bytes("spreadsheet"), "a.ods");
    assert_eq!((found(&noted), texts(&noted)), (vec![], vec!["指標"]));
    assert_eq!(found(&read(&bytes("text"), "a.ods")), [(Code::FileDisguised, "a.ods".to_owned())]);
}

#[test]
fn old_books_are_in_unicode_whatever_code_page_they_name() {
    let book = include_bytes!("../fixtures/excel-97.xls");
    let plain = read(book, "a.xls");
    let place = book.windows(4).position(|w| w == b"\x42\0\x02\0").expect("the record CODEPAGE") + 4;
    for page in [932_u16, 1252, 10_001, 10_000, 1200, 437, 0] {
        let mut book = book.to_vec();
        book[place..place + 2].copy_from_slice(&page.to_le_bytes());
        assert_eq!(read(&book, "a.xls"), plain, "{page}");
    }
    assert_eq!(texts(&plain), ["基本目標", "指標", "目標値", "１　健康", "歩く人の数", "12件"]);
}

/// Consultants send last year's list back as the form.
#[test]
fn the_list_that_kaitei_published_is_a_form() {
    use kaitei::decisions::Decisions;
    use kaitei::emit::{Artifact, Stamp};
    use kaitei::font::Fonts;
    use kaitei::pipeline::{Past, Source, build, understand};
    use kaitei::template::Template;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = Template::load(&root.join("templates/meguro-2020.toml")).unwrap();
    let forms: Vec<_> = std::fs::read_dir(root.join("input/meguro-2020")).unwrap().collect();
    let sources: Vec<Source> = forms
        .into_iter()
        .map(|form| {
            let form = form.unwrap();
            Source::new(form.file_name().to_string_lossy(), std::fs::read(form.path()).unwrap())
        })
        .collect();
    let stamp = Stamp::resolve(None, None);
    let built =
        build(&sources, &template, &Decisions::default(), &Fonts::embedded(), stamp, None, &Past::default())
            .unwrap()
            .value;
    let (_, book) = built.formats.into_iter().find(|(artifact, _)| *artifact == Artifact::Xlsx).unwrap();
    let again = understand(&[Source::new("昨年度.xlsx", book)], &template, None);
    let indicators = |list: &kaitei::model::Dataset| -> Vec<String> {
        list.rows.iter().map(|row| row.name().text.clone()).collect()
    };
    assert_eq!(indicators(&again.value), indicators(&built.list));
    let of_sheets: Vec<_> = again
        .findings
        .iter()
        .filter(|finding| finding.origin.cell.is_none())
        .map(kaitei::finding::Finding::code)
        .collect();
    assert_eq!(of_sheets, [Code::SheetRepeatsList; 3]);
    assert!(!kaitei::finding::has_errors(&again.findings), "{:?}", again.findings);
}
