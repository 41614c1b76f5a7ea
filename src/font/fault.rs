//! Why a font file cannot be used.

use crate::finding::{Message, message};

/// Why a font file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontFault {
    /// Not a font that kaitei can read: of another format, damaged, or without the tables that it needs.
    Unreadable,
    /// The collection has no font of this number.
    NoSuchFont {
        /// The number asked for.
        index: u32,
        /// How many there are.
        count: u32,
    },
    /// Its glyphs are no outlines (bitmap and colour fonts).
    NoOutlines,
    /// A variable font: its file says many weights, and which of them is meant is not said.
    Variable,
    /// Its maker does not allow that documents carry it, or parts of it.
    Forbidden,
}

impl FontFault {
    /// What is wrong, for the user.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable => message(
                "TrueType・OpenTypeのフォント（.ttf .otf .ttc）として読めません",
                "it cannot be read as a TrueType or OpenType font (.ttf, .otf, .ttc)",
            ),
            Self::NoSuchFont { index, count } => message(
                format!("#{index} のフォントはありません（#0 から #{} まで）", count.saturating_sub(1)),
                format!("it has no font #{index} (there are #0 to #{})", count.saturating_sub(1)),
            ),
            Self::NoOutlines => message(
                "輪郭のないフォント（ビットマップやカラー絵文字）は使えません",
                "a font without outlines (bitmap or colour) cannot be used",
            ),
            Self::Variable => message(
                "可変フォントは使えません。太さごとに分かれたフォントファイルを指定してください",
                "a variable font cannot be used; name a font file of one weight",
            ),
            Self::Forbidden => message(
                "PDFへの埋め込みが許可されていないフォントです。埋め込みのできるフォントを指定してください",
                "its licence bits forbid to embed it, or a part of it, in a PDF; name a font that may be embedded",
            ),
        }
    }
}
