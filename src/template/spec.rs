//! What a resolved template says: fields, vocabulary, columns, page. No TOML here.

use super::forms::FormSpec;
use super::{
    CompareSpec, Compute, Condition, FontSpec, HeaderWords, Kind, OpenData, Order, PageSpec, Sections,
    SheetSpec, TotalSpec, ViewSpec, WorkbookSpec,
};
use crate::finding::{Code, Severity};
use crate::japanese::Notation;
use crate::model::{
    Align, ChoiceId, CivilDate, Eras, Field, FiscalYear, Limits, Origin, Role, Roles, Scope, Status, Time,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// What a record says, field by field.
    pub fields: Vec<FieldSpec>,
    /// Which of the fields has which role.
    pub roles: Arc<Roles>,
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
    /// Forms that are known by their labels; the first that fits counts.
    pub forms: Vec<FormSpec>,
    /// The printed columns, left to right.
    pub columns: Vec<Column>,
    /// The documents beside the list.
    pub views: Vec<ViewSpec>,
    /// The order of rows.
    pub order: Order,
    /// Headings above rows that say the same of a field, if the document has them.
    pub sections: Option<Sections>,
    /// Feet below groups, sections and the list.
    pub totals: Vec<TotalSpec>,
    /// Rows that begin a page where they begin.
    pub break_before: Option<Scope>,
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
    /// The earlier edition, and how the two are set side by side.
    pub compare: CompareSpec,
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
#[non_exhaustive]
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
    /// What a record is called (`指標`, `事業`, `補助金`); empty if nothing says it.
    pub record: String,
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

/// How records keep what a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// Quantities with a time.
    Value,
    /// One word of a vocabulary.
    Choice,
}

/// How a field is recognised in a form, and what is checked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// Physical name in CSV and JSON.
    pub key: String,
    /// How records keep what it holds.
    pub kind: FieldKind,
    /// What it holds.
    pub holds: Kind,
    /// What kaitei knows of it.
    pub role: Option<Role>,
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
    /// The series of which it is a point in time.
    pub series: Option<Series>,
    /// What its values are, unless their cells or headings say otherwise.
    pub status: Option<Status>,
    /// The vocabulary, in the order of the tally; empty unless the field holds choices.
    pub choices: Vec<Choice>,
    /// How it is computed; absent of what departments write.
    pub compute: Option<Compute>,
    /// Words that are right although they are not what it holds (定めなし).
    pub allowed: Vec<String>,
    /// It is read and checked, and stands in no published file.
    pub is_published: bool,
}

/// A field of values at several points in time, of which each is a field of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The key that the template gives it.
    pub key: String,
    /// Header words of all its columns, each beside a time.
    pub words: HeaderWords,
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

/// One word of a vocabulary. What it wants of other fields is for dispositions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
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
    /// The conditions of a grade by rules, all of which must hold; none for what meets no other grade's.
    pub when: Vec<Condition>,
    /// It is the grade of what cannot be judged.
    pub of_unknown: bool,
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

/// The tally at the list's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallySpec {
    /// Label of the sum (`計`).
    pub total: String,
    /// The field of choices that it counts, if the template names one.
    pub field: Option<Field>,
    /// By what the summary counts: a level of groups or a field of choices; by the outermost level, if absent.
    pub by: Option<Field>,
    /// Whether a note below the table says what its words mean.
    pub legend: bool,
}

impl Choice {
    /// Every word that stands for it in a form: the label, as it is printed, the aliases.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        [&self.label, &self.print].into_iter().chain(&self.aliases)
    }
}

impl FieldSpec {
    /// Whether it is a grade by rules.
    pub fn is_graded(&self) -> bool {
        self.choices.iter().any(|choice| !choice.when.is_empty())
    }

