//! What became of each document, and what is told while a run goes on.

use super::Reason;
use crate::error::Error;
use crate::finding::{Finding, Lang, Message, Severity, has_errors, message};
use crate::model::Fingerprint;
use crate::template::DocumentSpec;
use serde::{Deserialize, Serialize};

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The document's name.
    pub document: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Its sets that people had edited: they were kept when they were replaced.
    pub kept: Vec<EditedSet>,
}

/// A set of files that people had edited, and where it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedSet {
    /// The path of its folder.
    pub folder: String,
    /// Its files that are not as kaitei made them, by name.
    pub files: Vec<String>,
    /// Cells that say something else in these files than in the new ones.
    pub cells: Vec<CellEdit>,
    /// How many further cells do.
    pub more: usize,
}

/// A cell of an edited file that says something else than in the file that has taken its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellEdit {
    /// The file's name.
    pub file: String,
    /// The sheet's name; of a CSV file, none.
    pub sheet: Option<String>,
    /// As in `H7`, in the edited file.
    pub cell: String,
    /// What it says in the edited file.
    pub edited: String,
    /// What is there in the new one.
    pub now: String,
    /// The cells of forms that this comes from, if kaitei knows.
    pub sources: Vec<String>,
    /// The entry for `corrections.toml` that makes the list say what the edited file says, if there is one.
    pub entry: Option<String>,
}

impl EditedSet {
    /// What happened, in words.
    pub fn message(&self) -> Message {
        let Self { folder, files, .. } = self;
        message(
            format!(
                "出力のファイルが、作成したときの記録と違っていました（{}）。違っていた一式は「{folder}」に残してあります",
                files.join("、")
            ),
            format!(
                "files were not as the last build had recorded them ({}); that set is kept in {folder}",
                files.join(", ")
            ),
        )
    }

    /// What to do about it.
    pub fn remedy(&self) -> Message {
        message(
            "変更した内容を一覧に載せる場合は、調査票か corrections.toml に反映してください。不要であれば、このフォルダーを消してください",
            "what the list is to say belongs into the forms or into corrections.toml; delete the folder when it is not needed any more",
        )
    }

    /// Each cell that says something else, in words.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines: Vec<String> = self.cells.iter().map(|cell| cell.line(lang)).collect();
        if self.more > 0 {
            lines
                .push(lang.pick((format!("ほか{}セル", self.more), format!("and {} more cells", self.more))));
        }
        lines
    }

    /// The entries for `corrections.toml`.
    pub fn entries(&self) -> String {
        self.cells.iter().filter_map(|cell| cell.entry.as_deref()).collect()
    }
}

impl CellEdit {
    fn line(&self, lang: Lang) -> String {
        let Self { file, sheet, cell, edited, now, sources, .. } = self;
        let sheet = sheet.as_deref().unwrap_or_default();
        let from = sources.join(lang.pick(("、", ", ")));
        let from = match lang {
            _ if sources.is_empty() => String::new(),
            Lang::Ja => format!("（元の調査票：{from}）"),
            Lang::En => format!(" (from {from})"),
        };
        let line = match lang {
            Lang::Ja => format!("{file} {sheet} {cell}：変更後「{edited}」、新しいファイル「{now}」{from}"),
            Lang::En => format!("{file} {sheet} {cell}: edited to `{edited}`, in the new file `{now}`{from}"),
        };
        line.replace('\n', "⏎").replace("  ", " ")
    }
}

/// The ends that a document's turn can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Built, for these reasons; its new files have taken the place of the old ones.
    Built(Summary, Vec<Reason>),
    /// Nothing has changed since its last build, whose summary this is.
    UpToDate(Summary),
    /// Its data has errors; its last output is untouched.
    Faulty(Summary),
    /// Checked, without errors; nothing was to be written.
    Checked(Summary),
    /// A build would build it, for these reasons.
    WouldBuild(Vec<Reason>),
    /// The run was ended before its turn came.
    NotReached,
    /// It could not be built at all; its last output is untouched.
    Failed(Error),
}

