//! What a run came to in detail, for people and for programs: `output/report.html` and `output/report.json`. Neither
//! has a clock in it: the same reports give the same bytes.

mod departments;
mod json;
mod letter;
mod page;

use super::disk::replace;
use super::{ProjectFolder, Report};
use crate::error::Error;
use crate::finding::Lang;

/// Writes both files. Words that belong to no document are in the given language.
pub fn write_overview(project: &ProjectFolder, reports: &[Report], lang: Lang) -> Result<(), Error> {
    for (name, bytes) in
        [("report.json", json::render(reports)), ("report.html", page::render(reports, lang))]
    {
        replace(&project.outputs().join(name), &bytes)?;
    }
    Ok(())
}
