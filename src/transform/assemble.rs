//! From a draft's texts to a typed row: notation, values, joint cells, disposition.

use super::columns::Slot;
use super::disposition;
use super::rows::Draft;
use super::text::{is_no_value, normalise};
use super::value::{self, Context};
use crate::diagnostic::{Code, Diagnostic, message};
use crate::model::{Entry, Field, KpiRow, Origin, Text, Value};
use crate::template::{FieldKind, Need, Template};

/// Types the texts of one row.
pub(super) fn assemble(mut draft: Draft, template: &Template, notes: &mut Vec<Diagnostic>) -> KpiRow {
    let disposition = disposition::choose(&draft, template, notes);
    if !draft.has_reason_column {
        let takes_value = disposition
            .as_ref()
            .is_none_or(|chosen| template.disposition(chosen.id).new_target != Need::Forbidden);
        split_joint_cell(&mut draft, takes_value);
    }
    let mut texts = Texts { draft: &draft, template, notes };
    let row = KpiRow {
        groups: draft.groups.iter().map(|(raw, origin)| texts.typed(raw, origin)).collect(),
        indicator: texts.text(Field::Indicator).unwrap_or_else(|| texts.typed("", &draft.origin)),
        project_no: texts.text(Field::ProjectNo),
        baseline: texts.value(Field::Baseline),
        target: texts.value(Field::Target),
        disposition,
        new_target: texts.value(Field::NewTarget),
        reason: texts.text(Field::Reason),
        extras: (0..template.extras.len()).map(|i| texts.entry(Field::Extra(i))).collect(),
        origin: draft.origin.clone(),
    };
    if let Some(level) = row.groups.iter().position(|group| group.text.is_empty()) {
        notes.push(group_missing(&row, &template.groups[level].words, &template.groups[level].key));
    }
    row
}

/// `（R2年度）3園／理由` in one cell becomes three. A cell without such a frame is the reason where the
/// disposition takes no value, else the value.
fn split_joint_cell(draft: &mut Draft, takes_value: bool) {
    let Some((raw, origin)) = draft.cells.remove(&Slot::Field(Field::NewTarget)) else { return };
    let joint = value::split_joint(&raw);
    let mut put = |slot: Slot, text: Option<String>| {
        if let Some(text) = text {
            draft.cells.entry(slot).or_insert((text, origin.clone()));
        }
    };
    if joint.time.is_none() && !takes_value {
        put(Slot::Field(Field::Reason), Some(raw));
    } else {
        put(Slot::Time(Field::NewTarget), joint.time);
        put(Slot::Field(Field::NewTarget), joint.value);
        put(Slot::Field(Field::Reason), joint.reason);
    }
}

/// Reads the fields of one row.
struct Texts<'a> {
    draft: &'a Draft,
    template: &'a Template,
    notes: &'a mut Vec<Diagnostic>,
}

impl Texts<'_> {
    fn typed(&self, raw: &str, origin: &Origin) -> Text {
        let text = flowing(&normalise(raw, self.template.notation));
        Text { raw: raw.to_owned(), text, origin: origin.clone() }
    }

    fn text(&self, field: Field) -> Option<Text> {
        let (raw, origin) = self.draft.cells.get(&Slot::Field(field))?;
        (!is_no_value(raw)).then(|| self.typed(raw, origin))
    }

    fn value(&mut self, field: Field) -> Option<Value> {
        let (raw, origin) = self.draft.cells.get(&Slot::Field(field))?;
        let time = self.draft.cells.get(&Slot::Time(field)).filter(|(text, _)| !is_no_value(text));
        let time = time.map(|(text, origin)| (text.as_str(), origin.clone()));
        let context = Context { notation: self.template.notation, base_era: self.template.base_era };
        let mut parsed = value::parse(raw, time, origin.clone(), &context);
        self.notes.append(&mut parsed.diagnostics);
        parsed.value
    }

    fn entry(&mut self, field: Field) -> Option<Entry> {
        match self.template.field(field).kind {
            FieldKind::Text => self.text(field).map(Entry::Text),
            FieldKind::Value => self.value(field).map(Entry::Value),
        }
    }
}

/// Running text without the line breaks that a narrow cell made. A break before a list's sign stays; Latin
/// words get a space in its place.
fn flowing(text: &str) -> String {
    const LIST_SIGNS: [char; 12] = ['・', '●', '○', '◆', '■', '※', '①', '②', '③', '④', '⑤', '⑥'];
    let mut flowing = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if line.starts_with(LIST_SIGNS) && !flowing.is_empty() {
            flowing.push('\n');
        } else if latin(flowing.chars().next_back()) && latin(line.chars().next()) {
            flowing.push(' ');
        }
        flowing.push_str(line);
    }
    flowing
}

fn group_missing(row: &KpiRow, words: &[String], key: &str) -> Diagnostic {
    let name = words.first().map_or(key, String::as_str);
    Diagnostic::new(
        Code::GroupMissing,
        row.origin.clone(),
        message(
            format!("「{}」の{name}が分かりません", row.indicator.text),
            format!("the {key} of `{}` is not stated", row.indicator.text),
        ),
        message(format!("この行に{name}を記入してください"), format!("enter the {key} in this row")),
    )
}

#[cfg(test)]
mod tests {
    use super::flowing;

    #[test]
    fn breaks_that_a_narrow_cell_made_are_closed() {
        for (text, expected) in [
            ("継続して\n取り組む", "継続して取り組む"),
            ("次のため。\n・一つ\n・二つ", "次のため。\n・一つ\n・二つ"),
            ("KPI\nlist", "KPI list"),
            ("", ""),
        ] {
            assert_eq!(flowing(text), expected);
        }
    }
}
