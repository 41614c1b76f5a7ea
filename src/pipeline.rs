//! One document from input to bytes: the calls that are the program. Read this first.

mod characters;
mod documents;
mod edition;

pub use documents::pages;
pub use edition::{Earlier, form, read_edition, table_of_package};

use crate::decisions::Decisions;
use crate::emit::pdf::Attachment;
use crate::emit::{self, Artifact, Stamp};
use crate::error::Error;
use crate::finding::{Finding, Noted, Problem, find_subjects, has_errors, message};
use crate::font::Fonts;
use crate::ingest::FileReader;
use crate::model::{Contribution, Correction, Dataset, Eras, Fingerprint, Limits, Origin, RawSheet, Table};
use crate::template::{OutputFormat, Template};
use crate::{decisions, ingest, transform, view};
use documents::{Compared, Maker};
use std::collections::BTreeMap;

/// An input file and its bytes.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the document's input folder, length and hash.
    pub fingerprint: Fingerprint,
    /// Content; of a file that is too large to be read, how it begins.
    pub bytes: Vec<u8>,
}

impl Source {
    /// A file that was read.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { fingerprint: Fingerprint::of(name, &bytes), bytes }
    }

    /// Path below the document's input folder, with `/` between folders.
    pub fn name(&self) -> &str {
        &self.fingerprint.file
    }

    /// Whether the file was read, and not left for being too large.
    pub fn is_whole(&self) -> bool {
        u64::try_from(self.bytes.len()) == Ok(self.fingerprint.bytes)
    }
}

/// What was before a build.
#[derive(Debug, Clone, Copy, Default)]
pub struct Past<'a> {
    /// What files gave to the last build.
    pub contributions: &'a [Contribution],
    /// The earlier edition of the list.
    pub edition: Option<&'a Earlier>,
}

/// Files of a document: what they are, and their bytes.
pub type Files = Vec<(Artifact, Vec<u8>)>;

/// What a document's build yields.
#[derive(Debug, Clone)]
pub struct Built {
    /// The list.
    pub list: Dataset,
    /// Every format, or none if a finding is an error.
    pub formats: Files,
    /// The documents beside the list, likewise.
    pub views: Vec<View>,
}

/// A document beside the list.
#[derive(Debug, Clone)]
pub struct View {
    /// What its files are called.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Every format.
    pub files: Files,
}

impl Built {
    /// All files with their names, those of the list first.
    pub fn into_files(self, document: &str) -> impl Iterator<Item = (String, Artifact, Vec<u8>)> {
        let views = self.views.into_iter().map(|View { name, files, .. }| (name, files));
        std::iter::once((document.to_owned(), self.formats)).chain(views).flat_map(|(name, files)| {
            files.into_iter().map(move |(artifact, bytes)| (artifact.file_name(&name), artifact, bytes))
        })
    }
}

/// How a document's sources were understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// Every sheet as it was read, and corrected.
    pub sheets: Vec<RawSheet>,
    /// The list, with an account of each of the sheets, in their order.
    pub list: Dataset,
}

/// Reads the sources of a document and understands them as they were sent, whatever was decided about them. Without a
/// reader of the caller's, files are read by this process.
pub fn understand(sources: &[Source], template: &Template, reader: Option<FileReader<'_>>) -> Noted<Dataset> {
    let decisions = Decisions::default();
    make_list(correct(sources, template, &decisions, reader), sources, template)
}

/// What a check of the sources finds, and what it saw on the way there. Where they are all of a document's, `before` is
/// what files gave to its last list.
pub fn inspect(
    sources: &[Source],
    template: &Template,
    decisions: &Decisions,
    fonts: &Fonts<'_>,
    reader: Option<FileReader<'_>>,
    before: Option<&[Contribution]>,
) -> Noted<Understood> {
    let read = correct(sources, template, decisions, reader);
    let (sheets, texts) = (read.value.sheets.clone(), read.value.texts.clone());
    let Noted { value: mut list, mut findings } = make_list(read, sources, template);
    if let Some(before) = before {
        findings.extend(missing_departments(&list, sources, &findings, template, before));
    }
    let unpublishable = characters::unpublishable(&mut list, template, fonts, &findings);
    findings.extend(unpublishable);
    decisions::accept(&mut findings, &decisions.acceptances, &texts);
    transform::mask(&mut findings, &list, template);
    Noted { value: Understood { sheets, list }, findings }
}

/// Reads the sources of a document, or any files.
pub fn read(
    sources: &[Source],
    limits: &Limits,
    eras: &Eras,
    reader: Option<FileReader<'_>>,
) -> Noted<Vec<RawSheet>> {
    let mut sheets: Vec<RawSheet> = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    for source in sources {
        let mut read = read_source(source, limits, eras, reader);
        sheets.append(&mut read.value);
        findings.append(&mut read.findings);
    }
    Noted { value: sheets, findings }
}

/// Sheets as they are to be understood.
struct Corrected {
    sheets: Vec<RawSheet>,
    corrections: Vec<Correction>,
    /// What stands where findings are accepted.
    texts: decisions::Texts,
}

/// Reads the sources, and corrects what they say.
fn correct(
    sources: &[Source],
    template: &Template,
    decisions: &Decisions,
    reader: Option<FileReader<'_>>,
) -> Noted<Corrected> {
    let mut read = read(sources, &template.limits, &template.eras, reader);
    let corrections =
        decisions::correct(&mut read, &names(sources), &decisions.corrections, template.takes_in_hidden);
    let Noted { value: sheets, findings } = read;
    let accepted = decisions.acceptances.iter().map(|acceptance| &acceptance.origin);
    let texts = decisions::Texts::of(accepted, &sheets, &fingerprints(sources));
    Noted { value: Corrected { sheets, corrections, texts }, findings }
}

