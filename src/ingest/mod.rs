//! Files to sheets: the only place that names calamine, and beside it zip, quick-xml, `encoding_rs` and
//! `msoffice-crypto`.
//!
//! A file goes through three hands. `sniff` looks at its content (a file's name proves nothing) and says which
//! format it is or why it is none. The format's own file reads it, within the template's limits. `cell` and
//! `number` turn every stored value into the text that Excel shows. What cannot be read becomes a diagnostic.
//! Nothing of a file is ever written to a path that it names: archives are read in memory, member by member.

mod archive;
mod biff;
mod book;
mod cell;
mod compound;
mod csv;
mod date;
mod excess;
mod files;
mod format;
mod limits;
mod number;
mod numerals;
mod ods;
mod package;
#[cfg_attr(not(feature = "default-password"), path = "no_password.rs")]
mod password;
mod quiet;
mod runs;
mod sniff;
mod sst;
mod survey;
mod taste;
mod trouble;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use files::{InputFile, is_litter, walk};
pub use quiet::quiet_caught_panics;
pub use survey::{CellFacts, Look, Object, ObjectKind, SheetFacts, Survey, TextFacts, survey};
pub use taste::{COMMAND as TASTE, Taster};

use crate::diagnostic::{Diagnostic, Noted};
use crate::model::{Limits, RawSheet};
use sniff::Found;
use trouble::Stop;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, with or without macros (xlsx, xlsm).
    Xlsx,
    /// Office Open XML in its binary form.
    Xlsb,
    /// One of these, encrypted.
    Encrypted,
    /// Excel 97–2003.
    Xls,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Delimited text.
    Csv,
}

impl Format {
    /// What the names of its files end in; of encrypted ones, what they hold.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx | Self::Encrypted => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }

    /// Whether its library believes what a file says of its own sizes.
    fn is_risky(self) -> bool {
        match self {
            Self::Xlsb | Self::Encrypted | Self::Xls => true,
            Self::Xlsx | Self::Ods | Self::Csv => false,
        }
    }
}

/// Reads one file: its sheets, hidden ones too, each cell the text that Excel would show.
///
/// `file` is the path below the document's input folder with `/` between folders; origins state it, and its
/// extension decides where the content alone cannot (delimited text). Never panics; all trouble is reported,
/// and the sheets of the value are usable as far as they go. A hostile file of a risky format can end the process:
/// [`read_tasted`] is for them.
pub fn read(bytes: &[u8], file: &str, limits: &Limits) -> Noted<Vec<RawSheet>> {
    match sniff::sniff(bytes, file, limits) {
        Ok(found) => read_as(found, bytes, file, limits),
        Err(diagnostic) => nothing(*diagnostic),
    }
}

/// Reads one file as [`read`] does, but lets another process try it out first if its format is a risky one.
pub fn read_tasted(bytes: &[u8], file: &str, limits: &Limits, taster: &Taster) -> Noted<Vec<RawSheet>> {
    match sniff::sniff(bytes, file, limits) {
        Ok(found) if found.0.is_risky() => match taster.taste(bytes, limits) {
            Ok(()) => read_as(found, bytes, file, limits),
            Err(stop) => nothing(stop.at_file(file)),
        },
        Ok(found) => read_as(found, bytes, file, limits),
        Err(diagnostic) => nothing(*diagnostic),
    }
}

/// What is to be said of a file that was not read because it is longer than one file or all files may be; `head`
/// is how it begins, `len` its length in bytes.
pub fn refuse(head: &[u8], file: &str, len: u64, limits: &Limits) -> Diagnostic {
    sniff::too_large(head, file, len, limits)
}

/// Reads the content as the format that it was found to be. A library that panics on a damaged file must not
/// take the other departments' files down.
fn read_as((format, archive): Found<'_>, bytes: &[u8], file: &str, limits: &Limits) -> Noted<Vec<RawSheet>> {
    let reading = quiet::catch(|| match (format, archive) {
        (Format::Xlsx, Some(archive)) => xlsx::read(bytes, archive, file, limits),
        (Format::Xlsb, Some(archive)) => xlsb::read(bytes, archive, file, limits),
        (Format::Ods, Some(archive)) => ods::read(archive, file, limits),
        (Format::Encrypted, _) => read_encrypted(bytes, file, limits),
        (Format::Xls, _) => xls::read(bytes, file, limits),
        (Format::Csv, _) => Ok(csv::read(bytes, file, limits)),
        (Format::Xlsx | Format::Xlsb | Format::Ods, None) => unreachable!("these are archives"),
    });
    match reading {
        Some(Ok(noted)) => noted,
        Some(Err(stop)) => nothing(stop.at_file(file)),
        None => nothing(Stop::Damaged("calamine".into()).at_file(file)),
    }
}

/// Decrypts a package and reads it; one that is encrypted twice is no workbook.
fn read_encrypted(bytes: &[u8], file: &str, limits: &Limits) -> Result<Noted<Vec<RawSheet>>, Stop> {
    let package = password::open_package(bytes)?;
    match sniff::sniff(&package, file, limits) {
        Ok(found @ (Format::Xlsx | Format::Xlsb, _)) => Ok(read_as(found, &package, file, limits)),
        Ok(_) => Err(Stop::Damaged("EncryptedPackage".into())),
        Err(diagnostic) => Ok(nothing(*diagnostic)),
    }
}

fn nothing(diagnostic: Diagnostic) -> Noted<Vec<RawSheet>> {
    Noted { value: Vec::new(), diagnostics: vec![diagnostic] }
}
