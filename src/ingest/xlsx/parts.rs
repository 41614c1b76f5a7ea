//! Which part of the package belongs to which sheet, by the relationships between the parts.

use super::super::archive::Archive;
use super::super::package::{relations, workbook};
use super::super::xml::{attribute, next, open};
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
