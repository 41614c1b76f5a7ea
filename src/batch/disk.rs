//! What putting files into their place asks of the operating system: that they are on the disk, and that two folders
//! change places.

use std::fs::File;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

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

/// Whether the system or this file system cannot exchange.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}
