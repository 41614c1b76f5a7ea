//! The whole list as JSON, from the text of each source cell to its meaning; findings in the same terms.
//!
//! The views are the format. Decimals are strings, so that no reader rounds them. What is absent is `null`, so that
//! every object of a kind has the same keys.

mod inspection;
mod reading;
mod score;
mod view;

pub use self::inspection::InspectionView;
pub use self::reading::ReadingView;
pub use self::score::ScoreView;
pub use self::view::OriginView;
use self::view::{
    ChangeView, ChoiceView, ChosenView, CorrectionView, CountView, DocumentView, EntryView, FieldView, Keyed,
    ListView, NoteView, PartView, QuantityView, ReferenceView, RowView, SheetView, StartView, TallyView,
    TextView, TimeView, UnitFromView, ValueView, WantsView,
};
use crate::compare;
use crate::model::{
    Bound, Change, Chosen, Comment, Correction, Dataset, Direction, Entry, Field, Origin, Over, Part, Period,
    Quantity, Record, Reference, Role, RowKind, SheetAccount, StatedBy, StatedUnit, Status, Text, Time,
    TimeText, Value,
};
use crate::template::{Choice, FieldSpec, Need, Template};
use serde::Serialize;

/// What `schemas/edition-2.schema.json` describes.
const SCHEMA: &str = "urn:kaitei:schema:edition:2";

/// The JSON format: indented, UTF-8, with a line break at its end.
pub fn render(template: &Template, list: &Dataset) -> Vec<u8> {
    let document = &template.document;
    to_bytes(&ListView {
        schema: SCHEMA,
        document: DocumentView {
            id: &template.id,
            title: &document.title,
            author: &document.author,
            subject: &document.subject,
            keywords: &document.keywords,
            language: &document.language,
            date: document.date.map(|date| date.to_string()),
        },
        fields: entries(template).map(|field| FieldView::of(template, field)).collect(),
        tally: TallyView::of(template, list),
        rows: list.rows.iter().map(|row| RowView::of(template, row, &list.corrections)).collect(),
        sheets: list.accounts.iter().map(|account| SheetView::of(account, &list.corrections)).collect(),
    })
}

/// The fields that the list has.
fn entries(template: &Template) -> impl Iterator<Item = Field> {
    template.published().filter(|field| matches!(field, Field::Entry(_)))
}

/// Pretty JSON with a line feed at its end.
pub fn to_bytes(view: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(view).expect("all keys of the views are strings");
    bytes.push(b'\n');
    bytes
}

impl<'a> FieldView<'a> {
    fn of(template: &'a Template, field: Field) -> Self {
        let spec = template.field(field);
        let is_disposition = spec.role == Some(Role::Disposition);
        Self {
            key: &spec.key,
            label: template.label(field),
            kind: spec.holds.id(),
            role: spec.role.map(Role::id),
            choices: spec.choices.iter().map(|choice| ChoiceView::of(choice, is_disposition)).collect(),
        }
    }
}

impl<'a> ChoiceView<'a> {
    fn of(choice: &'a Choice, is_disposition: bool) -> Self {
        let wants = is_disposition.then(|| WantsView::of(choice));
        Self { code: &choice.code, label: &choice.label, print: &choice.print, wants }
    }
}

impl WantsView {
    fn of(disposition: &Choice) -> Self {
        let need = |need| match need {
            Need::Required => "required",
            Need::Optional => "optional",
            Need::Forbidden => "forbidden",
        };
        Self {
            new_target: need(disposition.new_target),
            reason: need(disposition.reason),
            leaves_list: disposition.leaves_list,
        }
    }
}

impl<'a> SheetView<'a> {
    fn of(account: &'a SheetAccount, corrections: &'a [Correction]) -> Self {
        let counted = RowKind::ALL.iter().map(|&kind| (kind.id(), account.count(kind)));
        Self {
            file: &account.place.file,
            sheet: account.place.sheet.as_deref(),
            rows_seen: account.rows.len(),
            rows: counted.filter(|(_, count)| *count > 0).collect(),
            notes: account.notes.iter().map(NoteView::of).collect(),
            corrections: corrections_of(account, corrections),
        }
    }
}

