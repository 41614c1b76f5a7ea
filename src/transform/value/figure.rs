//! Figures: a number with its head, the upper end of a range or the part of a whole that is joined to it.

use super::core::{Core, Known, change_at, core as core_at, endings};
use super::doubt::Doubt;
use super::head::Head;
use super::level::{Draft, Level, Reader};
use super::lexicon::COMPARED;
use super::number::Amount;
use super::span::SpanKind;
use super::text::{is_hiragana, is_kanji, is_katakana};
use super::tokens::Kind;
use super::units::AGES;
use crate::japanese::is_dash;
use crate::model::{Bound, Ends, Part, Quantity, Reference};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// Whether a number with its unit is only part of the name of what a later figure measures: `100g未満の者の割合 30％`,
    /// `1時間値の1日平均値が0.04ppm`, `40～74歳の受診率 60％`. Gives where it ends.
    pub(super) fn named(&self, level: &Level, first: &Core) -> Option<usize> {
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

    /// `のうち`, `中`: between a whole and a part of it.
    pub(super) fn whole_word(&self, level: &Level, at: usize) -> Option<usize> {
        let of = self.source.any(at, level.end, &["のうち、", "のうち", "中の", "中、", "中"])?;
        let next = level.number(of)?;
        let gap = self.source.written(of, next.start);
        let near = gap.chars().count() <= 12
            && level.within(of, next.start).iter().all(|t| matches!(t.kind, Kind::Space));
        let direct = self.source.plain[at] == 'の' || gap.is_empty();
        (near && direct).then_some(of)
    }

    /// The figure of a head and a core, with a range or a whole that is joined to it, and where it ends.
    pub(super) fn draft(&mut self, level: &Level, head: &Head, core: &Core) -> (Draft, usize) {
        self.marks(&core.marks);
        self.check(head, core);
        let mut end = core.end;
        let (quantity, of, last) = self.joined(level, head, core, &mut end);
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
        compare_with_label(&mut part);
        self.ratio(level, head, core, &mut part, end);
        let three = last.known == Known::Word
            && part.quantity.figure().is_some_and(|n| n.scale() == 3 && n.abs() >= Decimal::ONE);
        if three && last.number.scale.is_none() {
            self.doubt(Doubt::point(core.start, core.end).soft());
        }
        let mut qualifiers = head.qualifiers.clone();
        qualifiers.extend(&core.qualifiers);
        if end != core.end {
            qualifiers.extend(&last.qualifiers);
        }
        let changed_by_own_words = last.change.is_some();
        let draft = Draft {
            part,
            end,
            time: head.time,
            qualifiers,
            nested: false,
            headed: false,
            changed_by_own_words,
        };
        (draft, end)
    }

    /// What makes a core doubtful by itself or under its head.
    fn check(&mut self, head: &Head, core: &Core) {
        match core.known {
            Known::Grown => self.doubt(Doubt::unit(core.start, core.end)),
            Known::Guessed => self.doubt(Doubt::unit(core.number.end, core.end).soft()),
            Known::None | Known::Sign | Known::Word => {}
        }
        if (core.bound.is_some() && head.bound.is_some()) || (core.change.is_some() && head.signed) {
            self.doubt(Doubt::left_over(core.start, core.end));
        }
    }

    fn amount(&mut self, core: &Core, negative: bool) -> Decimal {
        match core.number.value {
            Amount::Of(value) if negative => -value,
            Amount::Of(value) => value,
            Amount::Name | Amount::Malformed => {
                self.doubt(Doubt::malformed(core.start, core.end));
                Decimal::ZERO
            }
        }
    }

    /// The quantity, the whole of which it is a part, and the core that stands last.
    fn joined(
        &mut self,
        level: &Level,
        head: &Head,
        core: &Core,
        end: &mut usize,
    ) -> (Quantity, Option<Decimal>, Core) {
        let value = self.amount(core, head.negative);
        let value = head
            .scale
            .and_then(|scale| value.checked_mul(scale).map(|value| value.normalize()))
            .unwrap_or(value);
        if let Some((second, negative)) = self.ranged(level, core, end) {
            self.marks(&second.marks);
            let upper = self.amount(&second, negative);
            return (self.range(core, &second, value, upper), None, second);
        }
        if let Some((second, label)) = self.whole(level, core, end) {
            self.marks(&second.marks);
            self.mark(label.0, label.1, SpanKind::Label);
            let unit = second.unit.clone().or(core.unit.clone());
            let alike = core.unit.is_none() || second.unit.is_none() || core.unit == second.unit;
            if !alike || core.bound.is_some() {
                self.doubt(Doubt::left_over(core.start, second.end));
            }
            let part = self.amount(&second, false);
            return (Quantity::bounded(part, second.bound), Some(value), Core { unit, ..second });
        }
        (Quantity::bounded(value, core.bound.or(head.bound)), core.number.of, core.clone())
    }

    fn range(&mut self, core: &Core, second: &Core, lower: Decimal, upper: Decimal) -> Quantity {
        let mut lower = lower;
        // 3～5万人: the multiple is that of both.
        if let (None, Some(scale), None, true) =
            (core.number.scale, second.number.scale, &core.unit, core.number.bare)
            && lower < upper.checked_div(scale).unwrap_or(upper)
        {
            lower = lower.checked_mul(scale).map_or(lower, |lower| lower.normalize());
        }
        let odd =
            core.bound.is_some() || core.number.of.or(second.number.of).is_some() || core.change.is_some();
        let units = core.unit.is_some() && core.unit != second.unit;
        if lower > upper || odd || units {
            self.doubt(Doubt::range(core.start, second.end));
        }
        let (lower, upper) = (lower.min(upper), upper.max(lower));
        Quantity::Range(Ends { lower, upper, lower_open: false, upper_open: false, bound: second.bound })
    }

    /// Whether `n/m` is a fraction of something else, a part of a whole, or not certain.
    fn ratio(&mut self, level: &Level, head: &Head, core: &Core, part: &mut Part, end: usize) {
        let (Some(of), Some(figure), None) = (part.of, part.quantity.figure(), &part.unit) else { return };
        let spelled = self.source.folded(core.start, core.end).contains("分の");
        let leads = self.source.word(end, level.end, "に").is_some() || part.quantity.bound().is_some();
        part.relative = leads || spelled || !head.qualifiers.is_empty();
        let ends = ["率", "割合", "数", "状況"];
        let named = part.label.as_deref().is_some_and(|label| ends.iter().any(|end| label.ends_with(end)));
        if figure > of {
            self.doubt(Doubt::ratio(core.start, core.end));
        } else if !part.relative && !named && core.number.of.is_some() {
            self.doubt(Doubt::ratio(core.start, core.end).soft());
        }
    }

    /// The upper end of a range (`10～20件`, `10人から20人まで`, `10-20件`), and whether it has a minus.
    pub(super) fn ranged(&self, level: &Level, core: &Core, end: &mut usize) -> Option<(Core, bool)> {
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
        next = source.any(next, level.end, &["約", "概ね"]).unwrap_or(next);
        let token = level.token(next)?;
        let Kind::Number(number) = token.kind else { return None };
        let mut second = core_at(source, next, number, level.end);
        if dash && second.unit.is_none() {
            return None;
        }
        if until.is_some() && second.bound != Some(Bound::AtMost)
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
    pub(super) fn whole(
        &self,
        level: &Level,
        core: &Core,
        end: &mut usize,
    ) -> Option<(Core, (usize, usize))> {
        let at = self.source.skip_spaces(core.end, level.end);
        let of = self.whole_word(level, at)?;
        let token = level.number(of)?;
        let Kind::Number(number) = token.kind else { return None };
        let mut second = core_at(self.source, token.start, number, level.end);
        second.marks.insert(0, (core.end, of, SpanKind::Separator));
        *end = second.end;
        Some((second, (of, token.start)))
    }

    /// Two figures without anything between them: only counters of different things are a list (`12か所240人`).
    pub(super) fn adjacent(&mut self, level: &Level, draft: &Draft, end: usize) {
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
            && core_at(self.source, start, *number, level.end).unit.is_some()
        {
            self.doubt(Doubt::left_over(end, start));
        }
    }

    /// A small number without a unit that is grown onto a word is part of a name (`パターン2`, `備考1`).
    pub(super) fn code(&mut self, level: &Level, draft: &Draft, from: usize) {
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
}

/// `現状の2倍`, `現状値の10％減`: the label is what the figure is compared with.
fn compare_with_label(part: &mut Part) {
    let label = part.label.as_deref().map(|label| label.trim_end_matches(['の', 'に']));
    if let Some(label) = label.filter(|label| COMPARED.contains(label))
        && (part.relative || part.change.is_some())
        && part.reference.is_none()
    {
        part.reference = Some(Reference::Words(label.to_owned()));
        part.label = None;
    }
}
