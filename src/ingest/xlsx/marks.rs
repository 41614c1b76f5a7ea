//! What a sheet's part says of rows and columns, and its merges, found without reading the cells.
//!
//! The library reads the cells and tells nothing of the rows. A second full reading of a large sheet would cost
//! half as much again, so only the tags that matter are looked for; text in a part never holds a bare `<`.

use super::super::book::hundredths;
use super::super::looks;
use crate::model::Area;
use calamine::Dimensions;
use memchr::memmem;
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

/// What is marked on a sheet.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Marks {
    /// Hidden by hand, by a filter, by a closed outline, or of no height.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// First and last column of each hidden range, in the part's order.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Those of them that are grouped.
    pub(super) grouped_rows: BTreeSet<u32>,
    /// Merged areas.
    pub(super) merges: Vec<Dimensions>,
    /// First and last column of a range, and the width of each in hundredths of a character.
    pub(super) widths: Vec<(u32, u32, u32)>,
    /// The width of other columns.
    pub(super) default_width: Option<u32>,
    /// The filter that is on.
    pub(super) filter: Option<Dimensions>,
    /// Cells with conditional formats, and the looks that these give, by their numbers.
    pub(super) conditional: Vec<(Dimensions, Vec<usize>)>,
    pub(super) styled: Styled,
}

/// What has a style as a whole.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Styled {
    /// Rows, and the numbers of their styles.
    pub(super) rows: Vec<(u32, usize)>,
    /// First and last column of a range, and the number of its style.
    pub(super) columns: Vec<(u32, u32, usize)>,
}

/// Looks through a sheet's part.
pub(super) fn scan(part: &str) -> Marks {
    let prefix = prefix(part);
    let data = part.find(&format!("<{prefix}sheetData")).unwrap_or(part.len());
    let (head, rest) = part.split_at(data);
    let (data, tail) = rest.split_at(rest.rfind(&format!("</{prefix}sheetData")).unwrap_or(0));
    let [row, col, merge, usual] =
        ["row", "col", "mergeCell", "sheetFormatPr"].map(|name| format!("<{prefix}{name}"));
    let mut marks = Marks {
        widths: tags(head, &col).filter_map(|tag| width(&tag)).collect(),
        default_width: tags(head, &usual).find_map(|tag| characters(&tag, "defaultColWidth")),
        hidden_columns: tags(head, &col).filter_map(|tag| hidden_column(&tag)).collect(),
        merges: tags(tail, &merge).filter_map(|tag| area(value(&tag, "ref")?)).collect(),
        filter: filter(tail, prefix),
        conditional: conditional(tail, prefix),
        styled: Styled {
            columns: tags(head, &col).filter_map(|tag| styled_column(&tag)).collect(),
            ..Styled::default()
        },
        ..Marks::default()
    };
    marks.read_rows(data, &row);
    marks
}

/// The cells of a filter, if it hides anything.
pub(super) fn filter(part: &str, prefix: &str) -> Option<Dimensions> {
    let start = part.find(&format!("<{prefix}autoFilter"))?;
    let end = part[start..].find(&format!("</{prefix}autoFilter")).map_or(part.len(), |end| start + end);
    let open = format!("<{prefix}autoFilter");
    let column = format!("<{prefix}filterColumn");
    let tag = tags(&part[start..end], &open).next()?;
    tags(&part[start..end], &column).next()?;
    area(value(&tag, "ref")?)
}

fn conditional(tail: &str, prefix: &str) -> Vec<(Dimensions, Vec<usize>)> {
    let (open, rule) = (format!("<{prefix}conditionalFormatting"), format!("<{prefix}cfRule"));
    let mut found = Vec::new();
    for part in tail.split(open.as_str()).skip(1).take(super::super::limits::OVERLAYS) {
        let part = part.split(&format!("</{prefix}conditionalFormatting")).next().unwrap_or_default();
        let looks: Vec<usize> =
            tags(part, &rule).filter_map(|tag| value(&tag, "dxfId")?.parse().ok()).collect();
        let cells = part.split_once("sqref=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
        let areas = cells.into_iter().flat_map(str::split_whitespace).filter_map(area);
        found.extend(areas.map(|area| (area, looks.clone())));
        if found.len() > super::super::limits::OVERLAYS {
            break;
        }
    }
    found
}

/// The tags that open an element of a name, which has no prefix, or that of the part's root.
pub(super) fn tags_named<'a>(part: &'a str, name: &str) -> impl Iterator<Item = BytesStart<'a>> {
    let open = format!("<{}{name}", prefix(part));
    let starts: Vec<usize> = memmem::find_iter(part.as_bytes(), &open).collect();
    starts.into_iter().filter_map(move |at| tag(part, at, open.len() - 1))
}

