//! What is drawn over the cells of an `OpenDocument` sheet: each thing with the cell that it is fixed to.

use super::super::axis::{Axes, POINT};
use super::super::limits::{OVERLAYS, count};
use super::super::trouble::Refusal;
use super::super::xlsx::{linked, shape};
use super::super::xml::{Xml, attribute, next, push_text};
use super::style::Styles;
use crate::finding::Size;
use crate::model::{CellRef, Overlay, OverlayKind};
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// A thing as the file states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    kind: OverlayKind,
    text: String,
    /// The control that it shows.
    control: Option<String>,
    /// Left, upper, right and lower edge in English Metric Units, from the cell, or else from the sheet.
    edges: [i64; 4],
}

/// The controls of a sheet's forms, by their names.
pub(super) type Controls = BTreeMap<String, Control>;

/// A control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Control {
    kind: Option<OverlayKind>,
    label: String,
    linked: Option<CellRef>,
}

/// Adds the control that an element of a form describes.
pub(super) fn add_control(controls: &mut Controls, element: &BytesStart<'_>) {
    let name = element.local_name();
    let is = |name: &str, on: &str| attribute(element, name).is_some_and(|value| value == on);
    let state = attribute(element, "form:current-state").or_else(|| attribute(element, "form:state"));
    let checked = match state.as_deref() {
        None | Some("unchecked") => Some(false),
        Some("checked") => Some(true),
        Some(_) => None,
    };
    let kind = match name.as_ref() {
        "checkbox" => Some(OverlayKind::CheckBox(checked)),
        "radio" => {
            let on = is("form:current-selected", "true") || is("form:selected", "true");
            Some(OverlayKind::OptionButton(Some(on)))
        }
        "combobox" | "listbox" | "text" | "textarea" | "formatted-text" | "number" => {
            Some(OverlayKind::Control)
        }
        // Buttons and frames only work the form.
        _ => None,
    };
    let id = attribute(element, "form:id").or_else(|| attribute(element, "xml:id"));
    let label = attribute(element, "form:label").unwrap_or_default();
    let linked = attribute(element, "form:linked-cell").and_then(|cell| linked(&cell.replace('.', "!")));
    controls.extend(id.map(|id| (id, Control { kind, label, linked })));
}

/// Whether an element draws something.
pub(super) fn draws(name: &str) -> bool {
    name.starts_with("draw:") || name.starts_with("dr3d:")
}

/// Reads one thing that is drawn, to its end.
pub(super) fn read(xml: &mut Xml<'_>, start: &BytesStart<'_>, styles: &Styles) -> Result<Drawn, Refusal> {
    let name = start.name().as_ref().to_owned();
    let mut edges = edges(start);
    let style = attribute(start, "draw:style-name");
    let is_hollow = style.is_some_and(|style| styles.is_hollow(&style));
    let mut kind = match name.as_str() {
        "draw:ellipse" | "draw:circle" => shape("ellipse", is_hollow),
        "draw:rect" => shape("rect", is_hollow),
        "draw:line" | "draw:connector" => OverlayKind::Line,
        _ => OverlayKind::Shape,
    };
    let control = attribute(start, "draw:control").filter(|_| name == "draw:control");
    let (mut text, mut depth, mut in_text) = (String::new(), 0_u32, 0_u32);
    loop {
        let event = next(xml)?;
        match &event {
            Event::Start(e) => {
                depth += 1;
                match e.name().as_ref() {
                    "draw:image" => kind = OverlayKind::Picture,
                    "draw:object" | "draw:object-ole" | "draw:plugin" => kind = OverlayKind::Chart,
                    "draw:enhanced-geometry" => {
                        let geometry = attribute(e, "draw:type").unwrap_or_default();
                        let geometry = match geometry.as_str() {
                            "rectangle" => "rect",
                            "round-rectangle" => "roundRect",
                            "flowchart-connector" => "ellipse",
                            "ring" => "donut",
                            other => other,
                        };
                        kind = shape(geometry, is_hollow);
                    }
                    "text:p" => in_text += 1,
                    "text:line-break" => text.push('\n'),
                    // Of a group, the first of its things tells where it is.
                    inner if draws(inner) && edges == [0; 4] => edges = self::edges(e),
                    _ => {}
                }
            }
            Event::End(_) if depth == 0 => break,
            Event::End(e) => {
                depth -= 1;
                if e.name().as_ref() == "text:p" {
                    in_text = in_text.saturating_sub(1);
                    text.push('\n');
                }
            }
            Event::Eof => return Err(Refusal::Damaged("content.xml".into())),
            event if in_text > 0 => push_text(&mut text, event)?,
            _ => {}
        }
    }
    let text = text.trim().to_owned();
    let says =
        !text.is_empty() && !matches!(kind, OverlayKind::Picture | OverlayKind::Chart | OverlayKind::Line);
    let kind = if says { OverlayKind::TextBox } else { kind };
    Ok(Drawn { kind, text, control, edges })
}

