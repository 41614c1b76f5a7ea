//! The directory at the end of an archive, held against the headers that stand before its members.
//!
//! Each member is described twice. Readers believe the directory, so a fault there can hide a part, or give it the name
//! of another, with all checksums right. Compared is what decides which bytes are read and as what; programs differ
//! in the rest (times, versions, rights).

use super::compound::{u16_at, u32_at};
use std::io::Cursor;
use zip::ZipArchive;

/// Marks of the records.
const LOCAL: &[u8] = b"PK\x03\x04";
const ENTRY: &[u8] = b"PK\x01\x02";
/// What may follow the entries: the end, the end of ZIP64, a signature.
const AFTER: [&[u8]; 3] = [b"PK\x05\x06", b"PK\x06\x06", b"PK\x05\x05"];
/// Flags of a member: its bytes are encrypted; its sizes stand behind its bytes.
const ENCRYPTED: u16 = 0x0001;
const SIZES_BEHIND: u16 = 0x0008;
/// Instead of a size, if the size stands elsewhere.
const ELSEWHERE: u32 = u32::MAX;

/// Whether all entries are there, and each says what its member's header says; the error names what does not fit.
pub(super) fn check(bytes: &[u8], zip: &ZipArchive<Cursor<&[u8]>>) -> Result<(), String> {
    let start = usize::try_from(zip.central_directory_start()).map_err(|e| e.to_string())?;
    let mut entry = bytes.get(start..).unwrap_or_default();
    let mut entries = 0;
    while entry.starts_with(ENTRY) {
        let (len, name) = variable(entry, 28, 46, 3).ok_or("central directory")?;
        let offset = u32_at(entry, 42).ok_or("central directory")?;
        if offset != ELSEWHERE {
            let at = u64::from(offset).saturating_add(zip.offset());
            let local = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
            agree(entry, local, name).ok_or_else(|| String::from_utf8_lossy(name).into_owned())?;
        }
        entries += 1;
        entry = &entry[len..];
    }
    let is_whole = entries == zip.len() && AFTER.iter().any(|mark| entry.starts_with(mark));
    is_whole.then_some(()).ok_or_else(|| format!("central directory: {entries} ≠ {}", zip.len()))
}

/// Whether a member's own header says what its entry says.
fn agree(entry: &[u8], local: &[u8], name: &[u8]) -> Option<()> {
    let (_, local_name) = variable(local, 26, 30, 2).filter(|_| local.starts_with(LOCAL))?;
    let slashes = |name: &[u8]| name.iter().map(|b| if *b == b'\\' { b'/' } else { *b }).collect::<Vec<_>>();
    let (flags, local_flags) = (u16_at(entry, 8)?, u16_at(local, 6)?);
    let (method, local_method) = (u16_at(entry, 10)?, u16_at(local, 8)?);
    let same = slashes(name) == slashes(local_name)
        && method == local_method
        && flags & ENCRYPTED == local_flags & ENCRYPTED;
    // Checksum, packed size, size. Some programs leave them empty and do not say so.
    let sizes = [0, 4, 8].map(|at| (u32_at(entry, 16 + at), u32_at(local, 14 + at)));
    let unknown = (flags | local_flags) & SIZES_BEHIND != 0 || sizes.iter().all(|(_, own)| *own == Some(0));
    let fits = |(stated, own): &(Option<u32>, Option<u32>)| {
        stated == own || *stated == Some(ELSEWHERE) || *own == Some(ELSEWHERE)
    };
    (same && (unknown || sizes.iter().all(fits))).then_some(())
}

/// The length of a record with fields of variable length, whose sizes stand one after the other, and the first of the
/// fields: the name.
fn variable(record: &[u8], sizes: usize, fixed: usize, fields: usize) -> Option<(usize, &[u8])> {
    let size = |field: usize| u16_at(record, sizes + 2 * field).map(usize::from);
    let len = (0..fields).try_fold(fixed, |len, field| Some(len + size(field)?))?;
    let record = record.get(..len)?;
    Some((len, &record[fixed..fixed + size(0)?]))
}
