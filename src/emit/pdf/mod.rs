//! The printed edition: laid-out pages as a PDF. Only this folder names printpdf, subsetter and lopdf.
//!
//! Steps, one file each: [`glyphs`] collects what is drawn and cuts the font down to it, [`page`] writes texts
//! and rules as drawing operators, printpdf builds the object tree, [`finish`] sets the tree right and turns it
//! into bytes. On the way it adds what the file says beyond its pages: [`metadata`], the [`structure`] for
//! screen readers (which [`tree`] writes), and the [`outline`].

mod finish;
mod glyphs;
mod metadata;
mod outline;
mod page;
mod structure;
mod tree;

use crate::emit::Stamp;
use crate::font::{self, Font};
use crate::layout::{Layout, Role, Table};
use crate::template::Template;
use finish::Extras;
use glyphs::Glyphs;
use metadata::Metadata;
use page::Sheet;
use printpdf::{FontId, PdfDocument, PdfFont, PdfSaveOptions};
use std::fmt;

/// The font cannot draw a text of the layout. The pipeline reports missing glyphs at their cells before,
/// so this is a wrong program or a text that no cell has; a box for it is never drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingGlyph {
    /// The character with its selectors and marks.
    pub unit: String,
    /// The page, counted from 1.
    pub page: usize,
    /// The box that holds it.
    pub role: Role,
}

/// Renders laid-out pages: the same arguments give the same bytes.
pub fn render(
    template: &Template,
    table: &Table,
    layout: &Layout,
    font: &Font<'_>,
    stamp: &Stamp,
) -> Result<Vec<u8>, MissingGlyph> {
    let glyphs = Glyphs::collect(layout, font)?;
    let mut document = PdfDocument::default();
    let font_id = FontId("T0".to_owned());
    document.resources.fonts.map.insert(font_id.clone(), PdfFont::new(glyphs.subset(font)));
    let sheet = Sheet { size: layout.sheet, font: &font_id, glyphs: &glyphs };
    document.pages = layout.pages.iter().map(|page| sheet.page(page)).collect();

    let tree = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    drop(document);
    let extras = Extras {
        metadata: Metadata { document: &template.document, title: &table.title, stamp: *stamp },
        structure: structure::structure(table, layout),
        bookmarks: outline::bookmarks(table, layout),
    };
    Ok(finish::finish(tree, &extras, font.face(), glyphs.code_to_glyph()))
}

impl fmt::Display for MissingGlyph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {}: no glyph for {}", self.page, font::name_unit(&self.unit))
    }
}

impl std::error::Error for MissingGlyph {}
