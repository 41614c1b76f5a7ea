//! A value's text as the grammar reads it: characters in half-width form, and the brackets that pair up.

use crate::japanese::{half_width, is_space};

/// A text, character by character; positions are indices of characters.
pub(super) struct Source {
    /// As written.
    pub(super) chars: Vec<char>,
    /// In half-width form.
    pub(super) plain: Vec<char>,
    /// For an opening bracket with a partner: where it closes.
    closes: Vec<Option<usize>>,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let plain: Vec<char> = chars.iter().map(|&c| folded(c)).collect();
        let mut closes = vec![None; plain.len()];
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, &c) in plain.iter().enumerate() {
            if let Some(closer) = closer_of(c) {
                open.push((at, closer));
            } else if let Some((start, _)) = open.pop_if(|(_, closer)| *closer == c) {
                closes[start] = Some(at);
            }
        }
        Self { chars, plain, closes }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a position before `end`.
    pub(super) fn at(&self, at: usize, end: usize) -> Option<char> {
        (at < end).then(|| self.plain[at])
    }

    /// The character before a position, not before `from`.
    pub(super) fn before(&self, at: usize, from: usize) -> Option<char> {
        (at > from).then(|| self.plain[at - 1])
    }

    /// Where a bracket that opens at a position closes, if it does so before `end`.
    pub(super) fn closing(&self, at: usize, end: usize) -> Option<usize> {
        self.closes.get(at).copied().flatten().filter(|close| *close < end)
    }

    /// The end of a word that stands at a position.
    pub(super) fn word(&self, at: usize, end: usize, word: &str) -> Option<usize> {
        let mut here = at;
        for c in word.chars() {
            if self.at(here, end) != Some(c) {
                return None;
            }
            here += 1;
        }
        Some(here)
    }

    /// The start of a word that ends at a position.
    pub(super) fn word_before(&self, from: usize, at: usize, word: &str) -> Option<usize> {
        let start = at.checked_sub(word.chars().count()).filter(|start| *start >= from)?;
        self.word(start, at, word).map(|_| start)
    }

    /// The longest word of a table at a position, with what it stands for.
    pub(super) fn longest<T: Copy>(&self, at: usize, end: usize, table: &[(&str, T)]) -> Option<(usize, T)> {
        let found = table.iter().filter_map(|(word, meaning)| Some((self.word(at, end, word)?, *meaning)));
        found.reduce(|best, next| if next.0 > best.0 { next } else { best })
    }

    /// The end of any of some words at a position, the longest.
    pub(super) fn any(&self, at: usize, end: usize, words: &[&str]) -> Option<usize> {
        words.iter().filter_map(|word| self.word(at, end, word)).max()
    }

    /// Past the spaces at a position, line breaks aside.
    pub(super) fn skip_spaces(&self, mut at: usize, end: usize) -> usize {
        while self.at(at, end).is_some_and(|c| c != '\n' && is_space(c)) {
            at += 1;
        }
        at
    }

    /// Before the spaces that end at a position, line breaks included.
    pub(super) fn trim_end(&self, from: usize, mut at: usize) -> usize {
        while self.before(at, from).is_some_and(is_space) {
            at -= 1;
        }
        at
    }

    /// The text of a range as written, without line breaks and spaces at its ends.
    pub(super) fn written(&self, from: usize, to: usize) -> String {
        let text: String = self.chars[from..to.max(from)].iter().collect();
        text.trim_matches(is_space).to_owned()
    }

    /// The folded text of a range.
    pub(super) fn folded(&self, from: usize, to: usize) -> String {
        self.plain[from..to.max(from)].iter().collect()
    }
}

fn folded(c: char) -> char {
    match c {
        '〜' | '∼' | '～' => '~',
        '｛' => '{',
        '｝' => '}',
        c => half_width(c),
    }
}

fn closer_of(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '【' => '】',
        '〔' => '〕',
        '《' => '》',
        '〈' => '〉',
        _ => return None,
    })
}

/// Whether a character is a kanji, or a sign that stands for one.
pub(in crate::transform) fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '々' | '〇' | '\u{20000}'..='\u{2FFFF}')
}

/// Whether a character is a katakana or the long-vowel sign.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

/// Whether a character is a hiragana.
pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}

/// Whether a character belongs to a word: no sign, space or separator.
pub(super) fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || is_katakana(c)
}
