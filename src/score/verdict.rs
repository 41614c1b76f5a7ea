//! What is said of a file under one rule, and at which cells.

use crate::finding::Message;
use crate::ingest::Survey;
use crate::model::{CellRef, Origin, Place};
use std::sync::Arc;

/// Whether a file follows a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Pass,
    /// It does not, and here is why. Never empty.
    Fail(Vec<Breach>),
    /// The file has nothing that the rule is about: it counts neither for nor against.
    NotApplicable(Message),
    /// The file, or its format, does not tell; no point, and for this reason.
    CannotTell(Message),
}

/// One fault and all places of it on one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The file and the sheet.
    pub place: Arc<Place>,
    /// What is wrong.
    pub fault: Message,
    /// The cells, in the order in which they were found; none if it is the sheet or the file as a whole.
    pub cells: Vec<CellRef>,
    /// What the first of the cells says.
    pub example: Option<String>,
}

impl Breach {
    /// The first place.
    pub fn origin(&self) -> Origin {
        Origin { place: Arc::clone(&self.place), cell: self.cells.first().copied() }
    }
}

impl Verdict {
    /// Whether the rule counts for the file.
    pub fn counts(&self) -> bool {
        !matches!(self, Self::NotApplicable(_))
    }

    /// What was found, if anything.
    pub fn findings(&self) -> &[Breach] {
        match self {
            Self::Fail(findings) => findings,
            _ => &[],
        }
    }

    /// The word in data.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail(_) => "fail",
            Self::NotApplicable(_) => "not-applicable",
            Self::CannotTell(_) => "cannot-tell",
        }
    }
}

/// Faults while they are gathered: the same fault on the same sheet is one finding.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Breach>);

impl Faults {
    /// Adds a fault at a cell that says something.
    pub(super) fn at(
        &mut self,
        place: &Arc<Place>,
        (row, col): (u32, u32),
        says: Option<&str>,
        fault: Message,
    ) {
        let finding = self.finding(place, fault);
        finding.cells.push(CellRef { row, col });
        if finding.example.is_none() {
            finding.example = says.map(str::to_owned);
        }
    }

    /// Adds a fault of a sheet or a file as a whole.
    pub(super) fn of(&mut self, place: &Arc<Place>, fault: Message) {
        self.finding(place, fault);
    }

    fn finding(&mut self, place: &Arc<Place>, fault: Message) -> &mut Breach {
        let known = self.0.iter().position(|finding| finding.fault == fault && finding.place == *place);
        let at = known.unwrap_or_else(|| {
            self.0.push(Breach { place: Arc::clone(place), fault, cells: Vec::new(), example: None });
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    /// Failed if there are faults.
    pub(super) fn verdict(self) -> Verdict {
        if self.0.is_empty() { Verdict::Pass } else { Verdict::Fail(self.0) }
    }
}

/// What [`Survey::sheets`] being `None` means for a rule that needs it.
pub(super) fn untold(survey: &Survey) -> Verdict {
    use crate::finding::message;
    let format = survey.format.map_or("", crate::ingest::InputFormat::extension);
    Verdict::CannotTell(message(
        format!("{format}形式からは分かりません。.xlsxで保存し直すと判定できます"),
        format!("{format} files do not tell; save it again as .xlsx to have it judged"),
    ))
}
