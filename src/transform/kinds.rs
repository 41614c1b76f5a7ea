//! What a row below a header is: an indicator, or something that belongs to the form.
//!
//! * **K1** A row that begins with a sum's word and has no indicator, or no disposition, is a sum; so is one with
//!   the word where indicators stand and no disposition. A number may follow the word, or a group's name precede it.
//! * **K2** A row that names an indicator is one, unless the name is merged with the row above: then it
//!   continues that indicator.
//! * **K3** Notes are notes, and so is what else stands around a table (see [`super::boilerplate`]). What can be nothing else
//!   is one before it could be an indicator.
//! * **K4** A row whose values are all times (`（31年度）`) continues the indicator above.
//! * **K5** A row with nothing but numbered group labels is a heading; the labels hold for the rows below.
//! * **K6** A row in which no column of the table says anything is a blank row of the form; what it says in columns
//!   without a heading is reported with them.
//! * **K8** A row that is marked as an example, in its first cell or before its indicator, is the form's own.
//! * **K7** Any other row is not understood.

use super::boilerplate;
use super::columns::Slot;
use super::declared;
use crate::japanese::era::parse_time;
use crate::japanese::{fold, is_no_value, is_space, is_unfilled, leading_number};
use crate::model::{Eras, Origin, RawRow, RowKind, plain};
use std::collections::BTreeMap;

/// Cells of one row by what they hold.
pub(super) type Cells = BTreeMap<Slot, (String, Origin)>;

/// Words stand in the place of their field's text if that is what they are spelled out; a text that somebody edited
/// holds.
pub(super) fn take_words(cells: &mut Cells) {
    let words: Vec<Slot> = cells.keys().filter(|slot| matches!(slot, Slot::Words(_))).copied().collect();
    for slot in words {
        if let (Slot::Words(field), Some((words, _))) = (slot, cells.remove(&slot))
            && let Some((text, _)) = cells.get_mut(&Slot::Field(field))
            && fold(&plain(&words)) == fold(text)
        {
            *text = words;
        }
    }
}

/// The texts of a row, as far as its kind depends on them.
pub(super) struct RowTexts<'a> {
    /// The whole row.
    pub(super) row: &'a RawRow,
    /// The recognised columns, groups apart.
    pub(super) cells: &'a Cells,
    /// The row's own group labels.
    pub(super) labels: &'a [Option<(String, Origin)>],
    /// The indicator's cell is merged with the one above.
    pub(super) continues: bool,
    /// The slots of the record's name and of its choices.
    pub(super) name: Slot,
    pub(super) choices: &'a [Slot],
    /// The eras, with that of bare years.
    pub(super) eras: &'a Eras,
}

impl RowTexts<'_> {
    /// The row's kind.
    pub(super) fn kind(&self) -> RowKind {
        if self.is_sum() {
            return RowKind::Sum; // K1
        }
        if !self.continues && boilerplate::is_boilerplate(self.row) {
            return RowKind::Note; // K3
        }
        if self.is_example() || self.is_marked_note() {
            return RowKind::Note; // K8, K3
        }
        if self.cells.get(&self.name).is_some_and(|(text, _)| !is_no_value(text)) {
            return RowKind::Indicator; // K2
        }
        if !self.continues && boilerplate::is_note(self.row) && !self.is_decided() {
            return RowKind::Note; // K3
        }
        let mut values = self
            .cells
            .values()
            .map(|(text, _)| text.as_str())
            .filter(|text| !is_unfilled(text, self.eras))
            .peekable();
        let has_values = values.peek().is_some();
        if has_values && (self.continues || values.all(|text| is_time(text, self.eras))) {
            return RowKind::Continuation; // K2, K4
        }
        let mut labels = self.labels.iter().flatten().filter(|(text, _)| !is_ditto(text)).peekable();
        let has_labels = labels.peek().is_some();
        match (has_values, has_labels) {
            (false, true) if labels.all(|(text, _)| leading_number(text).is_some()) => RowKind::Heading, // K5
            (false, false) => RowKind::Blank,                                                            // K6
            _ => RowKind::Unknown,                                                                       // K7
        }
    }

    /// A sum's word before a row without an indicator, or in the indicator's place if nobody decides what becomes
    /// of it.
    fn is_sum(&self) -> bool {
        let first = self.row.cells.first().map_or("", |cell| cell.text.as_str());
        match self.cells.get(&self.name) {
            None => declared::is_sum(first) || declared::sums_up(first) || self.is_sum_anywhere(),
            Some((name, _)) => {
                let counts = declared::sums_up(first) && declared::count(name).is_some();
                (counts || declared::is_sum(first) || declared::is_sum(name)) && !self.is_decided()
            }
        }
    }

    /// Nothing but the word of a sum and numbers, wherever they stand.
    fn is_sum_anywhere(&self) -> bool {
        let (sums, others): (Vec<_>, Vec<_>) =
            self.row.cells.iter().partition(|cell| declared::is_sum(&cell.text));
        sums.len() == 1 && others.iter().all(|cell| declared::count(&cell.text).is_some())
    }

    /// K8: `例`, `【記入例】` alone in the first cell, or `（例）` before the indicator.
    fn is_example(&self) -> bool {
        let first = self.row.cells.first().map_or_else(String::new, |cell| fold(&cell.text));
        let name = self.cells.get(&self.name);
        EXAMPLES.contains(&first.trim_matches(['(', ')', '※', ':']))
            || name.is_some_and(|(text, _)| is_example(text))
    }

    /// A note's mark where names stand: before nothing else, or before what says of itself that it is for reference.
    fn is_marked_note(&self) -> bool {
        let is_alone = self.cells.len() == 1 && self.labels.iter().all(Option::is_none);
        let is_named = self.cells.get(&self.name).is_some_and(|(text, _)| fold(text).starts_with("(参考"));
        !self.continues && !self.is_decided() && boilerplate::is_note(self.row) && (is_alone || is_named)
    }

    fn is_decided(&self) -> bool {
        // A number below a disposition's heading counts indicators; it is no mark.
        self.cells.iter().any(|(slot, (text, _))| match slot {
            Slot::Mark(..) => declared::count(text).is_none(),
            slot => self.choices.contains(slot) && !is_unfilled(text, self.eras),
        })
    }
}

