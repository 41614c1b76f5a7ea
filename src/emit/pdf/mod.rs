//! The printed format: laid-out pages as a PDF. Only this folder names printpdf, subsetter and lopdf.
//!
//! Steps, one file each: [`glyphs`] collects what is drawn and cuts the fonts down to it, [`preflight`] looks at it
//! all before a byte is written, printpdf makes the [`frame`] with the fonts in it. Then the [`file`] is written object
//! by object: each [`page`], the [`link`]s on it, the [`structure`] for screen readers (which [`tree`] writes), the [`outline`], the
//! attached files ([`attach`]), and last the frame with the [`metadata`].

mod attach;
mod file;
mod frame;
mod glyphs;
mod link;
mod metadata;
mod outline;
mod page;
mod preflight;
mod structure;
mod tree;
mod units;

pub use attach::Attachment;
pub use preflight::Fault;

use crate::emit::Stamp;
use crate::font::Fonts;
use crate::layout::Layout;
use crate::model::Document;
use crate::template::DocumentSpec;
use frame::Frame;
use glyphs::Glyphs;
use metadata::Metadata;
use page::Sheet;

/// What a file conforms to, beyond PDF 1.7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conformance<'a> {
    /// Nothing: what is drawn, without structure. What the others cost is measured against it.
    Plain,
    /// PDF/A-2a and PDF/UA-1.
    Archive,
    /// PDF/A-3a and PDF/UA-1, with these files attached.
    ArchiveWith(&'a [Attachment<'a>]),
}

impl<'a> Conformance<'a> {
    /// What a file with these attached conforms to.
    pub fn with(attachments: &'a [Attachment<'a>]) -> Self {
        if attachments.is_empty() { Self::Archive } else { Self::ArchiveWith(attachments) }
    }

    /// The part of PDF/A.
    fn part(self) -> Option<u8> {
        match self {
            Self::Plain => None,
            Self::Archive => Some(2),
            Self::ArchiveWith(_) => Some(3),
        }
    }
}

/// Renders laid-out pages: the same arguments give the same bytes.
pub fn render(
    about: &DocumentSpec,
    document: &Document,
    layout: &Layout,
    fonts: &Fonts<'_>,
    stamp: &Stamp,
    conformance: Conformance<'_>,
) -> Result<Vec<u8>, Fault> {
    let glyphs = Glyphs::collect(layout, fonts)?;
    let is_tagged = conformance != Conformance::Plain;
    // One walk for both: the pages of a long list are more than a processor's cache holds.
    let mut content = Vec::new();
    for (page, number) in layout.pages.iter().zip(0..) {
        preflight::check_page(layout, number, fonts, &glyphs)?;
        if is_tagged {
            content.extend(structure::content(page, number));
        }
    }
    let structure = is_tagged.then(|| structure::structure(document, content));
    if let Some(structure) = &structure {
        preflight::check_structure(&document.table, structure)?;
    }

    let metadata = Metadata { document: about, title: &document.title, stamp: *stamp };
    let mut frame = Frame::new(&glyphs, &metadata, conformance)?;
    let mut file = frame.file();
    let sheet = Sheet { size: layout.sheet, fonts, glyphs: &glyphs, is_tagged };
    let links = link::find(&mut file, document, layout, fonts);
    let pages = sheet.add(&mut file, &frame.page_keys(), &layout.pages, &links);
    link::add(&mut file, &links, &pages, layout.sheet.1, is_tagged, &about.language);
    frame.set_pages(&pages);
    if let Some(structure) = structure {
        frame.set_structure(tree::add(&mut file, &structure, &pages, &links));
    }
    if let Some(outlines) = outline::add(&mut file, &outline::bookmarks(&document.table, layout), &pages) {
        frame.set_outlines(outlines);
    }
    if let Conformance::ArchiveWith(attachments) = conformance {
        frame.set_attachments(&attach::add(&mut file, attachments, *stamp));
    }
    Ok(frame.finish(file))
}
