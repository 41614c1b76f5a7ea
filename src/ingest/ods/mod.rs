//! `OpenDocument` spreadsheets. They store the text that each cell shows, so it is taken from there.
//!
//! The content is read as a stream: repeated empty rows and columns cost nothing, and text that is repeated
//! counts against the limits as often as it is repeated. Struck-through text is known for cells, paragraphs and
//! spans, text that cannot be seen for cells; hidden rows and columns, comments and what lies over the cells are known.
//! Conditional styles are not applied.

mod shapes;
mod style;
mod text;

use super::archive::Archive;
use super::axis::{Axes, Axis, DIGIT};
use super::book::{self, Book, Grid, USUAL_WIDTH, check_sheets};
use super::cell::{self, Shown};
use super::date;
use super::looks::Sketch;
use super::number;
use super::trouble::Refusal;
use super::xlsx::seat;
use super::xml::{Xml, attribute, is, next, open, skip};
use crate::finding::Noted;
use crate::model::{Limits, RawSheet, Unseen};
use calamine::{Dimensions, SheetVisible};
use quick_xml::events::{BytesStart, Event};
use shapes::{Controls, Drawn};
use style::{Styles, Wardrobe};

/// A cell as far as its row is concerned.
struct Found {
    col: u32,
    repeated: u32,
    kept: Shown,
    struck: Shown,
    note: Option<String>,
    unseen: Option<Unseen>,
    drawn: Vec<Drawn>,
    rows_spanned: u32,
    columns_spanned: u32,
}

/// The columns of a sheet.
#[derive(Default)]
struct Columns {
    count: u32,
    /// First and last column, and the style of their cells that have none of their own.
    styles: Vec<(u32, u32, String)>,
    /// First and last column, and their width in English Metric Units.
    widths: Vec<(u32, u32, i64)>,
}

/// What is drawn over a sheet while it is read.
#[derive(Default)]
struct Drawings {
    drawn: Vec<(Option<(u32, u32)>, Drawn)>,
    controls: Controls,
    /// First and last row, and their height in English Metric Units.
    heights: Vec<(u32, u32, i64)>,
}

/// Sizes that an office of this format gives to what states none: 2.258 cm and 0.452 cm.
const COLUMN: i64 = 812_880;
const ROW: i64 = 162_720;

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
    let mut wardrobe = Wardrobe::new(&styles);
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
                        let visibility = if hidden { SheetVisible::Hidden } else { SheetVisible::Visible };
                        let sheet = book::Sheet { index, name, visibility };
                        book.sheet(&sheet, |grid| table(grid, &mut xml, &mut wardrobe));
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
fn table(grid: &mut Grid<'_>, xml: &mut Xml<'_>, wardrobe: &mut Wardrobe<'_>) -> Result<(), Refusal> {
    let styles = wardrobe.styles;
    let mut sketch = Sketch::default();
    let (mut row, mut groups): (u32, u32) = (0, 0);
    let mut columns = Columns::default();
    let mut merges = Vec::new();
    grid.set_default_width(USUAL_WIDTH);
    let mut drawings = Drawings::default();
    loop {
        match next(xml)? {
            Event::Start(e) if is(&e, "table:table-column") => columns.add(grid, &e, styles),
            Event::Start(e) if is(&e, "table:table-row-group") => groups += 1,
            Event::End(e) if e.name().as_ref() == "table:table-row-group" => {
                groups = groups.saturating_sub(1);
            }
            Event::Start(e) if is(&e, "table:table-row") => {
                let repeated = count(&e, "table:number-rows-repeated");
                let last = row.saturating_add(repeated - 1);
                let mut cells = table_row(xml, (&e, row), &columns, wardrobe, &mut sketch)?;
                sketch.end_row(last);
                for found in &mut cells {
                    put(grid, row, repeated, found)?;
                    merges.extend(merge(row, found));
                    let here = std::mem::take(&mut found.drawn).into_iter();
                    drawings.drawn.extend(here.map(|drawn| (Some((row, found.col)), drawn)));
                }
                let style = attribute(&e, "table:style-name");
                let height = style.and_then(|style| styles.length("table-row", &style));
                let is_hidden = is_hidden(&e) || height == Some(0);
                let hidden = is_hidden.then(|| attribute(&e, "table:visibility").unwrap_or_default());
                let height = if hidden.is_some() { Some(0) } else { height };
                drawings.heights.extend(height.map(|height| (row, last, height)));
                // An empty row can be repeated to the end of the world.
                if let Some(how) = hidden.filter(|_| cells.iter().any(|cell| !cell.is_blank())) {
                    (row..=last).for_each(|row| grid.hide_row(row));
                    let surroundings = grid.surroundings();
                    if how == "filter" {
                        surroundings.filtered_rows.extend(row..=last);
                    } else if groups > 0 {
                        surroundings.grouped_rows.extend(row..=last);
                    }
                }
                row = row.saturating_add(repeated);
            }
            Event::Start(e) if e.name().as_ref().starts_with("form:") => {
                shapes::add_control(&mut drawings.controls, &e);
            }
            // Things that are fixed to the sheet.
            Event::Start(e) if shapes::draws(e.name().as_ref()) => {
                drawings.drawn.push((None, shapes::read(xml, &e, styles)?));
            }
            Event::End(e) if e.name().as_ref() == "table:table" => break,
            Event::Eof => return Err(Refusal::Damaged("content.xml".into())),
            _ => {}
        }
    }
    let axes = Axes { columns: Axis::new(columns.widths, COLUMN), rows: Axis::new(drawings.heights, ROW) };
    let mut overlays = shapes::place(drawings.drawn, &drawings.controls, &axes)?;
    seat(&mut overlays, &merges, &axes);
    grid.surroundings().overlays = overlays;
    grid.merge(merges)?;
    grid.set_looks(sketch, &wardrobe.palette);
    Ok(())
}

