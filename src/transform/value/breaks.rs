//! Line breaks within a number or a word of a value.
//!
//! * **V14** A break that cuts a number (`1,2⏎00人`) or a word (`3施⏎設`) is no part of the value. A number is cut where
//!   its thousands or its decimals go on below; between other digits a break stays, and is said. A word is cut where the
//!   text is figures with units without the break, and is not with it. All other breaks stay.

use super::brackets::{Span, spans};
use super::text::is_wordy;
use super::time_words::unspaced;
use super::understand::{Understood, understand};
use crate::japanese::era::parse_time;
use crate::japanese::{half_width, is_space};
use crate::model::Eras;

/// Breaks that are tried: each asks for two readings.
const TRIED: usize = 8;

/// What a break stands between.
enum Cut {
    /// Two parts of a number.
    Number,
    /// Digits of which nobody knows whether they are one number.
    Digits,
    /// What may be two parts of a word.
    Word,
    Nothing,
}

/// The text without the breaks that cut numbers and words, and digits on two lines that may be one number.
pub(super) fn close(text: &str, eras: &Eras) -> (String, Option<String>) {
    if !text.contains('\n') {
        return (text.to_owned(), None);
    }
    let mut chars: Vec<char> = with_whole_times(text, eras);
    let (mut from, mut tried, mut unclear) = (0, 0, None);
    while let Some(at) = chars[from..].iter().position(|c| *c == '\n').map(|at| from + at) {
        let start = chars[..at].iter().rposition(|c| !is_space(*c)).map_or(0, |last| last + 1);
        let end = chars[at..].iter().position(|c| !is_space(*c)).map_or(chars.len(), |first| at + first);
        let (before, after) = (&chars[..start], &chars[end..]);
        let joined = || before.iter().chain(after).copied().collect::<Vec<char>>();
        // An empty line sets apart.
        let is_single = chars[start..end].iter().filter(|c| **c == '\n').count() == 1;
        let closed = match cut(before, after) {
            _ if !is_single => None,
            Cut::Number => Some(joined()),
            Cut::Digits => {
                unclear.get_or_insert_with(|| {
                    format!("{}\n{}", run(before.iter().rev(), true), run(after.iter(), false))
                });
                None
            }
            Cut::Word if tried < TRIED => {
                tried += 1;
                let joined = joined();
                let is_unit = before.last().is_some_and(|c| half_width(*c).is_ascii_digit());
                let above = before.rsplit(|c| *c == '\n').next().unwrap_or_default();
                is_cut_word((&chars, above), &joined, is_unit, eras).then_some(joined)
            }
            Cut::Word | Cut::Nothing => None,
        };
        from = if closed.is_some() { start } else { end };
        chars = closed.unwrap_or(chars);
    }
    (chars.into_iter().collect(), unclear)
}

/// The characters without the breaks in brackets that hold a time and nothing else (`（31年⏎度）`).
fn with_whole_times(text: &str, eras: &Eras) -> Vec<char> {
    let chars: Vec<char> = text.chars().collect();
    let is_time =
        |span: &Span| parse_time(&unspaced(&span.inner(&chars).iter().collect::<String>()), eras).is_some();
    let times: Vec<Span> = spans(&chars).into_iter().filter(is_time).collect();
    let is_within = |at: usize| times.iter().any(|span| (span.open..span.close).contains(&at));
    chars.iter().enumerate().filter(|&(at, c)| *c != '\n' || !is_within(at)).map(|(_, c)| *c).collect()
}

fn cut(before: &[char], after: &[char]) -> Cut {
    let (Some(last), Some(first)) =
        (before.last().map(|c| half_width(*c)), after.first().map(|c| half_width(*c)))
    else {
        return Cut::Nothing;
    };
    let (head, tail) = (run(before.iter().rev(), true), run(after.iter(), false));
    let number = format!("{head}{tail}");
    let is_sign = |c: char| matches!(c, ',' | '.');
    match (last.is_ascii_digit(), first.is_ascii_digit()) {
        (true, true) if head.contains(',') && is_number(&number) => Cut::Number,
        (true, true) => Cut::Digits,
        (true, false) if is_sign(first) && is_number(&number) => Cut::Number,
        (false, true) if is_sign(last) && is_number(&number) => Cut::Number,
        (_, false) if is_wordy(last) && is_wordy(first) => Cut::Word,
        _ => Cut::Nothing,
    }
}

/// The digits, commas and points from a break on.
fn run<'c>(chars: impl Iterator<Item = &'c char>, is_backwards: bool) -> String {
    let run = chars.map(|c| half_width(*c)).take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let run: String = run.collect();
    if is_backwards { run.chars().rev().collect() } else { run }
}

/// Whether digits, commas and points are a number with thousands or decimals.
fn is_number(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first =
        groups.next().is_some_and(|group| is_digits(group) && (!whole.contains(',') || group.len() <= 3));
    first && groups.all(|group| is_digits(group) && group.len() == 3) && decimals.is_none_or(is_digits)
}

/// A figure and its unit are one word whether they are read across the break or not. What is whole above the break is
/// not cut by it.
fn is_cut_word((kept, above): (&[char], &[char]), joined: &[char], is_unit: bool, eras: &Eras) -> bool {
    let read = |chars: &[char]| understand(&chars.iter().collect::<String>(), eras);
    let (kept, joined) = (read(kept), read(joined));
    let is_cut = !is_sure(&kept) || (is_unit && kept.parts == joined.parts);
    is_cut && is_sure(&joined) && !is_sure(&read(above))
}

/// Figures with units, and no doubt.
fn is_sure(understood: &Understood) -> bool {
    let has_unit = |part: &crate::model::Part| part.is_figure() && (part.unit.is_some() || part.of.is_some());
    understood.doubts.is_empty() && !understood.parts.is_empty() && understood.parts.iter().all(has_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_within_numbers_and_words_are_closed() {
        for (text, expected) in [
            ("1,2\n00人", "1,200人"),
            ("1,\n200人", "1,200人"),
            ("1\n,200人", "1,200人"),
            ("2.\n5回", "2.5回"),
            ("3施\n設（27年度）", "3施設（27年度）"),
            ("60\n人", "60人"),
            ("5施設\n（31年\n度）", "5施設\n（31年度）"),
            ("20人\n（27年度）", "20人\n（27年度）"),
            ("男20人\n女30人", "男20人\n女30人"),
            ("1,200\n300人", "1,200\n300人"),
            ("利用者数\n20人", "利用者数\n20人"),
            ("20人\n\n増加", "20人\n\n増加"),
            ("拡充\n継続", "拡充\n継続"),
            ("12\n34人", "12\n34人"),
            ("3回\n小学校", "3回\n小学校"),
            ("20人\n増加", "20人\n増加"),
        ] {
            assert_eq!(close(text, Eras::heisei()).0, expected, "{text:?}");
        }
        assert_eq!(close("12\n34人", Eras::heisei()).1.as_deref(), Some("12\n34"));
        assert_eq!(close("1,2\n00人", Eras::heisei()).1, None);
    }
}