/// Words of the form's own examples.
const EXAMPLES: [&str; 5] = ["例", "記入例", "記載例", "入力例", "見本"];

/// Whether an indicator's name is marked as an example.
pub(super) fn is_example(name: &str) -> bool {
    let name = fold(name);
    EXAMPLES.iter().any(|word| name.starts_with(&format!("({word})")))
}

/// Whether a text is a time, in brackets or without.
pub(super) fn is_time(text: &str, eras: &Eras) -> bool {
    let inner = text.trim_matches(is_space).trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    parse_time(inner, eras).is_some()
}

/// Whether a label only repeats the one above it.
pub(super) fn is_ditto(text: &str) -> bool {
    const DITTOS: [&str; 13] =
        ["〃", "同上", "々", "\"", "''", "”", "″", "〻", "〟", "´´", "↓", "上に同じ", "上記と同じ"];
    DITTOS.contains(&fold(text).trim_start_matches('(').trim_end_matches(')'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, Place, RawCell};
    use std::sync::Arc;

    /// A form with columns: group, indicator, target, disposition, and a fifth that the template ignores.
    fn kind(texts: [&str; 5]) -> RowKind {
        let place = Arc::new(Place { file: "a.xlsx".to_owned(), sheet: None });
        let filled = |(col, text): (u32, &str)| {
            (!text.is_empty()).then(|| RawCell { col, text: text.to_owned(), ..RawCell::default() })
        };
        let row = RawRow { index: 7, hidden: false, cells: (0..).zip(texts).filter_map(filled).collect() };
        let at = |col: u32| row.text(col).map(|text| (text.to_owned(), Origin::at(&place, 7, col)));
        let [name, target, choice] = [0, 1, 2].map(|field| Slot::Field(Field::Entry(field)));
        let slots = [(1, name), (2, target), (3, choice)];
        let cells = slots.iter().filter_map(|(col, slot)| Some((*slot, at(*col)?))).collect();
        let eras = Eras::heisei();
        RowTexts {
            row: &row,
            cells: &cells,
            labels: &[at(0)],
            continues: false,
            name,
            choices: &[choice],
            eras,
        }
        .kind()
    }

    #[test]
    fn rows_are_told_apart() {
        for (rule, texts, expected) in [
            ("K2", ["", "指標", "3件", "維持", ""], RowKind::Indicator),
            ("K2", ["", "合計特殊出生率", "1.8", "維持", ""], RowKind::Indicator),
            ("K1", ["", "小計", "2指標", "", ""], RowKind::Sum),
            ("K1", ["計", "", "12", "", ""], RowKind::Sum),
            ("K1", ["計", "", "", "1", ""], RowKind::Sum),
            ("K2", ["", "指標", "3件", "", "計"], RowKind::Indicator),
            ("K7", ["備考欄", "", "5件", "維持", ""], RowKind::Unknown),
            ("K3", ["※値は計画策定時のもの", "", "", "", ""], RowKind::Note),
            ("K3", ["以　上", "", "", "", ""], RowKind::Note),
            ("K3", ["", "（裏面に続く）", "", "", ""], RowKind::Note),
            ("K3", ["", "", "", "1／3", ""], RowKind::Note),
            ("K3", ["", "", "課長", "係長", "印"], RowKind::Note),
            ("K1", ["計　12件", "", "", "", ""], RowKind::Sum),
            ("K1", ["施策１　小計", "", "12件", "", ""], RowKind::Sum),
            ("K5", ["１　家計の合計", "", "", "", ""], RowKind::Heading),
            ("K7", ["", "－", "3件", "維持", ""], RowKind::Unknown),
            ("K4", ["", "", "（31年度）", "", ""], RowKind::Continuation),
            ("K5", ["２　施策", "", "", "", ""], RowKind::Heading),
            ("K6", ["", "", "－", "", "12"], RowKind::Blank),
            ("K6", ["", "", "（　年度）", "□維持　□修正", ""], RowKind::Blank),
            ("K8", ["（例）", "○○の件数", "3件", "維持", ""], RowKind::Note),
            ("K8", ["", "（例）○○の件数", "3件", "維持", ""], RowKind::Note),
            ("K2", ["", "例規集の更新回数", "3件", "維持", ""], RowKind::Indicator),
            ("K1", ["2", "", "施策計", "", "3指標"], RowKind::Sum),
            ("K7", ["施策", "", "", "", ""], RowKind::Unknown),
            ("K7", ["", "", "3件", "", ""], RowKind::Unknown),
            ("K7", ["", "", "", "維持", ""], RowKind::Unknown),
        ] {
            assert_eq!(kind(texts), expected, "{rule} {texts:?}");
        }
    }
}
