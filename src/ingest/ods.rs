//! `OpenDocument` spreadsheets. They store the text that each cell shows, so it is taken from there.
//!
//! The content is read as a stream: repeated empty rows and columns cost nothing, and text that is repeated
//! counts against the limits as often as it is repeated.

use super::archive::Archive;
use super::book::{Book, Grid};
use super::cell::{self, Shown};
use super::date;
use super::trouble::Stop;
use crate::diagnostic::Noted;
use crate::model::RawSheet;
use calamine::Dimensions;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

type Xml<'a> = quick_xml::Reader<&'a [u8]>;

/// Elements within a cell whose text is not the cell's: comments, furigana, drawings.
const NOT_TEXT: [&str; 5] =
    ["office:annotation", "text:ruby-text", "draw:frame", "draw:custom-shape", "draw:control"];
/// A run of spaces is written as a number; no cell shows more of them.
const MOST_SPACES: u32 = 1000;

/// A cell as far as its row is concerned.
struct Found {
    col: u32,
    repeated: u32,
    shown: Shown,
    rows_spanned: u32,
    columns_spanned: u32,
}

/// Reads the visible sheets.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Noted<Vec<RawSheet>>, Stop> {
    let mut archive = Archive::open(bytes)?;
    if archive.text("META-INF/manifest.xml").is_some_and(|text| text.contains("manifest:encryption-data")) {
        return Err(Stop::Encrypted);
    }
    let content = archive.text("content.xml").ok_or_else(|| Stop::Damaged("content.xml".into()))?;
    let mut xml = Xml::from_str(&content);
    xml.config_mut().expand_empty_elements = true;
    let mut book = Book::new(file);
    let mut hidden = BTreeSet::new();
    let mut style = None;
    loop {
        match next(&mut xml)? {
            Event::Start(e) if is(&e, "style:style") => style = attribute(&e, "style:name"),
            Event::Start(e) if is(&e, "style:table-properties") => {
                let is_hidden = attribute(&e, "table:display").is_some_and(|display| display == "false");
                hidden.extend(style.take().filter(|_| is_hidden));
            }
            // Here hidden sheets will be left out *and reported*.
            Event::Start(e) if is(&e, "table:table") => {
                let is_hidden =
                    attribute(&e, "table:style-name").is_some_and(|style| hidden.contains(&style));
                match attribute(&e, "table:name") {
                    Some(name) if !is_hidden => book.sheet(Some(&name), |grid| table(grid, &mut xml)),
                    _ => skip(&mut xml, &e)?,
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(book.finish())
}

/// Reads the rows of a sheet, to its end.
fn table(grid: &mut Grid<'_>, xml: &mut Xml<'_>) -> Result<(), Stop> {
    let mut row: u32 = 0;
    let mut merges = Vec::new();
    loop {
        match next(xml)? {
            Event::Start(e) if is(&e, "table:table-row") => {
                let repeated = count(&e, "table:number-rows-repeated");
                let cells = table_row(xml)?;
                for found in &cells {
                    put(grid, row, repeated, found)?;
                    merges.extend(merge(row, found));
                }
                row = row.saturating_add(repeated);
            }
            // Drawings above the sheet hold tables and texts of their own.
            Event::Start(e) if is(&e, "table:shapes") => skip(xml, &e)?,
            Event::End(e) if e.name().as_ref() == "table:table" => break,
            Event::Eof => return Err(Stop::Damaged("content.xml".into())),
            _ => {}
        }
    }
    grid.merge(merges)
}

/// Reads the cells of a row; those that show nothing only if they are merged.
fn table_row(xml: &mut Xml<'_>) -> Result<Vec<Found>, Stop> {
    let mut cells = Vec::new();
    let mut col: u32 = 0;
    loop {
        match next(xml)? {
            Event::Start(e) if is(&e, "table:table-cell") || is(&e, "table:covered-table-cell") => {
                let repeated = count(&e, "table:number-columns-repeated");
                let rows_spanned = count(&e, "table:number-rows-spanned");
                let columns_spanned = count(&e, "table:number-columns-spanned");
                let shown = shown(xml, &e)?;
                if shown != Shown::Blank || rows_spanned > 1 || columns_spanned > 1 {
                    cells.push(Found { col, repeated, shown, rows_spanned, columns_spanned });
                }
                col = col.saturating_add(repeated);
            }
            Event::End(e) if e.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Eof => return Err(Stop::Damaged("content.xml".into())),
            _ => {}
        }
    }
}

/// Puts a cell at all places where it is repeated; the grid stops what is too much.
fn put(grid: &mut Grid<'_>, row: u32, rows: u32, found: &Found) -> Result<(), Stop> {
    if found.shown == Shown::Blank {
        return Ok(());
    }
    for row in row..row.saturating_add(rows) {
        for col in found.col..found.col.saturating_add(found.repeated) {
            grid.put(row, col, found.shown.clone())?;
        }
    }
    Ok(())
}

fn merge(row: u32, found: &Found) -> Option<Dimensions> {
    let merged = found.rows_spanned > 1 || found.columns_spanned > 1;
    merged.then(|| {
        let end =
            (row.saturating_add(found.rows_spanned - 1), found.col.saturating_add(found.columns_spanned - 1));
        Dimensions::new((row, found.col), end)
    })
}

/// What a cell shows: its paragraphs, a line each; if there are none, its value.
fn shown(xml: &mut Xml<'_>, start: &BytesStart<'_>) -> Result<Shown, Stop> {
    let text = paragraphs(xml, start)?;
    if attribute(start, "calcext:value-type").is_some_and(|kind| kind == "error") {
        return Ok(Shown::Error(text));
    }
    if !text.is_empty() {
        // The gap that a number format leaves at the edge (`_ `) is stored as a space.
        let is_text = attribute(start, "office:value-type").is_none_or(|kind| kind == "string");
        return Ok(cell::text(if is_text { &text } else { text.trim() }));
    }
    let date = attribute(start, "office:date-value").or_else(|| attribute(start, "office:time-value"));
    let value = date.map(|date| date::show_iso(&date)).or_else(|| attribute(start, "office:value"));
    Ok(value.or_else(|| attribute(start, "office:string-value")).map_or(Shown::Blank, |v| cell::text(&v)))
}

fn paragraphs(xml: &mut Xml<'_>, cell: &BytesStart<'_>) -> Result<String, Stop> {
    let mut text = String::new();
    let (mut first, mut inside) = (true, false);
    loop {
        match next(xml)? {
            Event::Start(e) => match e.name().as_ref() {
                "text:p" => {
                    text.extend((!first).then_some('\n'));
                    (first, inside) = (false, true);
                }
                "text:line-break" => text.push('\n'),
                "text:tab" => text.push('\t'),
                "text:s" => text.extend((0..count(&e, "text:c").min(MOST_SPACES)).map(|_| ' ')),
                name if NOT_TEXT.contains(&name) => skip(xml, &e)?,
                _ => {}
            },
            // Between the paragraphs there is only the file's own white space.
            Event::Text(t) if inside => text.push_str(&t.xml10_content()),
            Event::CData(t) if inside => text.push_str(&t.xml10_content()),
            Event::GeneralRef(e) => {
                let named = resolve_xml_entity(e.as_ref());
                let numbered = e.resolve_char_ref().map_err(|e| damaged(&e))?;
                text.push_str(named.unwrap_or_default());
                text.extend(numbered);
            }
            Event::End(e) if e.name().as_ref() == "text:p" => inside = false,
            Event::End(e) if e.name() == cell.name() => return Ok(text),
            Event::Eof => return Err(Stop::Damaged("content.xml".into())),
            _ => {}
        }
    }
}

/// Goes to the end of an element.
fn skip(xml: &mut Xml<'_>, start: &BytesStart<'_>) -> Result<(), Stop> {
    xml.read_to_end(start.name()).map(drop).map_err(|e| damaged(&e))
}

fn next<'a>(xml: &mut Xml<'a>) -> Result<Event<'a>, Stop> {
    xml.read_event().map_err(|e| damaged(&e))
}

fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.name().as_ref() == name
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// A number of repetitions; one if it is not stated.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

fn damaged(error: &quick_xml::Error) -> Stop {
    Stop::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use std::io::{Cursor, Write as _};
    use zip::write::SimpleFileOptions;

    fn book(content: &str, manifest: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("META-INF/manifest.xml", manifest), ("content.xml", content)] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_text_that_is_shown_is_read() {
        let content = r#"<office:document-content>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
<table:table table:name="隠し" table:style-name="ta2"><table:table-row><table:table-cell><text:p>x</text:p>
</table:table-cell></table:table-row></table:table>
<table:table table:name="様式">
 <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
 <table:table-row>
  <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" office:value-type="string">
   <text:p>一<text:span>行</text:span>目&amp;</text:p>
   <text:p>二<text:s text:c="2"/><text:ruby><text:ruby-base>目</text:ruby-base><text:ruby-text>め</text:ruby-text></text:ruby></text:p>
   <office:annotation><text:p>メモ</text:p></office:annotation></table:table-cell>
  <table:covered-table-cell/>
  <table:table-cell office:value-type="percentage" office:value="0.71"><text:p>71.0% </text:p></table:table-cell>
  <table:table-cell table:number-columns-repeated="2"><text:p>同</text:p></table:table-cell>
  <table:table-cell office:value-type="date" office:date-value="2020-04-01"/>
  <table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>
 </table:table-row>
</table:table></office:document-content>"#;
        let noted = read(&book(content, ""), "a.ods").unwrap();
        let [sheet] = &noted.value[..] else { panic!("{:?}", noted.value) };
        let cells: Vec<_> =
            sheet.rows.iter().flat_map(|r| r.cells.iter().map(|c| (r.index, c.col, &*c.text))).collect();
        assert_eq!(
            cells,
            [(2, 0, "一行目&\n二  目"), (2, 2, "71.0%"), (2, 3, "同"), (2, 4, "同"), (2, 5, "2020/4/1")]
        );
        assert_eq!(
            sheet.merges.iter().map(|a| (a.top, a.left, a.bottom, a.right)).collect::<Vec<_>>(),
            [(2, 0, 4, 1)]
        );
        let found: Vec<_> = noted.diagnostics.iter().map(|d| (d.code, d.origin.to_string())).collect();
        assert_eq!(found, [(Code::CellError, "a.ods [様式] G3".to_owned())]);
    }

    #[test]
    fn what_is_repeated_without_end_or_encrypted_is_refused() {
        let content = r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="4000000000">
<table:table-cell table:number-columns-repeated="4000000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#;
        let noted = read(&book(content, ""), "a.ods").unwrap();
        assert_eq!(noted.diagnostics[0].code, Code::SheetTooLarge);
        assert_eq!(read(&book("", "<manifest:encryption-data>"), "a.ods").unwrap_err(), Stop::Encrypted);
    }
}
