//! The words of a field of choices, as departments write them.

use super::lexicon::Lexicon;
use crate::japanese::{fold, leading_number};
use crate::model::{ChoiceId, Field, Role};
use crate::template::{Choice, Need, Template};

/// The words of a field's vocabulary, folded.
pub(super) struct Vocabulary {
    pub(super) field: Field,
    pub(super) labels: Vec<String>,
    pub(super) prints: Vec<String>,
    /// What each demands of a new target and of a reason.
    needs: Vec<[Need; 2]>,
}

impl Vocabulary {
    pub(super) fn of(field: Field, template: &Template) -> Self {
        let choices = &template.field(field).choices;
        let folded = |word: fn(&Choice) -> &String| choices.iter().map(|it| fold(word(it))).collect();
        let needs = choices.iter().map(|it| [it.new_target, it.reason]).collect();
        Self { field, labels: folded(|it| &it.label), prints: folded(|it| &it.print), needs }
    }

    pub(super) fn has(&self, text: &str) -> bool {
        let folded = fold(text);
        self.labels.iter().chain(&self.prints).any(|word| *word == folded)
    }

    /// What a word demands of a new target or a reason; none if it is no word of these.
    pub(super) fn need(&self, text: &str, role: Role) -> Option<Need> {
        let folded = fold(text);
        let is_word = |at: &usize| self.labels[*at] == folded || self.prints[*at] == folded;
        let at = (0..self.labels.len()).find(is_word)?;
        match role {
            Role::NewTarget => Some(self.needs[at][0]),
            Role::Reason => Some(self.needs[at][1]),
            _ => None,
        }
    }
}

impl Lexicon {
    /// Whether a text is a word of a vocabulary, with or without its number.
    pub(super) fn is_of_vocabulary(&self, text: &str) -> bool {
        self.vocabularies.iter().any(|words| words.has(text))
    }

    /// Whether a text is an option of a form: a word of a vocabulary, and none of its signs (`◎`).
    pub(super) fn is_option(&self, text: &str) -> bool {
        text.contains(char::is_alphanumeric) && self.is_of_vocabulary(text)
    }

    /// Whether a text says words of a field's vocabulary, with or without their numbers.
    pub(super) fn is_of_vocabulary_of(&self, field: Field, text: &str) -> bool {
        let mut own = self.vocabularies.iter().filter(|words| words.field == field);
        own.any(|words| words.has(text) || leading_number(text).is_some_and(|(_, rest)| words.has(rest)))
    }

    /// What a chosen disposition demands of a new target or a reason.
    pub(super) fn need(&self, chosen: &str, role: Role) -> Option<Need> {
        let field = self.role(Role::Disposition)?;
        let words = self.vocabularies.iter().find(|words| words.field == field)?;
        words.need(chosen, role).or_else(|| words.need(leading_number(chosen)?.1, role))
    }

    /// The label of an option.
    pub(super) fn label(&self, field: Field, id: ChoiceId) -> Option<&str> {
        let words = self.vocabularies.iter().find(|words| words.field == field)?;
        words.labels.get(id.0).map(String::as_str)
    }

    /// Whether a text has all words of a field's vocabulary, as a form's options beside their signs.
    pub(super) fn lists_options(&self, field: Field, text: &str) -> bool {
        let folded = fold(text);
        let mut own = self.vocabularies.iter().filter(|words| words.field == field);
        own.any(|words| words.labels.len() > 1 && words.labels.iter().all(|label| folded.contains(label)))
    }

    /// The fields of choices.
    pub(super) fn choice_fields(&self) -> impl Iterator<Item = Field> {
        self.vocabularies.iter().map(|words| words.field)
    }
}
