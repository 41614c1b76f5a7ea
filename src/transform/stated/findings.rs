//! What is to be said where a value, its column, its heading and the template do not agree.

use super::Unit;
use crate::finding::{Finding, Mixture, More, Problem};
use crate::model::{Origin, StatedBy, TimeText, Value};

/// Words that are meant as a unit and are none.
pub(super) fn unit_unknown(words: &str, origin: Origin) -> Finding {
    let text: String = words.split_whitespace().collect();
    Finding::new(Problem::UnitUnknown { text: text.into() }, origin)
}

/// Values state another unit than the one that is stated for them; the first of so many.
pub(super) fn unit_differs(value: &Value, unit: &Unit, count: usize) -> Finding {
    unit_mixed(Mixture::Differs, value, (unit.words.words(), unit.by), count)
}

/// A heading's unit is not given to values without one, for most others have units of their own.
pub(super) fn unit_not_taken(
    value: &Value,
    unit: &crate::transform::value::UnitWords,
    count: usize,
) -> Finding {
    unit_mixed(Mixture::NotTaken, value, (unit.words(), StatedBy::Heading), count)
}

fn unit_mixed(mixture: Mixture, value: &Value, (unit, by): (&str, StatedBy), count: usize) -> Finding {
    let (text, unit) = ((&value.text).into(), unit.into());
    let problem = Problem::UnitMixed { mixture, text, unit, by, more: More::than_one(count) };
    Finding::new(problem, value.origin.clone())
}

/// Two statements outside the cell differ; the first holds.
pub(super) fn units_conflict(taken: &Unit, other: &Unit) -> Finding {
    let problem = Problem::UnitConflict {
        unit: taken.words.words().into(),
        by: taken.by,
        other: other.words.words().into(),
        other_by: other.by,
    };
    Finding::new(problem, taken.origin.clone())
}

/// Values state another time than their heading; the first of so many.
pub(super) fn time_differs(value: &Value, time: &TimeText, count: usize) -> Finding {
    let own = value.time.as_ref();
    let (text, origin) = own.map_or(("", &value.origin), |own| (&own.text, &own.origin));
    time_mixed(Mixture::Differs, text, time, count, origin.clone())
}

/// A heading's time is not given to values without one, for most others state theirs.
pub(super) fn time_not_taken(value: &Value, time: &TimeText, count: usize) -> Finding {
    time_mixed(Mixture::NotTaken, &value.text, time, count, value.origin.clone())
}

/// A heading's time is not that of its values.
pub(super) fn time_not_of_values(time: &TimeText) -> Finding {
    time_mixed(Mixture::NotOfValues, &time.text, time, 1, time.origin.clone())
}

fn time_mixed(mixture: Mixture, text: &str, time: &TimeText, count: usize, origin: Origin) -> Finding {
    let (text, time) = (text.into(), (&time.text).into());
    Finding::new(Problem::TimeMixed { mixture, text, time, more: More::than_one(count) }, origin)
}
