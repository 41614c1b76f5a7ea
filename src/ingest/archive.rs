//! The ZIP archives that xlsx, xlsb and ods are: members, each unpacked once, whole and against its checksum.
//!
//! What is wrong with a member that was asked for is remembered ([`Archive::trouble`]), whether the asker minded or
//! not: no file whose parts were damaged is taken for whole.

use super::limits::{self, count, mib};
use super::litter::is_litter;
use super::trouble::Refusal;
use super::{directory, markup};
use crate::finding::Size;
use crate::model::Limits;
use memchr::memmem;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{Cursor, Read};
use std::rc::Rc;
use zip::ZipArchive;

/// DEFLATE cannot unpack a byte to more than this many.
const MOST_PER_BYTE: u64 = 1032;
/// Enough of a member to see its root element.
const HEAD_BYTES: u64 = 4096;

/// An opened archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names of the members, `\` as `/`.
    names: Vec<String>,
    limits: Limits,
    /// Bytes of the file.
    packed: u64,
    /// Bytes of the members that were unpacked.
    unpacked: u64,
    /// Members that were asked for, by index.
    parts: BTreeMap<usize, Part>,
    trouble: Option<Refusal>,
}

/// A member in memory.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// XML, in UTF-8 whatever it was.
    Text(Rc<String>),
    /// Anything else.
    Binary(Rc<Vec<u8>>),
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

/// Whether the record that ends every archive is where it must be: a download that was cut off has none.
pub(super) fn has_end(bytes: &[u8]) -> bool {
    let tail = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    bytes[tail..].windows(4).any(|w| w == b"PK\x05\x06")
}

impl<'a> Archive<'a> {
    /// Opens an archive whose directory and headers agree.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        // Each place in the index bears this mark; the index is read before anything else can be asked.
        let members = memmem::find_iter(bytes, b"PK\x01\x02").count();
        if members > limits::MEMBERS {
            return Err(Refusal::too_large(Size::Members, count(members), count(limits::MEMBERS)));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Refusal::Damaged(e.to_string()))?;
        directory::check(bytes, &zip).map_err(Refusal::Damaged)?;
        let names = (0..zip.len()).map(|i| name(&zip, i).unwrap_or_default()).collect();
        Ok(Self {
            zip,
            names,
            limits: *limits,
            packed: count(bytes.len()),
            unpacked: 0,
            parts: BTreeMap::new(),
            trouble: None,
        })
    }

    /// Whether a member lies in a folder (`xl/`), or is the file, without regard to case.
    pub(super) fn has(&self, start: &str) -> bool {
        self.names.iter().any(|n| n.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start)))
    }

    /// The names of the files that people packed, as their system wrote them; what a system adds of its own is left out.
    pub(super) fn file_names(&mut self) -> Vec<String> {
        let decoded = |raw: &[u8]| match std::str::from_utf8(raw) {
            Ok(name) => name.to_owned(),
            Err(_) => encoding_rs::SHIFT_JIS.decode(raw).0.into_owned(),
        };
        let names =
            (0..self.zip.len()).filter_map(|i| Some(decoded(self.zip.by_index_raw(i).ok()?.name_raw())));
        let is_litter = |name: &String| name.split('/').any(|part| is_litter(OsStr::new(part)));
        names.filter(|name| !name.ends_with('/') && !is_litter(name)).collect()
    }

    /// The first bytes of the first member whose name ends so, for a look ahead: they are not checked.
    pub(super) fn head(&mut self, end: &str) -> Option<Vec<u8>> {
        let index = self.names.iter().position(|name| name.ends_with(end))?;
        let mut bytes = Vec::new();
        self.zip.by_index(index).ok()?.take(HEAD_BYTES).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The member of this name, without regard to case, as text; objects within a book have members of the same
    /// names in folders. None if there is none, or it is damaged.
    pub(super) fn text(&mut self, name: &str) -> Option<Rc<String>> {
        self.try_text(name).ok()?
    }

    /// The member of this name as text; the error says why it cannot be.
    pub(super) fn try_text(&mut self, name: &str) -> Result<Option<Rc<String>>, Refusal> {
        match self.part(name, |bytes| Ok(Part::Text(Rc::new(markup::decode(bytes)?))))? {
            Some(Part::Text(text)) => Ok(Some(text)),
            _ => Ok(None),
        }
    }

    /// The member of this name.
    pub(super) fn try_bytes(&mut self, name: &str) -> Result<Option<Rc<Vec<u8>>>, Refusal> {
        match self.part(name, |bytes| Ok(Part::Binary(Rc::new(bytes))))? {
            Some(Part::Binary(bytes)) => Ok(Some(bytes)),
            _ => Ok(None),
        }
    }

    /// Changes a text in memory.
    pub(super) fn edit(&mut self, name: &str, change: impl FnOnce(&mut String)) {
        let part = self.index(name).and_then(|index| self.parts.get_mut(&index));
        if let Some(Part::Text(text)) = part {
            change(Rc::make_mut(text));
        }
    }

    /// What was wrong with the first member that could not be read.
    pub(super) fn trouble(&self) -> Option<&Refusal> {
        self.trouble.as_ref()
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n.eq_ignore_ascii_case(name))
    }

    fn part(
        &mut self,
        name: &str,
        make: impl FnOnce(Vec<u8>) -> Result<Part, String>,
    ) -> Result<Option<Part>, Refusal> {
        let Some(index) = self.index(name) else { return Ok(None) };
        if let Some(part) = self.parts.get(&index) {
            return Ok(Some(part.clone()));
        }
        let damaged = |why| Refusal::Damaged(format!("{name}: {why}"));
        let part = self.unpack(index).and_then(|bytes| make(bytes).map_err(damaged));
        match part {
            Ok(part) => {
                self.parts.insert(index, part.clone());
                Ok(Some(part))
            }
            Err(why) => {
                self.trouble.get_or_insert_with(|| why.clone());
                Err(why)
            }
        }
    }

    /// A member to its end, where its checksum is compared. A size that is stated untruly is damage, so what is stated
    /// decides how much is unpacked.
    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Refusal> {
        let name = &self.names[index];
        let damaged = |why: String| Refusal::Damaged(format!("{name}: {why}"));
        let mut member = self.zip.by_index(index).map_err(|e| damaged(e.to_string()))?;
        let stated = member.size();
        // A stated length that is too long is the file's at most.
        let packed = member.compressed_size().min(self.packed);
        let left = mib(self.limits.unpacked_mib) - self.unpacked;
        if stated > left {
            let total = self.unpacked + stated.min(left + 1);
            return Err(Refusal::too_many_bytes(Size::Unpacked, total, self.limits.unpacked_mib));
        }
        if stated > packed.saturating_mul(self.limits.ratio).max(limits::RATIO_FROM) {
            return Err(Refusal::too_large(Size::Ratio, stated / packed.max(1), self.limits.ratio));
        }
        let room = stated.min(packed.saturating_mul(MOST_PER_BYTE));
        let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
        // One more than stated, so that the end is reached.
        let read = member.by_ref().take(stated + 1).read_to_end(&mut bytes);
        read.map_err(|e| damaged(e.to_string()))?;
        if count(bytes.len()) != stated {
            return Err(damaged(format!("{} ≠ {stated}", bytes.len())));
        }
        self.unpacked += stated;
        Ok(bytes)
    }
}

/// The name of a member, empty if it cannot be told.
fn name(zip: &ZipArchive<Cursor<&[u8]>>, index: usize) -> Option<String> {
    Some(zip.name_for_index(index)?.ok()?.replace('\\', "/"))
}
