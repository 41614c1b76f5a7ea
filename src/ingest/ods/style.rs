//! Of the styles of an `OpenDocument` file: which strike their text through or make it invisible, which hide their sheet,
//! how cells look, and how large rows and columns are.

use super::super::cell;
use super::super::looks::{self, Palette};
use super::super::trouble::Refusal;
use super::super::xml::{attribute, is, next, open};
use super::shapes::length_of;
use crate::model::{CellAlign, Look, Unseen};
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// As many parents as a style can have here; a circle of them ends.
const MOST_PARENTS: usize = 16;

/// The family of the styles of cells.
const CELL: &str = "table-cell";

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
    /// What styles of cells say of borders and setting, by their names.
    cells: BTreeMap<String, Cell>,
}

/// The looks of cells by the names of their styles.
pub(super) struct Wardrobe<'s> {
    pub(super) styles: &'s Styles,
    pub(super) palette: Palette,
    numbers: BTreeMap<String, u16>,
}

impl<'s> Wardrobe<'s> {
    pub(super) fn new(styles: &'s Styles) -> Self {
        Self { styles, palette: Palette::default(), numbers: BTreeMap::new() }
    }

    /// The number of the look of a style, plain for none.
    pub(super) fn number(&mut self, style: Option<&str>) -> u16 {
        let Some(style) = style else { return 0 };
        if let Some(number) = self.numbers.get(style) {
            return *number;
        }
        let number = self.palette.number(self.styles.look(style));
        self.numbers.insert(style.to_owned(), number);
        number
    }
}

/// What a style of cells says, as far as it does.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    /// Left, above, right, below.
    edges: [Option<bool>; 4],
    bold: Option<bool>,
    align: Option<CellAlign>,
    /// Whether that counts; otherwise what the cell holds does.
    is_aligned: Option<bool>,
    is_vertical: Option<bool>,
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
                    self.cell(style.as_ref(), |cell| cell.add_text(&e));
                    self.strikes.extend(style.clone().zip(strikes(&e)));
                    self.colours.extend(style.clone().zip(attribute(&e, "fo:color")));
                    self.sizes.extend(style.clone().zip(attribute(&e, "fo:font-size")));
                }
                Event::Start(e) if is(&e, "style:paragraph-properties") => {
                    self.cell(style.as_ref(), |cell| cell.add_paragraph(&e));
                }
                Event::Start(e) if is(&e, "style:table-cell-properties") => {
                    self.cell(style.as_ref(), |cell| cell.add_cell(&e));
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

    /// Adds something to a style, if it is one of cells.
    fn cell(&mut self, style: Option<&Key>, add: impl FnOnce(&mut Cell)) {
        if let Some((_, name)) = style.filter(|(family, _)| family == CELL) {
            add(self.cells.entry(name.clone()).or_default());
        }
    }

    /// How a cell of a style looks.
    pub(super) fn look(&self, style: &str) -> Look {
        let ground = self.stated(&self.grounds, CELL, style).and_then(|ground| rgb(ground));
        let [left, top, right, bottom] =
            std::array::from_fn(|edge| self.cell_says(style, |cell| cell.edges[edge]).unwrap_or(false));
        let is_aligned = self.cell_says(style, |cell| cell.is_aligned).unwrap_or(true);
        let align = self.cell_says(style, |cell| cell.align).filter(|_| is_aligned);
        Look {
            left,
            top,
            right,
            bottom,
            fill: ground.and_then(looks::ground),
            bold: self.cell_says(style, |cell| cell.bold).unwrap_or(false),
            align: align.unwrap_or_default(),
            is_vertical: self.cell_says(style, |cell| cell.is_vertical).unwrap_or(false),
        }
    }

    /// What a style of cells, or the first of those it stems from, says.
    fn cell_says<T>(&self, style: &str, said: impl Fn(&Cell) -> Option<T>) -> Option<T> {
        self.first(CELL, style, |(_, name)| self.cells.get(name).and_then(&said))
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
        let of = |stated| self.stated(stated, CELL, style);
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
        self.first(family, style, |key| stated.get(key))
    }

    fn first<T>(&self, family: &str, style: &str, said: impl Fn(&Key) -> Option<T>) -> Option<T> {
        let mut key = (family.to_owned(), style.to_owned());
        for _ in 0..MOST_PARENTS {
            if let Some(said) = said(&key) {
                return Some(said);
            }
            key.1.clone_from(self.parents.get(&key)?);
        }
        None
    }
}

impl Cell {
    fn add_text(&mut self, properties: &BytesStart<'_>) {
        // Japanese text has the weight of the second.
        let weights = ["fo:font-weight", "style:font-weight-asian"];
        let stated: Vec<_> = weights.iter().filter_map(|name| attribute(properties, name)).collect();
        let is_bold =
            |weight: &String| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600);
        self.bold = (!stated.is_empty()).then(|| stated.iter().any(is_bold));
    }

    fn add_paragraph(&mut self, properties: &BytesStart<'_>) {
        let is_distributed =
            attribute(properties, "css3t:text-justify").is_some_and(|how| how == "distribute");
        self.align = attribute(properties, "fo:text-align").and_then(|align| match align.as_str() {
            "start" | "left" => Some(CellAlign::Left),
            "center" => Some(CellAlign::Centre),
            "end" | "right" => Some(CellAlign::Right),
            "justify" if is_distributed => Some(CellAlign::Distributed),
            "justify" => Some(CellAlign::Justify),
            _ => None,
        });
    }

    fn add_cell(&mut self, properties: &BytesStart<'_>) {
        let all = attribute(properties, "fo:border");
        let sides = ["fo:border-left", "fo:border-top", "fo:border-right", "fo:border-bottom"];
        self.edges = sides.map(|side| {
            let line = attribute(properties, side).or_else(|| all.clone());
            line.map(|line| line != "none" && line != "hidden")
        });
        self.is_aligned =
            attribute(properties, "style:text-align-source").map(|source| source != "value-type");
        let direction = attribute(properties, "style:direction").map(|direction| direction == "ttb");
        let angle = attribute(properties, "style:rotation-angle");
        let is_turned = angle.map(|angle| matches!(angle.trim_end_matches("deg"), "90" | "270"));
        self.is_vertical = direction.filter(|it| *it).or(is_turned).or(direction);
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
