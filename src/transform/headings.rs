//! Group labels that stand in rows of their own, over the table's width: `基本目標１　…`, `施策２　…`.

use super::text::{fold, leading_number};
use crate::model::{Origin, RawRow, RawSheet};
use crate::template::Template;
use std::collections::BTreeSet;

/// The words of the groups, folded, by level.
pub(super) struct Headings(Vec<Vec<String>>);

/// A heading: the level of its group, and the label as a group column would have it (`１　…`).
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) label: (String, Origin),
}

impl Headings {
    /// Collects the header words of the groups: a heading row begins with one of them.
    pub(super) fn new(template: &Template) -> Self {
        let folded =
            |words: &Vec<String>| words.iter().map(|word| fold(word)).filter(|w| !w.is_empty()).collect();
        Self(template.groups.iter().map(|group| folded(&group.words)).collect())
    }

    /// A row of one cell that begins with a group's word and a number, and has a label after them.
    pub(super) fn read(&self, sheet: &RawSheet, row: &RawRow) -> Option<Heading> {
        let [cell] = row.cells.as_slice() else { return None };
        let folded = fold(&cell.text);
        let fits =
            |words: &Vec<String>| words.iter().filter(|w| folded.starts_with(*w)).map(String::len).max();
        let levels = self.0.iter().enumerate().filter_map(|(level, words)| Some((fits(words)?, level)));
        let (_, level) = levels.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        let (number, label) = leading_number(&cell.text).filter(|(_, label)| !label.is_empty())?;
        Some(Heading { level, label: (format!("{number}　{label}"), sheet.origin(row.index, cell.col)) })
    }

    /// The levels that a sheet states in rows of their own.
    pub(super) fn levels(&self, sheet: &RawSheet) -> BTreeSet<usize> {
        sheet.rows.iter().filter_map(|row| self.read(sheet, row)).map(|heading| heading.level).collect()
    }
}
