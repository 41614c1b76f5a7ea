//! Words of a Japanese text, for comparing it with another: a number is one, a bracket or another sign too, all else by
//! the dictionary of `icu_segmenter`.

use super::chars::half_width;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use std::ops::Range;

/// Finds words.
pub struct Words(WordSegmenterBorrowed<'static>);

impl Default for Words {
    fn default() -> Self {
        Self(WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
    }
}

impl Words {
    /// The words of a text, as the bytes that they take: joined, they are the text.
    pub fn of(&self, text: &str) -> Vec<Range<usize>> {
        let mut words: Vec<Range<usize>> = Vec::new();
        let mut plain = 0;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let end = match c {
                _ if is_digit(c) => number_end(text, at),
                _ if is_sign(c) => at + c.len_utf8(),
                _ => {
                    at += c.len_utf8();
                    continue;
                }
            };
            self.add(text, plain..at, &mut words);
            words.push(at..end);
            (plain, at) = (end, end);
        }
        self.add(text, plain..text.len(), &mut words);
        words
    }

    /// Adds the words of a part without numbers and signs.
    fn add(&self, text: &str, part: Range<usize>, words: &mut Vec<Range<usize>>) {
        let ends = self.0.segment_str(&text[part.clone()]).filter(|&end| end > 0);
        let mut start = part.start;
        for end in ends {
            words.push(start..part.start + end);
            start = part.start + end;
        }
    }
}

/// Whether a character opens or closes a bracket: 1 or -1; 0 for any other.
pub fn bracket(c: char) -> i32 {
    match c {
        '(' | '（' | '[' | '［' | '{' | '｛' | '「' | '『' | '【' | '〔' | '〈' | '《' => 1,
        ')' | '）' | ']' | '］' | '}' | '｝' | '」' | '』' | '】' | '〕' | '〉' | '》' => -1,
        _ => 0,
    }
}

fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// What stands between words.
fn is_sign(c: char) -> bool {
    c.is_whitespace() || (!c.is_alphanumeric() && !matches!(c, 'ー' | '々' | '〇' | '・'))
}

/// The end of a number: digits, with commas and points between them.
fn number_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = text[at..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let joins = matches!(half_width(c), ',' | '.') && chars.peek().is_some_and(|(_, c)| is_digit(*c));
        if !is_digit(c) && !joins {
            break;
        }
        end = at + i + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_and_signs_are_words() {
        let words = Words::default();
        for (text, cut) in [
            ("1,999件", "1,999|件"),
            ("60人（令和６年度）", "60|人|（|令和|６|年度|）"),
            ("5.5％、約１．５倍", "5.5|％|、|約|１．５|倍"),
            ("保育所の数", "保育|所|の|数"),
            ("3.", "3|."),
            ("", ""),
        ] {
            let said: Vec<&str> = words.of(text).into_iter().map(|word| &text[word]).collect();
            assert_eq!(said.join("|"), cut);
        }
    }

    proptest! {
        #[test]
        fn joined_words_are_the_text(text in "\\PC{0,24}|[0-9０-９,.，（）、あ亜ア・ー ]{0,16}") {
            let words = Words::default().of(&text);
            let joined: String = words.iter().map(|word| &text[word.clone()]).collect();
            prop_assert_eq!(joined, text);
            prop_assert!(words.iter().all(|word| !word.is_empty()));
        }
    }
}
