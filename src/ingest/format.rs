//! Number format codes (`#,##0"件";"△"0;"―"`) read into sections of tokens.

use super::numerals::Numerals;
use rust_decimal::Decimal;
use std::str::{Chars, FromStr as _};

/// A cell's number format, its code read once for all the cells that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberFormat {
    kind: Kind,
    /// `None` if the code is not understood.
    sections: Option<Vec<Section>>,
    is_date: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    General,
    /// It may change what a text cell shows.
    ForTexts,
    Other,
}

impl NumberFormat {
    /// Reads a format's code.
    pub(super) fn new(code: &str) -> Self {
        let kind = match code {
            "General" => Kind::General,
            code if code != "@" && code.contains(['@', ';']) => Kind::ForTexts,
            _ => Kind::Other,
        };
        let sections = parse(code);
        let is_date = sections.as_ref().is_some_and(|sections| sections.iter().any(Section::is_date));
        Self { kind, sections, is_date }
    }

    /// Whether it shows dates or times.
    pub(super) fn is_date(&self) -> bool {
        self.is_date
    }

    /// The parts of the code, if it is understood.
    pub(super) fn sections(&self) -> Option<&[Section]> {
        self.sections.as_deref()
    }

    /// Whether it is General.
    pub(super) fn is_general(&self) -> bool {
        self.kind == Kind::General
    }

    /// Whether it may show a text otherwise than as it is.
    pub(super) fn is_for_texts(&self) -> bool {
        self.kind == Kind::ForTexts
    }
}

/// One of the `;`-separated parts of a code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Section {
    /// In the order of the code.
    pub(super) tokens: Vec<Token>,
    /// `[>=100]`: the numbers that this section is for.
    pub(super) condition: Option<Condition>,
    /// `[DBNum1]`: other numerals than Arabic ones.
    pub(super) numerals: Option<Numerals>,
    /// What its placeholders ask for.
    pub(super) places: Places,
    /// `[$-411]`: names of months and days, and halves of the day, are Japanese.
    pub(super) japanese: bool,
    /// `[$-ja-JP-x-gannen]`: the first year of an era is 元.
    pub(super) gannen: bool,
    /// `[$-F800]`, `[$-F400]`: whatever the code goes on to say, the system's format is shown.
    system: Option<SystemFormat>,
}

/// A format of the system instead of the code's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SystemFormat {
    LongDate,
    Time,
}

impl SystemFormat {
    /// What it is on a Japanese Windows.
    fn tokens(self) -> Vec<Token> {
        let text = |text: &str| Token::Literal(text.to_owned());
        let part = Token::Date;
        match self {
            Self::LongDate => {
                vec![part('y', 4), text("年"), part('m', 1), text("月"), part('d', 1), text("日")]
            }
            Self::Time => vec![part('h', 1), text(":"), part('m', 2), text(":"), part('s', 2)],
        }
    }
}

/// A comparison with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    operator: String,
    bound: Decimal,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Shown as it is.
    Literal(String),
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A thousands separator, or after the last digit a division by 1,000.
    Comma,
    /// `%`.
    Percent,
    /// `?/?`, `?/8`: the number, or what is left of it behind the whole, as a fraction.
    Fraction(Fraction),
    /// `E+00`: digits and a power of ten, for which all digits are shown.
    Exponent,
    /// `@`, the cell's text.
    Text,
    /// `General`.
    General,
    /// A run of one of the letters `y m d h s g e a`: a part of a date or of a time.
    Date(char, usize),
    /// `[h]`, `[mm]`, `[ss]`: time that has passed.
    Elapsed(char, usize),
    /// `AM/PM` or `A/P`: the texts for morning and afternoon.
    HalfDay(&'static str, &'static str),
}

/// A fraction's part of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    /// Whether the whole stands before it (`# ?/?`).
    pub(super) is_mixed: bool,
    pub(super) denominator: Denominator,
}

/// What the denominators of a code are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denominator {
    /// This one.
    Fixed(u32),
    /// The one up to this that comes nearest.
    UpTo(u32),
}

/// Reads a code; `None` if it has a part that is not understood.
fn parse(code: &str) -> Option<Vec<Section>> {
    let mut sections = vec![Section::default()];
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        let section = sections.last_mut().expect("there is always a first section");
        match c {
            ';' => sections.push(Section::default()),
            '[' => bracket(&mut chars, section)?,
            '/' if matches!(section.tokens.last(), Some(Token::Digit(_))) => fraction(&mut chars, section)?,
            _ => token(c, &mut chars, section),
        }
    }
    for section in &mut sections {
        if let Some(system) = section.system {
            section.tokens = system.tokens();
        }
        section.places = Places::of(&section.tokens);
    }
    Some(sections)
}

