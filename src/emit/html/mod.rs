//! A document as a web page: one file that needs nothing else, for every screen, for paper, and for who listens to it.
//!
//! Markup is written with maud's `html!`, which escapes every text; only the style and the script are taken as they
//! are, here, and the page's own policy lets nothing else run.

mod change;
pub mod cms;
mod contents;
pub mod facsimile;
mod filter;
mod link;
mod list;
mod marks;
mod outline;
mod style;
mod tally;
mod words;

use self::filter::Filter;
use self::list::List;
use self::outline::Outline;
use self::words::PageWords;
use super::Artifact;
use crate::model::{Anchors, Document, Era, Eras, Navigation};
use crate::template::{DocumentSpec, Licence, PageSpec};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What an address spells with signs: everything but letters, digits and four marks (RFC 3986, 2.3).
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a page is written from.
pub struct Material<'a> {
    /// What it says of itself.
    pub about: &'a DocumentSpec,
    /// The eras in which it dates itself.
    pub eras: &'a Eras,
    /// What others may do with it.
    pub licence: Option<&'a Licence>,
    /// The paper on which it prints.
    pub page: &'a PageSpec,
    /// What it shows.
    pub document: &'a Document,
    /// How that is found.
    pub navigation: &'a Navigation,
    /// The files beside it.
    pub beside: &'a [Beside],
}

/// A file beside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its name.
    pub name: String,
    /// What it is.
    pub artifact: Artifact,
    /// Its length in bytes.
    pub bytes: usize,
    /// What it shows, if that is not what the page shows.
    pub title: Option<String>,
}

/// The page in UTF-8.
pub fn render(material: &Material<'_>) -> Vec<u8> {
    let &Material { about, document, navigation, .. } = material;
    let words = PageWords::of(&about.language);
    let table = &document.table;
    let mut ids = Anchors::default();
    let outline = Outline::of(table, &mut ids);
    let filter = Filter::of(navigation, &outline);
    let rows = List::new(navigation, &outline, &filter, &mut ids, words);
    let style = format!("{STYLE}{}", style::of_document(&outline, material.page));
    let page = html! {
        (DOCTYPE)
        html lang=(about.language) {
            (head(about, &style))
            body {
                a.skip href="#list" { (words.skip) }
                (header(material, words))
                main {
                    div.overview {
                        (contents::section(&outline.headings, words))
                        @if let Some(tally) = &table.tally {
                            (tally::section(tally, &outline.counted(), words))
                        }
                    }
                    section aria-labelledby="rows" {
                        h2 #rows { (words.list) }
                        (filter.form(words, &eras(material.eras)))
                        (rows.table())
                    }
                    (notes(&document.notes, words))
                    (other_documents(material.beside, words))
                }
                (footer(material, words))
                script { (PreEscaped(SCRIPT)) }
            }
        }
        "\n"
    };
    page.into_string().into_bytes()
}

fn head(document: &DocumentSpec, style: &str) -> Markup {
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(SCRIPT)
    );
    let named = [
        ("author", document.author.clone()),
        ("description", document.subject.clone()),
        ("keywords", document.keywords.join(", ")),
    ];
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (document.title) }
            @for (name, text) in named.iter().filter(|(_, text)| !text.is_empty()) {
                meta name=(name) content=(text);
            }
            meta name="generator" content="kaitei";
            style { (PreEscaped(style)) }
        }
    }
}

/// A page that runs nothing: its style is trusted as it is, every text in its body is escaped.
pub(crate) fn still(lang: &str, title: &str, style: &str, body: &Markup) -> Markup {
    let policy =
        format!("default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'", hash(style));
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
        "\n"
    }
}

/// The eras for the script, which takes `令和9年度`, `R9` and `2027` for one: names and letter, and the year before the first.
fn eras(eras: &Eras) -> String {
    let era = |era: &Era| {
        let letter = era.letter.map(|letter| format!(" {letter}")).unwrap_or_default();
        format!("{} {}{letter}", era.first_year() - 1, era.name)
    };
    eras.all().iter().map(era).collect::<Vec<_>>().join(",")
}

/// What a policy knows an inline style or script by.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn header(material: &Material<'_>, words: &PageWords) -> Markup {
    let document = material.document;
    let own: Vec<&Beside> = material.beside.iter().filter(|file| file.title.is_none()).collect();
    html! {
        header {
            h1 {
                @for (index, line) in document.title.lines().enumerate() {
                    @if index > 0 { br; }
                    (line)
                }
            }
            @for line in &document.subtitle { p.subtitle { (line) } }
            @for line in &document.byline { p.byline { (line) } }
            @if !own.is_empty() {
                nav.formats aria-label=(words.other_formats) { (links(&own, words)) }
            }
        }
    }
}

/// The files of other documents, which may be many: they stand after everything else.
fn other_documents(beside: &[Beside], words: &PageWords) -> Markup {
    let others: Vec<&Beside> = beside.iter().filter(|file| file.title.is_some()).collect();
    html! {
        @if !others.is_empty() {
            nav.formats aria-labelledby="documents" {
                h2 #documents { (words.other_documents) }
                (links(&others, words))
            }
        }
    }
}

/// Links to files that lie beside the page.
fn links(files: &[&Beside], words: &PageWords) -> Markup {
    html! {
        ul {
            @for file in files {
                li {
                    a href=(utf8_percent_encode(&file.name, RESERVED)) type=(file.artifact.media_type()) { (words.file(file)) }
                }
            }
        }
    }
}

fn notes(notes: &[String], words: &PageWords) -> Markup {
    html! {
        @if !notes.is_empty() {
            section.notes aria-labelledby="notes" {
                h2 #notes { (words.notes) }
                @for note in notes { p { (link::paragraph(note)) } }
            }
        }
    }
}

/// Who published what when, and what others may do with it.
fn footer(material: &Material<'_>, words: &PageWords) -> Markup {
    let document = material.about;
    let facts = [
        (words.publisher, document.author.clone()),
        (words.section, document.section.clone()),
        (words.revision, document.revision.clone()),
    ];
    html! {
        footer {
            dl {
                @for (word, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
                    div { dt { (word) } dd { (text) } }
                }
                @if let Some(date) = document.date {
                    div { dt { (words.date) } dd { time datetime=(date) { (words.day(date, material.eras)) } } }
                }
                @if let Some(licence) = material.licence {
                    div { dt { (words.licence) } dd { a rel="license" href=(licence.url) { (licence.title) " (" (licence.name) ")" } } }
                }
            }
        }
    }
}
