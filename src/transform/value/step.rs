//! Steps: from one figure to another, or to words.

use super::core::core;
use super::doubt::Doubt;
use super::level::{Draft, Event, Found, Level, Reader, When, pending, place};
use super::span::SpanKind;
use super::tokens::Kind;
use crate::model::{Part, Quantity, Start};

impl Reader<'_> {
    /// Whether a step goes on behind a figure: `から`, `→`; gives where its target begins.
    pub(super) fn step(&self, level: &Level, at: usize) -> Option<usize> {
        let here = self.skip(level, at);
        if level.token(here).is_some_and(|token| matches!(token.kind, Kind::Arrow)) {
            let next = self.skip(level, here + 1);
            return (next < level.end).then_some(here + 1);
        }
        let from = self.source.any(here, level.end, &["から、", "から", "を"])?;
        let next = level.number(from)?;
        let Kind::Number(number) = next.kind else { return None };
        let target = core(self.source, next.start, number, level.end);
        let reaches = self
            .source
            .any(self.skip_brackets(level, target.end), level.end, &["へ", "に", "まで"])
            .is_some();
        let near = level
            .within(from, next.start)
            .iter()
            .all(|t| matches!(t.kind, Kind::Space | Kind::Time(_) | Kind::Base(_)));
        (reaches && near).then_some(from)
    }

    /// The target of a step, with where it began.
    pub(super) fn stepped(&mut self, level: &Level, after: usize, start: Draft, found: &mut Found) -> usize {
        self.mark(start.end, after, SpanKind::Separator);
        let figure = start.part.quantity.figure();
        let odd = start.part.change.is_some()
            || start.part.from.is_some()
            || start.part.of.is_some()
            || figure.is_none();
        if odd || start.part.quantity.bound().is_some() {
            self.doubt(Doubt::step(after.saturating_sub(1), after));
        }
        let own = trailing_time(found);
        let from = Start {
            quantity: figure.unwrap_or_default(),
            unit: start.part.unit.clone(),
            time: start.time.or(own).map(|when| (self.words(when), when.stated.period)),
        };
        let next = level.number(after).filter(|token| {
            !level.within(after, token.start).iter().any(|t| matches!(t.kind, Kind::Newline | Kind::Arrow))
        });
        let Some((at, number)) = next.and_then(|token| match token.kind {
            Kind::Number(number) => Some((token.start, number)),
            _ => None,
        }) else {
            let to = self.line_end(level, after);
            let words = self.source.written(after, to);
            self.mark(after, to, SpanKind::Words);
            let mut part = Part::of(Quantity::Stated(words));
            part.label = start.part.label;
            part.from = Some(from);
            found.push(Draft {
                part,
                end: to,
                time: None,
                qualifiers: start.qualifiers,
                nested: false,
                headed: true,
                changed_by_own_words: false,
            });
            return to;
        };
        let target = core(self.source, at, number, level.end);
        let head = self.head(level, after, target.start, target.unit.is_none(), found);
        let (mut draft, mut end) = self.draft(level, &head, &target);
        end = self.tail(level, end, &mut draft, found);
        if draft.part.change.is_some() && !draft.changed_by_own_words {
            draft.part.change = None;
        }
        if draft.part.change.is_some() || self.step(level, end).is_some() {
            self.doubt(Doubt::step(after, end));
        }
        let from = Start { unit: from.unit.or_else(|| draft.part.unit.clone()), ..from };
        draft.part.label = draft.part.label.or(start.part.label);
        draft.part.per = draft.part.per.or(start.part.per);
        draft.part.reference = draft.part.reference.or(start.part.reference);
        draft.part.from = Some(from);
        draft.qualifiers.extend(start.qualifiers);
        draft.headed = true;
        place(draft, found);
        end
    }
}

/// The time in brackets behind the start of a step.
fn trailing_time(found: &mut Found) -> Option<When> {
    let events = pending(found);
    let mut own = None;
    for event in events {
        match event {
            Event::Time { when, .. } if own.is_none() => own = Some(when),
            other => found.events.push(other),
        }
    }
    own
}
