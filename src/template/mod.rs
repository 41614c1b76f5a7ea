//! The template: everything about a document that differs from city to city, read from TOML over defaults.

mod file;
mod nearest;
mod resolve;
mod spec;

pub use nearest::nearest;
pub use spec::*;

use crate::error::{Error, ErrorKind};
use std::path::Path;

impl Template {
    /// Reads `<document>.toml`; the document's name is the file's stem.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, &e))?;
        let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        Self::parse(&id, &text).map_err(|message| Error {
            kind: ErrorKind::Usage,
            message: crate::diagnostic::message(
                format!("{}: {}", path.display(), message.ja),
                format!("{}: {}", path.display(), message.en),
            ),
        })
    }

    /// Reads a template from its text. The message of a failure names the key and, where one is near, the
    /// known key that was probably meant.
    pub fn parse(id: &str, text: &str) -> Result<Self, crate::diagnostic::Message> {
        resolve::resolve(id, &file::parse(text)?)
    }
}
