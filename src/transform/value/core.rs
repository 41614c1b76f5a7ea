//! A figure's core: the number with its unit, base and bound, and the words of change directly behind it.

use super::lexicon::{BASES, BOUNDS, CHANGES, ENDINGS, NEUTRAL, QUALIFIERS, RISKS};
use super::number::{Amount, Number, number_at};
use super::span::SpanKind;
use super::text::{Source, is_hiragana, is_kanji, is_katakana};
use super::units::{CONVERTED, COUNTERS, PURE, SIGNS};
use crate::japanese::is_space;
use crate::model::{Bound, Change};
use rust_decimal::Decimal;

/// Characters of the longest unit that no inventory knows.
const LONGEST_UNIT: usize = 6;

/// A number with what stands directly behind it.
#[derive(Debug, Clone)]
pub(super) struct Core {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: Number,
    pub(super) unit: Option<String>,
    /// How sure it is that the unit is one.
    pub(super) known: Known,
    pub(super) per: Option<String>,
    pub(super) bound: Option<Bound>,
    pub(super) qualifiers: Vec<&'static str>,
    pub(super) change: Option<Change>,
    /// Which characters are what.
    pub(super) marks: Vec<(usize, usize, SpanKind)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// No unit.
    None,
    /// `％`, `kg`: no word goes on behind it.
    Sign,
    /// A counter of the inventory.
    Word,
    /// Built like a unit, in no inventory.
    Guessed,
    /// A counter with a word grown onto it: `5校増築`.
    Grown,
}

/// The core of a number.
pub(super) fn core(source: &Source, start: usize, number: Number, end: usize) -> Core {
    let mut core = Core {
        start,
        end: number.end,
        number,
        unit: None,
        known: Known::None,
        per: None,
        bound: None,
        qualifiers: Vec::new(),
        change: None,
        marks: vec![(start, number.end, SpanKind::Figure)],
    };
    if let Some(unit) = number.unit {
        core.unit = Some(unit.to_owned());
        core.known = Known::Word;
    } else {
        read_unit(source, &mut core, end);
    }
    behind(source, &mut core, end);
    core
}

/// Base, bound, qualifiers and change, in any order.
fn behind(source: &Source, core: &mut Core, end: usize) {
    loop {
        let at = source.skip_spaces(core.end, end);
        if let Some((to, whole)) = whole_behind(source, at, end, core) {
            core.number.of = Some(whole);
            take(core, at, to, SpanKind::Figure);
        } else if let Some((to, per)) =
            slash(source, at, end).filter(|_| core.per.is_none() && core.unit.is_some())
        {
            core.per = Some(per);
            take(core, at, to, SpanKind::Base);
        } else if let Some((to, bound)) = bound_at(source, at, end).filter(|_| core.bound.is_none()) {
            core.bound = Some(bound);
            take(core, at, to, SpanKind::Bound);
        } else if let Some((to, qualifier)) =
            qualifier_at(source, at, end).filter(|(to, _)| at == core.end || !names_next(source, *to, end))
        {
            core.qualifiers.push(qualifier);
            take(core, at, to, SpanKind::Qualifier);
        } else if let Some((to, change)) = change_at(source, at, end).filter(|_| core.change.is_none()) {
            core.change = Some(change);
            take(core, at, to, SpanKind::Change);
        } else {
            return;
        }
    }
}

/// Whether a word behind a space belongs to a figure that follows it: `10回 延べ200人`.
fn names_next(source: &Source, at: usize, end: usize) -> bool {
    source.at(source.skip_spaces(at, end), end).is_some_and(|c| c.is_ascii_digit())
}

/// `18校/20校`: a whole in the figure's own unit.
fn whole_behind(source: &Source, at: usize, end: usize, core: &Core) -> Option<(usize, Decimal)> {
    let unit = core.unit.as_ref().filter(|_| core.number.of.is_none() && source.at(at, end) == Some('/'))?;
    let start = source.skip_spaces(at + 1, end);
    let number = number_at(source, start, start, end)?;
    let Amount::Of(whole) = number.value else { return None };
    let (to, _) = unit_at(source, number.end, end)?;
    (source.written(number.end, to) == *unit).then_some((to, whole))
}

fn take(core: &mut Core, at: usize, to: usize, kind: SpanKind) {
    core.marks.push((core.end, at, SpanKind::Separator));
    core.marks.push((at, to, kind));
    core.end = to;
}

