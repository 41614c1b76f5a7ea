//! Putting a document's new files in the place of the old ones, all in one step.
//!
//! The new set is written into a hidden folder beside the document's (`.<document>.kaitei-new`), brought to the
//! disk, and then the two folders change places: one operation of the file system (Linux, macOS). A process that is
//! killed, or a power cut, leaves the old set or the new one. What was left behind is cleared away when the document
//! is next built.
//!
//! Where the file system has no such operation, the old folder is renamed to `.<document>.kaitei-old` and the new
//! one to the document's name; between the two there is no folder, and the next build puts the old one back.
//!
//! Files that kaitei did not make (someone's notes) stay: they are linked into the new set before the step.

use super::disk::{exchange, is_unsupported, sync_below, sync_folder, write};
use super::manifest::{self, Manifest};
use crate::error::Error;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A new set of files that is complete, beside the folder whose place it will take.
pub(super) struct Staged {
    /// The document's folder; links are resolved.
    folder: PathBuf,
    new: PathBuf,
    /// Names of files that kaitei made or makes; all others are someone else's.
    own: BTreeSet<String>,
}

/// Writes a new set of files for a folder. After a failure (a full disk, say) nothing has changed.
pub(super) fn stage(
    folder: &Path,
    last: Option<&Manifest>,
    files: &[(String, &[u8])],
) -> Result<Staged, Error> {
    let folder = resolved(folder);
    let own = files.iter().map(|(name, _)| name.clone()).chain(last.into_iter().flat_map(made)).collect();
    let staged = Staged { new: beside(&folder, "new"), folder, own };
    staged.fill(files).inspect_err(|_| staged.discard())?;
    Ok(staged)
}

/// Puts right what a build that was killed has left of a document's folder.
pub(super) fn recover(folder: &Path) -> Result<(), Error> {
    let folder = resolved(folder);
    let (new, old) = (beside(&folder, "new"), beside(&folder, "old"));
    if old.exists() && !folder.exists() {
        fs::rename(&old, &folder).map_err(|e| Error::io(&old, &e))?;
    }
    for left in [new, old].into_iter().filter(|left| left.exists()) {
        // A set without a manifest was never complete: what others put into the document's folder is still there.
        if let Ok(Some(manifest)) = Manifest::read(&left) {
            keep_others(&left, &folder, &made(&manifest).collect())?;
        }
        fs::remove_dir_all(&left).map_err(|e| Error::io(&left, &e))?;
    }
    Ok(())
}

/// Brings some sets to the disk, puts each into its place, and tells of each that is there. Those that cannot be put
/// are given up.
pub(super) fn commit(sets: &[&Staged], placed: impl Fn(usize)) -> Vec<Result<(), Error>> {
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
        placed(at);
        sets[at].remove_old();
        named.clone()
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
        fs::create_dir_all(&self.new).map_err(|e| at(&self.new, &e))?;
        match fs::metadata(&self.folder) {
            Ok(metadata) if metadata.is_dir() => {
                // Whoever may see the old set may see the new one.
                let _ = fs::set_permissions(&self.new, metadata.permissions());
                link_others(&self.folder, &self.new, &self.own)?;
            }
            Ok(_) => return Err(at(&self.folder, &ErrorKind::NotADirectory.into())),
            Err(_) => {}
        }
        for (name, bytes) in files {
            let path = self.new.join(name);
            write(&path, bytes).map_err(|e| at(&path, &e))?;
        }
        Ok(())
    }

    /// The step. On failure, the old set is where it was.
    fn swap(&self) -> Result<(), Error> {
        let swapped = match exchange(&self.new, &self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => fs::rename(&self.new, &self.folder),
            Err(error) if is_unsupported(&error) => self.swap_by_two(),
            done => done,
        };
        swapped.map_err(|e| Error::io(&self.folder, &e))
    }

    /// Without an exchange. The old set ends up where an exchange would have put it.
    fn swap_by_two(&self) -> io::Result<()> {
        let old = beside(&self.folder, "old");
        fs::rename(&self.folder, &old)?;
        if let Err(error) = fs::rename(&self.new, &self.folder) {
            fs::rename(&old, &self.folder)?;
            return Err(error);
        }
        fs::rename(&old, &self.new)
    }

    /// Removes the old set after the step, with a last look for what others may have added to it meanwhile. What
    /// cannot be removed now is removed by the next build.
    fn remove_old(&self) {
        if keep_others(&self.new, &self.folder, &self.own).is_ok() {
            let _ = fs::remove_dir_all(&self.new);
        }
    }

    /// Gives the new set up.
    fn discard(&self) {
        let _ = fs::remove_dir_all(&self.new);
    }
}

