//! Brackets of a text: which pairs there are at the top level.

use crate::japanese::half_width;

/// A pair of brackets at the top level, as indices of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// The opening bracket.
    pub(super) open: usize,
    /// The closing bracket.
    pub(super) close: usize,
}

impl Span {
    /// What stands between the brackets.
    pub(super) fn inner(self, chars: &[char]) -> &[char] {
        &chars[self.open + 1..self.close]
    }
}

/// The outermost pairs, left to right. Round brackets of either width pair up; a bracket without its partner is
/// an ordinary character.
pub(super) fn spans(chars: &[char]) -> Vec<Span> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut pairs: Vec<Span> = Vec::new();
    for (i, &c) in chars.iter().enumerate() {
        if let Some(closer) = closer_of(c) {
            open.push((i, closer));
        } else if open.last().is_some_and(|&(_, closer)| closer == half_width(c)) {
            let (start, _) = open.pop().expect("the last opener was just seen");
            while pairs.last().is_some_and(|inner| inner.open > start) {
                pairs.pop();
            }
            pairs.push(Span { open: start, close: i });
        }
    }
    pairs
}

fn closer_of(c: char) -> Option<char> {
    Some(match half_width(c) {
        '(' => ')',
        '[' => ']',
        '【' => '】',
        '〔' => '〕',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// Whether each character stands in brackets or is one.
pub(super) fn inside(chars: &[char], spans: &[Span]) -> Vec<bool> {
    let mut inside = vec![false; chars.len()];
    for span in spans {
        inside[span.open..=span.close].fill(true);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_outermost_pairs() {
        for (text, expected) in [
            ("1か所（20人）", vec!["20人"]),
            ("（a(b)c）d【e】", vec!["a(b)c", "e"]),
            ("(計画策定時）", vec!["計画策定時"]),
            ("（a", vec![]),
            ("a）（b）", vec!["b"]),
            ("（a「b）c", vec![]),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found: Vec<String> =
                spans(&chars).into_iter().map(|s| s.inner(&chars).iter().collect()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
