//! What was said of a value outside its own cell: by its column, its heading or the template.

use super::Origin;
use serde::{Deserialize, Serialize};

/// Who said it, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatedBy {
    /// A cell of the row, in a column of units.
    Column,
    /// A heading of the value's column, or a line above the table.
    Heading,
    /// The template.
    Template,
}

/// A unit that was stated for a value whose own cell states none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedUnit {
    /// In the document's notation: `千円`.
    pub words: String,
    /// Who stated it.
    pub by: StatedBy,
    /// The cell, or the template's file.
    pub origin: Origin,
}

/// What a value took over because its own cell left it open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// The unit of the parts that state none; their figures are multiplied out by it (`千円`).
    pub unit: Option<StatedUnit>,
    /// Who stated the value's time, if not its own cell or a column of times.
    pub time: Option<StatedBy>,
}

impl StatedBy {
    /// The name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::Heading => "heading",
            Self::Template => "template",
        }
    }
}
