//! Text cells: their notation, the grammar of values, the grammar of eras.

use kaitei::japanese::Notation;
use kaitei::japanese::era::{parse_time, parse_time_cell, wareki};
use kaitei::japanese::{fold, heading, is_no_value, leading_number, normalise};
use kaitei::model::{Eras, FiscalYear, Origin, Part, Quantity, Time, Value};
use kaitei::transform::value::{
    Comparison, Context, Joint, SpanKind, compare, parse, split_joint, understand,
};

const AS_WRITTEN: Notation =
    Notation { half_width: false, full_symbols: false, full_headings: false, negative_brackets: false };
const HOUSE: Notation =
    Notation { half_width: true, full_symbols: true, full_headings: true, negative_brackets: false };

/// The notation of any text: rewriting it twice changes nothing more, and never what it is compared as.
pub fn text(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let folded = fold(&raw);
    assert_eq!(fold(&folded), folded);
    for notation in [AS_WRITTEN, HOUSE] {
        let once = normalise(&raw, notation);
        assert_eq!(normalise(&once, notation), once);
        let label = heading(&raw, notation);
        assert_eq!(heading(&label, notation), label);
        if !has_half_an_escape(&raw) {
            assert_eq!(fold(&once), folded);
            assert_eq!(fold(&label), folded);
            assert_eq!(is_no_value(&once), is_no_value(&raw));
        }
    }
    if let Some((number, label)) = leading_number(&raw) {
        assert!(number <= 999);
        assert!(raw.ends_with(label));
    }
}

/// Two cells, with a `|` between them: each as a value, the second as the time of the first, both compared.
pub fn value(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if has_half_an_escape(&text) {
        return;
    }
    let (first, second) = text.split_once('|').unwrap_or((&text, ""));
    for notation in [AS_WRITTEN, HOUSE] {
        let context = Context { notation, eras: Eras::heisei() };
        let origin = Origin::of_file("値");
        let read = |raw: &str| parse(raw, None, origin.clone(), &context).value;
        let (old, new) = (read(first), read(second));
        for (raw, value) in [(first, &old), (second, &new)] {
            match value {
                Some(value) => check_value(raw, value, context),
                None => assert!(
                    !raw.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)),
                    "a value is lost"
                ),
            }
        }
        if let (Some(old), Some(new)) = (old, new) {
            assert_eq!(compare(&old, &old), Comparison::Equal);
            assert_eq!(mirrored(compare(&old, &new)), compare(&new, &old));
        }
        let beside = parse(first, Some((second, Origin::of_file("年度"))), origin.clone(), &context);
        if let Some(value) = beside.value {
            assert_eq!(value.raw, first);
            assert_eq!(value.origin, origin);
        }
    }
    check_joint(first);
}

fn check_value(raw: &str, value: &Value, context: Context<'_>) {
    assert_eq!(value.raw, raw);
    assert_eq!(value.origin, Origin::of_file("値"));
    check_spans(&normalise(raw, context.notation), context.eras);
    if value.text.contains("_x000D_") {
        return; // the time stood in the middle of it
    }
    let time = value.time.as_ref().filter(|time| !time.within).map_or("", |time| time.text.as_str());
    assert_eq!(sorted(&digits(&format!("{}{time}", value.text))), sorted(&digits(raw)), "a digit is lost");
    for part in &value.parts {
        check_part(part, &value.text);
    }
}

/// Spans cover the text, a figure has digits, and reading twice is the same.
fn check_spans(text: &str, eras: &Eras) {
    let read = understand(text, eras);
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    for span in &read.spans {
        assert_eq!(span.start, at);
        assert!(span.end > span.start);
        at = span.end;
        let said: String = chars[span.start..span.end].iter().collect();
        let figure = said.chars().any(|c| {
            c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇一二三四五六七八九十百千".contains(c)
        });
        assert!(span.kind != SpanKind::Figure || figure || said.contains("ゼロ"), "{said:?} is no figure");
    }
    assert_eq!(at, chars.len(), "spans cover the text");
    assert_eq!(understand(text, eras), read);
    let figures = read.spans.iter().any(|span| span.kind == SpanKind::Figure);
    assert!(figures || !read.parts.iter().any(Part::is_figure), "a figure from nowhere");
}

