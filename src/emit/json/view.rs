//! The JSON format: names and order of the keys are those of the fields.

use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;

#[derive(serde::Serialize)]
pub(super) struct ListView<'a> {
    /// The format, with its version.
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) document: DocumentView<'a>,
    pub(super) fields: Vec<FieldView<'a>>,
    /// Absent if nothing is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tally: Option<TallyView<'a>>,
    pub(super) rows: Vec<RowView<'a>>,
    pub(super) sheets: Vec<SheetView<'a>>,
}

/// The account of a sheet: how many of its rows are of which kind.
#[derive(serde::Serialize)]
pub(super) struct SheetView<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: Option<&'a str>,
    pub(super) rows_seen: usize,
    pub(super) rows: BTreeMap<&'static str, usize>,
    pub(super) notes: Vec<NoteView<'a>>,
    /// The cells that are not read as they were sent; absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) corrections: Vec<CorrectionView<'a>>,
}

#[derive(serde::Serialize)]
pub(super) struct DocumentView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) author: &'a str,
    pub(super) subject: &'a str,
    pub(super) keywords: &'a [String],
    pub(super) language: &'a str,
    pub(super) date: Option<String>,
}

/// A field of the records.
#[derive(serde::Serialize)]
pub(super) struct FieldView<'a> {
    pub(super) key: &'a str,
    pub(super) label: String,
    pub(super) kind: &'static str,
    pub(super) role: Option<&'static str>,
    /// The vocabulary of a field of choices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) choices: Vec<ChoiceView<'a>>,
}

/// A word of a vocabulary.
#[derive(serde::Serialize)]
pub(super) struct ChoiceView<'a> {
    pub(super) code: &'a str,
    pub(super) label: &'a str,
    pub(super) print: &'a str,
    /// What a disposition wants of its row.
    #[serde(flatten)]
    pub(super) wants: Option<WantsView>,
}

/// What a disposition wants of its row.
#[derive(serde::Serialize)]
pub(super) struct WantsView {
    pub(super) new_target: &'static str,
    pub(super) reason: &'static str,
    pub(super) leaves_list: bool,
}

#[derive(serde::Serialize)]
pub(super) struct TallyView<'a> {
    /// The key of the field that is counted.
    pub(super) field: &'a str,
    pub(super) choices: Vec<CountView<'a>>,
    pub(super) total: usize,
}

#[derive(serde::Serialize)]
pub(super) struct CountView<'a> {
    pub(super) code: &'a str,
    pub(super) label: &'a str,
    pub(super) count: usize,
}

#[derive(serde::Serialize)]
pub(super) struct RowView<'a> {
    /// The same in every edition.
    pub(super) id: Option<String>,
    pub(super) groups: Keyed<'a, TextView<'a>>,
    pub(super) fields: Keyed<'a, Option<EntryView<'a>>>,
    pub(super) change: Option<ChangeView>,
    pub(super) notes: Vec<NoteView<'a>>,
    pub(super) origin: OriginView<'a>,
}

/// What the revision changes.
#[derive(serde::Serialize)]
pub(super) struct ChangeView {
    pub(super) kind: &'static str,
    /// Whether the new target is for another year than the target.
    pub(super) year: bool,
}

/// A comment on a cell of the sheet that the object around it names.
#[derive(serde::Serialize)]
pub(super) struct NoteView<'a> {
    pub(super) cell: Option<String>,
    pub(super) text: &'a str,
}

/// What stands in a cell's place; the cell is named where the object around it does not say which one.
#[derive(serde::Serialize)]
pub(super) struct CorrectionView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cell: Option<String>,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) why: &'a str,
}

#[derive(serde::Serialize)]
pub(super) struct TextView<'a> {
    pub(super) raw: &'a str,
    pub(super) text: &'a str,
    pub(super) origin: OriginView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) corrected: Option<CorrectionView<'a>>,
}

#[derive(serde::Serialize)]
pub(super) struct ChosenView<'a> {
    pub(super) code: &'a str,
    pub(super) label: &'a str,
    pub(super) raw: &'a str,
    pub(super) origin: OriginView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) corrected: Option<CorrectionView<'a>>,
}

