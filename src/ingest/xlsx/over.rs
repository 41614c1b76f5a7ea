//! What lies over the cells of a sheet, gathered from the parts that draw it.

use super::super::archive::Archive;
use super::super::axis::{Axes, Axis, PIXEL, POINT};
use super::super::limits::{OVERLAYS, count};
use super::super::package::{Relation, relations};
use super::super::trouble::Refusal;
use super::super::xml::{attribute, is_on, next, open};
use super::vml::{self, Control};
use super::{active, drawing, marks};
use crate::finding::Size;
use crate::model::{Area, CellRef, Overlay};
use calamine::Dimensions;
use memchr::memmem;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Pixels of a digit in the fonts of Japanese offices at 11 pt, by which columns are measured.
const DIGIT: i64 = 8;
/// Pixels of a column, and hundredths of a point of a row, that state nothing, as Japanese Excel has them.
const COLUMN: i64 = 72;
const ROW: i64 = 1_875;

/// A control that a sheet names.
pub(in crate::ingest) struct NamedControl {
    /// The number of its shape.
    shape: u32,
    /// The relation to its own part.
    relation: String,
    linked: Option<CellRef>,
}

/// Everything over the cells of the sheet in a part, with the controls that it names.
pub(in crate::ingest) fn overlays(
    archive: &mut Archive<'_>,
    part: &str,
    axes: &Axes,
    controls: &[NamedControl],
) -> Result<Vec<Overlay>, Refusal> {
    let relations = relations(archive, part);
    let stated = stated(archive, &relations, controls);
    let mut found = Vec::new();
    for relation in &relations {
        let Some(text) = (match relation.kind.as_str() {
            "drawing" | "vmlDrawing" => archive.text(&relation.target),
            _ => continue,
        }) else {
            found.extend(axes.damaged());
            continue;
        };
        if relation.kind == "drawing" {
            found.extend(drawing::overlays(&text, axes));
        } else {
            found.extend(vml::overlays(&text, &stated, axes));
        }
    }
    if found.len() > OVERLAYS {
        return Err(Refusal::too_large(Size::Overlays, count(found.len()), count(OVERLAYS)));
    }
    Ok(found)
}

/// What the parts of the controls say of them, by the number of their shapes.
fn stated(
    archive: &mut Archive<'_>,
    relations: &[Relation],
    controls: &[NamedControl],
) -> BTreeMap<u32, Control> {
    let mut stated = BTreeMap::new();
    for NamedControl { shape, relation, linked } in controls.iter().take(OVERLAYS) {
        let found = relations.iter().find(|found| found.id == *relation);
        let said = found.and_then(|found| match found.kind.as_str() {
            "ctrlProp" => control(&archive.text(&found.target)?),
            "control" => active::control(archive, &found.target),
            _ => None,
        });
        stated.extend(said.map(|said| (*shape, Control { linked: said.linked.or(*linked), ..said })));
    }
    stated
}

