//! The structure as objects of the file: elements, and the way back from content to element.

use super::file::{File, Ref, write};
use super::structure::{Element, Kid, Mark, Tag};

/// Writes the structure of the pages that are given in order; returns its root.
pub(super) fn add(file: &mut File, structure: &Element, pages: &[Ref]) -> Ref {
    let root = file.reserve();
    let mut writer = Writer { file, pages, parents: vec![Vec::new(); pages.len()] };
    let document = writer.put(structure, root);
    let parents = writer.parents;
    let mut numbers = String::new();
    for (page, parents) in parents.iter().enumerate() {
        let mut all = String::new();
        parents.iter().for_each(|parent| write(&mut all, format_args!("{parent} ")));
        let id = file.reserve();
        file.put(id, format_args!("[{}]", all.trim_end()));
        write(&mut numbers, format_args!("{page} {id} "));
    }
    let parent_tree = file.reserve();
    file.put(parent_tree, format_args!("<</Nums[{}]>>", numbers.trim_end()));
    file.put(
        root,
        format_args!(
            "<</Type/StructTreeRoot/K {document}/ParentTree {parent_tree}/ParentTreeNextKey {}>>",
            pages.len()
        ),
    );
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
        let mut object = format!("<</S/{}/P {parent}", name(element.tag));
        if let Some(page) = page {
            write(&mut object, format_args!("/Pg {}", self.pages[page]));
        }
        match &element.kids[..] {
            [] => {}
            [one] => {
                object.push_str("/K ");
                self.kid(&mut object, one, id, page);
            }
            many => {
                object.push_str("/K[");
                for kid in many {
                    self.kid(&mut object, kid, id, page);
                    object.push(' ');
                }
                object.push(']');
            }
        }
        attributes(&mut object, element);
        self.file.put(id, format_args!("{object}>>"));
        id
    }

    fn kid(&mut self, object: &mut String, kid: &Kid, id: Ref, page: Option<usize>) {
        match kid {
            Kid::Element(child) => {
                let child = self.put(child, id);
                write(object, format_args!("{child}"));
            }
            Kid::Content(mark) => {
                self.own(*mark, id);
                if page == Some(mark.page) {
                    write(object, format_args!("{}", mark.number));
                } else {
                    let page = self.pages[mark.page];
                    write(object, format_args!("<</Type/MCR/Pg {page}/MCID {}>>", mark.number));
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
    write(object, format_args!("/A<</O/Table{scope}"));
    for (key, span) in [("RowSpan", down), ("ColSpan", across)] {
        if span > 1 {
            write(object, format_args!("/{key} {span}"));
        }
    }
    object.push_str(">>");
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
