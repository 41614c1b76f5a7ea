//! Values: from a cell's words to quantities with units, a time, notes and qualifiers.
//!
//! The steps, each in its own file: the text in the document's notation loses its time (`time`), is split into
//! segments (`segment`), and each segment gives a measure (`measure`); brackets behind a figure are a further
//! measure, a period, qualifiers or a note. Nothing of this changes the text: parts are what the program
//! understood, `Value::text` is what the department said.

mod brackets;
mod column;
mod compare;
mod joint;
mod measure;
mod number;
mod segment;
mod time;
mod words;

#[cfg(test)]
mod reference;

pub use column::{Standing, UnitWords};
pub use compare::{Comparison, compare, measured_alike};
pub use joint::{Joint, split_joint};

use crate::finding::{Finding, Noted, Problem};
use crate::japanese::Notation;
use crate::japanese::era::parse_time_cell;
use crate::japanese::{half_width, is_no_value, is_space, normalise};
use crate::model::{Completion, Eras, Origin, Part, TimeText, Value};
use brackets::{Span, inside, spans};
use measure::measure;
use number::{Number, numbers};
use segment::{Source, segments};
use std::ops::Range;

/// What the template says about reading values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// How text is unified.
    pub notation: Notation,
    /// The eras, with that of bare two-digit years.
    pub eras: &'a Eras,
}

/// Reads a value cell. `None` where the cell says that there is no value, or holds only an empty form (`（　年度）`);
/// a year beside such a cell then says nothing.
///
/// The time is the cell beside (`time_cell`), or else what the text states in brackets or on a line of its own,
/// which is then no longer in `text`. Where both are there and differ, the cell beside counts and the brackets
/// stay in the text. Words that are meant as a time but state none give a `TimeText` without time, and a warning.
/// A cell with a time and no value gives a value with empty text.
pub fn parse(
    raw: &str,
    time_cell: Option<(&str, Origin)>,
    origin: Origin,
    context: &Context<'_>,
) -> Noted<Option<Value>> {
    let nothing = Noted { value: None, findings: Vec::new() };
    if is_no_value(raw) {
        return nothing;
    }
    let whole = normalise(raw, context.notation);
    let taken = time::take_time(&whole, context.eras);
    let beside = time_cell.filter(|(words, _)| !is_no_value(words));
    let (mut text, time) = match (beside, taken.time) {
        (Some((words, cell)), own) => {
            let words = time::time_words(without_brackets(&normalise(words, context.notation)));
            let time = parse_time_cell(&words, context.eras);
            let same = own.is_none_or(|(_, own)| own == time);
            let text = if same { taken.text } else { whole };
            (text, Some(TimeText { text: words, time, origin: cell }))
        }
        (None, Some((words, time))) => {
            (taken.text, Some(TimeText { text: words, time, origin: origin.clone() }))
        }
        (None, None) => (taken.text, None),
    };
    if is_no_value(&text) {
        text.clear();
        if time.as_ref().is_none_or(|t| t.time.is_none())
            && !raw.chars().any(|c| half_width(c).is_ascii_digit())
        {
            return nothing;
        }
    }
    let findings = time.iter().filter(|t| t.time.is_none()).map(unknown_time).collect();
    let Content { parts, notes, qualifiers, .. } = read(&text);
    let completion = Completion::default();
    let value = Value { raw: raw.to_owned(), text, time, parts, notes, qualifiers, completion, origin };
    Noted { value: Some(value), findings }
}

