//! Bookmarks: the groups' labels, nested as the groups are, each leading to its first row.

use crate::layout::{Layout, Role, Table};
use crate::model::Length;
use lopdf::{Document, Object, ObjectId, dictionary, text_string};
use std::collections::BTreeSet;

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
            let Role::Body { row, col } = text_box.role else { continue };
            let Some(level) = table.columns[col].level else { continue };
            let title = table.rows[row].cells[col].paragraphs.concat();
            let top = layout.sheet.1 - text_box.area[1];
            // A label that is cut by a page's end has one bookmark.
            if !title.is_empty() && labels.insert((row, col)) {
                all.push((level, Bookmark { title, page: number, top, below: Vec::new() }));
            }
        }
    }
    nest(&mut all.into_iter().peekable(), 0)
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

/// Adds the bookmarks to the file whose pages are given in order.
pub(super) fn add(tree: &mut Document, bookmarks: &[Bookmark], pages: &[ObjectId]) {
    if bookmarks.is_empty() {
        return;
    }
    let root = tree.new_object_id();
    let (ends, count) = put(tree, bookmarks, root, pages);
    let mut outlines = dictionary! { "Type" => "Outlines", "Count" => count };
    if let Some((first, last)) = ends {
        outlines.set("First", first);
        outlines.set("Last", last);
    }
    tree.set_object(root, outlines);
    tree.catalog_mut().expect("printpdf writes a catalog").set("Outlines", root);
}

/// Puts siblings in; returns the first and the last, and how many there are with all below them.
fn put(
    tree: &mut Document,
    siblings: &[Bookmark],
    parent: ObjectId,
    pages: &[ObjectId],
) -> (Option<(ObjectId, ObjectId)>, i64) {
    let ids: Vec<ObjectId> = siblings.iter().map(|_| tree.new_object_id()).collect();
    let mut total = 0;
    for (at, bookmark) in siblings.iter().enumerate() {
        let place: Vec<Object> = vec![
            pages[bookmark.page].into(),
            Object::Name(b"XYZ".to_vec()),
            Object::Null,
            points(bookmark.top),
            Object::Null,
        ];
        let mut item =
            dictionary! { "Title" => text_string(&bookmark.title), "Parent" => parent, "Dest" => place };
        if let Some(before) = at.checked_sub(1) {
            item.set("Prev", ids[before]);
        }
        if let Some(next) = ids.get(at + 1) {
            item.set("Next", *next);
        }
        let (ends, count) = put(tree, &bookmark.below, ids[at], pages);
        if let Some((first, last)) = ends {
            item.set("First", first);
            item.set("Last", last);
            item.set("Count", count);
        }
        tree.set_object(ids[at], item);
        total += 1 + count;
    }
    (ids.first().copied().zip(ids.last().copied()), total)
}

/// A length in whole points; a bookmark need not lead closer.
fn points(length: Length) -> Object {
    (i64::from(length) / 1000 + 1).into()
}