/// The areas that a print area names, after the names of sheets; none if one of them is no area.
pub(super) fn areas(formula: &str) -> Option<Vec<Area>> {
    let area = |text: &str| {
        let cells = text.rsplit('!').next()?.replace('$', "");
        let (start, end) = cells.split_once(':').unwrap_or((&cells, &cells));
        let ends = [start, end].map(|end| {
            let row = end.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let col = &end[..end.len() - row.len()];
            let col =
                if col.is_empty() { Some(None) } else { position(&format!("{col}1")).map(|at| Some(at.1)) };
            let row =
                if row.is_empty() { Some(None) } else { position(&format!("A{row}")).map(|at| Some(at.0)) };
            row.zip(col).filter(|ends| *ends != (None, None))
        });
        let [(top, left), (bottom, right)] = [ends[0]?, ends[1]?];
        Some(Area {
            top: top.unwrap_or(0),
            left: left.unwrap_or(0),
            bottom: bottom.unwrap_or(u32::MAX),
            right: right.unwrap_or(u32::MAX),
        })
    };
    formula.split(',').map(area).collect()
}

/// Whether a word occurs in a part, in whatever place.
pub(super) fn occurs(part: &str, word: &str) -> bool {
    memmem::find(part.as_bytes(), word.as_bytes()).is_some()
}

/// The cells that state their place and show an error value.
pub(super) fn cells_with_error(part: &str, value: &str) -> Vec<(u32, u32)> {
    let open = format!("<{}c", prefix(part));
    let stored = format!(">{value}</");
    let ends = memmem::find_iter(part.as_bytes(), &stored);
    ends.filter_map(|end| {
        let start = part[..end].rfind(&format!("{open} "))?;
        let tag = tags(&part[start..end], &open).next()?;
        let is_error = self::value(&tag, "t") == Some("e");
        is_error.then(|| position(self::value(&tag, "r")?)).flatten()
    })
    .collect()
}

/// The cells with a formula and no result; `None` for one that does not state its place. A result may be an empty
/// text, which is stored as one (`t="str"`). Of a workbook that asks to be worked out when it is opened
/// (`recalculates`), formulas that all have the result 0 have none.
pub(super) fn unresolved(part: &str, recalculates: bool) -> Vec<Option<(u32, u32)>> {
    let prefix = prefix(part);
    let [cell, formula, result] = ["c", "f", "v"].map(|name| format!("<{prefix}{name}"));
    let is_name = |rest: &str| rest.starts_with(['>', '/']) || rest.starts_with(char::is_whitespace);
    let starts = memmem::find_iter(part.as_bytes(), &formula);
    let starts: Vec<usize> = starts.filter(|at| is_name(&part[at + formula.len()..])).collect();
    let ends = starts.iter().skip(1).copied().chain([part.len()]);
    let mut before = 0;
    let mut cells = Vec::new();
    for (&at, end) in starts.iter().zip(ends) {
        // A cell has one formula: its tag stands after the formula before, its result before the next one.
        let (head, rest) = (&part[before..at], &part[at..end]);
        before = at;
        let begin = head.rmatch_indices(&cell).find(|(at, _)| is_name(&head[at + cell.len()..]));
        let Some((begin, _)) = begin else { continue };
        let rest = rest.split_once(&format!("</{prefix}c>")).map_or(rest, |(rest, _)| rest);
        let tag = tags(&head[begin..], &cell).next();
        let stated = |name| tag.as_ref().and_then(|tag| value(tag, name));
        let stored = rest.find(&result).and_then(|at| rest[at + result.len()..].split_once('>'));
        let stored = stored.map(|(tag, content)| match content.split_once('<') {
            Some((content, _)) if !tag.ends_with('/') => content,
            _ => "",
        });
        let stored = stored.filter(|stored| !stored.is_empty() || stated("t") == Some("str"));
        cells.push((stored, stated("r").and_then(position)));
    }
    let are_open = recalculates && cells.iter().all(|(stored, _)| stored.is_none_or(|stored| stored == "0"));
    cells.into_iter().filter(|(stored, _)| are_open || stored.is_none()).map(|(_, at)| at).collect()
}

