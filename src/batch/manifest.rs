//! The manifest: what was built from what, by hashes; no clock in it.

use crate::diagnostic::{Diagnostic, Lang};
use crate::emit::Format;
use crate::emit::json::{DiagnosticView, to_bytes};
use crate::model::Fingerprint;
use crate::pipeline::Built;
use crate::template::Template;
use serde::Serialize;

#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'a str,
    version: &'a str,
    document: &'a str,
    template: Fingerprint,
    fonts: Vec<Fingerprint>,
    inputs: Vec<Fingerprint>,
    outputs: Vec<Fingerprint>,
    rows: usize,
    tally: Vec<Count<'a>>,
    diagnostics: Vec<DiagnosticView<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    label: &'a str,
    rows: usize,
}

/// What a document is built from.
pub(super) struct Origins {
    /// The template's file.
    pub(super) template: Fingerprint,
    /// The font files that it names; the embedded one comes with the program's version.
    pub(super) fonts: Vec<Fingerprint>,
    /// The input files.
    pub(super) inputs: Vec<Fingerprint>,
}

/// The manifest of a build, as JSON. File names are relative: inputs to the document's input folder, outputs to its
/// output folder; fonts are named as in the template.
pub(super) fn render(
    template: &Template,
    origins: Origins,
    built: &Built,
    diagnostics: &[Diagnostic],
) -> Vec<u8> {
    let output = |(format, bytes): &(Format, Vec<u8>)| Fingerprint::of(format.file_name(&template.id), bytes);
    let manifest = Manifest {
        generator: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        document: &template.id,
        template: origins.template,
        fonts: origins.fonts,
        inputs: origins.inputs,
        outputs: built.editions.iter().map(output).collect(),
        rows: built.list.rows.len(),
        tally: template
            .dispositions
            .iter()
            .zip(&built.list.tally)
            .map(|(d, &rows)| Count { code: &d.code, label: &d.label, rows })
            .collect(),
        // One language for all machines: the manifest does not depend on the locale.
        diagnostics: diagnostics.iter().map(|d| DiagnosticView::of(d, Lang::Ja)).collect(),
    };
    to_bytes(&manifest)
}
