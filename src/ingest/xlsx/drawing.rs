//! `DrawingML`: the shapes, pictures and charts of a sheet, each with its anchor.

use super::super::axis::{Axes, Mark};
use super::super::limits::OVERLAYS;
use super::super::xml::{attribute, next, open, push_text, skip};
use crate::model::{Overlay, OverlayKind};
use quick_xml::events::{BytesStart, Event};

/// What is known of an anchor and its object so far.
#[derive(Default)]
struct Anchor {
    from: (Mark, Mark),
    to: Option<(Mark, Mark)>,
    position: Option<(i64, i64)>,
    extent: Option<(i64, i64)>,
    object: Option<Object>,
}

/// An object: of a group, its first.
struct Object {
    element: String,
    kind: OverlayKind,
    text: String,
    is_hidden: bool,
    is_named: bool,
    /// Whether the shape itself has no filling; `None` if its style decides.
    hollow: Option<bool>,
    geometry: String,
}

/// Where in an object the reader is.
#[derive(Default)]
struct Inside {
    /// Within the properties of a line: what is filled is no shape.
    line: bool,
    /// Within the properties of a shape.
    properties: bool,
}

/// Everything that a part draws over the cells, in its order. What is hidden is none of it.
pub(super) fn overlays(part: &str, axes: &Axes) -> Vec<Overlay> {
    let mut found = Vec::new();
    let mut xml = open(part);
    let mut anchor: Option<Anchor> = None;
    let (mut corner, mut text, mut inside) = (Corner::None, String::new(), Inside::default());
    loop {
        let Ok(event) = next(&mut xml) else {
            found.extend(axes.damaged());
            return found;
        };
        match &event {
            Event::Start(e) => {
                text.clear();
                match (e.local_name().as_ref(), &mut anchor) {
                    // The same again for older programs.
                    ("Fallback", _) => {
                        let _ = skip(&mut xml, e);
                    }
                    ("twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor", _) => {
                        (anchor, corner) = (Some(Anchor::default()), Corner::None);
                    }
                    (name, Some(anchor)) => match &mut anchor.object {
                        None => anchor.start(name, e, &mut corner),
                        Some(object) => object.start(name, e, &mut inside),
                    },
                    _ => {}
                }
            }
            Event::End(e) => match (e.local_name().as_ref(), &mut anchor) {
                ("twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor", _) => {
                    found.extend(anchor.take().and_then(|anchor| anchor.finish(axes)));
                    if found.len() > OVERLAYS {
                        return found;
                    }
                }
                ("spPr", _) => inside.properties = false,
                ("ln", _) => inside.line = false,
                ("from" | "to", _) => corner = Corner::None,
                (name, Some(anchor)) => anchor.end(name, &text, corner),
                _ => {}
            },
            Event::Eof => return found,
            // What cannot be resolved is still text of the shape.
            event => {
                if push_text(&mut text, event).is_err() {
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Corner {
    None,
    From,
    To,
}

impl Anchor {
    fn start(&mut self, name: &str, element: &BytesStart<'_>, corner: &mut Corner) {
        let number = |name| attribute(element, name).and_then(|value| value.trim().parse().ok());
        match name {
            "from" => *corner = Corner::From,
            "to" => {
                *corner = Corner::To;
                self.to = Some(<(Mark, Mark)>::default());
            }
            "pos" => self.position = number("x").zip(number("y")),
            "ext" => self.extent = number("cx").zip(number("cy")),
            name => self.object = Object::of(name),
        }
    }

    fn end(&mut self, name: &str, text: &str, corner: Corner) {
        if let Some(object) = &mut self.object {
            match name {
                "t" => object.text.push_str(text),
                "p" => object.text.push('\n'),
                _ => {}
            }
            return;
        }
        let Some((col, row)) = (match corner {
            Corner::None => None,
            Corner::From => Some(&mut self.from),
            Corner::To => self.to.as_mut(),
        }) else {
            return;
        };
        let text = text.trim();
        match name {
            "col" => col.index = text.parse().unwrap_or(col.index),
            "colOff" => col.offset = text.parse().unwrap_or(col.offset),
            "row" => row.index = text.parse().unwrap_or(row.index),
            "rowOff" => row.offset = text.parse().unwrap_or(row.offset),
            _ => {}
        }
    }

    fn finish(self, axes: &Axes) -> Option<Overlay> {
        let object = self.object.filter(|object| !object.is_hidden)?;
        let (kind, text) = object.finish();
        match (self.to, self.position, self.extent) {
            (Some(to), _, _) => axes.put_between(kind, text, self.from, to),
            (None, Some((x, y)), Some((width, height))) => {
                axes.put(kind, text, [x, y, x.saturating_add(width), y.saturating_add(height)])
            }
            (None, _, extent) => {
                let (width, height) = extent.unwrap_or_default();
                let far = |mark: Mark, length| Mark { offset: mark.offset.saturating_add(length), ..mark };
                let to = (far(self.from.0, width), far(self.from.1, height));
                axes.put_between(kind, text, self.from, to)
            }
        }
    }
}

impl Object {
    fn of(element: &str) -> Option<Self> {
        let kind = match element {
            "pic" => OverlayKind::Picture,
            "graphicFrame" => OverlayKind::Chart,
            "sp" | "grpSp" | "contentPart" => OverlayKind::Shape,
            "cxnSp" => OverlayKind::Line,
            _ => return None,
        };
        Some(Self {
            element: element.to_owned(),
            kind,
            text: String::new(),
            is_hidden: false,
            is_named: false,
            hollow: None,
            geometry: String::new(),
        })
    }

    fn start(&mut self, name: &str, element: &BytesStart<'_>, inside: &mut Inside) {
        match name {
            "cNvPr" if !self.is_named => {
                self.is_named = true;
                self.is_hidden = attribute(element, "hidden").is_some_and(|on| super::super::xml::is_on(&on));
            }
            "spPr" => (inside.properties, inside.line) = (true, false),
            "ln" => inside.line = true,
            "prstGeom" if self.geometry.is_empty() => {
                self.geometry = attribute(element, "prst").unwrap_or_default();
            }
            "noFill" if inside.properties && !inside.line => self.hollow = Some(true),
            "solidFill" | "gradFill" | "blipFill" | "pattFill" if inside.properties && !inside.line => {
                self.hollow = Some(false);
            }
            "fillRef" if self.hollow.is_none() => {
                self.hollow = attribute(element, "idx").map(|style| style == "0");
            }
            "br" => self.text.push('\n'),
            _ => {}
        }
    }

    /// Kind and text; a filled rectangle without text is only a shape.
    fn finish(self) -> (OverlayKind, String) {
        let text = self.text.trim().to_owned();
        let kind = match (self.element.as_str(), text.is_empty()) {
            ("sp", true) => shape(&self.geometry, self.hollow == Some(true)),
            ("sp" | "grpSp", false) => OverlayKind::TextBox,
            _ => self.kind,
        };
        (kind, text)
    }
}

/// What a shape without text is, by the name of its geometry.
pub(in crate::ingest) fn shape(geometry: &str, is_hollow: bool) -> OverlayKind {
    match geometry {
        "donut" => OverlayKind::Ring,
        "ellipse" | "flowChartConnector" if is_hollow => OverlayKind::Ring,
        "ellipse" | "flowChartConnector" => OverlayKind::Disc,
        "rect" | "roundRect" | "flowChartProcess" | "flowChartAlternateProcess" | "flowChartTerminator"
            if is_hollow =>
        {
            OverlayKind::Frame
        }
        "line" | "lineInv" => OverlayKind::Line,
        name if name.contains("Connector") => OverlayKind::Line,
        _ => OverlayKind::Shape,
    }
}
