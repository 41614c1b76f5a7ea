//! What people have put into a document's folder or changed there, when another set takes the folder's place.
//!
//! * **K1** What kaitei did not make is moved to the new set's folder: never copied or linked, so that it has one
//!   content, its rights and its times, whatever is done to it meanwhile.
//! * **K2** A file of the old set that is neither what its manifest promises nor what the new set has was edited. Then
//!   the old set is kept as it is, as `<document>.edited-<hash>` beside the document's folder; the hash is that of the
//!   edited files. So is what cannot be moved because somebody has just made something of the same name.
//! * **K3** What is neither is removed file by file, the folder last: what appears in it meanwhile is not removed.
//!
//! All is told by what is on the disk, so that the build after a killed one can go on where that was.

use super::disk::rename_new;
use super::manifest::{self, Manifest};
use super::report::EditedSet;
use super::state::Files;
use crate::error::Error;
use crate::model::Fingerprint;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Between a document's name and the hash of what was edited.
const EDITED: &str = ".edited-";
/// Digits of that hash.
const HASH_DIGITS: usize = 8;

/// Files of a set by which kaitei's are told from people's.
#[derive(Default)]
struct OwnFiles {
    /// Hashes that each file of kaitei's may have, by its name.
    hashes: BTreeMap<String, BTreeSet<String>>,
    /// Whether the old set has a manifest that can be read.
    is_told: bool,
}

/// Empties a set that was replaced, after what is people's was brought to the document's folder. Returns the set if it
/// was kept. After a failure, what was not yet moved is still in the old set.
pub(super) fn settle(old: &Path, folder: &Path, files: &Files) -> Result<Option<EditedSet>, Error> {
    let own = OwnFiles::of(old, folder);
    let mut kept = own.edited(old, folder, files)?;
    for path in others(old, &own).map_err(|e| Error::io(old, &e))? {
        // K1
        let name = path.file_name().unwrap_or_default();
        let moved = make(folder).and_then(|()| rename_new(&path, &folder.join(name)));
        match moved {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let name = name.to_string_lossy().into_owned();
                kept.insert(name.clone(), Fingerprint { file: name, bytes: 0, sha256: String::new() });
            }
            // Under the name by which people know it.
            moved => moved.map_err(|e| Error::io(&folder.join(name), &e))?,
        }
    }
    if kept.is_empty() {
        own.remove_from(old);
        return Ok(None);
    }
    let target = keep(old, folder, kept.values()).map_err(|e| Error::io(old, &e))?;
    let files = kept.into_keys().collect();
    Ok(Some(EditedSet { folder: target.display().to_string(), files, cells: Vec::new(), more: 0 }))
}

/// The edited sets that were kept of a document with this folder, by name.
pub(super) fn kept_sets(folder: &Path) -> io::Result<Vec<String>> {
    let folder = super::swap::resolved(folder);
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else { return Ok(Vec::new()) };
    let begin = format!("{}{EDITED}", name.to_string_lossy());
    let mut sets = Vec::new();
    let entries = match fs::read_dir(parent) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(sets),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_hash =
            |rest: &str| rest.get(..HASH_DIGITS).is_some_and(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        if name.strip_prefix(&begin).is_some_and(is_hash) && entry.path().is_dir() {
            sets.push(name);
        }
    }
    sets.sort();
    Ok(sets)
}

impl OwnFiles {
    /// Of an old set, and of the new one in the document's folder.
    fn of(old: &Path, folder: &Path) -> Self {
        let mut own = Self::default();
        for (at, set) in [old, folder].into_iter().enumerate() {
            let Ok(Some(manifest)) = Manifest::read(set) else { continue };
            own.is_told |= at == 0;
            own.hashes.entry(manifest::NAME.to_owned()).or_default();
            for print in manifest.outputs {
                own.hashes.entry(print.file).or_default().insert(print.sha256);
            }
        }
        own
    }

    /// The files of the old set that kaitei did not write as they are (K2).
    fn edited(
        &self,
        old: &Path,
        folder: &Path,
        files: &Files,
    ) -> Result<BTreeMap<String, Fingerprint>, Error> {
        let mut edited = BTreeMap::new();
        for (name, hashes) in &self.hashes {
            let path = old.join(name);
            let print = match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Ok(found) if !found.is_file() => Fingerprint::of(name, b""),
                _ => {
                    let print = files.fingerprint_of_moved(&path, &folder.join(name), name.as_str());
                    print.map_err(|e| Error::io(&path, &e))?
                }
            };
            let is_own = match name.as_str() {
                manifest::NAME => self.is_told,
                _ => hashes.contains(&print.sha256),
            };
            if !is_own {
                edited.insert(name.clone(), print);
            }
        }
        Ok(edited)
    }

    /// Removes kaitei's own files, and the folder if it is empty then (K3). What cannot be removed now is removed by
    /// the next build.
    fn remove_from(&self, old: &Path) {
        for name in self.hashes.keys() {
            let _ = fs::remove_file(old.join(name));
        }
        let _ = fs::remove_dir(old);
    }
}

/// What is in a folder and not kaitei's; of a missing folder, nothing.
fn others(folder: &Path, own: &OwnFiles) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry?;
        if !own.hashes.contains_key(entry.file_name().to_string_lossy().as_ref()) {
            paths.push(entry.path());
        }
    }
    Ok(paths)
}

fn make(folder: &Path) -> io::Result<()> {
    if folder.is_dir() { Ok(()) } else { super::disk::make_folder(folder) }
}

/// Gives an old set its name among those that are kept.
fn keep<'p>(old: &Path, folder: &Path, edited: impl Iterator<Item = &'p Fingerprint>) -> io::Result<PathBuf> {
    let said: Vec<String> = edited.map(|print| format!("{} {}\n", print.sha256, print.file)).collect();
    let hash = Fingerprint::of("", said.concat().as_bytes()).sha256;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let name = format!("{name}{EDITED}{}", &hash[..HASH_DIGITS]);
    let mut target = folder.with_file_name(&name);
    for number in 2.. {
        match rename_new(old, &target) {
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty) => {
                target = folder.with_file_name(format!("{name}-{number}"));
            }
            done => return done.map(|()| target),
        }
    }
    unreachable!("some number is free")
}
