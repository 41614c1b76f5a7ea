//! Findings: what is wrong with the data, at which cell, and what to do about it.
//!
//! A finding is data: a [`Problem`] with typed parameters, at an [`Origin`], about a [`Subject`]. Its words come last:
//! the [`table`] has them beside the parameters, and nothing but rendering asks for them. What a department can do is
//! told apart from what the planning section can do ([`Reader`]), which alone has the program and the template.
//!
//! Adding a rule: an entry in the table, and the function that finds it.

mod collector;
mod json;
mod mask;
mod parameter;
mod table;

pub use collector::{Collector, PER_FILE, PER_SHEET};
pub use parameter::{
    Characters, Choices, Column, Detail, Difference, Differences, Elsewhere, Listed, More, NamedYear,
    Numbers, Places, Quoted, Readings, Side, StatedYear, code_points,
};
pub use table::{
    Absence, Broken, Chosen, Code, Content, Damage, Excess, Flaw, Hidden, Lack, Mixture, Nearest, NoTable,
    Object, Obstacle, Outside, Problem, Reach, Sentences, Size, Unfit, Unread, Wanted, Why,
};

use crate::model::{Dataset, Origin, Record, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A sentence in both languages that kaitei speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nobody needs to do anything: the planning section has decided about it.
    Note,
    /// The document is built; a person should look at the cell.
    Warning,
    /// The document is not built.
    Error,
}

/// Who is to do something about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// 所管課: has its own files and a letter.
    Department,
    /// 企画課: has the program, the template and everybody's files.
    Planning,
}

/// Trouble with data. It never aborts: the stage goes on and reports everything that it finds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What is wrong.
    pub problem: Problem,
    /// The rule's own severity, or the template's.
    pub severity: Severity,
    /// Where.
    pub origin: Origin,
    /// The indicator that it is about.
    pub subject: Option<Subject>,
    /// How many further findings of the rule this one stands for, which were counted and not kept; none if it is one
    /// itself.
    pub more: Option<usize>,
    /// Why it may stand, if somebody has looked at it: then it is a note.
    pub accepted: Option<String>,
}

/// An indicator, as a reader knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its project's number.
    pub number: Option<Quoted>,
    /// Its name.
    pub indicator: Quoted,
}

/// What a machine can do about a finding: its cell says `from`, and should say `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the cell says.
    pub from: String,
    /// What it should say.
    pub to: String,
}

/// A value together with what was noticed while it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted<T> {
    /// The value; usable as far as it goes even if there are errors.
    pub value: T,
    /// In the order in which they were found.
    pub findings: Vec<Finding>,
}

/// Makes a bilingual message.
pub fn message(ja: impl Into<String>, en: impl Into<String>) -> Message {
    Message { ja: ja.into(), en: en.into() }
}

impl Lang {
    /// Of two, Japanese first, the one in this language.
    pub fn pick<T>(self, (ja, en): (T, T)) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

impl Severity {
    /// In words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Error => lang.pick(("要修正", "error")),
            Self::Warning => lang.pick(("要確認", "warning")),
            Self::Note => lang.pick(("参考", "note")),
        }
    }
}

impl Message {
    /// The sentence in one language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

impl Subject {
    /// A row's indicator; none if the row has no name.
    pub fn of(row: &Record) -> Option<Self> {
        let number = row.text_of(Role::Number).map(|number| Quoted::from(&number.text));
        let indicator = Quoted::from(&row.name().text);
        (!row.name().text.is_empty()).then_some(Self { number, indicator })
    }

    /// `№17　産後ケア事業の利用者数`.
    pub fn text(&self, lang: Lang) -> String {
        let Self { number, indicator } = self;
        match (number, lang) {
            (None, _) => indicator.to_string(),
            (Some(number), Lang::Ja) => format!("№{number}　{indicator}"),
            (Some(number), Lang::En) => format!("№{number} {indicator}"),
        }
    }
}

impl Fix {
    /// None if one of the texts is not whole.
    fn new(from: &Quoted, to: &Quoted) -> Option<Self> {
        let is_told = from.whole() != Some(mask::MASK);
        is_told.then_some(Self { from: from.whole()?.to_owned(), to: to.whole()?.to_owned() })
    }
}

impl Finding {
    /// A finding with its rule's own severity.
    pub fn new(problem: Problem, origin: Origin) -> Self {
        Self {
            severity: problem.code().severity(),
            problem,
            origin,
            subject: None,
            more: None,
            accepted: None,
        }
    }

