//! A row of a form before its texts are understood.

use super::columns::Slot;
use super::kinds::Cells;
use super::stated::RowStatement;
use crate::model::{Field, Origin};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A row of a form before its texts are understood.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Each filled cell of a recognised column, groups apart.
    pub(super) cells: Cells,
    /// The numbers of numeric cells whose texts do not say all of them.
    pub(super) numbers: BTreeMap<Slot, Decimal>,
    /// The cells that hold a date or a time of day.
    pub(super) dates: BTreeSet<Slot>,
    /// One label per level; empty where the form states none.
    pub(super) groups: Vec<(String, Origin)>,
    /// The table, and what the row's columns of units say.
    pub(super) stated: RowStatement,
    /// Where words of vocabularies are or should be chosen.
    pub(super) choices: Vec<ChoicePlace>,
    /// The form has a column for reasons; otherwise value and reason share a cell.
    pub(super) has_reason_column: bool,
    /// The row's first cell.
    pub(super) origin: Origin,
}

/// Where a word of a field's vocabulary is or should be chosen in a row.
#[derive(Debug, Clone)]
pub(super) struct ChoicePlace {
    pub(super) field: Field,
    pub(super) origin: Origin,
    /// The form has columns of marks.
    pub(super) by_marks: bool,
}

impl Draft {
    /// Adds the cells of a second line to those of the first.
    pub(super) fn continue_with(&mut self, cells: Cells) {
        for (slot, (text, origin)) in cells {
            match self.cells.get_mut(&slot) {
                // A merged cell stands in both rows already.
                Some((_, first)) if *first == origin => {}
                Some((above, _)) => *above = format!("{above}\n{text}"),
                None => {
                    self.cells.insert(slot, (text, origin));
                }
            }
        }
    }
}
