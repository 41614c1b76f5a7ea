//! The packages that xlsx and xlsb are: which part refers to which other part.

use super::archive::Archive;
use super::book::{Sheet, check_sheets};
use super::trouble::Refusal;
use super::xml::{attribute, next, open};
use crate::model::Limits;
use calamine::SheetVisible;
use quick_xml::events::Event;

/// What one part says of another.
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type, such as `comments`.
    pub(super) kind: String,
    /// The name of the other part, from the package's root.
    pub(super) target: String,
}

/// A sheet as the workbook lists it.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) visibility: SheetVisible,
    /// The relation that names its part; empty if it has none.
    pub(super) relation: String,
}

/// The worksheets among the sheets that a workbook lists, and the part of each; an empty name if it is not named.
///
/// Charts, dialogs and macros are no worksheets, nor is what has no part at all: such entries are left over from
/// programs of the nineties.
pub(super) fn worksheets(
    listed: Vec<Listed>,
    relations: &[Relation],
    limits: &Limits,
) -> Result<Vec<(Sheet, String)>, Refusal> {
    check_sheets(listed.len(), limits)?;
    let mut sheets = Vec::new();
    for (index, Listed { name, visibility, relation }) in listed.into_iter().enumerate() {
        let named = relations.iter().find(|r| r.id == relation);
        let others = ["chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"];
        if relation.is_empty() || named.is_some_and(|r| others.contains(&r.kind.as_str())) {
            continue;
        }
        let part = named.map(|r| r.target.clone()).unwrap_or_default();
        sheets.push((Sheet { index, name, visibility }, part));
    }
    Ok(sheets)
}

/// The part that is the workbook, if the package says so.
pub(super) fn workbook(archive: &mut Archive<'_>) -> Option<String> {
    relations(archive, "").into_iter().find(|r| r.kind == "officeDocument").map(|r| r.target)
}

/// The relationships of a part; those of the package, if the name is empty.
pub(super) fn relations(archive: &mut Archive<'_>, part: &str) -> Vec<Relation> {
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
