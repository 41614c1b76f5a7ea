//! What putting files into their place asks of the operating system: that they are on the disk, and that two folders
//! change places.

use super::regular;
use crate::error::Error;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Makes a folder, with those above it that are missing.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error)
            if error.kind() == ErrorKind::NotFound && folder.parent().is_some_and(|up| !up.exists()) =>
        {
            make_folder(folder.parent().unwrap_or(folder))?;
            make_folder(folder)
        }
        Err(_) if folder.is_dir() => Ok(()),
        made => made.map(|()| share(folder)),
    }
}

/// Lets a group write to what this process has just made, if it may write to the folder around it: people of one
/// section share a project, whatever their umask. What cannot be shared stays as it is.
#[cfg(unix)]
pub(super) fn share(path: &Path) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let Some((own, around)) = fs::metadata(path).ok().zip(path.parent().and_then(|up| fs::metadata(up).ok()))
    else {
        return;
    };
    if around.mode() & 0o020 != 0 && around.gid() == own.gid() {
        let bits = if own.is_dir() { 0o070 } else { 0o060 };
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(own.mode() & 0o7777 | bits));
    }
}

/// What is made has the rights of the folder around it.
#[cfg(not(unix))]
pub(super) fn share(_: &Path) {}

/// Fails if this process may not take files out of a folder.
#[cfg(unix)]
pub(super) fn check_writable(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// Windows tells when it is tried.
#[cfg(not(unix))]
pub(super) fn check_writable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Fails if there is something at a path that is not what kaitei puts there: links are never followed to what they
/// lead to, and nothing but files and folders is ever replaced. Whether something is there.
pub(super) fn check_kind(path: &Path, is_folder: bool) -> io::Result<bool> {
    let kind = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        found => found?.file_type(),
    };
    match is_folder {
        _ if kind.is_symlink() => Err(regular::Irregular::Link.into()),
        true if kind.is_dir() => Ok(true),
        true => Err(ErrorKind::NotADirectory.into()),
        false if kind.is_file() => Ok(true),
        false if kind.is_dir() => Err(ErrorKind::IsADirectory.into()),
        false => Err(regular::Irregular::Special.into()),
    }
}

/// Writes one file so that nobody ever sees it in part. Only a file is replaced: no link, no device.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_with(path, bytes, File::sync_all).map_err(|error| Error::io(path, &error))
}

/// The same of a file that may be lost when the power fails.
pub(super) fn replace_unsynced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, bytes, |_| Ok(()))
}

fn replace_with(path: &Path, bytes: &[u8], sync: fn(&File) -> io::Result<()>) -> io::Result<()> {
    check_kind(path, false)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = path.with_file_name(format!(".{name}.kaitei-new"));
    // What a killed run has left; of a link, the link.
    if fs::symlink_metadata(&new).is_ok() {
        fs::remove_file(&new)?;
    }
    let written = File::create_new(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        sync(&file)
    });
    written.and_then(|()| rename(&new, path)).inspect_err(|_| {
        let _ = fs::remove_file(&new);
    })
}

/// Writes a file that [`sync_below`] brings to the disk, if it does not do so itself.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    if SYNCS_ALL_AT_ONCE { Ok(()) } else { file.sync_all() }
}

/// Whether all that was written can be brought to the disk by one call, [`sync_below`]; else each file is when it
/// is written.
const SYNCS_ALL_AT_ONCE: bool = cfg!(target_os = "linux");

/// Brings all that was written on a folder's file system to the disk.
#[cfg(target_os = "linux")]
pub(super) fn sync_below(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Each file is on the disk already.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_below(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Brings a folder's names to the disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows has no such call for folders; NTFS keeps the order of its operations.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Between the attempts to rename: on Windows, what watches for viruses or indexes files may hold for a moment what has
/// just been written.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(10),
    Duration::from_millis(40),
    Duration::from_millis(150),
    Duration::from_millis(500),
];

/// Gives a file or a folder another name; a file of that name is replaced.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    // ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION
    let is_held = |error: &io::Error| cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32));
    for pause in PAUSES {
        match fs::rename(from, to) {
            Err(error) if is_held(&error) => thread::sleep(pause),
            done => return done,
        }
    }
    fs::rename(from, to)
}

/// Lets two folders change places.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// This system cannot.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, other: &Path) -> io::Result<()> {
    Err(if other.exists() { ErrorKind::Unsupported } else { ErrorKind::NotFound }.into())
}

/// Gives something another name, unless there is something of that name.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).map_err(io::Error::from) {
        Err(error) if is_unsupported(&error) => rename_after_a_look(from, to),
        done => done,
    }
}

/// This system cannot in one step.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    rename_after_a_look(from, to)
}

fn rename_after_a_look(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
        Err(_) => rename(from, to),
    }
}

/// Whether the system or this file system cannot exchange.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}
