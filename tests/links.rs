//! Links: what a field of addresses holds, and addresses and references within texts, lead there in every format.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::{Output, OutputFormat, Project};
use lopdf::{Dictionary, Document, Object, decode_text_string};
use std::io::{Cursor, Read as _};

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "事業の一覧"
fields = [
    { key = "name", role = "name", words = ["事業"] },
    { key = "page", kind = "link", words = ["紹介ページ"] },
    { key = "amount", kind = "money", words = ["予算額"] },
]
columns = [
    { title = "事業", fields = ["name"], width = 10 },
    { title = "紹介ページ", fields = ["page"], width = 20 },
]
"#;
const PLAIN: &str = "https://example.jp/a?b=1&c=(2)";
const WORDED: &str = "https://example.jp/子育て#一覧";
const OPEN: &str = "http://example.jp/";

/// A list with a long name, so that a row goes on on the next page.
fn output() -> Output {
    let form = format!(
        "事業,紹介ページ,予算額\n甲,{PLAIN},1\nhttps://example.jp/name,{OPEN},2\n乙,,3\n{},{WORDED},4\n",
        "長い名前".repeat(40)
    );
    let output = Project::new("kpi", TEMPLATE).unwrap().file("a.csv", form).build().unwrap();
    assert!(!output.has_errors(), "{:?}", output.findings);
    output
}

fn bytes(output: &Output, format: OutputFormat) -> &[u8] {
    &output.of(format).next().unwrap().bytes
}

#[test]
fn the_web_page_leads_to_what_can_be_opened() {
    let output = output();
    let page = String::from_utf8(bytes(&output, OutputFormat::Html).to_vec()).unwrap();
    let links: Vec<&str> =
        page.split("<a href=\"https://").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(links, ["example.jp/a?b=1&amp;c=(2)", "example.jp/name", "example.jp/子育て#一覧"]);
}

#[test]
fn the_workbook_leads_there_and_its_cells_are_texts() {
    let output = output();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes(&output, OutputFormat::Xlsx))).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (relations, sheet) = (part("xl/worksheets/_rels/sheet1.xml.rels"), part("xl/worksheets/sheet1.xml"));
    assert_eq!(sheet.matches("<hyperlink ").count(), 3);
    assert!(relations.contains("Target=\"https://example.jp/a?b=1&amp;c=(2)\""), "{relations}");
    assert!(relations.contains("Target=\"https://example.jp/子育て\""), "{relations}");
    let texts = part("xl/sharedStrings.xml");
    for text in ["https://example.jp/a?b=1&amp;c=(2)", WORDED, OPEN] {
        assert!(texts.contains(&format!(">{text}<")), "{text}: {texts}");
    }
}

fn get<'d>(document: &'d Document, dictionary: &'d Dictionary, key: &[u8]) -> &'d Object {
    document.dereference(dictionary.get(key).unwrap()).unwrap().1
}

#[test]
fn the_pages_lead_there_and_say_so_to_a_screen_reader() {
    let output = output();
    let expected = [
        ("https://example.jp/a?b=1&c=%282%29", PLAIN),
        ("https://example.jp/name", "https://example.jp/name"),
        ("https://example.jp/%E5%AD%90%E8%82%B2%E3%81%A6#%E4%B8%80%E8%A6%A7", WORDED),
    ];
    assert_eq!(links_of_pages(&output), expected.map(|(uri, said)| (uri.to_owned(), said.to_owned())));
}

/// Where the links of the pages lead, and what they say: each has an element of the structure with its text.
fn links_of_pages(output: &Output) -> Vec<(String, String)> {
    let document = Document::load_mem(bytes(output, OutputFormat::Pdf)).unwrap();
    let pages: Vec<_> = document.page_iter().collect();
    let root = get(&document, document.catalog().unwrap(), b"StructTreeRoot").as_dict().unwrap();
    let parents = get(&document, root, b"ParentTree").as_dict().unwrap().get(b"Nums").unwrap();
    let parents = parents.as_array().unwrap();
    let parent = |number: &Object| {
        let at = parents.chunks(2).find(|pair| pair[0] == *number).unwrap();
        document.dereference(&at[1]).unwrap().1.as_dict().unwrap()
    };
    let mut led = Vec::new();
    for &page in &pages {
        let page = document.get_dictionary(page).unwrap();
        let Ok(annotations) = page.get(b"Annots") else { continue };
        for annotation in annotations.as_array().unwrap() {
            let id = annotation.as_reference().unwrap();
            let link = document.get_dictionary(id).unwrap();
            let action = link.get(b"A").unwrap().as_dict().unwrap();
            let uri = if let Ok(uri) = action.get(b"URI") {
                String::from_utf8(uri.as_str().unwrap().to_vec()).unwrap()
            } else {
                let place = action.get(b"D").unwrap().as_array().unwrap();
                let number = pages.iter().position(|&page| page == place[0].as_reference().unwrap());
                format!("page {}", number.unwrap() + 1)
            };
            led.push((uri, decode_text_string(link.get(b"Contents").unwrap()).unwrap()));
            let element = parent(link.get(b"StructParent").unwrap());
            assert_eq!(element.get(b"S").unwrap().as_name().unwrap(), b"Link");
            let kids = element.get(b"K").unwrap().as_array().unwrap();
            let objects = kids.iter().filter_map(|kid| kid.as_dict().ok()?.get(b"Obj").ok());
            assert!(objects.clone().any(|object| object.as_reference().unwrap() == id), "{kids:?}");
            assert!(kids.iter().any(|kid| kid.as_i64().is_ok()), "its text: {kids:?}");
        }
    }
    led
}

