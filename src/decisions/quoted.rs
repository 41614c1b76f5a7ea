//! Text as a file of decisions quotes it, on one line: for messages and suggestions, from which it is copied.

use crate::finding::harmless;
use std::fmt::Write as _;

/// A basic string of TOML. What would steer a terminal, or is not allowed in such a string, is written as its number.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || harmless(c) != c => {
                write!(quoted, "\\u{:04X}", u32::from(c)).expect("writing to a string does not fail");
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use proptest::prelude::*;

    proptest! {
        /// It is on one line, and says what it quotes.
        #[test]
        fn what_is_quoted_is_read_back(text in any::<String>()) {
            let line = format!("text = {}", quoted(&text));
            prop_assert!(!line.contains('\n'));
            let table: toml::Table = toml::from_str(&line).unwrap();
            prop_assert_eq!(table["text"].as_str(), Some(text.as_str()));
        }
    }
}
