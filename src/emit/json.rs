//! The whole list as JSON, from the text of each source cell to its meaning; diagnostics in the same terms.
//!
//! The views below are the format: names and order of the keys are those of their fields. Decimals are strings, so
//! that no reader rounds them. What is absent is `null`, so that every object of a kind has the same keys.

use crate::diagnostic::{Diagnostic, Lang, Severity};
use crate::model::{
    Chosen, Entry, Field, FiscalYear, KpiList, KpiRow, Origin, Part, Quantity, Text, Time, TimeText, Value,
};
use crate::template::{Disposition, Need, Template};
use serde::ser::{Serialize, Serializer};

/// The JSON edition: indented, UTF-8, with a line break at its end.
pub fn render(template: &Template, list: &KpiList) -> Vec<u8> {
    let document = &template.document;
    to_bytes(&Edition {
        document: DocumentView {
            id: &template.id,
            title: &document.title,
            author: &document.author,
            subject: &document.subject,
            keywords: &document.keywords,
            language: &document.language,
            date: document.date.map(|date| date.to_string()),
        },
        dispositions: template.dispositions.iter().map(DispositionView::of).collect(),
        tally: TallyView::of(template, list),
        rows: list.rows.iter().map(|row| RowView::of(template, row)).collect(),
    })
}

/// Pretty JSON with a line feed at its end.
pub fn to_bytes(view: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(view).expect("all keys of the views are strings");
    bytes.push(b'\n');
    bytes
}

#[derive(serde::Serialize)]
struct Edition<'a> {
    document: DocumentView<'a>,
    dispositions: Vec<DispositionView<'a>>,
    tally: TallyView<'a>,
    rows: Vec<RowView<'a>>,
}

#[derive(serde::Serialize)]
struct DocumentView<'a> {
    id: &'a str,
    title: &'a str,
    author: &'a str,
    subject: &'a str,
    keywords: &'a [String],
    language: &'a str,
    date: Option<String>,
}

/// A word of the vocabulary.
#[derive(serde::Serialize)]
struct DispositionView<'a> {
    code: &'a str,
    label: &'a str,
    print: &'a str,
    new_target: &'static str,
    reason: &'static str,
    leaves_list: bool,
}

#[derive(serde::Serialize)]
struct TallyView<'a> {
    dispositions: Vec<CountView<'a>>,
    total: usize,
}

#[derive(serde::Serialize)]
struct CountView<'a> {
    code: &'a str,
    label: &'a str,
    count: usize,
}

#[derive(serde::Serialize)]
struct RowView<'a> {
    groups: Keyed<'a, TextView<'a>>,
    indicator: TextView<'a>,
    project_no: Option<TextView<'a>>,
    baseline: Option<ValueView<'a>>,
    target: Option<ValueView<'a>>,
    disposition: Option<ChosenView<'a>>,
    new_target: Option<ValueView<'a>>,
    reason: Option<TextView<'a>>,
    extras: Keyed<'a, Option<EntryView<'a>>>,
    origin: OriginView<'a>,
}

#[derive(serde::Serialize)]
struct TextView<'a> {
    raw: &'a str,
    text: &'a str,
    origin: OriginView<'a>,
}

#[derive(serde::Serialize)]
struct ChosenView<'a> {
    code: &'a str,
    label: &'a str,
    raw: &'a str,
    origin: OriginView<'a>,
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum EntryView<'a> {
    Text(TextView<'a>),
    Value(ValueView<'a>),
}

#[derive(serde::Serialize)]
struct ValueView<'a> {
    raw: &'a str,
    text: &'a str,
    time: Option<TimeView<'a>>,
    parts: Vec<PartView<'a>>,
    notes: &'a [String],
    qualifiers: &'a [String],
    origin: OriginView<'a>,
}

/// `kind` is `fiscal_year`, `year`, `month` or `date`; `iso` is ISO 8601, a fiscal year being the interval of its
/// first and last day.
#[derive(serde::Serialize)]
struct TimeView<'a> {
    text: &'a str,
    kind: Option<&'static str>,
    iso: Option<String>,
    fiscal_year: Option<i32>,
    origin: OriginView<'a>,
}

#[derive(serde::Serialize)]
struct PartView<'a> {
    label: Option<&'a str>,
    quantity: QuantityView<'a>,
    unit: Option<&'a str>,
    per: Option<&'a str>,
}

#[derive(serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum QuantityView<'a> {
    Exact { value: String },
    Range { min: String, max: String },
    AtLeast { value: String },
    AtMost { value: String },
    MoreThan { value: String },
    LessThan { value: String },
    Stated { text: &'a str },
}

/// Where a datum or a diagnostic comes from; the cell in Excel's notation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OriginView<'a> {
    /// Path below the document's input folder; absent where there is no file.
    pub file: Option<&'a str>,
    /// The sheet; absent for CSV files and whole files.
    pub sheet: Option<&'a str>,
    /// The cell; absent where the origin is not one cell.
    pub cell: Option<String>,
}

#[derive(serde::Serialize)]
/// A diagnostic as data.
pub struct DiagnosticView<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    hint: &'a str,
    origin: OriginView<'a>,
}

/// An object whose keys the template names, in the template's order.
struct Keyed<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Keyed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'a> DispositionView<'a> {
    fn of(disposition: &'a Disposition) -> Self {
        let need = |need| match need {
            Need::Required => "required",
            Need::Optional => "optional",
            Need::Forbidden => "forbidden",
        };
        Self {
            code: &disposition.code,
            label: &disposition.label,
            print: &disposition.print,
            new_target: need(disposition.new_target),
            reason: need(disposition.reason),
            leaves_list: disposition.leaves_list,
        }
    }
}

