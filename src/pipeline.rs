//! One document from input to bytes: the calls that are the program. Read this first.

use crate::emit::pdf::{Attachment, Conformance};
use crate::emit::{self, Artifact, Stamp};
use crate::error::Error;
use crate::finding::{Code, Finding, Noted, has_errors, message};
use crate::font::Fonts;
use crate::ingest::Probe;
use crate::model::{Eras, Fingerprint, KpiList, Limits, Origin, RawSheet};
use crate::template::{OutputFormat, Template};
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
pub type Files = Vec<(Artifact, Vec<u8>)>;

/// What a document's build yields.
#[derive(Debug, Clone)]
pub struct Built {
    /// The list.
    pub list: KpiList,
    /// Every format, or none if a finding is an error.
    pub formats: Files,
}

/// How a document's sources were understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// Every sheet as it was read.
    pub sheets: Vec<RawSheet>,
    /// The list, with an account of each of the sheets, in their order.
    pub list: KpiList,
}

/// Reads the sources of a document and understands them. With a probe, files of risky formats are tried out by
/// another process first.
pub fn understand(sources: &[Source], template: &Template, probe: Option<&Probe>) -> Noted<KpiList> {
    make_list(read(sources, &template.limits, &template.eras, probe), sources, template)
}

/// What a check of the sources finds, and what it saw on the way there.
pub fn inspect(
    sources: &[Source],
    template: &Template,
    fonts: &Fonts<'_>,
    probe: Option<&Probe>,
) -> Noted<Understood> {
    let read = read(sources, &template.limits, &template.eras, probe);
    let sheets = read.value.clone();
    let Noted { value: list, mut findings } = make_list(read, sources, template);
    findings.extend(unpublishable(&list, template, fonts));
    Noted { value: Understood { sheets, list }, findings }
}

/// Reads the sources of a document, or any files.
pub fn read(sources: &[Source], limits: &Limits, eras: &Eras, probe: Option<&Probe>) -> Noted<Vec<RawSheet>> {
    let mut sheets: Vec<RawSheet> = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    for source in sources {
        let mut read = read_source(source, limits, eras, probe);
        sheets.append(&mut read.value);
        findings.append(&mut read.findings);
    }
    Noted { value: sheets, findings }
}

fn make_list(read: Noted<Vec<RawSheet>>, sources: &[Source], template: &Template) -> Noted<KpiList> {
    let Noted { value: sheets, mut findings } = read;
    let mut list = transform::transform(sheets, template);
    findings.append(&mut list.findings);
    let mut findings = by_template(findings, template);
    if list.value.rows.is_empty() && !has_errors(&findings) {
        findings.push(nothing_to_list(sources, template));
    }
    Noted { value: list.value, findings }
}

/// Builds every format of a document, unless its data has errors.
pub fn build(
    sources: &[Source],
    template: &Template,
    fonts: &Fonts<'_>,
    stamp: Stamp,
    probe: Option<&Probe>,
) -> Result<Noted<Built>, Error> {
    let Noted { value: list, mut findings } = understand(sources, template, probe);
    findings.extend(unpublishable(&list, template, fonts));
    let mut formats = Vec::new();
    if !has_errors(&findings) {
        let table = layout::compose(&list, template);
        let pages = layout::lay_out(&table, &template.page, fonts);
        let mut data = for_machines(sources, template, &list, stamp)?;
        for &format in &template.formats {
            match format {
                OutputFormat::Xlsx => {
                    let (list, table, layout, inputs) = (&list, &table, &pages, prints(sources));
                    let material = emit::xlsx::Material { list, table, layout, inputs, metrics: fonts };
                    formats.push((Artifact::Xlsx, emit::xlsx::render(template, &material, &stamp)?));
                }
                OutputFormat::Pdf => {
                    let attached = attachments(template, &data);
                    let conformance = Conformance::with(&attached);
                    let bytes = emit::pdf::render(template, &table, &pages, fonts, &stamp, conformance)
                        .map_err(|fault| unprintable(&fault))?;
                    formats.push((Artifact::Pdf, bytes));
                }
                OutputFormat::Html => {
                    formats.push((Artifact::Html, emit::html::render(template, &list, &table)));
                }
                OutputFormat::Data | OutputFormat::Json => {
                    formats.extend(data.remove(&format).unwrap_or_default());
                }
            }
        }
    }
    Ok(Noted { value: Built { list, formats }, findings })
}

/// What the files of a document are told by.
fn prints(sources: &[Source]) -> Vec<&Fingerprint> {
    sources.iter().map(|source| &source.print).collect()
}

/// The formats for machines that are published or attached to the PDF, file by file.
fn for_machines(
    sources: &[Source],
    template: &Template,
    list: &KpiList,
    stamp: Stamp,
) -> Result<BTreeMap<OutputFormat, Files>, Error> {
    let mut data = BTreeMap::new();
    for &format in template.formats.iter().chain(&template.attached) {
        let files = match format {
            OutputFormat::Xlsx | OutputFormat::Pdf | OutputFormat::Html => continue,
            _ if data.contains_key(&format) => continue,
            OutputFormat::Data => emit::data::render(template, list, &prints(sources), stamp)?,
            OutputFormat::Json => vec![(Artifact::Json, emit::json::render(template, list))],
        };
        data.insert(format, files);
    }
    Ok(data)
}

/// The data that the PDF carries, if the template asks for it.
fn attachments<'a>(template: &Template, data: &'a BTreeMap<OutputFormat, Files>) -> Vec<Attachment<'a>> {
    let attach = |(format, bytes): &'a (Artifact, Vec<u8>)| {
        let (name, media_type) = (format.file_name(&template.id), format.media_type());
        let description = format!("{} ({media_type})", template.document.title);
        Attachment { name, media_type, description, bytes }
    };
    template.attached.iter().flat_map(|format| &data[format]).map(attach).collect()
}

/// Characters that a format cannot hold.
fn unpublishable(list: &KpiList, template: &Template, fonts: &Fonts<'_>) -> Vec<Finding> {
    let mut findings = layout::missing_glyphs(list, template, fonts);
    findings.extend(emit::data::unencodable(template, list));
    findings
}

fn read_source(source: &Source, limits: &Limits, eras: &Eras, probe: Option<&Probe>) -> Noted<Vec<RawSheet>> {
    let Source { print, bytes } = source;
    let name = source.name();
    match probe {
        _ if !source.is_whole() => {
            Noted { value: Vec::new(), findings: vec![ingest::refuse(bytes, name, print.bytes, limits)] }
        }
        Some(probe) => ingest::read_probed(bytes, name, limits, eras, probe),
        None => ingest::read(bytes, name, limits, eras),
    }
}

/// Gives findings the severities that the template sets.
fn by_template(findings: Vec<Finding>, template: &Template) -> Vec<Finding> {
    let set = |mut finding: Finding| match template.checks.get(&finding.code) {
        None => Some(finding),
        Some(None) => None,
        Some(Some(severity)) => {
            finding.severity = *severity;
            Some(finding)
        }
    };
    findings.into_iter().filter_map(set).collect()
}

/// An empty list is never published over the last good one.
fn nothing_to_list(sources: &[Source], template: &Template) -> Finding {
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
    Finding::new(code, Origin::of_file(folder), said, hint)
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
