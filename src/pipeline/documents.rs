//! The documents of a list for people: the list, and the views beside it. Each is made in one way.

use super::{Files, View, fingerprints, unprintable};
use crate::compare::{Comparison, Edition};
use crate::emit::html::Beside;
use crate::emit::pdf::{Attachment, Conformance};
use crate::emit::{self, Artifact, Stamp};
use crate::error::Error;
use crate::finding::{Finding, Problem, message};
use crate::font::Fonts;
use crate::layout;
use crate::model::{CellNotes, Dataset, Document, Fingerprint, Navigation, Record};
use crate::pipeline::{Earlier, Source};
use crate::template::{CompareForm, NO_WORD, OutputFormat, PageSpec, Template, ViewKind, ViewSpec, word};
use crate::view::{Place, Places};
use crate::{transform, view};

/// As many documents may come of one view.
const MOST_PARTS: usize = 1_000;
/// Characters of a word in a file's name.
const NAME_CHARS: usize = 40;

/// What the documents of a list are made with.
pub(super) struct Maker<'a> {
    pub(super) fonts: &'a Fonts<'a>,
    pub(super) stamp: Stamp,
    pub(super) inputs: Vec<&'a Fingerprint>,
    /// The earlier edition, and what changed since.
    pub(super) compared: Option<&'a Compared<'a>>,
}

/// An earlier edition, and what changed since.
pub(super) struct Compared<'a> {
    pub(super) earlier: &'a Earlier,
    pub(super) comparison: Comparison,
}

/// A document that is to be made.
struct Made<'a> {
    /// Its formats, its paper, and what the files say of themselves.
    template: &'a Template,
    document: &'a Document,
    notes: CellNotes,
    /// The workbook's other sheets.
    others: Vec<(Document, PageSpec)>,
    /// The list, if the document shows its records.
    list: Option<&'a Dataset>,
    /// What the PDF carries.
    attached: &'a [Attachment<'a>],
}

impl<'a> Maker<'a> {
    pub(super) fn of(
        sources: &'a [Source],
        fonts: &'a Fonts<'a>,
        stamp: Stamp,
        compared: Option<&'a Compared<'a>>,
    ) -> Self {
        Self { fonts, stamp, inputs: fingerprints(sources), compared }
    }

