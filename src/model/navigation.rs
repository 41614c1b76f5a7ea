//! What a reader on a screen finds the rows of a document by, and what is shown beside its cells.

use super::{Content, Fingerprint};
use crate::japanese::find_addresses;
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
    pub references: References,
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

/// The texts of cells that lead to other rows, by row and column, in the order of a cell.
pub type References = BTreeMap<(usize, usize), Vec<RowLink>>;

/// A text that leads to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLink {
    /// Its bytes of all paragraphs joined.
    pub text: Range<usize>,
    /// The row.
    pub row: usize,
}

/// What a text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the web, or a writer of mail.
    Address(String),
    /// A row of the same table.
    Row(usize),
}

/// A part of a text that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLink {
    /// Its bytes of all paragraphs joined.
    pub text: Range<usize>,
    /// What it leads to.
    pub to: Target,
}

/// All that leads somewhere in a content, in order: its addresses, and its references apart from these.
pub fn text_links(content: &Content, references: &[RowLink]) -> Vec<TextLink> {
    let mut before = 0;
    let mut links = Vec::new();
    for paragraph in &content.paragraphs {
        links.extend(find_addresses(paragraph).into_iter().map(|(range, address)| TextLink {
            text: before + range.start..before + range.end,
            to: Target::Address(address),
        }));
        before += paragraph.len();
    }
    for RowLink { text, row } in references {
        let place = links.partition_point(|link| link.text.end <= text.start);
        if links.get(place).is_none_or(|next| text.end <= next.text.start) {
            links.insert(place, TextLink { text: text.clone(), to: Target::Row(*row) });
        }
    }
    links
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
    fn links_stand_in_order_and_apart() {
        let content = Content::of("№2とa@b.jp\nhttps://a.jp/№3へ、№3");
        let reference = |start: usize| RowLink { text: start..start + 4, row: start };
        let links = text_links(&content, &[reference(0), reference(26), reference(36)]);
        let said: String = content.paragraphs.concat();
        let said: Vec<(&str, &Target)> =
            links.iter().map(|link| (&said[link.text.clone()], &link.to)).collect();
        let address = |text: &str| Target::Address(text.to_owned());
        assert_eq!(
            said,
            [
                ("№2", &Target::Row(0)),
                ("a@b.jp", &address("mailto:a@b.jp")),
                ("https://a.jp/", &address("https://a.jp/")),
                ("№3", &Target::Row(26)),
                ("№3", &Target::Row(36)),
            ]
        );
    }

    #[test]
    fn the_same_words_have_the_same_name_and_places_differ() {
        assert_eq!(anchor("kpi", &["15", "認可保育所数"]), anchor("kpi", &["15", "認可保育所数"]));
        assert_ne!(anchor("kpi", &["15", "認可保育所数"]), anchor("kpi", &["1", "5認可保育所数"]));
        let mut names = Anchors::default();
        assert_eq!(["a", "b", "a", "a"].map(|name| names.unique(name)), ["a", "b", "a-2", "a-3"]);
    }
}
