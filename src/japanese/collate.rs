//! Collation: the order of texts in which numbers are numbers and kana are read.
//!
//! `Ⅰ-3` stands before `Ⅰ-10`, `A-2` before `A-10`, 二 before 十; widths do not matter, and among kana only the sound: かい,
//! ガイ, かん. Where two texts are the same so far, their signs decide (`か` before `が`).

use super::chars::{full_width_kana, half_width, is_space, second_of_pair};
use super::fold;
use super::number::{kanji_number, numeral};
use crate::model::enclosed_number;
use unicode_normalization::UnicodeNormalization as _;

/// A text as it is sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Collation(Vec<Chunk>, String);

/// A number, or what stands between numbers. Numbers stand first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Chunk {
    Number(u128),
    Text(String),
}

/// Vowels, each with the kana that end in it; small ones are as their large ones.
const VOWELS: [(char, &str); 5] = [
    ('あ', "あかさたなはまやらわ"),
    ('い', "いきしちにひみりゐ"),
    ('う', "うくすつぬふむゆる"),
    ('え', "えけせてねへめれゑ"),
    ('お', "おこそとのほもよろを"),
];

/// Small kana and their large ones.
const SMALL: &str = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけ";

/// What a text is sorted by.
pub fn collation(text: &str) -> Collation {
    let mut chunks = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let before = text[..text.len() - rest.len()].chars().next_back();
        let found = number(rest, before);
        let length = found.map_or(c.len_utf8(), |(_, length)| length);
        match found {
            Some((number, _)) => {
                close(&mut words, &mut chunks);
                chunks.push(Chunk::Number(number));
            }
            // Two numbers with a space between them are two.
            None if is_space(c) => {}
            None => words.extend(sound(c, words.chars().next_back())),
        }
        rest = &rest[length..];
    }
    close(&mut words, &mut chunks);
    Collation(chunks, fold(text))
}

fn close(words: &mut String, chunks: &mut Vec<Chunk>) {
    let folded = fold(&std::mem::take(words));
    if !folded.is_empty() {
        chunks.push(Chunk::Text(folded));
    }
}

/// The number at the head of a text, and its length in bytes.
fn number(text: &str, before: Option<char>) -> Option<(u128, usize)> {
    let first = text.chars().next()?;
    if let Some(number) = enclosed_number(first) {
        return Some((number.into(), first.len_utf8()));
    }
    if numeral(first).is_some() {
        // Within a word a numeral is none: 三重県, 一般会計, 統一.
        let (number, length) = kanji_number(text)?;
        let is_kanji = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | '々');
        let starts = before.is_none_or(|c| !is_kanji(c) || "第標策針略柱野".contains(c));
        let ends =
            text[length..].chars().next().is_none_or(|c| !is_kanji(c) || "章節部編項条号款目".contains(c));
        return (starts && ends).then(|| (number.into(), length));
    }
    let end = text.find(|c: char| !half_width(c).is_ascii_digit()).unwrap_or(text.len());
    let digits: String = text[..end].chars().map(half_width).collect();
    digits.parse().ok().map(|number| (number, end))
}

/// A kana as hiragana without its marks, and the sign of a long vowel as that vowel; anything else as it is.
fn sound(c: char, before: Option<char>) -> Option<char> {
    let kana = full_width_kana(c);
    if matches!(kana, '゛' | '゜' | '\u{3099}' | '\u{309A}') {
        return None;
    }
    if kana == 'ー' {
        let vowel = VOWELS.iter().find(|(_, kana)| before.is_some_and(|before| kana.contains(before)));
        return Some(vowel.map_or(kana, |(vowel, _)| *vowel));
    }
    let plain = kana.nfd().next().unwrap_or(kana);
    let hiragana = match plain {
        'ァ'..='ヶ' => char::from_u32(u32::from(plain) - 0x60).expect("katakana mirror hiragana"),
        _ => plain,
    };
    Some(second_of_pair(SMALL, hiragana).unwrap_or(hiragana))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_in_order() {
        for texts in [
            &["Ⅰ-3", "Ⅰ－10", "Ⅱ-1"][..],
            &["1-1-2", "１-1-10", "1-2"],
            &["A-2", "Ａ-10", "B-1"],
            &["二", "十", "二十一"],
            &["第二章", "第十章", "第百章"],
            &["1　9歳まで", "１　10歳から", "2　全員"],
            &["00101", "102", "1001"],
            &["②", "⑩", "11"],
            &["あい", "アウ", "かい", "ガイ", "かん", "きゃく", "きょう"],
            &["カード", "かあな", "カーブ"],
            &["ｶﾞｲﾄﾞ", "かいな", "ガン"],
            &["1", "1-1", "1A", "安心"],
        ] {
            let keys: Vec<Collation> = texts.iter().map(|text| collation(text)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{texts:?} {keys:?}");
        }
        assert_eq!(collation("Ａ－２　園"), collation("A-2園"));
        assert_eq!(collation("一般会計").0, [Chunk::Text("一般会計".to_owned())]);
        assert_eq!(collation("三重県").0, [Chunk::Text("三重県".to_owned())]);
    }
}
