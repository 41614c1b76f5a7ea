//! Masking: what a finding quotes of a cell that is not published.

use super::Problem;
use serde_json::Value;
use std::collections::BTreeSet;

/// What stands in the place of a text that is not published.
pub(super) const MASK: &str = "（非公開）";

impl Problem {
    /// Whether it names one of these.
    pub fn says(&self, words: &[String]) -> bool {
        let mut says = false;
        each(&mut self.parameters(), &mut |text| says |= words.contains(text));
        says
    }

    /// Replaces every text that it quotes, but for words that are known from the template.
    pub fn mask(&mut self, known: &BTreeSet<String>) {
        // What is no text of a cell may be one of a closed set, whose names are ASCII.
        for keeps_ascii in [false, true] {
            let mut parameters = self.parameters();
            each(&mut parameters, &mut |text| {
                let stays = known.contains(text) || (keeps_ascii && text.is_ascii());
                if !stays {
                    MASK.clone_into(text);
                }
            });
            let masked = serde_json::json!({ "code": self.code().id(), "params": parameters });
            if let Ok(masked) = serde_json::from_value(masked) {
                *self = masked;
                return;
            }
        }
    }

    fn parameters(&self) -> Value {
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        whole.get_mut("params").map(Value::take).unwrap_or_default()
    }
}

/// Shows every text of a value but the names of files and sheets.
fn each(value: &mut Value, see: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => see(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each(value, see)),
        Value::Object(values) => {
            let told =
                values.iter_mut().filter(|(key, _)| !matches!(key.as_str(), "place" | "cell" | "origin"));
            told.for_each(|(_, value)| each(value, see));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
