//! What a resolved template says: fields, vocabulary, columns, page. No TOML here.

use super::{FontSpec, HeaderWords, OpenData, SheetSpec, WorkbookSpec};
use crate::finding::{Code, Severity};
use crate::japanese::Notation;
use crate::model::{Align, ChoiceId, CivilDate, Eras, Field, FiscalYear, Length, Limits, Time};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One document's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The document's name: the template file's stem.
    pub id: String,
    /// Title and metadata.
    pub document: DocumentSpec,
    /// The eras, with that of bare two-digit years.
    pub eras: Eras,
    /// How text is unified.
    pub notation: Notation,
    /// What becomes of the line breaks in departments' texts.
    pub line_breaks: LineBreaks,
    /// The hierarchy's levels, outermost first.
    pub groups: Vec<FieldSpec>,
    /// The fields that every document knows, by field.
    pub fields: BTreeMap<Field, FieldSpec>,
    /// Fields of this document alone.
    pub extras: Vec<FieldSpec>,
    /// Hidden rows, columns and sheets are data.
    pub takes_in_hidden: bool,
    /// The files that are expected.
    pub expected: Vec<Expected>,
    /// Text that cannot be seen is data.
    pub takes_in_unseen: bool,
    /// Words of columns that are known and left out on purpose (連番, 備考, 担当者).
    pub ignored_columns: HeaderWords,
    /// How large the input may be.
    pub limits: Limits,
    /// Sheets of which the template says by hand what they hold; the first that fits counts.
    pub sheets: Vec<SheetSpec>,
    /// The vocabulary, in the order of the tally.
    pub dispositions: Vec<Disposition>,
    /// The printed columns, left to right.
    pub columns: Vec<Column>,
    /// The order of rows.
    pub order: Order,
    /// The tally at the list's end; absent if the document has none.
    pub tally: Option<TallySpec>,
    /// The sheet of paper.
    pub page: PageSpec,
    /// The fonts of the PDF.
    pub fonts: FontSpec,
    /// What the workbook holds beside the list.
    pub workbook: WorkbookSpec,
    /// The formats to build, in the order of [`OutputFormat::ALL`].
    pub formats: Vec<OutputFormat>,
    /// The machine-readable formats that the PDF carries as attached files, in the same order.
    pub attached: Vec<OutputFormat>,
    /// What the machine-readable format says of itself.
    pub open_data: OpenData,
    /// Severities that differ from the codes' own; `None` turns a check off.
    pub checks: BTreeMap<Code, Option<Severity>>,
}

/// Files that departments are to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Pattern of the path below the input folder; `*` stands for any text.
    pub file: String,
    /// How many indicators they have, if that is known.
    pub rows: Option<usize>,
}

/// What becomes of the line breaks in departments' texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineBreaks {
    /// Those that only wrap a line as full as its column are closed, the others stay.
    #[default]
    Auto,
    /// All stay.
    Keep,
    /// All are closed but those after sentences, before lists and around empty lines.
    Join,
}

/// A form in which a document is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputFormat {
    /// The official workbook.
    Xlsx,
    /// The official pages.
    Pdf,
    /// The web page.
    Html,
    /// The machine-readable tables.
    Data,
    /// Everything that is known of the list.
    Json,
}

impl OutputFormat {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Xlsx, Self::Pdf, Self::Html, Self::Data, Self::Json];
}

/// Title and metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSpec {
    /// Printed above the list and shown by PDF viewers.
    pub title: String,
    /// The publishing body.
    pub author: String,
    /// One sentence on the document.
    pub subject: String,
    /// Search words.
    pub keywords: Vec<String>,
    /// BCP 47 language tag.
    pub language: String,
    /// Date of publication, for the files' metadata and `{date}`.
    pub date: Option<CivilDate>,
    /// The section in charge, for `{section}`; it signs the letters to departments.
    pub section: String,
    /// To whom departments send their forms back; the section, if empty.
    pub reply_to: String,
    /// Until when, in words; empty if letters name no day.
    pub reply_by: String,
    /// The mark of the revision, for `{revision}`.
    pub revision: String,
    /// Lines below the title.
    pub subtitle: Vec<String>,
    /// Lines at the right edge between the title and the table.
    pub byline: Vec<String>,
    /// Paragraphs below the table.
    pub notes: Vec<String>,
}

