//! What a revision changes, indicator by indicator.
//!
//! * **C1** An indicator whose disposition takes it off the list is removed, whatever else its row says.
//! * **C2** A new target that says what the target says, for the same year, changes nothing, whatever the disposition is
//!   called. Values are compared by what they mean, never by their look (`8箇所` is `8か所`).
//! * **C3** One that says the same for another year, or is the first to name a year, changes the year alone.
//! * **C4** Any other new target changes the value; where the figures can be compared, the change has a direction.
//! * **C5** A disposition that demands a new target has changed the indicator even if the row does not state it.

use crate::model::{Part, Record, Role, TimeText, Value};
use crate::template::{Choice, Need, Template};
use crate::transform::value::{Comparison, compare, measured_alike};

/// What the revision does to an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// What kind of change it is.
    pub kind: Kind,
    /// Whether the new target is for another year than the target.
    pub year: bool,
    /// What old and new target measure alike, in the order of the target's parts.
    pub measures: Vec<(&'a Part, &'a Part)>,
}

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The indicator leaves the list (C1).
    Removed,
    /// A target where there was none (C4).
    Set,
    /// Some figures are higher, none is lower (C4).
    Raised,
    /// Some figures are lower, none is higher (C4).
    Lowered,
    /// Some figures are higher, some are lower (C4).
    Mixed,
    /// Something else is measured, or in another unit (C4).
    Measure,
    /// Other words, or figures without a direction (C4).
    Words,
    /// The same value for another year (C3).
    Year,
    /// Changed by its disposition alone: the new target is not stated (C5).
    Unstated,
}

impl Kind {
    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Set => "set",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Mixed => "mixed",
            Self::Measure => "measure",
            Self::Words => "words",
            Self::Year => "year",
            Self::Unstated => "unstated",
        }
    }
}

impl Change<'_> {
    /// Whether the value of the new target is another one, not only its year.
    pub fn is_of_value(&self) -> bool {
        !matches!(self.kind, Kind::Removed | Kind::Year | Kind::Unstated)
    }
}

/// What the revision changes of an indicator; `None` if it goes on as it is.
pub fn within<'a>(row: &'a Record, template: &Template) -> Option<Change<'a>> {
    let disposition = row.choice_of(Role::Disposition).map(|chosen| template.disposition(chosen.id));
    let is = |trait_of: fn(&Choice) -> bool| disposition.is_some_and(trait_of);
    let plain = |kind| Some(Change { kind, year: false, measures: Vec::new() });
    if is(|disposition| disposition.leaves_list) {
        return plain(Kind::Removed);
    }
    match (row.value_of(Role::Target), row.value_of(Role::NewTarget)) {
        (_, None) if is(|disposition| disposition.new_target == Need::Required) => plain(Kind::Unstated),
        (_, None) => None,
        (None, Some(_)) => plain(Kind::Set),
        (Some(old), Some(new)) => between(old, new),
    }
}

/// What changes from one value to the next.
pub(super) fn between<'a>(old: &'a Value, new: &'a Value) -> Option<Change<'a>> {
    let year = new.time.as_ref().is_some_and(|new| !old.time.as_ref().is_some_and(|old| same(old, new)));
    let kind = match compare(old, new) {
        Comparison::Equal if year => Kind::Year,
        Comparison::Equal => return None,
        Comparison::Raised => Kind::Raised,
        Comparison::Lowered => Kind::Lowered,
        Comparison::Mixed => Kind::Mixed,
        Comparison::MeasureChanged => Kind::Measure,
        Comparison::Incomparable => Kind::Words,
    };
    Some(Change { kind, year, measures: measured_alike(old, new) })
}

/// Whether two statements name the same time; by their words where one of them is not understood.
fn same(old: &TimeText, new: &TimeText) -> bool {
    match (old.time, new.time) {
        (Some(old), Some(new)) => old.agrees_with(new),
        _ => old.text == new.text,
    }
}