fn check_part(part: &Part, text: &str) {
    if let Quantity::Range(ends) = &part.quantity {
        assert!(ends.lower <= ends.upper);
    }
    let said = [part.label.as_deref(), part.quantity.words()];
    for said in said.into_iter().flatten() {
        assert!(!said.is_empty());
        assert!(is_within(said, text), "{said:?} is not in {text:?}");
    }
}

fn check_joint(raw: &str) {
    let Joint { time, value, reason } = split_joint(raw, Eras::heisei());
    let mut rest = raw.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    for piece in [time, value, reason].into_iter().flatten() {
        assert!(!piece.trim().is_empty());
        assert!(rest.contains(&piece), "{piece:?} is not in {rest:?}, or stands in two pieces");
        rest = rest.replacen(&piece, "\u{0}", 1);
    }
}

fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Raised => Comparison::Lowered,
        Comparison::Lowered => Comparison::Raised,
        Comparison::Equal | Comparison::Mixed | Comparison::MeasureChanged | Comparison::Incomparable => {
            comparison
        }
    }
}

/// A text as a time, in every era: what calendars know, the same in every spelling.
pub fn era(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    if has_half_an_escape(&raw) {
        return;
    }
    let known = Eras::default();
    for base in known.base_names() {
        let eras = &known.clone().with_base(base).expect("a name of the table");
        let found = parse_time(&raw, eras);
        assert_eq!(parse_time(&fold(&raw), eras), found);
        assert_eq!(parse_time(&normalise(&raw, HOUSE), eras), found);
        let Some(time) = found else {
            if let Some(time) = parse_time_cell(&raw, eras) {
                check_time(time, eras);
            }
            continue;
        };
        check_time(time, eras);
        // In a column of years a bare one is a fiscal year.
        let of_cell = match time {
            Time::BareYear(year) => Time::FiscalYear(FiscalYear(year)),
            time => time,
        };
        assert_eq!(parse_time_cell(&raw, eras), Some(of_cell));
        for suffix in ["末", "時点", "現在", "まで"] {
            assert_eq!(parse_time(&format!("{raw}{suffix}"), eras), found);
        }
    }
}

fn check_time(time: Time, eras: &Eras) {
    let FiscalYear(year) = time.fiscal_year();
    assert!((1867..=2199).contains(&year));
    let shown = match time {
        Time::Year(year) => format!("{year}年"),
        Time::BareYear(year) => format!("{year}年度"),
        Time::FiscalYear(_) | Time::Month { .. } | Time::Date(_) => time.to_string(),
    };
    let time = match time {
        Time::BareYear(year) => Time::FiscalYear(FiscalYear(year)),
        time => time,
    };
    assert_eq!(parse_time(&shown, eras), Some(time), "{shown}");
    // Three digits are no year of an era.
    if let Time::FiscalYear(year) = time
        && year.0 < eras.latest().year(100)
    {
        assert_eq!(parse_time(&wareki(year, eras), eras), Some(time));
    }
}

/// Whether the text has the pieces of Excel's name for a carriage return, `_x000D_`, left or made by
/// another rule: then it depends on the order of the rules what becomes of them.
fn has_half_an_escape(text: &str) -> bool {
    fold(text).contains("x000d")
}

/// The digits of a text, half-width.
fn digits(text: &str) -> String {
    fold(text).chars().filter(char::is_ascii_digit).collect()
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars
}

/// Whether the characters stand in the text in this order, perhaps with others between them.
fn is_within(said: &str, text: &str) -> bool {
    let mut rest = text.chars();
    said.chars().all(|c| rest.any(|other| other == c))
}
