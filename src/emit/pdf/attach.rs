//! Files that are attached to the document, as archives know them (ISO 19005-3, 6.8): embedded, described, and
//! associated with the document as a whole, as the data that it shows.

use super::file::{File, Ref, text};
use super::metadata::pdf_time;
use crate::emit::Stamp;
use crate::model::hex;
use md5::{Digest, Md5};

/// A file to attach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// Its name, with no folder.
    pub name: String,
    /// Its media type, such as `text/csv`.
    pub media_type: &'static str,
    /// What it is, in one line.
    pub description: String,
    /// Its content.
    pub bytes: &'a [u8],
}

/// Writes the files; returns where they are described, in the order of their names.
pub(super) fn add(file: &mut File, attachments: &[Attachment<'_>], stamp: Stamp) -> Vec<(String, Ref)> {
    let mut sorted: Vec<&Attachment<'_>> = attachments.iter().collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    sorted.into_iter().map(|attachment| (attachment.name.clone(), put(file, attachment, stamp))).collect()
}

fn put(file: &mut File, attachment: &Attachment<'_>, stamp: Stamp) -> Ref {
    let Attachment { name, media_type, description, bytes } = attachment;
    let (embedded, described) = (file.reserve(), file.reserve());
    let sum = hex(&Md5::digest(bytes));
    let keys = format!(
        "/Type/EmbeddedFile/Subtype/{}/Params<</Size {}/ModDate({})/CheckSum<{sum}>>>",
        media_type.replace('/', "#2F"),
        bytes.len(),
        pdf_time(stamp)
    );
    file.stream(embedded, &keys, bytes);
    let (name, description) = (text(name), text(description));
    file.put(
        described,
        format!(
            "<</Type/Filespec/F{name}/UF{name}/Desc{description}/AFRelationship/Data\
             /EF<</F {embedded}/UF {embedded}>>>>"
        ),
    );
    described
}
