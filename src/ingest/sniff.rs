//! What a file really is, by its content; its name only decides where the content cannot.

use super::archive::{self, Archive};
use super::compound::{self, Compound};
use super::limits::{count, mib};
use super::trouble::{Refusal, unreadable};
use super::{InputFormat, csv};
use crate::finding::{Content, Damage, Excess, Finding, Problem, Size};
use crate::model::{Limits, Origin};

/// As many bytes as needed to see how a text begins.
const HEAD_BYTES: usize = 1024;
/// The endings of the names of spreadsheets.
const SPREADSHEETS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "xltx", "xltm", "ods", "csv"];

/// Those of spreadsheets that are not read.
const UNREAD: [&str; 5] = ["numbers", "fods", "sxc", "slk", "dif"];
/// Those of archives, in which anything may be.
const ARCHIVES: [&str; 11] = ["zip", "7z", "rar", "lzh", "lha", "tar", "tgz", "gz", "bz2", "xz", "cab"];

/// The endings of the names of files that only lead to another: of Google Drive, of Windows, of macOS.
const LINKS: [&str; 4] = ["gsheet", "url", "lnk", "webloc"];

/// The format of a file, and its archive if it is one.
pub(super) type Found<'a> = (InputFormat, Option<Archive<'a>>);

/// The format to read the file in, or what is to be said instead.
pub(super) fn sniff<'a>(bytes: &'a [u8], file: &str, limits: &Limits) -> Result<Found<'a>, Box<Finding>> {
    let extension = extension(file);
    let stop = |stop: Refusal| Err(Box::new(stop.at_file(file)));
    let unreadable = |damage| Err(Box::new(Finding::new(unreadable(damage, None), Origin::of_file(file))));
    if bytes.is_empty() {
        return Err(Box::new(Finding::new(Problem::FileEmpty {}, Origin::of_file(file))));
    }
    if count(bytes.len()) > mib(limits.file_mib) {
        return Err(Box::new(too_large(bytes, file, count(bytes.len()), limits)));
    }
    if is_archive(bytes) {
        if !archive::has_end(bytes) {
            return unreadable(Damage::CutOff);
        }
        return match Archive::open(bytes, limits) {
            Ok(mut archive) => match in_archive(&mut archive) {
                Ok(format) => Ok((format, Some(archive))),
                Err(Content::Zip) => Err(Box::new(packed(&mut archive, file))),
                Err(other) => Err(Box::new(no_spreadsheet(other, file))),
            },
            Err(why) => stop(why),
        };
    }
    if compound::is_compound(bytes) {
        return match Compound::open(bytes) {
            Some(compound) => in_compound(&compound, file).map(|format| (format, None)),
            None => stop(Refusal::Damaged("OLE2".into())),
        };
    }
    if is_chunked_download(bytes) {
        return unreadable(Damage::Download);
    }
    match flat(bytes) {
        Content::Text if is_delimited(&extension, bytes) => Ok((InputFormat::Csv, None)),
        other => Err(Box::new(no_spreadsheet(other, file))),
    }
}

/// What is said of a file that is too large to be read, or does not fit beside the others: an error if it may be a
/// spreadsheet by its name. `head` is how it begins, `len` its length in bytes.
pub(super) fn too_large(head: &[u8], file: &str, len: u64, limits: &Limits) -> Finding {
    let (size, most) = if len > mib(limits.file_mib) {
        (Size::File, limits.file_mib)
    } else {
        (Size::Total, limits.total_mib)
    };
    let extension = extension(file);
    let is_packed = is_packed(head);
    let other = if is_packed { Content::Unknown } else { flat(head) };
    if is_spreadsheet(&extension) || (other == Content::Text && is_delimited(&extension, head)) {
        return Refusal::too_many_bytes(size, len, most).at_file(file);
    }
    if ARCHIVES.contains(&extension.as_str()) {
        return unsupported(Content::Archive, Vec::new(), file);
    }
    if is_packed {
        let excess = Some(Excess { size, found: len / mib(1), most });
        return Finding::new(Problem::FileIgnored { content: other, excess }, Origin::of_file(file));
    }
    no_spreadsheet(other, file)
}

