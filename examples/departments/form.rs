//! A department's form as data: what its columns are and how it is filled in, whatever the file format.

use crate::list::Row;
use crate::workbook;
use std::error::Error;
use std::ops::RangeInclusive;

/// One department's form.
pub(crate) struct Form {
    pub(crate) file: &'static str,
    pub(crate) format: Format,
    /// Year, month and day in a workbook's properties, fixed so that its bytes are.
    pub(crate) created: (u16, u8, u8),
    /// Project numbers of the rows that the department answers for.
    pub(crate) projects: &'static [RangeInclusive<u32>],
    /// Lines above the table; an empty one is an empty row.
    pub(crate) above: &'static [&'static str],
    /// Lines below the table.
    pub(crate) below: &'static [&'static str],
    /// Columns, left to right.
    pub(crate) columns: Vec<Column>,
    /// How group labels are entered.
    pub(crate) labels: Labels,
    /// Typeface, and fill of the header row as `0xRRGGBB`.
    pub(crate) look: (&'static str, u32),
    /// Choices offered in the column of dispositions.
    pub(crate) choices: &'static [&'static str],
    /// A second sheet with instructions: its lines.
    pub(crate) instructions: &'static [&'static str],
}

/// What kind of file the form is.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    /// A workbook; the name of the sheet's tab.
    Workbook(&'static str),
    /// CSV in CP932, as Excel saves it by default.
    Cp932,
    /// CSV in UTF-8 with byte order mark.
    Utf8,
}

/// One column of a form.
pub(crate) struct Column {
    pub(crate) header: &'static str,
    /// Header above this column and its neighbours with the same one; empty for none.
    pub(crate) under: &'static str,
    /// Width in half-width characters.
    pub(crate) width: u32,
    pub(crate) content: Content,
}

/// What stands in a column.
pub(crate) enum Content {
    /// A group's label, by the list's columns for this level and those outside it, outermost first.
    Group(&'static [&'static str], fn(&str) -> String),
    /// Anything else.
    Entry(fn(&Row) -> Cell),
    /// The disposition.
    Choice(fn(&Row) -> Cell),
}

/// How group labels are entered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labels {
    /// Once, in a cell merged down the group's rows.
    Merged,
    /// Once, in the group's first row.
    First,
    /// In every row.
    Repeated,
}

/// What is entered in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Text; empty for an empty cell.
    Text(String),
    /// A number with its format.
    Number(f64, String),
}

impl Form {
    /// The rows that the department answers for, in the list's order, numbered from 1.
    pub(crate) fn pick(&self, rows: &[Row]) -> Vec<Row> {
        let number = |row: &Row| row.get("project_no").parse::<u32>();
        let mine =
            rows.iter().filter(|row| number(row).is_ok_and(|n| self.projects.iter().any(|r| r.contains(&n))));
        mine.zip(1..).map(|(row, position)| row.at(position)).collect()
    }

    /// The header has a second row above the columns' own.
    pub(crate) fn two_header_rows(&self) -> bool {
        self.columns.iter().any(|column| !column.under.is_empty())
    }
}

/// A column that is entered row by row.
pub(crate) fn entry(header: &'static str, width: u32, cell: fn(&Row) -> Cell) -> Column {
    Column { header, under: "", width, content: Content::Entry(cell) }
}

/// The column of dispositions.
pub(crate) fn choice(header: &'static str, width: u32, cell: fn(&Row) -> Cell) -> Column {
    Column { header, under: "", width, content: Content::Choice(cell) }
}

/// A column of group labels.
pub(crate) fn group(
    header: &'static str,
    width: u32,
    levels: &'static [&'static str],
    hand: fn(&str) -> String,
) -> Column {
    Column { header, under: "", width, content: Content::Group(levels, hand) }
}

/// The same column below a common header.
pub(crate) fn under(header: &'static str, column: Column) -> Column {
    Column { under: header, ..column }
}

/// Text in a cell.
pub(crate) fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// The label of a row's group on the innermost of the levels.
pub(crate) fn label(levels: &[&str], hand: fn(&str) -> String, row: &Row) -> String {
    hand(levels.last().map_or("", |level| row.get(level)))
}

/// For each row, the position of its group's first row.
pub(crate) fn group_starts(rows: &[Row], levels: &[&str]) -> Vec<usize> {
    let mut start = 0;
    (0..rows.len())
        .map(|i| {
            if levels.iter().any(|level| rows[i].get(level) != rows[start].get(level)) {
                start = i;
            }
            start
        })
        .collect()
}

/// The file's bytes.
pub(crate) fn render(form: &Form, rows: &[Row]) -> Result<Vec<u8>, Box<dyn Error>> {
    match form.format {
        Format::Workbook(sheet) => Ok(workbook::xlsx(form, sheet, rows)?),
        Format::Cp932 => Ok(encoding_rs::SHIFT_JIS.encode(&csv(form, rows)?).0.into_owned()),
        Format::Utf8 => Ok(format!("\u{FEFF}{}", csv(form, rows)?).into_bytes()),
    }
}

/// A CSV as Excel saves it: CRLF, every record as wide as the table.
fn csv(form: &Form, rows: &[Row]) -> Result<String, Box<dyn Error>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let lines = |lines: &'static [&'static str]| {
        lines.iter().map(|&line| (0..form.columns.len()).map(move |i| if i == 0 { line } else { "" }))
    };
    for line in lines(form.above) {
        writer.write_record(line)?;
    }
    writer.write_record(form.columns.iter().map(|column| column.header))?;
    for row in rows {
        let cells = form.columns.iter().map(|column| match &column.content {
            Content::Group(levels, hand) => label(levels, *hand, row),
            Content::Entry(cell) | Content::Choice(cell) => match cell(row) {
                Cell::Text(text) => text,
                Cell::Number(number, _) => number.to_string(),
            },
        });
        writer.write_record(cells)?;
    }
    for line in lines(form.below) {
        writer.write_record(line)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
