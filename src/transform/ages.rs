//! What holds now and what will: two columns of targets are told apart by the headings above them.
//!
//! * **A1** A heading with a character of [`OLD`] says what holds now, or held; else one with a word of [`NEW`] says what will.
//! * **A2** Where two columns claim the target and none is the new target's, the older is the target and the newer the new one,
//!   if their headings are of different age.

use super::columns::{Header, Lexicon, path};
use crate::model::{Field, RawSheet, Role, Slot};

/// In words for what holds now, or held.
const OLD: [&str; 6] = ["現", "旧", "前", "従", "既存", "当初"];
/// In words for what will hold.
const NEW: [&str; 10] = ["後", "新", "案", "見直", "改", "次", "変更", "今後", "来年", "翌年"];

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

/// A2.
pub(super) fn tell_targets_apart(table: &RawSheet, header: &mut Header, words: &Lexicon) {
    let (Some(target), Some(new)) = (words.role(Role::Target), words.role(Role::NewTarget)) else {
        return;
    };
    let age = |col: u32| {
        let above = path(table, header.top, header.end, col);
        let first = above.first().filter(|_| above.len() > 1);
        first.map_or(Age::Unsaid, |(_, text)| Age::of(text))
    };
    let Some(at) = header.ambiguous.iter().position(|(slot, ..)| *slot == Slot::Field(target)) else {
        return;
    };
    let (_, first, second) = header.ambiguous[at];
    let (one, other) = (age(first), age(second));
    let is_sure = header.columns.get(&Slot::Field(new)).is_some_and(|col| !header.inferred.contains(col));
    if one == other || is_sure {
        return;
    }
    header.ambiguous.remove(at);
    header.lose(new);
    let (old_col, new_col) = if one < other { (first, second) } else { (second, first) };
    header.columns.insert(Slot::Field(target), old_col);
    header.columns.insert(Slot::Field(new), new_col);
    take_beside(table, header, words, [(target, old_col), (new, new_col)]);
}

/// Gives the units and times right of two values to them.
fn take_beside(table: &RawSheet, header: &mut Header, words: &Lexicon, values: [(Field, u32); 2]) {
    for (field, _) in values {
        for held in [Slot::Time(field), Slot::Unit(Some(field))] {
            let piece = |col: &u32| header.piece(table, words, field, *col);
            let col = header.columns.get(&held).copied().filter(|col| piece(col) == Some(held));
            header.unknown.extend(col.and_then(|_| header.columns.remove(&held)));
        }
    }
    for (field, col) in values {
        header.take_pieces(table, words, field, col);
    }
}

impl Header {
    /// What a column headed by a word for units or times alone is to a value.
    fn piece(&self, table: &RawSheet, words: &Lexicon, value: Field, col: u32) -> Option<Slot> {
        let heading = path(table, self.top, self.end, col).pop().map(|(_, text)| words.heading(text))?;
        let unit = heading.is_unit.then_some(Slot::Unit(Some(value)));
        unit.or(heading.is_time.then_some(Slot::Time(value)))
    }

    /// Gives the units and times right of a value's column to it.
    pub(super) fn take_pieces(&mut self, table: &RawSheet, words: &Lexicon, value: Field, col: u32) {
        for beside in col + 1.. {
            let Some(piece) = self.piece(table, words, value, beside) else { break };
            if self.unknown.contains(&beside) && !self.columns.contains_key(&piece) {
                self.unknown.retain(|unknown| *unknown != beside);
                self.columns.insert(piece, beside);
            }
        }
        self.unknown.sort_unstable();
    }
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
