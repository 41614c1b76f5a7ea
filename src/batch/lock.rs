//! The lock of a project's output: one build at a time, or the shards of one.
//!
//! A whole build, and whoever merges, holds it alone; shards hold it together, and each has a lock of its own
//! (`super::shards`). It is the operating system's lock on `output/.lock`, which ends with its process, however that
//! ends. So there is no stale lock to break; what the file says of its holder is for people.

use super::disk::{check_kind, make_folder, share};
use super::state::{Moment, Stat};
use crate::emit::Stamp;
use crate::error::Error;
use crate::finding::message;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

const NAME: &str = ".lock";

/// A lock that is held until it is dropped.
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// For who writes: nobody else may write or verify. Makes the folder.
    pub(super) fn exclusive(output: &Path) -> Result<Self, Error> {
        Self::exclusive_on(output.join(NAME))
    }

    /// The same of another file, with its folder.
    pub(super) fn exclusive_on(path: PathBuf) -> Result<Self, Error> {
        let file = open(&path)?;
        file.try_lock().map_err(|refused| refusal(&refused, &file, &path))?;
        // On a full disk the lock holds all the same; only its holder has no name.
        let _ = file.set_len(0);
        let _ = (&file).write_all(std::process::id().to_string().as_bytes());
        Ok(Self { file, path })
    }

    /// Waits until nobody else holds the lock of a file: for what takes a moment.
    pub(super) fn waiting_on(path: PathBuf) -> Result<Self, Error> {
        let file = open(&path)?;
        file.lock().map_err(|e| Error::io(&path, &e))?;
        Ok(Self { file, path })
    }

    /// For who only reads, and for shards: no whole build may be under way. Where nothing was ever built, there is
    /// nothing to lock.
    pub(super) fn shared(output: &Path) -> Result<Option<Self>, Error> {
        let path = output.join(NAME);
        check_kind(&path, false).map_err(|e| Error::io(&path, &e))?;
        let Ok(file) = File::open(&path) else { return Ok(None) };
        file.try_lock_shared().map_err(|refused| refusal(&refused, &file, &path))?;
        Ok(Some(Self { file, path }))
    }

    /// When the lock was obtained, by the clock of the file system.
    pub(super) fn since(&self) -> Result<Moment, Error> {
        let metadata = self.file.metadata().map_err(|e| Error::io(&self.path, &e))?;
        Ok(Stat::of(&metadata).latest())
    }
}

impl Drop for Lock {
    /// What is not held names no holder. (Of a shared lock, the file is open for reading: nothing happens.)
    ///
    /// Closing the file is not enough: a process that another thread is starting has it open until it becomes another
    /// program, and would hold the lock so long.
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> Result<File, Error> {
    let folder = path.parent().unwrap_or(path);
    make_folder(folder).map_err(|e| Error::io(folder, &e))?;
    let is_there = check_kind(path, false).map_err(|e| Error::io(path, &e))?;
    let file = match File::options().read(true).write(true).create(true).truncate(false).open(path) {
        // Another member of the group has made it. To lock it, most systems let who may read it.
        Err(error) if is_there && error.kind() == ErrorKind::PermissionDenied => File::open(path),
        opened => opened,
    };
    if !is_there {
        share(path);
    }
    file.map_err(|e| Error::io(path, &e))
}

fn refusal(refused: &TryLockError, file: &File, path: &Path) -> Error {
    if let TryLockError::Error(error) = refused {
        return Error::io(path, error);
    }
    let mut pid = String::new();
    // Not every system lets read what another process has locked.
    let _ = file.take(20).read_to_string(&mut pid);
    let since = file.metadata().map(|metadata| utc(Stat::of(&metadata).latest().seconds));
    let holder = match (pid.parse::<u32>(), since) {
        (Ok(pid), Ok(since)) => {
            (format!("（プロセス {pid}、{since} 開始）"), format!(" (process {pid}, since {since})"))
        }
        _ => Default::default(),
    };
    let path = path.display();
    Error::busy(message(
        format!(
            "このプロジェクトは別の kaitei が処理しています{}。終わってから実行し直してください（{path}）",
            holder.0
        ),
        format!(
            "another kaitei is at work on this project{}; run again when it has ended ({path})",
            holder.1
        ),
    ))
}

fn utc(seconds: i64) -> String {
    let (date, hour, minute, second) = Stamp { seconds }.civil();
    format!("{date} {hour:02}:{minute:02}:{second:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn writers_are_alone_and_readers_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        let kind = |lock: Result<Option<Lock>, Error>| lock.err().map(|error| error.kind);
        assert!(Lock::shared(&output).unwrap().is_none(), "nothing is made");
        let writer = Lock::exclusive(&output).unwrap();
        assert_eq!(kind(Lock::exclusive(&output).map(Some)), Some(ErrorKind::Busy));
        let error = Lock::exclusive(&output).err().unwrap();
        assert!(error.message.en.contains(&format!("process {}, since 2", std::process::id())), "{error}");
        assert_eq!(kind(Lock::shared(&output)), Some(ErrorKind::Busy));
        drop(writer);
        let reader = Lock::shared(&output).unwrap();
        assert_eq!(kind(Lock::shared(&output)), None);
        assert_eq!(kind(Lock::exclusive(&output).map(Some)), Some(ErrorKind::Busy));
        drop(reader);
        assert_eq!(kind(Lock::exclusive(&output).map(Some)), None);
    }

    #[test]
    fn a_process_that_is_being_started_holds_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        let writer = Lock::exclusive(&output).unwrap();
        let inherited = writer.file.try_clone().unwrap();
        drop(writer);
        assert!(Lock::shared(&output).is_ok());
        assert!(Lock::exclusive(&output).is_ok());
        drop(inherited);
    }
}
