//! Links to pages of the web: where they lie on the sheets, and where they lead (ISO 32000-1, 12.5.6.5 and 12.6.4.7).

use super::file::{File, Ref, push_number, text};
use super::page::push_points;
use crate::layout::{Layout, TextRole};
use crate::model::{Document, Length};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What an address spells with signs, beside what is not ASCII: it stands in brackets.
const SPELLED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'(').add(b')').add(b'<').add(b'>').add(b'\\');

/// The part of a cell's link that a page shows.
pub(super) struct Link<'a> {
    /// Its object.
    pub(super) id: Ref,
    /// Its page, from 0.
    pub(super) page: usize,
    /// Row and column of the body.
    pub(super) cell: (usize, usize),
    area: [Length; 4],
    address: &'a str,
}

/// The links of all pages, in their order.
pub(super) fn find<'a>(file: &mut File, document: &'a Document, layout: &Layout) -> Vec<Link<'a>> {
    let mut links = Vec::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for text_box in &page.boxes {
            if let TextRole::Body { row, col } = text_box.role
                && let Some(address) = &document.table.rows[row].cells[col].link
            {
                let (id, area) = (file.reserve(), text_box.area);
                links.push(Link { id, page: number, cell: (row, col), area, address });
            }
        }
    }
    links
}

/// Writes the links. In a tagged file, each has a number by which the structure is found, after those of the pages.
pub(super) fn add(file: &mut File, links: &[Link<'_>], pages: &[Ref], height: Length, is_tagged: bool) {
    for (number, link) in (pages.len()..).zip(links) {
        let [left, top, right, bottom] = link.area;
        file.put_with(link.id, |out| {
            out.extend_from_slice(b"<</Type/Annot/Subtype/Link/Rect[");
            for length in [left, height - bottom, right, height - top] {
                push_points(out, length);
                out.push(b' ');
            }
            pages[link.page].push_as(b"]/Border[0 0 0]/F 4/P ", out);
            let uri = utf8_percent_encode(link.address, SPELLED);
            let said = text(link.address);
            out.extend_from_slice(format!("/A<</S/URI/URI({uri})>>/Contents{said}").as_bytes());
            if is_tagged {
                out.extend_from_slice(b"/StructParent ");
                push_number(out, number);
            }
            out.extend_from_slice(b">>");
        });
    }
}
