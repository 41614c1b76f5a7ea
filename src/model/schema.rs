//! The schema of a list: the fields of its records, and what kaitei knows of them by their roles.

use serde::Deserialize;

/// A field of a record. Groups and fields are numbered as the template lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A level of the plan's hierarchy, outermost 0 (基本目標, 施策).
    Group(usize),
    /// A field that the template declares.
    Entry(usize),
}

/// What kaitei knows of a field beyond its kind: the rules, sheets and words of a role apply where a field has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What a record is about (重要業績評価指標, 事務事業名). Every list has one.
    Name,
    /// The number of a project (該当事業№); no key: several records may share it.
    Number,
    /// 現状値 at the time of planning.
    Baseline,
    /// 目標値 so far.
    Target,
    /// 実績値.
    Actual,
    /// 取扱: whether an indicator is kept, revised or deleted.
    Disposition,
    /// 新たな目標値.
    NewTarget,
    /// 理由.
    Reason,
    /// 所管課.
    Department,
    /// 単位: of the values of its row.
    Unit,
    /// 評価: a mark that says how far a target was reached.
    Grade,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Number,
        Self::Baseline,
        Self::Target,
        Self::Actual,
        Self::Disposition,
        Self::NewTarget,
        Self::Reason,
        Self::Department,
        Self::Unit,
        Self::Grade,
    ];

    /// Its name in templates.
    pub fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Baseline => "baseline",
            Self::Target => "target",
            Self::Actual => "actual",
            Self::Disposition => "disposition",
            Self::NewTarget => "new_target",
            Self::Reason => "reason",
            Self::Department => "department",
            Self::Unit => "unit",
            Self::Grade => "grade",
        }
    }
}

/// Which field has which role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles([Option<Field>; Role::ALL.len()]);

impl Roles {
    /// The field of a role; of several, the first.
    pub fn field(&self, role: Role) -> Option<Field> {
        self.0[role as usize]
    }

    /// Gives a role to a field, unless another has it.
    pub fn give(&mut self, role: Role, field: Field) {
        self.0[role as usize].get_or_insert(field);
    }
}

/// A word of the vocabulary of a field of choices, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoiceId(pub usize);

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
    /// A mark that chooses this word of a field's vocabulary.
    Mark(Field, ChoiceId),
    /// Known and left out on purpose.
    Ignored,
}
