//! What leads somewhere on a page: lines cut where links begin and end, each piece at its place.

use super::NoteFragment;
use super::page::{PlacedLine, PlacedLink, TextBox, TextRole};
use super::place::Placer;
use crate::model::{Content, TextLink, text_links};
use std::sync::Arc;

impl Placer<'_> {
    /// A cell of the body; `before` bytes of its text stand before what the box shows.
    pub(super) fn with_cell_links(&self, text_box: TextBox, before: usize) -> TextBox {
        let TextRole::Body { row, col } = text_box.role else { return text_box };
        let cell = &self.table.rows[row].cells[col];
        if cell.link.is_some() {
            return text_box; // as a whole
        }
        let references = self.references.get(&(row, col)).map_or(&[][..], Vec::as_slice);
        self.with_links(text_box, text_links(&cell.content, references), before)
    }

    /// A note, or the part of it that a page shows.
    pub(super) fn with_note_links(&self, text_box: TextBox, fragment: &NoteFragment) -> TextBox {
        let note = &self.measured.notes[fragment.note];
        let text = note.iter().map(|line| &*line.text).collect();
        let content = Content { paragraphs: vec![text], ..Content::default() };
        let before = note[..fragment.lines.start].iter().map(|line| line.text.len()).sum();
        self.with_links(text_box, text_links(&content, &[]), before)
    }

    /// The lines of a box, whose text begins at byte `at` of that with these links, cut where they begin and end.
    fn with_links(&self, text_box: TextBox, links: Vec<TextLink>, mut at: usize) -> TextBox {
        if links.is_empty() {
            return text_box;
        }
        let links: Vec<Arc<TextLink>> = links.into_iter().map(Arc::new).collect();
        let metrics = self.metrics.of(text_box.role);
        let mut pieces = Vec::new();
        for line in &text_box.lines {
            let mut x = line.x;
            let mut put = |text: &str, link: Option<&Arc<TextLink>>| {
                let width = text_box.width(text, metrics);
                let link = link.map(|link| PlacedLink { link: link.clone(), width });
                let (y, decoration) = (line.y, line.decoration);
                pieces.push(PlacedLine { x, y, text: text.into(), ends_paragraph: false, decoration, link });
                x += width;
            };
            let within = |place: usize| place.saturating_sub(at).min(line.text.len());
            let mut done = 0;
            for link in &links {
                let (start, end) = (within(link.text.start), within(link.text.end));
                if start < end {
                    if done < start {
                        put(&line.text[done..start], None);
                    }
                    put(&line.text[start..end], Some(link));
                    done = end;
                }
            }
            if done < line.text.len() {
                put(&line.text[done..], None);
            }
            if let Some(last) = pieces.last_mut() {
                last.ends_paragraph = line.ends_paragraph;
            }
            at += line.text.len();
        }
        TextBox { lines: pieces.into(), ..text_box }
    }
}
