//! Errors: why a run could not happen at all, as opposed to trouble with its data.

use crate::finding::{Lang, Message, message};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of obstacle it is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ErrorKind {
    /// Wrong use of the command or a wrong template.
    Usage,
    /// The file system said no.
    Io,
    /// Another kaitei is at work on the project.
    Busy,
    /// Kaitei itself is wrong.
    Bug,
}

/// A run, or one document of it, that could not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    /// What kind of obstacle.
    pub kind: ErrorKind,
    /// What is wrong, in both languages.
    pub message: Message,
}

impl ErrorKind {
    /// The name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Io => "io",
            Self::Busy => "busy",
            Self::Bug => "bug",
        }
    }
}

impl Error {
    /// Wrong use or a wrong template.
    pub fn usage(message: Message) -> Self {
        Self { kind: ErrorKind::Usage, message }
    }

    /// Another kaitei is at work on the project.
    pub fn busy(message: Message) -> Self {
        Self { kind: ErrorKind::Busy, message }
    }

    /// A panic, with what it said.
    pub fn bug(said: &str) -> Self {
        let message = message(
            format!(
                "プログラムの不具合です（{said}）。表示された内容を開発者にお知らせください。調査票は添付しないでください"
            ),
            format!(
                "kaitei itself is wrong here ({said}); please report what is shown here; attach no file of a department"
            ),
        );
        Self { kind: ErrorKind::Bug, message }
    }

    /// The sentence in one language.
    pub fn text(&self, lang: Lang) -> &str {
        self.message.text(lang)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl std::error::Error for Error {}
