//! The file as it is written: objects one after another, small ones packed together, and where each of them is.
//!
//! Object streams and the cross-reference stream are those of ISO 32000-1, 7.5.7 and 7.5.8. Nothing is kept but the
//! bytes: a list of a thousand pages takes no more memory than its file and a few bytes for each object.

use crate::model::hex;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::Write as _;

/// Small objects that are packed together, at most: a reader unpacks all of them to see one.
const PACKED: usize = 500;
/// How hard contents are compressed: the best level takes three times the time to save a tenth.
const CONTENT: u32 = 2;
/// How hard small objects are compressed, of which a long list has hundreds of thousands: the next level takes twice
/// the time to save a third of what they come to.
const OBJECTS: u32 = 1;
/// The length of an entry of the cross-reference stream: kind, place, index.
const ENTRY: usize = 1 + 4 + 2;

/// The number of an object, by which others name it. It is written as such a name: `12 0 R`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ref(pub(super) u32);

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        f.write_str(" 0 R")
    }
}

impl Ref {
    /// Adds the name to a text, after a key.
    pub(super) fn push_as(self, key: &[u8], text: &mut Vec<u8>) {
        text.extend_from_slice(key);
        push_number(text, self.0);
        text.extend_from_slice(b" 0 R");
    }
}

/// A file whose objects are written.
pub(super) struct File {
    bytes: Vec<u8>,
    /// Where each object is, by its number.
    places: Vec<ObjectPlace>,
    packet: Packet,
    /// Compresses contents.
    contents: ZlibEncoder<Vec<u8>>,
    /// Compresses small objects.
    objects: ZlibEncoder<Vec<u8>>,
}

#[derive(Clone, Copy)]
enum ObjectPlace {
    /// Not written yet, or no object.
    Nowhere,
    /// At this byte of the file.
    At(usize),
    /// In a stream of objects, at this index.
    In(Ref, usize),
}

/// Small objects that wait for being packed together.
#[derive(Default)]
struct Packet {
    /// The number of each, and where it begins.
    index: Vec<u8>,
    objects: Vec<u8>,
    stream: Option<Ref>,
    count: usize,
}

impl File {
    /// A file where numbers up to this one are taken.
    pub(super) fn new(taken: u32) -> Self {
        let level = |level| ZlibEncoder::new(Vec::new(), Compression::new(level));
        Self {
            bytes: b"%PDF-1.7\n%\xe6\x94\xb9\xe8\xa8\x82\n".to_vec(),
            places: vec![ObjectPlace::Nowhere; number(taken) + 1],
            packet: Packet::default(),
            contents: level(CONTENT),
            objects: level(OBJECTS),
        }
    }

    /// A number for an object that is yet to be written.
    pub(super) fn reserve(&mut self) -> Ref {
        self.places.push(ObjectPlace::Nowhere);
        Ref(u32::try_from(self.places.len() - 1).expect("objects are counted in 32 bits"))
    }

    /// Writes an object that is no stream.
    pub(super) fn put(&mut self, id: Ref, object: impl AsRef<[u8]>) {
        self.put_with(id, |out| out.extend_from_slice(object.as_ref()));
    }

    /// The same for an object that is written in place.
    pub(super) fn put_with(&mut self, id: Ref, write: impl FnOnce(&mut Vec<u8>)) {
        let stream = if let Some(stream) = self.packet.stream { stream } else { self.reserve() };
        let Packet { index, objects, .. } = &mut self.packet;
        push_number(index, id.0);
        index.push(b' ');
        push_number(index, objects.len());
        index.push(b' ');
        write(objects);
        objects.push(b' ');
        self.places[number(id.0)] = ObjectPlace::In(stream, self.packet.count);
        self.packet.stream = Some(stream);
        self.packet.count += 1;
        if self.packet.count == PACKED {
            self.pack();
        }
    }

    /// Writes the objects that wait.
    fn pack(&mut self) {
        let Packet { index, objects, stream, count } = std::mem::take(&mut self.packet);
        if let Some(stream) = stream {
            let keys = format!("/Type/ObjStm/N {count}/First {}", index.len());
            let packed = deflated(&mut self.objects, &[&index, &objects]);
            self.deflated_stream(stream, &keys, &packed);
        }
    }

    /// Writes a stream, compressed; its keys are those of its content.
    pub(super) fn stream(&mut self, id: Ref, keys: &str, content: &[u8]) {
        let packed = deflated(&mut self.contents, &[content]);
        self.deflated_stream(id, keys, &packed);
    }

    fn deflated_stream(&mut self, id: Ref, keys: &str, packed: &[u8]) {
        self.stream_as_it_is(id, &format!("{keys}/Filter/FlateDecode"), packed);
    }

