//! A sheet as ingest hands it over: the text that each cell shows, sparse, with its merges and its marks.
//!
//! What is struck through or hidden is handed over as well, and marked: what becomes of it is not for the reader
//! of files to decide.

use super::{Looks, Origin, Overlay, Place};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// One sheet of one input file. Rows and cells without text are absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RawSheet {
    /// File and sheet name.
    #[serde(with = "super::origin::shared")]
    pub place: Arc<Place>,
    /// Whether the sheet is hidden, by its menu or by a program.
    pub hidden: bool,
    /// Rows by ascending index.
    pub rows: Vec<RawRow>,
    /// First and last index of each range of hidden columns, ascending, apart from each other; a column of no
    /// width is hidden.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged areas, by ascending top-left cell.
    pub merges: Vec<Area>,
    /// How wide its columns are.
    pub widths: ColumnWidths,
    /// How its cells look.
    #[serde(default, skip_serializing_if = "Looks::is_empty")]
    pub looks: Looks,
    /// What the file says of it besides its cells.
    pub surroundings: Surroundings,
    /// Where its cells stand on the file's sheet, if it was folded into a table.
    #[serde(skip)]
    pub stands: Stands,
}

/// Where the cells of a table stand that was folded out of a form of another shape; empty on a sheet as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stands {
    on_sheet: BTreeMap<(u32, u32), (u32, u32)>,
    in_table: BTreeMap<(u32, u32), (u32, u32)>,
    /// Cells of the sheet of which the table says elsewhere what they say: labels of further cards, what lines repeat.
    repeated: BTreeSet<(u32, u32)>,
}

impl Stands {
    /// Whether the cells stand where the file has them.
    pub fn is_empty(&self) -> bool {
        self.on_sheet.is_empty()
    }

    /// Says where a cell of the table stands on the sheet. A cell of the sheet that holds for several of the table's
    /// keeps the first.
    pub fn set(&mut self, in_table: (u32, u32), on_sheet: (u32, u32)) {
        self.on_sheet.insert(in_table, on_sheet);
        self.in_table.entry(on_sheet).or_insert(in_table);
    }

    /// Says that a cell of the sheet is a piece of one of the table's.
    pub fn join(&mut self, in_table: (u32, u32), on_sheet: (u32, u32)) {
        self.in_table.entry(on_sheet).or_insert(in_table);
    }

    /// Says that the table says elsewhere what a cell of the sheet says, unless it is one of the table's.
    pub fn repeat(&mut self, on_sheet: (u32, u32)) {
        if !self.in_table.contains_key(&on_sheet) {
            self.repeated.insert(on_sheet);
        }
    }

    /// The cells of the sheet of which the table says elsewhere what they say.
    pub fn repeated(&self) -> impl Iterator<Item = (u32, u32)> {
        self.repeated.iter().copied()
    }

    /// Each cell of the sheet that is in the table, with the first of the table's that it is in.
    pub fn known(&self) -> impl Iterator<Item = ((u32, u32), (u32, u32))> {
        self.in_table.iter().map(|(&on_sheet, &in_table)| (on_sheet, in_table))
    }

    /// Where a cell of the table stands on the sheet.
    pub fn on_sheet(&self, cell: (u32, u32)) -> Option<(u32, u32)> {
        self.on_sheet.get(&cell).copied()
    }

    /// Each cell of the table, and where it stands on the sheet.
    pub fn cells(&self) -> impl Iterator<Item = ((u32, u32), (u32, u32))> {
        self.on_sheet.iter().map(|(&in_table, &on_sheet)| (in_table, on_sheet))
    }

    /// Where a cell of the sheet stands in the table.
    pub fn in_table(&self, cell: (u32, u32)) -> Option<(u32, u32)> {
        self.in_table.get(&cell).copied()
    }
}

/// Widths of columns in hundredths of a half-width character of the workbook's usual font.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ColumnWidths {
    /// That of the columns that state none; `None` where the format knows no widths (CSV).
    pub default: Option<u32>,
    /// First and last column of a range, and the width of each of them; the last range that has a column counts.
    pub ranges: Vec<(u32, u32, u32)>,
}

