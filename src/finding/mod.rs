//! Findings: what is wrong with the data, at which cell, and what to do about it.

mod code;

pub use code::Code;

use crate::model::Origin;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A sentence in both languages that kaitei speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nobody needs to do anything: the planning section has decided about it.
    Note,
    /// The document is built; a person should look at the cell.
    Warning,
    /// The document is not built.
    Error,
}

/// Trouble with data. It never aborts: the stage goes on and reports everything that it finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub code: Code,
    /// The rule's own severity, or the template's.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub hint: Message,
    /// Where.
    pub origin: Origin,
    /// Why it may stand, if somebody has looked at it: then it is a note.
    pub accepted: Option<String>,
}

/// A value together with what was noticed while it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted<T> {
    /// The value; usable as far as it goes even if there are errors.
    pub value: T,
    /// In the order in which they were found.
    pub findings: Vec<Finding>,
}

/// Makes a bilingual message.
pub fn message(ja: impl Into<String>, en: impl Into<String>) -> Message {
    Message { ja: ja.into(), en: en.into() }
}

impl Lang {
    /// Of two, Japanese first, the one in this language.
    pub fn pick<T>(self, (ja, en): (T, T)) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

impl Severity {
    /// In words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Error => lang.pick(("誤り", "error")),
            Self::Warning => lang.pick(("警告", "warning")),
            Self::Note => lang.pick(("確認済み", "note")),
        }
    }
}

impl Message {
    /// The sentence in one language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

impl Finding {
    /// A finding with its code's own severity.
    pub fn new(code: Code, origin: Origin, message: Message, hint: Message) -> Self {
        Self { code, severity: code.severity(), message, hint, origin, accepted: None }
    }
}

impl<T> Noted<T> {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

/// What a cell says must not steer a terminal or a page: control characters and direction overrides are shown as `�`.
pub fn harmless(c: char) -> char {
    let steers = c.is_control() && c != '\n';
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if steers || turns { char::REPLACEMENT_CHARACTER } else { c }
}

/// Whether any finding is an error.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|d| d.severity == Severity::Error)
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
