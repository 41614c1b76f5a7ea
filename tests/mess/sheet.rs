//! A sheet to be written: sparse cells with what they show, and everything that can be wrong with them.

use std::collections::{BTreeMap, BTreeSet};

/// What is stored in a cell.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Text(String),
    /// Runs of text, and whether each is struck through.
    Runs(Vec<(String, bool)>),
    /// Text that is struck through as a whole.
    Struck(String),
    /// A number, its format, and what the two show.
    Number(f64, String, String),
    /// A day since the end of 1899, its format, and what the two show.
    Date(u32, String, String),
    /// A formula and the text that Excel kept as its result.
    Formula(String, String),
}

/// A sheet that has not been written yet. Rows and columns count from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    pub(crate) cells: BTreeMap<(u32, u16), Cell>,
    /// First row, first column, last row, last column.
    pub(crate) merges: Vec<(u32, u16, u32, u16)>,
    pub(crate) hidden_rows: BTreeSet<u32>,
    pub(crate) hidden_columns: BTreeSet<u16>,
    pub(crate) comments: BTreeMap<(u32, u16), String>,
    /// Cells that are labels, and the areas of tables and cards.
    pub(crate) labels: BTreeSet<(u32, u16)>,
    pub(crate) frames: Vec<(u32, u16, u32, u16)>,
    pub(crate) looks: Looks,
}

/// What a sheet looks like.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looks {
    /// Lines around every cell of a frame.
    pub(crate) grid: bool,
    /// Lines around a frame alone.
    pub(crate) outline: bool,
    /// The colour of labels.
    pub(crate) fill: Option<u32>,
    pub(crate) bold: bool,
    /// Points of all text, and of what stands outside of the frames.
    pub(crate) sizes: Option<(f64, f64)>,
    /// The widths of columns, from the first on.
    pub(crate) widths: Vec<f64>,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Writes a text; an empty one leaves the cell empty.
    pub(crate) fn text(&mut self, row: u32, col: u16, text: &str) {
        if !text.is_empty() {
            self.cells.insert((row, col), Cell::Text(text.to_owned()));
        }
    }

    /// Merges cells, unless it is one cell alone.
    pub(crate) fn merge(&mut self, area: (u32, u16, u32, u16)) {
        if area.0 < area.2 || area.1 < area.3 {
            self.merges.push(area);
        }
    }

    /// The first column right of everything.
    pub(crate) fn right(&self) -> u16 {
        let cells = self.cells.keys().map(|(_, col)| col + 1);
        cells.chain(self.merges.iter().map(|area| area.3 + 1)).max().unwrap_or(0)
    }

    /// The first row below everything.
    pub(crate) fn end(&self) -> u32 {
        self.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0)
    }
}

impl Cell {
    /// What a delimited text has of it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(_, _, text) | Self::Date(_, _, text) | Self::Formula(_, text) => {
                text.clone()
            }
            Self::Runs(runs) => runs.iter().filter(|run| !run.1).map(|run| run.0.as_str()).collect(),
            Self::Struck(_) => String::new(),
        }
    }
}