/// Text that stands on every page, at the left edge, in the middle and at the right edge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Running {
    /// At the left edge.
    pub left: Vec<RunningPart>,
    /// In the middle.
    pub center: Vec<RunningPart>,
    /// At the right edge.
    pub right: Vec<RunningPart>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunningPart {
    /// The same on every page.
    Text(String),
    /// The page's number.
    Page,
    /// The number of pages.
    Pages,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// Quantities with a time.
    Value,
}

/// How a field is recognised in a form, and what is checked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// Physical name in CSV and JSON.
    pub key: String,
    /// Text or value.
    pub kind: FieldKind,
    /// Header words, any of which names the column.
    pub words: HeaderWords,
    /// Header words of a column that holds only the value's time.
    pub time_words: HeaderWords,
    /// A sheet without such a column is an error.
    pub required: bool,
    /// The last fiscal year that a value of this column may be for.
    pub horizon: Option<FiscalYear>,
    /// The fiscal year that a value of this column should be for.
    pub year: Option<FiscalYear>,
    /// The unit of the values for which their form states none.
    pub unit: Option<String>,
    /// The time of the values for which their form states none.
    pub period: Option<Period>,
    /// It holds the unit of its row's values.
    pub states_unit: bool,
}

/// A time in words, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// As the template writes it (`平成24年度`).
    pub words: String,
    /// What it means.
    pub time: Time,
}

/// Whether a disposition wants something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Must be there.
    Required,
    /// May be there.
    Optional,
    /// Must not be there.
    Forbidden,
}

/// One word of the vocabulary of dispositions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposition {
    /// Code in data (`1`).
    pub code: String,
    /// The word (`維持`).
    pub label: String,
    /// As printed (`1.維持`).
    pub print: String,
    /// Other words that departments use.
    pub aliases: Vec<String>,
    /// Does it want a new target?
    pub new_target: Need,
    /// Does it want a reason?
    pub reason: Need,
    /// The indicator is not carried on to the next list.
    pub leaves_list: bool,
    /// A lower target is what the word means: it is not pointed out.
    pub lowers: bool,
}

/// One printed column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading; `\n` breaks the line.
    pub title: String,
    /// Heading above this column and its neighbours with the same one.
    pub under: Option<String>,
    /// What the column shows, joined by `separator`.
    pub fields: Vec<Field>,
    /// Put between fields that are both present.
    pub separator: String,
    /// Where a value's time goes.
    pub time: TimePlace,
    /// Width as a share, in thousandths of a full-width character.
    pub width: i32,
    /// Horizontal alignment of the body.
    pub align: Align,
    /// Shown where the fields are empty.
    pub empty: String,
}

/// Where a value's time is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimePlace {
    /// `1か所` ⏎ `（31年度）`.
    Below,
    /// `1.80㎡（28年1月）` where both fit on a line, else below.
    Beside,
    /// `（R2年度）3園`.
    Before,
    /// Not printed.
    Hidden,
    /// The time alone, without brackets; the value is not printed.
    Only,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By the numbers at the heads of group labels, then by project number, then as read.
    Number,
    /// As read: files by name, then sheets, then rows; groups in order of appearance.
    Source,
}

/// The tally at the list's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallySpec {
    /// Label of the sum (`計`).
    pub total: String,
}

/// The sheet of paper. Lengths in thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSpec {
    /// Name of the paper (`A4`).
    pub paper: Paper,
    /// Wider than high.
    pub landscape: bool,
    /// Top margin; running text stands inside it.
    pub margin_top: Length,
    /// Bottom margin; the page number stands inside it.
    pub margin_bottom: Length,
    /// Left margin.
    pub margin_left: Length,
    /// Right margin.
    pub margin_right: Length,
    /// Size of the table's text.
    pub font_size: Length,
    /// Size of the title.
    pub title_size: Length,
    /// Distance between baselines.
    pub line_height: Length,
    /// Between a cell's left or right rule and its text.
    pub padding_x: Length,
    /// Between a cell's top or bottom rule and its text.
    pub padding_y: Length,
    /// Smallest height of a body row.
    pub row_height: Length,
    /// Running text in the top margin.
    pub header: Running,
    /// Running text in the bottom margin: the page number.
    pub footer: Running,
    /// Added to a group's label where a page states it again (`（続き）`).
    pub continued: String,
    /// Where further lines stand under the text, not under the number at its head.
    pub hanging_indent: HangingIndent,
    /// `、` and `。` may hang over a line's end where the padding has room for them.
    pub hanging_punctuation: bool,
    /// Column widths are found by the layout; the columns' shares are where it starts.
    pub auto_widths: bool,
    /// How cells that the revision changes are marked.
    pub mark_revised: RevisedMark,
    /// The typeface's name in the workbook.
    pub workbook_font: String,
}

