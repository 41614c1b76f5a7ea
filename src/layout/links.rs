//! What leads somewhere on a page: lines cut where links begin and end, each piece at its place.

use super::page::{PlacedLine, PlacedLink, TextBox, TextRole};
use super::paginate::Fragment;
use super::place::Placer;
use super::wrap::text_width;
use super::{Line, NoteFragment};
use crate::model::{Content, TextLink, text_links};
use std::sync::Arc;

impl Placer<'_> {
    /// A cell of the body, of whose text a page shows what begins with a fragment.
    pub(super) fn with_cell_links(&self, text_box: TextBox, fragment: &Fragment) -> TextBox {
        let TextRole::Body { row, col } = text_box.role else { return text_box };
        let cell = &self.table.rows[row].cells[col];
        if cell.link.is_some() {
            return text_box; // as a whole
        }
        let references = self.references.get(&(row, col)).map_or(&[][..], Vec::as_slice);
        let links = text_links(&cell.content, references);
        let lines = &self.measured.body_lines[row][col];
        self.with_links(text_box, links, &lines[..fragment.lines.start.min(lines.len())])
    }

    /// A note, or the part of it that a page shows.
    pub(super) fn with_note_links(&self, text_box: TextBox, fragment: &NoteFragment) -> TextBox {
        let lines = &self.measured.notes[fragment.note];
        let text = lines.iter().map(|line| &*line.text).collect();
        let links = text_links(&Content { paragraphs: vec![text], ..Content::default() }, &[]);
        self.with_links(text_box, links, &lines[..fragment.lines.start])
    }

    /// The lines of a box, before which stand others of the same text, cut at its links.
    fn with_links(&self, text_box: TextBox, links: Vec<TextLink>, before: &[Line]) -> TextBox {
        if links.is_empty() {
            return text_box;
        }
        let links: Vec<Arc<TextLink>> = links.into_iter().map(Arc::new).collect();
        let mut at = before.iter().map(|line| line.text.len()).sum();
        let metrics = self.metrics.of(text_box.role);
        let mut pieces = Vec::new();
        for line in &text_box.lines {
            let mut x = line.x;
            let mut put = |text: &str, link: Option<&Arc<TextLink>>| {
                let width = text_width(text, text_box.size, metrics);
                let link = link.map(|link| PlacedLink { link: link.clone(), width });
                pieces.push(PlacedLine { x, y: line.y, text: text.into(), ends_paragraph: false, link });
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
