//! Encrypted files in a build without ciphers (without the feature `default-password`): none is opened.

use super::trouble::Refusal;

/// Decrypts no package.
pub(super) fn open_package(_: &[u8]) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::Encrypted)
}

/// Decrypts no Excel 97–2003 file.
pub(super) fn open_book(_: &[u8]) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::Encrypted)
}