impl Section {
    /// Whether it shows a date or a time.
    pub(super) fn is_date(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t, Token::Date(..) | Token::Elapsed(..)))
    }

    /// Whether it shows the cell's text.
    pub(super) fn is_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }
}

/// What a section's placeholders ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Places {
    /// Digits before the point.
    pub(super) whole: usize,
    /// Digits after it, at most 20.
    pub(super) decimals: u32,
    /// Whether thousands are set apart.
    pub(super) grouped: bool,
    /// Divisions by 1,000.
    thousands: usize,
    /// Multiplications by 100.
    percents: usize,
}

impl Places {
    fn of(tokens: &[Token]) -> Self {
        let point = tokens.iter().position(|t| *t == Token::Point).unwrap_or(tokens.len());
        let digits = |tokens: &[Token]| tokens.iter().filter(|t| matches!(t, Token::Digit(_))).count();
        let last = tokens.iter().rposition(|t| matches!(t, Token::Digit(_)));
        let last_whole = tokens[..point].iter().rposition(|t| matches!(t, Token::Digit(_)));
        let commas = |from: Option<usize>| {
            from.map_or(0, |i| tokens[i + 1..].iter().take_while(|t| **t == Token::Comma).count())
        };
        let after_whole = if last == last_whole { 0 } else { commas(last_whole) };
        Self {
            whole: digits(&tokens[..point]),
            decimals: u32::try_from(digits(&tokens[point..])).unwrap_or(u32::MAX).min(20),
            grouped: last_whole.is_some_and(|i| tokens[..i].contains(&Token::Comma)),
            thousands: commas(last) + after_whole,
            percents: tokens.iter().filter(|t| **t == Token::Percent).count(),
        }
    }

    /// Whether any digit is asked for.
    pub(super) fn any(&self) -> bool {
        self.whole > 0 || self.decimals > 0
    }

    /// The number as its digits show it.
    pub(super) fn scale(&self, number: Decimal) -> Decimal {
        let percent = (0..self.percents.min(3)).fold(number, |n, _| n * Decimal::ONE_HUNDRED);
        (0..self.thousands.min(3)).fold(percent, |n, _| n / Decimal::ONE_THOUSAND)
    }
}

impl Condition {
    /// Whether a number meets it.
    pub(super) fn holds(&self, value: Decimal) -> bool {
        match self.operator.as_str() {
            "<" => value < self.bound,
            "<=" => value <= self.bound,
            ">" => value > self.bound,
            ">=" => value >= self.bound,
            "<>" => value != self.bound,
            _ => value == self.bound,
        }
    }
}

fn token(c: char, chars: &mut Chars<'_>, section: &mut Section) {
    let lower = c.to_ascii_lowercase();
    match lower {
        '"' => chars.by_ref().take_while(|&c| c != '"').for_each(|c| literal(section, c)),
        '\\' | '!' => chars.by_ref().take(1).for_each(|c| literal(section, c)),
        // A gap as wide as the next character, or filled with it: layout, not text.
        '_' | '*' => drop(chars.next()),
        '0' | '#' | '?' => section.tokens.push(Token::Digit(c)),
        '.' => section.tokens.push(Token::Point),
        ',' => section.tokens.push(Token::Comma),
        '%' => section.tokens.push(Token::Percent),
        '@' => section.tokens.push(Token::Text),
        'g' if skip(chars, "eneral") || skip(chars, "/標準") => section.tokens.push(Token::General),
        'a' if skip(chars, "m/pm") => section.tokens.push(Token::HalfDay("AM", "PM")),
        'a' if skip(chars, "/p") => section.tokens.push(Token::HalfDay("A", "P")),
        'e' if chars.as_str().starts_with(['+', '-']) => {
            chars.next();
            while chars.as_str().starts_with(['0', '#', '?']) {
                chars.next();
            }
            section.tokens.push(Token::Exponent);
        }
        'y' | 'm' | 'd' | 'h' | 's' | 'g' | 'e' | 'a' => {
            let count = 1 + run(chars, lower);
            section.tokens.push(Token::Date(lower, count));
        }
        _ => literal(section, c),
    }
}