/// The position that a reference such as `B12` names.
pub(in crate::ingest) fn position(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = reference.split_at(letters);
    let col = letters.bytes().try_fold(0_u32, |col, letter| {
        let place = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        col.checked_mul(26)?.checked_add(place)
    })?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, col.checked_sub(1)?))
}

/// The prefix of the elements' names, its colon included; mostly none.
pub(super) fn prefix(part: &str) -> &str {
    let root = part.split('<').skip(1).find(|tag| !tag.starts_with(['?', '!'])).unwrap_or_default();
    let name = root.split([' ', '>', '\t', '\r', '\n']).next().unwrap_or_default();
    name.find(':').map_or("", |colon| &name[..=colon])
}

/// The tags that open an element of a name.
fn tags<'a>(part: &'a str, open: &'a str) -> impl Iterator<Item = BytesStart<'a>> {
    memmem::find_iter(part.as_bytes(), open).filter_map(move |at| tag(part, at, open.len() - 1))
}

/// The tag at a place whose name has so many bytes.
pub(super) fn tag(part: &str, at: usize, name: usize) -> Option<BytesStart<'_>> {
    let tag = part[at + 1..].split('>').next()?.trim_end_matches('/');
    let attributes = tag.get(name..)?;
    // `<col` begins `<cols` as well.
    let whole = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
    whole.then(|| BytesStart::from_content(tag, name))
}

impl Marks {
    /// Reads the tags of the rows.
    fn read_rows(&mut self, data: &str, open: &str) {
        let mut next: u32 = 0;
        for tag in tags(data, open) {
            let stated = value(&tag, "r").and_then(|r| r.parse::<u32>().ok()?.checked_sub(1));
            let row = stated.unwrap_or(next);
            next = row.saturating_add(1);
            if is_hidden(&tag, "ht") {
                self.hidden_rows.insert(row);
                let grouped = value(&tag, "outlineLevel").filter(|level| *level != "0");
                self.grouped_rows.extend(grouped.map(|_| row));
            }
            // Most tags say nothing of it, and no looks are kept of more rows.
            if tag.contains("customFormat") && self.styled.rows.len() <= looks::ROOM {
                let is_styled = value(&tag, "customFormat").is_some_and(super::super::xml::is_on);
                let style = value(&tag, "s").filter(|_| is_styled).and_then(|s| s.parse().ok());
                self.styled.rows.extend(style.map(|style| (row, style)));
            }
        }
    }
}

