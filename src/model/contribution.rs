//! What a file gives to a list.

use super::Dataset;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many indicators of a list come from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Path below the document's input folder.
    pub file: String,
    /// At least one.
    pub rows: usize,
}

impl Contribution {
    /// Of all files of a list, by name.
    pub fn of(list: &Dataset) -> Vec<Self> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &list.rows {
            *counts.entry(&row.origin.place.file).or_default() += 1;
        }
        counts.into_iter().map(|(file, rows)| Self { file: file.to_owned(), rows }).collect()
    }
}
