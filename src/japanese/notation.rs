//! Notation: text as the document shows it, text as it is compared, and the signs for "no value".

use super::chars::{self, half_width, is_dash, is_space};
use super::era::clear_letter;
use super::fold::{self, fold};
use crate::model::Eras;

/// How text is unified before it is shown (公用文作成の考え方 leaves this to house style).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, as the template has them")]
pub struct Notation {
    /// Digits and Latin letters become half-width; otherwise they stay as written.
    pub half_width: bool,
    /// Brackets, `％ ／ ～ ：` become full-width; otherwise they stay as written.
    pub full_symbols: bool,
    /// The number at the head of a group label becomes full-width (`１　…`).
    pub full_headings: bool,
    /// A figure that stands in brackets alone is below zero, as in accounts: `（1,234）`.
    pub negative_brackets: bool,
}

impl Default for Notation {
    /// That of a document whose template says nothing about it.
    fn default() -> Self {
        Self { half_width: true, full_symbols: true, full_headings: true, negative_brackets: false }
    }
}

/// The text in the document's notation, for display and for data. Applying it twice changes nothing more.
///
/// Always: half-width katakana become full-width; kana and sound marks are composed; `_x000D_`, CRLF
/// and CR become `\n`; the spaces at the edges of each line go, and so do blank lines at both ends. Spaces
/// inside a line stay.
///
/// With `half_width`: full-width digits and Latin letters become half-width, and so do the comma and the full
/// stop between two digits (`７，５９３`, `55．9`).
///
/// With `full_symbols`: `% ( ) ~ 〜 / :` become `％（）～～／：`. A slash or colon between two half-width letters
/// or digits stays (`19:15`, `2020/4/1`, `km/h`), and so does everything in a web or mail address.
///
/// Nothing else changes: `№ ① ㎡ ＋ ・` and the variants of kanji stay as written, for this is not NFKC.
pub fn normalise(raw: &str, notation: Notation) -> String {
    let text: String = unify_characters(raw, notation).into_iter().collect();
    let chars: Vec<char> = unify_breaks(text).chars().collect();
    let text: String = unify_symbols(&chars, notation).into_iter().collect();
    trim_lines(&text)
}

/// Whether the text says that there is no value: nothing, or only dashes of any code point and `…`.
///
/// Lexicon (`なし`, `未定`) and the middle dot are not taken for it: a person wrote them to say something.
pub fn is_no_value(text: &str) -> bool {
    fold::without_escapes(text).chars().all(|c| is_space(c) || is_dash(c) || matches!(c, '…' | '‥'))
}

/// Whether a unit is the percent sign, of either width.
pub fn is_percent_sign(unit: &str) -> bool {
    matches!(unit, "％" | "%")
}

/// Whether the text says nothing that a person decided: no value, the blanks of a form to be filled in
/// (`（　　年度）`, `令和　年　月`), or check boxes none of which is checked.
pub(crate) fn is_unfilled(text: &str, eras: &Eras) -> bool {
    const BLANKS: [&str; 7] = ["年度", "年", "月", "日", "(", ")", "/"];
    if is_no_value(text) {
        return true;
    }
    let boxed = text.contains(['□', '☐']);
    let checked = text.contains(['☑', '☒', '■', '✓', '✔', 'レ']);
    let mut left = fold(text);
    for blank in BLANKS {
        left = left.replace(blank, "");
    }
    for (era, letter) in eras.all().iter().filter_map(|era| Some((era, clear_letter(era)?))) {
        left = left.replace(&*era.name, "").replace(letter, "");
    }
    (boxed && !checked) || left.is_empty()
}

/// Characters one by one: width of digits, letters and kana, and composition.
fn unify_characters(raw: &str, notation: Notation) -> Vec<char> {
    let mut chars: Vec<char> = Vec::with_capacity(raw.len());
    for c in raw.chars() {
        // A line may have been cut between a kana and its mark.
        let kana = before_break(&chars);
        if let Some((at, composed)) = kana.and_then(|at| Some((at, chars::compose(chars[at], c)?))) {
            chars[at] = composed;
            continue;
        }
        let Some(c) = visible(c) else { continue };
        let half = half_width(c);
        let narrow = notation.half_width && half.is_ascii_alphanumeric();
        chars.push(if narrow { half } else { chars::full_width_kana(c) });
    }
    chars
}

/// The last character, or the last one of the line above where a line has only begun.
fn before_break(chars: &[char]) -> Option<usize> {
    let solid = chars.iter().rposition(|c| !is_space(*c))?;
    let after = &chars[solid + 1..];
    (after.is_empty() || after.iter().any(|c| matches!(c, '\n' | '\r'))).then_some(solid)
}

/// Tabs are spaces, Unicode's and printers' line ends line feeds; what has no width and no meaning goes.
fn visible(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '\n' | '\r' => Some(c),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        c => (!chars::is_invisible(c)).then_some(c),
    }
}

/// Symbols by their neighbours.
fn unify_symbols(chars: &[char], notation: Notation) -> Vec<char> {
    let kept = addresses(chars);
    let neighbours =
        |i: usize, is: fn(&char) -> bool| i > 0 && is(&chars[i - 1]) && chars.get(i + 1).is_some_and(is);
    let unify = |(i, &c): (usize, &char)| match c {
        '，' if notation.half_width && neighbours(i, char::is_ascii_digit) => ',',
        '．' if notation.half_width && neighbours(i, char::is_ascii_digit) => '.',
        _ if !notation.full_symbols || kept[i] => c,
        '/' | ':' if neighbours(i, char::is_ascii_alphanumeric) => c,
        '%' => '％',
        '(' => '（',
        ')' => '）',
        '/' => '／',
        ':' => '：',
        '~' | '〜' => '～',
        _ => c,
    };
    chars.iter().enumerate().map(unify).collect()
}

