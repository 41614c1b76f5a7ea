//! What a table says of its values outside their cells, and how they take it.
//!
//! * **S1** The nearest statement holds: the cell's own, a column of units in its row, the column's headings from the
//!   lowest up, a line above the table, the template.
//! * **S2** A heading's time is its values' where nothing but words for values stands beside it (`平成13年実績`,
//!   `現状値（平成26年度）`), or where it stands alone in brackets; not that of a limit (`令和元年度までの目標`), nor of a revision (`令和2年度の取扱`).
//! * **S3** A heading's statement is not taken for the cells that say nothing where as many cells say something of their
//!   own: another unit, or any time. Then it is no statement about all of them. Columns of one workbook whose headings
//!   say the same are one column here.
//! * **S4** What differs, what is mixed and what is not understood is said once a column, at its first cell.

mod complete;
mod findings;
mod headings;

pub(super) use complete::complete;
pub use complete::complete_by_template;
pub(super) use headings::{line_above, of_table};

use super::heading_units::StatedUnits;
use super::value::UnitWords;
use crate::model::{Field, Origin, StatedBy, Status, TimeText};
use std::collections::BTreeMap;

/// What a table's headings say, by field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TableStatement(BTreeMap<Field, ColumnStatement>);

/// What a column's headings say of its values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct ColumnStatement {
    unit: Option<Unit>,
    time: Option<TimeText>,
    /// A time in the heading that is not its values'.
    other_time: Option<TimeText>,
    /// What the values are, by a word beside that time.
    status: Option<Status>,
    /// Words that are meant as a unit and are not understood.
    unclear: Option<(String, Origin)>,
}

impl TableStatement {
    /// Whether another table's headings say the same, wherever they stand.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.0.keys().eq(other.0.keys()) && self.0.values().zip(other.0.values()).all(|(a, b)| a.is_like(b))
    }
}

impl ColumnStatement {
    /// Whether another column's headings say the same, wherever they stand.
    fn is_like(&self, other: &Self) -> bool {
        let said = |it: &Self| {
            let unit = it.unit.as_ref().map(|unit| unit.words.clone());
            (unit, it.time.as_ref().map(|time| time.time))
        };
        said(self) == said(other)
    }
}

/// A unit and who stated it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unit {
    words: UnitWords,
    by: StatedBy,
    origin: Origin,
}

/// A line above a table that states a unit.
pub(super) type Line = (StatedUnits, Origin);

/// What a row's columns of units say, of a field's value or of all.
pub(super) type RowUnits = BTreeMap<Option<Field>, (String, Origin)>;

/// The table of a row, by its place in the workbook, and its units.
pub(super) type RowStatement = (usize, RowUnits);
