//! What a value's text says, and how sure that is.

use super::doubt::Doubt;
use super::gather::{Gathered, gather};
use super::level::{Found, Reader, When};
use super::span::{Span, SpanKind, spans};
use super::text::Source;
use super::time::Times;
use super::time_words::{is_meant_as_time, unspaced};
use crate::japanese::{is_dash, is_space};
use crate::model::{Eras, Part, Period, Quantity, Reference};

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
        !self.parts.is_empty()
            && self.time.is_none()
            && self.notes.is_empty()
            && sure
            && self.parts.iter().all(plain)
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

/// Reads a text in the document's notation. Bare two-digit years are of the base era.
pub fn understand(text: &str, eras: &Eras) -> Understood {
    let source = Source::new(text);
    let end = source.len();
    if end > LONGEST {
        return prose(&source, end);
    }
    let mut reader = Reader {
        source: &source,
        times: Times::new(&source, eras),
        kinds: vec![None; end],
        doubts: Vec::new(),
    };
    let found = reader.all();
    let unread = |(open, close): &(usize, usize)| {
        reader.kinds[open + 1..close - 1]
            .iter()
            .all(|kind| matches!(kind, None | Some(SpanKind::Note | SpanKind::Words | SpanKind::Separator)))
    };
    let meant = meant_time(&source, &reader.times, eras).filter(unread);
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
fn meant_time(source: &Source, times: &Times, eras: &Eras) -> Option<(usize, usize)> {
    let end = source.len();
    let last = source.trim_end(0, end);
    let opens = source.closing(0, end).map(|close| (0, close + 1));
    let closes = (0..last)
        .rev()
        .find(|at| source.closing(*at, end) == Some(last.saturating_sub(1)))
        .map(|at| (at, last));
    [opens, closes].into_iter().flatten().find(|(open, close)| {
        times.whole(open + 1, close - 1).is_none()
            && is_meant_as_time(&source.chars[open + 1..close - 1], eras)
    })
}

/// A time with the brackets or the line that say nothing else.
type Framed = (OwnTime, Option<(usize, usize)>);

fn finish(source: &Source, reader: Reader, found: Found, meant: Option<(usize, usize)>) -> Understood {
    let Reader { kinds, mut doubts, .. } = reader;
    let words_of =
        |when: &When| unspaced(&source.chars[when.from..when.stated.end].iter().collect::<String>());
    let Found { events, mut notes, mut qualifiers, reference, .. } = found;
    let Gathered { parts: drafts, time, spare } = gather(events);
    let kinds = accounted(source, &kinds, &mut doubts);
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
    let own = |when: When| OwnTime {
        words: words_of(&when),
        period: Some(when.stated.period),
        within: when.frame.is_none(),
    };
    let mut time: Option<Framed> = time.map(|when| (own(when), when.frame));
    if let (None, Some((open, close))) = (&time, meant) {
        let inner = unspaced(&source.chars[open + 1..close - 1].iter().collect::<String>());
        notes.retain(|note| unspaced(note) != inner);
        parts.retain(|part| part.quantity.words().is_none_or(|words| unspaced(words) != inner));
        time = Some((OwnTime { words: inner, period: None, within: false }, Some((open, close))));
    }
    if doubts.iter().any(|doubt| !doubt.is_soft) {
        return doubtful(source, kinds, doubts, time);
    }
    let is_none = is_nothing(source, &parts);
    if is_none {
        parts.clear();
    }
    Understood {
        parts,
        rest: rest(source, time.as_ref()),
        time: time.map(|(time, _)| time),
        reference,
        notes,
        qualifiers: unique(&qualifiers),
        doubts,
        spans: spans(&kinds),
        is_none,
    }
}

/// What every character is; what nothing has taken is doubtful, signs of no meaning aside.
fn accounted(source: &Source, kinds: &[Option<SpanKind>], doubts: &mut Vec<Doubt>) -> Vec<SpanKind> {
    let empty = |c: char| {
        is_space(c)
            || c.is_ascii_punctuation()
            || is_dash(c)
            || "、。・「」『』（）～：；！？…‥”“’‘〃々".contains(c)
    };
    let kind = |(at, kind): (usize, &Option<SpanKind>)| {
        kind.unwrap_or_else(|| {
            if !empty(source.plain[at]) {
                doubts.push(Doubt::left_over(at, at + 1));
            }
            SpanKind::Separator
        })
    };
    kinds.iter().enumerate().map(kind).collect()
}

/// The text without a time that stands apart.
fn rest(source: &Source, time: Option<&Framed>) -> String {
    match time.and_then(|(_, frame)| *frame) {
        Some((from, to)) => {
            closed_up(&source.chars[..from].iter().chain(&source.chars[to..]).collect::<String>())
        }
        None => source.written(0, source.len()),
    }
}

/// A doubtful text: all of it is words, but for a time that stands apart.
fn doubtful(
    source: &Source,
    mut kinds: Vec<SpanKind>,
    doubts: Vec<Doubt>,
    time: Option<Framed>,
) -> Understood {
    let end = source.len();
    let framed = time.filter(|(_, frame)| frame.is_some_and(|(from, to)| to - from < end));
    let apart = framed.as_ref().and_then(|(_, frame)| *frame).unwrap_or((end, end));
    for (at, kind) in kinds.iter_mut().enumerate() {
        if !(apart.0..apart.1).contains(&at) {
            *kind = SpanKind::Words;
        }
    }
    let rest = rest(source, framed.as_ref());
    let words = Some(rest.clone()).filter(|words| !words.is_empty());
    Understood {
        parts: words.into_iter().map(|words| Part::of(Quantity::Stated(words))).collect(),
        time: framed.map(|(time, _)| time),
        reference: None,
        notes: Vec::new(),
        qualifiers: Vec::new(),
        doubts,
        spans: spans(&kinds),
        rest,
        is_none: false,
    }
}

/// `― 件／年`: a dash where the figure would be.
fn is_nothing(source: &Source, parts: &[Part]) -> bool {
    let dashes = source.plain.iter().position(|c| !is_dash(*c)).unwrap_or(source.len());
    let digits = source.plain.iter().any(char::is_ascii_digit);
    if digits || dashes == 0 || !parts.iter().all(|part| matches!(part.quantity, Quantity::Stated(_))) {
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
