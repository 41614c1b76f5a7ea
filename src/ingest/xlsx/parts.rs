//! Which part of the package is what, by the relationships between the parts.

use super::super::archive::Archive;
use super::super::package::{Listed, Relation, relations, workbook};
use super::super::trouble::Refusal;
use super::super::xml::{attribute, is_on, next, open, push_text};
use super::marks;
use crate::model::{Area, RecordId};
use calamine::SheetVisible;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// What the workbook's part says.
pub(in crate::ingest) struct Listing {
    pub(in crate::ingest) sheets: Vec<Listed>,
    pub(in crate::ingest) relations: Vec<Relation>,
    /// Whether days are counted from 1904.
    pub(in crate::ingest) from_1904: bool,
    /// Whether it asks to be worked out when it is opened: a program has written it, and perhaps no results.
    pub(in crate::ingest) recalculates: bool,
    pub(super) names: DefinedNames,
    folder: String,
}

/// The parts that hold a sheet's comments.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// `xl/comments1.xml`.
    pub(super) classic: Option<String>,
    /// `xl/threadedComments/threadedComment1.xml`.
    pub(super) threaded: Option<String>,
}

impl Listing {
    /// Reads the workbook's part.
    pub(in crate::ingest) fn read(archive: &mut Archive<'_>) -> Result<Self, Refusal> {
        let workbook = workbook(archive).unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let text = archive.try_text(&workbook)?.ok_or_else(|| Refusal::Damaged(workbook.clone()))?;
        let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let relations = relations(archive, &workbook);
        let mut listing = Self {
            sheets: Vec::new(),
            relations,
            from_1904: false,
            recalculates: false,
            names: DefinedNames::default(),
            folder,
        };
        let (mut defined, mut formula): (Option<Defined>, String) = (None, String::new());
        let mut xml = open(&text);
        loop {
            match next(&mut xml)? {
                Event::Start(e) if e.local_name().as_ref() == "sheet" => listing.sheets.push(listed(&e)),
                Event::Start(e) if e.local_name().as_ref() == "workbookPr" => {
                    // An extension of the same name says nothing of it.
                    let stated = attribute(&e, "date1904");
                    listing.from_1904 = stated.map_or(listing.from_1904, |value| is_on(&value));
                }
                Event::Start(e) if e.local_name().as_ref() == "calcPr" => {
                    listing.recalculates |= attribute(&e, "fullCalcOnLoad").is_some_and(|on| is_on(&on));
                }
                Event::Start(e) if e.local_name().as_ref() == "definedName" => {
                    defined = Defined::named(&e);
                    formula.clear();
                }
                Event::End(e) if e.local_name().as_ref() == "definedName" => {
                    listing.names.extend(defined.take(), &formula, &listing.sheets);
                }
                Event::Eof => return Ok(listing),
                // What a name refers to is no matter of life and death.
                event if defined.is_some() && push_text(&mut formula, &event).is_err() => defined = None,
                _ => {}
            }
        }
    }

    /// The workbook's part of a kind (`sharedStrings`), or where it is by custom.
    pub(in crate::ingest) fn part(&self, kind: &str, custom: &str) -> String {
        let named = self.relations.iter().find(|relation| relation.kind == kind);
        let by_custom =
            || if self.folder.is_empty() { custom.to_owned() } else { format!("{}/{custom}", self.folder) };
        named.map_or_else(by_custom, |relation| relation.target.clone())
    }

    /// The part of the shared strings.
    pub(in crate::ingest) fn shared(&self) -> String {
        self.part("sharedStrings", "sharedStrings.xml")
    }

    /// The part of the styles.
    pub(in crate::ingest) fn styles(&self) -> String {
        self.part("styles", "styles.xml")
    }
}

fn listed(sheet: &BytesStart<'_>) -> Listed {
    let ids = sheet.attributes().flatten().filter(|a| a.key.local_name().as_ref() == "id");
    Listed {
        name: attribute(sheet, "name").unwrap_or_default(),
        visibility: match attribute(sheet, "state").as_deref() {
            Some("hidden") => SheetVisible::Hidden,
            Some("veryHidden") => SheetVisible::VeryHidden,
            _ => SheetVisible::Visible,
        },
        relation: ids.map(|a| a.value.into_owned()).next().unwrap_or_default(),
    }
}

/// A name of a workbook, and the number of the sheet that has it, if it is not the whole workbook's.
struct Defined {
    name: String,
    sheet: Option<usize>,
}

impl Defined {
    fn named(tag: &BytesStart<'_>) -> Option<Self> {
        let sheet = attribute(tag, "localSheetId").and_then(|id| id.parse().ok());
        Some(Self { name: attribute(tag, "name")?, sheet })
    }
}

/// What the names of a workbook say of its sheets.
#[derive(Default)]
pub(in crate::ingest) struct DefinedNames {
    /// What is printed of each sheet.
    print_areas: BTreeMap<String, Vec<Area>>,
    /// The sheets that names of the whole workbook refer to.
    referred: BTreeMap<String, String>,
    /// The ids of records, by the sheets and the rows on which these begin.
    ids: BTreeMap<String, BTreeMap<u32, String>>,
}

impl DefinedNames {
    /// Adds what a name refers to.
    fn extend(&mut self, defined: Option<Defined>, formula: &str, sheets: &[Listed]) {
        match defined {
            Some(Defined { name, sheet: Some(sheet) }) if name == "_xlnm.Print_Area" => {
                let sheet = sheets.get(sheet).map(|sheet| sheet.name.clone());
                self.print_areas.extend(sheet.zip(marks::areas(formula)));
            }
            Some(Defined { name, sheet: None }) => {
                let Some(sheet) = sheet_of(formula) else { return };
                let top = || Some(marks::areas(formula)?.first()?.top);
                match RecordId::of_defined_name(&name).map(|id| id.to_string()).zip(top()) {
                    Some((id, top)) => {
                        self.ids.entry(sheet).or_default().insert(top, id);
                    }
                    None => {
                        self.referred.insert(name, sheet);
                    }
                }
            }
            _ => {}
        }
    }

    /// The ids of the records of a sheet by their rows.
    pub(super) fn ids(&self, sheet: &str) -> BTreeMap<u32, String> {
        self.ids.get(sheet).cloned().unwrap_or_default()
    }

    /// What is printed of a sheet.
    pub(super) fn print_areas(&self, sheet: &str) -> Vec<Area> {
        self.print_areas.get(sheet).cloned().unwrap_or_default()
    }

    /// Whether a sheet only shows again what the list beside it says: the names are those that kaitei gives to the parts
    /// of its own workbooks.
    pub(super) fn repeats_list(&self, sheet: &str) -> bool {
        let on_sheet = |name: &str| self.referred.get(name).is_some_and(|found| found == sheet);
        let list = self.referred.get("list");
        let is_of_list = |(name, of): (&String, &String)| name.starts_with("list_") && Some(of) == list;
        self.referred.iter().any(is_of_list)
            && !on_sheet("list")
            && ["summary", "changes", "sources"].into_iter().any(on_sheet)
    }
}

/// The sheet that a formula refers to: `変更点` of `'変更点'!$A$2:$F$5`.
fn sheet_of(formula: &str) -> Option<String> {
    let (sheet, _) = formula.trim().rsplit_once('!')?;
    let unquoted = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    Some(unquoted.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'")))
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
    let parts: Vec<_> = tables.filter_map(|table| archive.text(&table.target)).collect();
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
