//! What a column means: the fields of a KPI row.

use super::ChoiceId;

/// A field of a row. Groups and extras are numbered as the template lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A level of the plan's hierarchy, outermost 0 (基本目標, 施策).
    Group(usize),
    /// 重要業績評価指標.
    Indicator,
    /// 該当事業№.
    ProjectNo,
    /// 現状値 at the time of planning.
    Baseline,
    /// 目標値 so far.
    Target,
    /// 取扱.
    Disposition,
    /// 新たな目標値.
    NewTarget,
    /// 理由.
    Reason,
    /// A field that only this template has (所管課, 実績値).
    Extra(usize),
}

/// What a column of a form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// A field, perhaps with its time or reason in the same cell.
    Field(Field),
    /// The time of a field's value.
    Time(Field),
    /// The unit of a field's value, or of all values of the row.
    Unit(Option<Field>),
    /// The words of a field that are spelled out in its own column: a data edition's.
    Words(Field),
    /// A mark that chooses this disposition.
    Mark(ChoiceId),
    /// Known and left out on purpose.
    Ignored,
}
