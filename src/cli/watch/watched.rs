//! How changes are noticed: the system tells of them, or the files are looked at regularly.

use crate::batch::{Sites, Snapshot};
use crate::error::{Error, ErrorKind};
use crate::finding::message;
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// What notices changes.
pub(super) enum WatchedPaths {
    /// The system.
    Told(Told),
    /// Kaitei itself.
    Looking(Looking),
}

/// What was noticed for a while.
pub(super) enum Noticed {
    /// No change.
    Nothing,
    /// Files and folders that may be other than they were.
    Changes(Vec<PathBuf>),
    /// Changes that the system has lost count of.
    TooMuch,
}

pub(super) struct Told {
    watcher: RecommendedWatcher,
    heard: Receiver<notify::Result<Event>>,
    watched: BTreeSet<PathBuf>,
}

/// Unlike notify's own polling, this sees a file that gives way to an older one.
pub(super) struct Looking {
    every: Duration,
    last: Snapshot,
    since: Duration,
}

impl WatchedPaths {
    /// Begins to watch; every so many seconds, if that is asked for.
    pub(super) fn open(poll: Option<NonZeroU32>, sites: &Sites) -> Result<Self, Error> {
        if let Some(seconds) = poll {
            let every = Duration::from_secs(seconds.get().into());
            return Ok(Self::Looking(Looking { every, last: sites.look()?, since: Duration::ZERO }));
        }
        let (sender, heard) = channel();
        let hear = move |change: notify::Result<Event>| {
            if change.as_ref().map_or(true, is_change) {
                // After the end of the watch, nobody needs to know.
                let _ = sender.send(change);
            }
        };
        let watcher = RecommendedWatcher::new(hear, Config::default()).map_err(|e| unwatchable(&e))?;
        let mut eyes = Self::Told(Told { watcher, heard, watched: BTreeSet::new() });
        eyes.follow(sites)?;
        Ok(eyes)
    }

    /// Watches what was not watched before.
    pub(super) fn follow(&mut self, sites: &Sites) -> Result<(), Error> {
        let Self::Told(told) = self else { return Ok(()) };
        let trees = sites.trees().map(|tree| (tree, RecursiveMode::Recursive));
        let folders = sites.folders().into_iter().map(|folder| (folder, RecursiveMode::NonRecursive));
        for (path, mode) in trees.into_iter().chain(folders) {
            // What is not there yet is told by the folder in which it will be.
            let path = path.ancestors().find(|folder| folder.is_dir()).unwrap_or(path);
            if !told.watched.contains(path) {
                told.watcher.watch(path, mode).map_err(|e| unwatchable(&e))?;
                told.watched.insert(path.to_owned());
            }
        }
        Ok(())
    }

    /// Watches for a while; at its end without fail, if that matters.
    pub(super) fn watch(&mut self, sites: &Sites, time: Duration, matters: bool) -> Result<Noticed, Error> {
        match self {
            Self::Told(told) => match told.heard.recv_timeout(time) {
                Ok(Ok(event)) if event.need_rescan() => Ok(Noticed::TooMuch),
                Ok(Ok(event)) => Ok(Noticed::Changes(event.paths)),
                Ok(Err(error)) => Err(unwatchable(&error)),
                Err(_) => Ok(Noticed::Nothing),
            },
            Self::Looking(looking) => {
                thread::sleep(time);
                looking.since += time;
                if looking.since < looking.every && !matters {
                    return Ok(Noticed::Nothing);
                }
                looking.since = Duration::ZERO;
                let now = sites.look()?;
                let changes = std::mem::replace(&mut looking.last, now).changes(&looking.last);
                Ok(if changes.is_empty() { Noticed::Nothing } else { Noticed::Changes(changes) })
            }
        }
    }
}

/// Whether something may be other than it was: reading is no change, and of what happens in a folder the files tell.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Any | ModifyKind::Data(_) | ModifyKind::Metadata(_)) => {
            !event.paths.iter().all(|path| path.is_dir())
        }
        _ => true,
    }
}

fn unwatchable(error: &notify::Error) -> Error {
    let paths: Vec<String> = error.paths.iter().map(|path| path.display().to_string()).collect();
    let paths = paths.join(" ");
    let why = match &error.kind {
        notify::ErrorKind::PathNotFound => format!("「{paths}」が見つかりません"),
        notify::ErrorKind::Io(io) => Error::io(Path::new(&paths), io).message.ja,
        notify::ErrorKind::MaxFilesWatch => "監視できるファイルの数の上限を超えています".to_owned(),
        _ => "変更の通知を受け取れません".to_owned(),
    };
    Error {
        kind: ErrorKind::Io,
        message: message(
            format!("変更を監視できません（{why}）。--poll 秒数 を指定すると、一定の間隔で調べます"),
            format!(
                "changes cannot be watched: {paths} {error} (with --poll SECONDS, files are looked at regularly)"
            ),
        ),
    }
}
