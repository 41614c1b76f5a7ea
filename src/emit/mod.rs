//! The formats: each format turns values into bytes and knows only its own syntax.

pub mod data;
pub mod html;
pub mod json;
pub mod pdf;
pub mod stamp;
pub mod xlsx;

pub use stamp::Stamp;

use crate::template::OutputFormat;

/// Ground of the header cells, red, green and blue alike: light enough for a photocopier.
const HEADER_GROUND: u8 = 0xF2;

/// A file of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Artifact {
    /// The official workbook.
    Xlsx,
    /// The official pages.
    Pdf,
    /// The list as a web page.
    Html,
    /// The list as text for a content management system.
    Cms,
    /// The list as rows of data.
    Csv,
    /// The values of the list, part by part.
    Values,
    /// What is said beside the values.
    Notes,
    /// The codes of the tables.
    Codes,
    /// The columns of the tables.
    Dictionary,
    /// The tables as a workbook.
    DataXlsx,
    /// The description of the tables (Data Package).
    Package,
    /// The list with everything that is known of it.
    Json,
}

impl Artifact {
    /// Every file, in the order in which they are written.
    pub const ALL: [Self; 12] = [
        Self::Xlsx,
        Self::Pdf,
        Self::Html,
        Self::Cms,
        Self::Csv,
        Self::Values,
        Self::Notes,
        Self::Codes,
        Self::Dictionary,
        Self::DataXlsx,
        Self::Package,
        Self::Json,
    ];

    /// The files of some formats, in the order in which they are written.
    pub fn of(formats: &[OutputFormat]) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| formats.contains(&format.format()))
    }

    /// The format that the file belongs to.
    pub fn format(self) -> OutputFormat {
        match self {
            Self::Xlsx => OutputFormat::Xlsx,
            Self::Pdf => OutputFormat::Pdf,
            Self::Html | Self::Cms => OutputFormat::Html,
            Self::Csv
            | Self::Values
            | Self::Notes
            | Self::Codes
            | Self::Dictionary
            | Self::DataXlsx
            | Self::Package => OutputFormat::Data,
            Self::Json => OutputFormat::Json,
        }
    }

    /// Whether it is the list as it is printed.
    pub fn is_printed(self) -> bool {
        matches!(self, Self::Xlsx | Self::Pdf)
    }

    /// What people call it, in Japanese and in English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Xlsx => ("Excelの一覧", "Workbook"),
            Self::Pdf => ("印刷用の一覧", "Printable list"),
            Self::Html => ("ウェブの一覧", "Web page"),
            Self::Cms => ("ホームページに貼る表", "Table for a web site"),
            Self::Csv => ("一覧のデータ", "Data of the list"),
            Self::Values => ("値の内訳", "Values part by part"),
            Self::Notes => ("注記", "Notes"),
            Self::Codes => ("コード表", "Codes"),
            Self::Dictionary => ("項目定義書", "Dictionary"),
            Self::DataXlsx => ("データのExcelファイル", "Workbook of data"),
            Self::Package => ("データの説明", "Description of the data"),
            Self::Json => ("すべての情報", "Everything that is known"),
        }
    }

    /// What the file is, as mail and the web name it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx | Self::DataXlsx => {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
            Self::Pdf => "application/pdf",
            Self::Html | Self::Cms => "text/html",
            Self::Csv | Self::Values | Self::Notes | Self::Codes | Self::Dictionary => "text/csv",
            Self::Package | Self::Json => "application/json",
        }
    }

    /// The file's name in the output folder of a document.
    pub fn file_name(self, document: &str) -> String {
        match self {
            Self::Xlsx => format!("{document}.xlsx"),
            Self::Pdf => format!("{document}.pdf"),
            Self::Html => format!("{document}.html"),
            Self::Cms => format!("{document}-cms.html"),
            Self::Csv => format!("{document}.csv"),
            Self::Values => format!("{document}-values.csv"),
            Self::Notes => format!("{document}-notes.csv"),
            Self::Codes => "codes.csv".to_owned(),
            Self::Dictionary => "dictionary.csv".to_owned(),
            Self::DataXlsx => format!("{document}-data.xlsx"),
            Self::Package => "datapackage.json".to_owned(),
            Self::Json => format!("{document}.json"),
        }
    }
}
/// Whether a BCP 47 language tag is one of Japanese.
pub(crate) fn is_japanese(language: &str) -> bool {
    language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("ja"))
}
