//! The largest text at which a document takes no more pages than a template allows.

use super::{Metrics, flow};
use crate::model::{Document, Length};
use crate::template::PageSpec;
use std::borrow::Cow;

/// The smallest text that is tried, and the steps between sizes, in thousandths of a point.
pub const SMALLEST: Length = 6_000;
const STEP: Length = 250;

/// The page on which a document takes as many pages as it may: as it is, else with columns whose widths are found, else
/// with smaller text. Lines keep their share of the size.
///
/// # Errors
/// The number of pages at the smallest size, if that is too many.
pub fn fitted<'p>(
    document: &Document,
    page: &'p PageSpec,
    metrics: &dyn Metrics,
) -> Result<Cow<'p, PageSpec>, usize> {
    let Some(most) = page.fit_pages else { return Ok(Cow::Borrowed(page)) };
    let count = |page: &PageSpec| flow(document, page, metrics).pages.len();
    if count(page) <= most {
        return Ok(Cow::Borrowed(page));
    }
    let at = |steps: Length| {
        let font_size = page.font_size - steps * STEP;
        let line_height = i64::from(page.line_height) * i64::from(font_size) / i64::from(page.font_size);
        let line_height = Length::try_from(line_height).unwrap_or(page.line_height);
        PageSpec { font_size, line_height, auto_widths: true, ..page.clone() }
    };
    // Fewer steps do not do, more do, if any.
    let (mut few, mut enough) = (-1, (page.font_size - SMALLEST).max(0) / STEP);
    let least = count(&at(enough));
    if least > most {
        return Err(least);
    }
    while enough - few > 1 {
        let middle = few + (enough - few) / 2;
        if count(&at(middle)) <= most { enough = middle } else { few = middle }
    }
    Ok(Cow::Owned(at(enough)))
}
