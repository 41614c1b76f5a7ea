//! The files below a document's input folder, in a fixed order and without what operating systems leave behind.

use crate::error::Error;
use crate::ingest::is_litter;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One file of the input folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the folder, with `/` between folders.
    pub name: String,
}

/// The files below a folder by name (byte order), whatever their format; of a missing folder, none.
/// Links are followed, a link that leads back to a folder above it is not.
pub fn walk(folder: &Path) -> Result<Vec<InputFile>, Error> {
    if !folder.try_exists().map_err(|e| Error::io(folder, &e))? {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    let entries = WalkDir::new(folder).follow_links(true).into_iter();
    for entry in entries.filter_entry(|e| e.depth() == 0 || !is_litter(e.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            // What is no regular file is refused when it is to be read, and not passed over here.
            Ok(entry) => files.push(input_file(folder, entry)),
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                let reason = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
                return Err(Error::io(&path, &reason));
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn input_file(folder: &Path, entry: DirEntry) -> InputFile {
    let path = entry.into_path();
    let below = path.strip_prefix(folder).unwrap_or(&path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    let name = parts.join("/");
    InputFile { path, name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_sorted_and_without_litter() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        };
        for name in [
            "b.xlsx",
            "a/z.csv",
            "a.xlsx",
            "~$b.xlsx",
            ".DS_Store",
            "a/Thumbs.db",
            "__MACOSX/a.xlsx",
            "説明.pdf",
        ] {
            make(name);
        }
        let names: Vec<_> = walk(folder.path()).unwrap().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["a.xlsx", "a/z.csv", "b.xlsx", "説明.pdf"]);
        assert_eq!(walk(&folder.path().join("missing")).unwrap(), []);
    }
}
