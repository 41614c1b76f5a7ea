//! Of the styles of an `OpenDocument` file: which strike their text through, and which hide their sheet.

use super::super::book::hundredths;
use super::super::trouble::Refusal;
use super::super::xml::{attribute, is, next, open};
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// As many parents as a style can have here; a circle of them ends.
const MOST_PARENTS: usize = 16;

/// Family and name.
type Key = (String, String);

/// The styles that say something of it.
#[derive(Debug, Default)]
pub(super) struct Styles {
    hidden_tables: BTreeSet<String>,
    strikes: BTreeMap<Key, bool>,
    parents: BTreeMap<Key, String>,
    /// Widths of columns in hundredths of a character.
    widths: BTreeMap<String, u32>,
}

impl Styles {
    /// Adds the styles of a part, as far as they stand before the content.
    pub(super) fn read(&mut self, part: &str) -> Result<(), Refusal> {
        let mut xml = open(part);
        let mut style = None;
        loop {
            match next(&mut xml)? {
                Event::Start(e) if is(&e, "style:style") => {
                    style = attribute(&e, "style:family").zip(attribute(&e, "style:name"));
                    let parent = attribute(&e, "style:parent-style-name");
                    self.parents.extend(style.clone().zip(parent));
                }
                Event::Start(e) if is(&e, "style:table-properties") => {
                    let hides = attribute(&e, "table:display").is_some_and(|display| display == "false");
                    self.hidden_tables.extend(style.clone().filter(|_| hides).map(|(_, name)| name));
                }
                Event::Start(e) if is(&e, "style:table-column-properties") => {
                    let width = attribute(&e, "style:column-width").and_then(|width| characters(&width));
                    self.widths.extend(style.clone().map(|(_, name)| name).zip(width));
                }
                Event::Start(e) if is(&e, "style:text-properties") => {
                    self.strikes.extend(style.clone().zip(strikes(&e)));
                }
                Event::End(e) if e.name().as_ref() == "style:style" => style = None,
                Event::Start(e) if is(&e, "office:body") => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Whether the sheet with this style is hidden.
    pub(super) fn hides_table(&self, style: &str) -> bool {
        self.hidden_tables.contains(style)
    }

    /// The width of a column with this style, in hundredths of a character.
    pub(super) fn width(&self, style: &str) -> Option<u32> {
        self.widths.get(style).copied()
    }

    /// Whether a style strikes text through; `None` if neither it nor those it stems from say.
    pub(super) fn strikes(&self, family: &str, style: &str) -> Option<bool> {
        let mut key = (family.to_owned(), style.to_owned());
        for _ in 0..MOST_PARENTS {
            if let Some(strikes) = self.strikes.get(&key) {
                return Some(*strikes);
            }
            key.1.clone_from(self.parents.get(&key)?);
        }
        None
    }
}

/// Points that a half-width character of the usual font and its share of the margin take: eight pixels.
const POINTS: f64 = 6.0;

/// A length as hundredths of a character of the usual font.
#[expect(
    clippy::float_arithmetic,
    reason = "widths are stored so; they are read to a hundredth and no further"
)]
fn characters(length: &str) -> Option<u32> {
    let unit = length.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = length.split_at(unit);
    let points = match unit {
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "in" => 72.0,
        "pt" => 1.0,
        _ => return None,
    };
    hundredths(number.parse::<f64>().ok()? * points / POINTS)
}

/// Older files state a type, younger ones a style, most both.
fn strikes(properties: &BytesStart<'_>) -> Option<bool> {
    let line = ["style:text-line-through-style", "style:text-line-through-type"];
    let stated: Vec<_> = line.iter().filter_map(|name| attribute(properties, name)).collect();
    (!stated.is_empty()).then(|| stated.iter().all(|line| line != "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_strikes_as_it_or_its_parent_says() {
        let mut styles = Styles::default();
        let part = r#"<a><style:style style:name="旧" style:family="text"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:name="T1" style:family="text" style:parent-style-name="旧"/>
<style:style style:name="T2" style:family="text" style:parent-style-name="旧"><style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>
<style:style style:name="T3" style:family="text" style:parent-style-name="T3"/>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>
<office:body/><style:style style:name="T4" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style></a>"#;
        styles.read(part).unwrap();
        for (style, strikes) in
            [("旧", Some(true)), ("T1", Some(true)), ("T2", Some(false)), ("T3", None), ("T4", None)]
        {
            assert_eq!(styles.strikes("text", style), strikes, "{style}");
        }
        assert_eq!(styles.strikes("table-cell", "T1"), None);
        assert!(styles.hides_table("ta1") && !styles.hides_table("T1"));
    }
}