/// Whether content begins as what is packed does: libraries read it, and believe what it says of its own sizes.
pub fn is_packed(bytes: &[u8]) -> bool {
    is_archive(bytes) || compound::is_compound(bytes)
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// An archive is told by its members.
fn in_archive(archive: &mut Archive<'_>) -> Result<InputFormat, Content> {
    let mime = archive.head("mimetype").unwrap_or_default();
    if mime.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        Ok(InputFormat::Ods)
    } else if mime.starts_with(b"application/vnd.oasis.opendocument") {
        Err(Content::OpenDocument)
    } else if archive.has("xl/workbook.bin") {
        Ok(InputFormat::Xlsb)
    } else if archive.has("word/") {
        Err(Content::Word)
    } else if archive.has("ppt/") {
        Err(Content::PowerPoint)
    } else if archive.has("xl/") || archive.has("[Content_Types].xml") {
        Ok(InputFormat::Xlsx)
    } else if archive.has("Index/") || archive.has("index.apxl") {
        Err(Content::Numbers)
    } else {
        by_manifest(archive)
    }
}

/// An `OpenDocument` file without its first member is told by its manifest.
fn by_manifest(archive: &mut Archive<'_>) -> Result<InputFormat, Content> {
    let manifest = archive.text("META-INF/manifest.xml").unwrap_or_default();
    if !manifest.contains("application/vnd.oasis.opendocument.") {
        Err(Content::Zip)
    } else if manifest.contains("application/vnd.oasis.opendocument.spreadsheet") {
        Ok(InputFormat::Ods)
    } else {
        Err(Content::OpenDocument)
    }
}

/// What is said of an archive that is no document: what it holds decides.
fn packed(archive: &mut Archive<'_>, file: &str) -> Finding {
    let names = archive.file_names();
    if names.iter().any(|name| name.ends_with("/xl/workbook.xml") || name.ends_with("/xl/workbook.bin")) {
        return no_spreadsheet(Content::Parts, file);
    }
    let may_be_form = |name: &String| {
        let end = extension(name);
        is_spreadsheet(&end) || [&UNREAD[..], &ARCHIVES].concat().contains(&end.as_str())
    };
    let forms: Vec<String> = names.into_iter().filter(may_be_form).collect();
    if forms.is_empty() || is_spreadsheet(&extension(file)) {
        return no_spreadsheet(Content::Zip, file);
    }
    unsupported(Content::Zip, forms, file)
}

fn unsupported(content: Content, forms: Vec<String>, file: &str) -> Finding {
    let forms = forms.into_iter().collect();
    Finding::new(Problem::FileUnsupported { content, forms }, Origin::of_file(file))
}

/// A compound file is told by its streams.
fn in_compound(compound: &Compound<'_>, file: &str) -> Result<InputFormat, Box<Finding>> {
    let other = if compound.has("EncryptedPackage") {
        return Ok(InputFormat::Encrypted);
    } else if compound.has("Workbook") || compound.has("Book") {
        return Ok(InputFormat::Xls);
    } else if compound.has("WordDocument") {
        Content::Word
    } else if compound.has("PowerPoint Document") {
        Content::PowerPoint
    } else {
        Content::Office
    };
    Err(Box::new(no_spreadsheet(other, file)))
}

/// Everything that is neither an archive nor a compound file.
fn flat(bytes: &[u8]) -> Content {
    let magic: [(&[u8], Content); 8] = [
        (b"%PDF", Content::Pdf),
        (b"\x89PNG", Content::Image),
        (b"\xFF\xD8\xFF", Content::Image),
        (b"GIF8", Content::Image),
        (b"BM", Content::Image),
        (b"II*\0", Content::Image),
        (b"MM\0*", Content::Image),
        (b"{\\rtf", Content::RichText),
    ];
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let bom = encoding_rs::Encoding::for_bom(bytes);
    let is_text = bom.is_some() || !head.contains(&0);
    if let Some((_, other)) = magic.iter().find(|(start, other)| {
        bytes.starts_with(start) && (*start != b"BM" || (!is_text && *other == Content::Image))
    }) {
        return *other;
    }
    if is_other_archive(bytes) {
        return Content::Archive;
    }
    if !is_text {
        return Content::Unknown;
    }
    let encoding = bom.map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    let text = encoding.decode_with_bom_removal(head).0.trim_start().to_ascii_lowercase();
    markup(&text).unwrap_or(Content::Text)
}

