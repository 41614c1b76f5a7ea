//! Dispositions: which word of the vocabulary a row chose, and what that demands of the row.

use super::columns::Slot;
use super::options::{self, Sign};
use super::rows::Draft;
use crate::finding::{Choices, Chosen as HowChosen, Finding, Problem, Quoted};
use crate::japanese::{fold, is_space, leading_number};
use crate::model::{ChoiceId, Chosen, Field, Origin, Record};
use crate::template::{Disposition, Need, Template, nearest};

/// Check boxes that are not checked, and those that are (or a mark before the word).
const UNCHECKED: [char; 2] = ['□', '☐'];
const CHECKED: [char; 9] = ['☑', '☒', '■', '✓', '✔', '○', '〇', '◯', '●'];

/// The disposition that a row chose, in words or by a mark. `None` comes with an error finding.
pub(super) fn choose(draft: &Draft, template: &Template, findings: &mut Vec<Finding>) -> Option<Chosen> {
    let words = draft.cells.get(&Slot::Field(Field::Disposition));
    let marks = draft.cells.iter().filter_map(|(slot, cell)| match slot {
        Slot::Mark(id) if !crate::japanese::is_no_value(&cell.0) => Some((*id, cell)),
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
            None if one_word(text, template) == [id] => {
                chosen.push(Chosen { id, raw: text.clone(), origin: origin.clone() });
            }
            None => {
                findings.push(unknown(text, origin, HowChosen::ByMarks, template));
                return None;
            }
        }
    }
    keep_filled(&mut chosen);
    if let Some((text, origin)) = cross.filter(|_| chosen.is_empty()) {
        findings.push(unknown(text, origin, HowChosen::ByMarks, template));
        return None;
    }
    if let Some((text, origin)) = words.filter(|(text, _)| !crate::japanese::is_no_value(text)) {
        let marked = options::marked(text, template);
        let is_blank = marked.as_ref().is_some_and(Vec::is_empty);
        let named = marked.unwrap_or_else(|| named(text, template));
        if named.is_empty() && !is_blank {
            findings.push(unknown(text, origin, HowChosen::InWords, template));
            return None;
        }
        chosen.extend(named.into_iter().map(|id| Chosen { id, raw: text.clone(), origin: origin.clone() }));
    }
    chosen.dedup_by_key(|chosen| chosen.id);
    match chosen.as_slice() {
        [] => {
            let by = if draft.has_marks { HowChosen::ByMarks } else { HowChosen::InWords };
            findings.push(missing(draft.disposition_origin.clone(), by, template));
            None
        }
        [_] => chosen.pop(),
        several => {
            findings.push(ambiguous(several, template));
            None
        }
    }
}

/// Of `● ○ ○`, the filled one is chosen.
fn keep_filled(chosen: &mut Vec<Chosen>) {
    let is_filled = |mark: &Chosen| fold(&mark.raw) == "●";
    let is_ring = |mark: &Chosen| ["○", "〇", "◯"].contains(&fold(&mark.raw).as_str());
    let filled = chosen.iter().filter(|mark| is_filled(mark)).count();
    let rings = chosen.iter().filter(|mark| is_ring(mark)).count();
    if filled == 1 && filled + rings == chosen.len() {
        chosen.retain(is_filled);
    }
}

/// The words that a text names: `維持`, `1.維持`, `①維持`, `1`; with check boxes (`□維持 ☑修正`) those that are
/// checked. A number and a word that disagree name two; an unknown word makes the whole text unknown.
pub(super) fn named(text: &str, template: &Template) -> Vec<ChoiceId> {
    let whole = one_word(text, template);
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
        let ids = one_word(word, template);
        if ids.is_empty() {
            return ids;
        }
        named.extend(ids);
    }
    named.sort_unstable();
    named.dedup();
    named
}

