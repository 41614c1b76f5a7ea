//! The font files that a template names.

use super::regular;
use crate::error::Error;
use crate::finding::{Message, message};
use crate::font::{Font, Fonts};
use crate::model::Fingerprint;
use crate::template::{FontFile, FontSpec, Template};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Bytes of a font's file at most: the largest collections for Japanese have a third of it.
const MOST_BYTES: u64 = 128 << 20;

/// The font files that a run has read: each once, however many documents use it.
#[derive(Default)]
pub(super) struct FontShelf(Mutex<BTreeMap<PathBuf, Arc<FontBytes>>>);

struct FontBytes {
    bytes: Vec<u8>,
    /// Under no name: templates may name one file differently.
    print: Fingerprint,
}

impl FontShelf {
    fn take(&self, path: &Path) -> io::Result<Arc<FontBytes>> {
        // Others wait while it is read, so that it is read once.
        let mut read = self.0.lock().expect("no panic happens under this lock");
        if let Some(file) = read.get(path) {
            return Ok(Arc::clone(file));
        }
        let bytes = regular::read_at_most(path, MOST_BYTES)?;
        let file = Arc::new(FontBytes { print: Fingerprint::of("", &bytes), bytes });
        read.insert(path.to_owned(), Arc::clone(&file));
        Ok(file)
    }
}

/// The files of a document's fonts.
pub(super) struct FontFiles<'t> {
    template: &'t Path,
    spec: &'t FontSpec,
    /// Content by path as the template writes it.
    files: BTreeMap<&'t str, Arc<FontBytes>>,
}

impl<'t> FontFiles<'t> {
    /// Reads the files that are not yet on the shelf. Paths start at the folder of the template.
    pub(super) fn read(template: &'t Template, path: &'t Path, shelf: &FontShelf) -> Result<Self, Error> {
        let mut fonts = Self { template: path, spec: &template.fonts, files: BTreeMap::new() };
        for (key, file) in fonts.spec.files() {
            let read = shelf.take(&path.with_file_name(&file.path));
            let bytes = read.map_err(|error| fonts.refused(key, file, &unreadable(&error)))?;
            fonts.files.insert(&file.path, bytes);
        }
        Ok(fonts)
    }

    /// The fonts, parsed.
    pub(super) fn fonts(&self) -> Result<Fonts<'_>, Error> {
        let parse = |key: &str, file: &FontFile| {
            Font::parse(&self.files[file.path.as_str()].bytes, file.index)
                .map_err(|fault| self.refused(key, file, &fault.message()))
        };
        let one = |key, file: &Option<FontFile>| file.as_ref().map(|file| parse(key, file)).transpose();
        let FontSpec { regular, fallback, bold, bold_for, .. } = self.spec;
        let regular = one("fonts.regular", regular)?;
        let bold = one("fonts.bold", bold)?;
        let fallback = fallback.iter().map(|file| parse("fonts.fallback", file)).collect::<Result<_, _>>()?;
        Ok(Fonts::new(regular, bold, fallback, bold_for))
    }

    /// The fingerprint of each file under its path, by path.
    pub(super) fn prints(&self) -> Vec<Fingerprint> {
        let print = |(path, file): (&&str, &Arc<FontBytes>)| Fingerprint {
            file: (*path).to_owned(),
            ..file.print.clone()
        };
        self.files.iter().map(print).collect()
    }

    fn refused(&self, key: &str, file: &FontFile, why: &Message) -> Error {
        let (template, path) = (self.template.display(), &file.path);
        Error::usage(message(
            format!("{template}: 「{key}」のフォント「{path}」: {}", why.ja),
            format!("{template}: `{key}`: the font `{path}`: {}", why.en),
        ))
    }
}

fn unreadable(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => message(
            "ファイルがありません。テンプレートのフォルダーからの位置か、絶対パスで書いてください",
            "no such file (write its path from the template's folder, or an absolute one)",
        ),
        io::ErrorKind::FileTooLarge => {
            let most = MOST_BYTES >> 20;
            message(
                format!("ファイルが大きすぎます（上限は{most}MiB）"),
                format!("the file is too large (at most {most} MiB)"),
            )
        }
        _ => message("読み取れません。権限を確認してください", format!("it cannot be read ({error})")),
    }
}