fn make_list(read: Noted<Corrected>, sources: &[Source], template: &Template) -> Noted<Dataset> {
    let Noted { value: Corrected { sheets, corrections, .. }, mut findings } = read;
    let mut list = transform::transform(sheets, template);
    list.value.corrections = corrections;
    findings.append(&mut list.findings);
    find_subjects(&mut findings, &list.value);
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
    decisions: &Decisions,
    fonts: &Fonts<'_>,
    stamp: Stamp,
    reader: Option<FileReader<'_>>,
    past: &Past<'_>,
) -> Result<Noted<Built>, Error> {
    let read = correct(sources, template, decisions, reader);
    let texts = read.value.texts.clone();
    let Noted { value: mut list, mut findings } = make_list(read, sources, template);
    findings.extend(missing_departments(&list, sources, &findings, template, past.contributions));
    let unpublishable = characters::unpublishable(&mut list, template, fonts, &findings);
    findings.extend(unpublishable);
    let compared = past.edition.map(|earlier| {
        let (comparison, asked) = earlier.compared(&mut list, template);
        findings.extend(by_template(asked, template));
        Compared { earlier, comparison }
    });
    decisions::accept(&mut findings, &decisions.acceptances, &texts);
    transform::mask(&mut findings, &list, template);
    transform::withhold(&mut list, template);
    let (mut formats, mut views) = (Files::new(), Vec::new());
    let document = (!has_errors(&findings)).then(|| view::list(&list, template));
    findings.extend(document.iter().flat_map(|document| too_long(&document.table, &list, template)));
    if let Some(document) = document.filter(|_| !has_errors(&findings)) {
        let mut data = for_machines(sources, template, &list, stamp)?;
        let maker = Maker::of(sources, fonts, stamp, compared.as_ref());
        formats = maker.list(&list, &document, template, &attachments(template, &data))?;
        let own = template.formats.iter().filter_map(|format| data.remove(format));
        formats.extend(own.flatten());
        views = maker.views(&list, template)?;
        // The last: it names the sizes of the others.
        if template.formats.contains(&OutputFormat::Html) {
            let navigation = view::navigation(&list, &document, template);
            let pages = documents::pages(template, &document, &navigation, &formats, &views);
            let place = formats.partition_point(|(artifact, _)| *artifact < Artifact::Html);
            formats.splice(place..place, pages);
        }
    }
    Ok(Noted { value: Built { list, formats, views }, findings })
}

/// What is too long for the formats that the template wants.
fn too_long(table: &Table, list: &Dataset, template: &Template) -> Vec<Finding> {
    let wants = |format| template.formats.contains(&format) || template.attached.contains(&format);
    let most = emit::xlsx::LONGEST_TEXT;
    let mut findings =
        if wants(OutputFormat::Xlsx) { view::overlong(table, list, template, most) } else { Vec::new() };
    if findings.is_empty() && wants(OutputFormat::Data) {
        findings = view::overlong_spelled_out(list, template, most);
    }
    find_subjects(&mut findings, list);
    findings
}

/// The names of a document's files.
fn names(sources: &[Source]) -> Vec<&str> {
    sources.iter().map(Source::name).collect()
}

/// The departments whose forms are not there.
fn missing_departments(
    list: &Dataset,
    sources: &[Source],
    findings: &[Finding],
    template: &Template,
    before: &[Contribution],
) -> Vec<Finding> {
    by_template(transform::missing_departments(list, &names(sources), findings, template, before), template)
}

/// What the files of a document are told by.
fn fingerprints(sources: &[Source]) -> Vec<&Fingerprint> {
    sources.iter().map(|source| &source.fingerprint).collect()
}

/// The formats for machines that are published or attached to the PDF, file by file.
fn for_machines(
    sources: &[Source],
    template: &Template,
    list: &Dataset,
    stamp: Stamp,
) -> Result<BTreeMap<OutputFormat, Files>, Error> {
    let mut data = BTreeMap::new();
    for &format in template.formats.iter().chain(&template.attached) {
        let files = match format {
            OutputFormat::Xlsx | OutputFormat::Pdf | OutputFormat::Html => continue,
            _ if data.contains_key(&format) => continue,
            OutputFormat::Data => emit::data::render(template, list, &fingerprints(sources), stamp)?,
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

fn read_source(
    source: &Source,
    limits: &Limits,
    eras: &Eras,
    reader: Option<FileReader<'_>>,
) -> Noted<Vec<RawSheet>> {
    let Source { fingerprint, bytes } = source;
    let name = source.name();
    match reader {
        _ if !source.is_whole() => Noted {
            value: Vec::new(),
            findings: vec![ingest::refuse(bytes, name, fingerprint.bytes, limits)],
        },
        Some(read) => read(bytes, name, limits, eras),
        None => ingest::read(bytes, name, limits, eras),
    }
}

/// Gives findings the severities that the template sets.
fn by_template(findings: Vec<Finding>, template: &Template) -> Vec<Finding> {
    let set = |mut finding: Finding| match template.checks.get(&finding.code()) {
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
    let problem = if sources.is_empty() {
        Problem::NoInput { folder: (&folder).into() }
    } else {
        Problem::ListEmpty { folder: (&folder).into() }
    };
    Finding::new(problem, Origin::of_file(folder))
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