const WITH_REASONS: &str = r#"
kaitei = 2
document.title = "指標の一覧"
document.notes = ["※　https://example.jp/note.htmlを参照。"]
fields = [
    { key = "number", role = "number", words = ["番号"] },
    { key = "name", role = "name", words = ["指標"] },
    { key = "reason", role = "reason", words = ["理由"] },
]
columns = [
    { title = "番号", fields = ["number"], width = 5 },
    { title = "指標", fields = ["name"], width = 20 },
    { title = "理由", fields = ["reason"], width = 20 },
]
"#;

/// A list of 120 records, the first of which names the last.
fn with_reasons() -> Output {
    let mut form = "番号,指標,理由\n1,件数,№120で把握し、kpi@city.example.jpへ照会する（№1）。\n".to_owned();
    form.extend((2..=120).map(|number| format!("{number},件数その{number},\n")));
    let output = Project::new("kpi", WITH_REASONS).unwrap().file("a.csv", form).build().unwrap();
    assert!(!output.has_errors(), "{:?}", output.findings);
    output
}

#[test]
fn texts_lead_to_what_they_name() {
    let output = with_reasons();
    let links = links_of_pages(&output);
    let pages = Document::load_mem(bytes(&output, OutputFormat::Pdf)).unwrap().get_pages().len();
    assert!(pages > 1);
    let mail = "kpi@city.example.jp";
    let expected = [
        (format!("page {pages}"), format!("№120（{pages}ページ）")),
        (format!("mailto:{mail}"), mail.to_owned()),
        ("https://example.jp/note.html".to_owned(), "https://example.jp/note.html".to_owned()),
    ];
    assert_eq!(links, expected);

    let page = String::from_utf8(bytes(&output, OutputFormat::Html).to_vec()).unwrap();
    for link in [
        ">№120</a>で",
        r#"<a href="mailto:kpi@city.example.jp">"#,
        r#"<a href="https://example.jp/note.html">"#,
    ] {
        assert!(page.contains(link), "{link}");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes(&output, OutputFormat::Xlsx))).unwrap();
    let mut sheet = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    let link = sheet.split("<hyperlink ").nth(1).unwrap();
    let place = link.split("location=\"").nth(1).unwrap().split('"').next().unwrap();
    let row: u32 = place.rsplit_once("!A").unwrap().1.parse().unwrap();
    assert!(sheet.contains(&format!("<row r=\"{row}\"")) && row > 120, "{place}");
}

#[test]
fn a_text_of_several_lines_is_no_link_of_the_workbook() {
    let links = |reason: &str| {
        let form = format!("番号,指標,理由\n1,件数,{reason}\n2,件数その2,\n");
        let output = Project::new("kpi", WITH_REASONS).unwrap().file("a.csv", form).build().unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes(&output, OutputFormat::Xlsx))).unwrap();
        let mut sheet = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert!(links_of_pages(&output).iter().any(|(_, said)| said.starts_with("№2")));
        sheet.matches("<hyperlink ").count()
    };
    assert_eq!(links("№2で把握する。"), 1);
    assert_eq!(links(&format!("№2で{}。", "把握し、".repeat(30))), 0);
}

#[test]
fn bookmarks_are_shown_beside_the_pages_where_there_are_any() {
    let mode = |bytes: &[u8]| {
        let document = Document::load_mem(bytes).unwrap();
        document.catalog().unwrap().get(b"PageMode").ok().map(|mode| mode.as_name().unwrap().to_vec())
    };
    assert_eq!(mode(bytes(&output(), OutputFormat::Pdf)), None);
    let grouped = TEMPLATE
        .replace("\nfields =", "\ngroups = [{ key = \"goal\", words = [\"目標\"] }]\nfields =")
        .replace("columns = [", "columns = [{ title = \"目標\", fields = [\"goal\"], width = 5 },");
    let form = "目標,事業,紹介ページ,予算額\n甲,乙,,1\n";
    let output = Project::new("kpi", &grouped).unwrap().file("a.csv", form).build().unwrap();
    assert_eq!(mode(bytes(&output, OutputFormat::Pdf)), Some(b"UseOutlines".to_vec()));
}
