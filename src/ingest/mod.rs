//! Files to sheets: the only place that names calamine, and beside it zip, quick-xml, `encoding_rs` and
//! `msoffice-crypto`.
//!
//! A file goes through three hands. `sniff` looks at its content (a file's name proves nothing) and says which
//! format it is or why it is none. The format's own file reads it, within the template's limits. `cell` and
//! `number` turn every stored value into the text that Excel shows. What cannot be read becomes a finding.
//! Nothing of a file is ever written to a path that it names: archives are read in memory, member by member.

mod archive;
mod axis;
mod biff;
mod book;
mod cell;
mod compound;
mod csv;
mod date;
mod directory;
mod format;
mod legible;
mod limits;
mod litter;
mod looks;
mod markup;
mod number;
mod numerals;
mod objects;
mod ods;
mod package;
#[cfg_attr(not(feature = "default-password"), path = "no_password.rs")]
mod password;
mod records;
mod runs;
mod sniff;
mod sst;
mod stored;
mod survey;
mod trouble;
mod xf;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use litter::is_litter;
pub use sniff::is_packed;
pub use survey::{CellFacts, Look, SheetFacts, Survey, TextFacts, survey};

use crate::finding::{Finding, Noted};
use crate::model::{Eras, Limits, RawSheet};
use archive::Archive;
use serde::{Deserialize, Serialize};
use sniff::Found;
use std::panic::{AssertUnwindSafe, catch_unwind};
use trouble::Refusal;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InputFormat {
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

impl InputFormat {
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
}

/// Who reads files: [`read`] does, and so does a caller's worker, which may die of one.
pub type FileReader<'r> = &'r (dyn Fn(&[u8], &str, &Limits, &Eras) -> Noted<Vec<RawSheet>> + Sync);

/// Reads one file: its sheets, hidden ones too, each cell the text that Excel would show.
///
/// `file` is the path below the document's input folder with `/` between folders; origins state it, and its
/// extension decides where the content alone cannot (delimited text); `eras` are those that number formats show. Never panics; all trouble is reported,
/// and the sheets of the value are usable as far as they go. A hostile file that is packed ([`is_packed`]) can end the
/// process: a caller that must not die of one has another process read it.
pub fn read(bytes: &[u8], file: &str, limits: &Limits, eras: &Eras) -> Noted<Vec<RawSheet>> {
    match sniff::sniff(bytes, file, limits) {
        Ok(found) => read_as(found, bytes, file, limits, eras),
        Err(finding) => nothing(*finding),
    }
}

/// What is to be said of a file that was not read because it is longer than one file or all files may be; `head`
/// is how it begins, `len` its length in bytes.
pub fn refuse(head: &[u8], file: &str, len: u64, limits: &Limits) -> Finding {
    sniff::too_large(head, file, len, limits)
}

/// Reads the content as the format that it was found to be. A library that panics on a damaged file must not
/// take the other departments' files down.
fn read_as(
    (format, mut archive): Found<'_>,
    bytes: &[u8],
    file: &str,
    limits: &Limits,
    eras: &Eras,
) -> Noted<Vec<RawSheet>> {
    let reading = catch(|| match (format, &mut archive) {
        (InputFormat::Xlsx, Some(archive)) => xlsx::read(archive, file, limits, eras),
        (InputFormat::Xlsb, Some(archive)) => xlsb::read(archive, file, limits, eras),
        (InputFormat::Ods, Some(archive)) => ods::read(archive, file, limits),
        (InputFormat::Encrypted, _) => read_encrypted(bytes, file, limits, eras),
        (InputFormat::Xls, _) => xls::read(bytes, file, limits, eras),
        (InputFormat::Csv, _) => Ok(csv::read(bytes, file, limits)),
        (InputFormat::Xlsx | InputFormat::Xlsb | InputFormat::Ods, None) => {
            unreachable!("these are archives")
        }
    });
    let mut noted = match reading {
        Some(Ok(noted)) => noted,
        Some(Err(stop)) => nothing(stop.at_file(file)),
        None => nothing(Refusal::Damaged("calamine".into()).at_file(file)),
    };
    // Parts are read as far as they go in many places; that one of them is damaged is said in any case.
    if let Some(trouble) = archive.as_ref().and_then(Archive::trouble) {
        let finding = trouble.at_file(file);
        if noted.findings.iter().all(|said| said.problem != finding.problem) {
            noted.findings.push(finding);
        }
    }
    noted
}

/// Decrypts a package and reads it; one that is encrypted twice is no workbook.
fn read_encrypted(
    bytes: &[u8],
    file: &str,
    limits: &Limits,
    eras: &Eras,
) -> Result<Noted<Vec<RawSheet>>, Refusal> {
    let package = password::open_package(bytes)?;
    match sniff::sniff(&package, file, limits) {
        Ok(found @ (InputFormat::Xlsx | InputFormat::Xlsb, _)) => {
            Ok(read_as(found, &package, file, limits, eras))
        }
        Ok(_) => Err(Refusal::Damaged("EncryptedPackage".into())),
        Err(finding) => Ok(nothing(*finding)),
    }
}

/// Runs a reader; `None` if it panicked. What its process says of a panic is the caller's.
fn catch<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

fn nothing(finding: Finding) -> Noted<Vec<RawSheet>> {
    Noted { value: Vec::new(), findings: vec![finding] }
}