fn hidden_column(tag: &BytesStart<'_>) -> Option<(u32, u32)> {
    let column = |name| value(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
    is_hidden(tag, "width").then(|| column("min").zip(column("max"))).flatten()
}

fn styled_column(tag: &BytesStart<'_>) -> Option<(u32, u32, usize)> {
    let column = |name| value(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
    Some((column("min")?, column("max")?, value(tag, "style")?.parse().ok()?))
}

fn width(tag: &BytesStart<'_>) -> Option<(u32, u32, u32)> {
    let column = |name| value(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
    Some((column("min")?, column("max")?, characters(tag, "width")?))
}

/// A width in characters, as hundredths of them.
fn characters(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    hundredths(value(tag, name)?.parse().ok()?)
}

/// Whether a row or a column is hidden, or has no size.
fn is_hidden(tag: &BytesStart<'_>, size: &str) -> bool {
    // Most tags say nothing of it.
    if !tag.contains("hidden") && !tag.contains("=\"0") && !tag.contains("='0") {
        return false;
    }
    let none = |size: &str| size.starts_with('0') && size.bytes().all(|b| matches!(b, b'0' | b'.'));
    value(tag, "hidden").is_some_and(super::super::xml::is_on) || value(tag, size).is_some_and(none)
}

/// `A1:B2`, or one cell.
pub(super) fn area(reference: &str) -> Option<Dimensions> {
    let (start, end) = reference.split_once(':').unwrap_or((reference, reference));
    Some(Dimensions::new(position(start)?, position(end)?))
}

/// The value of an attribute that needs no unescaping.
fn value<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<&'a str> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    match found.value {
        std::borrow::Cow::Borrowed(value) => Some(value),
        std::borrow::Cow::Owned(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_columns_and_merges_are_found_whatever_the_prefix() {
        let part = r#"<?xml version="1.0"?><!-- --><worksheet xmlns="x"><cols><col min="1" max="2" width="9.5"/>
<col min="3" max='4' hidden="1" style="2"/><col min="7" max="7" width="0"/></cols><sheetData>
<row r="1" ht="15" s="3" customFormat="1"><c><v>1</v></c></row><row><c t="inlineStr"><is><t>hidden="1"</t></is></c></row>
<row hidden="true"/><row r="9" ht="0" customHeight="1"/><row r="10" hidden="0" s="4"/></sheetData>
<mergeCells count="1"><mergeCell ref="A1:AA3"/></mergeCells><rowBreaks hidden="1"/></worksheet>"#;
        let marks = Marks {
            hidden_rows: [2, 8].into(),
            hidden_columns: vec![(2, 3), (6, 6)],
            merges: vec![Dimensions::new((0, 0), (2, 26))],
            widths: vec![(0, 1, 950), (6, 6, 0)],
            styled: Styled { rows: vec![(0, 3)], columns: vec![(2, 3, 2)] },
            ..Marks::default()
        };
        assert_eq!(scan(part), marks);
        let mut prefixed = part.replace("</", "</x:").replace("<?", "?").replace("<!", "!");
        for name in ["worksheet", "col", "row", "sheetData", "merge"] {
            prefixed = prefixed.replace(&format!("<{name}"), &format!("<x:{name}"));
        }
        assert_eq!(scan(&prefixed), marks);
        assert_eq!(scan("<worksheet><sheetData><row"), Marks::default());
    }

    #[test]
    fn cells_are_found_by_their_error() {
        let part = r#"<x:worksheet xmlns:x="x"><x:sheetData><x:row r="2"><x:c r="B2" t="e"><x:f>A</x:f><x:v>#SPILL!</x:v></x:c>
<x:c r="C2"><x:v>#SPILL!</x:v></x:c></x:row><x:row r="3"><x:c t="e" r="D3"><x:v>#SPILL!</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
        assert_eq!(cells_with_error(part, "#SPILL!"), [(1, 1), (2, 3)]);
        assert_eq!(cells_with_error(part, "#CALC!"), []);
    }

    #[test]
    fn formulas_without_a_result_are_found() {
        let part = r#"<worksheet><sheetData><row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>SUM(A1)</f></c>
<c r="C2" s="1"><f>SUM(A1)</f><v></v></c><c r="D2" t="str"><f>IF(A1="","",A1)</f><v></v></c><c r="E2"><f t="shared" si="0"/><v/></c>
<c><f>A1</f></c><c r="F2" t="str"><f>A1</f></c><c r="G2"><v>1</v></c></row></sheetData><extLst><ext><x14:f>A</x14:f></ext></extLst></worksheet>"#;
        let found = [Some((1, 1)), Some((1, 2)), Some((1, 4)), None, Some((1, 5))];
        assert_eq!(unresolved(part, false), found);
        assert_eq!(unresolved(part, true), found);
        let mut prefixed = part.to_owned();
        for name in ["worksheet", "sheetData", "row", "c", "f", "v"] {
            for end in [" ", ">", "/>"] {
                prefixed = prefixed.replace(&format!("<{name}{end}"), &format!("<x:{name}{end}"));
            }
            prefixed = prefixed.replace(&format!("</{name}>"), &format!("</x:{name}>"));
        }
        assert_eq!(unresolved(&prefixed, false), found);
        let zeros = r#"<worksheet><sheetData><c r="A1"><f>B1</f><v>0</v></c><c r="A2"><f>B2</f><v>0</v></c></sheetData></worksheet>"#;
        assert_eq!(unresolved(zeros, false), []);
        assert_eq!(unresolved(zeros, true), [Some((0, 0)), Some((1, 0))]);
    }

    #[test]
    fn references_are_positions() {
        for (reference, found) in [
            ("A1", Some((0, 0))),
            ("AB10", Some((9, 27))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("A0", None),
            ("12", None),
            ("A", None),
            ("ZZZZZZZZZZ1", None),
        ] {
            assert_eq!(position(reference), found, "{reference}");
        }
    }
}
