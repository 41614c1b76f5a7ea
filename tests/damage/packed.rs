//! Files in files: forms that somebody packed together, which nobody sees unless they are unpacked.

use super::read;
use kaitei::finding::{Code, Lang, Reader};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const BOOK: &[u8] = include_bytes!("../fixtures/excel-97.xls");

fn archive(members: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        zip.start_file(*member, SimpleFileOptions::default()).unwrap();
        zip.write_all(if member.ends_with("xls") { BOOK } else { b"<a/>" }).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What is said of a file, and what the planning section can do.
fn said(bytes: &[u8], name: &str) -> (Code, String, String) {
    let noted = read(bytes, name);
    assert_eq!(noted.value, [], "{name}");
    let [finding] = &noted.findings[..] else { panic!("{name}: {:?}", noted.findings) };
    assert_eq!(finding.origin.to_string(), name);
    let remedy = finding.remedy(Reader::Planning, Lang::Ja).unwrap();
    (finding.code(), finding.message(Lang::Ja), remedy)
}

#[test]
fn forms_in_an_archive_are_not_overlooked() {
    let unpack = "展開し、中の調査票を入力フォルダーに置いて、書庫を入力フォルダーから除いてください";
    for (members, forms) in [
        (&["回答/01_子育て支援部.xls", "回答/別紙.pdf"][..], "回答/01_子育て支援部.xls"),
        (&["a.ods", "b.csv", "__MACOSX/._b.csv", ".c.xls", "d/~$e.xlsx"], "a.ods・b.csv"),
        (&["写真.zip", "案内.docx"], "写真.zip"),
        (&["表.numbers"], "表.numbers"),
    ] {
        let message = format!("書庫の中にある表計算ファイル（{forms}）は、読み取っていません");
        let expected = (Code::FileUnsupported, message, unpack.to_owned());
        assert_eq!(said(&archive(members), "回答一式.zip"), expected);
    }
    // Named as a spreadsheet, it is another error already.
    assert_eq!(said(&archive(&["a.xls"]), "回答.xlsx").0, Code::FileDisguised);
    // Nothing in it could be a form.
    assert_eq!(
        said(&archive(&["写真/a.jpg", "案内.pdf", "__MACOSX/._a.xls"]), "写真.zip").0,
        Code::FileIgnored
    );
    // Nobody can tell what is in these.
    for name in ["回答.7z", "回答.lzh"] {
        let bytes = if name.ends_with("7z") { &b"7z\xBC\xAF\x27\x1C\0\x04"[..] } else { b"%\x21-lh5-\0\0" };
        let (code, message, remedy) = said(bytes, name);
        assert_eq!((code, remedy.as_str()), (Code::FileUnsupported, unpack));
        assert!(message.contains("書庫（7z、RAR、LZHなど）"), "{message}");
    }
}

/// Windows writes names in its own code page.
#[test]
fn names_in_an_archive_are_told_as_their_system_wrote_them() {
    let mut bytes = archive(&["0123456789.xls"]);
    let name = encoding_rs::SHIFT_JIS.encode("調査票表紙").0.into_owned();
    assert_eq!(name.len(), 10);
    for at in 0..bytes.len() - 10 {
        if bytes[at..].starts_with(b"0123456789") {
            bytes[at..at + 10].copy_from_slice(&name);
        }
    }
    assert!(said(&bytes, "a.zip").1.contains("（調査票表紙.xls）"));
}

#[test]
fn a_workbook_packed_with_its_folder_is_no_workbook() {
    for part in ["f/xl/workbook.xml", "回答/調査票/xl/workbook.bin"] {
        let bytes = archive(&["f/[Content_Types].xml", part]);
        for name in ["調査票.xlsx", "調査票.zip"] {
            let extension = name.rsplit('.').next().unwrap();
            let message =
                format!("拡張子は.{extension}ですが、中身はブックの部品をフォルダーごと圧縮したものです");
            let remedy = "所管課に.xlsx形式での再提出を依頼してください".to_owned();
            assert_eq!(said(&bytes, name), (Code::FileDisguised, message, remedy));
        }
    }
}

#[test]
fn spreadsheets_of_other_programs_are_not_overlooked() {
    let iwork = archive(&["Index/Document.iwa", "Metadata/Properties.plist"]);
    assert_eq!(said(&iwork, "調査票.numbers").0, Code::FileUnsupported);
    assert_eq!(said(&iwork, "案内.pages").0, Code::FileIgnored);
    let flat = b"<?xml version=\"1.0\"?><office:document xmlns:office=\"x\"/>";
    assert_eq!(said(flat, "調査票.fods").0, Code::FileUnsupported);
    assert_eq!(said(b"ID;PWXL;N;E\r\n", "調査票.slk").0, Code::FileUnsupported);
}
