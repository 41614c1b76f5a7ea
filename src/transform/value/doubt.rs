//! Doubts: why a text, or something in it, is not understood with certainty.

pub use crate::finding::Why;

/// A doubt at a place of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// Index of the first character.
    pub start: usize,
    /// Index after the last character.
    pub end: usize,
    /// Why.
    pub why: Why,
    /// Whether the reading stands all the same.
    pub is_soft: bool,
}

impl Doubt {
    fn new(start: usize, end: usize, why: Why) -> Self {
        Self { start, end, why, is_soft: false }
    }

    pub(super) fn malformed(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::Malformed)
    }

    pub(super) fn unit(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::Unit)
    }

    pub(super) fn left_over(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::LeftOver)
    }

    pub(super) fn range(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::Range)
    }

    pub(super) fn step(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::Step)
    }

    pub(super) fn ratio(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::Ratio)
    }

    pub(super) fn point(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::Point)
    }

    pub(super) fn year(start: usize, end: usize) -> Self {
        Self::new(start, end, Why::Year)
    }

    pub(super) fn long(end: usize) -> Self {
        Self::new(0, end, Why::Long)
    }

    /// The same, where the reading stands and is only said to be doubtful.
    pub(super) fn soft(self) -> Self {
        Self { is_soft: true, ..self }
    }
}
