//! `[compare]`: the earlier edition of a list, and the words in which the two are set side by side.

use serde::Deserialize;

/// What a list is compared with, and how that is printed. The defaults are a template too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompareSpec {
    /// The earlier edition: another document of the project, or a file, as a path from the project's folder; empty for none.
    pub with: String,
    /// What all editions of the list have in common, of which the ids of new records are made; by default the document's
    /// name without its year.
    pub series: String,
    /// On which side the new edition stands.
    pub sides: Sides,
    /// Which records are shown.
    pub rows: ShownRows,
    /// What stands above the table (改め文); `{title}` and `{old}` are the titles of the two editions.
    pub amendment: String,
    /// Headings.
    pub headings: CompareHeadings,
    /// What stands for what is not there.
    pub words: CompareWords,
    /// What kinds of changes are called.
    pub kinds: CompareKinds,
}

/// On which side the new edition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// On the left.
    #[default]
    NewLeft,
    /// On the right.
    OldLeft,
}

/// How two editions are shown together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CompareForm {
    /// Side by side (新旧対照表).
    #[default]
    Sides,
    /// In one list, what goes struck through and what comes underlined (見え消し).
    Marked,
    /// Each change with its pages and rows (正誤表).
    Errata,
}

/// Which records a comparison shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShownRows {
    /// Those that change.
    #[default]
    Changed,
    /// All; those between that do not change in one line.
    All,
}

/// Headings of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompareHeadings {
    /// Above the new edition.
    pub new: String,
    /// Above the old one.
    pub old: String,
    /// Above the column that says what changes; without it, there is none.
    pub note: String,
    /// Of errata: above a page's number.
    pub page: String,
    /// Above a row's number on its page.
    pub row: String,
    /// Above the titles of columns.
    pub item: String,
    /// Above what was wrong.
    pub wrong: String,
    /// Above what is right.
    pub right: String,
}

/// What stands for what is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompareWords {
    /// On the old side, of a new record.
    pub added: String,
    /// On the new side, of a record that leaves.
    pub removed: String,
    /// On both sides, of what does not change.
    pub same: String,
    /// Below the table.
    pub foot: String,
    /// Below the list in which both editions stand.
    pub marked_foot: String,
    /// Below errata.
    pub errata_foot: String,
}

/// What kinds of changes are called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompareKinds {
    /// A new record.
    pub added: String,
    /// A record that leaves.
    pub removed: String,
    /// One record becomes several.
    pub split: String,
    /// Several records become one.
    pub merged: String,
    /// Another group.
    pub moved: String,
    /// Another name.
    pub renamed: String,
    /// Another number.
    pub renumbered: String,
    /// A higher figure.
    pub raised: String,
    /// A lower figure.
    pub lowered: String,
    /// Some figures are higher, some lower.
    pub mixed: String,
    /// Another unit, or something else is measured.
    pub unit: String,
    /// Another year alone.
    pub year: String,
    /// What said nothing says something.
    pub set: String,
    /// What said something says nothing.
    pub cleared: String,
    /// Other words.
    pub text: String,
}

/// What the editions of a list have in common: the document's name without its year.
pub(super) fn series(id: &str) -> String {
    let series = id.trim_end_matches(|c: char| c.is_numeric() || matches!(c, '-' | '_' | '.'));
    let series = series.trim_end_matches("年度").trim_end_matches(|c: char| c.is_numeric());
    if series.is_empty() { id.to_owned() } else { series.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_series_is_a_name_without_its_year() {
        for (id, series) in [
            ("kpi-2025", "kpi"),
            ("kpi2025", "kpi"),
            ("kpi", "kpi"),
            ("2025", "2025"),
            ("一覧_2025年度", "一覧_"),
        ] {
            assert_eq!(super::series(id), series);
        }
    }
}
