//! Platform-dependent characters (機種依存文字), and what each is short for.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// Whether a character is one of NEC's and IBM's signs of CP932 or what Unicode has like them, or half-width katakana.
pub fn is_platform_dependent(c: char) -> bool {
    matches!(c,
        '\u{2160}'..='\u{217F}' // Roman numerals
        | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' // enclosed
        | '\u{3200}'..='\u{33FF}' // enclosed and squared
        | '\u{1F100}'..='\u{1F2FF}'
        | '№' | '℡' | '〝' | '〟' | '∮' | '∑' | '∟' | '⊿' | '￤')
        || is_half_width_kana(c)
}

fn is_half_width_kana(c: char) -> bool {
    matches!(c, '\u{FF61}'..='\u{FF9F}')
}

/// The text in characters that are the same everywhere: `①` is `(1)`, `㎡` is `m2`, `№` is `No.`, `㈱` is `(株)`. Few
/// have no such form (🆎); they stay.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_platform_dependent) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Sound marks go with the kana before them.
        let kana = rest.len() - rest.trim_start_matches(is_half_width_kana).len();
        let length = kana.max(c.len_utf8());
        match spelled_out(c) {
            _ if kana > 0 => plain.extend(rest[..kana].nfkc().map(free_standing)),
            Some(spelling) => plain.push_str(&spelling),
            None => plain.push(c),
        }
        rest = &rest[length..];
    }
    Cow::Owned(plain)
}

/// A sound mark that goes with no kana, in full width.
fn free_standing(c: char) -> char {
    match c {
        '\u{3099}' => '゛',
        '\u{309A}' => '゜',
        c => c,
    }
}

/// What a platform-dependent sign is short for: what NFKC makes of it, in brackets where it is in a circle. None for
/// half-width katakana, of which two may be one.
pub fn spelled_out(c: char) -> Option<String> {
    if !is_platform_dependent(c) || is_half_width_kana(c) {
        return None;
    }
    let known = match c {
        '№' => "No.",
        '㏍' => "K.K.",
        '〝' => "“",
        '〟' => "”",
        '∮' => "∫",
        '∑' => "Σ",
        '∟' => "∠",
        '⊿' => "△",
        '￤' => "|",
        _ => "",
    };
    if !known.is_empty() {
        return Some(known.to_owned());
    }
    // NFKC knows neither white figures and letters on black nor double circles.
    let inside = match (enclosed_number(c), c) {
        (Some(number), _) if is_circled(c) => number.to_string(),
        (_, '🅐'..='🅩') => letter(c, '🅐'),
        (_, '🅰'..='🆉') => letter(c, '🅰'),
        _ => c.nfkc().map(|c| if c == '∕' { '/' } else { c }).collect(),
    };
    let is_spelled = !inside.contains(is_platform_dependent);
    is_spelled.then(|| if is_circled(c) { format!("({inside})") } else { inside })
}

fn letter(c: char, a: char) -> String {
    char::from_u32(u32::from('A') + u32::from(c) - u32::from(a)).map(String::from).unwrap_or_default()
}

/// Whether a sign stands in a circle, or on a disc or a square.
fn is_circled(c: char) -> bool {
    matches!(c,
        '①'..='⑳' | 'Ⓐ'..='⓿' | '❶'..='➓' // figures and letters
        | '㉄'..='㉏' | '㉑'..='㊰' | '㊱'..='㊿' | '㋐'..='㋾' // figures, kanji, kana
        | '🅐'..='🅩' | '🅰'..='🆉' | '🉐' | '🉑')
}

/// The number in a circled, bracketed or dotted digit, or in a Roman numeral, that is one character.
pub fn enclosed_number(c: char) -> Option<u32> {
    let (first, number) = match c {
        '①'..='⑳' => ('①', 1),
        '㉑'..='㉟' => ('㉑', 21),
        '㊱'..='㊿' => ('㊱', 36),
        '⓪' | '⓿' => (c, 0),
        '❶'..='❿' => ('❶', 1),
        '⓫'..='⓴' => ('⓫', 11),
        '➀'..='➉' => ('➀', 1),
        '➊'..='➓' => ('➊', 1),
        '⓵'..='⓾' => ('⓵', 1),
        '⑴'..='⒇' => ('⑴', 1),
        '⒈'..='⒛' => ('⒈', 1),
        'Ⅰ'..='Ⅻ' => ('Ⅰ', 1),
        'ⅰ'..='ⅻ' => ('ⅰ', 1),
        _ => return None,
    };
    Some(u32::from(c) - u32::from(first) + number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_spelled_out() {
        for (text, expected) in [
            ("①　支援", "(1)　支援"),
            ("⓫⓾㉑㊿❷", "(11)(10)(21)(50)(2)"),
            ("⑴⒈Ⅳⅻ", "(1)1.IVxii"),
            ("44,732㎡、№15、℡", "44,732m2、No.15、TEL"),
            ("㈱山田 ㊤ ㋐ Ⓐ 🅑", "(株)山田 (上) (ア) (A) (B)"),
            ("㍻30年、㋿元年", "平成30年、令和元年"),
            ("㌔㍍㎧㏍", "キロメートルm/sK.K."),
            ("ｶﾞｲﾄﾞ｡ﾞ", "ガイド。゛"),
            ("⊿5%", "△5%"),
            ("髙﨑～－", "髙﨑～－"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    /// All of CP932's own signs have a form, and that form has none of them.
    #[test]
    fn what_is_spelled_out_is_plain() {
        for c in ('\0'..='\u{33FF}').chain('\u{FF00}'..='\u{FFFF}') {
            let text = c.to_string();
            let spelled = plain(&text);
            let assigned = text.nfkc().ne(text.chars()) || enclosed_number(c).is_some();
            let is_plain = !spelled.contains(is_platform_dependent);
            assert!(is_plain || !assigned, "{c} {spelled}");
            assert_eq!(plain(&spelled), spelled, "{c}");
        }
    }
}
