//! Choices: which word of a field's vocabulary a row chose, in words or by a mark.

use super::columns::Slot;
use super::draft::{ChoicePlace, Draft};
use super::options::{self, Sign};
use crate::finding::{Choices, Chosen as HowChosen, Finding, Problem, Quoted};
use crate::japanese::{fold, is_no_value, is_space, leading_number};
use crate::model::{ChoiceId, Chosen, Field, Origin};
use crate::template::{Choice, FieldSpec, Template, nearest};

/// Check boxes that are not checked, and those that are (or a mark before the word).
const UNCHECKED: [char; 2] = ['□', '☐'];
const CHECKED: [char; 9] = ['☑', '☒', '■', '✓', '✔', '○', '〇', '◯', '●'];

/// The word that a row chose in a field, in words or by a mark. `None` comes with a finding, unless the field need not
/// be filled in.
pub(super) fn choose(
    draft: &Draft,
    field: Field,
    template: &Template,
    findings: &mut Vec<Finding>,
) -> Option<Chosen> {
    let asked = Asked { field, spec: template.field(field), template };
    let words = draft.cells.get(&Slot::Field(field));
    let marks = draft.cells.iter().filter_map(|(slot, cell)| match slot {
        Slot::Mark(of, id) if *of == field && !is_no_value(&cell.0) => Some((*id, cell)),
        _ => None,
    });
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut cross = None;
    for (id, (text, origin)) in marks {
        match options::sign(text) {
            Some(Sign::No) => {}
            Some(Sign::Cross) => cross = Some((text, origin)),
            Some(Sign::Yes) => chosen.push(Chosen { id, raw: text.clone(), origin: origin.clone() }),
            // The form's word in its own column.
            None if one_word(text, &asked.spec.choices) == [id] => {
                chosen.push(Chosen { id, raw: text.clone(), origin: origin.clone() });
            }
            None => {
                findings.push(asked.unknown(text, origin, HowChosen::ByMarks));
                return None;
            }
        }
    }
    keep_filled(&mut chosen);
    if let Some((text, origin)) = cross.filter(|_| chosen.is_empty()) {
        findings.push(asked.unknown(text, origin, HowChosen::ByMarks));
        return None;
    }
    if let Some((text, origin)) = words.filter(|(text, _)| !is_no_value(text)) {
        let marked = options::marked(text, &asked.spec.choices);
        let is_blank = marked.as_ref().is_some_and(Vec::is_empty);
        let named = marked.unwrap_or_else(|| named(text, &asked.spec.choices));
        if named.is_empty() && !is_blank {
            findings.push(asked.unknown(text, origin, HowChosen::InWords));
            return None;
        }
        chosen.extend(named.into_iter().map(|id| Chosen { id, raw: text.clone(), origin: origin.clone() }));
    }
    chosen.dedup_by_key(|chosen| chosen.id);
    match chosen.as_slice() {
        [] => {
            let place = draft.choices.iter().find(|place| place.field == field);
            if let Some(place) = place.filter(|_| asked.spec.required) {
                findings.push(asked.missing(place));
            }
            None
        }
        [_] => chosen.pop(),
        several => {
            findings.push(asked.ambiguous(several));
            None
        }
    }
}

/// Of `● ○ ○`, the filled one is chosen.
fn keep_filled(chosen: &mut Vec<Chosen>) {
    let signs: Vec<String> = chosen.iter().map(|mark| fold(&mark.raw)).collect();
    if let Some(at) = options::filled(&signs) {
        *chosen = vec![chosen.swap_remove(at)];
    }
}

/// Whether a text names words of a vocabulary, or prints them as options.
pub(super) fn names_choice(text: &str, choices: &[Choice]) -> bool {
    !named(text, choices).is_empty() || options::marked(text, choices).is_some()
}

/// The words that a text names: `維持`, `1.維持`, `①維持`, `1`; with check boxes (`□維持 ☑修正`) those that are
/// checked. A number and a word that disagree name two; an unknown word makes the whole text unknown.
pub(super) fn named(text: &str, choices: &[Choice]) -> Vec<ChoiceId> {
    let whole = one_word(text, choices);
    if !whole.is_empty() {
        return whole;
    }
    let separators = |c: char| {
        c.is_whitespace() || is_space(c) || matches!(c, '・' | '、' | ',' | '，' | '／' | '/' | '→')
    };
    let pieces: Vec<&str> = text.split(separators).filter(|piece| !piece.is_empty()).collect();
    let boxed = pieces.iter().any(|piece| piece.starts_with(UNCHECKED));
    let mut named = Vec::new();
    for piece in pieces {
        let word = piece.trim_start_matches(CHECKED);
        if boxed && word.len() == piece.len() {
            continue;
        }
        let ids = one_word(word, choices);
        if ids.is_empty() {
            return ids;
        }
        named.extend(ids);
    }
    named.sort_unstable();
    named.dedup();
    named
}

