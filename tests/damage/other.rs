//! Files of other programs in the place of a form: named for what they are, never for damaged.

use super::compound::compound;
use super::read;
use kaitei::finding::{Code, Finding, Lang};

/// Tables that programs save as web pages with the name of a workbook, in their encodings and with what is beside them.
#[test]
fn a_web_page_is_no_workbook() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=Shift_JIS></head><body><table><tr><td>指標</td></tr></table></body></html>";
    let archive = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n";
    let cp932 = encoding_rs::SHIFT_JIS.encode(page).0.into_owned();
    for bytes in [cp932, page.as_bytes().to_vec(), format!("{archive}{page}").into_bytes()] {
        let noted = read(&bytes, "調査票.xls");
        let said: Vec<_> = noted.findings.iter().map(|it| (it.code(), it.message(Lang::Ja))).collect();
        let message = "拡張子は.xlsですが、中身はウェブページ（HTML）です".to_owned();
        assert_eq!((noted.value, said), (vec![], vec![(Code::FileDisguised, message)]));
    }
}

/// Word, Outlook and Ichitaro write compound files, as old Excel does.
#[test]
fn what_other_programs_write_is_told_apart_from_books() {
    for (streams, name, code, content) in [
        (&["WordDocument", "1Table"][..], "調査票.doc", Code::FileIgnored, "Wordの文書"),
        (&["PowerPoint Document"], "資料.ppt", Code::FileIgnored, "PowerPointの資料"),
        (&["__properties_version1.0"], "回答.msg", Code::FileIgnored, "表計算以外のOfficeの書類"),
        (
            &["DocumentText", "JSRV_SegmentInformation"],
            "調査票.jtd",
            Code::FileIgnored,
            "表計算以外のOfficeの書類",
        ),
        (&["WordDocument"], "調査票.xls", Code::FileDisguised, "Wordの文書"),
        (&["EncryptedPackage", "EncryptionInfo"], "調査票.xlsx", Code::FileEncrypted, "パスワード"),
    ] {
        let streams: Vec<(&str, &[u8])> = streams.iter().map(|name| (*name, &[][..])).collect();
        let noted = read(&compound(&streams), name);
        assert_eq!(noted.findings.iter().map(Finding::code).collect::<Vec<_>>(), [code], "{name}");
        let message = noted.findings[0].message(Lang::Ja);
        assert!(noted.value.is_empty() && message.contains(content), "{name}: {message}");
    }
}
