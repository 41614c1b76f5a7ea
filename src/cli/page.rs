//! Lines for a terminal: coloured, aligned by what is wide on the screen, cut at the right edge.

use super::args::ColorName;
use crate::finding::harmless;
use anstream::ColorChoice;
use anstyle::{AnsiColor, Color, Style};
use std::fmt::Write as _;

/// Half-width characters of a line where the terminal does not say.
const WIDTH: usize = 100;
/// The narrowest terminal for which lines are cut.
const NARROWEST: usize = 60;

/// Shells that say how wide the terminal is do so in `COLUMNS`.
pub(super) fn terminal_width() -> usize {
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    stated.unwrap_or(WIDTH).max(NARROWEST)
}

/// When to use colours.
pub(super) fn colour(name: ColorName) -> ColorChoice {
    match name {
        ColorName::Auto => ColorChoice::Auto,
        ColorName::Always => ColorChoice::Always,
        ColorName::Never => ColorChoice::Never,
    }
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Title,
    Dim,
    Good,
    Warning,
    Error,
}

impl Tone {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(Color::Ansi(colour)));
        match self {
            Self::Plain => Style::new(),
            Self::Title => Style::new().bold(),
            Self::Dim => Style::new().dimmed(),
            Self::Good => colour(AnsiColor::Green),
            Self::Warning => colour(AnsiColor::Yellow),
            Self::Error => colour(AnsiColor::Red).bold(),
        }
    }
}

/// Lines of text, none wider than the page.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// An empty page; its width counts half-width characters.
    pub(super) fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    /// Half-width characters of a line.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Adds a line; what does not fit is cut off and marked with `…`.
    pub(super) fn line(&mut self, pieces: &[(Tone, &str)]) {
        let whole: usize = pieces.iter().map(|(_, text)| width(&one_line(text))).sum();
        let mut room = self.width;
        let mut is_full = false;
        for (tone, text) in pieces.iter().filter(|(_, text)| !text.is_empty()) {
            if is_full {
                break;
            }
            let mut text = one_line(text);
            // The sign for what is cut needs a place of its own.
            if whole > self.width && width(&text) >= room {
                text = cut(&text, room);
                is_full = true;
            }
            room -= width(&text).min(room);
            let style = tone.style();
            write!(self.text, "{style}{text}{style:#}").expect("writing to a string does not fail");
        }
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }

    /// Adds text over as many lines as it needs: the first behind the pieces that begin it, the others below them.
    pub(super) fn paragraph(&mut self, begin: &[(Tone, &str)], (tone, text): (Tone, &str)) {
        let indent: usize = begin.iter().map(|(_, text)| width(text)).sum();
        let below = " ".repeat(indent);
        let mut begin = begin.to_vec();
        for line in broken(&one_line(text), self.width.saturating_sub(indent).max(2)) {
            begin.push((tone, &line));
            self.line(&begin);
            begin = vec![(Tone::Plain, &below)];
        }
    }

    /// The page with its colours.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// A text without line breaks and without what would steer the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { ' ' } else { harmless(c) }).collect()
}

/// A text in lines of a width, at least one. What is typed stays in one piece where a line has room for it, and no
/// line begins with what ends a sentence or a bracket.
fn broken(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let begun = lines.last().map_or(0, |line| width(line));
        if begun > 0 && begun + width(piece.trim_end()) > room {
            lines.push(String::new());
        }
        for c in piece.chars() {
            if lines.last().is_some_and(|line| width(line) + char_width(c) > room) {
                lines.push(String::new());
            }
            // A space at a break is the break.
            let is_first = lines.len() == 1;
            if let Some(line) = lines.last_mut()
                && (is_first || c != ' ' || !line.is_empty())
            {
                line.push(c);
            }
        }
    }
    lines
}

/// The pieces of a text that lines do not part, each with the space behind it.
fn pieces(text: &str) -> Vec<&str> {
    let holds = |before: char, after: char| {
        let is_typed = before.is_ascii_graphic() && after.is_ascii_graphic();
        let ends =
            "、。，．：；？！）」』】〉》〕・ー～…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ".contains(after);
        is_typed || ends || after == ' ' || "（「『【〈《〔".contains(before)
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for ((_, before), (at, after)) in text.char_indices().zip(text.char_indices().skip(1)) {
        if !holds(before, after) {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// A text cut or filled with spaces to a width.
pub(super) fn fit(text: &str, to: usize) -> String {
    let text = one_line(text);
    let text = if width(&text) > to { cut(&text, to) } else { text };
    let fill = to - width(&text).min(to);
    text + &" ".repeat(fill)
}

/// As much of a text as fits beside the sign `…`.
fn cut(text: &str, to: usize) -> String {
    let mut cut = String::new();
    for c in text.chars() {
        if width(&cut) + char_width(c) + 1 > to {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
}

/// Columns of the screen that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Columns of the screen that a character takes (UAX #11: wide and full-width ones take two).
fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36F | 0x200B..=0x200F | 0x3099..=0x309A | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        for (text, columns) in [("A1", 2), ("指標", 4), ("ｶﾞ", 2), ("が", 2), ("か\u{3099}", 2), ("㎡％", 4)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
        assert_eq!(fit("指標", 6), "指標  ");
        assert_eq!(fit("指標の数", 6), "指標… ");
    }

    #[test]
    fn lines_end_at_the_edge_and_steer_nothing() {
        let mut page = Page::new(10);
        page.line(&[(Tone::Plain, "目標値"), (Tone::Plain, "は十件です")]);
        page.line(&[(Tone::Plain, "目標値"), (Tone::Plain, "十件")]);
        page.line(&[(Tone::Plain, "\u{1b}[1m\n")]);
        page.paragraph(&[(Tone::Plain, "→ ")], (Tone::Plain, "指標が重なる"));
        assert_eq!(page.into_text(), "目標値は…\n目標値十件\n�[1m\n→ 指標が重\n  なる\n");
    }

    #[test]
    fn lines_part_no_word_and_begin_with_no_end() {
        for (text, lines) in [
            ("", &[""][..]),
            ("分担は kaitei merge で", &["分担は ", "kaitei ", "merge で"]),
            ("目標値（件）", &["目標値", "（件）"]),
            ("目標値です。", &["目標値で", "す。"]),
            ("reason-missing", &["reason-m", "issing"]),
        ] {
            assert_eq!(broken(text, 8), lines, "{text}");
        }
    }
}
