//! The manifest: what was built from what, by hashes; no clock in it.

use super::fonts::FontFiles;
use crate::diagnostic::{Diagnostic, Lang};
use crate::emit::Format;
use crate::emit::json::{DiagnosticView, to_bytes};
use crate::pipeline::{Built, Source};
use crate::template::Template;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'a str,
    version: &'a str,
    document: &'a str,
    template: Hashed,
    fonts: Vec<Hashed>,
    inputs: Vec<Hashed>,
    outputs: Vec<Hashed>,
    rows: usize,
    tally: Vec<Count<'a>>,
    diagnostics: Vec<DiagnosticView<'a>>,
}

#[derive(Serialize)]
struct Hashed {
    file: String,
    bytes: usize,
    sha256: String,
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    label: &'a str,
    rows: usize,
}

/// What a document is built from.
pub(super) struct Origins<'a> {
    /// The template's file.
    pub(super) template: &'a [u8],
    /// The fonts that it names; the embedded one comes with the program's version.
    pub(super) fonts: &'a FontFiles<'a>,
    /// The input files.
    pub(super) sources: &'a [Source],
}

/// The manifest of a build, as JSON. File names are relative: inputs to the document's input folder, outputs to its
/// output folder; fonts are named as in the template.
pub(super) fn render(
    template: &Template,
    origins: &Origins<'_>,
    built: &Built,
    diagnostics: &[Diagnostic],
) -> Vec<u8> {
    let output = |(format, bytes): &(Format, Vec<u8>)| {
        hashed(format!("{}.{}", template.id, format.extension()), bytes)
    };
    let manifest = Manifest {
        generator: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        document: &template.id,
        template: hashed(format!("{}.toml", template.id), origins.template),
        fonts: origins.fonts.files().map(|(path, bytes)| hashed(path.to_owned(), bytes)).collect(),
        inputs: origins.sources.iter().map(|source| hashed(source.name.clone(), &source.bytes)).collect(),
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

fn hashed(file: String, bytes: &[u8]) -> Hashed {
    let mut sha256 = String::new();
    for byte in Sha256::digest(bytes) {
        write!(sha256, "{byte:02x}").expect("writing to a string does not fail");
    }
    Hashed { file, bytes: bytes.len(), sha256 }
}