    /// The finding, about a row's indicator.
    #[must_use]
    pub fn about(mut self, row: &Record) -> Self {
        self.subject = Subject::of(row);
        self
    }

    /// Which rule.
    pub fn code(&self) -> Code {
        self.problem.code()
    }

    /// Whether the planning section has decided about it: it is accepted, or says what was corrected.
    pub fn is_decided(&self) -> bool {
        self.accepted.is_some() || self.code() == Code::CellCorrected
    }

    /// How grave it is, in words; what is decided is called so.
    pub fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja if self.is_decided() => "確認済み",
            _ => self.severity.text(lang),
        }
    }

    /// How many findings it stands for.
    pub fn count(&self) -> usize {
        self.more.unwrap_or(1)
    }

    /// The fact, in one language.
    pub fn message(&self, lang: Lang) -> String {
        match (self.more, lang) {
            (Some(more), Lang::Ja) => format!("同じ種類の指摘が、このほか{more}件あります"),
            (Some(more), Lang::En) => format!("{more} more of this kind"),
            (None, _) => self.problem.message(lang).unwrap_or_default(),
        }
    }

    /// What a reader can do about it, in one language; none if it is not the reader's to do.
    pub fn remedy(&self, reader: Reader, lang: Lang) -> Option<String> {
        self.problem.remedy(reader, lang)
    }

    /// What the planning section can do about it; if it was accepted, why nothing is to be done.
    pub fn next_step(&self, lang: Lang) -> Option<String> {
        match &self.accepted {
            Some(reason) => Some(lang.pick((format!("理由：{reason}"), format!("accepted: {reason}")))),
            None => self.remedy(Reader::Planning, lang),
        }
    }

    /// What the cell should say instead, if that is known.
    pub fn fix(&self) -> Option<Fix> {
        self.problem.fix().filter(|_| self.more.is_none())
    }

    /// Another place that it is about as much as about its own: its sender is to be told as well.
    pub fn also_at(&self) -> Option<&Origin> {
        match &self.problem {
            Problem::WorkbookCopy { first, .. }
            | Problem::WorkbookDuplicate { first, .. }
            | Problem::IndicatorDuplicate { first } => Some(&first.origin),
            _ => None,
        }
    }

    /// Whether it is said of a file, be it beside others.
    pub fn is_of_file(&self, file: &str) -> bool {
        let is_also = matches!(&self.problem, Problem::ColumnInferred { also, .. } if also.has_file(file));
        self.origin.place.file == file || is_also
    }

    /// The fact in both languages.
    pub fn said(&self) -> Message {
        message(self.message(Lang::Ja), self.message(Lang::En))
    }
}

impl<T> Noted<T> {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

/// What a cell says must not steer a terminal or a page: control characters and direction overrides are shown as `�`.
pub fn harmless(c: char) -> char {
    let steers = c.is_control() && c != '\n';
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if steers || turns { char::REPLACEMENT_CHARACTER } else { c }
}

/// Gives findings that know only their cells the indicators that they are about.
pub fn find_subjects(findings: &mut [Finding], list: &Dataset) {
    let lacks = |finding: &Finding| finding.subject.is_none() && finding.origin.cell.is_some();
    if !findings.iter().any(lacks) {
        return;
    }
    let line = |origin: &Origin| (Arc::clone(&origin.place), origin.cell.map(|cell| cell.row));
    let rows: BTreeMap<_, &Record> = list.rows.iter().map(|row| (line(&row.origin), row)).collect();
    for finding in findings.iter_mut().filter(|finding| lacks(finding)) {
        let row = rows.get(&line(&finding.origin));
        // A group's label is about all of its indicators.
        let row = row.filter(|row| row.groups.iter().all(|group| group.origin != finding.origin));
        finding.subject = row.and_then(|row| Subject::of(row));
    }
}

/// Whether any finding is an error.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|d| d.severity == Severity::Error)
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
