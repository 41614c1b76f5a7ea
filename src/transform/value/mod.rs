//! Values: from a cell's words to figures with units, changes, steps, times, notes and qualifiers.
mod bracket;
mod brackets;
mod compare;
mod core;
mod doubt;
mod figure;
mod gather;
mod head;
mod joint;
mod level;
mod lexicon;
mod number;
mod sentence;
mod span;
mod step;
mod tail;
mod text;
mod time;
mod time_words;
mod tokens;
mod understand;
mod units;

pub use compare::{Comparison, compare, measured_alike};
pub use doubt::{Doubt, Why};
pub use joint::{Joint, split_joint};
pub use span::{Span, SpanKind};
pub use understand::{Understood, understand};

use crate::finding::{Code, Finding, Noted, message};
use crate::japanese::Notation;
use crate::japanese::era::parse_time_cell;
use crate::japanese::{half_width, is_no_value, is_space, normalise};
use crate::model::{Era, Origin, Period, TimeText, Value};

/// What the template says about reading values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// How text is unified.
    pub notation: Notation,
    /// The era of bare two-digit years.
    pub base_era: Era,
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
    context: &Context,
) -> Noted<Option<Value>> {
    let nothing = Noted { value: None, findings: Vec::new() };
    if is_no_value(raw) {
        return nothing;
    }
    let whole = normalise(raw, context.notation);
    let understood = understand(&whole, context.base_era);
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
            let time = parse_time_cell(&words, context.base_era).map(Period::At);
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
    let value = Value {
        raw: raw.to_owned(),
        text,
        time,
        parts: understood.parts,
        reference: understood.reference,
        notes,
        qualifiers: understood.qualifiers.iter().map(|word| (*word).to_owned()).collect(),
        stored: None,
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
    let words = &time.text;
    Finding::new(
        Code::TimeUnknown,
        time.origin.clone(),
        message(format!("「{words}」を年度として読めません"), format!("`{words}` states no known time")),
        message(
            "「31年度」「令和2年度」「R2.4.1」のように書いてください",
            "write it as 31年度, 令和2年度 or R2.4.1",
        ),
    )
}

/// What is doubtful in a text, in one finding: the gravest of it.
fn doubtful(text: &str, doubts: &[Doubt], origin: &Origin) -> Option<Finding> {
    let doubt = doubts.iter().min_by_key(|doubt| (doubt.is_soft, doubt.why, doubt.start))?;
    let at: String = text.chars().skip(doubt.start).take(doubt.end - doubt.start).collect();
    let (ja, en) = match doubt.why {
        Why::Malformed => ("数の書き方ではありません", "is no way to write a number"),
        Why::Unit => ("単位として読み取れません", "is not understood as a unit"),
        Why::LeftOver => ("数値の意味を変えるかもしれません", "may change what the figure means"),
        Why::Range => ("範囲として読み取れません", "is not understood as a range"),
        Why::Step => ("どこからどこへ変わるのか読み取れません", "is not understood as a step"),
        Why::Ratio => ("割合か日付か、確かではありません", "may be a ratio or a date"),
        Why::Point => ("小数か桁区切りか、確かではありません", "may be a decimal or have a wrong comma"),
        Why::Year => ("どの暦の年か、確かではありません", "may be a year of another calendar"),
        Why::Long => ("値としては長すぎます", "is too long for a value"),
    };
    let at = if doubt.why == Why::Long { at.chars().take(20).collect::<String>() + "…" } else { at };
    Some(Finding::new(
        Code::ValueDoubtful,
        origin.clone(),
        message(format!("「{text}」の「{at}」は、{ja}"), format!("in `{text}`, `{at}` {en}")),
        message(
            "「30件」「10％減」「2.5人（令和6年度）」のように、数値と単位を記入してください",
            "write figures with their units, such as 30件, 10％減 or 2.5人（令和6年度）",
        ),
    ))
}

/// Whether a text consists of figures with units and nothing else.
fn is_measures(text: &str) -> bool {
    understand(text, Era::Heisei).is_plain()
}
