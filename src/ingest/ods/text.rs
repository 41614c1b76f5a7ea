//! The text of a cell: its paragraphs, what of them is struck through, and the comment on the cell.

use super::super::trouble::Refusal;
use super::super::xml::{Xml, attribute, next, push_text, skip};
use super::count;
use super::shapes::{self, Drawn};
use super::style::Styles;
use quick_xml::events::{BytesStart, Event};

/// Elements within a cell whose text is not the cell's: comments, furigana.
const NOT_TEXT: [&str; 2] = ["office:annotation", "text:ruby-text"];
/// A run of spaces is written as a number; no cell shows more of them.
const MOST_SPACES: u32 = 1000;

/// What a cell says.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) kept: String,
    /// Parts that are apart are joined with a line break.
    pub(super) struck: String,
    pub(super) note: Option<String>,
    /// What is drawn over the cells from here.
    pub(super) drawn: Vec<Drawn>,
    /// Whether what came last is struck through.
    striking: bool,
}

/// Reads to the end of the cell.
pub(super) fn read(
    xml: &mut Xml<'_>,
    cell: &BytesStart<'_>,
    struck: bool,
    styles: &Styles,
) -> Result<Text, Refusal> {
    read_to(xml, cell, struck, styles, false)
}

/// Reads to the end of the cell or of the comment. A comment has no comments: nesting without end is not followed.
fn read_to(
    xml: &mut Xml<'_>,
    end: &BytesStart<'_>,
    struck: bool,
    styles: &Styles,
    is_note: bool,
) -> Result<Text, Refusal> {
    let mut text = Text::default();
    let mut first = true;
    // Of the paragraph and of each span in it, whether it is struck through.
    let mut looks: Vec<bool> = Vec::new();
    loop {
        let event = next(xml)?;
        match &event {
            Event::Start(e) => match e.name().as_ref() {
                "text:p" | "text:span" => {
                    let is_paragraph = e.name().as_ref() == "text:p";
                    if is_paragraph && !first {
                        text.push("\n", false);
                    }
                    first &= !is_paragraph;
                    let family = if is_paragraph { "paragraph" } else { "text" };
                    let own =
                        attribute(e, "text:style-name").and_then(|style| styles.strikes(family, &style));
                    looks.push(own.unwrap_or_else(|| looks.last().copied().unwrap_or(struck)));
                }
                "text:line-break" => text.push("\n", false),
                "text:tab" => text.push("\t", looks.last() == Some(&true)),
                "text:s" => {
                    let spaces = usize::try_from(count(e, "text:c").min(MOST_SPACES)).unwrap_or(1);
                    text.push(&" ".repeat(spaces), looks.last() == Some(&true));
                }
                "office:annotation" if !is_note => {
                    let note = read_to(xml, e, false, styles, true)?.kept;
                    text.note = Some(note).filter(|note| !note.trim().is_empty());
                }
                name if shapes::draws(name) => text.drawn.push(shapes::read(xml, e, styles)?),
                name if NOT_TEXT.contains(&name) => skip(xml, e)?,
                _ => {}
            },
            Event::End(e) if matches!(e.name().as_ref(), "text:p" | "text:span") => drop(looks.pop()),
            Event::End(e) if e.name() == end.name() => break,
            Event::Eof => return Err(Refusal::Damaged("content.xml".into())),
            // Between the paragraphs there is only the file's own white space, and a comment's author and date.
            characters => {
                if let Some(struck) = looks.last() {
                    let mut piece = String::new();
                    push_text(&mut piece, characters)?;
                    text.push(&piece, *struck);
                }
            }
        }
    }
    if !text.struck.is_empty() {
        // Of a line that is struck as a whole, the line break is no text either.
        let kept = text.kept.trim_matches('\n').to_owned();
        text.kept = kept;
    }
    Ok(text)
}

impl Text {
    /// Whether the cell has no paragraphs with text.
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.struck.is_empty()
    }

    fn push(&mut self, piece: &str, struck: bool) {
        if piece.is_empty() {
            return;
        }
        if struck {
            let apart = !self.striking && !self.struck.is_empty();
            self.struck.extend(apart.then_some('\n'));
            self.struck.push_str(piece);
        } else {
            self.kept.push_str(piece);
        }
        self.striking = struck;
    }
}
