//! The compound files (OLE2) that hold Excel 97–2003 books and encrypted packages, checked for loops.
//!
//! A chain of sectors that runs in a circle makes a naive reader ask for memory until the process dies, so
//! every chain is walked here, with a bound, before the file is handed on.

const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Sector numbers from here on are marks (free, end of chain, …).
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Streams below this length lie in the mini stream, in sectors of 64 bytes.
const MINI_CUTOFF: usize = 4096;
const MINI_SECTOR: usize = 64;

/// An opened compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    len: usize,
}

/// Whether the bytes begin like a compound file.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

impl<'a> Compound<'a> {
    /// Reads the tables and the directory; `None` if they contradict themselves or the file's length.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !is_compound(bytes) || bytes.len() < 512 {
            return None;
        }
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        file.entries = directory.chunks_exact(128).filter_map(|e| entry(e, sector)).collect();
        let mini_sectors = usize::try_from(u32_at(bytes, 64)?).ok()?;
        if mini_sectors > 0 {
            let root = file.entries.first()?;
            file.mini_stream = file.chain(root.start, root.len)?;
            let table = file.chain(u32_at(bytes, 60)?, mini_sectors.checked_mul(sector)?)?;
            file.mini_fat = numbers(&table);
        }
        Some(file)
    }

    /// Whether a stream or storage of this name exists.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A stream's bytes; `None` if it is absent or its chain is broken.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        if entry.len < MINI_CUTOFF {
            let most = self.mini_stream.len() / MINI_SECTOR + 1;
            follow(entry.start, entry.len, most, &self.mini_fat, |id| {
                self.mini_stream.get(id.checked_mul(MINI_SECTOR)?..).map(|rest| truncate(rest, MINI_SECTOR))
            })
        } else {
            self.chain(entry.start, entry.len)
        }
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.name.eq_ignore_ascii_case(name))
    }

    /// The table of chains, from the header's 109 places and the sectors that continue them.
    fn read_fat(&mut self) -> Option<()> {
        let mut places = numbers(self.bytes.get(76..512)?);
        let mut next = u32_at(self.bytes, 68)?;
        let mut steps = 0;
        while next < FIRST_MARK {
            steps += 1;
            if steps > self.sectors() {
                return None;
            }
            places.extend(numbers(self.sector_bytes(usize::try_from(next).ok()?)?));
            next = places.pop()?;
        }
        for place in places.into_iter().filter(|&p| p < FIRST_MARK) {
            let table = numbers(self.sector_bytes(usize::try_from(place).ok()?)?);
            self.fat.extend(table);
            if self.fat.len() > self.bytes.len() {
                return None;
            }
        }
        Some(())
    }

    fn chain(&self, start: u32, len: usize) -> Option<Vec<u8>> {
        follow(start, len, self.sectors(), &self.fat, |id| self.sector_bytes(id))
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    /// A sector's bytes; the last one of a file may be short.
    fn sector_bytes(&self, id: usize) -> Option<&'a [u8]> {
        let start = id.checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..).map(|rest| truncate(rest, self.sector))
    }
}

/// Joins the sectors of a chain up to a length; `None` if it leaves the file or is longer than the file.
fn follow<'a>(
    start: u32,
    len: usize,
    most: usize,
    table: &[u32],
    sector: impl Fn(usize) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut id = start;
    let mut steps = 0;
    while id != END_OF_CHAIN && joined.len() < len {
        steps += 1;
        if steps > most {
            return None;
        }
        let index = usize::try_from(id).ok()?;
        joined.extend_from_slice(truncate(sector(index)?, len - joined.len()));
        if joined.len() < len {
            id = *table.get(index)?;
        }
    }
    Some(joined)
}

fn entry(bytes: &[u8], sector: usize) -> Option<Entry> {
    let units: Vec<u16> = bytes[..64]
        .chunks_exact(2)
        .map(|c| u16::from_le_bytes([c[0], c[1]]))
        .take_while(|&u| u != 0)
        .collect();
    let high = if sector == 512 { 0 } else { u64::from(u32_at(bytes, 124)?) };
    let len = (high << 32) | u64::from(u32_at(bytes, 120)?);
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116)?,
        len: usize::try_from(len).ok()?,
    })
}

fn truncate(bytes: &[u8], len: usize) -> &[u8] {
    &bytes[..bytes.len().min(len)]
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect()
}

/// A little-endian 16-bit number, if the bytes reach that far.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

/// A little-endian 32-bit number, if the bytes reach that far.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(bytes, at)?) | u32::from(u16_at(bytes, at.checked_add(2)?)?) << 16)
}
