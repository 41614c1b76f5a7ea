//! What differs between two texts: words that one of them has alone, a number being one word.
//!
//! * **D1** Words are the same if they are once they are folded, so that widths and spaces are no change, and stand
//!   equally deep in brackets: a change never crosses one.
//! * **D2** One short word that is the same between two changes belongs to them (`新たな施策の推進` for `別の計画の実施`
//!   has one change, not three), unless it is a number, a sign or a bracket.
//! * **D3** The sides swapped, the same words differ.

use crate::japanese::{Words, bracket, fold};
use std::ops::Range;

/// Steps of a comparison at most; of longer texts, all differs between what they begin and end with.
const MOST_STEPS: usize = 1_000_000;

/// A piece of a text, and whether the other text lacks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'t> {
    /// What it says.
    pub text: &'t str,
    /// Whether it differs.
    pub differs: bool,
}

/// What differs, as bytes of each text; ascending, apart from each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// Of the old text.
    pub old: Vec<Range<usize>>,
    /// Of the new text.
    pub new: Vec<Range<usize>>,
}

/// What stands in one text in the place of what stands in the other, as bytes of each; one of them may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Of the old text.
    pub old: Range<usize>,
    /// Of the new text.
    pub new: Range<usize>,
}

/// A word in the form in which words are compared.
struct Word {
    bytes: Range<usize>,
    key: (i32, String),
    /// It may be a part of the changes around it (D2).
    joins: bool,
}

