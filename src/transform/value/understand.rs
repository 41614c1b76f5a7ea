//! What a value's text says, and how sure that is.

use super::doubt::Doubt;
use super::gather::{Gathered, gather};
use super::level::{Found, Reader, When};
use super::span::{Span, SpanKind, spans};
use super::text::Source;
use super::time::Times;
use super::time_words::{is_meant_as_time, unspaced};
use crate::japanese::{is_dash, is_space};
use crate::model::{Era, Part, Period, Quantity, Reference};

/// Characters of the longest value; longer texts are prose.
const LONGEST: usize = 600;

/// What a text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The parts; a text that is doubtful has one, with its words.
    pub parts: Vec<Part>,
    /// The time of all parts.
    pub time: Option<OwnTime>,
    /// What the whole is compared with.
    pub reference: Option<Reference>,
    /// Notes.
    pub notes: Vec<String>,
    /// Qualifiers, each once.
    pub qualifiers: Vec<&'static str>,
    /// Why the text, or something in it, is not certain.
    pub doubts: Vec<Doubt>,
    /// What each character says; they cover the text.
    pub spans: Vec<Span>,
    /// The text without a time that stands apart.
    pub rest: String,
    /// The text says that there is no value (`― 件／年`).
    pub is_none: bool,
}

/// A time that the text itself states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTime {
    /// Its words.
    pub words: String,
    /// What they mean; nothing for words that are only meant as a time.
    pub period: Option<Period>,
    /// Whether the words stay in the text.
    pub within: bool,
}

impl Understood {
    /// Figures with units and short names, and nothing else.
    pub(super) fn is_plain(&self) -> bool {
        let named = |part: &Part| part.label.as_deref().is_none_or(is_plain_label);
        let plain =
            |part: &Part| part.is_figure() && named(part) && (part.unit.is_some() || part.of.is_some());
        let sure = self.doubts.iter().all(|doubt| doubt.is_soft);
        !self.parts.is_empty() && self.notes.is_empty() && sure && self.parts.iter().all(plain)
    }

    /// Whether the reading is doubtful as a whole.
    pub fn is_doubtful(&self) -> bool {
        self.doubts.iter().any(|doubt| !doubt.is_soft)
    }
}

/// Whether a label names something and is not the beginning of a sentence or a remark.
fn is_plain_label(label: &str) -> bool {
    let remark = ["うち", "内", "除", "含", "ただし", "※", "注"].iter().any(|word| label.starts_with(word));
    let clause = ["において", "により", "ため"].iter().any(|word| label.contains(word));
    let prose = remark || clause || label.contains(['が', 'を', 'は', '。', '、']);
    !prose && label.chars().count() <= 20
}

/// Reads a text in the document's notation. Bare two-digit years are of the era `base`.
pub fn understand(text: &str, base: Era) -> Understood {
    let source = Source::new(text);
    let end = source.len();
    let mut reader = Reader {
        source: &source,
        times: Times::new(&source, base),
        kinds: vec![None; end],
        doubts: Vec::new(),
    };
    if end > LONGEST {
        return prose(&source, end);
    }
    let found = reader.all();
    let unread = |(open, close): &(usize, usize)| {
        reader.kinds[open + 1..close - 1]
            .iter()
            .all(|kind| matches!(kind, None | Some(SpanKind::Note | SpanKind::Words | SpanKind::Separator)))
    };
    let meant = meant_time(&source, &reader.times).filter(unread);
    finish(&source, reader, found, meant)
}

/// A text that is too long for a value.
fn prose(source: &Source, end: usize) -> Understood {
    let words = source.written(0, end);
    let numbers = source.plain.iter().any(char::is_ascii_digit);
    Understood {
        parts: vec![Part::of(Quantity::Stated(words.clone()))],
        time: None,
        reference: None,
        notes: Vec::new(),
        qualifiers: Vec::new(),
        doubts: if numbers { vec![Doubt::long(end)] } else { Vec::new() },
        spans: spans(&vec![SpanKind::Words; end]),
        rest: words,
        is_none: false,
    }
}

impl Reader<'_> {
    /// Reads the whole text; brackets around all of it are no more than that.
    fn all(&mut self) -> Found {
        let (mut from, mut to) = (0, self.source.len());
        let mut depth = 0;
        loop {
            while self.source.at(from, to).is_some_and(is_space) {
                from += 1;
            }
            to = self.source.trim_end(from, to);
            let around = self.source.closing(from, to).filter(|close| close + 1 == to);
            match around.filter(|_| depth < 2 && self.times.whole(from + 1, to - 1).is_none()) {
                Some(close) => {
                    self.mark(from, from + 1, SpanKind::Separator);
                    self.mark(close, to, SpanKind::Separator);
                    (from, to) = (from + 1, close);
                    depth += 1;
                }
                None => return self.level(from, to, 0),
            }
        }
    }
}

