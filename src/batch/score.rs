//! Any files' scores, each among what lies beside it in its folder.

use super::Workers;
use super::input_files::{InputFile, walk};
use super::sources::read_source;
use crate::error::Error;
use crate::finding::{Code, Noted};
use crate::ingest::{self, FileReader, Survey};
use crate::model::{Eras, Limits, RawSheet};
use crate::pipeline::{self, Source};
use crate::score::{self, Companion, Score, Subject};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Dictionaries and lists of codes are smaller than this; so the data beside a file is not read for them.
const COMPANION_BYTES: u64 = 4 << 20;

/// What lies in a folder that could explain the files in it.
#[derive(Debug, Default)]
struct Beside {
    /// `datapackage.json`.
    package: Option<Vec<u8>>,
    /// The CSV files, by their paths.
    tables: Vec<(PathBuf, Vec<RawSheet>)>,
}

/// Scores files in their order; of folders, the spreadsheets and CSV files in them.
pub fn score(paths: &[PathBuf], workers: Option<&Workers>) -> Result<Vec<Score>, Error> {
    let limits = Limits::default();
    let reader = workers.map(Workers::reader);
    let reader = reader.as_ref().map(|read| read as FileReader<'_>);
    let mut folders: BTreeMap<PathBuf, Beside> = BTreeMap::new();
    let mut scores = Vec::new();
    for path in paths {
        let is_folder = std::fs::metadata(path).map_err(|e| Error::io(path, &e))?.is_dir();
        let files = if is_folder {
            walk(path)?.into_iter().map(|file| file.path).collect()
        } else {
            vec![path.clone()]
        };
        for file in files {
            let subject = subject(&file, &limits, workers, reader)?;
            // Of what was not asked for by name, other kinds of files are passed over.
            if is_folder
                && subject
                    .findings
                    .iter()
                    .any(|d| matches!(d.code(), Code::FileIgnored | Code::FileUnsupported))
            {
                continue;
            }
            let folder = file.parent().unwrap_or(Path::new("")).to_owned();
            if !folders.contains_key(&folder) {
                folders.insert(folder.clone(), beside(&folder, &limits, reader)?);
            }
            scores.push(score::score(&subject, &folders[&folder].companions(&file)));
        }
    }
    Ok(scores)
}

fn subject(
    path: &Path,
    limits: &Limits,
    workers: Option<&Workers>,
    reader: Option<FileReader<'_>>,
) -> Result<Subject, Error> {
    let file = path.display().to_string().replace('\\', "/");
    let input = InputFile { path: path.to_owned(), name: file.clone() };
    let source = read_source(input, limits.file_mib << 20)?;
    let survey = match workers {
        _ if !source.is_whole() => Survey::default(),
        Some(workers) => workers.survey(&source.bytes, &file, limits),
        None => ingest::survey(&source.bytes, &file, limits),
    };
    let Noted { value: sheets, findings } = pipeline::read(&[source], limits, Eras::reiwa(), reader);
    Ok(Subject { file, sheets, survey, findings })
}

fn beside(folder: &Path, limits: &Limits, reader: Option<FileReader<'_>>) -> Result<Beside, Error> {
    let mut beside = Beside::default();
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(here).map_err(|e| Error::io(here, &e))?;
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let is_table = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        let is_small =
            std::fs::metadata(&path).is_ok_and(|data| data.is_file() && data.len() <= COMPANION_BYTES);
        if !is_small || !(is_table || name == "datapackage.json") {
            continue;
        }
        // What cannot be read explains nothing.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        if is_table {
            let source = Source::new(path.display().to_string(), bytes);
            beside.tables.push((path, pipeline::read(&[source], limits, Eras::reiwa(), reader).value));
        } else {
            beside.package = Some(bytes);
        }
    }
    Ok(beside)
}

impl Beside {
    /// All but the file itself.
    fn companions(&self, file: &Path) -> Vec<Companion<'_>> {
        let package = self.package.iter().map(|bytes| Companion::Json(bytes));
        let others = self.tables.iter().filter(|(path, _)| path != file);
        package.chain(others.flat_map(|(_, sheets)| sheets.iter().map(Companion::Table))).collect()
    }
}
