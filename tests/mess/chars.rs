//! What departments do to characters: widths, spaces, breaks, dashes. The words stay the same.

use super::dice::Dice;
use super::twist::{Twist, Twists};

/// Signs for "no value".
const DASHES: [&str; 11] = ["－", "―", "—", "–", "‐", "-", "−", "ー", "─", "…", "――"];

/// What the form has where there is no value.
pub(crate) fn no_value(twists: &Twists, dice: &mut Dice) -> String {
    if twists.contains(&Twist::Dashes) { dice.pick(&DASHES).to_owned() } else { "－".to_owned() }
}

/// A text of the data as a department types it.
pub(crate) fn typed(text: &str, twists: &Twists, dice: &mut Dice) -> String {
    let has = |twist| twists.contains(&twist);
    let mut text = text.to_owned();
    if has(Twist::FullDigits) && dice.once_in(2) {
        text = text.chars().map(|c| if c.is_ascii_digit() { wide(c) } else { c }).collect();
    }
    if has(Twist::Punctuation) {
        text = punctuated(&text, dice);
    }
    if has(Twist::HalfKana) && dice.once_in(2) {
        text = half_kana(&text);
    }
    if has(Twist::Invisible) && dice.once_in(2) {
        text = match dice.below(4) {
            0 => format!("\u{a0}{text}\u{a0}"),
            1 => format!("\u{feff}{text}"),
            2 => text.replace('（', "\u{a0}（"),
            _ => format!("{text}\u{200b}"),
        };
    }
    if has(Twist::EdgeSpaces) && dice.once_in(2) {
        text = match dice.below(5) {
            0 => format!("　{text}"),
            1 => format!("{text} "),
            2 => format!("\n{text}"),
            3 => format!("{text}\n"),
            _ => format!(" 　{text}　"),
        };
    }
    if has(Twist::LineEnds) && text.contains('\n') {
        text = text.replace('\n', dice.pick(&["\r\n", "\r", "_x000D_\n"]));
    }
    text
}

/// Running text with a line break that a narrow cell made.
pub(crate) fn narrow(text: &str, twists: &Twists, dice: &mut Dice) -> String {
    let chars: Vec<char> = text.chars().collect();
    if !twists.contains(&Twist::NarrowBreaks) || chars.len() < 6 || dice.once_in(3) {
        return text.to_owned();
    }
    let at = 3 + dice.below(chars.len() - 4);
    let (before, after) = chars.split_at(at);
    let gap = dice.pick(&["\n", "\n　", " \n"]);
    before.iter().collect::<String>() + gap + &after.iter().collect::<String>()
}

fn wide(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).expect("full-width forms mirror ASCII")
}

fn punctuated(text: &str, dice: &mut Dice) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |i: Option<usize>| {
        i.and_then(|i| chars.get(i)).is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(c))
    };
    let swapped = |(i, &c): (usize, &char)| {
        let in_number = digit(i.checked_sub(1)) && digit(Some(i + 1));
        match c {
            '～' => dice.pick(&['～', '〜', '~']),
            '／' => dice.pick(&['／', '/']),
            '（' => '(',
            '）' => ')',
            '：' => dice.pick(&['：', ':']),
            '％' => dice.pick(&['％', '%']),
            ',' if in_number => dice.pick(&[',', '，']),
            '.' if in_number => dice.pick(&['.', '．']),
            c => c,
        }
    };
    chars.iter().enumerate().map(swapped).collect()
}

const FULL: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー・";
const HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ･";
const VOICED: &str = "ガカギキグクゲケゴコザサジシズスゼセゾソダタヂチヅツデテドトバハビヒブフベヘボホ";
const SEMI: &str = "パハピヒプフペヘポホ";

fn half_kana(text: &str) -> String {
    let second = |pairs: &str, c: char| {
        let pairs: Vec<char> = pairs.chars().collect();
        pairs.chunks(2).find(|pair| pair[0] == c).map(|pair| pair[1])
    };
    let narrow = |c: char| FULL.chars().position(|full| full == c).and_then(|i| HALF.chars().nth(i));
    let mut half = String::new();
    for c in text.chars() {
        let (base, mark) = match (second(VOICED, c), second(SEMI, c)) {
            (Some(base), _) => (base, "ﾞ"),
            (None, Some(base)) => (base, "ﾟ"),
            (None, None) => (c, ""),
        };
        half.push(narrow(base).unwrap_or(base));
        half.push_str(mark);
    }
    half
}
