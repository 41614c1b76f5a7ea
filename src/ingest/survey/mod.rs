//! What a file is like apart from its sheets as they are read: how values are stored, how cells look, how delimited
//! text is written. Machine readability is judged by it.
//!
//! Of Excel 97–2003, xlsb, ods and encrypted files only the format is told: [`Survey::sheets`] is then `None`,
//! and nobody may take its silence for a good sign.

mod looks;
mod text;
mod workbook;

pub use looks::Look;
pub use text::TextFacts;

use super::{InputFormat, catch, sniff};
use crate::model::Limits;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Facts about one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Its format by its content; `None` if it is none that can be read.
    pub format: Option<InputFormat>,
    /// Whether the workbook brings macros.
    pub macros: bool,
    /// Facts about each sheet, by its name; `None` if the format does not tell them.
    pub sheets: Option<BTreeMap<String, SheetFacts>>,
    /// Facts about delimited text.
    pub text: Option<TextFacts>,
}

/// Facts about one sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFacts {
    /// Every cell that the file stores with a value, by row and column from 0.
    #[serde(with = "in_pairs")]
    pub cells: BTreeMap<(u32, u32), CellFacts>,
    /// The looks that cells refer to.
    pub looks: Vec<Look>,
}

/// How a cell is stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFacts {
    /// Whether its value is a number (dates and times are numbers), not text.
    pub number: bool,
    /// Whether it is computed.
    pub formula: bool,
    /// Whether a part of its text looks different from the rest.
    pub partly: bool,
    /// Index into [`SheetFacts::looks`].
    pub look: usize,
}

impl SheetFacts {
    /// The facts about a cell; nothing special if the file says nothing.
    pub fn cell(&self, row: u32, col: u32) -> CellFacts {
        self.cells.get(&(row, col)).copied().unwrap_or_default()
    }

    /// The look of a cell.
    pub fn look(&self, row: u32, col: u32) -> Look {
        self.looks.get(self.cell(row, col).look).cloned().unwrap_or_default()
    }
}

/// Surveys a file; `file` names it as for [`super::read`]. Never panics; a damaged part is told as far as it goes,
/// for reading the same file reports the damage.
pub fn survey(bytes: &[u8], file: &str, limits: &Limits) -> Survey {
    let Ok((format, archive)) = sniff::sniff(bytes, file, limits) else { return Survey::default() };
    let survey = Survey { format: Some(format), ..Survey::default() };
    let surveyed = catch(|| match (format, archive) {
        (InputFormat::Xlsx, Some(mut archive)) => Survey {
            macros: archive.has("xl/vbaProject.bin"),
            sheets: Some(workbook::sheets(&mut archive, limits)),
            ..survey.clone()
        },
        (InputFormat::Csv, _) => Survey { text: Some(text::facts(bytes)), ..survey.clone() },
        _ => survey.clone(),
    });
    surveyed.unwrap_or(survey)
}

/// Cells as pairs: the keys of objects in JSON are texts.
mod in_pairs {
    use super::CellFacts;
    use serde::{Deserialize as _, Deserializer, Serializer};
    use std::collections::BTreeMap;

    type Cells = BTreeMap<(u32, u32), CellFacts>;

    pub(super) fn serialize<S: Serializer>(cells: &Cells, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(cells)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Cells, D::Error> {
        Vec::deserialize(from).map(|pairs| pairs.into_iter().collect())
    }
}
