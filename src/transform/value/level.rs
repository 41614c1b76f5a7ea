//! One bracket level of a text: measure after measure, with what stands between and behind them.

use super::core::{Core, Known, bound_at, change_at, core, endings, qualifier_at};
use super::doubt::Doubt;
use super::head::Head;
use super::lexicon::{CHANGES, RISKS, STATUSES};
use super::number::Amount;
use super::span::SpanKind;
use super::text::{Source, is_hiragana, is_kanji, is_katakana};
use super::time::{Stated, Times};
use super::tokens::{Kind, Token, tokens};
use super::units::AGES;
use crate::japanese::{is_dash, is_space};
use crate::model::{Change, Direction, Ends, Over, Part, Period, Quantity, Reference, Start};
use rust_decimal::Decimal;

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
            at = self.measure(&level, at, core, &mut found);
            search = at;
        }
        self.rest(&level, at, &mut found);
        found
    }

    /// Whether a number with its unit is only part of the name of what a later figure measures: `100g未満の者の割合 30％`,
    /// `1時間値の1日平均値が0.04ppm`, `40～74歳の受診率 60％`. Gives where it ends.
    fn named(&self, level: &Level, first: &Core) -> Option<usize> {
        let source = self.source;
        if matches!(source.at(first.end, level.end), Some('~'))
            && level
                .token(source.skip_spaces(first.end + 1, level.end))
                .is_some_and(|t| matches!(t.kind, Kind::Name))
        {
            return Some(first.end); // 20～60歳代
        }
        let mut to = first.end;
        let ranged = self.ranged(level, first, &mut to).map(|(second, _)| second);
        let core = ranged.as_ref().unwrap_or(first);
        let unit = core.unit.as_deref();
        let aged = unit.is_some_and(|unit| AGES.contains(&unit));
        let old = matches!(unit, Some("歳" | "才")) && (core.bound.is_some() || ranged.is_some());
        let apart = source.skip_spaces(to, level.end);
        let next = source.at(to, level.end)?;
        let grown =
            is_kanji(next) || is_katakana(next) || (old && is_hiragana(next)) || core.known == Known::Grown;
        let of = next == 'の' && source.at(to + 1, level.end).is_some_and(|c| !c.is_ascii_digit());
        let before_figure = old && (apart > to || next == ':');
        let free = before_figure || core.known == Known::Grown;
        if !(grown || of || before_figure) || (!free && level.token(to).is_some()) || core.change.is_some() {
            return None;
        }
        if !before_figure
            && (change_at(source, to, level.end).is_some()
                || endings(source, to, level.end) > to
                || self.whole_word(level, to).is_some())
        {
            return None;
        }
        let later = level.number(to).is_some_and(|token| {
            let between = level.within(to, token.start);
            !between.iter().any(|t| matches!(t.kind, Kind::Newline | Kind::Arrow) || self.is_strong(t))
        });
        let one = matches!(core.number.value, Amount::Of(n) if n == Decimal::ONE);
        let named = core.known == Known::Grown
            && level.number(to).is_some_and(|token| {
                let before = source.trim_end(to, token.start);
                ["率", "割合", "数", "量", "額", "人口", "者"]
                    .iter()
                    .any(|end| source.word_before(first.start, before, end).is_some())
            });
        let fits = core.bound.is_some() || one || aged || named;
        let later = later && !matches!(core.known, Known::Guessed);
        (later && fits && !matches!(unit, Some("%" | "％"))).then_some(to)
    }

    fn is_strong(&self, token: &Token) -> bool {
        matches!(token.kind, Kind::Separator) && "、,;。".contains(self.source.plain[token.start])
    }

    /// `のうち`, `中`: between a whole and a part of it.
    fn whole_word(&self, level: &Level, at: usize) -> Option<usize> {
        let of = self.source.any(at, level.end, &["のうち、", "のうち", "中の", "中、", "中"])?;
        let next = level.number(of)?;
        let gap = self.source.written(of, next.start);
        let near = gap.chars().count() <= 12
            && level.within(of, next.start).iter().all(|t| matches!(t.kind, Kind::Space));
        let direct = self.source.plain[at] == 'の' || gap.is_empty();
        (near && direct).then_some(of)
    }

    /// Reads the measure whose number is known: its head, what is joined to it, its tail. Gives where it ends.
    fn measure(&mut self, level: &Level, from: usize, core: Core, found: &mut Found) -> usize {
        let head = self.head(level, from, core.start, core.unit.is_none(), found);
        let (mut draft, mut end) = self.draft(level, &head, core);
        self.adjacent(level, &draft, end);
        self.code(level, &draft, from);
        draft.headed = head.label.is_some() || head.time.is_some() || !found.notes.is_empty();
        end = self.tail(level, end, &mut draft, found);
        if let Some(after) = self.step(level, end) {
            return self.stepped(level, after, draft, found);
        }
        self.place(draft, found);
        end
    }

    /// Two figures without anything between them: only counters of different things are a list (`12か所240人`).
    fn adjacent(&mut self, level: &Level, draft: &Draft, end: usize) {
        const SPANS: [&str; 7] = ["時間", "分", "日", "年", "か月", "ヶ月", "週"];
        let next = level.token(end).is_some_and(|token| matches!(token.kind, Kind::Number(_) | Kind::Name));
        let unit = draft.part.unit.as_deref();
        let single = draft.part.quantity.figure() == Some(Decimal::ONE);
        if next && (single || unit.is_none_or(|unit| SPANS.contains(&unit))) {
            self.doubt(Doubt::left_over(draft.end, end));
        }
        // 20・30人: is 20 a number of people?
        let listed = level.token(end).is_some_and(|t| {
            matches!(t.kind, Kind::Separator) && "・、,".contains(self.source.plain[t.start])
        });
        if listed
            && unit.is_none()
            && let Some((start, Kind::Number(number))) = level.token(end + 1).map(|t| (t.start, &t.kind))
            && core(self.source, start, *number, level.end).unit.is_some()
        {
            self.doubt(Doubt::left_over(end, start));
        }
    }

    /// A small number without a unit that is grown onto a word is part of a name (`パターン2`, `備考1`).
    fn code(&mut self, level: &Level, draft: &Draft, from: usize) {
        let part = &draft.part;
        let small = part.quantity.figure().is_some_and(|n| n.scale() == 0 && n.abs() < Decimal::TEN);
        let start = level.number(from).map_or(from, |token| token.start);
        let grown = self.source.before(start, level.from).is_some_and(|c| is_kanji(c) || is_katakana(c));
        let counted = part
            .label
            .as_deref()
            .is_some_and(|label| label.ends_with(['数', '率', '計', '額', '量', '値', '均', '別']));
        if small
            && grown
            && !counted
            && part.unit.is_none()
            && part.of.is_none()
            && part.label.is_some()
            && part.per.is_none()
            && draft.qualifiers.is_empty()
        {
            self.doubt(Doubt::unit(start, draft.end));
        }
    }

    fn place(&mut self, draft: Draft, found: &mut Found) {
        let nested: Vec<Event> = std::mem::take(&mut self.pending(found));
        found.push(draft);
        found.events.extend(nested);
    }

    /// What the tail of the last part has found: it stands behind the part.
    fn pending(&self, found: &mut Found) -> Vec<Event> {
        let first = found
            .events
            .iter()
            .position(|event| matches!(event, Event::Part(draft) if draft.end == usize::MAX));
        match first {
            Some(first) => found.events.split_off(first).into_iter().skip(1).collect(),
            None => Vec::new(),
        }
    }

    /// The figure of a head and a core, with a range or a whole that is joined to it.
    fn draft(&mut self, level: &Level, head: &Head, core: Core) -> (Draft, usize) {
        let source = self.source;
        let mut end = core.end;
        self.marks(&core.marks);
        let value = match core.number.value {
            Amount::Of(value) => value,
            Amount::Name | Amount::Malformed => {
                self.doubt(Doubt::malformed(core.start, core.end));
                Decimal::ZERO
            }
        };
        if core.known == Known::Grown {
            self.doubt(Doubt::unit(core.start, core.end));
        }
        if core.known == Known::Guessed {
            self.doubt(Doubt::unit(core.number.end, core.end).soft());
        }
        let signed = |negative: bool, value: Decimal| if negative { -value } else { value };
        let value = head.scale.and_then(|scale| value.checked_mul(scale)).unwrap_or(value);
        let value = signed(head.negative, value);
        let mut last = core.clone();
        let mut quantity = Quantity::bounded(value, core.bound.or(head.bound));
        if core.bound.is_some() && head.bound.is_some() {
            self.doubt(Doubt::left_over(core.start, core.end));
        }
        let mut of = core.number.of;
        if let Some((second, negative)) = self.ranged(level, &core, &mut end) {
            self.marks(&second.marks);
            let mut upper = match second.number.value {
                Amount::Of(upper) => signed(negative, upper),
                Amount::Name | Amount::Malformed => {
                    self.doubt(Doubt::malformed(second.start, second.end));
                    Decimal::ZERO
                }
            };
            let mut lower = value;
            // 3～5万人: the multiple is that of both.
            if let (None, Some(scale), None, true) =
                (core.number.scale, second.number.scale, &core.unit, core.number.bare)
                && lower < upper.checked_div(scale).unwrap_or(upper)
            {
                lower = lower.checked_mul(scale).unwrap_or(lower);
            }
            let odd =
                core.bound.is_some() || of.is_some() || second.number.of.is_some() || core.change.is_some();
            let units = core.unit.is_some() && core.unit != second.unit;
            if lower > upper || odd || units {
                self.doubt(Doubt::range(core.start, second.end));
                upper = upper.max(lower);
                lower = lower.min(upper);
            }
            quantity = Quantity::Range(Ends {
                lower,
                upper,
                lower_open: false,
                upper_open: false,
                bound: second.bound,
            });
            last = second;
        } else if let Some((second, label)) = self.whole(level, &core, &mut end) {
            self.marks(&second.marks);
            match (second.number.value, core.bound, &core.unit, &second.unit) {
                (Amount::Of(part), None, unit, other)
                    if unit.is_none() || other.is_none() || unit == other =>
                {
                    of = Some(value);
                    quantity = Quantity::bounded(part, second.bound);
                    let unit = second.unit.clone().or(core.unit.clone());
                    last = Core { unit, ..second };
                }
                _ => self.doubt(Doubt::left_over(core.start, second.end)),
            }
            self.mark(label.0, label.1, SpanKind::Label);
        }
        let mut part = Part::of(quantity);
        part.unit = last.unit.clone().or(head.unit.clone());
        part.per = last.per.clone().or(core.per.clone()).or(head.per.clone());
        part.of = of;
        part.rank = matches!(part.unit.as_deref(), Some("位" | "番目"));
        part.relative = part.unit.as_deref() == Some("倍");
        part.label.clone_from(&head.label);
        part.over.clone_from(&head.over);
        part.reference.clone_from(&head.reference);
        part.change = last.change;
        if (part.relative || part.change.is_some())
            && let Some(label) = part.label.as_deref().map(|label| label.trim_end_matches(['の', 'に']))
            && super::lexicon::COMPARED.contains(&label)
            && part.reference.is_none()
        {
            part.reference = Some(Reference::Words(label.to_owned()));
            part.label = None;
        }
        if let (Some(of), Some(figure), None) = (of, part.quantity.figure(), &part.unit) {
            let leads = source.word(end, level.end, "に").is_some() || part.quantity.bound().is_some();
            part.relative = leads
                || !head.qualifiers.is_empty()
                || !core.number.bare
                    && core.number.scale.is_none()
                    && source.folded(core.start, core.end).contains("分の");
            let named = part
                .label
                .as_deref()
                .is_some_and(|label| ["率", "割合", "数", "状況"].iter().any(|end| label.ends_with(end)));
            if figure > of {
                self.doubt(Doubt::ratio(core.start, core.end));
            } else if !part.relative && !named && core.number.of.is_some() {
                self.doubt(Doubt::ratio(core.start, core.end).soft());
            }
        }
        let three = last.known == Known::Word
            && part.quantity.figure().is_some_and(|n| n.scale() == 3 && n.abs() >= Decimal::ONE);
        if three && last.number.scale.is_none() {
            self.doubt(Doubt::point(core.start, core.end).soft());
        }
        let mut qualifiers = head.qualifiers.clone();
        qualifiers.extend(&core.qualifiers);
        qualifiers.extend(if end == core.end { &[][..] } else { &last.qualifiers[..] });
        if core.change.is_some() && head.signed {
            self.doubt(Doubt::left_over(core.start, core.end));
        }
        let own = last.change.is_some();
        let draft = Draft {
            part,
            end,
            time: head.time,
            qualifiers,
            nested: false,
            headed: false,
            changed_by_own_words: own,
        };
        (draft, end)
    }

    /// The upper end of a range (`10～20件`, `10人から20人まで`, `10-20件`), and whether it has a minus.
    fn ranged(&self, level: &Level, core: &Core, end: &mut usize) -> Option<(Core, bool)> {
        let source = self.source;
        let at = source.skip_spaces(core.end, level.end);
        let tilde = matches!(source.at(at, level.end), Some('~' | '…'));
        let until = source.word(at, level.end, "から");
        let dash = at == core.end
            && core.unit.is_none()
            && source.at(at, level.end).is_some_and(|c| is_dash(c) && c != 'ー');
        let joint = if tilde || dash { at + 1 } else { until? };
        let mut next = source.skip_spaces(joint, level.end);
        let negative =
            source.at(next, level.end).is_some_and(|c| matches!(c, '△' | '▲') || (tilde && is_dash(c)));
        if negative {
            next = source.skip_spaces(next + 1, level.end);
        }
        if let Some((to, _)) = source.longest(next, level.end, &[("約", ()), ("概ね", ())]) {
            next = to;
        }
        let token = level.token(next)?;
        let Kind::Number(number) = token.kind else { return None };
        let mut second = super::core::core(source, next, number, level.end);
        if dash && second.unit.is_none() {
            return None;
        }
        if until.is_some() && second.bound != Some(crate::model::Bound::AtMost)
            || until.is_some() && source.word_before(second.start, second.end, "まで").is_none()
        {
            return None;
        }
        if until.is_some() {
            second.bound = None;
        }
        second.marks.insert(0, (core.end, token.start, SpanKind::Separator));
        if negative {
            second.marks.push((joint, next, SpanKind::Sign));
        }
        *end = second.end;
        Some((second, negative))
    }

    /// The part of a whole (`79局中75局`, `18校/20校` the other way about), with the words between them.
    fn whole(&self, level: &Level, core: &Core, end: &mut usize) -> Option<(Core, (usize, usize))> {
        let at = self.source.skip_spaces(core.end, level.end);
        let of = self.whole_word(level, at)?;
        let token = level.number(of)?;
        let Kind::Number(number) = token.kind else { return None };
        let mut second = super::core::core(self.source, token.start, number, level.end);
        second.marks.insert(0, (core.end, of, SpanKind::Separator));
        *end = second.end;
        Some((second, (of, token.start)))
    }

    /// Whether a step goes on behind a figure: `から`, `→`; gives where its target begins.
    fn step(&self, level: &Level, at: usize) -> Option<usize> {
        let here = self.skip(level, at);
        if level.token(here).is_some_and(|token| matches!(token.kind, Kind::Arrow)) {
            let next = self.skip(level, here + 1);
            return (next < level.end).then_some(here + 1);
        }
        let from = self.source.any(here, level.end, &["から、", "から", "を"])?;
        let next = level.number(from)?;
        let number = match next.kind {
            Kind::Number(number) => number,
            _ => return None,
        };
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

    fn skip(&self, level: &Level, mut at: usize) -> usize {
        while self.source.at(at, level.end).is_some_and(is_space) {
            at += 1;
        }
        at
    }

    /// The target of a step, with where it began.
    fn stepped(&mut self, level: &Level, after: usize, start: Draft, found: &mut Found) -> usize {
        self.mark(start.end, after, SpanKind::Separator);
        let figure = start.part.quantity.figure();
        let odd = start.part.change.is_some()
            || start.part.from.is_some()
            || start.part.of.is_some()
            || figure.is_none();
        if odd || start.part.quantity.bound().is_some() {
            self.doubt(Doubt::step(after.saturating_sub(1), after));
        }
        let own = self.trailing_time(found);
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
        let (mut draft, mut end) = self.draft(level, &head, target);
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
        self.place(draft, found);
        end
    }

    /// The time in brackets behind the start of a step.
    fn trailing_time(&self, found: &mut Found) -> Option<When> {
        let events = self.pending(found);
        let mut own = None;
        for event in events {
            match event {
                Event::Time { when, .. } if own.is_none() => own = Some(when),
                other => found.events.push(other),
            }
        }
        own
    }

    pub(super) fn words(&self, when: When) -> String {
        self.source.chars[when.from..when.stated.end].iter().filter(|c| !is_space(**c)).collect()
    }

    pub(super) fn line_end(&self, level: &Level, at: usize) -> usize {
        let newline = level.tokens.iter().find(|t| t.start >= at && matches!(t.kind, Kind::Newline));
        newline.map_or(level.end, |t| t.start)
    }

    /// What stands behind a figure: bounds, changes, brackets, times, notes, verbs. Gives where it ends. What it finds
    /// stands behind a placeholder among the events, until the part itself is placed.
    fn tail(&mut self, level: &Level, from: usize, draft: &mut Draft, found: &mut Found) -> usize {
        let source = self.source;
        let mut at = from;
        let placeholder = Draft { end: usize::MAX, ..draft.clone() };
        found.push(placeholder);
        loop {
            let here = source.skip_spaces(at, level.end);
            let Some(c) = source.at(here, level.end) else { break };
            if self.step(level, at).is_some() {
                break;
            }
            if let Some((to, bound)) =
                bound_at(source, here, level.end).filter(|_| draft.part.quantity.bound().is_none())
                && let Some(quantity) = rebound(&draft.part.quantity, bound)
            {
                draft.part.quantity = quantity;
                at = self.took(at, here, to, SpanKind::Bound);
                continue;
            }
            if c == '~'
                && (here + 1 == level.end
                    || matches!(source.at(here + 1, level.end), Some('\n' | '(' | '、')))
                && let Some(quantity) = rebound(&draft.part.quantity, crate::model::Bound::AtLeast)
            {
                draft.part.quantity = quantity;
                at = self.took(at, here, here + 1, SpanKind::Bound);
                continue;
            }
            if let Some((to, qualifier)) = qualifier_at(source, here, level.end)
                .filter(|(to, _)| here == at || !self.is_label(level, *to))
            {
                draft.qualifiers.push(qualifier);
                at = self.took(at, here, to, SpanKind::Qualifier);
                continue;
            }
            if let Some((to, change)) =
                change_at(source, here, level.end).filter(|_| draft.part.change.is_none())
            {
                self.changed(change, draft, found);
                at = self.took(at, here, to, SpanKind::Change);
                continue;
            }
            if let Some(to) = self.reaching(level, here, draft) {
                at = self.took(at, here, to, SpanKind::Label);
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
            let to = endings(source, here, level.end);
            let verb = source
                .any(here, level.end, &["を", "が", "で", "の", "は"])
                .map_or(here, |p| endings(source, p, level.end));
            let to = to.max(if verb > here + 1 { verb } else { here });
            if to > here && (here == at || !self.is_label(level, to)) {
                at = self.took(at, here, to, SpanKind::Label);
                continue;
            }
            match self.remark(level, at, here, draft, found) {
                Some(to) => at = to,
                None => break,
            }
        }
        draft.end = at;
        at
    }

    fn took(&mut self, at: usize, here: usize, to: usize, kind: SpanKind) -> usize {
        self.mark(at, here, SpanKind::Separator);
        self.mark(here, to, kind);
        to
    }

    /// Whether a figure follows on the line, so that words behind a space name it.
    fn is_label(&self, level: &Level, at: usize) -> bool {
        let line = self.line_end(level, at);
        level.number(at).is_some_and(|token| {
            token.start < line && !level.within(at, token.start).iter().any(|t| self.is_strong(t))
        })
    }

    /// A change under which a figure and those in brackets behind it stand.
    fn changed(&mut self, change: Change, draft: &mut Draft, found: &mut Found) {
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
    fn reaching(&mut self, level: &Level, at: usize, draft: &Draft) -> Option<usize> {
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
    fn behind(
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

    /// A time that the level states.
    pub(super) fn time(&mut self, when: When, leading: bool, found: &mut Found) {
        self.mark(when.from, when.stated.end, SpanKind::Time);
        if when.stated.doubtful {
            self.doubt(Doubt::year(when.from, when.stated.end).soft());
        }
        found.events.push(Event::Time { when, leading });
    }

    /// Whether times on this level stand before what they are for.
    fn leads(&self, level: &Level) -> bool {
        let first = self.skip(level, level.from);
        level.token(first).is_some_and(|token| match token.kind {
            Kind::Time(_) => true,
            Kind::Bracket => self.times.whole(token.start + 1, token.end - 1).is_some(),
            _ => false,
        })
    }

    /// Whether a bracket belongs to what follows it: it opens a line that goes on, or the level begins with a time in
    /// brackets and this is a further one.
    fn is_leading(&self, level: &Level, token: &Token, found: &Found) -> bool {
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

    /// Whether words go on with the figure before a bracket: `10万㎡（約2割）を縮減`.
    fn is_behind(&self, level: &Level, at: usize) -> bool {
        let end = level.end;
        change_at(self.source, at, end).is_some()
            || bound_at(self.source, at, end).is_some()
            || self.source.any(at, end, &["を", "に", "へ", "の", "と", "で", "から", "→"]).is_some()
    }

    fn before_spaces(&self, level: &Level, mut at: usize) -> usize {
        while self.source.before(at, level.from).is_some_and(|c| c != '\n' && is_space(c)) {
            at -= 1;
        }
        at
    }

    fn is_trailing_time(&self, level: &Level, token: &Token, found: &Found) -> bool {
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
    fn remark(
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
                && (words == "で"
                    || super::lexicon::BEFORE_FIGURES.iter().any(|(word, _)| words == format!("で{word}")));
            let colon = level.token(stop).is_some_and(|token| matches!(token.kind, Kind::Colon));
            let listed = words.starts_with('/')
                && draft.part.unit.is_some()
                && words.chars().skip(1).all(super::text::is_wordy)
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

    /// What is left of a level behind its last figure, or all of it where there is none.
    fn rest(&mut self, level: &Level, from: usize, found: &mut Found) {
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

    pub(super) fn reference(&mut self, token: &Token, time: Option<Stated>) -> Reference {
        self.mark(token.start, token.end, SpanKind::Reference);
        match time {
            Some(stated) => {
                if stated.doubtful {
                    self.doubt(Doubt::year(token.start, stated.end).soft());
                }
                let period = Period::At(stated.period.time());
                Reference::Time(
                    self.source.written(token.start, token.end).trim_end_matches(['で', '、']).to_owned(),
                    period,
                )
            }
            None => {
                let words = self.source.written(token.start, token.end);
                let words = words.strip_prefix('対').unwrap_or(&words);
                let known = super::lexicon::COMPARED
                    .iter()
                    .filter(|known| words.starts_with(**known))
                    .max_by_key(|known| known.len());
                Reference::Words(known.map_or(words, |known| known).to_owned())
            }
        }
    }

    fn ends_words(&self, level: &Level, at: usize) -> bool {
        self.source
            .at(self.source.skip_spaces(at, level.end), level.end)
            .is_none_or(|c| c == '\n' || "、。".contains(c))
    }

    /// Whether a time says all that there is between separators, qualifiers aside.
    fn is_alone(&self, level: &Level, token: &Token) -> bool {
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

    fn word_of_time(&self, level: &Level, at: usize) -> Option<usize> {
        qualifier_at(self.source, at, level.end).map(|(to, _)| to)
    }

    /// Words up to the end of their line: a status, qualifiers, or what is stated instead of a figure.
    fn sentence(&mut self, level: &Level, from: usize, found: &mut Found) -> usize {
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
        if !said.is_empty() && self.ends_words(level, at) {
            self.mark(from, at, SpanKind::Qualifier);
            found.qualifiers.extend(said);
            return at;
        }
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
        let unit = super::core::unit_at(source, from, end)
            .is_some_and(|(to, known)| to == end && known != Known::Guessed);
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
        let colon = level.within(from, end).iter().find(|t| matches!(t.kind, Kind::Colon)).map(|t| t.start);
        let split = colon.filter(|colon| *colon > from && source.trim_end(colon + 1, end) > colon + 1);
        let part = match split {
            Some(colon) => {
                self.mark(from, colon, SpanKind::Label);
                self.mark(colon, colon + 1, SpanKind::Separator);
                let label = source.written(from, colon).replace('\n', "");
                Part {
                    label: (!label.is_empty()).then_some(label),
                    ..Part::of(Quantity::Stated(source.written(colon + 1, end)))
                }
            }
            None => Part::of(Quantity::Stated(words)),
        };
        found.push(stated(part, end));
        end
    }

    fn skip_brackets(&self, level: &Level, mut at: usize) -> usize {
        loop {
            let next = self.source.skip_spaces(at, level.end);
            match level.token(next).map(|t| &t.kind) {
                Some(Kind::Bracket | Kind::Note) => at = level.token(next).map_or(next, |t| t.end),
                _ => return next,
            }
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

/// A quantity under a bound that stands further behind.
fn rebound(quantity: &Quantity, bound: crate::model::Bound) -> Option<Quantity> {
    match quantity {
        Quantity::Exact(figure) => Some(Quantity::bounded(*figure, Some(bound))),
        Quantity::Range(ends) if ends.bound.is_none() => {
            Some(Quantity::Range(Ends { bound: Some(bound), ..*ends }))
        }
        _ => None,
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
