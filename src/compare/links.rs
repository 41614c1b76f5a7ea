//! `links.toml`: which records of two editions are one, as a person settled it, by their ids.

use super::edition::Edition;
use crate::finding::Message;
use crate::model::RecordId;
use crate::template::explain;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The file, at the project's root.
pub const LINKS: &str = "links.toml";

/// The links of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links(pub Vec<Link>);

/// Records that are one, or became several or one; with nothing on a side, a record that has no other side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The document of the new edition.
    pub document: String,
    /// The ids of old records.
    #[serde(default)]
    pub old: Vec<String>,
    /// The ids of new records.
    #[serde(default)]
    pub new: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    links: Vec<Link>,
}

/// What links say of two editions, by the numbers of their records.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) joined: Vec<(Vec<usize>, Vec<usize>)>,
    pub(super) alone_old: Vec<usize>,
    pub(super) alone_new: Vec<usize>,
    /// The links that do not fit: an id that no record has, or that another link has.
    pub(super) unfit: Vec<Link>,
}

impl Links {
    /// Those of a document.
    ///
    /// # Errors
    /// What is wrong in the file: the line, what to write.
    pub fn of(document: &str, text: &str) -> Result<Self, Message> {
        let File { links } = toml::from_str(text).map_err(|error| explain(text, &error))?;
        Ok(Self(links.into_iter().filter(|link| link.document == document).collect()))
    }

    /// What they say of two editions.
    pub(super) fn within(&self, old: &Edition<'_>, new: &Edition<'_>) -> Settled {
        let (olds, news) = (by_id(old), by_id(new));
        let mut settled = Settled::default();
        let (mut taken_old, mut taken_new) = (BTreeSet::new(), BTreeSet::new());
        for link in &self.0 {
            let found = find(&link.old, &olds, &taken_old).zip(find(&link.new, &news, &taken_new));
            match found {
                Some((old, new)) if !(old.is_empty() && new.is_empty()) => {
                    taken_old.extend(old.iter().copied());
                    taken_new.extend(new.iter().copied());
                    match (old.is_empty(), new.is_empty()) {
                        (false, false) => settled.joined.push((old, new)),
                        (_, true) => settled.alone_old.extend(old),
                        (true, _) => settled.alone_new.extend(new),
                    }
                }
                _ => settled.unfit.push(link.clone()),
            }
        }
        settled
    }
}

fn by_id(edition: &Edition<'_>) -> BTreeMap<RecordId, usize> {
    edition.list.rows.iter().enumerate().filter_map(|(at, row)| Some((row.id?, at))).collect()
}

/// The numbers of the records with these ids; none if one is unknown, taken, or named twice.
fn find(ids: &[String], known: &BTreeMap<RecordId, usize>, taken: &BTreeSet<usize>) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    for id in ids {
        let at = *known.get(&RecordId::read(id)?)?;
        if taken.contains(&at) || found.contains(&at) {
            return None;
        }
        found.push(at);
    }
    found.sort_unstable();
    Some(found)
}
