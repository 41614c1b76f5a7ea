//! What stands behind a figure: bounds, changes, brackets, times, notes, verbs.

use super::core::{bound_at, change_at, endings, qualifier_at};
use super::doubt::Doubt;
use super::level::{Draft, Event, Found, Level, Reader, When};
use super::lexicon::{BEFORE_FIGURES, CHANGES, RISKS};
use super::span::SpanKind;
use super::text::{is_hiragana, is_wordy};
use super::tokens::{Kind, Token};
use crate::japanese::is_space;
use crate::model::{Bound, Change, Direction, Ends, Quantity};

impl Reader<'_> {
    /// What stands behind a figure: bounds, changes, brackets, times, notes, verbs. Gives where it ends. What it finds
    /// stands behind a placeholder among the events, until the part itself is placed.
    pub(super) fn tail(&mut self, level: &Level, from: usize, draft: &mut Draft, found: &mut Found) -> usize {
        let source = self.source;
        let mut at = from;
        let placeholder = Draft { end: usize::MAX, ..draft.clone() };
        found.push(placeholder);
        loop {
            let here = source.skip_spaces(at, level.end);
            if here >= level.end || self.step(level, at).is_some() {
                break;
            }
            if let Some((to, kind)) = self.word_behind(level, (at, here), draft, found) {
                at = self.took(at, here, to, kind);
                continue;
            }
            if let Some(token) = level.token(here).cloned() {
                match self.behind(level, &token, draft, found) {
                    Some(to) => {
                        self.mark(at, here, SpanKind::Separator);
                        at = to;
                        continue;
                    }
                    None => break,
                }
            }
            match self.remark(level, at, here, draft, found) {
                Some(to) => at = to,
                None => break,
            }
        }
        draft.end = at;
        at
    }

    /// A word of the grammar behind a figure: where it ends, and what it is.
    fn word_behind(
        &mut self,
        level: &Level,
        (at, here): (usize, usize),
        draft: &mut Draft,
        found: &mut Found,
    ) -> Option<(usize, SpanKind)> {
        let (source, end) = (self.source, level.end);
        let unbound = draft.part.quantity.bound().is_none();
        if let Some((to, bound)) = bound_at(source, here, end).filter(|_| unbound)
            && let Some(quantity) = rebound(&draft.part.quantity, bound)
        {
            draft.part.quantity = quantity;
            return Some((to, SpanKind::Bound));
        }
        let closes = here + 1 == end || matches!(source.at(here + 1, end), Some('\n' | '(' | '、'));
        if source.plain[here] == '~'
            && closes
            && let Some(quantity) = rebound(&draft.part.quantity, Bound::AtLeast)
        {
            draft.part.quantity = quantity;
            return Some((here + 1, SpanKind::Bound));
        }
        let own = |reader: &Self, to: usize| here == at || !reader.is_label(level, to);
        if let Some((to, qualifier)) = qualifier_at(source, here, end).filter(|(to, _)| own(self, *to)) {
            draft.qualifiers.push(qualifier);
            return Some((to, SpanKind::Qualifier));
        }
        if let Some((to, change)) = change_at(source, here, end).filter(|_| draft.part.change.is_none()) {
            Self::changed(change, draft, found);
            return Some((to, SpanKind::Change));
        }
        if let Some(to) = self.reaching(level, here, draft) {
            return Some((to, SpanKind::Separator));
        }
        if level.token(here).is_some() {
            return None;
        }
        let particle = source.any(here, end, &["を", "が", "で", "の", "は"]);
        let verb = particle.map_or(here, |p| endings(source, p, end));
        let to = endings(source, here, end).max(if verb > here + 1 { verb } else { here });
        (to > here && own(self, to)).then_some((to, SpanKind::Label))
    }

    /// A change under which a figure and those in brackets behind it stand.
    pub(super) fn changed(change: Change, draft: &mut Draft, found: &mut Found) {
        draft.part.change = Some(change);
        let mut nested = false;
        for event in &mut found.events {
            match event {
                Event::Part(part) if part.end == usize::MAX => nested = true,
                Event::Part(part) if nested && part.part.is_figure() && part.time.is_none() => {
                    part.part.change = part.part.change.or(Some(change));
                }
                _ => {}
            }
        }
        draft.changed_by_own_words = true;
    }

    /// `に拡大`, `へ引き上げる`, `とする`: a level is reached, nothing is said of how far away it is.
    pub(super) fn reaching(&mut self, level: &Level, at: usize, draft: &Draft) -> Option<usize> {
        let source = self.source;
        let to = source.any(at, level.end, &["に", "へ", "まで", "にまで"])?;
        if to == level.end
            || source.at(to, level.end).is_some_and(|c| matches!(c, '\n' | '(' | '。' | ' ' | '、'))
        {
            return Some(to);
        }
        if let Some((verb, _)) = source.longest(to, level.end, CHANGES) {
            let verb = endings(source, verb, level.end);
            if source.plain[at] == 'ま' {
                self.doubt(Doubt::left_over(at, verb));
            }
            return Some(verb);
        }
        let verb = endings(source, to, level.end);
        if verb > to {
            return Some(verb);
        }
        // 8番目に少ない
        let order = source.any(
            to,
            level.end,
            &["少ない", "多い", "高い", "低い", "大きい", "小さい", "良い", "長い", "短い"],
        );
        order.filter(|_| draft.part.rank)
    }

    /// A token behind a figure that belongs to it.
    pub(super) fn behind(
        &mut self,
        level: &Level,
        token: &Token,
        draft: &mut Draft,
        found: &mut Found,
    ) -> Option<usize> {
        let source = self.source;
        match &token.kind {
            Kind::Note => {
                found.notes.push(source.written(token.start, token.end));
                self.mark(token.start, token.end, SpanKind::Note);
                Some(token.end)
            }
            Kind::Direction(up) => {
                draft.part.direction = Some(if *up { Direction::Up } else { Direction::Down });
                self.mark(token.start, token.end, SpanKind::Change);
                Some(token.end)
            }
            Kind::Arrow if self.skip(level, token.end) == level.end => {
                draft.part.direction = Some(Direction::Level);
                self.mark(token.start, token.end, SpanKind::Change);
                Some(token.end)
            }
            Kind::Bracket if !self.is_leading(level, token, found) => {
                self.bracket(level, token, Some(draft), found);
                Some(token.end)
            }
            Kind::Time(stated) if self.is_trailing_time(level, token, found) => {
                let line = (token.start == level.from || source.plain[token.start - 1] == '\n')
                    && source.at(token.end, level.end).is_none_or(|c| c == '\n');
                let frame = line.then_some((token.start, token.end));
                let when = When { stated: *stated, from: token.start, frame };
                self.time(when, false, found);
                Some(token.end)
            }
            Kind::Newline => {
                let next = self.skip(level, token.end);
                let follows = level.token(next).is_some_and(|t| match t.kind {
                    Kind::Bracket => !self.is_leading(level, t, found),
                    Kind::Note => true,
                    Kind::Time(_) => self.is_trailing_time(level, t, found),
                    _ => false,
                });
                let qualifier = qualifier_at(source, next, level.end)
                    .is_some_and(|(to, _)| source.at(to, level.end).is_none_or(|c| c == '\n'));
                let goes_on = bound_at(source, next, level.end).is_some();
                if !(follows || qualifier || goes_on) {
                    return None;
                }
                self.mark(token.start, next, SpanKind::Separator);
                Some(next)
            }
            Kind::Base(base) if draft.part.per.is_none() => {
                draft.part.per = Some(base.clone());
                self.mark(token.start, token.end, SpanKind::Base);
                Some(token.end)
            }
            Kind::Separator
                if matches!(source.plain[token.start], '「' | '」' | '『' | '』')
                    || (source.plain[token.start] == '。' && self.skip(level, token.end) == level.end) =>
            {
                self.mark(token.start, token.end, SpanKind::Separator);
                Some(token.end)
            }
            _ => None,
        }
    }

    /// Whether a bracket belongs to what follows it: it opens a line that goes on, or the level begins with a time in
    /// brackets and this is a further one.
    pub(super) fn is_leading(&self, level: &Level, token: &Token, found: &Found) -> bool {
        let next = self.source.skip_spaces(token.end, level.end);
        let goes_on = self.source.at(next, level.end).is_some_and(|c| {
            c != '\n' && !"※。、".contains(c) && self.source.closing(next, level.end).is_none()
        });
        let opens_line =
            self.source.before(self.before_spaces(level, token.start), level.from).is_none_or(|c| c == '\n');
        let is_time = self.times.whole(token.start + 1, token.end - 1).is_some();
        let opened =
            level.token(self.skip(level, level.from)).is_some_and(|t| matches!(t.kind, Kind::Bracket));
        let listed = opened
            && !found.events.is_empty()
            && self.source.at(next, level.end).is_some_and(|c| c.is_ascii_digit());
        let behind = goes_on && (self.is_behind(level, next));
        goes_on
            && !behind
            && (opens_line || listed || (is_time && self.leads(level) && !found.events.is_empty()))
    }

    /// Whether times on this level stand before what they are for.
    pub(super) fn leads(&self, level: &Level) -> bool {
        let first = self.skip(level, level.from);
        level.token(first).is_some_and(|token| match token.kind {
            Kind::Time(_) => true,
            Kind::Bracket => self.times.whole(token.start + 1, token.end - 1).is_some(),
            _ => false,
        })
    }

    /// Whether words go on with the figure before a bracket: `10万㎡（約2割）を縮減`.
    pub(super) fn is_behind(&self, level: &Level, at: usize) -> bool {
        let end = level.end;
        change_at(self.source, at, end).is_some()
            || bound_at(self.source, at, end).is_some()
            || self.source.any(at, end, &["を", "に", "へ", "の", "と", "で", "から", "→"]).is_some()
    }

    pub(super) fn is_trailing_time(&self, level: &Level, token: &Token, found: &Found) -> bool {
        let next = self.source.skip_spaces(token.end, level.end);
        let ends = self.source.at(next, level.end).is_none_or(|c| {
            c == '\n' || "※、。".contains(c) || self.source.closing(next, level.end).is_some()
        }) || qualifier_at(self.source, next, level.end)
            .is_some_and(|(to, _)| self.source.at(to, level.end).is_none_or(|c| c == '\n'));
        let apart = self.source.before(token.start, level.from).is_some_and(is_space);
        let alternating = level.number(next).is_some() && !self.leads(level) && found.parts().count() > 0;
        let own_line = self.source.before(self.before_spaces(level, token.start), level.from) == Some('\n');
        let leads_next_line = own_line && self.leads(level) && level.number(next).is_some();
        apart
            && !leads_next_line
            && (ends || (alternating && self.source.at(next, level.end) != Some(':') && next > token.end))
    }

    /// Words directly behind a figure up to the next sign: a remark if nothing in them can turn the figure's meaning.
    pub(super) fn remark(
        &mut self,
        level: &Level,
        at: usize,
        here: usize,
        draft: &mut Draft,
        found: &mut Found,
    ) -> Option<usize> {
        let source = self.source;
        let stop = level.next(here).map_or(level.end, |token| token.start);
        let words = source.folded(here, stop);
        let number = level.token(stop).is_some_and(|token| {
            matches!(
                token.kind,
                Kind::Number(_)
                    | Kind::Time(_)
                    | Kind::Base(_)
                    | Kind::Name
                    | Kind::Over(_)
                    | Kind::Reference(_)
            )
        });
        let later = self.is_label(level, here);
        if later {
            let joined = ["と", "や", "及び", "および", "並びに", "ならびに", "かつ", "、", "または", "又は"]
                .iter()
                .any(|word| words.starts_with(word));
            let with = words.starts_with('で')
                && (words == "で" || BEFORE_FIGURES.iter().any(|(word, _)| words == format!("で{word}")));
            let colon = level.token(stop).is_some_and(|token| matches!(token.kind, Kind::Colon));
            let listed = words.starts_with('/')
                && draft.part.unit.is_some()
                && words.chars().skip(1).all(is_wordy)
                && words.chars().count() > 1;
            if here > at || joined || with || colon || listed {
                return None;
            }
            self.doubt(Doubt::left_over(here, stop));
            self.mark(here, stop, SpanKind::Words);
            return Some(stop);
        }
        let risky = RISKS.iter().find(|risk| words.contains(*risk)).is_some();
        let apart = here > at && !words.starts_with(is_hiragana);
        // 「15歳未満の児童」 and 「1　子育て環境」 name things; the numbers in them are no values.
        let named = words.starts_with('の') || (apart && draft.part.unit.is_none());
        let latin = here == at && words.starts_with(|c: char| c.is_ascii_alphanumeric());
        if number || risky || latin || named || words.chars().count() > 40 || words.is_empty() {
            if words.is_empty() {
                return None;
            }
            self.doubt(Doubt::left_over(here, stop));
        }
        self.mark(at, here, SpanKind::Separator);
        self.mark(here, stop, SpanKind::Label);
        let text = source.written(here, stop);
        if !text.is_empty() {
            found.remarks = true;
            if draft.part.label.is_none()
                && !apart
                && !text.starts_with(['を', 'が', 'に', 'で', 'の', 'と', 'は', 'も'])
            {
                draft.part.label = Some(text);
            } else {
                found.notes.push(text);
            }
        }
        Some(stop)
    }
}
/// A quantity under a bound that stands further behind.
fn rebound(quantity: &Quantity, bound: Bound) -> Option<Quantity> {
    match quantity {
        Quantity::Exact(figure) => Some(Quantity::bounded(*figure, Some(bound))),
        Quantity::Range(ends) if ends.bound.is_none() => {
            Some(Quantity::Range(Ends { bound: Some(bound), ..*ends }))
        }
        _ => None,
    }
}
