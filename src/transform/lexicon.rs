//! The template's header words, and how well a heading fits them.
//!
//! * **H1** Texts are compared folded (width, spaces, line breaks and kinds of brackets do not matter).
//! * **H3** A heading equal to a word beats one that is equal without its ornaments (a number or sign before it,
//!   brackets around it, brackets or a remark behind it), which beats one that begins with the word, which beats
//!   one that contains it; among equals the longest word wins.
//! * **H7** A value's word with a word for times behind it (`現状値の年度`) is the column of the value's times.
//! * **H8** A heading that ends with a reason's word is no other field's, but perhaps a new target's with its reason.
//!   One that has all words of the vocabulary is the disposition's.
//! * **H12** The names of the columns of kaitei's own data format (`target`, `target_at`, `target_unit`) mean what they
//!   mean there, whole and alone.

use crate::japanese::{fold, leading_number};
use crate::model::{DispositionId, Field, Slot};
use crate::template::{FieldKind, Template};
use std::collections::{BTreeMap, BTreeSet};

/// Words for times that follow a value's word, or stand for themselves beside the value's column. Longer ones first
/// where one ends with another.
const TIMES: [&str; 7] = ["達成年度", "年度", "年次", "時点", "時期", "年月", "年"];
/// Signs before a heading that only adorn it.
const ORNAMENTS: [char; 14] = ['■', '□', '◆', '◇', '●', '○', '◎', '▼', '▽', '★', '☆', '・', '※', '*'];

/// The template's header words, folded once.
pub(super) struct Lexicon {
    slots: Vec<(Slot, String)>,
    /// The first characters of the fields' words.
    initials: BTreeSet<char>,
    /// The columns of the data format.
    names: BTreeMap<String, Slot>,
    /// The labels of the vocabulary.
    labels: Vec<String>,
    /// The fields that hold values.
    values: Vec<Field>,
}

/// How a heading fits a word; better manners are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    Contains,
    Begins,
    /// Equal but for ornaments.
    Names,
    Equals,
}

/// How well a heading fits a slot: by the manner, then by the length of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    pub(super) manner: Manner,
    pub(super) length: usize,
}

/// A heading in the forms in which it is compared.
struct Heading {
    whole: String,
    /// Without what stands before it.
    front: String,
    /// Without what stands before and behind it.
    bare: String,
}

impl Heading {
    fn new(text: &str) -> Self {
        let whole = fold(text);
        let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || ORNAMENTS.contains(&c));
        // `①`, `(2)`, `3．` number columns; `施策１` does not.
        let is_numbered = trimmed.starts_with(|c: char| !c.is_alphabetic());
        let rest = leading_number(trimmed).filter(|(_, rest)| is_numbered && !rest.is_empty());
        let rest = rest.map_or(trimmed, |(_, rest)| rest);
        let mut front = if rest.len() == text.len() { whole.clone() } else { fold(rest) };
        if let Some(inner) = front.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
            && !inner.contains(['(', ')'])
        {
            front = inner.to_owned();
        }
        let end = front.find(['(', '※', '*']).filter(|&end| end > 0).unwrap_or(front.len());
        let bare = front[..end].to_owned();
        Self { whole, front, bare }
    }
}

/// Whether a heading is nothing but a word for times, and so belongs to the value beside it.
pub(super) fn is_time_alone(text: &str) -> bool {
    TIMES.contains(&Heading::new(text).bare.as_str())
}

impl Lexicon {
    /// Collects the words of all fields, times, dispositions and ignored columns.
    pub(super) fn new(template: &Template) -> Self {
        let mut words: Vec<(Slot, String)> = Vec::new();
        for field in template.all_fields() {
            let spec = template.field(field);
            words.extend(spec.words.iter().map(|word| (Slot::Field(field), fold(word))));
            words.extend(spec.time_words.iter().map(|word| (Slot::Time(field), fold(word))));
        }
        for (i, disposition) in template.dispositions.iter().enumerate() {
            let names = [&disposition.label, &disposition.print];
            words.extend(names.map(|name| (Slot::Mark(DispositionId(i)), fold(name))));
        }
        words.extend(template.ignored_columns.iter().map(|word| (Slot::Ignored, fold(word))));
        words.retain(|(_, word)| !word.is_empty());
        let labels = template.dispositions.iter().map(|disposition| fold(&disposition.label)).collect();
        let is_value = |field: &Field| template.field(*field).kind == FieldKind::Value;
        let values = template.all_fields().into_iter().filter(is_value).collect();
        let of_fields = words.iter().filter(|(slot, _)| matches!(slot, Slot::Field(_)));
        let initials = of_fields.filter_map(|(_, word)| word.chars().next()).collect();
        let own = |field: Field| (template.field(field).key.clone(), Slot::Field(field));
        let names = template.derived_columns().into_iter().chain(template.all_fields().into_iter().map(own));
        Self { slots: words, initials, names: names.collect(), labels, values }
    }

    /// Whether a heading equals or begins with a field's word.
    pub(super) fn names_field(&self, heading: &str) -> bool {
        let heading = Heading::new(heading);
        if let Some(slot) = self.names.get(&heading.whole) {
            return matches!(slot, Slot::Field(_)); // H12
        }
        let may = |text: &String| text.starts_with(|c: char| self.initials.contains(&c));
        if !may(&heading.whole) && !may(&heading.front) {
            return false; // as most texts of a form
        }
        let begins = |word: &String| heading.whole.starts_with(word) || heading.front.starts_with(word);
        self.slots.iter().any(|(slot, word)| matches!(slot, Slot::Field(_)) && begins(word))
    }

