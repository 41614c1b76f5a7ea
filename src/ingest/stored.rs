//! An archive of parts that lie in memory, for the libraries that read workbooks from archives.
//!
//! They look for parts by names of their own choice, believe checksums to their own extent, and refuse a whole book for
//! one sheet. So they are given an archive of what was unpacked and checked here, under the names that they know:
//! nothing is packed again, copied, or unpacked twice.

use super::archive::Part;
use super::limits::{count, mib};
use super::trouble::Refusal;
use crate::finding::Size;
use flate2::Crc;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes of all parts: with their headers, they stay below 4 GiB.
const MOST: u64 = 4000 << 20;

/// The archive, read from its beginning to its end or from anywhere.
pub(super) struct Stored {
    /// Headers and parts, each with the place where it begins.
    pieces: Vec<(u64, Part)>,
    len: u64,
    at: u64,
}

impl Stored {
    /// An archive of parts under their names; of more than 4 GiB there is none.
    pub(super) fn new(parts: Vec<(String, Part)>) -> Result<Self, Refusal> {
        let all: u64 = parts.iter().map(|(_, part)| count(part.as_ref().len())).sum();
        if all > MOST {
            return Err(Refusal::too_many_bytes(Size::Unpacked, all, MOST / mib(1)));
        }
        let mut stored = Self { pieces: Vec::new(), len: 0, at: 0 };
        let mut directory = Vec::new();
        let entries = u16::try_from(parts.len()).expect("a book has at most a few hundred sheets");
        for (name, part) in parts {
            let offset = stored.len;
            let bytes = part.as_ref();
            let mut crc = Crc::new();
            crc.update(bytes);
            // Flags (names are UTF-8), method (stored), time, date, checksum, both sizes, lengths of name and extra.
            let mut about = vec![0, 8, 0, 0, 0, 0, 0, 0];
            let sizes = [crc.sum(), low(count(bytes.len())), low(count(bytes.len()))];
            about.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
            about.extend(u16::try_from(name.len()).unwrap_or_default().to_le_bytes());
            about.extend([0, 0]);
            directory.extend(*b"PK\x01\x02\x14\0\x14\0");
            directory.extend(&about);
            // Comment, disk, attributes.
            directory.extend([0; 10]);
            directory.extend(low(offset).to_le_bytes());
            directory.extend(name.bytes());
            stored.push_bytes([b"PK\x03\x04\x14\0", &about[..], name.as_bytes()].concat());
            stored.push(part);
        }
        let (start, len) = (stored.len, count(directory.len()));
        directory.extend(*b"PK\x05\x06\0\0\0\0");
        directory.extend([entries.to_le_bytes(), entries.to_le_bytes()].concat());
        directory.extend([low(len).to_le_bytes(), low(start).to_le_bytes()].concat());
        directory.extend([0, 0]);
        stored.push_bytes(directory);
        Ok(stored)
    }

    fn push_bytes(&mut self, bytes: Vec<u8>) {
        self.push(Part::Binary(bytes.into()));
    }

    fn push(&mut self, part: Part) {
        let start = self.len;
        self.len += count(part.as_ref().len());
        self.pieces.push((start, part));
    }
}

/// A size or a place as archives state it.
fn low(number: u64) -> u32 {
    u32::try_from(number).expect("parts are counted before they are put in")
}

impl Read for Stored {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = self.pieces.partition_point(|(start, _)| *start <= self.at);
        let Some((start, part)) = piece.checked_sub(1).map(|piece| &self.pieces[piece]) else { return Ok(0) };
        let from = usize::try_from(self.at - start).map_err(io::Error::other)?;
        let mut rest = part.as_ref().get(from..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.at += count(read);
        Ok(read)
    }
}

impl Seek for Stored {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_back_under_their_names() {
        let parts = [("a.xml", "<表/>"), ("empty", ""), ("b/c.xml", "x")];
        let part = |(name, text): &(&str, &str)| ((*name).to_owned(), Part::Text((*text).to_owned().into()));
        let mut zip = zip::ZipArchive::new(Stored::new(parts.iter().map(part).collect()).unwrap()).unwrap();
        assert_eq!(zip.len(), 3);
        for (name, text) in parts {
            let mut read = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }
}
