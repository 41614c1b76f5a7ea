//! A cell of a document: what it says, and the number behind it, which a workbook calculates with.

use crate::japanese::with_commas;
use rust_decimal::{Decimal, RoundingStrategy};
use std::ops::Range;

/// A cell of the body. Most say something and are no number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableCell {
    /// What it says; of a number, how it is written.
    pub content: Content,
    /// The number that it is.
    pub number: Option<Box<Number>>,
    /// The address of the page that it leads to.
    pub link: Option<Box<str>>,
}

/// The number of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Unrounded.
    pub value: Decimal,
    /// How it is written.
    pub format: NumberFormat,
    /// What it follows from.
    pub formula: Option<Formula>,
}

/// How a number is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct NumberFormat {
    /// Digits after the decimal point.
    pub decimals: u32,
    /// Commas stand between thousands.
    pub grouped: bool,
    /// `△` stands before a negative number, not a minus sign.
    pub triangle: bool,
    /// Stands after the number (`件`).
    pub unit: String,
    /// The number is shown a hundredfold, as workbooks keep percentages: 0.785 is `78.5％`.
    pub percent: bool,
}

/// What a number follows from. A workbook computes it; what computes nothing prints the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// How many of the cells say what the heading next above the formula's own cell says.
    Count(Cells),
    /// How many rows say in the first cells what the heading next above the formula's own cell says, and in the second ones
    /// what the first cell of its row says.
    CountBoth(Cells, Cells),
    /// The sum of the cells, without those that are sums themselves.
    Sum(Cells),
    /// The mean of the cells, likewise.
    Mean(Cells),
    /// The first of these columns of the formula's own row by the second.
    Ratio([usize; 2]),
    /// How far the second of these columns of its row is from the first to the third.
    Progress([usize; 3]),
    /// The first of these columns of its row less the second.
    Difference([usize; 2]),
    /// A column of its row by the sum of cells.
    Share(usize, Cells),
    /// The sum of these columns of its row.
    SumOf(Vec<usize>),
    /// The number of a record, from 1; a workbook states the row of the sheet on which its row begins.
    RowNumber {
        /// The document whose table has the record.
        document: String,
        /// The record.
        row: usize,
    },
}

impl Formula {
    /// Whether it needs another document than its own.
    pub fn names_another(&self) -> bool {
        match self {
            Self::Count(cells)
            | Self::CountBoth(cells, _)
            | Self::Sum(cells)
            | Self::Mean(cells)
            | Self::Share(_, cells) => cells.document.is_some(),
            Self::Ratio(_) | Self::Progress(_) | Self::Difference(_) | Self::SumOf(_) => false,
            Self::RowNumber { .. } => true,
        }
    }
}

/// Cells in one block of a table's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The document whose table it is; `None` for the formula's own.
    pub document: Option<String>,
    /// Its rows.
    pub rows: Range<usize>,
    /// Its columns.
    pub columns: Range<usize>,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// Paragraphs, each beginning on a new line; empty for an empty cell.
    pub paragraphs: Vec<String>,
    /// The last paragraph stands beside the one before it where both fit on a line.
    pub join_last: bool,
    /// What is said of parts of it, ascending; no two overlap.
    pub marks: Vec<Marked>,
}

/// A part of a content of which something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Its bytes, of all paragraphs joined.
    pub bytes: Range<usize>,
    /// What is said of it.
    pub mark: Mark,
}

/// What is said of a part of a content, and how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The revision changes it; underlined.
    Revised,
    /// The later of two editions has it alone; underlined.
    Inserted,
    /// The earlier one has it alone, and stands beside the later one; underlined.
    Replaced,
    /// The earlier one has it alone, and it stands within the later one; struck through.
    Struck,
}

/// A line drawn along a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decoration {
    /// Below it.
    Underline,
    /// Through it.
    LineThrough,
}

impl Mark {
    /// How it looks.
    pub fn decoration(self) -> Decoration {
        match self {
            Self::Revised | Self::Inserted | Self::Replaced => Decoration::Underline,
            Self::Struck => Decoration::LineThrough,
        }
    }

    /// Parts of a content, marked alike.
    pub fn all(self, parts: Vec<Range<usize>>) -> Vec<Marked> {
        parts.into_iter().map(|bytes| Marked { bytes, mark: self }).collect()
    }
}

impl Content {
    /// One paragraph per line of the text; an empty text is an empty cell.
    pub fn of(text: &str) -> Self {
        // Most cells have one, for which a vector that grows takes room for four.
        let mut paragraphs = Vec::with_capacity(text.lines().count());
        paragraphs.extend(text.lines().map(str::to_owned));
        Self { paragraphs, ..Self::default() }
    }

    /// The bytes of all paragraphs.
    pub fn len(&self) -> usize {
        self.paragraphs.iter().map(String::len).sum()
    }

    /// The same content, all of it marked.
    #[must_use]
    pub fn marked(self, mark: Mark) -> Self {
        let whole = std::iter::once(0..self.len()).filter(|whole| !whole.is_empty()).collect();
        Self { marks: mark.all(whole), ..self }
    }

    /// What it says once what is struck through is gone, in one line.
    pub fn kept(&self) -> String {
        let text = self.paragraphs.concat();
        let is_kept = |(_, mark): &(&str, Option<Mark>)| *mark != Some(Mark::Struck);
        cut_at_marks(&text, 0, &self.marks).filter(is_kept).map(|(part, _)| part).collect()
    }

