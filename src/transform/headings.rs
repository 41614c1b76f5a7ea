//! Group labels that stand outside a table's columns: in rows of their own, in two cells, or in a sheet's name.
//!
//! * **G1** A row of one cell that begins with a group's word and a number, and has a label after them, is a heading;
//!   signs, brackets and colons around word and number do not matter (`【施策１】…`, `■基本目標２：…`).
//! * **G2** So is a row of two cells, of which the first has the word and the second the label; one of them has the
//!   number, or the first is nothing but the word and the second, right beside it, no heading (`施策｜子育てを支える`). The
//!   number may stand in a cell between them.
//! * **G3** A sheet's name that reads so holds for the whole sheet.
//! * **G4** So is a row of one cell right above a table's header, whatever it says, if exactly one level of groups has
//!   neither a column there nor other headings: that is said.
//! * **G5** So is a row of one cell without a number in which brackets or a colon part the word from the label
//!   (`【施策】子育てを支える`, `施策名：子育てを支える`).
//! * **G6** A row of nothing but a group's word, right below a heading of a level above, says that there is none.

use super::boilerplate::{is_boilerplate, is_note};
use super::columns::{Lexicon, Slot, recognise};
use super::heading_text::front_and_bare;
use crate::finding::{Finding, Problem};
use crate::japanese::{fold, leading_number};
use crate::model::{Field, Origin, RawCell, RawRow, RawSheet};
use crate::template::Template;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The words of the groups, folded, by level.
pub(super) struct Headings {
    levels: Vec<Vec<String>>,
    words: Rc<Lexicon>,
}

/// What parts a group's word from a label.
const PARTINGS: [char; 9] = ['】', '＞', '>', '》', '］', ']', '〉', '：', ':'];
/// What may stand behind a group's word.
const NAMES: [&str; 3] = ["の名称", "名称", "名"];

/// A heading: the level of its group, and the label as a group column would have it (`１　…`); empty if there is none.
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

/// Whether one of some cells begins or ends with a number.
fn has_number(cells: &[RawCell]) -> bool {
    cells.iter().any(|cell| leading_number(&cell.text).is_some())
}

