//! Data that the PDF carries as attached files, read back with the library's own parser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kaitei::decisions::Decisions;
use kaitei::emit::{Artifact, Stamp};
use kaitei::font::Fonts;
use kaitei::pipeline::{Past, Source, build};
use kaitei::template::Template;
use lopdf::{Dictionary, Document, Object, decode_text_string};
use md5::{Digest, Md5};

/// 2020-03-31 00:00 UTC.
const STAMP: Stamp = Stamp { seconds: 1_585_612_800 };

const TEMPLATE: &str = r#"
output.formats = ["pdf"]
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [
    { title = "基本目標", fields = ["goal"], width = 10 },
    { title = "指標", fields = ["indicator"], width = 20 },
    { title = "取扱", fields = ["disposition"], width = 6 },
]
"#;
const SOURCE: &str = "基本目標,指標,目標,取扱\n住む,公園の数,3園,維持\n住む,園の数,4園,維持\n";

/// The document as a PDF with these editions attached, and what they are by themselves.
fn built(attached: &str) -> (Document, Vec<(String, Vec<u8>)>) {
    let text = format!("output.attach = {attached}\n{TEMPLATE}");
    let template = Template::parse("試し", &text).unwrap();
    let sources = [Source::new("form.csv", SOURCE.as_bytes().to_vec())];
    let built =
        build(&sources, &template, &Decisions::default(), &Fonts::embedded(), STAMP, None, &Past::default())
            .unwrap();
    assert_eq!(built.value.list.rows.len(), 2, "{:?}", built.findings);
    let [(Artifact::Pdf, bytes)] = &built.value.formats[..] else { panic!("the PDF alone") };
    (Document::load_mem(bytes).unwrap(), files(attached, &sources))
}

/// The files of some editions, by their names.
fn files(editions: &str, sources: &[Source]) -> Vec<(String, Vec<u8>)> {
    if editions == "[]" {
        return Vec::new();
    }
    let text = TEMPLATE.replace(r#"["pdf"]"#, editions);
    let template = Template::parse("試し", &text).unwrap();
    let built =
        build(sources, &template, &Decisions::default(), &Fonts::embedded(), STAMP, None, &Past::default())
            .unwrap();
    let named = |(format, bytes): (Artifact, Vec<u8>)| (format.file_name("試し"), bytes);
    let mut files: Vec<_> = built.value.formats.into_iter().map(named).collect();
    files.sort();
    files
}

#[test]
fn attached_files_read_back_as_they_are() {
    let check = |attached: &str, count: usize| {
        let (document, data) = built(attached);
        assert_eq!(data.len(), count);
        let catalog = document.catalog().unwrap();
        let associated = catalog.get(b"AF").unwrap().as_array().unwrap();
        let names = resolve(&document, catalog.get(b"Names").unwrap());
        let names = resolve(&document, names.get(b"EmbeddedFiles").unwrap());
        let names = names.get(b"Names").unwrap().as_array().unwrap();
        assert_eq!((associated.len(), names.len()), (count, 2 * count));
        for ((pair, associated), (name, bytes)) in names.chunks(2).zip(associated).zip(&data) {
            assert_eq!(decode_text_string(&pair[0]).unwrap(), *name);
            assert_eq!(&pair[1], associated);
            let file = resolve(&document, &pair[1]);
            for key in [b"F".as_slice(), b"UF"] {
                assert_eq!(decode_text_string(file.get(key).unwrap()).unwrap(), *name);
            }
            assert!(decode_text_string(file.get(b"Desc").unwrap()).unwrap().starts_with("一覧"));
            assert_eq!(file.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Data");
            let embedded = resolve(&document, file.get(b"EF").unwrap()).get(b"UF").unwrap();
            let embedded = document.dereference(embedded).unwrap().1.as_stream().unwrap();
            assert!(&embedded.decompressed_content().unwrap() == bytes, "{name}");
            let parameters = embedded.dict.get(b"Params").unwrap().as_dict().unwrap();
            let size = parameters.get(b"Size").unwrap().as_i64().unwrap();
            assert_eq!(usize::try_from(size).unwrap(), bytes.len());
            assert_eq!(parameters.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20200331000000Z");
            let sum = parameters.get(b"CheckSum").unwrap().as_str().unwrap();
            assert_eq!(sum, Md5::digest(bytes).as_slice());
        }
        assert!(xmp(&document).contains("<pdfaid:part>3</pdfaid:part>"));
    };
    check(r#"["json"]"#, 1);
    check(r#"["data"]"#, 7);
    check(r#"["json", "data"]"#, 8);
}

#[test]
fn without_attached_files_nothing_of_them_is_said() {
    let (document, _) = built("[]");
    let catalog = document.catalog().unwrap();
    assert!(!catalog.has(b"AF") && !catalog.has(b"Names"));
    assert!(xmp(&document).contains("<pdfaid:part>2</pdfaid:part>"));
}

fn xmp(document: &Document) -> String {
    let stream = document.catalog().unwrap().get(b"Metadata").unwrap();
    let stream = document.dereference(stream).unwrap().1.as_stream().unwrap();
    assert!(!stream.dict.has(b"Filter"), "archives look for it without unpacking anything");
    String::from_utf8(stream.content.clone()).unwrap()
}

fn resolve<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap()
}
