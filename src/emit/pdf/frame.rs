//! The frame: what printpdf makes of a document apart from its pages (catalog, fonts), set right and completed.

use super::file::{File, Ref};
use super::glyphs::Glyphs;
use super::metadata::Metadata;
use super::{Conformance, Fault};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary, text_string};
use printpdf::{PdfDocument, PdfFont, PdfSaveOptions};

/// The colour space of all colours in the file.
const SRGB: &[u8] = include_bytes!("../../../assets/icc/sRGB-v2-magic.icc");

/// The document without its pages.
pub(super) struct Frame {
    tree: Document,
    /// Where the fonts are named.
    resources: ObjectId,
    /// The node of the page tree.
    pages: ObjectId,
}

impl Frame {
    /// The document with its fonts and what it says of itself.
    pub(super) fn new(
        glyphs: &Glyphs<'_, '_>,
        metadata: &Metadata<'_>,
        conformance: Conformance<'_>,
    ) -> Result<Self, Fault> {
        let mut document = PdfDocument::default();
        for (id, subset) in glyphs.subsets() {
            document.resources.fonts.map.insert(id, PdfFont::new(subset.program()?));
        }
        // printpdf embeds what the pages draw.
        document.pages = vec![glyphs.specimen()];
        let tree = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        let mut frame = Self::without_pages(tree);
        frame.set_fonts(glyphs);
        metadata.add_information(&mut frame.tree);
        if let Some(part) = conformance.part() {
            metadata.add_xmp(&mut frame.tree, part);
            frame.set_intent();
        }
        frame.set_catalog(metadata.language());
        Ok(frame)
    }

    fn without_pages(mut tree: Document) -> Self {
        let page = tree.page_iter().next().expect("there is a page");
        let page = tree.objects.remove(&page).expect("the page tree leads to pages");
        let page = page.as_dict().expect("a page is a dictionary");
        let [pages, content, resources] =
            [b"Parent".as_slice(), b"Contents", b"Resources"].map(|key| reference(page, key));
        tree.objects.remove(&content);
        let parts = tree.get_dictionary_mut(resources).expect("resources are a dictionary");
        let empty = ["XObject", "ExtGState", "Shading"].map(|key| parts.remove(key.as_bytes()));
        for part in empty.into_iter().flatten() {
            tree.objects.remove(&part.as_reference().expect("printpdf writes resources apart"));
        }
        Self { tree, resources, pages }
    }

    /// The fonts' descriptors: the height of capitals, which printpdf takes to be the ascent; the flag of a
    /// font that goes beyond the standard Latin letters.
    fn set_fonts(&mut self, glyphs: &Glyphs<'_, '_>) {
        const SYMBOLIC: i64 = 4;
        for (name, subset) in glyphs.subsets() {
            let id = descriptor(&self.tree, self.resources, &name.0);
            let id = id.expect("printpdf writes every font that is used");
            let descriptor = self.tree.get_dictionary_mut(id).expect("a font descriptor is a dictionary");
            descriptor.set("CapHeight", i64::from(subset.font().face().cap_height));
            descriptor.set("Flags", SYMBOLIC);
        }
    }

    /// What the colours mean.
    fn set_intent(&mut self) {
        let profile = self.tree.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
        let intent = dictionary! {
            "Type" => "OutputIntent",
            "S" => "GTS_PDFA1",
            "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
            "Info" => Object::string_literal("sRGB IEC61966-2.1"),
            "DestOutputProfile" => profile,
        };
        self.catalog().set("OutputIntents", vec![intent.into()]);
    }

    /// The document's language, its title instead of the file's name in the window, and the numbers of its pages.
    fn set_catalog(&mut self, language: &str) {
        let decimal: Vec<Object> = vec![0.into(), dictionary! { "S" => "D" }.into()];
        let catalog = self.catalog();
        catalog.set("Lang", text_string(language));
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set("PageLabels", dictionary! { "Nums" => decimal });
        catalog.remove(b"PageMode");
    }

    /// Says where the structure is.
    pub(super) fn set_structure(&mut self, root: Ref) {
        self.catalog().set("StructTreeRoot", object(root));
        self.catalog().set("MarkInfo", dictionary! { "Marked" => true });
    }

    /// Says where the bookmarks are, and shows them beside the pages.
    pub(super) fn set_outlines(&mut self, root: Ref) {
        self.catalog().set("Outlines", object(root));
        self.catalog().set("PageMode", "UseOutlines");
    }

    /// Says which files are attached, in the order of their names, and that they belong to the document as a whole.
    pub(super) fn set_attachments(&mut self, files: &[(String, Ref)]) {
        let names = files.iter().flat_map(|(name, file)| [text_string(name), object(*file)]);
        let names = dictionary! { "Names" => names.collect::<Vec<Object>>() };
        let associated: Vec<Object> = files.iter().map(|(_, file)| object(*file)).collect();
        self.catalog().set("Names", dictionary! { "EmbeddedFiles" => names });
        self.catalog().set("AF", associated);
    }

    fn catalog(&mut self) -> &mut Dictionary {
        self.tree.catalog_mut().expect("printpdf writes a catalog")
    }

    /// The parts of a page that all pages have in common.
    pub(super) fn page_keys(&self) -> String {
        format!("/Type/Page/Parent {}/Resources {}", named(self.pages), named(self.resources))
    }

    /// Says which pages there are.
    pub(super) fn set_pages(&mut self, pages: &[Ref]) {
        let node = self.tree.get_dictionary_mut(self.pages).expect("the page tree is a dictionary");
        node.set("Count", i64::try_from(pages.len()).expect("pages are counted in 64 bits"));
        node.set("Kids", pages.iter().map(|&page| object(page)).collect::<Vec<Object>>());
    }

    /// A file where the frame's objects have their numbers.
    pub(super) fn file(&self) -> File {
        File::new(self.tree.max_id)
    }

    /// Writes the frame, and ends the file.
    pub(super) fn finish(self, mut file: File) -> Vec<u8> {
        for (&id, object) in &self.tree.objects {
            match object {
                Object::Stream(stream) if stream.allows_compression => {
                    file.stream(named(id), &keys(stream), &stream.content);
                }
                Object::Stream(stream) => {
                    file.stream_as_it_is(named(id), &keys(stream), &stream.content);
                }
                object => file.put(named(id), text(object.clone())),
            }
        }
        let [root, info] = [b"Root".as_slice(), b"Info"].map(|key| named(reference(&self.tree.trailer, key)));
        file.finish(root, info)
    }
}

/// The name of an object of the file in lopdf's tree.
fn object(id: Ref) -> Object {
    Object::Reference((id.0, 0))
}

/// The name of an object of lopdf's tree in the file.
fn named(id: ObjectId) -> Ref {
    Ref(id.0)
}

/// An object as the file writes it; lopdf lets nothing else write one.
fn text(object: Object) -> String {
    let content = Content { operations: [Operation::new("", vec![object])] };
    let bytes = content.encode().expect("memory can be written to");
    String::from_utf8(bytes).expect("texts beyond ASCII are hexadecimal").trim_end().to_owned()
}

/// What a stream says of itself.
fn keys(stream: &Stream) -> String {
    let mut dictionary = stream.dict.clone();
    dictionary.remove(b"Length");
    let text = text(dictionary.into());
    text["<<".len()..text.len() - ">>".len()].to_owned()
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

fn reference(dictionary: &Dictionary, key: &[u8]) -> ObjectId {
    dictionary.get(key).and_then(Object::as_reference).expect("printpdf writes it apart")
}
