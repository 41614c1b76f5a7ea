//! The printed edition: laid-out pages as a PDF. Only this folder names printpdf, subsetter and lopdf.
//!
//! Steps, one file each: [`glyphs`] collects what is drawn and cuts the fonts down to it, [`page`] writes texts
//! and rules as drawing operators, printpdf builds the object tree, [`finish`] sets the tree right and turns it
//! into bytes. On the way it adds what the file says beyond its pages: [`metadata`], the [`structure`] for
//! screen readers (which [`tree`] writes), and the [`outline`]. Before a byte is written, [`preflight`] looks at it all.

mod finish;
mod glyphs;
mod metadata;
mod outline;
mod page;
mod preflight;
mod structure;
mod tree;

pub use preflight::Fault;

use crate::emit::Stamp;
use crate::font::Fonts;
use crate::layout::{Layout, Table};
use crate::template::Template;
use finish::Extras;
use glyphs::Glyphs;
use metadata::Metadata;
use page::Sheet;
use printpdf::{PdfDocument, PdfFont, PdfSaveOptions};

/// Renders laid-out pages: the same arguments give the same bytes. Conforms to PDF/A-2a and PDF/UA-1.
pub fn render(
    template: &Template,
    table: &Table,
    layout: &Layout,
    fonts: &Fonts<'_>,
    stamp: &Stamp,
) -> Result<Vec<u8>, Fault> {
    let glyphs = Glyphs::collect(layout, fonts)?;
    let structure = structure::structure(table, layout);
    preflight::check(table, layout, &structure, fonts)?;
    let mut document = PdfDocument::default();
    for (id, subset) in glyphs.subsets() {
        document.resources.fonts.map.insert(id, PdfFont::new(subset.program()?));
    }
    let sheet = Sheet { size: layout.sheet, fonts, glyphs: &glyphs };
    document.pages = layout.pages.iter().map(|page| sheet.page(page)).collect();

    let tree = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    drop(document);
    let extras = Extras {
        metadata: Metadata { document: &template.document, title: &table.title, stamp: *stamp },
        structure,
        bookmarks: outline::bookmarks(table, layout),
        faces: glyphs.subsets().map(|(id, subset)| (id.0, subset.font().face())).collect(),
    };
    Ok(finish::finish(tree, &extras))
}
