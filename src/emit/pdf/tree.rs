//! The structure as objects of the file: elements, and the way back from content to element.

use super::file::{File, Ref, push_number};
use super::link::Link;
use super::structure::{Element, Structure, Tag};
use crate::model::Decoration;
use std::collections::BTreeMap;

/// Writes the structure of the pages that are given in order, with the links on them; returns its root.
pub(super) fn add(file: &mut File, structure: &Structure<'_>, pages: &[Ref], links: &[Link<'_>]) -> Ref {
    let root = file.reserve();
    let ids: Vec<Ref> = structure.elements.iter().map(|_| file.reserve()).collect();
    let mut of_pieces: BTreeMap<(usize, usize), Vec<&Link<'_>>> = BTreeMap::new();
    for link in links {
        of_pieces.entry((link.page, link.mark)).or_default().push(link);
    }
    let writer = Writer { structure, pages, links: of_pieces, root, ids: &ids };
    for (number, &id) in ids.iter().enumerate() {
        file.put_with(id, |out| writer.element(out, number));
    }
    let mut numbers = Vec::new();
    let parents = writer.parents();
    for (page, parents) in parents.iter().enumerate() {
        let id = file.reserve();
        file.put_with(id, |out| array(out, parents.iter().copied()));
        push_number(&mut numbers, page);
        id.push_as(b" ", &mut numbers);
        numbers.push(b' ');
    }
    for (number, link) in (pages.len()..).zip(links) {
        push_number(&mut numbers, number);
        parents[link.page][link.mark].push_as(b" ", &mut numbers);
        numbers.push(b' ');
    }
    let parent_tree = file.reserve();
    file.put_with(parent_tree, |out| {
        out.extend_from_slice(b"<</Nums[");
        out.extend_from_slice(&numbers);
        out.extend_from_slice(b"]>>");
    });
    let next = pages.len() + links.len();
    let keys = format!("/K {}/ParentTree {parent_tree}/ParentTreeNextKey {next}", ids[0]);
    file.put(root, format!("<</Type/StructTreeRoot{keys}>>"));
    root
}

struct Writer<'a> {
    structure: &'a Structure<'a>,
    pages: &'a [Ref],
    /// By the page and the number of the content that they lie on.
    links: BTreeMap<(usize, usize), Vec<&'a Link<'a>>>,
    root: Ref,
    /// Of the elements.
    ids: &'a [Ref],
}

impl Writer<'_> {
    fn element(&self, out: &mut Vec<u8>, number: usize) {
        let element = &self.structure.elements[number];
        let parent = if number == 0 { self.root } else { self.ids[element.parent] };
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(name(element.tag).as_bytes());
        parent.push_as(b"/P ", out);
        if element.content.is_empty() {
            self.kids(out, number);
        } else {
            self.content(out, element);
        }
        attributes(out, element);
        out.extend_from_slice(b">>");
    }

    fn kids(&self, out: &mut Vec<u8>, number: usize) {
        let mut kids = self.structure.children(number).map(|kid| self.ids[kid]).peekable();
        if kids.peek().is_some() {
            out.extend_from_slice(b"/K");
            array(out, kids);
        }
    }

    /// The content's numbers on the page where it begins; what is on other pages names them.
    fn content(&self, out: &mut Vec<u8>, element: &Element) {
        let content = &self.structure.content[element.content.clone()];
        let page = content[0].page;
        self.pages[page].push_as(b"/Pg ", out);
        let links = content.iter().filter_map(|piece| self.links.get(&(piece.page, piece.mark))).flatten();
        let mut links = links.peekable();
        if let ([one], None) = (content, links.peek()) {
            out.extend_from_slice(b"/K ");
            return push_number(out, one.mark);
        }
        out.extend_from_slice(b"/K[");
        for piece in content {
            if piece.page == page {
                push_number(out, piece.mark);
            } else {
                self.pages[piece.page].push_as(b"<</Type/MCR/Pg ", out);
                out.extend_from_slice(b"/MCID ");
                push_number(out, piece.mark);
                out.extend_from_slice(b">>");
            }
            out.push(b' ');
        }
        for link in links {
            link.id.push_as(b"<</Type/OBJR/Obj ", out);
            self.pages[link.page].push_as(b"/Pg ", out);
            out.extend_from_slice(b">>");
        }
        out.push(b']');
    }

    /// The element of each piece of content, by page.
    fn parents(&self) -> Vec<Vec<Ref>> {
        let mut parents = vec![Vec::new(); self.pages.len()];
        for (element, &id) in self.structure.elements.iter().zip(self.ids) {
            for piece in &self.structure.content[element.content.clone()] {
                let parents = &mut parents[piece.page];
                if parents.len() <= piece.mark {
                    parents.resize(piece.mark + 1, id);
                }
                parents[piece.mark] = id;
            }
        }
        parents
    }
}

/// What a cell says of its place in the table, and a part of a text of what is drawn along it.
fn attributes(out: &mut Vec<u8>, element: &Element) {
    let scope: &[u8] = match element.tag {
        Tag::ColumnHeader => b"/Scope/Column",
        Tag::RowHeader => b"/Scope/Row",
        Tag::Span(Some(decoration)) | Tag::Link(Some(decoration)) => {
            let kind = match decoration {
                Decoration::Underline => "Underline",
                Decoration::LineThrough => "LineThrough",
            };
            return out.extend_from_slice(format!("/A<</O/Layout/TextDecorationType/{kind}>>").as_bytes());
        }
        _ => b"",
    };
    let (down, across) = element.span;
    if scope.is_empty() && down <= 1 && across <= 1 {
        return;
    }
    out.extend_from_slice(b"/A<</O/Table");
    out.extend_from_slice(scope);
    for (key, span) in [("/RowSpan ", down), ("/ColSpan ", across)] {
        if span > 1 {
            out.extend_from_slice(key.as_bytes());
            push_number(out, span);
        }
    }
    out.extend_from_slice(b">>");
}

/// Names in a row.
fn array(out: &mut Vec<u8>, ids: impl Iterator<Item = Ref>) {
    out.push(b'[');
    for id in ids {
        id.push_as(b"", out);
        out.push(b' ');
    }
    out.push(b']');
}

const HEADINGS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];

fn name(tag: Tag) -> &'static str {
    match tag {
        Tag::Document => "Document",
        Tag::H(depth) => HEADINGS[usize::from(depth.clamp(1, 6)) - 1],
        Tag::Table => "Table",
        Tag::THead => "THead",
        Tag::TBody => "TBody",
        Tag::Tr => "TR",
        Tag::ColumnHeader | Tag::RowHeader => "TH",
        Tag::Td => "TD",
        Tag::P => "P",
        Tag::Link(_) => "Link",
        Tag::Span(_) => "Span",
        Tag::L => "L",
        Tag::Li => "LI",
        Tag::Lbl => "Lbl",
        Tag::LBody => "LBody",
    }
}