impl ColumnWidths {
    /// The width of a column.
    pub fn of(&self, col: u32) -> Option<u32> {
        self.sum(col, col)
    }

    /// The width of the columns from one to another, both included.
    fn sum(&self, first: u32, last: u32) -> Option<u32> {
        let default = self.default?;
        let width = |col: u32| {
            let range = self.ranges.iter().rev().find(|(first, last, _)| (*first..=*last).contains(&col));
            range.map_or(default, |(.., width)| *width)
        };
        // A merge may span all columns of the sheet; no line is as wide as a thousand.
        Some((first..=last).take(1000).map(width).fold(0, u32::saturating_add))
    }
}

/// What a file says of a sheet besides its cells, as far as its format tells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Surroundings {
    /// Hidden so that no menu of Excel shows it.
    pub is_very_hidden: bool,
    /// Made by kaitei from the list that stands beside it in the same workbook: a summary, changes, sources.
    pub repeats_list: bool,
    /// Hidden rows that a filter hides.
    pub filtered_rows: BTreeSet<u32>,
    /// Hidden rows that are grouped: a closed outline hides them.
    pub grouped_rows: BTreeSet<u32>,
    /// Rows that only sum up a table of the file's own (a `ListObject`).
    pub total_rows: BTreeSet<u32>,
    /// What is printed; all, if nothing is stated.
    pub print_areas: Vec<Area>,
    /// Cells whose text a conditional format may make invisible.
    pub conditional: Vec<Area>,
    /// What lies over the cells, in the file's order.
    pub overlays: Vec<Overlay>,
    /// In a workbook of kaitei, the ids of records by the rows on which they begin.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ids: BTreeMap<u32, String>,
}

/// One row that has at least one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRow {
    /// Row index from 0.
    pub index: u32,
    /// Whether the row is hidden: by hand, by a filter, by a closed outline, or for having no height.
    pub hidden: bool,
    /// Cells by ascending column.
    pub cells: Vec<RawCell>,
}

/// Why text of a cell cannot be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unseen {
    /// It has the colour of its ground.
    Colour,
    /// It is too small.
    Size,
    /// The number format shows nothing (`;;;`).
    Format,
    /// A merged area lies over its cell and shows the text of another.
    Merge,
}

/// Text of a cell that cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenText {
    /// Why.
    pub why: Unseen,
    /// What cannot be seen; parts that are apart are joined with `\n`. Never empty.
    pub text: String,
    /// What the cell says with it.
    pub whole: String,
}

/// One cell that has at least one of text, struck text, unseen text and note.
/// As data, what is absent takes no room: a file may have half a million cells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RawCell {
    /// Column index from 0.
    pub col: u32,
    /// What Excel would show in the cell, line breaks as `\n`, without what is struck through. Empty if nothing
    /// remains; otherwise it has a character that is not white space.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The number that a numeric cell stores, if the text does not say all of it (`(1,234)` of −1234, `72％` of 0.715).
    #[serde(skip_serializing_if = "Option::is_none", with = "exact")]
    pub stored: Option<Box<Decimal>>,
    /// Whether the text is a date or a time of day: the cell stores one, or, in a file without types, reads like one
    /// that Excel made.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_date: bool,
    /// What is struck through; parts that are apart are joined with `\n`. Never empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub struck: Option<Box<str>>,
    /// What cannot be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unseen: Option<Box<HiddenText>>,
    /// The comment on the cell, without its author's name. Never empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Box<str>>,
}

/// A rectangle of cells, corners included, zero-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl RawCell {
    /// Whether it has no text at all, seen or not.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.struck.is_none() && self.unseen.is_none()
    }
}

impl Area {
    /// Whether the cell lies in the area.
    pub fn contains(&self, row: u32, col: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&col)
    }
}

impl RawRow {
    /// All that the row says in one line, what is struck through included: for people who look for it.
    pub fn line(&self) -> String {
        let texts = self.cells.iter().flat_map(|cell| [Some(cell.text.as_str()), cell.struck.as_deref()]);
        let lines = texts.flatten().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ")
    }