/// A text cut into pieces, by what differs in it.
pub fn pieces<'t>(text: &'t str, differing: &[Range<usize>]) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for range in differing {
        pieces.push(Piece { text: &text[at..range.start], differs: false });
        pieces.push(Piece { text: &text[range.clone()], differs: true });
        at = range.end;
    }
    pieces.push(Piece { text: &text[at..], differs: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// What differs between two texts.
pub fn differences(old: &str, new: &str, words: &Words) -> Differences {
    let Aligned { old, new, same } = align(old, new, words);
    let differing = |words: &[Word], kept: &dyn Fn(usize) -> bool| {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (_, word) in words.iter().enumerate().filter(|(at, _)| !kept(*at)) {
            match ranges.last_mut() {
                Some(last) if last.end == word.bytes.start => last.end = word.bytes.end,
                _ => ranges.push(word.bytes.clone()),
            }
        }
        ranges
    };
    Differences {
        old: differing(&old, &|at| same.binary_search_by_key(&at, |pair| pair.0).is_ok()),
        new: differing(&new, &|at| same.binary_search_by_key(&at, |pair| pair.1).is_ok()),
    }
}

/// The same, as what stands in the place of what; in order.
pub fn replacements(old: &str, new: &str, words: &Words) -> Vec<Replacement> {
    let Aligned { old, new, same } = align(old, new, words);
    let bytes = |words: &[Word], of: Range<usize>| match words[of.clone()] {
        [] => {
            let before = of.start.checked_sub(1).map_or(0, |before| words[before].bytes.end);
            before..before
        }
        [ref one] => one.bytes.clone(),
        [ref first, .., ref last] => first.bytes.start..last.bytes.end,
    };
    let (mut found, mut row, mut col) = (Vec::new(), 0, 0);
    for &(same_row, same_col) in same.iter().chain([&(old.len(), new.len())]) {
        if row < same_row || col < same_col {
            let (old, new) = (bytes(&old, row..same_row), bytes(&new, col..same_col));
            found.push(Replacement { old, new });
        }
        (row, col) = (same_row + 1, same_col + 1);
    }
    found
}

/// The words of two texts, and the pairs that are the same, as their numbers.
struct Aligned {
    old: Vec<Word>,
    new: Vec<Word>,
    same: Vec<(usize, usize)>,
}

fn align(old: &str, new: &str, words: &Words) -> Aligned {
    if old > new {
        // One of both orders is computed, so that both give the same (D3).
        let Aligned { old, new, same } = align(new, old, words);
        let same = same.into_iter().map(|(row, col)| (col, row)).collect();
        return Aligned { old: new, new: old, same };
    }
    let (old, new) = (cut(old, words), cut(new, words));
    let mut same = common(&old, &new);
    swallow(&mut same, &old, &new);
    Aligned { old, new, same }
}

fn cut(text: &str, words: &Words) -> Vec<Word> {
    let mut depth = 0;
    let word = |bytes: Range<usize>| {
        let said = &text[bytes.clone()];
        let turn = said.chars().next().map_or(0, bracket);
        depth += turn.min(0);
        let key = (depth, fold(said));
        depth += turn.max(0);
        let mut chars = said.chars();
        let joins = matches!((chars.next(), chars.next()), (Some(c), None) if c.is_alphabetic());
        Word { bytes, key, joins }
    };
    // What is nothing when it is folded differs from nothing.
    words.of(text).into_iter().map(word).filter(|word| !word.key.1.is_empty()).collect()
}

/// The longest common sequence of words, as pairs of their numbers.
fn common(old: &[Word], new: &[Word]) -> Vec<(usize, usize)> {
    let is_same = |(old, new): &(&Word, &Word)| old.key == new.key;
    let head = old.iter().zip(new).take_while(is_same).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(is_same).count();
    let (rows, cols) = (old.len() - head - tail, new.len() - head - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if rows * cols <= MOST_STEPS {
        let (old, new) = (&old[head..head + rows], &new[head..head + cols]);
        // The length of the longest sequence from each pair of words on.
        let mut longest = vec![0_u32; (rows + 1) * (cols + 1)];
        let at = |row: usize, col: usize| row * (cols + 1) + col;
        for row in (0..rows).rev() {
            for col in (0..cols).rev() {
                longest[at(row, col)] = if old[row].key == new[col].key {
                    longest[at(row + 1, col + 1)] + 1
                } else {
                    longest[at(row + 1, col)].max(longest[at(row, col + 1)])
                };
            }
        }
        let (mut row, mut col) = (0, 0);
        while row < rows && col < cols {
            if old[row].key == new[col].key {
                pairs.push((head + row, head + col));
                (row, col) = (row + 1, col + 1);
            } else if longest[at(row + 1, col)] >= longest[at(row, col + 1)] {
                row += 1;
            } else {
                col += 1;
            }
        }
    }
    pairs.extend((0..tail).map(|at| (head + rows + at, head + cols + at)));
    pairs
}

/// Takes out single short words between two changes (D2).
fn swallow(same: &mut Vec<(usize, usize)>, old: &[Word], new: &[Word]) {
    let is_alone = |at: usize, pairs: &[(usize, usize)]| {
        let (row, col) = pairs[at];
        let before = at.checked_sub(1).map(|at| pairs[at]);
        let after = pairs.get(at + 1).copied().unwrap_or((old.len(), new.len()));
        let gap_before = match before {
            Some((before_row, before_col)) => before_row + 1 < row && before_col + 1 < col,
            None => row > 0 && col > 0,
        };
        gap_before && row + 1 < after.0 && col + 1 < after.1
    };
    let pairs = same.clone();
    let mut at = 0;
    same.retain(|&(row, _)| {
        let goes = old[row].joins && is_alone(at, &pairs);
        at += 1;
        !goes
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, differing: &[Range<usize>]) -> String {
        let pieces = pieces(text, differing);
        pieces
            .iter()
            .map(|it| if it.differs { format!("[{}]", it.text) } else { it.text.to_owned() })
            .collect()
    }

    #[test]
    fn words_that_differ_are_marked_on_both_sides() {
        let words = Words::default();
        for (old, new, marked_old, marked_new) in [
            ("1,999件", "2,099件", "[1,999]件", "[2,099]件"),
            ("60人（令和６年度）", "65人（令和７年度）", "[60]人（令和[６]年度）", "[65]人（令和[７]年度）"),
            ("８か所", "8か所", "８か所", "8か所"),
            ("保育所の数", "認可保育所の数", "保育所の数", "[認可]保育所の数"),
            ("", "新設", "", "[新設]"),
            ("令和6年度（目標）", "令和6年度目標", "令和6年度[（目標）]", "令和6年度[目標]"),
            ("拡充", "継続", "[拡充]", "[継続]"),
        ] {
            let found = differences(old, new, &words);
            assert_eq!(
                (marked(old, &found.old), marked(new, &found.new)),
                (marked_old.into(), marked_new.into())
            );
        }
    }

    proptest! {
        #[test]
        fn joined_pieces_are_the_texts_and_sides_can_be_swapped(
            old in "[0-9,（）、の保育所数を増やす年度令和]{0,16}", new in "[0-9,（）、の保育所数を増やす年度令和]{0,16}",
        ) {
            let words = Words::default();
            let found = differences(&old, &new, &words);
            for (text, ranges) in [(&old, &found.old), (&new, &found.new)] {
                let joined: String = pieces(text, ranges).iter().map(|piece| piece.text).collect();
                prop_assert_eq!(&joined, text);
            }
            let swapped = differences(&new, &old, &words);
            prop_assert_eq!((&swapped.old, &swapped.new), (&found.new, &found.old));
            prop_assert_eq!(differences(&old, &old, &words), Differences::default());
            let rest = |text: &str, ranges: &[Range<usize>]| -> String {
                pieces(text, ranges).iter().filter(|piece| !piece.differs).map(|piece| fold(piece.text)).collect()
            };
            prop_assert_eq!(rest(&old, &found.old), rest(&new, &found.new));
            // What is replaced is what differs, and what stands between.
            let replaced = replacements(&old, &new, &words);
            let is_within = |range: &Range<usize>, of: fn(&Replacement) -> &Range<usize>| {
                replaced.iter().map(of).any(|part| part.start <= range.start && range.end <= part.end)
            };
            prop_assert!(found.old.iter().all(|range| is_within(range, |part| &part.old)));
            prop_assert!(found.new.iter().all(|range| is_within(range, |part| &part.new)));
            let in_order = |pair: &[Replacement]| {
                pair[0].old.end <= pair[1].old.start && pair[0].new.end <= pair[1].new.start
            };
            prop_assert!(replaced.windows(2).all(in_order));
        }
    }
}
