//! What a reader on a screen finds the rows of a document by, and what is shown beside its cells.

use super::Fingerprint;
use std::collections::BTreeMap;
use std::ops::Range;

/// Beside a document's table. Cells are told by row and column of its body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Navigation {
    /// What addresses call each row ([`Anchors`]); of a row without a name, empty.
    pub names: Vec<String>,
    /// What rows are chosen by.
    pub facets: Vec<Facet>,
    /// The texts that lead to other rows, in the order of a cell.
    pub references: BTreeMap<(usize, usize), Vec<RowLink>>,
    /// What changes in a cell, as pictures.
    pub changes: BTreeMap<(usize, usize), Vec<Bars>>,
}

/// A choice of one among several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What addresses call it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What can be chosen.
    pub options: Vec<FacetOption>,
    /// The option of each row.
    pub rows: Vec<Option<usize>>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetOption {
    /// What addresses call it.
    pub key: String,
    /// What people call it.
    pub label: String,
}

/// A text that leads to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLink {
    /// Its bytes of all paragraphs joined.
    pub text: Range<usize>,
    /// The row.
    pub row: usize,
}

/// A figure before and after a change, on one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    /// Before.
    pub old: Bar,
    /// After.
    pub new: Bar,
}

/// A figure as the length of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// In words.
    pub words: String,
    /// In thousandths of the longer one.
    pub length: u32,
}

/// The name of a place that says these texts, the same wherever it stands, so that it outlives a rebuild: the prefix and
/// eight hexadecimal digits.
pub fn anchor(prefix: &str, texts: &[&str]) -> String {
    // No text has this separator.
    let hash = Fingerprint::of("", texts.join("\0").as_bytes()).sha256;
    format!("{prefix}-{}", &hash[..8])
}

/// Names that were given out.
#[derive(Debug, Default)]
pub struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// The name itself the first time, then with a number after it.
    pub fn unique(&mut self, name: &str) -> String {
        let times = self.0.entry(name.to_owned()).or_default();
        *times += 1;
        if *times == 1 { name.to_owned() } else { format!("{name}-{times}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_have_the_same_name_and_places_differ() {
        assert_eq!(anchor("kpi", &["15", "認可保育所数"]), anchor("kpi", &["15", "認可保育所数"]));
        assert_ne!(anchor("kpi", &["15", "認可保育所数"]), anchor("kpi", &["1", "5認可保育所数"]));
        let mut names = Anchors::default();
        assert_eq!(["a", "b", "a", "a"].map(|name| names.unique(name)), ["a", "b", "a-2", "a-3"]);
    }
}
