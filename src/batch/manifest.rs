//! The manifest: what was built from what, by hashes; no clock in it.

use crate::diagnostic::{Diagnostic, Lang};
use crate::emit::Format;
use crate::emit::json::{DiagnosticView, to_bytes};
use crate::error::Error;
use crate::pipeline::{Built, Source};
use crate::template::Template;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'a str,
    version: &'a str,
    document: &'a str,
    template: Hashed,
    inputs: Vec<Hashed>,
    outputs: Vec<Hashed>,
    rows: usize,
    tally: Vec<Count<'a>>,
    diagnostics: Vec<DiagnosticView<'a>>,
}

/// A file with its hash.
#[derive(Serialize)]
pub(super) struct Hashed {
    file: String,
    bytes: u64,
    sha256: String,
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    label: &'a str,
    rows: usize,
}

/// The manifest of a build, as JSON. File names are relative: inputs to the document's input folder,
/// outputs to its output folder.
pub(super) fn render(
    template: &Template,
    template_bytes: &[u8],
    inputs: Vec<Hashed>,
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
        template: hashed(format!("{}.toml", template.id), template_bytes),
        inputs,
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

/// The input files, below their folder. One that was too large to be read, and is none of the forms, is hashed
/// piece by piece.
pub(super) fn inputs(folder: &Path, sources: &[Source]) -> Result<Vec<Hashed>, Error> {
    let hash = |source: &Source| {
        if source.is_whole() {
            return Ok(hashed(source.name.clone(), &source.bytes));
        }
        let path = folder.join(&source.name);
        let (bytes, digest) = digest_file(&path).map_err(|e| Error::io(&path, &e))?;
        Ok(Hashed { file: source.name.clone(), bytes, sha256: hex(&digest) })
    };
    sources.iter().map(hash).collect()
}

fn digest_file(path: &Path) -> io::Result<(u64, Vec<u8>)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok((total, hasher.finalize().to_vec()));
        }
        hasher.update(&piece[..length]);
        total += u64::try_from(length).expect("a length fits 64 bits");
    }
}

fn hashed(file: String, bytes: &[u8]) -> Hashed {
    let length = u64::try_from(bytes.len()).expect("a length fits 64 bits");
    Hashed { file, bytes: length, sha256: hex(&Sha256::digest(bytes)) }
}

fn hex(digest: &[u8]) -> String {
    let mut hex = String::new();
    for byte in digest {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
    }
    hex
}
