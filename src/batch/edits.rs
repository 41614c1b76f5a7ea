//! What an edited set says otherwise than the set that has taken its place: cell by cell where kaitei can read the
//! files, with the forms' cells that the list's come from.
//!
//! The files are compared as kaitei reads them; what a formula shows is not told where the program that saved the edited
//! file has left out its result. An entry for `corrections.toml` is offered only where a list that is made
//! with it says in that cell what the edited workbook says there, and in the indicator's other cells what it says now.

use super::Workers;
use super::document::Run;
use super::fonts::FontFiles;
use super::input_files::InputFile;
use super::manifest::Manifest;
use super::report::{CellEdit, EditedSet, Letterhead};
use super::sources::{read_source, read_sources};
use crate::decisions::{self, Decisions};
use crate::emit::Artifact;
use crate::emit::xlsx::{FormCell, Material, form_cells};
use crate::error::Error;
use crate::finding::{Code, Noted};
use crate::font::Fonts;
use crate::ingest::FileReader;
use crate::layout;
use crate::model::{CellNotes, CellRef, Dataset, NumberFormat, Origin, RawSheet, References};
use crate::pipeline::{self, Source, Understood};
use crate::template::Template;
use crate::view;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// As many cells of a set are told.
const TOLD: usize = 100;

/// Adds to an edited set what its cells say. The document has been built since.
pub(super) fn describe(run: &Run<'_>, document: &str, set: &mut EditedSet) -> Result<(), Error> {
    let path = run.project.template_path(document);
    let template = Template::load(&path)?;
    let (old, new) = (PathBuf::from(&set.folder), run.project.output(document));
    let is_same = has_same_origins(&old, &new);
    let mut edits = Vec::new();
    for file in &set.files {
        let (Some(before), Some(now)) = (read(run, &old, file, &template), read(run, &new, file, &template))
        else {
            continue;
        };
        if *file == Artifact::Xlsx.file_name(document) {
            let files = FontFiles::read(&template, &path, &run.fonts)?;
            let (fonts, sources) =
                (files.fonts()?, read_sources(&run.project.input(document), &template.limits)?);
            let list = Listed { run, document, template: &template, fonts: &fonts, sources: &sources };
            edits.extend(list.edits(file, &before, &now, is_same)?);
        } else {
            edits.extend(compare(&before, &now, &|_| None).map(|found| found.edit(file)));
        }
    }
    set.more = edits.len().saturating_sub(TOLD);
    edits.truncate(TOLD);
    set.cells = edits;
    Ok(())
}

/// Whether two sets were made from the same files and decisions: then they differ in nothing but what was edited.
fn has_same_origins(old: &Path, new: &Path) -> bool {
    let of = |set: &Path| {
        let manifest = Manifest::read(set).ok().flatten()?;
        Some((manifest.program, manifest.template, manifest.bases, manifest.inputs, manifest.decisions))
    };
    of(old).is_some_and(|old| of(new) == Some(old))
}

/// A file that was read.
struct Book {
    sheets: Vec<RawSheet>,
    /// The cells whose formulas have no result, or of very many, their sheet.
    unresolved: Vec<Origin>,
}

impl Book {
    /// Whether nobody can tell what a cell showed.
    fn is_unresolved(&self, sheet: Option<&str>, cell: CellRef) -> bool {
        let is_here = |origin: &Origin| {
            origin.place.sheet.as_deref() == sheet && origin.cell.is_none_or(|lost| lost == cell)
        };
        self.unresolved.iter().any(is_here)
    }
}

/// A file, if it is one that kaitei reads and can be read.
fn read(run: &Run<'_>, folder: &Path, name: &str, template: &Template) -> Option<Book> {
    let path = folder.join(name);
    let is_table = path.extension().is_some_and(|end| end == "xlsx" || end == "csv");
    if !is_table || !path.is_file() {
        return None;
    }
    let input = InputFile { path, name: name.to_owned() };
    let source = read_source(input, template.limits.file_mib << 20).ok()?;
    let reader = run.options.workers.map(Workers::reader);
    let reader = reader.as_ref().map(|read| read as FileReader<'_>);
    let Noted { value: sheets, findings } =
        pipeline::read(&[source], &template.limits, &template.eras, reader);
    let unresolved = findings.into_iter().filter(|found| found.code() == Code::FormulaUnresolved);
    let unresolved = unresolved.map(|found| found.origin).collect();
    (!sheets.is_empty()).then_some(Book { sheets, unresolved })
}

/// A cell whose text differs.
struct Found<'s> {
    sheet: Option<&'s str>,
    /// Where it is in the edited file; what is not there, in the new one.
    cell: CellRef,
    /// Where it is in the new file.
    now_at: Option<CellRef>,
    edited: &'s str,
    now: &'s str,
}

