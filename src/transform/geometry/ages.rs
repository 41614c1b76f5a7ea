//! What holds now and what will: two columns of targets are told apart by the headings above them.
//!
//! * **A1** A heading with a character of [`OLD`] says what holds now, or held; else one with a word of [`NEW`] says what will.
//! * **A2** Where two columns claim the target and none is the new target's, the older is the target and the newer the new one,
//!   if their headings are of different age.

use crate::model::{RawSheet, Role, Slot};
use crate::template::Template;
use crate::transform::columns::{Header, path};

/// In words for what holds now, or held.
const OLD: [&str; 6] = ["現", "旧", "前", "従", "既存", "当初"];
/// In words for what will hold.
const NEW: [&str; 8] = ["後", "新", "案", "見直", "改", "次", "変更", "今後"];

/// Whether a heading says what holds now or what will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Age {
    Old,
    Unsaid,
    New,
}

impl Age {
    pub(super) fn of(text: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        match (has(&OLD), has(&NEW)) {
            (true, _) => Self::Old,
            (false, true) => Self::New,
            (false, false) => Self::Unsaid,
        }
    }
}

/// A2, for a table whose header begins with the headings of lines or of labels.
pub(super) fn tell_targets_apart(table: &RawSheet, header: &mut Header, template: &Template) {
    let (Some(target), Some(new)) = (template.role(Role::Target), template.role(Role::NewTarget)) else {
        return;
    };
    let (target, new) = (Slot::Field(target), Slot::Field(new));
    let age = |col: u32| {
        let above = path(table, header.top, header.end, col);
        let first = above.first().filter(|_| above.len() > 1);
        first.map_or(Age::Unsaid, |(_, text)| Age::of(text))
    };
    let Some(at) = header.ambiguous.iter().position(|(slot, ..)| *slot == target) else { return };
    let (_, first, second) = header.ambiguous[at];
    let (one, other) = (age(first), age(second));
    if one == other || header.columns.contains_key(&new) {
        return;
    }
    header.ambiguous.remove(at);
    let (old_col, new_col) = if one < other { (first, second) } else { (second, first) };
    header.columns.insert(target, old_col);
    header.columns.insert(new, new_col);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_holds_and_what_will() {
        for (text, age) in [
            ("現行", Age::Old),
            ("変更前", Age::Old),
            ("見直し前の目標", Age::Old),
            ("旧", Age::Old),
            ("■現在の指標の内容", Age::Old),
            ("変更後", Age::New),
            ("改正案", Age::New),
            ("令和２年度の見直し", Age::New),
            ("新", Age::New),
            ("区分", Age::Unsaid),
        ] {
            assert_eq!(Age::of(text), age, "{text}");
        }
    }
}
