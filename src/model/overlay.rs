//! What lies over the cells of a sheet and is in none of them: shapes, pictures, the controls of a form.

use super::{Area, CellRef};

/// A thing that is in no cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// What it is.
    pub kind: OverlayKind,
    /// What it says, lines apart by `\n`; empty if nothing.
    pub text: String,
    /// The cell below its middle; of a merged area, the first.
    pub cell: CellRef,
    /// The cells that it covers by more than a sliver.
    pub area: Area,
    /// Its edges, from the left and upper edge of `cell`.
    pub edges: Edges,
    /// Width and height of `cell`, or of the merged area that begins there, in English Metric Units.
    pub size: (i64, i64),
    /// How the text of `cell` is set, where that can be told.
    pub setting: Option<Setting>,
    /// The cell that a control writes into.
    pub linked: Option<CellRef>,
}

/// What lies over cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverlayKind {
    /// An ellipse or the like that says nothing, around what is below it.
    Ring,
    /// The same, filled.
    Disc,
    /// A rectangle that says nothing and is not filled.
    Frame,
    /// A line or an arrow through cells; one along their edges is a border.
    Line,
    /// A shape with text.
    TextBox,
    /// A check box: whether it is checked, if that can be told.
    CheckBox(Option<bool>),
    /// An option button: whether it is chosen, if that can be told.
    OptionButton(Option<bool>),
    /// Another control of a form.
    Control,
    /// A picture.
    Picture,
    /// A chart, or another frame with something that is drawn from data.
    Chart,
    /// Any other shape.
    Shape,
    /// Drawings that are damaged: nothing is known of them.
    Damaged,
}

/// The edges of a rectangle in English Metric Units (1 pt is 12,700).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edges {
    /// From the left.
    pub left: i64,
    /// From the left.
    pub right: i64,
    /// From above.
    pub top: i64,
    /// From above.
    pub bottom: i64,
}

/// How the text of a cell is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Of a full-width character, in English Metric Units.
    pub em: i64,
    /// Where lines begin.
    pub across: Alignment,
    /// Where the first of them is.
    pub down: Alignment,
    /// Whether lines are broken at the edge.
    pub wraps: bool,
}

/// Where text is in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// At the left or upper edge.
    Start,
    /// In the middle.
    Middle,
    /// At the right or lower edge.
    End,
    /// Spread out, turned, or shrunk: nobody can tell without setting it.
    Other,
}
