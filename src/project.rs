//! A document to be made, for another program: a template and files go in, findings, rows and documents come out.

use crate::compare::{Edition, Links};
use crate::decisions::{self, Decisions};
use crate::emit::json::{ComparisonView, to_bytes};
use crate::emit::{Artifact, Stamp, html};
use crate::error::Error;
use crate::finding::{Finding, Lang, Message, Noted, has_errors, message};
use crate::font::Fonts;
use crate::model::{Field, Fingerprint, Origin, Record};
use crate::pipeline::{self, Earlier, Past, Source, Understood};
use crate::template::{Base, OutputFormat, Template};
use crate::view::{self, Inspected};
use std::collections::BTreeMap;

/// As much of a file that is too large as tells what it is.
const HEAD_BYTES: usize = 4096;

/// A template, the files that departments sent, and what was decided about them. Nothing is read from a disk, and no
/// clock: the same project gives the same bytes everywhere.
#[derive(Debug, Clone)]
pub struct Project {
    template: Template,
    /// By name.
    files: BTreeMap<String, Vec<u8>>,
    /// By their paths as the template writes them.
    fonts: BTreeMap<String, Vec<u8>>,
    decisions: Decisions,
    /// The earlier edition.
    earlier: Option<Source>,
    source_date_epoch: Option<i64>,
}

/// What comes of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// What was noticed, in the order of what it is about.
    pub findings: Vec<Finding>,
    /// The list in printing order, as far as it is published.
    pub rows: Vec<Row>,
    /// The documents that the template wants; none if a finding is an error.
    pub files: Vec<OutputFile>,
}

