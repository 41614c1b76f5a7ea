//! Files that are encrypted with the password that Excel tries by itself, and so opens without asking.
//!
//! Excel encrypts a workbook whose sheets are only protected from changes with the word `VelvetSweatshop`. The feature
//! `default-password` opens them. Of the library's own bounds, that of the rounds of hashing is too wide here: 10
//! million take seconds.

use super::trouble::Refusal;
use msoffice_crypto::Error;

/// The word.
const PASSWORD: &str = "VelvetSweatshop";
/// Rounds of hashing that a file may ask for; Excel writes 100,000.
const MOST_ROUNDS: u32 = 1_000_000;

/// Decrypts an encrypted package: the archive that it holds.
pub(super) fn open_package(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let key = msoffice_crypto::classify(bytes).password_key;
    match key.and_then(|key| key.spin_count) {
        Some(rounds) if rounds > MOST_ROUNDS => Err(Refusal::Damaged(format!("spinCount = {rounds}"))),
        _ => msoffice_crypto::decrypt_ooxml(bytes, PASSWORD).map_err(|e| stop(&e)),
    }
}

/// Decrypts an Excel 97–2003 file that says that it is encrypted: what does not open has another password.
pub(super) fn open_book(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    msoffice_crypto::decrypt_binary_office(bytes, PASSWORD).map_err(|_| Refusal::Encrypted)
}

/// A cipher that is not known may be opened by Excel, with or without a password; so may what is protected by
/// rights, which has no `EncryptionInfo`.
fn stop(error: &Error) -> Refusal {
    match error {
        Error::WrongPassword
        | Error::MissingStream(_)
        | Error::UnsupportedEncryptionVersion(..)
        | Error::UnsupportedEncryptedContent(_)
        | Error::UnsupportedAlgorithm { .. } => Refusal::Encrypted,
        other => Refusal::Damaged(other.to_string()),
    }
}