/// Writes one file so that nobody ever sees it in part.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let new = beside(path, "new");
    let written = fs::File::create(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&new, path)).map_err(|error| {
        let _ = fs::remove_file(&new);
        Error::io(path, &error)
    })
}

/// The names of the files that a manifest accounts for, and its own.
fn made(manifest: &Manifest) -> impl Iterator<Item = String> {
    manifest.outputs.iter().map(|print| print.file.clone()).chain([manifest::NAME.to_owned()])
}

fn resolved(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

fn beside(folder: &Path, what: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.kaitei-{what}"))
}

/// Names in a folder that are not kaitei's.
fn others(folder: &Path, own: &BTreeSet<String>) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !own.contains(entry.file_name().to_string_lossy().as_ref()) {
            paths.push(entry.path());
        }
    }
    Ok(paths)
}

/// Links what is not kaitei's into another folder: no file of theirs is ever out of place.
fn link_others(from: &Path, to: &Path, own: &BTreeSet<String>) -> Result<(), Error> {
    for path in others(from, own).map_err(|e| Error::io(from, &e))? {
        for entry in WalkDir::new(&path).follow_root_links(false) {
            let entry = entry.map_err(|e| Error::io(&path, &e.into()))?;
            let target = to.join(entry.path().strip_prefix(from).unwrap_or(entry.path()));
            let linked = if entry.file_type().is_dir() {
                fs::create_dir(&target)
            } else {
                // A file system without links: a copy does.
                fs::hard_link(entry.path(), &target).or_else(|_| fs::copy(entry.path(), &target).map(|_| ()))
            };
            linked.map_err(|e| Error::io(entry.path(), &e))?;
        }
    }
    Ok(())
}

