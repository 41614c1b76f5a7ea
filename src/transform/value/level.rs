//! One bracket level of a text: measure after measure, with what stands between and behind them.

use super::core::{Core, core};
use super::doubt::Doubt;
use super::lexicon::COMPARED;
use super::span::SpanKind;
use super::text::Source;
use super::time::{Stated, Times};
use super::tokens::{Kind, Token, tokens};
use crate::japanese::is_space;
use crate::model::{Over, Part, Period, Reference};

/// Reads one text.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) times: Times<'a>,
    /// What each character says, as far as it is known.
    pub(super) kinds: Vec<Option<SpanKind>>,
    pub(super) doubts: Vec<Doubt>,
}

/// A time with the place of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) stated: Stated,
    pub(super) from: usize,
    /// Brackets or the line that say nothing else.
    pub(super) frame: Option<(usize, usize)>,
}

/// A part with what belongs to it alone.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) part: Part,
    pub(super) end: usize,
    pub(super) time: Option<When>,
    pub(super) qualifiers: Vec<&'static str>,
    /// It stands in brackets behind another part.
    pub(super) nested: bool,
    /// Whether anything but separators stands between it and the part before.
    pub(super) headed: bool,
    pub(super) changed_by_own_words: bool,
}

/// What a level says, in order.
#[derive(Debug, Clone)]
pub(super) enum Event {
    Part(Box<Draft>),
    /// A time of what follows it (`leading`) or of what stands before it.
    Time {
        when: When,
        leading: bool,
    },
}

#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) events: Vec<Event>,
    pub(super) notes: Vec<String>,
    pub(super) qualifiers: Vec<&'static str>,
    pub(super) reference: Option<Reference>,
    /// Words that are no more than a remark stand in it.
    pub(super) remarks: bool,
}

impl Found {
    pub(super) fn parts(&self) -> impl Iterator<Item = &Draft> {
        self.events.iter().filter_map(|event| match event {
            Event::Part(draft) => Some(&**draft),
            Event::Time { .. } => None,
        })
    }

    pub(super) fn push(&mut self, draft: Draft) {
        self.events.push(Event::Part(Box::new(draft)));
    }
}

/// One level while it is read.
pub(super) struct Level {
    pub(super) from: usize,
    pub(super) end: usize,
    pub(super) depth: usize,
    pub(super) tokens: Vec<Token>,
}

impl Level {
    /// The token that begins at a position.
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.binary_search_by_key(&at, |token| token.start).ok().map(|i| &self.tokens[i])
    }

    /// The first token from a position on.
    pub(super) fn next(&self, at: usize) -> Option<&Token> {
        self.tokens.get(self.tokens.partition_point(|token| token.start < at))
    }

    /// The tokens of a range.
    pub(super) fn within(&self, from: usize, to: usize) -> &[Token] {
        let first = self.tokens.partition_point(|token| token.start < from);
        let last = self.tokens.partition_point(|token| token.start < to);
        &self.tokens[first..last.max(first)]
    }

    /// The next number from a position on.
    pub(super) fn number(&self, at: usize) -> Option<&Token> {
        let first = self.tokens.partition_point(|token| token.start < at);
        self.tokens[first..].iter().find(|token| matches!(token.kind, Kind::Number(_)))
    }
}

