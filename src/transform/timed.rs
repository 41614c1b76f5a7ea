//! Fields whose columns are told by the time that their headings state (H18 of the header lexicon).

use super::fit::Manner;
use super::heading_text::{front_and_bare, times, without_times};
use crate::japanese::fold;
use crate::model::{Eras, Field, Role, Status, Time};
use crate::template::Template;

/// What may stand beside a time and says nothing.
const FILLERS: [&str; 9] = ["値", "数値", "現在", "時点", "末", "末現在", "末時点", "度", "記入欄"];
/// Words for values of what is or was.
const STATED: [&str; 8] = ["現状値", "現状", "現況値", "現在値", "基準値", "実績値", "実績", "当初値"];
/// Characters of the longest heading with a time that is looked at.
const LONGEST_TIMED: usize = 40;

/// A field whose values are of one time: a point of a series, or a field with a period.
pub(super) struct Timed {
    field: Field,
    time: Time,
    /// What may stand beside the time, folded.
    words: Vec<String>,
    status: Option<Status>,
    /// Its values are of what is or was.
    is_stated: bool,
}

impl Timed {
    pub(super) fn of(field: Field, template: &Template) -> Option<Self> {
        let spec = template.field(field);
        let words = spec.words.iter().chain(spec.series.iter().flat_map(|series| series.words.iter()));
        let (time, words) = (spec.period.as_ref()?.time, words.map(|word| fold(word)).collect());
        let is_stated = matches!(spec.role, Some(Role::Baseline | Role::Actual));
        Some(Self { field, time, words, status: spec.status, is_stated })
    }

    /// Whether a heading states its time, whatever else it says.
    pub(super) fn is_stated_in(&self, heading: &str, eras: &Eras) -> bool {
        times(heading, eras).iter().any(|stated| stated.time.agrees_with(self.time))
    }

    /// Whether a heading states times, and none of them is its own.
    pub(super) fn is_other_than(&self, heading: &str, eras: &Eras) -> bool {
        let stated = times(heading, eras);
        !stated.is_empty() && !stated.iter().any(|stated| stated.time.agrees_with(self.time))
    }

    /// Whether it is this field.
    pub(super) fn is_of(&self, field: Field) -> bool {
        self.field == field
    }
}

/// The fields of `all` whose time a heading states, with what else it says: nothing, or their words.
pub(super) fn by(heading: &str, all: &[Timed], eras: &Eras) -> Vec<(Field, Manner)> {
    // What stands behind `※` or `*` is a remark.
    let heading = heading.split(['※', '*', '＊']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let may = !all.is_empty() && heading.chars().count() <= LONGEST_TIMED;
    let times = if may { times(heading, eras) } else { Vec::new() };
    let one = times.first().filter(|first| times.iter().all(|time| time.time.agrees_with(first.time)));
    let time = one.map(|time| time.time);
    let rest = time.and_then(|_| without_times(heading, eras)).map(|rest| fold(&rest));
    let rest = rest.map(|rest| front_and_bare(&rest, &rest).1.trim_matches(['(', ')']).to_owned());
    // A bare year may be a fiscal year or another; where fields are of both, it tells neither.
    let meant = |time: Time| all.iter().map(|timed| timed.time).filter(move |of| of.agrees_with(time));
    let time = time.filter(|&time| meant(time).all(|of| Some(of) == meant(time).next()));
    let fits = move |timed: &Timed| {
        let (time, rest) = (time?, rest.as_deref()?);
        let rest = ["年度", "年"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        // Of what is or was, the time says which value it is.
        let is_own =
            timed.words.iter().any(|word| word == rest) || (timed.is_stated && STATED.contains(&rest));
        // A word that says something else of the time is about another column.
        let is_status = Status::of_word(rest).is_some_and(|status| timed.status == Some(status));
        let manner = if is_own || is_status {
            Manner::Equals
        } else if rest.is_empty() || FILLERS.contains(&rest) {
            Manner::Names
        } else {
            return None;
        };
        timed.time.agrees_with(time).then_some((timed.field, manner))
    };
    all.iter().filter_map(fits).collect()
}