/// Moves what is not kaitei's, and not yet in the other folder, there.
fn keep_others(from: &Path, to: &Path, own: &BTreeSet<String>) -> Result<(), Error> {
    let Ok(others) = others(from, own) else { return Ok(()) };
    for path in others {
        let target = to.join(path.file_name().unwrap_or_default());
        if !target.exists() {
            let moved = fs::create_dir_all(to).and_then(|()| fs::rename(&path, &target));
            moved.map_err(|e| Error::io(&path, &e))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::manifest::Origins;
    use crate::batch::{Letterhead, Summary};
    use crate::model::Fingerprint;

    /// Content of a file of a set: the manifest, or one of its outputs.
    fn set(content: &str) -> Vec<(String, Vec<u8>)> {
        let print = |name: &str| Fingerprint::of(name, content.as_bytes());
        let summary = Summary {
            findings: Vec::new(),
            letterhead: Letterhead::default(),
            rows: 0,
            tally: Vec::new(),
            outputs: vec![print("a.csv"), print("b.csv")],
        };
        let (template, fonts, inputs) = (print("t.toml"), Vec::new(), Vec::new());
        let decisions = Vec::new();
        let origins = Origins { source_date_epoch: None, template, fonts, inputs, decisions };
        let manifest = Manifest::new("t", origins, &summary).to_bytes();
        let file = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
        vec![
            file("a.csv", content.as_bytes()),
            file("b.csv", content.as_bytes()),
            file(manifest::NAME, &manifest),
        ]
    }

    fn stage_set(folder: &Path, content: &str) -> Result<Staged, Error> {
        let set = set(content);
        let files: Vec<(String, &[u8])> = set.iter().map(|(name, b)| (name.clone(), b.as_slice())).collect();
        stage(folder, Manifest::read(folder).unwrap().as_ref(), &files)
    }

    fn put(folder: &Path, content: &str) {
        let staged = stage_set(folder, content).unwrap();
        commit(&[&staged], |_| {}).remove(0).unwrap();
    }

    /// Names below a folder with the beginnings of the files' contents.
    fn seen(folder: &Path) -> String {
        let mut names: Vec<String> = WalkDir::new(folder)
            .min_depth(1)
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .filter(|path| path.is_file() && !path.ends_with(manifest::NAME))
            .map(|path| {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                format!("{name}={}", fs::read_to_string(&path).unwrap())
            })
            .collect();
        names.sort();
        names.join(" ")
    }

    #[test]
    fn a_set_takes_the_place_of_another_and_strangers_stay() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("t");
        put(&folder, "old");
        assert_eq!(seen(root.path()), "t/a.csv=old t/b.csv=old");
        fs::create_dir(folder.join("notes")).unwrap();
        fs::write(folder.join("notes/n.txt"), "mine").unwrap();
        fs::write(folder.join("m.txt"), "mine").unwrap();
        let expected = "t/a.csv=new t/b.csv=new t/m.txt=mine t/notes/n.txt=mine";
        put(&folder, "new");
        assert_eq!(seen(root.path()), expected);
        let staged = stage_set(&folder, "newer").unwrap();
        fs::write(folder.join("late.txt"), "mine").unwrap();
        staged.swap_by_two().unwrap();
        staged.remove_old();
        assert_eq!(
            seen(root.path()),
            expected.replace("new", "newer").replace(" t/m", " t/late.txt=mine t/m")
        );
    }

    #[test]
    fn what_a_killed_build_leaves_is_put_right() {
        type Steps = fn(&Staged);
        let cases: [(&str, Steps, &str); 6] = [
            ("staged", |_| {}, "old"),
            ("staged in part", |s| fs::remove_file(s.new.join(manifest::NAME)).unwrap(), "old"),
            ("swapped", |s| s.swap().unwrap(), "new"),
            ("between", |s| fs::rename(&s.folder, beside(&s.folder, "old")).unwrap(), "old"),
            (
                "by two",
                |s| {
                    fs::rename(&s.folder, beside(&s.folder, "old")).unwrap();
                    fs::rename(&s.new, &s.folder).unwrap();
                },
                "new",
            ),
            ("moved back", |s| s.swap_by_two().unwrap(), "new"),
        ];
        for (name, steps, expected) in cases {
            let root = tempfile::tempdir().unwrap();
            let folder = root.path().join("t");
            put(&folder, "old");
            fs::write(folder.join("m.txt"), "mine").unwrap();
            let staged = stage_set(&folder, "new").unwrap();
            fs::write(folder.join("late.txt"), "mine").unwrap();
            steps(&staged);
            recover(&folder).unwrap();
            let kept = format!("t/a.csv={expected} t/b.csv={expected} t/late.txt=mine t/m.txt=mine");
            assert_eq!(seen(root.path()), kept, "{name}");
        }
    }

    #[test]
    fn a_failed_set_leaves_the_old_files_and_no_litter() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("t");
        put(&folder, "old");
        let files: [(String, &[u8]); 2] = [("a.csv".into(), b"new"), ("none/b.csv".into(), b"new")];
        assert!(stage(&folder, None, &files).is_err());
        assert_eq!(seen(root.path()), "t/a.csv=old t/b.csv=old");
        let file = root.path().join("f");
        fs::write(&file, "mine").unwrap();
        assert!(stage_set(&file, "new").is_err());
        assert_eq!(seen(root.path()), "f=mine t/a.csv=old t/b.csv=old");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_elsewhere_stays_there() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("share")).unwrap();
        std::os::unix::fs::symlink("share", root.path().join("t")).unwrap();
        put(&root.path().join("t"), "new");
        assert!(root.path().join("t").is_symlink());
        assert_eq!(seen(root.path()), "share/a.csv=new share/b.csv=new");
    }
}
