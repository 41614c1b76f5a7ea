//! A workbook's archive with the same bytes on every system.
//!
//! The writer states in every entry of the archive's directory on which system it ran ("version made by", APPNOTE.TXT
//! 4.4.2): 0 on Windows, 3 elsewhere. Nothing else of the archive depends on the system.

use super::cell::failed;
use crate::error::Error;
use rust_xlsxwriter::Workbook;

/// Unix, whose permissions the entries state on every system.
const HOST: u8 = 3;

/// An entry of the directory: its signature, its bytes without the three texts at its end, where their lengths stand,
/// and where the system stands.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;
const ENTRY_TEXTS: [usize; 3] = [28, 30, 32];
const ENTRY_HOST: usize = 5;
/// The end of the directory, which is that of the archive: its signature, its bytes, and where the place of the
/// directory's first entry stands.
const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const END_START: usize = 16;

/// The bytes of a workbook.
pub(super) fn bytes(mut workbook: Workbook) -> Result<Vec<u8>, Error> {
    let mut bytes = workbook.save_to_buffer().map_err(|e| failed(None, &e))?;
    settle(&mut bytes);
    Ok(bytes)
}

/// States one system, whichever it was made on. An archive of another shape (4 GiB and more) stays as it is.
fn settle(archive: &mut [u8]) {
    let Some(end) = archive.len().checked_sub(END_BYTES).filter(|&end| archive[end..].starts_with(END))
    else {
        return;
    };
    let mut at = u32::from_le_bytes(std::array::from_fn(|byte| archive[end + END_START + byte])) as usize;
    while let Some(entry) = archive.get_mut(at..end).filter(|entry| entry.starts_with(ENTRY)) {
        entry[ENTRY_HOST] = HOST;
        let texts = ENTRY_TEXTS.map(|at| usize::from(u16::from_le_bytes([entry[at], entry[at + 1]])));
        at += ENTRY_BYTES + texts.iter().sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a workbook is written on Windows.
    #[test]
    fn a_workbook_says_the_same_of_its_system_everywhere() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        let here = bytes(workbook).unwrap();
        let entries: Vec<usize> = (0..here.len() - 4).filter(|&at| here[at..].starts_with(ENTRY)).collect();
        assert!(entries.len() >= 8, "{entries:?}");
        let mut elsewhere = here.clone();
        for &at in &entries {
            assert_eq!(here[at + ENTRY_HOST], HOST);
            elsewhere[at + ENTRY_HOST] = 0;
        }
        settle(&mut elsewhere);
        assert_eq!(elsewhere, here);
    }
}
