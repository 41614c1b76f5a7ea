//! Running text: what stands at the head and the foot of every page, and in the line above the list.
//!
//! Patterns hold placeholders. Those of the document ({title}, {date}, {section}, {revision}) are filled in here;
//! those of the page ({page}, {pages}) stay for the layout and the workbook, each of which counts its own pages.

use super::page::{Running, RunningPart};
use super::spec::DocumentSpec;
use crate::finding::{Message, message};
use crate::model::Eras;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The TOML of a running text: a string, which stands in the middle, or its three parts.
#[derive(Debug, Clone, Default)]
pub(super) struct RunningTable {
    left: String,
    center: String,
    right: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    #[serde(default)]
    left: String,
    #[serde(default)]
    center: String,
    #[serde(default)]
    right: String,
}

impl<'de> Deserialize<'de> for RunningTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StringOrParts)
    }
}

struct StringOrParts;

impl<'de> Visitor<'de> for StringOrParts {
    type Value = RunningTable;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, or { left = \"…\", center = \"…\", right = \"…\" }")
    }

    fn visit_str<E>(self, text: &str) -> Result<RunningTable, E> {
        Ok(RunningTable { center: text.to_owned(), ..RunningTable::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RunningTable, A::Error> {
        let Parts { left, center, right } = Parts::deserialize(MapAccessDeserializer::new(map))?;
        Ok(RunningTable { left, center, right })
    }
}

/// A running text with what the document says filled in.
pub(super) fn running(
    key: &str,
    table: Option<&RunningTable>,
    document: &DocumentSpec,
    eras: &Eras,
) -> Result<Running, Message> {
    let Some(table) = table else { return Ok(Running::default()) };
    let part = |pattern: &str| parts(key, pattern, document, eras);
    Ok(Running { left: part(&table.left)?, center: part(&table.center)?, right: part(&table.right)? })
}

/// A text of the document with its placeholders filled in; it stands on no particular page.
pub(super) fn filled(
    key: &str,
    pattern: &str,
    document: &DocumentSpec,
    eras: &Eras,
) -> Result<String, Message> {
    let mut text = String::new();
    for part in parts(key, pattern, document, eras)? {
        match part {
            RunningPart::Text(part) => text.push_str(&part),
            RunningPart::Page | RunningPart::Pages => return Err(unknown(key, pattern, &KNOWN[2..])),
        }
    }
    Ok(text)
}

/// Every placeholder; those of the page first.
const KNOWN: [&str; 6] = ["{page}", "{pages}", "{title}", "{date}", "{section}", "{revision}"];

fn parts(
    key: &str,
    pattern: &str,
    document: &DocumentSpec,
    eras: &Eras,
) -> Result<Vec<RunningPart>, Message> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        let name = KNOWN.into_iter().find(|name| from.starts_with(name));
        let name = name.ok_or_else(|| unknown(key, pattern, &KNOWN))?;
        rest = &from[name.len()..];
        let part = match name {
            "{page}" => RunningPart::Page,
            "{pages}" => RunningPart::Pages,
            "{title}" => RunningPart::Text(document.title.clone()),
            "{date}" => given(key, name, document.date.map(|date| date.wareki(eras)))?,
            "{section}" => given(key, name, Some(document.section.clone()))?,
            _ => given(key, name, Some(document.revision.clone()))?,
        };
        parts.extend([RunningPart::Text(before.to_owned()), part]);
    }
    parts.push(RunningPart::Text(rest.to_owned()));
    for part in &mut parts {
        if let RunningPart::Text(text) = part {
            // It is one line of the page.
            *text = text.lines().collect();
        }
    }
    parts.retain(|part| !matches!(part, RunningPart::Text(text) if text.is_empty()));
    Ok(parts)
}

/// A placeholder's text, which the document must state.
fn given(key: &str, name: &str, text: Option<String>) -> Result<RunningPart, Message> {
    let own = name.trim_matches(['{', '}']);
    text.filter(|text| !text.is_empty()).map(RunningPart::Text).ok_or_else(|| {
        message(
            format!("「{key}」に {name} がありますが、「document.{own}」がありません"),
            format!("`{key}` holds {name}, but `document.{own}` is missing"),
        )
    })
}

fn unknown(key: &str, pattern: &str, known: &[&str]) -> Message {
    message(
        format!("「{key}」の「{pattern}」に使えるのは {} だけです", known.join(" ")),
        format!("`{key}`: `{pattern}` may hold {} alone", known.join(" ")),
    )
}
