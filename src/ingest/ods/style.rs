//! Of the styles of an `OpenDocument` file: which strike their text through or make it invisible, which hide their sheet,
//! and how large rows and columns are.

use super::super::cell;
use super::super::trouble::Refusal;
use super::super::xml::{attribute, is, next, open};
use super::shapes::length_of;
use crate::model::Unseen;
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
    /// Colour and size of text, and colour of the ground, as far as each style says.
    colours: BTreeMap<Key, String>,
    sizes: BTreeMap<Key, String>,
    grounds: BTreeMap<Key, String>,
    /// Styles of shapes that are not filled.
    hollow: BTreeSet<String>,
    /// Widths of columns and heights of rows, in English Metric Units.
    lengths: BTreeMap<Key, i64>,
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
                Event::Start(e) if is(&e, "style:text-properties") => {
                    self.strikes.extend(style.clone().zip(strikes(&e)));
                    self.colours.extend(style.clone().zip(attribute(&e, "fo:color")));
                    self.sizes.extend(style.clone().zip(attribute(&e, "fo:font-size")));
                }
                Event::Start(e) if is(&e, "style:table-cell-properties") => {
                    self.grounds.extend(style.clone().zip(attribute(&e, "fo:background-color")));
                }
                Event::Start(e) if is(&e, "style:graphic-properties") => {
                    let is_hollow = attribute(&e, "draw:fill").is_some_and(|fill| fill == "none");
                    self.hollow.extend(style.clone().filter(|_| is_hollow).map(|(_, name)| name));
                }
                Event::Start(e) if is(&e, "style:table-column-properties") => {
                    let width = attribute(&e, "style:column-width").and_then(|width| length_of(&width));
                    self.lengths.extend(style.clone().zip(width));
                }
                Event::Start(e) if is(&e, "style:table-row-properties") => {
                    let height = attribute(&e, "style:row-height").and_then(|height| length_of(&height));
                    self.lengths.extend(style.clone().zip(height));
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

    /// Whether a style strikes text through; `None` if neither it nor those it stems from say.
    pub(super) fn strikes(&self, family: &str, style: &str) -> Option<bool> {
        self.stated(&self.strikes, family, style).copied()
    }

    /// Why text of a cell of a style cannot be seen.
    pub(super) fn unseen(&self, style: &str) -> Option<Unseen> {
        let of = |stated| self.stated(stated, "table-cell", style);
        let colour = of(&self.colours).and_then(|colour| rgb(colour));
        let ground = of(&self.grounds).and_then(|ground| rgb(ground));
        let points = of(&self.sizes).and_then(|size| size.strip_suffix("pt")?.parse().ok());
        cell::unseen(colour, points, ground)
    }

    /// Whether shapes of a style are not filled.
    pub(super) fn is_hollow(&self, style: &str) -> bool {
        self.hollow.contains(style)
    }

    /// The width or height that a style states.
    pub(super) fn length(&self, family: &str, style: &str) -> Option<i64> {
        self.lengths.get(&(family.to_owned(), style.to_owned())).copied()
    }

    /// What a style, or the first of those it stems from, says.
    fn stated<'m, T>(&self, stated: &'m BTreeMap<Key, T>, family: &str, style: &str) -> Option<&'m T> {
        let mut key = (family.to_owned(), style.to_owned());
        for _ in 0..MOST_PARENTS {
            if let Some(said) = stated.get(&key) {
                return Some(said);
            }
            key.1.clone_from(self.parents.get(&key)?);
        }
        None
    }
}

/// A colour as `#RRGGBB`; none if it is transparent.
fn rgb(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
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
