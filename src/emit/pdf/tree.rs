//! The structure as objects of the file: elements, and the way back from content to element.

use super::file::{File, Ref, push_number};
use super::structure::{Element, Kid, Mark, Tag};

/// Writes the structure of the pages that are given in order; returns its root.
pub(super) fn add(file: &mut File, structure: &Element, pages: &[Ref]) -> Ref {
    let root = file.reserve();
    let mut writer = Writer { file, pages, parents: vec![Vec::new(); pages.len()] };
    let document = writer.put(structure, root);
    let parents = writer.parents;
    let mut numbers = String::new();
    for (page, parents) in parents.iter().enumerate() {
        let id = file.reserve();
        file.put(id, &array(parents));
        push_number(&mut numbers, page);
        id.push_as(" ", &mut numbers);
        numbers.push(' ');
    }
    let parent_tree = file.reserve();
    file.put(parent_tree, &format!("<</Nums[{numbers}]>>"));
    let next = pages.len();
    let keys = format!("/K {document}/ParentTree {parent_tree}/ParentTreeNextKey {next}");
    file.put(root, &format!("<</Type/StructTreeRoot{keys}>>"));
    root
}

struct Writer<'a> {
    file: &'a mut File,
    pages: &'a [Ref],
    /// The element of each piece of content, by page.
    parents: Vec<Vec<Ref>>,
}

impl Writer<'_> {
    fn put(&mut self, element: &Element, parent: Ref) -> Ref {
        let id = self.file.reserve();
        // An element whose content lies on one page names the page once.
        let page = element.kids.iter().find_map(|kid| match kid {
            Kid::Content(mark) => Some(mark.page),
            Kid::Element(_) => None,
        });
        let mut object = String::with_capacity(96);
        object.push_str("<</S/");
        object.push_str(name(element.tag));
        parent.push_as("/P ", &mut object);
        if let Some(page) = page {
            self.pages[page].push_as("/Pg ", &mut object);
        }
        if let [one] = &element.kids[..] {
            object.push_str("/K ");
            self.kid(&mut object, one, id, page);
        } else if !element.kids.is_empty() {
            object.push_str("/K[");
            for kid in &element.kids {
                self.kid(&mut object, kid, id, page);
                object.push(' ');
            }
            object.push(']');
        }
        attributes(&mut object, element);
        object.push_str(">>");
        self.file.put(id, &object);
        id
    }

    fn kid(&mut self, object: &mut String, kid: &Kid, id: Ref, page: Option<usize>) {
        match kid {
            Kid::Element(child) => self.put(child, id).push_as("", object),
            Kid::Content(mark) => {
                self.own(*mark, id);
                if page == Some(mark.page) {
                    push_number(object, mark.number);
                } else {
                    self.pages[mark.page].push_as("<</Type/MCR/Pg ", object);
                    object.push_str("/MCID ");
                    push_number(object, mark.number);
                    object.push_str(">>");
                }
            }
        }
    }

    fn own(&mut self, mark: Mark, id: Ref) {
        let parents = &mut self.parents[mark.page];
        if parents.len() <= mark.number {
            parents.resize(mark.number + 1, id);
        }
        parents[mark.number] = id;
    }
}

/// What a cell says of its place in the table.
fn attributes(object: &mut String, element: &Element) {
    let scope = match element.tag {
        Tag::ColumnHeader => "/Scope/Column",
        Tag::RowHeader => "/Scope/Row",
        _ => "",
    };
    let (down, across) = element.span;
    if scope.is_empty() && down <= 1 && across <= 1 {
        return;
    }
    object.push_str("/A<</O/Table");
    object.push_str(scope);
    for (key, span) in [("/RowSpan ", down), ("/ColSpan ", across)] {
        if span > 1 {
            object.push_str(key);
            push_number(object, span);
        }
    }
    object.push_str(">>");
}

/// Names in a row.
fn array(ids: &[Ref]) -> String {
    let mut array = "[".to_owned();
    for id in ids {
        id.push_as("", &mut array);
        array.push(' ');
    }
    array + "]"
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
