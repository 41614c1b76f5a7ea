//! Which part of the package belongs to which sheet, by the relationships between the parts.

use super::super::archive::Archive;
use super::super::package::{relations, workbook};
use super::super::xml::{attribute, next, open, push_text};
use super::marks;
use crate::model::Area;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// The parts that hold a sheet's comments.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// `xl/comments1.xml`.
    pub(super) classic: Option<String>,
    /// `xl/threadedComments/threadedComment1.xml`.
    pub(super) threaded: Option<String>,
}

/// The part of each sheet, by the sheet's name.
pub(in crate::ingest) fn sheets(archive: &mut Archive<'_>) -> BTreeMap<String, String> {
    let workbook = workbook(archive).unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let targets: BTreeMap<_, _> =
        relations(archive, &workbook).into_iter().map(|r| (r.id, r.target)).collect();
    let text = archive.text(&workbook).unwrap_or_default();
    let mut sheets = BTreeMap::new();
    let mut xml = open(&text);
    while let Ok(event) = next(&mut xml) {
        match event {
            Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                let ids = e.attributes().flatten().filter(|a| a.key.local_name().as_ref() == "id");
                let id = ids.map(|a| a.value.into_owned()).next();
                let target = id.and_then(|id| targets.get(id.as_str()));
                sheets.extend(attribute(&e, "name").zip(target.cloned()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    sheets
}

/// What is printed of each sheet, by the sheet's name.
pub(super) fn print_areas(archive: &mut Archive<'_>) -> BTreeMap<String, Vec<Area>> {
    let workbook = workbook(archive).unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let text = archive.text(&workbook).unwrap_or_default();
    let (mut names, mut found) = (Vec::new(), BTreeMap::new());
    let (mut sheet, mut formula): (Option<usize>, String) = (None, String::new());
    let mut xml = open(&text);
    while let Ok(event) = next(&mut xml) {
        match &event {
            Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                names.push(attribute(e, "name").unwrap_or_default());
            }
            Event::Start(e) if e.local_name().as_ref() == "definedName" => {
                let is_print = attribute(e, "name").is_some_and(|name| name == "_xlnm.Print_Area");
                sheet = attribute(e, "localSheetId").and_then(|id| id.parse().ok()).filter(|_| is_print);
                formula.clear();
            }
            Event::End(e) if e.local_name().as_ref() == "definedName" => {
                let name = sheet.take().and_then(|sheet| names.get(sheet).cloned());
                found.extend(name.zip(marks::areas(&formula)));
            }
            Event::Eof => break,
            event if sheet.is_some() && push_text(&mut formula, event).is_err() => break,
            _ => {}
        }
    }
    found
}

/// A table of the file's own on a sheet (a `ListObject`).
pub(super) struct ListObject {
    pub(super) area: Area,
    /// Whether its first row are headings, which its style colours.
    pub(super) has_head: bool,
    /// How many of its last rows sum it up.
    pub(super) totals: u32,
    /// The cells of its filter, if that is on.
    pub(super) filter: Option<calamine::Dimensions>,
}

/// The tables of the sheet in a part.
pub(super) fn list_objects(archive: &mut Archive<'_>, sheet: &str) -> Vec<ListObject> {
    let tables = relations(archive, sheet).into_iter().filter(|relation| relation.kind == "table");
    let parts: Vec<String> = tables.filter_map(|table| archive.text(&table.target)).collect();
    parts.iter().filter_map(|part| list_object(part)).collect()
}

fn list_object(part: &str) -> Option<ListObject> {
    let tag = marks::tags_named(part, "table").next()?;
    let area = marks::areas(&attribute(&tag, "ref")?)?.pop()?;
    let number = |name, default| attribute(&tag, name).and_then(|n| n.parse().ok()).unwrap_or(default);
    Some(ListObject {
        area,
        has_head: number("headerRowCount", 1_u32) > 0,
        totals: number("totalsRowCount", 0).min(1),
        filter: marks::filter(part, marks::prefix(part)),
    })
}

/// The parts with a sheet's comments.
pub(super) fn comments(archive: &mut Archive<'_>, sheet: &str) -> Comments {
    let mut comments = Comments::default();
    for relation in relations(archive, sheet) {
        match relation.kind.as_str() {
            "comments" => comments.classic = Some(relation.target),
            "threadedComment" => comments.threaded = Some(relation.target),
            _ => {}
        }
    }
    comments
}