    /// Whether the cell says nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A label as a later page states it again: with `word` after it.
    #[must_use]
    pub fn continued(&self, word: &str) -> Self {
        let mut again = self.clone();
        if let Some(last) = again.paragraphs.last_mut() {
            last.push_str(word);
        }
        again
    }
}

/// A text cut where marks begin and end, each piece with its mark. The text begins at byte `at` of the content whose
/// `marks` these are.
pub fn cut_at_marks<'t>(
    text: &'t str,
    at: usize,
    marks: &[Marked],
) -> impl Iterator<Item = (&'t str, Option<Mark>)> {
    let within = |edge: usize| edge.saturating_sub(at).min(text.len());
    let mut done = 0;
    let mut pieces = Vec::with_capacity(2 * marks.len() + 1);
    for Marked { bytes, mark } in marks {
        let part = within(bytes.start)..within(bytes.end);
        pieces.push((&text[done..part.start], None));
        done = part.end;
        pieces.push((&text[part], Some(*mark)));
    }
    pieces.push((&text[done..], None));
    pieces.into_iter().filter(|(piece, _)| !piece.is_empty())
}

impl TableCell {
    /// A cell that says a text.
    pub fn of(text: &str) -> Self {
        Self::from(Content::of(text))
    }

    /// A cell that is a number.
    pub fn number(value: Decimal, format: NumberFormat, formula: Option<Formula>) -> Self {
        let content = Content::of(&format.text(value));
        Self { content, number: Some(Box::new(Number { value, format, formula })), link: None }
    }

    /// A cell that is how many there are of something.
    pub fn count(count: usize, formula: Option<Formula>) -> Self {
        Self::number(Decimal::from(count), NumberFormat::default(), formula)
    }
}

impl From<Content> for TableCell {
    fn from(content: Content) -> Self {
        Self { content, number: None, link: None }
    }
}

/// Digits that workbooks keep of a number.
pub const WORKBOOK_DIGITS: u32 = 15;

/// A number as workbooks keep it, rounded half up; `None` beyond those of this program.
pub fn as_kept(number: Decimal) -> Option<Decimal> {
    number.round_sf_with_strategy(WORKBOOK_DIGITS, RoundingStrategy::MidpointAwayFromZero)
}

impl NumberFormat {
    /// A number as it is written, rounded half away from zero as workbooks round what they show.
    pub fn text(&self, value: Decimal) -> String {
        let value = if self.percent { value * Decimal::ONE_HUNDRED } else { value };
        let mut shown = value.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        shown.rescale(self.decimals);
        let sign = match (shown.is_sign_negative() && !shown.is_zero(), self.triangle) {
            (false, _) => "",
            (true, true) => "△",
            (true, false) => "-",
        };
        let digits = shown.abs().to_string();
        let digits = if self.grouped { with_commas(&digits) } else { digits };
        format!("{sign}{digits}{}", self.unit)
    }

    /// The number that a text writes and how it writes it, where that is a number and a unit behind it: the format
    /// writes the number in the same way.
    pub fn read(text: &str) -> Option<(Decimal, Self)> {
        let (sign, rest) = match text.strip_prefix('△') {
            Some(rest) => ("△", rest),
            None => text.strip_prefix('-').map_or(("", text), |rest| ("-", rest)),
        };
        let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
        let (figures, unit) = rest.split_at(rest.find(|c| !is_figure(c)).unwrap_or(rest.len()));
        let mut number = Decimal::from_str_exact(&figures.replace(',', "")).ok()?;
        number.set_sign_negative(!sign.is_empty());
        let format = Self {
            decimals: number.scale(),
            grouped: figures.contains(',') || number.abs() < Decimal::ONE_THOUSAND,
            triangle: sign != "-",
            unit: unit.to_owned(),
            percent: false,
        };
        let is_plain = !unit.contains(|c: char| c.is_numeric() || c.is_control());
        (is_plain && format.text(number) == text).then_some((number, format))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_numbers_if_a_format_writes_them_so() {
        for (text, number, unit) in [
            ("1,234人", "1234", "人"),
            ("2園", "2", "園"),
            ("△3.50％", "-3.50", "％"),
            ("-3", "-3", ""),
            ("4件／年", "4", "件／年"),
        ] {
            let (read, format) = NumberFormat::read(text).unwrap();
            assert_eq!((read.to_string().as_str(), format.unit.as_str()), (number, unit), "{text}");
        }
        for text in ["", "園", "007", "1,23人", "3億2,000万円", "6/9", "▲3％", "約3人", "3人\n4人", "12."]
        {
            assert_eq!(NumberFormat::read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_their_format_says() {
        let format = |decimals, grouped, triangle, unit: &str| NumberFormat {
            decimals,
            grouped,
            triangle,
            unit: unit.to_owned(),
            percent: false,
        };
        for (number, format, text) in [
            ("5", NumberFormat::default(), "5"),
            ("1234567", format(0, true, false, "円"), "1,234,567円"),
            ("-1234.5", format(1, true, true, "千円"), "△1,234.5千円"),
            ("-3", format(0, false, false, ""), "-3"),
            ("66.65", format(1, false, false, "％"), "66.7％"),
            ("-0.04", format(1, false, true, ""), "0.0"),
            ("7", format(2, true, true, ""), "7.00"),
        ] {
            assert_eq!(format.text(number.parse().unwrap()), text);
        }
    }
}
