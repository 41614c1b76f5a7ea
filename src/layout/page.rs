//! Laid-out pages: every text and rule at its place. Formats only translate them.
//!
//! Coordinates are thousandths of a point from the sheet's top left corner, y downwards.

use super::Metrics;
use super::condense::condensed;
use super::measure::Measured;
use super::paginate::PagePlan;
use super::wrap::text_width;
use crate::model::{Decoration, Length, TextLink};
use std::ops::Range;
use std::sync::Arc;

/// How a table flows over pages: its lines, and what of it stands on which page. Places are not yet known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// What does not depend on page breaks.
    pub measured: Measured,
    /// The pages in order; never empty.
    pub pages: Vec<PagePlan>,
    /// The pages where no row is cut that fits one, as a workbook has them.
    pub whole: Vec<PagePlan>,
}

/// The whole layout of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Width and height of the sheet.
    pub sheet: (Length, Length),
    /// The pages in order; never empty.
    pub pages: Vec<Page>,
}

/// The lines of a cell. A group's label is broken once for all of its rows.
pub type Lines = Arc<[Line]>;

/// One line of a cell. The text is shared with what is placed on pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text; white space that hangs over the edge is kept.
    pub text: Arc<str>,
    /// How far it stands in from the left edge (of a text that is set at that edge).
    pub indent: Length,
    /// Width of what shows, without what hangs over the edge.
    pub width: Length,
    /// The line ends its paragraph; otherwise the text flows on in the next line.
    pub ends_paragraph: bool,
    /// Width of its letters, in per cent of the font's.
    pub scale: i32,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Body rows of which the page shows something. The first row may have begun on the page before.
    pub rows: Range<usize>,
    /// Texts in reading order.
    pub boxes: Vec<TextBox>,
    /// Rules (ruled lines); horizontal or vertical, each drawn once.
    pub rules: Vec<Rule>,
}

/// What a text box holds. The order is that of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextRole {
    /// The document's title.
    Title,
    /// A line of the subtitle, by its index in [`crate::model::Document::subtitle`].
    Subtitle(usize),
    /// A line at the right edge above the table, by its index in [`crate::model::Document::byline`].
    Byline(usize),
    /// A header cell, by its index in [`crate::model::Table::header`].
    Header(usize),
    /// A header cell shown again on a later page.
    RepeatedHeader(usize),
    /// A body cell.
    Body {
        /// Row of the body.
        row: usize,
        /// Column.
        col: usize,
    },
    /// A group label or cut row shown again on a later page.
    Restated {
        /// Row of the body.
        row: usize,
        /// Column.
        col: usize,
    },
    /// A cell of the tally: its line (the sum last) and 0 for the label, 1 for the count.
    Tally {
        /// Line of the tally.
        line: usize,
        /// 0 label, 1 count.
        col: usize,
    },
    /// A note below the table, by its index in [`crate::model::Document::notes`], or the part of it that fits the page.
    Note(usize),
    /// Running text in the top margin.
    RunningHeader,
    /// The page number and other running text in the bottom margin.
    Footer,
}

/// A cell's box with its lines in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBox {
    /// What it is.
    pub role: TextRole,
    /// The box: left, top, right, bottom.
    pub area: [Length; 4],
    /// Size of the text.
    pub size: Length,
    /// Width of its letters, in per cent of the font's.
    pub scale: i32,
    /// It has the ground of the header.
    pub tinted: bool,
    /// The lines.
    pub lines: Box<[PlacedLine]>,
}

/// A line of text in place, or a part of one that is decorated or stands beside such a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedLine {
    /// Left end of the text.
    pub x: Length,
    /// Baseline.
    pub y: Length,
    /// The text.
    pub text: Arc<str>,
    /// The line ends its paragraph; otherwise the text flows on in the next line.
    pub ends_paragraph: bool,
    /// What is drawn along it.
    pub decoration: Option<Decoration>,
    /// What leads somewhere is a piece of a line, placed by itself.
    pub link: Option<PlacedLink>,
}

/// What a piece of a line leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedLink {
    /// The link, which the pieces of its lines share.
    pub link: Arc<TextLink>,
    /// The width of the piece.
    pub width: Length,
}

impl TextBox {
    /// The width of a text in the box.
    pub(super) fn width(&self, text: &str, metrics: &dyn Metrics) -> Length {
        condensed(text_width(text, self.size, metrics), self.scale)
    }
}

impl PlacedLine {
    /// Whether the next piece of text is decorated alike, and belongs to the same link, or to none as this one does.
    pub fn is_like(&self, next: &Self) -> bool {
        let leads_on = match (&self.link, &next.link) {
            (None, None) => true,
            (Some(own), Some(next)) => Arc::ptr_eq(&own.link, &next.link),
            _ => false,
        };
        leads_on && self.decoration == next.decoration
    }
}

/// A ruled line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// Left (or only) x.
    pub x1: Length,
    /// Upper (or only) y.
    pub y1: Length,
    /// Right (or only) x.
    pub x2: Length,
    /// Lower (or only) y.
    pub y2: Length,
    /// Thickness.
    pub thickness: Length,
}

impl Flow {
    /// Heights of the body rows where none is cut that fits a page; of a cut row, the heights of its pieces together.
    pub fn row_heights(&self) -> Vec<Length> {
        let mut heights = vec![0; self.measured.body_lines.len()];
        for piece in self.whole.iter().flat_map(|page| &page.pieces) {
            heights[piece.row] += piece.height;
        }
        heights
    }
}