impl Reader<'_> {
    /// Says what the characters of a range are.
    pub(super) fn mark(&mut self, from: usize, to: usize, kind: SpanKind) {
        self.kinds[from..to.max(from)].fill(Some(kind));
    }

    pub(super) fn marks(&mut self, marks: &[(usize, usize, SpanKind)]) {
        for (from, to, kind) in marks {
            self.mark(*from, *to, *kind);
        }
    }

    pub(super) fn doubt(&mut self, doubt: Doubt) {
        self.doubts.push(doubt);
    }

    /// Reads a level.
    pub(super) fn level(&mut self, from: usize, end: usize, depth: usize) -> Found {
        let tokens = tokens(self.source, &self.times, from, end);
        let level = Level { from, end, depth, tokens };
        let mut found = Found::default();
        let (mut at, mut search) = (from, from);
        while let Some((start, number)) = level.number(search).and_then(|token| match token.kind {
            Kind::Number(number) => Some((token.start, number)),
            _ => None,
        }) {
            let core = core(self.source, start, number, end);
            if let Some(to) = self.named(&level, &core) {
                search = to.max(start + 1);
                continue;
            }
            at = self.measure(&level, at, &core, &mut found);
            search = at;
        }
        self.rest(&level, at, &mut found);
        found
    }

    /// Reads the measure whose number is known: its head, what is joined to it, its tail. Gives where it ends.
    pub(super) fn measure(&mut self, level: &Level, from: usize, core: &Core, found: &mut Found) -> usize {
        let head = self.head(level, from, core.start, core.unit.is_none(), found);
        let (mut draft, mut end) = self.draft(level, &head, core);
        self.adjacent(level, &draft, end);
        self.code(level, &draft, from);
        draft.headed = head.label.is_some() || head.time.is_some() || !found.notes.is_empty();
        end = self.tail(level, end, &mut draft, found);
        if let Some(after) = self.step(level, end) {
            return self.stepped(level, after, draft, found);
        }
        place(draft, found);
        end
    }

    pub(super) fn took(&mut self, at: usize, here: usize, to: usize, kind: SpanKind) -> usize {
        self.mark(at, here, SpanKind::Separator);
        self.mark(here, to, kind);
        to
    }

    pub(super) fn skip(&self, level: &Level, mut at: usize) -> usize {
        while self.source.at(at, level.end).is_some_and(is_space) {
            at += 1;
        }
        at
    }

    pub(super) fn skip_brackets(&self, level: &Level, mut at: usize) -> usize {
        loop {
            let next = self.source.skip_spaces(at, level.end);
            match level.token(next).map(|t| &t.kind) {
                Some(Kind::Bracket | Kind::Note) => at = level.token(next).map_or(next, |t| t.end),
                _ => return next,
            }
        }
    }

    pub(super) fn before_spaces(&self, level: &Level, mut at: usize) -> usize {
        while self.source.before(at, level.from).is_some_and(|c| c != '\n' && is_space(c)) {
            at -= 1;
        }
        at
    }

    #[expect(clippy::unused_self, reason = "asked like the other places of a level")]
    pub(super) fn line_end(&self, level: &Level, at: usize) -> usize {
        let newline = level.tokens.iter().find(|t| t.start >= at && matches!(t.kind, Kind::Newline));
        newline.map_or(level.end, |t| t.start)
    }

    pub(super) fn is_strong(&self, token: &Token) -> bool {
        matches!(token.kind, Kind::Separator) && "、,;。".contains(self.source.plain[token.start])
    }

    /// Whether a figure follows on the line, so that words behind a space name it.
    pub(super) fn is_label(&self, level: &Level, at: usize) -> bool {
        let line = self.line_end(level, at);
        level.number(at).is_some_and(|token| {
            token.start < line && !level.within(at, token.start).iter().any(|t| self.is_strong(t))
        })
    }

    pub(super) fn ends_words(&self, level: &Level, at: usize) -> bool {
        self.source
            .at(self.source.skip_spaces(at, level.end), level.end)
            .is_none_or(|c| c == '\n' || "、。".contains(c))
    }

    pub(super) fn words(&self, when: When) -> String {
        self.source.chars[when.from..when.stated.end].iter().filter(|c| !is_space(**c)).collect()
    }

    /// A time that the level states.
    pub(super) fn time(&mut self, when: When, leading: bool, found: &mut Found) {
        self.mark(when.from, when.stated.end, SpanKind::Time);
        if when.stated.doubtful {
            self.doubt(Doubt::year(when.from, when.stated.end).soft());
        }
        found.events.push(Event::Time { when, leading });
    }

    pub(super) fn reference(&mut self, token: &Token, time: Option<Stated>) -> Reference {
        self.mark(token.start, token.end, SpanKind::Reference);
        if let Some(stated) = time {
            if stated.doubtful {
                self.doubt(Doubt::year(token.start, stated.end).soft());
            }
            let words = self.source.written(token.start, token.end);
            let period = Period::At(stated.period.time());
            return Reference::Time(words.trim_end_matches(['で', '、']).to_owned(), period);
        }
        let words = self.source.written(token.start, token.end);
        let words = words.strip_prefix('対').unwrap_or(&words);
        let known =
            COMPARED.iter().filter(|known| words.starts_with(**known)).max_by_key(|known| known.len());
        Reference::Words(known.map_or(words, |known| known).to_owned())
    }
}
/// What a sum runs over, from the words of its length and a span of times before them.
pub(super) fn over(length: Option<String>, span: Option<(String, Period)>) -> Option<Over> {
    match (span, length) {
        (Some((words, period)), _) => Some(Over::Times(words, period)),
        (None, Some(length)) => Some(Over::Length(length)),
        (None, None) => None,
    }
}

/// What the tail of the last part has found: it stands behind the part's placeholder.
pub(super) fn pending(found: &mut Found) -> Vec<Event> {
    let first =
        found.events.iter().position(|event| matches!(event, Event::Part(draft) if draft.end == usize::MAX));
    match first {
        Some(first) => found.events.split_off(first).into_iter().skip(1).collect(),
        None => Vec::new(),
    }
}

/// Puts a part before what its tail has found.
pub(super) fn place(draft: Draft, found: &mut Found) {
    let nested = pending(found);
    found.push(draft);
    found.events.extend(nested);
}
