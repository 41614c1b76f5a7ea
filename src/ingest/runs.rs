//! Rich text as runs of one look each, and what of it is struck through.

use std::rc::Rc;

/// A piece of text of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// `None` if it looks like the cell.
    pub(super) struck: Option<bool>,
    pub(super) bold: bool,
}

/// A cell's runs.
pub(super) type Runs = Rc<[Run]>;

/// What remains of a text, and what is struck through.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) kept: String,
    /// Parts that are apart are joined with a line break.
    pub(super) struck: String,
}

/// Whether a run has a look of its own.
pub(super) fn is_rich(runs: &[Run]) -> bool {
    runs.iter().any(|run| run.struck.is_some())
}

/// The runs of a text of the binary formats: from each of the positions on, counted in UTF-16 units, a font is
/// used, which may be struck through; before the first of them the text looks like the cell.
pub(super) fn of_fonts(units: &[u16], changes: &[(u16, bool)]) -> Vec<Run> {
    let position = |change: &(u16, bool)| usize::from(change.0).min(units.len());
    let starts = std::iter::once((0, None)).chain(changes.iter().map(|c| (position(c), Some(c.1))));
    let ends = changes.iter().map(position).chain([units.len()]);
    let run = |((start, struck), end): ((usize, Option<bool>), usize)| {
        let text = String::from_utf16_lossy(units.get(start..end).unwrap_or_default());
        Run { text, struck, bold: false }
    };
    starts.zip(ends).map(run).filter(|run| !run.text.is_empty()).collect()
}

/// Takes a text apart; `None` if nothing is struck through.
pub(super) fn split(runs: &[Run], cell_is_struck: bool) -> Option<Split> {
    let is_struck = |run: &Run| run.struck.unwrap_or(cell_is_struck) && !run.text.is_empty();
    if !runs.iter().any(is_struck) {
        return None;
    }
    let kept: String = runs.iter().filter(|run| !is_struck(run)).map(|run| run.text.as_str()).collect();
    let shown: Vec<_> = runs.iter().filter(|run| !run.text.is_empty()).collect();
    let parts = shown.chunk_by(|a, b| is_struck(a) == is_struck(b)).filter(|part| is_struck(part[0]));
    let parts: Vec<String> = parts.map(|part| part.iter().map(|run| run.text.as_str()).collect()).collect();
    // Of a line that is struck as a whole, the line break is no text either.
    Some(Split { kept: kept.trim_matches(['\r', '\n']).to_owned(), struck: parts.join("\n") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_split_by_their_own_look_or_the_cells() {
        let check = |runs: &[(&str, Option<bool>)], cell: bool, parts: Option<(&str, &str)>| {
            let runs: Vec<_> = runs
                .iter()
                .map(|(text, struck)| Run { text: (*text).into(), struck: *struck, bold: false })
                .collect();
            let split = split(&runs, cell);
            assert_eq!(split.as_ref().map(|s| (s.kept.as_str(), s.struck.as_str())), parts, "{runs:?}");
        };
        check(&[("5施設", Some(true)), ("8施設", Some(false))], false, Some(("8施設", "5施設")));
        check(&[("5施設", Some(true)), ("\n8施設", None)], false, Some(("8施設", "5施設")));
        check(&[("5施設", None), ("8施設", Some(false))], true, Some(("8施設", "5施設")));
        check(&[("5施設", None), ("8施設", Some(false))], false, None);
        check(&[("5", Some(true)), ("施設", Some(true))], false, Some(("", "5施設")));
        check(
            &[("5", Some(true)), ("8", None), ("件", Some(true)), ("回", None)],
            false,
            Some(("8回", "5\n件")),
        );
        check(&[("", Some(true)), ("8", None)], false, None);
    }

    #[test]
    fn fonts_that_change_make_runs() {
        let units: Vec<u16> = "5施設8施設".encode_utf16().collect();
        let check = |changes: &[(u16, bool)], found: &[(&str, Option<bool>)]| {
            let runs = of_fonts(&units, changes);
            let runs: Vec<_> = runs.iter().map(|run| (run.text.as_str(), run.struck)).collect();
            assert_eq!(runs, found);
        };
        check(&[], &[("5施設8施設", None)]);
        check(&[(3, false)], &[("5施設", None), ("8施設", Some(false))]);
        check(&[(0, true), (3, false)], &[("5施設", Some(true)), ("8施設", Some(false))]);
        check(&[(3, true), (1, false), (99, true)], &[("5施設", None), ("施設8施設", Some(false))]);
    }
}
