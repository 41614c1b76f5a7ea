//! One document from input to bytes: the calls that are the program. Read this first.

use crate::diagnostic::{Code, Diagnostic, Noted, has_errors, message};
use crate::emit::pdf::{Attachment, Conformance};
use crate::emit::{self, Format, Stamp};
use crate::error::Error;
use crate::font::Fonts;
use crate::ingest::Taster;
use crate::model::{Fingerprint, KpiList, Limits, Origin, RawSheet};
use crate::template::{Edition, Template};
use crate::{ingest, layout, transform};
use std::collections::BTreeMap;

/// An input file and its bytes.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the document's input folder, length and hash.
    pub print: Fingerprint,
    /// Content; of a file that is too large to be read, how it begins.
    pub bytes: Vec<u8>,
}

impl Source {
    /// A file that was read.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { print: Fingerprint::of(name, &bytes), bytes }
    }

    /// Path below the document's input folder, with `/` between folders.
    pub fn name(&self) -> &str {
        &self.print.file
    }

    /// Whether the file was read, and not left for being too large.
    pub fn is_whole(&self) -> bool {
        u64::try_from(self.bytes.len()) == Ok(self.print.bytes)
    }
}

/// Files of a document: what they are, and their bytes.
pub type Files = Vec<(Format, Vec<u8>)>;

/// What a document's build yields.
#[derive(Debug, Clone)]
pub struct Built {
    /// The list.
    pub list: KpiList,
    /// Every edition, or none if a diagnostic is an error.
    pub editions: Files,
}

/// How a document's sources were understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// Every sheet as it was read.
    pub sheets: Vec<RawSheet>,
    /// The list, with an account of each of the sheets, in their order.
    pub list: KpiList,
}

/// Reads the sources of a document and understands them. With a taster, files of risky formats are tried out by
/// another process first.
pub fn understand(sources: &[Source], template: &Template, taster: Option<&Taster>) -> Noted<KpiList> {
    make_list(read(sources, &template.limits, taster), sources, template)
}

/// What a check of the sources finds, and what it saw on the way there.
pub fn inspect(
    sources: &[Source],
    template: &Template,
    fonts: &Fonts<'_>,
    taster: Option<&Taster>,
) -> Noted<Understood> {
    let read = read(sources, &template.limits, taster);
    let sheets = read.value.clone();
    let Noted { value: list, mut diagnostics } = make_list(read, sources, template);
    diagnostics.extend(unpublishable(&list, template, fonts));
    Noted { value: Understood { sheets, list }, diagnostics }
}

/// Reads the sources of a document, or any files.
pub fn read(sources: &[Source], limits: &Limits, taster: Option<&Taster>) -> Noted<Vec<RawSheet>> {
    let mut sheets: Vec<RawSheet> = Vec::new();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for source in sources {
        let mut read = read_source(source, limits, taster);
        sheets.append(&mut read.value);
        diagnostics.append(&mut read.diagnostics);
    }
    Noted { value: sheets, diagnostics }
}

fn make_list(read: Noted<Vec<RawSheet>>, sources: &[Source], template: &Template) -> Noted<KpiList> {
    let Noted { value: sheets, mut diagnostics } = read;
    let mut list = transform::transform(sheets, template);
    diagnostics.append(&mut list.diagnostics);
    let mut diagnostics = by_template(diagnostics, template);
    if list.value.rows.is_empty() && !has_errors(&diagnostics) {
        diagnostics.push(nothing_to_list(sources, template));
    }
    Noted { value: list.value, diagnostics }
}

/// Builds every edition of a document, unless its data has errors.
pub fn build(
    sources: &[Source],
    template: &Template,
    fonts: &Fonts<'_>,
    stamp: Stamp,
    taster: Option<&Taster>,
) -> Result<Noted<Built>, Error> {
    let Noted { value: list, mut diagnostics } = understand(sources, template, taster);
    diagnostics.extend(unpublishable(&list, template, fonts));
    let mut editions = Vec::new();
    if !has_errors(&diagnostics) {
        let table = layout::compose(&list, template);
        let pages = layout::lay_out(&table, &template.page, fonts);
        let mut data = for_machines(sources, template, &list, stamp)?;
        for &edition in &template.editions {
            match edition {
                Edition::Xlsx => {
                    let (list, table, layout, inputs) = (&list, &table, &pages, prints(sources));
                    let material = emit::xlsx::Material { list, table, layout, inputs, metrics: fonts };
                    editions.push((Format::Xlsx, emit::xlsx::render(template, &material, &stamp)?));
                }
                Edition::Pdf => {
                    let attached = attachments(template, &data);
                    let conformance = Conformance::with(&attached);
                    let bytes = emit::pdf::render(template, &table, &pages, fonts, &stamp, conformance)
                        .map_err(|fault| unprintable(&fault))?;
                    editions.push((Format::Pdf, bytes));
                }
                Edition::Html => {
                    editions.push((Format::Html, emit::html::render(template, &list, &table)));
                }
                Edition::Data | Edition::Json => editions.extend(data.remove(&edition).unwrap_or_default()),
            }
        }
    }
    Ok(Noted { value: Built { list, editions }, diagnostics })
}

