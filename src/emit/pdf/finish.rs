//! The finisher: sets right what printpdf's object tree gets wrong or leaves out, and writes it.

use crate::emit::Stamp;
use crate::font::Face;
use crate::model::CivilDate;
use crate::template::DocumentSpec;
use lopdf::{
    Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary, text_string,
};
use sha2::{Digest, Sha256};

/// Sets the tree right and turns it into bytes.
pub(super) fn finish(
    mut tree: Document,
    document: &DocumentSpec,
    title: &str,
    face: &Face,
    code_to_glyph: Option<Vec<u8>>,
    stamp: Stamp,
) -> Vec<u8> {
    "1.7".clone_into(&mut tree.version);
    set_info(&mut tree, document, title, stamp);
    set_catalog(&mut tree, document);
    share_resources(&mut tree);
    set_fonts(&mut tree, face, code_to_glyph);
    tree.compress();
    write(tree)
}

/// Replaces the document information: printpdf's claims conformance to PDF/X.
fn set_info(tree: &mut Document, document: &DocumentSpec, title: &str, stamp: Stamp) {
    let time = Object::string_literal(time(stamp));
    let producer = concat!("kaitei ", env!("CARGO_PKG_VERSION"));
    let mut info = dictionary! {
        "Title" => text_string(title),
        "Creator" => text_string("kaitei"),
        "Producer" => text_string(producer),
        "CreationDate" => time.clone(),
        "ModDate" => time,
        "Trapped" => Object::Name(b"False".to_vec()),
    };
    let keywords = document.keywords.join(", ");
    for (key, text) in [("Author", &document.author), ("Subject", &document.subject), ("Keywords", &keywords)]
    {
        if !text.is_empty() {
            info.set(key, text_string(text));
        }
    }
    let id = reference(&tree.trailer, b"Info").expect("printpdf writes document information");
    tree.set_object(id, info);
}

/// The document's language, and its title instead of the file's name in the window.
fn set_catalog(tree: &mut Document, document: &DocumentSpec) {
    let catalog = tree.catalog_mut().expect("printpdf writes a catalog");
    catalog.set("Lang", text_string(&document.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.remove(b"PageMode");
}

/// Gives all pages one resource dictionary without empty parts, and takes from them what they need not say.
fn share_resources(tree: &mut Document) {
    let pages: Vec<ObjectId> = tree.page_iter().collect();
    let mut shared = None;
    for page in pages {
        let page = tree.get_dictionary_mut(page).expect("the page tree leads to pages");
        let own = reference(page, b"Resources").expect("printpdf writes resources apart");
        let shared = *shared.get_or_insert(own);
        page.set("Resources", shared);
        for key in ["Annots", "CropBox", "TrimBox"] {
            page.remove(key.as_bytes());
        }
        if own != shared {
            tree.objects.remove(&own);
        }
    }
    let Some(shared) = shared else { return };
    let resources = tree.get_dictionary_mut(shared).expect("resources are a dictionary");
    let empty: Vec<ObjectId> = ["XObject", "ExtGState", "Shading"]
        .into_iter()
        .filter_map(|key| resources.remove(key.as_bytes())?.as_reference().ok())
        .collect();
    for id in empty {
        tree.objects.remove(&id);
    }
}

/// The fonts' dictionaries: the height of capitals, which printpdf takes to be the ascent; the flag of a
/// font that goes beyond the standard Latin letters; the glyphs of the codes.
fn set_fonts(tree: &mut Document, face: &Face, code_to_glyph: Option<Vec<u8>>) {
    const SYMBOLIC: i64 = 4;
    let map = code_to_glyph.map(|map| tree.add_object(Stream::new(Dictionary::new(), map)));
    for dictionary in tree.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()) {
        if dictionary.has_type(b"FontDescriptor") {
            dictionary.set("CapHeight", i64::from(face.cap_height));
            dictionary.set("Flags", SYMBOLIC);
        }
        if let Some(map) = map
            && let Ok(Object::Array(descendants)) = dictionary.get_mut(b"DescendantFonts")
        {
            for font in descendants.iter_mut().filter_map(|font| font.as_dict_mut().ok()) {
                font.set("CIDToGIDMap", map);
            }
        }
    }
}

/// Writes the file with an identifier made from its own content.
///
/// The content is hashed with zeros in the identifier's place, so that equal files and no others have
/// equal identifiers.
fn write(mut tree: Document) -> Vec<u8> {
    let blank = Object::String(vec![0; 16], StringFormat::Hexadecimal);
    tree.trailer.set("ID", vec![blank.clone(), blank]);
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(6);
    let mut bytes = Vec::new();
    tree.save_with_options(&mut bytes, options.build()).expect("memory can be written to");
    drop(tree);

    let place = "/ID[<".len();
    let zeros = "0".repeat(32);
    let blank = format!("/ID[<{zeros}><{zeros}>]");
    let at = bytes
        .windows(blank.len())
        .rposition(|window| window == blank.as_bytes())
        .expect("the trailer is written as it stands");
    let hash = Sha256::digest(&bytes);
    let (half, _) = hash.split_first_chunk().expect("a hash is longer than an identifier");
    let digits = format!("{:032X}", u128::from_be_bytes(*half));
    for start in [at + place, at + place + digits.len() + "><".len()] {
        bytes[start..start + digits.len()].copy_from_slice(digits.as_bytes());
    }
    bytes
}

/// A moment as PDF writes it: `D:20200331000000Z`.
fn time(stamp: Stamp) -> String {
    let (CivilDate { year, month, day }, hour, minute, second) = stamp.civil();
    format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
}

fn reference(dictionary: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    dictionary.get(key).ok()?.as_reference().ok()
}

#[cfg(test)]
mod tests {
    use super::{Stamp, time};

    #[test]
    fn times_are_in_utc() {
        let check = |seconds, expected| assert_eq!(time(Stamp { seconds }), expected);
        check(0, "D:19700101000000Z");
        check(951_782_399, "D:20000228235959Z");
        check(951_782_400, "D:20000229000000Z");
        check(1_585_612_800, "D:20200331000000Z");
        check(1_614_556_799, "D:20210228235959Z");
        check(-1, "D:19691231235959Z");
    }
}
