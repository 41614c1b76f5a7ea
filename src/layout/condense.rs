//! Condensed setting (長体): letters of a cell set narrower, where that spares a fault.
//!
//! * **W17** Where the template allows it, the letters of a cell become narrower, as little as it takes and no narrower
//!   than it says, if a line falls away by that, or a word, date or amount is broken no more. All lines together gain the
//!   room of two letters at most: a long text stays as it is, and so does one that would only become shorter. All
//!   paragraphs of a cell are set alike.

use super::Metrics;
use super::measure::CellSetting;
use super::page::Line;
use super::wrap::Paragraph;
use crate::model::Length;

/// Letters as wide as the font has them, in per cent.
pub(super) const WHOLE: i32 = 100;

/// Room that all lines together may gain for one of them to fall away, in thousandths of the text size: two letters, as
/// far as whole per cents allow.
const FEW: i64 = 2_250;

/// A length of letters of the whole width, where they are narrower.
pub(super) fn condensed(length: Length, scale: i32) -> Length {
    Length::try_from(i64::from(length) * i64::from(scale) / i64::from(WHOLE)).unwrap_or(length)
}

/// The scale at which the paragraphs of a cell are set; `plain` are their lines at the whole one.
pub(super) fn scale(
    paragraphs: &[&str],
    setting: &CellSetting,
    plain: &[Line],
    metrics: &dyn Metrics,
) -> i32 {
    if setting.narrowest >= WHOLE || plain.len() <= paragraphs.len() {
        return WHOLE;
    }
    let cut: Vec<(&str, Paragraph<'_>)> =
        paragraphs.iter().map(|text| (*text, Paragraph::of(text, metrics))).collect();
    let count = |scale: i32| {
        let setting = setting.at(scale);
        cut.iter().fold((0, 0), |(lines, cost), (text, paragraph)| {
            let counted = paragraph.count(setting.paragraph(text, metrics));
            (lines + counted.0, cost + counted.1)
        })
    };
    let (lines, cost) = count(WHOLE);
    let is_better = |scale: &i32| {
        let narrow = count(*scale);
        let gained = i64::try_from(narrow.0).unwrap_or(i64::MAX).saturating_mul(setting.gain(*scale));
        let spares = (narrow.1 < cost && narrow.0 <= lines) || (narrow.0 < lines && narrow.1 <= cost);
        spares && gained <= FEW
    };
    (setting.narrowest..WHOLE).rev().find(is_better).unwrap_or(WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::Square;
    use crate::template::PageSpec;

    #[test]
    fn letters_become_narrower_only_where_that_spares_a_fault() {
        let check = |text: &str, columns: i32, expected: i32| {
            let setting = CellSetting::narrowing(columns * 100, 100, PageSpec::NARROWEST);
            let paragraphs: Vec<&str> = text.lines().collect();
            let lines = setting.lines(&paragraphs, WHOLE, &Square);
            let found = scale(&paragraphs, &setting, &lines, &Square);
            assert_eq!(found, expected, "{text}");
            let narrow = setting.lines(&paragraphs, found, &Square);
            assert!(narrow.len() <= lines.len());
            assert!(narrow.iter().all(|line| line.width <= columns * 100), "{narrow:?}");
        };
        check("一二三四五六七八九", 10, 100); // fits
        check("一二三四五六七八九十一", 10, 90); // one letter too many
        check("一二三四五六七八九十一二", 10, 100); // two, which would need 83 per cent
        check("一二三四五六七八九十一二三", 10, 100); // three
        check("交付金4億3,000万円", 8, 88); // an amount would be broken
        check("令和8年度", 4, 88); // a date
        check("一二三四五六七八九十一二三四五六七八九十一二", 20, 90); // two in a long line
        check("一二三四五六七八九十一二三四五六七八九十一二三", 20, 100); // three
        check("一二三\n一二三四五六七八九十一", 10, 90);
    }
}