/// The words in brackets that stand around all of them.
fn without_brackets(words: &str) -> &str {
    let pairs = [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕')];
    let words = words.trim_matches(is_space);
    let inner = |(open, close)| words.strip_prefix(open)?.strip_suffix(close);
    pairs.into_iter().find_map(inner).filter(|inner| !inner.contains(['（', '('])).unwrap_or(words)
}

fn unknown_time(time: &TimeText) -> Finding {
    Finding::new(Problem::TimeUnknown { text: (&time.text).into() }, time.origin.clone())
}

/// What a text says.
#[derive(Debug, Default)]
struct Content {
    parts: Vec<Part>,
    notes: Vec<String>,
    qualifiers: Vec<String>,
    /// Nothing but figures with units.
    plain: bool,
}

/// Whether a text consists of figures with units and nothing else.
fn is_measures(text: &str) -> bool {
    let content = read(text);
    content.plain && content.notes.is_empty() && !content.parts.is_empty()
}

fn read(text: &str) -> Content {
    let chars: Vec<char> = text.chars().collect();
    let plain: Vec<char> = chars.iter().map(|&c| if c == '〜' { '~' } else { half_width(c) }).collect();
    let spans = spans(&chars);
    let inside = inside(&chars, &spans);
    let numbers = numbers(&plain, &inside);
    let source = Source { chars: &chars, plain: &plain, inside: &inside, numbers: &numbers };
    let mut content = Content { plain: true, ..Content::default() };
    for range in segments(&source) {
        read_segment(&source, &spans, trimmed(&chars, range), &mut content);
    }
    content
}

/// A range without separators and spaces at its ends.
fn trimmed(chars: &[char], range: Range<usize>) -> Range<usize> {
    let edge = |c: &char| is_space(*c) || matches!(c, '、' | '，' | ',' | '；' | ';' | '。' | '・');
    let text = &chars[range.clone()];
    let left = text.iter().take_while(|c| edge(c)).count();
    let right = text[left..].iter().rev().take_while(|c| edge(c)).count();
    range.start + left..range.end - right
}

fn read_segment(source: &Source, spans: &[Span], range: Range<usize>, content: &mut Content) {
    let text = &source.chars[range.clone()];
    if text.first() == Some(&'※') {
        content.notes.push(text.iter().collect());
        return;
    }
    let within = |start: usize| range.contains(&start);
    let from = source.numbers.partition_point(|n| n.start < range.start);
    let here = source.numbers[from..].iter().take_while(|n| within(n.start));
    let figure = here.clone().filter(|n| n.value.is_some()).last().map(|n| n.end);
    let first_span = spans.partition_point(|s| s.open < range.start);
    let own_spans =
        &spans[first_span..first_span + spans[first_span..].iter().take_while(|s| within(s.open)).count()];
    let behind = behind_figure(source.chars, own_spans, figure, range.end);
    // The segment without those brackets; numbers before them keep their places.
    let mut rest = Vec::new();
    let mut at = range.start;
    for span in behind {
        rest.extend_from_slice(&source.chars[at..span.open]);
        at = span.close + 1;
    }
    rest.extend_from_slice(&source.chars[at..range.end]);
    let shifted: Vec<Number> = here
        .filter(|n| behind.first().is_none_or(|span| n.end <= span.open))
        .map(|n| Number { start: n.start - range.start, end: n.end - range.start, value: n.value })
        .collect();
    if let Some(found) = measure(&rest, &shifted) {
        content.plain &= found.plain;
        content.parts.push(found.part);
        add(content, &found.qualifiers);
    }
    for span in behind {
        read_bracket(&span.inner(source.chars).iter().collect::<String>(), content);
    }
}

/// The brackets behind the figure; without a figure, those at the end of the words.
fn behind_figure<'a>(chars: &[char], spans: &'a [Span], figure: Option<usize>, end: usize) -> &'a [Span] {
    if let Some(figure) = figure {
        return &spans[spans.partition_point(|s| s.open < figure)..];
    }
    let mut end = end;
    let mut first = spans.len();
    while let Some(span) = first.checked_sub(1).map(|i| spans[i]) {
        if chars[span.close + 1..end].iter().any(|c| !is_space(*c)) || matches!(chars[span.open], '「' | '『')
        {
            break;
        }
        end = span.open;
        first -= 1;
    }
    &spans[first..]
}

fn read_bracket(inner: &str, content: &mut Content) {
    let inner = inner.trim_matches(is_space);
    let qualifiers = words::qualifiers(inner);
    if !qualifiers.is_empty() {
        add(content, &qualifiers);
        return;
    }
    if let (Some(period), Some(last)) = (words::period(inner), content.parts.last_mut())
        && last.per.is_none()
    {
        last.per = Some(period.to_owned());
        return;
    }
    // Brackets within brackets are prose; so this goes no deeper.
    let nested = inner.contains(['（', '(', '「', '【', '[', '〔', '『', '※', '［']);
    let mut within = if nested { Content::default() } else { read(inner) };
    let duration = |part: &Part| part.unit.as_deref().is_some_and(|unit| unit.starts_with(['年', '日']));
    if within.plain
        && within.notes.is_empty()
        && !within.parts.is_empty()
        && !within.parts.iter().any(duration)
    {
        content.parts.append(&mut within.parts);
        add(content, &within.qualifiers);
    } else if !inner.is_empty() {
        content.notes.push(inner.to_owned());
    }
}

fn add(content: &mut Content, qualifiers: &[impl AsRef<str>]) {
    for qualifier in qualifiers.iter().map(AsRef::as_ref) {
        if !content.qualifiers.iter().any(|known| known == qualifier) {
            content.qualifiers.push(qualifier.to_owned());
        }
    }
}