/// A row of the list. What its form does not say is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// What it says of each group and field, by the template's keys, in the document's notation; a value with its unit.
    pub texts: BTreeMap<String, String>,
    /// When its values are from, likewise.
    pub times: BTreeMap<String, String>,
    /// Where it stands in the files.
    pub origin: Origin,
}

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutputFile {
    /// Its name, without folders.
    pub name: String,
    /// The format that it belongs to.
    pub format: OutputFormat,
    /// What it is, as mail and the web name it.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Project {
    /// A project with the text of a template (TOML, `docs/template.md`). Its files are called after the name.
    ///
    /// # Errors
    /// What is wrong in the template: the key, the line, what to write.
    pub fn new(name: &str, template: &str) -> Result<Self, Error> {
        Self::extending(name, template, &[])
    }

    /// The same with the texts of those that the template `extends`, each under its path from the template's folder, the
    /// nearest first.
    ///
    /// # Errors
    /// What is wrong in one of them.
    pub fn extending(name: &str, template: &str, bases: &[(&str, &str)]) -> Result<Self, Error> {
        let base = |&(name, text): &(&str, &str)| Base { name: name.to_owned(), text: text.to_owned() };
        let bases: Vec<Base> = bases.iter().map(base).collect();
        let template = Template::parse_over(name, template, &bases).map_err(|why| in_template(name, &why))?;
        Ok(Self {
            template,
            files: BTreeMap::new(),
            fonts: BTreeMap::new(),
            decisions: Decisions::default(),
            earlier: None,
            source_date_epoch: None,
        })
    }

    /// Adds a department's file: its path in the folder of the files, with `/` between folders, and its content. One that
    /// has the name already is replaced; the order of the files does not matter.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(name.into(), bytes.into());
        self
    }

    /// Adds a font file that the template names, under its path as the template writes it. Without one, texts are drawn by
    /// the embedded font.
    #[must_use]
    pub fn font(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.fonts.insert(path.into(), bytes.into());
        self
    }

    /// Takes the decisions about the files: the texts of `corrections.toml` and `accepted.toml` (`docs/decisions.md`).
    ///
    /// # Errors
    /// What is wrong in one of them: the line, what to write.
    pub fn decided(mut self, corrections: &str, accepted: &str) -> Result<Self, Error> {
        let name = &self.template.id;
        let decided = decisions::by_document(Some(corrections), Some(accepted), std::slice::from_ref(name));
        let decided = decided.map_err(Error::usage)?.remove(name).transpose().map_err(Error::usage)?;
        self.decisions = decided.unwrap_or_default();
        Ok(self)
    }

    /// Adds the earlier edition, with which the list is compared and whose ids it takes over: one of kaitei's files (JSON, CSV,
    /// workbook), or anyone's that is a form of the template.
    #[must_use]
    pub fn earlier(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.earlier = Some(Source::new(name, bytes.into()));
        self
    }

    /// Makes these formats alone of those that the template wants; with none, the files are read and checked.
    #[must_use]
    pub fn only(mut self, formats: &[OutputFormat]) -> Self {
        let Template { formats: own, views, .. } = &mut self.template;
        for wanted in views.iter_mut().map(|view| &mut view.template.formats).chain([own]) {
            wanted.retain(|format| formats.contains(format));
        }
        self
    }

    /// Sets the moment that files name as their creation, in seconds since 1970 UTC; otherwise it is the template's date.
    #[must_use]
    pub fn source_date_epoch(mut self, seconds: i64) -> Self {
        self.source_date_epoch = Some(seconds);
        self
    }

    /// Reads, checks and understands the files, and makes every document that the template wants.
    ///
    /// # Errors
    /// A font or a view of the template that cannot be. What is wrong with the files is a finding.
    pub fn build(&self) -> Result<Output, Error> {
        let template = &self.template;
        let fonts = self.fonts()?;
        let stamp = Stamp::resolve(template.document.date, self.source_date_epoch);
        let read = |source| Earlier::read(source, template, Links::default(), None).value;
        let earlier = self.earlier.as_ref().map(read);
        let past = Past { contributions: &[], edition: earlier.as_ref() };
        let built = pipeline::build(&self.sources(), template, &self.decisions, &fonts, stamp, None, &past)?;
        let Noted { value: built, findings } = built;
        let rows = built.list.rows.iter().map(|row| Row::of(row, template)).collect();
        let file = |(name, artifact, bytes): (String, Artifact, Vec<u8>)| OutputFile {
            name,
            format: artifact.format(),
            media_type: artifact.media_type(),
            bytes,
        };
        Ok(Output { findings, rows, files: built.into_files(&template.id).map(file).collect() })
    }

    /// Shows how the files are understood: a web page that needs nothing else and runs nothing, with each sheet as it looks,
    /// every cell with what it was read as, and the findings at their cells.
    ///
    /// # Errors
    /// A font of the template that cannot be.
    pub fn inspect(&self, lang: Lang) -> Result<String, Error> {
        let template = &self.template;
        let sources = self.sources();
        let read = pipeline::inspect(&sources, template, &self.decisions, &self.fonts()?, None, None);
        let Understood { sheets, list } = &read.value;
        let understood = (sheets.as_slice(), list, read.findings.as_slice());
        let files = sources.iter().map(|source| Inspected::of(source.name(), template, understood));
        let inspected: Vec<Inspected<'_>> = files.collect();
        Ok(html::facsimile::render(&view::facsimiles(&inspected, lang), lang))
    }

    /// Compares the list with the earlier edition: the JSON of `kaitei compare --format json` (`docs/compare.md`).
    ///
    /// # Errors
    /// There is no earlier edition, or it has no rows that can be read; a font of the template that cannot be.
    pub fn compare(&self) -> Result<Vec<u8>, Error> {
        let template = &self.template;
        let earlier =
            self.earlier.as_ref().map(|it| Earlier::read(it, template, Links::default(), None).value);
        let Some(old) = earlier.filter(|earlier| !earlier.list.rows.is_empty()) else {
            return Err(Error::usage(message(
                "前の版がないか、一覧の行がありません。前の版を渡してください（PDFの場合は、表をExcelかCSVにしてください）",
                "there is no earlier edition, or no row of a list in it; hand one over (of a PDF, a workbook or a CSV file)",
            )));
        };
        let fonts = self.fonts()?;
        let read = pipeline::inspect(&self.sources(), template, &self.decisions, &fonts, None, None);
        let mut list = read.value.list;
        let (comparison, _) = old.compared(&mut list, template);
        Ok(to_bytes(&ComparisonView::of(&comparison, &old.edition(), &Edition::new(template, &list))))
    }

    fn fonts(&self) -> Result<Fonts<'_>, Error> {
        let content = |path: &str| self.fonts.get(path).map(Vec::as_slice);
        Fonts::named(&self.template.fonts, content).map_err(|why| in_template(&self.template.id, &why))
    }

    /// The files by name; of those that are longer than the template allows, one or all together, the beginning.
    fn sources(&self) -> Vec<Source> {
        let limits = &self.template.limits;
        let mut left = limits.total_mib << 20;
        let source = |(name, bytes): (&String, &Vec<u8>)| {
            let print = Fingerprint::of(name, bytes);
            let fits = print.bytes <= left.min(limits.file_mib << 20);
            let taken = if fits { bytes.len() } else { bytes.len().min(HEAD_BYTES) };
            left -= if fits { print.bytes } else { 0 };
            Source { fingerprint: print, bytes: bytes[..taken].to_vec() }
        };
        self.files.iter().map(source).collect()
    }
}

impl Output {
    /// The files of a format, the list's first.
    pub fn of(&self, format: OutputFormat) -> impl Iterator<Item = &OutputFile> {
        self.files.iter().filter(move |file| file.format == format)
    }

    /// Whether a finding is an error, so that there are no files.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

impl Row {
    fn of(row: &Record, template: &Template) -> Self {
        let key = |field| template.field(field).key.clone();
        let texts = template.published().filter_map(|field| Some((key(field), said(row, field, template)?)));
        let time = |field| row.value(field)?.time.as_ref();
        let times = template.published().filter_map(|field| Some((key(field), time(field)?.text.clone())));
        Self { texts: texts.collect(), times: times.collect(), origin: row.origin.clone() }
    }

    /// What the row says of a group or field; nothing if it says nothing.
    pub fn text(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }
}

/// What a row says of a field; nothing if it says nothing.
fn said(row: &Record, field: Field, template: &Template) -> Option<String> {
    let text = match (row.choice(field), row.value(field)) {
        (Some(chosen), _) => template.choice(field, chosen.id).label.clone(),
        (None, Some(value)) if value.text.is_empty() => return None,
        (None, Some(value)) => value.text_with_unit(),
        (None, None) => row.text(field)?.text.clone(),
    };
    Some(text).filter(|text| !text.is_empty())
}

fn in_template(name: &str, why: &Message) -> Error {
    Error::usage(message(format!("{name}: {}", why.ja), format!("{name}: {}", why.en)))
}
