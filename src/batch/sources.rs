//! Reading a document's input files, within the template's limits.

use super::input_files::{InputFile, walk};
use super::regular;
use super::state::Stat;
use crate::error::{Error, ErrorKind};
use crate::finding::message;
use crate::model::{Fingerprint, Limits};
use crate::pipeline::Source;
use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::path::Path;

/// As much of a file that is too large as tells what it is.
const HEAD_BYTES: u64 = 4096;

/// Reads the input files; of those that are longer than the template allows, one or all together, the beginning.
pub(super) fn read_sources(folder: &Path, limits: &Limits) -> Result<Vec<Source>, Error> {
    let mut left = limits.total_mib << 20;
    let mut sources = Vec::new();
    for file in walk(folder)? {
        let source = read_source(file, left.min(limits.file_mib << 20))?;
        if source.is_whole() {
            left = left.saturating_sub(source.fingerprint.bytes);
        }
        sources.push(source);
    }
    Ok(sources)
}

/// Reads one file, or only how it begins if it is longer than `most` bytes.
pub(super) fn read_source(input: InputFile, most: u64) -> Result<Source, Error> {
    read_steady(input, most, |file, bytes| file.take(most).read_to_end(bytes))
}

/// Reads a file that nobody changes meanwhile; half of a copy would be taken for the whole.
fn read_steady(
    InputFile { path, name }: InputFile,
    most: u64,
    read: impl FnOnce(&File, &mut Vec<u8>) -> io::Result<usize>,
) -> Result<Source, Error> {
    let attempt = || {
        let mut file = regular::open(&path)?;
        let before = Stat::of(&file.metadata()?);
        let mut bytes = Vec::new();
        let source = if file.metadata()?.len() > most {
            (&file).take(HEAD_BYTES).read_to_end(&mut bytes)?;
            file.rewind()?;
            Source { fingerprint: Fingerprint::of_reader(name, &file)?, bytes }
        } else {
            read(&file, &mut bytes)?;
            Source::new(name, bytes)
        };
        let after = file.metadata()?;
        let is_steady = Stat::of(&after).is_as_written(&before) && after.len() == source.fingerprint.bytes;
        Ok(Some(source).filter(|_| is_steady))
    };
    attempt().map_err(|e: io::Error| Error::io(&path, &e))?.ok_or_else(|| changing(&path))
}

fn changing(path: &Path) -> Error {
    let path = path.display();
    let message = message(
        format!(
            "{path}: 読み取っている間に変更されました。コピーや同期、保存が終わってから、もう一度実行してください"
        ),
        format!("{path}: it was changed while it was read; wait until it is copied or saved, and run again"),
    );
    Error { kind: ErrorKind::Io, message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_file_that_is_being_written_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let input = || InputFile { path: path.clone(), name: "a.csv".to_owned() };
        std::fs::write(&path, "指標,目標\n").unwrap();
        for most in [5, 1 << 20] {
            assert_eq!(read_source(input(), most).unwrap().fingerprint.bytes, 14, "{most}");
        }
        let grow = || {
            let mut writer = File::options().append(true).open(&path).unwrap();
            writer.write_all("増,3件\n".as_bytes()).unwrap();
        };
        // Before its end is read, and after.
        let before = read_steady(input(), 1 << 20, |mut file, bytes| {
            grow();
            file.read_to_end(bytes)
        });
        let after = read_steady(input(), 1 << 20, |mut file, bytes| {
            let read = file.read_to_end(bytes);
            grow();
            read
        });
        for outcome in [before, after] {
            let said = outcome.unwrap_err().message;
            assert!(said.en.contains("a.csv: it was changed while it was read"), "{said:?}");
        }
        assert!(read_source(input(), 1 << 20).is_ok());
    }
}
