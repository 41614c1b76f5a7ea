//! Rich text as runs of one look each: what of it is struck through, and what cannot be seen.

use super::cell::CellStyle;
use crate::model::{HiddenText, Unseen};
use std::rc::Rc;

/// A piece of text of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// `None` if it looks like the cell.
    pub(super) struck: Option<bool>,
    pub(super) bold: bool,
    /// Why it cannot be seen, if it does not look like the cell.
    pub(super) unseen: Option<Unseen>,
}

/// A cell's runs.
pub(super) type Runs = Rc<[Run]>;

/// What remains of a text, what is struck through, and what cannot be seen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) kept: String,
    /// Parts that are apart are joined with a line break.
    pub(super) struck: String,
    pub(super) unseen: Option<HiddenText>,
}

/// What becomes of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Struck,
    Unseen(Unseen),
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
        Run { text, struck, bold: false, unseen: None }
    };
    starts.zip(ends).map(run).filter(|run| !run.text.is_empty()).collect()
}

/// Takes a text apart; `None` if nothing is struck through and all of it is seen. A run without a look of its own is
/// like the cell; a white one is seen on a ground that is not.
pub(super) fn split(runs: &[Run], cell: CellStyle<'_>) -> Option<Split> {
    let own = |run: &Run| run.unseen.filter(|why| cell.is_on_white || *why != Unseen::Colour);
    let fate = |run: &Run| match run.struck.map_or(cell.unseen, |_| own(run)) {
        _ if run.struck.unwrap_or(cell.struck) => Fate::Struck,
        Some(why) if !run.text.trim().is_empty() => Fate::Unseen(why),
        _ => Fate::Kept,
    };
    let shown: Vec<(&Run, Fate)> =
        runs.iter().filter(|run| !run.text.is_empty()).map(|run| (run, fate(run))).collect();
    let why = shown.iter().find_map(|(_, fate)| match fate {
        Fate::Unseen(why) => Some(*why),
        Fate::Kept | Fate::Struck => None,
    });
    if why.is_none() && shown.iter().all(|(_, fate)| *fate == Fate::Kept) {
        return None;
    }
    let text = |is: &dyn Fn(Fate) -> bool| -> String {
        shown.iter().filter(|(_, fate)| is(*fate)).map(|(run, _)| run.text.as_str()).collect()
    };
    let parts = |is: &dyn Fn(Fate) -> bool| -> String {
        let parts = shown.chunk_by(|a, b| is(a.1) == is(b.1)).filter(|part| is(part[0].1));
        let parts = parts.map(|part| part.iter().map(|(run, _)| run.text.as_str()).collect::<String>());
        parts.collect::<Vec<_>>().join("\n")
    };
    // Of a line that is left out as a whole, the line break is no text either.
    let trim = |text: String| text.trim_matches(['\r', '\n']).to_owned();
    let unseen = why.map(|why| HiddenText {
        why,
        text: trim(parts(&|fate| matches!(fate, Fate::Unseen(_)))),
        whole: trim(text(&|fate| fate != Fate::Struck)),
    });
    let struck = parts(&|fate| fate == Fate::Struck);
    Some(Split { kept: trim(text(&|fate| fate == Fate::Kept)), struck, unseen })
}

#[cfg(test)]
mod tests {
    use super::super::date::JAPANESE;
    use super::*;

    #[test]
    fn runs_are_split_by_their_own_look_or_the_cells() {
        let check = |runs: &[(&str, Option<bool>)], cell: bool, parts: Option<(&str, &str)>| {
            let runs: Vec<_> = runs
                .iter()
                .map(|(text, struck)| Run {
                    text: (*text).into(),
                    struck: *struck,
                    bold: false,
                    unseen: None,
                })
                .collect();
            let split = split(&runs, CellStyle { struck: cell, ..CellStyle::of(None, JAPANESE) });
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
    fn what_cannot_be_seen_is_split_off() {
        let run = |text: &str, struck, unseen| Run { text: text.into(), struck, bold: false, unseen };
        let white = Some(Unseen::Colour);
        let runs =
            [run("60人", None, None), run("\n（内部）", Some(false), white), run("旧", Some(true), white)];
        let hidden = |text: &str, whole: &str| HiddenText {
            why: Unseen::Colour,
            text: text.into(),
            whole: whole.into(),
        };
        let unseen = Some(hidden("（内部）", "60人\n（内部）"));
        let found = Split { kept: "60人".into(), struck: "旧".into(), unseen };
        let cell = |unseen| CellStyle { unseen, is_on_white: true, ..CellStyle::of(None, JAPANESE) };
        assert_eq!(split(&runs, cell(None)), Some(found));
        assert_eq!(split(&runs[..2], CellStyle::of(None, JAPANESE)), None);
        let unseen = Some(hidden("60人\n（内部）", "60人\n（内部）"));
        let none = Split { kept: String::new(), struck: String::new(), unseen };
        assert_eq!(split(&runs[..2], cell(white)), Some(none));
        assert_eq!(split(&[run(" ", Some(false), white)], cell(None)), None);
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