/// What the letters of a document say of it, from its template.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Letterhead {
    /// BCP 47 language tag.
    pub language: String,
    /// The document's title.
    pub title: String,
    /// The section that asks.
    pub section: String,
    /// To whom forms are sent back, if it is another.
    pub reply_to: String,
    /// Until when, in words.
    pub reply_by: String,
}

/// What a document's data came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// In the order of the stages. Files are named from the document's input folder; what is not there, from the
    /// project's (`templates/…`, `input/…`).
    pub findings: Vec<Finding>,
    /// What letters about it say of the document.
    pub letterhead: Letterhead,
    /// Number of indicators.
    pub rows: usize,
    /// Number of indicators per disposition, in the template's order.
    pub tally: Vec<Count>,
    /// The files in the document's output folder, without the manifest; none if nothing was built.
    pub outputs: Vec<Fingerprint>,
}

/// How many indicators have a disposition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The disposition's code.
    pub code: String,
    /// Its label.
    pub label: String,
    /// As the document prints it.
    pub print: String,
    /// Number of indicators.
    pub rows: usize,
}

/// What a run tells while it goes on, from whichever thread it happens on.
#[derive(Debug, Clone, Copy)]
pub enum Event<'e> {
    /// The run begins, with so many documents.
    Began(usize),
    /// A document is taken up.
    Started(&'e str),
    /// A document has come to its end.
    Ended(&'e Report),
    /// The same once more, in the order of the documents, one at a time: when all before it have come to theirs.
    Reported(&'e Report),
}

/// Who is told.
pub type Observer<'o> = &'o (dyn Fn(Event<'_>) + Sync);

impl Report {
    /// What the document's data came to, if it was looked at.
    pub fn summary(&self) -> Option<&Summary> {
        match &self.outcome {
            Outcome::Built(summary, _)
            | Outcome::UpToDate(summary)
            | Outcome::Faulty(summary)
            | Outcome::Checked(summary) => Some(summary),
            Outcome::WouldBuild(_) | Outcome::NotReached | Outcome::Failed(_) => None,
        }
    }

    /// The document's files as this run left or found them, named from the folder of all results.
    pub fn outputs(&self) -> Vec<Fingerprint> {
        let (Outcome::Built(summary, _) | Outcome::UpToDate(summary)) = &self.outcome else {
            return Vec::new();
        };
        let named = |print: &Fingerprint| Fingerprint {
            file: format!("{}/{}", self.document, print.file),
            ..print.clone()
        };
        summary.outputs.iter().map(named).collect()
    }
}

impl Letterhead {
    /// Of a template.
    pub fn of(document: &DocumentSpec) -> Self {
        Self {
            language: document.language.clone(),
            title: document.title.replace('\n', ""),
            section: document.section.clone(),
            reply_to: document.reply_to.clone(),
            reply_by: document.reply_by.clone(),
        }
    }

    /// Japanese, or English for every other language.
    pub fn lang(&self) -> Lang {
        let primary = self.language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("ja") { Lang::Ja } else { Lang::En }
    }

    /// To whom forms are sent back.
    pub fn returned_to(&self) -> &str {
        if self.reply_to.is_empty() { &self.section } else { &self.reply_to }
    }
}

impl Summary {
    /// Number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|d| d.severity == severity).map(Finding::count).sum()
    }

    /// With warnings as errors, if the run is strict.
    pub(super) fn judged(mut self, strict: bool) -> Self {
        if strict {
            let warnings = self.findings.iter_mut().filter(|finding| finding.severity == Severity::Warning);
            warnings.for_each(|finding| finding.severity = Severity::Error);
        }
        self
    }

    /// Whether its findings keep the document from being published.
    pub(super) fn is_faulty(&self) -> bool {
        has_errors(&self.findings)
    }
}