fn read_unit(source: &Source, core: &mut Core, end: usize) {
    let after = core.number.end;
    let at = source.skip_spaces(after, end);
    let apart = at > after;
    if let Some((to, kind)) = unit_at(source, at, end)
        && (!apart || matches!(kind, Known::Sign | Known::Word))
    {
        set_unit(source, core, at, to, kind);
        return;
    }
    // A narrow cell broke the line before the counter.
    if source.at(at, end) == Some('\n') {
        let next = source.skip_spaces(at + 1, end);
        let known = unit_at(source, next, end).filter(|(_, kind)| matches!(kind, Known::Sign | Known::Word));
        if let Some((to, kind)) =
            known.filter(|(to, _)| source.at(*to, end).is_none_or(|c| is_space(c) || "、。(".contains(c)))
        {
            set_unit(source, core, next, to, kind);
        }
    }
}

fn set_unit(source: &Source, core: &mut Core, at: usize, to: usize, kind: Known) {
    let unit: String = source.chars[at..to].iter().filter(|c| !is_space(**c)).collect();
    core.marks.push((core.end, at, SpanKind::Separator));
    core.marks.push((at, to, SpanKind::Unit));
    core.unit = Some(unit);
    core.known = kind;
    core.end = to;
}

/// The unit at a position: its end, and how sure it is.
pub(super) fn unit_at(source: &Source, at: usize, end: usize) -> Option<(usize, Known)> {
    let first = source.at(at, end)?;
    let word_of_change = CHANGES.iter().any(|(word, _)| {
        word.is_ascii()
            && source
                .word(at, end, word)
                .is_some_and(|to| !source.at(to, end).is_some_and(|c| c.is_ascii_alphabetic()))
    });
    if word_of_change {
        return None;
    }
    if let Some(to) = source.any(at, end, SIGNS) {
        let latin = source.plain[to - 1].is_ascii_alphanumeric();
        let more =
            |to: usize| latin && source.at(to, end).is_some_and(|c| c.is_ascii_alphanumeric() || c == '₂');
        if !more(to) {
            let to = source.any(to, end, CONVERTED).unwrap_or(to);
            return Some((to, Known::Sign));
        }
        return None;
    }
    let counters = PURE.iter().chain(COUNTERS).filter_map(|unit| source.word(at, end, unit));
    let mut ends: Vec<usize> = counters.collect();
    ends.sort_unstable();
    let longest = ends.last().copied();
    // The run of kanji and katakana.
    let run = run_of(source, longest.unwrap_or(at), end);
    if let Some(to) = longest.filter(|to| *to >= run) {
        return Some((to, Known::Word));
    }
    // The longest counter behind which words of the grammar follow to the end of the run.
    if let Some(to) = ends.iter().rev().find(|to| chain(source, **to, run_of(source, **to, end), end)) {
        return Some((*to, Known::Word));
    }
    if !(is_kanji(first) || is_katakana(first)) || chain(source, at, run, end) {
        return None;
    }
    let pure = PURE.iter().filter_map(|unit| source.word(at, end, unit)).max();
    if let Some(to) = pure.filter(|to| run - to >= 2) {
        return Some((to, Known::Word));
    }
    // A word of the grammar at the end of an unknown run: 3拠点群整備.
    let to = (at + 1..run).find(|to| chain(source, *to, run, end)).unwrap_or(run);
    let word = source.folded(at, to);
    let risky = RISKS.iter().any(|risk| word.contains(risk));
    if risky || longest.is_some() || first == '数' || to - at > LONGEST_UNIT {
        return Some((to, Known::Grown));
    }
    Some((to, Known::Guessed))
}

/// Where the run of kanji and katakana at a position ends.
fn run_of(source: &Source, at: usize, end: usize) -> usize {
    let mut to = at;
    while source.at(to, end).is_some_and(|c| is_kanji(c) || is_katakana(c)) {
        to += 1;
    }
    to
}

/// Whether words of the grammar follow from a position to the end of a run.
fn chain(source: &Source, at: usize, run: usize, end: usize) -> bool {
    if at >= run {
        return true;
    }
    let bounds = BOUNDS.iter().map(|(word, _)| *word);
    let qualifiers = QUALIFIERS.iter().map(|(word, _)| *word);
    let changes = CHANGES.iter().map(|(word, _)| *word);
    let others = NEUTRAL.iter().copied().chain(["中", "当たり", "当り", "分"]);
    bounds
        .chain(qualifiers)
        .chain(changes)
        .chain(others)
        .any(|word| source.word(at, end, word).is_some_and(|to| to > run || chain(source, to, run, end)))
}

