//! Sheets to the list, one step a file. It never fails: trouble becomes a finding at a cell.
//!
//! # How a form is understood
//!
//! A heading is a claim: its words are compared with those of the template and those built in (`lexicon`), and the best
//! claims take the fields (`columns`). A form that is no table below a header is folded into one (`geometry`); of the
//! ways to read it, the one that finds most fields holds, if what stands in the places of entries is like entries: words of a
//! vocabulary, figures, codes (`apart`). Columns that words do not tell for certain are told by their entries: all open
//! fields are weighed against all such columns, and the rows of all tables with the same headings count (`evidence`). What
//! stands around the form is told by where it stands and what it lacks (`apart`, `aside`). What looks like a part of the
//! form and was read by nothing is an error (`entry-unread`).
//!
//! What each contributes, by leaving it out: 300 mixtures of forms made by `tests/mess` from seeds that no test knows (eleven
//! geometries, six lists, 8 to 30 twists each; `KAITEI_MESS_MEASURE=300 KAITEI_MESS_START=930000`). A form is whole if every
//! row of the list comes back, refused if there is an error, and else wrong in silence.
//!
//! | left out | whole | refused | wrong in silence |
//! |---|---|---|---|
//! | nothing | 248 | 47 | 5 |
//! | built-in words of headings | 116 | 172 | 12 |
//! | folding | 147 | 152 | 1 |
//! | place and lack (A1 to A3) | 212 | 82 | 6 |
//! | headings that only hint (H13) | 233 | 60 | 7 |
//! | the empty column beside a table (D1, D2) | 236 | 59 | 5 |
//! | words of what stands around (N2, N3) | 237 | 58 | 5 |
//! | errors for what was not read | 250 | 43 | 7 |
//! | entries below unknown headings (E1 to E7) | 248 | 47 | 5 |
//! | lines that are drawn | 248 | 47 | 5 |
//!
//! Words are still the strongest evidence. The lines that are drawn make none of these forms whole. That table was taken
//! before columns were told together: since then the same forms are 263 whole, 35 refused and 2 wrong in silence, and 259, 39
//! and 2 with the telling left out.

mod ages;
mod apart;
mod aside;
mod assemble;
mod boilerplate;
mod boxes;
mod by_hand;
mod cells;
mod checks;
mod choices;
mod columns;
mod comments;
mod contents;
mod continued;
mod declared;
mod departments;
mod derive;
mod disposition;
mod draft;
mod evidence;
mod fit;
mod gather;
mod geometry;
mod group_columns;
mod guess;
mod header_findings;
mod headers;
mod heading_cells;
mod heading_text;
mod heading_units;
mod headings;
mod identity;
mod kept;
mod kinds;
mod lexicon;
mod line_breaks;
mod marks;
mod option_places;
mod options;
mod order;
mod overlays;
mod part;
mod reading;
pub mod references;
mod rows;
mod sort;
mod stated;
mod tall;
mod tally;
mod tell;
mod texts;
mod timed;
pub mod value;
mod vocabulary;
mod withhold;

pub use cells::cells;
pub use departments::missing_departments;
pub use derive::{NoTotal, Summed, Total, Written, scopes, starts, total};
pub use guess::guess;
pub use identity::make as make_ids;
pub use kept::form_of;
pub use part::part;

use crate::finding::{Finding, NoTable, Noted, Problem, Size};
use crate::japanese::fold;
use crate::model::{Dataset, Origin, Place, RawSheet, Record, SheetAccount};
use crate::template::Template;
use columns::Lexicon;
use gather::Gathering;
use reading::{DocumentReader, Form, SheetReading};
pub use stated::complete_by_template;
use stated::{RowStatement, TableStatement};
use std::sync::Arc;
use tally::Claims;
pub use withhold::{mask, withhold};

