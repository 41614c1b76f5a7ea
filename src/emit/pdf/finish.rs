//! The finisher: sets right what printpdf's object tree gets wrong or leaves out, and writes it.

use super::metadata::Metadata;
use super::outline::{self, Bookmark};
use super::structure::Element;
use super::tree;
use crate::font::Face;
use lopdf::{
    Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary, text_string,
};
use sha2::{Digest, Sha256};

/// The colour space of all colours in the file.
const SRGB: &[u8] = include_bytes!("../../../assets/icc/sRGB-v2-magic.icc");

/// What the file says beyond its pages.
pub(super) struct Extras<'a> {
    pub(super) metadata: Metadata<'a>,
    pub(super) structure: Element,
    pub(super) bookmarks: Vec<Bookmark>,
    /// The typefaces, by their names in the pages' resources.
    pub(super) faces: Vec<(String, &'a Face)>,
}

/// Sets the tree right and turns it into bytes.
pub(super) fn finish(mut tree: Document, extras: &Extras<'_>) -> Vec<u8> {
    "1.7".clone_into(&mut tree.version);
    extras.metadata.add(&mut tree);
    set_catalog(&mut tree, extras.metadata.language());
    if let Some(resources) = share_resources(&mut tree) {
        set_fonts(&mut tree, resources, &extras.faces);
    }
    let pages: Vec<ObjectId> = tree.page_iter().collect();
    tree::add(&mut tree, &extras.structure, &pages);
    outline::add(&mut tree, &extras.bookmarks, &pages);
    tree.compress();
    write(tree)
}

/// The document's language, its title instead of the file's name in the window, the numbers of its pages, and
/// what its colours mean.
fn set_catalog(tree: &mut Document, language: &str) {
    let profile = tree.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let decimal: Vec<Object> = vec![0.into(), dictionary! { "S" => "D" }.into()];
    let catalog = tree.catalog_mut().expect("printpdf writes a catalog");
    catalog.set("Lang", text_string(language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLabels", dictionary! { "Nums" => decimal });
    catalog.set("OutputIntents", vec![intent.into()]);
    catalog.remove(b"PageMode");
}

/// Gives all pages one resource dictionary without empty parts, and takes from them what they need not say.
fn share_resources(tree: &mut Document) -> Option<ObjectId> {
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
    let shared = shared?;
    let resources = tree.get_dictionary_mut(shared).expect("resources are a dictionary");
    let empty: Vec<ObjectId> = ["XObject", "ExtGState", "Shading"]
        .into_iter()
        .filter_map(|key| resources.remove(key.as_bytes())?.as_reference().ok())
        .collect();
    for id in empty {
        tree.objects.remove(&id);
    }
    Some(shared)
}

/// The fonts' descriptors: the height of capitals, which printpdf takes to be the ascent; the flag of a
/// font that goes beyond the standard Latin letters.
fn set_fonts(tree: &mut Document, resources: ObjectId, faces: &[(String, &Face)]) {
    const SYMBOLIC: i64 = 4;
    for (name, face) in faces {
        let id = descriptor(tree, resources, name).expect("printpdf writes every font that is used");
        let descriptor = tree.get_dictionary_mut(id).expect("a font descriptor is a dictionary");
        descriptor.set("CapHeight", i64::from(face.cap_height));
        descriptor.set("Flags", SYMBOLIC);
    }
}

/// The descriptor of the font that the pages know by this name.
fn descriptor(tree: &Document, resources: ObjectId, name: &str) -> Option<ObjectId> {
    let follow = |object| tree.dereference(object).ok().map(|(_, object)| object);
    let entry = |object, key: &[u8]| follow(object)?.as_dict().ok()?.get(key).ok();
    let fonts = tree.get_dictionary(resources).ok()?.get(b"Font").ok()?;
    let descendants = entry(entry(fonts, name.as_bytes())?, b"DescendantFonts")?;
    let descendant = follow(descendants)?.as_array().ok()?.first()?;
    entry(descendant, b"FontDescriptor")?.as_reference().ok()
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

fn reference(dictionary: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    dictionary.get(key).ok()?.as_reference().ok()
}
