//! `OpenDocument` spreadsheets. They store the text that each cell shows, so it is taken from there.
//!
//! The content is read as a stream: repeated empty rows and columns cost nothing, and text that is repeated
//! counts against the limits as often as it is repeated. Struck-through text is known for cells, paragraphs and
//! spans; hidden rows and columns and comments are known. Conditional styles are not applied.

mod style;
mod text;

use super::archive::Archive;
use super::book::{self, Book, Grid, check_sheets};
use super::cell::{self, Shown};
use super::date;
use super::trouble::Refusal;
use super::xml::{Xml, attribute, is, next, open, skip};
use crate::finding::Noted;
use crate::model::{Limits, RawSheet};
use calamine::Dimensions;
use quick_xml::events::{BytesStart, Event};
use style::Styles;

/// A cell as far as its row is concerned.
struct Found {
    col: u32,
    repeated: u32,
    kept: Shown,
    struck: Shown,
    note: Option<String>,
    rows_spanned: u32,
    columns_spanned: u32,
}

/// The columns of a sheet.
#[derive(Default)]
struct Columns {
    count: u32,
    /// First and last column, and the style of their cells that have none of their own.
    styles: Vec<(u32, u32, String)>,
}

/// Reads the sheets.
pub(super) fn read(
    archive: &mut Archive<'_>,
    file: &str,
    limits: &Limits,
) -> Result<Noted<Vec<RawSheet>>, Refusal> {
    let manifest = archive.try_text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("manifest:encryption-data") {
        return Err(Refusal::Encrypted);
    }
    let content = archive.try_text("content.xml")?.ok_or_else(|| Refusal::Damaged("content.xml".into()))?;
    let mut styles = Styles::default();
    styles.read(&archive.try_text("styles.xml")?.unwrap_or_default())?;
    styles.read(&content)?;
    let mut xml = open(&content);
    let mut book = Book::new(file, limits);
    let mut index = 0;
    loop {
        match next(&mut xml)? {
            Event::Start(e) if is(&e, "table:table") => {
                let style = attribute(&e, "table:style-name");
                let hidden = style.is_some_and(|style| styles.hides_table(&style));
                match attribute(&e, "table:name") {
                    Some(name) => {
                        check_sheets(index + 1, limits)?;
                        let sheet = book::Sheet { index, name, hidden };
                        book.sheet(&sheet, |grid| table(grid, &mut xml, &styles));
                        index += 1;
                    }
                    None => skip(&mut xml, &e)?,
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(book.finish())
}

/// Reads the columns and rows of a sheet, to its end.
fn table(grid: &mut Grid<'_>, xml: &mut Xml<'_>, styles: &Styles) -> Result<(), Refusal> {
    let mut row: u32 = 0;
    let mut columns = Columns::default();
    let mut merges = Vec::new();
    loop {
        match next(xml)? {
            Event::Start(e) if is(&e, "table:table-column") => columns.add(grid, &e),
            Event::Start(e) if is(&e, "table:table-row") => {
                let repeated = count(&e, "table:number-rows-repeated");
                let cells = table_row(xml, &e, &columns, styles)?;
                for found in &cells {
                    put(grid, row, repeated, found)?;
                    merges.extend(merge(row, found));
                }
                // An empty row can be repeated to the end of the world.
                if is_hidden(&e) && cells.iter().any(|cell| !cell.is_blank()) {
                    (row..row.saturating_add(repeated)).for_each(|row| grid.hide_row(row));
                }
                row = row.saturating_add(repeated);
            }
            // Drawings above the sheet hold tables and texts of their own.
            Event::Start(e) if is(&e, "table:shapes") => skip(xml, &e)?,
            Event::End(e) if e.name().as_ref() == "table:table" => break,
            Event::Eof => return Err(Refusal::Damaged("content.xml".into())),
            _ => {}
        }
    }
    grid.merge(merges)
}

impl Columns {
    fn add(&mut self, grid: &mut Grid<'_>, column: &BytesStart<'_>) {
        let first = self.count;
        self.count = first.saturating_add(count(column, "table:number-columns-repeated"));
        let last = self.count.saturating_sub(1);
        if is_hidden(column) {
            grid.hide_columns(first, last);
        }
        let style = attribute(column, "table:default-cell-style-name");
        self.styles.extend(style.map(|style| (first, last, style)));
    }

    fn style(&self, col: u32) -> Option<&str> {
        let (first, _, style) = self.styles.get(self.styles.partition_point(|(_, last, _)| *last < col))?;
        (*first <= col).then_some(style.as_str())
    }
}

/// Whether a row or column is hidden by hand or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "table:visibility").is_some_and(|v| matches!(v.as_str(), "collapse" | "filter"))
}

/// Reads the cells of a row; those that show nothing only if they are merged.
fn table_row(
    xml: &mut Xml<'_>,
    row: &BytesStart<'_>,
    columns: &Columns,
    styles: &Styles,
) -> Result<Vec<Found>, Refusal> {
    let row_style = attribute(row, "table:default-cell-style-name");
    let mut cells = Vec::new();
    let mut col: u32 = 0;
    loop {
        match next(xml)? {
            Event::Start(e) if is(&e, "table:table-cell") || is(&e, "table:covered-table-cell") => {
                let own = attribute(&e, "table:style-name");
                let style = own.as_deref().or(row_style.as_deref()).or_else(|| columns.style(col));
                let struck = style.and_then(|style| styles.strikes("table-cell", style));
                let found = found(xml, &e, col, struck.unwrap_or(false), styles)?;
                col = col.saturating_add(found.repeated);
                cells.extend(Some(found).filter(|found| !found.is_blank() || found.is_merged()));
            }
            Event::End(e) if e.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Eof => return Err(Refusal::Damaged("content.xml".into())),
            _ => {}
        }
    }
}

/// Reads a cell.
fn found(
    xml: &mut Xml<'_>,
    start: &BytesStart<'_>,
    col: u32,
    is_struck: bool,
    styles: &Styles,
) -> Result<Found, Refusal> {
    let text = text::read(xml, start, is_struck, styles)?;
    let (kept, struck) = match (text.is_empty(), is_struck) {
        (false, _) => (shown(start, &text.kept), cell::text(&text.struck)),
        (true, false) => (value(start), Shown::Blank),
        (true, true) => (Shown::Blank, value(start)),
    };
    Ok(Found {
        col,
        repeated: count(start, "table:number-columns-repeated"),
        kept,
        struck,
        note: text.note,
        rows_spanned: count(start, "table:number-rows-spanned"),
        columns_spanned: count(start, "table:number-columns-spanned"),
    })
}

impl Found {
    fn is_merged(&self) -> bool {
        self.rows_spanned > 1 || self.columns_spanned > 1
    }

    fn is_blank(&self) -> bool {
        self.kept == Shown::Blank && self.struck == Shown::Blank && self.note.is_none()
    }
}

/// Puts a cell at all places where it is repeated; the grid stops what is too much.
fn put(grid: &mut Grid<'_>, row: u32, rows: u32, found: &Found) -> Result<(), Refusal> {
    if found.is_blank() {
        return Ok(());
    }
    for row in row..row.saturating_add(rows) {
        for col in found.col..found.col.saturating_add(found.repeated) {
            grid.put_struck(row, col, found.kept.clone(), found.struck.clone())?;
            if let Some(note) = &found.note {
                grid.put_note(row, col, note)?;
            }
        }
    }
    Ok(())
}

fn merge(row: u32, found: &Found) -> Option<Dimensions> {
    found.is_merged().then(|| {
        let end =
            (row.saturating_add(found.rows_spanned - 1), found.col.saturating_add(found.columns_spanned - 1));
        Dimensions::new((row, found.col), end)
    })
}

/// What a cell with paragraphs shows.
fn shown(cell: &BytesStart<'_>, text: &str) -> Shown {
    if attribute(cell, "calcext:value-type").is_some_and(|kind| kind == "error") && !text.is_empty() {
        return Shown::Error(text.to_owned());
    }
    // The gap that a number format leaves at the edge (`_ `) is stored as a space.
    let is_text = attribute(cell, "office:value-type").is_none_or(|kind| kind == "string");
    let number = || attribute(cell, "office:value")?.parse().ok();
    match number().filter(|_| !is_text) {
        Some(value) => cell::number(text.trim().to_owned(), value),
        None => cell::text(if is_text { text } else { text.trim() }),
    }
}

/// What a cell without paragraphs shows: its value.
fn value(cell: &BytesStart<'_>) -> Shown {
    let date = attribute(cell, "office:date-value").or_else(|| attribute(cell, "office:time-value"));
    let value = date.map(|date| date::show_iso(&date)).or_else(|| attribute(cell, "office:value"));
    value.or_else(|| attribute(cell, "office:string-value")).map_or(Shown::Blank, |v| cell::text(&v))
}

/// A number of repetitions; one if it is not stated.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::model::{RawCell, RawRow};
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

    fn read_book(bytes: &[u8]) -> Result<Noted<Vec<RawSheet>>, Refusal> {
        let limits = Limits::default();
        read(&mut Archive::open(bytes, &limits)?, "a.ods", &limits)
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
        let noted = read_book(&book(content, "")).unwrap();
        let [hidden, sheet] = &noted.value[..] else { panic!("{:?}", noted.value) };
        assert_eq!((hidden.hidden, sheet.hidden), (true, false));
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
        let found: Vec<_> = noted.findings.iter().map(|d| (d.code(), d.origin.to_string())).collect();
        assert_eq!(found, [(Code::CellError, "a.ods [様式] G3".to_owned())]);
    }

    #[test]
    fn struck_hidden_and_annotated_things_are_marked() {
        let strike = r#"<style:text-properties style:text-line-through-style="solid"/>"#;
        let content = format!(
            r#"<x><style:style style:name="T1" style:family="text">{strike}</style:style>
<style:style style:name="ce1" style:family="table-cell">{strike}</style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="none"/></style:style>
<table:table table:name="様式"><table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>
<table:table-column table:default-cell-style-name="ce1" table:visibility="filter"/>
<table:table-row table:visibility="filter"><table:table-cell><text:p><text:span text:style-name="T1">5施設</text:span></text:p>
<text:p>8<text:span>施設</text:span></text:p></table:table-cell>
<table:table-cell><office:annotation><dc:creator>課</dc:creator><text:p>確認中</text:p><office:annotation><text:p>x</text:p></office:annotation></office:annotation></table:table-cell>
<table:table-cell table:style-name="ce1"><text:p>旧<text:span text:style-name="T2">新</text:span>案</text:p></table:table-cell>
<table:table-cell office:value="5"/></table:table-row>
<table:table-row table:visibility="collapse" table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-spanned="2"/></table:table-row>
</table:table></x>"#
        );
        let noted = read_book(&book(&content, "")).unwrap();
        let sheet = &noted.value[0];
        let cell = |col, text: &str, struck: Option<&str>, note: Option<&str>| RawCell {
            col,
            text: text.into(),
            struck: struck.map(Into::into),
            note: note.map(Into::into),
            ..RawCell::default()
        };
        let cells = vec![
            cell(0, "8施設", Some("5施設"), None),
            cell(1, "", None, Some("確認中")),
            cell(2, "新", Some("旧\n案"), None),
            cell(3, "", Some("5"), None),
        ];
        assert_eq!(sheet.rows, [RawRow { index: 0, hidden: true, cells }]);
        assert_eq!(sheet.hidden_columns, [(1, 3)]);
    }

    #[test]
    fn what_is_repeated_without_end_or_encrypted_is_refused() {
        let content = r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="4000000000">
<table:table-cell table:number-columns-repeated="4000000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#;
        let noted = read_book(&book(content, "")).unwrap();
        assert_eq!(noted.findings[0].code(), Code::SheetTooLarge);
        assert_eq!(read_book(&book("", "<manifest:encryption-data>")).unwrap_err(), Refusal::Encrypted);
    }
}
