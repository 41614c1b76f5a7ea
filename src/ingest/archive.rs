//! The ZIP archives that xlsx, xlsb and ods are: members, unpacked size, and whether the end is there.

use super::limits::{self, count, mib};
use super::trouble::Refusal;
use crate::finding::Size;
use crate::model::Limits;
use memchr::memmem;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// DEFLATE cannot unpack a byte to more than this many.
const MOST_PER_BYTE: u64 = 1032;
/// As much of a sheet is kept as most sheets need.
const KEPT_BYTES: u64 = 64 << 20;
/// Enough of a member to see its root element.
const HEAD_BYTES: u64 = 4096;

/// An opened archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names of the members, `\` as `/`.
    names: Vec<String>,
    /// Bytes that a member may have, unpacked.
    most: u64,
    /// Members that were unpacked to see how large they are, by index, until they are asked for.
    kept: BTreeMap<usize, Vec<u8>>,
}

/// Whether the record that ends every archive is where it must be: a download that was cut off has none.
pub(super) fn has_end(bytes: &[u8]) -> bool {
    let tail = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    bytes[tail..].windows(4).any(|w| w == b"PK\x05\x06")
}

impl<'a> Archive<'a> {
    /// Opens an archive and makes sure that it unpacks to a bearable size.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        // Each place in the index bears this mark; the index is read before anything else can be asked.
        let members = memmem::find_iter(bytes, b"PK\x01\x02").count();
        if members > limits::MEMBERS {
            return Err(Refusal::too_large(Size::Members, count(members), count(limits::MEMBERS)));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Refusal::Damaged(e.to_string()))?;
        let names = (0..zip.len()).map(|i| name(&zip, i).unwrap_or_default()).collect();
        let mut archive = Self { zip, names, most: mib(limits.unpacked_mib), kept: BTreeMap::new() };
        archive.check_size(count(bytes.len()), limits)?;
        Ok(archive)
    }

    /// Whether a member lies in a folder (`xl/`), or is the file, without regard to case.
    pub(super) fn has(&self, start: &str) -> bool {
        self.names.iter().any(|n| n.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start)))
    }

    /// The first bytes of the first member whose name ends so.
    pub(super) fn head(&mut self, end: &str) -> Option<Vec<u8>> {
        let index = self.names.iter().position(|name| name.ends_with(end))?;
        self.read(index, HEAD_BYTES)
    }

    /// The member of this name, without regard to case, as text; objects within a book have members of the same
    /// names in folders.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        String::from_utf8(self.bytes(name)?).ok()
    }

    /// The member of this name.
    pub(super) fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let index = self.names.iter().position(|n| n.eq_ignore_ascii_case(name))?;
        self.kept.remove(&index).or_else(|| self.read(index, self.most))
    }

    fn read(&mut self, index: usize, most: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.zip.by_index(index).ok()?.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The sizes that an archive states can be untrue, so a file that could unpack to too much is unpacked once.
    fn check_size(&mut self, packed: u64, limits: &Limits) -> Result<(), Refusal> {
        let members = count(self.zip.len()).max(1);
        if packed.saturating_mul(MOST_PER_BYTE).saturating_mul(members) <= self.most.min(limits::RATIO_FROM) {
            return Ok(());
        }
        let mut total: u64 = 0;
        for (index, name) in self.names.iter().enumerate() {
            // A member that cannot be unpacked (a damaged picture) is no matter of size.
            let Ok(mut member) = self.zip.by_index(index) else { continue };
            // A stated length that is too long is the file's at most.
            let packed = member.compressed_size().min(packed);
            let natural = packed.saturating_mul(limits.ratio).max(limits::RATIO_FROM);
            let most = natural.min(self.most - total) + 1;
            let stated = member.size();
            let length = if is_sheet(name) && stated <= KEPT_BYTES.min(most) {
                let mut bytes = Vec::with_capacity(usize::try_from(stated).unwrap_or_default());
                let is_whole = member.take(most).read_to_end(&mut bytes).is_ok();
                let length = count(bytes.len());
                if is_whole && self.kept.is_empty() {
                    self.kept.insert(index, bytes);
                }
                length
            } else {
                unpacked(&mut member, most)
            };
            total = total.saturating_add(length);
            if total > self.most {
                return Err(Refusal::too_many_bytes(Size::Unpacked, total, limits.unpacked_mib));
            }
            if length > natural {
                return Err(Refusal::too_large(Size::Ratio, length / packed.max(1), limits.ratio));
            }
        }
        Ok(())
    }
}

/// Whether a member is what a reader asks for first: the cells of a sheet.
fn is_sheet(name: &str) -> bool {
    name.contains("/worksheets/sheet") || name == "content.xml"
}

/// The name of a member, empty if it cannot be told.
fn name(zip: &ZipArchive<Cursor<&[u8]>>, index: usize) -> Option<String> {
    Some(zip.name_for_index(index)?.ok()?.replace('\\', "/"))
}

/// How many bytes come out, up to a bound.
fn unpacked(mut member: impl Read, most: u64) -> u64 {
    let mut buffer = [0; 1 << 14];
    let mut total = 0;
    while total < most {
        match member.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(n) => total += count(n),
        }
    }
    total
}
