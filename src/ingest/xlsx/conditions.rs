//! Conditional formats: which of the looks that they give hide the text of a cell.

use super::super::archive::Archive;
use super::super::xml::{attribute, next, open};
use super::marks::Marks;
use crate::model::Area;
use quick_xml::events::Event;

/// The cells whose text a conditional format may hide.
pub(super) fn hiding(archive: &mut Archive<'_>, styles: &str, marks: &Marks) -> Vec<Area> {
    if marks.conditional.is_empty() {
        return Vec::new();
    }
    let hides = hides(&archive.text(styles).unwrap_or_default());
    let is_hiding = |looks: &[usize]| looks.iter().any(|look| hides.get(*look) == Some(&true));
    let areas = marks.conditional.iter().filter(|(_, looks)| is_hiding(looks));
    let area = |at: &calamine::Dimensions| Area {
        top: at.start.0.min(at.end.0),
        left: at.start.1.min(at.end.1),
        bottom: at.start.0.max(at.end.0),
        right: at.start.1.max(at.end.1),
    };
    areas.map(|(at, _)| area(at)).collect()
}

/// Of each look that conditional formats can give, whether it hides text: white without a ground, or a number format
/// that shows nothing.
fn hides(styles: &str) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::new();
    let Some(from) = styles.find("dxfs") else { return found };
    // As far as the part makes sense.
    let mut xml = open(styles.get(from - 1..).filter(|part| part.starts_with('<')).unwrap_or(styles));
    xml.config_mut().check_end_names = false;
    let (mut inside, mut font, mut white, mut ground, mut blank) = (false, false, false, false, false);
    while let Ok(event) = next(&mut xml) {
        match event {
            Event::Start(e) => match e.local_name().as_ref() {
                "dxf" => (inside, font, white, ground, blank) = (true, false, false, false, false),
                "font" => font = true,
                "fill" => ground = true,
                "color" if font => {
                    let is = |name: &str, values: &[&str]| {
                        attribute(&e, name).is_some_and(|value| values.contains(&value.as_str()))
                    };
                    let plain = attribute(&e, "tint").is_none_or(|tint| tint == "0");
                    white = is("rgb", &["FFFFFFFF", "00FFFFFF"])
                        || is("indexed", &["1", "9"])
                        || (is("theme", &["0"]) && plain);
                }
                "numFmt" => blank = attribute(&e, "formatCode").is_some_and(|code| code.starts_with(";;")),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "font" => font = false,
                "dxf" if inside => found.push(blank || (white && !ground)),
                "dxfs" => break,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::hides;

    #[test]
    fn white_text_and_formats_that_show_nothing_hide() {
        let styles = r#"<styleSheet><fonts><font><color rgb="FFFFFFFF"/></font></fonts><dxfs count="4"><dxf><font><b/><color theme="0"/></font></dxf>
<dxf><font><color rgb="FFFFFFFF"/></font><fill><patternFill><bgColor rgb="FF0000FF"/></patternFill></fill></dxf>
<dxf><numFmt numFmtId="176" formatCode=";;;"/></dxf><dxf><font><color rgb="FFFF0000"/></font></dxf></dxfs></styleSheet>"#;
        assert_eq!(hides(styles), [true, false, true, false]);
        assert!(hides("<styleSheet/>").is_empty());
    }
}
