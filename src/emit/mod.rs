//! The editions: each format turns values into bytes and knows only its own syntax.

pub mod csv;
pub mod html;
pub mod json;
pub mod pdf;
pub mod stamp;
pub mod xlsx;

pub use stamp::Stamp;

use crate::template::Edition;

/// Ground of the header cells, red, green and blue alike: light enough for a photocopier.
const HEADER_GROUND: u8 = 0xF2;

/// A file of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The official workbook.
    Xlsx,
    /// The official pages.
    Pdf,
    /// The list as a web page.
    Html,
    /// The list as rows of data.
    Csv,
    /// The list with everything that is known of it.
    Json,
}

impl Format {
    /// Every file, in the order in which they are written.
    pub const ALL: [Self; 5] = [Self::Xlsx, Self::Pdf, Self::Html, Self::Csv, Self::Json];

    /// The files of some editions, in the order in which they are written.
    pub fn of(editions: &[Edition]) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| editions.contains(&format.edition()))
    }

    /// The edition that the file belongs to.
    pub fn edition(self) -> Edition {
        match self {
            Self::Xlsx => Edition::Xlsx,
            Self::Pdf => Edition::Pdf,
            Self::Html => Edition::Html,
            Self::Csv => Edition::Data,
            Self::Json => Edition::Json,
        }
    }

    /// What the file is, as mail and the web name it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }

    /// The file's name in the output folder of a document.
    pub fn file_name(self, document: &str) -> String {
        match self {
            Self::Xlsx => format!("{document}.xlsx"),
            Self::Pdf => format!("{document}.pdf"),
            Self::Html => format!("{document}.html"),
            Self::Csv => format!("{document}.csv"),
            Self::Json => format!("{document}.json"),
        }
    }
}
