//! The legibility of a cell's text: errors that stand there as text, garbled characters, look-alikes.
//!
//! In a workbook an error is an error; a CSV, an ods of another program or a copied cell holds it as text. Text is
//! garbled where it went through an encoding that is not its own: what UTF-8 and CP932 make of each other, what a
//! Western encoding makes of both, and the question marks that stand for characters that an encoding lacks.

use crate::finding::{Finding, More, Problem, code_points};
use crate::japanese::look_alike;
use crate::model::{CellRef, Origin, Place};
use encoding_rs::{SHIFT_JIS, WINDOWS_1252};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Garbled cells of a sheet that are told one by one: of more, the sheet was garbled.
const SINGLE: usize = 3;

/// The error values of Excel, of Google Sheets and of other programs, and what they show while they load.
const ERRORS: [&str; 23] = [
    "#REF!",
    "#N/A",
    "#NAME?",
    "#VALUE!",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#EXTERNAL!",
    "#PYTHON!",
    "#TIMEOUT!",
    "#GETTING_DATA",
    "#ERROR!",
    "Loading...",
    "Loading…",
    "読み込んでいます...",
    "読み込んでいます…",
];

/// Whether a text is nothing but an error value, or the number signs of a column that is too narrow.
pub(super) fn is_error(text: &str) -> bool {
    let text = text.trim();
    match text.as_bytes().first() {
        Some(b'#') => ERRORS.contains(&text) || (text.len() >= 3 && text.bytes().all(|byte| byte == b'#')),
        Some(b'E') => {
            let number = text.strip_prefix("Err:");
            number.is_some_and(|n| n.len() == 3 && n.bytes().all(|byte| byte.is_ascii_digit()))
        }
        Some(b'L' | 0xE8) => ERRORS.contains(&text),
        _ => false,
    }
}

/// What was noticed of a sheet's texts.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Garbled cells: the first ones, and how many there are.
    garbled: (Vec<(CellRef, String)>, usize),
    /// Pairs of look-alikes and what they were read as, the first cell, and how many cells there are.
    pairs: BTreeSet<String>,
    first: Option<CellRef>,
    folded: usize,
    /// That characters were lost in decoding is said already.
    pub(super) lost_in_decoding: bool,
}

impl Signs {
    /// Notices what a cell's text has, and reads look-alikes as what they look like. A leading apostrophe is Excel's
    /// sign for text, which others take for a character.
    pub(super) fn read(&mut self, row: u32, col: u32, text: &mut String) {
        let apostrophe = text.len() > 1 && text.starts_with('\'') && !text[1..].contains('\'');
        if apostrophe {
            let bare = text.split_off(1);
            self.fold(row, col, [format!("{text}{bare} → {bare}")]);
            *text = bare;
        }
        if text.is_ascii() && !text.contains('?') {
            return;
        }
        if text.chars().any(|c| look_alike(c).is_some()) {
            let pairs = text.chars().filter_map(|c| Some(pair(c, look_alike(c)?)));
            self.fold(row, col, pairs);
            *text = text.chars().map(|c| look_alike(c).unwrap_or(c)).collect();
        }
        let said = self.lost_in_decoding && text.contains(char::REPLACEMENT_CHARACTER);
        if !said && is_garbled(text) {
            let (first, count) = &mut self.garbled;
            *count += 1;
            if first.len() <= SINGLE {
                first.push((CellRef { row, col }, text.clone()));
            }
        }
    }

    fn fold(&mut self, row: u32, col: u32, pairs: impl IntoIterator<Item = String>) {
        self.pairs.extend(pairs);
        self.first.get_or_insert(CellRef { row, col });
        self.folded += 1;
    }

    /// What is to be said of it.
    pub(super) fn findings(self, place: &Arc<Place>) -> Vec<Finding> {
        let at = |cell: CellRef| Origin::at(place, cell.row, cell.col);
        let (garbled, count) = self.garbled;
        let single = count <= SINGLE;
        let named = if single { garbled.len() } else { 1 };
        let garbled = garbled.into_iter().take(named).map(|(cell, text)| {
            let more = More::than_one(if single { 1 } else { count });
            Finding::new(Problem::TextGarbled { text: text.into(), more }, at(cell))
        });
        let folded = self.first.map(|cell| {
            let (pairs, more) = (self.pairs.iter().collect(), More::than_one(self.folded));
            Finding::new(Problem::LookAlikeRead { pairs, more }, at(cell))
        });
        garbled.chain(folded).collect()
    }
}

/// `⼦ → 子`; what nobody sees is told by its number.
fn pair(c: char, like: char) -> String {
    if c.is_whitespace() { code_points(&c.to_string()) } else { format!("{c} → {like}") }
}

