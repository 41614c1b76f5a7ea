//! Splitting a value's text into segments, each with one measure.

use super::number::Number;
use crate::japanese::is_space;
use std::ops::Range;

/// A text prepared for splitting; all slices but `numbers` are as long as the text.
pub(super) struct Source<'a> {
    /// The text as shown.
    pub(super) chars: &'a [char],
    /// The same with half-width forms.
    pub(super) plain: &'a [char],
    /// Whether a character stands in brackets.
    pub(super) inside: &'a [bool],
    /// The numbers outside brackets.
    pub(super) numbers: &'a [Number],
}

/// How much a separator separates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// `、 ， ， ； 。`: after a complete measure.
    Strong,
    /// `・ ／ ＋` and spaces: after a complete measure with a unit, where another number follows.
    Weak,
    /// A line break.
    Line,
    /// `※`: begins a note that runs to the end of its line.
    Note,
}

/// Segments as ranges of characters, in order, without the separators between them.
///
/// A measure is complete once it has a number; so `樹林・生け垣90件` and `当事者・家族支援24回` are one segment, and
/// `10施設・定員32名` is two. A line break also separates words without a number, unless the line goes on: it ends
/// with a separator or colon, or the next line begins with the number; or a line that begins with no number of
/// its own gives the unit of the number before.
pub(super) fn segments(source: &Source) -> Vec<Range<usize>> {
    let ahead = Ahead::new(source);
    let mut segments = Vec::new();
    let mut open = Open::at(0);
    let mut seen = 0;
    let mut i = 0;
    while i < source.chars.len() {
        if let Some(number) = source.numbers.get(seen).filter(|n| n.start == i) {
            seen += 1;
            i = number.end;
            open.pass_number(number);
            continue;
        }
        let split = separator(source, i).filter(|s| separates(source, *s, i, &open, &ahead));
        if let Some(separator) = split {
            segments.push(open.start..i);
            open = Open::at(if separator == Separator::Note { i } else { i + 1 });
        } else {
            open.has_unit |= open.has_figure && !is_space(source.chars[i]);
        }
        i += 1;
    }
    segments.push(open.start..source.chars.len());
    segments
}

/// What is known of the segment that is being read.
struct Open {
    start: usize,
    /// It has a number that is no part of a name …
    has_figure: bool,
    /// … and something behind it.
    has_unit: bool,
}

impl Open {
    fn at(start: usize) -> Self {
        Self { start, has_figure: false, has_unit: false }
    }

    fn pass_number(&mut self, number: &Number) {
        if number.value.is_some() {
            self.has_figure = true;
            self.has_unit = false;
        } else {
            self.has_unit |= self.has_figure;
        }
    }
}

fn begins_note(source: &Source, start: usize) -> bool {
    source.chars.get(start) == Some(&'※')
}

fn separator(source: &Source, i: usize) -> Option<Separator> {
    match source.chars[i] {
        _ if source.inside[i] => None,
        '\n' => Some(Separator::Line),
        '※' => Some(Separator::Note),
        '、' | '，' | ',' | '；' | ';' | '。' => Some(Separator::Strong),
        '・' | '／' | '/' | '＋' | '+' => Some(Separator::Weak),
        c if is_space(c) => Some(Separator::Weak),
        _ => None,
    }
}

fn separates(source: &Source, separator: Separator, i: usize, open: &Open, ahead: &Ahead) -> bool {
    let next_is_digit = source.plain.get(i + 1).is_some_and(char::is_ascii_digit);
    if begins_note(source, open.start) {
        return separator == Separator::Line;
    }
    match separator {
        Separator::Note => i > open.start,
        Separator::Strong => open.has_figure && (open.has_unit || !next_is_digit),
        // A rate is no separator: 4件／年・20人.
        Separator::Weak if matches!(source.chars[i], '／' | '/') => {
            open.has_unit && ahead.number_before_any[i + 1]
        }
        Separator::Weak => open.has_unit && ahead.number_before_strong[i + 1],
        Separator::Line if open.has_figure => {
            open.has_unit || ahead.number_before_strong[i + 1] || bracket_or_end(source, i + 1)
        }
        Separator::Line => !next_is_digit && !goes_on(&source.chars[..i]),
    }
}

fn bracket_or_end(source: &Source, i: usize) -> bool {
    source.chars.get(i).is_none_or(|c| source.inside[i] || *c == '※')
}

/// Whether a line that ends here goes on in the next one.
fn goes_on(before: &[char]) -> bool {
    before.last().is_some_and(|c| matches!(c, '・' | '、' | '，' | ',' | '：' | ':' | '～' | '／'))
}

/// Whether a number that is no part of a name comes at or after each character …
struct Ahead {
    /// … before the next strong separator, note or line break.
    number_before_strong: Vec<bool>,
    /// … before the next separator of any kind.
    number_before_any: Vec<bool>,
}

impl Ahead {
    fn new(source: &Source) -> Self {
        let length = source.chars.len();
        let mut is_start = vec![false; length];
        for number in source.numbers.iter().filter(|n| n.value.is_some()) {
            is_start[number.start] = true;
        }
        let mut ahead = Self {
            number_before_strong: vec![false; length + 1],
            number_before_any: vec![false; length + 1],
        };
        for i in (0..length).rev() {
            let separator = separator(source, i);
            let passes = matches!(separator, None | Some(Separator::Weak));
            ahead.number_before_strong[i] = is_start[i] || (passes && ahead.number_before_strong[i + 1]);
            ahead.number_before_any[i] =
                is_start[i] || (separator.is_none() && ahead.number_before_any[i + 1]);
        }
        ahead
    }
}

#[cfg(test)]
mod tests {
    use super::super::brackets::{inside, spans};
    use super::super::number::numbers;
    use super::*;
    use crate::japanese::half_width;

    #[test]
    fn splits_between_measures_and_not_in_names() {
        for (text, expected) in [
            ("10施設・定員32名", "10施設|定員32名"),
            ("樹木557本、樹林・生け垣90件", "樹木557本|樹林・生け垣90件"),
            ("講演会3回、当事者・家族支援24回、学習会3回", "講演会3回|当事者・家族支援24回|学習会3回"),
            (
                "本町五丁目地区55.9％、原町一丁目・洗足一丁目地区55.6％",
                "本町五丁目地区55.9％|原町一丁目・洗足一丁目地区55.6％",
            ),
            ("～19時15分：4園\n～20時15分：8園", "～19時15分：4園|～20時15分：8園"),
            ("3歳児・4歳児クラス30人", "3歳児・4歳児クラス30人"),
            ("1・2人用5室", "1・2人用5室"),
            ("男5人　女3人", "男5人|女3人"),
            ("50 件 程度", "50 件 程度"),
            ("4件／年・20人", "4件／年|20人"),
            ("拡充、継続", "拡充、継続"),
            ("拡充\n継続", "拡充|継続"),
            ("定員\n48名", "定員\n48名"),
            ("当事者・\n家族支援24\n回、学習会3回", "当事者・\n家族支援24\n回|学習会3回"),
            ("1か所\n（20人、30件）", "1か所|（20人、30件）"),
            ("3園※拡充、5件を含む\n5件", "3園|※拡充、5件を含む|5件"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let plain: Vec<char> = chars.iter().map(|c| half_width(*c)).collect();
            let inside = inside(&chars, &spans(&chars));
            let numbers = numbers(&plain, &inside);
            let source = Source { chars: &chars, plain: &plain, inside: &inside, numbers: &numbers };
            let shown: Vec<String> =
                segments(&source).into_iter().map(|r| chars[r].iter().collect()).collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        }
    }
}