/// `／年`, `/10万人`, `/m3`: the base behind a slash.
pub(super) fn slash(source: &Source, at: usize, end: usize) -> Option<(usize, String)> {
    if source.at(at, end) != Some('/') {
        return None;
    }
    let start = source.skip_spaces(at + 1, end);
    let mut to = start;
    while source.at(to, end).is_some_and(|c| c.is_ascii_digit() || (c == ',' && to > start)) {
        to += 1;
    }
    if to > start {
        let digits = source.folded(start, to).replace(',', "");
        let round = digits.starts_with('1') && digits[1..].bytes().all(|digit| digit == b'0');
        let scaled = source.at(to, end).is_some_and(|c| matches!(c, '千' | '万' | '百'));
        if !round && !scaled {
            return None;
        }
    }
    while source.at(to, end).is_some_and(|c| matches!(c, '千' | '万' | '百')) {
        to += 1;
    }
    loop {
        let (next, kind) = unit_at(source, to, end)
            .or_else(|| source.longest(to, end, BASES).map(|(to, _)| (to, Known::Word)))?;
        if !matches!(kind, Known::Sign | Known::Word) {
            return None;
        }
        to = next;
        if source.at(to, end) != Some('・') || unit_at(source, to + 1, end).is_none() {
            break;
        }
        to += 1;
    }
    let read_on = bound_at(source, to, end).is_some()
        || qualifier_at(source, to, end).is_some()
        || change_at(source, to, end).is_some();
    let particle = source.any(to, end, &["に", "へ", "から", "まで", "とする"]).is_some();
    if source.at(to, end).is_some_and(is_hiragana) && !read_on && !particle {
        return None; // 3園／指標を改める
    }
    let word = source.written(start, to);
    let base = BASES.iter().find(|(name, _)| *name == word).map_or(word, |(_, base)| (*base).to_owned());
    Some((to, base))
}

/// Whether a word of the grammar that ends at a position is a word of its own there.
fn is_whole(source: &Source, to: usize, end: usize) -> bool {
    chain(source, to, run_of(source, to, end), end)
}

pub(super) fn bound_at(source: &Source, at: usize, end: usize) -> Option<(usize, Bound)> {
    let (to, bound) = source.longest(at, end, BOUNDS)?;
    if source.word(at, end, "まで").is_some() {
        // 「30人まで増やす」 is a level, 「5年までに」 no bound that is certain.
        let more = source.at(to, end).is_some_and(|c| is_hiragana(c) || is_kanji(c));
        return (!more).then_some((to, bound));
    }
    is_whole(source, to, end).then_some((to, bound))
}

pub(super) fn qualifier_at(source: &Source, at: usize, end: usize) -> Option<(usize, &'static str)> {
    let (to, qualifier) = source.longest(at, end, QUALIFIERS)?;
    let verb = source.at(to, end).is_some_and(|c| is_hiragana(c) && !"のでにをとはがも".contains(c));
    (is_whole(source, to, end) && !verb).then_some((to, qualifier))
}

/// A change directly behind a figure: `削減`, `を縮減`, `の増加を目指す`.
pub(super) fn change_at(source: &Source, at: usize, end: usize) -> Option<(usize, Change)> {
    let start = source.any(at, end, &["を", "の", "が", "分", "分の", "分を", "ずつ"]).unwrap_or(at);
    if source.word(at, end, "ずつ").is_some() {
        return None;
    }
    let (to, change) = source.longest(start, end, CHANGES)?;
    is_whole(source, to, end).then(|| (endings(source, to, end), change))
}

/// Past the forms of する, of intention and of neutral nouns at a position.
pub(super) fn endings(source: &Source, mut at: usize, end: usize) -> usize {
    loop {
        let noun = source.any(at, end, NEUTRAL).filter(|to| is_whole(source, *to, end));
        let Some(to) = noun
            .max(source.any(at, end, ENDINGS))
            .filter(|to| !source.at(*to, end).is_some_and(|c| c.is_ascii_digit()))
        else {
            return at;
        };
        at = to;
    }
}
