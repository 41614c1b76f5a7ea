//! Writing: every file under a temporary name first, then all renamed; never half a file.

use crate::error::Error;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Writes files into a folder so that a reader sees each either old or new, never in part.
///
/// All are written and flushed under temporary names before the first is renamed, so that a full disk
/// leaves the old files as they are. Returns the paths in the given order.
pub(super) fn write_together(folder: &Path, files: &[(String, &[u8])]) -> Result<Vec<PathBuf>, Error> {
    fs::create_dir_all(folder).map_err(|e| Error::io(folder, &e))?;
    let temporary = |name: &str| folder.join(format!(".{name}.tmp"));
    let staged = files.iter().try_for_each(|(name, bytes)| stage(&temporary(name), bytes));
    let renamed = staged.and_then(|()| {
        files.iter().try_for_each(|(name, _)| {
            let path = folder.join(name);
            fs::rename(temporary(name), &path).map_err(|e| Error::io(&path, &e))
        })
    });
    if let Err(error) = renamed {
        for (name, _) in files {
            // Best effort: the error that matters is the one above.
            let _ = fs::remove_file(temporary(name));
        }
        return Err(error);
    }
    Ok(files.iter().map(|(name, _)| folder.join(name)).collect())
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
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        write_together(path, &[("a.csv".into(), b"old"), ("b.csv".into(), b"old")]).unwrap();
        // A folder where the second temporary file would be: staging fails before any rename.
        fs::create_dir(path.join(".b.csv.tmp")).unwrap();
        let result = write_together(path, &[("a.csv".into(), b"new"), ("b.csv".into(), b"new")]);
        assert!(result.is_err());
        assert_eq!(fs::read(path.join("a.csv")).unwrap(), b"old");
        assert!(!path.join(".a.csv.tmp").exists());
    }
}