#[derive(serde::Serialize)]
#[serde(untagged)]
pub(super) enum EntryView<'a> {
    Text(TextView<'a>),
    Value(Box<ValueView<'a>>),
    Choice(ChosenView<'a>),
}

#[derive(serde::Serialize)]
pub(super) struct ValueView<'a> {
    pub(super) raw: &'a str,
    pub(super) text: &'a str,
    pub(super) time: Option<TimeView<'a>>,
    /// What the value is among those of its field.
    pub(super) status: Option<&'static str>,
    pub(super) parts: Vec<PartView<'a>>,
    pub(super) notes: &'a [String],
    pub(super) qualifiers: &'a [String],
    /// The unit that the cell leaves to its column.
    pub(super) unit_from: Option<UnitFromView<'a>>,
    pub(super) reference: Option<ReferenceView<'a>>,
    /// The number that a numeric cell stores, unrounded.
    pub(super) stored: Option<String>,
    pub(super) origin: OriginView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) corrected: Option<CorrectionView<'a>>,
}

/// Who stated a unit outside the value's cell: `column`, `heading` or `template`; the unit as it is written there
/// (`千円`, while the parts have figures in `円`).
#[derive(serde::Serialize)]
pub(super) struct UnitFromView<'a> {
    pub(super) by: &'static str,
    pub(super) text: &'a str,
    pub(super) origin: OriginView<'a>,
}

/// `kind` is `fiscal_year`, `year`, `bare_year`, `month` or `date`; `iso` is ISO 8601, a fiscal year being the interval of its
/// first and last day. `role` is `by`, `from` or `span`; a span has `until` as well.
#[derive(serde::Serialize)]
pub(super) struct TimeView<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Option<&'static str>,
    pub(super) iso: Option<String>,
    pub(super) role: Option<&'static str>,
    pub(super) until: Option<String>,
    pub(super) fiscal_year: Option<i32>,
    /// `heading` or `template`, where neither the value's cell nor a column of times states it.
    pub(super) from: Option<&'static str>,
    pub(super) origin: Option<OriginView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) corrected: Option<CorrectionView<'a>>,
}

#[derive(serde::Serialize)]
pub(super) struct PartView<'a> {
    pub(super) label: Option<&'a str>,
    pub(super) quantity: QuantityView<'a>,
    pub(super) unit: Option<&'a str>,
    pub(super) per: Option<&'a str>,
    /// The whole of a ratio.
    pub(super) of: Option<String>,
    /// `increase` or `decrease`: the figure is a change, not a level.
    pub(super) change: Option<&'static str>,
    pub(super) reference: Option<ReferenceView<'a>>,
    pub(super) relative: bool,
    pub(super) rank: bool,
    pub(super) from: Option<StartView<'a>>,
    /// What a sum runs over.
    pub(super) over: Option<String>,
    pub(super) direction: Option<&'static str>,
    /// The part's own time, where parts differ.
    pub(super) time: Option<TimeView<'a>>,
    /// The part's own qualifiers, where there are several parts.
    pub(super) qualifiers: &'a [String],
}

/// What a figure is compared with.
#[derive(serde::Serialize)]
pub(super) struct ReferenceView<'a> {
    pub(super) text: &'a str,
    pub(super) time: Option<String>,
}

/// Where a step begins.
#[derive(serde::Serialize)]
pub(super) struct StartView<'a> {
    pub(super) value: String,
    pub(super) unit: Option<&'a str>,
    pub(super) time: Option<TimeView<'a>>,
}

/// A range has `min` and `max`, what is stated in words `text`, every other kind `value`.
#[derive(serde::Serialize)]
pub(super) struct QuantityView<'a> {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max: Option<String>,
    /// An end of the range is left out (超, 未満).
    #[serde(skip_serializing_if = "is_false")]
    pub(super) open: bool,
    /// The bound behind a whole range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bound: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_false(is: &bool) -> bool {
    !is
}

/// Where a datum or a finding comes from; the cell in Excel's notation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OriginView<'a> {
    /// Path below the document's input folder; absent where there is no file.
    pub file: Option<&'a str>,
    /// The sheet; absent for CSV files and whole files.
    pub sheet: Option<&'a str>,
    /// The cell; absent where the origin is not one cell.
    pub cell: Option<String>,
}

/// An object whose keys the template names, in the template's order.
pub(super) struct Keyed<'a, T>(pub(super) Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Keyed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
