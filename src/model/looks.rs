//! The looks of a sheet's cells as a person sees them, filled or not: borders, ground, weight and setting.

use super::Area;
use serde::{Deserialize, Serialize};

/// How a cell looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each of four edges has a border or has none")]
pub struct Look {
    /// Whether a border is drawn at its left.
    #[serde(skip_serializing_if = "is_default")]
    pub left: bool,
    /// Likewise above it.
    #[serde(skip_serializing_if = "is_default")]
    pub top: bool,
    /// Likewise at its right.
    #[serde(skip_serializing_if = "is_default")]
    pub right: bool,
    /// Likewise below it.
    #[serde(skip_serializing_if = "is_default")]
    pub bottom: bool,
    /// The colour of its ground as 0xRRGGBB, of a hatched one the colour between its two; none if it is white.
    #[serde(skip_serializing_if = "is_default")]
    pub fill: Option<u32>,
    /// Whether its font is bold.
    #[serde(skip_serializing_if = "is_default")]
    pub bold: bool,
    /// Where its text is.
    #[serde(skip_serializing_if = "is_default")]
    pub align: CellAlign,
    /// Whether its text runs from above to below, or is turned so.
    #[serde(skip_serializing_if = "is_default")]
    pub is_vertical: bool,
}

/// Where the text of a cell is said to be, from left to right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellAlign {
    /// By what it holds: text at the left edge, numbers at the right one.
    #[default]
    General,
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
    /// In the middle of the cell and of the empty ones behind it that say the same.
    CentreAcross,
    /// At the right edge.
    Right,
    /// Repeated until the cell is full.
    Fill,
    /// From edge to edge, but for the last line.
    Justify,
    /// From edge to edge, character by character.
    Distributed,
}

/// First and last row or column, and the number of its look.
pub type LookRun = (u32, u32, u16);

/// First and last of the rows whose cells look the same, and their looks by ascending column, apart from each other.
pub type LookBand = (u32, u32, Vec<LookRun>);

/// How the cells of a sheet look, filled or not; nothing where the format has no looks (CSV) or the sheet has too many
/// to keep. A look has a number: that of a plain one is 0, that of another its place among `kinds`, counted from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Looks {
    /// The looks that occur and are not plain.
    pub kinds: Vec<Look>,
    /// Those of cells as the file stores them, by ascending row; each of two neighbours may have the edge between them.
    pub cells: Vec<LookBand>,
    /// Those of merged areas as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<LookBand>,
    /// Those of whole rows, ascending; they count for cells that are not stored.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<LookRun>,
    /// Those of whole columns, likewise, where the row says nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<LookRun>,
    /// The rectangle of the stored cells: beyond it rows and columns count for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<Area>,
}

impl Looks {
    /// How a cell looks, plain if nothing is known. A border is told wherever it is stored, here or at the neighbour; a
    /// cell of a merged area looks as the whole area does.
    pub fn at(&self, row: u32, col: u32) -> Look {
        if let Some(number) = in_bands(&self.areas, row, col) {
            return self.look(number);
        }
        let mut look = self.stored(row, col);
        look.left |= col.checked_sub(1).is_some_and(|before| self.stored(row, before).right);
        look.top |= row.checked_sub(1).is_some_and(|above| self.stored(above, col).bottom);
        look.right |= self.stored(row, col.saturating_add(1)).left;
        look.bottom |= self.stored(row.saturating_add(1), col).top;
        look
    }

    /// Whether nothing is known, or all cells are plain.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The look that a cell has of itself, whatever stands beside it and is merged.
    pub fn stored(&self, row: u32, col: u32) -> Look {
        let whole = || {
            let is_used = self.used.is_some_and(|used| used.contains(row, col));
            is_used.then(|| in_runs(&self.rows, row).or_else(|| in_runs(&self.columns, col))).flatten()
        };
        in_bands(&self.cells, row, col).or_else(whole).map(|number| self.look(number)).unwrap_or_default()
    }

    fn look(&self, number: u16) -> Look {
        let place = usize::from(number).checked_sub(1);
        place.and_then(|place| self.kinds.get(place)).copied().unwrap_or_default()
    }
}

fn in_bands(bands: &[LookBand], row: u32, col: u32) -> Option<u16> {
    let (first, _, runs) = bands.get(bands.partition_point(|(_, last, _)| *last < row))?;
    if *first <= row { in_runs(runs, col) } else { None }
}

fn in_runs(runs: &[LookRun], index: u32) -> Option<u16> {
    let (first, _, number) = runs.get(runs.partition_point(|(_, last, _)| *last < index))?;
    (*first <= index).then_some(*number)
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOXED: Look = Look {
        left: true,
        top: true,
        right: true,
        bottom: true,
        fill: None,
        bold: false,
        align: CellAlign::General,
        is_vertical: false,
    };

    #[test]
    fn cells_rows_and_columns_say_how_a_cell_looks_in_this_order() {
        let bold = Look { bold: true, ..Look::default() };
        let grey = Look { fill: Some(0x00D9_D9D9), ..Look::default() };
        let looks = Looks {
            kinds: vec![bold, grey],
            cells: vec![(2, 3, vec![(1, 2, 0), (3, 3, 1)])],
            rows: vec![(3, 4, 1)],
            columns: vec![(0, 1, 2), (5, 9, 2)],
            used: Some(Area { top: 2, left: 1, bottom: 4, right: 5 }),
            ..Looks::default()
        };
        for ((row, col), look) in [
            ((2, 1), Look::default()),
            ((2, 3), bold),
            ((2, 4), Look::default()),
            ((2, 5), grey),
            ((3, 5), bold),
            ((4, 1), bold),
            ((1, 1), Look::default()),
            ((4, 6), Look::default()),
            ((5, 3), Look::default()),
        ] {
            assert_eq!(looks.at(row, col), look, "{row} {col}");
        }
    }

    #[test]
    fn an_edge_is_drawn_whoever_has_it() {
        let looks = Looks { kinds: vec![BOXED], cells: vec![(1, 1, vec![(1, 1, 1)])], ..Looks::default() };
        assert_eq!(looks.at(1, 1), BOXED);
        assert_eq!(looks.at(0, 1), Look { bottom: true, ..Look::default() });
        assert_eq!(looks.at(2, 1), Look { top: true, ..Look::default() });
        assert_eq!(looks.at(1, 0), Look { right: true, ..Look::default() });
        assert_eq!(looks.at(1, 2), Look { left: true, ..Look::default() });
        for (row, col) in [(0, 0), (2, 2), (u32::MAX, u32::MAX)] {
            assert_eq!(looks.at(row, col), Look::default());
        }
        let area = Looks { areas: vec![(0, 1, vec![(1, 2, 0)])], ..looks };
        assert_eq!(area.at(1, 1), Look::default());
        assert_eq!(area.at(2, 1), Look { top: true, ..Look::default() });
    }

    #[test]
    fn what_is_plain_takes_no_room_as_data() {
        let looks = Looks {
            kinds: vec![Look { left: true, align: CellAlign::CentreAcross, ..Look::default() }],
            cells: vec![(0, 9, vec![(1, 2, 1)])],
            ..Looks::default()
        };
        let data = serde_json::to_string(&looks).unwrap();
        assert_eq!(data, r#"{"kinds":[{"left":true,"align":"centre-across"}],"cells":[[0,9,[[1,2,1]]]]}"#);
        assert_eq!(serde_json::from_str::<Looks>(&data).unwrap(), looks);
    }
}