/// Which cells have hanging indents (`１　…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HangingIndent {
    /// None.
    Nowhere,
    /// Group labels.
    Labels,
    /// Every cell at whose left edge text is set.
    Everywhere,
}

/// How what a revision changes is marked: never by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisedMark {
    /// Not at all.
    None,
    /// The text is underlined.
    Underline,
    /// [`RevisedMark::WORD`] stands before the text.
    Words,
}

impl RevisedMark {
    /// Stands before what is revised.
    pub const WORD: &str = "【改】";
}

/// Paper sizes of Japanese offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 182 × 257 mm (JIS B5).
    B5,
    /// 257 × 364 mm (JIS B4).
    B4,
}

impl Paper {
    /// Name, width and height in portrait, in micrometres.
    pub fn describe(self) -> (&'static str, i64, i64) {
        match self {
            Self::A4 => ("A4", 210_000, 297_000),
            Self::A3 => ("A3", 297_000, 420_000),
            Self::B5 => ("B5", 182_000, 257_000),
            Self::B4 => ("B4", 257_000, 364_000),
        }
    }
}

impl PageSpec {
    /// Width and height of the sheet as it lies.
    pub fn size(&self) -> (Length, Length) {
        let (_, width, height) = self.paper.describe();
        let (width, height) = (crate::model::from_micrometres(width), crate::model::from_micrometres(height));
        if self.landscape { (height, width) } else { (width, height) }
    }

    /// Size of the lines below the title.
    pub fn subtitle_size(&self) -> Length {
        self.title_size.midpoint(self.font_size)
    }

    /// Width between the margins.
    pub fn text_width(&self) -> Length {
        self.size().0 - self.margin_left - self.margin_right
    }
}

impl Running {
    /// The three parts, left to right.
    pub fn parts(&self) -> [&[RunningPart]; 3] {
        [&self.left, &self.center, &self.right]
    }

    /// Nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.is_empty())
    }
}

impl FieldSpec {
    /// The field's name for messages: its heading without line breaks, else its key.
    pub fn name(&self) -> String {
        self.words.first().map_or_else(|| self.key.clone(), |word| word.replace('\n', ""))
    }
}

impl Template {
    /// How a field is recognised and checked.
    pub fn field(&self, field: Field) -> &FieldSpec {
        match field {
            Field::Group(level) => &self.groups[level],
            Field::Extra(index) => &self.extras[index],
            known => self.fields.get(&known).expect("resolve() fills every known field"),
        }
    }

    /// What a field is called where it is printed alone, else the first of its header words: its name for messages.
    pub fn heading(&self, field: Field) -> String {
        let alone = self.columns.iter().find(|column| column.fields == [field]);
        alone.map_or_else(|| self.field(field).name(), |column| column.title.replace('\n', ""))
    }

    /// All fields: groups, known fields in the order of [`Field`], extras.
    pub fn all_fields(&self) -> Vec<Field> {
        let groups = (0..self.groups.len()).map(Field::Group);
        let extras = (0..self.extras.len()).map(Field::Extra);
        groups.chain(self.fields.keys().copied()).chain(extras).collect()
    }

    /// The disposition of what does not change, if the vocabulary has exactly one.
    pub fn keeping(&self) -> Option<&Disposition> {
        let mut keeping =
            self.dispositions.iter().filter(|it| it.new_target == Need::Forbidden && !it.leaves_list);
        keeping.next().filter(|_| keeping.next().is_none())
    }

    /// A word of the vocabulary.
    pub fn disposition(&self, id: ChoiceId) -> &Disposition {
        &self.dispositions[id.0]
    }
}
