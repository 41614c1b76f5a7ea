//! Errors: why a run could not happen at all, as opposed to trouble with its data.

use crate::diagnostic::{Lang, Message};
use std::fmt;
use std::path::Path;

/// What kind of obstacle it is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Wrong use of the command or a wrong template.
    Usage,
    /// The file system said no.
    Io,
}

/// A run, or one document of it, that could not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        }
    }
}

impl Error {
    /// Wrong use or a wrong template.
    pub fn usage(message: Message) -> Self {
        Self { kind: ErrorKind::Usage, message }
    }

    /// A failed operation of the file system on a path.
    pub fn io(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display();
        let hint = match error.kind() {
            std::io::ErrorKind::PermissionDenied => (
                "（書き込み権限と、Excelなどで開いたままになっていないかを確かめてください）",
                " (check the permissions, and that no other program holds the file open)",
            ),
            _ => ("", ""),
        };
        Self {
            kind: ErrorKind::Io,
            message: crate::diagnostic::message(
                format!("{path}: {error}{}", hint.0),
                format!("{path}: {error}{}", hint.1),
            ),
        }
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
