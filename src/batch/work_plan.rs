//! The work of a project before it is done: what each document is built from, what its build costs, and one hash over
//! all, by which several machines know that they build the same.

use super::decisions::DecisionShelf;
use super::fonts::{FontFiles, FontShelf};
use super::manifest::Program;
use super::plan::{current_inputs, current_template};
use super::shard::{Shard, share};
use super::state::{self, Files};
use super::{Options, ProjectFolder};
use crate::error::Error;
use crate::model::Fingerprint;
use crate::template::{OutputFormat, Template, TemplateFiles, ViewSpec};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Serialize;
use std::num::NonZeroUsize;
use std::path::Path;

/// A document's build as a unit of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkItem {
    /// The document's name.
    pub document: String,
    /// What a build of it takes, in microseconds of the machine where the weights were measured. Only comparisons mean
    /// something elsewhere.
    pub cost: u64,
    /// What it is built from; none if its files cannot be read.
    #[serde(flatten)]
    pub sources: Option<Sources>,
}

/// The files that a document is built from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sources {
    pub(super) template: Fingerprint,
    /// Absent if the template extends none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) bases: Vec<Fingerprint>,
    /// None if one of them is missing: the document cannot be built then.
    pub(super) fonts: Vec<Fingerprint>,
    pub(super) inputs: Vec<Fingerprint>,
    /// Absent if nothing was decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) decisions: Vec<Fingerprint>,
}

/// The units of some documents, in their order, and what else decides what comes of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkPlan {
    /// Which kaitei.
    #[serde(flatten)]
    pub program: Program,
    /// Warnings are errors.
    pub strict: bool,
    /// The environment's date.
    pub source_date_epoch: Option<i64>,
    /// In the order of the documents.
    pub units: Vec<WorkItem>,
}

/// Looks at what the documents ([`ProjectFolder::choose`]) are built from, and builds nothing.
pub fn plan(project: &ProjectFolder, documents: &[String], options: &Options<'_>) -> Result<WorkPlan, Error> {
    let memory = project.outputs().join(state::NAME);
    let files = Files::load(project.root(), memory, None, !options.force);
    let (fonts, decided) = (FontShelf::default(), DecisionShelf::load(project)?);
    Ok(WorkPlan::of(project, documents, options, &files, (&fonts, &decided)))
}

impl WorkPlan {
    /// The plan of some documents.
    pub(super) fn of(
        project: &ProjectFolder,
        documents: &[String],
        options: &Options<'_>,
        files: &Files,
        shelves: (&FontShelf, &DecisionShelf),
    ) -> Self {
        Self {
            program: Program::this(),
            strict: options.strict,
            source_date_epoch: options.source_date_epoch,
            units: documents.par_iter().map(|document| unit(project, document, files, shelves)).collect(),
        }
    }

    /// The hash of everything that decides what a build of the plan's documents gives. It is the same on all machines
    /// that would give the same bytes.
    pub fn sha256(&self) -> String {
        let bytes = serde_json::to_vec(self).expect("all keys are strings");
        Fingerprint::of("", &bytes).sha256
    }

    /// For each document, the shard that builds it, counted from 1.
    pub fn shares(&self, shards: NonZeroUsize) -> Vec<usize> {
        let costs: Vec<(&str, u64)> =
            self.units.iter().map(|unit| (unit.document.as_str(), unit.cost)).collect();
        share(&costs, shards)
    }

    /// The documents that a shard builds.
    pub fn share(&self, shard: Shard) -> Vec<String> {
        let shares = self.shares(shard.count());
        let own = self.units.iter().zip(shares).filter(|(_, index)| *index == shard.index().get());
        own.map(|(unit, _)| unit.document.clone()).collect()
    }
}

/// What cannot be read now is a failure when its turn comes; on a machine that can read it, the plan is another.
fn unit(
    project: &ProjectFolder,
    document: &str,
    files: &Files,
    shelves: (&FontShelf, &DecisionShelf),
) -> WorkItem {
    let path = project.template_path(document);
    let said = TemplateFiles::read(&path).ok();
    let template = said.as_ref().and_then(|said| Template::from_files(&path, said).ok());
    let bases = said.map(|said| said.base_prints()).unwrap_or_default();
    let sources = sources(project, document, (template.as_ref(), bases), files, shelves).ok();
    let cost = template.zip(sources.as_ref()).map_or(DOCUMENT, |(template, sources)| {
        cost(&documents(&template, sources.inputs.len()), &sources.inputs)
    });
    WorkItem { document: document.to_owned(), cost, sources }
}