/// A bracket at either end that can only be meant as a time but is none (`（令和45月）`).
fn meant_time(source: &Source, times: &Times) -> Option<(usize, usize)> {
    let end = source.len();
    let last = source.trim_end(0, end);
    let opens = source.closing(0, end).map(|close| (0, close + 1));
    let closes = (0..last)
        .rev()
        .find(|at| source.closing(*at, end) == Some(last.saturating_sub(1)))
        .map(|at| (at, last));
    [opens, closes].into_iter().flatten().find(|(open, close)| {
        times.whole(open + 1, close - 1).is_none() && is_meant_as_time(&source.chars[open + 1..close - 1])
    })
}

fn finish(source: &Source, reader: Reader, found: Found, meant: Option<(usize, usize)>) -> Understood {
    let end = source.len();
    let Reader { mut kinds, mut doubts, .. } = reader;
    let words_of =
        |when: &When| unspaced(&source.chars[when.from..when.stated.end].iter().collect::<String>());
    let Found { events, mut notes, mut qualifiers, reference, .. } = found;
    let Gathered { parts: drafts, time, spare } = gather(events);
    // What nothing has taken is doubtful.
    for at in 0..end {
        if kinds[at].is_none() {
            let c = source.plain[at];
            if c.is_alphanumeric()
                || !(is_space(c)
                    || c.is_ascii_punctuation()
                    || "、。・「」『』（）～：；！？…‥”“’‘〃々".contains(c)
                    || is_dash(c))
            {
                doubts.push(Doubt::left_over(at, at + 1));
            }
            kinds[at] = Some(SpanKind::Separator);
        }
    }
    let single = drafts.len() == 1;
    let mut parts = Vec::new();
    for draft in drafts {
        let mut part = draft.part;
        qualifiers.extend(&draft.qualifiers);
        if !single {
            part.qualifiers = unique(&draft.qualifiers).iter().map(|word| (*word).to_owned()).collect();
        }
        part.time = draft.time.map(|when| (words_of(&when), when.stated.period));
        parts.push(part);
    }
    notes.extend(spare.iter().map(words_of));
    notes.retain(|note| !note.is_empty());
    let doubtful = doubts.iter().any(|doubt| !doubt.is_soft);
    let mut time = time.map(|when| {
        (
            OwnTime {
                words: words_of(&when),
                period: Some(when.stated.period),
                within: when.frame.is_none(),
            },
            when.frame,
        )
    });
    if let (None, Some((open, close))) = (&time, meant) {
        let inner: String = source.chars[open + 1..close - 1].iter().collect();
        time = Some((OwnTime { words: unspaced(&inner), period: None, within: false }, Some((open, close))));
        notes.retain(|note| unspaced(note) != unspaced(&inner));
        parts.retain(|part| part.quantity.words().is_none_or(|words| unspaced(words) != unspaced(&inner)));
    }
    let rest = match time.as_ref().and_then(|(_, frame)| *frame) {
        Some((from, to)) => {
            closed_up(&source.chars[..from].iter().chain(&source.chars[to..]).collect::<String>())
        }
        None => source.written(0, end),
    };
    let is_none = !doubtful && is_nothing(source, &parts);
    if doubtful {
        let framed = time.take().filter(|(_, frame)| frame.is_some_and(|(from, to)| to - from < end));
        let words = if framed.is_some() { rest.clone() } else { source.written(0, end) };
        for (at, kind) in kinds.iter_mut().enumerate() {
            let timed = framed
                .as_ref()
                .and_then(|(_, frame)| *frame)
                .is_some_and(|(from, to)| (from..to).contains(&at));
            if !timed {
                *kind = Some(SpanKind::Words);
            }
        }
        let rest = if framed.is_some() { rest } else { source.written(0, end) };
        let parts = if words.is_empty() { Vec::new() } else { vec![Part::of(Quantity::Stated(words))] };
        let spans = spans(&kinds.into_iter().flatten().collect::<Vec<_>>());
        return Understood {
            parts,
            time: framed.map(|(time, _)| time),
            reference: None,
            notes: Vec::new(),
            qualifiers: Vec::new(),
            doubts,
            spans,
            rest,
            is_none: false,
        };
    }
    if is_none {
        parts.clear();
    }
    Understood {
        parts,
        time: time.map(|(time, _)| time),
        reference,
        notes,
        qualifiers: unique(&qualifiers),
        doubts,
        spans: spans(&kinds.into_iter().flatten().collect::<Vec<_>>()),
        rest,
        is_none,
    }
}

/// `― 件／年`: a dash where the figure would be.
fn is_nothing(source: &Source, parts: &[Part]) -> bool {
    let dashes = source.plain.iter().position(|c| !is_dash(*c)).unwrap_or(source.len());
    if dashes == 0 || !parts.iter().all(|part| matches!(part.quantity, Quantity::Stated(_))) {
        return false;
    }
    let at = source.skip_spaces(dashes, source.len());
    let unit = super::core::unit_at(source, at, source.len()).map_or(at, |(to, _)| to);
    let to = super::core::slash(source, unit, source.len()).map_or(unit, |(to, _)| to);
    to == source.len()
}

fn unique(words: &[&'static str]) -> Vec<&'static str> {
    let mut seen: Vec<&'static str> = Vec::new();
    for word in words {
        if !seen.contains(word) {
            seen.push(word);
        }
    }
    seen
}

/// The lines of a text without those that are blank.
fn closed_up(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|l| l.trim_matches(is_space)).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}
