//! The editions: each format turns values into bytes and knows only its own syntax.

pub mod csv;
pub mod json;
pub mod pdf;
pub mod stamp;
pub mod xlsx;

pub use stamp::Stamp;

/// An edition of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The official workbook.
    Xlsx,
    /// The official pages.
    Pdf,
    /// The list as rows of data.
    Csv,
    /// The list with everything that is known of it.
    Json,
}

impl Format {
    /// Every edition, in the order in which they are written.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Pdf, Self::Csv, Self::Json];

    /// The file name's extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}