/// Which characters belong to a web or mail address: a run of ASCII with `://`, `www.` or `@` in it.
fn addresses(chars: &[char]) -> Vec<bool> {
    let mut kept = vec![false; chars.len()];
    let mut start = 0;
    while start < chars.len() {
        let run = chars[start..].iter().take_while(|c| c.is_ascii_graphic()).count();
        let word: String = chars[start..start + run].iter().collect();
        if ["://", "www.", "@"].iter().any(|mark| word.contains(mark)) {
            // Brackets around it are not its own, but those within are: `(www.a.jp/b_(c))`.
            let around = word.bytes().take_while(|&b| b == b'(').count();
            let last = word.bytes().rev().take_while(|&b| b == b')').count();
            let within = word[around..].matches('(').count();
            let own = within.saturating_sub(word[..run - last].matches(')').count()).min(last);
            let (from, to) = (start + around, start + run - last + own);
            kept[from..to.max(from)].fill(true);
        }
        start += run + 1;
    }
    kept
}

fn unify_breaks(text: String) -> String {
    if !text.contains('\r') && !text.contains("_x000D_") {
        return text;
    }
    text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n")
}

fn trim_lines(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_matches(is_space)).collect();
    let Some(first) = lines.iter().position(|line| !line.is_empty()) else {
        return String::new();
    };
    let last = lines.iter().rposition(|line| !line.is_empty()).expect("a line that is not blank was found");
    lines[first..=last].join("\n")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) const HOUSE: Notation =
        Notation { half_width: true, full_symbols: true, full_headings: true, negative_brackets: false };
    const AS_WRITTEN: Notation =
        Notation { half_width: false, full_symbols: false, full_headings: false, negative_brackets: false };

    #[test]
    fn unifies_the_notation() {
        for (raw, expected) in [
            ("１,０７３か所（２７年度）", "1,073か所（27年度）"),
            ("７，５９３人", "7,593人"),
            ("5５．9%", "55.9％"),
            ("Ｒ２.４.１見込", "R2.4.1見込"),
            ("１．維持", "1．維持"),
            ("３，園", "3，園"),
            ("4件/年", "4件／年"),
            ("km/h、2020/4/1、19:15", "km/h、2020/4/1、19:15"),
            ("~19時15分:4園(27年度)", "～19時15分：4園（27年度）"),
            ("10〜20", "10～20"),
            ("詳細(https://example.jp/a?b=%20)参照", "詳細（https://example.jp/a?b=%20）参照"),
            ("(www.example.jp/a_(b))、www.example.jp/a(b)", "（www.example.jp/a_(b)）、www.example.jp/a(b)"),
            ("ｼﾞｬｶﾞｲﾓ･ﾎﾟｰﾄ｡", "ジャガイモ・ポート。"),
            ("か\u{3099}くハ\u{309A}", "がくパ"),
            ("№１２①㎡＋\u{FA19}", "№12①㎡＋\u{FA19}"),
            ("ﾃ\nﾞｰﾀの\r\nか\n\u{3099}", "デ\nータの\nが"),
            ("\n\u{3000}5施設 _x000D_\n（31年度）\u{3000}\r\n\r", "5施設\n（31年度）"),
            ("総　数", "総　数"),
            ("\u{3000}\n ", ""),
        ] {
            assert_eq!(normalise(raw, HOUSE), expected, "{raw}");
        }
    }

    #[test]
    fn keeps_widths_that_the_template_keeps() {
        for (raw, expected) in [("１，２Ａ/Ｂ(50%)", "１，２Ａ/Ｂ(50%)"), (" ｶﾞ〜 ", "ガ〜")]
        {
            assert_eq!(normalise(raw, AS_WRITTEN), expected, "{raw}");
        }
    }

    #[test]
    fn knows_the_signs_for_no_value() {
        for dash in
            ["", " \u{3000}\n", "－", "―", "—", "–", "‐", "-", "−", "ー", "─", "ｰ", "…", "\n－ ", "――"]
        {
            assert!(is_no_value(dash), "{dash:?}");
        }
        for said in ["なし", "0", "・", "－1", "拡充", "〃", "△"] {
            assert!(!is_no_value(said), "{said}");
        }
    }

    #[test]
    fn knows_blanks_of_forms() {
        for blank in ["－", "（　　年度）", "令和　　年　月　日", "R　年度", "□維持　□修正", "（　）"]
        {
            assert!(is_unfilled(blank, Eras::reiwa()), "{blank}");
        }
        for said in ["（31年度）", "年間", "■維持　□修正", "□維持　✓修正", "拡充", "○"]
        {
            assert!(!is_unfilled(said, Eras::reiwa()), "{said}");
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing_more(
            raw in "[ -~ 　（）／：～〜，．０-９Ａ-Ｚｦ-ﾟか-ごは-ぽ\u{3099}\u{309A}\r\n]{0,24}",
            half_width: bool,
            full_symbols: bool,
        ) {
            let notation = Notation { half_width, full_symbols, full_headings: true, negative_brackets: false };
            let once = normalise(&raw, notation);
            prop_assert_eq!(normalise(&once, notation), once);
        }
    }
}
