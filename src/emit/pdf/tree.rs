//! The structure as objects of the file: elements, the way back from content to element, and the pages' part.

use super::structure::{Element, Kid, Mark, Tag};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Adds the structure to the file whose pages are given in order.
pub(super) fn add(tree: &mut Document, structure: &Element, pages: &[ObjectId]) {
    let root = tree.new_object_id();
    let mut writer = Writer { tree, pages, parents: vec![Vec::new(); pages.len()] };
    let document = writer.put(structure, root);
    let parents = writer.parents;
    let mut numbers = Vec::new();
    for ((page, parents), number) in pages.iter().zip(parents).zip(0_i64..) {
        let parents: Vec<Object> = parents.into_iter().map(Object::Reference).collect();
        numbers.extend([number.into(), tree.add_object(parents).into()]);
        let page = tree.get_dictionary_mut(*page).expect("a page of the file");
        page.set("StructParents", number);
        page.set("Tabs", "S");
    }
    let next = i64::try_from(pages.len()).expect("pages are counted in 64 bits");
    let parent_tree = tree.add_object(dictionary! { "Nums" => numbers });
    let structure = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => document,
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => next,
    };
    tree.set_object(root, structure);
    let catalog = tree.catalog_mut().expect("printpdf writes a catalog");
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
}

struct Writer<'a> {
    tree: &'a mut Document,
    pages: &'a [ObjectId],
    /// The element of each piece of content, by page.
    parents: Vec<Vec<ObjectId>>,
}

impl Writer<'_> {
    fn put(&mut self, element: &Element, parent: ObjectId) -> ObjectId {
        let id = self.tree.new_object_id();
        let mut dictionary = dictionary! { "S" => name(element.tag), "P" => parent };
        // An element whose content lies on one page names the page once.
        let page = element.kids.iter().find_map(|kid| match kid {
            Kid::Content(mark) => Some(mark.page),
            Kid::Element(_) => None,
        });
        if let Some(page) = page {
            dictionary.set("Pg", self.pages[page]);
        }
        let mut kids: Vec<Object> = element.kids.iter().map(|kid| self.kid(kid, id, page)).collect();
        match kids.len() {
            0 => {}
            1 => dictionary.set("K", kids.remove(0)),
            _ => dictionary.set("K", kids),
        }
        if let Some(attributes) = attributes(element) {
            dictionary.set("A", attributes);
        }
        self.tree.set_object(id, dictionary);
        id
    }

    fn kid(&mut self, kid: &Kid, id: ObjectId, page: Option<usize>) -> Object {
        match kid {
            Kid::Element(child) => self.put(child, id).into(),
            Kid::Content(mark) => {
                self.own(*mark, id);
                let number = i64::try_from(mark.number).expect("a page's pieces are counted in 64 bits");
                if page == Some(mark.page) {
                    return number.into();
                }
                let page = self.pages[mark.page];
                dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => number }.into()
            }
        }
    }

    fn own(&mut self, mark: Mark, id: ObjectId) {
        let parents = &mut self.parents[mark.page];
        if parents.len() <= mark.number {
            parents.resize(mark.number + 1, id);
        }
        parents[mark.number] = id;
    }
}

/// What a cell says of its place in the table.
fn attributes(element: &Element) -> Option<Dictionary> {
    let mut attributes = dictionary! { "O" => "Table" };
    let scope = match element.tag {
        Tag::ColumnHeader => Some("Column"),
        Tag::RowHeader => Some("Row"),
        _ => None,
    };
    if let Some(scope) = scope {
        attributes.set("Scope", scope);
    }
    for (key, span) in [("RowSpan", element.span.0), ("ColSpan", element.span.1)] {
        if span > 1 {
            attributes.set(key, i64::try_from(span).expect("rows are counted in 64 bits"));
        }
    }
    (attributes.len() > 1).then_some(attributes)
}

fn name(tag: Tag) -> &'static str {
    match tag {
        Tag::Document => "Document",
        Tag::H1 => "H1",
        Tag::Table => "Table",
        Tag::THead => "THead",
        Tag::TBody => "TBody",
        Tag::Tr => "TR",
        Tag::ColumnHeader | Tag::RowHeader => "TH",
        Tag::Td => "TD",
        Tag::P => "P",
        Tag::L => "L",
        Tag::Li => "LI",
        Tag::Lbl => "Lbl",
        Tag::LBody => "LBody",
    }
}