/// Whether a text is a group's number and nothing else.
fn is_number(text: &str) -> bool {
    leading_number(text).is_some_and(|(_, rest)| rest.is_empty())
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
        let is_label = |row: &&RawRow| {
            row.cells.len() == 1 && !is_boilerplate(row) && !is_note(row) && self.read(sheet, row).is_none()
        };
        for row in sheet.rows.iter().filter(is_label) {
            let below = sheet.row(row.index + 1);
            let Some(header) = below.and_then(|below| recognise(sheet, below, words)) else { continue };
            let is_open = |level: &usize| {
                !stated.contains(level) && !header.columns.contains_key(&Slot::Field(Field::Group(*level)))
            };
            let open: Vec<usize> = (0..self.levels.len()).filter(is_open).collect();
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
    pub(super) fn new(template: &Template, words: &Rc<Lexicon>) -> Self {
        let folded =
            |words: &[String]| words.iter().map(|word| fold(word)).filter(|w| !w.is_empty()).collect();
        let levels = template.groups.iter().map(|group| folded(&group.words)).collect();
        Self { levels, words: Rc::clone(words) }
    }

    /// The heading that a row is.
    pub(super) fn read(&self, sheet: &RawSheet, row: &RawRow) -> Option<Heading> {
        self.labelled(sheet, row).or_else(|| self.unlabelled(sheet, row))
    }

    /// G6
    fn unlabelled(&self, sheet: &RawSheet, row: &RawRow) -> Option<Heading> {
        let [only] = &row.cells[..] else { return None };
        let level = self.is_word(&only.text)?;
        let above = row.index.checked_sub(1).and_then(|above| self.labelled(sheet, sheet.row(above)?))?;
        let label = (String::new(), sheet.origin(row.index, only.col));
        (above.level < level).then_some(Heading { level, label })
    }

    /// G1, G2, G5
    fn labelled(&self, sheet: &RawSheet, row: &RawRow) -> Option<Heading> {
        let (level, label) = match row.cells.as_slice() {
            [only] => self.in_text(&only.text)?,
            [word, label] => {
                let is_beside = label.col == sheet.end_of(row.index, word.col).1 + 1;
                self.in_two(&word.text, &label.text).filter(|_| is_beside || has_number(&row.cells))?
            }
            [word, number, label] if is_number(&number.text) => {
                let (level, _) = self.in_two(&word.text, &label.text)?;
                (level, format!("{}　{}", number.text.trim(), label.text.trim()))
            }
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

    /// G1, G5: level and label of a text.
    fn in_text(&self, text: &str) -> Option<(usize, String)> {
        let (level, _) = self.word(text)?;
        if let Some((number, label)) = leading_number(text).filter(|(_, label)| !label.is_empty()) {
            return Some((level, format!("{number}　{label}")));
        }
        let (at, parting) = text.char_indices().skip(1).find(|(_, c)| PARTINGS.contains(c))?;
        let label = text[at + parting.len_utf8()..].trim();
        (self.is_word(&text[..at]) == Some(level) && self.is_label(label)).then(|| (level, label.to_owned()))
    }

    /// The level of which a text is the word, ornaments aside.
    pub(super) fn is_word(&self, text: &str) -> Option<usize> {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = front_and_bare(text, &fold(text)).1;
        let is_at = |text: &str| self.levels.iter().position(|words| words.iter().any(|word| word == text));
        let named = |text: &str| is_at(NAMES.iter().find_map(|name| text.strip_suffix(name)).unwrap_or(text));
        // `計画の基本目標`, but not `施策の目標`.
        let of_something = || {
            let (of, word) = bare.rsplit_once('の')?;
            named(word).filter(|_| is_at(of).is_none())
        };
        named(&bare).or_else(of_something)
    }

    /// Whether a text without a number may be a group's label: it is no heading, no value and no choice.
    fn is_label(&self, text: &str) -> bool {
        let is_heading = || self.words.heading(text).named().next().is_some();
        text.contains(char::is_alphabetic) && !is_heading() && !self.words.is_of_vocabulary(text)
    }

    /// G2: level and label of a word and the text beside it.
    fn in_two(&self, first: &str, second: &str) -> Option<(usize, String)> {
        // `(1) 施策` numbers the label, no group.
        let numbered = leading_number(first).filter(|(_, rest)| self.is_word(rest).is_some());
        let first = numbered.map_or(first, |(_, rest)| rest);
        let level = self.word(first).map(|(level, _)| level).or_else(|| self.is_word(first))?;
        if leading_number(first).is_none() && leading_number(second).is_none() {
            let is_whole = self.is_word(first) == Some(level) && self.is_label(second);
            return is_whole.then(|| (level, second.trim().to_owned()));
        }
        let (number, label) = match leading_number(first) {
            Some((number, "")) => (number, second.trim()),
            None if self.is_word(first) == Some(level) => leading_number(second)?,
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
        let levels = self.levels.iter().enumerate().filter_map(|(level, words)| Some((fits(words)?, level)));
        let (length, level) = levels.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        Some((level, folded[length..].to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標", "目標"] }, { key = "policy", words = ["施策", "基本施策"] }]
fields = [
    { key = "indicator", role = "name" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }, { code = "2", label = "修正" }] },
]
columns = [{ title = "指標", fields = ["indicator"], width = 20 }]
"#;

    #[test]
    fn headings_are_told_from_other_texts() {
        let template = Template::parse("t", TEMPLATE).expect("a sound template");
        let headings = Headings::new(&template, &Rc::new(Lexicon::new(&template)));
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
            ("G2", "施策|多様な", Some((1, "多様な"))),
            ("G2", "施策名：|多様な", Some((1, "多様な"))),
            ("G2", "施策|指標名", None),
            ("G2", "施策|維持", None),
            ("G2", "施策の方向|多様な", None),
            ("G2", "計画の基本目標|１　安心して", Some((0, "１　安心して"))),
            ("G2", "基本目標（柱）|１　安心して", Some((0, "１　安心して"))),
            ("G2", "施策の目標|１　安心して", None),
            ("G5", "【施策】多様な", Some((1, "多様な"))),
            ("G5", "■施策名：多様な", Some((1, "多様な"))),
            ("G5", "（施策）多様な", None),
            ("G5", "目標値：多様な", None),
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
