//! Files that are attached to the document, as archives know them (ISO 19005-3, 6.8): embedded, described, and
//! associated with the document as a whole.

use super::file::{File, Ref, hex, write};
use super::metadata::pdf_time;
use crate::emit::Stamp;
use md5::{Digest, Md5};

/// A file to attach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, with no folder.
    pub name: String,
    /// Its media type, such as `text/csv`.
    pub media_type: &'static str,
    /// What it is, in one line.
    pub description: String,
    /// What it is to the document.
    pub relation: Relation,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What an attached file is to the document (ISO 19005-3, annex E).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Data that the document shows.
    Data,
    /// The document in another form.
    Alternative,
}

/// Writes the files; returns where they are described, in the order of their names.
pub(super) fn add(file: &mut File, attachments: &[Attachment], stamp: Stamp) -> Vec<(String, Ref)> {
    let mut sorted: Vec<&Attachment> = attachments.iter().collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    sorted.into_iter().map(|attachment| (attachment.name.clone(), put(file, attachment, stamp))).collect()
}

fn put(file: &mut File, attachment: &Attachment, stamp: Stamp) -> Ref {
    let Attachment { name, media_type, description, relation, bytes } = attachment;
    let (embedded, described) = (file.reserve(), file.reserve());
    let mut sum = String::new();
    Md5::digest(bytes).iter().for_each(|byte| write(&mut sum, format_args!("{byte:02X}")));
    let keys = format!(
        "/Type/EmbeddedFile/Subtype/{}/Params<</Size {}/ModDate({})/CheckSum<{sum}>>>",
        media_type.replace('/', "#2F"),
        bytes.len(),
        pdf_time(stamp)
    );
    file.stream(embedded, &keys, bytes);
    let (name, description) = (hex(name), hex(description));
    let relation = match relation {
        Relation::Data => "Data",
        Relation::Alternative => "Alternative",
    };
    file.put(
        described,
        format_args!(
            "<</Type/Filespec/F{name}/UF{name}/Desc{description}/AFRelationship/{relation}\
             /EF<</F {embedded}/UF {embedded}>>>>"
        ),
    );
    described
}
