//! Group labels that stand outside a table's columns: in rows of their own, in two cells, or in a sheet's name.
//!
//! * **G1** A row of one cell that begins with a group's word and a number, and has a label after them, is a heading;
//!   signs, brackets and colons around word and number do not matter (`【施策１】…`, `■基本目標２：…`).
//! * **G2** So is a row of two cells, of which the first has the word and the second the label; one of them has the
//!   number.
//! * **G3** A sheet's name that reads so holds for the whole sheet.
//! * **G4** So is a row of one cell right above a table's header, whatever it says, if exactly one level of groups has
//!   neither a column there nor other headings: that is said.

use super::boilerplate::{is_boilerplate, is_note};
use super::columns::{Lexicon, Slot, recognise};
use crate::finding::{Finding, Problem};
use crate::japanese::{fold, leading_number};
use crate::model::{Field, Origin, RawRow, RawSheet};
use crate::template::Template;
use std::collections::BTreeSet;

/// The words of the groups, folded, by level.
pub(super) struct Headings(Vec<Vec<String>>);

/// A heading: the level of its group, and the label as a group column would have it (`１　…`).
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) label: (String, Origin),
}

/// Rows of one cell above headers that name a level of groups (G4).
pub(super) struct BareHeadings {
    pub(super) level: usize,
    rows: BTreeSet<u32>,
}

impl BareHeadings {
    /// The heading that a row is.
    pub(super) fn read(&self, sheet: &RawSheet, row: &RawRow) -> Option<Heading> {
        let [only] = &row.cells[..] else { return None };
        let label = || (only.text.clone(), sheet.origin(row.index, only.col));
        self.rows.contains(&row.index).then(|| Heading { level: self.level, label: label() })
    }

    /// What is said of it, once a sheet.
    pub(super) fn finding(&self, sheet: &RawSheet, template: &Template) -> Finding {
        let first = self.rows.first().copied().unwrap_or(0);
        let cell = sheet.row(first).and_then(|row| row.cells.first());
        let (col, text) = cell.map_or((0, ""), |cell| (cell.col, cell.text.as_str()));
        let problem = Problem::GroupInferred {
            group: template.groups[self.level].name().into(),
            text: text.into(),
            count: self.rows.len(),
        };
        Finding::new(problem, sheet.origin(first, col))
    }
}

impl Headings {
    /// G4, for a sheet whose other headings state some levels.
    pub(super) fn bare(
        &self,
        sheet: &RawSheet,
        words: &Lexicon,
        stated: &BTreeSet<usize>,
    ) -> Option<BareHeadings> {
        let mut found: Option<BareHeadings> = None;
        let is_label = |row: &&RawRow| row.cells.len() == 1 && !is_boilerplate(row) && !is_note(row);
        for row in sheet.rows.iter().filter(is_label) {
            let below = sheet.row(row.index + 1);
            let Some(header) = below.and_then(|below| recognise(sheet, below, words)) else { continue };
            let is_open = |level: &usize| {
                !stated.contains(level) && !header.columns.contains_key(&Slot::Field(Field::Group(*level)))
            };
            let open: Vec<usize> = (0..self.0.len()).filter(is_open).collect();
            let [level] = &open[..] else { return None };
            let bare = found.get_or_insert_with(|| BareHeadings { level: *level, rows: BTreeSet::new() });
            if bare.level != *level {
                return None;
            }
            bare.rows.insert(row.index);
        }
        found
    }

    /// Collects the header words of the groups.
    pub(super) fn new(template: &Template) -> Self {
        let folded =
            |words: &[String]| words.iter().map(|word| fold(word)).filter(|w| !w.is_empty()).collect();
        Self(template.groups.iter().map(|group| folded(&group.words)).collect())
    }

