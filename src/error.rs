//! Errors: why a run could not happen at all, as opposed to trouble with its data.

use crate::finding::{Lang, Message, message};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::{fmt, io};

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
                "プログラムの不具合です（{said}）。表示された内容を、プログラムの提供元へお知らせください。調査票は添付しないでください"
            ),
            format!(
                "kaitei itself is wrong here ({said}); please report what is said here, without any of the forms"
            ),
        );
        Self { kind: ErrorKind::Bug, message }
    }

    /// A failed operation of the file system on a path.
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        let (ja, en) = match error.kind() {
            io::ErrorKind::NotFound => {
                ("が見つかりません。ファイル名と場所を確認してください".to_owned(), "")
            }
            io::ErrorKind::PermissionDenied => (
                "を読み書きできません。権限と、Excelなどで開いたままになっていないかを確認してください"
                    .to_owned(),
                " (check the permissions, and that no other program holds the file open)",
            ),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (
                "に書き込む空き容量がありません。不要なファイルを消してから、もう一度実行してください"
                    .to_owned(),
                " (there is no space left; delete what is not needed and run again)",
            ),
            io::ErrorKind::ReadOnlyFilesystem => (
                "は、書き込みのできない場所にあります。書き込めるようにするか、別の場所で実行してください"
                    .to_owned(),
                " (the place is read-only; make it writable, or run elsewhere)",
            ),
            io::ErrorKind::IsADirectory => ("はフォルダーです。ファイルを指定してください".to_owned(), ""),
            io::ErrorKind::NotADirectory => {
                ("の途中に、フォルダーでないものがあります。場所を確認してください".to_owned(), "")
            }
            _ => {
                let number = error.raw_os_error().map(|number| format!("（OSのエラー番号 {number}）"));
                (format!("を読み書きできません{}", number.unwrap_or_default()), "")
            }
        };
        let message = message(format!("「{path}」{ja}"), format!("{path}: {error}{en}"));
        Self { kind: ErrorKind::Io, message }
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
