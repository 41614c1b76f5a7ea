//! Compound files (MS-CFB), for tests that need what is in them and not what wrote them.

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
/// Shorter streams would lie among others.
const SHORTEST: usize = 4096;

/// A file with up to three streams, which together take up to a hundred sectors.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let put = |file: &mut Vec<u8>, at: usize, n: u32| file[at..at + 4].copy_from_slice(&n.to_le_bytes());
    let small = |n: usize| u32::try_from(n).expect("a small number");
    let mut header = vec![0_u8; SECTOR];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    // Version 3, little endian, sectors of 512 and 64 bytes.
    header[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    // The table of sectors is sector 0, the directory sector 1; then come the streams.
    for (at, n) in [(44, 1), (48, 1), (56, small(SHORTEST)), (60, END), (68, END), (76, 0)] {
        put(&mut header, at, n);
    }
    (80..SECTOR).step_by(4).for_each(|at| put(&mut header, at, FREE));
    let (mut table, mut directory) = (vec![0xFF_u8; SECTOR], vec![0_u8; SECTOR]);
    put(&mut table, 0, 0xFFFF_FFFD);
    put(&mut table, 4, END);
    let (mut next_sector, mut data) = (2, Vec::new());
    let root = ("Root Entry", &[][..]);
    for (index, (name, bytes)) in [root].iter().chain(streams).enumerate() {
        let at = 128 * index;
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        directory[at..at + units.len()].copy_from_slice(&units);
        directory[at + 64] = u8::try_from(units.len() + 2).expect("a short name");
        directory[at + 66] = if index == 0 { 5 } else { 2 };
        let next = if index == streams.len() { FREE } else { small(index + 1) };
        let [right, child] = if index == 0 { [FREE, next] } else { [next, FREE] };
        let mut stream = if index == 0 { Vec::new() } else { bytes.to_vec() };
        stream.resize(if index == 0 { 0 } else { bytes.len().max(SHORTEST).next_multiple_of(SECTOR) }, 0);
        let (start, end) = (next_sector, next_sector + stream.len() / SECTOR);
        let first = if index == 0 { END } else { small(start) };
        for (offset, n) in [(68, FREE), (72, right), (76, child), (116, first), (120, small(stream.len()))] {
            put(&mut directory, at + offset, n);
        }
        (start..end).for_each(|sector| {
            put(&mut table, 4 * sector, if sector + 1 == end { END } else { small(sector + 1) });
        });
        next_sector = end;
        data.extend(stream);
    }
    [header, table, directory, data].concat()
}
