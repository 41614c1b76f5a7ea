//! Reading a document's input files, within the template's limits.

use crate::error::Error;
use crate::ingest::{self, InputFile};
use crate::model::{Fingerprint, Limits};
use crate::pipeline::Source;
use crate::regular;
use std::io::{Read as _, Seek as _};
use std::path::Path;

/// As much of a file that is too large as tells what it is.
const HEAD_BYTES: u64 = 4096;

/// Reads the input files; of those that are longer than the template allows, one or all together, the beginning.
pub(super) fn read_sources(folder: &Path, limits: &Limits) -> Result<Vec<Source>, Error> {
    let mut left = limits.total_mib << 20;
    let mut sources = Vec::new();
    for file in ingest::walk(folder)? {
        let source = read_source(file, left.min(limits.file_mib << 20))?;
        if source.is_whole() {
            left = left.saturating_sub(source.fingerprint.bytes);
        }
        sources.push(source);
    }
    Ok(sources)
}

/// Reads one file, or only how it begins if it is longer than `most` bytes.
pub(super) fn read_source(InputFile { path, name }: InputFile, most: u64) -> Result<Source, Error> {
    let read = || {
        let mut file = regular::open(&path)?;
        let mut bytes = Vec::new();
        if file.metadata()?.len() > most {
            (&file).take(HEAD_BYTES).read_to_end(&mut bytes)?;
            file.rewind()?;
            return Ok(Source { fingerprint: Fingerprint::of_reader(name, file)?, bytes });
        }
        // It may have grown meanwhile.
        file.take(most).read_to_end(&mut bytes)?;
        Ok(Source::new(name, bytes))
    };
    read().map_err(|e: std::io::Error| Error::io(&path, &e))
}
