//! Comments on cells: classic notes and threaded comments.

use super::super::archive::Archive;
use super::super::runs::Run;
use super::super::trouble::Refusal;
use super::super::xml::{attribute, next, open, push_text};
use super::marks::position;
use super::parts;
use super::rich::runs;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Text by row and column.
type Notes = BTreeMap<(u32, u32), String>;

/// The comments of a sheet, by row and column. A part that is damaged is read as far as it goes: comments are
/// no reason to refuse a sheet.
pub(super) fn read(archive: &mut Archive<'_>, sheet: &str) -> Notes {
    let parts = parts::comments(archive, sheet);
    let mut notes = Notes::new();
    if let Some(part) = parts.classic.and_then(|part| archive.text(&part)) {
        let _ = classic(&part, &mut notes);
    }
    if let Some(part) = parts.threaded.and_then(|part| archive.text(&part)) {
        let mut threads = Notes::new();
        let _ = threaded(&part, &mut threads);
        // The classic note at such a cell only says that there is a thread.
        notes.extend(threads);
    }
    notes
}

fn classic(part: &str, notes: &mut Notes) -> Result<(), Refusal> {
    let mut xml = open(part);
    let mut cell = None;
    loop {
        match next(&mut xml)? {
            Event::Start(e) if e.local_name().as_ref() == "comment" => {
                cell = attribute(&e, "ref").and_then(|r| position(&r));
            }
            Event::Start(e) if e.local_name().as_ref() == "text" => {
                let text = without_author(&runs(&mut xml, &e)?);
                notes.extend(cell.take().zip(text));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The text without the author's name, which Excel puts before it in bold, with a colon.
fn without_author(runs: &[Run]) -> Option<String> {
    let is_author = |run: &Run| run.bold && run.text.trim_end().ends_with([':', '：']);
    let runs = match runs {
        [author, rest @ ..] if is_author(author) => rest,
        all => all,
    };
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A comment and the answers to it, a line each.
fn threaded(part: &str, notes: &mut Notes) -> Result<(), Refusal> {
    let mut xml = open(part);
    let mut cell = None;
    let mut inside = false;
    loop {
        match next(&mut xml)? {
            Event::Start(e) if e.local_name().as_ref() == "threadedComment" => {
                cell = attribute(&e, "ref").and_then(|r| position(&r));
            }
            Event::Start(e) if e.local_name().as_ref() == "text" => {
                inside = true;
                if let Some(text) = cell.and_then(|cell| notes.get_mut(&cell)) {
                    text.push('\n');
                }
            }
            Event::End(e) if e.local_name().as_ref() == "text" => inside = false,
            Event::Eof => return Ok(()),
            event if inside => {
                if let Some(cell) = cell {
                    push_text(notes.entry(cell).or_default(), &event)?;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authors_name_is_no_text_and_answers_follow() {
        let mut notes = Notes::new();
        let part = r#"<comments><authors><author>課</author></authors><commentList>
<comment ref="B2"><text><r><rPr><b/></rPr><t>課:</t></r><r><rPr/><t xml:space="preserve">
確認中</t></r></text></comment><comment ref="C3"><text><t>注意:</t></text></comment>
<comment ref="D4"><text><r><rPr><b/></rPr><t>課:</t></r></text></comment></commentList></comments>"#;
        classic(part, &mut notes).unwrap();
        assert_eq!(notes, [((1, 1), "確認中".to_owned()), ((2, 2), "注意:".to_owned())].into());

        let mut notes = Notes::new();
        let part = r#"<ThreadedComments><threadedComment ref="A1" id="1"><text>5か&lt;8か</text></threadedComment>
<threadedComment ref="A1" parentId="1"><text>8です</text></threadedComment></ThreadedComments>"#;
        threaded(part, &mut notes).unwrap();
        assert_eq!(notes, [((0, 0), "5か<8か\n8です".to_owned())].into());
    }
}