fn sources(
    project: &ProjectFolder,
    document: &str,
    (template, bases): (Option<&Template>, Vec<Fingerprint>),
    files: &Files,
    (fonts, decided): (&FontShelf, &DecisionShelf),
) -> Result<Sources, Error> {
    let path = project.template_path(document);
    let named = template.and_then(|template| FontFiles::read(template, &path, fonts).ok());
    Ok(Sources {
        template: current_template(project, document, files)?,
        bases,
        fonts: named.map(|files| files.prints()).unwrap_or_default(),
        inputs: current_inputs(project, document, files)?,
        decisions: decided.of(document)?.prints(),
    })
}

/// What a document costs beside its files; all that one costs that fails at once.
const DOCUMENT: u64 = 500;

/// The formats of a template's documents, and how many documents there are of each: the list, and its views. For each
/// word of a field there is one, and about as many words as forms; what the forms say is not known yet.
fn documents(template: &Template, forms: usize) -> Vec<(&[OutputFormat], u64)> {
    let forms = u64::try_from(forms).unwrap_or(u64::MAX);
    let of_view = |view: &'_ ViewSpec| if view.each.is_some() { forms } else { 1 };
    let views = template.views.iter().map(|view| (view.template.formats.as_slice(), of_view(view)));
    [(template.formats.as_slice(), 1)].into_iter().chain(views).collect()
}

/// What a build takes, in microseconds: measured with lists of 80 to 10,000 indicators as CSV and as XLSX
/// (docs/scale.md). It depends on the input alone, so that it is the same on all machines.
///
/// Several documents of one view share its rows: each costs what a file costs, and all together what the rows cost.
fn cost(documents: &[(&[OutputFormat], u64)], inputs: &[Fingerprint]) -> u64 {
    let reading: u64 = inputs.iter().map(reading).sum();
    let format = |format: &OutputFormat, files: u64| {
        let (a_file, percent) = match format {
            OutputFormat::Xlsx => (2_000, 55),
            OutputFormat::Html => (2_500, 15),
            OutputFormat::Pdf => (4_000, 20),
            OutputFormat::Data => (1_500, 104),
            OutputFormat::Json => (0, 15),
        };
        files.saturating_mul(a_file) + reading * percent / 100
    };
    let of_documents = |(formats, files): &(&[OutputFormat], u64)| -> u64 {
        formats.iter().map(|it| format(it, *files)).sum()
    };
    DOCUMENT + reading + documents.iter().map(of_documents).sum::<u64>()
}

/// What a file takes to be read and understood. Packed ones hold more in a byte, beside about 7 kB that every workbook
/// has (styles, theme).
fn reading(file: &Fingerprint) -> u64 {
    let extension = Path::new(&file.file).extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match extension.as_str() {
        "xlsx" | "xlsm" | "xlsb" | "ods" => 500 + file.bytes.saturating_sub(7_000) * 2,
        _ => 500 + file.bytes * 3 / 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_grow_with_the_input_and_the_editions() {
        let file = |name: &str, bytes| Fingerprint { file: name.to_owned(), bytes, sha256: String::new() };
        let ms = |formats: &[OutputFormat], inputs: &[Fingerprint]| cost(&[(formats, 1)], inputs) / 1_000;
        for (name, bytes, data, pdf) in [
            // Measured but the first: 10 and 9, 1910 and 1120, 2030 and 1140.
            ("a.csv", 12_200, 10, 9),
            ("a.XLSX", 9_000, 11, 9),
            ("a.csv", 3_222_114, 1_974, 1_165),
            ("a.xlsx", 455_489, 1_832, 1_081),
        ] {
            let inputs = [file(name, bytes)];
            assert_eq!(
                (ms(&[OutputFormat::Data], &inputs), ms(&[OutputFormat::Pdf], &inputs)),
                (data, pdf),
                "{name}"
            );
        }
    }

    #[test]
    fn costs_grow_with_the_views() {
        let sample = include_str!("../../assets/init/sample.toml");
        let inputs = ["a.csv", "b.csv", "c.csv"].map(|name| Fingerprint {
            file: name.to_owned(),
            bytes: 3_000_000,
            sha256: String::new(),
        });
        let of = |views: &str| {
            let template = Template::parse("t", &format!("{sample}\n{views}")).unwrap();
            cost(&documents(&template, inputs.len()), &inputs) / 1_000
        };
        let view = "[[views]]\nkey = \"v\"\ntitle = \"v\"\nformats = [\"pdf\"]\n";
        let (alone, one, each) = (of(""), of(view), of(&format!("{view}each = \"goal\"\n")));
        assert_eq!((one - alone, each - one), (544, 8), "the rows once, the other two files' own");
    }
}
