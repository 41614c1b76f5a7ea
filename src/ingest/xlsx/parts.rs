//! Which part of the package belongs to which sheet, by the relationships between the parts.

use super::super::archive::Archive;
use super::super::xml::{attribute, next, open};
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// What one part says of another.
struct Relation {
    id: String,
    /// The last word of its type, such as `comments`.
    kind: String,
    target: String,
}

/// The parts that hold a sheet's comments.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// `xl/comments1.xml`.
    pub(super) classic: Option<String>,
    /// `xl/threadedComments/threadedComment1.xml`.
    pub(super) threaded: Option<String>,
}

/// The part of each sheet, by the sheet's name.
pub(super) fn sheets(archive: &mut Archive<'_>) -> BTreeMap<String, String> {
    let workbook = relations(archive, "").into_iter().find(|r| r.kind == "officeDocument");
    let workbook = workbook.map_or_else(|| "xl/workbook.xml".to_owned(), |r| r.target);
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

/// The relationships of a part; those of the package, if the name is empty.
fn relations(archive: &mut Archive<'_>, part: &str) -> Vec<Relation> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let path = resolve(folder, &format!("_rels/{file}.rels"));
    let Some(text) = archive.text(&path) else { return Vec::new() };
    let mut found = Vec::new();
    let mut xml = open(&text);
    while let Ok(event) = next(&mut xml) {
        match event {
            Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                let kind = attribute(&e, "Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let places = attribute(&e, "Id").zip(attribute(&e, "Target"));
                let relation = |(id, target): (String, String)| {
                    let target = resolve(folder, &target);
                    Relation { id, kind, target }
                };
                found.extend(places.map(relation));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// The name of a part that is named from within a folder.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty() && *step != ".");
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_relative_to_the_folder_or_to_the_package() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl/worksheets", "/xl/comments1.xml", "xl/comments1.xml"),
            ("", "_rels/.rels", "_rels/.rels"),
            ("xl", "../../../x.xml", "x.xml"),
        ] {
            assert_eq!(resolve(folder, target), part);
        }
    }
}
