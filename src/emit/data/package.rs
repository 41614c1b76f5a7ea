//! `datapackage.json`: what the files are, whose, and what their columns hold (Data Package 2, Table Schema).
//!
//! Names and order of the keys are those of the fields. What the standard has no key for is added beside it, as it
//! allows: `area`, `temporal`, `history`; `bom` of a resource; `notation`, `unit` and `blankMeans` of a field.

use super::codes::Codes;
use super::table::{Column, Reference, Table};
use crate::emit::Artifact;
use crate::emit::json::to_bytes;
use crate::model::{self, CivilDate, Dataset, Fingerprint};
use crate::template::{Change, Encoding, Licence, Template};
use serde::Serialize;

/// The standard that the description follows.
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const CONFORMS_TO: &str = "urn:kaitei:schema:data:2";

/// What the description is made from.
pub(super) struct Contents<'a, 'b> {
    pub(super) template: &'a Template,
    pub(super) list: &'a Dataset,
    pub(super) codes: &'b Codes<'a>,
    pub(super) tables: &'b [Table<'a>],
    /// The CSV files of the tables, and what else belongs to the package.
    pub(super) files: &'b [(Artifact, Vec<u8>)],
    pub(super) sources: &'b [&'b Fingerprint],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// What `schemas/data-2.schema.json` describes.
    conforms_to: &'static str,
    /// Only where the document's name is one that the standard allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    revision: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    keywords: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<LicenceView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contributors: Vec<Contributor<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a str>,
    #[serde(skip_serializing_if = "Area::is_empty")]
    area: Area<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal: Option<Period>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<ChangeView<'a>>,
    sources: Vec<Source<'a>>,
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct LicenceView<'a> {
    name: &'a str,
    title: &'a str,
    path: &'a str,
}

#[derive(Serialize)]
struct Contributor<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    organization: &'a str,
    roles: [&'static str; 1],
}

#[derive(Serialize)]
struct Area<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefecture: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    municipality: Option<&'a str>,
}

/// First and last day of what the values are for.
#[derive(Serialize)]
struct Period {
    start: String,
    end: String,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    date: String,
    text: &'a str,
}

/// A file that the data were made from; it is not in the package.
#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
    bytes: u64,
    hash: String,
}

#[derive(Serialize)]
struct Resource<'a> {
    name: &'a str,
    r#type: &'static str,
    path: String,
    title: &'a str,
    description: &'a str,
    format: &'static str,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bom: Option<bool>,
    bytes: usize,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<Dialect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Schema<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    header: bool,
    delimiter: &'static str,
    line_terminator: &'static str,
    quote_char: &'static str,
    double_quote: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema<'a> {
    fields: Vec<FieldView<'a>>,
    primary_key: &'a [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey<'a>>,
    missing_values: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FieldView<'a> {
    name: &'a str,
    r#type: &'static str,
    title: &'a str,
    description: &'a str,
    notation: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    blank_means: Option<&'a str>,
    constraints: Constraints<'a>,
}

#[derive(Serialize)]
struct Constraints<'a> {
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r#enum: Vec<&'a str>,
}

#[derive(Serialize)]
struct ForeignKey<'a> {
    fields: [&'a str; 1],
    reference: Target,
}

#[derive(Serialize)]
struct Target {
    resource: &'static str,
    fields: [&'static str; 1],
}

impl<'a, 'b> Contents<'a, 'b> {
    /// The file's bytes.
    pub(super) fn render(&self) -> Vec<u8> {
        let (document, data) = (&self.template.document, &self.template.open_data);
        let hash = |sha256: &str| format!("sha256:{sha256}");
        let licence = |Licence { name, title, url }: &'a Licence| LicenceView { name, title, path: url };
        to_bytes(&Package {
            schema: SCHEMA,
            conforms_to: CONFORMS_TO,
            name: is_name(&self.template.id).then_some(self.template.id.as_str()),
            title: &document.title,
            description: &document.subject,
            homepage: data.homepage.as_deref(),
            // The day begins in Japan.
            created: document.date.map(|date| format!("{date}T00:00:00+09:00")),
            revision: &document.revision,
            language: &document.language,
            keywords: &document.keywords,
            licenses: data.licence.iter().map(licence).collect(),
            contributors: self.publisher().into_iter().collect(),
            contact: data.contact.as_deref(),
            area: Area {
                code: data.area_code.as_deref(),
                prefecture: data.prefecture.as_deref(),
                municipality: data.municipality.as_deref(),
            },
            temporal: self.period(),
            history: data.history.iter().map(ChangeView::of).collect(),
            sources: self
                .sources
                .iter()
                .map(|it| Source { title: &it.file, bytes: it.bytes, hash: hash(&it.sha256) })
                .collect(),
            resources: self.files.iter().map(|(format, bytes)| self.resource(*format, bytes)).collect(),
        })
    }