/// What stands behind the `/` of a fraction: places, or the denominator itself. The places before it are the numerator's,
/// and those before a gap the whole's.
fn fraction(chars: &mut Chars<'_>, section: &mut Section) -> Option<()> {
    let rest = chars.as_str();
    let len = rest.find(|c: char| !c.is_ascii_digit() && c != '#' && c != '?').unwrap_or(rest.len());
    let below = &rest[..len];
    *chars = rest[len..].chars();
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let above = section.tokens.iter().rposition(|token| !is_digit(token)).map_or(0, |at| at + 1);
    section.tokens.truncate(above);
    let is_mixed = section.tokens.iter().any(is_digit);
    if section.tokens.contains(&Token::Point) {
        return None;
    }
    if is_mixed && section.tokens.pop_if(|token| matches!(token, Token::Literal(gap) if gap == " ")).is_none()
    {
        return None;
    }
    let denominator = match below.parse() {
        Ok(0) | Err(_) => Denominator::UpTo(10_u32.pow(u32::try_from(len.clamp(1, 4)).ok()?) - 1),
        Ok(fixed) => Denominator::Fixed(fixed),
    };
    section.tokens.push(Token::Fraction(Fraction { is_mixed, denominator }));
    Some(())
}

/// `[…]`: a currency or language, elapsed time, a condition, or a colour.
fn bracket(chars: &mut Chars<'_>, section: &mut Section) -> Option<()> {
    let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
    let lower = inside.to_ascii_lowercase();
    if let Some(currency) = inside.strip_prefix('$') {
        currency.chars().take_while(|&c| c != '-').for_each(|c| literal(section, c));
        locale(lower.split_once('-').map_or("", |(_, locale)| locale), section);
    } else if let Some(number) = lower.strip_prefix("dbnum") {
        section.numerals = Some(Numerals::of(number)?);
    } else if let Some(first) = lower.chars().next().filter(|c| "hms".contains(*c))
        && lower.chars().all(|c| c == first)
    {
        section.tokens.push(Token::Elapsed(first, lower.len()));
    } else if lower.starts_with(['<', '>', '=']) {
        let bound = lower.trim_start_matches(['<', '>', '=']);
        let operator = lower[..lower.len() - bound.len()].to_owned();
        section.condition = Some(Condition { operator, bound: Decimal::from_str(bound.trim()).ok()? });
    }
    Some(())
}

/// The part of `[$¥-411]` behind the hyphen: a language by name or number, or a format of the system.
fn locale(locale: &str, section: &mut Section) {
    let number = u32::from_str_radix(locale, 16).ok();
    match (locale, number) {
        ("x-sysdate", _) | (_, Some(0xF800)) => section.system = Some(SystemFormat::LongDate),
        ("x-systime", _) | (_, Some(0xF400)) => section.system = Some(SystemFormat::Time),
        _ => {}
    }
    section.japanese |= locale.starts_with("ja") || number.is_some_and(|number| number & 0xFFFF == 0x0411);
    section.gannen |= locale.contains("x-gannen");
}

fn literal(section: &mut Section, c: char) {
    match section.tokens.last_mut() {
        Some(Token::Literal(text)) => text.push(c),
        _ => section.tokens.push(Token::Literal(c.to_string())),
    }
}

/// Skips a word that follows, without regard to case.
fn skip(chars: &mut Chars<'_>, word: &str) -> bool {
    let rest = chars.as_str();
    let found = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if found {
        *chars = rest[word.len()..].chars();
    }
    found
}

/// Skips the repetitions of a letter and counts them.
fn run(chars: &mut Chars<'_>, letter: char) -> usize {
    let rest = chars.as_str();
    let count = rest.chars().take_while(|c| c.to_ascii_lowercase() == letter).count();
    *chars = rest[count..].chars();
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_are_not_understood_are_refused_whole() {
        for code in ["0.0 ?/?", "0x?/?", "[DBNum9]0", "[>x]0"] {
            assert_eq!(parse(code), None, "{code}");
        }
    }

    #[test]
    fn a_section_has_its_condition_and_its_tokens() {
        let sections = parse("[Red][<0]\"△\"#;[$¥-411]0_ ").unwrap();
        let digit = |c| Token::Digit(c);
        assert!(sections[0].condition.as_ref().unwrap().holds(Decimal::NEGATIVE_ONE));
        assert_eq!(sections[0].tokens, [Token::Literal("△".into()), digit('#')]);
        assert_eq!(sections[1].tokens, [Token::Literal("¥".into()), digit('0')]);
    }
}
