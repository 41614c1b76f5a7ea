//! Rich text: the runs of shared and inline strings, and the cells that show them.
//!
//! A run without properties of its own looks like the cell; a run with properties is struck through only if
//! they say so, whatever the cell's font.

use super::super::runs::{Run, Runs, is_rich};
use super::super::trouble::Refusal;
use super::super::xml::{Xml, attribute, is_on, next, open, push_text, skip};
use super::marks::position;
use crate::model::Unseen;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The shared strings that have runs with a look of their own, by their index.
pub(super) fn shared(part: &str) -> Result<BTreeMap<usize, Runs>, Refusal> {
    let mut found = BTreeMap::new();
    let mut index = 0;
    let mut xml = open(part);
    loop {
        match next(&mut xml)? {
            Event::Start(e) if e.local_name().as_ref() == "si" => {
                let runs = runs(&mut xml, &e)?;
                found.extend(is_rich(&runs).then(|| (index, runs.into())));
                index += 1;
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The cells of a sheet's part whose text has runs with a look of their own.
pub(super) fn cells(
    part: &str,
    shared: &BTreeMap<usize, Runs>,
) -> Result<BTreeMap<(u32, u32), Runs>, Refusal> {
    let mut found = BTreeMap::new();
    let (mut row, mut col): (u32, u32) = (0, 0);
    let mut in_table = false;
    let mut xml = open(part);
    loop {
        match next(&mut xml)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "row" => {
                    let stated = attribute(&e, "r").and_then(|r| r.parse::<u32>().ok()?.checked_sub(1));
                    (row, col) = (stated.unwrap_or(row), 0);
                }
                "c" => {
                    (row, col) = attribute(&e, "r").and_then(|r| position(&r)).unwrap_or((row, col));
                    in_table = attribute(&e, "t").is_some_and(|kind| kind == "s");
                }
                "v" if in_table => {
                    let mut index = String::new();
                    push_text(&mut index, &next(&mut xml)?)?;
                    let runs = index.parse().ok().and_then(|index: usize| shared.get(&index));
                    found.extend(runs.map(|runs| ((row, col), Rc::clone(runs))));
                }
                "is" => {
                    let runs = runs(&mut xml, &e)?;
                    found.extend(is_rich(&runs).then(|| ((row, col), runs.into())));
                }
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "row" => row = row.saturating_add(1),
                "c" => col = col.saturating_add(1),
                "sheetData" => return Ok(found),
                _ => {}
            },
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The runs of a string, to the end of the element that holds it. Furigana is no part of it.
pub(super) fn runs(xml: &mut Xml<'_>, string: &BytesStart<'_>) -> Result<Vec<Run>, Refusal> {
    let mut runs = Vec::new();
    let (mut struck, mut bold, mut unseen) = (None, false, None);
    loop {
        match next(xml)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "r" => (struck, bold, unseen) = (None, false, None),
                "rPr" => struck = Some(false),
                "color" if is_white(&e) => unseen = Some(Unseen::Colour),
                "sz" if attribute(&e, "val").is_some_and(|size| matches!(size.as_str(), "1" | "2")) => {
                    unseen = unseen.or(Some(Unseen::Size));
                }
                "strike" => struck = Some(attribute(&e, "val").is_none_or(|on| is_on(&on))),
                "b" => bold = attribute(&e, "val").is_none_or(|on| is_on(&on)),
                "t" => runs.push(Run { text: text(xml, &e)?, struck, bold, unseen }),
                "rPh" => skip(xml, &e)?,
                _ => {}
            },
            Event::End(e) if e.name() == string.name() => return Ok(runs),
            Event::Eof => return Err(Refusal::Damaged("rich text".into())),
            _ => {}
        }
    }
}

/// Whether a colour is white, as the ground of a cell mostly is.
fn is_white(colour: &BytesStart<'_>) -> bool {
    let is = |name: &str, values: &[&str]| {
        attribute(colour, name).is_some_and(|value| values.contains(&value.as_str()))
    };
    let tinted = attribute(colour, "tint").is_some_and(|tint| tint != "0");
    is("rgb", &["FFFFFFFF", "00FFFFFF"]) || is("indexed", &["1", "9"]) || (is("theme", &["0"]) && !tinted)
}

/// The text of a `t`; white space at its edges counts only where the file says so.
fn text(xml: &mut Xml<'_>, start: &BytesStart<'_>) -> Result<String, Refusal> {
    let mut text = String::new();
    loop {
        match next(xml)? {
            Event::End(e) if e.name() == start.name() => break,
            Event::Eof => return Err(Refusal::Damaged("rich text".into())),
            event => push_text(&mut text, &event)?,
        }
    }
    let preserved = attribute(start, "xml:space").is_some_and(|space| space == "preserve");
    Ok(if preserved { text } else { text.trim_matches([' ', '\t', '\r', '\n']).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_and_inline_strings_have_runs_and_no_furigana() {
        let string = r#"<r><rPr><strike/></rPr><t xml:space="preserve"> 旧 </t></r><r><rPr><b/><strike val="0"/></rPr><t>新&amp;</t></r>
<rPh sb="0" eb="1"><t>キュウ</t></rPh><phoneticPr fontId="1"/>"#;
        let sst = format!("<sst><si><t>目黒</t><rPh><t>メグロ</t></rPh></si><si>{string}</si></sst>");
        let shared = shared(&sst).unwrap();
        let run =
            |text: &str, struck, bold| Run { text: text.into(), struck: Some(struck), bold, unseen: None };
        assert_eq!(shared[&1][..], [run(" 旧 ", true, false), run("新&", false, true)]);
        let sheet = format!(
            r#"<sheetData><row r="2"><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c r="D2" t="inlineStr"><is>{string}</is></c>
<c t="n"><v>1</v></c></row><row><c t="s"><v>1</v></c></row></sheetData>"#
        );
        let cells = cells(&sheet, &shared).unwrap();
        assert_eq!(cells.keys().copied().collect::<Vec<_>>(), [(1, 0), (1, 3), (2, 0)]);
    }
}