impl Found<'_> {
    fn edit(&self, file: &str) -> CellEdit {
        CellEdit {
            file: file.to_owned(),
            sheet: self.sheet.map(str::to_owned),
            cell: self.cell.to_string(),
            edited: self.edited.to_owned(),
            now: self.now.to_owned(),
            sources: Vec::new(),
            entry: None,
        }
    }
}

/// The cells of the edited sheets that differ. Rows of sheets that are not equally long belong together if the text in the
/// sheet's key column is the same: the given one, else the first.
fn compare<'s>(
    edited: &'s Book,
    now: &'s Book,
    key: &dyn Fn(Option<&str>) -> Option<u32>,
) -> impl Iterator<Item = Found<'s>> {
    let mut found = Vec::new();
    for old in &edited.sheets {
        let name = old.place.sheet.as_deref();
        let new = now.sheets.iter().find(|new| new.place.sheet.as_deref() == name);
        let rows = |sheet: &RawSheet| sheet.rows.iter().map(|row| row.index).collect::<BTreeSet<u32>>();
        let (old_rows, new_rows) = (rows(old), new.map(rows).unwrap_or_default());
        let key = key(name).unwrap_or(0);
        let pairs = match new {
            Some(new) if old_rows.last() != new_rows.last() => pairs(old, new, key),
            // What is on a sheet that is not kaitei's differs from nothing.
            _ => old_rows.union(&new_rows).map(|&row| (Some(row), Some(row))).collect(),
        };
        for (old_row, new_row) in pairs {
            let columns = |sheet: Option<&RawSheet>, row: Option<u32>| -> BTreeSet<u32> {
                let row = row.and_then(|row| sheet?.row(row));
                row.iter().flat_map(|row| row.cells.iter().map(|cell| cell.col)).collect()
            };
            let whole = old_row.is_some() && new_row.is_some();
            let columns =
                columns(Some(old), old_row).union(&columns(new, new_row)).copied().collect::<Vec<u32>>();
            for col in columns.into_iter().filter(|col| whole || *col == key) {
                let text = |sheet: Option<&'s RawSheet>, row: Option<u32>| {
                    row.and_then(|row| sheet?.text(row, col)).unwrap_or_default()
                };
                let (said, now) = (text(Some(old), old_row), text(new, new_row));
                let at = |row: Option<u32>| row.map(|row| CellRef { row, col });
                let (was, now_at) = (at(old_row), at(new_row));
                let is_lost = || said.is_empty() && was.is_some_and(|was| edited.is_unresolved(name, was));
                if said != now && !is_lost() {
                    let cell = was.or(now_at).expect("a pair has a row");
                    found.push(Found { sheet: name, cell, now_at, edited: said, now });
                }
            }
        }
    }
    found.into_iter()
}

/// Rows of two sheets that belong together, in the order of the new sheet; then those of the old one alone.
fn pairs(old: &RawSheet, new: &RawSheet, key: u32) -> Vec<(Option<u32>, Option<u32>)> {
    let mut places: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for row in &old.rows {
        places.entry(row.text(key).unwrap_or_default()).or_default().push(row.index);
    }
    let mut pairs: Vec<(Option<u32>, Option<u32>)> = Vec::new();
    for row in &new.rows {
        let text = row.text(key).unwrap_or_default();
        let same = places.get_mut(text).filter(|rows| !text.is_empty() && !rows.is_empty());
        pairs.push((same.map(|rows| rows.remove(0)), Some(row.index)));
    }
    let left = places.into_iter().filter(|(text, _)| !text.is_empty()).flat_map(|(_, rows)| rows);
    pairs.extend(left.map(|row| (Some(row), None)));
    pairs
}

/// What the list is made from.
struct Listed<'a> {
    run: &'a Run<'a>,
    document: &'a str,
    template: &'a Template,
    fonts: &'a Fonts<'a>,
    sources: &'a [Source],
}

