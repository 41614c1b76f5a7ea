//! Marked parts of a text, for eyes and for ears: what comes and what goes is said by its element, what is struck through
//! in words as well, since most voices read elements of text as if they were none.

use super::link::paragraph;
use super::words::PageWords;
use crate::model::{Content, Mark, cut_at_marks};
use crate::template::RevisedMark;
use maud::{Markup, html};

/// The paragraphs of a content, on lines of their own; the last one may stand beside the one before it. `text` writes a
/// part of them, which begins at a byte of the content.
pub(super) fn paragraphs(
    content: &Content,
    words: &PageWords,
    text: impl Fn(&str, usize) -> Markup,
) -> Markup {
    let last = content.paragraphs.len().saturating_sub(1);
    let mut at = 0;
    let mut before = None;
    let mut paragraph = |paragraph: &str| {
        let parts: Vec<Markup> = cut_at_marks(paragraph, at, &content.marks)
            .map(|(part, mark)| {
                let begins = mark != before;
                before = mark;
                let said = text(part, at);
                at += part.len();
                mark.map_or_else(|| said.clone(), |mark| marked(&said, mark, begins, words))
            })
            .collect();
        html! { @for part in &parts { (part) } }
    };
    html! {
        @for (index, said) in content.paragraphs.iter().enumerate() {
            @if index > 0 && index == last && content.join_last {
                wbr;
                span.beside { (paragraph(said)) }
            } @else {
                @if index > 0 { br; }
                (paragraph(said))
            }
        }
    }
}

/// A marked part; `begins` if what stands before it is not marked alike.
fn marked(said: &Markup, mark: Mark, begins: bool, words: &PageWords) -> Markup {
    let [open, close] = words.struck;
    match mark {
        Mark::Revised => html! { u { @if begins { span.unseen { (RevisedMark::WORD) } } (said) } },
        Mark::Inserted => html! { ins { (said) } },
        Mark::Replaced => html! { del.beside-new { (said) } },
        Mark::Struck => html! { del { span.unseen { (open) } (said) span.unseen { (close) } } },
    }
}

/// A marked part where there is no style: as elements alone.
pub(super) fn bare(content: &Content) -> Markup {
    let mut at = 0;
    let mut marked = |said: &str| {
        let parts: Vec<Markup> = cut_at_marks(said, at, &content.marks)
            .map(|(part, mark)| (paragraph(part), mark))
            .map(|(part, mark)| match mark {
                None | Some(Mark::Revised) => part,
                Some(Mark::Inserted) => html! { ins { (part) } },
                Some(Mark::Replaced) => html! { u { (part) } },
                Some(Mark::Struck) => html! { del { (part) } },
            })
            .collect();
        at += said.len();
        html! { @for part in &parts { (part) } }
    };
    html! {
        @for (index, said) in content.paragraphs.iter().enumerate() {
            @if index > 0 { br; }
            (marked(said))
        }
    }
}