/// What the files of a document are told by.
fn prints(sources: &[Source]) -> Vec<&Fingerprint> {
    sources.iter().map(|source| &source.print).collect()
}

/// The editions for machines that are published or attached to the PDF, file by file.
fn for_machines(
    sources: &[Source],
    template: &Template,
    list: &KpiList,
    stamp: Stamp,
) -> Result<BTreeMap<Edition, Files>, Error> {
    let mut data = BTreeMap::new();
    for &edition in template.editions.iter().chain(&template.attached) {
        let files = match edition {
            Edition::Xlsx | Edition::Pdf | Edition::Html => continue,
            _ if data.contains_key(&edition) => continue,
            Edition::Data => emit::data::render(template, list, &prints(sources), stamp)?,
            Edition::Json => vec![(Format::Json, emit::json::render(template, list))],
        };
        data.insert(edition, files);
    }
    Ok(data)
}

/// The data that the PDF carries, if the template asks for it.
fn attachments<'a>(template: &Template, data: &'a BTreeMap<Edition, Files>) -> Vec<Attachment<'a>> {
    let attach = |(format, bytes): &'a (Format, Vec<u8>)| {
        let (name, media_type) = (format.file_name(&template.id), format.media_type());
        let description = format!("{} ({media_type})", template.document.title);
        Attachment { name, media_type, description, bytes }
    };
    template.attached.iter().flat_map(|edition| &data[edition]).map(attach).collect()
}

/// Characters that an edition cannot hold.
fn unpublishable(list: &KpiList, template: &Template, fonts: &Fonts<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = layout::missing_glyphs(list, template, fonts);
    diagnostics.extend(emit::data::unencodable(template, list));
    diagnostics
}

fn read_source(source: &Source, limits: &Limits, taster: Option<&Taster>) -> Noted<Vec<RawSheet>> {
    let Source { print, bytes } = source;
    let name = source.name();
    match taster {
        _ if !source.is_whole() => {
            Noted { value: Vec::new(), diagnostics: vec![ingest::refuse(bytes, name, print.bytes, limits)] }
        }
        Some(taster) => ingest::read_tasted(bytes, name, limits, taster),
        None => ingest::read(bytes, name, limits),
    }
}

/// Gives diagnostics the severities that the template sets.
fn by_template(diagnostics: Vec<Diagnostic>, template: &Template) -> Vec<Diagnostic> {
    let set = |mut diagnostic: Diagnostic| match template.checks.get(&diagnostic.code) {
        None => Some(diagnostic),
        Some(None) => None,
        Some(Some(severity)) => {
            diagnostic.severity = *severity;
            Some(diagnostic)
        }
    };
    diagnostics.into_iter().filter_map(set).collect()
}

/// An empty list is never published over the last good one.
fn nothing_to_list(sources: &[Source], template: &Template) -> Diagnostic {
    let folder = format!("input/{}", template.id);
    let (code, said) = if sources.is_empty() {
        (Code::NoInput, message("入力ファイルがありません", "there are no input files"))
    } else {
        (Code::ListEmpty, message("どのファイルにも指標がありません", "there is no indicator in any file"))
    };
    let hint = message(
        format!("{folder}/ に、記入された各課の調査票を置いてください"),
        format!("put the departments' filled-in forms into {folder}/"),
    );
    Diagnostic::new(code, Origin::of_file(folder), said, hint)
}

/// Missing glyphs of cells are data trouble and were reported before; what remains is in the template or wrong in
/// the program.
fn unprintable(fault: &emit::pdf::Fault) -> Error {
    let fault = fault.message();
    Error::usage(message(
        format!("PDFを作成できません（{}）", fault.ja),
        format!("the PDF cannot be made ({})", fault.en),
    ))
}
