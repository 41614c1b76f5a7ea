//! What lies over the cells of a sheet: pictures, shapes, charts.

use super::super::archive::Archive;
use super::super::package::relations;
use super::super::xml::{next, open, push_text};
use quick_xml::events::Event;

/// A thing that is in no cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object {
    /// What it is.
    pub kind: ObjectKind,
    /// Row and column, from 0, of the cell at its upper left corner; `None` if it is fixed to no cell.
    pub cell: Option<(u32, u32)>,
}

/// What lies over cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A picture.
    Picture,
    /// A chart, or another frame with something that is drawn from data.
    Chart,
    /// A shape, a text box, a line, a form's control.
    Shape,
}

/// The objects of the sheet in this part.
pub(super) fn of_sheet(archive: &mut Archive<'_>, part: &str) -> Vec<Object> {
    let drawings = relations(archive, part).into_iter().filter(|relation| relation.kind == "drawing");
    let parts: Vec<_> = drawings.filter_map(|drawing| archive.text(&drawing.target)).collect();
    parts.iter().flat_map(|part| objects(part)).collect()
}

fn objects(part: &str) -> Vec<Object> {
    let mut found = Vec::new();
    let mut xml = open(part);
    // Within an anchor: the text of its first column and row, and its first object.
    let (mut anchored, mut from) = (false, false);
    let (mut row, mut col, mut text) = (None, None, String::new());
    while let Ok(event) = next(&mut xml) {
        match &event {
            Event::Start(e) => {
                text.clear();
                match e.local_name().as_ref() {
                    "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => {
                        (anchored, row, col) = (true, None, None);
                    }
                    "from" => from = true,
                    name => {
                        if let (true, Some(kind)) = (anchored, kind(name)) {
                            found.push(Object { kind, cell: row.zip(col) });
                            anchored = false;
                        }
                    }
                }
            }
            Event::End(e) => match e.local_name().as_ref() {
                "from" => from = false,
                "row" if from => row = text.trim().parse().ok(),
                "col" if from => col = text.trim().parse().ok(),
                _ => {}
            },
            Event::Eof => break,
            event => {
                if push_text(&mut text, event).is_err() {
                    break;
                }
            }
        }
    }
    found
}

fn kind(element: &str) -> Option<ObjectKind> {
    match element {
        "pic" => Some(ObjectKind::Picture),
        "graphicFrame" => Some(ObjectKind::Chart),
        "sp" | "cxnSp" | "grpSp" => Some(ObjectKind::Shape),
        _ => None,
    }
}
