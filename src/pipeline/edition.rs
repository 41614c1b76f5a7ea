//! Editions of a list that are read back: what kaitei wrote is read as a form of the list's own columns.

use super::{Source, understand};
use crate::compare::{Comparison, Edition, Links, carry, compare};
use crate::emit;
use crate::finding::{Finding, Noted};
use crate::ingest::FileReader;
use crate::model::Dataset;
use crate::template::{ID_COLUMN, Template};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How `$schema` of an edition in JSON begins.
const SCHEMA: &str = "urn:kaitei:schema:edition:";

/// An earlier edition of a list.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// What explains it.
    pub template: Template,
    /// Its records.
    pub list: Dataset,
    /// What a person settled.
    pub links: Links,
}

/// Reads an edition from a file: one in JSON that kaitei wrote, or anything that is a form of the template.
pub fn read_edition(source: &Source, template: &Template, reader: Option<FileReader<'_>>) -> Noted<Dataset> {
    let own = json(&source.bytes).map(|document| csv(&document, template));
    let source = own.map_or(source.clone(), |csv| Source::new(format!("{}.csv", source.name()), csv));
    understand(&[source], template, reader)
}

/// A list as a form, with a column for each of its fields and the ids of its records: what is read of it is the list.
pub fn form(template: &Template, list: &Dataset) -> Vec<u8> {
    let mut whole = template.clone();
    for field in &mut whole.fields {
        field.is_published = true;
    }
    let edition = emit::json::render(&whole, list);
    csv(&serde_json::from_slice(&edition).expect("the edition is JSON"), template)
}

/// The list in a folder of data that a Data Package describes: the path of its table.
pub fn table_of_package(package: &[u8]) -> Option<String> {
    let document: Value = serde_json::from_slice(package).ok()?;
    let resources = document.get("resources")?.as_array()?;
    let is_list = |name: Option<&str>| matches!(name, Some("indicators" | "records"));
    let list = resources.iter().find(|it| is_list(it.get("name").and_then(Value::as_str)))?;
    list.get("path")?.as_str().map(str::to_owned)
}

/// The document of an edition in JSON.
fn json(bytes: &[u8]) -> Option<Value> {
    if bytes.first() != Some(&b'{') {
        return None;
    }
    let document: Value = serde_json::from_slice(bytes).ok()?;
    document.get("$schema")?.as_str()?.starts_with(SCHEMA).then_some(document)
}

/// An edition in JSON as a form: a column for each key, as the data edition has it.
fn csv(document: &Value, template: &Template) -> Vec<u8> {
    let rows: Vec<BTreeMap<String, String>> =
        document.get("rows").and_then(Value::as_array).into_iter().flatten().map(cells).collect();
    // In the order of the template; objects in JSON have none.
    let keys =
        template.all_fields().into_iter().map(|field| (&template.field(field).key, template.at_name(field)));
    let mut columns: Vec<String> = keys.flat_map(|(key, at)| [key.clone(), at]).collect();
    columns.retain(|key| rows.iter().any(|cells| cells.contains_key(key)));
    for cells in &rows {
        columns.extend(cells.keys().filter(|key| !columns.contains(key)).cloned().collect::<Vec<_>>());
    }
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<&str>| writer.write_record(record).expect("memory takes all bytes");
    write(columns.iter().map(String::as_str).collect());
    for cells in &rows {
        write(columns.iter().map(|key| cells.get(key).map_or("", String::as_str)).collect());
    }
    writer.into_inner().expect("memory takes all bytes")
}

/// What a row says, by the names of the data edition's columns.
fn cells(row: &Value) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
    cells.insert(ID_COLUMN.to_owned(), id.to_owned());
    let none = Map::new();
    for part in ["groups", "fields"] {
        for (key, entry) in row.get(part).and_then(Value::as_object).unwrap_or(&none) {
            let text = |name: &str| entry.get(name).and_then(Value::as_str);
            let said = text("text").or_else(|| text("label")).unwrap_or_default();
            cells.insert(key.clone(), with_unit(said, entry));
            let time = entry.get("time").and_then(|time| time.get("text")).and_then(Value::as_str);
            if let Some(time) = time.filter(|time| !said.contains(time)) {
                cells.insert(format!("{key}_at"), time.to_owned());
            }
        }
    }
    cells
}

/// A value with the unit that stood beside it.
fn with_unit(said: &str, entry: &Value) -> String {
    let unit = entry.get("unit_from").and_then(|unit| unit.get("text")).and_then(Value::as_str);
    match unit {
        Some(unit) if said.ends_with(|c: char| c.is_ascii_digit()) => format!("{said}{unit}"),
        Some(unit) => format!("{said}（{unit}）"),
        None => said.to_owned(),
    }
}

impl Earlier {
    /// Reads an edition from a file; the template explains it, and its title is its own, if it says it.
    pub fn read(
        source: &Source,
        template: &Template,
        links: Links,
        reader: Option<FileReader<'_>>,
    ) -> Noted<Self> {
        let Noted { value: list, findings } = read_edition(source, template, reader);
        let mut template = template.clone();
        let document = json(&source.bytes);
        let title = document.as_ref().and_then(|it| it.get("document")?.get("title")?.as_str());
        if let Some(title) = title {
            title.clone_into(&mut template.document.title);
        }
        Noted { value: Self { template, list, links }, findings }
    }

    /// The edition, to be compared.
    pub fn edition(&self) -> Edition<'_> {
        Edition::new(&self.template, &self.list)
    }

    /// Compares a list with it, and carries its ids over.
    pub fn compared(&self, list: &mut Dataset, template: &Template) -> (Comparison, Vec<Finding>) {
        let comparison = compare(&self.edition(), &Edition::new(template, list), &self.links);
        carry(list, &self.list, &comparison, template);
        let findings = comparison.findings(&self.edition(), &Edition::new(template, list));
        (comparison, findings)
    }
}
