//! Which font files draw the PDF, and what is bold.

use super::file;
use crate::finding::{Message, message};
use std::collections::BTreeMap;

/// The fonts of the PDF beside the embedded one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FontSpec {
    /// Draws all that it can; the embedded font if absent.
    pub regular: Option<FontFile>,
    /// Draw what the regular font lacks; the first that can does. The embedded font comes last.
    pub fallback: Vec<FontFile>,
    /// Draws what is bold.
    pub bold: Option<FontFile>,
    /// What is bold; empty without a bold font.
    pub bold_for: Vec<BoldText>,
    /// What stands in the place of a character that the fonts lack or that is private.
    pub substitute: BTreeMap<String, String>,
}

/// A font of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFile {
    /// Path from the template's folder, or absolute.
    pub path: String,
    /// The font's number in a collection (`.ttc`), from 0.
    pub index: u32,
}

/// A text that may be bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoldText {
    /// The title above the table.
    Title,
    /// The table's header.
    Header,
}

impl FontSpec {
    /// Every file with the key that names it.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &FontFile)> {
        let regular = self.regular.iter().map(|file| ("fonts.regular", file));
        let fallback = self.fallback.iter().map(|file| ("fonts.fallback", file));
        regular.chain(fallback).chain(self.bold.iter().map(|file| ("fonts.bold", file)))
    }
}

/// Reads the template's table. A bold font is for the title unless more is named.
pub(super) fn resolve(table: &file::FontTable) -> Result<FontSpec, Message> {
    let one = |key, name: &Option<String>| name.as_deref().map(|name| font_file(key, name)).transpose();
    let bold = one("fonts.bold", &table.bold)?;
    let bold_for: Vec<BoldText> = match &table.bold_for {
        Some(names) => names.iter().copied().map(bold_text).collect(),
        None => bold.iter().map(|_| BoldText::Title).collect(),
    };
    if bold.is_none() && !bold_for.is_empty() {
        return Err(message(
            "「fonts.bold_for」は太字にする所ですが、太字のフォントファイルを指定する「fonts.bold」がありません",
            "`fonts.bold_for` says what is bold, without `fonts.bold`, which names the bold font file",
        ));
    }
    Ok(FontSpec {
        regular: one("fonts.regular", &table.regular)?,
        fallback: table
            .fallback
            .iter()
            .map(|name| font_file("fonts.fallback", name))
            .collect::<Result<_, _>>()?,
        bold,
        bold_for,
        substitute: substitutes(&table.substitute)?,
    })
}

/// One character, and what stands in its place.
fn substitutes(table: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Message> {
    for (character, by) in table {
        if character.chars().filter(|c| !is_selector(*c)).count() != 1
            || by.trim().is_empty()
            || by.chars().any(char::is_control)
        {
            return Err(message(
                format!(
                    "「fonts.substitute」の「{character}」と「{by}」は、一つの文字と、その代わりの文字にしてください"
                ),
                format!(
                    "`fonts.substitute`: `{character}` = `{by}` must be one character and what stands in its place"
                ),
            ));
        }
    }
    Ok(table.clone())
}

/// Variation selectors, which go with the character before them.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn bold_text(name: file::BoldName) -> BoldText {
    match name {
        file::BoldName::Title => BoldText::Title,
        file::BoldName::Header => BoldText::Header,
    }
}

/// `fonts/Gothic.ttc#1` is the second font of that file.
fn font_file(key: &str, name: &str) -> Result<FontFile, Message> {
    let (path, index) = match name.rsplit_once('#') {
        Some((path, index)) if !index.contains('.') => (path, index.parse().ok()),
        _ => (name, Some(0)),
    };
    match index {
        _ if path.trim().is_empty() => Err(message(
            format!("「{key}」にファイル名のない項目があります"),
            format!("`{key}` names no file"),
        )),
        None => Err(message(
            format!("「{key}」の「{name}」の # の後には、フォントの番号（0から）を書いてください"),
            format!("`{key}` = \"{name}\": after # stands the number of the font, from 0"),
        )),
        Some(index) => Ok(FontFile { path: path.to_owned(), index }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_is_a_file_and_a_number() {
        let check = |name: &str, expected: Option<(&str, u32)>| {
            let file = font_file("fonts.bold", name).ok();
            assert_eq!(file.as_ref().map(|file| (file.path.as_str(), file.index)), expected, "{name}");
        };
        check("fonts/a.ttf", Some(("fonts/a.ttf", 0)));
        check("fonts/a.ttc#1", Some(("fonts/a.ttc", 1)));
        check("C:\\Windows\\Fonts\\BIZ-UDMinchoM.ttc#0", Some(("C:\\Windows\\Fonts\\BIZ-UDMinchoM.ttc", 0)));
        check("fonts/C#/a.ttf", Some(("fonts/C#/a.ttf", 0)));
        check("fonts/a.ttc#", None);
        check("fonts/a.ttc#-1", None);
        check("#1", None);
    }

    #[test]
    fn a_bold_font_is_for_the_title() {
        let check = |text: &str, expected: &[BoldText]| {
            let table: file::FontTable = toml::from_str(text).expect("the table is sound");
            assert_eq!(resolve(&table).expect("the fonts are sound").bold_for, expected, "{text}");
        };
        check("", &[]);
        check("bold = \"a.ttf\"", &[BoldText::Title]);
        check("bold = \"a.ttf\"\nbold_for = [\"title\", \"header\"]", &[BoldText::Title, BoldText::Header]);
        check("bold = \"a.ttf\"\nbold_for = []", &[]);
    }
}
