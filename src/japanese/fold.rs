//! Folding: the forms in which texts are compared, never shown.

use super::chars::{compose, full_width_kana, half_width, is_dash, is_space, short_for, unified_kanji};
use crate::model::{enclosed_number, spelled_out};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// The text stripped of everything that two departments write differently without meaning it: width, case,
/// white space and line breaks, code points of dashes, brackets and middle dots, signs that stand for words
/// (`№` and `No.`, `㎡` and `m2`, `①` and `1`), variants of kanji. Folding twice changes nothing more.
///
/// For matching only: the long-vowel sign, too, is folded to a dash.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in without_escapes(text).chars() {
        if is_plain(c) {
            folded.push(c);
        } else {
            fold_char(c, &mut folded);
        }
    }
    folded
}

/// The text as data are compared: NFKC (full-width digits, circled numbers and unit signs become plain ones), lower
/// case, no white space. Dashes, brackets and the long-vowel sign stay what they are: to a program they differ.
pub fn compatible(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The text without the carriage returns that workbooks write as `_x000D_`.
pub(super) fn without_escapes(text: &str) -> Cow<'_, str> {
    if text.contains('_') { Cow::Owned(text.replace("_x000D_", "")) } else { Cow::Borrowed(text) }
}

/// What stands in no table, as most characters of a text: digits, small letters, kana, unified kanji. Nothing of it
/// is a mark that goes with the character before.
fn is_plain(c: char) -> bool {
    matches!(c, '0'..='9' | 'a'..='z' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4E00}'..='\u{9FFF}')
}

fn fold_char(c: char, folded: &mut String) {
    if is_space(c) || is_variation_selector(c) {
        return;
    }
    if let Some(composed) = folded.chars().next_back().and_then(|last| compose(last, c)) {
        folded.pop();
        folded.push(composed);
    } else if let Some(word) = short_for(c) {
        folded.push_str(word);
    } else if let Some(number) = enclosed_number(c) {
        push_number(c, number, folded);
    } else if let Some(word) = spelled_out(c) {
        word.chars().for_each(|c| fold_char(c, folded));
    } else {
        match fold_symbol(half_width(full_width_kana(c))) {
            '.' if ends_with_no(folded) => {}
            symbol => folded.push(symbol),
        }
    }
}

fn fold_symbol(c: char) -> char {
    match c {
        _ if is_dash(c) => '-',
        'A'..='Z' => c.to_ascii_lowercase(),
        '[' | '{' | '【' | '〔' | '「' | '『' | '〈' | '《' => '(',
        ']' | '}' | '】' | '〕' | '」' | '』' | '〉' | '》' => ')',
        '·' | '•' | '‧' | '∙' | '⋅' => '・',
        '、' => ',',
        '〜' | '∼' => '~',
        _ => unified_kanji(c).unwrap_or(c),
    }
}

fn push_number(c: char, number: u32, folded: &mut String) {
    let number = number.to_string();
    match c {
        '⑴'..='⒇' => folded.extend(["(", &number, ")"]),
        '⒈'..='⒛' => folded.extend([&number, "."]),
        _ => folded.push_str(&number),
    }
}

/// `No.` is `№`: the full stop after the word goes.
fn ends_with_no(folded: &str) -> bool {
    folded.strip_suffix("no").is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_what_means_the_same() {
        for (a, b) in [
            ("施\u{3000}策", "施策"),
            ("該当事業№", "該当事業Ｎｏ．"),
            ("該当事業№", "該当事業 No."),
            ("現状値(計画\n策定時）", "現状値（計画策定時)"),
            ("①維持", "１維持"),
            ("ＫＰＩの設定", "kpiの設定"),
            ("ｻﾎﾟｰﾄ", "サポート"),
            ("樹林･生け垣", "樹林・生け垣"),
            ("5,498㎡", "5，498m2"),
            ("－", "―"),
            ("\u{FA19}社", "神社"),
            ("【新規】", "（新規）"),
            ("か゛く\nﾊﾟ", "がくパ"),
            ("指\u{AD}標\u{200E}", "指標"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("維持"), fold("修正"));
        assert_eq!(fold("casino.jp"), "casino.jp");
    }

    #[test]
    fn plain_characters_are_in_no_table() {
        for c in ('\0'..='\u{FFFF}').filter(|&c| is_plain(c)) {
            let mut folded = String::from("no");
            fold_char(c, &mut folded);
            assert_eq!(folded.strip_prefix("no"), Some(c.to_string().as_str()));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in "\\PC{0,20}|[ nNoO.．№①⑴⒈かハﾊﾞﾟ\u{3099}ーｰ（「_x0D]{0,12}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
