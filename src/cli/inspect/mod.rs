//! `kaitei inspect`: how files were understood.

mod suggest;
mod text;

use super::args::{InspectArgs, LogFormat};
use super::page::{colour, terminal_width};
use super::{Exit, report, worker};
use crate::batch::{self, Inspection, ProjectFolder, TemplateChoice};
use crate::emit;
use crate::emit::json::{InspectionView, to_bytes};
use crate::error::Error;
use crate::finding::{Lang, has_errors};
use crate::view::{self, Inspected};
use anstream::AutoStream;
use std::path::Path;
use suggest::Suggestions;

pub(super) fn run(args: &InspectArgs, lang: Lang) -> Result<Exit, Error> {
    let choice = match (&args.template, &args.document) {
        (Some(path), _) => TemplateChoice::At(path.clone()),
        (None, Some(document)) => TemplateChoice::Document(document.clone()),
        (None, None) => TemplateChoice::ByFolder,
    };
    let inspections =
        batch::inspect(&ProjectFolder::new(&args.project), &args.files, &choice, Some(&worker::workers()))?;
    if args.suggest {
        return suggestions(&inspections, lang);
    }
    if let Some(page) = &args.html {
        return shown(page, &inspections, lang);
    }
    let output = match args.format {
        LogFormat::Text => {
            let texts: Vec<String> =
                inspections.iter().map(|i| text::render(i, terminal_width(), lang)).collect();
            texts.join("\n").into_bytes()
        }
        LogFormat::Json => to_bytes(&inspections.iter().map(view).collect::<Vec<_>>()),
    };
    let mut stdout = AutoStream::new(std::io::stdout(), colour(args.color));
    report::write_out(&mut stdout, &output)?;
    Ok(exit(&inspections))
}

fn exit(inspections: &[Inspection]) -> Exit {
    let wrong = inspections.iter().any(|inspection| has_errors(&inspection.findings));
    if wrong { Exit::Data } else { Exit::Done }
}

/// Writes the page that shows how the files were understood.
fn shown(page: &Path, inspections: &[Inspection], lang: Lang) -> Result<Exit, Error> {
    let files: Vec<Inspected<'_>> = inspections.iter().map(Inspection::inspected).collect();
    let text = emit::html::facsimile::render(&view::facsimiles(&files, lang), lang);
    batch::replace(page, text.as_bytes())?;
    Ok(exit(inspections))
}

/// Prints the entries; trouble is only what leaves a file without any, and stays out of what is pasted.
fn suggestions(inspections: &[Inspection], lang: Lang) -> Result<Exit, Error> {
    let template = inspections.first().map(|inspection| &inspection.template);
    let text = Suggestions::of(inspections, lang).text(template, lang);
    report::write_out(&mut std::io::stdout(), text.as_bytes())?;
    let mut trouble = Vec::new();
    for inspection in inspections.iter().filter(|inspection| inspection.sheets.is_empty()) {
        for finding in &inspection.findings {
            report::write_finding(&mut trouble, &inspection.template.id, finding, lang);
        }
    }
    report::write_out(&mut std::io::stderr(), &trouble)?;
    Ok(if trouble.is_empty() { Exit::Done } else { Exit::Data })
}

fn view(inspection: &Inspection) -> InspectionView<'_> {
    let Inspection { template, file, sheets, rows, corrections, findings } = inspection;
    InspectionView::of(file, template, sheets, (rows, corrections), findings)
}