impl Listed<'_> {
    /// The cells that differ in the workbook, with their sources and entries. If the forms have changed as well, those of
    /// the list alone: what stands on the other sheets follows from the list and the forms.
    fn edits(&self, file: &str, edited: &Book, now: &Book, is_same: bool) -> Result<Vec<CellEdit>, Error> {
        let decisions = self.run.decided.of(self.document)?;
        let (Understood { sheets, list }, (name, cells)) = self.understand(decisions);
        let names =
            self.template.columns.iter().position(|column| column.fields.contains(&self.template.name()));
        let key = |sheet: Option<&str>| {
            names.filter(|_| sheet == Some(name.as_str())).and_then(|col| u32::try_from(col).ok())
        };
        let by_place: BTreeMap<(u32, u32), &FormCell> =
            cells.iter().map(|cell| ((cell.row, cell.col.into()), cell)).collect();
        let lang = Letterhead::of(&self.template.document).lang();
        let mut edits = Vec::new();
        let mut proposed = Vec::new();
        for found in compare(edited, now, &key) {
            let is_list = found.sheet == Some(name.as_str());
            let at = found.now_at.filter(|_| is_list).and_then(|at| by_place.get(&(at.row, at.col)));
            let mut edit = found.edit(file);
            match at {
                // A figure that a formula counts follows from the cells that it counts.
                None if is_figure(found.edited) && is_figure(found.now) => continue,
                None if !is_list && !is_same => continue,
                None => {}
                Some(cell) => {
                    let (sources, only) = self.sources_of(&list, cell);
                    edit.sources = sources.iter().map(ToString::to_string).collect();
                    let entry = only.and_then(|origin| {
                        decisions::correction(self.document, origin, found.edited, &sheets, lang)
                    });
                    proposed.extend(entry.map(|entry| (edits.len(), *cell, entry)));
                }
            }
            edits.push(edit);
        }
        let mut decided = decisions.clone();
        decided.corrections.extend(proposed.iter().map(|(.., (correction, _))| correction.clone()));
        let (_, (_, then)) = self.understand(&decided);
        let then: BTreeMap<(usize, u16), &str> =
            then.iter().map(|cell| ((cell.record, cell.col), cell.text.as_str())).collect();
        let wanted: BTreeMap<(usize, u16), &str> = (proposed.iter())
            .map(|(at, cell, _)| ((cell.record, cell.col), edits[*at].edited.as_str()))
            .collect();
        let is_right = |record: usize| {
            cells.iter().filter(|cell| cell.record == record).all(|cell| {
                let place = (record, cell.col);
                let said = then.get(&place).copied().unwrap_or_default().trim();
                said == wanted.get(&place).copied().unwrap_or(&cell.text).trim()
            })
        };
        let right: Vec<bool> = proposed.iter().map(|(_, cell, _)| is_right(cell.record)).collect();
        for ((at, _, (_, entry)), is_right) in proposed.into_iter().zip(right) {
            edits[at].entry = is_right.then_some(entry);
        }
        Ok(edits)
    }

    /// The sheets, the list, and where its cells stand in the workbook.
    fn understand(&self, decisions: &Decisions) -> (Understood, (String, Vec<FormCell>)) {
        let Self { template, fonts, .. } = *self;
        let reader = self.run.options.workers.map(Workers::reader);
        let reader = reader.as_ref().map(|read| read as FileReader<'_>);
        let understood = pipeline::inspect(self.sources, template, decisions, fonts, reader, None).value;
        let list = view::list(&understood.list, template);
        let form = layout::printable(&list, fonts);
        let flow = layout::flow(&form, &template.page, fonts);
        let material = Material {
            about: &template.document,
            form: &form,
            page: &template.page,
            flow: &flow,
            notes: &CellNotes::new(),
            references: &References::new(),
            others: &[],
            protect: false,
            metrics: fonts,
        };
        let cells = form_cells(&material);
        (understood, cells)
    }

    /// The forms' cells that a cell of the list comes from, else the one of its indicator; and the one that can be
    /// corrected, if that is the only one.
    fn sources_of<'l>(&self, list: &'l Dataset, cell: &FormCell) -> (Vec<&'l Origin>, Option<&'l Origin>) {
        let row = &list.rows[cell.record];
        let sources = view::origins(row, &self.template.columns[usize::from(cell.col)].fields);
        match sources.as_slice() {
            [] => (vec![&row.name().origin], None),
            [only] => (vec![*only], Some(*only)),
            _ => (sources, None),
        }
    }
}

fn is_figure(text: &str) -> bool {
    NumberFormat::read(text).is_some()
}