/// The corrections on a sheet.
fn corrections_of<'a>(account: &SheetAccount, corrections: &'a [Correction]) -> Vec<CorrectionView<'a>> {
    let here = corrections.iter().filter(|correction| correction.origin.place == account.place);
    here.map(|correction| CorrectionView {
        cell: correction.origin.cell.map(|cell| cell.to_string()),
        ..CorrectionView::of(correction)
    })
    .collect()
}

impl<'a> CorrectionView<'a> {
    /// The view of a correction of a cell that is named already.
    fn of(Correction { from, to, why, .. }: &'a Correction) -> Self {
        Self { cell: None, from, to, why }
    }

    /// What was corrected in a cell.
    fn at(origin: &Origin, corrections: &'a [Correction]) -> Option<Self> {
        Correction::at(origin, corrections).map(Self::of)
    }
}

impl<'a> TallyView<'a> {
    fn of(template: &'a Template, list: &Dataset) -> Option<Self> {
        let (field, choices) = template.counted()?;
        let count = |(choice, &count): (&'a Choice, &usize)| CountView {
            code: &choice.code,
            label: &choice.label,
            count,
        };
        Some(Self {
            field: &template.field(field).key,
            choices: choices.iter().zip(&list.tally).map(count).collect(),
            total: list.tally.iter().sum(),
        })
    }
}

impl<'a> RowView<'a> {
    fn of(template: &'a Template, row: &'a Record, corrections: &'a [Correction]) -> Self {
        let text_view = |text| TextView::of(text, corrections);
        let key = |spec: &'a FieldSpec| spec.key.as_str();
        let groups = template.groups.iter().map(key).zip(row.groups.iter().map(text_view));
        let entry = |field| {
            let entry = row.entry(field).map(|entry| EntryView::of(template, field, entry, corrections));
            (template.field(field).key.as_str(), entry)
        };
        Self {
            id: row.id.map(|id| id.to_string()),
            groups: Keyed(groups.collect()),
            fields: Keyed(entries(template).map(entry).collect()),
            change: compare::within(row, template)
                .map(|change| ChangeView { kind: change.kind.id(), year: change.year }),
            notes: row.notes.iter().map(NoteView::of).collect(),
            origin: OriginView::of(&row.origin),
        }
    }
}

impl<'a> NoteView<'a> {
    fn of(note: &'a Comment) -> Self {
        Self { cell: note.origin.cell.map(|cell| cell.to_string()), text: &note.text }
    }
}

impl<'a> TextView<'a> {
    fn of(Text { raw, text, origin }: &'a Text, corrections: &'a [Correction]) -> Self {
        let corrected = CorrectionView::at(origin, corrections);
        Self { raw, text, origin: OriginView::of(origin), corrected }
    }
}

impl<'a> ChosenView<'a> {
    fn of(choice: &'a Choice, chosen: &'a Chosen, corrections: &'a [Correction]) -> Self {
        Self {
            code: &choice.code,
            label: &choice.label,
            raw: &chosen.raw,
            origin: OriginView::of(&chosen.origin),
            corrected: CorrectionView::at(&chosen.origin, corrections),
        }
    }
}

impl<'a> EntryView<'a> {
    fn of(template: &'a Template, field: Field, entry: &'a Entry, corrections: &'a [Correction]) -> Self {
        match entry {
            Entry::Choice(chosen) => {
                Self::Choice(ChosenView::of(template.choice(field, chosen.id), chosen, corrections))
            }
            Entry::Text(text) => Self::Text(TextView::of(text, corrections)),
            Entry::Value(value) => Self::Value(Box::new(ValueView::of(value, corrections))),
        }
    }
}