    /// The cell of a column, if there is one.
    pub fn cell(&self, col: u32) -> Option<&RawCell> {
        self.cells.binary_search_by_key(&col, |c| c.col).ok().map(|i| &self.cells[i])
    }

    /// The text of a column, if the cell has any.
    pub fn text(&self, col: u32) -> Option<&str> {
        self.cell(col).map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
    }
}

impl RawSheet {
    /// The origin of one of this sheet's cells.
    pub fn origin(&self, row: u32, col: u32) -> Origin {
        let (row, col) = self.stands.on_sheet((row, col)).unwrap_or((row, col));
        Origin::at(&self.place, row, col)
    }

    /// The cell that an origin names, if it is one of this sheet's.
    pub fn cell_of(&self, origin: &Origin) -> Option<&RawCell> {
        let at = origin.cell.filter(|_| origin.place == self.place)?;
        let (row, col) = self.stands.in_table((at.row, at.col)).unwrap_or((at.row, at.col));
        self.row(row)?.cell(col)
    }

    /// The row at an index, if it has any cell.
    pub fn row(&self, index: u32) -> Option<&RawRow> {
        self.rows.binary_search_by_key(&index, |r| r.index).ok().map(|i| &self.rows[i])
    }

    /// The rows in a range of indices.
    pub fn rows_in(&self, range: Range<u32>) -> &[RawRow] {
        let at = |index: u32| self.rows.partition_point(|row| row.index < index);
        &self.rows[at(range.start)..at(range.end).max(at(range.start))]
    }

    /// The rows below one, up to the first blank one.
    pub fn rows_following(&self, row: u32) -> impl Iterator<Item = &RawRow> {
        let from = self.rows.partition_point(|it| it.index <= row);
        let ahead = self.rows[from..].iter().zip(1..);
        ahead.take_while(move |(it, ahead)| it.index == row + ahead).map(|(it, _)| it)
    }

    /// Whether a column is hidden.
    pub fn is_hidden_column(&self, col: u32) -> bool {
        let at = self.hidden_columns.partition_point(|(_, last)| *last < col);
        self.hidden_columns.get(at).is_some_and(|(first, _)| *first <= col)
    }

    /// The hidden columns in which a cell has anything, ascending.
    pub fn hidden_columns_in_use(&self) -> Vec<u32> {
        let columns = self.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.col));
        let hidden: BTreeSet<u32> = columns.filter(|&col| self.is_hidden_column(col)).collect();
        hidden.into_iter().collect()
    }

    /// The width of a cell, that of its merged area if it is the top-left one of it, in hundredths of a half-width
    /// character; `None` where the format knows no widths.
    pub fn width(&self, row: u32, col: u32) -> Option<u32> {
        self.widths.sum(col, self.end_of(row, col).1)
    }

    /// The merged area that begins at a cell.
    pub fn merged_from(&self, row: u32, col: u32) -> Option<&Area> {
        let from = self.merges.partition_point(|area| (area.top, area.left) < (row, col));
        self.merges.get(from).filter(|area| (area.top, area.left) == (row, col))
    }

    /// Last row and column of a cell, or of the merged area that begins at it.
    pub fn end_of(&self, row: u32, col: u32) -> (u32, u32) {
        self.merged_from(row, col).map_or((row, col), |area| (area.bottom, area.right))
    }

    /// The text of a cell, if it has any; for a merged cell only its top-left corner has.
    pub fn text(&self, row: u32, col: u32) -> Option<&str> {
        self.row(row)?.text(col)
    }
}

/// A decimal as data: its digits, none lost and none added.
mod exact {
    use rust_decimal::Decimal;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(stored: &Option<Box<Decimal>>, to: S) -> Result<S::Ok, S::Error> {
        stored.as_ref().map(ToString::to_string).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Box<Decimal>>, D::Error> {
        let digits = Option::<String>::deserialize(from)?;
        digits.map(|digits| digits.parse().map(Box::new).map_err(D::Error::custom)).transpose()
    }
}