    /// The field's name for messages: its heading without line breaks, else its key.
    pub fn name(&self) -> String {
        let own = self.words.first().map(|word| word.replace('\n', ""));
        own.or_else(|| {
            let (word, period) = (self.series.as_ref()?.words.first()?, self.period.as_ref()?);
            Some(format!("{}の{}", period.words, word.replace('\n', "")))
        })
        .unwrap_or_else(|| self.key.clone())
    }

    /// The key under which data have its values: that of its series, if it is a point of one.
    pub fn data_key(&self) -> &str {
        self.series.as_ref().map_or(&self.key, |series| &series.key)
    }
}

impl Template {
    /// Where findings about the template itself are.
    pub fn origin(&self) -> Origin {
        Origin::of_file(format!("templates/{}.toml", self.id))
    }

    /// How a field is recognised and checked.
    pub fn field(&self, field: Field) -> &FieldSpec {
        match field {
            Field::Group(level) => &self.groups[level],
            Field::Entry(index) => &self.fields[index],
        }
    }

    /// The field with a role, if the template declares one.
    pub fn role(&self, role: Role) -> Option<Field> {
        self.roles.field(role)
    }

    /// The field that says what a record is about.
    pub fn name(&self) -> Field {
        self.role(Role::Name).expect("resolve() wants a name")
    }

    /// What a field is called where it is printed alone, else the first of its header words: its name for messages.
    pub fn heading(&self, field: Field) -> String {
        let alone = self.columns.iter().find(|column| column.fields == [field]);
        alone.map_or_else(|| self.field(field).name(), |column| column.title.replace('\n', ""))
    }

    /// All fields: groups, then those that the template declares, in its order.
    pub fn all_fields(&self) -> Vec<Field> {
        let groups = (0..self.groups.len()).map(Field::Group);
        groups.chain(self.entries()).collect()
    }

    /// The fields that the template declares, in its order.
    pub fn entries(&self) -> impl Iterator<Item = Field> + use<> {
        (0..self.fields.len()).map(Field::Entry)
    }

    /// Those of all fields that stand in published files.
    pub fn published(&self) -> impl Iterator<Item = Field> {
        self.all_fields().into_iter().filter(|&field| self.field(field).is_published)
    }

    /// Those of a kind that stand in published files.
    pub fn published_of(&self, kind: FieldKind) -> impl Iterator<Item = Field> {
        self.fields_of(kind).filter(|&field| self.field(field).is_published)
    }

    /// The fields of a kind, in the template's order.
    pub fn fields_of(&self, kind: FieldKind) -> impl Iterator<Item = Field> {
        self.entries().filter(move |&field| self.field(field).kind == kind)
    }

    /// The vocabulary of dispositions; empty if the list has none.
    pub fn dispositions(&self) -> &[Choice] {
        self.role(Role::Disposition).map_or(&[], |field| &self.field(field).choices)
    }

    /// The disposition of what does not change, if the vocabulary has exactly one.
    pub fn keeping(&self) -> Option<&Choice> {
        let mut keeping =
            self.dispositions().iter().filter(|it| it.new_target == Need::Forbidden && !it.leaves_list);
        keeping.next().filter(|_| keeping.next().is_none())
    }

    /// The field whose choices are counted, with its vocabulary: the tally's, else that of dispositions or grades.
    pub fn counted(&self) -> Option<(Field, &[Choice])> {
        let of_role = || self.role(Role::Disposition).or_else(|| self.role(Role::Grade));
        let field = self.tally.as_ref().and_then(|tally| tally.field).or_else(of_role)?;
        self.field(field).is_published.then_some(())?;
        Some((field, &self.field(field).choices))
    }

    /// A word of a field's vocabulary.
    pub fn choice(&self, field: Field, id: ChoiceId) -> &Choice {
        &self.field(field).choices[id.0]
    }

    /// A word of the vocabulary of dispositions.
    pub fn disposition(&self, id: ChoiceId) -> &Choice {
        &self.dispositions()[id.0]
    }
}