/// Makes the list of a document from the sheets of its departments, which come in the order of their files.
pub fn transform(mut sheets: Vec<RawSheet>, template: &Template) -> Noted<Dataset> {
    let ids = identity::stated(&sheets);
    let mut reader = DocumentReader::new(template, &sheets);
    let mut forms: Vec<Form> = sheets.iter_mut().map(|sheet| reader.find(sheet)).collect();
    reader.tell_together(&mut forms, &sheets);
    let mut forms = forms.into_iter();
    let mut gathering = Gathering::default();
    let mut claims = Claims::default();
    let mut accounts = Vec::new();
    let mut without_table: Vec<&RawSheet> = Vec::new();
    let mut with_table: Vec<&str> = Vec::new();
    'files: for file in sheets.chunk_by(|a, b| a.place.file == b.place.file) {
        let mut parts: Vec<SheetReading> = Vec::new();
        for (sheet, form) in file.iter().zip(forms.by_ref()) {
            let part = reader.read(form, sheet);
            let so_far: usize = parts.iter().map(|part| part.rows.len()).sum();
            if rows::is_full(gathering.rows.len() + so_far + part.rows.len(), template) {
                // Whatever is said of a part of the list would be wrong, and of all of it too much.
                reader.notes.push(too_many_rows(&sheet.place, template));
                accounts.extend(parts.into_iter().chain([part]).map(|part| part.account));
                (gathering, claims) = (Gathering::default(), Claims::default());
                break 'files;
            }
            parts.push(part);
        }
        complete(&mut parts, template);
        for (SheetReading { mut rows, mut account, is_table, is_form, sums, .. }, sheet) in
            parts.into_iter().zip(file)
        {
            contents::settle(&mut rows, template);
            claims.add(&sheet.place, &rows, sums, template);
            gathering.add(rows, template, &mut account, &mut reader.notes);
            if is_table {
                with_table.push(&sheet.place.file);
            } else if is_form {
                without_table.push(sheet);
            }
            accounts.push(account);
        }
    }
    let DocumentReader { mut notes, mapped, kept, words, .. } = reader;
    if !accounts.is_empty() {
        notes.extend(by_hand::unused(&mapped, template));
        notes.extend(kept::unfit(&kept, &sheets, template));
    }
    notes.extend(no_tables(&without_table, &with_table, &accounts, &words));
    notes.extend(gathering.findings());
    notes.extend(claims.mismatches(&gathering.rows, template));
    let Gathering { rows: mut list_rows, reported, .. } = gathering;
    continued::join(&mut list_rows, template);
    order::arrange(&mut list_rows, template, &mut notes);
    identity::give(&mut list_rows, &ids, template, &mut notes);
    notes.extend(contents::short_codes(&list_rows, template));
    derive::run(&mut list_rows, template, &mut notes);
    checks::run(&list_rows, &reported, template, &mut notes);
    let list = tally::count(list_rows, accounts, template);
    Noted { value: list, findings: notes.finish() }
}

/// Completes the values of a workbook with what its columns and headings say of them: a form that goes on over sheets, or
/// has one for each record, is one form.
fn complete(parts: &mut [SheetReading], template: &Template) {
    let mut tables: Vec<TableStatement> = Vec::new();
    let mut stated: Vec<RowStatement> = Vec::new();
    for part in &mut *parts {
        stated.extend(part.stated.drain(..).map(|(table, units)| (tables.len() + table, units)));
        tables.append(&mut part.tables);
    }
    let counts: Vec<usize> = parts.iter().map(|part| part.rows.len()).collect();
    let mut rows: Vec<Noted<Record>> = parts.iter_mut().flat_map(|part| part.rows.drain(..)).collect();
    stated::complete(&tables, &stated, &mut rows, template);
    let mut rows = rows.into_iter();
    for (part, count) in parts.iter_mut().zip(counts) {
        part.rows.extend(rows.by_ref().take(count));
    }
}

fn too_many_rows(place: &Arc<Place>, template: &Template) -> Finding {
    let most = template.limits.rows;
    let problem = Problem::SheetTooLarge { size: Size::Rows, found: most.saturating_add(1), most };
    Finding::new(problem, Origin::of_place(place))
}

/// A sheet without a table is reported; one that has the labels of a form, and a file without any table, is an error, once.
fn no_tables(
    without: &[&RawSheet],
    with_table: &[&str],
    accounts: &[SheetAccount],
    words: &Lexicon,
) -> Vec<Finding> {
    let mut files: Vec<&str> = with_table.to_vec();
    let mut notes = Vec::new();
    for sheet in without {
        let file = sheet.place.file.as_str();
        if with_table.contains(&file) {
            let of_file = accounts.iter().filter(|account| account.place.file == file);
            let columns = of_file.flat_map(|account| account.tables.iter().flat_map(|table| &table.columns));
            let headings =
                columns.flat_map(|column| column.headings.iter().map(|heading| fold(heading))).collect();
            if let Some(finding) = geometry::unread_form(sheet, &headings, words) {
                notes.push(finding);
            } else if !sheet.rows.is_empty() {
                let origin = Origin::of_place(&sheet.place);
                notes.push(Finding::new(Problem::SheetWithoutTable {}, origin));
            }
        } else if !files.contains(&file) {
            files.push(file);
            let problem = Problem::FileWithoutTable { cause: NoTable::NoHeader };
            notes.push(Finding::new(problem, Origin::of_file(file)));
        }
    }
    notes
}