impl<'a> ValueView<'a> {
    fn of(value: &'a Value, corrections: &'a [Correction]) -> Self {
        Self {
            raw: &value.raw,
            text: &value.text,
            time: value.time.as_ref().map(|time| TimeView::of(time, value.completion.time, corrections)),
            status: value.status.map(Status::id),
            parts: value.parts.iter().map(PartView::of).collect(),
            notes: &value.notes,
            qualifiers: &value.qualifiers,
            unit_from: value.completion.unit.as_ref().map(UnitFromView::of),
            reference: value.reference.as_ref().map(ReferenceView::of),
            stored: value.stored.map(|n| n.to_string()),
            origin: OriginView::of(&value.origin),
            corrected: CorrectionView::at(&value.origin, corrections),
        }
    }
}

impl<'a> UnitFromView<'a> {
    fn of(unit: &'a StatedUnit) -> Self {
        Self { by: unit.by.id(), text: &unit.words, origin: OriginView::of(&unit.origin) }
    }
}

impl<'a> TimeView<'a> {
    fn of(time: &'a TimeText, by: Option<StatedBy>, corrections: &'a [Correction]) -> Self {
        Self {
            from: by.map(StatedBy::id),
            origin: Some(OriginView::of(&time.origin)),
            corrected: CorrectionView::at(&time.origin, corrections),
            ..Self::stated(&time.text, time.time)
        }
    }

    fn stated(text: &'a str, time: Option<Period>) -> Self {
        let (role, until) = match time {
            Some(Period::By(_)) => (Some("by"), None),
            Some(Period::From(_)) => (Some("from"), None),
            Some(Period::Span(_, until)) => (Some("span"), Some(until)),
            Some(Period::At(_)) | None => (None, None),
        };
        let first = time.map(|time| match time {
            Period::Span(from, _) => from,
            other => other.time(),
        });
        Self {
            text,
            kind: first.map(|time| time.kind().id()),
            iso: first.map(iso),
            role,
            until: until.map(iso),
            fiscal_year: time.map(|time| time.fiscal_year().0),
            from: None,
            origin: None,
            corrected: None,
        }
    }
}

/// ISO 8601; a fiscal year has no notation of its own there, so it is the interval from 1 April to 31 March. A bare
/// year is its number alone, and its kind says so.
fn iso(time: Time) -> String {
    match time {
        Time::BareYear(year) => format!("{year:04}"),
        Time::FiscalYear(_) => {
            let (first, last) = time.days();
            format!("{first}/{last}")
        }
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
            of: part.of.map(|n| n.to_string()),
            change: part.change.map(Change::id),
            reference: part.reference.as_ref().map(ReferenceView::of),
            relative: part.relative,
            rank: part.rank,
            from: part.from.as_ref().map(|from| StartView {
                value: from.quantity.to_string(),
                unit: from.unit.as_deref(),
                time: from.time.as_ref().map(|(text, time)| TimeView::stated(text, Some(*time))),
            }),
            over: part.over.as_ref().map(Over::to_string),
            direction: part.direction.map(Direction::id),
            time: part.time.as_ref().map(|(text, time)| TimeView::stated(text, Some(*time))),
            qualifiers: &part.qualifiers,
        }
    }
}

impl<'a> ReferenceView<'a> {
    fn of(reference: &'a Reference) -> Self {
        match reference {
            Reference::Time(text, time) => Self { text, time: Some(time.to_string()) },
            Reference::Words(text) => Self { text, time: None },
        }
    }
}

impl<'a> QuantityView<'a> {
    fn of(quantity: &'a Quantity) -> Self {
        let (min, max) = match quantity {
            Quantity::Range(ends) => (Some(ends.lower.to_string()), Some(ends.upper.to_string())),
            _ => (None, None),
        };
        let open = matches!(quantity, Quantity::Range(ends) if ends.lower_open || ends.upper_open);
        let bound = matches!(quantity, Quantity::Range(_)).then(|| quantity.bound().map(Bound::id)).flatten();
        let value = quantity.figure().map(|n| n.to_string());
        Self { kind: quantity.kind().id(), value, min, max, open, bound, text: quantity.words() }
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
