//! Values: from a cell's words to figures with units, changes, steps, times, notes and qualifiers.
//!
//! Every character of a text belongs to one span of one kind ([`SpanKind`]). What is not understood with certainty
//! makes the whole text words and is said ([`Doubt`]); a soft doubt is said, and the reading stands.
//!
//! * **V1** A text is read level by level of its brackets (`level`), each as tokens (`tokens`): times, bases, comparisons,
//!   notes and numbers are known before anything else is read.
//! * **V2** A figure is a number with what is directly behind it (`core`): unit, base, bound, qualifiers, change. A unit is
//!   of the inventory, or (softly doubtful) a short run of kanji or katakana that ends with the word; behind a counter
//!   of the inventory only words of the grammar may go on.
//! * **V3** A number is part of a name, and no figure, behind 第, № and letters, before 歳児, 年生 and their like, and where
//!   it has a bound, an age or is one and the words go on to a later figure (`100g未満の者の割合 30％`).
//! * **V4** What stands before a figure (`head`) is sign, qualifiers, base, span of a sum, comparison, time; the rest is
//!   its label, unless it ends with a word that would turn the figure.
//! * **V5** What stands behind it (`tail`) is bound, qualifiers, change, brackets, times, notes, neutral verbs; other words
//!   are a remark only if nothing in them can turn the figure's meaning.
//! * **V6** A change word makes a figure a change where it stands directly behind it or behind を, の, が; behind に, へ it
//!   says that a level is reached.
//! * **V7** A bracket is time, qualifiers, unit, base, span, comparison or further measures if it is nothing else
//!   (`bracket`); a note otherwise. Nothing comes out of a note.
//! * **V8** A leading time is that of the parts behind it, a trailing one that of the parts before it that have none
//!   (`gather`). One that all parts share is the value's. A comparison's time is never the value's.
//! * **V9** A bare two-digit year is of the era that the text states nearby, else of the base; beyond the base's range, with
//!   a leading zero or beside years of another calendar it is softly doubtful (`time`).
//! * **V10** A line without figures is a status, qualifiers, a time, or words (`sentence`).

mod bracket;
mod brackets;
mod breaks;
mod column;
mod compare;
mod core;
mod doubt;
mod figure;
mod gather;
mod head;
mod joint;
mod labels;
mod level;
mod lexicon;
mod number;
mod sentence;
mod span;
mod step;
mod stored;
mod tail;
mod text;
mod time;
mod time_words;
mod tokens;
mod understand;
mod units;

#[cfg(test)]
mod readings;
#[cfg(test)]
mod readings_table;

pub use column::{Standing, UnitWords};
pub use compare::{Comparison, comparable, compare, measured_alike};
pub use doubt::{Doubt, Why};
pub use joint::{Joint, split_joint};
pub use span::{Span, SpanKind};
pub(in crate::transform) use stored::settle;
pub(in crate::transform) use text::is_kanji;
pub use understand::{Understood, understand};
pub(in crate::transform) use units::{is_known_unit, is_unit_sign};

use crate::finding::{Finding, Noted, Problem};
use crate::japanese::Notation;
use crate::japanese::era::parse_time_cell;
use crate::japanese::{half_width, is_no_value, is_space, normalise};
use crate::model::{Completion, Eras, Origin, Period, TimeText, Value};

/// What the template says about reading values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// How text is unified.
    pub notation: Notation,
    /// The eras, with that of bare two-digit years.
    pub eras: &'a Eras,
}

