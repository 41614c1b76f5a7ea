//! The list as a web page: one file that needs nothing else, for every screen, for paper, and for who listens to it.
//!
//! Markup is written with maud's `html!`, which escapes every text; only the style and the script are taken as they
//! are, here, and the page's own policy lets nothing else run.

mod change;
mod contents;
mod filter;
mod keys;
mod list;
mod outline;
mod style;
mod tally;
mod words;

use self::filter::Filter;
use self::keys::Ids;
use self::list::List;
use self::outline::Outline;
use self::words::PageWords;
use super::Artifact;
use crate::model::{Dataset, Document};
use crate::template::{DocumentSpec, Template};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What an address spells with signs: everything but letters, digits and four marks (RFC 3986, 2.3).
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The page in UTF-8. `document` is the view of `list`, `others` are the files beside the page with their bytes.
pub fn render(
    template: &Template,
    list: &Dataset,
    document: &Document,
    others: &[(Artifact, usize)],
) -> Vec<u8> {
    let words = PageWords::of(&template.document.language);
    let table = &document.table;
    let mut ids = Ids::default();
    let outline = Outline::of(table, &mut ids);
    let filter = Filter::of(list, template, &outline);
    let rows = List::new(template, list, &outline, &filter, &mut ids, words);
    let style = format!("{STYLE}{}", style::of_document(&outline, &template.page));
    let page = html! {
        (DOCTYPE)
        html lang=(template.document.language) {
            (head(&template.document, &style))
            body {
                a.skip href="#list" { (words.skip) }
                (header(template, document, others, words))
                main {
                    div.overview {
                        (contents::section(&outline.headings, words))
                        @if let Some(tally) = &table.tally {
                            (tally::section(tally, &outline.counted(), words))
                        }
                    }
                    section aria-labelledby="rows" {
                        h2 #rows { (words.list) }
                        (filter.form(words))
                        (rows.table())
                    }
                    (notes(&document.notes, words))
                }
                (footer(template, words))
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

/// What a policy knows an inline style or script by.
pub(crate) fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn header(
    template: &Template,
    document: &Document,
    others: &[(Artifact, usize)],
    words: &PageWords,
) -> Markup {
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
            (other_formats(&template.id, others, words))
        }
    }
}

/// Links to the document's other files, which lie beside the page.
fn other_formats(document: &str, others: &[(Artifact, usize)], words: &PageWords) -> Markup {
    html! {
        @if !others.is_empty() {
            nav.formats aria-label=(words.other_formats) {
                ul {
                    @for (artifact, bytes) in others {
                        @let file = artifact.file_name(document);
                        @let extension = file.rsplit('.').next().unwrap_or_default();
                        li {
                            a href=(utf8_percent_encode(&file, RESERVED)) type=(artifact.media_type()) { (words.file(*artifact, extension, *bytes)) }
                        }
                    }
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
                @for note in notes { p { (note) } }
            }
        }
    }
}

/// Who published what when, and what others may do with it.
fn footer(template: &Template, words: &PageWords) -> Markup {
    let document = &template.document;
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
                    div { dt { (words.date) } dd { time datetime=(date) { (words.day(date, &template.eras)) } } }
                }
                @if let Some(licence) = &template.open_data.licence {
                    div { dt { (words.licence) } dd { a rel="license" href=(licence.url) { (licence.title) " (" (licence.name) ")" } } }
                }
            }
        }
    }
}
