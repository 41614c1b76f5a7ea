//! Files to sheets: the only place that names calamine, and beside it zip, quick-xml and `encoding_rs`.
//!
//! A file goes through three hands. `sniff` looks at its content (a file's name proves nothing) and says which
//! format it is or why it is none. The format's own file reads it, within the sizes of `limits`. `cell` and
//! `number` turn every stored value into the text that Excel shows. What cannot be read becomes a diagnostic.

mod archive;
mod biff;
mod book;
mod cell;
mod compound;
mod csv;
mod date;
mod files;
mod format;
pub mod limits;
mod number;
mod numerals;
mod ods;
mod package;
mod quiet;
mod runs;
mod sniff;
mod sst;
mod trouble;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use files::{InputFile, walk};
pub use quiet::quiet_caught_panics;

use crate::diagnostic::{Diagnostic, Noted};
use crate::model::RawSheet;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, with or without macros (xlsx, xlsm).
    Xlsx,
    /// Office Open XML in its binary form.
    Xlsb,
    /// Excel 97–2003.
    Xls,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Delimited text.
    Csv,
}

/// Reads one file: its sheets, hidden ones too, each cell the text that Excel would show.
///
/// `file` is the path below the document's input folder with `/` between folders; origins state it, and its
/// extension decides where the content alone cannot (delimited text). Never panics; all trouble is reported,
/// and the sheets of the value are usable as far as they go.
pub fn read(bytes: &[u8], file: &str) -> Noted<Vec<RawSheet>> {
    match sniff::sniff(bytes, file) {
        Ok(format) => read_as(format, bytes, file),
        Err(diagnostic) => nothing(*diagnostic),
    }
}

/// Reads the content as the format that it was found to be. A library that panics on a damaged file must not
/// take the other departments' files down.
fn read_as(format: Format, bytes: &[u8], file: &str) -> Noted<Vec<RawSheet>> {
    let reading = quiet::catch(|| match format {
        Format::Xlsx => xlsx::read(bytes, file),
        Format::Xlsb => xlsb::read(bytes, file),
        Format::Xls => xls::read(bytes, file),
        Format::Ods => ods::read(bytes, file),
        Format::Csv => Ok(csv::read(bytes, file)),
    });
    match reading {
        Some(Ok(noted)) => noted,
        Some(Err(stop)) => nothing(stop.at_file(file)),
        None => nothing(trouble::Stop::Damaged("calamine".into()).at_file(file)),
    }
}

fn nothing(diagnostic: Diagnostic) -> Noted<Vec<RawSheet>> {
    Noted { value: Vec::new(), diagnostics: vec![diagnostic] }
}
