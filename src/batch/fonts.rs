//! The font files that a template names.

use crate::diagnostic::{Message, message};
use crate::error::Error;
use crate::font::{Font, Fonts};
use crate::template::{FontFile, FontSpec, Template};
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a document's fonts.
pub(super) struct FontFiles<'t> {
    template: &'t Path,
    spec: &'t FontSpec,
    /// Content by path as the template writes it.
    files: BTreeMap<&'t str, Vec<u8>>,
}

impl<'t> FontFiles<'t> {
    /// Reads the files. Paths start at the folder of the template.
    pub(super) fn read(template: &'t Template, path: &'t Path) -> Result<Self, Error> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut fonts = Self { template: path, spec: &template.fonts, files: BTreeMap::new() };
        for (key, file) in fonts.spec.files() {
            if !fonts.files.contains_key(file.path.as_str()) {
                let bytes = std::fs::read(folder.join(&file.path))
                    .map_err(|error| fonts.refused(key, file, &unreadable(&error)))?;
                fonts.files.insert(&file.path, bytes);
            }
        }
        Ok(fonts)
    }

    /// The fonts, parsed.
    pub(super) fn fonts(&self) -> Result<Fonts<'_>, Error> {
        let parse = |key: &str, file: &FontFile| {
            Font::parse(&self.files[file.path.as_str()], file.index)
                .map_err(|fault| self.refused(key, file, &fault.message()))
        };
        let one = |key, file: &Option<FontFile>| file.as_ref().map(|file| parse(key, file)).transpose();
        let FontSpec { regular, fallback, bold, bold_for } = self.spec;
        let regular = one("fonts.regular", regular)?;
        let bold = one("fonts.bold", bold)?;
        let fallback = fallback.iter().map(|file| parse("fonts.fallback", file)).collect::<Result<_, _>>()?;
        Ok(Fonts::new(regular, bold, fallback, bold_for))
    }

    /// Path and content of each file, by path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (*path, bytes.as_slice()))
    }

    fn refused(&self, key: &str, file: &FontFile, why: &Message) -> Error {
        let (template, path) = (self.template.display(), &file.path);
        Error::usage(message(
            format!("{template}: 「{key}」のフォント「{path}」: {}", why.ja),
            format!("{template}: `{key}`: the font `{path}`: {}", why.en),
        ))
    }
}

fn unreadable(error: &std::io::Error) -> Message {
    match error.kind() {
        std::io::ErrorKind::NotFound => message(
            "ファイルがありません（テンプレートのフォルダーからの位置か、絶対パスで書いてください）",
            "no such file (write its path from the template's folder, or an absolute one)",
        ),
        _ => message(format!("読めません（{error}）"), format!("it cannot be read ({error})")),
    }
}
