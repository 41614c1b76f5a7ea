//! The measuring boundary: what layout needs to know of a font.

use super::TextRole;

/// Measures text. Layout is tested with "every character is as wide as high".
pub trait Metrics {
    /// Advance of a grapheme cluster, in thousandths of the text size. A cluster that the font lacks
    /// measures as a full-width square; it is reported elsewhere.
    fn advance(&self, cluster: &str) -> i32;

    /// Whether the font has a glyph for the cluster.
    fn covers(&self, cluster: &str) -> bool;

    /// Height above the baseline, in thousandths of the text size.
    fn ascent(&self) -> i32;

    /// Depth below the baseline as a positive number, in thousandths of the text size.
    fn descent(&self) -> i32;

    /// What measures the texts of a role: a title may be bolder than the body.
    fn of(&self, role: TextRole) -> &dyn Metrics;
}