/// Archives of other programs than ZIP: of 7-Zip, RAR, gzip, bzip2, xz, Zstandard and Windows, and by what follows a
/// few bytes those of LHA and tar.
fn is_other_archive(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 7] =
        [b"7z\xBC\xAF", b"Rar!\x1A", b"\x1F\x8B", b"BZh", b"\xFD7zXZ", b"\x28\xB5\x2F\xFD", b"MSCF"];
    let has = |at: usize, mark: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(mark));
    starts.iter().any(|start| has(0, start)) || has(2, b"-lh") || has(257, b"ustar")
}

/// Markup, by how it begins.
fn markup(text: &str) -> Option<Content> {
    let web =
        ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "mime-version:", "<!--", "<style"];
    if web.iter().any(|start| text.starts_with(start)) {
        Some(Content::Web)
    } else if !text.starts_with("<?xml") {
        None
    } else if text.contains("<html") || text.contains("<!doctype html") {
        Some(Content::Web)
    } else if text.contains("excel.sheet") || text.contains("office:spreadsheet") {
        Some(Content::XmlSpreadsheet)
    } else {
        Some(Content::Xml)
    }
}

/// Text is a table if its name says so; a `.txt` if it is made of tabs, as Excel's "Unicode text" is.
fn is_delimited(extension: &str, bytes: &[u8]) -> bool {
    match extension {
        "csv" | "tsv" => true,
        "txt" => csv::is_tabbed(bytes),
        _ => false,
    }
}

/// A download saved with the marks of its transfer: a length in hexadecimal digits before the archive, or the
/// server's answer itself.
fn is_chunked_download(bytes: &[u8]) -> bool {
    let digits = bytes.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    let rest = bytes[digits..].strip_prefix(b"\r\n").unwrap_or(&bytes[digits..]).trim_ascii_start();
    rest.starts_with(b"HTTP/") || ((1..=8).contains(&digits) && rest.starts_with(b"PK\x03\x04"))
}

/// The ending of the name in lower case, without the dot.
fn extension(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_ascii_lowercase())
}

fn is_spreadsheet(extension: &str) -> bool {
    SPREADSHEETS.contains(&extension)
}

