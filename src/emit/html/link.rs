//! Links within texts: to pages of the web, to writers of mail, to other rows.

use crate::model::{Content, Target, TextLink, text_links};
use maud::{Markup, html};

/// A text, which begins at byte `at` of the content whose links these are. A link that it has only a part of is text.
pub(super) fn linked(text: &str, at: usize, links: &[TextLink], row: impl Fn(usize) -> String) -> Markup {
    let mut done = 0;
    let mut pieces = Vec::new();
    let within = |link: &&TextLink| at <= link.text.start && link.text.end <= at + text.len();
    for link in links.iter().filter(within) {
        let range = link.text.start - at..link.text.end - at;
        let address = match &link.to {
            Target::Address(address) => address.clone(),
            Target::Row(to) => row(*to),
        };
        pieces.push((&text[done..range.start], &text[range.clone()], address));
        done = range.end;
    }
    html! {
        @for (before, said, address) in pieces { (before) a href=(address) { (said) } }
        (text[done..])
    }
}

/// A paragraph of its own.
pub(super) fn paragraph(text: &str) -> Markup {
    let content = Content { paragraphs: vec![text.to_owned()], ..Content::default() };
    linked(text, 0, &text_links(&content, &[]), |_| String::new())
}
