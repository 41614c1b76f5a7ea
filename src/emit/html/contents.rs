//! The table of contents: links to the headings of groups, nested as they are.

use super::list::label;
use super::outline::Heading;
use super::words::PageWords;
use maud::{Markup, html};

/// The section, unless there is nothing to choose from.
pub(super) fn section(headings: &[Heading<'_>], words: &PageWords) -> Markup {
    html! {
        @if headings.len() > 1 {
            nav aria-labelledby="contents" {
                details open {
                    summary { h2 #contents { (words.contents) } }
                    (entries(headings, words))
                }
            }
        }
    }
}

/// Headings of one depth, each with the deeper ones that follow it.
fn entries(headings: &[Heading<'_>], words: &PageWords) -> Markup {
    let Some(first) = headings.first() else { return html! {} };
    html! {
        ul {
            @for branch in headings.chunk_by(|_, next| next.depth > first.depth) {
                li { a href={ "#" (branch[0].id) } { (label(&branch[0], words)) } (entries(&branch[1..], words)) }
            }
        }
    }
}