/// Whether a text lost its characters on the way.
fn is_garbled(text: &str) -> bool {
    let (mut questions, mut run, mut wide, mut half, mut western) = (0, 0, 0_usize, 0_usize, 0_usize);
    let mut is_typical = false;
    for c in text.chars() {
        run = if c == '?' { run + 1 } else { 0 };
        questions = run.max(questions);
        match c {
            char::REPLACEMENT_CHARACTER => return true,
            // What the leading bytes of kana and of Japanese signs in UTF-8 are in CP932.
            '縺' | '繧' | '繝' | '縲' => is_typical = true,
            '｡'..='ﾟ' => half += 1,
            '\u{3000}'.. => wide += 1,
            '\u{80}'.. => western += 1,
            _ => {}
        }
    }
    if questions >= 3 || (questions >= 2 && text.bytes().all(|byte| byte == b'?')) {
        return true;
    }
    if is_typical || (half > 0 && wide > 0) {
        return is_japanese(&SHIFT_JIS.encode(text).0, Encoding::Utf8);
    }
    if western >= 3 && wide == 0 {
        let (bytes, _, unknown) = WINDOWS_1252.encode(text);
        return !unknown && (is_japanese(&bytes, Encoding::Utf8) || is_japanese(&bytes, Encoding::Cp932));
    }
    false
}

/// How bytes are to be read.
#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Cp932,
}

/// Whether bytes are Japanese text in an encoding, but for characters that were cut.
fn is_japanese(bytes: &[u8], encoding: Encoding) -> bool {
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes),
        Encoding::Cp932 => SHIFT_JIS.decode_without_bom_handling(bytes).0,
    };
    let wide = text.chars().filter(|c| matches!(c, '\u{3001}'..='\u{9FFF}' | '！'..='～')).count();
    let lost = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let other = text.chars().filter(|c| matches!(c, '\u{80}'..='\u{FF}' | '｡'..='ﾟ')).count();
    wide >= 2 && lost + other <= wide / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_errors_as_text_too() {
        for error in
            ["#REF!", " #N/A ", "#NAME?", "########", "###", "Err:502", "Loading...", "読み込んでいます..."]
        {
            assert!(is_error(error), "{error}");
        }
        for text in ["#1", "##", "№1", "Err", "Loading", "#REF!の件", "読み込み", "-"] {
            assert!(!is_error(text), "{text}");
        }
    }

    #[test]
    fn text_that_went_through_another_encoding_is_garbled() {
        let through = |text: &str, encoding: &'static encoding_rs::Encoding| {
            encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
        };
        for text in ["基本目標", "延長保育の実施施設数", "20人（27年度）", "ポートフォリオ"]
        {
            assert!(is_garbled(&through(text, SHIFT_JIS)), "{}", through(text, SHIFT_JIS));
            assert!(is_garbled(&through(text, WINDOWS_1252)), "{}", through(text, WINDOWS_1252));
            let (cp932, ..) = SHIFT_JIS.encode(text);
            let western = WINDOWS_1252.decode_without_bom_handling(&cp932).0;
            assert!(is_garbled(&western), "{western}");
            assert!(is_garbled(&through(text, SHIFT_JIS).replace('\u{30FB}', "\u{FFFD}")));
            assert!(!is_garbled(text));
        }
        for garbled in ["20?(27???)", "??", "??????", "子\u{FFFD}"] {
            assert!(is_garbled(garbled), "{garbled}");
        }
        for text in [
            "ﾃﾞｼﾞﾀﾙ窓口の利用者数",
            "㈱ﾃﾞｼﾞﾀﾙ窓口",
            "どうする?",
            "Café Zürich né",
            "±0％",
            "№１２①㎡",
            "①−②＝③",
            "ｶ",
            "繧",
            "縺れ",
            "?",
            "いいえ??",
        ] {
            assert!(!is_garbled(text), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_read_as_what_they_look_like() {
        let mut signs = Signs::default();
        let read = |signs: &mut Signs, text: &str| {
            let mut text = text.to_owned();
            signs.read(0, 0, &mut text);
            text
        };
        for (text, expected) in [
            ("⼦育て⽀援", "子育て支援"),
            ("'60人", "60人"),
            ("20\u{2009}人", "20 人"),
            ("'a'", "'a'"),
            ("'", "'"),
        ] {
            assert_eq!(read(&mut signs, text), expected);
        }
        let place = Arc::new(Place { file: "a.csv".into(), sheet: None });
        let [finding] = &signs.findings(&place)[..] else { panic!("one finding") };
        let said = "look-alikes were read as the usual characters ('60人 → 60人, U+2009, ⼦ → 子, ⽀ → 支) (and 2 more)";
        assert_eq!(finding.message(crate::finding::Lang::En), said);
    }
}
