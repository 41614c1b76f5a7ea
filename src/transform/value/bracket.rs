//! Brackets: times, qualifiers, units, bases, comparisons, further measures, or notes.

use super::core::{Known, slash, unit_at};
use super::doubt::Doubt;
use super::head::{Head, SUMS};
use super::level::{Draft, Event, Found, Level, Reader, When, over};
use super::lexicon::{BASES, IN_BRACKETS, QUALIFIERS};
use super::span::SpanKind;
use super::text::is_wordy;
use super::time::Stated;
use super::tokens::{Kind, Token, tokens};
use crate::japanese::is_space;
use crate::model::{Over, Period, Quantity};
use rust_decimal::Decimal;

/// Brackets within brackets deeper than this are notes as they stand.
const DEEPEST: usize = 3;
/// Words at the beginning of remarks.
const REMARKS: [&str; 12] =
    ["うち", "内", "(内", "除", "含", "ただし", "但し", "※", "注", "なお", "参考", "内数"];
/// Ends of what a time is the time of: `H28中核市の平均値`, `平成27年国勢調査`.
const DATED: [&str; 20] = [
    "上半期",
    "下半期",
    "前期",
    "後期",
    "上期",
    "下期",
    "値",
    "平均",
    "実績",
    "調査",
    "調べ",
    "統計",
    "決算",
    "決算額",
    "予算",
    "速報",
    "推計",
    "目標",
    "時点",
    "数値",
];

/// Multiples before a unit.
const SCALES: [(&str, i64); 7] = [
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("十億", 1_000_000_000),
    ("千", 1000),
    ("万", 10_000),
    ("億", 100_000_000),
    ("兆", 1_000_000_000_000),
];

