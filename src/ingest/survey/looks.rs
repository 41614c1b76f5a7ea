//! How cells stand out: colour, bold and strike of their styles and of the runs of shared strings.

use super::super::trouble::Refusal;
use super::super::xml::{attribute, is_on, next, open};
use quick_xml::events::{BytesStart, Event};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What stands out about a cell. Colours are as the file states them; black and none are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Look {
    /// Background.
    pub fill: Option<String>,
    /// Colour of the text.
    pub colour: Option<String>,
    /// Bold.
    pub bold: bool,
    /// Struck through.
    pub struck: bool,
}

/// The look of each cell style of a workbook, as far as the part makes sense.
pub(super) fn of_styles(part: &str) -> Vec<Look> {
    let mut styles = Styles::default();
    // A damaged part has told what it could.
    let _ = styles.read(part);
    styles.cells
}

#[derive(Default)]
struct Styles {
    fonts: Vec<Look>,
    fills: Vec<Option<String>>,
    cells: Vec<Look>,
}

impl Styles {
    fn read(&mut self, part: &str) -> Result<(), Refusal> {
        let mut xml = open(part);
        // Differential formats have fonts and fills as well, which no cell refers to.
        let mut section = String::new();
        loop {
            match next(&mut xml)? {
                Event::Start(e) => match (section.as_str(), e.local_name().as_ref()) {
                    (_, name @ ("fonts" | "fills" | "cellXfs" | "dxfs" | "cellStyleXfs")) => {
                        name.clone_into(&mut section);
                    }
                    ("fonts", "font") => self.fonts.push(Look::default()),
                    ("fonts", _) => self.fonts.last_mut().into_iter().for_each(|look| set(look, &e)),
                    ("fills", "fill") => self.fills.push(None),
                    ("fills", "fgColor") => {
                        self.fills.last_mut().into_iter().for_each(|fill| *fill = background(&e));
                    }
                    ("cellXfs", "xf") => self.cells.push(self.cell(&e)),
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn cell(&self, xf: &BytesStart<'_>) -> Look {
        let index = |name| attribute(xf, name).and_then(|id| id.parse::<usize>().ok()).unwrap_or(0);
        let font = self.fonts.get(index("fontId")).cloned().unwrap_or_default();
        Look { fill: self.fills.get(index("fillId")).cloned().flatten(), ..font }
    }
}

/// Adds a property of a font.
fn set(look: &mut Look, property: &BytesStart<'_>) {
    let on = || attribute(property, "val").is_none_or(|on| is_on(&on));
    match property.local_name().as_ref() {
        "b" => look.bold = on(),
        "strike" => look.struck = on(),
        "color" => look.colour = colour(property, &["FF000000", "theme 1", "indexed 8", "indexed 64"]),
        _ => {}
    }
}

fn background(colour_element: &BytesStart<'_>) -> Option<String> {
    colour(colour_element, &["FFFFFFFF", "theme 0", "indexed 9", "indexed 64", "indexed 65"])
}

/// A colour, unless it is one of those that nobody sees as one.
fn colour(element: &BytesStart<'_>, plain: &[&str]) -> Option<String> {
    let named = |name: &str| attribute(element, name).map(|value| format!("{name} {value}"));
    let stated = attribute(element, "rgb").or_else(|| named("theme")).or_else(|| named("indexed"))?;
    let tint = attribute(element, "tint").map(|tint| format!(" {tint}")).unwrap_or_default();
    let stated = stated + &tint;
    (!plain.contains(&stated.as_str())).then_some(stated)
}

/// The indexes of the shared strings of which a part looks different from the rest.
pub(super) fn partly(part: &str) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut xml = open(part);
    let (mut index, mut runs): (usize, Vec<Look>) = (0, Vec::new());
    while let Ok(event) = next(&mut xml) {
        match event {
            Event::Start(e) => match e.local_name().as_ref() {
                "si" => runs.clear(),
                "r" => runs.push(Look::default()),
                _ => runs.last_mut().into_iter().for_each(|look| set(look, &e)),
            },
            Event::End(e) if e.local_name().as_ref() == "si" => {
                if runs.windows(2).any(|pair| pair[0] != pair[1]) {
                    found.insert(index);
                }
                index += 1;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_runs_tell_what_stands_out() {
        let styles = r#"<styleSheet><fonts><font><sz val="11"/><color theme="1"/></font><font><b/><strike/><color rgb="FFFF0000"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill></fill></fills>
<cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="1"/></cellXfs><dxfs><dxf><font><b/></font></dxf></dxfs></styleSheet>"#;
        let loud =
            Look { fill: Some("FFFFFF00".into()), colour: Some("FFFF0000".into()), bold: true, struck: true };
        assert_eq!(of_styles(styles), [Look::default(), loud]);
        let strings = "<sst><si><t>a</t></si><si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si><si><r><rPr><b/></rPr><t>a</t></r></si></sst>";
        assert_eq!(partly(strings), BTreeSet::from([1]));
    }
}
