//! The sentences for files and sheets that cannot be read.

use super::limits;
use crate::diagnostic::{Code, Diagnostic, Message, message};
use crate::model::Origin;

/// Why reading a file or a sheet ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// The content contradicts itself; the library's own words.
    Damaged(String),
    /// A password is needed.
    Encrypted,
    /// Above one of the `limits`.
    TooLarge(Size),
}

/// Which limit was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// `limits::FILE_BYTES`.
    File,
    /// `limits::XLS_BYTES`.
    Xls,
    /// `limits::UNPACKED_BYTES`.
    Unpacked,
    /// `limits::CELLS`, `limits::TEXT_BYTES` or `limits::SHARED_TEXTS`.
    Cells,
    /// `limits::GRID_CELLS`.
    Grid,
    /// `limits::MERGES`.
    Merges,
}

impl Stop {
    /// The diagnostic for the whole file.
    pub(super) fn at_file(&self, file: &str) -> Diagnostic {
        self.at(Origin::of_file(file))
    }

    /// The diagnostic for a file or for one of its sheets.
    pub(super) fn at(&self, origin: Origin) -> Diagnostic {
        match self {
            Self::Damaged(detail) => Diagnostic::new(
                Code::FileUnreadable,
                origin,
                message(
                    format!("ファイルが壊れていて読めません（{detail}）"),
                    format!("the file is damaged and cannot be read ({detail})"),
                ),
                save_again(),
            ),
            Self::Encrypted => Diagnostic::new(
                Code::FileEncrypted,
                origin,
                message("パスワードで保護されています", "the file is protected by a password"),
                message(
                    "Excelで開き、パスワードを外して.xlsx形式で保存し直してください（Excelがパスワードを聞かずに開く場合も、保存し直せば読めます）",
                    "open it in Excel, remove the password and save it again as .xlsx (if Excel opens it without asking, saving it again is enough)",
                ),
            ),
            Self::TooLarge(size) => Diagnostic::new(Code::SheetTooLarge, origin, size.message(), size.hint()),
        }
    }
}

impl Size {
    fn message(self) -> Message {
        let mib = |bytes: usize| bytes >> 20;
        match self {
            Self::File => {
                let max = mib(limits::FILE_BYTES);
                message(
                    format!("ファイルが{max}MiBを超えています"),
                    format!("the file is larger than {max} MiB"),
                )
            }
            Self::Xls => {
                let max = mib(limits::XLS_BYTES);
                message(
                    format!(".xls形式のファイルが{max}MiBを超えています"),
                    format!("the .xls file is larger than {max} MiB"),
                )
            }
            Self::Unpacked => {
                let max = limits::UNPACKED_BYTES >> 20;
                message(
                    format!("ファイルの中身が展開すると{max}MiBを超えます"),
                    format!("the file's content unpacks to more than {max} MiB"),
                )
            }
            Self::Cells => {
                let max = limits::CELLS;
                message(
                    format!("記入のあるセルか文字が多すぎます（上限はセル{max}個）"),
                    format!("too many cells with text, or too much text (at most {max} cells)"),
                )
            }
            Self::Grid => message(
                "離れた場所に記入があり、表の範囲が大きすぎます",
                "there are entries far apart, so the used area is too large",
            ),
            Self::Merges => {
                let max = limits::MERGES;
                message(
                    format!("結合セルが{max}か所を超えています"),
                    format!("the sheet has more than {max} merged areas"),
                )
            }
        }
    }

    fn hint(self) -> Message {
        match self {
            Self::File | Self::Xls | Self::Unpacked => message(
                "画像や不要なシートを除いて.xlsx形式で保存し直してください",
                "remove pictures and sheets that are not needed, and save it again as .xlsx",
            ),
            Self::Cells | Self::Grid | Self::Merges => message(
                "様式の表だけを新しいブックに写し、.xlsx形式で保存し直してください",
                "copy the form's table alone into a new workbook and save it as .xlsx",
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
