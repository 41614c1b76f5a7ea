//! Bookmarks: the groups' labels, nested as the groups are, each leading to its first row.

use super::file::{File, Ref, push_number, text};
use crate::layout::{Layout, TextRole};
use crate::model::{Length, Table};
use std::collections::BTreeSet;

/// Characters of a bookmark.
const LONGEST: usize = 60;

/// A bookmark.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bookmark {
    title: String,
    /// From 0.
    page: usize,
    /// The upper edge of the label's cell, from the sheet's lower edge.
    top: Length,
    below: Vec<Bookmark>,
}

/// The bookmarks of a table; none if it has no columns of labels.
pub(super) fn bookmarks(table: &Table, layout: &Layout) -> Vec<Bookmark> {
    let mut all = Vec::new();
    let mut labels = BTreeSet::new();
    for (page, number) in layout.pages.iter().zip(0..) {
        for text_box in &page.boxes {
            let TextRole::Body { row, col } = text_box.role else { continue };
            let Some(level) = table.columns[col].level else { continue };
            let title = shortened(&table.rows[row].cells[col].content.kept());
            let top = layout.sheet.1 - text_box.area[1];
            // A label that is cut by a page's end has one bookmark.
            if !title.is_empty() && labels.insert((row, col)) {
                all.push((level, Bookmark { title, page: number, top, below: Vec::new() }));
            }
        }
    }
    nest(&mut all.into_iter().peekable(), 0)
}

/// A label that is longer than a reader's panel shows, with a sign that it goes on.
fn shortened(label: &str) -> String {
    match label.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}

/// The bookmarks of a level and of those within it, until one of an outer level comes.
fn nest(
    all: &mut std::iter::Peekable<impl Iterator<Item = (usize, Bookmark)>>,
    outermost: usize,
) -> Vec<Bookmark> {
    let mut found = Vec::new();
    while let Some((level, mut bookmark)) = all.next_if(|(level, _)| *level >= outermost) {
        bookmark.below = nest(all, level + 1);
        found.push(bookmark);
    }
    found
}

/// Writes the bookmarks of the pages that are given in order; returns their root, if there are any.
pub(super) fn add(file: &mut File, bookmarks: &[Bookmark], pages: &[Ref]) -> Option<Ref> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = file.reserve();
    let (first, last, count) = put(file, bookmarks, root, pages)?;
    file.put(root, format!("<</Type/Outlines/First {first}/Last {last}/Count {count}>>"));
    Some(root)
}

/// Writes siblings; returns the first and the last, and how many there are with all below them.
fn put(file: &mut File, siblings: &[Bookmark], parent: Ref, pages: &[Ref]) -> Option<(Ref, Ref, usize)> {
    let ids: Vec<Ref> = siblings.iter().map(|_| file.reserve()).collect();
    let mut total = 0;
    for (at, bookmark) in siblings.iter().enumerate() {
        let (title, page, top) = (text(&bookmark.title), pages[bookmark.page], points(bookmark.top));
        let mut item =
            format!("<</Title{title}/Parent {parent}/Dest[{page}/XYZ null {top} null]").into_bytes();
        if let Some(before) = at.checked_sub(1) {
            ids[before].push_as(b"/Prev ", &mut item);
        }
        if let Some(next) = ids.get(at + 1) {
            next.push_as(b"/Next ", &mut item);
        }
        if let Some((first, last, count)) = put(file, &bookmark.below, ids[at], pages) {
            first.push_as(b"/First ", &mut item);
            last.push_as(b"/Last ", &mut item);
            item.extend_from_slice(b"/Count ");
            push_number(&mut item, count);
            total += count;
        }
        item.extend_from_slice(b">>");
        file.put(ids[at], item);
        total += 1;
    }
    Some((*ids.first()?, *ids.last()?, total))
}

/// A length in whole points; a bookmark need not lead closer.
fn points(length: Length) -> Length {
    length / 1000 + 1
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_label_is_shortened() {
        assert_eq!(shortened("１　安心して暮らす"), "１　安心して暮らす");
        assert_eq!(shortened(&"あ".repeat(60)), "あ".repeat(60));
        assert_eq!(shortened(&"あ".repeat(61)), format!("{}…", "あ".repeat(60)));
    }
}
