//! Which files have which hash, as far as their sizes and times tell: what makes a build of nothing new fast.
//!
//! `output/.kaitei-state` remembers each file's hash with its size, times and inode. A file that looks the same is
//! not read again. It may be deleted at any time; that costs time and nothing else.
//!
//! A file could change without looking different if it changed twice within one tick of the clock, the first time
//! before it was read, the second time after. So a file is remembered only if its times lie before the reading,
//! by a margin that covers coarse clocks and those of file servers; times that lie in the future are never
//! believed. That a program sets a file's time back does not hide a change either: the time of the last change of
//! the inode cannot be set (Unix only).

use super::disk::replace_unsynced;
use super::regular;
use crate::model::Fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The state of the whole project.
pub(super) const NAME: &str = ".kaitei-state";
/// The form of the file.
const FORMAT: u32 = 1;
/// As much older than its reading must a file be, in seconds: FAT counts in twos, and clocks of servers differ.
const MARGIN: i64 = 2;

/// A moment by the clock of a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(super) struct Moment {
    /// Seconds since 1970 UTC.
    pub(super) seconds: i64,
    nanos: i64,
}

/// How a file looks from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stat {
    bytes: u64,
    modified: Moment,
    /// Last change of content, name or rights; cannot be set. The epoch where the system does not tell.
    changed: Moment,
    /// 0 where the system does not tell.
    inode: u64,
}

/// A file's looks and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    #[serde(flatten)]
    stat: Stat,
    sha256: String,
}

#[derive(Default, Serialize, Deserialize)]
struct Memory {
    format: u32,
    files: BTreeMap<String, Seen>,
}

/// The files of a project as this run sees them.
pub(super) struct Files {
    root: PathBuf,
    memory: PathBuf,
    /// When the run began; without it, nothing is remembered.
    began: Option<Moment>,
    known: BTreeMap<String, Seen>,
    fresh: Mutex<BTreeMap<String, Seen>>,
}

impl Moment {
    fn before(self, seconds: i64) -> Self {
        Self { seconds: self.seconds - seconds, ..self }
    }
}

impl Stat {
    /// From what the system says.
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            bytes: metadata.len(),
            modified: Moment { seconds: metadata.mtime(), nanos: metadata.mtime_nsec() },
            changed: Moment { seconds: metadata.ctime(), nanos: metadata.ctime_nsec() },
            inode: metadata.ino(),
        }
    }

    /// From what the system says.
    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.map(|since| Moment {
            seconds: since.as_secs().try_into().unwrap_or_default(),
            nanos: since.subsec_nanos().into(),
        });
        let (modified, changed) = (modified.unwrap_or_default(), Moment::default());
        Self { bytes: metadata.len(), modified, changed, inode: 0 }
    }

    /// Whether the content is what it was, as far as its length and time tell; rights and names may be others.
    pub(super) fn is_as_written(&self, before: &Self) -> bool {
        (self.bytes, self.modified) == (before.bytes, before.modified)
    }

    /// The later of its times.
    pub(super) fn latest(&self) -> Moment {
        self.modified.max(self.changed)
    }
}

impl Files {
    /// What the last run remembered in a file, unless all is to be read for real.
    pub(super) fn load(root: &Path, memory: PathBuf, began: Option<Moment>, trusting: bool) -> Self {
        let read = || serde_json::from_slice::<Memory>(&regular::read(&memory).ok()?).ok();
        let read = read().filter(|read| trusting && read.format == FORMAT);
        let known = read.unwrap_or_default().files;
        Self { root: root.to_owned(), memory, began, known, fresh: Mutex::default() }
    }

    /// A file's fingerprint under a name; the file is read unless it looks as it did.
    pub(super) fn fingerprint(&self, path: &Path, name: impl Into<String>) -> io::Result<Fingerprint> {
        let key = self.key(path);
        let stat = Stat::of(&fs::metadata(path)?);
        if let Some(seen) = self.known.get(&key).filter(|seen| seen.stat == stat) {
            self.remember(key, seen.clone());
            return Ok(Fingerprint { file: name.into(), bytes: stat.bytes, sha256: seen.sha256.clone() });
        }
        let print = Fingerprint::of_reader(name, regular::open(path)?)?;
        if self.began.is_some_and(|began| stat.latest() < began.before(MARGIN)) && print.bytes == stat.bytes {
            self.remember(key, Seen { stat, sha256: print.sha256.clone() });
        }
        Ok(print)
    }