/// What the words in brackets are.
enum Inner {
    Time(Stated, Vec<&'static str>, Option<(usize, usize)>),
    Qualifiers(Vec<&'static str>),
    Unit(String, Option<Decimal>),
    Base(String),
    Over(Over, Vec<&'static str>),
    Reference(Token),
    /// `2030年度、2013年度比`
    Both(Stated, usize, Token),
    Other,
}

/// A time and a comparison, in either order, and nothing else.
fn both(tokens: &[Token], from: usize, to: usize) -> Option<Inner> {
    let covered: usize = tokens.iter().map(|token| token.end - token.start).sum();
    let said: Vec<&Token> =
        tokens.iter().filter(|t| !matches!(t.kind, Kind::Separator | Kind::Space | Kind::Newline)).collect();
    let (time, reference) = match said[..] {
        [a, b] if matches!(b.kind, Kind::Reference(_)) => (a, b),
        [a, b] if matches!(a.kind, Kind::Reference(_)) => (b, a),
        _ => return None,
    };
    match time.kind {
        Kind::Time(stated) if covered == to - from => {
            Some(Inner::Both(stated, time.start, reference.clone()))
        }
        _ => None,
    }
}

impl Reader<'_> {
    /// Brackets behind a figure, or without one.
    #[expect(clippy::too_many_lines, reason = "one arm for each thing that brackets can be")]
    pub(super) fn bracket(
        &mut self,
        level: &Level,
        token: &Token,
        draft: Option<&mut Draft>,
        found: &mut Found,
    ) {
        let (open, close) = (token.start, token.end - 1);
        self.frame(token);
        let own_line = self.source.before(open, level.from) == Some('\n');
        let (from, to) = self.inside(open + 1, close);
        self.mark(open + 1, from, SpanKind::Separator);
        self.mark(to.max(open + 1), close, SpanKind::Separator);
        if from >= to {
            return;
        }
        let bare = draft.as_deref().is_some_and(|draft| draft.part.unit.is_none());
        match (self.inner(from, to, bare), draft) {
            (Inner::Time(stated, qualifiers, rest), mut draft) => {
                let pure = qualifiers.is_empty() && rest.is_none();
                if let (Some(draft), Period::Span(..)) = (draft.as_deref_mut(), stated.period)
                    && draft.part.over.is_none()
                    && draft.qualifiers.iter().any(|word| SUMS.contains(word))
                {
                    self.mark(from, to, SpanKind::Time);
                    draft.part.over = Some(Over::Times(self.source.written(from, stated.end), stated.period));
                    return;
                }
                let when = When { stated, from, frame: pure.then_some((open, close + 1)) };
                let leading =
                    draft.is_none() && found.parts().count() == 0 && level.number(token.end).is_some();
                self.mark(from, to, SpanKind::Qualifier);
                self.time(when, leading, found);
                match draft.filter(|_| !own_line) {
                    Some(draft) => draft.qualifiers.extend(qualifiers),
                    None => found.qualifiers.extend(qualifiers),
                }
                if let Some((start, end)) = rest {
                    self.mark(start, end, SpanKind::Note);
                    found.notes.push(self.source.written(start, end));
                }
            }
            (Inner::Qualifiers(qualifiers), draft) => {
                self.mark(from, to, SpanKind::Qualifier);
                match draft.filter(|_| !own_line) {
                    Some(draft) => draft.qualifiers.extend(qualifiers),
                    None => found.qualifiers.extend(qualifiers),
                }
            }
            (Inner::Unit(unit, scale), Some(draft))
                if draft.part.unit.is_none() && draft.part.is_figure() =>
            {
                self.mark(from, to, SpanKind::Unit);
                draft.part.unit = Some(unit);
                if let Some(scale) = scale {
                    self.multiply(draft, scale, (from, to));
                }
            }
            (Inner::Base(per), Some(draft)) if draft.part.per.is_none() => {
                self.mark(from, to, SpanKind::Base);
                draft.part.per = Some(per);
            }
            (Inner::Over(over, qualifiers), Some(draft)) if draft.part.over.is_none() => {
                self.mark(from, to, SpanKind::Time);
                draft.part.over = Some(over);
                draft.qualifiers.extend(qualifiers);
            }
            (Inner::Reference(token), draft) => {
                let time = if let Kind::Reference(time) = token.kind { time } else { None };
                self.mark(from, to, SpanKind::Separator);
                let reference = self.reference(&token, time);
                match draft {
                    Some(draft) if draft.part.reference.is_none() => draft.part.reference = Some(reference),
                    _ => found.reference = Some(reference),
                }
            }
            (Inner::Both(stated, start, token), Some(draft)) => {
                self.mark(from, to, SpanKind::Separator);
                let time = if let Kind::Reference(time) = token.kind { time } else { None };
                draft.part.reference = Some(self.reference(&token, time));
                self.time(When { stated, from: start, frame: None }, false, found);
            }
            (_, draft) => self.measures_or_note(level, (from, to), draft, found),
        }
    }

    /// The brackets themselves are separators.
    fn frame(&mut self, token: &Token) {
        self.mark(token.start, token.start + 1, SpanKind::Separator);
        self.mark(token.end - 1, token.end, SpanKind::Separator);
    }

    fn inside(&self, from: usize, to: usize) -> (usize, usize) {
        let mut from = from;
        while self.source.at(from, to).is_some_and(is_space) {
            from += 1;
        }
        (from, self.source.trim_end(from, to))
    }

    fn inner(&self, from: usize, to: usize, bare: bool) -> Inner {
        let source = self.source;
        if let Some(stated) = self.times.whole(from, to) {
            return Inner::Time(stated, Vec::new(), None);
        }
        if let Some(qualifiers) = self.qualifiers(from, to) {
            return Inner::Qualifiers(qualifiers);
        }
        let tokens = tokens(source, &self.times, from, to);
        if let Some(inner) = self.over_in(&tokens, from, to) {
            return inner;
        }
        if let Some(token) = tokens.first()
            && let Kind::Time(stated) = token.kind
            && token.start == from
        {
            let next = source.any(source.skip_spaces(token.end, to), to, &["の", "、"]).unwrap_or(token.end);
            let next = source.skip_spaces(next, to);
            if let Some(qualifiers) = self.qualifiers(next, to) {
                return Inner::Time(stated, qualifiers, None);
            }
            let words = source.folded(next, to);
            let numbers = tokens.iter().any(|t| matches!(t.kind, Kind::Number(_)));
            if !numbers && DATED.iter().any(|end| words.ends_with(end)) {
                return Inner::Time(stated, Vec::new(), Some((next, to)));
            }
        }
        if let Some(base) = self.base(&tokens, from, to).filter(|_| !bare) {
            return Inner::Base(base);
        }
        if let Some((unit, scale)) = self.unit(from, to) {
            return Inner::Unit(unit, scale);
        }
        if let Some(base) = self.base(&tokens, from, to) {
            return Inner::Base(base);
        }
        if let Some(token) = tokens.first()
            && matches!(token.kind, Kind::Reference(_))
            && token.start == from
            && source.skip_spaces(token.end, to) == to
        {
            return Inner::Reference(token.clone());
        }
        if let Some(both) = both(&tokens, from, to) {
            return both;
        }
        Inner::Other
    }

    /// Qualifiers and nothing else (`見込・計画`).
    fn qualifiers(&self, from: usize, to: usize) -> Option<Vec<&'static str>> {
        let mut at = from;
        let mut found = Vec::new();
        while at < to {
            let c = self.source.plain[at];
            if is_space(c) || "・、,/／の".contains(c) {
                at += 1;
                continue;
            }
            let (next, qualifier) = self
                .source
                .longest(at, to, QUALIFIERS)
                .or_else(|| self.source.longest(at, to, IN_BRACKETS))?;
            found.push(qualifier);
            at = next;
        }
        (!found.is_empty()).then_some(found)
    }

    /// `5年間累計`, `27～31年度累計`.
    fn over_in(&self, tokens: &[Token], from: usize, to: usize) -> Option<Inner> {
        let first = tokens.first().filter(|t| t.start == from)?;
        let rest = self.source.any(first.end, to, &["の"]).unwrap_or(first.end);
        let qualifiers = self.qualifiers(self.source.skip_spaces(rest, to), to)?;
        if !qualifiers.iter().any(|word| SUMS.contains(word)) {
            return None;
        }
        match &first.kind {
            Kind::Over(length) => Some(Inner::Over(over(Some(length.clone()), None)?, qualifiers)),
            Kind::Time(stated) if matches!(stated.period, Period::Span(..)) => {
                let words = self.source.written(from, stated.end);
                Some(Inner::Over(Over::Times(words, stated.period), qualifiers))
            }
            _ => None,
        }
    }

    /// `人`, `百万円`, `百万t-CO2`: a unit and nothing else.
    fn unit(&self, from: usize, to: usize) -> Option<(String, Option<Decimal>)> {
        let mut start = self
            .source
            .word(from, to, "単位")
            .map_or(from, |at| self.source.any(at, to, &[":"]).unwrap_or(at));
        start = self.source.skip_spaces(start, to);
        let scale =
            SCALES.iter().find_map(|(word, factor)| Some((self.source.word(start, to, word)?, *factor)));
        let (at, factor) = scale.map_or((start, None), |(at, factor)| (at, Some(Decimal::from(factor))));
        let (end, known) = unit_at(self.source, at, to)?;
        (end == to && matches!(known, Known::Sign | Known::Word))
            .then(|| (self.source.written(at, to), factor))
    }

    /// `年間`, `10万人あたり`, `/年`.
    fn base(&self, tokens: &[Token], from: usize, to: usize) -> Option<String> {
        let whole = self.source.folded(from, to);
        if let Some((_, base)) = BASES.iter().find(|(word, _)| *word == whole) {
            return Some((*base).to_owned());
        }
        if let Some((_, base)) = slash(self.source, from, to).filter(|(end, _)| *end == to) {
            return Some(base);
        }
        match tokens.first().map(|t| (t.start, t.end, &t.kind)) {
            Some((start, end, Kind::Base(base))) if start == from && end == to => Some(base.clone()),
            _ => None,
        }
    }

    fn multiply(&mut self, draft: &mut Draft, scale: Decimal, at: (usize, usize)) {
        let times = |n: Decimal| n.checked_mul(scale).map(|n| n.normalize());
        let scaled = match &draft.part.quantity {
            Quantity::Range(ends) => times(ends.lower)
                .zip(times(ends.upper))
                .map(|(lower, upper)| Quantity::Range(crate::model::Ends { lower, upper, ..*ends })),
            other => other.figure().and_then(times).map(|n| Quantity::bounded(n, other.bound())),
        };
        match scaled {
            Some(scaled) => draft.part.quantity = scaled,
            None => self.doubt(Doubt::malformed(at.0, at.1)),
        }
    }

    /// Further measures if the words are nothing else; a note otherwise.
    fn measures_or_note(
        &mut self,
        level: &Level,
        (from, to): (usize, usize),
        draft: Option<&mut Draft>,
        found: &mut Found,
    ) {
        let source = self.source;
        let note = |reader: &mut Self, found: &mut Found| {
            reader.mark(from, to, SpanKind::Note);
            found.notes.push(source.written(from, to));
        };
        let starts = |words: &[&str]| source.any(from, to, words).is_some();
        if level.depth >= DEEPEST || starts(&["※", "注", "*"]) {
            return note(self, found);
        }
        let (kinds, doubts) = (self.kinds.clone(), self.doubts.len());
        let inner = self.level(from, to, level.depth + 1);
        let own = inner.parts().any(|draft| {
            draft.time.is_some() || draft.part.change.is_some() || draft.part.reference.is_some()
        }) || inner.events.iter().any(|event| matches!(event, Event::Time { .. }));
        let remark = starts(&REMARKS) && !own;
        let host = draft.as_deref().map(|draft| draft.part.unit.is_some());
        let clean = |draft: &Draft| {
            let part = &draft.part;
            let lasting = part.unit.as_deref().is_some_and(|unit| {
                unit.starts_with(['年', '日', '月']) || unit.ends_with("月") || unit.ends_with("年")
            }) && part.of.is_none()
                && part.change.is_none();
            let bare =
                part.unit.is_none() && part.label.is_some() && host != Some(false) && part.of.is_none();
            let prose = part.label.as_deref().is_some_and(|label| {
                label.chars().count() > 20
                    || label.contains(['を', '、', '。'])
                    || (label.contains(['が', 'は']) && !own)
            });
            part.is_figure() && !lasting && !bare && !prose
        };
        let hard = self.doubts[doubts..].iter().any(|doubt| !doubt.is_soft);
        let good =
            inner.parts().count() > 0 && inner.parts().all(clean) && !hard && !remark && !inner.remarks;
        if !good {
            self.kinds = kinds;
            self.doubts.truncate(doubts);
            return note(self, found);
        }
        let alone = draft.is_none() && found.parts().count() == 0;
        let reference = inner.reference;
        if let (Some(draft), Some(reference)) = (draft, reference) {
            draft.part.reference = Some(reference);
        }
        found.notes.extend(inner.notes);
        found.qualifiers.extend(inner.qualifiers);
        let timed = super::gather::own_times(inner.events);
        for mut part in timed {
            part.nested = !alone;
            part.headed = true;
            found.push(part);
        }
    }

    /// Brackets before a figure. Gives whether they are no part of the label.
    pub(super) fn bracket_before(
        &mut self,
        token: &Token,
        number: usize,
        named: bool,
        takes_unit: bool,
        head: &mut Head,
        found: &mut Found,
    ) -> bool {
        let (open, close) = (token.start, token.end - 1);
        let (from, to) = self.inside(open + 1, close);
        self.mark(open + 1, close, SpanKind::Separator);
        let next = self.next_word(token.end, number);
        let (directly, label_goes_on) = (next >= number, next < number && named);
        match self.inner(from, to, takes_unit) {
            _ if from >= to => {}
            Inner::Time(stated, qualifiers, None) if head.time.is_none() => {
                self.frame(token);
                self.mark(from, to, SpanKind::Qualifier);
                self.mark(from, stated.end, SpanKind::Time);
                let frame = qualifiers.is_empty().then_some((open, close + 1));
                head.time = Some(When { stated, from, frame });
                head.qualifiers.extend(qualifiers);
                return true;
            }
            Inner::Qualifiers(qualifiers) => {
                self.mark(from, to, SpanKind::Qualifier);
                head.qualifiers.extend(qualifiers);
            }
            Inner::Unit(unit, scale) if takes_unit && !label_goes_on => {
                self.frame(token);
                self.mark(from, to, SpanKind::Unit);
                head.unit = Some(unit);
                head.scale = scale;
                return true;
            }
            Inner::Base(base) if head.per.is_none() && !label_goes_on => {
                self.frame(token);
                self.mark(from, to, SpanKind::Base);
                head.per = Some(base);
                return true;
            }
            _ if label_goes_on => return false,
            _ if directly && !named && head.named.is_none() && self.is_name(from, to) => {
                self.frame(token);
                self.mark(from, to, SpanKind::Label);
                head.named = Some(self.source.written(from, to));
                return true;
            }
            _ if directly || !named => {
                self.frame(token);
                self.mark(from, to, SpanKind::Note);
                found.notes.push(self.source.written(from, to));
                return true;
            }
            _ => return false,
        }
        self.frame(token);
        if !from.ge(&to) {
            self.mark(from, to, SpanKind::Qualifier);
        }
        true
    }

    /// `（男性）`: a short name in brackets.
    fn is_name(&self, from: usize, to: usize) -> bool {
        to - from <= 10 && self.source.plain[from..to].iter().all(|c| is_wordy(*c) && !c.is_ascii_digit())
    }

    fn next_word(&self, at: usize, number: usize) -> usize {
        let mut at = at;
        while at < number && !is_wordy(self.source.plain[at]) {
            at = self.source.closing(at, number).map_or(at + 1, |close| close + 1);
        }
        at
    }
}