impl Columns {
    fn add(&mut self, grid: &mut Grid<'_>, column: &BytesStart<'_>, styles: &Styles) {
        let first = self.count;
        self.count = first.saturating_add(count(column, "table:number-columns-repeated"));
        let last = self.count.saturating_sub(1);
        let own = attribute(column, "table:style-name");
        let width = own.and_then(|style| styles.length("table-column", &style));
        let is_hidden = is_hidden(column) || width == Some(0);
        if is_hidden {
            grid.hide_columns(first, last);
        }
        if let Some(width) = width.and_then(|width| u32::try_from(width * 100 / DIGIT).ok()) {
            grid.set_width(first, last, width);
        }
        let width = if is_hidden { Some(0) } else { width };
        self.widths.extend(width.map(|width| (first, last, width)));
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

/// Reads the cells of a row; those that show nothing only if they are merged. How they look goes to the sketch.
fn table_row(
    xml: &mut Xml<'_>,
    (row, index): (&BytesStart<'_>, u32),
    columns: &Columns,
    wardrobe: &mut Wardrobe<'_>,
    sketch: &mut Sketch,
) -> Result<Vec<Found>, Refusal> {
    let styles = wardrobe.styles;
    let row_style = attribute(row, "table:default-cell-style-name");
    let mut cells = Vec::new();
    let mut col: u32 = 0;
    loop {
        match next(xml)? {
            Event::Start(e) if is(&e, "table:table-cell") || is(&e, "table:covered-table-cell") => {
                let own = attribute(&e, "table:style-name");
                let style = own.as_deref().or(row_style.as_deref()).or_else(|| columns.style(col));
                let struck = style.and_then(|style| styles.strikes("table-cell", style));
                let mut found = found(xml, &e, col, struck.unwrap_or(false), styles)?;
                found.unseen = style.and_then(|style| styles.unseen(style));
                let last = col.saturating_add(found.repeated - 1);
                sketch.cells(index, (col, last), wardrobe.number(style));
                col = last.saturating_add(1);
                let is_something =
                    |found: &Found| !found.is_blank() || found.is_merged() || !found.drawn.is_empty();
                cells.extend(Some(found).filter(is_something));
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
        unseen: None,
        drawn: text.drawn,
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
            match found.unseen.filter(|_| found.struck == Shown::Blank) {
                Some(why) => grid.put_unseen(row, col, why, found.kept.clone())?,
                None => grid.put_struck(row, col, found.kept.clone(), found.struck.clone())?,
            }
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
    let is_date =
        attribute(cell, "office:value-type").is_some_and(|kind| matches!(kind.as_str(), "date" | "time"));
    match number().filter(|_| !is_text) {
        _ if is_date => cell::date(cell::text(text.trim())),
        Some(value) if number::is_scientific(text.trim()) => cell::number(number::general(value), value),
        Some(value) => cell::number(text.trim().to_owned(), value),
        None => cell::text(if is_text { text } else { text.trim() }),
    }
}

/// What a cell without paragraphs shows: its value.
fn value(cell: &BytesStart<'_>) -> Shown {
    let date = attribute(cell, "office:date-value").or_else(|| attribute(cell, "office:time-value"));
    if let Some(date) = date {
        return cell::date(cell::text(&date::show_iso(&date)));
    }
    if attribute(cell, "table:formula").is_some() && attribute(cell, "office:value-type").is_none() {
        return Shown::Unresolved;
    }
    let value = attribute(cell, "office:value");
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
    use crate::model::{OverlayKind, RawCell, RawRow};
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
  <table:table-cell table:formula="of:=[.A1]"/>
  <table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>
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
        let at = |cell: &str| format!("a.ods [様式] {cell}");
        assert_eq!(found, [(Code::CellError, at("G3")), (Code::FormulaUnresolved, at("H3"))]);
    }

    #[test]
    fn struck_hidden_and_annotated_things_are_marked() {
        let strike = r#"<style:text-properties style:text-line-through-style="solid"/>"#;
        let content = format!(
            r#"<x><style:style style:name="T1" style:family="text">{strike}</style:style>
<style:style style:name="ce1" style:family="table-cell">{strike}</style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="co1" style:family="table-column"><style:table-column-properties style:column-width="3cm"/></style:style>
<table:table table:name="様式"><table:table-column table:style-name="co1"/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>
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
        assert_eq!((sheet.width(0, 0), sheet.width(0, 1)), (Some(1417), Some(838)));
    }

    #[test]
    fn what_lies_over_the_cells_and_what_cannot_be_seen_are_told() {
        let content = r##"<x><style:style style:name="co1" style:family="table-column"><style:table-column-properties style:column-width="2cm"/></style:style>
<style:style style:name="gr1" style:family="graphic"><style:graphic-properties draw:fill="none"/></style:style>
<style:style style:name="ce1" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"><style:table-cell-properties fo:background-color="#0000ff"/></style:style>
<table:table table:name="様式"><office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked" form:label="修正" form:linked-cell="様式.D9"/></form:form></office:forms>
<table:shapes><draw:frame svg:x="2.1cm" svg:y="0cm" svg:width="1cm" svg:height="0.4cm"><draw:text-box><text:p>40人</text:p><text:p>に訂正</text:p></draw:text-box></draw:frame></table:shapes>
<table:table-column table:style-name="co1" table:number-columns-repeated="9"/>
<table:table-row><table:table-cell table:style-name="ce1"><text:p>白</text:p></table:table-cell><table:table-cell table:style-name="ce2"><text:p>見出し</text:p></table:table-cell></table:table-row>
<table:table-row-group><table:table-row table:visibility="collapse"><table:table-cell><text:p>折</text:p></table:table-cell></table:table-row></table:table-row-group>
<table:table-row table:visibility="filter"><table:table-cell><text:p>絞</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><draw:custom-shape draw:style-name="gr1" svg:x="0.2cm" svg:y="0.05cm" svg:width="1cm" svg:height="0.3cm"><text:p/><draw:enhanced-geometry draw:type="ellipse"/></draw:custom-shape></table:table-cell>
<table:table-cell><text:p>字</text:p><draw:control draw:control="c1" svg:x="0.1cm" svg:width="1cm" svg:height="0.4cm"/></table:table-cell></table:table-row>
</table:table></x>"##;
        let noted = read_book(&book(content, "")).unwrap();
        let sheet = &noted.value[0];
        let surroundings = &sheet.surroundings;
        let found: Vec<_> = surroundings
            .overlays
            .iter()
            .map(|it| {
                (it.kind, it.cell.to_string(), it.text.as_str(), it.linked.map(|cell| cell.to_string()))
            })
            .collect();
        let expected = [
            (OverlayKind::TextBox, "B1".to_owned(), "40人\nに訂正", None),
            (OverlayKind::Ring, "A4".to_owned(), "", None),
            (OverlayKind::CheckBox(Some(true)), "B4".to_owned(), "修正", Some("D9".to_owned())),
        ];
        assert_eq!(found, expected);
        assert_eq!((&surroundings.grouped_rows, &surroundings.filtered_rows), (&[1].into(), &[2].into()));
        let seen = |row, col| sheet.text(row, col);
        assert_eq!([seen(0, 0), seen(0, 1), seen(3, 1)], [None, Some("見出し"), Some("字")]);
        let white = sheet.rows[0].cells[0].unseen.as_ref().map(|it| (it.why, it.text.as_str()));
        assert_eq!(white, Some((Unseen::Colour, "白")));
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