    /// A file's fingerprint under a name, if the file was at another path when the last run saw it.
    pub(super) fn fingerprint_of_moved(
        &self,
        path: &Path,
        was: &Path,
        name: impl Into<String>,
    ) -> io::Result<Fingerprint> {
        let stat = Stat::of(&fs::metadata(path)?);
        match self.known.get(&self.key(was)).filter(|seen| seen.stat == stat) {
            Some(seen) => {
                Ok(Fingerprint { file: name.into(), bytes: stat.bytes, sha256: seen.sha256.clone() })
            }
            None => Fingerprint::of_reader(name, regular::open(path)?),
        }
    }

    /// Remembers files of a folder that has just been moved into its place by this process. They were written out
    /// of sight; whoever changes one now does so after the move, which is the folder's last change.
    pub(super) fn placed(&self, folder: &Path, prints: &[Fingerprint]) {
        let Ok(moved) = fs::metadata(folder).map(|metadata| Stat::of(&metadata).changed) else { return };
        for print in prints {
            let path = folder.join(&print.file);
            let Ok(stat) = fs::metadata(&path).map(|metadata| Stat::of(&metadata)) else { continue };
            if stat.latest() < moved && stat.bytes == print.bytes {
                self.remember(self.key(&path), Seen { stat, sha256: print.sha256.clone() });
            }
        }
    }

    /// Writes down what this run saw. Of a run over a part of the documents, what is known of the others stays.
    /// A failure costs the next run time and nothing else.
    pub(super) fn save(self, all: bool) {
        let mut files = if all { BTreeMap::new() } else { self.known.clone() };
        files.extend(self.fresh.into_inner().expect("no panic happens under this lock"));
        if files == self.known {
            return;
        }
        let bytes = serde_json::to_vec(&Memory { format: FORMAT, files });
        let _ = replace_unsynced(&self.memory, &bytes.expect("all keys are strings"));
    }

    fn remember(&self, key: String, seen: Seen) {
        self.fresh.lock().expect("no panic happens under this lock").insert(key, seen);
    }

    fn key(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::{Duration, UNIX_EPOCH};

    /// Whether a second run reads a file again that a first run saw, with the run's beginning that many seconds
    /// after the file's time.
    fn is_read_again(age: i64, meddle: impl FnOnce(&Path)) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let (root, path) = (folder.path(), folder.path().join("a"));
        fs::write(&path, "old").unwrap();
        let latest = Stat::of(&fs::metadata(&path).unwrap()).latest();
        let began = Some(latest.before(-age));
        let first = Files::load(root, root.join(NAME), began, true);
        let old = first.fingerprint(&path, "a").unwrap();
        first.save(true);
        meddle(&path);
        let second = Files::load(root, root.join(NAME), began, true);
        let known = second.known.get("a").is_some_and(|s| s.stat == Stat::of(&fs::metadata(&path).unwrap()));
        assert_eq!(second.fingerprint(&path, "a").unwrap() == old, fs::read(&path).unwrap() == b"old");
        !known
    }

    #[test]
    fn what_looks_the_same_is_not_read_again_if_it_is_old_enough() {
        for (age, expected) in [(3, false), (2, true), (0, true), (-1000, true)] {
            assert_eq!(is_read_again(age, |_| {}), expected, "{age}");
        }
    }

    #[test]
    fn a_change_is_seen_whatever_the_times_say() {
        let set = |path: &Path, time: Duration| {
            File::options().write(true).open(path).unwrap().set_modified(UNIX_EPOCH + time).unwrap();
        };
        assert!(is_read_again(10, |path| fs::write(path, "new").unwrap()));
        assert!(is_read_again(10, |path| {
            let before = fs::metadata(path).unwrap().modified().unwrap();
            fs::write(path, "new").unwrap();
            set(path, before.duration_since(UNIX_EPOCH).unwrap());
        }));
        for time in [1, 4_000_000_000] {
            assert!(is_read_again(10, |path| {
                fs::write(path, "new").unwrap();
                set(path, Duration::from_secs(time));
            }));
        }
    }
}
