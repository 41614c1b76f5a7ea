//! Reads a page back: its elements in order, with their attributes and what they say.

use kaitei::emit::Artifact;
use kaitei::model::{Dataset, Document};
use kaitei::pipeline::{Files, Source, pages, understand};
use kaitei::template::Template;
use kaitei::view;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::path::Path;

/// Elements without an end tag.
const VOID: [&str; 7] = ["meta", "input", "br", "wbr", "col", "link", "img"];

/// A document with its page.
pub(crate) struct Case {
    pub(crate) template: Template,
    pub(crate) list: Dataset,
    pub(crate) document: Document,
    pub(crate) html: String,
    pub(crate) cms: String,
}

/// An element; `text` has line feeds for its line breaks, and nothing of pictures and of words that are not shown.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|own| own == class)
    }
}

/// The files beside the page, each of two kibibytes.
fn others(template: &Template) -> Files {
    let others = Artifact::of(&template.formats)
        .filter(|artifact| !matches!(artifact, Artifact::Html | Artifact::Cms));
    others.map(|artifact| (artifact, vec![0; 2048])).collect()
}

impl Case {
    pub(crate) fn new(template: Template, sources: &[Source]) -> Self {
        let list = understand(sources, &template, None).value;
        let document = view::list(&list, &template);
        let navigation = view::navigation(&list, &document, &template);
        let made = pages(&template, &document, &navigation, &others(&template), &[]);
        let [html, cms] = made.map(|(_, bytes)| String::from_utf8(bytes).unwrap());
        Self { template, list, document, html, cms }
    }

    /// A document of this repository.
    pub(crate) fn of_repository(document: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let template = Template::load(&root.join(format!("templates/{document}.toml"))).unwrap();
        let files = kaitei::batch::walk(&root.join("input").join(document)).unwrap();
        let source = |f: kaitei::batch::InputFile| Source::new(f.name, std::fs::read(f.path).unwrap());
        Self::new(template, &files.into_iter().map(source).collect::<Vec<_>>())
    }

    /// A list of texts that look like markup, under a template of such texts; `change` edits the template.
    pub(crate) fn of_markup(change: impl Fn(String) -> String) -> Self {
        let text = include_str!("../../templates/meguro-2020.toml")
            .replace("[era]", "[notation]\nsymbols = \"keep\"\n\n[era]")
            .replace("《改訂》目黒区", "</title><script>alert(6)</script>")
            .replace("title = \"施策\"", "title = '</style>施策\"'")
            .replace("title = \"ＫＰＩの設定\"", "title = '\"}</style><b>'");
        let template = Template::parse("一覧 #1&2", &change(text)).unwrap();
        Self::new(template, &[Source::new("a.csv", include_bytes!("../fixtures/markup.csv").to_vec())])
    }

    /// The elements in the order of their start tags; style and script are apart, for they are no markup.
    pub(crate) fn elements(&self) -> Vec<Element> {
        elements(&without(&without(&self.html, "style"), "script"))
    }
}

/// The elements of a page without style and script, with what they say.
pub(crate) fn elements(page: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(page);
    // Void elements have no end; the others are matched below.
    reader.config_mut().check_end_names = false;
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                elements.push(element(&start));
                let at = elements.len() - 1;
                if VOID.contains(&elements[at].name.as_str()) {
                    let text = if elements[at].name == "br" { "\n" } else { "" };
                    say(&mut elements, &open, text);
                } else {
                    open.push(at);
                }
            }
            Event::End(end) => {
                let begun = open.pop().map(|at| elements[at].name.as_str());
                assert_eq!(begun, Some(end.name().as_ref()));
            }
            Event::Text(text) => say(&mut elements, &open, &text.html_content()),
            Event::GeneralRef(name) => {
                let text = format!("&{};", &*name);
                say(&mut elements, &open, &quick_xml::escape::unescape(&text).unwrap());
            }
            Event::Eof => break,
            Event::DocType(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty(), "elements are left open");
    elements
}

fn say(elements: &mut [Element], open: &[usize], text: &str) {
    let is_aside = |&at: &usize| ["change", "unseen"].iter().any(|class| elements[at].has_class(class));
    // What stands inside an aside is said by it and what is in it alone.
    let from = open.iter().rposition(is_aside).unwrap_or(0);
    for &at in &open[from..] {
        elements[at].text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.html_attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    Element { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), text: String::new() }
}

/// What stands in the only element of a name.
pub(crate) fn inside<'h>(html: &'h str, name: &str) -> &'h str {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    assert_eq!((html.matches(&start).count(), html.matches(&end).count()), (1, 1), "{name}");
    &html[html.find(&start).unwrap() + start.len()..html.find(&end).unwrap()]
}

fn without(html: &str, name: &str) -> String {
    html.replacen(inside(html, name), "", 1)
}
