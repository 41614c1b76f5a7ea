//! What tells one file's content from another's: its length and its SHA-256.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// A file's content by length and hash; the name says relative to what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Path with `/` between folders.
    pub file: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 (FIPS 180-4) in 64 lower-case hexadecimal digits.
    pub sha256: String,
}

impl Fingerprint {
    /// Of content in memory.
    pub fn of(file: impl Into<String>, content: &[u8]) -> Self {
        let bytes = u64::try_from(content.len()).expect("what lies in memory is counted by 64 bits");
        Self { file: file.into(), bytes, sha256: hex(&Sha256::digest(content)) }
    }

    /// Of content that is read piece by piece, to its end.
    pub fn of_reader(file: impl Into<String>, mut content: impl Read) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        let mut piece = vec![0; 1 << 16];
        let mut bytes = 0;
        loop {
            let length = content.read(&mut piece)?;
            if length == 0 {
                return Ok(Self { file: file.into(), bytes, sha256: hex(&hasher.finalize()) });
            }
            hasher.update(&piece[..length]);
            bytes += u64::try_from(length).expect("a length fits 64 bits");
        }
    }
}

/// Bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn content_in_memory_and_in_pieces_is_the_same() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Fingerprint::of("a", b"").sha256, empty);
        let long = vec![7; 200_000];
        assert_eq!(Fingerprint::of("a", &long), Fingerprint::of_reader("a", long.as_slice()).unwrap());
    }
}