    fn publisher(&self) -> Option<Contributor<'a>> {
        let document = &self.template.document;
        let names = [&document.author, &document.section].map(String::as_str);
        let publisher = |title, organization| Some(Contributor { title, organization, roles: ["publisher"] });
        match names {
            ["", ""] => None,
            [author, ""] => publisher(author, ""),
            ["", section] => publisher(section, ""),
            [author, section] => publisher(section, author),
        }
    }

    /// From the first to the last day that any value is for.
    fn period(&self) -> Option<Period> {
        let values = super::values::all(self.template, self.list);
        let times = values.flat_map(|of| {
            let own = of.value.parts.iter().filter_map(|part| Some(part.time.as_ref()?.1));
            of.value.time.iter().filter_map(|time| time.time).chain(own).collect::<Vec<_>>()
        });
        let widest = |known: Option<(CivilDate, CivilDate)>, (first, last)| match known {
            None => Some((first, last)),
            Some((start, end)) => Some((start.min(first), end.max(last))),
        };
        let (start, end) = times.map(model::Period::stated_days).fold(None, widest)?;
        Some(Period { start: start.to_string(), end: end.to_string() })
    }

    fn resource(&self, format: Artifact, bytes: &[u8]) -> Resource<'b> {
        let print = Fingerprint::of(format.file_name(&self.template.id), bytes);
        let file = Resource {
            name: "workbook",
            r#type: "file",
            path: print.file,
            title: "データのExcelファイル",
            description: "CSVと同じ表（1枚のシートに一つ）",
            format: "xlsx",
            mediatype: format.media_type(),
            encoding: None,
            bom: None,
            bytes: bytes.len(),
            hash: format!("sha256:{}", print.sha256),
            dialect: None,
            schema: None,
        };
        let Some(table) = self.tables.iter().find(|table| table.format == format) else { return file };
        let encoding = self.template.open_data.encoding;
        Resource {
            name: table.name,
            r#type: "table",
            title: &table.title,
            description: &table.description,
            format: "csv",
            encoding: Some(encoding.id()),
            bom: Some(encoding == Encoding::Utf8Bom),
            dialect: Some(Dialect {
                header: true,
                delimiter: ",",
                line_terminator: "\r\n",
                quote_char: "\"",
                double_quote: true,
            }),
            schema: Some(Schema {
                fields: table.columns.iter().map(|column| self.field(column, table.key)).collect(),
                primary_key: table.key,
                foreign_keys: table.columns.iter().filter_map(foreign_key).collect(),
                missing_values: [""],
            }),
            ..file
        }
    }

    fn field(&self, column: &'b Column, key: &[&str]) -> FieldView<'b> {
        let closed = match &column.refers {
            Some(Reference::Code(list)) => self.codes.of_list(list).collect(),
            Some(Reference::Row(_)) | None => Vec::new(),
        };
        let constraints = Constraints {
            required: column.blank.is_none(),
            unique: (key == [column.name.as_str()]).then_some(true),
            r#enum: closed,
        };
        FieldView {
            name: &column.name,
            r#type: column.kind.id(),
            title: &column.label,
            description: &column.definition,
            notation: column.notation(),
            unit: column.unit,
            blank_means: column.blank,
            constraints,
        }
    }
}

fn foreign_key(column: &Column) -> Option<ForeignKey<'_>> {
    let reference = match column.refers.as_ref()? {
        Reference::Code(_) => Target { resource: "codes", fields: ["code"] },
        Reference::Row(list) => Target { resource: list, fields: ["row_id"] },
    };
    Some(ForeignKey { fields: [&column.name], reference })
}

/// Whether a document's name is a package's: lower-case ASCII.
fn is_name(id: &str) -> bool {
    id.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-'))
}

impl Area<'_> {
    fn is_empty(&self) -> bool {
        [self.code, self.prefecture, self.municipality].iter().all(Option::is_none)
    }
}

impl<'a> ChangeView<'a> {
    fn of(change: &'a Change) -> Self {
        Self { date: change.date.to_string(), text: &change.text }
    }
}
