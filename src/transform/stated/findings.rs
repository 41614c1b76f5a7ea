//! What is to be said where a value, its column, its heading and the template do not agree.

use super::Unit;
use crate::finding::{Code, Finding, Message, message};
use crate::model::{Origin, StatedBy, TimeText, Value};

/// Words that are meant as a unit and are none.
pub(super) fn unit_unknown(words: &str, origin: Origin) -> Finding {
    let words: String = words.split_whitespace().collect();
    Finding::new(
        Code::UnitUnknown,
        origin,
        message(
            format!("「{words}」を一つの単位として読めません"),
            format!("`{words}` cannot be read as one unit"),
        ),
        message(
            "単位は「人」「千円」「件／年」のように一つ記入してください。単位の違う値は、値のセルに単位を記入してください",
            "enter one unit, as 人, 千円 or 件／年; where values differ, enter the unit beside the figure",
        ),
    )
}

/// A value states another unit than the one that is stated for it.
pub(super) fn unit_differs(value: &Value, unit: &Unit, count: usize) -> Finding {
    let (by_ja, by_en) = who(unit.by);
    let (text, words) = (&value.text, unit.words.words());
    let more = more(count);
    Finding::new(
        Code::UnitMixed,
        value.origin.clone(),
        message(
            format!("「{text}」の単位は、{by_ja}の単位「{words}」と違います{}", more.ja),
            format!("the unit of `{text}` is not `{words}`, which the {by_en} states{}", more.en),
        ),
        message(
            "値のセルの単位で読み取りました。このままでよければ対応は不要です",
            "the value's own unit was taken; nothing needs to be done if that is right",
        ),
    )
}

/// A heading's unit is not given to a value without one, for most others have units of their own.
pub(super) fn unit_not_taken(
    value: &Value,
    unit: &crate::transform::value::UnitWords,
    count: usize,
) -> Finding {
    let (text, words) = (&value.text, unit.words());
    let more = more(count);
    Finding::new(
        Code::UnitMixed,
        value.origin.clone(),
        message(
            format!(
                "「{text}」には単位がありません{}。ほかの単位の値が多いため、見出しの「{words}」は当てていません",
                more.ja
            ),
            format!(
                "`{text}` has no unit{}; the heading's `{words}` was not taken, as more values of the column have others",
                more.en
            ),
        ),
        message("値のセルに単位を記入してください", "enter the unit beside the figure"),
    )
}

/// Two statements outside the cell differ; the first holds.
pub(super) fn units_conflict(taken: &Unit, other: &Unit) -> Finding {
    let (words, other_words) = (taken.words.words(), other.words.words());
    let ((by_ja, by_en), (other_ja, other_en)) = (who(taken.by), who(other.by));
    Finding::new(
        Code::UnitMixed,
        taken.origin.clone(),
        message(
            format!("{by_ja}の単位「{words}」と、{other_ja}の単位「{other_words}」が違います"),
            format!("the {by_en} states the unit `{words}`, the {other_en} `{other_words}`"),
        ),
        message(
            format!("「{words}」として読み取りました。誤りがあれば、どちらかを修正してください"),
            format!("`{words}` was taken; correct one of them if that is wrong"),
        ),
    )
}

/// A value states another time than its heading.
pub(super) fn time_differs(value: &Value, time: &TimeText, count: usize) -> Finding {
    let own = value.time.as_ref();
    let (text, words) = (own.map_or("", |own| own.text.as_str()), &time.text);
    let more = more(count);
    Finding::new(
        Code::TimeMixed,
        own.map_or_else(|| value.origin.clone(), |own| own.origin.clone()),
        message(
            format!("値の年度「{text}」は、見出しの年度「{words}」と違います{}", more.ja),
            format!("the year `{text}` of a value is not `{words}`, which its heading states{}", more.en),
        ),
        message(
            "値の年度で読み取りました。このままでよければ対応は不要です",
            "the value's own year was taken; nothing needs to be done if that is right",
        ),
    )
}

/// A heading's time is not given to a value without one, for most others state theirs.
pub(super) fn time_not_taken(value: &Value, time: &TimeText, count: usize) -> Finding {
    let (text, words) = (&value.text, &time.text);
    let more = more(count);
    Finding::new(
        Code::TimeMixed,
        value.origin.clone(),
        message(
            format!(
                "「{text}」には年度がありません{}。年度のある値が多いため、見出しの「{words}」は当てていません",
                more.ja
            ),
            format!(
                "`{text}` has no year{}; the heading's `{words}` was not taken, as more values of the column state their own",
                more.en
            ),
        ),
        message(
            "見出しの年度の値であれば、セルに年度を記入してください",
            "if the value is for the heading's year, enter the year in its cell",
        ),
    )
}

/// A heading's time is not that of its values.
pub(super) fn time_not_of_values(time: &TimeText) -> Finding {
    let words = &time.text;
    Finding::new(
        Code::TimeMixed,
        time.origin.clone(),
        message(
            format!("見出しの「{words}」は、値の年度として読み取っていません"),
            format!("`{words}` in the heading was not taken for the values' year"),
        ),
        message(
            "値の年度であれば、見出しを「目標値（令和7年度）」のような形にしてください",
            "if it is the values' year, write the heading like 目標値（令和7年度）",
        ),
    )
}

fn who(by: StatedBy) -> (&'static str, &'static str) {
    match by {
        StatedBy::Column => ("単位の列", "column of units"),
        StatedBy::Heading => ("見出し", "heading"),
        StatedBy::Template => ("テンプレート", "template"),
    }
}

/// How many more there are of a kind.
fn more(count: usize) -> Message {
    match count.saturating_sub(1) {
        0 => message("", ""),
        more => message(format!("（ほか{more}件）"), format!(" (and {more} more)")),
    }
}