impl<'a> TallyView<'a> {
    fn of(template: &'a Template, list: &KpiList) -> Self {
        let count = |(disposition, &count): (&'a Disposition, &usize)| CountView {
            code: &disposition.code,
            label: &disposition.label,
            count,
        };
        Self {
            dispositions: template.dispositions.iter().zip(&list.tally).map(count).collect(),
            total: list.tally.iter().sum(),
        }
    }
}

impl<'a> RowView<'a> {
    fn of(template: &'a Template, row: &'a KpiRow) -> Self {
        let text = |field| row.text(field).map(TextView::of);
        let value = |field| row.value(field).map(ValueView::of);
        let key = |spec: &'a crate::template::FieldSpec| spec.key.as_str();
        let groups = template.groups.iter().map(key).zip(row.groups.iter().map(TextView::of));
        let extras =
            template.extras.iter().map(key).zip(row.extras.iter().map(|e| e.as_ref().map(EntryView::of)));
        Self {
            groups: Keyed(groups.collect()),
            indicator: TextView::of(&row.indicator),
            project_no: text(Field::ProjectNo),
            baseline: value(Field::Baseline),
            target: value(Field::Target),
            disposition: row.disposition.as_ref().map(|chosen| ChosenView::of(template, chosen)),
            new_target: value(Field::NewTarget),
            reason: text(Field::Reason),
            extras: Keyed(extras.collect()),
            origin: OriginView::of(&row.origin),
        }
    }
}

impl<'a> TextView<'a> {
    fn of(text: &'a Text) -> Self {
        Self { raw: &text.raw, text: &text.text, origin: OriginView::of(&text.origin) }
    }
}

impl<'a> ChosenView<'a> {
    fn of(template: &'a Template, chosen: &'a Chosen) -> Self {
        let disposition = template.disposition(chosen.id);
        Self {
            code: &disposition.code,
            label: &disposition.label,
            raw: &chosen.raw,
            origin: OriginView::of(&chosen.origin),
        }
    }
}

impl<'a> EntryView<'a> {
    fn of(entry: &'a Entry) -> Self {
        match entry {
            Entry::Text(text) => Self::Text(TextView::of(text)),
            Entry::Value(value) => Self::Value(ValueView::of(value)),
        }
    }
}

impl<'a> ValueView<'a> {
    fn of(value: &'a Value) -> Self {
        Self {
            raw: &value.raw,
            text: &value.text,
            time: value.time.as_ref().map(TimeView::of),
            parts: value.parts.iter().map(PartView::of).collect(),
            notes: &value.notes,
            qualifiers: &value.qualifiers,
            origin: OriginView::of(&value.origin),
        }
    }
}

impl<'a> TimeView<'a> {
    fn of(time: &'a TimeText) -> Self {
        Self {
            text: &time.text,
            kind: time.time.map(|time| match time {
                Time::FiscalYear(_) => "fiscal_year",
                Time::Year(_) => "year",
                Time::Month { .. } => "month",
                Time::Date(_) => "date",
            }),
            iso: time.time.map(iso),
            fiscal_year: time.time.map(|time| time.fiscal_year().0),
            origin: OriginView::of(&time.origin),
        }
    }
}

/// ISO 8601; a fiscal year has no notation of its own there, so it is the interval from 1 April to 31 March.
fn iso(time: Time) -> String {
    match time {
        Time::FiscalYear(FiscalYear(year)) => format!("{year:04}-04-01/{:04}-03-31", year + 1),
        Time::Year(_) | Time::Month { .. } | Time::Date(_) => time.to_string(),
    }
}

impl<'a> PartView<'a> {
    fn of(part: &'a Part) -> Self {
        Self {
            label: part.label.as_deref(),
            quantity: QuantityView::of(&part.quantity),
            unit: part.unit.as_deref(),
            per: part.per.as_deref(),
        }
    }
}

impl<'a> QuantityView<'a> {
    fn of(quantity: &'a Quantity) -> Self {
        match quantity {
            Quantity::Exact(n) => Self::Exact { value: n.to_string() },
            Quantity::Range(min, max) => Self::Range { min: min.to_string(), max: max.to_string() },
            Quantity::AtLeast(n) => Self::AtLeast { value: n.to_string() },
            Quantity::AtMost(n) => Self::AtMost { value: n.to_string() },
            Quantity::MoreThan(n) => Self::MoreThan { value: n.to_string() },
            Quantity::LessThan(n) => Self::LessThan { value: n.to_string() },
            Quantity::Stated(text) => Self::Stated { text },
        }
    }
}

impl<'a> OriginView<'a> {
    /// The view of an origin.
    pub fn of(origin: &'a Origin) -> Self {
        let file = origin.place.file.as_str();
        Self {
            file: (!file.is_empty()).then_some(file),
            sheet: origin.place.sheet.as_deref(),
            cell: origin.cell.map(|cell| cell.to_string()),
        }
    }
}

impl<'a> DiagnosticView<'a> {
    /// The view of a diagnostic, its sentences in one language.
    pub fn of(diagnostic: &'a Diagnostic, lang: Lang) -> Self {
        Self {
            code: diagnostic.code.id(),
            severity: diagnostic.severity,
            message: diagnostic.message.text(lang),
            hint: diagnostic.hint.text(lang),
            origin: OriginView::of(&diagnostic.origin),
        }
    }
}