    /// The heading that a row is.
    pub(super) fn read(&self, sheet: &RawSheet, row: &RawRow) -> Option<Heading> {
        let (level, label) = match row.cells.as_slice() {
            [only] => self.in_text(&only.text)?,
            [word, label] => self.in_two(&word.text, &label.text)?,
            _ => return None,
        };
        Some(Heading { level, label: (label, sheet.origin(row.index, row.cells.last()?.col)) })
    }

    /// The heading that a sheet's name is (G3).
    pub(super) fn of_name(&self, sheet: &RawSheet) -> Option<Heading> {
        let (level, label) = self.in_text(sheet.place.sheet.as_ref()?)?;
        Some(Heading { level, label: (label, Origin::of_place(&sheet.place)) })
    }

    /// The levels that a sheet states in rows of their own or by its name.
    pub(super) fn levels(&self, sheet: &RawSheet) -> BTreeSet<usize> {
        let rows = sheet.rows.iter().filter_map(|row| self.read(sheet, row));
        rows.chain(self.of_name(sheet)).map(|heading| heading.level).collect()
    }

    /// G1: level and label of a text.
    fn in_text(&self, text: &str) -> Option<(usize, String)> {
        let (level, _) = self.word(text)?;
        let (number, label) = leading_number(text).filter(|(_, label)| !label.is_empty())?;
        Some((level, format!("{number}　{label}")))
    }

    /// G2: level and label of a word and the text beside it.
    fn in_two(&self, first: &str, second: &str) -> Option<(usize, String)> {
        let (level, rest) = self.word(first)?;
        let (number, label) = match leading_number(first) {
            Some((number, "")) => (number, second.trim()),
            None if rest.trim_matches([':', ')']).is_empty() => leading_number(second)?,
            _ => return None,
        };
        let is_other = self.word(label).is_some_and(|(other, _)| other != level);
        let is_whole = label.len() < second.trim().len(); // the label has its number
        let label = if is_whole { second.trim().to_owned() } else { format!("{number}　{label}") };
        (!label.is_empty() && !is_other).then_some((level, label))
    }

    /// The level of the longest word with which a text begins, and the rest of the text, folded.
    fn word(&self, text: &str) -> Option<(usize, String)> {
        let folded = fold(text.trim_start_matches(|c: char| !c.is_alphanumeric()));
        let fits =
            |words: &Vec<String>| words.iter().filter(|w| folded.starts_with(*w)).map(String::len).max();
        let levels = self.0.iter().enumerate().filter_map(|(level, words)| Some((fits(words)?, level)));
        let (length, level) = levels.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        Some((level, folded[length..].to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_other_texts() {
        let words = |words: &[&str]| words.iter().map(|word| fold(word)).collect();
        let headings = Headings(vec![words(&["基本目標", "目標"]), words(&["施策", "基本施策"])]);
        for (rule, text, expected) in [
            ("G1", "基本目標１　安心して", Some((0, "1　安心して"))),
            ("G1", "【施策２】 多様な", Some((1, "2　多様な"))),
            ("G1", "■基本施策(3)：みどり", Some((1, "3　みどり"))),
            ("G1", "基本目標：１　安心して", Some((0, "1　安心して"))),
            ("G1", "＜基本目標１＞安心して", Some((0, "1　安心して"))),
            ("G1", "基本目標１", None),
            ("G1", "１　安心して", None),
            ("G1", "目標の設定", None),
            ("G2", "基本目標|１　安心して", Some((0, "１　安心して"))),
            ("G2", "基本目標|（１）安心して", Some((0, "（１）安心して"))),
            ("G2", "基本目標１：|安心して", Some((0, "1　安心して"))),
            ("G2", "施策|多様な", None),
            ("G2", "目標値|１　安心して", None),
            ("G2", "基本目標１|施策２　多様な", None),
        ] {
            let found = match text.split_once('|') {
                None => headings.in_text(text),
                Some((word, label)) => headings.in_two(word, label),
            };
            let found = found.as_ref().map(|(level, label)| (*level, label.as_str()));
            assert_eq!(found, expected, "{rule} {text}");
        }
    }
}
