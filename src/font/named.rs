//! The fonts that a template names, out of the content of their files.

use super::{Font, Fonts};
use crate::finding::{Message, message};
use crate::template::{FontFile, FontSpec};

impl<'a> Fonts<'a> {
    /// The fonts of a template. `content` has the bytes of a file, by its path as the template writes it.
    ///
    /// # Errors
    /// A file without content, and one that is no font that can be used.
    pub fn named(spec: &FontSpec, content: impl Fn(&str) -> Option<&'a [u8]>) -> Result<Self, Message> {
        let parse = |key: &str, file: &FontFile| {
            let bytes = content(&file.path).ok_or_else(|| refused(key, file, &not_there()))?;
            Font::parse(bytes, file.index).map_err(|fault| refused(key, file, &fault.message()))
        };
        let one = |key, file: &Option<FontFile>| file.as_ref().map(|file| parse(key, file)).transpose();
        let FontSpec { regular, fallback, bold, bold_for, .. } = spec;
        let regular = one("fonts.regular", regular)?;
        let bold = one("fonts.bold", bold)?;
        let fallback = fallback.iter().map(|file| parse("fonts.fallback", file)).collect::<Result<_, _>>()?;
        Ok(Self::new(regular, bold, fallback, bold_for))
    }
}

/// Why a font cannot be used: the key that names its file, the file, the reason.
pub fn refused(key: &str, file: &FontFile, why: &Message) -> Message {
    let path = &file.path;
    message(
        format!("「{key}」のフォント「{path}」: {}", why.ja),
        format!("`{key}`: the font `{path}`: {}", why.en),
    )
}

fn not_there() -> Message {
    message("ファイルの内容が渡されていません", "the content of the file was not handed over")
}