    /// The list, without its web page.
    pub(super) fn list(
        &self,
        list: &Dataset,
        document: &Document,
        template: &Template,
        attached: &[Attachment<'_>],
    ) -> Result<Files, Error> {
        let (notes, others) = if template.formats.contains(&OutputFormat::Xlsx) {
            (view::cell_notes(list, template), view::beside_list(list, template, &self.inputs))
        } else {
            (CellNotes::new(), Vec::new())
        };
        self.make(&Made { template, document, notes, others, list: Some(list), attached })
    }

    /// The documents of the views.
    pub(super) fn views(&self, list: &Dataset, template: &Template) -> Result<Vec<View>, Error> {
        let mut all = Vec::new();
        for spec in &template.views {
            if spec.kind == ViewKind::Compare {
                all.extend(self.comparison(list, template, spec)?);
                continue;
            }
            for (template, words) in parts(list, spec)? {
                let shows = |row: &Record| spec.shows(row) && shows_word(row, spec, words.as_deref());
                let files = self.view(list, spec.kind, &template, &shows)?;
                let Template { id, document, .. } = template;
                all.push(View { name: id, title: document.title, files });
            }
        }
        Ok(all)
    }

    fn view(
        &self,
        list: &Dataset,
        kind: ViewKind,
        template: &Template,
        shows: &dyn Fn(&Record) -> bool,
    ) -> Result<Files, Error> {
        let part = transform::part(list, template, shows);
        let (document, notes, navigation, records) = if let Some(sheet) = kind.sheet() {
            // The others say which row of the list a record is; the summary counts.
            let list = if kind == ViewKind::Summary { &part } else { list };
            let document = view::alone(sheet, list, template, &self.inputs, shows);
            (document, CellNotes::new(), Navigation::default(), None)
        } else {
            let document = view::list(&part, template);
            let navigation = view::navigation(&part, &document, template);
            (document, view::cell_notes(&part, template), navigation, Some(&part))
        };
        let others = Vec::new();
        let made = Made { template, document: &document, notes, others, list: records, attached: &[] };
        let mut files = self.make(&made)?;
        if template.formats.contains(&OutputFormat::Html) {
            files.extend(pages(template, &document, &navigation, &files, &[]));
        }
        Ok(files)
    }

    /// The list beside its earlier edition, if that is known; the template of the list explains the new one.
    fn comparison(&self, list: &Dataset, of_list: &Template, spec: &ViewSpec) -> Result<Option<View>, Error> {
        let Some(Compared { earlier, comparison }) = self.compared else { return Ok(None) };
        let template = &spec.template;
        let places = match spec.form {
            CompareForm::Sides | CompareForm::Marked => Places::default(),
            CompareForm::Errata => Places {
                old: self.places(&earlier.list, &earlier.template)?,
                new: self.places(list, of_list)?,
            },
        };
        let editions = (&earlier.edition(), &Edition::new(of_list, list));
        let document = view::comparison(comparison, editions, template, spec.form, &places);
        let notes = CellNotes::new();
        let others = Vec::new();
        let made = Made { template, document: &document, notes, others, list: None, attached: &[] };
        let mut files = self.make(&made)?;
        if template.formats.contains(&OutputFormat::Html) {
            files.extend(pages(template, &document, &Navigation::default(), &files, &[]));
        }
        Ok(Some(View { name: template.id.clone(), title: template.document.title.clone(), files }))
    }

    /// Where the pages of a list show its records.
    fn places(&self, list: &Dataset, template: &Template) -> Result<Vec<Option<Place>>, Error> {
        let printed = layout::printable(&view::list(list, template), self.fonts).into_owned();
        let page = layout::fitted(&printed, &template.page, self.fonts)
            .map_err(|least| too_long(template, least))?;
        let flow = layout::flow(&printed, &page, self.fonts);
        let mut places = vec![None; list.rows.len()];
        for (plan, page) in flow.pages.iter().zip(1..) {
            let records =
                plan.pieces.iter().filter_map(|piece| Some((piece, printed.table.rows[piece.row].record?)));
            for ((piece, record), row) in records.zip(1..) {
                if piece.lines.start == 0 {
                    places[record] = Some(Place { page, row });
                }
            }
        }
        Ok(places)
    }

    /// A document's workbook and its pages, as its template wants them.
    fn make(&self, made: &Made<'_>) -> Result<Files, Error> {
        let Made { template, document, notes, others, list, attached } = made;
        let wants = |format| template.formats.contains(&format);
        let mut files = Files::new();
        if !wants(OutputFormat::Xlsx) && !wants(OutputFormat::Pdf) {
            return Ok(files);
        }
        let printed = layout::printable(document, self.fonts);
        let references = list.map(|list| view::references(list, &printed, template)).unwrap_or_default();
        let page = layout::fitted(&printed, &template.page, self.fonts)
            .map_err(|least| too_long(template, least))?;
        let flow = layout::flow(&printed, &page, self.fonts);
        if wants(OutputFormat::Xlsx) {
            let material = emit::xlsx::Material {
                about: &template.document,
                form: &printed,
                page: &page,
                flow: &flow,
                notes,
                references: &references,
                others,
                protect: template.workbook.protect,
                metrics: self.fonts,
            };
            files.push((Artifact::Xlsx, emit::xlsx::render(&material, self.stamp)?));
        }
        if wants(OutputFormat::Pdf) {
            let pages = layout::place(&printed.table, &page, &flow, &references, self.fonts);
            let conformance = Conformance::with(attached);
            let bytes =
                emit::pdf::render(&template.document, &printed, &pages, self.fonts, &self.stamp, conformance)
                    .map_err(|fault| unprintable(&fault))?;
            files.push((Artifact::Pdf, bytes));
        }
        Ok(files)
    }
}

/// The web page of a document, which names the sizes of the files beside it, and its text for other pages.
pub fn pages(
    template: &Template,
    document: &Document,
    navigation: &Navigation,
    files: &Files,
    views: &[View],
) -> [(Artifact, Vec<u8>); 2] {
    let beside = |name: &str, (artifact, bytes): &(Artifact, Vec<u8>), title: Option<&String>| Beside {
        name: artifact.file_name(name),
        artifact: *artifact,
        bytes: bytes.len(),
        title: title.cloned(),
    };
    let own = files.iter().map(|file| beside(&template.id, file, None));
    let others = views
        .iter()
        .flat_map(|view| view.files.iter().map(|file| beside(&view.name, file, Some(&view.title))));
    let material = emit::html::Material {
        about: &template.document,
        eras: &template.eras,
        licence: template.open_data.licence.as_ref(),
        page: &template.page,
        document,
        navigation,
        beside: &own.chain(others).collect::<Vec<_>>(),
    };
    let (page, text) = (emit::html::render(&material), emit::html::cms::render(&material));
    [(Artifact::Html, page), (Artifact::Cms, text)]
}

/// The views in which there is nothing.
pub(super) fn empty_views(list: &Dataset, template: &Template) -> Vec<Finding> {
    let is_empty = |spec: &&ViewSpec| !list.rows.iter().any(|row| spec.shows(row));
    let finding = |spec: &ViewSpec| {
        let problem = Problem::ViewEmpty { key: (&spec.key).into() };
        Finding::new(problem, template.origin())
    };
    template.views.iter().filter(is_empty).map(finding).collect()
}

/// The templates of a view's documents, each with the word that its records say; none if there is nothing in them.
fn parts(list: &Dataset, spec: &ViewSpec) -> Result<Vec<(Template, Option<String>)>, Error> {
    let rows = || list.rows.iter().filter(|row| spec.shows(row));
    let Some(field) = spec.each else {
        return Ok(rows().take(1).map(|_| (spec.template.clone(), None)).collect());
    };
    let mut words: Vec<String> = Vec::new();
    for row in rows() {
        let word = word(row, field, &spec.template);
        if !words.contains(&word) {
            words.push(word);
        }
        if words.len() > MOST_PARTS {
            return Err(too_many(spec));
        }
    }
    let mut names: Vec<String> = Vec::new();
    let part = |word: String| {
        let said = if word.is_empty() { NO_WORD } else { &word };
        let mut template = spec.template_of(said);
        let name = file_name(said);
        // Some systems take capitals and small letters of a name for the same.
        let plain = name.to_lowercase();
        let same = names.iter().filter(|known| **known == plain).count();
        template.id = match same {
            0 => format!("{}.{name}", template.id),
            _ => format!("{}.{name}.{}", template.id, same + 1),
        };
        names.push(plain);
        (template, Some(word))
    };
    Ok(words.into_iter().map(part).collect())
}

fn shows_word(row: &Record, spec: &ViewSpec, wanted: Option<&str>) -> bool {
    spec.each.zip(wanted).is_none_or(|(field, wanted)| word(row, field, &spec.template) == wanted)
}

/// A word as a part of a file's name on every system.
fn file_name(word: &str) -> String {
    let is_safe = |c: &char| !c.is_control() && !r#"\/:*?"<>|. "#.contains(*c);
    word.chars().take(NAME_CHARS).map(|c| Some(c).filter(is_safe).unwrap_or('_')).collect()
}

/// A document that takes more pages than its template allows.
fn too_long(template: &Template, least: usize) -> Error {
    let most = template.page.fit_pages.unwrap_or_default();
    let smallest = layout::SMALLEST / 1000;
    Error::usage(message(
        format!(
            "{most}ページに収まりません（文字を{smallest}ポイントにしても{least}ページです）。page の fit_pages を増やすか、余白を小さくするか、用紙を大きくしてください"
        ),
        format!(
            "the document does not fit into {most} pages ({least} with text of {smallest} points); raise `page.fit_pages`, or choose smaller margins or larger paper"
        ),
    ))
}

fn too_many(spec: &ViewSpec) -> Error {
    let key = &spec.key;
    Error::usage(message(
        format!("views の「{key}」の each から{MOST_PARTS}を超える文書ができます。別の項目を書いてください"),
        format!("`views`, `{key}`: more than {MOST_PARTS} documents come of its `each`; name another field"),
    ))
}
