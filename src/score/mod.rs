//! How machine-readable a file is: a verdict under each of the thirty rules, with the cells that cost the point.
//!
//! A file scores one point for each rule that it follows, out of the rules that apply to it; no rule weighs more
//! than another. What its format does not tell is no point: silence is not a good sign. Nothing here knows a
//! template: any table of any city is judged by the same eyes, and what they look for is said in [`RuleWords`].
//!
//! `file` reads a sheet as a table ([`table`]), with what comes along ([`package`]); `layout`, `cells` and `looks`
//! judge level 1, `values` level 2, `meaning` and `axes` level 3.

mod axes;
mod cells;
mod layout;
mod looks;
mod meaning;
mod package;
mod rule;
mod table;
mod text;
mod values;
mod verdict;
mod words;

pub use rule::{Level, Rule};
pub use verdict::{Breach, Verdict};
pub use words::RuleWords;

use crate::finding::{Finding, Severity, message};
use crate::ingest::Survey;
use crate::model::RawSheet;
use package::Package;
use std::collections::BTreeSet;
use table::Table;

/// A file to be scored, as ingest tells it.
#[derive(Debug)]
pub struct Subject {
    /// Its name, as origins state it.
    pub file: String,
    /// Its sheets.
    pub sheets: Vec<RawSheet>,
    /// How it is made.
    pub survey: Survey,
    /// What reading it had to say.
    pub findings: Vec<Finding>,
}

/// What lies beside a file.
#[derive(Debug, Clone, Copy)]
pub enum Companion<'a> {
    /// A JSON file.
    Json(&'a [u8]),
    /// The sheet of a CSV file.
    Table(&'a RawSheet),
}

/// A file's verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The file's name, as origins state it.
    pub file: String,
    /// Every rule, in the order of their numbers.
    pub verdicts: Vec<(Rule, Verdict)>,
}

/// Points out of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// Rules that the file follows.
    pub passed: usize,
    /// Rules that count for it.
    pub of: usize,
}

impl Points {
    /// Out of a hundred, rounded down; a file to which nothing applies has none.
    pub fn percent(self) -> usize {
        (self.passed * 100).checked_div(self.of).unwrap_or(0)
    }
}

impl Score {
    /// All points.
    pub fn points(&self) -> Points {
        Self::sum(self.verdicts.iter())
    }

    /// The points of one level.
    pub fn points_of(&self, level: Level) -> Points {
        Self::sum(self.verdicts.iter().filter(|(rule, _)| rule.level() == level))
    }

    /// The verdict under a rule.
    pub fn verdict(&self, rule: Rule) -> &Verdict {
        &self.verdicts[rule as usize].1
    }

    fn sum<'a>(verdicts: impl Iterator<Item = &'a (Rule, Verdict)>) -> Points {
        let mut points = Points { passed: 0, of: 0 };
        for (_, verdict) in verdicts {
            points.passed += usize::from(*verdict == Verdict::Pass);
            points.of += usize::from(verdict.counts());
        }
        points
    }
}

/// What the rules look at.
struct File<'a> {
    subject: &'a Subject,
    tables: Vec<Table<'a>>,
    package: Package,
    /// The signs in the place of values that something explains.
    defined: BTreeSet<&'a str>,
}

/// Scores a file among what lies beside it.
pub fn score(subject: &Subject, companions: &[Companion<'_>]) -> Score {
    let facts = |sheet: &RawSheet| subject.survey.sheets.as_ref()?.get(sheet.place.sheet.as_deref()?);
    let tables: Vec<Table<'_>> =
        subject.sheets.iter().filter_map(|sheet| Table::find(sheet, facts(sheet))).collect();
    let mut package = Package::default();
    for companion in companions {
        match companion {
            Companion::Json(bytes) => package.add_json(bytes),
            Companion::Table(sheet) => {
                if let Some(table) = Table::find(sheet, None) {
                    package.add_table(&table, false);
                }
            }
        }
    }
    for table in &tables {
        package.add_table(table, true);
    }
    let cells = tables.iter().flat_map(|table| table.filled().flat_map(|column| &column.cells));
    let symbols: BTreeSet<&str> =
        cells.map(|(_, text)| text.trim()).filter(|text| text::is_symbol(text)).collect();
    let defined = symbols.into_iter().filter(|symbol| package.defines(symbol)).collect();
    let file = File { subject, tables, package, defined };
    let verdicts = Rule::ALL.into_iter().map(|rule| (rule, file.judge(rule))).collect();
    Score { file: subject.file.clone(), verdicts }
}

impl File<'_> {
    fn judge(&self, rule: Rule) -> Verdict {
        if rule == Rule::InputFormat {
            return layout::format(self);
        }
        if self.tables.is_empty() {
            let is_unread = self.subject.findings.iter().any(|d| d.severity == Severity::Error)
                || self.subject.survey.format.is_none();
            return if is_unread {
                Verdict::CannotTell(message("ファイルを読めません", "the file cannot be read"))
            } else {
                Verdict::NotApplicable(message("値のあるセルがありません", "there are no cells with values"))
            };
        }
        match rule {
            Rule::InputFormat => layout::format(self),
            Rule::OneTable => layout::one_table(self),
            Rule::NotSplit => layout::not_split(self),
            Rule::NothingElse => layout::nothing_else(self),
            Rule::ColumnNames => layout::column_names(self),
            Rule::NoLayout => cells::no_layout(self),
            Rule::OneDatum => cells::one_datum(self),
            Rule::PlainCharacters => cells::plain_characters(self),
            Rule::BlankIsNotZero => cells::blank_is_not_zero(self),
            Rule::NoObjects => looks::no_objects(self),
            Rule::NoMeaningByLook => looks::no_meaning(self),
            Rule::NoMerges => looks::no_merges(self),
            Rule::NothingHidden => looks::nothing_hidden(self),
            Rule::OneRecordALine => layout::one_record_a_line(self),
            Rule::Quoting => layout::quoting(self),
            Rule::Numbers => values::numbers(self),
            Rule::NothingOmitted => values::nothing_omitted(self),
            Rule::UniqueNames => values::unique_names(self),
            Rule::StandardChoices => values::standard_choices(self),
            Rule::OtherApart => values::other_apart(self),
            Rule::NoFormulas => values::no_formulas(self),
            Rule::HeaderFirst => axes::header_first(self),
            Rule::CodeTable => meaning::code_table(self),
            Rule::SymbolsDefined => meaning::symbols_defined(self),
            Rule::Units => meaning::units(self),
            Rule::TimeAxis => axes::time_axis(self),
            Rule::AreaCodes => axes::area_codes(self),
            Rule::YearsCompared => meaning::years_compared(self),
            Rule::Definitions => meaning::definitions(self),
            Rule::LongForm => axes::long_form(self),
        }
    }

    /// Whether the file is delimited text.
    fn is_text(&self) -> bool {
        self.subject.survey.text.is_some()
    }

    fn is_verbatim(&self, table: &Table<'_>, column: &table::Column<'_>) -> bool {
        self.package.is_verbatim(table.place(), &column.heading)
    }
}

/// Not about this kind of file.
fn not_for_text() -> Verdict {
    Verdict::NotApplicable(message("CSVにはないことです", "CSV has no such thing"))
}

fn only_for_text() -> Verdict {
    Verdict::NotApplicable(message("CSVだけの規則です", "a rule for CSV alone"))
}
