//! Labels in a joint cell: `新たな目標値：60人　理由：…`, `【理由】…【目標値】…`.

use super::joint::{Joint, split_bare, tidy};
use crate::japanese::is_space;
use crate::model::Eras;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Value,
    Time,
    Reason,
}

/// Longer ones first where one begins with another.
const LABELS: [(&str, Kind); 20] = [
    ("新たな目標値", Kind::Value),
    ("新たな目標", Kind::Value),
    ("新目標値", Kind::Value),
    ("新目標", Kind::Value),
    ("変更後の目標値", Kind::Value),
    ("修正後の目標値", Kind::Value),
    ("目標値", Kind::Value),
    ("目標年度", Kind::Time),
    ("達成年度", Kind::Time),
    ("年度", Kind::Time),
    ("時期", Kind::Time),
    ("目標", Kind::Value),
    ("新たなKPI", Kind::Value),
    ("新たなＫＰＩ", Kind::Value),
    ("設定理由", Kind::Reason),
    ("変更理由", Kind::Reason),
    ("修正理由", Kind::Reason),
    ("削除理由", Kind::Reason),
    ("設定の理由", Kind::Reason),
    ("理由", Kind::Reason),
];

const BRACKETS: [(char, char); 7] =
    [('（', '）'), ('(', ')'), ('【', '】'), ('〔', '〕'), ('［', '］'), ('[', ']'), ('＜', '＞')];

/// A label at a place of the text.
struct Label {
    kind: Kind,
    at: usize,
    end: usize,
}

/// Splits a text by its labels; `None` if it has none, or says one thing twice.
pub(super) fn split(text: &str, eras: &Eras) -> Option<Joint> {
    let chars: Vec<char> = text.chars().collect();
    let labels = labels(&chars);
    let head = segment(&chars[..labels.first()?.at]);
    let mut joint = Joint::default();
    let ends = labels.iter().skip(1).map(|label| label.at).chain([chars.len()]);
    for (label, end) in labels.iter().zip(ends) {
        let words = segment(&chars[label.end..end]);
        let place = match label.kind {
            Kind::Value => &mut joint.value,
            Kind::Time => &mut joint.time,
            Kind::Reason => &mut joint.reason,
        };
        if words.is_empty() || place.replace(words).is_some() {
            return None;
        }
    }
    if !head.is_empty() {
        add(&mut joint, split_bare(&head, eras))?;
    }
    if let Some(value) = joint.value.take() {
        let own = split_bare(&value, eras);
        if own.value.is_none() {
            joint.value = Some(value);
        } else {
            add(&mut joint, own)?;
        }
    }
    Some(joint)
}

/// Adds what an unlabelled piece says; `None` if it says something anew.
fn add(joint: &mut Joint, own: Joint) -> Option<()> {
    let places =
        [(&mut joint.time, own.time), (&mut joint.value, own.value), (&mut joint.reason, own.reason)];
    for (place, words) in places {
        if let Some(words) = words
            && place.replace(words).is_some()
        {
            return None;
        }
    }
    Some(())
}

fn labels(chars: &[char]) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let after_label = found.last().is_some_and(|label: &Label| label.end == at);
        let is_start =
            at == 0 || after_label || is_space(chars[at - 1]) || "／/。、）】".contains(chars[at - 1]);
        // A label in brackets begins wherever it stands.
        let bracketed = BRACKETS.iter().any(|(open, _)| *open == chars[at]);
        let label = if is_start || bracketed { label(chars, at) } else { None };
        match label {
            Some((kind, end)) => {
                found.push(Label { kind, at, end });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The label at a place: in brackets, or before a colon.
fn label(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let bracket = BRACKETS.iter().find(|(open, _)| *open == chars[at]).map(|(_, close)| *close);
    let start = at + usize::from(bracket.is_some());
    let is_colon = |at: usize| chars.get(at).is_some_and(|c| matches!(c, '：' | ':'));
    LABELS.iter().find_map(|(word, kind)| {
        let end = start + word.chars().count();
        let here = chars.get(start..end)?.iter().copied().eq(word.chars());
        let end = match bracket {
            Some(close) => (chars.get(end) == Some(&close)).then(|| end + 1 + usize::from(is_colon(end + 1))),
            None => is_colon(end).then_some(end + 1),
        };
        end.filter(|_| here).map(|end| (*kind, end))
    })
}

/// What stands between labels, without the signs that set it off.
fn segment(chars: &[char]) -> String {
    tidy(chars).trim_matches(|c: char| is_space(c) || matches!(c, '／' | '/' | '、' | '，')).to_owned()
}
