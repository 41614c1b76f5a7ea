//! Tables of characters: widths, sound marks, dashes, duplicates of kanji.

/// The half-width form of a full-width ASCII character; any other character as it is.
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).expect("full-width forms mirror ASCII"),
        _ => c,
    }
}

/// White space at the edge of a cell's line: all that Unicode calls so, and what nobody sees.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// What has neither width nor meaning: soft hyphens, spaces without width, marks of direction, control
/// characters other than white space.
pub(super) fn is_invisible(c: char) -> bool {
    let is_mark = matches!(
        c,
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    );
    is_mark || (c.is_control() && !c.is_whitespace())
}

/// The hyphens, dashes, minus signs, bars and long-vowel signs that people type for a dash.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}' | '−' | '－' | '─' | '━' | 'ー' | 'ｰ' | '﹣' | '﹘' | '\u{2E3A}' | '\u{2E3B}'
    )
}

/// U+FF61 to U+FF9F in full width, in that order.
const KANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// The full-width form of a half-width katakana or its punctuation; any other character as it is.
pub(super) fn full_width_kana(c: char) -> char {
    match c {
        '｡'..='ﾟ' => {
            let index = (u32::from(c) - u32::from('｡')) as usize;
            KANA.chars().nth(index).expect("the table has every half-width kana")
        }
        _ => c,
    }
}

const VOICED: &str = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞ\
                      カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴヽヾワヷヰヸヱヹヲヺ";
const SEMI_VOICED: &str = "はぱひぴふぷへぺほぽハパヒピフプヘペホポ";

/// A kana and the sound mark after it, of any width, as one character.
pub(super) fn compose(kana: char, mark: char) -> Option<char> {
    let table = match mark {
        '\u{3099}' | 'ﾞ' | '゛' => VOICED,
        '\u{309A}' | 'ﾟ' | '゜' => SEMI_VOICED,
        _ => return None,
    };
    second_of_pair(table, kana)
}

/// CP932's duplicates of kanji, which Unicode has once more among the unified ones.
const COMPATIBLE: &str = "\u{FA10}塚\u{FA12}晴\u{FA15}凞\u{FA16}猪\u{FA17}益\u{FA18}礼\u{FA19}神\u{FA1A}祥\u{FA1B}福\u{FA1C}靖\
    \u{FA1D}精\u{FA1E}羽\u{FA20}蘒\u{FA22}諸\u{FA25}逸\u{FA26}都\u{FA2A}飯\u{FA2B}飼\u{FA2C}館\u{FA2D}鶴";

/// The unified kanji for one of CP932's duplicates.
pub(super) fn unified_kanji(c: char) -> Option<char> {
    matches!(c, '\u{FA0E}'..='\u{FA2D}').then(|| second_of_pair(COMPATIBLE, c)).flatten()
}

pub(super) fn second_of_pair(table: &str, first: char) -> Option<char> {
    let mut chars = table.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == first {
            return Some(to);
        }
    }
    None
}

/// What a sign that is the same everywhere, but of few texts, is short for.
pub(super) fn short_for(c: char) -> Option<&'static str> {
    Some(match c {
        'ℓ' => "l",
        '²' => "2",
        '³' => "3",
        '℃' => "°c",
        _ => return None,
    })
}

/// How many half-width characters one is as wide as.
pub fn half_widths(c: char) -> u32 {
    if c.is_ascii() || matches!(c, '｡'..='ﾟ') { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        assert_eq!(KANA.chars().count(), 63);
        for table in [VOICED, SEMI_VOICED, COMPATIBLE] {
            assert_eq!(table.chars().count() % 2, 0, "{table}");
        }
        assert_eq!(compose('ハ', '\u{309A}'), Some('パ'));
        assert_eq!(unified_kanji('\u{FA19}'), Some('\u{795E}'));
    }
}
