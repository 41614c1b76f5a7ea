//! Putting a document's new files in the place of the old ones, all in one step.
//!
//! The new set is written into a hidden folder beside the document's (`.<document>.kaitei-stage`) and brought to the
//! disk. Once it is complete, that folder becomes `.<document>.kaitei-new`, and then the two folders change places: one
//! operation of the file system (Linux, macOS). A process that is killed, or a power cut, leaves the old set or the new
//! one. What was left behind is settled when the document is next built.
//!
//! Where the file system has no such operation, the old folder is renamed to `.<document>.kaitei-old` and the new
//! one to the document's name; between the two there is no folder, and the next build puts the old one back.
//!
//! What people have put into the old set, or changed there, is seen to after the step, when nobody finds the old set any
//! more ([`kept`](super::kept)). If it cannot be, the folders change places again.

use super::disk::{
    self, check_kind, check_writable, exchange, is_unsupported, rename, sync_below, sync_folder, write,
};
use super::kept::settle;
use super::report::EditedSet;
use super::state::Files;
use crate::error::Error;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A new set of files that is complete, beside the folder whose place it will take.
pub(super) struct Staged {
    /// The document's folder; links are resolved.
    folder: PathBuf,
    /// Where the new set is until it is complete.
    stage: PathBuf,
    /// Where it is then; after the step, the old set.
    new: PathBuf,
}

/// Writes a new set of files for a folder. After a failure (a full disk, say) nothing has changed.
pub(super) fn stage(folder: &Path, files: &[(String, &[u8])]) -> Result<Staged, Error> {
    let folder = resolved(folder);
    let staged = Staged { stage: beside(&folder, "stage"), new: beside(&folder, "new"), folder };
    staged.fill(files).inspect_err(|_| staged.discard())?;
    Ok(staged)
}

/// Puts right what a build that was killed has left of a document's folder. Returns the edited sets that were kept.
pub(super) fn recover(folder: &Path, files: &Files) -> Result<Vec<EditedSet>, Error> {
    let folder = resolved(folder);
    let there = |what| {
        let path = beside(&folder, what);
        check_kind(&path, true).map(|is| is.then(|| path.clone())).map_err(|e| Error::io(&path, &e))
    };
    let (stage, new, old) = (there("stage")?, there("new")?, there("old")?);
    if let Some(stage) = stage {
        // It was never complete, and nobody's but kaitei's.
        fs::remove_dir_all(&stage).map_err(|e| Error::io(&stage, &e))?;
    }
    let mut kept = Vec::new();
    if let Some(old) = &old
        && !folder.exists()
    {
        rename(old, &folder).map_err(|e| Error::io(old, &e))?;
    }
    for left in [new, old].into_iter().flatten().filter(|left| left.exists()) {
        kept.extend(settle(&left, &folder, files)?);
    }
    Ok(kept)
}

/// Brings some sets to the disk, puts each into its place, and tells of each that is there. Those that cannot be put
/// are given up. Returns for each the set that it has replaced, if that was edited.
pub(super) fn commit(
    sets: &[&Staged],
    files: &Files,
    placed: impl Fn(usize),
) -> Vec<Result<Option<EditedSet>, Error>> {
    let parents: BTreeSet<&Path> = sets.iter().filter_map(|set| set.folder.parent()).collect();
    let at_each = |sync: fn(&Path) -> io::Result<()>| {
        parents.iter().try_for_each(|parent| sync(parent).map_err(|e| Error::io(parent, &e)))
    };
    // One call for many sets: it costs a few milliseconds.
    let settled = at_each(sync_below);
    let swap = |set: &&Staged| settled.clone().and_then(|()| set.swap());
    let swapped: Vec<Result<(), Error>> = sets.iter().map(swap).collect();
    let named = at_each(sync_folder);
    let end = |(at, swapped): (usize, Result<(), Error>)| {
        if let Err(error) = swapped {
            sets[at].discard();
            return Err(error);
        }
        // Before anything else changes the folder: what is younger than the step is not kaitei's.
        placed(at);
        let kept = sets[at].settle(files)?;
        named.clone().map(|()| kept)
    };
    swapped.into_iter().enumerate().map(end).collect()
}

impl Staged {
    /// Where the files will be.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn fill(&self, files: &[(String, &[u8])]) -> Result<(), Error> {
        let at = |path: &Path, error: &io::Error| Error::io(path, error);
        let parent = self.folder.parent().unwrap_or(&self.folder);
        disk::make_folder(parent).map_err(|e| at(parent, &e))?;
        fs::create_dir(&self.stage).map_err(|e| at(&self.stage, &e))?;
        disk::share(&self.stage);
        match fs::metadata(&self.folder) {
            Ok(metadata) if metadata.is_dir() => {
                // Whoever may see the old set may see the new one.
                let _ = fs::set_permissions(&self.stage, metadata.permissions());
                check_writable(&self.folder).map_err(|e| at(&self.folder, &e))?;
            }
            Ok(_) => return Err(at(&self.folder, &ErrorKind::NotADirectory.into())),
            Err(_) => {}
        }
        for (name, bytes) in files {
            let path = self.stage.join(name);
            write(&path, bytes).map_err(|e| at(&path, &e))?;
        }
        Ok(())
    }

    /// The step. On failure, the old set is where it was.
    fn swap(&self) -> Result<(), Error> {
        disk::rename_new(&self.stage, &self.new).map_err(|e| Error::io(&self.new, &e))?;
        self.change_places().map_err(|error| {
            let _ = rename(&self.new, &self.stage);
            Error::io(&self.folder, &error)
        })
    }

    fn change_places(&self) -> io::Result<()> {
        match exchange(&self.new, &self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => rename(&self.new, &self.folder),
            Err(error) if is_unsupported(&error) => self.change_places_by_two(),
            done => done,
        }
    }

    /// Without an exchange. The old set ends up where an exchange would have put it.
    fn change_places_by_two(&self) -> io::Result<()> {
        let old = beside(&self.folder, "old");
        rename(&self.folder, &old)?;
        if let Err(error) = rename(&self.new, &self.folder) {
            rename(&old, &self.folder)?;
            return Err(error);
        }
        rename(&old, &self.new)
    }

    /// Sees to what people have put into the old set or changed there. On failure, the old set is back in its place
    /// with all that was in it.
    fn settle(&self, files: &Files) -> Result<Option<EditedSet>, Error> {
        settle(&self.new, &self.folder, files).inspect_err(|_| {
            if self.change_places().is_ok() {
                // What had been moved goes back. What cannot go now does when the document is next built.
                let _ = settle(&self.new, &self.folder, files);
            }
        })
    }

    /// Gives the new set up, before the step.
    fn discard(&self) {
        let _ = fs::remove_dir_all(&self.stage);
    }
}

/// Where a folder is that may be a link.
pub(super) fn resolved(folder: &Path) -> PathBuf {
    let target = folder.is_symlink().then(|| folder.canonicalize().ok()).flatten();
    target.unwrap_or_else(|| folder.to_owned())
}

fn beside(folder: &Path, what: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.kaitei-{what}"))
}

#[cfg(test)]
mod tests;