    /// How well a heading fits each slot, at its best word (H3).
    pub(super) fn fits(&self, heading: &str) -> BTreeMap<Slot, Fit> {
        let heading = Heading::new(heading);
        if let Some(&slot) = self.names.get(&heading.whole) {
            let fit = Fit { manner: Manner::Equals, length: heading.whole.len() };
            return BTreeMap::from([(slot, fit)]); // H12
        }
        let mut fits: BTreeMap<Slot, Fit> = BTreeMap::new();
        let mut add = |slot, manner, length| {
            let fit = Fit { manner, length };
            fits.entry(slot).and_modify(|best| *best = fit.max(*best)).or_insert(fit);
        };
        for (slot, word) in &self.slots {
            if let Some(manner) = manner(&heading, *slot, word) {
                add(*slot, manner, word.len());
            }
        }
        if let Some(field) = self.timed(&heading.bare) {
            add(Slot::Time(field), Manner::Names, heading.bare.len()); // H7
        }
        if self.labels.len() > 1 && self.labels.iter().all(|label| heading.whole.contains(label)) {
            add(Slot::Field(Field::Disposition), Manner::Contains, heading.whole.len()); // H8
        }
        let is_reason = |(slot, word): &(Slot, String)| {
            *slot == Slot::Field(Field::Reason) && heading.bare.ends_with(word)
        };
        if self.slots.iter().any(is_reason) {
            fits.retain(|slot, fit| {
                fit.manner >= Manner::Names || matches!(slot, Slot::Field(Field::Reason | Field::NewTarget))
            }); // H8
        }
        fits
    }

    /// Whether a slot is a value's.
    pub(super) fn is_value(&self, slot: Slot) -> bool {
        matches!(slot, Slot::Field(field) if self.values.contains(&field))
    }

    /// The value field whose times a heading is for: `現状値の年度`, `変更後の年度`.
    fn timed(&self, heading: &str) -> Option<Field> {
        let stem = TIMES.iter().find_map(|time| heading.strip_suffix(time))?;
        let stem = stem.strip_suffix('の').unwrap_or(stem);
        self.slots.iter().find_map(|(slot, word)| match slot {
            Slot::Field(field) if word == stem && self.values.contains(field) => Some(*field),
            _ => None,
        })
    }
}

fn manner(heading: &Heading, slot: Slot, word: &str) -> Option<Manner> {
    let Heading { whole, front, bare } = heading;
    if whole == word {
        Some(Manner::Equals)
    } else if front == word || bare == word {
        Some(Manner::Names)
    } else if matches!(slot, Slot::Mark(_)) {
        None // `1.維持の理由` is no mark
    } else if whole.starts_with(word) || front.starts_with(word) {
        Some(Manner::Begins)
    } else if whole.contains(word) && slot != Slot::Ignored {
        Some(Manner::Contains)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"
document.title = "一覧"
groups = [{ key = "goal", words = ["基本目標", "目標"] }, { key = "policy", words = ["施策"] }]
dispositions = [{ code = "1", label = "維持", print = "1.維持" }, { code = "2", label = "修正" }]
columns = [{ title = "指標", fields = ["indicator"], width = 20 }, { title = "取扱", fields = ["disposition"], width = 4 }]
"#;

    /// The best slot of a heading, and the manner.
    fn best(words: &Lexicon, heading: &str) -> Option<(Slot, Manner)> {
        let fits = words.fits(heading);
        let best = fits.values().max()?;
        fits.iter().find(|(_, fit)| *fit == best).map(|(slot, fit)| (*slot, fit.manner))
    }

    #[test]
    fn headings_fit_the_words_of_departments() {
        let template = Template::parse("t", TEMPLATE).expect("a sound template");
        let words = Lexicon::new(&template);
        let field = |field, manner| Some((Slot::Field(field), manner));
        let time = |field, manner| Some((Slot::Time(field), manner));
        for (rule, heading, expected) in [
            ("H3", "指標名", field(Field::Indicator, Manner::Equals)),
            ("H3", "①指標名", field(Field::Indicator, Manner::Names)),
            ("H3", "(2) 施　策", field(Field::Group(1), Manner::Names)),
            ("H3", "【基本目標】", field(Field::Group(0), Manner::Names)),
            ("H3", "現状値（平成27年度）", field(Field::Baseline, Manner::Names)),
            ("H3", "目標値※1", field(Field::Target, Manner::Names)),
            ("H3", "○理由", field(Field::Reason, Manner::Names)),
            ("H3", "施策の名称", field(Field::Group(1), Manner::Begins)),
            ("H3", "次期の目標値", field(Field::Target, Manner::Contains)),
            ("H3", "変更後の目標値と理由", field(Field::NewTarget, Manner::Begins)),
            ("H7", "当初値の時点", time(Field::Baseline, Manner::Names)),
            ("H7", "変更後の年度", time(Field::NewTarget, Manner::Names)),
            ("H7", "目標年度", time(Field::Target, Manner::Equals)),
            ("H8", "取扱いを変える理由", field(Field::Reason, Manner::Contains)),
            ("H8", "維持・修正の別", field(Field::Disposition, Manner::Contains)),
            ("H3", "１．維持", Some((Slot::Mark(DispositionId(0)), Manner::Equals))),
            ("H3", "維持の根拠", None),
            ("H12", "target", field(Field::Target, Manner::Equals)),
            ("H12", "target_at", time(Field::Target, Manner::Equals)),
            ("H12", "new_target_unit", Some((Slot::Ignored, Manner::Equals))),
            ("H12", "target_units", None),
        ] {
            assert_eq!(best(&words, heading), expected, "{rule} {heading}");
        }
    }
}
