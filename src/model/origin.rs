//! Where a datum came from: file, sheet and cell, in the notation that Excel shows.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// One sheet of one file; a CSV file has no sheet name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// Path below the document's input folder, with `/` between folders.
    pub file: String,
    /// The sheet's name as its tab shows it.
    pub sheet: Option<String>,
}

/// A cell's position, zero-based; displayed as `B12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CellRef {
    /// Row index from 0.
    pub row: u32,
    /// Column index from 0.
    pub col: u32,
}

/// The source of a datum or of a finding: a file, or a sheet in it, or a cell of that sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// File and sheet, shared by all cells of a sheet.
    pub place: Arc<Place>,
    /// The cell, if the origin is one cell.
    pub cell: Option<CellRef>,
}

impl CellRef {
    /// The column's letters, as in `AB`.
    pub fn column_letters(col: u32) -> String {
        let mut letters = Vec::new();
        let mut rest = col;
        loop {
            letters.push(char::from(b'A' + u8::try_from(rest % 26).expect("a remainder of 26 fits a byte")));
            if rest < 26 {
                break;
            }
            rest = rest / 26 - 1;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::column_letters(self.col), self.row + 1)
    }
}

/// Text that names no cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCell;

impl FromStr for CellRef {
    type Err = NoCell;

    /// Reads what is displayed (`AB12`).
    fn from_str(text: &str) -> Result<Self, NoCell> {
        let digits = text.find(|c: char| !c.is_ascii_uppercase()).ok_or(NoCell)?;
        let (letters, number) = text.split_at(digits);
        let letter = |col: u32, c: u8| col.checked_mul(26)?.checked_add(u32::from(c - b'A') + 1);
        let col = letters.bytes().try_fold(0, letter).and_then(|col| col.checked_sub(1));
        let is_number = number.bytes().all(|c| c.is_ascii_digit());
        let row = number.parse::<u32>().ok().filter(|_| is_number).and_then(|row| row.checked_sub(1));
        row.zip(col).map(|(row, col)| Self { row, col }).ok_or(NoCell)
    }
}

impl fmt::Display for NoCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no cell")
    }
}

impl From<CellRef> for String {
    fn from(cell: CellRef) -> Self {
        cell.to_string()
    }
}

impl TryFrom<String> for CellRef {
    type Error = NoCell;

    fn try_from(text: String) -> Result<Self, NoCell> {
        text.parse()
    }
}

/// An origin as data: `{"file": …, "sheet": …, "cell": …}`, each of which may be `null`.
#[derive(Serialize, Deserialize)]
struct OriginRecord<'o> {
    file: Option<Cow<'o, str>>,
    sheet: Option<Cow<'o, str>>,
    cell: Option<CellRef>,
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { place, cell } = self;
        let file = Some(place.file.as_str()).filter(|file| !file.is_empty());
        let sheet = place.sheet.as_deref().map(Cow::Borrowed);
        OriginRecord { file: file.map(Cow::Borrowed), sheet, cell: *cell }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let OriginRecord { file, sheet, cell } = OriginRecord::deserialize(deserializer)?;
        let file = file.unwrap_or_default().into_owned();
        Ok(Self { place: Arc::new(Place { file, sheet: sheet.map(Cow::into_owned) }), cell })
    }
}

/// A place that is shared, as data.
pub(super) mod shared {
    use super::{Arc, Deserialize, Deserializer, Place, Serialize, Serializer};

    pub(in crate::model) fn serialize<S: Serializer>(place: &Arc<Place>, to: S) -> Result<S::Ok, S::Error> {
        place.as_ref().serialize(to)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Place>, D::Error> {
        Place::deserialize(from).map(Arc::new)
    }
}

impl Origin {
    /// A whole file, before any of its sheets is known.
    pub fn of_file(file: impl Into<String>) -> Self {
        Self { place: Arc::new(Place { file: file.into(), sheet: None }), cell: None }
    }

    /// One cell of a sheet.
    pub fn at(place: &Arc<Place>, row: u32, col: u32) -> Self {
        Self { place: Arc::clone(place), cell: Some(CellRef { row, col }) }
    }

    /// A whole sheet.
    pub fn of_place(place: &Arc<Place>) -> Self {
        Self { place: Arc::clone(place), cell: None }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place.file)?;
        if let Some(sheet) = &self.place.sheet {
            write!(f, " [{sheet}]")?;
        }
        if let Some(cell) = self.cell {
            write!(f, " {cell}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{CellRef, NoCell};

    #[test]
    fn cells_are_named_as_in_excel() {
        for (row, col, name) in
            [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 701, "ZZ1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(CellRef { row, col }.to_string(), name);
            assert_eq!(name.parse(), Ok(CellRef { row, col }));
        }
        for text in ["", "A", "1", "A0", "a1", "A1:B2", "A-1", "A+1", "ZZZZZZZZZZ1"] {
            assert_eq!(text.parse::<CellRef>(), Err(NoCell), "{text}");
        }
    }
}