fn one_word(text: &str, choices: &[Choice]) -> Vec<ChoiceId> {
    let find = |test: &dyn Fn(&Choice) -> bool| choices.iter().position(test).map(ChoiceId);
    let folded = plain(&fold(text));
    let is_word = |folded: &str, choice: &Choice| choice.words().any(|word| fold(word) == folded);
    if let Some(id) = find(&|d| is_word(&folded, d) || fold(&d.code) == folded) {
        return vec![id];
    }
    let Some((number, rest)) = leading_number(text) else { return Vec::new() };
    let rest = plain(&fold(rest));
    let word = find(&|d| is_word(&rest, d));
    let code = find(&|d| fold(&d.code) == number.to_string());
    match (word, code) {
        (Some(word), Some(code)) if word != code => vec![word, code],
        (Some(word), _) => vec![word],
        (None, code) => code.filter(|_| rest.is_empty()).into_iter().collect(),
    }
}

/// A folded word without brackets around it and the verb behind it: `（維持）`, `維持する。`.
fn plain(folded: &str) -> String {
    let text = folded.trim_end_matches('。');
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let verbs = ["とする", "する", "とします", "します"];
    let bare = verbs.iter().find_map(|verb| text.strip_suffix(verb)).filter(|bare| !bare.is_empty());
    bare.unwrap_or(text).to_owned()
}

/// A field of choices, as messages speak of it.
struct Asked<'t> {
    field: Field,
    spec: &'t FieldSpec,
    template: &'t Template,
}

impl Asked<'_> {
    /// The vocabulary as the list prints it.
    fn choices(&self) -> Choices {
        self.spec.choices.iter().map(|choice| &choice.print).collect()
    }

    /// The heading of the column.
    fn column(&self) -> Quoted {
        self.template.heading(self.field).into()
    }

    fn missing(&self, place: &ChoicePlace) -> Finding {
        let chosen = if place.by_marks { HowChosen::ByMarks } else { HowChosen::InWords };
        let problem = Problem::ChoiceMissing { column: self.column(), chosen, choices: self.choices() };
        Finding::new(problem, place.origin.clone())
    }

    fn unknown(&self, text: &str, origin: &Origin, chosen: HowChosen) -> Finding {
        let choices = &self.spec.choices;
        let labels: Vec<&str> = choices.iter().map(|it| it.label.as_str()).collect();
        let near = nearest(text, &labels).and_then(|near| choices.iter().find(|it| it.label == near));
        let problem = Problem::ChoiceUnknown {
            column: self.column(),
            text: text.into(),
            chosen,
            choices: self.choices(),
            near: near.map(|it| (&it.print).into()),
        };
        Finding::new(problem, origin.clone())
    }

    fn ambiguous(&self, chosen: &[Chosen]) -> Finding {
        let last = &chosen[chosen.len() - 1];
        let by_marks = chosen.iter().any(|it| it.origin != last.origin);
        let problem = Problem::ChoiceAmbiguous {
            column: self.column(),
            chosen: if by_marks { HowChosen::ByMarks } else { HowChosen::InWords },
            text: (&last.raw).into(),
            meanings: chosen.iter().map(|it| &self.spec.choices[it.id.0].print).collect(),
            choices: self.choices(),
        };
        Finding::new(problem, last.origin.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transform::declared::tests::template;

    #[test]
    fn words_of_the_vocabulary_are_recognised() {
        let template = template();
        for (text, expected) in [
            ("維持", &[0][..]),
            ("１．維持", &[0]),
            ("①維持", &[0]),
            ("2", &[1]),
            ("見直し", &[1]),
            ("○維持", &[0]),
            ("【維持】", &[0]),
            ("2：修正する。", &[1]),
            ("(3) 削 除", &[2]),
            ("□維持 ☑修正 □削除", &[1]),
            ("2.維持", &[0, 1]),
            ("維持・削除", &[0, 2]),
            ("維持→修正", &[0, 1]),
            ("1.維持 2.修正", &[0, 1]),
            ("廃棄", &[]),
            ("維持・廃棄", &[]),
            ("4", &[]),
        ] {
            let mut ids: Vec<usize> = named(text, template.dispositions()).iter().map(|id| id.0).collect();
            ids.sort_unstable();
            assert_eq!(ids, expected, "{text}");
        }
    }
}
