//! What is left of a level without figures: times, brackets, notes, a status, or words.

use super::core::{Known, qualifier_at, unit_at};
use super::doubt::Doubt;
use super::level::{Draft, Event, Found, Level, Reader, When};
use super::lexicon::STATUSES;
use super::span::SpanKind;
use super::tokens::{Kind, Token, tokens};
use crate::japanese::{is_dash, is_space};
use crate::model::{Part, Quantity};

impl Reader<'_> {
    /// What is left of a level behind its last figure, or all of it where there is none.
    pub(super) fn rest(&mut self, level: &Level, from: usize, found: &mut Found) {
        let source = self.source;
        let mut at = from;
        while at < level.end {
            let Some(token) = level.token(at).cloned() else {
                at = self.sentence(level, at, found);
                continue;
            };
            match &token.kind {
                Kind::Space | Kind::Newline | Kind::Separator | Kind::Colon => {
                    self.mark(token.start, token.end, SpanKind::Separator);
                    at = token.end;
                }
                Kind::Note => {
                    found.notes.push(source.written(token.start, token.end));
                    self.mark(token.start, token.end, SpanKind::Note);
                    at = token.end;
                }
                Kind::Bracket => {
                    self.bracket(level, &token, None, found);
                    at = token.end;
                }
                Kind::Time(stated) if self.is_alone(level, &token) => {
                    let opens = token.start == level.from || source.plain[token.start - 1] == '\n';
                    let closes = source.at(token.end, level.end).is_none_or(|c| c == '\n');
                    let whole = (token.start, token.end) == (level.from, level.end);
                    let frame = (opens && closes && !whole).then_some((token.start, token.end));
                    let when = When { stated: *stated, from: token.start, frame };
                    let leading = found.parts().count() == 0;
                    self.time(when, leading, found);
                    at = token.end;
                }
                Kind::Reference(time) if self.ends_words(level, token.end) => {
                    found.reference = Some(self.reference(&token, *time));
                    at = token.end;
                }
                Kind::Over(_) | Kind::Base(_)
                    if found.events.iter().any(|e| matches!(e, Event::Time { .. }))
                        && self.ends_words(level, token.end) =>
                {
                    self.mark(token.start, token.end, SpanKind::Time);
                    at = token.end;
                }
                _ => at = self.sentence(level, at, found),
            }
        }
    }

    /// Whether a time says all that there is between separators, qualifiers aside.
    pub(super) fn is_alone(&self, level: &Level, token: &Token) -> bool {
        let opens = self
            .source
            .before(token.start, level.from)
            .is_none_or(|c| is_space(c) || "、。・)】]〕".contains(c));
        let mut at = self.source.skip_spaces(token.end, level.end);
        at = self
            .source
            .any(at, level.end, &["の", "に"])
            .filter(|to| self.word_of_time(level, *to).is_some())
            .unwrap_or(at);
        while let Some(to) = self.word_of_time(level, at) {
            at = self.source.skip_spaces(to, level.end);
        }
        opens
            && (self.ends_words(level, at)
                || self.source.closing(at, level.end).is_some()
                || level
                    .token(at)
                    .is_some_and(|t| matches!(t.kind, Kind::Note | Kind::Time(_) | Kind::Over(_))))
    }

    pub(super) fn word_of_time(&self, level: &Level, at: usize) -> Option<usize> {
        qualifier_at(self.source, at, level.end).map(|(to, _)| to)
    }

    /// Words up to the end of their line: a status, qualifiers, or what is stated instead of a figure.
    pub(super) fn sentence(&mut self, level: &Level, from: usize, found: &mut Found) -> usize {
        if let Some(to) = self.qualified(level, from, found) {
            return to;
        }
        self.words_of_line(level, from, found)
    }

    /// Qualifiers and nothing else up to the next separator.
    fn qualified(&mut self, level: &Level, from: usize, found: &mut Found) -> Option<usize> {
        let source = self.source;
        let after_time =
            matches!(found.events.last(), Some(Event::Time { .. })) && found.parts().count() == 0;
        let (mut at, mut said) = (from, Vec::new());
        if after_time {
            at = source
                .any(at, level.end, &["の", "に"])
                .filter(|to| qualifier_at(source, *to, level.end).is_some())
                .unwrap_or(at);
        }
        while let Some((to, qualifier)) = qualifier_at(source, at, level.end) {
            said.push(qualifier);
            at = source.skip_spaces(to, level.end);
            if level.token(at).is_some_and(|t| matches!(t.kind, Kind::Separator))
                && qualifier_at(source, at + 1, level.end).is_some()
            {
                at += 1;
            }
        }
        if said.is_empty() || !self.ends_words(level, at) {
            return None;
        }
        self.mark(from, at, SpanKind::Qualifier);
        found.qualifiers.extend(said);
        Some(at)
    }

    /// A status, or what is stated instead of a figure.
    fn words_of_line(&mut self, level: &Level, from: usize, found: &mut Found) -> usize {
        let source = self.source;
        let mut end = self.line_end(level, from);
        // Brackets and notes at the end of the words are read by themselves.
        let behind = |token: &&Token| {
            matches!(token.kind, Kind::Note)
                || (matches!(token.kind, Kind::Bracket)
                    && self.skip_brackets(level, token.end) >= self.line_end(level, from))
        };
        if let Some(token) = level.within(from + 1, end).iter().find(behind) {
            end = token.start;
        }
        let end = source.trim_end(from, end);
        let words = source.written(from, end);
        if source.plain[from] == '~' && found.parts().count() > 0 {
            self.doubt(Doubt::range(from, end));
        }
        let unit = unit_at(source, from, end).is_some_and(|(to, known)| to == end && known != Known::Guessed);
        if unit && found.parts().any(|draft| draft.part.is_figure() && draft.part.unit.is_none()) {
            self.doubt(Doubt::unit(from, end));
        }
        let bare = words.trim_matches(|c| matches!(c, '「' | '」' | '。' | '（' | '）'));
        let folded: String = bare.chars().filter(|c| !is_space(*c)).collect();
        if STATUSES.contains(&folded.as_str()) {
            self.mark(from, end, SpanKind::Status);
            found.push(stated(Part::of(Quantity::Status(words)), end));
            return end;
        }
        self.mark(from, end, SpanKind::Words);
        let figures = |token: &&Token| {
            matches!(token.kind, Kind::Bracket)
                && tokens(source, &self.times, token.start + 1, token.end - 1)
                    .iter()
                    .any(|t| matches!(t.kind, Kind::Number(_)))
        };
        if let Some(token) = level.within(from, end).iter().find(figures).cloned() {
            self.doubt(Doubt::left_over(token.start, token.end));
        }
        if words.chars().all(|c| is_dash(c) || is_space(c)) {
            self.mark(from, end, SpanKind::Separator);
            return end;
        }
        found.push(stated(self.named_words(level, from, end), end));
        end
    }

    /// Words, with the name before a colon apart.
    fn named_words(&mut self, level: &Level, from: usize, end: usize) -> Part {
        let source = self.source;
        let colon = level.within(from, end).iter().find(|t| matches!(t.kind, Kind::Colon)).map(|t| t.start);
        let split = colon.filter(|colon| *colon > from && source.trim_end(colon + 1, end) > colon + 1);
        match split {
            Some(colon) => {
                self.mark(from, colon, SpanKind::Label);
                self.mark(colon, colon + 1, SpanKind::Separator);
                let label = source.written(from, colon).replace('\n', "");
                Part {
                    label: (!label.is_empty()).then_some(label),
                    ..Part::of(Quantity::Stated(source.written(colon + 1, end)))
                }
            }
            None => Part::of(Quantity::Stated(source.written(from, end))),
        }
    }
}

fn stated(part: Part, end: usize) -> Draft {
    Draft {
        part,
        end,
        time: None,
        qualifiers: Vec::new(),
        nested: false,
        headed: true,
        changed_by_own_words: false,
    }
}
