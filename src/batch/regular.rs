//! Regular files: what is read for its content, and neither waits for a writer nor goes on for ever.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::{error, fmt};

/// Why something is not read, replaced or written to: it is no regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Irregular {
    /// A named pipe, a device, a socket.
    Special,
    /// A link, where none is followed.
    Link,
}

impl fmt::Display for Irregular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Special => "not a regular file but a named pipe, a device or a socket",
            Self::Link => "a link, which is not followed here; remove it",
        })
    }
}

impl error::Error for Irregular {}

impl From<Irregular> for io::Error {
    fn from(irregular: Irregular) -> Self {
        Self::other(irregular)
    }
}

/// Opens a file to read it; a link is followed. A named pipe is not opened, for that would wait for its writer; nor is
/// a device.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    match kind {
        _ if kind.is_file() => File::open(path),
        _ if kind.is_dir() => Err(ErrorKind::IsADirectory.into()),
        _ => Err(Irregular::Special.into()),
    }
}

/// Reads a file to its end.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = open(path)?;
    let mut bytes = Vec::with_capacity(file.metadata()?.len().try_into().unwrap_or_default());
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The same of a file that has no more than so many bytes; one that has more is [`ErrorKind::FileTooLarge`].
pub(crate) fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= most => Ok(bytes),
        _ => Err(ErrorKind::FileTooLarge.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "x").unwrap();
        assert_eq!(read(&file).unwrap(), b"x");
        assert_eq!(read_at_most(&file, 1).unwrap(), b"x");
        assert_eq!(read_at_most(&file, 0).unwrap_err().kind(), ErrorKind::FileTooLarge);
        let kind = |path: &Path| read(path).map_err(|error| error.kind()).unwrap_err();
        assert_eq!(kind(&folder.path().join("b")), ErrorKind::NotFound);
        assert_eq!(kind(folder.path()), ErrorKind::IsADirectory);
        if cfg!(target_os = "linux") {
            let error = read(Path::new("/dev/zero")).unwrap_err();
            let irregular = error.get_ref().and_then(|error| error.downcast_ref::<Irregular>());
            assert_eq!(irregular, Some(&Irregular::Special));
        }
    }
}