/// An error if the name promises a spreadsheet, else a note that the file is left alone.
fn no_spreadsheet(content: Content, file: &str) -> Finding {
    let extension = extension(file);
    let content = match content {
        _ if LINKS.contains(&extension.as_str()) => Content::Link,
        // Programs save tables as HTML named .xls, never as these.
        Content::Web if ["xlsx", "xlsm", "xlsb", "ods"].contains(&extension.as_str()) => Content::Answer,
        other => other,
    };
    if content == Content::Archive && !is_spreadsheet(&extension) || UNREAD.contains(&extension.as_str()) {
        return unsupported(content, Vec::new(), file);
    }
    let is_disguised = is_spreadsheet(&extension)
        || matches!(content, Content::Link | Content::XmlSpreadsheet | Content::Parts);
    let problem = if is_disguised {
        Problem::FileDisguised { extension: extension.into(), content }
    } else {
        Problem::FileIgnored { content, excess: None }
    };
    Finding::new(problem, Origin::of_file(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Lang};

    fn verdict(bytes: &[u8], file: &str) -> (Code, String) {
        let finding = sniff(bytes, file, &Limits::default()).err().unwrap();
        (finding.code(), finding.message(Lang::En))
    }

    #[test]
    fn what_is_no_spreadsheet_is_named() {
        let check = |bytes: &[u8], file: &str, code: Code, words: &str| {
            let (found, message) = verdict(bytes, file);
            assert!(found == code && message.contains(words), "{file}: {found:?} {message}");
        };
        let html = "\u{FEFF} \r\n<HTML><table>";
        check(b"", "a.xlsx", Code::FileEmpty, "0 bytes");
        check(html.as_bytes(), "a.xlsx", Code::FileDisguised, "a web page (HTML) saved with the name .xlsx");
        check(b"<table border=1>", "dir/a.XLS", Code::FileDisguised, "(HTML) saved with the name .xls");
        check(b"<?xml version=\"1.0\"?><html>", "a.xls", Code::FileDisguised, "web page");
        check(b"<?xml?><?mso-application progid=\"Excel.Sheet\"?>", "a.xls", Code::FileDisguised, "2003");
        check(b"<?xml?><?mso-application progid=\"Excel.Sheet\"?>", "a.xml", Code::FileDisguised, "2003");
        check(b"1f40\r\nPK\x03\x04", "a.xlsx", Code::FileUnreadable, "failed download");
        check(b"0\r\n\r\nHTTP/1.1 200 OK\r\n", "a.xlsx", Code::FileUnreadable, "failed download");
        check(b"PK\x03\x04 and then nothing", "a.xlsx", Code::FileUnreadable, "cut off");
        check(b"%PDF-1.7", "a.xlsx", Code::FileDisguised, "a PDF");
        check(b"%PDF-1.7", "a.pdf", Code::FileIgnored, "a PDF");
        let link = "a link to a file elsewhere";
        check(b"{\"\":\"WARNING\",\"doc_id\":\"x\"}", "a.gsheet", Code::FileDisguised, link);
        check(b"[InternetShortcut]\r\nURL=https://x", "a.url", Code::FileDisguised, link);
        check(b"\x4C\0\0\0\x01\x14\x02\0", "a.lnk", Code::FileDisguised, link);
        check(b"7z\xBC\xAF\x27\x1C", "a.7z", Code::FileUnsupported, "an archive (7z");
        check(b"%\x21-lh5-", "a.lzh", Code::FileUnsupported, "an archive (7z");
        check(b"Rar!\x1A\x07\x01", "a.xlsx", Code::FileDisguised, "an archive (7z");

        check(b"\x89PNG\r\n", "a.png", Code::FileIgnored, "picture");
        check(b"\xFF\xD8\xFF\xE0", "a.csv", Code::FileDisguised, "picture");
        check(b"{\\rtf1", "a.doc", Code::FileIgnored, "rich text");
        check("メモ、です。".as_bytes(), "読んでください.txt", Code::FileIgnored, "plain text");
        check(b"a\tb", "a.xls", Code::FileDisguised, "plain text");
        check(b"\0\x01\x02", "a.csv", Code::FileDisguised, "unknown");
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.xls", Code::FileUnreadable, "damaged");
    }

    #[test]
    fn a_saved_log_in_is_not_to_be_opened_in_excel() {
        let remedy = |file| {
            let finding = sniff(b"<!DOCTYPE html><title>Login", file, &Limits::default()).err().unwrap();
            finding.remedy(crate::finding::Reader::Department, Lang::En).unwrap()
        };
        assert!(remedy("a.xlsx").starts_with("a log-in or an error was saved"));
        assert!(remedy("a.xls").starts_with("open it in Excel"));
    }

    #[test]
    fn text_is_a_table_if_its_name_says_so() {
        for (bytes, file) in [
            (&b"a,b"[..], "a.csv"),
            (b"BMI,1", "a.CSV"),
            (b"a\tb", "a.tsv"),
            (b"a\tb", "a.txt"),
            (b"\xFF\xFEa\0\t\0b\0", "a.txt"),
        ] {
            assert_eq!(sniff(bytes, file, &Limits::default()).unwrap().0, InputFormat::Csv, "{file}");
        }
    }
}