fn one_word(text: &str, template: &Template) -> Vec<ChoiceId> {
    let find =
        |test: &dyn Fn(&Disposition) -> bool| template.dispositions.iter().position(test).map(ChoiceId);
    let folded = plain(&fold(text));
    let is_word = |folded: &str, d: &Disposition| {
        [&d.label, &d.print].into_iter().chain(&d.aliases).any(|word| fold(word) == folded)
    };
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

/// The vocabulary as the list prints it.
fn choices(template: &Template) -> Choices {
    template.dispositions.iter().map(|disposition| &disposition.print).collect()
}

/// The heading of the dispositions' column.
fn column(template: &Template) -> Quoted {
    template.heading(Field::Disposition).into()
}

fn missing(origin: Origin, chosen: HowChosen, template: &Template) -> Finding {
    let problem =
        Problem::DispositionMissing { column: column(template), chosen, choices: choices(template) };
    Finding::new(problem, origin)
}

fn unknown(text: &str, origin: &Origin, chosen: HowChosen, template: &Template) -> Finding {
    let labels: Vec<&str> = template.dispositions.iter().map(|it| it.label.as_str()).collect();
    let near =
        nearest(text, &labels).and_then(|near| template.dispositions.iter().find(|it| it.label == near));
    let problem = Problem::DispositionUnknown {
        column: column(template),
        text: text.into(),
        chosen,
        choices: choices(template),
        near: near.map(|it| (&it.print).into()),
    };
    Finding::new(problem, origin.clone())
}

fn ambiguous(chosen: &[Chosen], template: &Template) -> Finding {
    let last = &chosen[chosen.len() - 1];
    let by_marks = chosen.iter().any(|it| it.origin != last.origin);
    let problem = Problem::DispositionAmbiguous {
        column: column(template),
        chosen: if by_marks { HowChosen::ByMarks } else { HowChosen::InWords },
        text: (&last.raw).into(),
        meanings: chosen.iter().map(|it| &template.disposition(it.id).print).collect(),
        choices: choices(template),
    };
    Finding::new(problem, last.origin.clone())
}

/// What the chosen disposition demands: a new target, a reason, or neither.
pub(super) fn check(row: &Record, template: &Template, findings: &mut Vec<Finding>) {
    let Some(chosen) = &row.disposition else { return };
    let rule = template.disposition(chosen.id);
    let print = || Quoted::from(&rule.print);
    let heading = |field| Quoted::from(template.heading(field));
    match (rule.new_target, &row.new_target) {
        (Need::Required, None) => {
            let wanted = heading(Field::NewTarget);
            let problem =
                Problem::NewTargetMissing { disposition: print(), column: column(template), wanted };
            findings.push(Finding::new(problem, chosen.origin.clone()));
        }
        (Need::Forbidden, Some(value)) => {
            let problem = Problem::NewTargetUnexpected {
                disposition: print(),
                column: column(template),
                unwanted: heading(Field::NewTarget),
                text: (&value.text).into(),
            };
            findings.push(Finding::new(problem, value.origin.clone()));
        }
        _ => {}
    }
    match (rule.reason, &row.reason) {
        (Need::Required, None) => {
            let problem = Problem::ReasonMissing { disposition: print(), wanted: heading(Field::Reason) };
            let origin = row.new_target.as_ref().map_or(&chosen.origin, |value| &value.origin);
            findings.push(Finding::new(problem, origin.clone()));
        }
        (Need::Forbidden, Some(reason)) => {
            let problem = Problem::ReasonUnexpected {
                disposition: print(),
                column: column(template),
                unwanted: heading(Field::Reason),
                text: (&reason.text).into(),
            };
            findings.push(Finding::new(problem, reason.origin.clone()));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_vocabulary_are_recognised() {
        let template = Template::parse(
            "city",
            r#"
            document.title = "一覧"
            dispositions = [
                { code = "1", label = "維持" }, { code = "2", label = "修正", aliases = ["見直し"] }, { code = "3", label = "削除" },
            ]
            columns = [{ title = "取扱", fields = ["disposition"], width = 4 }]
            "#,
        )
        .unwrap();
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
            let mut ids: Vec<usize> = named(text, &template).iter().map(|id| id.0).collect();
            ids.sort_unstable();
            assert_eq!(ids, expected, "{text}");
        }
    }
}