/// Reads a value cell. `None` where the cell says that there is no value, or holds only an empty form (`（　年度）`);
/// a year beside such a cell then says nothing.
///
/// The time is the cell beside (`time_cell`), or else what the text states in brackets or on a line of its own,
/// which is then no longer in `text`. Where both are there and differ, the cell beside counts and the brackets
/// stay in the text. Words that are meant as a time but state none give a `TimeText` without time, and a warning.
/// A cell with a time and no value gives a value with empty text.
pub fn parse(
    raw: &str,
    time_cell: Option<(&str, Origin)>,
    origin: Origin,
    context: &Context<'_>,
) -> Noted<Option<Value>> {
    let nothing = Noted { value: None, findings: Vec::new() };
    if is_no_value(raw) {
        return nothing;
    }
    let (whole, unclear) = breaks::close(&normalise(raw, context.notation), context.eras); // V14
    let mut understood = understand(&whole, context.eras);
    if context.notation.negative_brackets {
        stored::negate_bracketed(&whole, &mut understood);
    }
    let beside = time_cell.filter(|(words, _)| !is_no_value(words));
    let mut notes = understood.notes;
    let own = understood.time.map(|time| TimeText {
        text: time.words,
        time: time.period,
        within: time.within,
        origin: origin.clone(),
    });
    let (mut text, time) = match (beside, own) {
        (Some((words, cell)), own) => {
            let words = time_words::unspaced(without_brackets(&normalise(words, context.notation)));
            let time = parse_time_cell(&words, context.eras).map(Period::At);
            let same = own.as_ref().is_none_or(|own| own.time == time);
            let text = if same { understood.rest } else { whole.clone() };
            if let Some(own) = own.filter(|_| !same) {
                notes.push(own.text);
            }
            (text, Some(TimeText { text: words, time, within: false, origin: cell }))
        }
        (None, own) => (understood.rest, own),
    };
    if is_no_value(&text) || understood.is_none {
        text.clear();
        if time.as_ref().is_none_or(|t| t.time.is_none())
            && !raw.chars().any(|c| half_width(c).is_ascii_digit())
        {
            return nothing;
        }
    }
    let mut findings: Vec<Finding> = time.iter().filter(|t| t.time.is_none()).map(unknown_time).collect();
    findings.extend(doubtful(&whole, &understood.doubts, &origin));
    if let Some(digits) = unclear.filter(|_| understood.doubts.is_empty()) {
        let problem =
            Problem::ValueDoubtful { text: (&whole).into(), at: digits.into(), why: Why::Malformed };
        findings.push(Finding::new(problem, origin.clone()));
    }
    let value = Value {
        raw: raw.to_owned(),
        text,
        time,
        parts: understood.parts,
        reference: understood.reference,
        notes,
        qualifiers: understood.qualifiers.iter().map(|word| (*word).to_owned()).collect(),
        stored: None,
        completion: Completion::default(),
        status: None,
        origin,
    };
    Noted { value: Some(value), findings }
}

/// The words in brackets that stand around all of them.
fn without_brackets(words: &str) -> &str {
    let pairs = [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕')];
    let words = words.trim_matches(is_space);
    let inner = |(open, close)| words.strip_prefix(open)?.strip_suffix(close);
    pairs.into_iter().find_map(inner).filter(|inner| !inner.contains(['（', '('])).unwrap_or(words)
}

fn unknown_time(time: &TimeText) -> Finding {
    Finding::new(Problem::TimeUnknown { text: (&time.text).into() }, time.origin.clone())
}

/// What is doubtful in a text, in one finding: the gravest of it.
fn doubtful(text: &str, doubts: &[Doubt], origin: &Origin) -> Option<Finding> {
    let doubt = doubts.iter().min_by_key(|doubt| (doubt.is_soft, doubt.why, doubt.start))?;
    let at: String = text.chars().skip(doubt.start).take(doubt.end - doubt.start).collect();
    let at = if doubt.why == Why::Long { at.chars().take(20).collect::<String>() + "…" } else { at };
    let problem = Problem::ValueDoubtful { text: text.into(), at: at.into(), why: doubt.why };
    Some(Finding::new(problem, origin.clone()))
}

/// Whether a text consists of figures with units and nothing else.
fn is_measures(text: &str, eras: &Eras) -> bool {
    understand(text, eras).is_plain()
}

/// The same, or with the time of all of them in brackets or on a line of its own.
fn is_timed_measures(text: &str, eras: &Eras) -> bool {
    let understood = understand(text, eras);
    let apart = understood.time.as_ref().is_some_and(|time| !time.within && time.period.is_some());
    understood.is_plain() || (apart && is_measures(&understood.rest, eras))
}