/// The properties of a control.
fn control(part: &str) -> Option<Control> {
    let mut xml = open(part);
    loop {
        match next(&mut xml).ok()? {
            Event::Start(e) if e.local_name().as_ref() == "formControlPr" => {
                let checked = attribute(&e, "checked");
                return Some(Control {
                    object: attribute(&e, "objectType").unwrap_or_default(),
                    checked: checked.map_or(Some(false), |state| vml::checked(&state)),
                    linked: attribute(&e, "fmlaLink").and_then(|formula| vml::linked(&formula)),
                    caption: String::new(),
                });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The controls that a sheet's part names, each followed by its properties.
pub(super) fn controls(part: &str) -> Vec<NamedControl> {
    let open = format!("<{}control", marks::prefix(part));
    let mut found: Vec<NamedControl> = Vec::new();
    for at in memmem::find_iter(part.as_bytes(), &open) {
        if let Some(tag) = marks::tag(part, at, open.len() - 1) {
            let shape = attribute(&tag, "shapeId").and_then(|shape| shape.parse().ok());
            let mut attributes = tag.attributes();
            let mut ids = attributes.with_checks(false).flatten();
            let id = ids.find(|a| a.key.as_ref().contains(':') && a.key.local_name().as_ref() == "id");
            let both = shape.zip(id.map(|id| id.value.into_owned()));
            found.extend(both.map(|(shape, relation)| NamedControl { shape, relation, linked: None }));
        } else if let Some(tag) = marks::tag(part, at, open.len() - 1 + "Pr".len()) {
            let linked = attribute(&tag, "linkedCell").and_then(|formula| vml::linked(&formula));
            if let Some(last) = found.last_mut() {
                last.linked = linked;
            }
        }
    }
    found
}

/// Where the rows and columns of a sheet are, by its part.
pub(super) fn axes(part: &str) -> Axes {
    let default = marks::tags_named(part, "sheetFormatPr").next();
    let of = |name: &str| default.as_ref().and_then(|tag| attribute(tag, name));
    let width = of("defaultColWidth").and_then(|width| pixels(&width)).unwrap_or(COLUMN);
    let height = of("defaultRowHeight").and_then(|height| hundredths(&height)).unwrap_or(ROW);
    let column = |tag: quick_xml::events::BytesStart<'_>| {
        let index = |name| attribute(&tag, name)?.parse::<u32>().ok()?.checked_sub(1);
        let size = attribute(&tag, "width").and_then(|width| pixels(&width)).unwrap_or(width);
        let is_hidden = attribute(&tag, "hidden").is_some_and(|on| is_on(&on));
        Some((index("min")?, index("max")?, if is_hidden { 0 } else { size * PIXEL }))
    };
    let columns = marks::tags_named(part, "col").filter_map(column).collect();
    let mut next = 0_u32;
    let row = |tag: quick_xml::events::BytesStart<'_>| {
        let stated = attribute(&tag, "r").and_then(|r| r.parse::<u32>().ok()?.checked_sub(1));
        let row = stated.unwrap_or(next);
        next = row.saturating_add(1);
        let size = attribute(&tag, "ht").and_then(|height| hundredths(&height));
        let is_hidden = attribute(&tag, "hidden").is_some_and(|on| is_on(&on));
        let size = if is_hidden { Some(0) } else { size };
        size.map(|size| (row, row, size * POINT / 100))
    };
    let rows = marks::tags_named(part, "row").filter_map(row).collect();
    Axes { columns: Axis::new(columns, width * PIXEL), rows: Axis::new(rows, height * POINT / 100) }
}

/// The pixels of a width in digits.
fn pixels(width: &str) -> Option<i64> {
    hundredths(width).map(|hundredths| (hundredths * DIGIT + 50) / 100)
}

/// A number in hundredths.
fn hundredths(number: &str) -> Option<i64> {
    let (whole, rest) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    let digits: String = rest.chars().chain("00".chars()).take(2).collect();
    let whole: i64 = whole.parse().ok().filter(|whole| (0..100_000).contains(whole))?;
    Some(whole * 100 + digits.parse::<i64>().ok()?)
}

/// Moves what lies over a merged area to the area's first cell.
pub(in crate::ingest) fn seat(overlays: &mut [Overlay], merges: &[Dimensions], axes: &Axes) {
    let mut below: BTreeMap<u32, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
    for (at, overlay) in overlays.iter().enumerate() {
        below.entry(overlay.cell.col).or_default().entry(overlay.cell.row).or_default().push(at);
    }
    for merge in merges {
        let ((top, left), (bottom, right)) = (merge.start, merge.end);
        if top > bottom || left > right {
            continue;
        }
        let area = Area { top, left, bottom, right };
        for rows in below.range(left..=right).map(|(_, rows)| rows) {
            for &at in rows.range(top..=bottom).flat_map(|(_, at)| at) {
                axes.reseat(&mut overlays[at], &area);
            }
        }
    }
}
