//! VML: the controls of a form, and the shapes of older workbooks. What belongs to comments and headers is none of
//! it.

use super::super::axis::{Axes, Mark, PIXEL};
use super::super::limits::OVERLAYS;
use super::super::xml::{attribute, next, open, push_text};
use super::drawing::shape;
use super::marks::position;
use crate::model::{CellRef, Overlay, OverlayKind};
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// What a control says of itself apart from where it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Control {
    /// The kind of object: `CheckBox`, `Radio` …
    pub(super) object: String,
    /// Whether it is checked.
    pub(super) checked: Option<bool>,
    pub(super) linked: Option<CellRef>,
    /// What stands beside it; of a control that is drawn as a picture, VML does not say.
    pub(super) caption: String,
}

/// A shape with its anchor.
#[derive(Debug, Default)]
struct Shape {
    id: Option<u32>,
    geometry: String,
    text: String,
    anchor: String,
    control: Control,
    is_data: bool,
}

/// The controls and shapes of a part in its order. `stated` are what other parts say of the controls, by the numbers
/// of their shapes; they are right where both say something.
pub(super) fn overlays(part: &str, stated: &BTreeMap<u32, Control>, axes: &Axes) -> Vec<Overlay> {
    let mut found = Vec::new();
    let mut xml = open(part);
    // Excel writes the text of a control as HTML, whose line breaks have no end.
    xml.config_mut().check_end_names = false;
    let (mut current, mut text): (Option<Shape>, String) = (None, String::new());
    loop {
        let Ok(event) = next(&mut xml) else {
            found.extend(axes.damaged());
            return found;
        };
        match &event {
            Event::Start(e) => {
                text.clear();
                match (e.local_name().as_ref(), &mut current) {
                    (name @ ("shape" | "rect" | "oval" | "line" | "roundrect"), _) => {
                        let id = attribute(e, "o:spid").or_else(|| attribute(e, "id"));
                        let id = id.and_then(|id| id.rsplit_once("_s")?.1.parse().ok());
                        current = Some(Shape { id, geometry: name.to_owned(), ..Shape::default() });
                    }
                    ("ClientData", Some(shape)) => {
                        shape.is_data = true;
                        shape.control.object = attribute(e, "ObjectType").unwrap_or_default();
                    }
                    ("br", Some(shape)) => shape.text.push('\n'),
                    _ => {}
                }
            }
            Event::End(e) => match (e.local_name().as_ref(), &mut current) {
                ("shape" | "rect" | "oval" | "line" | "roundrect", Some(_)) => {
                    let shape = current.take();
                    found.extend(shape.and_then(|shape| shape.finish(stated, axes)));
                    if found.len() > OVERLAYS {
                        return found;
                    }
                }
                (name, Some(shape)) => shape.end(name, &text),
                _ => {}
            },
            Event::Eof => return found,
            event => {
                let mut piece = String::new();
                // `&nbsp;` and its like are spaces here.
                if push_text(&mut piece, event).is_err() {
                    piece.push(' ');
                }
                text.push_str(&piece);
                if let Some(shape) = current.as_mut().filter(|shape| !shape.is_data) {
                    shape.text.push_str(&piece);
                }
            }
        }
    }
}

impl Shape {
    fn end(&mut self, name: &str, text: &str) {
        let text = text.trim();
        match name {
            "Anchor" => text.clone_into(&mut self.anchor),
            "Checked" => self.control.checked = checked(text),
            "FmlaLink" => self.control.linked = linked(text),
            _ => {}
        }
    }

    fn finish(self, stated: &BTreeMap<u32, Control>, axes: &Axes) -> Option<Overlay> {
        let said = self.id.and_then(|id| stated.get(&id));
        let checked = said.map_or_else(|| Some(self.control.checked.unwrap_or(false)), |said| said.checked);
        let text =
            if self.text.trim().is_empty() { said.map_or("", |said| &said.caption) } else { &self.text };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let object = match said {
            Some(said) if self.control.object == "Pict" => &said.object,
            _ => &self.control.object,
        };
        let kind = match object.as_str() {
            _ if !self.is_data => return None,
            "Checkbox" => OverlayKind::CheckBox(checked),
            "Radio" => OverlayKind::OptionButton(checked),
            object => match other(object)? {
                OverlayKind::Shape if !text.is_empty() => OverlayKind::TextBox,
                OverlayKind::Shape => by_name(&self.geometry),
                kind => kind,
            },
        };
        let numbers: Vec<i64> = self.anchor.split(',').filter_map(|it| it.trim().parse().ok()).collect();
        let &[left, dx, top, dy, right, to_x, bottom, to_y] = &numbers[..] else { return None };
        let mark = |index: i64, pixels: i64| Mark {
            index: u32::try_from(index).unwrap_or(0),
            offset: pixels.saturating_mul(PIXEL),
        };
        let (from, to) = ((mark(left, dx), mark(top, dy)), (mark(right, to_x), mark(bottom, to_y)));
        let mut overlay = axes.put_between(kind, text, from, to)?;
        overlay.linked = self.control.linked.or_else(|| said?.linked);
        Some(overlay)
    }
}

/// What an object is that is no check box; `None` for comments, and for what only works the form.
pub(super) fn other(object: &str) -> Option<OverlayKind> {
    match object {
        "Note" | "Button" | "GBox" | "Spin" | "Scroll" | "Dialog" => None,
        "Drop" | "List" | "Edit" | "EditBox" => Some(OverlayKind::Control),
        "Pict" => Some(OverlayKind::Picture),
        _ => Some(OverlayKind::Shape),
    }
}

fn by_name(element: &str) -> OverlayKind {
    match element {
        "oval" => shape("ellipse", true),
        "line" => OverlayKind::Line,
        "rect" => shape("rect", true),
        "roundrect" => shape("roundRect", true),
        _ => OverlayKind::Shape,
    }
}

/// The state of a box as a number; one that is neither checked nor not is not known.
pub(super) fn checked(text: &str) -> Option<bool> {
    match text {
        "0" | "Unchecked" => Some(false),
        "1" | "Checked" => Some(true),
        _ => None,
    }
}

/// The cell of the same sheet that a control is linked to.
pub(in crate::ingest) fn linked(formula: &str) -> Option<CellRef> {
    let (row, col) = position(&formula.rsplit('!').next()?.replace('$', ""))?;
    Some(CellRef { row, col })
}
