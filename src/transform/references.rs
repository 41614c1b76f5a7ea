//! References from one indicator to another by project number: `№15のＫＰＩ「利用定員数」で把握`.

use crate::japanese::{fold, half_width};
use std::ops::Range;

/// What stands before a number.
const SIGNS: [&str; 3] = ["№", "No.", "No．"];

/// A reference to a project in a text, and what is claimed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'t> {
    /// The bytes of the text that are the reference: `№15`.
    pub range: Range<usize>,
    /// The project number as [`bare_number`] has it.
    pub number: String,
    /// The quotation that follows before another reference.
    pub claim: Option<&'t str>,
}

/// A project number for comparing: folded, without `№`.
pub fn bare_number(text: &str) -> String {
    fold(text).trim_start_matches("no").trim_start_matches('.').to_owned()
}

/// The references of a text, in order.
pub fn find_references(text: &str) -> Vec<Reference<'_>> {
    let found = SIGNS.iter().flat_map(|sign| text.match_indices(sign));
    let mut signs: Vec<(usize, usize)> = found.map(|(at, sign)| (at, at + sign.len())).collect();
    signs.sort_unstable();
    let ends = signs.iter().skip(1).map(|(next, _)| *next).chain([text.len()]);
    let reference = |(&(start, after), end): (&(usize, usize), usize)| {
        let clause = &text[after..end];
        let digits = clause.trim_start();
        let is_digit = |c: &char| half_width(*c).is_ascii_digit();
        let length: usize = digits.chars().take_while(is_digit).map(char::len_utf8).sum();
        let number: String = digits[..length].chars().map(half_width).collect();
        let claim =
            clause.split_once('「').and_then(|(_, after)| after.split_once('」')).map(|(claim, _)| claim);
        let range = start..after + (clause.len() - digits.len()) + length;
        (length > 0).then_some(Reference { range, number, claim })
    };
    signs.iter().zip(ends).filter_map(reference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_with_what_they_claim() {
        for (text, expected) in [
            ("№15のKPI「利用定員数」で把握", &[("№15", "15", Some("利用定員数"))][..]),
            ("№16 2園も", &[("№16", "16", None)]),
            ("№１５、No.3「件数」", &[("№１５", "15", None), ("No.3", "3", Some("件数"))]),
            ("指標はNo． 7へ", &[("No． 7", "7", None)]),
            ("№の記載なし", &[]),
        ] {
            let found = find_references(text);
            let found: Vec<_> =
                found.iter().map(|r| (&text[r.range.clone()], r.number.as_str(), r.claim)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
