//! Links: where they lie on the sheets, and where they lead: to pages of the web and writers of mail (ISO 32000-1,
//! 12.5.6.5 and 12.6.4.7), to other rows of the table (12.3.2).

use super::file::{File, Ref, push_number, text};
use super::page::push_points;
use super::structure::{TaggedRun, pieces};
use crate::emit::is_japanese;
use crate::layout::{Layout, Metrics, TextBox, TextRole};
use crate::model::{Document, Length, Target};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::collections::BTreeMap;

/// What an address spells with signs, beside what is not ASCII: it stands in brackets.
const SPELLED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'(').add(b')').add(b'<').add(b'>').add(b'\\');

/// A link as a page shows it, or the part of it on a line.
pub(super) struct Link<'a> {
    /// Its object.
    pub(super) id: Ref,
    /// Its page, from 0.
    pub(super) page: usize,
    /// The number of the content there that it lies on.
    pub(super) mark: usize,
    area: [Length; 4],
    leads_to: LeadsTo<'a>,
}

/// Where a link leads.
enum LeadsTo<'a> {
    Address(&'a str),
    /// What refers to a row, the row's page, and its upper edge from the sheet's upper edge.
    Row(String, usize, Length),
}

/// The links of all pages, in their order.
pub(super) fn find<'a>(
    file: &mut File,
    document: &'a Document,
    layout: &'a Layout,
    fonts: &dyn Metrics,
) -> Vec<Link<'a>> {
    let rows = rows(layout);
    let mut links = Vec::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for TaggedRun { text_box, lines, mark } in pieces(page) {
            let Some(mark) = mark else { continue };
            let mut add = |area, leads_to| {
                links.push(Link { id: file.reserve(), page: number, mark, area, leads_to });
            };
            // A cell that is a link as a whole is one at its first piece on a page.
            if let TextRole::Body { row, col } = text_box.role
                && lines.as_ptr() == text_box.lines.as_ptr()
                && let Some(address) = &document.table.rows[row].cells[col].link
            {
                add(text_box.area, LeadsTo::Address(address));
            }
            let whole = || lines.iter().map(|line| &*line.text).collect();
            for line in lines {
                let Some(placed) = &line.link else { continue };
                let leads_to = match &placed.link.to {
                    Target::Address(address) => Some(LeadsTo::Address(address)),
                    Target::Row(row) => rows.get(row).map(|&(page, top)| LeadsTo::Row(whole(), page, top)),
                };
                if let Some(leads_to) = leads_to {
                    add(around(text_box, (line.x, line.y, placed.width), fonts), leads_to);
                }
            }
        }
    }
    links
}

/// The page and the upper edge of each row, where it begins.
fn rows(layout: &Layout) -> BTreeMap<usize, (usize, Length)> {
    let mut rows = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for text_box in &page.boxes {
            if let TextRole::Body { row, .. } = text_box.role {
                rows.entry(row).or_insert((number, text_box.area[1]));
            }
        }
    }
    rows
}

/// The area of a piece of a line, which begins on the baseline.
fn around(text_box: &TextBox, (x, y, width): (Length, Length, Length), fonts: &dyn Metrics) -> [Length; 4] {
    let font = fonts.of(text_box.role);
    [x, y - font.ascent() * text_box.size / 1000, x + width, y + font.descent() * text_box.size / 1000]
}

/// Writes the links. In a tagged file, each has a number by which the structure is found, after those of the pages.
pub(super) fn add(
    file: &mut File,
    links: &[Link<'_>],
    pages: &[Ref],
    height: Length,
    is_tagged: bool,
    language: &str,
) {
    for (number, link) in (pages.len()..).zip(links) {
        let [left, top, right, bottom] = link.area;
        file.put_with(link.id, |out| {
            out.extend_from_slice(b"<</Type/Annot/Subtype/Link/Rect[");
            for length in [left, height - bottom, right, height - top] {
                push_points(out, length);
                out.push(b' ');
            }
            pages[link.page].push_as(b"]/Border[0 0 0]/F 4/P ", out);
            let said = match &link.leads_to {
                LeadsTo::Address(address) => {
                    let uri = utf8_percent_encode(address, SPELLED);
                    out.extend_from_slice(format!("/A<</S/URI/URI({uri})>>").as_bytes());
                    address.trim_start_matches("mailto:").to_owned()
                }
                LeadsTo::Row(said, page, top) => {
                    pages[*page].push_as(b"/A<</S/GoTo/D[", out);
                    out.extend_from_slice(b"/XYZ null ");
                    push_points(out, height - top);
                    out.extend_from_slice(b" null]>>");
                    let page = page + 1;
                    if is_japanese(language) {
                        format!("{said}（{page}ページ）")
                    } else {
                        format!("{said} (page {page})")
                    }
                }
            };
            out.extend_from_slice(format!("/Contents{}", text(&said)).as_bytes());
            if is_tagged {
                out.extend_from_slice(b"/StructParent ");
                push_number(out, number);
            }
            out.extend_from_slice(b">>");
        });
    }
}
