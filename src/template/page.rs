//! The sheet of paper: its size, its margins, and how text stands on it.

use crate::model::{Length, from_micrometres};

/// Text that stands on every page, at the left edge, in the middle and at the right edge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Running {
    /// At the left edge.
    pub left: Vec<RunningPart>,
    /// In the middle.
    pub center: Vec<RunningPart>,
    /// At the right edge.
    pub right: Vec<RunningPart>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunningPart {
    /// The same on every page.
    Text(String),
    /// The page's number.
    Page,
    /// The number of pages.
    Pages,
}

/// The sheet of paper. Lengths in thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSpec {
    /// Name of the paper (`A4`).
    pub paper: Paper,
    /// Wider than high.
    pub landscape: bool,
    /// Top margin; running text stands inside it.
    pub margin_top: Length,
    /// Bottom margin; the page number stands inside it.
    pub margin_bottom: Length,
    /// Left margin.
    pub margin_left: Length,
    /// Right margin.
    pub margin_right: Length,
    /// Size of the table's text.
    pub font_size: Length,
    /// Size of the title.
    pub title_size: Length,
    /// Distance between baselines.
    pub line_height: Length,
    /// Between a cell's left or right rule and its text.
    pub padding_x: Length,
    /// Between a cell's top or bottom rule and its text.
    pub padding_y: Length,
    /// Smallest height of a body row.
    pub row_height: Length,
    /// Running text in the top margin.
    pub header: Running,
    /// Running text in the bottom margin: the page number.
    pub footer: Running,
    /// Added to a group's label where a page states it again (`（続き）`).
    pub continued: String,
    /// Where further lines stand under the text, not under the number at its head.
    pub hanging_indent: HangingIndent,
    /// `、` and `。` may hang over a line's end where the padding has room for them.
    pub hanging_punctuation: bool,
    /// How narrow the letters of a cell may become, in per cent of the font's; 100 if they may not.
    pub condense: i32,
    /// Column widths are found by the layout; the columns' shares are where it starts.
    pub auto_widths: bool,
    /// The most pages that the document may take: its text becomes smaller until it does.
    pub fit_pages: Option<usize>,
    /// How cells that the revision changes are marked.
    pub mark_revised: RevisedMark,
    /// The typeface's name in the workbook.
    pub workbook_font: String,
}

/// Which cells have hanging indents (`１　…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HangingIndent {
    /// None.
    Nowhere,
    /// Group labels.
    Labels,
    /// Every cell at whose left edge text is set.
    Everywhere,
}

/// How what a revision changes is marked: never by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisedMark {
    /// Not at all.
    None,
    /// The text is underlined.
    Underline,
    /// [`RevisedMark::WORD`] stands before the text.
    Words,
}

impl RevisedMark {
    /// Stands before what is revised.
    pub const WORD: &str = "【改】";
}

/// Paper sizes of Japanese offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 182 × 257 mm (JIS B5).
    B5,
    /// 257 × 364 mm (JIS B4).
    B4,
}

impl Paper {
    /// Name, width and height in portrait, in micrometres.
    pub fn describe(self) -> (&'static str, i64, i64) {
        match self {
            Self::A4 => ("A4", 210_000, 297_000),
            Self::A3 => ("A3", 297_000, 420_000),
            Self::B5 => ("B5", 182_000, 257_000),
            Self::B4 => ("B4", 257_000, 364_000),
        }
    }
}

impl PageSpec {
    /// The narrowest letters, in per cent: narrower ones look like another typeface.
    pub const NARROWEST: i32 = 85;

    /// Width and height of the sheet as it lies.
    pub fn size(&self) -> (Length, Length) {
        let (_, width, height) = self.paper.describe();
        let (width, height) = (from_micrometres(width), from_micrometres(height));
        if self.landscape { (height, width) } else { (width, height) }
    }

    /// Size of the lines below the title.
    pub fn subtitle_size(&self) -> Length {
        self.title_size.midpoint(self.font_size)
    }

    /// Width between the margins.
    pub fn text_width(&self) -> Length {
        self.size().0 - self.margin_left - self.margin_right
    }
}

impl Running {
    /// The three parts, left to right.
    pub fn parts(&self) -> [&[RunningPart]; 3] {
        [&self.left, &self.center, &self.right]
    }

    /// What is the same on every page.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let parts = [&mut self.left, &mut self.center, &mut self.right].into_iter().flatten();
        parts.filter_map(|part| match part {
            RunningPart::Text(text) => Some(text),
            RunningPart::Page | RunningPart::Pages => None,
        })
    }

    /// Nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.is_empty())
    }
}
