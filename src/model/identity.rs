//! The identity of a record: a name for programs that stays the same in every edition of its list.

use sha2::{Digest, Sha256};
use std::fmt;

/// The signs of base 32 (RFC 4648) in small letters.
const SIGNS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// How the names of rows in workbooks begin.
const NAMED: &str = "id_";

/// Eight signs of base 32: 40 bits of a hash of what the record was when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId([u8; 8]);

impl RecordId {
    /// Of the parts that tell a record from all others.
    pub fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            // No text holds this sign, so that no two lists of parts are one.
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
        let hash = hasher.finalize();
        let bits = hash.iter().take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let sign = |at: usize| {
            let index = (bits >> (35 - 5 * at)) & 31;
            SIGNS[usize::try_from(index).expect("five bits fit any machine")]
        };
        Self(std::array::from_fn(sign))
    }

    /// What the record's row is called in a workbook.
    pub fn defined_name(self) -> String {
        format!("{NAMED}{self}")
    }

    /// The id of the row that is called so.
    pub fn of_defined_name(name: &str) -> Option<Self> {
        Self::read(name.strip_prefix(NAMED)?)
    }

    /// What a text states; spaces around it and capitals do not matter.
    pub fn read(text: &str) -> Option<Self> {
        let signs: [u8; 8] = text.trim().to_ascii_lowercase().into_bytes().try_into().ok()?;
        signs.iter().all(|sign| SIGNS.contains(sign)).then_some(Self(signs))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).expect("the signs are ASCII"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written() {
        let id = RecordId::of(&["kpi", "１　あ", "増"]);
        assert_eq!(id.to_string().len(), 8);
        assert_eq!(RecordId::read(&format!(" {} ", id.to_string().to_uppercase())), Some(id));
        assert_ne!(id, RecordId::of(&["kpi", "１　あ増", ""]));
        for text in ["", "abcdefg", "abcdefgh2", "abcdefg1", "abcdefgあ"] {
            assert_eq!(RecordId::read(text), None, "{text}");
        }
    }
}