    /// Writes a stream whose content is as it is to be.
    pub(super) fn stream_as_it_is(&mut self, id: Ref, keys: &str, content: &[u8]) {
        self.places[number(id.0)] = ObjectPlace::At(self.bytes.len());
        let head = format!("{} 0 obj\n<<{keys}/Length {}>>stream\n", id.0, content.len());
        self.bytes.extend_from_slice(head.as_bytes());
        self.bytes.extend_from_slice(content);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// The file, with an identifier made from its own content.
    ///
    /// The content is hashed with zeros in the identifier's place, so that equal files and no others have equal
    /// identifiers.
    pub(super) fn finish(mut self, root: Ref, info: Ref) -> Vec<u8> {
        self.pack();
        let id = self.reserve();
        let start = self.bytes.len();
        self.places[number(id.0)] = ObjectPlace::At(start);
        let entries = self.entries();
        let zeros = "0".repeat(32);
        let keys = format!(
            "/ID[<{zeros}><{zeros}>]/Type/XRef/Size {}/W[1 4 2]/Root {root}/Info {info}\
             /DecodeParms<</Predictor 12/Columns {ENTRY}>>",
            self.places.len()
        );
        let at = start + format!("{} 0 obj\n<</ID[<", id.0).len();
        let packed = deflated(&mut self.objects, &[&entries]);
        self.deflated_stream(id, &keys, &packed);
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());

        let hash = Sha256::digest(&self.bytes);
        let digits = hex(&hash[..16]);
        for at in [at, at + zeros.len() + "><".len()] {
            self.bytes[at..at + digits.len()].copy_from_slice(digits.as_bytes());
        }
        self.bytes
    }

    /// The places of all objects as differences from one to the next, which pack well (PNG's predictor Up).
    fn entries(&self) -> Vec<u8> {
        const UP: u8 = 2;
        let mut entries = Vec::with_capacity(self.places.len() * (ENTRY + 1));
        let mut above = [0; ENTRY];
        for place in &self.places {
            let entry = place.entry();
            entries.push(UP);
            entries.extend(entry.iter().zip(above).map(|(own, above)| own.wrapping_sub(above)));
            above = entry;
        }
        entries
    }
}

impl ObjectPlace {
    fn entry(self) -> [u8; ENTRY] {
        let (kind, place, index) = match self {
            Self::Nowhere => (0, 0, usize::from(u16::MAX)),
            Self::At(at) => (1, u32::try_from(at).expect("a file is shorter than 4 GiB"), 0),
            Self::In(stream, index) => (2, stream.0, index),
        };
        let index = u16::try_from(index).expect("few objects are packed together");
        let mut entry = [kind; ENTRY];
        entry[1..5].copy_from_slice(&place.to_be_bytes());
        entry[5..].copy_from_slice(&index.to_be_bytes());
        entry
    }
}

/// Parts, one after another, compressed as one.
fn deflated(deflater: &mut ZlibEncoder<Vec<u8>>, parts: &[&[u8]]) -> Vec<u8> {
    const MEMORY: &str = "memory can be written to";
    for part in parts {
        deflater.write_all(part).expect(MEMORY);
    }
    deflater.reset(Vec::new()).expect(MEMORY)
}

fn number(id: u32) -> usize {
    usize::try_from(id).expect("object numbers are indices")
}

/// Text as a string of a PDF: UTF-16 in hexadecimal digits.
pub(super) fn text(text: &str) -> String {
    let units = [0xFEFF].into_iter().chain(text.encode_utf16());
    format!("<{}>", hex(&units.flat_map(u16::to_be_bytes).collect::<Vec<u8>>()))
}

/// Adds a number to a text, several times as fast as `write!` does: a long list has millions of them.
pub(super) fn push_number(text: &mut Vec<u8>, number: impl itoa::Integer) {
    text.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Document;

    #[test]
    fn every_object_is_found() {
        let mut file = File::new(1);
        let (root, gap, info) = (Ref(1), file.reserve(), file.reserve());
        // As many as two packets hold, and some in a third.
        let many: Vec<Ref> = (0..2 * PACKED + 5).map(|_| file.reserve()).collect();
        let content = "BT (text) Tj ET\n".repeat(1000);
        let stream = file.reserve();
        file.stream(stream, "/Kind/Page", content.as_bytes());
        file.put(root, format!("<</Type/Catalog/First {}>>", many[0]));
        file.put(info, "<</Title(a)>>");
        for (id, value) in many.iter().zip(0..) {
            file.put(*id, format!("[{value}]"));
        }
        let bytes = file.finish(root, info);
        let document = Document::load_mem(&bytes).unwrap();
        assert_eq!(document.trailer.get(b"Root").unwrap().as_reference().unwrap(), (1, 0));
        for (id, value) in many.iter().zip(0..) {
            let array = document.get_object((id.0, 0)).unwrap().as_array().unwrap();
            assert_eq!(array[0].as_i64().unwrap(), value);
        }
        let read = document.get_object((stream.0, 0)).unwrap().as_stream().unwrap();
        assert_eq!(read.decompressed_content().unwrap(), content.as_bytes());
        assert!(document.get_object((gap.0, 0)).is_err());
        assert!(bytes.len() < 13_000, "{} bytes", bytes.len());
    }
}