fn edges(element: &BytesStart<'_>) -> [i64; 4] {
    let of = |name: &str| attribute(element, name).and_then(|length| length_of(&length));
    if let (Some(left), Some(top), Some(right), Some(bottom)) =
        (of("svg:x1"), of("svg:y1"), of("svg:x2"), of("svg:y2"))
    {
        return [left, top, right, bottom];
    }
    let [x, y, width, height] =
        ["svg:x", "svg:y", "svg:width", "svg:height"].map(|name| of(name).unwrap_or(0));
    [x, y, x.saturating_add(width), y.saturating_add(height)]
}

/// A length with its unit in English Metric Units, rounded down.
pub(super) fn length_of(length: &str) -> Option<i64> {
    let unit = length.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = length.split_at(unit);
    let per = match unit {
        "cm" => 360_000,
        "mm" => 36_000,
        "in" => 72 * POINT,
        "pt" => POINT,
        "pc" => 12 * POINT,
        "px" => POINT * 3 / 4,
        _ => return None,
    };
    let (sign, number) = number.strip_prefix('-').map_or((1, number), |number| (-1, number));
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let thousandths: String = rest.chars().chain("000".chars()).take(3).collect();
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let thousandths = whole.checked_mul(1000)?.checked_add(thousandths.parse().ok()?)?;
    thousandths.checked_mul(per).map(|length| sign * length / 1000)
}

/// Places what was drawn, each with the cell that it is fixed to, if it is to one.
pub(super) fn place(
    drawn: Vec<(Option<(u32, u32)>, Drawn)>,
    controls: &Controls,
    axes: &Axes,
) -> Result<Vec<Overlay>, Refusal> {
    if drawn.len() > OVERLAYS {
        return Err(Refusal::too_large(Size::Overlays, count(drawn.len()), count(OVERLAYS)));
    }
    let overlay = |(cell, drawn): (Option<(u32, u32)>, Drawn)| {
        let control = drawn.control.as_ref().map(|name| controls.get(name));
        let (kind, text, linked) = match control {
            None => (drawn.kind, drawn.text, None),
            Some(Some(control)) => (control.kind?, control.label.clone(), control.linked),
            Some(None) => (OverlayKind::Control, String::new(), None),
        };
        let (x, y) = cell.map_or((0, 0), |(row, col)| axes.corner(row, col));
        let [left, top, right, bottom] = drawn.edges;
        let mut overlay = axes.put(kind, text, [left + x, top + y, right + x, bottom + y])?;
        overlay.linked = linked;
        Some(overlay)
    };
    Ok(drawn.into_iter().filter_map(overlay).collect())
}

#[cfg(test)]
mod tests {
    use super::length_of;

    #[test]
    fn lengths_have_units() {
        for (length, found) in [
            ("1cm", Some(360_000)),
            ("2.5mm", Some(90_000)),
            ("-0.5in", Some(-457_200)),
            ("10pt", Some(127_000)),
            (".5pt", Some(6_350)),
            ("1", None),
            ("cm", Some(0)),
            ("9999999999999999cm", None),
        ] {
            assert_eq!(length_of(length), found, "{length}");
        }
    }
}
