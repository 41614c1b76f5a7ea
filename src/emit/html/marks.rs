//! Marked parts of a text, for eyes and for ears: what comes and what goes is said by its element, what is struck through
//! in words as well, since most voices read elements of text as if they were none.

use super::link::paragraph;
use super::words::PageWords;
use crate::model::{Content, Mark, Marked, cut_at_marks};
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
        parts(paragraph, &mut at, &content.marks, |part, at, mark| {
            let begins = mark != before;
            before = mark;
            let said = text(part, at);
            match mark {
                Some(mark) => marked(&said, mark, begins, words),
                None => said,
            }
        })
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

/// The parts of a paragraph, which begins at a byte of its content, each with its own first byte and its mark.
fn parts(
    paragraph: &str,
    at: &mut usize,
    marks: &[Marked],
    mut part: impl FnMut(&str, usize, Option<Mark>) -> Markup,
) -> Markup {
    let said: Vec<Markup> = cut_at_marks(paragraph, *at, marks)
        .map(|(text, mark)| {
            let begin = *at;
            *at += text.len();
            part(text, begin, mark)
        })
        .collect();
    html! { @for said in &said { (said) } }
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
        parts(said, &mut at, &content.marks, |part, _, mark| {
            let part = paragraph(part);
            match mark {
                None | Some(Mark::Revised) => part,
                Some(Mark::Inserted) => html! { ins { (part) } },
                Some(Mark::Replaced) => html! { u { (part) } },
                Some(Mark::Struck) => html! { del { (part) } },
            }
        })
    };
    html! {
        @for (index, said) in content.paragraphs.iter().enumerate() {
            @if index > 0 { br; }
            (marked(said))
        }
    }
}
