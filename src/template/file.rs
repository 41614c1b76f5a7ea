//! The TOML of a template: its keys.

use super::compare::{CompareForm, CompareSpec};
use super::forms::FormShape;
use super::kind::Kind;
use super::open_data::OpenDataTable;
use super::page_table::Page;
use super::sheets::Letters;
use super::spec::{LineBreaks, OutputFormat};
use super::views::ViewKind;
use super::workbook::WorkbookSpec;
use crate::model::{Limits, Role, Status};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A template file. Every key may be absent: the defaults or [`super::resolve`] decide.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Read by [`super::layers`].
    #[serde(rename = "kaitei")]
    _version: IgnoredAny,
    /// Read by [`super::layers`].
    #[serde(default, rename = "extends")]
    _extends: Option<String>,
    #[serde(default)]
    pub(super) document: Document,
    /// Read by [`super::eras`].
    #[serde(default, rename = "era")]
    _era: IgnoredAny,
    #[serde(default)]
    pub(super) notation: NotationTable,
    #[serde(default)]
    pub(super) input: Input,
    #[serde(default)]
    pub(super) sheets: Vec<SheetTable>,
    #[serde(default)]
    pub(super) forms: Vec<FormTable>,
    #[serde(default)]
    pub(super) groups: Vec<Group>,
    #[serde(default)]
    pub(super) fields: Vec<FieldTable>,
    #[serde(default)]
    pub(super) columns: Vec<ColumnTable>,
    /// Read by [`super::views`], each with a file of its own.
    #[serde(default, rename = "views")]
    _views: Vec<ViewTable>,
    #[serde(default)]
    pub(super) order: OrderTable,
    pub(super) sections: Option<SectionTable>,
    #[serde(default)]
    pub(super) totals: Vec<TotalTable>,
    pub(super) tally: Option<Tally>,
    #[serde(default)]
    pub(super) page: Page,
    #[serde(default)]
    pub(super) fonts: FontTable,
    #[serde(default)]
    pub(super) workbook: WorkbookSpec,
    #[serde(default)]
    pub(super) output: Output,
    #[serde(default)]
    pub(super) open_data: OpenDataTable,
    #[serde(default)]
    pub(super) compare: CompareSpec,
    #[serde(default)]
    pub(super) checks: BTreeMap<String, CheckLevel>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) keywords: Option<Vec<String>>,
    pub(super) language: Option<String>,
    pub(super) date: Option<toml::value::Datetime>,
    pub(super) section: Option<String>,
    pub(super) record: Option<String>,
    pub(super) reply_to: Option<String>,
    pub(super) reply_by: Option<String>,
    pub(super) revision: Option<String>,
    #[serde(default)]
    pub(super) subtitle: Vec<String>,
    #[serde(default)]
    pub(super) byline: Vec<String>,
    #[serde(default)]
    pub(super) notes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NotationTable {
    pub(super) digits: Option<HalfOrKeep>,
    pub(super) symbols: Option<FullOrKeep>,
    pub(super) headings: Option<FullOrKeep>,
    pub(super) brackets: Option<Brackets>,
    #[serde(default)]
    pub(super) line_breaks: LineBreaks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Brackets {
    Plain,
    Negative,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum HalfOrKeep {
    Half,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FullOrKeep {
    Full,
    Keep,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    pub(super) hidden: Option<Hidden>,
    pub(super) unseen: Option<Hidden>,
    #[serde(default)]
    pub(super) expect: Vec<ExpectedName>,
    #[serde(default)]
    pub(super) ignore_columns: Vec<String>,
    #[serde(default)]
    pub(super) limits: Limits,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a file, or { file, rows }")]
pub(super) enum ExpectedName {
    File(String),
    Rows(ExpectedTable),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectedTable {
    pub(super) file: String,
    pub(super) rows: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Hidden {
    LeaveOut,
    TakeIn,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SheetTable {
    pub(super) file: Option<String>,
    pub(super) sheet: Option<String>,
    #[serde(default)]
    pub(super) skip: bool,
    pub(super) header_rows: Option<Vec<u32>>,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, Letters>,
    #[serde(default)]
    pub(super) time_columns: BTreeMap<String, Letters>,
    #[serde(default)]
    pub(super) unit_columns: BTreeMap<String, Letters>,
    #[serde(default)]
    pub(super) mark_columns: BTreeMap<String, Letters>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormTable {
    pub(super) shape: FormShape,
    pub(super) labels: Vec<LabelTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelTable {
    pub(super) label: String,
    pub(super) field: Option<String>,
    pub(super) time: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) mark: Option<String>,
    pub(super) option: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) key: String,
    pub(super) required: Option<bool>,
    #[serde(default)]
    pub(super) remove: bool,
    #[serde(default)]
    pub(super) words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldTable {
    pub(super) key: String,
    #[serde(default)]
    pub(super) remove: bool,
    pub(super) kind: Option<Kind>,
    pub(super) role: Option<Role>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) time_words: Vec<String>,
    pub(super) required: Option<bool>,
    pub(super) horizon: Option<i32>,
    pub(super) year: Option<i32>,
    pub(super) unit: Option<String>,
    pub(super) period: Option<String>,
    pub(super) compute: Option<ComputeTable>,
    pub(super) round: Option<u32>,
    pub(super) direction: Option<DirectionName>,
    pub(super) elapsed: Option<ElapsedTable>,
    #[serde(default)]
    pub(super) allow: Vec<String>,
    pub(super) publish: Option<bool>,
    #[serde(default)]
    pub(super) choices: Vec<ChoiceTable>,
    #[serde(default)]
    pub(super) times: Vec<TimeTable>,
    pub(super) status: Option<Status>,
}

/// A point of a series.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a time, or { time, status, words }")]
pub(super) enum TimeTable {
    Time(String),
    Point(PointTable),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PointTable {
    pub(super) time: String,
    pub(super) key: Option<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    pub(super) status: Option<Status>,
}

/// What is computed, from the fields with these keys.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ComputeTable {
    Ratio([String; 2]),
    Progress([String; 3]),
    Difference([String; 2]),
    Share(String),
    Sum(Vec<String>),
    Change([String; 2]),
    Points(PointsTable),
}

/// Points for a figure: those of the first step that it reaches.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PointsTable {
    pub(super) of: String,
    /// Least figure and points, the highest first.
    pub(super) steps: Vec<[i64; 2]>,
    /// Points below all steps.
    pub(super) below: i64,
}

/// A period of years, of which some are over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElapsedTable {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) now: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum DirectionName {
    Up,
    Down,
    Keep,
    Auto,
}

/// The conditions of a grade, all of which must hold.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a condition, or a list of conditions")]
pub(super) enum When {
    One(String),
    All(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceTable {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) print: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) new_target: NeedName,
    #[serde(default)]
    pub(super) reason: NeedName,
    #[serde(default)]
    pub(super) leaves_list: bool,
    #[serde(default)]
    pub(super) lowers: bool,
    pub(super) when: Option<When>,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NeedName {
    Required,
    #[default]
    Optional,
    Forbidden,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnTable {
    pub(super) title: String,
    pub(super) under: Option<String>,
    pub(super) fields: Vec<String>,
    pub(super) separator: Option<String>,
    #[serde(default)]
    pub(super) time: TimeName,
    pub(super) width: f64,
    #[serde(default)]
    pub(super) align: AlignName,
    #[serde(default)]
    pub(super) empty: String,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TimeName {
    Below,
    #[default]
    Beside,
    Before,
    Hidden,
    Only,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AlignName {
    #[default]
    Left,
    Center,
    Right,
    Decimal,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderTable {
    pub(super) by: Option<By>,
}

/// `number`, `source` or the key of a field; or keys of fields.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a word, or a list of keys")]
pub(super) enum By {
    One(String),
    Keys(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionTable {
    pub(super) by: String,
    pub(super) title: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TotalTable {
    pub(super) of: Option<String>,
    pub(super) label: String,
    #[serde(default)]
    pub(super) sum: Vec<String>,
    #[serde(default)]
    pub(super) mean: Vec<String>,
    #[serde(default)]
    pub(super) computed: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tally {
    pub(super) total: String,
    pub(super) field: Option<String>,
    pub(super) by: Option<String>,
    #[serde(default)]
    pub(super) legend: bool,
}

/// A document beside the list. Its keys that begin with `_` are laid over the template's, and read there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewTable {
    pub(super) key: String,
    #[serde(default)]
    pub(super) remove: bool,
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) kind: ViewKind,
    pub(super) form: Option<CompareForm>,
    #[serde(default)]
    pub(super) r#where: BTreeMap<String, String>,
    pub(super) each: Option<String>,
    pub(super) formats: Option<Vec<OutputFormat>>,
    #[serde(default)]
    pub(super) columns: Vec<ColumnTable>,
    #[serde(default, rename = "document")]
    _document: Document,
    #[serde(default, rename = "order")]
    _order: OrderTable,
    #[serde(rename = "sections")]
    _sections: Option<SectionTable>,
    #[serde(default)]
    pub(super) totals: Vec<TotalTable>,
    #[serde(rename = "tally")]
    _tally: Option<Tally>,
    #[serde(default, rename = "page")]
    _page: Page,
    #[serde(default, rename = "workbook")]
    _workbook: WorkbookSpec,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FontTable {
    pub(super) regular: Option<String>,
    #[serde(default)]
    pub(super) fallback: Vec<String>,
    pub(super) bold: Option<String>,
    pub(super) bold_for: Option<Vec<BoldName>>,
    #[serde(default)]
    pub(super) substitute: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BoldName {
    Title,
    Header,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Output {
    pub(super) formats: Option<Vec<OutputFormat>>,
    #[serde(default)]
    pub(super) attach: Vec<OutputFormat>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CheckLevel {
    Error,
    Warning,
    Off,
}
