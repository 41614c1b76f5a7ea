//! Writing: every file under a temporary name first, then all renamed; never half a file.

use crate::error::Error;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Writes files into a folder so that a reader sees each either old or new, never in part.
///
/// All are written and flushed under temporary names before the first is renamed, so that a full disk
/// leaves the old files as they are; if one cannot be replaced, those that were are put back. Returns the
/// paths in the given order.
pub(super) fn write_together(folder: &Path, files: &[(String, &[u8])]) -> Result<Vec<PathBuf>, Error> {
    fs::create_dir_all(folder).map_err(|e| Error::io(folder, &e))?;
    let set: Vec<Staged> = files.iter().map(|(name, _)| Staged::new(folder, name)).collect();
    let staged = set.iter().zip(files).try_for_each(|(file, (_, bytes))| stage(&file.new, bytes));
    let replaced = staged.and_then(|()| {
        let failed =
            set.iter().enumerate().find_map(|(i, file)| file.replace().err().map(|error| (i, error)));
        failed.map_or(Ok(()), |(count, error)| {
            set[..count].iter().for_each(Staged::put_back);
            Err(error)
        })
    });
    // What is left of temporary files is of no use to anyone; the error that matters is the one above.
    for file in &set {
        let _ = fs::remove_file(&file.new);
        let _ = fs::remove_file(&file.old);
    }
    replaced.map(|()| set.into_iter().map(|file| file.path).collect())
}

/// A file with its temporary names.
struct Staged {
    path: PathBuf,
    /// The new content before it is renamed.
    new: PathBuf,
    /// The old content while it may have to be put back.
    old: PathBuf,
}

impl Staged {
    fn new(folder: &Path, name: &str) -> Self {
        let temporary = |suffix| folder.join(format!(".{name}.{suffix}"));
        Self { path: folder.join(name), new: temporary("new"), old: temporary("old") }
    }

    /// Keeps the old file under another name as well and renames the new one over it.
    fn replace(&self) -> Result<(), Error> {
        let kept = match fs::hard_link(&self.path, &self.old) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            // A file system without links: a copy does.
            Err(_) => fs::copy(&self.path, &self.old).map(|_| ()),
            Ok(()) => Ok(()),
        };
        kept.and_then(|()| fs::rename(&self.new, &self.path)).map_err(|e| Error::io(&self.path, &e))
    }

    /// Best effort after a failure: the old content, or no file where there was none.
    fn put_back(&self) {
        if fs::rename(&self.old, &self.path).is_err() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn stage(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|e| Error::io(path, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_set_leaves_the_old_files_and_no_litter() {
        let names = ["a.csv".to_owned(), "b.csv".to_owned(), "c.csv".to_owned()];
        let files = |content: &'static [u8]| names.clone().map(|name| (name, content));
        for obstacle in [".b.csv.new", "b.csv"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path();
            write_together(path, &files(b"old")[..2]).unwrap();
            // A folder in the way: of the temporary file, or of the file itself.
            let _ = fs::remove_file(path.join(obstacle));
            fs::create_dir_all(path.join(obstacle).join("x")).unwrap();
            assert!(write_together(path, &files(b"new")).is_err());
            assert_eq!(fs::read(path.join("a.csv")).unwrap(), b"old", "{obstacle}");
            assert!(!path.join("c.csv").exists(), "{obstacle}");
            let names = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name());
            let litter = names.filter(|name| name != obstacle && name.to_string_lossy().starts_with('.'));
            assert_eq!(litter.count(), 0, "{obstacle}");
        }
    }
}
