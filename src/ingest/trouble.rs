//! The sentences for files and sheets that cannot be read.

use super::excess::{Excess, Size};
use super::limits::mib;
use crate::finding::{Code, Finding, Message, message};
use crate::model::Origin;

/// Why reading a file or a sheet ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The content contradicts itself; the library's own words.
    Damaged(String),
    /// A password is needed.
    Encrypted,
    /// Above a limit.
    TooLarge(Excess),
    /// The process that tried the file out died of it.
    Crashed,
    /// No process for trying the file out could be started; the system's own words.
    Untasted(String),
}

impl Refusal {
    /// Above a limit, by how much at least.
    pub(super) fn too_large(size: Size, found: u64, most: u64) -> Self {
        Self::TooLarge(Excess { size, found, most })
    }

    /// Above a limit in MiB, by how many bytes at least.
    pub(super) fn too_many_bytes(size: Size, found: u64, most: u64) -> Self {
        Self::too_large(size, found / mib(1), most)
    }

    /// The finding for the whole file.
    pub(super) fn at_file(&self, file: &str) -> Finding {
        self.at(Origin::of_file(file))
    }

    /// The finding for a file or for one of its sheets.
    pub(super) fn at(&self, origin: Origin) -> Finding {
        match self {
            Self::Damaged(detail) => Finding::new(
                Code::FileUnreadable,
                origin,
                message(
                    format!("ファイルが壊れていて読めません（{detail}）"),
                    format!("the file is damaged and cannot be read ({detail})"),
                ),
                save_again(),
            ),
            Self::Encrypted => Finding::new(
                Code::FileEncrypted,
                origin,
                message("パスワードで保護されています", "the file is protected by a password"),
                message(
                    "Excelで開き、パスワードを外して.xlsx形式で保存し直してください（Excelがパスワードを聞かずに開く場合も、保存し直せば読めます）",
                    "open it in Excel, remove the password and save it again as .xlsx (if Excel opens it without asking, saving it again is enough)",
                ),
            ),
            Self::TooLarge(excess) => {
                Finding::new(Code::SheetTooLarge, origin, excess.message(), excess.hint())
            }
            Self::Crashed => Finding::new(
                Code::FileUnreadable,
                origin,
                message(
                    "ファイルが壊れていて、読み取りの途中で異常終了しました（ほかのファイルには影響しません）",
                    "the file is damaged: reading it crashed (no other file is affected)",
                ),
                save_again(),
            ),
            Self::Untasted(detail) => Finding::new(
                Code::FileUnreadable,
                origin,
                message(
                    format!(
                        "この形式のファイルは別のプロセスで試してから読みますが、そのプロセスを起動できませんでした（{detail}）"
                    ),
                    format!(
                        "files of this format are tried out in another process first, which could not be started ({detail})"
                    ),
                ),
                message(
                    "もう一度実行してください。繰り返す場合は、Excelで.xlsx形式に保存し直してください",
                    "run the command again; if that does not help, save the file again as .xlsx",
                ),
            ),
        }
    }
}

/// What to do about a damaged file.
pub(super) fn save_again() -> Message {
    message(
        "Excelで開けるか確かめ、開ければ.xlsx形式で保存し直し、開けなければ提出元に再送を依頼してください",
        "see whether Excel opens it: if so, save it again as .xlsx; if not, ask the department to send it again",
    )
}
