//! The words of a column's heading: the template's own before the built-in ones, so that they can go first.

use std::ops::Deref;

/// Header words, the template's own first. As a slice, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderWords {
    words: Vec<String>,
    /// How many of them, from the first on, are the template's own.
    own: usize,
}

impl HeaderWords {
    /// Words of a field that only the template has.
    pub(super) fn own(words: &[String]) -> Self {
        Self { words: words.to_vec(), own: words.len() }
    }

    /// All words of a field, of which the first are the template's own.
    pub(super) fn of(own: &[String], all: &[String]) -> Self {
        Self { words: all.to_vec(), own: own.len() }
    }

    /// Makes a word the first, and the template's own.
    pub(super) fn put_first(&mut self, word: String) {
        let known = self.words[..self.own].iter().filter(|own| **own == word).count();
        self.words.retain(|other| *other != word);
        self.words.insert(0, word);
        self.own = self.own - known + 1;
    }

    /// Each word, and whether it is the template's own.
    pub fn each(&self) -> impl Iterator<Item = (&str, bool)> {
        self.words.iter().zip(0..).map(|(word, at)| (word.as_str(), at < self.own))
    }
}

impl Deref for HeaderWords {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_put_first_is_the_templates_own() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        for (word, expected) in [("new", "new! a! a! b c"), ("a", "a! b c"), ("c", "c! a! a! b")] {
            let mut header = HeaderWords::of(&words(&["a", "a"]), &words(&["a", "a", "b", "c"]));
            header.put_first(word.to_owned());
            let shown = header.each().map(|(word, own)| format!("{word}{}", if own { "!" } else { "" }));
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{word}");
        }
    }
}
